#include "app/commands.h"
#include "app/refresh.h"
#include "store/store.h"

enum { OPTION_FORMAT, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_FORMAT] = {"format", 'f', PAL_OPTION_CHOICE, "csv|json", "What to write.",
                       "csv"},
};

enum { PIECE_SIZE = 1 << 20 }; /* rows go out in pieces of about this many bytes */

struct answer {
    struct pal_app *app;
    struct pal_cursor *cursor;
    size_t column_count;
    bool is_json;
    struct pal_json json;
    struct pal_buffer out;
};

static void put_csv(struct answer *answer, const struct pal_value *row)
{
    for (size_t i = 0; i < answer->column_count; i++) {
        pal_csv_field(&answer->out, row[i].text, i == 0);
    }
    pal_csv_end(&answer->out);
}

static void put_json_value(struct pal_json *json, const struct pal_value *value)
{
    switch (value->kind) {
    case PAL_VALUE_NULL:
        pal_json_null(json);
        break;
    case PAL_VALUE_INTEGER:
        pal_json_i64(json, value->integer);
        break;
    case PAL_VALUE_NUMBER:
        pal_json_double(json, value->number);
        break;
    case PAL_VALUE_BOOLEAN:
        pal_json_bool(json, value->integer != 0);
        break;
    case PAL_VALUE_DAY:
    case PAL_VALUE_TEXT:
        pal_json_view(json, value->text);
        break;
    }
}

static void put_json(struct answer *answer, const struct pal_value *row)
{
    pal_json_begin_object(&answer->json);
    for (size_t i = 0; i < answer->column_count; i++) {
        pal_json_key(&answer->json, pal_cursor_column_name(answer->cursor, i));
        put_json_value(&answer->json, &row[i]);
    }
    pal_json_end_object(&answer->json);
}

static pal_status flush(struct answer *answer, size_t at_least, struct pal_error *err)
{
    pal_status st = pal_buffer_status(&answer->out, err);
    if (st == PAL_OK && answer->out.size >= at_least) {
        st = pal_app_write(answer->app, pal_buffer_view(&answer->out), err);
        pal_buffer_reset(&answer->out);
    }
    return st;
}

static void begin(struct answer *answer)
{
    if (answer->is_json) {
        pal_json_init(&answer->json, &answer->out, true);
        pal_json_begin_array(&answer->json);
        return;
    }
    for (size_t i = 0; i < answer->column_count; i++) {
        pal_csv_field(&answer->out,
                      pal_view_of(pal_cursor_column_name(answer->cursor, i)), i == 0);
    }
    pal_csv_end(&answer->out);
}

static pal_status write_rows(struct answer *answer, struct pal_error *err)
{
    const struct pal_value *row = NULL;
    pal_status st = pal_cursor_next(answer->cursor, &row, err);
    begin(answer);
    while (st == PAL_OK && row != NULL) {
        if (answer->is_json) {
            put_json(answer, row);
        } else {
            put_csv(answer, row);
        }
        st = flush(answer, PIECE_SIZE, err);
        if (st == PAL_OK) {
            st = pal_cursor_next(answer->cursor, &row, err);
        }
    }
    if (st == PAL_OK && answer->is_json) {
        pal_json_end_array(&answer->json);
        pal_buffer_append_char(&answer->out, '\n');
    }
    return st == PAL_OK ? flush(answer, 0, err) : st;
}

static pal_status ask(struct answer *answer, struct pal_store *store,
                      struct pal_view statement, struct pal_error *err)
{
    pal_status st = pal_store_lock(store, err);
    if (st == PAL_OK) {
        st = pal_store_query(store, statement, NULL, 0, &answer->cursor, err);
    }
    if (st == PAL_OK) {
        answer->column_count = pal_cursor_column_count(answer->cursor);
        pal_buffer_init(&answer->out, PAL_OUTPUT_SIZE_MAX);
        st = write_rows(answer, err);
        pal_buffer_clear(&answer->out);
    }
    pal_cursor_close(answer->cursor);
    return st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    struct pal_store *store = NULL;
    struct pal_view format = pal_view_of(given->options[OPTION_FORMAT].text);
    struct answer answer = {
        .app = app,
        .is_json = app->is_json || pal_view_is_equal(format, PAL_VIEW("json")),
    };
    pal_status st;
    if (given->operand_count != 2) {
        return pal_fail(
            err, PAL_USAGE,
            "sql needs a study and one statement in quotes, as in: palladium "
            "sql S.duckdb \"SELECT count(*) FROM arrest\"");
    }
    st = pal_refresh_open(app, given->operands[0], &store_options, &store, err);
    if (st == PAL_OK) {
        st = ask(&answer, store, pal_view_of(given->operands[1]), err);
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
