#include "helper_csv.h"

#include <inttypes.h>

struct pieces {
    struct pal_csv_input input; /* first: the two share an address */
    struct pal_view rest;
    size_t piece_size;
    bool was_closed;
};

static pal_status pieces_read(struct pal_csv_input *input, struct pal_view *piece,
                              struct pal_error *err)
{
    struct pieces *self = (struct pieces *)input;

    (void)err;
    *piece = self->rest;
    if (piece->size > self->piece_size) {
        piece->size = self->piece_size;
    }
    self->rest.data += piece->size;
    self->rest.size -= piece->size;
    return PAL_OK;
}

static uint64_t pieces_bytes_read(const struct pal_csv_input *input)
{
    (void)input;
    return 0;
}

static void pieces_close(struct pal_csv_input *input)
{
    ((struct pieces *)input)->was_closed = true;
}

void helper_write_row(struct pal_buffer *out, const struct pal_row *row)
{
    pal_buffer_append_format(out, "%" PRIu64 ":", row->number);
    for (size_t i = 0; i < row->cell_count; i++) {
        pal_buffer_append_format(out, " %" PRIu32 "=", row->cells[i].column);
        pal_buffer_append_view(out, row->cells[i].text);
    }
    pal_buffer_append_text(out, "\n");
}

pal_status helper_csv_rows(struct pal_view content, size_t piece_size,
                           const struct pal_csv_options *options,
                           const struct pal_source_limits *limits,
                           struct pal_buffer *out, struct pal_error *err)
{
    struct pieces pieces = {
        .input = {pieces_read, pieces_bytes_read, pieces_close},
        .rest = content,
        .piece_size = piece_size,
    };
    struct pal_row_reader *reader = NULL;
    struct pal_row row = {0};
    pal_status status =
        pal_csv_open_input(&pieces.input, options, limits, &reader, err);

    if (status == PAL_OK) {
        do {
            status = reader->next(reader, &row, err);
            if (row.cells != NULL) {
                helper_write_row(out, &row);
            }
        } while (status == PAL_OK && row.cells != NULL);
        reader->close(reader);
    }
    PAL_BUG_IF(!pieces.was_closed);
    return status;
}
