/*
 * The tables beside the row table: rejects, texts of unknown columns, notes, figures, columns,
 * terms. They get few rows, or rows of texts, so one call a value serves.
 */
#include <string.h>

#include "store/store_internal.h"

enum { MENDED_SIZE_MAX = 64 * 1024 * 1024 };

#define SIDE_TABLE_LIST(X)                                                             \
    X(SIDE_CELL_REJECT, "cell_reject")                                                 \
    X(SIDE_ROW_REJECT, "row_reject")                                                   \
    X(SIDE_EXTRA_CELL, "extra_cell")                                                   \
    X(SIDE_NOTE, "note")                                                               \
    X(SIDE_STATISTIC, "custody_statistic_fact")                                        \
    X(SIDE_COLUMN, "sheet_column")

#define SIDE_ENUM(name, text) name,
enum side { SIDE_TABLE_LIST(SIDE_ENUM) SIDE_COUNT };
#undef SIDE_ENUM
#define SIDE_NAME(name, text) [name] = (text),
static const char *const side_names[] = {SIDE_TABLE_LIST(SIDE_NAME)};
#undef SIDE_NAME

struct pal_sides {
    struct pal_store *store;
    duckdb_appender appenders[SIDE_COUNT];
    struct pal_buffer mended;
};

/* One row being written; `is_good` turns false with the first value that fails. */
struct row_writer {
    duckdb_appender appender;
    struct pal_buffer *mended;
    bool is_good;
};

static void put_i32(struct row_writer *row, int32_t value)
{
    row->is_good =
        row->is_good && duckdb_append_int32(row->appender, value) == DuckDBSuccess;
}

static void put_i64(struct row_writer *row, int64_t value)
{
    row->is_good =
        row->is_good && duckdb_append_int64(row->appender, value) == DuckDBSuccess;
}

static void put_double(struct row_writer *row, double value)
{
    row->is_good =
        row->is_good && duckdb_append_double(row->appender, value) == DuckDBSuccess;
}

static void put_bool(struct row_writer *row, bool value)
{
    row->is_good =
        row->is_good && duckdb_append_bool(row->appender, value) == DuckDBSuccess;
}

static void put_null(struct row_writer *row)
{
    row->is_good = row->is_good && duckdb_append_null(row->appender) == DuckDBSuccess;
}

static void put_text(struct row_writer *row, struct pal_view text)
{
    struct pal_view mended = text;
    row->is_good = row->is_good &&
                   pal_engine_mend(text, row->mended, &mended, NULL) == PAL_OK &&
                   duckdb_append_varchar_length(row->appender,
                                                mended.data == NULL ? "" : mended.data,
                                                mended.size) == DuckDBSuccess;
}

static pal_status end_row(struct row_writer *row, const char *table,
                          struct pal_error *err)
{
    if (row->mended->status != PAL_OK) {
        return pal_buffer_status(row->mended, err);
    }
    if (!row->is_good || duckdb_appender_end_row(row->appender) != DuckDBSuccess) {
        return pal_append_fail(row->appender, table, err);
    }
    return PAL_OK;
}

static pal_status begin_rows(struct pal_sides *sides, enum side side,
                             struct row_writer *row, struct pal_error *err)
{
    pal_status status = PAL_OK;
    if (sides->appenders[side] == NULL) {
        status = pal_append_open(sides->store, side_names[side],
                                 &sides->appenders[side], err);
    }
    *row = (struct row_writer){sides->appenders[side], &sides->mended, true};
    return status;
}

