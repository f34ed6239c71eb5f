#!/bin/sh
# Surges of the bundled example: those listed were planted, in their place and time; each one's
# figures come again by the commands that explain prints; one thread and two give the same.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
PALLADIUM=${PALLADIUM:-$here/build/dev/palladium}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

fail()
{
    echo "surge.sh: $*"
    bad=1
}

palladium()
{
    "$PALLADIUM" "$@"
}

palladium simulate "$here/studies/example/spec.yaml" --out "$work/data" >/dev/null 2>&1
palladium import -q "$work"/data/*.xlsx --study "$work/s.duckdb" >/dev/null
cd "$work"
palladium surge -q s.duckdb --format csv >one.csv
palladium surge -q s.duckdb --format csv --threads 1 >two.csv
cmp -s one.csv two.csv || fail "threads change the csv"
palladium surge -q s.duckdb --format json >one.json
grep -q '"surges"' one.json || fail "no surges in the JSON"

# Against what was planted: areas and days overlap. Half of the spurts add fewer than ten arrests
# and cannot be told from chance; of what is listed at most one may be of no spurt.
awk -F, '
    NR == FNR { if (FNR > 1) { area[FNR] = $1; first[FNR] = $2; last[FNR] = $3; n = FNR }; next }
    FNR > 1 {
        is_planted = 0
        for (i = 2; i <= n; i++) {
            if (index(";" $2 ";", ";" area[i] ";") && $3 <= last[i] && $4 >= first[i]) {
                is_planted = 1; found[i] = 1
            }
        }
        if ($13 != "street operation" || $14 != "at-large") other++
        if (!is_planted) { print "not planted: " $0; stray++ }
    }
    END {
        for (i in found) count++
        print count + 0 " of " n - 1 " planted spurts are listed"
        exit !(count >= 6 && stray <= 1 && other == 0)
    }' data/truth/spurts.csv one.csv || fail "the list is not what was planted"

# The commands of each, run as they are printed.
sed 1d one.csv | cut -d, -f1,6 >wanted
while IFS=, read -r id observed; do
    palladium surge explain -q s.duckdb "$id" >said
    sed -n '/^observed is the sum/,/^$/p' said | grep '^palladium measure' >commands
    : >days.csv
    while read -r line; do
        eval "$line" | sed 1d >>days.csv
    done <commands
    sum=$(awk -F, '{ sum += $5 } END { print sum + 0 }' days.csv)
    [ "$sum" = "$observed" ] || fail "$id: $observed listed, $sum by measure run"
done <wanted
palladium surge explain -q s.duckdb 20000101-000000 2>talk >/dev/null && fail "an id of no surge"
grep -q 'there is no surge 20000101-000000' talk || fail "no word of the unknown id"
palladium surge -q s.duckdb --measure daily_population 2>talk >/dev/null && fail "a stock"
grep -q "has no dimension 'day'" talk || fail "no word of a measure that is no count"
palladium surge -q s.duckdb --split citizenship --by nonsense 2>talk >/dev/null && fail "by"
grep -q "has no dimension 'nonsense'" talk || fail "no word of the unknown dimension"
[ "$bad" -eq 0 ] && echo "surge.sh: every surge was planted and comes again"
exit "$bad"
