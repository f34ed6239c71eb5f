/*
 * What a row under the header is: a record, a blank line, the header once more, the header of
 * a second table, or a total or footnote. Taken from the row itself and from the columns; no
 * row is taken for something else than a record because its values look odd.
 */
#ifndef PAL_RECORD_ROW_KIND_H
#define PAL_RECORD_ROW_KIND_H

#include "record/layout.h"

enum pal_row_kind {
    PAL_ROW_RECORD,
    PAL_ROW_BLANK,
    PAL_ROW_HEADER_AGAIN,
    PAL_ROW_OTHER_HEADER, /* a second table begins */
    PAL_ROW_FOOTNOTE
};

enum pal_row_kind pal_row_kind_of(const struct pal_layout *layout,
                                  const struct pal_dictionary *dictionary,
                                  const struct pal_row *row);
bool pal_row_is_blank(const struct pal_row *row);

#endif
