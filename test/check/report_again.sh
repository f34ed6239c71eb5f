#!/bin/sh
# The command under a figure gives the figure's csv, byte for byte, and a second report with
# another number of threads is the same. For the bundled example.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
PALLADIUM=${PALLADIUM:-$here/build/dev/palladium}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

fail()
{
    echo "report_again.sh: $*"
    bad=1
}

"$PALLADIUM" simulate "$here/studies/example/spec.yaml" --out "$work/data" >/dev/null 2>&1
"$PALLADIUM" run "$here/studies/example/study.yaml" --data "$work/data" --out "$work/out" \
    --quiet >/dev/null
study=$work/out/study.duckdb

# The first command after the link to a csv, with the study's place put in.
command_of()
{
    awk -v file="figures/$1.csv" '
        index($0, file) { found = 1 }
        found && sub(/.*<pre>/, "") { sub(/<\/pre>.*/, ""); print; exit }' \
        "$work/out/report.html" | sed "s/&quot;/\"/g; s/&amp;/\\&/g"
}

compare()
{
    line=$(command_of "$1")
    case $line in
    "palladium measure run "* | "palladium bounds "* | \
        "palladium law apply "* | "palladium power "*) ;;
    *)
        fail "no command stands under $1: $line"
        return
        ;;
    esac
    set -- "$1" "$(printf '%s' "$line" | sed "s|^palladium |\"\$PALLADIUM\" |; s|study.duckdb|\"\$study\"|") ${2:-}"
    eval "$2" >"$work/again.csv" 2>"$work/talk" || fail "failed: $line"
    cmp -s "$work/again.csv" "$work/out/figures/$1.csv" || fail "another csv by: $line"
}

compare arrests-per-day-by-area
compare share-at-large-by-area
compare custody-requests-by-outcome
compare custody-requests-by-rule
compare targets-bounds
compare custody-requests-in-time
compare change-at-campaign
compare surge-power
compare arrests-per-day-boston "--where area=Boston"

"$PALLADIUM" report "$study" --out "$work/again" --threads 1 --quiet >/dev/null
cmp -s "$work/out/report.html" "$work/again/report.html" || fail "a second report differs"
diff -r "$work/out/figures" "$work/again/figures" >/dev/null || fail "second figures differ"
[ "$bad" -eq 0 ] && echo "report_again.sh: every command gives its figure again"
exit "$bad"
