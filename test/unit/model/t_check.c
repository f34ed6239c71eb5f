#include "study.h"

#include <stdio.h>
#include <string.h>

#include "model/check_internal.h"

/* The result of a rule for one table and release, NULL when there is none. */
static const struct pal_check *find(const struct pal_check_list *list, const char *rule,
                                    const char *table)
{
    for (size_t i = 0; i < list->count; i++) {
        if (pal_view_is_equal(list->checks[i].rule, pal_view_of(rule)) &&
            pal_view_is_equal(list->checks[i].table, pal_view_of(table))) {
            return &list->checks[i];
        }
    }
    return NULL;
}

static struct pal_check_list *check(struct study *study)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_check_list *list = NULL;
    if (pal_model_check(study->store, &list, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
    return list;
}

/* 1000 arrests of which `sql` then spoils some. */
static const struct {
    const char *label;
    const char *spoil;
    const char *rule;
    enum pal_check_level level;
    int64_t n;
    int64_t total;
} cases[] = {
    {"all is well", "DELETE FROM note", "missing_id", PAL_CHECK_OK, 0, 1000},
    {"20 of 1000 without an id pass",
     "UPDATE arrest_row SET unique_identifier = NULL WHERE row < 20", "missing_id",
     PAL_CHECK_OK, 20, 1000},
    {"21 of 1000 warn", "UPDATE arrest_row SET unique_identifier = NULL WHERE row < 21",
     "missing_id", PAL_CHECK_WARN, 21, 1000},
    {"51 of 1000 stop", "UPDATE arrest_row SET unique_identifier = NULL WHERE row < 51",
     "missing_id", PAL_CHECK_STOP, 51, 1000},
    {"a release without an id column is not recorded",
     "UPDATE arrest_row SET unique_identifier = NULL; DELETE FROM sheet_column WHERE "
     "field = 'unique_identifier'",
     "missing_id", PAL_CHECK_NOT_RECORDED, 0, 0},
    {"two rows without a date warn",
     "UPDATE arrest_row SET apprehension_date = NULL WHERE row < 2", "missing_date",
     PAL_CHECK_WARN, 2, 1000},
    {"eleven stop", "UPDATE arrest_row SET apprehension_date = NULL WHERE row < 11",
     "missing_date", PAL_CHECK_STOP, 11, 1000},
    {"an arrest after the departure",
     "UPDATE arrest_row SET departed_date = apprehension_date + CASE WHEN row < 3 THEN "
     "-1 "
     "ELSE 1 END",
     "order", PAL_CHECK_WARN, 3, 1000},
    {"a gender outside the list",
     "INSERT INTO term VALUES (50, 'male'); UPDATE arrest_row SET gender = 50 WHERE "
     "row < 1",
     "gender", PAL_CHECK_WARN, 1, 1000},
    {"NA is a threat level",
     "INSERT INTO term VALUES (50, 'NA'); UPDATE arrest_row SET case_threat_level = 50",
     "threat_level", PAL_CHECK_OK, 0, 1000},
    {"a departure without a country",
     "UPDATE arrest_row SET departed_date = apprehension_date WHERE row < 10",
     "departure_country", PAL_CHECK_STOP, 10, 10},
    {"a final order where there is none",
     "INSERT INTO term VALUES (50, 'NO'), (51, 'YES'); UPDATE arrest_row SET "
     "final_order_date = apprehension_date, final_order_yes_no = CASE WHEN row < 11 "
     "THEN 50 "
     "ELSE 51 END",
     "final_order", PAL_CHECK_WARN, 11, 1000},
    {"born before 1900, and after the last day of the study",
     "UPDATE arrest_row SET birth_year = CASE WHEN row = 0 THEN 1899 WHEN row = 1 THEN "
     "2027 "
     "ELSE 2026 END",
     "birth_year", PAL_CHECK_WARN, 2, 1000},
    {"outside the period of the title, and kept",
     "UPDATE sheet SET period_first = DATE '2026-01-01', period_last = DATE "
     "'2026-01-30'",
     "out_of_period", PAL_CHECK_WARN, 100, 1000},
    {"a far future date after the cut-off",
     "UPDATE arrest_row SET apprehension_date = DATE '2026-09-17' WHERE row = 0",
     "after_cut_off", PAL_CHECK_WARN, 1, 1000},
    {"an account that does not add up", "UPDATE sheet SET rows_read = 1001", "accounts",
     PAL_CHECK_STOP, 1, 1},
    {"a row that vanished", "DELETE FROM arrest_row WHERE row = 5", "stored_rows",
     PAL_CHECK_STOP, 1, 1000},
    {"rejected rows", "UPDATE sheet SET rows_read = 1010, rows_rejected = 10",
     "rejected_rows", PAL_CHECK_WARN, 10, 1010},
    {"a column that nobody knows",
     "UPDATE sheet_column SET is_known = FALSE, field = NULL WHERE field = 'operation'",
     "unknown_columns", PAL_CHECK_WARN, 1, 13},
};

static void open_thousand(struct study *study)
{
    study_open(study);
    study_sheet(
        study, 1, "arrest", "R1",
        "unique_identifier apprehension_date gender case_threat_level departed_date "
        "departure_country final_order_date final_order_yes_no birth_year "
        "apprehension_aor operation apprehension_method citizenship_country");
    study_run(study, "INSERT INTO term VALUES (0, 'Male'), (1, '3')");
    study_run(study, "INSERT INTO arrest_row (sheet_id, row, redacted, failed, "
                     "unique_identifier, apprehension_date, gender, case_threat_level) "
                     "SELECT 1, i, 0, 0, CAST(md5(CAST(i AS VARCHAR)) AS UUID), "
                     "DATE '2026-01-01' + CAST(i // 30 AS INTEGER), 0, 1 "
                     "FROM range(1000) AS r (i)");
    study_run(study, "UPDATE sheet SET rows_read = 1000, rows_stored = 1000");
}

static void each_rule_passes_warns_and_stops_at_its_share(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct study study;
        struct pal_error err = {PAL_OK, ""};
        open_thousand(&study);
        if (pal_store_run_script(study.store, pal_view_of(cases[i].spoil), &err) !=
            PAL_OK) {
            fail_msg("%s: %s", cases[i].label, err.text);
        }
        struct pal_check_list *list = check(&study);
        const struct pal_check *found = find(list, cases[i].rule, "arrest");
        if (found == NULL || found->level != cases[i].level || found->n != cases[i].n ||
            found->total != cases[i].total) {
            fail_msg("%s: %s, %lld of %lld", cases[i].label,
                     found == NULL ? "nothing" : pal_check_level_text(found->level),
                     (long long)(found == NULL ? -1 : found->n),
                     (long long)(found == NULL ? -1 : found->total));
        }
        pal_check_list_free(list);
        study_close(&study);
    }
}

