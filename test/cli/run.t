# The main job, twice and with one thread and two: the same bytes.
$ palladium simulate -q small.yaml --out files > written.txt
$ rm -r files/truth && echo "not a table" > files/README.txt
$ palladium run -q --threads 1 study.yaml --data files --out one
table     sheets  rows_read  rows_stored  rows_rejected  rows_blank
arrest         2        327          327              0           0
detainer       2        108          108              0           0
note           6         25           25              0           0
stint          2        440          440              0           0
$ palladium run -q --threads 2 study.yaml --data files --out two > tables.txt
$ diff -r -x study.duckdb one two
$ cp -r one before
$ palladium run -q study.yaml --data files --out one > tables.txt
$ diff -r -x study.duckdb one before

# The accounts hold every sheet, and the file that was not read.
$ grep -c '"sheet":' one/accounts.json
13
$ grep -B 12 '"reason"' one/accounts.json | grep -E '"(file|table|rows_read|reason)"'
    "file": "README.txt",
    "table": "not read",
    "rows_read": 0,
    "reason": "fits no pattern of the study file"

# The report again, from the study alone.
$ palladium report -q one/study.duckdb --out again
$ cmp one/report.html again/report.html

# A broken file stops the run with its name, and nothing of it stays.
$ head -c 9000 files/*Arrests* > broken.xlsx && mv broken.xlsx files/x_Arrests_broken.xlsx
$ palladium run study.yaml --data files --out one
? 3
! x_Arrests_broken.xlsx: the zip is damaged or cut off
$ palladium sql one/study.duckdb "SELECT count(*) AS files FROM file"
files
3

# A file that is gone from the folder still counts, and is named.
$ rm files/x_Arrests_broken.xlsx files/*Detentions*
$ palladium run study.yaml --data files --out one > tables.txt
! is in the study from an earlier run and not in the data folder; it counts

# A study that keeps the released ids is never published.
$ palladium import -q --keep-ids files/*Arrests* --study kept.duckdb > accounts.txt
$ palladium report kept.duckdb --out kept
? 3
! ids
