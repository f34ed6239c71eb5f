#include "source/csv_cut.h"

#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "find_stop counts bytes from the low end of a word");

enum { FIRST_ROOM = 64, CONTROL_END = 0x0E };

enum outcome {
    FIELD_DONE,
    FIELD_SHORT, /* its end is not among the bytes */
    FIELD_OPEN,  /* nor will it be: the quote is not closed */
    FIELD_TORN   /* its quote closes lines below, in the middle of other text */
};

struct field {
    const char *text;
    size_t size;
    const char *stop; /* at the delimiter, the line end, or the end of the bytes */
    bool is_untidy;
};

pal_status pal_csv_record_init(struct pal_csv_record *record, char delimiter,
                               const struct pal_source_limits *limits,
                               struct pal_error *err)
{
    *record = (struct pal_csv_record){
        .delimiter = delimiter,
        .room = FIRST_ROOM,
        .column_max = limits->column_max,
        .cell_size_max = limits->cell_size_max,
    };
    record->cells = pal_alloc_zero(record->room, sizeof *record->cells);
    record->untidy = pal_alloc_zero(record->room, sizeof *record->untidy);
    if (record->cells == NULL || record->untidy == NULL) {
        pal_csv_record_clear(record);
        return pal_fail_memory(err);
    }
    return PAL_OK;
}

void pal_csv_record_clear(struct pal_csv_record *record)
{
    pal_free(record->cells);
    pal_free(record->untidy);
    record->cells = NULL;
    record->untidy = NULL;
    record->room = 0;
}

/* Doubles; the count is bounded by column_max, which the caller has checked. */
static pal_status grow(struct pal_csv_record *record, struct pal_error *err)
{
    size_t room = record->room * 2;
    struct pal_cell *cells = pal_realloc(record->cells, room, sizeof *cells);
    uint32_t *untidy;

    if (cells == NULL) {
        return pal_fail_memory(err);
    }
    record->cells = cells;
    untidy = pal_realloc(record->untidy, room, sizeof *untidy);
    if (untidy == NULL) {
        return pal_fail_memory(err);
    }
    record->untidy = untidy;
    record->room = room;
    return PAL_OK;
}

/* The first delimiter or line end from `at` on, or `end`. Eight bytes a step: a byte equal to
 * the delimiter or below 0x0E raises its high bit (Warren, Hacker's Delight, 6-1). The lowest
 * bit raised is always a true one, and the zero bytes behind `end` stop the search. */
static inline const char *find_stop(const char *at, const char *end, char delimiter)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t highs = UINT64_C(0x8080808080808080);
    const uint64_t pattern = ones * (unsigned char)delimiter;

    for (;;) {
        uint64_t word;
        uint64_t other;
        uint64_t hit;

        memcpy(&word, at, 8);
        other = word ^ pattern;
        hit =
            (((other - ones) & ~other) | ((word - ones * CONTROL_END) & ~word)) & highs;
        if (hit == 0) {
            at += 8;
            continue;
        }
        at += (unsigned)__builtin_ctzll(hit) / 8;
        if (at >= end) {
            return end;
        }
        if (*at == delimiter || *at == '\n' || *at == '\r') {
            return at;
        }
        at++;
    }
}

static inline bool is_stop(char c, char delimiter)
{
    return c == delimiter || c == '\n' || c == '\r';
}

/* `at` stands behind the closing quote of text that begins at field->text. */
static enum outcome cut_behind_quote(struct field *field, const char *at,
                                     const char *end, bool is_last, char delimiter)
{
    const char *behind = at;

    while (behind < end && *behind == ' ') {
        behind++;
    }
    if (behind == end && !is_last) {
        return FIELD_SHORT;
    }
    if (behind == end || is_stop(*behind, delimiter)) {
        field->stop = behind;
        return FIELD_DONE;
    }
    /* A stray quote swallows rows up to the next one, which opens another field: there text
     * follows at once. Without a line end between them it is a name in quotes. */
    if (memchr(field->text, '\n', field->size) != NULL ||
        memchr(field->text, '\r', field->size) != NULL) {
        return FIELD_TORN;
    }
    field->stop = find_stop(behind, end, delimiter);
    if (field->stop == end && !is_last) {
        return FIELD_SHORT;
    }
    field->size = (size_t)(field->stop - field->text);
    field->is_untidy = true;
    return FIELD_DONE;
}

/* `at` stands behind the opening quote. */
static inline enum outcome cut_quoted(struct field *field, const char *at,
                                      const char *end, bool is_last, char delimiter)
{
    field->text = at;
    for (;;) {
        at = memchr(at, '"', (size_t)(end - at));
        if (at == NULL) {
            field->size = (size_t)(end - field->text);
            return is_last ? FIELD_OPEN : FIELD_SHORT;
        }
        /* Behind the last byte stands a zero, so at[1] can always be looked at. */
        if (at[1] != '"' || at + 1 == end) {
            break;
        }
        field->is_untidy = true;
        at += 2;
    }
    field->size = (size_t)(at - field->text);
    at++;
    if (at < end && is_stop(*at, delimiter)) {
        field->stop = at;
        return FIELD_DONE;
    }
    return cut_behind_quote(field, at, end, is_last, delimiter);
}

