/*
 * Labels: what a record's dimension is called, as SQL over a row `r`, over `own` (the area that a
 * regional release is about) and over `q<n>` (whether the record's sheet has the column).
 */
#include "measure/measure_internal.h"

const char *pal_label_period(enum pal_period period)
{
    switch (period) {
    case PAL_PERIOD_DAY:
        return "CAST(r.day AS DATE)";
    case PAL_PERIOD_WEEK:
        return "CAST(date_trunc('week', r.day) AS DATE)";
    case PAL_PERIOD_MONTH:
        return "CAST(date_trunc('month', r.day) AS DATE)";
    case PAL_PERIOD_YEAR:
        return "CAST(date_trunc('year', r.day) AS DATE)";
    case PAL_PERIOD_FISCAL_YEAR:
        return "CAST(date_trunc('year', r.day + INTERVAL 3 MONTH) - INTERVAL 3 MONTH "
               "AS "
               "DATE)";
    default:
        return "";
    }
}

void pal_label_area(struct pal_buffer *out, const struct pal_dimension *dimension)
{
    pal_buffer_append_format(out, "coalesce(%.*s, own.area)",
                             PAL_VIEW_ARG(dimension->expression));
}

void pal_label_append(struct pal_buffer *out, const struct pal_plan *plan,
                      const struct pal_dimension *dimension, size_t join)
{
    if (dimension->field.size == 0) {
        pal_buffer_append_format(out, "coalesce(%.*s, 'not stated')",
                                 PAL_VIEW_ARG(dimension->expression));
        return;
    }
    pal_buffer_append_text(out, "CASE WHEN ");
    if (dimension->kind == PAL_DIMENSION_AREA && !pal_plan_is_stated(plan)) {
        pal_label_area(out, dimension);
        pal_buffer_append_text(out, " IS NOT NULL THEN ");
        pal_label_area(out, dimension);
    } else {
        pal_buffer_append_format(out, "q%zu.sheet_id IS NULL THEN 'not recorded' WHEN ",
                                 join);
        pal_buffer_append_format(out, "%.*s IS NOT NULL THEN %.*s",
                                 PAL_VIEW_ARG(dimension->expression),
                                 PAL_VIEW_ARG(dimension->expression));
    }
    pal_buffer_append_format(
        out, " WHEN q%zu.sheet_id IS NULL THEN 'not recorded' ELSE 'not stated' END",
        join);
}

void pal_label_join(struct pal_buffer *out, const struct pal_dimension *dimension,
                    size_t join)
{
    if (dimension->kind == PAL_DIMENSION_PERIOD || dimension->field.size == 0) {
        return;
    }
    pal_buffer_append_format(
        out,
        "LEFT JOIN sheet_column AS q%zu ON q%zu.sheet_id = r.sheet_id "
        "AND q%zu.field = '%.*s'\n",
        join, join, join, PAL_VIEW_ARG(dimension->field));
}

static bool is_in_name(char c)
{
    return (c >= 'a' && c <= 'z') || pal_is_digit(c) || c == '_';
}

/* The day and the counts are the measure's own, not columns of its table. */
static bool is_framed(struct pal_view name)
{
    return pal_view_is_equal(name, PAL_VIEW("day")) ||
           pal_view_is_equal(name, PAL_VIEW("hit")) ||
           pal_view_is_equal(name, PAL_VIEW("base"));
}

bool pal_label_column(struct pal_view *text, struct pal_view *name)
{
    bool is_quoted = false;
    char before = ' ';
    while (text->size > 2) {
        const char *at = text->data;
        bool is_row = !is_quoted && at[0] == 'r' && at[1] == '.' && !is_in_name(before);
        is_quoted = is_quoted != (at[0] == '\'');
        before = at[0];
        text->data++;
        text->size--;
        if (!is_row) {
            continue;
        }
        *name = (struct pal_view){at + 2, 0};
        while (name->size + 1 < text->size && is_in_name(name->data[name->size])) {
            name->size++;
        }
        text->data += 1 + name->size;
        text->size -= 1 + name->size;
        before = 'r';
        if (name->size > 0 && !is_framed(*name)) {
            return true;
        }
    }
    return false;
}
