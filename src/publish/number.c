#include "publish/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MINUS "\xE2\x88\x92"
#define EN_DASH "\xE2\x80\x93"

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

/* Digits of a plain number with a comma before every third from the point. */
static struct pal_words with_commas(const char *digits, bool is_negative)
{
    struct pal_words out = {""};
    size_t whole = strcspn(digits, ".");
    size_t at = 0;
    if (is_negative) {
        memcpy(out.text, MINUS, 3);
        at = 3;
    }
    for (size_t i = 0; digits[i] != '\0' && at + 2 < sizeof out.text; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) {
            out.text[at++] = ',';
        }
        out.text[at++] = digits[i];
    }
    out.text[at] = '\0';
    return out;
}

struct pal_words pal_number_fixed(double value, int decimals)
{
    char digits[40];
    if (!isfinite(value) || fabs(value) > 1e15) {
        return (struct pal_words){"not a number"};
    }
    (void)snprintf(digits, sizeof digits, "%.*f", decimals, fabs(value));
    bool is_zero = strspn(digits, "0.") == strlen(digits);
    return with_commas(digits, value < 0 && !is_zero);
}

struct pal_words pal_number_count(int64_t value)
{
    return pal_number_fixed((double)value, 0);
}

int pal_number_decimals(double value)
{
    double size = fabs(value);
    if (size == 0 || size >= 99.95) {
        return 0;
    }
    if (size >= 1) {
        return 1;
    }
    return size >= 0.0995 ? 2 : 3;
}

int pal_number_decimals_of(double value, double low, double high)
{
    int decimals = pal_number_decimals(value);
    double unit = pow(10, -decimals);
    if (isfinite(low) && isfinite(high) && high - low < 2 * unit && decimals < 3) {
        decimals++;
    }
    return decimals;
}

struct pal_words pal_number_plain(double value)
{
    return pal_number_fixed(value, pal_number_decimals(value));
}

struct pal_words pal_number_percent(double share, int decimals)
{
    struct pal_words out = pal_number_fixed(share * 100, decimals);
    size_t size = strlen(out.text);
    if (size + 1 < sizeof out.text) {
        out.text[size] = '%';
        out.text[size + 1] = '\0';
    }
    return out;
}

struct pal_words pal_number_change(double share)
{
    struct pal_words plain = pal_number_percent(share, 0);
    struct pal_words out;
    const char *sign = share > 0 && strcmp(plain.text, "0%") != 0 ? "+" : "";
    (void)snprintf(out.text, sizeof out.text, "%s%.50s", sign, plain.text);
    return out;
}

struct pal_words pal_number_range(double low, double high, int decimals)
{
    struct pal_words out = {""};
    struct pal_words from = pal_number_fixed(low, decimals);
    struct pal_words to = pal_number_fixed(high, decimals);
    if (isfinite(low) && isfinite(high)) {
        (void)snprintf(out.text, sizeof out.text, "%.28s" EN_DASH "%.28s", from.text,
                       to.text);
    }
    return out;
}

struct pal_words pal_number_share_range(double low, double high)
{
    struct pal_words out;
    struct pal_words range = pal_number_range(low * 100, high * 100, 1);
    (void)snprintf(out.text, sizeof out.text, "%.50s%%", range.text);
    return out;
}

struct pal_words pal_number_word(int64_t value)
{
    static const char *const words[] = {"no",   "one",    "two",   "three", "four",
                                        "five", "six",    "seven", "eight", "nine",
                                        "ten",  "eleven", "twelve"};
    struct pal_words out;
    if (value < 0 || value > 12) {
        return pal_number_count(value);
    }
    (void)snprintf(out.text, sizeof out.text, "%s", words[value]);
    return out;
}

/* ---- days ---- */

const char *pal_month_name_short(int32_t month)
{
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return month >= 1 && month <= 12 ? names[month - 1] : "";
}

static const char *month_name(int32_t month)
{
    return month >= 1 && month <= 12 ? months[month - 1] : "";
}

struct pal_words pal_day_words(int32_t day)
{
    struct pal_words out = {""};
    struct pal_civil date = pal_civil_of(day);
    if (day != PAL_DAY_NONE) {
        (void)snprintf(out.text, sizeof out.text, "%d %s %d", date.day,
                       month_name(date.month), date.year);
    }
    return out;
}

struct pal_words pal_month_words(int32_t day)
{
    struct pal_words out = {""};
    struct pal_civil date = pal_civil_of(day);
    if (day != PAL_DAY_NONE) {
        (void)snprintf(out.text, sizeof out.text, "%s %d", month_name(date.month),
                       date.year);
    }
    return out;
}

struct pal_words pal_month_short(int32_t day)
{
    struct pal_words out = {""};
    struct pal_civil date = pal_civil_of(day);
    if (day != PAL_DAY_NONE) {
        (void)snprintf(out.text, sizeof out.text, "%s %d",
                       pal_month_name_short(date.month), date.year);
    }
    return out;
}

struct pal_words pal_period_words(int32_t first, int32_t last)
{
    struct pal_words out;
    struct pal_words from = pal_day_words(first);
    struct pal_words to = pal_day_words(last);
    if (first == last) {
        return from;
    }
    (void)snprintf(out.text, sizeof out.text, "%.28s to %.28s", from.text, to.text);
    return out;
}

struct pal_words pal_period_short(int32_t first, int32_t last)
{
    struct pal_words out = {""};
    struct pal_civil from = pal_civil_of(first);
    struct pal_civil to = pal_civil_of(last);
    if (first != PAL_DAY_NONE && first == last) {
        (void)snprintf(out.text, sizeof out.text, "%d %s %d", from.day,
                       pal_month_name_short(from.month), from.year);
    } else if (first != PAL_DAY_NONE && last != PAL_DAY_NONE) {
        (void)snprintf(out.text, sizeof out.text, "%d %s %d " EN_DASH " %d %s %d",
                       from.day, pal_month_name_short(from.month), from.year, to.day,
                       pal_month_name_short(to.month), to.year);
    }
    return out;
}

struct pal_words pal_months_words(int32_t first, int32_t last)
{
    struct pal_words out;
    struct pal_words from = pal_month_words(first);
    struct pal_words to = pal_month_words(last);
    if (pal_month_first(first) == pal_month_first(last)) {
        return from;
    }
    (void)snprintf(out.text, sizeof out.text, "%.28s to %.28s", from.text, to.text);
    return out;
}

int32_t pal_month_from_text(struct pal_view text)
{
    char day[16];
    if (text.size != 7) {
        return PAL_DAY_NONE;
    }
    memcpy(day, text.data, 7);
    memcpy(day + 7, "-01", 4);
    return pal_day_from_text(day);
}
