# Spurts planted in turn in six areas, five of them announced: what claims check, the report and
# surge say of them.
$ mkdir data && python3 spurts.py > data/spurts.csv && palladium run -q spurts_study.yaml --data data --out out > run.txt
$ palladium claims check out/study.duckdb spurts_said.yaml --json > out.json
$ python3 -c "
> import json
> o = {c['claim']: c for c in json.load(open('out.json'))}
> [print(k + ': ' + c['verdict']) for k, c in o.items()]
> c = o['in-turn']
> print(c['value'], c['low'], c['unit'], c['readings'][0]['turns']['p_turns'] < 0.025)
> [print(r['choice'] + ', ' + r['name'] + ':', r['n'], r['verdict']) for r in c['readings']]
> print(o['later']['readings'][0]['turns'], o['part']['value'])
> print(c['place_note'])"
in-turn: supported
named: within what the data cannot tell
worksites: within what the data cannot tell
later: not covered by the loaded records
part: not covered by the loaded records
month: within what the data cannot tell
0 0 times chance True
definition, the announced areas: 20 supported
areas, all areas: 24 supported
duplicate rule, every released record: 20 supported
duplicate rule, the Deportation Data Project, March 2026: 20 supported
duplicate rule, the Deportation Data Project, August 2026: 20 supported
None None
A city is not its area of responsibility, which is far larger. The areas are what is tested.
# The command under a figure gives its numbers again.
$ cat > again.py <<'END'
> import json, subprocess, sys
> bad = 0
> for claim in json.load(open('../out.json')):
>     for r in claim['readings']:
>         if r['turns'] is not None:
>             text = subprocess.check_output(r['command'] + ' -q --json', shell=True)
>             bad += json.loads(text) != r['turns']
> print(bad, 'differ')
> END
$ cd out && python3 ../again.py
0 differ
# The same with 1 thread and with 4; the report has the verdicts.
$ palladium claims check --threads 1 out/study.duckdb spurts_said.yaml --json | cmp - out.json && palladium claims check --threads 4 out/study.duckdb spurts_said.yaml --json | cmp - out.json
$ grep -c 'id="claim-' out/report.html
6
$ grep -o 'Surges behind the figure: [0-9]*' out/report.html | head -1
Surges behind the figure: 20
$ palladium claims check out/study.duckdb spurts_said.yaml --format claimreview | grep -c alternateName
6
# Turns of the areas that are named, and what is wrong.
$ palladium surge -q out/study.duckdb --show turns --areas "Boston, Fort Worth" --format csv | cut -d , -f 1-4,10
status,areas,surge_days,together,surges
computed,2,119,0,8
$ palladium surge -q out/study.duckdb --show turns --areas Boston,Dalas
? 2
! no record of this study has the area "Dalas"; did you mean "Dallas"?
$ palladium surge -q out/study.duckdb --show turns --kind streetoperation
? 2
! there is no kind of surge "streetoperation"; did you mean "street operation"?
$ palladium surge -q out/study.duckdb --areas announced
? 2
! --areas and --kind go with --show turns
$ printf 'claims:\n  - {id: city, statement: x, measure: arrests, where: {place: Boston}, from: 2017-01-02, to: 2018-11-30, test: spurts-in-turn}\n  - {id: near, statement: x, measure: arrests, from: 2017-01-02, to: 2018-11-30, test: spurts-in-trun}\n' > wrong.yaml && palladium claims check out/study.duckdb wrong.yaml --json > wrong.json
? 3
! wrong.yaml: 2 of 2 claims could not be checked; the first is city in line 2
$ grep '"why"' wrong.json
    "why": "the test spurts-in-turn knows the conditions areas and kind, and not \"place\"",
    "why": "wrong.yaml, line 3: there is no test \"spurts-in-trun\"; did you mean spurts-in-turn?",
