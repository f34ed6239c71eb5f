/* The two ways to an answer: a measure that looks at each record by itself is counted by the
 * numbers of its texts; without the mark in its head it is counted record by record. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "measure/measure.h"

#include "../script_study.h"

/* Two releases, of the nation and of one area; sheets with and without columns; redacted,
 * blank, undated, early, late and stray records; records that our rule sets aside. */
static const char script[] =
    "INSERT INTO file VALUES (1, 'a.csv', 'a.csv', 'aa', 1, 'A', 'csv'),"
    " (2, 'b.csv', 'b.csv', 'bb', 1, 'B', 'csv'), (3, 'c.csv', 'c.csv', 'cc', 1, 'C', "
    "'csv');"
    "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, encoding,"
    " delimiter, recorded) VALUES (1, 1, 'a', '', 'arrest', 'csv', '', '', 2113),"
    " (2, 1, 'a2', '', 'arrest', 'csv', '', '', 65), (3, 2, 'b', '', 'arrest', 'csv', "
    "'', '',"
    " 2049), (4, 3, 'c', '', 'encounter', 'csv', '', '', 5), (5, 3, 'c2', '', "
    "'removal',"
    " 'csv', '', '', 7);"
    "INSERT INTO sheet_column VALUES"
    " (1, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 1, 'AOR', 'apprehension_aor', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 2, 'Method', 'apprehension_method', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 3, 'Sex', 'gender', 'public', true, 0, 0, 0, 0, 0),"
    " (2, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"
    " (2, 1, 'AOR', 'apprehension_aor', 'public', true, 0, 0, 0, 0, 0),"
    " (3, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"
    " (3, 1, 'Method', 'apprehension_method', 'public', true, 0, 0, 0, 0, 0),"
    " (4, 0, 'Date', 'event_date', 'public', true, 0, 0, 0, 0, 0),"
    " (4, 1, 'AOR', 'responsible_aor', 'public', true, 0, 0, 0, 0, 0),"
    " (5, 0, 'Date', 'removal_date', 'public', true, 0, 0, 0, 0, 0),"
    " (5, 1, 'AOR', 'docket_aor', 'public', true, 0, 0, 0, 0, 0);"
    "INSERT INTO term VALUES (0, 'Boston Area of Responsibility'),"
    " (1, 'Seattle Area of Responsibility'), (2, 'Located'), (3, 'CAP Local "
    "Incarceration'), (4, 'ERO Reprocessed Arrest'), (5, 'Non-Custodial Arrest'),"
    " (6, 'Female'), (7, 'Male'), (8, 'redacted'), (9, 'Boston');"
    "INSERT INTO arrest_row (sheet_id, \"row\", redacted, failed, apprehension_date,"
    " apprehension_aor, apprehension_method, gender)"
    " SELECT CASE WHEN i % 5 = 0 THEN 2 WHEN i % 7 = 0 THEN 3 ELSE 1 END, i + 2,"
    "  CASE WHEN i % 11 = 0 THEN 64 WHEN i % 13 = 0 THEN 2048 WHEN i % 17 = 0"
    "   THEN 137438953472 ELSE 0 END, CASE WHEN i % 19 = 0 THEN 1 ELSE 0 END,"
    "  CASE WHEN i % 19 = 0 THEN NULL ELSE DATE '2018-10-20' + CAST(i * 7 % 190 AS "
    "INTEGER) END,"
    "  CASE WHEN i % 11 = 0 OR i % 7 = 0 AND i % 5 > 0 OR i % 23 = 0 THEN NULL"
    "   WHEN i % 29 = 0 THEN 9 ELSE i % 2 END,"
    "  CASE WHEN i % 13 = 0 OR i % 5 = 0 OR i % 8 = 0 THEN NULL ELSE 2 + i % 4 END,"
    "  CASE WHEN i % 17 = 0 OR i % 5 = 0 OR i % 7 = 0 THEN NULL WHEN i % 31 = 0 THEN 8"
    "   ELSE 6 + i % 2 END"
    " FROM range(600) AS t(i);"
    "INSERT INTO arrest_flag_row SELECT sheet_id, \"row\", 1, TRUE, FALSE, \"row\" % 6 "
    "= "
    "0, 'x',"
    " 'palladium-1' FROM arrest_row WHERE \"row\" % 3 = 0;"
    "INSERT INTO encounter_row (sheet_id, \"row\", redacted, failed, event_date,"
    " responsible_aor) SELECT 4, i + 2, CASE WHEN i % 9 = 0 THEN 4 ELSE 0 END, 0,"
    " DATE '2019-01-01' + CAST(i % 50 AS INTEGER), CASE WHEN i % 9 < 2 THEN NULL ELSE "
    "i % 2 END"
    " FROM range(200) AS t(i);"
    "INSERT INTO encounter_flag_row SELECT sheet_id, \"row\", 1, TRUE, FALSE, \"row\" "
    "% 4 "
    "= 0, 'x',"
    " 'palladium-1' FROM encounter_row;"
    "INSERT INTO removal_row (sheet_id, \"row\", redacted, failed, departed_date, "
    "removal_date,"
    " docket_aor) SELECT 5, i + 2, 0, 0, DATE '2019-01-03' + CAST(i % 40 AS INTEGER),"
    " CASE WHEN i % 3 = 0 THEN NULL ELSE DATE '2019-01-01' + CAST(i % 50 AS INTEGER) "
    "END,"
    " CASE WHEN i % 9 < 2 THEN NULL ELSE i % 2 END FROM range(200) AS t(i);"
    "INSERT INTO coverage VALUES"
    " ('arrest', 'A', 'national', NULL, DATE '2019-01-01', DATE '2019-03-31',"
    "  DATE '2019-01-01', DATE '2019-03-31', 8),"
    " ('arrest', 'B', 'regional', 'Seattle', DATE '2018-11-01', DATE '2019-03-31',"
    "  DATE '2018-11-01', DATE '2018-12-31', 3),"
    " ('encounter', 'C', 'national', NULL, DATE '2019-01-01', DATE '2019-02-10',"
    "  DATE '2019-01-01', DATE '2019-02-10', 3),"
    " ('removal', 'C', 'national', NULL, DATE '2019-01-01', DATE '2019-02-10',"
    "  DATE '2019-01-01', DATE '2019-02-10', 3);";

