#include "source/part_internal.h"

#include <inttypes.h>
#include <string.h>

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zip.h>

enum {
    PIECE_SIZE = 256 * 1024,
    INPUT_SIZE = 64 * 1024,     /* of a zip's stored bytes at a time */
    FEED_MAX = 1 << 30,         /* isa-l counts its input in 32 bits */
    RATIO_FREE_SIZE = 16 << 20, /* small parts may be as repetitive as they like */
    GZIP_TAIL_SIZE = 8,
    AHEAD_SIZE_MIN =
        128 * 1024 /* stored bytes from which a thread is worth its start */
};

enum part_form { FORM_PLAIN, FORM_GZIP, FORM_STORED, FORM_DEFLATED, FORM_AHEAD };

struct pal_part {
    enum part_form form;
    uint64_t size_max;
    uint32_t ratio_max;
    size_t piece_max;
    struct pal_view content; /* plain and gzip: all of it */
    uint64_t fed;            /* stored bytes given out or given to inflate so far */
    struct pal_member member;
    unsigned char *input; /* stored bytes of a member */
    struct inflate_state *inflate;
    char *piece;
    uint64_t produced;        /* bytes given out */
    uint64_t stream_produced; /* the same of this gzip member */
    uint32_t crc;
    struct pal_ahead *ahead; /* all of the above is the inner part's then */
    bool is_in_stream;       /* gzip: behind a header, before its trailer */
    bool is_finished;
};

static pal_status damaged(struct pal_error *err, const char *what)
{
    return pal_fail(
        err, PAL_INPUT,
        "its compressed data is damaged (%s): get the file again from where it "
        "was released",
        what);
}

static uint64_t stored_size_of(const struct pal_part *part)
{
    return part->form == FORM_PLAIN || part->form == FORM_GZIP
               ? part->content.size
               : part->member.stored_size;
}

/* NULL when out of memory. */
static struct pal_part *new_part(enum part_form form,
                                 const struct pal_source_limits *limits)
{
    struct pal_part *part = pal_alloc_zero(1, sizeof *part);

    if (part == NULL) {
        return NULL;
    }
    part->form = form;
    part->size_max = limits->inflated_size_max;
    part->ratio_max = limits->inflate_ratio_max;
    part->piece_max = PIECE_SIZE;
    if (form == FORM_GZIP || form == FORM_DEFLATED) {
        part->inflate = pal_alloc(sizeof *part->inflate);
        if (part->inflate == NULL) {
            pal_part_close(part);
            return NULL;
        }
        isal_inflate_init(part->inflate);
        part->inflate->avail_in = 0;
    }
    return part;
}

pal_status pal_part_open_memory(struct pal_view content, bool is_gzip,
                                const struct pal_source_limits *limits,
                                struct pal_part **out, struct pal_error *err)
{
    *out = new_part(is_gzip ? FORM_GZIP : FORM_PLAIN, limits);
    if (*out == NULL) {
        return pal_fail_memory(err);
    }
    (*out)->content = content;
    return PAL_OK;
}

pal_status pal_part_open_member(struct pal_member member,
                                const struct pal_source_limits *limits,
                                struct pal_part **out, struct pal_error *err)
{
    *out = new_part(member.is_deflated ? FORM_DEFLATED : FORM_STORED, limits);
    if (*out == NULL) {
        (void)zip_fclose(member.file);
        return pal_fail_memory(err);
    }
    (*out)->member = member;
    return PAL_OK;
}

void pal_part_close(struct pal_part *part)
{
    if (part == NULL) {
        return;
    }
    pal_ahead_free(part->ahead);
    if (part->member.file != NULL) {
        (void)zip_fclose(part->member.file);
    }
    pal_free(part->input);
    pal_free(part->inflate);
    pal_free(part->piece);
    pal_free(part);
}

void pal_part_read_ahead(struct pal_part *part)
{
    struct pal_part *inner;

    if ((part->form != FORM_GZIP && part->form != FORM_DEFLATED) ||
        stored_size_of(part) < AHEAD_SIZE_MIN) {
        return;
    }
    inner = pal_alloc(sizeof *inner);
    if (inner == NULL) {
        return;
    }
    *inner = *part;
    part->ahead = pal_ahead_new(inner);
    if (part->ahead == NULL) {
        pal_free(inner);
        return;
    }
    *part = (struct pal_part){
        .form = FORM_AHEAD, .piece_max = PIECE_SIZE, .ahead = part->ahead};
}

void pal_part_limit_piece(struct pal_part *part, size_t size_max)
{
    part->piece_max = size_max;
}

uint64_t pal_part_bytes_read(const struct pal_part *part)
{
    if (part->form == FORM_AHEAD) {
        return pal_ahead_bytes_read(part->ahead);
    }
    return part->fed - (part->inflate != NULL ? part->inflate->avail_in : 0);
}

