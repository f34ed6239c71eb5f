/*
 * What the files on time share: a stretch of days in the making.
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
bool pal_time_is_year(const struct pal_sentence *sentence, size_t i);
/* 1 to 12 for a month's name in capitals at token i, or 0. */
int32_t pal_time_month_at(const struct pal_sentence *sentence, size_t i);
/* Fills the days of `month_count` months of a year, from its `first_month`, counted from 0. */
void pal_time_set_year(struct pal_span *span, int32_t year, bool is_fiscal,
                       int32_t first_month, int32_t month_count);
/* Fills the days of the span's month and day; a year that is not said is found. */
void pal_time_set_month(const struct pal_sentence *sentence, struct pal_span *span);
/* The stretch of days that begins at token i, whatever its form; end == i: none. */
struct pal_span pal_time_read_span(const struct pal_sentence *sentence, size_t i);
/* "last week", "the past 30 days", "on Tuesday", "this morning". */
void pal_time_read_relative(const struct pal_sentence *sentence, size_t i,
                            struct pal_span *span);

#endif