static int open_study(void **state)
{
    return script_study_open(state, script);
}

static void write_figures(struct pal_store *store,
                          const struct pal_measure_request *request,
                          struct pal_buffer *out)
{
    struct pal_measure_result *result = NULL;
    struct pal_error err = {PAL_OK, ""};
    pal_buffer_init(out, 1U << 22);
    if (pal_measure_run(store, request, &result, &err) != PAL_OK) {
        pal_buffer_append_text(out, err.text);
        return;
    }
    pal_measure_result_csv(result, out);
    for (size_t i = 0; i < result->count; i++) {
        pal_buffer_append_format(out, "%lld %.17g %d\n",
                                 (long long)result->figures[i].n,
                                 result->figures[i].base, result->figures[i].has_value);
    }
    pal_measure_result_free(result);
}

static void write_days(struct pal_store *store,
                       const struct pal_measure_request *request,
                       struct pal_buffer *out)
{
    struct pal_measure_days *days = NULL;
    struct pal_error err = {PAL_OK, ""};
    pal_buffer_init(out, 1U << 22);
    if (pal_measure_days_run(store, request, &days, &err) != PAL_OK) {
        pal_buffer_append_text(out, err.text);
        return;
    }
    for (size_t i = 0; i < days->count; i++) {
        for (size_t k = 1; k < request->by_count; k++) {
            pal_buffer_append_view(out, days->labels[k][days->rows[i].keys[k]]);
            pal_buffer_append_char(out, '|');
        }
        pal_buffer_append_format(out, "%d %.17g\n", days->rows[i].day,
                                 days->rows[i].hits);
    }
    pal_measure_days_free(days);
}

