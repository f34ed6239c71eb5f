/*
 * A release as csv: the header in row 1, days as 2024-03-19, times as 2024-03-19 15:06:00,
 * blank cells empty. The file grows beside its place and is put there when it is whole.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "simulate/simulate_internal.h"

enum { TEXTS_MAX = 1 << 20, CELL_SIZE_MAX = 320, LINE_CELLS = PAL_SIM_COLUMN_MAX };
enum { CHUNK_SIZE = 1 << 18 };

/* Every text of every column, quoted as it has to be, once. */
struct quoted {
    struct pal_buffer bytes;
    struct pal_view *texts[PAL_SIM_COLUMN_MAX];
    struct pal_arena arena;
};

struct writer {
    int file;
    const char *path;
    char *chunk;
    size_t size;
    int32_t day; /* the last day that was put into words */
    char day_text[16];
};

static pal_status flush_chunk(struct writer *writer, struct pal_error *err)
{
    size_t done = 0;
    while (done < writer->size) {
        ssize_t put = write(writer->file, writer->chunk + done, writer->size - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return pal_file_fail(err, "write", writer->path, errno);
        }
        done += (size_t)put;
    }
    writer->size = 0;
    return PAL_OK;
}

static void put(struct writer *writer, const char *text, size_t size)
{
    memcpy(writer->chunk + writer->size, text, size);
    writer->size += size;
}

static void put_two(struct writer *writer, int64_t number)
{
    char text[2] = {(char)('0' + number / 10), (char)('0' + number % 10)};
    put(writer, text, sizeof text);
}

static void put_day(struct writer *writer, int32_t day)
{
    if (day != writer->day) {
        pal_day_text(day, writer->day_text);
        writer->day = day;
    }
    put(writer, writer->day_text, strlen(writer->day_text));
}

static void put_second(struct writer *writer, int64_t second)
{
    int64_t of_day = second % PAL_SIM_SECONDS_A_DAY;
    put_day(writer, (int32_t)(second / PAL_SIM_SECONDS_A_DAY));
    put(writer, " ", 1);
    put_two(writer, of_day / 3600);
    put(writer, ":", 1);
    put_two(writer, of_day / 60 % 60);
    put(writer, ":", 1);
    put_two(writer, of_day % 60);
}

static void put_integer(struct writer *writer, int32_t number)
{
    char text[16];
    int size = snprintf(text, sizeof text, "%d", number);
    put(writer, text, size > 0 ? (size_t)size : 0);
}

static void put_cell(struct writer *writer, const struct pal_block_column *column,
                     const struct pal_view *texts, const void *values, size_t row)
{
    switch (column->kind) {
    case PAL_COLUMN_CODE: {
        uint8_t code = ((const uint8_t *)values)[row];
        if (code != 0) {
            put(writer, texts[code].data, texts[code].size);
        }
        break;
    }
    case PAL_COLUMN_INTEGER: {
        int32_t number = ((const int32_t *)values)[row];
        if (number != PAL_COLUMN_NONE) {
            put_integer(writer, number);
        }
        break;
    }
    case PAL_COLUMN_DAY: {
        int32_t day = ((const int32_t *)values)[row];
        if (day != PAL_DAY_NONE) {
            put_day(writer, day);
        }
        break;
    }
    case PAL_COLUMN_SECOND: {
        int64_t second = ((const int64_t *)values)[row];
        if (second != PAL_SECOND_NONE) {
            put_second(writer, second);
        }
        break;
    }
    case PAL_COLUMN_TEXT: {
        /* Redaction marks hold a comma; ids do not. */
        const char *text = (const char *)values + row * column->width;
        size_t size = strnlen(text, column->width);
        bool has_comma = memchr(text, ',', size) != NULL;
        put(writer, "\"", has_comma ? 1 : 0);
        put(writer, text, size);
        put(writer, "\"", has_comma ? 1 : 0);
        break;
    }
    }
}

static pal_status quote_texts(const struct pal_column_stream *stream,
                              struct quoted *quoted, struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < stream->column_count; i++) {
        const struct pal_block_column *column = &stream->columns[i];
        void *memory = NULL;
        st = pal_arena_alloc(&quoted->arena, column->text_count + 1,
                             sizeof(struct pal_view), &memory, err);
        quoted->texts[i] = memory;
        for (size_t k = 1; st == PAL_OK && k < column->text_count; k++) {
            pal_buffer_reset(&quoted->bytes);
            pal_csv_field(&quoted->bytes, column->texts[k], true);
            st = pal_buffer_status(&quoted->bytes, err);
            if (st == PAL_OK) {
                st = pal_arena_copy(&quoted->arena, pal_buffer_view(&quoted->bytes),
                                    &quoted->texts[i][k], err);
            }
        }
    }
    return st;
}

