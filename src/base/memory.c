#include "base/memory.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef PAL_TEST_ALLOCATION
#include <stdatomic.h>

/* 0: off; 1: every call fails; n: n - 1 more calls succeed. */
static _Atomic size_t calls_left;
static _Atomic bool has_failed;

void pal_alloc_fail_after(size_t n)
{
    atomic_store(&has_failed, false);
    atomic_store(&calls_left, n);
}

bool pal_alloc_has_failed(void)
{
    return atomic_load(&has_failed);
}

static bool must_fail(void)
{
    size_t left = atomic_load_explicit(&calls_left, memory_order_relaxed);
    while (left > 1) {
        if (atomic_compare_exchange_weak(&calls_left, &left, left - 1)) {
            return false;
        }
    }
    if (left == 1) {
        atomic_store(&has_failed, true);
        return true;
    }
    return false;
}
#else
static inline bool must_fail(void)
{
    return false;
}
#endif

void *pal_alloc(size_t size)
{
    return must_fail() ? NULL : malloc(size > 0 ? size : 1);
}

void *pal_alloc_zero(size_t count, size_t size)
{
    size_t total = 0;
    if (must_fail() || __builtin_mul_overflow(count, size, &total)) {
        return NULL;
    }
    return calloc(1, total > 0 ? total : 1);
}

void *pal_realloc(void *memory, size_t count, size_t size)
{
    size_t total = 0;
    if (must_fail() || __builtin_mul_overflow(count, size, &total)) {
        return NULL;
    }
    return realloc(memory, total > 0 ? total : 1);
}

void pal_free(void *memory)
{
    free(memory);
}

char *pal_string_copy(struct pal_view text)
{
    char *copy = text.size < SIZE_MAX ? pal_alloc(text.size + 1) : NULL;
    if (copy == NULL) {
        return NULL;
    }
    if (text.size > 0) {
        memcpy(copy, text.data, text.size);
    }
    copy[text.size] = '\0';
    return copy;
}

struct pal_arena_block {
    struct pal_arena_block *next;
    size_t used;
    size_t room;
    alignas(max_align_t) unsigned char data[];
};

void pal_arena_init(struct pal_arena *arena, size_t used_max)
{
    *arena = (struct pal_arena){.used_max = used_max};
}

static void free_blocks(struct pal_arena_block *block)
{
    while (block != NULL) {
        struct pal_arena_block *next = block->next;
        pal_free(block);
        block = next;
    }
}

void pal_arena_clear(struct pal_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    free_blocks(arena->first);
    arena->first = NULL;
    arena->used = 0;
}

void pal_arena_reset(struct pal_arena *arena)
{
    struct pal_arena_block *kept = arena->first;
    if (kept != NULL) {
        free_blocks(kept->next);
        kept->next = NULL;
        kept->used = 0;
        /* A block made for one large allocation would hold its size for ever. */
        if (sizeof *kept + kept->room > PAL_ARENA_BLOCK_SIZE) {
            pal_free(kept);
            arena->first = NULL;
        }
    }
    arena->used = 0;
}

static struct pal_arena_block *block_with_room(struct pal_arena *arena, size_t size)
{
    struct pal_arena_block *first = arena->first;
    if (first != NULL && first->room - first->used >= size) {
        return first;
    }
    size_t standard = PAL_ARENA_BLOCK_SIZE - sizeof(struct pal_arena_block);
    bool is_large = size > standard / 4;
    size_t room = is_large ? size : standard;
    if (room > SIZE_MAX - sizeof(struct pal_arena_block)) {
        return NULL;
    }
    struct pal_arena_block *block = pal_alloc(sizeof *block + room);
    if (block == NULL) {
        return NULL;
    }
    block->used = 0;
    block->room = room;
    if (is_large && first != NULL) {
        /* Behind the first, so that the first goes on serving small ones. */
        block->next = first->next;
        first->next = block;
    } else {
        block->next = first;
        arena->first = block;
    }
    return block;
}

pal_status pal_arena_alloc(struct pal_arena *arena, size_t count, size_t size,
                           void **out, struct pal_error *err)
{
    *out = NULL;
    size_t total = 0;
    if (__builtin_mul_overflow(count, size, &total) ||
        total > SIZE_MAX - alignof(max_align_t)) {
        return pal_fail(err, PAL_LIMIT, "more memory asked for than can be addressed");
    }
    total = (total + (total == 0) + alignof(max_align_t) - 1) &
            ~(size_t)(alignof(max_align_t) - 1);
    if (total > arena->used_max - arena->used) {
        return pal_fail(err, PAL_LIMIT,
                        "the memory cap of %zu bytes for one operation is "
                        "used up",
                        arena->used_max);
    }
    struct pal_arena_block *block = block_with_room(arena, total);
    if (block == NULL) {
        return pal_fail_memory(err);
    }
    void *memory = block->data + block->used;
    block->used += total;
    arena->used += total;
    memset(memory, 0, total);
    *out = memory;
    return PAL_OK;
}

pal_status pal_arena_copy(struct pal_arena *arena, struct pal_view text,
                          struct pal_view *out, struct pal_error *err)
{
    *out = (struct pal_view){NULL, 0};
    void *memory = NULL;
    if (text.size == SIZE_MAX) {
        return pal_fail(err, PAL_LIMIT, "more memory asked for than can be addressed");
    }
    pal_status status = pal_arena_alloc(arena, text.size + 1, 1, &memory, err);
    if (memory == NULL) {
        return status;
    }
    if (text.size > 0) {
        memcpy(memory, text.data, text.size);
    }
    *out = (struct pal_view){memory, text.size};
    return PAL_OK;
}

pal_status pal_arena_format(struct pal_arena *arena, struct pal_view *out,
                            struct pal_error *err, const char *format, ...)
{
    *out = (struct pal_view){NULL, 0};
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    void *memory = NULL;
    pal_status status = PAL_OK;
    if (size < 0) {
        status = pal_fail(err, PAL_BUG, "text could not be formatted");
    } else {
        status = pal_arena_alloc(arena, (size_t)size + 1, 1, &memory, err);
    }
    if (memory != NULL) {
        (void)vsnprintf(memory, (size_t)size + 1, format, again);
        *out = (struct pal_view){memory, (size_t)size};
    }
    va_end(again);
    return status;
}
