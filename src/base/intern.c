#include "base/intern.h"

#include <stdbool.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

enum { BLOCK_SIZE = 1024 * 1024, SLOT_COUNT_FIRST = 1024, TEXT_COUNT_FIRST = 512 };

/* Texts never move, so blocks are added, not grown. The newest is the first of the list. */
struct block {
    struct block *older;
    size_t used;
    size_t room;
    char data[];
};

struct text {
    const char *data;
    uint32_t size;
    uint32_t hash;
};

struct slot {
    uint32_t hash;
    uint32_t number; /* from 1; 0 is an empty slot */
};

/* The slots are always what adding the texts in order of number would give. So the newest
 * text is never in another's way and can be taken out by emptying its slot. */
struct pal_intern {
    struct block *newest;
    size_t text_size;
    struct text *texts;
    uint32_t count;
    uint32_t room;
    struct slot *slots;
    size_t slot_count; /* a power of two, at least twice `count` */
};

static pal_status add_block(struct pal_intern *intern, size_t room,
                            struct pal_error *err)
{
    struct block *block = pal_alloc(sizeof *block + room);
    if (block == NULL) {
        return pal_fail_memory(err);
    }
    block->older = intern->newest;
    block->used = 0;
    block->room = room;
    intern->newest = block;
    return PAL_OK;
}

pal_status pal_intern_new(struct pal_intern **out, struct pal_error *err)
{
    *out = NULL;
    struct pal_intern *intern = pal_alloc_zero(1, sizeof *intern);
    if (intern == NULL) {
        return pal_fail_memory(err);
    }
    pal_status status = add_block(intern, BLOCK_SIZE, err);
    if (status == PAL_OK) {
        intern->room = TEXT_COUNT_FIRST;
        intern->texts = pal_alloc(TEXT_COUNT_FIRST * sizeof *intern->texts);
        intern->slot_count = SLOT_COUNT_FIRST;
        intern->slots = pal_alloc_zero(SLOT_COUNT_FIRST, sizeof *intern->slots);
        if (intern->texts == NULL || intern->slots == NULL) {
            status = pal_fail_memory(err);
        }
    }
    if (status != PAL_OK) {
        pal_intern_free(intern);
        return status;
    }
    *out = intern;
    return PAL_OK;
}

void pal_intern_free(struct pal_intern *intern)
{
    if (intern == NULL) {
        return;
    }
    while (intern->newest != NULL) {
        struct block *older = intern->newest->older;
        pal_free(intern->newest);
        intern->newest = older;
    }
    pal_free(intern->texts);
    pal_free(intern->slots);
    pal_free(intern);
}

/* 32 bits are kept of each hash; texts that agree in them are told apart by their bytes. */
static uint32_t hash_of(struct pal_view text)
{
    uint64_t hash = pal_hash64(text.data, text.size);
    return (uint32_t)(hash ^ hash >> 32);
}

/* Where `text` stands, or the empty slot where it would. */
static size_t slot_of(const struct pal_intern *intern, struct pal_view text,
                      uint32_t hash)
{
    size_t mask = intern->slot_count - 1;
    size_t at = hash & mask;
    for (;; at = (at + 1) & mask) {
        const struct slot *slot = &intern->slots[at];
        if (slot->number == 0) {
            return at;
        }
        if (slot->hash == hash) {
            const struct text *known = &intern->texts[slot->number - 1];
            if (known->size == text.size &&
                (text.size == 0 || memcmp(known->data, text.data, text.size) == 0)) {
                return at;
            }
        }
    }
}

