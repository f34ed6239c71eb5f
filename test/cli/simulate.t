# A release in each format, with any number of threads: the same bytes.
$ palladium simulate -q small.yaml --threads 1 --out one > written.txt
$ palladium simulate -q small.yaml --threads 4 --out four > written4.txt
$ diff -r one four && cmp written.txt written4.txt
$ for format in csv parquet; do
>     palladium simulate -q small.yaml --threads 1 --format $format --out $format-1 > 1.txt
>     palladium simulate -q small.yaml --threads 3 --format $format --out $format-3 > 3.txt
>     diff -r $format-1 $format-3 && cmp written.txt 1.txt
> done

# What was planted is the same for each, and each is read as any release.
$ diff -r one/truth csv-1/truth && diff -r one/truth parquet-1/truth
$ for folder in one csv-1 parquet-1; do
>     palladium import -q $folder/*Arrests* $folder/*Detainers* $folder/*Detentions* \
>         --study $folder.duckdb > $folder.txt
>     palladium sql $folder.duckdb "SELECT count(*), sum(birth_year), min(apprehension_date)
>         FROM arrest" > $folder.arrests
>     palladium sql $folder.duckdb "SELECT count(*), count(stay_book_out_date_time) FROM stint" \
>         > $folder.stints
> done
$ cmp one.arrests csv-1.arrests && cmp one.arrests parquet-1.arrests
$ cmp one.stints csv-1.stints && cmp one.stints parquet-1.stints

# No file is left half written, and a full disk is named (the limit on a file's size stands
# for it).
$ (trap '' XFSZ; ulimit -f 20; palladium simulate -q small.yaml --format csv --out full)
? 4
! too large
$ ls full | grep -c csv
0
? 1
$ (trap '' XFSZ; ulimit -f 20; palladium simulate -q small.yaml --out full)
? 4
! cannot write full/
$ ls full | grep -c xlsx
0
? 1
$ echo "not a folder" > file
$ palladium simulate -q small.yaml --out file
? 4
! file

# A specification that is wrong: its line, and what is allowed or nearest.
$ sed 's/declined_share: 0.4/declined_share: 1.4/' small.yaml > bad.yaml
$ palladium simulate -q bad.yaml --out files
? 3
! bad.yaml, line 14: declined_share may be from 0 to 1, not 1.4
$ sed 's/spurt_days: 5/spurt_day: 5/' small.yaml > bad.yaml
$ palladium simulate -q bad.yaml --out files
? 3
! bad.yaml, line 9: campaign has no key "spurt_day"; did you mean spurt_days?
$ (cat small.yaml; echo 'gaps: [{area: Boson, first_day: 2024-10-03, last_day: 2024-10-04, kind: blank}]') > bad.yaml
$ palladium simulate -q bad.yaml --out files
? 3
! a gap: there is no area Boson
$ (cat small.yaml; echo 'reinforcements: [{area: Boston, agents: 10, days_on: 90, first_day: 2024-10-03, last_day: 2024-10-04}]') > bad.yaml
$ palladium simulate -q bad.yaml --out files
? 3
! days_on may be from 1 to 60, not 90
$ palladium simulate -q small.yaml --format ods --out files
? 2
! format