static pal_status put_header(struct writer *writer,
                             const struct pal_column_stream *stream,
                             struct pal_buffer *line, struct pal_error *err)
{
    pal_buffer_reset(line);
    for (size_t i = 0; i < stream->column_count; i++) {
        pal_csv_field(line, pal_view_of(stream->columns[i].name), i == 0);
    }
    pal_csv_end(line);
    pal_status st = pal_buffer_status(line, err);
    if (st == PAL_OK) {
        put(writer, line->data, line->size);
    }
    return st;
}

static pal_status put_rows(struct writer *writer, struct pal_column_stream *stream,
                           const struct quoted *quoted, int64_t *row_count,
                           struct pal_error *err)
{
    struct pal_column_block block;
    pal_status st = stream->next(stream, &block, err);
    while (st == PAL_OK && block.row_count > 0) {
        for (size_t row = 0; st == PAL_OK && row < block.row_count; row++) {
            for (size_t i = 0; i < stream->column_count; i++) {
                put(writer, ",", i > 0 ? 1 : 0);
                put_cell(writer, &stream->columns[i], quoted->texts[i], block.values[i],
                         row);
            }
            put(writer, "\n", 1);
            if (writer->size > CHUNK_SIZE - LINE_CELLS * CELL_SIZE_MAX) {
                st = flush_chunk(writer, err);
            }
        }
        *row_count += (int64_t)block.row_count;
        if (st == PAL_OK) {
            st = stream->next(stream, &block, err);
        }
    }
    return st;
}

static pal_status fill(struct writer *writer, struct pal_column_stream *stream,
                       int64_t *row_count, struct pal_error *err)
{
    struct quoted quoted = {.texts = {NULL}};
    pal_arena_init(&quoted.arena, TEXTS_MAX);
    pal_buffer_init(&quoted.bytes, TEXTS_MAX);
    pal_status st = quote_texts(stream, &quoted, err);
    if (st == PAL_OK) {
        st = put_header(writer, stream, &quoted.bytes, err);
    }
    if (st == PAL_OK) {
        st = put_rows(writer, stream, &quoted, row_count, err);
    }
    if (st == PAL_OK) {
        st = flush_chunk(writer, err);
    }
    if (st == PAL_OK && fsync(writer->file) != 0) {
        st = pal_file_fail(err, "write", writer->path, errno);
    }
    pal_buffer_clear(&quoted.bytes);
    pal_arena_clear(&quoted.arena);
    return st;
}

pal_status pal_sim_csv_write(const struct pal_simulate_world *world,
                             struct pal_sim_file *file, struct pal_simulate_rows *rows,
                             struct pal_error *err)
{
    struct writer writer = {.file = -1, .path = file->path, .day = PAL_DAY_NONE};
    struct pal_buffer part;
    (void)world;
    pal_buffer_init(&part, 1U << 16);
    pal_buffer_append_format(&part, "%s.part", file->path);
    pal_status st = pal_buffer_status(&part, err);
    if (st != PAL_OK) {
        pal_buffer_clear(&part);
        return st;
    }
    writer.chunk = pal_alloc(CHUNK_SIZE);
    if (writer.chunk == NULL) {
        pal_buffer_clear(&part);
        return pal_fail_memory(err);
    }
    writer.file = open(part.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (writer.file < 0) {
        st = pal_file_fail(err, "write", file->path, errno);
    }
    if (st == PAL_OK) {
        st = fill(&writer, pal_simulate_rows_borrow(rows), &file->row_count, err);
    }
    if (writer.file >= 0 && close(writer.file) != 0 && st == PAL_OK) {
        st = pal_file_fail(err, "write", file->path, errno);
    }
    /* A table without rows in a fiscal year has no file. */
    if (st == PAL_OK && file->row_count > 0 && rename(part.data, file->path) != 0) {
        st = pal_file_fail(err, "write", file->path, errno);
    }
    if (writer.file >= 0 && (st != PAL_OK || file->row_count == 0)) {
        (void)unlink(part.data);
    }
    pal_free(writer.chunk);
    pal_buffer_clear(&part);
    return st;
}
