#!/bin/sh
# Runs the blocks of test/cli/*.t and the examples of doc/*.md, or of the files given:
#   $ command          > continues it on a further line
#   expected output    a line "..." stands for any lines
#   ? 3                expected status, 0 where it is not said
#   ! words            talk (stderr) that must hold these words
# Each file's commands run one after another in a folder of their own that holds a copy of
# test/cli/files.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
PALLADIUM=${PALLADIUM:-$here/build/dev/palladium}
case $PALLADIUM in
/*) ;;
*) PALLADIUM=$(pwd)/$PALLADIUM ;;
esac
if [ ! -x "$PALLADIUM" ]; then
    echo "cli.sh: there is no program at $PALLADIUM" >&2
    exit 1
fi
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$PALLADIUM" "$work/bin/palladium"
PATH=$work/bin:$PATH
SOURCE=$here
LC_ALL=C
export PATH SOURCE LC_ALL
unset NO_COLOR
blocks=0
bad=0

fail()
{
    echo "$file:$command_line: $*"
    bad=$((bad + 1))
}

# Is the output as expected? One "..." line stands for any lines.
is_as_expected()
{
    awk -v actual="$2" '
    BEGIN { while ((getline line < actual) > 0) have[++n] = line }
    { want[++m] = $0; if ($0 == "..." && !dots) dots = m }
    END {
        if (!dots && n != m) exit 1
        if (dots && n < m - 1) exit 1
        for (i = 1; i <= m && i != dots; i++) if (want[i] != have[i]) exit 1
        for (i = 0; dots && m - i > dots; i++) if (want[m - i] != have[n - i]) exit 1
    }' "$1"
}

run_block()
{
    [ -n "$command" ] || return 0
    blocks=$((blocks + 1))
    (cd "$folder" && sh -c "$command") >"$work/actual" 2>"$work/talk" </dev/null
    status=$?
    sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' "$work/expected" >"$work/wanted"
    if [ "$status" -ne "$want_status" ]; then
        fail "status $status, expected $want_status: $command"
        cat "$work/talk"
    fi
    if ! is_as_expected "$work/wanted" "$work/actual"; then
        fail "output differs: $command"
        diff "$work/wanted" "$work/actual"
        cat "$work/talk"
    fi
    while IFS= read -r words; do
        if ! grep -qF -- "$words" "$work/talk"; then
            fail "talk lacks \"$words\": $command"
            cat "$work/talk"
        fi
    done <"$work/words"
    command=
}

run_file()
{
    file=$1
    folder=$work/$(basename "$file")
    mkdir "$folder"
    cp -R "$here/test/cli/files/." "$folder"
    command=
    line_number=0
    while IFS= read -r line; do
        line_number=$((line_number + 1))
        case $line in
        '$ '*)
            run_block
            command=${line#??}
            command_line=$line_number
            want_status=0
            : >"$work/expected"
            : >"$work/words"
            ;;
        '> '*) command="$command
${line#??}" ;;
        '? '*) want_status=${line#??} ;;
        '! '*) echo "${line#??}" >>"$work/words" ;;
        '# '*) run_block ;;
        *) [ -z "$command" ] || printf '%s\n' "$line" >>"$work/expected" ;;
        esac
    done <"$2"
    run_block
    chmod -R u+w "$folder"
    rm -rf "$folder"
}

if [ $# -eq 0 ]; then
    set -- "$here"/test/cli/*.t "$here"/doc/*.md
fi
for path in "$@"; do
    case $path in
    *.md)
        # Only the indented lines of EXAMPLES, in place, so that line numbers hold.
        awk '/^## / { is_in = ($0 == "## EXAMPLES") }
            { print (is_in && /^    /) ? substr($0, 5) : (is_in && /^$/) ? "" : "# " }' \
            "$path" >"$work/blocks"
        run_file "$path" "$work/blocks"
        ;;
    *) run_file "$path" "$path" ;;
    esac
done
echo "$blocks blocks, $bad failures"
[ "$blocks" -gt 0 ] && [ "$bad" -eq 0 ]
