#include "source/csv_internal.h"

#include <inttypes.h>
#include <string.h>

#include "base/encoding.h"
#include "source/csv_cut.h"

/* 64 KiB slices keep window, piece and cells within the second level cache. */
enum { SLICE_SIZE = 64 * 1024, RECORD_SIZE_MAX = 256 * 1024 * 1024 };

struct pal_csv_reader {
    struct pal_row_reader reader; /* first: the two share an address */
    struct pal_csv_input *input;
    struct pal_decoder decoder;
    struct pal_csv_record record;
    struct pal_view piece; /* the input's, not yet decoded */
    char *window;          /* decoded text; PAL_CSV_PADDING zero bytes behind its end */
    size_t room;
    size_t begin; /* of the next record */
    size_t end;
    size_t slice_size;
    uint64_t row_number;
    uint64_t row_max;
    bool has_all;      /* nothing more comes into the window */
    bool has_nul_next; /* because a NUL stands there */
};

struct part_input {
    struct pal_csv_input input; /* first: the two share an address */
    struct pal_part *part;
};

/* Room for the text of one more slice, and the rest of the window moved to its front. */
static pal_status make_room(struct pal_csv_reader *self, size_t slice,
                            struct pal_error *err)
{
    size_t rest = self->end - self->begin;
    size_t want = rest + pal_decoder_room(slice) + PAL_CSV_PADDING;

    if (self->begin > 0) {
        memmove(self->window, self->window + self->begin, rest);
        self->begin = 0;
        self->end = rest;
    }
    if (want > self->room) {
        size_t room = want > 2 * self->room ? want : 2 * self->room;
        char *window;

        if (rest > RECORD_SIZE_MAX) {
            return pal_fail(
                err, PAL_LIMIT,
                "the row is longer than %d bytes, the most that a row may be",
                (int)RECORD_SIZE_MAX);
        }
        window = pal_realloc(self->window, room, 1);
        if (window == NULL) {
            return pal_fail_memory(err);
        }
        self->window = window;
        self->room = room;
    }
    return PAL_OK;
}

/* Decodes what was written behind the window's end, up to a NUL. */
static void take_in(struct pal_csv_reader *self, size_t written)
{
    const char *nul = written > 0 ? memchr(self->window + self->end, 0, written) : NULL;

    if (nul != NULL) {
        written = (size_t)(nul - (self->window + self->end));
        self->has_all = true;
        self->has_nul_next = true;
    }
    self->end += written;
}

/* More text behind the rest of the window: at least as much again as there is, so that a
 * record longer than the window is looked at a logarithmic number of times. */
static pal_status fill(struct pal_csv_reader *self, struct pal_error *err)
{
    size_t target = 2 * (self->end - self->begin);
    pal_status status = PAL_OK;

    do {
        struct pal_view slice;

        if (self->piece.size == 0) {
            status = self->input->read(self->input, &self->piece, err);
            if (status != PAL_OK) {
                return status;
            }
            self->has_all = self->piece.size == 0;
        }
        slice = self->piece;
        if (slice.size > self->slice_size) {
            slice.size = self->slice_size;
        }
        status = make_room(self, slice.size, err);
        if (status != PAL_OK) {
            return status;
        }
        take_in(self, pal_decode(&self->decoder, slice, self->has_all,
                                 self->window + self->end));
        if (slice.size > 0) {
            self->piece.data += slice.size;
            self->piece.size -= slice.size;
        }
    } while (!self->has_all && self->end <= target);
    memset(self->window + self->end, 0, PAL_CSV_PADDING);
    return PAL_OK;
}

static pal_status fail_nul(struct pal_error *err)
{
    return pal_fail(err, PAL_INPUT,
                    "a NUL byte: the file is damaged, or no text; export it again");
}