/* Two sheets of 600 arrests over 20 days in three areas; `area` is an expression over the row
 * of the second. */
static void open_twice(struct study *study, const char *fields, const char *id,
                       const char *area)
{
    char sql[512];
    study_open(study);
    study_sheet(study, 1, "arrest", "R1", fields);
    study_sheet(study, 2, "arrest", "R1", fields);
    study_run(study,
              "INSERT INTO term VALUES (0, 'Boston'), (1, 'Dallas'), (2, 'Miami')");
    for (int sheet = 1; sheet <= 2; sheet++) {
        (void)snprintf(sql, sizeof sql,
                       "INSERT INTO arrest_row (sheet_id, row, redacted, failed, "
                       "unique_identifier, apprehension_date, apprehension_aor) "
                       "SELECT %d, i, 0, 0, %s, DATE '2026-01-01' + CAST(i %% 20 AS "
                       "INTEGER), %s FROM range(600) AS r (i)",
                       sheet, id, sheet == 1 ? "(i * i) // 7 % 3" : area);
        study_run(study, sql);
    }
    study_run(study, "UPDATE sheet SET rows_read = 600, rows_stored = 600");
}

static void rows_without_ids_on_two_sheets_stop(void **state)
{
    static const struct {
        const char *label;
        const char *fields;
        const char *id;
        const char *area;
        enum pal_check_level level;
        int64_t n;
    } rows[] = {
        {"the same rows twice", "apprehension_date apprehension_aor", "NULL",
         "(i * i) // 7 % 3", PAL_CHECK_STOP, 600},
        {"other rows of the same days", "apprehension_date apprehension_aor", "NULL",
         "(i * i * i + 5) // 11 % 3", PAL_CHECK_OK, 0},
        {"ids tell", "unique_identifier apprehension_date apprehension_aor",
         "CAST(md5(CAST(i AS VARCHAR)) AS UUID)", "(i * i) // 7 % 3", PAL_CHECK_OK, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct study study;
        open_twice(&study, rows[i].fields, rows[i].id, rows[i].area);
        struct pal_check_list *list = check(&study);
        const struct pal_check *found = find(list, "repeated_sheets", "arrest");
        assert_non_null(found);
        if (found->level != rows[i].level || found->n != rows[i].n ||
            found->total != 1200) {
            fail_msg("%s: %s, %lld of %lld", rows[i].label,
                     pal_check_level_text(found->level), (long long)found->n,
                     (long long)found->total);
        }
        pal_check_list_free(list);
        study_close(&study);
    }
}

static void a_tenth_of_the_detainers_without_an_id_is_nothing_new(void **state)
{
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "detainer", "R1", "unique_identifier detainer_prepare_date");
    study_run(&study,
              "INSERT INTO detainer_row (sheet_id, row, redacted, failed, "
              "unique_identifier, detainer_prepare_date) SELECT 1, i, 0, 0, "
              "CASE WHEN i % 8 > 0 THEN CAST(md5(CAST(i AS VARCHAR)) AS UUID) END, "
              "DATE '2026-01-01' FROM range(800) AS r (i)");
    study_run(&study, "UPDATE sheet SET rows_read = 800, rows_stored = 800");
    struct pal_check_list *list = check(&study);
    const struct pal_check *found = find(list, "missing_id", "detainer");
    assert_non_null(found);
    assert_int_equal(PAL_CHECK_OK, found->level);
    assert_int_equal(100, found->n);
    assert_true(found->share == 0.125);
    pal_check_list_free(list);
    study_close(&study);
}

