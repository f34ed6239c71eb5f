/*
 * What the files on numbers share. A call that reads takes the token where it begins and gives
 * the token behind what it read; the token where it began: nothing was read.
 */
#ifndef PAL_DOCUMENT_NUMBER_INTERNAL_H
#define PAL_DOCUMENT_NUMBER_INTERNAL_H

#include "document/suggest_internal.h"

bool pal_number_is_hyphen(const struct pal_sentence *sentence, size_t i);
/* "couple of dozen": a number of several words begins at token i. */
bool pal_number_is_couple(const struct pal_sentence *sentence, size_t i);
/* A hedge ends in front of token i: "more than half". */
bool pal_number_is_hedged(const struct pal_sentence *sentence, size_t i);

/* Whole numbers in words or digits, "2.2 million", "a dozen". */
size_t pal_number_read_cardinal(const struct pal_sentence *sentence, size_t i,
                                double *value, bool *is_digits);
/* "half a dozen", "half-dozen", "a quarter-million": the number's value. */
size_t pal_number_read_part_of(const struct pal_sentence *sentence, size_t i,
                               struct pal_number *number);
/* "two-thirds", "a quarter", "half"; the share in per cent. */
size_t pal_number_read_fraction(const struct pal_sentence *sentence, size_t i,
                                double *share);
/* "in five", "out of 10", "of every 10" behind a first number of `count`; in per cent. */
size_t pal_number_read_ratio(const struct pal_sentence *sentence, size_t at,
                             double count, double *share);
/* "per cent", "%", "percentage points". */
size_t pal_number_read_percent(const struct pal_sentence *sentence, size_t at);
/* The high end of a range whose low end stands in tokens [first, at): it goes to `number`. */
size_t pal_number_read_high(const struct pal_sentence *sentence, size_t first,
                            size_t at, struct pal_number *number);

/* An amount of money, an age, an address, a name and the like. */
bool pal_number_counts_nothing(const struct pal_sentence *sentence,
                               const struct pal_number *number);

#endif
