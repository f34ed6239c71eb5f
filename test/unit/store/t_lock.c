#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "helper_study.h"

static struct pal_store *locked_study(void)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    assert_ok(study_import(store, "a.xlsx",
                           (struct made_rows){PAL_TABLE_ARREST, 7, 3000}, true, &err),
              &err);
    assert_ok(pal_store_lock(store, &err), &err);
    assert_ok(pal_store_lock(store, &err), &err);
    return store;
}

static void a_locked_study_answers_statements_that_read(void **state)
{
    (void)state;
    struct pal_store *store = locked_study();
    static const char *const statements[] = {
        "SELECT count(*) FROM arrest",
        "SELECT count(*) FROM arrest;",
        "WITH a AS (SELECT 3000 AS n) SELECT n FROM a",
        "FROM (VALUES (3000))",
    };
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        assert_int_equal(study_number(store, statements[i]), 3000);
    }
    char *plan = study_text(store, "EXPLAIN SELECT gender FROM arrest");
    assert_true(strlen(plan) > 100);
    pal_free(plan);
    char *rows = study_text(store, "SELECT \"row\" FROM arrest ORDER BY \"row\"");
    assert_non_null(strstr(rows, ";3006"));
    pal_free(rows);
    pal_store_close(store);
}

static void anything_else_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    static const char *const statements[] = {
        "",
        "   -- only a remark",
        "SELEC 1",
        "SELECT nothing FROM arrest",
        "SELECT CAST(sheet AS INTEGER) FROM arrest",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE study",
        "DROP TABLE study",
        "DELETE FROM arrest_row",
        "UPDATE study SET value = 'x'",
        "INSERT INTO study VALUES ('a', 'b')",
        "WITH a AS (SELECT 1) INSERT INTO study SELECT 'a', 'b'",
        "CREATE TABLE t (i INTEGER)",
        "CREATE TEMP TABLE t AS SELECT 1",
        "CREATE MACRO m(a) AS a",
        "ALTER TABLE study RENAME TO s",
        "EXPLAIN ANALYZE DELETE FROM arrest_row",
        "EXPLAIN ANALYZE INSERT INTO study VALUES ('a', 'b')",
        "PIVOT arrest ON gender",
        "ATTACH '/tmp/x.duckdb'",
        "DETACH memory",
        "COPY arrest TO '/tmp/pal_store_lock.csv'",
        "COPY study FROM '/etc/passwd'",
        "EXPORT DATABASE '/tmp/pal_store_lock'",
        "EXPLAIN ANALYZE COPY arrest TO '/tmp/pal_store_lock.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_parquet('https://example.com/a.parquet')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '10GB'",
        "RESET lock_configuration",
        "PRAGMA memory_limit = '10GB'",
        "CALL pragma_version()",
        "CHECKPOINT",
        "BEGIN",
        "COMMIT",
        "VACUUM",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "SELECT $1",
        "SELECT [1, 2]",
    };
    struct pal_store *store = locked_study();
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        struct pal_error err = {PAL_OK, ""};
        struct pal_cursor *cursor = NULL;
        const struct pal_value *row = NULL;
        pal_status status =
            pal_store_query(store, pal_view_of(statements[i]), NULL, 0, &cursor, &err);
        if (status == PAL_OK) {
            status = pal_cursor_next(cursor, &row, &err);
        }
        pal_cursor_close(cursor);
        if ((status != PAL_USAGE && status != PAL_IO) || err.status != status ||
            err.text[0] == '\0') {
            fail_msg("%s: %s: %s", statements[i], pal_status_text(status), err.text);
        }
    }
    assert_int_not_equal(access("/tmp/pal_store_lock.csv", F_OK), 0);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest_record"), 3000);
    pal_store_close(store);
}

