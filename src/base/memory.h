/*
 * Heap memory: malloc's family behind one door, so that test builds can make the n-th call
 * fail, and an arena: many small allocations thrown away as a whole, with a cap.
 */
#ifndef PAL_BASE_MEMORY_H
#define PAL_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/view.h"

/* As malloc, calloc (count * size checked), reallocarray and free. NULL when out of memory. */
void *pal_alloc(size_t size);
void *pal_alloc_zero(size_t count, size_t size);
void *pal_realloc(void *memory, size_t count, size_t size);
void pal_free(void *memory);
char *pal_string_copy(
    struct pal_view text); /* NUL-terminated; the caller's, pal_free */

#ifdef PAL_TEST_ALLOCATION
/* The n-th call from now on fails (1 = the next), and every one after it; 0 turns it off. */
void pal_alloc_fail_after(size_t n);
bool pal_alloc_has_failed(void);
#endif

enum { PAL_ARENA_BLOCK_SIZE = 64 * 1024 };

struct pal_arena {
    struct pal_arena_block *first;
    size_t used;     /* bytes given out */
    size_t used_max; /* cap; beyond it every call fails with PAL_LIMIT */
};

void pal_arena_init(struct pal_arena *arena, size_t used_max);
void pal_arena_clear(struct pal_arena *arena);
void pal_arena_reset(struct pal_arena *arena); /* empty, keeps one block */

/* Memory aligned for any type, zeroed, good until clear or reset. */
pal_status pal_arena_alloc(struct pal_arena *arena, size_t count, size_t size,
                           void **out, struct pal_error *err) PAL_MUST_USE;
/* A copy of `text` with a NUL behind it. */
pal_status pal_arena_copy(struct pal_arena *arena, struct pal_view text,
                          struct pal_view *out, struct pal_error *err) PAL_MUST_USE;
pal_status pal_arena_format(struct pal_arena *arena, struct pal_view *out,
                            struct pal_error *err, const char *format, ...) PAL_MUST_USE
    PAL_PRINTF(4, 5);

#endif