/* Asks both ways; the answers are the same bytes. Returns how long the answer is. */
static size_t assert_same(struct pal_store *store, struct pal_measure_request request,
                          bool is_days)
{
    struct pal_buffer coded;
    struct pal_buffer plain;
    (is_days ? write_days : write_figures)(store, &request, &coded);
    request.measure.alike = PAL_VIEW("");
    (is_days ? write_days : write_figures)(store, &request, &plain);
    assert_int_equal(coded.status, PAL_OK);
    assert_string_equal(coded.data == NULL ? "" : coded.data,
                        plain.data == NULL ? "" : plain.data);
    size_t size = coded.size;
    pal_buffer_clear(&coded);
    pal_buffer_clear(&plain);
    return size;
}

static struct pal_measure_request request_of(const struct pal_measure *measure)
{
    return (struct pal_measure_request){
        .measure = *measure, .first = PAL_DAY_NONE, .last = PAL_DAY_NONE};
}

static void ask_variants(struct pal_store *store, struct pal_measure_request request)
{
    static const char *const rules[] = {"", "all", "palladium-1", "ddp-2026-08"};
    (void)assert_same(store, request, false);
    request.first = pal_day_from_text("2018-11-15");
    (void)assert_same(store, request, false);
    request.last = pal_day_from_text("2019-02-05");
    (void)assert_same(store, request, false);
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        request.rule = pal_view_of(rules[i]);
        (void)assert_same(store, request, false);
        request.release = PAL_VIEW("B");
        (void)assert_same(store, request, false);
        request.release = PAL_VIEW("A");
        (void)assert_same(store, request, false);
        request.release = PAL_VIEW("");
    }
}

static void every_measure_answers_the_same_both_ways(void **state)
{
    static const char *const values[] = {"Boston",   "Seattle", "not stated",
                                         "redacted", "Female",  "not recorded",
                                         "at-large"};
    struct pal_measure measure;
    struct pal_dimension dimension;
    size_t asked = 0;
    for (size_t i = 0; pal_measure_at(i, &measure); i++) {
        if (measure.alike.size == 0) {
            continue;
        }
        asked++;
        struct pal_measure_request request = request_of(&measure);
        if (measure.kind == PAL_MEASURE_COUNT) {
            ask_variants(*state, request);
        }
        for (size_t k = 0; pal_dimension_at(measure.table, k, &dimension); k++) {
            request = request_of(&measure);
            request.by_count = 1;
            request.by[0] = dimension.name;
            (void)assert_same(*state, request, false);
        }
        request = request_of(&measure);
        request.by_count = 2;
        request.by[0] = PAL_VIEW("area");
        request.by[1] = PAL_VIEW("month");
        if (measure.kind == PAL_MEASURE_SHARE) {
            ask_variants(*state, request);
        }
        request.where_count = 2;
        request.where[1] = (struct pal_condition){PAL_VIEW("year"), PAL_VIEW("2019")};
        for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {
            request.where[0] =
                (struct pal_condition){k < 4   ? PAL_VIEW("area")
                                       : k < 6 ? PAL_VIEW("sex")
                                               : PAL_VIEW("method_group"),
                                       pal_view_of(values[k])};
            (void)assert_same(*state, request, false);
        }
    }
    assert_true(asked >= 5);
}

static void days_are_the_same_both_ways(void **state)
{
    static const char *const names[] = {"arrests", "arrest_records", "encounters",
                                        "removals"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct pal_measure measure;
        assert_true(pal_measure_find(pal_view_of(names[i]), &measure));
        assert_true(measure.alike.size > 0);
        struct pal_measure_request request = request_of(&measure);
        request.by_count = 2;
        request.by[0] = PAL_VIEW("day");
        request.by[1] = PAL_VIEW("area");
        assert_true(assert_same(*state, request, true) > 100);
        request.by_count = 3;
        request.by[2] = i < 2 ? PAL_VIEW("method_group") : PAL_VIEW("sex");
        assert_true(assert_same(*state, request, true) > 100);
        request.by_count = 4;
        request.by[3] = i < 2 ? PAL_VIEW("sex") : PAL_VIEW("disposition");
        assert_true(assert_same(*state, request, true) > 100);
        request.rule = PAL_VIEW("all");
        (void)assert_same(*state, request, true);
    }
}

