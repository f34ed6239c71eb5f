/*
 * A stretch of days as it is written: days, months, years, fiscal years and their parts. A
 * month without a year is the last one that had begun by the document's day, unless the words
 * look ahead ("through Dec. 31").
 */
#include <string.h>

#include "document/time_internal.h"

enum { AHEAD_DAYS = 14, HALF_YEAR_DAYS = 183, MONTHS = 12 };

int32_t pal_time_today(const struct pal_sentence *s)
{
    return s->document->published;
}

bool pal_time_is_year(const struct pal_sentence *s, size_t i)
{
    if (i >= s->count) {
        return false;
    }
    const struct pal_token *token = &s->tokens[i];
    return token->kind == PAL_TOKEN_NUMBER && token->size == 4 && !token->has_decimal &&
           token->value >= 1900 && token->value <= 2100;
}

int32_t pal_time_whole(const struct pal_sentence *s, size_t i, int32_t max)
{
    if (i >= s->count || s->tokens[i].kind != PAL_TOKEN_NUMBER ||
        s->tokens[i].has_decimal || s->tokens[i].has_comma ||
        s->tokens[i].value > max || s->tokens[i].value < 1) {
        return 0;
    }
    return (int32_t)s->tokens[i].value;
}

int32_t pal_time_small_number(const struct pal_sentence *s, size_t i)
{
    const struct pal_lexeme *word = pal_find(s, i, PAL_CLASS(NUMBER));
    return word != NULL ? (int32_t)word->value : pal_time_whole(s, i, 400);
}

int32_t pal_time_month_at(const struct pal_sentence *s, size_t i)
{
    const struct pal_lexeme *word = pal_find(s, i, PAL_CLASS(MONTH));
    return word != NULL && s->tokens[i].is_capital ? (int32_t)word->value : 0;
}

