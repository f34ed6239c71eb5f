# What would have been seen, from a database, a study file with it, and released files.
$ sed 's/^last_day: 2024-11-29/last_day: 2025-09-30/' small.yaml > year.yaml
$ palladium simulate -q year.yaml --out files > written.txt
$ palladium run -q study.yaml --data files --out out > tables.txt
$ palladium power -q --quick --format csv out/study.duckdb > one.csv
$ palladium power -q --quick --format csv study.yaml --study out/study.duckdb > two.csv
$ palladium power -q --quick --format csv study.yaml --data files > three.csv
$ cmp one.csv two.csv && cmp one.csv three.csv
$ head -n 1 one.csv
area,method_group,days,effect,usual,seen,replicates,power,low,high,smallest
$ cut -d, -f1 one.csv | sort -u
Boston
area

# Simulated: the same with one thread and with four; a surge of nothing is not seen.
$ palladium power -q --replicates 4 --days 3,7 --effect 1,20 --area all --threads 1 --format csv out/study.duckdb > one.csv
$ palladium power -q --replicates 4 --days 3,7 --effect 1,20 --area all --threads 4 --format csv out/study.duckdb > four.csv
$ cmp one.csv four.csv
$ cut -d, -f1-4,6,7 one.csv
area,method_group,days,effect,seen,replicates
all areas,all,3,1,0,4
all areas,all,3,20,4,4
all areas,all,7,1,0,4
all areas,all,7,20,4,4
$ palladium power -q --replicates 2 --days 7 --effect 1,20 --json out/study.duckdb | grep -c '"effect"'
2

# What is wrong is said, and what is right.
$ palladium power out/study.duckdb --area Bostn
? 2
! did you mean Boston
$ palladium power out/study.duckdb --group custodail
? 2
! did you mean custodial
$ palladium power out/study.duckdb --days 0..3
? 2
! --days wants whole numbers from 1 to 366
$ palladium power out/study.duckdb --effect 2,1.5
? 2
! from small to large
$ palladium power out/study.duckdb --wanted 1.5
? 2
! --wanted wants a number from 0.01 to 0.999
$ palladium power study.yaml
? 2
! --study
$ palladium power out/study.duckdb --data files
? 2
! go with a study file
$ palladium power study.yaml --data nowhere
? 4
! nowhere