static pal_status grow_slots(struct pal_intern *intern, struct pal_error *err)
{
    size_t slot_count = intern->slot_count * 2;
    struct slot *slots = pal_alloc_zero(slot_count, sizeof *slots);
    if (slots == NULL) {
        return pal_fail_memory(err);
    }
    size_t mask = slot_count - 1;
    for (uint32_t i = 0; i < intern->count; i++) {
        size_t at = intern->texts[i].hash & mask;
        while (slots[at].number != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = (struct slot){intern->texts[i].hash, i + 1};
    }
    pal_free(intern->slots);
    intern->slots = slots;
    intern->slot_count = slot_count;
    return PAL_OK;
}

static pal_status grow_texts(struct pal_intern *intern, struct pal_error *err)
{
    uint32_t room = intern->room > UINT32_MAX / 2 ? UINT32_MAX : intern->room * 2;
    struct text *texts = pal_realloc(intern->texts, room, sizeof *texts);
    if (texts == NULL) {
        return pal_fail_memory(err);
    }
    intern->texts = texts;
    intern->room = room;
    return PAL_OK;
}

/* All that can fail comes first, so that a failed add leaves what there was. */
static pal_status make_room(struct pal_intern *intern, size_t size,
                            struct pal_error *err)
{
    if (size > (size_t)PAL_INTERN_TEXT_MAX - intern->text_size ||
        intern->count >= UINT32_MAX - 1) {
        return pal_fail(err, PAL_LIMIT, "more than %d MB of different texts",
                        PAL_INTERN_TEXT_MAX / (1024 * 1024));
    }
    pal_status status = PAL_OK;
    if (intern->count == intern->room) {
        status = grow_texts(intern, err);
    }
    if (status == PAL_OK && (size_t)intern->count * 2 >= intern->slot_count) {
        status = grow_slots(intern, err);
    }
    if (status == PAL_OK && intern->newest->room - intern->newest->used < size) {
        status = add_block(intern, size > BLOCK_SIZE ? size : BLOCK_SIZE, err);
    }
    return status;
}

pal_status pal_intern_add(struct pal_intern *intern, struct pal_view text,
                          uint32_t *out, struct pal_error *err)
{
    *out = PAL_INTERN_NONE;
    uint32_t hash = hash_of(text);
    size_t at = slot_of(intern, text, hash);
    if (intern->slots[at].number != 0) {
        *out = intern->slots[at].number - 1;
        return PAL_OK;
    }
    size_t slot_count = intern->slot_count;
    pal_status status = make_room(intern, text.size, err);
    if (status != PAL_OK) {
        return status;
    }
    if (slot_count != intern->slot_count) {
        at = slot_of(intern, text, hash);
    }
    char *copy = intern->newest->data + intern->newest->used;
    if (text.size > 0) {
        memcpy(copy, text.data, text.size);
    }
    intern->newest->used += text.size;
    intern->text_size += text.size;
    intern->texts[intern->count] = (struct text){copy, (uint32_t)text.size, hash};
    intern->slots[at] = (struct slot){hash, intern->count + 1};
    *out = intern->count++;
    return PAL_OK;
}

uint32_t pal_intern_find(const struct pal_intern *intern, struct pal_view text)
{
    uint32_t number = intern->slots[slot_of(intern, text, hash_of(text))].number;
    return number == 0 ? PAL_INTERN_NONE : number - 1;
}

uint32_t pal_intern_count(const struct pal_intern *intern)
{
    return intern->count;
}

struct pal_view pal_intern_text(const struct pal_intern *intern, uint32_t number)
{
    PAL_BUG_IF(number >= intern->count);
    return (struct pal_view){intern->texts[number].data, intern->texts[number].size};
}

static bool has_text(const struct block *block, const char *text)
{
    uintptr_t first = (uintptr_t)block->data;
    return (uintptr_t)text >= first && (uintptr_t)text <= first + block->used;
}

void pal_intern_truncate(struct pal_intern *intern, uint32_t count)
{
    if (count >= intern->count) {
        return;
    }
    size_t mask = intern->slot_count - 1;
    for (uint32_t i = intern->count; i > count; i--) {
        size_t at = intern->texts[i - 1].hash & mask;
        while (intern->slots[at].number != i) {
            at = (at + 1) & mask;
        }
        intern->slots[at] = (struct slot){0, 0};
        intern->text_size -= intern->texts[i - 1].size;
    }
    const char *first_gone = intern->texts[count].data;
    while (!has_text(intern->newest, first_gone)) {
        struct block *older = intern->newest->older;
        pal_free(intern->newest);
        intern->newest = older;
    }
    intern->newest->used = (size_t)(first_gone - intern->newest->data);
    intern->count = count;
}
