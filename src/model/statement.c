/*
 * Embedded statements by name, and the few shapes in which the steps run them.
 */
#include <stdio.h>

#include "model/model_internal.h"

extern const struct pal_asset_table pal_model_assets;

const char *const pal_model_tables[PAL_MODEL_TABLE_COUNT] = {
    "arrest", "detainer", "encounter", "removal", "stint"};

struct pal_slot pal_slot_of(const char *name, const char *text)
{
    return (struct pal_slot){name, pal_view_of(text)};
}

struct pal_value pal_model_text(struct pal_view text)
{
    return (struct pal_value){.kind = PAL_VALUE_TEXT, .text = text};
}

struct pal_value pal_model_integer(int64_t value)
{
    return (struct pal_value){.kind = PAL_VALUE_INTEGER, .integer = value};
}

struct pal_value pal_model_number(double value)
{
    return (struct pal_value){.kind = PAL_VALUE_NUMBER, .number = value};
}

static pal_status fill(const char *name, struct pal_slots slots, struct pal_buffer *out,
                       struct pal_error *err)
{
    char file[96];
    (void)snprintf(file, sizeof file, "%s.sql", name);
    struct pal_view text = pal_asset_find(&pal_model_assets, file);
    if (text.data == NULL) {
        return pal_fail(err, PAL_BUG, "no statement %s is built in", file);
    }
    return pal_store_fill(text, slots.slots, slots.count, out, err);
}

pal_status pal_model_run(struct pal_store *store, const char *name,
                         struct pal_slots slots, const struct pal_value *values,
                         size_t value_count, struct pal_error *err)
{
    struct pal_buffer text;
    pal_buffer_init(&text, PAL_MODEL_STATEMENT_MAX);
    pal_status status = fill(name, slots, &text, err);
    if (status == PAL_OK) {
        status = pal_store_run(store, pal_buffer_view(&text), values, value_count, err);
    }
    pal_buffer_clear(&text);
    return status == PAL_OK ? PAL_OK : pal_while(err, status, "statement %s", name);
}

pal_status pal_model_run_rule(struct pal_store *store, const char *name,
                              struct pal_slots slots, struct pal_error *err)
{
    struct pal_value version = pal_model_text(PAL_VIEW(PAL_RULE_VERSION));
    return pal_model_run(store, name, slots, &version, 1, err);
}

pal_status pal_model_query(struct pal_store *store, const char *name,
                           struct pal_slots slots, struct pal_bound bound,
                           struct pal_cursor **out, struct pal_error *err)
{
    struct pal_buffer text;
    *out = NULL;
    pal_buffer_init(&text, PAL_MODEL_STATEMENT_MAX);
    pal_status status = fill(name, slots, &text, err);
    if (status == PAL_OK) {
        status = pal_store_query(store, pal_buffer_view(&text), bound.values,
                                 bound.count, out, err);
    }
    pal_buffer_clear(&text);
    return status == PAL_OK ? PAL_OK : pal_while(err, status, "statement %s", name);
}

pal_status pal_model_count(struct pal_store *store, const char *name,
                           const struct pal_value *values, size_t value_count,
                           int64_t *out, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    *out = 0;
    pal_status status =
        pal_model_query(store, name, PAL_NO_SLOTS,
                        (struct pal_bound){values, value_count}, &cursor, err);
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, err);
    }
    if (status == PAL_OK && row != NULL) {
        *out = row[0].integer;
    }
    pal_cursor_close(cursor);
    return status;
}

pal_status pal_model_columns(struct pal_store *store, const char *table,
                             bool is_but_bond, struct pal_buffer *out,
                             struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    struct pal_value values[] = {
        pal_model_text(pal_view_of(table)),
        {.kind = PAL_VALUE_BOOLEAN, .integer = is_but_bond ? 1 : 0}};
    pal_status status = pal_model_query(
        store, "recorded_fields", PAL_SLOTS(pal_slot_of("table", table)),
        (struct pal_bound){values, sizeof values / sizeof values[0]}, &cursor, err);
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, err);
    }
    while (status == PAL_OK && row != NULL) {
        pal_buffer_append_text(out, ", r.");
        pal_buffer_append_view(out, row[0].text);
        status = pal_cursor_next(cursor, &row, err);
    }
    pal_cursor_close(cursor);
    return status == PAL_OK ? pal_buffer_status(out, err) : status;
}
