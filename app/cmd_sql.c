#include "app/commands.h"
#include "app/grid.h"
#include "store/store.h"

enum { OPTION_FORMAT, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_FORMAT] = {"format", 'f', PAL_OPTION_CHOICE, "csv|json", "What to write.",
                       "csv"},
};

static void put(struct pal_grid *grid, const struct pal_value *value)
{
    switch (value->kind) {
    case PAL_VALUE_NULL:
        pal_grid_null(grid);
        break;
    case PAL_VALUE_INTEGER:
        pal_grid_integer(grid, value->integer);
        break;
    case PAL_VALUE_NUMBER:
        pal_grid_number(grid, value->number);
        break;
    case PAL_VALUE_BOOLEAN:
        pal_grid_bool(grid, value->integer != 0);
        break;
    case PAL_VALUE_DAY: {
        char day[16];
        pal_day_text((int32_t)value->integer, day);
        pal_grid_text(grid, pal_view_of(day));
        break;
    }
    case PAL_VALUE_TEXT:
        pal_grid_text(grid, value->text);
        break;
    }
}

static pal_status fill(struct pal_cursor *cursor, struct pal_grid *grid,
                       struct pal_error *err)
{
    const struct pal_value *row = NULL;
    size_t n = pal_cursor_column_count(cursor);
    pal_status st;
    if (n > PAL_GRID_COLUMN_MAX) {
        return pal_fail(err, PAL_LIMIT,
                        "the answer has %zu columns, at most %d are shown", n,
                        PAL_GRID_COLUMN_MAX);
    }
    for (size_t i = 0; i < n; i++) {
        pal_grid_column(grid, pal_cursor_column_name(cursor, i));
    }
    for (st = pal_cursor_next(cursor, &row, err); st == PAL_OK && row != NULL;
         st = pal_cursor_next(cursor, &row, err)) {
        for (size_t i = 0; i < n; i++) {
            put(grid, &row[i]);
        }
    }
    return st;
}

static pal_status answer(struct pal_app *app, struct pal_store *store,
                         struct pal_view statement, enum pal_grid_format format,
                         struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    struct pal_grid grid;
    pal_status st;
    pal_grid_init(&grid);
    st = pal_store_lock(store, err);
    if (st == PAL_OK) {
        st = pal_store_query(store, statement, NULL, 0, &cursor, err);
    }
    if (st == PAL_OK) {
        st = fill(cursor, &grid, err);
    }
    if (st == PAL_OK && grid.column_count > 0) {
        st = pal_grid_write(&grid, app, format, err);
    }
    pal_cursor_close(cursor);
    pal_grid_clear(&grid);
    return st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    struct pal_store *store = NULL;
    struct pal_view format = pal_view_of(given->options[OPTION_FORMAT].text);
    bool is_json = app->is_json || pal_view_is_equal(format, PAL_VIEW("json"));
    pal_status st;
    if (given->operand_count != 2) {
        return pal_fail(
            err, PAL_USAGE,
            "sql needs a study and one statement in quotes, as in: palladium "
            "sql S.duckdb \"SELECT count(*) FROM arrest\"");
    }
    st =
        pal_store_open(given->operands[0], PAL_STORE_READ, &store_options, &store, err);
    if (st == PAL_OK) {
        st = answer(app, store, pal_view_of(given->operands[1]),
                    is_json ? PAL_GRID_JSON : PAL_GRID_CSV, err);
    }
    pal_store_close(store);
    return st;
}

const struct pal_command pal_command_sql = {
    .name = "sql",
    .summary = "Ask a study one question in SQL, read-only.",
    .operands = "STUDY STATEMENT",
    .explained =
        "Runs one statement that only reads. The study is opened read-only and no "
        "file, network or setting can be reached from the statement. Give the rows "
        "an ORDER BY; without one their order is not defined.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