static inline enum outcome cut_field(struct field *field, const char *at,
                                     const char *end, bool is_last, char delimiter)
{
    const char *first = at;

    while (*first == ' ') {
        first++;
    }
    field->is_untidy = false;
    if (*first == '"') {
        return cut_quoted(field, first + 1, end, is_last, delimiter);
    }
    field->text = at;
    field->stop = find_stop(first, end, delimiter);
    field->size = (size_t)(field->stop - at);
    return field->stop == end && !is_last ? FIELD_SHORT : FIELD_DONE;
}

/* Takes the quotes out in place: a doubled one becomes one; the first lone one closed the
 * quoted part, and what follows it stands as it is. */
static void tidy(struct pal_cell *cell, char *text)
{
    size_t size = cell->text.size;
    size_t to = 0;
    size_t i = 0;

    while (i < size) {
        if (text[i] == '"') {
            i++;
            if (i == size || text[i] != '"') {
                memmove(text + to, text + i, size - i);
                to += size - i;
                break;
            }
        }
        text[to++] = text[i++];
    }
    cell->text.size = to;
}

static pal_status fail_cell_size(const struct pal_csv_record *record, uint32_t column,
                                 struct pal_error *err)
{
    return pal_fail(
        err, PAL_LIMIT,
        "column %u holds more than %u bytes, the most that a cell may hold; a "
        "quote that opens there may never be closed",
        column + 1, record->cell_size_max);
}

/* A field whose end is not there, that the file leaves open, or whose end is another's. */
static pal_status judge_open(const struct pal_csv_record *record,
                             const struct field *field, enum outcome outcome,
                             uint32_t column, struct pal_error *err)
{
    /* Doubled quotes may halve what is there. */
    if (field->size / 2 > record->cell_size_max) {
        return fail_cell_size(record, column, err);
    }
    if (outcome == FIELD_OPEN) {
        return pal_fail(
            err, PAL_INPUT,
            "the quote that opens in column %u is never closed: close it, or "
            "double it if it is part of the text",
            column + 1);
    }
    if (outcome == FIELD_TORN) {
        return pal_fail(
            err, PAL_INPUT,
            "the quote that opens in column %u closes lines below, in the middle of "
            "text: a quote is missing; close it, or double it if it is part of the "
            "text",
            column + 1);
    }
    return PAL_OK;
}

static pal_status tidy_all(struct pal_csv_record *record, char *bytes,
                           struct pal_error *err)
{
    size_t kept = 0;

    if (record->untidy_count == 0) {
        return PAL_OK;
    }
    for (size_t i = 0; i < record->untidy_count; i++) {
        struct pal_cell *cell = &record->cells[record->untidy[i]];

        tidy(cell, bytes + (cell->text.data - bytes));
        if (cell->text.size > record->cell_size_max) {
            return fail_cell_size(record, cell->column, err);
        }
    }
    for (size_t i = 0; i < record->cell_count; i++) {
        if (record->cells[i].text.size > 0) {
            record->cells[kept++] = record->cells[i];
        }
    }
    record->cell_count = kept;
    return PAL_OK;
}

static pal_status add_cell(struct pal_csv_record *record, const struct field *field,
                           uint32_t column, struct pal_error *err)
{
    struct pal_cell *cell;

    if (record->cell_count == record->room) {
        pal_status status = grow(record, err);

        if (status != PAL_OK) {
            return status;
        }
    }
    if (field->is_untidy) {
        record->untidy[record->untidy_count++] = (uint32_t)record->cell_count;
    } else if (field->size > record->cell_size_max) {
        return fail_cell_size(record, column, err);
    }
    cell = &record->cells[record->cell_count++];
    cell->column = column;
    cell->kind = PAL_CELL_TEXT;
    cell->text = (struct pal_view){field->text, field->size};
    cell->number = 0;
    return PAL_OK;
}

pal_status pal_csv_cut(struct pal_csv_record *record, char *bytes, size_t size,
                       bool is_last, size_t *used, struct pal_error *err)
{
    const char *const end = bytes + size;
    const char *at = bytes;
    const char delimiter = record->delimiter;
    uint32_t column = 0;

    *used = 0;
    record->cell_count = 0;
    record->untidy_count = 0;
    for (;;) {
        struct field field = {0};
        enum outcome outcome = cut_field(&field, at, end, is_last, delimiter);

        if (outcome != FIELD_DONE) {
            return judge_open(record, &field, outcome, column, err);
        }
        if (field.size > 0) {
            pal_status status = add_cell(record, &field, column, err);

            if (status != PAL_OK) {
                return status;
            }
        }
        at = field.stop;
        column++;
        if (at == end || *at != delimiter) {
            break;
        }
        if (column >= record->column_max) {
            return pal_fail(err, PAL_LIMIT,
                            "more than %u columns, the most that a sheet "
                            "may have",
                            record->column_max);
        }
        at++;
    }
    if (at < end && *at == '\r') {
        if (at + 1 == end && !is_last) {
            return PAL_OK;
        }
        at += at[1] == '\n' ? 2 : 1;
    } else if (at < end) {
        at++;
    }
    record->width = column;
    if (column == 1 && (*bytes == '\n' || *bytes == '\r')) {
        record->width = 0;
    }
    *used = (size_t)(at - bytes);
    return tidy_all(record, bytes, err);
}
