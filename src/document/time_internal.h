/*
 * What time.c and time_relative.c share: a stretch of days in the making.
 */
#ifndef PAL_DOCUMENT_TIME_INTERNAL_H
#define PAL_DOCUMENT_TIME_INTERNAL_H

#include "document/suggest_internal.h"

struct pal_span {
    size_t first;
    size_t end;    /* == first: none */
    int32_t month; /* 0: not one */
    int32_t day;   /* of the month, 0: the whole month */
    int32_t year;  /* 0: not said */
    bool is_fiscal;
    int32_t from;
    int32_t to;
};

/* The document's day; PAL_DAY_NONE: not known. */
int32_t pal_time_today(const struct pal_sentence *sentence);
/* A whole number in digits from 1 to max at token i, or 0; the other in words too. */
int32_t pal_time_whole(const struct pal_sentence *sentence, size_t i, int32_t max);
int32_t pal_time_small_number(const struct pal_sentence *sentence, size_t i);
/* "last week", "the past 30 days", "on Tuesday", "this morning". */
void pal_time_read_relative(const struct pal_sentence *sentence, size_t i,
                            struct pal_span *span);

#endif