/* Stored bytes of a zip's member. */
static pal_status read_member(struct pal_part *part, void *to, size_t room,
                              size_t *size, struct pal_error *err)
{
    zip_int64_t count = zip_fread(part->member.file, to, room);

    *size = 0;
    if (count < 0) {
        return damaged(err, zip_file_strerror(part->member.file));
    }
    *size = (size_t)count;
    part->fed += (uint64_t)count;
    return PAL_OK;
}

/* Gives inflate more to read, if there is any. */
static pal_status feed(struct pal_part *part, struct pal_error *err)
{
    struct inflate_state *inflate = part->inflate;
    size_t size = 0;
    pal_status status;

    if (part->form == FORM_GZIP) {
        size = part->content.size - part->fed;
        size = size > FEED_MAX ? FEED_MAX : size;
        /* isa-l only reads from next_in; its type leaves the const out. */
        inflate->next_in = (uint8_t *)(uintptr_t)(part->content.data + part->fed);
        inflate->avail_in = (uint32_t)size;
        part->fed += size;
        return PAL_OK;
    }
    if (part->input == NULL) {
        part->input = pal_alloc(INPUT_SIZE);
        if (part->input == NULL) {
            return pal_fail_memory(err);
        }
    }
    status = read_member(part, part->input, INPUT_SIZE, &size, err);
    inflate->next_in = part->input;
    inflate->avail_in = (uint32_t)size;
    return status;
}

static bool is_all_zero(struct pal_view bytes)
{
    for (size_t i = 0; i < bytes.size; i++) {
        if (bytes.data[i] != 0) {
            return false;
        }
    }
    return true;
}

/* At the place of a gzip member's header: begins it, or finishes at the end of the file.
 * Zeros behind the last member are padding of tapes and block devices. */
static pal_status begin_stream(struct pal_part *part, struct pal_error *err)
{
    size_t at = (size_t)part->fed;
    size_t begin;

    if (at > 0 && is_all_zero((struct pal_view){part->content.data + at,
                                                part->content.size - at})) {
        part->is_finished = true;
        part->fed = part->content.size;
        return PAL_OK;
    }
    begin = pal_gzip_skip_head(part->content, at);
    if (begin == 0) {
        return at == 0 ? pal_fail(err, PAL_INPUT,
                                  "its gzip header is damaged or cut off: get the file "
                                  "again from where it was released")
                       : damaged(err, "what follows a gzip stream is none");
    }
    isal_inflate_reset(part->inflate);
    part->inflate->avail_in = 0;
    part->fed = begin;
    part->crc = 0;
    part->stream_produced = 0;
    part->is_in_stream = true;
    return PAL_OK;
}

/* Behind the last block of a gzip member: checks its trailer. */
static pal_status end_stream(struct pal_part *part, struct pal_error *err)
{
    /* isa-l reads ahead in whole words: what it holds in bits was not used. */
    uint64_t at = part->fed - part->inflate->avail_in -
                  (uint64_t)part->inflate->read_in_length / 8;
    const char *tail = part->content.data + at;

    if (part->content.size - at < GZIP_TAIL_SIZE) {
        return damaged(err, "it is cut off");
    }
    if (pal_gzip_number(tail) != part->crc) {
        return damaged(err, "its checksum is wrong");
    }
    if (pal_gzip_number(tail + 4) != (uint32_t)part->stream_produced) {
        return damaged(err, "its size is wrong");
    }
    part->fed = at + GZIP_TAIL_SIZE;
    part->inflate->avail_in = 0;
    part->is_in_stream = false;
    return PAL_OK;
}

static pal_status check_member(const struct pal_part *part, struct pal_error *err)
{
    if (part->produced != part->member.size) {
        return damaged(err, part->produced < part->member.size
                                ? "it holds less than the zip's directory says"
                                : "it holds more than the zip's directory says");
    }
    if (part->crc != part->member.crc) {
        return damaged(err, "its checksum is wrong");
    }
    return PAL_OK;
}

/* Counts bytes that came out, before anybody sees them. */
static pal_status account(struct pal_part *part, const char *bytes, size_t size,
                          struct pal_error *err)
{
    part->produced += size;
    part->stream_produced += size;
    if (part->form == FORM_PLAIN) {
        return PAL_OK;
    }
    part->crc = crc32_gzip_refl(part->crc, (const unsigned char *)bytes, size);
    if (part->produced > part->size_max) {
        return pal_fail(err, PAL_LIMIT,
                        "it inflates to more than %" PRIu64
                        " bytes, the most that is read",
                        part->size_max);
    }
    if (part->produced > RATIO_FREE_SIZE &&
        part->produced / part->ratio_max > stored_size_of(part)) {
        return pal_fail(err, PAL_LIMIT,
                        "it inflates to more than %" PRIu32
                        " times its stored size, as "
                        "only a harmful file does",
                        part->ratio_max);
    }
    return PAL_OK;
}

