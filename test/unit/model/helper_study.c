#include "study.h"

#include <stdio.h>
#include <string.h>

static struct pal_value text_of(const char *text)
{
    return text == NULL
               ? (struct pal_value){.kind = PAL_VALUE_NULL}
               : (struct pal_value){.kind = PAL_VALUE_TEXT, .text = pal_view_of(text)};
}

static struct pal_value integer_of(int64_t value)
{
    return (struct pal_value){.kind = PAL_VALUE_INTEGER, .integer = value};
}

static void run_values(struct study *study, const char *sql,
                       const struct pal_value *values, size_t count)
{
    struct pal_error err = {PAL_OK, ""};
    if (pal_store_run(study->store, pal_view_of(sql), values, count, &err) != PAL_OK) {
        fail_msg("%s: %s", sql, err.text);
    }
}

void study_open(struct study *study)
{
    struct pal_error err = {PAL_OK, ""};
    memset(study, 0, sizeof *study);
    study->salt = "";
    if (pal_store_open(NULL, PAL_STORE_CREATE, NULL, &study->store, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
}

void study_close(struct study *study)
{
    pal_store_close(study->store);
    study->store = NULL;
}

void study_run(struct study *study, const char *sql)
{
    run_values(study, sql, NULL, 0);
}

static void put_cell(struct pal_buffer *out, const struct pal_value *value)
{
    char text[32];
    switch (value->kind) {
    case PAL_VALUE_NULL:
        pal_buffer_append_text(out, "-");
        break;
    case PAL_VALUE_INTEGER:
        pal_buffer_append_format(out, "%lld", (long long)value->integer);
        break;
    case PAL_VALUE_BOOLEAN:
        pal_buffer_append_text(out, value->integer != 0 ? "yes" : "no");
        break;
    case PAL_VALUE_NUMBER:
        pal_double_text(value->number, text);
        pal_buffer_append_text(out, text);
        break;
    case PAL_VALUE_DAY:
        pal_day_text((int32_t)value->integer, text);
        pal_buffer_append_text(out, text);
        break;
    case PAL_VALUE_TEXT:
        pal_buffer_append_view(out, value->text);
        break;
    }
}

const char *study_text(struct study *study, const char *sql)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    struct pal_buffer out;
    pal_buffer_init(&out, sizeof study->text - 1);
    pal_status status =
        pal_store_query(study->store, pal_view_of(sql), NULL, 0, &cursor, &err);
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, &err);
    }
    while (status == PAL_OK && row != NULL) {
        for (size_t i = 0; i < pal_cursor_column_count(cursor); i++) {
            pal_buffer_append_text(&out, i > 0 ? "|" : out.size > 0 ? ";" : "");
            put_cell(&out, &row[i]);
        }
        status = pal_cursor_next(cursor, &row, &err);
    }
    pal_cursor_close(cursor);
    if (status != PAL_OK) {
        fail_msg("%s: %s", sql, err.text);
    }
    assert_int_equal(PAL_OK, pal_buffer_status(&out, NULL));
    (void)snprintf(study->text, sizeof study->text, "%.*s",
                   PAL_VIEW_ARG(pal_buffer_view(&out)));
    pal_buffer_clear(&out);
    return study->text;
}

int64_t study_count(struct study *study, const char *sql)
{
    int64_t count = -1;
    assert_true(pal_parse_i64(pal_view_of(study_text(study, sql)), INT64_MIN, INT64_MAX,
                              &count));
    return count;
}

