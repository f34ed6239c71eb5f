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
    PAL_CELL_MEMORY_CELL_MAX = 255,        /* longer texts are not remembered */
    PAL_CELL_SHARED_SLOTS = 8192           /* a power of two */
};

/* An outcome of a text column in 8 bytes. */
struct pal_cell_outcome {
    uint32_t term;
    uint8_t outcome;
    uint8_t rule;
};

/* What the text of a shared number became. A number has one slot, where the last one that
 * came to it stands: of a million shared texts most are looked up by their bytes. */
struct pal_cell_shared {
    uint32_t number; /* 0: free */
    struct pal_cell_outcome outcome;
};

static inline struct pal_cell_shared *pal_cell_shared_slot(
    struct pal_cell_shared *slots, uint32_t number)
{
    return &slots[number & (PAL_CELL_SHARED_SLOTS - 1U)];
}

/* What the cell's text became when its number was met last; NULL: not met, or no number. */
static inline const struct pal_cell_outcome *pal_cell_known(
    const struct pal_cell_reader *reader, const struct pal_cell *cell)
{
    if (cell->shared == 0 || reader->shared == NULL) {
        return NULL;
    }
    const struct pal_cell_shared *slot =
        pal_cell_shared_slot(reader->shared, cell->shared);
    return slot->number == cell->shared ? &slot->outcome : NULL;
}

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