/* Runs inflate until `room` is full or the stream ends. isa-l gives no error for a stream
 * that is cut off, it just makes no progress. */
static pal_status inflate_some(struct pal_part *part, char *to, size_t room,
                               size_t *size, struct pal_error *err)
{
    struct inflate_state *inflate = part->inflate;
    bool has_ended = false;
    pal_status status;

    *size = 0;
    inflate->next_out = (uint8_t *)to;
    inflate->avail_out = (uint32_t)room;
    while (inflate->avail_out > 0 && !has_ended) {
        uint32_t before = inflate->avail_out;
        bool has_input;

        if (inflate->avail_in == 0 && (status = feed(part, err)) != PAL_OK) {
            return status;
        }
        has_input = inflate->avail_in > 0;
        if (isal_inflate(inflate) != ISAL_DECOMP_OK) {
            return damaged(err, "it does not inflate");
        }
        has_ended = inflate->block_state == ISAL_BLOCK_FINISH;
        if (!has_ended && !has_input && inflate->avail_out == before) {
            return damaged(err, "it is cut off");
        }
    }
    *size = room - inflate->avail_out;
    status = account(part, to, *size, err);
    if (status == PAL_OK && has_ended && part->form == FORM_GZIP) {
        status = end_stream(part, err);
    } else if (has_ended) {
        part->is_finished = true;
    }
    return status;
}

/* One step: some bytes, or a step forward without any. */
static pal_status read_step(struct pal_part *part, char *to, size_t room, size_t *size,
                            struct pal_error *err)
{
    pal_status status = PAL_OK;

    *size = 0;
    switch (part->form) {
    case FORM_PLAIN:
        *size = part->content.size - part->fed < room ? part->content.size - part->fed
                                                      : room;
        if (*size > 0) {
            memcpy(to, part->content.data + part->fed, *size);
        }
        part->fed += *size;
        part->is_finished = part->fed == part->content.size;
        return account(part, to, *size, err);
    case FORM_STORED:
        status = read_member(part, to, room, size, err);
        if (status == PAL_OK) {
            part->is_finished = *size == 0;
            status = account(part, to, *size, err);
        }
        break;
    case FORM_GZIP:
        return part->is_in_stream ? inflate_some(part, to, room, size, err)
                                  : begin_stream(part, err);
    case FORM_DEFLATED:
        status = inflate_some(part, to, room, size, err);
        break;
    case FORM_AHEAD:
        status = pal_ahead_read(part->ahead, to, room, size, err);
        part->is_finished = status == PAL_OK && *size == 0;
        return status;
    }
    if (status == PAL_OK && (part->is_finished || part->produced > part->member.size)) {
        status = check_member(part, err);
    }
    return status;
}

pal_status pal_part_read_into(struct pal_part *part, char *to, size_t room,
                              size_t *size, struct pal_error *err)
{
    *size = 0;
    room = room > part->piece_max ? part->piece_max : room;
    room = room > FEED_MAX ? FEED_MAX : room;
    while (*size < room && !part->is_finished) {
        size_t step = 0;
        pal_status status = read_step(part, to + *size, room - *size, &step, err);

        if (status != PAL_OK) {
            return status;
        }
        *size += step;
    }
    return PAL_OK;
}

pal_status pal_part_read(struct pal_part *part, struct pal_view *piece,
                         struct pal_error *err)
{
    *piece = (struct pal_view){"", 0};
    if (part->form == FORM_PLAIN) {
        size_t size = part->content.size - part->fed;

        size = size > part->piece_max ? part->piece_max : size;
        if (size > 0) {
            *piece = (struct pal_view){part->content.data + part->fed, size};
        }
        part->fed += size;
        part->is_finished = part->fed == part->content.size;
        return PAL_OK;
    }
    if (part->piece == NULL) {
        part->piece = pal_alloc(PIECE_SIZE);
        if (part->piece == NULL) {
            return pal_fail_memory(err);
        }
    }
    piece->data = part->piece;
    return pal_part_read_into(part, part->piece, PIECE_SIZE, &piece->size, err);
}

pal_status pal_part_read_all(struct pal_part *part, struct pal_buffer *out,
                             struct pal_error *err)
{
    struct pal_view piece;
    pal_status status;

    do {
        status = pal_part_read(part, &piece, err);
        if (status != PAL_OK) {
            return status;
        }
        pal_buffer_append_view(out, piece);
    } while (piece.size > 0 && out->status == PAL_OK);
    return pal_buffer_status(out, err);
}
