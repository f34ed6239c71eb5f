# What `palladium stat` cannot run says why, with row and column.
$ palladium stat
? 2
! stat needs --params FILE
$ palladium stat --list --json | head -3
[
  {
    "algorithm": "earsC",
$ palladium stat --explain earsc
? 2
! did you mean earsC
$ printf 'observed\n1\n2\n' > short.csv
$ echo '{"algorithm": "earsC"}' > ears.json
$ palladium stat -p ears.json short.csv
t,series,observed,upperbound,alarm
! the series is too short
$ echo '{"algorithm": "earsC", "range": [2]}' > range.json
$ palladium stat -p range.json short.csv
t,series,observed,upperbound,alarm,status
2,1,2,NA,NA,too_few
! 1 of 1 rows of the result have no value, the first is row 1: too few values
$ echo '{"algorithm": "earsC", "basline": 7, "alpha": 2}' > typo.json
$ palladium stat -p typo.json short.csv
? 2
! earsC has no parameter "basline", which is left out; did you mean baseline
! parameter "alpha" is a number within 0..1, not 2
$ echo '{"algorithm": "earsC", "method": "C4"}' > method.json
$ palladium stat -p method.json short.csv
? 2
! parameter "method" is one of C1|C2|C3, not "C4"
$ echo '{"algorithm": "earsC", "baseline": [7, 8]}' > two.json
$ palladium stat -p two.json short.csv
? 2
! parameter "baseline" is a whole number: 3..1000
$ echo '{"algorithm": "earsc"}' | palladium stat -p /dev/stdin short.csv
? 2
! did you mean earsC
$ echo '[1]' | palladium stat -p /dev/stdin short.csv
? 3
! must hold one object
$ printf '{"a": 1,\n"a": 2}' | palladium stat -p /dev/stdin short.csv
? 3
! line 2: duplicate object key
$ printf '{"algorithm": 1e999}' | palladium stat -p /dev/stdin short.csv
? 3
! real number overflow
$ printf '{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}' | palladium stat -p /dev/stdin short.csv
? 6
! nests deeper than 4
$ printf '{"algorithm": "earsC", "range": [1, "two"]}' | palladium stat -p /dev/stdin short.csv
? 2
! parameter "range" is a list of numbers
$ printf 'observed\n1\ntwo\n' | palladium stat -p ears.json
? 3
! row 2, column "observed": a number is needed, not "two"
$ printf '{"algorithm": "cusum", "m": 2}' > cusum.json

$ printf 'a,observed\n1,1\n2,NA\n' | palladium stat -p cusum.json
? 3
! row 2, column "observed": a number is needed; it is missing
$ printf '{"algorithm": "earsC", "baseline": 3}' > three.json

$ printf 'observed\n1\nNA\n1\n1\n1\n1\n' | palladium stat -p three.json
t,series,observed,upperbound,alarm,status
4,1,1,NA,NA,missing
5,1,1,NA,NA,missing
6,1,1,2.5451161530839066,0,ok
! 2 of 3 rows of the result have no value
$ printf 'series,observed\nb,1\nb,1\nb,2\nb,3\na,1\na,1\na,2\na,9\n' | palladium stat -p three.json
t,series,observed,upperbound,alarm
4,a,9,3.1174797871577979,1
4,b,3,3.1174797871577979,0
$ printf 'series,observed\nb,1\na,1\n' | palladium stat -p cusum.json
? 3
! column "series" holds 2 series; this method takes one at a time
$ printf '{"algorithm": "glm", "formula": "y ~ factor(m %%%% 2) + x - 1"}' > glm.json

$ printf 'y,m,x\n4,1,2\n6,2,3\n5,3,NA\n9,4,1\n2,5,1\n8,6,4\n' | palladium stat -p glm.json | head -4 | cut -c1-22
section,name,value
coef,factor(m%%2)0,2.1
coef,factor(m%%2)1,1.1
coef,x,-0.035496765012
! 1 row of the input left out
$ printf '{"algorithm": "glrnb", "alpha": 0.5}' > glr.json

$ awk 'BEGIN { print "t,observed,mu0"; for (i = 1; i < 9000; i++) print i ",3,3" }' | palladium stat -p glr.json
? 6
! minutes or hours; give a smaller window "M" or fewer rows
$ printf 'observed\n1\n-1\n' | palladium stat -p ears.json
? 3
! row 2, column "observed": -1 is no count
$ printf 'count\n1\n' | palladium stat -p ears.json
? 3
! the input has no column "observed"
$ printf 'observed,observed\n1,2\n' | palladium stat -p ears.json
? 3
! are both called "observed"
$ printf 'observed\n1,2\n' | palladium stat -p ears.json
? 3
! row 1 has 2 columns; the first row names 1
$ printf '' | palladium stat -p ears.json
? 3
! empty
$ awk 'BEGIN { for (i = 1; i <= 1000000; i++) printf "c%d,", i; print "z" }' | palladium stat -p ears.json
? 6
! columns
$ printf 'observed\n1\n\0002\n' | palladium stat -p ears.json
? 3
! zero byte
$ palladium stat -p nothing.json short.csv
? 4
! there is no such file
