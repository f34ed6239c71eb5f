#include "law/law_internal.h"

const char *pal_law_met_text(enum pal_law_outcome outcome)
{
    static const char *const texts[] = {
        [PAL_LAW_MAY_HOLD] = "allowed",  [PAL_LAW_MUST_NOT] = "forbidden",
        [PAL_LAW_MUST] = "required",     [PAL_LAW_DISPUTED] = "left open",
        [PAL_LAW_UNKNOWN] = "left open",
    };
    return texts[outcome];
}

static void put_number(struct pal_buffer *out, int64_t value)
{
    pal_buffer_append_format(out, ",%lld", (long long)value);
}

static void put_day(struct pal_buffer *out, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    pal_csv_field(out, pal_view_of(text), false);
}

void pal_law_applied_csv(const struct pal_law_applied *rows, size_t count,
                         struct pal_buffer *out)
{
    pal_buffer_append_text(out, "place,year,document,question,rule,outcome,requests,"
                                "first_day,last_day,verified,rules,note\n");
    for (size_t i = 0; i < count; i++) {
        const struct pal_law_applied *row = &rows[i];
        pal_csv_field(out, row->place, true);
        if (row->year == 0) {
            pal_buffer_append_char(out, ',');
        } else {
            put_number(out, row->year);
        }
        pal_csv_field(out, row->document, false);
        pal_csv_field(out, row->question, false);
        pal_csv_field(out, pal_view_of(pal_law_met_text(row->outcome)), false);
        pal_csv_field(out, pal_view_of(pal_law_outcome_text(row->outcome)), false);
        put_number(out, row->count);
        put_day(out, row->first);
        put_day(out, row->last);
        pal_csv_field(out, pal_view_of(row->is_verified ? "true" : "false"), false);
        pal_csv_field(out, row->rules, false);
        pal_csv_field(out, row->note, false);
        pal_csv_end(out);
    }
}
