/*
 * Values that name one person by their form: an alien number, a social security number, a
 * telephone number, an electronic address, a birth date that says so. Headers are known by
 * data/direct_identifiers.csv; this finds what a release left in a column of another name.
 * A name in words has no form and cannot be found.
 */
#ifndef PAL_RECORD_IDENTITY_H
#define PAL_RECORD_IDENTITY_H

#include "base/base.h"

/* Whether such a value stands anywhere in the text. */
bool pal_has_direct_value(struct pal_view text);

/* What a sheet that is no table keeps in place of such a cell. */
#define PAL_WITHHELD_TEXT PAL_VIEW("(withheld)")

#endif
