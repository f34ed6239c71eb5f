/*
 * Parts: the tables that rows go into. A release has a third of the columns that its table
 * knows, and one without values costs the engine as much as one with them (5 ms for 300 000
 * rows), so the sheets of one layout share a table with the columns of that layout alone.
 * View <table>_record shows the wide table and its parts as one.
 */
#include <stdio.h>

#include "store/store_internal.h"

enum { TEXT_SIZE_MAX = 1024 * 1024 };
#define ALL_FIELDS (~UINT64_C(0))

static const char *const sql_types[] = {
    [PAL_FIELD_DATE] = "DATE",        [PAL_FIELD_DATE_TIME] = "TIMESTAMP",
    [PAL_FIELD_CATEGORY] = "INTEGER", [PAL_FIELD_AREA] = "INTEGER",
    [PAL_FIELD_INTEGER] = "BIGINT",   [PAL_FIELD_NUMBER] = "DOUBLE",
    [PAL_FIELD_IDENTIFIER] = "UUID",  [PAL_FIELD_RELEASED_ID] = "INTEGER",
};

static void name_part(enum pal_table table, int64_t number, struct pal_part *part)
{
    if (number == 0) {
        (void)snprintf(part->name, sizeof part->name, "%s_row", pal_table_name(table));
    } else {
        (void)snprintf(part->name, sizeof part->name, "%s_part_%lld",
                       pal_table_name(table), (long long)number);
    }
    part->number = (int32_t)number;
}

/* The columns of the wide table, those that the part lacks as NULLs of their type, or left
 * out. */
static void add_columns(const struct pal_part_shape *shape, uint64_t fields,
                        bool with_nulls, struct pal_buffer *out)
{
    for (size_t i = 0; i < PAL_COLUMN_LEAD + shape->field_count; i++) {
        size_t field = i - PAL_COLUMN_LEAD;
        bool has = i < PAL_COLUMN_LEAD || (fields >> field & 1) != 0;
        if (!has && !with_nulls) {
            continue;
        }
        pal_buffer_append_text(out, i == 0 ? "" : ", ");
        if (!has) {
            pal_buffer_append_format(out, "CAST(NULL AS %s) AS ",
                                     sql_types[shape->types[field]]);
        }
        pal_buffer_append_format(out, "\"%.*s\"", PAL_VIEW_ARG(shape->columns[i]));
    }
}

static pal_status run_filled(struct pal_store *store, const char *name,
                             const struct pal_slot *slots, size_t slot_count,
                             struct pal_error *err)
{
    struct pal_buffer text;
    pal_buffer_init(&text, PAL_STORE_STATEMENT_SIZE_MAX);
    pal_status status =
        pal_store_fill(pal_engine_statement(name), slots, slot_count, &text, err);
    if (status == PAL_OK) {
        status = pal_engine_run_text(store, text.data, name, err);
    }
    pal_buffer_clear(&text);
    return status;
}

/* "SELECT ... FROM <part>", behind a UNION ALL but for the first. */
static pal_status add_branch(const struct pal_part_shape *shape,
                             const struct pal_part *part, struct pal_buffer *branches,
                             struct pal_error *err)
{
    struct pal_buffer columns;
    pal_buffer_init(&columns, TEXT_SIZE_MAX);
    add_columns(shape, part->fields, true, &columns);
    pal_status status = pal_buffer_status(&columns, err);
    if (status == PAL_OK) {
        const struct pal_slot slots[] = {{"columns", pal_buffer_view(&columns)},
                                         {"part", pal_view_of(part->name)}};
        pal_buffer_append_text(branches, branches->size == 0 ? "" : "UNION ALL ");
        status = pal_store_fill(pal_engine_statement("part_branch.sql"), slots, 2,
                                branches, err);
    }
    pal_buffer_clear(&columns);
    return status;
}

/* Walks through the parts of a table, in order: adds each to `branches` where that is not
 * NULL; *last: the highest number; *same: the part that has these very fields. */
static pal_status walk_parts(struct pal_store *store,
                             const struct pal_part_shape *shape,
                             struct pal_buffer *branches, int64_t *last,
                             struct pal_part *same, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    struct pal_value value =
        pal_value_of_text(pal_view_of(pal_table_name(shape->table)));
    uint64_t fields = same == NULL ? 0 : same->fields;
    *last = 0;
    pal_status status = pal_store_query(store, pal_engine_statement("part_list.sql"),
                                        &value, 1, &cursor, err);
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, err);
    }
    while (status == PAL_OK && row != NULL) {
        struct pal_part part = {.fields = (uint64_t)row[1].integer};
        name_part(shape->table, row[0].integer, &part);
        *last = row[0].integer;
        if (same != NULL && part.fields == fields) {
            *same = part;
        }
        if (branches != NULL) {
            status = add_branch(shape, &part, branches, err);
        }
        if (status == PAL_OK) {
            status = pal_cursor_next(cursor, &row, err);
        }
    }
    pal_cursor_close(cursor);
    return status;
}