/* Days asked for keep their counts; the others' are added up before them. */
static void days_that_need_not_be_told_apart_are_one(void **state)
{
    static const char asked[] = "2019-01-10,2019-02-03";
    struct pal_measure measure;
    struct pal_measure_days *each = NULL;
    struct pal_measure_days *few = NULL;
    double sums[2][3] = {{0}}; /* first day, second day, the others */
    int32_t first = pal_day_from_text("2019-01-10");
    int32_t second = pal_day_from_text("2019-02-03");
    assert_true(pal_measure_find(PAL_VIEW("arrests"), &measure));
    struct pal_measure_request request = request_of(&measure);
    request.by_count = 2;
    request.by[0] = PAL_VIEW("day");
    request.by[1] = PAL_VIEW("sex");
    assert_int_equal(pal_measure_days_run(*state, &request, &each, NULL), PAL_OK);
    request.apart = pal_view_of(asked);
    assert_int_equal(pal_measure_days_run(*state, &request, &few, NULL), PAL_OK);
    for (size_t i = 0; i < 2; i++) {
        const struct pal_measure_days *days = i == 0 ? each : few;
        for (size_t k = 0; k < days->count; k++) {
            int32_t day = days->rows[k].day;
            assert_true(i == 0 || day == first || day == second || day < days->first);
            sums[i][day == first ? 0 : day == second ? 1 : 2] += days->rows[k].hits;
        }
    }
    for (size_t i = 0; i < 3; i++) {
        assert_true(sums[0][i] > 0 && sums[0][i] == sums[1][i]);
    }
    assert_true(few->count < each->count / 4);
    assert_int_equal(few->label_count[1], each->label_count[1]);
    pal_measure_days_free(each);
    pal_measure_days_free(few);
}

static void what_our_rule_sets_aside_is_not_counted(void **state)
{
    struct pal_measure measure;
    struct pal_measure_result *kept = NULL;
    struct pal_measure_result *all = NULL;
    assert_true(pal_measure_find(PAL_VIEW("encounters"), &measure));
    struct pal_measure_request request = request_of(&measure);
    assert_int_equal(pal_measure_run(*state, &request, &kept, NULL), PAL_OK);
    request.rule = PAL_VIEW("all");
    assert_int_equal(pal_measure_run(*state, &request, &all, NULL), PAL_OK);
    /* Rows 2 to 201, of which those that 4 divides are set aside: 50 of 200. */
    assert_int_equal(all->figures[0].n, 200);
    assert_int_equal(kept->figures[0].n, 150);
    pal_measure_result_free(kept);
    pal_measure_result_free(all);
}

static void running_without_memory_is_said_and_leaks_nothing(void **state)
{
    struct pal_measure measure;
    assert_true(pal_measure_find(PAL_VIEW("arrests"), &measure));
    struct pal_measure_request request = request_of(&measure);
    request.by_count = 3;
    request.by[0] = PAL_VIEW("day");
    request.by[1] = PAL_VIEW("area");
    request.by[2] = PAL_VIEW("sex");
    pal_status st = PAL_MEMORY;
    for (size_t n = 1; st != PAL_OK; n++) {
        struct pal_measure_days *days = NULL;
        assert_true(n < 5000);
        pal_alloc_fail_after(n);
        st = pal_measure_days_run(*state, &request, &days, NULL);
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK ? days != NULL : days == NULL);
        pal_measure_days_free(days);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_measure_answers_the_same_both_ways),
        cmocka_unit_test(days_are_the_same_both_ways),
        cmocka_unit_test(days_that_need_not_be_told_apart_are_one),
        cmocka_unit_test(what_our_rule_sets_aside_is_not_counted),
        cmocka_unit_test(running_without_memory_is_said_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, open_study, script_study_close);
}
