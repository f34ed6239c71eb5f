#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "helper_study.h"

enum { COLUMN_LIST_SIZE_MAX = 64 * 1024 };

static const enum pal_table row_tables[] = {
    PAL_TABLE_ARREST, PAL_TABLE_DETAINER,   PAL_TABLE_ENCOUNTER, PAL_TABLE_REMOVAL,
    PAL_TABLE_STINT,  PAL_TABLE_HEAD_COUNT, PAL_TABLE_AREA_STATE};

static const struct {
    const char *stored;
    const char *shown;
} types[] = {
    [PAL_FIELD_DATE] = {"DATE", "DATE"},
    [PAL_FIELD_DATE_TIME] = {"TIMESTAMP", "TIMESTAMP"},
    [PAL_FIELD_CATEGORY] = {"INTEGER", "VARCHAR"},
    [PAL_FIELD_AREA] = {"INTEGER", "VARCHAR"},
    [PAL_FIELD_INTEGER] = {"BIGINT", "BIGINT"},
    [PAL_FIELD_NUMBER] = {"DOUBLE", "DOUBLE"},
    [PAL_FIELD_IDENTIFIER] = {"UUID", "UUID"},
    [PAL_FIELD_RELEASED_ID] = {"INTEGER", "VARCHAR"},
};

static bool is_text(enum pal_field_type type)
{
    return strcmp(types[type].shown, "VARCHAR") == 0;
}

static bool is_flagged(enum pal_table table)
{
    return table != PAL_TABLE_HEAD_COUNT && table != PAL_TABLE_AREA_STATE;
}

/* "name|type;..." of a table or view as the study has it. */
static char *columns_of(struct pal_store *store, const char *table, const char *suffix)
{
    char statement[256];
    (void)snprintf(statement, sizeof statement,
                   "SELECT column_name, column_type FROM (DESCRIBE %s%s)", table,
                   suffix);
    return study_text(store, statement);
}

static void row_tables_hold_the_fields_of_the_dictionary_in_order(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_dictionary *dictionary = NULL;
    struct pal_buffer want;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    assert_ok(pal_dictionary_open(&dictionary, &err), &err);
    pal_buffer_init(&want, COLUMN_LIST_SIZE_MAX);
    for (size_t t = 0; t < sizeof row_tables / sizeof row_tables[0]; t++) {
        const struct pal_field *fields = NULL;
        size_t count = pal_dictionary_fields(dictionary, row_tables[t], &fields);
        assert_true(count > 0 && count <= PAL_FIELD_MAX);
        pal_buffer_reset(&want);
        pal_buffer_append_text(
            &want, "sheet_id|INTEGER;row|BIGINT;redacted|BIGINT;failed|BIGINT");
        for (size_t i = 0; i < count; i++) {
            pal_buffer_append_format(&want, ";%.*s|%s", PAL_VIEW_ARG(fields[i].name),
                                     types[fields[i].type].stored);
        }
        char *got = columns_of(store, pal_table_name(row_tables[t]), "_row");
        assert_string_equal(got, want.data);
        pal_free(got);
    }
    pal_buffer_clear(&want);
    pal_dictionary_close(dictionary);
    pal_store_close(store);
}

/* The day of a time that no date beside it gives: times are private, their days are not. */
static void add_day_of(enum pal_table table, struct pal_view field,
                       struct pal_buffer *want)
{
    static const struct {
        enum pal_table table;
        const char *field;
        const char *day;
    } days[] = {
        {PAL_TABLE_ARREST, "book_in_date_time", "book_in_date"},
        {PAL_TABLE_ARREST, "book_out_date_time", "book_out_date"},
        {PAL_TABLE_STINT, "stay_book_in_date_time", "stay_book_in_date"},
        {PAL_TABLE_STINT, "book_in_date_time", "book_in_date"},
        {PAL_TABLE_STINT, "book_out_date_time", "book_out_date"},
        {PAL_TABLE_STINT, "stay_book_out_date_time", "stay_book_out_day"},
    };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        if (days[i].table == table &&
            pal_view_is_equal(field, pal_view_of(days[i].field))) {
            pal_buffer_append_format(want, ";%s|DATE;%s_status|VARCHAR", days[i].day,
                                     days[i].day);
        }
    }
}

