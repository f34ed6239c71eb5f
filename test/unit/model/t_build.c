#include "study.h"

#include <stdio.h>
#include <string.h>

#define ARREST_FIELDS "unique_identifier apprehension_date apprehension_date_time"
#define STINT_FIELDS                                                                   \
    "unique_identifier stay_book_in_date_time stay_book_out_date_time "                \
    "book_in_date_time book_out_date_time detention_facility_code"

enum { MANY = 600, COLLECT_MAX = 1024 * 1024 };

/* Everything that a build makes, without the ids. */
static const char *const made[] = {
    "SELECT sheet_id, row, episode, duplicate_likely, duplicate_episode_first, "
    "duplicate_drop_row, reason FROM arrest_flag ORDER BY 1, 2",
    "SELECT sheet_id, row, episode, duplicate_likely, duplicate_drop_row, reason "
    "FROM stint_flag ORDER BY 1, 2",
    "SELECT stay_number, sheet_id, row, n_stints, n_stays, stay_length_days, "
    "detention_facility_codes_all FROM stay ORDER BY 1",
    "SELECT sheet_id, row, stay_number, lag_hours, round FROM arrest_stay ORDER BY 1, "
    "2",
    "SELECT * FROM rule_count ORDER BY table_name, rule",
    "SELECT * FROM coverage ORDER BY table_name, first_day",
};

/* Arrests and spells of 60 ids, some rows without one; put in the order `order` gives. */
static void fill(struct study *study, const char *salt, const char *order)
{
    struct pal_value value = {.kind = PAL_VALUE_TEXT, .text = pal_view_of(salt)};
    char sql[2048];
    study_open(study);
    study_sheet(study, 1, "arrest", "R1", ARREST_FIELDS);
    study_sheet(study, 2, "stint", "R1", STINT_FIELDS);
    study_run(study, "INSERT INTO term VALUES (0, 'F'), (1, 'G'), (2, 'H'), "
                     "(3, 'ERO Reprocessed Arrest'), (4, 'Located')");
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO arrest_row (sheet_id, row, redacted, failed, "
                   "unique_identifier, apprehension_date, apprehension_date_time, "
                   "apprehension_method) "
                   "SELECT 1, i, 0, 0, CASE WHEN i %% 11 > 0 THEN "
                   "CAST(md5($1 || CAST(i %% 60 AS VARCHAR)) AS UUID) END, "
                   "CAST(t AS DATE), CASE WHEN i %% 7 > 0 THEN t END, 3 + i %% 2 "
                   "FROM (SELECT i, TIMESTAMP '2026-01-01 00:30:00' + "
                   "to_hours(CAST((i * 7919) %% 331 AS INTEGER)) AS t "
                   "FROM range(%d) AS r (i)) ORDER BY %s",
                   MANY, order);
    assert_int_equal(PAL_OK,
                     pal_store_run(study->store, pal_view_of(sql), &value, 1, NULL));
    (void)snprintf(
        sql, sizeof sql,
        "INSERT INTO stint_row (sheet_id, row, redacted, failed, "
        "unique_identifier, stay_book_in_date_time, book_in_date_time, "
        "book_out_date_time, detention_facility_code) "
        "SELECT 2, i, 0, 0, CASE WHEN i %% 13 > 0 THEN "
        "CAST(md5($1 || CAST(i %% 60 AS VARCHAR)) AS UUID) END, "
        "CAST(CAST(t AS DATE) AS TIMESTAMP) + to_hours(1), t, "
        "CASE WHEN i %% 5 > 0 THEN t + to_hours(CAST(i %% 9 AS INTEGER)) END, "
        "i %% 3 FROM (SELECT i, TIMESTAMP '2026-01-01 02:30:00' + "
        "to_hours(CAST((i * 104729) %% 337 AS INTEGER)) AS t "
        "FROM range(%d) AS r (i)) ORDER BY %s",
        MANY, order);
    assert_int_equal(PAL_OK,
                     pal_store_run(study->store, pal_view_of(sql), &value, 1, NULL));
}

static void collect(struct study *study, struct pal_buffer *out)
{
    for (size_t i = 0; i < COUNT_OF(made); i++) {
        pal_buffer_append_text(out, study_text(study, made[i]));
        pal_buffer_append_char(out, '\n');
    }
    assert_int_equal(PAL_OK, pal_buffer_status(out, NULL));
}

static void assert_same_model(const char *salt, const char *order)
{
    struct study first;
    struct study second;
    struct pal_buffer left;
    struct pal_buffer right;
    pal_buffer_init(&left, COLLECT_MAX);
    pal_buffer_init(&right, COLLECT_MAX);
    fill(&first, "", "i");
    study_build(&first);
    collect(&first, &left);
    study_close(&first);
    fill(&second, salt, order);
    study_build(&second);
    collect(&second, &right);
    study_close(&second);
    assert_true(left.size > 10000);
    assert_string_equal(left.data, right.data);
    pal_buffer_clear(&left);
    pal_buffer_clear(&right);
}

static void the_order_of_rows_decides_nothing(void **state)
{
    (void)state;
    assert_same_model("", "i DESC");
    assert_same_model("", "(i * 7) % 601");
}

static void the_key_of_the_study_decides_nothing(void **state)
{
    (void)state;
    assert_same_model("another key", "i");
}

static void a_second_build_gives_the_same_tables(void **state)
{
    struct study study;
    struct pal_buffer left;
    struct pal_buffer right;
    (void)state;
    pal_buffer_init(&left, COLLECT_MAX);
    pal_buffer_init(&right, COLLECT_MAX);
    fill(&study, "", "i");
    study_build(&study);
    collect(&study, &left);
    study_build(&study);
    collect(&study, &right);
    assert_string_equal(left.data, right.data);
    study_close(&study);
    pal_buffer_clear(&left);
    pal_buffer_clear(&right);
}

