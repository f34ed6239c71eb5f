#include "base/buffer.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

enum { ROOM_FIRST = 64 };

void pal_buffer_init(struct pal_buffer *buffer, size_t size_max)
{
    *buffer = (struct pal_buffer){.size_max = size_max};
}

void pal_buffer_clear(struct pal_buffer *buffer)
{
    if (buffer == NULL) {
        return;
    }
    pal_free(buffer->data);
    pal_buffer_init(buffer, buffer->size_max);
}

void pal_buffer_reset(struct pal_buffer *buffer)
{
    buffer->size = 0;
    buffer->status = PAL_OK;
    if (buffer->data != NULL) {
        buffer->data[0] = '\0';
    }
}

/* Room for `size` more bytes and the NUL. */
static bool has_made_room(struct pal_buffer *buffer, size_t size)
{
    if (buffer->status != PAL_OK) {
        return false;
    }
    if (size > buffer->size_max - buffer->size || buffer->size + size == SIZE_MAX) {
        buffer->status = PAL_LIMIT;
        return false;
    }
    size_t wanted = buffer->size + size + 1;
    if (wanted <= buffer->room) {
        return true;
    }
    size_t room = buffer->room > 0 ? buffer->room : ROOM_FIRST;
    while (room < wanted) {
        room = room > SIZE_MAX / 2 ? wanted : room * 2;
    }
    if (room > buffer->size_max && wanted <= buffer->size_max) {
        room = buffer->size_max;
    }
    char *data = pal_realloc(buffer->data, room, 1);
    if (data == NULL) {
        buffer->status = PAL_MEMORY;
        return false;
    }
    buffer->data = data;
    buffer->room = room;
    return true;
}

void pal_buffer_append(struct pal_buffer *buffer, const void *data, size_t size)
{
    if (!has_made_room(buffer, size)) {
        return;
    }
    if (size > 0) {
        memcpy(buffer->data + buffer->size, data, size);
    }
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void pal_buffer_append_view(struct pal_buffer *buffer, struct pal_view text)
{
    pal_buffer_append(buffer, text.data, text.size);
}

void pal_buffer_append_text(struct pal_buffer *buffer, const char *text)
{
    pal_buffer_append(buffer, text, strlen(text));
}

void pal_buffer_append_char(struct pal_buffer *buffer, char c)
{
    pal_buffer_append(buffer, &c, 1);
}

void pal_buffer_append_format(struct pal_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    va_copy(again, arguments);
    /* Most texts fit into the room there is; only the others are formatted twice. */
    size_t room = buffer->room > buffer->size ? buffer->room - buffer->size : 0;
    int size = vsnprintf(room > 0 ? buffer->data + buffer->size : NULL, room, format,
                         arguments);
    va_end(arguments);
    if (size < 0) {
        buffer->status = buffer->status == PAL_OK ? PAL_BUG : buffer->status;
        if (room > 0) {
            buffer->data[buffer->size] = '\0';
        }
    } else if (has_made_room(buffer, (size_t)size)) {
        if ((size_t)size >= room) {
            (void)vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format,
                            again);
        }
        buffer->size += (size_t)size;
    } else if (room > 0) {
        buffer->data[buffer->size] = '\0';
    }
    va_end(again);
}

void pal_buffer_append_shell_word(struct pal_buffer *buffer, struct pal_view text)
{
    bool is_plain = text.size > 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = pal_lower(text.data[i]);
        is_plain = is_plain && ((c >= 'a' && c <= 'z') || pal_is_digit(c) || c == '-' ||
                                c == '_' || c == '.' || c == '/');
    }
    if (is_plain) {
        pal_buffer_append_view(buffer, text);
        return;
    }
    pal_buffer_append_char(buffer, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (strchr("\"\\$`", text.data[i]) != NULL) {
            pal_buffer_append_char(buffer, '\\');
        }
        pal_buffer_append_char(buffer, text.data[i]);
    }
    pal_buffer_append_char(buffer, '"');
}

void pal_buffer_append_grouped(struct pal_buffer *buffer, struct pal_view digits)
{
    for (size_t i = 0; i < digits.size; i++) {
        if (i > 0 && (digits.size - i) % 3 == 0 && pal_is_digit(digits.data[i - 1])) {
            pal_buffer_append_char(buffer, ',');
        }
        pal_buffer_append_char(buffer, digits.data[i]);
    }
}

struct pal_view pal_buffer_view(const struct pal_buffer *buffer)
{
    if (buffer->data == NULL) {
        return (struct pal_view){"", 0};
    }
    return (struct pal_view){buffer->data, buffer->size};
}

pal_status pal_buffer_keep(struct pal_buffer *buffer, struct pal_arena *arena,
                           struct pal_view *out, struct pal_error *err)
{
    pal_status status = pal_buffer_status(buffer, err);
    if (status == PAL_OK) {
        status = pal_arena_copy(arena, pal_buffer_view(buffer), out, err);
    }
    pal_buffer_clear(buffer);
    return status;
}

pal_status pal_buffer_status(const struct pal_buffer *buffer, struct pal_error *err)
{
    if (buffer->status == PAL_OK) {
        return PAL_OK;
    }
    if (buffer->status == PAL_MEMORY) {
        return pal_fail_memory(err);
    }
    if (buffer->status == PAL_LIMIT) {
        return pal_fail(err, PAL_LIMIT, "a text grew beyond its cap of %zu bytes",
                        buffer->size_max);
    }
    return pal_fail(err, buffer->status, "text could not be formatted");
}
