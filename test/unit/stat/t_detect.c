#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/calendar.h"
#include "stat/chart.h"
#include "stat/detect.h"
#include "stat/random.h"

static void ears_by_hand(void **state)
{
    (void)state;
    /* mean 4, sd 2 over the first seven; z for 0.001 is 3.0902 */
    const double counts[] = {2, 6, 4, 2, 6, 6, 2, 11, 4, 12};
    struct pal_ears_point points[10];
    struct pal_ears setting = {PAL_EARS_C1, 7, 0, 0.001};
    struct pal_error err;
    assert_int_equal(pal_ears_run(counts, 10, &setting, points, &err), PAL_OK);
    assert_int_equal(points[6].status, PAL_FIT_TOO_FEW);
    assert_int_equal(points[7].status, PAL_FIT_OK);
    assert_true(fabs(points[7].bound - (4 + 3.0902323061678132 * 2)) < 1e-12);
    assert_true(points[7].is_alarm);
    setting.kind = PAL_EARS_C2;
    assert_int_equal(pal_ears_run(counts, 10, &setting, points, &err), PAL_OK);
    assert_int_equal(points[8].status, PAL_FIT_TOO_FEW);
    assert_true(fabs(points[9].bound - (4 + 3.0902323061678132 * 2)) < 1e-12);
    assert_true(points[9].is_alarm);
}

static void a_level_series_has_no_c3_unless_a_least_sd_is_given(void **state)
{
    (void)state;
    const double counts[20] = {0};
    struct pal_ears_point points[20];
    struct pal_ears setting = {PAL_EARS_C3, 7, 0, 0.025};
    struct pal_error err;
    assert_int_equal(pal_ears_run(counts, 20, &setting, points, &err), PAL_OK);
    assert_int_equal(points[19].status, PAL_FIT_NO_VARIATION);
    setting.sd_min = 0.5;
    assert_int_equal(pal_ears_run(counts, 20, &setting, points, &err), PAL_OK);
    assert_int_equal(points[19].status, PAL_FIT_OK);
    assert_false(points[19].is_alarm);
    setting.baseline_count = 1;
    assert_int_equal(pal_ears_run(counts, 20, &setting, points, &err), PAL_INPUT);
}

enum { WEEKS = 360 };

static void make_series(double counts[WEEKS], uint64_t stream)
{
    struct pal_random random;
    pal_random_init(&random, 77, stream);
    for (int i = 0; i < WEEKS; i++) {
        counts[i] = (double)pal_random_negative_binomial(&random, 12.0, 8.0);
    }
}

static struct pal_farrington default_setting(void)
{
    return (struct pal_farrington){.rule = PAL_RULE_STRICT,
                                   .frequency = 52,
                                   .years_back = 5,
                                   .half_window = 3,
                                   .is_reweighted = true,
                                   .weight_threshold = 2.58,
                                   .alpha = 0.01,
                                   .has_trend = true,
                                   .trend_p = 0.05,
                                   .case_min = 5,
                                   .case_span = 4,
                                   .period_count = 10,
                                   .past_excluded = 26,
                                   .bound = PAL_BOUND_NB_PLUGIN};
}

static struct pal_farrington_point judge(const struct pal_series *series,
                                         const struct pal_farrington *setting,
                                         size_t at)
{
    struct pal_farrington_point point;
    struct pal_arena arena;
    struct pal_error err;
    pal_arena_init(&arena, 1 << 24);
    assert_int_equal(pal_farrington_run(series, setting, at, &arena, &point, &err),
                     PAL_OK);
    pal_arena_clear(&arena);
    return point;
}

static void a_surge_alarms_and_a_quiet_week_does_not(void **state)
{
    (void)state;
    double counts[WEEKS];
    make_series(counts, 1);
    struct pal_series series = {.counts = counts, .count = WEEKS};
    struct pal_farrington setting = default_setting();
    for (int bound = 0; bound < 3; bound++) {
        setting.bound = (enum pal_farrington_bound)bound;
        counts[350] = 12;
        struct pal_farrington_point quiet = judge(&series, &setting, 350);
        assert_int_equal(quiet.status, PAL_FIT_OK);
        assert_false(quiet.is_alarm);
        assert_true(quiet.expected > 9 && quiet.expected < 15);
        counts[350] = 60;
        assert_true(judge(&series, &setting, 350).is_alarm);
    }
}

/* A fair false alarm rate: 1 % asked for. */
static void false_alarms_come_about_as_often_as_asked(void **state)
{
    (void)state;
    struct pal_farrington setting = default_setting();
    int alarms = 0;
    int judged = 0;
    for (uint64_t stream = 10; stream < 16; stream++) {
        double counts[WEEKS];
        make_series(counts, stream);
        struct pal_series series = {.counts = counts, .count = WEEKS};
        for (size_t at = 300; at < WEEKS; at++) {
            alarms += judge(&series, &setting, at).is_alarm;
            judged++;
        }
    }
    assert_int_equal(judged, 360);
    assert_true(alarms <= 15);
}

static void what_cannot_be_judged_says_why(void **state)
{
    (void)state;
    double counts[WEEKS];
    bool is_missing[WEEKS] = {false};
    make_series(counts, 2);
    struct pal_series series = {
        .counts = counts, .is_missing = is_missing, .count = WEEKS};
    struct pal_farrington setting = default_setting();
    assert_int_equal(judge(&series, &setting, 200).status, PAL_FIT_TOO_FEW);
    is_missing[340] = true;
    assert_int_equal(judge(&series, &setting, 340).status, PAL_FIT_MISSING);
    for (int i = 340; i < 350; i++) {
        counts[i] = 0;
    }
    assert_int_equal(judge(&series, &setting, 349).status, PAL_FIT_SUPPRESSED);
    assert_false(judge(&series, &setting, 349).is_alarm);
}

