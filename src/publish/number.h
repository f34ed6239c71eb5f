/*
 * Numbers, days and lists as they stand in a report: British English, no locale, the same
 * bytes everywhere. A text is a small struct, so that several can stand in one format call.
 */
#ifndef PAL_PUBLISH_NUMBER_H
#define PAL_PUBLISH_NUMBER_H

#include <stdint.h>

#include "base/base.h"

enum { PAL_WORDS_MAX = 64 };

struct pal_words {
    char text[PAL_WORDS_MAX];
};

/* "1,234,567"; a minus sign (U+2212) before a negative one. */
struct pal_words pal_number_count(int64_t value);
/* "1,234.5" with `decimals` digits behind the point; never "-0". */
struct pal_words pal_number_fixed(double value, int decimals);
/* Digits behind the point that leave three digits that say something: 0 to 3. */
int pal_number_decimals(double value);
/* The same for a value with an interval: enough to tell its ends apart. */
int pal_number_decimals_of(double value, double low, double high);
/* As pal_number_fixed with pal_number_decimals. */
struct pal_words pal_number_plain(double value);
/* 0.1234 as "12.3%". */
struct pal_words pal_number_percent(double share, int decimals);
/* 0.1234 as "+12%", -0.1234 with a minus sign. */
struct pal_words pal_number_change(double share);
/* "11.9–12.7", an en dash between; both with the digits that `value` gets. */
struct pal_words pal_number_range(double low, double high, int decimals);
/* 0.119 and 0.127 as "11.9–12.7%". */
struct pal_words pal_number_share_range(double low, double high);
/* "nine" up to twelve, then digits. */
struct pal_words pal_number_word(int64_t value);

/* "31 August 2019", "August 2019", "Aug 2019", "2019-08"; "" for PAL_DAY_NONE. */
struct pal_words pal_day_words(int32_t day);
struct pal_words pal_month_words(int32_t day);
struct pal_words pal_month_short(int32_t day);
/* The first day of "2019-08"; PAL_DAY_NONE for anything else. */
int32_t pal_month_from_text(struct pal_view text);
/* "1 October 2015 to 31 August 2019". */
struct pal_words pal_period_words(int32_t first, int32_t last);
/* "1 Oct 2015 – 31 Aug 2019", for tables. */
struct pal_words pal_period_short(int32_t first, int32_t last);
/* "September 2019 to June 2020"; one month stands alone. */
struct pal_words pal_months_words(int32_t first, int32_t last);
/* "Aug", 1..12. */
const char *pal_month_name_short(int32_t month);

#endif