/* The next record of the window, filled as needed; *used is 0 at the end of the file. */
static pal_status next_record(struct pal_csv_reader *self, size_t *used,
                              struct pal_error *err)
{
    *used = 0;
    for (;;) {
        size_t size = self->end - self->begin;
        pal_status status = PAL_OK;

        if (size > 0) {
            bool is_last = self->has_all && !self->has_nul_next;

            status = pal_csv_cut(&self->record, self->window + self->begin, size,
                                 is_last, used, err);
            if (status != PAL_OK || *used > 0) {
                return status;
            }
        }
        if (self->has_all) {
            return self->has_nul_next ? fail_nul(err) : PAL_OK;
        }
        status = fill(self, err);
        if (status != PAL_OK) {
            return status;
        }
    }
}

static pal_status csv_next(struct pal_row_reader *reader, struct pal_row *row,
                           struct pal_error *err)
{
    struct pal_csv_reader *self = (struct pal_csv_reader *)reader;
    size_t used = 0;
    pal_status status = next_record(self, &used, err);

    *row = (struct pal_row){0};
    if (status != PAL_OK || used == 0) {
        return status;
    }
    if (self->row_number == self->row_max) {
        return pal_fail(err, PAL_LIMIT,
                        "more than %" PRIu64 " rows, the most that a sheet may have",
                        self->row_max);
    }
    self->begin += used;
    self->row_number++;
    row->number = self->row_number;
    row->cells = self->record.cells;
    row->cell_count = self->record.cell_count;
    return PAL_OK;
}

static uint64_t csv_bytes_read(const struct pal_row_reader *reader)
{
    const struct pal_csv_reader *self = (const struct pal_csv_reader *)reader;

    return self->input->bytes_read(self->input);
}

static void csv_close(struct pal_row_reader *reader)
{
    struct pal_csv_reader *self = (struct pal_csv_reader *)reader;

    if (self == NULL) {
        return;
    }
    self->input->close(self->input);
    pal_csv_record_clear(&self->record);
    pal_free(self->window);
    pal_free(self);
}

pal_status pal_csv_open_input(struct pal_csv_input *input,
                              const struct pal_csv_options *options,
                              const struct pal_source_limits *limits,
                              struct pal_row_reader **out, struct pal_error *err)
{
    struct pal_csv_reader *self = pal_alloc_zero(1, sizeof *self);
    pal_status status;

    *out = NULL;
    if (self == NULL) {
        input->close(input);
        return pal_fail_memory(err);
    }
    self->reader = (struct pal_row_reader){csv_next, csv_bytes_read, csv_close};
    self->input = input;
    self->row_max = limits->row_max;
    self->slice_size = options->slice_size > 0 ? options->slice_size : SLICE_SIZE;
    pal_decoder_init(&self->decoder, options->encoding);
    status = pal_csv_record_init(&self->record, options->delimiter, limits, err);
    if (status != PAL_OK) {
        csv_close(&self->reader);
        return status;
    }
    *out = &self->reader;
    return PAL_OK;
}

enum pal_encoding pal_csv_encoding(const struct pal_row_reader *reader)
{
    const struct pal_csv_reader *self = (const struct pal_csv_reader *)reader;

    return self->decoder.encoding;
}

static pal_status part_input_read(struct pal_csv_input *input, struct pal_view *piece,
                                  struct pal_error *err)
{
    return pal_part_read(((struct part_input *)input)->part, piece, err);
}

static uint64_t part_input_bytes_read(const struct pal_csv_input *input)
{
    return pal_part_bytes_read(((const struct part_input *)input)->part);
}

static void part_input_close(struct pal_csv_input *input)
{
    struct part_input *self = (struct part_input *)input;

    pal_part_close(self->part);
    pal_free(self);
}

pal_status pal_csv_open(struct pal_part *part, enum pal_encoding encoding,
                        char delimiter, const struct pal_source_limits *limits,
                        struct pal_row_reader **out, struct pal_error *err)
{
    struct pal_csv_options options = {.encoding = encoding, .delimiter = delimiter};
    struct part_input *input = pal_alloc_zero(1, sizeof *input);

    *out = NULL;
    if (input == NULL) {
        pal_part_close(part);
        return pal_fail_memory(err);
    }
    input->input = (struct pal_csv_input){part_input_read, part_input_bytes_read,
                                          part_input_close};
    input->part = part;
    return pal_csv_open_input(&input->input, &options, limits, out, err);
}