static void views_show_every_field_and_the_status_of_those_that_are_no_text(
    void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_dictionary *dictionary = NULL;
    struct pal_buffer want;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    assert_ok(pal_dictionary_open(&dictionary, &err), &err);
    pal_buffer_init(&want, COLUMN_LIST_SIZE_MAX);
    for (size_t t = 0; t < sizeof row_tables / sizeof row_tables[0]; t++) {
        const struct pal_field *fields = NULL;
        size_t count = pal_dictionary_fields(dictionary, row_tables[t], &fields);
        pal_buffer_reset(&want);
        pal_buffer_append_text(&want, "file_id|INTEGER;sheet|VARCHAR;row|BIGINT;"
                                      "sheet_id|INTEGER;release_name|VARCHAR");
        for (size_t i = 0; i < count; i++) {
            pal_buffer_append_format(&want, ";%.*s|%s", PAL_VIEW_ARG(fields[i].name),
                                     types[fields[i].type].shown);
            if (!is_text(fields[i].type)) {
                pal_buffer_append_format(&want, ";%.*s_status|VARCHAR",
                                         PAL_VIEW_ARG(fields[i].name));
            }
            add_day_of(row_tables[t], fields[i].name, &want);
        }
        if (is_flagged(row_tables[t])) {
            pal_buffer_append_text(
                &want, ";episode|INTEGER;duplicate_likely|BOOLEAN;"
                       "duplicate_episode_first|BOOLEAN;duplicate_drop_row|BOOLEAN;"
                       "duplicate_reason|VARCHAR;duplicate_rule_version|VARCHAR");
        }
        char *got = columns_of(store, pal_table_name(row_tables[t]), "");
        assert_string_equal(got, want.data);
        pal_free(got);
    }
    pal_buffer_clear(&want);
    pal_dictionary_close(dictionary);
    pal_store_close(store);
}

static void days_of_times_have_a_comment(void **state)
{
    (void)state;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    char *missing = study_text(
        store, "SELECT table_name, column_name FROM duckdb_columns() WHERE "
               "table_name IN ('stint', 'stay') AND data_type = 'DATE' AND "
               "column_name SIMILAR TO '.*(book_(in|out)_da(te|y)|end_date).*' "
               "AND column_name <> 'stay_book_out_date' AND "
               "coalesce(comment, '') = ''");
    assert_string_equal(missing, "");
    assert_int_equal(study_number(store, "SELECT count(*) FROM duckdb_columns() WHERE "
                                         "table_name = 'stay' AND data_type = 'DATE' "
                                         "AND comment <> ''"),
                     9);
    pal_free(missing);
    pal_store_close(store);
}

static void every_column_of_a_table_has_a_comment(void **state)
{
    (void)state;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    char *missing = study_text(
        store,
        "SELECT c.table_name, c.column_name FROM duckdb_columns() AS c JOIN "
        "duckdb_tables() AS t ON t.table_oid = c.table_oid WHERE NOT c.internal AND "
        "coalesce(c.comment, '') = '' ORDER BY 1, 2");
    assert_string_equal(missing, "");
    assert_true(study_number(store,
                             "SELECT count(*) FROM duckdb_columns() WHERE NOT internal "
                             "AND comment <> ''") > 250);
    pal_free(missing);
    pal_store_close(store);
}

static void every_view_can_be_read_when_it_is_empty(void **state)
{
    (void)state;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    char statement[128];
    for (size_t t = 0; t < sizeof row_tables / sizeof row_tables[0]; t++) {
        (void)snprintf(statement, sizeof statement, "FROM %s",
                       pal_table_name(row_tables[t]));
        char *rows = study_text(store, statement);
        assert_string_equal(rows, "");
        pal_free(rows);
    }
    assert_int_equal(study_number(store, "SELECT count(*) FROM custody_statistic"), 0);
    pal_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_tables_hold_the_fields_of_the_dictionary_in_order),
        cmocka_unit_test(
            views_show_every_field_and_the_status_of_those_that_are_no_text),
        cmocka_unit_test(days_of_times_have_a_comment),
        cmocka_unit_test(every_column_of_a_table_has_a_comment),
        cmocka_unit_test(every_view_can_be_read_when_it_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
