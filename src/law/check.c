/*
 * The table looked at as a whole: rules that overlap, holes between rules, rules that ended.
 */
#include "law/law_internal.h"

#include <stdio.h>

static bool is_about_the_same(const struct pal_law_rule *a,
                              const struct pal_law_rule *b)
{
    return a->place == b->place && (a->actors & b->actors) != 0 &&
           (a->documents & b->documents) != 0 && a->terms == b->terms &&
           pal_view_is_equal(a->question, b->question);
}

/* On some day both are surely in force. */
static bool overlaps(const struct pal_law_rule *a, const struct pal_law_rule *b)
{
    int32_t from_a = a->from.last; /* PAL_DAY_NONE is before every day */
    int32_t from_b = b->from.last;
    int32_t from = from_a > from_b ? from_a : from_b;
    return (a->to.first == PAL_DAY_NONE || from <= a->to.first) &&
           (b->to.first == PAL_DAY_NONE || from <= b->to.first);
}

bool pal_law_rule_names(const struct pal_law_rule *rule, struct pal_view id)
{
    struct pal_view rest = rule->conflicts_with;
    struct pal_view word;
    while (rule->conflicts_with.size > 0 && pal_view_split(&rest, ' ', &word)) {
        if (pal_view_is_equal(word, id)) {
            return true;
        }
    }
    return false;
}

static void range_text(const struct pal_law_rule *rule, char *out, size_t size)
{
    (void)snprintf(
        out, size, "%.*s to %.*s",
        PAL_VIEW_ARG(rule->from.text.size > 0 ? rule->from.text
                                              : PAL_VIEW("no beginning")),
        PAL_VIEW_ARG(rule->to.text.size > 0 ? rule->to.text : PAL_VIEW("no end")));
}

static pal_status check_named(const struct pal_law *law,
                              const struct pal_law_rule *rule, const char *name,
                              struct pal_error *err)
{
    struct pal_view rest = rule->conflicts_with;
    struct pal_view word;
    while (rule->conflicts_with.size > 0 && pal_view_split(&rest, ' ', &word)) {
        bool is_known = false;
        for (size_t i = 0; i < law->rule_count; i++) {
            const struct pal_law_rule *other = &law->rules[i];
            is_known = is_known || (pal_view_is_equal(other->id, word) &&
                                    pal_law_rule_names(other, rule->id) &&
                                    is_about_the_same(rule, other));
        }
        if (!is_known) {
            return pal_fail(err, PAL_INPUT,
                            "%s, line %lld: %.*s conflicts with \"%.*s\", which is no "
                            "rule about the same thing that names it back",
                            name, (long long)rule->line, PAL_VIEW_ARG(rule->id),
                            PAL_VIEW_ARG(word));
        }
    }
    return PAL_OK;
}

pal_status pal_law_check_overlap(const struct pal_law *law, const char *name,
                                 struct pal_error *err)
{
    for (size_t i = 0; i < law->rule_count; i++) {
        const struct pal_law_rule *a = &law->rules[i];
        pal_status st = check_named(law, a, name, err);
        if (st != PAL_OK) {
            return st;
        }
        for (size_t k = 0; k < i; k++) {
            const struct pal_law_rule *b = &law->rules[k];
            char range_a[64];
            char range_b[64];
            if (!is_about_the_same(a, b) || !overlaps(a, b) ||
                pal_law_rule_names(a, b->id)) {
                continue;
            }
            range_text(a, range_a, sizeof range_a);
            range_text(b, range_b, sizeof range_b);
            return pal_fail(
                err, PAL_INPUT,
                "%s: line %lld (%.*s, %s) and line %lld (%.*s, %s) are about the same "
                "place, actor, document, question and condition on the same days; end "
                "one before the other begins, or name each in the other's "
                "conflicts_with",
                name, (long long)b->line, PAL_VIEW_ARG(b->id), range_b,
                (long long)a->line, PAL_VIEW_ARG(a->id), range_a);
        }
    }
    return PAL_OK;
}

/* The rule about the same thing that begins next behind `rule`'s end; NULL: none. */
static const struct pal_law_rule *next_of(const struct pal_law *law,
                                          const struct pal_law_rule *rule)
{
    const struct pal_law_rule *next = NULL;
    for (size_t i = 0; i < law->rule_count; i++) {
        const struct pal_law_rule *other = &law->rules[i];
        bool ends_later =
            other->to.last == PAL_DAY_NONE || other->to.last > rule->to.last;
        if (other != rule && is_about_the_same(rule, other) && ends_later &&
            (next == NULL || other->from.first < next->from.first)) {
            next = other;
        }
    }
    return next;
}

pal_status pal_law_findings(const struct pal_law *law, int32_t day,
                            struct pal_arena *arena, struct pal_law_finding **out,
                            size_t *count, struct pal_error *err)
{
    void *memory = NULL;
    *out = NULL;
    *count = 0;
    pal_status st =
        pal_arena_alloc(arena, law->rule_count + 1, sizeof **out, &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    struct pal_law_finding *found = memory;
    for (size_t i = 0; i < law->rule_count; i++) {
        const struct pal_law_rule *rule = &law->rules[i];
        if (rule->to.last == PAL_DAY_NONE) {
            continue;
        }
        const struct pal_law_rule *next = next_of(law, rule);
        if (next == NULL && rule->to.last < day) {
            found[(*count)++] = (struct pal_law_finding){PAL_LAW_EXPIRED, rule, NULL};
        } else if (next != NULL && next->from.first > rule->to.last + 1) {
            found[(*count)++] = (struct pal_law_finding){PAL_LAW_GAP, rule, next};
        }
    }
    *out = found;
    return PAL_OK;
}
