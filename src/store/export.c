/*
 * Exports: a table or view of the study into one csv, parquet or json file, in the order of
 * its provenance, without the private columns unless they are asked for.
 *
 * Released rows are stored in that order, file after file, and are not sorted again.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "store/store_internal.h"

enum { COLUMN_LIST_SIZE_MAX = 256 * 1024, STATEMENT_SIZE_MAX = 1024 * 1024 };

/* Only these names are ever put into a statement. The study's key is in none of them. */
static const char *const tables[] = {
    "arrest",
    "detainer",
    "encounter",
    "removal",
    "stint",
    "stay",
    "head_count",
    "area_state",
    "custody_statistic",
    "arrest_stay",
    "file",
    "sheet",
    "sheet_column",
    "cell_reject",
    "row_reject",
    "extra_cell",
    "note",
    "coverage",
    "rule_count",
    "release_compare",
    "check_result",
    "study_campaign",
    "study_place",
    "study_fact",
    "study_comparison",
    "study_setting",
    "study_release",
};

/* Views of released rows: their rows leave as they are stored. */
static const char *const stored_tables[] = {
    "arrest", "detainer", "encounter", "removal", "stint", "head_count", "area_state"};

static const struct {
    const char *name;
    const char *statement;
} formats[] = {{"csv", "export_csv.sql"},
               {"parquet", "export_parquet.sql"},
               {"json", "export_json.sql"}};

/* Where a row stands; those columns that a table has, in this order, are its order. */
static const char *const place_columns[] = {"file_id", "sheet", "sheet_id", "row",
                                            "column_index"};

/* Texts as released, of columns that nobody knows: what they hold is not known either. And a
 * length to the minute, which with the day beside it says more than days do. */
static const char *const withheld_columns[] = {"raw", "text", "stay_length_days"};

static bool is_one_of(struct pal_view name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pal_view_is_equal(name, pal_view_of(names[i]))) {
            return true;
        }
    }
    return false;
}

/* A time of day, or what tells it; a field that is private in any table, or the status of one:
 * other tables (stays) are made of the same fields. */
static bool is_private(const struct pal_dictionary *dictionary, struct pal_view column,
                       struct pal_view type)
{
    struct pal_view suffix = PAL_VIEW("_status");
    struct pal_view stem = column;
    if (pal_view_is_equal(type, PAL_VIEW("TIMESTAMP")) ||
        is_one_of(column, withheld_columns,
                  sizeof withheld_columns / sizeof withheld_columns[0])) {
        return true;
    }
    if (pal_view_has_suffix(column, suffix)) {
        stem.size -= suffix.size;
    }
    for (int table = 0; table < PAL_TABLE_COUNT; table++) {
        const struct pal_field *fields = NULL;
        size_t count =
            pal_dictionary_fields(dictionary, (enum pal_table)table, &fields);
        for (size_t i = 0; i < count; i++) {
            if (fields[i].sensitivity != PAL_SENSITIVITY_PUBLIC &&
                (pal_view_is_equal(fields[i].name, column) ||
                 pal_view_is_equal(fields[i].name, stem))) {
                return true;
            }
        }
    }
    return false;
}

static void add_name(struct pal_buffer *list, struct pal_view name)
{
    if (list->size > 0) {
        pal_buffer_append_text(list, ", ");
    }
    pal_buffer_append_char(list, '"');
    pal_buffer_append_view(list, name);
    pal_buffer_append_char(list, '"');
}

struct export_lists {
    struct pal_buffer columns;
    struct pal_buffer order;
    size_t known_count; /* columns that the table has */
};

static pal_status read_columns(struct pal_store *store,
                               const struct pal_dictionary *dictionary,
                               const char *table, bool with_private,
                               struct export_lists *lists, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    struct pal_value value = pal_value_of_text(pal_view_of(table));
    pal_status status = pal_store_query(store, pal_engine_statement("columns_of.sql"),
                                        &value, 1, &cursor, err);
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, err);
    }
    while (status == PAL_OK && row != NULL) {
        lists->known_count++;
        if (with_private || !is_private(dictionary, row[0].text, row[1].text)) {
            add_name(&lists->columns, row[0].text);
        }
        status = pal_cursor_next(cursor, &row, err);
    }
    pal_cursor_close(cursor);
    return status;
}

