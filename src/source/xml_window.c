#include "source/xml_window.h"

#include <inttypes.h>
#include <string.h>

void pal_xml_window_init(struct pal_xml_window *window, struct pal_part *part)
{
    *window = (struct pal_xml_window){.part = part};
}

void pal_xml_window_clear(struct pal_xml_window *window)
{
    pal_part_close(window->part);
    pal_free(window->data);
    *window = (struct pal_xml_window){0};
}

/* Eight bytes at once: none of them below a blank, none beyond ASCII. */
static bool is_plain_word(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return ((word | (word - UINT64_C(0x2020202020202020))) &
            UINT64_C(0x8080808080808080)) == 0;
}

/* The size of the valid character at `at`, 0 for one that XML 1.0 does not allow, or `left`
 * + 1 when it is cut off. */
static size_t character_size(const unsigned char *at, size_t left)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    uint32_t code = size == 1 ? at[0] : at[0] & (0xffU >> (size + 1));

    if ((at[0] >= 0x80 && at[0] < 0xc2) || at[0] > 0xf4) {
        return 0;
    }
    if (size == 1) {
        return code >= 0x20 || code == '\t' || code == '\n' || code == '\r';
    }
    for (size_t i = 1; i < size; i++) {
        if (i == left) {
            return left + 1;
        }
        if ((at[i] & 0xc0) != 0x80) {
            return 0;
        }
        code = code << 6 | (at[i] & 0x3fU);
    }
    if (code < least[size] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ||
        code == 0xfffe || code == 0xffff) {
        return 0;
    }
    return size;
}

/* Where the first character stands that is not allowed or cut off; *is_cut says which. */
static size_t find_bad(const char *data, size_t at, size_t end, bool *is_cut)
{
    *is_cut = false;
    while (at < end) {
        size_t size;

        while (end - at >= 32 && is_plain_word(data + at) &&
               is_plain_word(data + at + 8) && is_plain_word(data + at + 16) &&
               is_plain_word(data + at + 24)) {
            at += 32;
        }
        if (at == end) {
            break;
        }
        size = character_size((const unsigned char *)data + at, end - at);
        if (size == 0 || size > end - at) {
            *is_cut = size > 0;
            break;
        }
        at += size;
    }
    return at;
}

static pal_status grow(struct pal_xml_window *window, struct pal_error *err)
{
    size_t room = window->room == 0 ? PAL_WINDOW_SIZE : 2 * window->room;
    char *data;

    if (room > PAL_WINDOW_SIZE_MAX) {
        return pal_fail(err, PAL_LIMIT,
                        "one tag or text at byte %" PRIu64
                        " of its XML is longer than the %d bytes that are read",
                        window->passed, PAL_WINDOW_SIZE_MAX);
    }
    data = pal_realloc(window->data, room + PAL_WINDOW_MARGIN, 1);
    if (data == NULL) {
        return pal_fail_memory(err);
    }
    window->data = data;
    window->room = room;
    return PAL_OK;
}

/* Checks the bytes from `begin` on and keeps a character that is cut off for later. */
static pal_status check(struct pal_xml_window *window, size_t begin,
                        struct pal_error *err)
{
    bool is_cut = false;
    size_t end = find_bad(window->data, begin, window->end, &is_cut);

    if (end < window->end && (!is_cut || window->is_last)) {
        return pal_fail(
            err, PAL_INPUT,
            "byte %" PRIu64
            " of its XML is no character of UTF-8 text: the file is damaged, "
            "or saved in another encoding",
            window->passed + end);
    }
    window->carry_size = window->end - end;
    memcpy(window->carry, window->data + end, window->carry_size);
    window->end = end;
    memset(window->data + end, 0, PAL_WINDOW_MARGIN);
    return PAL_OK;
}

pal_status pal_xml_window_fill(struct pal_xml_window *window, struct pal_error *err)
{
    size_t kept = window->end - window->begin;
    size_t begin = kept;
    size_t size = 0;
    pal_status status = PAL_OK;

    if (window->data != NULL && window->begin > 0) {
        memmove(window->data, window->data + window->begin, kept);
        window->passed += window->begin;
        window->begin = 0;
        window->end = kept;
    }
    /* Less than half of it free: the next fill would be a small one. */
    if (kept + sizeof window->carry >= window->room / 2) {
        status = grow(window, err);
        if (status != PAL_OK) {
            return status;
        }
    }
    PAL_BUG_IF(window->data == NULL);
    memcpy(window->data + kept, window->carry, window->carry_size);
    window->end += window->carry_size;
    status = pal_part_read_into(window->part, window->data + window->end,
                                window->room - window->end, &size, err);
    if (status != PAL_OK) {
        window->end = kept;
        memset(window->data + kept, 0, PAL_WINDOW_MARGIN);
        return status;
    }
    window->end += size;
    window->is_last = size == 0;
    return check(window, begin, err);
}
