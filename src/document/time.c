/*
 * When: what the words around a stretch of days make of it. Two stretches are joined to one,
 * "since" and "through" open an end, and some are only what a number is compared with. The
 * stretches themselves are read in time_date.c and time_relative.c.
 */
#include <string.h>

#include "document/time_internal.h"

enum { LOOK_BACK = 4, DAYS_BEFORE = 6, MONTHS = 12 };

/* "Feb. 3-7", "Feb. 3 to 7, 2019": `begin` ends in front of the joint. */
static bool has_second_day(const struct pal_sentence *s, struct pal_span *begin,
                           int32_t day, struct pal_span *end)
{
    size_t at = begin->end + 2;
    size_t year = at + (pal_is_mark(s, at, ',') ? 1 : 0);
    if (pal_time_is_year(s, year)) {
        begin->year = (int32_t)s->tokens[year].value;
        at = year + 1;
        pal_time_set_month(s, begin);
    }
    *end = *begin;
    end->end = at;
    end->to =
        begin->from == PAL_DAY_NONE ? PAL_DAY_NONE : begin->from + day - begin->day;
    return begin->from != PAL_DAY_NONE;
}

/* "Jan. 6 to Feb. 14", "February through May", "between January and March of 2019". */
static bool has_joined(const struct pal_sentence *s, struct pal_span *begin,
                       struct pal_span *end)
{
    size_t i = begin->end;
    bool is_between = begin->first > 0 && pal_is_word(s, begin->first - 1, "between");
    bool is_and = pal_is_word(s, i, "and") && !is_between;
    bool is_joint = is_and || pal_is_word(s, i, "through") || pal_is_word(s, i, "to") ||
                    pal_is_word(s, i, "until") || pal_is_mark(s, i, '-') ||
                    pal_is_mark(s, i, '_') || (is_between && pal_is_word(s, i, "and"));
    if (!is_joint) {
        return false;
    }
    int32_t day = pal_time_whole(s, i + 1, 31);
    if (begin->day > 0 && begin->year == 0 && day > begin->day &&
        pal_time_month_at(s, i + 2) == 0 && !pal_is(s, i + 2, PAL_CLASS(UNIT)) &&
        !pal_is_mark(s, i + 2, '%') && !pal_is_mark(s, i + 2, '/')) {
        return has_second_day(s, begin, day, end);
    }
    *end = pal_time_read_span(s, i + 1);
    if (end->end == i + 1 || end->from == PAL_DAY_NONE) {
        return false;
    }
    if (begin->year == 0 && begin->month > 0 && end->year > 0 && end->month > 0) {
        begin->year = begin->month <= end->month ? end->year : end->year - 1;
        pal_time_set_month(s, begin);
    }
    if (begin->is_fiscal && !end->is_fiscal && end->month == 0 &&
        end->year > begin->year) {
        pal_time_set_year(end, end->year, true, 0,
                          MONTHS); /* "fiscal years 2017 and 2018" */
    }
    if (is_and) {
        /* "on Monday and Tuesday", "in January and February": days in one piece. */
        return begin->to != PAL_DAY_NONE && begin->to + 1 == end->from;
    }
    return begin->from != PAL_DAY_NONE && begin->from <= end->to;
}

static bool is_compared(const struct pal_sentence *s, size_t first)
{
    /* "up 40% over last year", "a 10 percent decrease from FY2018" */
    if (first > 1 &&
        (pal_is_word(s, first - 1, "over") || pal_is_word(s, first - 1, "from")) &&
        (pal_is_mark(s, first - 2, '%') || pal_is(s, first - 2, PAL_CLASS(PERCENT)) ||
         pal_is(s, first - 2, PAL_CLASS(FRACTION)) ||
         pal_is(s, first - 2, PAL_CLASS(UP) | PAL_CLASS(DOWN)))) {
        return true;
    }
    for (size_t back = 1; back <= LOOK_BACK && back <= first; back++) {
        size_t i = first - back;
        if (pal_is_word(s, i, "than") || pal_is_word(s, i, "compared") ||
            pal_is_word(s, i, "what") || (back == 1 && pal_is_word(s, i, "dated")) ||
            pal_is_word(s, i, "versus") || pal_is_word(s, i, "within") ||
            (pal_is_word(s, i, "as") && pal_is_word(s, i + 1, "in")) ||
            (pal_is_word(s, i, "from") && pal_time_whole(s, i + 1, INT32_MAX) > 0 &&
             pal_is_word(s, i + 2, "in"))) {
            return true;
        }
        if (s->tokens[i].kind == PAL_TOKEN_MARK || pal_is(s, i, PAL_CLASS(USUAL))) {
            return false;
        }
    }
    return false;
}

