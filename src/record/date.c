#include "record/date.h"

enum { CENTURY_PIVOT = 50 };

struct scan {
    const char *at;
    const char *end;
};

struct number {
    int32_t value;
    int digit_count;
};

static bool take_number(struct scan *scan, struct number *out)
{
    *out = (struct number){0, 0};
    while (scan->at < scan->end && pal_is_digit(*scan->at)) {
        if (out->digit_count == 9) {
            return false;
        }
        out->value = out->value * 10 + (*scan->at - '0');
        out->digit_count++;
        scan->at++;
    }
    return out->digit_count > 0;
}

static bool take_char(struct scan *scan, char c)
{
    if (scan->at < scan->end && *scan->at == c) {
        scan->at++;
        return true;
    }
    return false;
}

static void skip_blanks(struct scan *scan)
{
    while (scan->at < scan->end && pal_is_space(*scan->at)) {
        scan->at++;
    }
}

/* "Sep", "Sept", "September": 1..12, or 0. */
static int32_t take_month_name(struct scan *scan)
{
    static const char *const months[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    const char *start = scan->at;
    while (scan->at < scan->end && pal_lower(*scan->at) >= 'a' &&
           pal_lower(*scan->at) <= 'z') {
        scan->at++;
    }
    struct pal_view word = {start, (size_t)(scan->at - start)};
    for (int32_t i = 0; i < 12 && word.size >= 3; i++) {
        struct pal_view name = pal_view_of(months[i]);
        bool is_prefix =
            word.size <= name.size &&
            pal_view_is_equal_fold(word, (struct pal_view){name.data, word.size});
        if (is_prefix &&
            (word.size == 3 || word.size == name.size || (i == 8 && word.size == 4))) {
            return i + 1;
        }
    }
    scan->at = start;
    return 0;
}

/* A time of day and nothing behind it. */
static bool take_time(struct scan *scan, int64_t *microseconds)
{
    struct number hour;
    struct number minute;
    struct number second = {0, 2};
    int64_t fraction = 0;
    if (!take_number(scan, &hour) || hour.digit_count > 2 || !take_char(scan, ':') ||
        !take_number(scan, &minute) || minute.digit_count != 2) {
        return false;
    }
    if (take_char(scan, ':')) {
        if (!take_number(scan, &second) || second.digit_count != 2) {
            return false;
        }
        int64_t unit = 100000;
        if (take_char(scan, '.')) {
            while (scan->at < scan->end && pal_is_digit(*scan->at)) {
                fraction += (*scan->at - '0') * unit;
                unit /= 10;
                scan->at++;
            }
        }
    }
    skip_blanks(scan);
    if (scan->end - scan->at == 2 && pal_lower(scan->at[1]) == 'm' &&
        (pal_lower(scan->at[0]) == 'a' || pal_lower(scan->at[0]) == 'p')) {
        if (hour.value < 1 || hour.value > 12) {
            return false;
        }
        hour.value = hour.value % 12 + (pal_lower(scan->at[0]) == 'p' ? 12 : 0);
        scan->at += 2;
    } else {
        (void)take_char(scan, 'Z');
    }
    if (scan->at != scan->end || hour.value > 23 || minute.value > 59 ||
        second.value > 59) {
        return false;
    }
    *microseconds =
        ((hour.value * INT64_C(60) + minute.value) * 60 + second.value) * 1000000 +
        fraction;
    return true;
}

static enum pal_date_state finish(struct scan *scan, struct number year, int32_t month,
                                  int32_t day, struct pal_moment *out)
{
    bool is_joined = take_char(scan, 'T') || take_char(scan, ',');
    int64_t microseconds = 0;
    if (scan->at != scan->end && !is_joined && !pal_is_space(*scan->at)) {
        return PAL_DATE_NOT;
    }
    skip_blanks(scan);
    if (scan->at != scan->end && !take_time(scan, &microseconds)) {
        return PAL_DATE_NOT;
    }
    if (year.digit_count == 2) {
        year.value += year.value < CENTURY_PIVOT ? 2000 : 1900;
    } else if (year.digit_count != 4) {
        return PAL_DATE_IMPOSSIBLE;
    }
    struct pal_civil date = {year.value, month, day};
    if (year.value < PAL_DATE_YEAR_MIN || year.value > PAL_DATE_YEAR_MAX ||
        !pal_civil_is_valid(date)) {
        return PAL_DATE_IMPOSSIBLE;
    }
    out->day = pal_day_of(date);
    out->microseconds = microseconds;
    return PAL_DATE_OK;
}

/* Digits alone: YYYYMMDD, YYYYMM, or a year. */
static enum pal_date_state read_digits(struct number number, bool allow_month,
                                       struct pal_moment *out)
{
    struct scan nothing = {"", ""};
    nothing.end = nothing.at;
    int32_t year = number.value;
    int32_t month = 1;
    int32_t day = 1;
    if (number.digit_count == 8) {
        year = number.value / 10000;
        month = number.value / 100 % 100;
        day = number.value % 100;
    } else if (number.digit_count == 6 && allow_month) {
        year = number.value / 100;
        month = number.value % 100;
    }
    bool is_year = year >= PAL_DATE_YEAR_MIN && year <= PAL_DATE_YEAR_MAX;
    if (number.digit_count == 4) {
        return is_year ? PAL_DATE_PARTIAL : PAL_DATE_NOT;
    }
    if (!is_year ||
        (number.digit_count != 8 && (number.digit_count != 6 || !allow_month))) {
        return PAL_DATE_NOT;
    }
    return finish(&nothing, (struct number){year, 4}, month, day, out);
}

/* Behind a first number and a '/': month first; two parts are a month and a year. */
static enum pal_date_state read_slashes(struct scan *scan, struct number first,
                                        char separator, struct pal_moment *out)
{
    struct number second;
    struct number third;
    if (first.digit_count > 2 || !take_number(scan, &second)) {
        return PAL_DATE_NOT;
    }
    if (!take_char(scan, separator)) {
        bool is_month = second.digit_count == 4 || second.digit_count == 2;
        return scan->at == scan->end && is_month ? PAL_DATE_PARTIAL : PAL_DATE_NOT;
    }
    if (second.digit_count > 2 || !take_number(scan, &third)) {
        return PAL_DATE_NOT;
    }
    return finish(scan, third, first.value, second.value, out);
}

/* Behind YYYY and a '-' or '/'. */
static enum pal_date_state read_year_first(struct scan *scan, struct number year,
                                           char separator, struct pal_moment *out)
{
    struct number month;
    struct number day;
    if (!take_number(scan, &month) || month.digit_count > 2) {
        return PAL_DATE_NOT;
    }
    if (!take_char(scan, separator)) {
        return scan->at == scan->end && month.value >= 1 && month.value <= 12
                   ? PAL_DATE_PARTIAL
                   : PAL_DATE_NOT;
    }
    if (!take_number(scan, &day) || day.digit_count > 2) {
        return PAL_DATE_NOT;
    }
    return finish(scan, year, month.value, day.value, out);
}

/* "20-Sep-07": behind the day and a separator. */
static enum pal_date_state read_named_month(struct scan *scan, struct number day,
                                            struct pal_moment *out)
{
    struct number year;
    int32_t month = take_month_name(scan);
    if (month == 0 || day.digit_count > 2) {
        return PAL_DATE_NOT;
    }
    if (!take_char(scan, '-')) {
        (void)take_char(scan, ',');
        skip_blanks(scan);
    }
    if (scan->at == scan->end) {
        return PAL_DATE_PARTIAL;
    }
    if (!take_number(scan, &year)) {
        return PAL_DATE_NOT;
    }
    return finish(scan, year, month, day.value, out);
}

/* "September 20, 2007", or only a month and a year: "Oct-82". */
static enum pal_date_state read_month_first(struct scan *scan, struct pal_moment *out)
{
    struct number first;
    struct number year;
    int32_t month = take_month_name(scan);
    if (month == 0) {
        return PAL_DATE_NOT;
    }
    (void)(take_char(scan, '-') || take_char(scan, '.'));
    skip_blanks(scan);
    if (scan->at == scan->end) {
        return PAL_DATE_PARTIAL;
    }
    if (!take_number(scan, &first)) {
        return PAL_DATE_NOT;
    }
    if (scan->at == scan->end && (first.digit_count == 2 || first.digit_count == 4)) {
        return PAL_DATE_PARTIAL;
    }
    if (!take_char(scan, ',') && !take_char(scan, '-') && !take_char(scan, ' ')) {
        return PAL_DATE_NOT;
    }
    skip_blanks(scan);
    if (first.digit_count > 2 || !take_number(scan, &year)) {
        return PAL_DATE_NOT;
    }
    return finish(scan, year, month, first.value, out);
}

/* The form of nine in ten cells, M/D/YYYY: false when it is another, or no such day. */
static bool read_plain(struct pal_view text, struct pal_moment *out)
{
    const char *at = text.data;
    const char *end = text.data + text.size;
    int32_t parts[2];
    if (text.size < 8 || text.size > 10) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        if (!pal_is_digit(*at)) {
            return false;
        }
        parts[i] = *at++ - '0';
        if (pal_is_digit(*at)) {
            parts[i] = parts[i] * 10 + (*at++ - '0');
        }
        if (*at++ != '/') {
            return false;
        }
    }
    if (end - at != 4 || !pal_is_digit(at[0]) || !pal_is_digit(at[1]) ||
        !pal_is_digit(at[2]) || !pal_is_digit(at[3])) {
        return false;
    }
    int32_t year =
        (at[0] - '0') * 1000 + (at[1] - '0') * 100 + (at[2] - '0') * 10 + (at[3] - '0');
    if (year < PAL_DATE_YEAR_MIN || year > PAL_DATE_YEAR_MAX) {
        return false;
    }
    out->day = pal_day_of((struct pal_civil){year, parts[0], parts[1]});
    return out->day != PAL_DAY_NONE;
}

