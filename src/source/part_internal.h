/*
 * How a zip's directory hands one of its members to part.c, and what frames a gzip stream.
 * Private to part.c, ahead.c, archive.c and gzip.c.
 */
#ifndef PAL_SOURCE_PART_INTERNAL_H
#define PAL_SOURCE_PART_INTERNAL_H

#include "source/part.h"

struct zip_file;

struct pal_member {
    struct zip_file *file; /* open for the bytes as stored */
    uint64_t stored_size;  /* what the directory says of it */
    uint64_t size;
    uint32_t crc;
    bool is_deflated;
};

/* Takes member.file over (closes it, on failure too). */
pal_status pal_part_open_member(struct pal_member member,
                                const struct pal_source_limits *limits,
                                struct pal_part **out,
                                struct pal_error *err) PAL_MUST_USE;

/* ahead.c: takes the part over; NULL, with the part the caller's, where there is no memory or
 * no thread for it. */
struct pal_ahead;
struct pal_ahead *pal_ahead_new(struct pal_part *part);
/* Some bytes, 0 at the end. */
pal_status pal_ahead_read(struct pal_ahead *ahead, char *to, size_t room, size_t *size,
                          struct pal_error *err) PAL_MUST_USE;
uint64_t pal_ahead_bytes_read(const struct pal_ahead *ahead);
void pal_ahead_free(struct pal_ahead *ahead);

/* Where the deflate data begins behind the gzip header at `at` (RFC 1952), or 0 when there is
 * no whole header. */
size_t pal_gzip_skip_head(struct pal_view content, size_t at);
/* The four bytes of a trailer's checksum or size. */
uint32_t pal_gzip_number(const char *bytes);

#endif