static void missing_weeks_in_the_baseline_are_left_out(void **state)
{
    (void)state;
    double counts[WEEKS];
    bool is_missing[WEEKS] = {false};
    make_series(counts, 3);
    struct pal_series series = {
        .counts = counts, .is_missing = is_missing, .count = WEEKS};
    struct pal_farrington setting = default_setting();
    double before = judge(&series, &setting, 350).expected;
    is_missing[200] = true;
    counts[200] = 1e6;
    double after = judge(&series, &setting, 350).expected;
    assert_true(fabs(after / before - 1) < 0.1);
}

static void weeks_by_date_find_the_same_weekday_a_year_back(void **state)
{
    (void)state;
    double counts[WEEKS];
    int32_t days[WEEKS];
    make_series(counts, 4);
    for (int i = 0; i < WEEKS; i++) {
        days[i] = pal_day_from_text("2014-01-06") + 7 * i;
    }
    struct pal_series series = {
        .counts = counts, .count = WEEKS, .days = days, .is_weekly = true};
    struct pal_farrington setting = default_setting();
    assert_int_equal(judge(&series, &setting, 350).status, PAL_FIT_OK);
    setting.is_classic = true;
    setting.weight_threshold = 1;
    assert_int_equal(judge(&series, &setting, 350).status, PAL_FIT_OK);
    /* a population that doubles with the counts leaves the rate as it was */
    double population[WEEKS];
    for (int i = 0; i < WEEKS; i++) {
        population[i] = 1000;
    }
    series.population = population;
    double plain = judge(&series, &setting, 350).expected;
    population[350] = 2000;
    double doubled = judge(&series, &setting, 350).expected;
    assert_true(fabs(doubled / plain - 2) < 1e-9);
}

static void farrington_reports_running_out_of_memory(void **state)
{
    (void)state;
    double counts[WEEKS];
    make_series(counts, 5);
    struct pal_series series = {.counts = counts, .count = WEEKS};
    struct pal_farrington setting = default_setting();
    for (size_t n = 1;; n++) {
        struct pal_farrington_point point;
        struct pal_arena arena;
        struct pal_error err;
        pal_arena_init(&arena, 1 << 24);
        pal_alloc_fail_after(n);
        pal_status status =
            pal_farrington_run(&series, &setting, 350, &arena, &point, &err);
        pal_alloc_fail_after(0);
        pal_arena_clear(&arena);
        if (status == PAL_OK) {
            assert_true(n > 1);
            break;
        }
        assert_int_equal(status, PAL_MEMORY);
    }
}

static void a_reset_cusum_is_silent_after_one_surge(void **state)
{
    (void)state;
    double counts[40];
    double expected[40];
    struct pal_chart_point kept[40];
    struct pal_chart_point reset[40];
    struct pal_error err;
    for (int i = 0; i < 40; i++) {
        counts[i] = i == 10 ? 60 : 9;
        expected[i] = 9;
    }
    struct pal_cusum setting = {1.04, 2.26, PAL_CUSUM_ROSSI, 0, false, false};
    assert_int_equal(pal_cusum_run(counts, expected, 40, &setting, kept, &err), PAL_OK);
    setting.is_reset = true;
    assert_int_equal(pal_cusum_run(counts, expected, 40, &setting, reset, &err),
                     PAL_OK);
    assert_true(kept[10].is_alarm && reset[10].is_alarm);
    assert_true(kept[15].is_alarm && !reset[15].is_alarm);
    assert_true(kept[10].bound < 60 && kept[9].bound > 9);
    counts[3] = -1;
    assert_int_equal(pal_cusum_run(counts, expected, 40, &setting, kept, &err),
                     PAL_INPUT);
}

static void a_ratio_chart_finds_a_drop_as_well(void **state)
{
    (void)state;
    double counts[40];
    double expected[40];
    struct pal_chart_point points[40];
    struct pal_error err;
    for (int i = 0; i < 40; i++) {
        counts[i] = i < 20 ? 10 : 2;
        expected[i] = 10;
    }
    struct pal_ratio_chart setting = {
        .is_generalised = true, .limit = 8, .is_decrease = true};
    for (int kind = 0; kind < 2; kind++) {
        setting.nb_alpha = kind == 0 ? 0 : 0.05;
        assert_int_equal(
            pal_ratio_chart_run(counts, expected, 40, &setting, points, &err), PAL_OK);
        int first = 0;
        while (first < 40 && !points[first].is_alarm) {
            first++;
        }
        assert_true(first >= 20 && first < 26);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ears_by_hand),
        cmocka_unit_test(a_level_series_has_no_c3_unless_a_least_sd_is_given),
        cmocka_unit_test(a_surge_alarms_and_a_quiet_week_does_not),
        cmocka_unit_test(false_alarms_come_about_as_often_as_asked),
        cmocka_unit_test(what_cannot_be_judged_says_why),
        cmocka_unit_test(missing_weeks_in_the_baseline_are_left_out),
        cmocka_unit_test(weeks_by_date_find_the_same_weekday_a_year_back),
        cmocka_unit_test(farrington_reports_running_out_of_memory),
        cmocka_unit_test(a_reset_cusum_is_silent_after_one_surge),
        cmocka_unit_test(a_ratio_chart_finds_a_drop_as_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
