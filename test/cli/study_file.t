# A study file says in which line it is wrong, and what was meant.
$ sed 's/^places:/plces:/' study.yaml > wrong.yaml && palladium run wrong.yaml --data . --out out
? 3
! wrong.yaml, line 9: a study file has no key "plces"; did you mean places?
$ sed 's/first_day: 2024-11-01/first_day: 2024-11-31/' study.yaml > wrong.yaml && palladium run wrong.yaml --data . --out out
? 3
! wrong.yaml, line 6: first_day wants a date as 2020-02-29, not "2024-11-31"
$ sed 's/table: arrest/table: arests/' study.yaml > wrong.yaml && palladium run wrong.yaml --data . --out out
? 3
! there is no table "arests"
$ printf 'name: &a x\n' > wrong.yaml && palladium run wrong.yaml --data . --out out
? 3
! wrong.yaml, line 1: anchors (&) and tags (!) are not read
$ printf 'name: x\nname: y\n' > wrong.yaml && palladium run wrong.yaml --data . --out out
? 3
! wrong.yaml, line 2: the key "name" stands twice, first in line 1
$ printf 'name: [[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]\n' > wrong.yaml && palladium run wrong.yaml --data . --out out
? 6
! nested deeper than 16
$ palladium run study.yaml --data . --out out
? 3
! the study needs files that fit "*Arrests*.xlsx"
$ test ! -e out
