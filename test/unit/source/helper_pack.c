#include "helper_pack.h"

static uint32_t crc_of(struct pal_view content)
{
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < content.size; i++) {
        crc ^= (unsigned char)content.data[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (UINT32_C(0xEDB88320) & (0 - (crc & 1)));
        }
    }
    return ~crc;
}

static void put16(struct pal_buffer *out, size_t value)
{
    pal_buffer_append_char(out, (char)(value & 0xFF));
    pal_buffer_append_char(out, (char)((value >> 8) & 0xFF));
}

static void put32(struct pal_buffer *out, size_t value)
{
    put16(out, value);
    put16(out, value >> 16);
}

void helper_gzip(struct pal_buffer *out, struct pal_view content)
{
    size_t size = content.size;
    uint32_t crc = crc_of(content);

    pal_buffer_append(out, "\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
    /* Stored blocks of deflate: last flag, size, its complement, bytes. */
    do {
        struct pal_view block = content;

        if (block.size > 65535) {
            block.size = 65535;
        }
        content.data += block.size;
        content.size -= block.size;
        pal_buffer_append_char(out, content.size == 0 ? 1 : 0);
        put16(out, block.size);
        put16(out, ~block.size);
        pal_buffer_append_view(out, block);
    } while (content.size > 0);
    put32(out, crc);
    put32(out, size);
}

/* What local header and directory entry have in common: from "version needed" on. */
static void put_about(struct pal_buffer *out, const struct helper_member *member)
{
    put16(out, 20);
    put16(out, 0);
    put16(out, 0);
    put16(out, 0);
    put16(out, 0x21);
    put32(out, crc_of(member->content));
    put32(out, member->content.size);
    put32(out, member->content.size);
    put16(out, pal_view_of(member->name).size);
    put16(out, 0);
}

void helper_zip(struct pal_buffer *out, const struct helper_member *members,
                size_t count)
{
    size_t start = out->size;
    size_t offsets[64];
    size_t directory;
    size_t end;

    PAL_BUG_IF(count > sizeof offsets / sizeof *offsets);
    for (size_t i = 0; i < count; i++) {
        offsets[i] = out->size - start;
        pal_buffer_append(out, "PK\x03\x04", 4);
        put_about(out, &members[i]);
        pal_buffer_append_text(out, members[i].name);
        pal_buffer_append_view(out, members[i].content);
    }
    directory = out->size - start;
    for (size_t i = 0; i < count; i++) {
        pal_buffer_append(out, "PK\x01\x02", 4);
        put16(out, 20);
        put_about(out, &members[i]);
        put16(out, 0);
        put16(out, 0);
        put16(out, 0);
        put32(out, 0);
        put32(out, offsets[i]);
        pal_buffer_append_text(out, members[i].name);
    }
    end = out->size - start;
    pal_buffer_append(out, "PK\x05\x06\0\0\0\0", 8);
    put16(out, count);
    put16(out, count);
    put32(out, end - directory);
    put32(out, directory);
    put16(out, 0);
}
