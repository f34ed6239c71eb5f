#include "source/part_internal.h"

#include <string.h>

enum { GZIP_HEAD_SIZE = 10 };

/* Skips a text of a gzip header that ends with a NUL; 0 when it does not end. */
static size_t skip_text(struct pal_view content, size_t at)
{
    const char *end =
        at < content.size ? memchr(content.data + at, 0, content.size - at) : NULL;

    return end == NULL ? 0 : (size_t)(end - content.data) + 1;
}

size_t pal_gzip_skip_head(struct pal_view content, size_t at)
{
    enum {
        FLAG_CRC = 2,
        FLAG_EXTRA = 4,
        FLAG_NAME = 8,
        FLAG_COMMENT = 16,
        FLAG_MAX = 31
    };
    const unsigned char *head;
    unsigned flags;

    if (content.size - at < GZIP_HEAD_SIZE) {
        return 0;
    }
    head = (const unsigned char *)content.data + at;
    flags = head[3];
    if (head[0] != 0x1f || head[1] != 0x8b || head[2] != 8 || flags > FLAG_MAX) {
        return 0;
    }
    at += GZIP_HEAD_SIZE;
    if ((flags & FLAG_EXTRA) != 0) {
        if (content.size - at < 2) {
            return 0;
        }
        at += 2 + (size_t)head[10] + 256 * (size_t)head[11];
    }
    if ((flags & FLAG_NAME) != 0 && (at = skip_text(content, at)) == 0) {
        return 0;
    }
    if ((flags & FLAG_COMMENT) != 0 && (at = skip_text(content, at)) == 0) {
        return 0;
    }
    if ((flags & FLAG_CRC) != 0) {
        at += 2;
    }
    return at < content.size ? at : 0;
}

uint32_t pal_gzip_number(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;

    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
           (uint32_t)b[3] << 24;
}
