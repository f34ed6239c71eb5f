/*
 * Duplicate rules, from data/duplicate_rules.csv: which records a measure counts. A measure's
 * statement names them as {kept}; the rule's own statement is put there.
 */
#include <stdio.h>

#include "measure/measure_internal.h"

enum { NAME_SIZE_MAX = 128, DAYS_SIZE_MAX = 16 };

static const struct pal_view slot = {"{kept}", sizeof "{kept}" - 1};

bool pal_rule_at(struct pal_view table, size_t index, struct pal_rule *out)
{
    struct pal_view rest = pal_measure_frame("duplicate_rules.csv");
    struct pal_view line;
    while (pal_view_split(&rest, '\n', &line)) {
        struct pal_view cell[4] = {{"", 0}};
        size_t count = 0;
        while (count < 4 && pal_view_split(&line, '|', &cell[count])) {
            count++;
        }
        if (count < 4 || !pal_view_is_equal(cell[0], table) || index-- > 0) {
            continue;
        }
        *out = (struct pal_rule){cell[1], cell[2], cell[3]};
        return true;
    }
    return false;
}

static bool find_rule(struct pal_view table, struct pal_view name, struct pal_rule *out)
{
    for (size_t i = 0; pal_rule_at(table, i, out); i++) {
        if (pal_view_is_equal(out->name, name)) {
            return true;
        }
    }
    return false;
}

bool pal_measure_has_rules(const struct pal_measure *measure)
{
    return pal_view_find(measure->statement, slot) < measure->statement.size;
}

static pal_status fail_rule(const struct pal_measure *measure, struct pal_view rule,
                            struct pal_error *err)
{
    struct pal_buffer known;
    struct pal_rule item;
    pal_buffer_init(&known, PAL_ERROR_TEXT_MAX);
    for (size_t i = 0; pal_rule_at(measure->table, i, &item); i++) {
        pal_buffer_append_format(&known, "%s%.*s", i == 0 ? "" : ", ",
                                 PAL_VIEW_ARG(item.name));
    }
    pal_status st =
        pal_measure_has_rules(measure)
            ? pal_fail(err, PAL_USAGE,
                       "the measure %.*s knows no duplicate rule '%.*s'; it knows %.*s",
                       PAL_VIEW_ARG(measure->name), PAL_VIEW_ARG(rule), (int)known.size,
                       known.data == NULL ? "" : known.data)
            : pal_fail(err, PAL_USAGE,
                       "the measure %.*s has one count only, and no duplicate rule to "
                       "choose",
                       PAL_VIEW_ARG(measure->name));
    pal_buffer_clear(&known);
    return st;
}

/* The rule's statement without its heading comment. */
static struct pal_view kept_of(struct pal_view table, struct pal_view rule)
{
    char name[NAME_SIZE_MAX];
    int n = snprintf(name, sizeof name, "kept_%.*s_%.*s.sql", PAL_VIEW_ARG(table),
                     PAL_VIEW_ARG(rule));
    PAL_BUG_IF(n < 0 || (size_t)n >= sizeof name);
    for (char *c = name; *c != '\0'; c++) {
        if (*c == '-') {
            *c = '_';
        }
    }
    struct pal_view rest = pal_measure_frame(name);
    struct pal_view before = rest;
    struct pal_view line;
    while (pal_view_split(&rest, '\n', &line) &&
           pal_view_has_prefix(line, PAL_VIEW("--"))) {
        before = rest;
    }
    return pal_view_trim(before);
}

pal_status pal_measure_statement(const struct pal_measure *measure,
                                 struct pal_view rule, struct pal_buffer *out,
                                 struct pal_error *err)
{
    struct pal_rule found;
    if (!pal_measure_has_rules(measure)) {
        if (rule.size > 0) {
            return fail_rule(measure, rule, err);
        }
        pal_buffer_append_view(out, measure->statement);
        return pal_buffer_status(out, err);
    }
    if (rule.size == 0) {
        PAL_BUG_IF(!pal_rule_at(measure->table, 0, &found));
    } else if (!find_rule(measure->table, rule, &found)) {
        return fail_rule(measure, rule, err);
    }
    char days[DAYS_SIZE_MAX];
    int size = snprintf(days, sizeof days, "%d", PAL_HOLD_DAYS);
    PAL_BUG_IF(size < 0 || (size_t)size >= sizeof days);
    const struct pal_slot slots[] = {{"kept", kept_of(measure->table, found.name)},
                                     {"hold_days", pal_view_of(days)}};
    return pal_store_fill(measure->statement, slots, 2, out, err);
}
