#!/bin/sh
# The steps of real_study.R by the program: read every released file, give the columns one
# meaning, count exactly equal rows, and make the same tables.
# Usage: real_study.sh PROGRAM DATA STUDY
set -eu
program=$1
data=$2
study=$3
set --
for folder in arrests removals encounters detainers seattle detention-statistics staffing; do
    for path in "$data/$folder"/*; do
        set -- "$@" "$path"
    done
done
"$program" import "$@" --study "$study" --quiet
"$program" sql "$study" "SELECT table_name, release_name, rows, likely FROM rule_count
    WHERE rule = 'equal-rows' ORDER BY ALL"
"$program" measure run arrests "$study" --by area,month --format csv --quiet | wc -l
"$program" measure run arrests "$study" --by area,method_group,month --format csv --quiet | wc -l
"$program" sql "$study" "SELECT facility_state, facility_city, detainer_lift_reason, count(*)
    FROM detainer GROUP BY ALL" | wc -l
