/*
 * Days and times of day as they are written in released files. Month first, as everywhere in
 * the agency's files; years 1900 to 2100.
 */
#ifndef PAL_RECORD_DATE_H
#define PAL_RECORD_DATE_H

#include "base/base.h"

enum pal_date_state {
    PAL_DATE_OK,
    PAL_DATE_PARTIAL,    /* a year, or a month and a year */
    PAL_DATE_IMPOSSIBLE, /* month 13, 30 February, year 999 */
    PAL_DATE_NOT         /* something else: a code, a word */
};

struct pal_moment {
    int32_t day;          /* as in base/calendar.h */
    int64_t microseconds; /* of the day; 0 where no time of day stands */
};

enum { PAL_DATE_YEAR_MIN = 1900, PAL_DATE_YEAR_MAX = 2100 };
#define PAL_DAY_MICROSECONDS INT64_C(86400000000)

/* `text` is trimmed. M/D/YYYY, MM/DD/YYYY, YYYY-MM-DD, D-Mon-YYYY, Mon D, YYYY, YYYYMMDD,
 * with or without HH:MM[:SS[.fraction]] [AM|PM]; a year of two digits is 1950 to 2049. With
 * `allow_month` YYYYMM too, the first of the month. */
enum pal_date_state pal_date_read(struct pal_view text, bool allow_month,
                                  struct pal_moment *out);
/* Days since 1899-12-30, the spreadsheet's way. */
enum pal_date_state pal_date_of_serial(double serial, struct pal_moment *out);

#endif
