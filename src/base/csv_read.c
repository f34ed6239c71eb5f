#include "base/csv_read.h"

#include <string.h>

void pal_csv_text_init(struct pal_csv_text *reader, struct pal_view text)
{
    if (pal_view_has_prefix(text, PAL_VIEW("\xEF\xBB\xBF"))) {
        text.data += 3;
        text.size -= 3;
    }
    *reader = (struct pal_csv_text){.rest = text, .line = 0, .next_line = 1};
}

static void skip(struct pal_view *rest, size_t size)
{
    rest->data += size;
    rest->size -= size;
}

static bool is_row_end(struct pal_view rest)
{
    return rest.size == 0 || rest.data[0] == '\n' ||
           pal_view_has_prefix(rest, PAL_VIEW("\r\n"));
}

/* A cell that begins with a quote, its quotes taken off. */
static pal_status read_quoted(struct pal_csv_text *reader, struct pal_arena *arena,
                              struct pal_view *cell, struct pal_error *err)
{
    struct pal_view *rest = &reader->rest;
    char *text = NULL;
    void *memory = NULL;
    size_t size = 0;
    skip(rest, 1);
    for (size_t i = 0; i < rest->size; i++) {
        if (rest->data[i] == '\n') {
            reader->next_line++;
        }
        if (rest->data[i] != '"') {
            continue;
        }
        if (i + 1 < rest->size && rest->data[i + 1] == '"') {
            i++;
            continue;
        }
        pal_status st = pal_arena_alloc(arena, i + 1, 1, &memory, err);
        if (st != PAL_OK) {
            return st;
        }
        text = memory;
        for (size_t k = 0; k < i; k++) {
            text[size++] = rest->data[k];
            k += rest->data[k] == '"' ? 1 : 0;
        }
        *cell = (struct pal_view){text, size};
        skip(rest, i + 1);
        if (!is_row_end(*rest) && rest->data[0] != ',') {
            break;
        }
        return PAL_OK;
    }
    return pal_fail(err, PAL_INPUT, "line %lld: a quote is left open or out of place",
                    (long long)reader->line);
}

static void read_plain(struct pal_view *rest, struct pal_view *cell)
{
    size_t size = 0;
    struct pal_view from = *rest;
    while (!is_row_end(*rest) && rest->data[0] != ',') {
        skip(rest, 1);
        size++;
    }
    *cell = (struct pal_view){from.data, size};
}

static void end_row(struct pal_csv_text *reader)
{
    if (reader->rest.size == 0) {
        return;
    }
    skip(&reader->rest, reader->rest.data[0] == '\r' ? 2 : 1);
    reader->next_line++;
}

pal_status pal_csv_read_row(struct pal_csv_text *reader, struct pal_arena *arena,
                            struct pal_view *cells, size_t cell_max, size_t *count,
                            struct pal_error *err)
{
    *count = 0;
    while (reader->rest.size > 0 && is_row_end(reader->rest)) {
        end_row(reader);
    }
    reader->line = reader->next_line;
    if (reader->rest.size == 0) {
        return PAL_OK;
    }
    for (;;) {
        if (*count == cell_max) {
            return pal_fail(err, PAL_INPUT, "line %lld: more than %zu cells",
                            (long long)reader->line, cell_max);
        }
        if (reader->rest.size > 0 && reader->rest.data[0] == '"') {
            pal_status st = read_quoted(reader, arena, &cells[*count], err);
            if (st != PAL_OK) {
                return st;
            }
        } else {
            read_plain(&reader->rest, &cells[*count]);
        }
        ++*count;
        if (is_row_end(reader->rest)) {
            end_row(reader);
            return PAL_OK;
        }
        skip(&reader->rest, 1); /* the comma */
    }
}
