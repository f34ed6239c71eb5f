/*
 * What each text of a column became, by its raw bytes. Bounded: when full it forgets all, so
 * a column of a million different texts costs time, never memory.
 */
#ifndef PAL_RECORD_CELL_MEMORY_H
#define PAL_RECORD_CELL_MEMORY_H

#include "record/cell.h"

enum {
    PAL_CELL_MEMORY_ENTRY_MAX = 8192,
    PAL_CELL_MEMORY_TEXT_MAX = 512 * 1024, /* bytes of one column */
    PAL_CELL_MEMORY_CELL_MAX = 255         /* longer texts are not remembered */
};

/* An outcome of a text column in 8 bytes. */
struct pal_cell_outcome {
    uint32_t term;
    uint8_t outcome;
    uint8_t rule;
};

/* NULL when out of memory. */
struct pal_cell_memory *pal_cell_memory_new(void);
void pal_cell_memory_free(struct pal_cell_memory *memory);
/* NULL when not seen yet, or forgotten. `hash` is pal_hash64 of the text. */
const struct pal_cell_outcome *pal_cell_memory_find(
    const struct pal_cell_memory *memory, struct pal_view text, uint64_t hash);
/* Remembers, as far as it can: without memory it only stays as it was. */
void pal_cell_memory_add(struct pal_cell_memory *memory, struct pal_view text,
                         uint64_t hash, struct pal_cell_outcome outcome);

#endif