enum pal_date_state pal_date_read(struct pal_view text, bool allow_month,
                                  struct pal_moment *out)
{
    struct scan scan = {text.data, text.data + text.size};
    struct number first;
    *out = (struct pal_moment){PAL_DAY_NONE, 0};
    if (text.size == 0) {
        return PAL_DATE_NOT;
    }
    if (read_plain(text, out)) {
        return PAL_DATE_OK;
    }
    if (!pal_is_digit(text.data[0])) {
        return read_month_first(&scan, out);
    }
    if (!take_number(&scan, &first)) {
        return PAL_DATE_NOT;
    }
    if (scan.at == scan.end) {
        return read_digits(first, allow_month, out);
    }
    char separator = *scan.at++;
    if (separator != '/' && separator != '-' && separator != ' ') {
        return PAL_DATE_NOT;
    }
    bool is_number_next = scan.at < scan.end && pal_is_digit(*scan.at);
    if (!is_number_next) {
        return separator == '/' ? PAL_DATE_NOT : read_named_month(&scan, first, out);
    }
    if (separator == ' ') {
        return PAL_DATE_NOT;
    }
    return first.digit_count == 4 ? read_year_first(&scan, first, separator, out)
                                  : read_slashes(&scan, first, separator, out);
}

enum pal_date_state pal_date_of_serial(double serial, struct pal_moment *out)
{
    enum { EPOCH = 25569, SERIAL_MIN = 61, SERIAL_MAX = 73415 };
    *out = (struct pal_moment){PAL_DAY_NONE, 0};
    /* Below 61 spreadsheets disagree about 29 February 1900; nothing here is that old. */
    if (!(serial >= SERIAL_MIN && serial < SERIAL_MAX)) {
        return PAL_DATE_IMPOSSIBLE;
    }
    int32_t whole = (int32_t)serial;
    /* Serials carry about 1e-11 days; a time is meant to the second. */
    int64_t seconds = (int64_t)((serial - whole) * 86400.0 + 0.5);
    if (seconds == 86400) {
        whole++;
        seconds = 0;
    }
    out->day = whole - EPOCH;
    out->microseconds = seconds * 1000000;
    return PAL_DATE_OK;
}
