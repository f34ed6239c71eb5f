/*
 * The texts that cells of a workbook share, by number. Private to room source.
 */
#ifndef PAL_SOURCE_SHARED_STRINGS_H
#define PAL_SOURCE_SHARED_STRINGS_H

#include "source/part.h"

struct pal_shared_strings {
    struct pal_buffer text; /* all of them, one behind the other */
    size_t *begins;         /* count + 1 of them */
    size_t count;
    size_t room;
};

void pal_shared_strings_init(struct pal_shared_strings *table,
                             const struct pal_source_limits *limits);
void pal_shared_strings_clear(struct pal_shared_strings *table);
/* Reads xl/sharedStrings.xml. Every <si> counts, also an empty one. Takes the part over. */
pal_status pal_shared_strings_read(struct pal_shared_strings *table,
                                   struct pal_part *part,
                                   const struct pal_source_limits *limits,
                                   struct pal_error *err) PAL_MUST_USE;

/* `index` is below count. */
static inline struct pal_view pal_shared_string(const struct pal_shared_strings *table,
                                                size_t index)
{
    return (struct pal_view){table->text.data + table->begins[index],
                             table->begins[index + 1] - table->begins[index]};
}

/* What a cell with it says in `shared`; strings beyond what fits are not told apart. */
static inline uint32_t pal_shared_number(size_t index)
{
    return index < UINT32_MAX ? (uint32_t)index + 1 : 0;
}

#endif
