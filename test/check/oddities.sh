#!/bin/sh
# test/oddities.csv names the tests of the oddities of released files. Each number from 1 to 34
# has a test that bears it (oddity_NN_), each test named there stands and runs in the program
# named beside it (test/unit/<program>.c), and no oddity_NN_ test is left out of the table.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
cd "${1:-$here/test}"
LC_ALL=C awk -v folder=unit '
function wrong(text) {
    print "oddities.csv: " text
    count++
}
# Remembers what a program defines and what it runs; blanks and line ends do not matter.
function read_program(program,    file, line, text, status) {
    file = folder "/" program ".c"
    while ((status = (getline line < file)) > 0) {
        if (line ~ /^static void [a-z0-9_]+\(/) {
            sub(/^static void /, "", line)
            sub(/\(.*/, "", line)
            defined[program, line] = 1
        } else {
            gsub(/[ \t]/, "", line)
            text = text line
        }
    }
    close(file)
    programs[program] = status < 0 ? "missing" : text
}
# cmocka_unit_test(name), _setup_teardown(name, or a short form of the program, in capitals.
function is_run(program, name) {
    return match(programs[program],
                 "(cmocka_unit_test[a-z_]*|[A-Z][A-Z_]+)[(]" name "[,)]") > 0
}
BEGIN { FS = "|" }
NR == 1 {
    if ($0 != "number|oddity|test|name") wrong("its first line is not number|oddity|test|name")
    next
}
NF != 4 || $1 !~ /^[1-9][0-9]*$/ || $1 > 34 || $2 == "" {
    wrong("line " NR " is not number|oddity|test|name with a number from 1 to 34")
    next
}
{
    if (!($3 in programs)) read_program($3)
    if (programs[$3] == "missing") {
        wrong("line " NR ": there is no program " folder "/" $3 ".c")
        next
    }
    if (!(($3, $4) in defined)) {
        wrong("line " NR ": " folder "/" $3 ".c has no test " $4)
        next
    }
    if (!is_run($3, $4)) {
        wrong("line " NR ": " folder "/" $3 ".c does not run " $4)
        next
    }
    listed[$3, $4] = 1
    if (index($4, sprintf("oddity_%02d_", $1)) == 1) {
        has[$1 + 0] = 1
    } else if ($4 ~ /^oddity_/) {
        wrong("line " NR ": " $4 " bears another number than " $1)
    }
}
END {
    for (i = 1; i <= 34; i++) {
        if (!(i in has)) wrong("oddity " i " has no test named after it")
    }
    find = "grep -rhoE \"^static void oddity_[a-z0-9_]+\" " folder " --include=\"*.c\""
    for (key in listed) {
        split(key, part, SUBSEP)
        names[part[2]] = 1
    }
    while ((find | getline line) > 0) {
        sub(/^static void /, "", line)
        if (!(line in names)) wrong("the test " line " is not listed")
    }
    close(find)
    exit count > 0
}' oddities.csv