static void a_build_keeps_what_the_rules_found(void **state)
{
    struct study study;
    (void)state;
    open_thousand(&study);
    study_build(&study);
    struct pal_check_list *list = check(&study);
    assert_int_equal(list->count,
                     study_count(&study, "SELECT count(*) FROM check_result"));
    assert_int_equal(PAL_CHECK_NOT_RECORDED, PAL_CHECK_OK + 1);
    assert_int_equal(0, study_count(&study, "SELECT count(*) FROM check_result "
                                            "WHERE level = 'stop'"));
    assert_string_equal("ok|0|0|1000|0.02",
                        study_text(&study,
                                   "SELECT level, share, n, total, threshold "
                                   "FROM check_result WHERE rule = 'missing_id'"));
    pal_check_list_free(list);
    study_close(&study);
}

/* Every line of the table names a statement, a table, and columns that exist. */
static void every_rule_of_the_table_can_be_run(void **state)
{
    bool has = true;
    size_t count = 0;
    struct pal_error err = {PAL_OK, ""};
    struct pal_view rest = pal_check_rules_text();
    (void)state;
    while (has) {
        struct pal_check_rule rule;
        assert_int_equal(PAL_OK, pal_check_rule_next(&rest, &rule, &has, &err));
        if (has) {
            count++;
            assert_true(rule.rule.size > 0 && rule.text.size > 0);
            assert_true(rule.stop < 0 || rule.warn <= rule.stop);
        }
    }
    assert_true(count > 50);
    struct study study;
    study_open(&study);
    for (int i = 0; i < PAL_MODEL_TABLE_COUNT; i++) {
        study_sheet(&study, i + 1, pal_model_tables[i], "R1", "unique_identifier");
    }
    study_build(&study);
    struct pal_check_list *list = check(&study);
    assert_true(list->count >= count);
    pal_check_list_free(list);
    study_close(&study);
}

static void a_list_of_no_results_is_well_and_may_be_freed_twice_over(void **state)
{
    struct study study;
    (void)state;
    study_open(&study);
    struct pal_check_list *list = check(&study);
    assert_int_equal(0, list->count);
    assert_int_equal(PAL_CHECK_OK, pal_check_list_level(list));
    pal_check_list_free(list);
    pal_check_list_free(NULL);
    study_close(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_passes_warns_and_stops_at_its_share),
        cmocka_unit_test(rows_without_ids_on_two_sheets_stop),
        cmocka_unit_test(a_tenth_of_the_detainers_without_an_id_is_nothing_new),
        cmocka_unit_test(a_build_keeps_what_the_rules_found),
        cmocka_unit_test(every_rule_of_the_table_can_be_run),
        cmocka_unit_test(a_list_of_no_results_is_well_and_may_be_freed_twice_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