/* Every column of a table that says no place, so that its rows have one order too. */
static void set_order(struct export_lists *lists)
{
    char quoted[64];
    for (size_t i = 0; i < sizeof place_columns / sizeof place_columns[0]; i++) {
        (void)snprintf(quoted, sizeof quoted, "\"%s\"", place_columns[i]);
        if (pal_view_find(pal_buffer_view(&lists->columns), pal_view_of(quoted)) <
            lists->columns.size) {
            add_name(&lists->order, pal_view_of(place_columns[i]));
        }
    }
    if (lists->order.size == 0) {
        pal_buffer_append_view(&lists->order, pal_buffer_view(&lists->columns));
    }
}

static pal_status list_columns(struct pal_store *store, const char *table,
                               bool with_private, struct export_lists *lists,
                               struct pal_error *err)
{
    struct pal_dictionary *dictionary = NULL;
    pal_status status = pal_dictionary_open(&dictionary, err);
    if (status == PAL_OK) {
        status = read_columns(store, dictionary, table, with_private, lists, err);
    }
    pal_dictionary_close(dictionary);
    if (status == PAL_OK && lists->known_count == 0) {
        return pal_fail(err, PAL_INPUT, "this study has no table %s yet", table);
    }
    if (status == PAL_OK) {
        status = pal_buffer_status(&lists->columns, err);
    }
    if (status == PAL_OK) {
        set_order(lists);
        status = pal_buffer_status(&lists->order, err);
    }
    return status;
}

/* Sheets one after another whose rows lie in one part: they leave in the order of their
 * place. */
struct stretch {
    int64_t part; /* -1: none yet */
    int64_t first;
    int64_t last;
    bool is_falling; /* a later sheet lies in an earlier part */
};

static pal_status add_stretch(const char *table, const struct export_lists *lists,
                              const struct stretch *stretch, struct pal_buffer *out,
                              struct pal_error *err)
{
    char first[32];
    char last[32];
    if (stretch->part < 0) {
        return PAL_OK;
    }
    (void)snprintf(first, sizeof first, "%lld", (long long)stretch->first);
    (void)snprintf(last, sizeof last, "%lld", (long long)stretch->last);
    const struct pal_slot slots[] = {{"columns", pal_buffer_view(&lists->columns)},
                                     {"table", pal_view_of(table)},
                                     {"first", pal_view_of(first)},
                                     {"last", pal_view_of(last)}};
    pal_buffer_append_text(out, out->size == 0 ? "" : "UNION ALL ");
    return pal_store_fill(pal_engine_statement("export_stretch.sql"), slots,
                          sizeof slots / sizeof slots[0], out, err);
}

/* A selection for each stretch; *is_falling when the stored order is not that of places. */
static pal_status fill_stretches(struct pal_store *store, const char *table,
                                 const struct export_lists *lists,
                                 struct pal_buffer *out, bool *is_falling,
                                 struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    struct stretch stretch = {.part = -1};
    struct pal_value value = pal_value_of_text(pal_view_of(table));
    pal_status status = pal_store_query(store, pal_engine_statement("part_sheets.sql"),
                                        &value, 1, &cursor, err);
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, err);
    }
    while (status == PAL_OK && row != NULL) {
        if (row[1].integer != stretch.part) {
            status = add_stretch(table, lists, &stretch, out, err);
            stretch.is_falling = stretch.is_falling || row[1].integer < stretch.part;
            stretch.part = row[1].integer;
            stretch.first = row[0].integer;
        }
        stretch.last = row[0].integer;
        if (status == PAL_OK) {
            status = pal_cursor_next(cursor, &row, err);
        }
    }
    pal_cursor_close(cursor);
    *is_falling = stretch.is_falling;
    return status == PAL_OK ? add_stretch(table, lists, &stretch, out, err) : status;
}

static pal_status fill_selection(struct pal_store *store, const char *table,
                                 const struct export_lists *lists,
                                 struct pal_buffer *out, struct pal_error *err)
{
    bool is_stored = is_one_of(pal_view_of(table), stored_tables,
                               sizeof stored_tables / sizeof stored_tables[0]);
    const char *name = is_stored ? "export_stored.sql" : "export_sorted.sql";
    bool is_falling = false;
    pal_status status =
        is_stored ? fill_stretches(store, table, lists, out, &is_falling, err) : PAL_OK;
    if (status != PAL_OK || is_falling) {
        return status;
    }
    const struct pal_slot slots[] = {
        {"columns", pal_buffer_view(&lists->columns)},
        {"table", pal_view_of(table)},
        {"order", pal_buffer_view(&lists->order)},
    };
    pal_buffer_reset(out);
    return pal_store_fill(pal_engine_statement(name), slots,
                          sizeof slots / sizeof slots[0], out, err);
}

