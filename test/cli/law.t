# Requests of a year in which the law changed, in parts: Atlanta on both sides of 1 May 2024.
$ printf 'Prepare Date,Detainer Type,Detainer Detention Facility,State,City,Detainer Lift Reason\n' > detainers.csv
$ for day in 04/29/2024 04/30/2024 05/01/2024 05/02/2024; do for n in 1 2; do echo "$day,I247A - Immigration Detainer,CITY JAIL,GEORGIA,ATLANTA,"; done; done >> detainers.csv
$ echo '05/03/2024,I247G - Request for Advance Notification,CITY JAIL,GEORGIA,ATLANTA,' >> detainers.csv
$ echo '05/03/2024,I247A - Immigration Detainer,OTHER-OTHER FACILITY,,,' >> detainers.csv
$ echo '05/03/2024,I247X - Other,COUNTY JAIL,ILLINOIS,CHICAGO,' >> detainers.csv
$ palladium import -q detainers.csv --study law.duckdb > accounts.txt
$ palladium law apply law.duckdb --format csv
place,year,document,question,rule,outcome,requests,first_day,last_day,verified,rules,note
Atlanta,2024,I-247A,hold past release on the document alone,left open,unknown,4,2024-04-29,2024-04-30,false,,no rule of the place is on file for this day
Atlanta,2024,I-247A,hold past release on the document alone,required,must,4,2024-05-01,2024-05-02,true,ga-hold,
Atlanta,2024,I-247G,notify of release,required,must,1,2024-05-03,2024-05-03,true,ga-notify,
Chicago,2024,I-247X,,left open,unknown,1,2024-05-03,2024-05-03,false,,what this type asks for is not on file
place not recorded,2024,I-247A,hold past release on the document alone,left open,unknown,1,2024-05-03,2024-05-03,false,,the facility's state is not recorded

# The list of objects.
$ palladium law show --place Atlanta --on 2024-06-01 --actor jail --document I-247A --json | grep -c '^    "outcome"'
6
$ palladium law show --place Newark --on 2013-07-01 --actor police --json | grep -m 1 '"valid_from"'
    "valid_from": null,

# Every answer has its citation, or says why it is unknown; an actor of whom nothing is on file too.
$ palladium law show --place Boston --on 2024-12-04 --actor agency --document I-247G --json | grep -E '"(outcome|question|note)"'
    "question": "what it obliges to",
    "outcome": "unknown",
    "note": "no rule of the place is on file for this day",
$ for place in Boston "New York" Detroit Chicago "San Francisco" "Los Angeles" Atlanta "New Orleans" Newark; do for day in 1990-01-01 2013-07-24 2014-12-31 2017-04-01 2018-01-01 2024-05-01 2026-02-18 9999-12-31; do palladium law show --place "$place" --on $day --json > all.json 2> said.txt; python3 -c "
> import json
> for o in json.load(open('all.json')):
>     if not (o['note'] if o['outcome'] == 'unknown' else o['citation']): print('$place', '$day', o)"; done; done

# A form that was not sent out yet is answered, and said.
$ palladium law show --place Boston --on 2015-03-01 --document I-247A --actor police > boston.txt
! I-247A was not sent out on that day; it was in use from 2017-04-02

# Words nobody knows.
$ palladium law show --place Bosten --on 2020-03-01
? 2
! did you mean Boston?
$ palladium law show --place Gotham --on 2020-03-01
? 2
! no rules of Gotham are on file; the places are United States, California
$ palladium law show --place Boston --on 2020-03-01 --document I-201
? 2
! did you mean I-20
$ palladium law show --place Boston --on 2020-03-01 --actor sheriff
? 2
! police|jail|court|agency
$ palladium law show --place Boston --on 2020-03-01 --conviction bad
? 2
! the classes are none
$ palladium law show --place Boston --on 2020-03-01 --fact tattoo
? 2
! the facts are
$ palladium law show --place Boston
? 2
! --on DATE
$ palladium law
? 2
! law is called as

# An edited table: refused with both rules, gaps named.
$ cp "$SOURCE/data/law/rules.csv" edited.csv && sed -n '/^ga-hold,/{s/^ga-hold/ga-again/;p;}' edited.csv >> edited.csv
$ palladium law check --table edited.csv
? 3
! (ga-hold, 2024-05-01 to no end)
! (ga-again, 2024-05-01 to no end)
$ sed -i -e '/^ga-again/s/2024-05-01/2026-05-01/' -e '/^ga-hold/s/2024-05-01,/2024-05-01,2025-06-30/' edited.csv
$ palladium law check --on 2016-01-01 --table edited.csv
finding  rule     ends        next_rule  begins
gap      ga-hold  2025-06-30  ga-again   2026-05-01
$ palladium law check --table missing.csv
? 4
! missing.csv