void study_build(struct study *study)
{
    struct pal_error err = {PAL_OK, ""};
    if (pal_model_build(study->store, NULL, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
}

void study_sheet(struct study *study, int sheet_id, const char *table,
                 const char *release, const char *fields)
{
    char name[32];
    char digest[65];
    struct pal_view rest = pal_view_of(fields);
    struct pal_view field;
    (void)snprintf(name, sizeof name, "file%03d.csv", sheet_id);
    (void)snprintf(digest, sizeof digest, "%064d", sheet_id);
    struct pal_value file[] = {integer_of(sheet_id), text_of(name), text_of(digest),
                               text_of(release)};
    run_values(
        study,
        "INSERT INTO file (file_id, file, path, sha256, size, release_name, form) "
        "VALUES ($1, $2, $2, $3, 1, $4, 'csv')",
        file, COUNT_OF(file));
    struct pal_value sheet[] = {integer_of(sheet_id), text_of(table)};
    run_values(
        study,
        "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, "
        "encoding, delimiter, rows_read, rows_stored, rows_rejected, rows_blank) "
        "VALUES ($1, $1, 'Sheet', '', $2, 'csv', '', '', 0, 0, 0, 0)",
        sheet, COUNT_OF(sheet));
    for (int i = 0; fields[0] != '\0' && pal_view_split(&rest, ' ', &field); i++) {
        struct pal_value column[] = {integer_of(sheet_id),
                                     integer_of(i),
                                     {.kind = PAL_VALUE_TEXT, .text = field}};
        run_values(
            study,
            "INSERT INTO sheet_column (sheet_id, column_index, header, field, "
            "sensitivity, is_known, filled, missing, redacted, failed, withheld) "
            "VALUES ($1, $2, $3, $3, 'public', TRUE, 0, 0, 0, 0, 0)",
            column, COUNT_OF(column));
    }
}

void study_period(struct study *study, int sheet_id, const char *title,
                  const char *first, const char *last)
{
    struct pal_value values[] = {integer_of(sheet_id), text_of(title), text_of(first),
                                 text_of(last)};
    run_values(study,
               "UPDATE sheet SET title = $2, period_first = CAST($3 AS DATE), "
               "period_last = CAST($4 AS DATE) WHERE sheet_id = $1",
               values, COUNT_OF(values));
}

static void put_term(struct study *study, const char *text)
{
    struct pal_value value = text_of(text);
    if (text != NULL) {
        run_values(study,
                   "INSERT INTO term SELECT (SELECT count(*) FROM term), $1 "
                   "WHERE NOT EXISTS (SELECT 1 FROM term WHERE text = $1)",
                   &value, 1);
    }
}

void study_arrests(struct study *study, const struct study_arrest *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct pal_value values[] = {
            integer_of(rows[i].sheet_id), integer_of(rows[i].row),
            text_of(rows[i].id),          text_of(study->salt),
            text_of(rows[i].date),        text_of(rows[i].time),
            text_of(rows[i].method),      text_of(rows[i].area)};
        put_term(study, rows[i].method);
        put_term(study, rows[i].area);
        run_values(
            study,
            "INSERT INTO arrest_row (sheet_id, row, redacted, failed, "
            "unique_identifier, apprehension_date, apprehension_date_time, "
            "apprehension_method, apprehension_aor) "
            "SELECT $1, $2, 0, 0, CAST(md5($4 || $3) AS UUID), CAST($5 AS DATE), "
            "CAST($5 || ' ' || $6 AS TIMESTAMP), "
            "(SELECT term_id FROM term WHERE text = $7), "
            "(SELECT term_id FROM term WHERE text = $8)",
            values, COUNT_OF(values));
    }
    study_run(study,
              "UPDATE sheet SET rows_stored = (SELECT count(*) FROM arrest_row AS r "
              "WHERE r.sheet_id = sheet.sheet_id), rows_read = (SELECT count(*) "
              "FROM arrest_row AS r WHERE r.sheet_id = sheet.sheet_id) "
              "WHERE table_name = 'arrest'");
}

void study_stints(struct study *study, const struct study_stint *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct pal_value values[] = {
            integer_of(rows[i].sheet_id), integer_of(rows[i].row),
            text_of(rows[i].id),          text_of(study->salt),
            text_of(rows[i].stay_in),     text_of(rows[i].stay_out),
            text_of(rows[i].facility),    text_of(rows[i].in),
            text_of(rows[i].out)};
        put_term(study, rows[i].facility);
        run_values(
            study,
            "INSERT INTO stint_row (sheet_id, row, redacted, failed, "
            "unique_identifier, stay_book_in_date_time, stay_book_out_date_time, "
            "detention_facility_code, book_in_date_time, book_out_date_time) "
            "SELECT $1, $2, 0, 0, CAST(md5($4 || $3) AS UUID), "
            "CAST($5 AS TIMESTAMP), CAST($6 AS TIMESTAMP), "
            "(SELECT term_id FROM term WHERE text = $7), CAST($8 AS TIMESTAMP), "
            "CAST($9 AS TIMESTAMP)",
            values, COUNT_OF(values));
    }
    study_run(study,
              "UPDATE sheet SET rows_stored = (SELECT count(*) FROM stint_row AS r "
              "WHERE r.sheet_id = sheet.sheet_id), rows_read = (SELECT count(*) "
              "FROM stint_row AS r WHERE r.sheet_id = sheet.sheet_id) "
              "WHERE table_name = 'stint'");
}
