/*
 * Pieces of a plan answered by numbers: the rows with numbers for texts, the combinations of
 * them that occur, what a dimension's values are called, and the measure's own statement over
 * the combinations.
 */
#include "measure/coded_internal.h"

/* For each column of the set its number behind `lead`, as in ", r.c0, r.c3". */
void pal_coded_columns(struct pal_buffer *out, uint32_t columns, const char *lead)
{
    for (size_t i = 0; i < PAL_CODED_COLUMN_MAX; i++) {
        if ((columns >> i & 1) != 0) {
            pal_buffer_append_format(out, ", %sc%zu", lead, i);
        }
    }
}

void pal_coded_match(struct pal_buffer *out, uint32_t columns, const char *other)
{
    for (size_t i = 0; i < PAL_CODED_COLUMN_MAX; i++) {
        if ((columns >> i & 1) != 0) {
            pal_buffer_append_format(out, " AND %s.c%zu IS NOT DISTINCT FROM r.c%zu",
                                     other, i, i);
        }
    }
}

static void begin_parts(struct pal_buffer *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pal_buffer_init(parts[i], PAL_MEASURE_STATEMENT_MAX);
    }
}

static pal_status parts_status(struct pal_buffer *const *parts, size_t count,
                               struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        st = pal_buffer_status(parts[i], err);
    }
    return st;
}

static void end_parts(struct pal_buffer *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pal_buffer_clear(parts[i]);
    }
}

struct pal_view pal_coded_view(const struct pal_buffer *buffer)
{
    return buffer->size == 0 ? PAL_VIEW("") : pal_buffer_view(buffer);
}

/* The released rows with numbers for texts; -1 stands for a redacted one. */
pal_status pal_coded_rows(const struct pal_coded *coded, bool is_kept,
                          struct pal_buffer *out, struct pal_error *err)
{
    struct pal_buffer columns;
    pal_buffer_init(&columns, PAL_MEASURE_STATEMENT_MAX);
    for (size_t i = 0; i < coded->column_count; i++) {
        const struct pal_row_field *field = coded->columns[i];
        if (field->kind == PAL_ROW_FIELD_TEXT) {
            pal_buffer_append_format(
                &columns,
                ", CASE WHEN (r.redacted & %lld) <> 0 THEN -1 ELSE r.\"%.*s\" END AS "
                "c%zu",
                (long long)field->mark, PAL_VIEW_ARG(field->name), i);
        } else {
            pal_buffer_append_format(&columns, ", r.\"%.*s\" AS c%zu",
                                     PAL_VIEW_ARG(field->name), i);
        }
    }
    pal_status st = pal_buffer_status(&columns, err);
    if (st == PAL_OK) {
        const struct pal_slot slots[] = {
            {"columns", pal_coded_view(&columns)},
            {"table", coded->plan->request->measure.table}};
        st = pal_store_fill(
            pal_measure_frame(is_kept ? "coded_rows_kept.sql" : "coded_rows.sql"),
            slots, 2, out, err);
    }
    pal_buffer_clear(&columns);
    return st;
}

/* The combinations of some columns that occur, as rows that can be read. */
static pal_status append_texts(const struct pal_coded *coded, uint32_t columns,
                               struct pal_buffer *out, struct pal_error *err)
{
    struct pal_buffer numbers;
    struct pal_buffer fields;
    struct pal_buffer texts;
    struct pal_buffer joins;
    struct pal_buffer *parts[] = {&numbers, &fields, &texts, &joins};
    pal_status st = PAL_OK;
    begin_parts(parts, sizeof parts / sizeof parts[0]);
    pal_coded_columns(&numbers, columns, "x.");
    pal_coded_columns(&fields, columns, "");
    for (size_t i = 0; i < coded->column_count; i++) {
        const struct pal_row_field *field = coded->columns[i];
        if ((columns >> i & 1) == 0) {
            continue;
        }
        if (field->kind == PAL_ROW_FIELD_DAY) {
            pal_buffer_append_format(&texts, ", x.c%zu AS \"%.*s\"", i,
                                     PAL_VIEW_ARG(field->name));
            continue;
        }
        pal_buffer_append_format(
            &texts,
            ", CASE WHEN x.c%zu = -1 THEN 'redacted' ELSE t%zu.text END AS \"%.*s\"", i,
            i, PAL_VIEW_ARG(field->name));
        pal_buffer_append_format(
            &joins, "LEFT JOIN term AS t%zu ON t%zu.term_id = x.c%zu\n", i, i, i);
    }
    st = st == PAL_OK ? parts_status(parts, sizeof parts / sizeof parts[0], err) : st;
    if (st == PAL_OK) {
        const struct pal_slot slots[] = {{"columns", pal_coded_view(&numbers)},
                                         {"fields", pal_coded_view(&fields)},
                                         {"texts", pal_coded_view(&texts)},
                                         {"joins", pal_coded_view(&joins)}};
        st = pal_store_fill(pal_measure_frame("coded_texts.sql"), slots, 4, out, err);
    }
    end_parts(parts, sizeof parts / sizeof parts[0]);
    return st;
}