static pal_status append_cell_rejects(struct pal_sides *sides, int32_t sheet_id,
                                      const struct pal_batch *batch,
                                      struct pal_error *err)
{
    struct row_writer row;
    pal_status status = PAL_OK;
    if (batch->cell_reject_count == 0) {
        return PAL_OK;
    }
    status = begin_rows(sides, SIDE_CELL_REJECT, &row, err);
    for (size_t i = 0; status == PAL_OK && i < batch->cell_reject_count; i++) {
        const struct pal_cell_reject *reject = &batch->cell_rejects[i];
        put_i32(&row, sheet_id);
        put_i64(&row, (int64_t)reject->row);
        put_i32(&row, (int32_t)reject->column);
        put_text(&row, reject->raw);
        put_text(&row, pal_view_of(reject->rule));
        put_text(&row, pal_view_of(reject->reason));
        status = end_row(&row, side_names[SIDE_CELL_REJECT], err);
    }
    return status;
}

static pal_status append_row_rejects(struct pal_sides *sides, int32_t sheet_id,
                                     const struct pal_batch *batch,
                                     struct pal_error *err)
{
    struct row_writer row;
    pal_status status = PAL_OK;
    if (batch->row_reject_count == 0) {
        return PAL_OK;
    }
    status = begin_rows(sides, SIDE_ROW_REJECT, &row, err);
    for (size_t i = 0; status == PAL_OK && i < batch->row_reject_count; i++) {
        const struct pal_row_reject *reject = &batch->row_rejects[i];
        put_i32(&row, sheet_id);
        put_i64(&row, (int64_t)reject->row);
        put_text(&row, reject->raw);
        put_text(&row, pal_view_of(reject->rule));
        put_text(&row, pal_view_of(reject->reason));
        status = end_row(&row, side_names[SIDE_ROW_REJECT], err);
    }
    return status;
}

static pal_status append_texts(struct pal_sides *sides, enum side side,
                               int32_t sheet_id, const struct pal_text_cell *cells,
                               size_t cell_count, struct pal_error *err)
{
    struct row_writer row;
    pal_status status = PAL_OK;
    if (cell_count == 0) {
        return PAL_OK;
    }
    status = begin_rows(sides, side, &row, err);
    for (size_t i = 0; status == PAL_OK && i < cell_count; i++) {
        put_i32(&row, sheet_id);
        put_i64(&row, (int64_t)cells[i].row);
        put_i32(&row, (int32_t)cells[i].column);
        put_text(&row, cells[i].text);
        status = end_row(&row, side_names[side], err);
    }
    return status;
}

static pal_status append_statistics(struct pal_sides *sides, int32_t sheet_id,
                                    const struct pal_batch *batch,
                                    struct pal_error *err)
{
    struct row_writer row;
    pal_status status = PAL_OK;
    if (batch->statistic_count == 0) {
        return PAL_OK;
    }
    status = begin_rows(sides, SIDE_STATISTIC, &row, err);
    for (size_t i = 0; status == PAL_OK && i < batch->statistic_count; i++) {
        const struct pal_statistic *fact = &batch->statistics[i];
        put_i32(&row, sheet_id);
        put_i64(&row, (int64_t)fact->row);
        put_i32(&row, (int32_t)fact->column);
        put_i32(&row, fact->fiscal_year);
        put_i32(&row, fact->month);
        put_text(&row, fact->statistic);
        put_text(&row, fact->agency);
        put_text(&row, fact->category);
        put_double(&row, fact->value);
        status = end_row(&row, side_names[SIDE_STATISTIC], err);
    }
    return status;
}

pal_status pal_sides_new(struct pal_store *store, struct pal_sides **out,
                         struct pal_error *err)
{
    *out = NULL;
    struct pal_sides *sides = pal_alloc_zero(1, sizeof *sides);
    if (sides == NULL) {
        return pal_fail_memory(err);
    }
    sides->store = store;
    pal_buffer_init(&sides->mended, MENDED_SIZE_MAX);
    *out = sides;
    return PAL_OK;
}