/* Back to the settings that the study was opened with. */
static void end_export(struct pal_store *store)
{
    char memory[32];
    struct pal_buffer text;
    (void)snprintf(memory, sizeof memory, "%lld", (long long)store->memory_max_mb);
    const struct pal_slot slot = {"memory", pal_view_of(memory)};
    pal_buffer_init(&text, STATEMENT_SIZE_MAX);
    pal_status status =
        pal_store_fill(pal_engine_statement("export_end.sql"), &slot, 1, &text, NULL);
    if (status == PAL_OK) {
        status =
            pal_engine_run_text(store, text.data, "the settings of the study", NULL);
    }
    /* Without memory for this the study goes on with one thread: slower, not wrong. */
    if (status == PAL_OK) {
        status = pal_engine_set_threads(store, store->thread_count, NULL);
    }
    (void)status;
    pal_buffer_clear(&text);
}

static pal_status copy_to(struct pal_store *store, const char *table,
                          const char *statement, const struct export_lists *lists,
                          const char *path, struct pal_error *err)
{
    struct pal_buffer selection;
    struct pal_buffer literal;
    struct pal_buffer text;
    pal_buffer_init(&selection, STATEMENT_SIZE_MAX);
    pal_buffer_init(&literal, STATEMENT_SIZE_MAX);
    pal_buffer_init(&text, STATEMENT_SIZE_MAX);
    pal_status status = pal_fill_literal(pal_view_of(path), &literal, err);
    if (status == PAL_OK) {
        status = fill_selection(store, table, lists, &selection, err);
    }
    if (status == PAL_OK) {
        const struct pal_slot slots[] = {{"selection", pal_buffer_view(&selection)},
                                         {"path", pal_buffer_view(&literal)}};
        status = pal_store_fill(pal_engine_statement(statement), slots, 2, &text, err);
    }
    if (status == PAL_OK) {
        status = pal_engine_set_threads(store, 1, err);
    }
    if (status == PAL_OK) {
        status = pal_engine_run(store, "export_begin.sql", err);
        if (status == PAL_OK) {
            status = pal_engine_run_text(store, text.data, path, err);
        }
        end_export(store);
    }
    pal_buffer_clear(&text);
    pal_buffer_clear(&literal);
    pal_buffer_clear(&selection);
    return status;
}

/* Into a file beside it first: a reader sees the old file or the new one. */
static pal_status write_file(struct pal_store *store, const char *table,
                             const char *statement, const struct export_lists *lists,
                             const char *path, struct pal_error *err)
{
    struct pal_buffer part;
    pal_buffer_init(&part, PAL_STORE_STATEMENT_SIZE_MAX);
    pal_buffer_append_format(&part, "%s.part-%ld", path, (long)getpid());
    pal_status status = pal_buffer_status(&part, err);
    if (status == PAL_OK) {
        status = pal_file_check_place(path, err);
    }
    if (status == PAL_OK) {
        status = copy_to(store, table, statement, lists, part.data, err);
        if (status == PAL_OK && rename(part.data, path) != 0) {
            status = pal_fail(err, PAL_IO, "%s: cannot be written", path);
        }
        if (status != PAL_OK) {
            (void)unlink(part.data);
        }
    }
    pal_buffer_clear(&part);
    return status;
}

pal_status pal_store_export(struct pal_store *store, const char *table,
                            const char *format, const char *path, bool with_private,
                            struct pal_error *err)
{
    struct export_lists lists = {.known_count = 0};
    const char *statement = NULL;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(formats[i].name, format) == 0) {
            statement = formats[i].statement;
        }
    }
    if (statement == NULL) {
        return pal_fail(err, PAL_USAGE, "format %s: there are csv, parquet and json",
                        format);
    }
    if (!is_one_of(pal_view_of(table), tables, sizeof tables / sizeof tables[0])) {
        return pal_fail(err, PAL_USAGE, "table %s: a study has no such table to export",
                        table);
    }
    if (store->is_locked) {
        return pal_fail(err, PAL_BUG, "a locked study writes no files");
    }
    pal_buffer_init(&lists.columns, COLUMN_LIST_SIZE_MAX);
    pal_buffer_init(&lists.order, COLUMN_LIST_SIZE_MAX);
    pal_status status = list_columns(store, table, with_private, &lists, err);
    if (status == PAL_OK) {
        status = write_file(store, table, statement, &lists, path, err);
    }
    pal_buffer_clear(&lists.columns);
    pal_buffer_clear(&lists.order);
    return status;
}