/* ", m<number> AS (...)": what a dimension's values are called. */
pal_status pal_coded_map(const struct pal_coded *coded,
                         const struct pal_dimension *dimension, uint32_t columns,
                         size_t number, struct pal_buffer *out, struct pal_error *err)
{
    struct pal_buffer name;
    struct pal_buffer numbers;
    struct pal_buffer label;
    struct pal_buffer rows;
    struct pal_buffer join;
    struct pal_buffer *parts[] = {&name, &numbers, &label, &rows, &join};
    begin_parts(parts, sizeof parts / sizeof parts[0]);
    pal_buffer_append_format(&name, "m%zu", number);
    pal_coded_columns(&numbers, columns, "r.");
    pal_label_append(&label, coded->plan, dimension, number);
    pal_label_join(&join, dimension, number);
    pal_status st = append_texts(coded, columns, &rows, err);
    st = st == PAL_OK ? parts_status(parts, sizeof parts / sizeof parts[0], err) : st;
    if (st == PAL_OK) {
        const struct pal_slot slots[] = {{"name", pal_coded_view(&name)},
                                         {"columns", pal_coded_view(&numbers)},
                                         {"label", pal_coded_view(&label)},
                                         {"rows", pal_coded_view(&rows)},
                                         {"join", pal_coded_view(&join)}};
        pal_buffer_append_text(out, ", ");
        st = pal_store_fill(pal_measure_frame("coded_label.sql"), slots, 5, out, err);
    }
    end_parts(parts, sizeof parts / sizeof parts[0]);
    return st;
}

/* The measure's own statement over the combinations that occur. */
pal_status pal_coded_record(const struct pal_coded *coded, struct pal_buffer *out,
                            struct pal_error *err)
{
    const struct pal_measure *measure = &coded->plan->request->measure;
    struct pal_buffer rows;
    pal_buffer_init(&rows, PAL_MEASURE_STATEMENT_MAX);
    pal_status st = append_texts(coded, coded->asked, &rows, err);
    if (st == PAL_OK && pal_measure_has_rules(measure)) {
        const struct pal_slot slot = {"kept", pal_coded_view(&rows)};
        st = pal_store_fill(measure->statement, &slot, 1, out, err);
    } else if (st == PAL_OK) {
        struct pal_buffer from;
        pal_buffer_init(&from, PAL_MEASURE_STATEMENT_MAX);
        pal_buffer_append_format(&from, "FROM %.*s AS r", PAL_VIEW_ARG(measure->table));
        st = pal_buffer_status(&from, err);
        size_t at =
            st == PAL_OK ? pal_view_find(measure->statement, pal_coded_view(&from)) : 0;
        PAL_BUG_IF(st == PAL_OK && at >= measure->statement.size);
        pal_buffer_append(out, measure->statement.data, at);
        pal_buffer_append_text(out, "FROM ");
        pal_buffer_append_view(out, pal_coded_view(&rows));
        pal_buffer_append_text(out, " AS r");
        pal_buffer_append(out, measure->statement.data + at + from.size,
                          measure->statement.size - at - from.size);
        pal_buffer_clear(&from);
    }
    pal_buffer_clear(&rows);
    return st;
}
