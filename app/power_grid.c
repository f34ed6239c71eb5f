#include "app/power_grid.h"

#include <string.h>

static const double usual_effects[] = {1.1, 1.25, 1.5, 1.75, 2, 2.5, 3};
static const double usual_days[] = {1, 3, 7, 14, 28, 60};

/* One number, within its range. */
static pal_status take_number(struct pal_view text, const struct pal_grid_rule *rule,
                              double *out, struct pal_error *err)
{
    if (!pal_parse_double(pal_view_trim(text), out) || !(*out >= rule->least) ||
        !(*out <= rule->most) || (rule->is_whole && *out != (double)(int64_t)*out)) {
        return pal_fail(err, PAL_USAGE,
                        "%s wants %s from %g to %g, a list as 1,2,3 or a range as "
                        "1..3, not \"%.*s\"",
                        rule->option, rule->is_whole ? "whole numbers" : "numbers",
                        rule->least, rule->most, PAL_VIEW_ARG(text));
    }
    return PAL_OK;
}

static pal_status add(struct pal_grid *out, double value,
                      const struct pal_grid_rule *rule, struct pal_error *err)
{
    if (out->count > 0 && value <= out->values[out->count - 1]) {
        return pal_fail(err, PAL_USAGE, "%s: give the numbers from small to large",
                        rule->option);
    }
    if (out->count == PAL_GRID_MAX) {
        return pal_fail(err, PAL_USAGE, "%s takes at most %d numbers", rule->option,
                        PAL_GRID_MAX);
    }
    out->values[out->count++] = value;
    return PAL_OK;
}

/* The ends, and the usual steps between them. */
static pal_status take_range(struct pal_view from, struct pal_view to,
                             const struct pal_grid_rule *rule, struct pal_grid *out,
                             struct pal_error *err)
{
    double first;
    double last;
    const double *steps = rule->is_whole ? usual_days : usual_effects;
    size_t count = rule->is_whole ? sizeof usual_days / sizeof usual_days[0]
                                  : sizeof usual_effects / sizeof usual_effects[0];
    pal_status st = take_number(from, rule, &first, err);
    if (st == PAL_OK) {
        st = take_number(to, rule, &last, err);
    }
    if (st == PAL_OK) {
        st = add(out, first, rule, err);
    }
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        if (steps[i] > first && steps[i] < last) {
            st = add(out, steps[i], rule, err);
        }
    }
    return st == PAL_OK && last != first ? add(out, last, rule, err) : st;
}

pal_status pal_grid_parse(struct pal_view text, const struct pal_grid_rule *rule,
                          struct pal_grid *out, struct pal_error *err)
{
    size_t dots = pal_view_find(text, PAL_VIEW(".."));
    out->count = 0;
    if (dots < text.size) {
        return take_range((struct pal_view){text.data, dots},
                          (struct pal_view){text.data + dots + 2, text.size - dots - 2},
                          rule, out, err);
    }
    struct pal_view rest = text;
    struct pal_view part;
    pal_status st = PAL_OK;
    while (st == PAL_OK && pal_view_split(&rest, ',', &part)) {
        double value;
        st = take_number(part, rule, &value, err);
        if (st == PAL_OK) {
            st = add(out, value, rule, err);
        }
    }
    if (st == PAL_OK && out->count == 0) {
        return pal_fail(err, PAL_USAGE, "%s is empty", rule->option);
    }
    return st;
}