/* "mid-January". */
static int32_t prefixed_month(const struct pal_sentence *s, size_t i)
{
    static const char *const months[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    struct pal_view word = i < s->count ? s->tokens[i].lower : PAL_VIEW("");
    const char *hyphen = memchr(word.data, '-', word.size);
    if (hyphen == NULL) {
        return 0;
    }
    size_t at = (size_t)(hyphen - word.data) + 1;
    struct pal_view rest = {word.data + at, word.size - at};
    for (int32_t m = 0; m < 12; m++) {
        if (pal_view_is_equal(rest, pal_view_of(months[m]))) {
            return m + 1;
        }
    }
    return 0;
}

/* Month, day, year in the forms of the press. */
static void read_month(const struct pal_sentence *s, size_t i, struct pal_span *span)
{
    int32_t month = pal_time_month_at(s, i);
    size_t at = i + 1;
    if (month == 0) {
        month = prefixed_month(s, i);
    }
    if (month == 0) {
        int32_t day = pal_time_whole(s, i, 31);
        month = day > 0 ? pal_time_month_at(s, i + 1) : 0;
        if (month == 0) {
            return;
        }
        span->day = day;
        at = i + 2;
    } else if (pal_time_whole(s, at, 31) > 0 && !pal_is(s, at + 1, PAL_CLASS(UNIT)) &&
               !pal_is_mark(s, at + 1, '%')) {
        span->day = pal_time_whole(s, at, 31);
        at++;
    }
    span->month = month;
    size_t year = at;
    year += pal_is_mark(s, year, ',') || pal_is_word(s, year, "of") ? 1 : 0;
    if (pal_time_is_year(s, year)) {
        span->year = (int32_t)s->tokens[year].value;
        at = year + 1;
    }
    span->end = at;
}

/* "2020-03-05", "3/5/2020". */
static void read_digits(const struct pal_sentence *s, size_t i, struct pal_span *span)
{
    if (i + 4 >= s->count) {
        return;
    }
    char mark = s->tokens[i + 1].mark;
    bool is_glued = (mark == '-' || mark == '/') && pal_is_mark(s, i + 3, mark) &&
                    !s->tokens[i + 1].has_blank && !s->tokens[i + 3].has_blank;
    if (!is_glued) {
        return;
    }
    if (pal_time_is_year(s, i) && pal_time_whole(s, i + 2, 12) > 0 &&
        pal_time_whole(s, i + 4, 31) > 0) {
        span->year = (int32_t)s->tokens[i].value;
        span->month = pal_time_whole(s, i + 2, 12);
        span->day = pal_time_whole(s, i + 4, 31);
        span->end = i + 5;
    } else if (pal_time_is_year(s, i + 4) && pal_time_whole(s, i, 12) > 0 &&
               pal_time_whole(s, i + 2, 31) > 0) {
        span->year = (int32_t)s->tokens[i + 4].value;
        span->month = pal_time_whole(s, i, 12);
        span->day = pal_time_whole(s, i + 2, 31);
        span->end = i + 5;
    }
}

static int32_t first_of(int32_t year, int32_t month)
{
    return pal_day_of((struct pal_civil){year, month, 1});
}

/* A year, calendar or fiscal, with a part of it: first half, second quarter, first 3 months. */
void pal_time_set_year(struct pal_span *span, int32_t year, bool is_fiscal,
                       int32_t first_month, int32_t month_count)
{
    int32_t month = (is_fiscal ? 10 : 1) + first_month;
    int32_t begin = is_fiscal ? year - 1 : year;
    begin += (month - 1) / 12;
    month = (month - 1) % 12 + 1;
    span->from = first_of(begin, month);
    int32_t end = month + month_count;
    span->to = first_of(begin + (end - 1) / 12, (end - 1) % 12 + 1) - 1;
}

/* "the spring of 2019", by the calendar of the weather; a winter lies in two years and is not
 * read. */
static size_t read_season(const struct pal_sentence *s, size_t i, int32_t *first_month,
                          int32_t *month_count)
{
    static const struct {
        const char *name;
        int32_t first_month; /* from 0 */
    } seasons[] = {{"spring", 2}, {"summer", 5}, {"fall", 8}, {"autumn", 8}};
    static const char *const before[] = {"the", "in", "late", "early", "since", "of"};
    size_t at = pal_is_word(s, i + 1, "of") ? i + 2 : i + 1;
    for (size_t k = 0; k < sizeof seasons / sizeof seasons[0]; k++) {
        if (pal_is_word(s, i, seasons[k].name) && pal_time_is_year(s, at) && i > 0 &&
            PAL_IS_ANY(s, i - 1, before)) {
            *first_month = seasons[k].first_month;
            *month_count = MONTHS / 4;
            return at;
        }
    }
    return i;
}

/* "last quarter of", "final two months of": counted back from the end of the year named. */
static size_t read_last_part(const struct pal_sentence *s, size_t i,
                             int32_t *first_month, int32_t *month_count)
{
    int32_t count = pal_time_small_number(s, i + 1);
    size_t at = i + 1;
    if (pal_is_word(s, at, "half")) {
        count = MONTHS / 2;
    } else if (pal_is_word(s, at, "quarter")) {
        count = MONTHS / 4;
    } else if (count > 0 && count <= MONTHS && pal_is_word(s, at + 1, "months")) {
        at++;
    } else {
        return i;
    }
    if (!pal_is_word(s, at + 1, "of")) {
        return i; /* "the last two months" are counted from the document's day */
    }
    *month_count = count;
    *first_month = MONTHS - count;
    return at + 2;
}

/* "first half of", "third quarter of", "first two months of"; gives where it ends. */
static size_t read_part(const struct pal_sentence *s, size_t i, int32_t *first_month,
                        int32_t *month_count)
{
    const struct pal_lexeme *ordinal = pal_find(s, i, PAL_CLASS(ORDINAL));
    if (pal_is_word(s, i, "last") || pal_is_word(s, i, "final")) {
        return read_last_part(s, i, first_month, month_count);
    }
    if (ordinal == NULL) {
        return read_season(s, i, first_month, month_count);
    }
    int32_t rank = (int32_t)ordinal->value;
    size_t at = i + 1;
    if (pal_is_word(s, at, "half") && rank <= 2) {
        *month_count = 6;
        *first_month = (rank - 1) * 6;
        at++;
    } else if (pal_is_word(s, at, "quarter")) {
        *month_count = 3;
        *first_month = (rank - 1) * 3;
        at++;
    } else if (rank == 1 && pal_time_small_number(s, at) > 0 &&
               pal_time_small_number(s, at) <= 12 && pal_is_word(s, at + 1, "months")) {
        *month_count = pal_time_small_number(s, at);
        *first_month = 0;
        at += 2;
    } else {
        return i;
    }
    return pal_is_word(s, at, "of") ? at + 1 : i;
}

/* "FY2019" in one word. */
static size_t read_fiscal_code(const struct pal_sentence *s, size_t i, int32_t *year,
                               bool *is_fiscal)
{
    if (i < s->count && s->tokens[i].kind == PAL_TOKEN_CODE &&
        s->tokens[i].lower.size == 6 &&
        pal_view_has_prefix(s->tokens[i].lower, PAL_VIEW("fy20"))) {
        int64_t number = 0;
        (void)pal_parse_i64((struct pal_view){s->tokens[i].lower.data + 2, 4}, 2000,
                            2100, &number);
        *year = (int32_t)number;
        *is_fiscal = true;
        return number == 0 ? i : i + 1;
    }
    return i;
}

/* The year at token i: "2019", "fiscal year 2019", "FY2019", "last fiscal year", "the year". */
static size_t read_year(const struct pal_sentence *s, size_t i, int32_t *year,
                        bool *is_fiscal)
{
    int32_t now =
        pal_time_today(s) == PAL_DAY_NONE ? 0 : pal_civil_of(pal_time_today(s)).year;
    int32_t fiscal =
        pal_time_today(s) == PAL_DAY_NONE ? 0 : pal_fiscal_year_of(pal_time_today(s));
    size_t at = i;
    bool is_last = pal_is_word(s, at, "last") || pal_is_word(s, at, "previous");
    bool is_this = pal_is_word(s, at, "this") || pal_is_word(s, at, "the") ||
                   pal_is_word(s, at, "current");
    at += is_last || is_this ? 1 : 0;
    *is_fiscal = pal_is_word(s, at, "fiscal") || pal_is_word(s, at, "fy");
    at += *is_fiscal ? 1 : 0;
    at += pal_is_word(s, at, "year") || pal_is_word(s, at, "calendar") ||
                  (*is_fiscal && pal_is_word(s, at, "years"))
              ? 1
              : 0;
    /* "Fiscal Year (FY) 2021". */
    if (pal_is_mark(s, at, '(') && pal_is_word(s, at + 1, "fy") &&
        pal_is_mark(s, at + 2, ')')) {
        *is_fiscal = true;
        at += 3;
    }
    if (pal_time_is_year(s, at)) {
        bool is_behind =
            pal_is_word(s, at + 1, "fiscal") && pal_is_word(s, at + 2, "year");
        *year = (int32_t)s->tokens[at].value;
        *is_fiscal = *is_fiscal || is_behind; /* "the 2019 fiscal year" */
        return is_behind ? at + 3 : at + 1;
    }
    if (at > i && pal_is_word(s, at - 1, "year") && (is_last || is_this)) {
        *year = (*is_fiscal ? fiscal : now) - (is_last ? 1 : 0);
        return at;
    }
    return read_fiscal_code(s, i, year, is_fiscal);
}

static bool may_be_year(const struct pal_sentence *s, size_t i)
{
    static const char *const before[] = {
        "in",     "since", "of",      "by",   "during", "until", "through",
        "for",    "from",  "between", "and",  "to",     "late",  "early",
        "before", "after", "than",    "year", "the",    "with",  "around"};
    /* "1,950 agents" has its comma; behind "in" and "since", and behind a season or a month,
     * four digits are a year ("in the spring of 2019 agents came"). */
    static const char *const plain[] = {"in", "since", "during", "until"};
    bool is_plain = i > 0 && !s->tokens[i].has_comma && PAL_IS_ANY(s, i - 1, plain);
    if (pal_is(s, i + 1, PAL_CLASS(UNIT)) && !pal_is_word(s, i + 1, "fiscal") &&
        !is_plain) {
        return false;
    }
    for (size_t k = 0; i > 0 && k < sizeof before / sizeof before[0]; k++) {
        if (pal_is_word(s, i - 1, before[k])) {
            return true;
        }
    }
    return i == 0 || s->tokens[i - 1].kind == PAL_TOKEN_MARK;
}

/* "the start of the year", "by the end of the year": a day of the document's own year. */
static bool has_edge(const struct pal_sentence *s, size_t i)
{
    static const char *const edges[] = {"start", "beginning", "end"};
    return i >= 2 && pal_is_word(s, i - 1, "of") && PAL_IS_ANY(s, i - 2, edges);
}

static void read_years(const struct pal_sentence *s, size_t i, struct pal_span *span)
{
    int32_t first_month = 0;
    int32_t month_count = 12;
    int32_t year = 0;
    bool is_fiscal = false;
    size_t at = read_part(s, i, &first_month, &month_count);
    size_t end = read_year(s, at, &year, &is_fiscal);
    bool is_bare = at == i && end == i + 1 && pal_time_is_year(s, i);
    bool is_the_year = at == i && pal_is_word(s, i, "the") && !is_fiscal && end > i &&
                       !pal_time_is_year(s, end - 1) && !has_edge(s, i);
    if (end == at || is_the_year || (is_bare && !may_be_year(s, i))) {
        return;
    }
    span->end = end;
    span->year = year;
    span->is_fiscal = is_fiscal;
    if (year > 0) {
        pal_time_set_year(span, year, is_fiscal, first_month, month_count);
    }
    if (at == i && has_edge(s, i)) {
        bool is_end = pal_is_word(s, i - 2, "end");
        span->from = is_end ? span->to : span->from;
        span->to = span->from;
        return;
    }
    /* "this year" is the part of it that has been. */
    if (at == i && pal_is_word(s, i, "this") && span->to > pal_time_today(s) &&
        pal_time_today(s) != PAL_DAY_NONE) {
        span->to = pal_time_today(s);
    }
}

static bool looks_ahead(const struct pal_sentence *s, size_t i)
{
    return i > 0 &&
           (pal_is_word(s, i - 1, "through") || pal_is_word(s, i - 1, "until") ||
            pal_is_word(s, i - 1, "till") || pal_is_word(s, i - 1, "next"));
}

/* "need 250 agents by March 16", "will go in June": ahead when the day is near enough. */
static bool may_look_ahead(const struct pal_sentence *s, size_t i)
{
    if (i > 0 && pal_is_word(s, i - 1, "by")) {
        return true;
    }
    for (size_t k = 0; k < i; k++) {
        if (pal_is_word(s, k, "will") || pal_is_word(s, k, "would") ||
            pal_is_word(s, k, "shall") || pal_is_word(s, k, "expected") ||
            pal_is_word(s, k, "planned") || pal_is_word(s, k, "scheduled")) {
            return true;
        }
    }
    return false;
}

/* The days of a month and day, its year found from the document's day when it is not said. */
void pal_time_set_month(const struct pal_sentence *s, struct pal_span *span)
{
    int32_t year = span->year;
    int32_t now = pal_time_today(s);
    if (year == 0 && now == PAL_DAY_NONE) {
        span->from = PAL_DAY_NONE;
        span->to = PAL_DAY_NONE;
        return;
    }
    if (year == 0) {
        year = pal_civil_of(now).year;
        int32_t first = pal_day_of(
            (struct pal_civil){year, span->month, span->day > 0 ? span->day : 1});
        bool is_ahead = looks_ahead(s, span->first);
        if (first == PAL_DAY_NONE) {
            return;
        }
        is_ahead = is_ahead ||
                   (may_look_ahead(s, span->first) && first - now <= HALF_YEAR_DAYS);
        if (!is_ahead && first > now + (span->day > 0 ? AHEAD_DAYS : 0)) {
            year--;
        } else if (is_ahead && span->day > 0 && first < now - 300) {
            year++;
        }
    }
    span->from = pal_day_of(
        (struct pal_civil){year, span->month, span->day > 0 ? span->day : 1});
    span->to = span->day > 0 || span->from == PAL_DAY_NONE
                   ? span->from
                   : pal_month_next(span->from) - 1;
}

/* "New Year's Day", the last one. */
static void read_feast(const struct pal_sentence *s, size_t i, struct pal_span *span)
{
    if (!pal_is_word(s, i, "new") ||
        !(pal_is_word(s, i + 1, "year's") || pal_is_word(s, i + 1, "year")) ||
        !s->tokens[i + 1].is_capital) {
        return;
    }
    bool is_eve = pal_is_word(s, i + 2, "eve");
    span->month = is_eve ? 12 : 1;
    span->day = is_eve ? 31 : 1;
    span->end = i + (is_eve || pal_is_word(s, i + 2, "day") ? 3 : 2);
}

struct pal_span pal_time_read_span(const struct pal_sentence *s, size_t i)
{
    struct pal_span span = {
        .first = i, .end = i, .from = PAL_DAY_NONE, .to = PAL_DAY_NONE};
    read_digits(s, i, &span);
    if (span.end == i) {
        read_month(s, i, &span);
    }
    if (span.end == i) {
        read_feast(s, i, &span);
    }
    if (span.end > i) {
        pal_time_set_month(s, &span);
        return span;
    }
    read_years(s, i, &span);
    if (span.end == i) {
        pal_time_read_relative(s, i, &span);
    }
    return span;
}
