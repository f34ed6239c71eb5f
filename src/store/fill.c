/*
 * Templates: SQL texts with slots, filled with names from constant lists; and the one place
 * where a text of anybody's becomes part of a statement, as a quoted literal.
 */
#include <string.h>

#include "store/store_internal.h"

static bool is_slot_letter(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_' || pal_is_digit(c);
}

/* The name behind an opening brace, empty when it is no slot (a brace of SQL itself). */
static struct pal_view slot_name(struct pal_view rest)
{
    size_t size = 0;
    while (size < rest.size && is_slot_letter(rest.data[size])) {
        size++;
    }
    bool is_slot = size > 0 && size < rest.size && rest.data[size] == '}' &&
                   !pal_is_digit(rest.data[0]);
    return (struct pal_view){rest.data, is_slot ? size : 0};
}

static const struct pal_slot *find_slot(const struct pal_slot *slots, size_t slot_count,
                                        struct pal_view name)
{
    for (size_t i = 0; i < slot_count; i++) {
        if (pal_view_is_equal(pal_view_of(slots[i].name), name)) {
            return &slots[i];
        }
    }
    return NULL;
}

pal_status pal_store_fill(struct pal_view template, const struct pal_slot *slots,
                          size_t slot_count, struct pal_buffer *out,
                          struct pal_error *err)
{
    size_t at = 0;
    while (at < template.size) {
        const char *brace = memchr(template.data + at, '{', template.size - at);
        size_t end = brace == NULL ? template.size : (size_t)(brace - template.data);
        pal_buffer_append(out, template.data + at, end - at);
        at = end;
        if (brace == NULL) {
            break;
        }
        struct pal_view name =
            slot_name((struct pal_view){brace + 1, template.size - end - 1});
        if (name.size == 0) {
            pal_buffer_append_char(out, '{');
            at++;
            continue;
        }
        const struct pal_slot *slot = find_slot(slots, slot_count, name);
        if (slot == NULL || slot->text.data == NULL) {
            return pal_fail(err, PAL_BUG, "the slot {%.*s} has no text",
                            PAL_VIEW_ARG(name));
        }
        pal_buffer_append_view(out, slot->text);
        at += name.size + 2;
    }
    return pal_buffer_status(out, err);
}

pal_status pal_fill_literal(struct pal_view text, struct pal_buffer *out,
                            struct pal_error *err)
{
    pal_buffer_append_char(out, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\0') {
            return pal_fail(err, PAL_INPUT, "a text with a NUL in it cannot be a path");
        }
        if (text.data[i] == '\'') {
            pal_buffer_append_char(out, '\'');
        }
        pal_buffer_append_char(out, text.data[i]);
    }
    pal_buffer_append_char(out, '\'');
    return pal_buffer_status(out, err);
}