static void the_key_of_a_study_is_shown_by_no_statement(void **state)
{
    (void)state;
    static const char *const statements[] = {
        "SELECT * FROM study",
        "TABLE study",
        "FROM main.study SELECT value",
        "SELECT \"VALUE\" FROM \"Study\" WHERE key = 'study_key'",
        "SELECT (SELECT max(value) FROM study) FROM arrest LIMIT 1",
        "WITH s AS (SELECT * FROM study) SELECT * FROM s",
        "SELECT s FROM study AS s",
        "SELECT 1 FROM arrest WHERE 'e' < ANY (SELECT value FROM study)",
        "SELECT * FROM query_table('stu' || 'dy')",
        "SELECT * FROM query('SELECT * FROM ' || 'study')",
        "SUMMARIZE study",
        "SELECT stats FROM pragma_storage_info('study')",
        "PRAGMA storage_info('study')",
        "EXPLAIN ANALYZE SELECT 1 FROM study WHERE value LIKE 'e%'",
        "EXPLAIN (ANALYZE, FORMAT JSON) SELECT 1 FROM study WHERE value LIKE 'e%'",
        "explain /* */ analyze select 1 from study where value like 'e%'",
    };
    struct pal_store *store = locked_study();
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        struct pal_error err = {PAL_OK, ""};
        struct pal_cursor *cursor = NULL;
        if (pal_store_query(store, pal_view_of(statements[i]), NULL, 0, &cursor,
                            &err) != PAL_USAGE) {
            fail_msg("%s is answered", statements[i]);
        }
        assert_null(cursor);
    }
    pal_free(study_text(store, "SELECT count(*) FROM study_setting"));
    pal_free(study_text(store, "WITH study AS (SELECT 1) SELECT * FROM study"));
    pal_free(study_text(store, "SHOW TABLES"));
    pal_free(study_text(store, "DESCRIBE arrest"));
    pal_store_close(store);
}

static void a_locked_study_neither_imports_nor_exports(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = locked_study();
    assert_int_equal(study_import(store, "b.xlsx",
                                  (struct made_rows){PAL_TABLE_ARREST, 7, 1}, true,
                                  &err),
                     PAL_BUG);
    assert_int_equal(pal_store_export(store, "arrest", "csv", "/tmp/pal_store_lock.csv",
                                      false, &err),
                     PAL_BUG);
    assert_int_equal(pal_store_run_script(store, PAL_VIEW("SELECT 1"), &err), PAL_BUG);
    pal_store_close(store);
}

static void one_statement_is_answered_at_a_time(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_cursor *one = NULL;
    struct pal_cursor *two = NULL;
    const struct pal_value *row = NULL;
    struct pal_store *store = locked_study();
    assert_ok(pal_store_query(store, PAL_VIEW("SELECT \"row\" FROM arrest"), NULL, 0,
                              &one, &err),
              &err);
    assert_ok(pal_cursor_next(one, &row, &err), &err);
    assert_int_equal(pal_store_query(store, PAL_VIEW("SELECT 1"), NULL, 0, &two, &err),
                     PAL_BUG);
    pal_cursor_close(one);
    assert_int_equal(study_number(store, "SELECT 1"), 1);
    pal_store_close(store);
}

static void an_error_that_comes_after_the_first_rows_is_told(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status status = PAL_OK;
    int64_t count = 0;
    struct pal_store *store = locked_study();
    assert_ok(pal_store_query(store,
                              PAL_VIEW("SELECT CASE WHEN i < 900000 THEN i ELSE "
                                       "CAST('no number' || i AS BIGINT) END FROM "
                                       "range(1000000) AS r(i)"),
                              NULL, 0, &cursor, &err),
              &err);
    status = pal_cursor_next(cursor, &row, &err);
    while (status == PAL_OK && row != NULL) {
        count++;
        status = pal_cursor_next(cursor, &row, &err);
    }
    assert_int_equal(status, PAL_USAGE);
    assert_true(count > 0);
    assert_non_null(strstr(err.text, "no number"));
    pal_cursor_close(cursor);
    assert_int_equal(study_number(store, "SELECT 1"), 1);
    pal_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_locked_study_answers_statements_that_read),
        cmocka_unit_test(anything_else_is_refused_and_changes_nothing),
        cmocka_unit_test(the_key_of_a_study_is_shown_by_no_statement),
        cmocka_unit_test(a_locked_study_neither_imports_nor_exports),
        cmocka_unit_test(one_statement_is_answered_at_a_time),
        cmocka_unit_test(an_error_that_comes_after_the_first_rows_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
