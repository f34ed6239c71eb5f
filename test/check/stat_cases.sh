#!/bin/sh
# Does `palladium stat` give the numbers of the oracle's cases: same columns, same rows in the same
# order, each within its tolerance? The cases come from test/oracle/stat/cases.R.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
PALLADIUM=${PALLADIUM:-$here/build/dev/palladium}
command -v python3 >/dev/null || { echo "stat_cases.sh: there is no python3" >&2; exit 77; }
exec python3 "$here/test/oracle/stat/compare.py" "$PALLADIUM" "$here/test/oracle/stat/cases"
