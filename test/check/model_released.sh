#!/bin/sh
# The model over real released files: counts from the data's README, and the releases compared.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
PALLADIUM=${PALLADIUM:-$here/build/dev/palladium}
data=${PAL_SHARED_DATA:-$here/../shared/data}
if [ ! -d "$data/arrests" ]; then
    echo "skipped: no released files in $data"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$PALLADIUM" import --quiet "$data"/arrests/*.csv.gz "$data"/detainers/*.xlsx \
    "$data"/seattle/*.xlsx --study "$work/s.duckdb" >/dev/null
status=0
"$PALLADIUM" check "$work/s.duckdb" >"$work/check" || status=$?
if [ "$status" -ne 0 ]; then
    echo "check ends with $status on released files:"
    grep stop "$work/check"
    exit 1
fi
bad=0

# same WHAT WANT SQL: the one value that SQL gives
same()
{
    got=$("$PALLADIUM" sql "$work/s.duckdb" "$3" | tail -n 1)
    if [ "$got" != "$2" ]; then
        echo "$1: $got, expected $2"
        bad=1
    fi
}

national="release_name = '2019-ICFO-53623'"
same "every arrest has its flag" 576608 "SELECT count(*) FROM arrest_flag"
same "nothing is dropped without ids" 0 \
    "SELECT count(*) FROM arrest WHERE duplicate_drop_row OR duplicate_likely IS NOT NULL"
same "reprocessed arrests of FY2019 say so" 4999 \
    "SELECT count(*) FROM arrest WHERE duplicate_reason = 'reprocessed' AND sheet = 'EROArrests_FY2019'"
same "equal detainers are separate events" 30128 \
    "SELECT dropped FROM rule_count WHERE table_name = 'detainer' AND rule = 'equal-rows'"
same "comparing rows would lose a sixth of the arrests" 80906 \
    "SELECT dropped FROM rule_count WHERE table_name = 'arrest' AND rule = 'equal-rows' AND $national"
same "the national release serves its four years" "2015-10-01|2019-08-31" \
    "SELECT serves_first || '|' || serves_last FROM coverage WHERE table_name = 'arrest' AND $national"
same "Seattle serves the years before" "regional|Seattle|2012-01-01|2015-09-30" \
    "SELECT scope || '|' || area || '|' || serves_first || '|' || serves_last FROM coverage WHERE table_name = 'arrest' AND scope = 'regional'"
same "four arrests lie outside their title's period" "warn|4" \
    "SELECT level || '|' || n FROM check_result WHERE rule = 'out_of_period' AND table_name = 'arrest' AND $national"
same "book-ins without an id are a stay each" 36811 "SELECT count(*) FROM stay"
same "both releases agree on October 2015 in Seattle" "235|235" \
    "SELECT count_a || '|' || count_b FROM release_compare WHERE table_name = 'arrest' AND month = '2015-10-01'"
exit "$bad"
