# Statements held against a study, each test and each verdict; a wrong entry ends itself only.
$ palladium simulate small.yaml --out data > sim.txt && palladium run -q study.yaml --data data --out out > run.txt
# Between the upper ends of what is counted by our rule and of all records.
$ limit=$(for rule in palladium-1 all; do palladium measure run arrests out/study.duckdb --rule $rule --format csv | tail -1 | cut -d , -f 3; done | awk '{ sum += $1 / 2 } END { print int(sum) }') && sed -i "s/value: 341/value: $limit/" said.yaml
$ palladium claims check out/study.duckdb said.yaml --json > out.json
$ python3 -c "import json; [print(o['claim'] + ': ' + o['verdict']) for o in json.load(open('out.json'))]"
at-least: supported
at-most: contradicted
about: supported
hundreds: contradicted
cannot-tell: within what the data cannot tell
depends: depends
share: supported
rose: supported
fell: contradicted
usual: within what the data cannot tell
rank: within what the data cannot tell
against: supported
city: not recorded
collateral: not recorded
later: not covered by the loaded records
plan: not a statement that records can test
$ python3 -c "
> import json
> o = {c['claim']: c for c in json.load(open('out.json'))}
> print(o['later']['value'], o['plan']['value'], o['later']['low'])
> print(all(k in c for c in o.values() for k in ('claim', 'verdict', 'value', 'low', 'high', 'unit', 'why')))
> print(len(o['depends']['readings'][0]['command']) > 0, o['depends']['files'][0]['rows'] > 0)
> print(o['city']['place_note'])"
None None None
True
True True
The city of Boston is not the area of responsibility Boston, which is far larger.
# The command under a figure gives its value again.
$ cd out && sh -c "$(python3 -c "
> import json
> print([c for c in json.load(open('../out.json')) if c['claim'] == 'at-least'][0]['readings'][0]['command'])") --format csv" | cut -d , -f 1 | tail -1 > value && python3 -c "
> import json
> print(float(open('value').read()) == [c for c in json.load(open('../out.json')) if c['claim'] == 'at-least'][0]['value'])"
True
# The same with 1 thread and with 4, and ClaimReview is a list of reviews with no clock in it.
$ palladium claims check --threads 1 out/study.duckdb said.yaml --json | cmp - out.json && palladium claims check --threads 4 out/study.duckdb said.yaml --json | cmp - out.json
$ palladium claims check out/study.duckdb said.yaml --format claimreview > review.json && python3 -c "
> import json
> r = json.load(open('review.json'))
> print(len(r), r[0]['@context'], r[0]['@type'], r[0]['reviewRating']['alternateName'], r[0]['datePublished'], r[0]['url'])
> print(r[0]['itemReviewed']['@type'], r[0]['itemReviewed']['author']['name'], r[0]['itemReviewed']['appearance']['headline'])"
16 https://schema.org ClaimReview supported 2025-03-01 report.html#claim-at-least
Claim the agency A simulated statement
$ palladium claims check out/study.duckdb said.yaml --format html | grep -c 'id="claim-'
16
# Wrong entries: each has its own error with the nearest name; the others are checked.
$ palladium claims check out/study.duckdb said_wrong.yaml --json > wrong.json
? 3
! said_wrong.yaml: 17 of 18 claims could not be checked; the first is measure in line 2
$ python3 -c "import json; [print(o['claim'] + ': ' + o['why']) for o in json.load(open('wrong.json'))]"
measure: the measure "arests" is not known; did you mean "arrests"?
dimension: of the measure arrests the dimension "aera" is not known; did you mean "area"?
area: no record of this study has the area "Bostn"; did you mean "Boston"?
place: among the study's places "Bosten" is not known; did you mean "Boston"?
day: said_wrong.yaml, line 26: from wants a date as 2020-02-29, not "2024-11-31"
release: the release "2099-ICLI-0002" is not known; did you mean "2099-ICLI-00002"?
key: said_wrong.yaml, line 37: a claim has no key "mesure"; did you mean measure?
test: said_wrong.yaml, line 39: there is no test "at-lest"; did you mean at-least?
person: a condition on unique_identifier is refused: it leads to a person. Claims are about an agency
reversed: from 2024-11-30 is after to 2024-11-01
nan: said_wrong.yaml, line 58: value wants a number from 0, not ".nan"
inf: said_wrong.yaml, line 63: value wants a number from 0, not "1e999"
long: the quotation has 26 words; at most 25 may be quoted
type: said_wrong.yaml, line 72: measure wants one value, not a list or map
none: No measure counts what this statement is about.
none: the id none stands twice, first in line 74; rename one
no-value: the test at-least needs a value, and the hedge "hundrds" is no range; did you mean "hundreds"?
context: context: the measure "book_in" is not known; did you mean "book_ins"?
$ palladium claims check out/study.duckdb no.yaml
? 4
# Capitals of a value, "none", an entry that says why it is not tested, a change in no % and no times,
# a measure whose records are not loaded.
$ palladium claims check out/study.duckdb said_forms.yaml --json > forms.json
? 3
! said_forms.yaml: 2 of 8 claims could not be checked; the first is rose-arrests in line 7: the test rose wants its value in % or times, not in "arrests": write unit: % or unit: times, or leave value out
$ python3 -c "import json; [print(o['claim'] + ': ' + o['verdict'] + ': ' + o['why'].split('.')[0]) for o in json.load(open('forms.json'))]"
capitals: supported: The records bear it out: 57 arrests (43
none: supported: The records bear it out: 0 arrests (0 to 3
some: contradicted: The records say otherwise: 57 arrests (43
why-not: not a statement that records can test: Nobody counts agents
rose-arrests: error: the test rose wants its value in % or times, not in "arrests": write unit: % or unit: times, or leave value out
huge: error: value is larger than anything that is counted
no-days: supported: The records bear it out: 319 arrests (285 to 356), over all the days that are loaded
not-loaded: not covered by the loaded records: No loaded head counts cover these dates
$ printf 'claims: 3\n' > three.yaml && palladium claims check out/study.duckdb three.yaml
? 3
! three.yaml, line 1: claims wants a list, each item a claim
$ python3 -c "print('claims:'); [print('  - {id: c%d, statement: x, test: none}' % i) for i in range(501)]" > many.yaml && palladium claims check out/study.duckdb many.yaml
? 6
! many.yaml has 501 claims; at most 500 are checked
$ python3 -c "print('claims:\n  - id: a\n    statement: x\n    test: none\n    where: {' + ', '.join('d%d: 1' % i for i in range(5000)) + '}')" > wide.yaml && palladium claims check out/study.duckdb wide.yaml
? 6
! more than 1000 keys in one map
$ palladium claims chek out/study.duckdb said.yaml
? 2
# A study without claims, and one whose study file names them: the report has the verdicts.
$ (cat study.yaml; echo 'claims: said.yaml') > with.yaml && palladium run -q with.yaml --data data --out with > /dev/null && grep -c 'id="claim-' with/report.html
16
