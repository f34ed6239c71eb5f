/*
 * The forms in which the header of a column is looked up. All are lower case with single
 * blanks; letters beyond ASCII stay as they are, dashes, quotes and blanks of any script part
 * words, and what has no width on paper does not count.
 */
#ifndef PAL_RECORD_HEADER_H
#define PAL_RECORD_HEADER_H

#include "base/base.h"

enum { PAL_HEADER_SIZE_MAX = 256 };

enum pal_header_form {
    PAL_HEADER_PLAIN, /* the words as they stand */
    PAL_HEADER_APART, /* "LastName" is two words, "dob1" too */
    PAL_HEADER_SPELT, /* and "LAST_NM" is "last name", "SS#" "ss number" */
    PAL_HEADER_FORM_COUNT
};

/* Size 0 when it has no letter or digit or is too long. */
struct pal_header {
    char text[PAL_HEADER_SIZE_MAX];
    size_t size;
};

void pal_header_make(struct pal_view text, enum pal_header_form form,
                     struct pal_header *out);

/* The plain form. */
void pal_header_normalise(struct pal_view text, struct pal_header *out);

/* Good as long as the header is. */
struct pal_view pal_header_view(const struct pal_header *header);

#endif