static void every_row_has_one_flag_and_every_kept_spell_one_stay(void **state)
{
    struct study study;
    (void)state;
    fill(&study, "", "i");
    study_build(&study);
    assert_int_equal(MANY, study_count(&study, "SELECT count(*) FROM (SELECT DISTINCT "
                                               "sheet_id, row FROM arrest_flag)"));
    assert_int_equal(MANY, study_count(&study, "SELECT count(*) FROM arrest_flag"));
    assert_int_equal(MANY, study_count(&study, "SELECT count(*) FROM arrest"));
    assert_int_equal(MANY, study_count(&study, "SELECT count(*) FROM stint_flag"));
    assert_int_equal(0, study_count(&study,
                                    "SELECT (SELECT CAST(sum(n_stints) AS BIGINT) "
                                    "FROM stay) - (SELECT count(*) FROM stint_flag "
                                    "WHERE NOT duplicate_drop_row)"));
    study_close(&study);
}

static void rows_without_an_id_are_never_dropped(void **state)
{
    struct study study;
    (void)state;
    fill(&study, "", "i");
    study_build(&study);
    assert_int_equal(0,
                     study_count(&study, "SELECT count(*) FROM arrest WHERE "
                                         "unique_identifier IS NULL AND "
                                         "(duplicate_drop_row OR duplicate_likely IS "
                                         "NOT NULL)"));
    assert_int_equal(0,
                     study_count(&study, "SELECT count(*) FROM stint WHERE "
                                         "unique_identifier IS NULL AND "
                                         "(duplicate_drop_row OR duplicate_likely IS "
                                         "NOT NULL)"));
    assert_true(study_count(&study, "SELECT count(*) FROM arrest WHERE "
                                    "unique_identifier IS NULL") > 50);
    study_close(&study);
}

static void the_records_stay_as_they_are(void **state)
{
    static const char records[] =
        "SELECT * FROM (SELECT count(*), sum(row), count(unique_identifier), "
        "CAST(max(apprehension_date_time) AS VARCHAR) FROM arrest_row)";
    struct study study;
    char before[128];
    (void)state;
    fill(&study, "", "i");
    (void)snprintf(before, sizeof before, "%s", study_text(&study, records));
    study_build(&study);
    assert_string_equal(before, study_text(&study, records));
    study_close(&study);
}

static void a_study_without_rows_can_be_built(void **state)
{
    struct study study;
    (void)state;
    study_open(&study);
    study_build(&study);
    assert_int_equal(0, study_count(&study, "SELECT count(*) FROM coverage"));
    assert_string_equal(PAL_RULE_VERSION,
                        study_text(&study, "SELECT value FROM study "
                                           "WHERE key = 'rule_version'"));
    study_close(&study);
}

static void a_build_that_runs_out_of_memory_leaves_the_tables_of_before(void **state)
{
    struct study study;
    struct pal_error err = {PAL_OK, ""};
    pal_status status = PAL_MEMORY;
    (void)state;
    fill(&study, "", "i");
    study_build(&study);
    int64_t count = study_count(&study, "SELECT count(*) FROM arrest_flag");
    size_t step = 1;
    for (size_t n = 1; status != PAL_OK; n += step) {
        pal_alloc_fail_after(n);
        status = pal_model_build(study.store, NULL, &err);
        pal_alloc_fail_after(0);
        if (status != PAL_OK && status != PAL_MEMORY && status != PAL_LIMIT) {
            fail_msg("%zu: %s", n, err.text);
        }
        assert_int_equal(count,
                         study_count(&study, "SELECT count(*) FROM arrest_flag"));
        assert_true(n < 100000);
        step = n < 20 ? 1 : 97;
    }
    study_close(&study);
}

static void count_report(struct pal_progress *self, struct pal_view what, uint64_t rows,
                         uint64_t bytes_done, uint64_t bytes_total);

struct counter {
    struct pal_progress progress;
    int count;
    uint64_t last;
    uint64_t total;
};

static void count_report(struct pal_progress *self, struct pal_view what, uint64_t rows,
                         uint64_t bytes_done, uint64_t bytes_total)
{
    struct counter *counter = (struct counter *)(void *)self;
    (void)what;
    (void)rows;
    assert_true(bytes_done >= counter->last);
    counter->last = bytes_done;
    counter->total = bytes_total;
    counter->count++;
}

static void progress_goes_up_to_its_end(void **state)
{
    struct study study;
    struct counter counter = {{count_report}, 0, 0, 0};
    (void)state;
    study_open(&study);
    assert_int_equal(PAL_OK, pal_model_build(study.store, &counter.progress, NULL));
    assert_true(counter.count > 5);
    assert_int_equal(counter.total, counter.last);
    study_close(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_rows_decides_nothing),
        cmocka_unit_test(the_key_of_the_study_decides_nothing),
        cmocka_unit_test(a_second_build_gives_the_same_tables),
        cmocka_unit_test(every_row_has_one_flag_and_every_kept_spell_one_stay),
        cmocka_unit_test(rows_without_an_id_are_never_dropped),
        cmocka_unit_test(the_records_stay_as_they_are),
        cmocka_unit_test(a_study_without_rows_can_be_built),
        cmocka_unit_test(a_build_that_runs_out_of_memory_leaves_the_tables_of_before),
        cmocka_unit_test(progress_goes_up_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
