# A simulated campaign with known truth: the bounds of each month hold what was planted.
$ sed -e 's/^without_id_share: 0/without_id_share: 0\ntype_recorded_from: 2024-11-01\ntargeted_share: 0.6\nduplicate_share: 0/' -e 's/declined_share/honoured_a_day: 0.5, declined_share/' small.yaml > campaign.yaml
$ palladium simulate -q campaign.yaml --out files > written.txt
$ palladium run -q study.yaml --data files --out out > tables.txt
$ palladium bounds out/study.duckdb --by area,month --format csv > bounds.csv
$ awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { key = $at["area"] "," substr($at["day"], 1, 7); t[key] += $at["collateral"] } END { for (k in t) print k "," t[k] }' files/truth/arrests_by_area_day.csv | sort > truth.csv
$ awk -F, 'NR == FNR { truth[$1 "," $2] = $3; next } FNR > 1 && ($1 "," $2) in truth { n++; if (truth[$1 "," $2] < $10 || truth[$1 "," $2] > $11) print "not within", $0 } END { print n, "held" }' truth.csv bounds.csv
4 held
$ palladium bounds out/study.duckdb --by month --where area=Boston --format csv | cut -d , -f 1,3,16
month,recorded,what
2024-10,0,"between 0 and 100 %
2024-11,20,bounded
$ palladium bounds out/study.duckdb --of outcomes --format csv | cut -d , -f 1,2,7
within_days,outcome,status
30,transferred,number
30,declined,number
30,unknown,number
90,transferred,not covered
90,declined,not covered
90,unknown,not covered
365,transferred,not covered
365,declined,not covered
365,unknown,not covered
,transferred,number
,declined,number
,unknown,number

# A ledger whose ranges are known: 10 to 12 agents for 12 of every 14 days, one week at a time.
$ cp study.yaml ledger.yaml && cat >> ledger.yaml <<'END'
> effort:
>   - {what: agents, place: Boston, agents: {low: 10, high: 12}, hours: {low: 8, high: 8},
>      days_on: {low: 5, high: 5}, days_off: {low: 2, high: 2}, first: 2024-11-04, last: 2024-11-17,
>      source: a test}
> END
$ palladium run -q ledger.yaml --data files --out out > tables.txt
$ palladium bounds out/study.duckdb --of effort --by week --format csv | cut -d , -f 1-10,12
place,what,first_day,last_day,days_low,days_high,agent_days_low,agent_days_high,agent_hours_low,agent_hours_high,arrests_status
Boston,agents,2024-11-04,2024-11-10,5,5,50,60,400,480,number
Boston,agents,2024-11-11,2024-11-17,5,5,50,60,400,480,number
$ palladium bounds out/study.duckdb --of effort --by day
? 2
! effort is given by week, month, year or fiscal_year

# Ledgers that cannot be: the line, and what is wrong.
$ sed -e 's/place: Boston/place: Bostn/' ledger.yaml > bad.yaml && palladium run -q bad.yaml --data files --out bad
? 3
! did you mean Boston
$ sed -e 's/hours: {low: 8, high: 8}/hours: {low: 8, high: 25}/' ledger.yaml > bad.yaml && palladium run -q bad.yaml --data files --out bad
? 3
! a day has 24 hours
$ sed -e 's/agents: {low: 10, high: 12}/agents: {low: 13, high: 12}/' ledger.yaml > bad.yaml && palladium run -q bad.yaml --data files --out bad
? 3
! a range's low is above its high
$ sed -e 's/agents: {low: 10/watched: X, agents: {low: 10/' ledger.yaml > bad.yaml && palladium run -q bad.yaml --data files --out bad
? 3
! watched
$ sed -e 's/last: 2024-11-17/last: 2024-11-01/' ledger.yaml > bad.yaml && palladium run -q bad.yaml --data files --out bad
? 3
! its days end before they begin

# Change: November is not wholly within the campaign, so no month after is.
$ palladium bounds out/study.duckdb --of change --format csv
at,when,date,ratio,low,high,p_value,status,places,others,left_out,choices
campaign,all months after,2024-11-01,,,,,not covered,0,0,0,0
placebo,all months after,,,,,,no date in the study,0,0,0,0
$ palladium bounds out/study.duckdb --of outcomes --by colour
? 2
! outcomes are cut by state
$ palladium bounds
? 2
! bounds needs one study
