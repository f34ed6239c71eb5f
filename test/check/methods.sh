#!/bin/sh
# Is doc/method-list.md what the program says of its methods? With --update it is written.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
PALLADIUM=${PALLADIUM:-$here/build/dev/palladium}
page=$here/doc/method-list.md
make_page()
{
    cat <<'TEXT'
# The methods of `palladium stat`

One section a method, as `palladium stat --explain` shows it. Written by
`test/check/methods.sh --update`; a check fails when it is stale. What the methods are for,
and which of them Palladium's own figures stand on, is in [method-statistics](method-statistics.md).

TEXT
    "$PALLADIUM" stat --explain all
}
if [ "${1:-}" = --update ]; then
    make_page >"$page"
    exit
fi
if ! make_page | diff -u "$page" -; then
    echo "methods.sh: doc/method-list.md is stale; run test/check/methods.sh --update" >&2
    exit 1
fi
