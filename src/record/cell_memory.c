#include "record/cell_memory.h"

#include <string.h>

enum { SLOT_START = 256, SLOT_MAX = 2 * PAL_CELL_MEMORY_ENTRY_MAX };

struct slot {
    uint64_t hash;
    uint32_t offset;
    uint32_t size; /* of the text and one more; 0: free */
    struct pal_cell_outcome outcome;
};

struct pal_cell_memory {
    struct slot *slots;
    size_t slot_count; /* a power of two, at most half of it in use */
    size_t entry_count;
    char *text;
    size_t text_size;
    size_t text_room;
};

struct pal_cell_memory *pal_cell_memory_new(void)
{
    struct pal_cell_memory *memory = pal_alloc_zero(1, sizeof *memory);
    if (memory == NULL) {
        return NULL;
    }
    memory->slots = pal_alloc_zero(SLOT_START, sizeof *memory->slots);
    memory->text_room = 4096;
    memory->text = pal_alloc(memory->text_room);
    memory->slot_count = SLOT_START;
    if (memory->slots == NULL || memory->text == NULL) {
        pal_cell_memory_free(memory);
        return NULL;
    }
    return memory;
}

void pal_cell_memory_free(struct pal_cell_memory *memory)
{
    if (memory == NULL) {
        return;
    }
    pal_free(memory->slots);
    pal_free(memory->text);
    pal_free(memory);
}

const struct pal_cell_outcome *pal_cell_memory_find(
    const struct pal_cell_memory *memory, struct pal_view text, uint64_t hash)
{
    size_t mask = memory->slot_count - 1;
    for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
        const struct slot *slot = &memory->slots[at];
        if (slot->size == 0) {
            return NULL;
        }
        if (slot->hash == hash && slot->size == text.size + 1 &&
            memcmp(memory->text + slot->offset, text.data, text.size) == 0) {
            return &slot->outcome;
        }
    }
}

static void place(struct slot *slots, size_t slot_count, struct slot slot)
{
    size_t mask = slot_count - 1;
    size_t at = (size_t)slot.hash & mask;
    while (slots[at].size != 0) {
        at = (at + 1) & mask;
    }
    slots[at] = slot;
}

static void forget(struct pal_cell_memory *memory)
{
    memset(memory->slots, 0, memory->slot_count * sizeof *memory->slots);
    memory->entry_count = 0;
    memory->text_size = 0;
}

/* Twice the slots, or all forgotten at the cap. false: no memory for more. */
static bool make_slot_room(struct pal_cell_memory *memory)
{
    if (2 * (memory->entry_count + 1) <= memory->slot_count) {
        return true;
    }
    if (memory->slot_count >= SLOT_MAX) {
        forget(memory);
        return true;
    }
    size_t count = 2 * memory->slot_count;
    struct slot *slots = pal_alloc_zero(count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < memory->slot_count; i++) {
        if (memory->slots[i].size != 0) {
            place(slots, count, memory->slots[i]);
        }
    }
    pal_free(memory->slots);
    memory->slots = slots;
    memory->slot_count = count;
    return true;
}

static bool make_text_room(struct pal_cell_memory *memory, size_t size)
{
    if (memory->text_size + size <= memory->text_room) {
        return true;
    }
    if (memory->text_room >= PAL_CELL_MEMORY_TEXT_MAX) {
        forget(memory);
        return true;
    }
    char *text = pal_realloc(memory->text, 2, memory->text_room);
    if (text == NULL) {
        return false;
    }
    memory->text = text;
    memory->text_room *= 2;
    return true;
}

void pal_cell_memory_add(struct pal_cell_memory *memory, struct pal_view text,
                         uint64_t hash, struct pal_cell_outcome outcome)
{
    if (text.size > PAL_CELL_MEMORY_CELL_MAX || !make_slot_room(memory) ||
        !make_text_room(memory, text.size)) {
        return;
    }
    struct slot slot = {hash, (uint32_t)memory->text_size, (uint32_t)text.size + 1,
                        outcome};
    memcpy(memory->text + memory->text_size, text.data, text.size);
    memory->text_size += text.size;
    place(memory->slots, memory->slot_count, slot);
    memory->entry_count++;
}
