/*
 * Days that are counted from the document's own: the past 30 days, last week, next month, a
 * weekday, this morning.
 */
#include "document/time_internal.h"

enum { MONTHS = 12 };

static void set_days(struct pal_span *span, size_t end, int32_t from, int32_t to)
{
    span->end = end;
    span->from = from;
    span->to = to;
}

/* The same day some years or months earlier, or so many days and weeks. */
static int32_t before_by(int32_t day, int32_t count, int32_t length)
{
    struct pal_civil date = pal_civil_of(day);
    if (length < 30) {
        return day - count * length;
    }
    int32_t months =
        date.year * MONTHS + date.month - 1 - count * (length == 30 ? 1 : MONTHS);
    date.year = months / MONTHS;
    date.month = months % MONTHS + 1;
    int32_t last = date.year > 0 ? pal_days_in_month(date.year, date.month) : 0;
    date.day = date.day > last ? last : date.day;
    int32_t found = pal_day_of(date);
    return found == PAL_DAY_NONE ? day - count * length : found;
}

/* "the past 30 days", "last two weeks", "the past year". */
static void read_past(const struct pal_sentence *s, size_t i, struct pal_span *span)
{
    int32_t now = pal_time_today(s);
    int32_t count = pal_time_small_number(s, i + 1);
    size_t at = count > 0 ? i + 2 : i + 1;
    bool is_past = pal_is_word(s, i, "past");
    int32_t length = pal_is_word(s, at, "day") || pal_is_word(s, at, "days")       ? 1
                     : pal_is_word(s, at, "week") || pal_is_word(s, at, "weeks")   ? 7
                     : pal_is_word(s, at, "month") || pal_is_word(s, at, "months") ? 30
                     : pal_is_word(s, at, "year") || pal_is_word(s, at, "years")   ? 365
                                                                                   : 0;
    if (length == 0 || (count == 0 && !is_past)) {
        return;
    }
    span->end = at + 1;
    if (now != PAL_DAY_NONE) {
        set_days(span, at + 1, before_by(now, count > 0 ? count : 1, length) + 1, now);
    }
}

/* Today, yesterday, the weekend, a weekday: of these the last one. */
static void read_day_word(const struct pal_sentence *s, size_t i, struct pal_span *span)
{
    int32_t now = pal_time_today(s);
    const struct pal_lexeme *weekday = pal_find(s, i, PAL_CLASS(WEEKDAY));
    int32_t back = 0;
    int32_t length = 1;
    size_t end = i + 1;
    if (pal_is_word(s, i, "yesterday") ||
        (pal_is_word(s, i, "last") && pal_is_word(s, i + 1, "night"))) {
        back = 1;
        end += pal_is_word(s, i, "last") ? 1 : 0;
    } else if (pal_is_word(s, i, "this") && (pal_is_word(s, i + 1, "morning") ||
                                             pal_is_word(s, i + 1, "afternoon") ||
                                             pal_is_word(s, i + 1, "evening"))) {
        end++;
    } else if (pal_is_word(s, i, "weekend")) {
        back = now == PAL_DAY_NONE ? 0 : (pal_weekday_of(now) + 1) % 7;
        length = 2;
    } else if (weekday != NULL && s->tokens[i].is_capital) {
        back = now == PAL_DAY_NONE
                   ? 0
                   : (pal_weekday_of(now) - (int32_t)weekday->value + 7) % 7;
    } else if (!pal_is_word(s, i, "today") && !pal_is_word(s, i, "tonight")) {
        return;
    }
    span->end = end;
    if (now != PAL_DAY_NONE) {
        set_days(span, end, now - back - length + 1, now - back);
    }
}

/* "last week", "this month". */
static void read_next(const struct pal_sentence *s, size_t i, struct pal_span *span)
{
    int32_t now = pal_time_today(s);
    bool is_week = pal_is_word(s, i + 1, "week");
    span->end = i + 2;
    if (now != PAL_DAY_NONE) {
        int32_t first = is_week ? pal_week_first(now) + 7 : pal_month_next(now);
        set_days(span, i + 2, first, is_week ? first + 6 : pal_month_next(first) - 1);
    }
}

static void read_last_quarter(const struct pal_sentence *s, size_t i,
                              struct pal_span *span)
{
    int32_t now = pal_time_today(s);
    span->end = i + 2;
    if (now != PAL_DAY_NONE) {
        struct pal_civil date = pal_civil_of(now);
        int32_t first =
            pal_day_of((struct pal_civil){date.year, (date.month - 1) / 3 * 3 + 1, 1});
        struct pal_civil before = pal_civil_of(first - 1);
        set_days(span, i + 2,
                 pal_day_of((struct pal_civil){before.year, before.month - 2, 1}),
                 first - 1);
    }
}

static void read_week_or_month(const struct pal_sentence *s, size_t i,
                               struct pal_span *span)
{
    int32_t now = pal_time_today(s);
    bool is_last = pal_is_word(s, i, "last");
    bool is_week = pal_is_word(s, i + 1, "week");
    span->end = i + 2;
    if (now != PAL_DAY_NONE) {
        int32_t first = is_week ? pal_week_first(now) : pal_month_first(now);
        int32_t before = is_week ? first - 7 : pal_month_first(first - 1);
        set_days(span, i + 2, is_last ? before : first, is_last ? first - 1 : now);
    }
}

/* "last week", "this month", "next month"; not "the last week of February". */
void pal_time_read_relative(const struct pal_sentence *s, size_t i,
                            struct pal_span *span)
{
    bool is_last = pal_is_word(s, i, "last");
    bool is_week = pal_is_word(s, i + 1, "week");
    bool is_long = is_week || pal_is_word(s, i + 1, "month");
    bool is_of = is_week && pal_is_word(s, i + 2, "of");
    if (pal_is_word(s, i, "next") && is_long) {
        read_next(s, i, span);
    } else if (is_last && pal_is_word(s, i + 1, "quarter")) {
        read_last_quarter(s, i, span);
    } else if ((is_last || pal_is_word(s, i, "this")) && is_long && !is_of) {
        read_week_or_month(s, i, span);
    } else if (pal_is_word(s, i, "past") ||
               (is_last && !pal_is_word(s, i + 1, "night"))) {
        read_past(s, i, span);
    } else {
        read_day_word(s, i, span);
    }
}
