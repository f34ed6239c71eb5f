/*
 * A growing buffer with a cap: text or bytes, always with a NUL behind the last byte.
 * An append that fails leaves the buffer as it was and marks it failed; many appends can be
 * made in a row and checked once with pal_buffer_status.
 */
#ifndef PAL_BASE_BUFFER_H
#define PAL_BASE_BUFFER_H

#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"

struct pal_buffer {
    char *data;
    size_t size;
    size_t room;
    size_t size_max;
    pal_status status; /* first failure, PAL_OK until then */
};

void pal_buffer_init(struct pal_buffer *buffer, size_t size_max);
void pal_buffer_clear(struct pal_buffer *buffer);
void pal_buffer_reset(struct pal_buffer *buffer); /* empty, keeps its memory */
void pal_buffer_append(struct pal_buffer *buffer, const void *data, size_t size);
void pal_buffer_append_view(struct pal_buffer *buffer, struct pal_view text);
void pal_buffer_append_text(struct pal_buffer *buffer, const char *text);
void pal_buffer_append_char(struct pal_buffer *buffer, char c);
void pal_buffer_append_format(struct pal_buffer *buffer, const char *format, ...)
    PAL_PRINTF(2, 3);
/* A word of a command line that a person may copy: in double quotes, with the shell's own
 * signs escaped, where it is empty or holds more than letters, digits and - _ . / */
void pal_buffer_append_shell_word(struct pal_buffer *buffer, struct pal_view text);
/* The digits of a whole number with a comma before every third from the right. */
void pal_buffer_append_grouped(struct pal_buffer *buffer, struct pal_view digits);
struct pal_view pal_buffer_view(const struct pal_buffer *buffer);
/* *out is a copy in the arena; the buffer is cleared, also where it or the copy failed. */
pal_status pal_buffer_keep(struct pal_buffer *buffer, struct pal_arena *arena,
                           struct pal_view *out, struct pal_error *err) PAL_MUST_USE;
/* PAL_OK, or the first failure put into words. */
pal_status pal_buffer_status(const struct pal_buffer *buffer,
                             struct pal_error *err) PAL_MUST_USE;

#endif