static pal_status show_parts(struct pal_store *store,
                             const struct pal_part_shape *shape, struct pal_error *err)
{
    struct pal_buffer branches;
    struct pal_buffer view;
    struct pal_part wide = {.fields = ALL_FIELDS};
    int64_t last = 0;
    pal_buffer_init(&branches, PAL_STORE_STATEMENT_SIZE_MAX);
    pal_buffer_init(&view, TEXT_SIZE_MAX);
    name_part(shape->table, 0, &wide);
    pal_buffer_append_format(&view, "%s_record", pal_table_name(shape->table));
    pal_status status = add_branch(shape, &wide, &branches, err);
    if (status == PAL_OK) {
        status = walk_parts(store, shape, &branches, &last, NULL, err);
    }
    if (status == PAL_OK) {
        status = pal_buffer_status(&view, err);
    }
    if (status == PAL_OK) {
        const struct pal_slot slots[] = {{"view", pal_buffer_view(&view)},
                                         {"branches", pal_buffer_view(&branches)}};
        status = run_filled(store, "part_view.sql", slots, 2, err);
    }
    pal_buffer_clear(&view);
    pal_buffer_clear(&branches);
    return status;
}

static pal_status put_part(struct pal_store *store, const struct pal_part_shape *shape,
                           const char *statement, const struct pal_part *part,
                           struct pal_error *err)
{
    const struct pal_value values[] = {
        pal_value_of_text(pal_view_of(pal_table_name(shape->table))),
        pal_value_of_i64(part->number), pal_value_of_i64((int64_t)part->fields)};
    pal_status status =
        pal_store_run(store, pal_engine_statement(statement), values, 3, err);
    return status == PAL_OK ? show_parts(store, shape, err) : status;
}

static pal_status make_part(struct pal_store *store, const struct pal_part_shape *shape,
                            const struct pal_part *part, struct pal_error *err)
{
    struct pal_buffer columns;
    struct pal_part wide;
    pal_buffer_init(&columns, TEXT_SIZE_MAX);
    name_part(shape->table, 0, &wide);
    add_columns(shape, part->fields, false, &columns);
    pal_status status = pal_buffer_status(&columns, err);
    if (status == PAL_OK) {
        const struct pal_slot slots[] = {{"part", pal_view_of(part->name)},
                                         {"columns", pal_buffer_view(&columns)},
                                         {"table", pal_view_of(wide.name)}};
        status = run_filled(store, "part_create.sql", slots, 3, err);
    }
    pal_buffer_clear(&columns);
    return status == PAL_OK ? put_part(store, shape, "part_insert.sql", part, err)
                            : status;
}

pal_status pal_part_find(struct pal_store *store, const struct pal_part_shape *shape,
                         uint64_t fields, struct pal_part *out, struct pal_error *err)
{
    int64_t last = 0;
    *out = (struct pal_part){.fields = fields};
    pal_status status = walk_parts(store, shape, NULL, &last, out, err);
    if (status != PAL_OK || out->number > 0) {
        return status;
    }
    if (last >= PAL_PART_COUNT_MAX) {
        out->fields = ALL_FIELDS;
        name_part(shape->table, 0, out);
        return PAL_OK;
    }
    name_part(shape->table, last + 1, out);
    return make_part(store, shape, out, err);
}

pal_status pal_part_widen(struct pal_store *store, const struct pal_part_shape *shape,
                          uint64_t fields, struct pal_part *part, struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < shape->field_count; i++) {
        if ((fields >> i & 1) == 0 || (part->fields >> i & 1) != 0) {
            continue;
        }
        const struct pal_slot slots[] = {
            {"part", pal_view_of(part->name)},
            {"column", shape->columns[PAL_COLUMN_LEAD + i]},
            {"type", pal_view_of(sql_types[shape->types[i]])}};
        status = run_filled(store, "part_add_column.sql", slots, 3, err);
        part->fields |= UINT64_C(1) << i;
    }
    return status == PAL_OK ? put_part(store, shape, "part_widen.sql", part, err)
                            : status;
}