pal_status pal_sides_append(struct pal_sides *sides, int32_t sheet_id,
                            const struct pal_batch *batch, struct pal_error *err)
{
    pal_status status = append_cell_rejects(sides, sheet_id, batch, err);
    if (status == PAL_OK) {
        status = append_row_rejects(sides, sheet_id, batch, err);
    }
    if (status == PAL_OK) {
        status = append_texts(sides, SIDE_EXTRA_CELL, sheet_id, batch->extras,
                              batch->extra_count, err);
    }
    if (status == PAL_OK) {
        status = append_texts(sides, SIDE_NOTE, sheet_id, batch->notes,
                              batch->note_count, err);
    }
    if (status == PAL_OK) {
        status = append_statistics(sides, sheet_id, batch, err);
    }
    return status;
}

static const char *sensitivity_name(enum pal_sensitivity sensitivity)
{
    static const char *const names[] = {[PAL_SENSITIVITY_PUBLIC] = "public",
                                        [PAL_SENSITIVITY_PRIVATE] = "private",
                                        [PAL_SENSITIVITY_DIRECT] = "direct"};
    return names[sensitivity];
}

pal_status pal_sides_append_columns(struct pal_sides *sides, int32_t sheet_id,
                                    const struct pal_view *fields,
                                    const struct pal_account *account,
                                    struct pal_error *err)
{
    struct row_writer row;
    pal_status status = PAL_OK;
    if (account->column_count == 0) {
        return PAL_OK;
    }
    status = begin_rows(sides, SIDE_COLUMN, &row, err);
    for (size_t i = 0; status == PAL_OK && i < account->column_count; i++) {
        const struct pal_layout_column *column = &account->columns[i];
        put_i32(&row, sheet_id);
        put_i32(&row, (int32_t)column->column);
        put_text(&row, column->header);
        if (column->field < 0 || column->field >= PAL_FIELD_MAX) {
            put_null(&row);
        } else {
            put_text(&row, fields[column->field]);
        }
        put_text(&row, pal_view_of(sensitivity_name(column->sensitivity)));
        put_bool(&row, column->is_known);
        put_i64(&row, column->filled_count);
        put_i64(&row, column->missing_count);
        put_i64(&row, column->redacted_count);
        put_i64(&row, column->failed_count);
        put_i64(&row, column->withheld_count);
        status = end_row(&row, side_names[SIDE_COLUMN], err);
    }
    return status;
}

pal_status pal_append_terms(struct pal_store *store, const struct pal_intern *terms,
                            uint32_t first, struct pal_error *err)
{
    struct pal_buffer mended;
    duckdb_appender appender = NULL;
    uint32_t count = pal_intern_count(terms);
    pal_status status = pal_append_open(store, "term", &appender, err);
    if (status != PAL_OK) {
        return status;
    }
    pal_buffer_init(&mended, MENDED_SIZE_MAX);
    struct row_writer row = {appender, &mended, true};
    for (uint32_t i = first; status == PAL_OK && i < count; i++) {
        put_i32(&row, (int32_t)i);
        put_text(&row, pal_intern_text(terms, i));
        status = end_row(&row, "term", err);
    }
    if (status == PAL_OK && duckdb_appender_close(appender) != DuckDBSuccess) {
        status = pal_append_fail(appender, "term", err);
    }
    (void)duckdb_appender_destroy(&appender);
    pal_buffer_clear(&mended);
    return status;
}

pal_status pal_sides_finish(struct pal_sides *sides, struct pal_error *err)
{
    for (size_t i = 0; i < SIDE_COUNT; i++) {
        if (sides->appenders[i] != NULL &&
            duckdb_appender_close(sides->appenders[i]) != DuckDBSuccess) {
            return pal_append_fail(sides->appenders[i], side_names[i], err);
        }
    }
    return PAL_OK;
}

void pal_sides_free(struct pal_sides *sides)
{
    if (sides == NULL) {
        return;
    }
    for (size_t i = 0; i < SIDE_COUNT; i++) {
        if (sides->appenders[i] != NULL) {
            (void)duckdb_appender_destroy(&sides->appenders[i]);
        }
    }
    pal_buffer_clear(&sides->mended);
    pal_free(sides);
}
