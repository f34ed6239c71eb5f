# A study that cannot be used, and why.

# No such study; something else at its path.
$ palladium check nothing.duckdb
? 4
! nothing.duckdb: there is no such study
$ palladium check arrests.csv
? 3
! arrests.csv
$ palladium sql small.yaml "SELECT 1"
? 3
! small.yaml

# Two writers.
$ palladium import -q arrests.csv --study s.duckdb > accounts.txt
$ flock s.duckdb palladium import arrests.csv --study s.duckdb
? 5
! another program is writing to this study
$ palladium import -q arrests.csv --study s.duckdb > again.txt
$ cmp accounts.txt again.txt

# Disk full: the limit on a file's size stands for it.
$ (trap '' XFSZ; ulimit -f 1; palladium import arrests.csv --study full.duckdb)
? 4
! full.duckdb
$ palladium simulate -q small.yaml --out files > written.txt
$ palladium sql s.duckdb "SELECT count(*) FROM arrest" > before.txt
$ (trap '' XFSZ; ulimit -f 20; palladium import files/*Arrests* --study s.duckdb)
? 4
! the file was not stored, the study is as before
$ palladium sql s.duckdb "SELECT count(*) FROM arrest" | cmp - before.txt
$ palladium import -q files/*Arrests* --study s.duckdb > accounts.txt
$ palladium sql s.duckdb "SELECT 1 AS one" > /dev/full
? 4
! cannot write the output

# No permission (root may do everything, so it is not asked).
$ chmod a-r arrests.csv
> if [ "$(id -u)" -eq 0 ]; then echo "no permission" >&2; exit 4; fi
> palladium describe arrests.csv
? 4
! no permission

# An area by a name that no record has would be nowhere; any known spelling is the same area.
$ sed 's/area: Boston/area: Bostn/' study.yaml > wrong.yaml && palladium run wrong.yaml --data . --out out
? 3
! wrong.yaml: there is no area of responsibility "Bostn"; did you mean Boston?
$ sed 's/area: Boston/area: bos/' study.yaml > same.yaml
$ palladium run -q same.yaml --data files --out same > accounts.txt
$ palladium sql same/study.duckdb "SELECT area FROM study_place"
area
Boston