/* "the first three weeks of February", "the last week of January". */
static void cut_weeks(const struct pal_sentence *s, struct pal_time *time)
{
    size_t i = time->first;
    if (i < 3 || !pal_is_word(s, i - 1, "of") || time->from == PAL_DAY_NONE) {
        return;
    }
    bool is_one = pal_is_word(s, i - 2, "week");
    int32_t count = is_one ? 1 : pal_time_small_number(s, i - 3);
    size_t which = is_one ? i - 3 : i - 4;
    if ((!is_one && (i < 4 || !pal_is_word(s, i - 2, "weeks"))) || count == 0 ||
        7 * count > time->to - time->from) {
        return;
    }
    if (pal_is_word(s, which, "first")) {
        time->to = time->from + 7 * count - 1;
    } else if (pal_is_word(s, which, "last")) {
        time->from = time->to - 7 * count + 1;
    }
}

/* "the week of Feb. 9", "the week ending Feb. 15", "a week that ended Friday": from one day to
 * seven. */
static void widen(const struct pal_sentence *s, struct pal_time *time)
{
    size_t i = time->first;
    i -= i > 0 && pal_is_word(s, i - 1, "on") ? 1 : 0;
    if (i < 2 || time->from != time->to || time->from == PAL_DAY_NONE) {
        return;
    }
    bool is_end = pal_is_word(s, i - 1, "ending") || pal_is_word(s, i - 1, "ended");
    size_t week = i - 2;
    week -= is_end && week > 0 && !pal_is_word(s, week, "week") ? 1 : 0;
    if (!pal_is_word(s, week, "week")) {
        return;
    }
    if (is_end) {
        time->from -= DAYS_BEFORE;
    } else if (pal_is_word(s, i - 1, "of")) {
        time->to += DAYS_BEFORE;
    }
}

/* What the words in front make of it: "since", "through", "by". */
static void bound(const struct pal_sentence *s, struct pal_time *time)
{
    size_t i = time->first;
    widen(s, time);
    cut_weeks(s, time);
    while (i > 0 &&
           (pal_is_word(s, i - 1, "the") || pal_is_word(s, i - 1, "early") ||
            pal_is_word(s, i - 1, "late") || pal_is_word(s, i - 1, "of") ||
            pal_is_word(s, i - 1, "start") || pal_is_word(s, i - 1, "beginning"))) {
        i--;
    }
    if (i == 0) {
        return;
    }
    if (pal_is_word(s, i - 1, "since") && time->from != PAL_DAY_NONE) {
        time->to = s->document->published;
        time->is_since = true;
    } else if (pal_is_word(s, i - 1, "through") || pal_is_word(s, i - 1, "until") ||
               (pal_is_word(s, i - 1, "by") && time->from == time->to) ||
               pal_is_word(s, i - 1, "till")) {
        time->from = PAL_DAY_NONE;
    }
}

void pal_times_find(struct pal_sentence *s)
{
    memset(s->is_time, 0, sizeof s->is_time);
    s->time_count = 0;
    for (size_t i = 0; i < s->count; i++) {
        struct pal_span begin = pal_time_read_span(s, i);
        struct pal_span end = {.first = 0};
        if (begin.end == i) {
            continue;
        }
        struct pal_time time = {.first = i,
                                .end = begin.end,
                                .from = begin.from,
                                .to = begin.to,
                                .is_compared = is_compared(s, i)};
        if (has_joined(s, &begin, &end)) {
            time.end = end.end;
            time.from = begin.from;
            time.to = end.to;
            /* "grew by 30 percent from 2015 to 2018": when it was, not what it is compared
             * with. */
            time.is_compared =
                time.is_compared && !(i > 0 && pal_is_word(s, i - 1, "from"));
        } else {
            bound(s, &time);
        }
        for (size_t k = i; k < time.end; k++) {
            s->is_time[k] = true;
        }
        if (s->time_count < PAL_FINDING_MAX) {
            s->times[s->time_count++] = time;
        }
        i = time.end - 1;
    }
}
