/* Power: nothing is seen where nothing is, more is seen of more and of longer, and a pure
 * Poisson series gives what can be worked out by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "detect/power.h"
#include "stat/random.h"

enum { DAYS = 3 * 365 };
static const double effects[] = {1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3};
enum { EFFECTS = sizeof effects / sizeof effects[0] };
static const int32_t lengths[] = {1, 3, 7, 14, 28};
enum { LENGTHS = sizeof lengths / sizeof lengths[0] };

/* One series of constant mean; `size` 0: Poisson. */
static struct pal_detection *detect(double *counts, double mean, double size,
                                    uint64_t seed)
{
    struct pal_surge_input input = {.first = pal_day_from_text("2016-10-01"),
                                    .day_count = DAYS,
                                    .area_count = 1,
                                    .group_count = 1,
                                    .counts = counts};
    struct pal_detection *detection = NULL;
    struct pal_error err = {.text = ""};
    struct pal_random random;
    pal_random_init(&random, seed, 1);
    for (size_t i = 0; i < DAYS; i++) {
        counts[i] =
            (double)(size > 0 ? pal_random_negative_binomial(&random, mean, size)
                              : pal_random_poisson(&random, mean));
    }
    if (pal_detect_run(&input, &pal_surge_default, &detection, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
    return detection;
}

static struct pal_power_setting setting_of(size_t replicates)
{
    return (struct pal_power_setting){.effects = effects,
                                      .effect_count = EFFECTS,
                                      .days = lengths,
                                      .days_count = LENGTHS,
                                      .wanted = 0.9,
                                      .replicate_count = replicates,
                                      .history = PAL_POWER_OWN,
                                      .seed = 5,
                                      .thread_count = 2};
}

static struct pal_power *run(const struct pal_detection *detection,
                             const struct pal_power_setting *setting)
{
    const struct pal_power_series all = {PAL_SURGE_ALL, PAL_SURGE_ALL};
    struct pal_power *power = NULL;
    struct pal_error err = {.text = ""};
    if (pal_power_run(detection, &all, 1, setting, &power, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
    return power;
}

static const struct pal_power_cell *cell(const struct pal_power *power, size_t days,
                                         size_t effect)
{
    return &power->lines[0].cells[days * EFFECTS + effect];
}

static void nothing_is_seen_where_nothing_is(void **state)
{
    static double counts[DAYS];
    (void)state;
    struct pal_detection *detection = detect(counts, 20, 12, 3);
    struct pal_power_setting setting = setting_of(40);
    struct pal_power *power = run(detection, &setting);
    assert_true(power->lines[0].is_searched && power->lines[0].is_resampled);
    for (size_t d = 0; d < LENGTHS; d++) {
        /* Asked for: 0.05 in all windows of all weeks; a surge of nothing meets a few. */
        assert_true(cell(power, d, 0)->seen <= 1);
    }
    /* The interval of what was counted does not lie above what was asked for. */
    for (int null = 0; null < PAL_POWER_NULL_COUNT; null++) {
        assert_true(power->loose[null].asked == 0.05);
        assert_true(power->loose[null].series_years > 55);
        assert_true(power->loose[null].low <= 0.05);
        assert_true(power->own[null].low <= power->own[null].asked);
    }

    pal_power_free(power);
    pal_detection_free(detection);
}

static void more_is_seen_of_more_and_of_longer(void **state)
{
    static double counts[DAYS];
    (void)state;
    struct pal_detection *detection = detect(counts, 20, 12, 4);
    struct pal_power_setting setting = setting_of(40);
    struct pal_power *power = run(detection, &setting);
    for (size_t d = 0; d < LENGTHS; d++) {
        for (size_t e = 1; e < EFFECTS; e++) {
            assert_true(cell(power, d, e)->power >= cell(power, d, e - 1)->power);
            assert_true(cell(power, d, e)->low <= cell(power, d, e)->power);
            assert_true(cell(power, d, e)->high >= cell(power, d, e)->power);
        }
        /* Longer: no less but for the replicates' chance. */
        for (size_t e = 0; d > 0 && d < 4 && e < EFFECTS; e++) {
            assert_true(cell(power, d, e)->power >= cell(power, d - 1, e)->power - 0.2);
        }
    }
    assert_true(cell(power, 2, EFFECTS - 1)->power > 0.9);
    assert_true(power->lines[0].smallest[2] > 1.2 && power->lines[0].smallest[2] < 2.5);
    assert_true(fabs(cell(power, 2, 0)->usual - 140) < 6);
    pal_power_free(power);
    pal_detection_free(detection);
}

/* Upper share of a Poisson count, by its definition. */
static double poisson_upper(int at_least, double mean)
{
    double term = exp(-mean);
    double below = 0;
    for (int k = 0; k < at_least; k++) {
        below += term;
        term *= mean / (k + 1);
    }
    return 1 - below;
}

static void a_poisson_series_is_as_worked_out_by_hand(void **state)
{
    static double counts[DAYS];
    static const int32_t one_day[] = {1};
    static const double fine[] = {1,   1.5, 2,   2.25, 2.5, 2.6,
                                  2.7, 2.8, 2.9, 3,    3.2, 3.4};
    enum { FINE = sizeof fine / sizeof fine[0] };
    (void)state;
    struct pal_detection *detection = detect(counts, 20, 0, 8);
    const struct pal_surge_tail *tail = &pal_detection_baseline(detection, 0, 0)->tail;
    double p = exp(-pal_tail_needed(tail, -log(pal_detection_alone_p(detection))));
    int critical = 20;
    while (poisson_upper(critical, 20) > p) {
        critical++;
    }
    struct pal_power_setting setting = setting_of(120);
    setting.effects = fine;
    setting.effect_count = FINE;
    setting.days = one_day;
    setting.days_count = 1;
    setting.history = PAL_POWER_MODEL;
    struct pal_power *simulated = run(detection, &setting);
    setting.is_quick = true;
    struct pal_power *reckoned = run(detection, &setting);
    /* The usual has to be fitted, so both lie a little below what is known of a known mean;
     * the simulated one more, because the surge is in what is fitted. */
    for (size_t e = 0; e < FINE; e++) {
        double mean = 20 * fine[e];
        double near = reckoned->lines[0].cells[e].power;
        double seen = simulated->lines[0].cells[e].power;
        assert_true(near > poisson_upper(critical, mean * 0.93) - 0.01);
        assert_true(near < poisson_upper(critical, mean * 1.01) + 0.01);
        assert_true(seen > poisson_upper(critical, mean * 0.87) - 0.12);
        assert_true(seen < poisson_upper(critical, mean * 1.01) + 0.12);
    }
    double known = 2;
    while (poisson_upper(critical, 20 * known) < 0.9) {
        known += 0.001;
    }
    assert_true(fabs(reckoned->lines[0].smallest[0] / known - 1) < 0.08);
    assert_true(fabs(simulated->lines[0].smallest[0] / known - 1) < 0.15);
    pal_power_free(simulated);
    pal_power_free(reckoned);
    pal_detection_free(detection);
}

static void what_is_reckoned_is_near_what_is_simulated(void **state)
{
    static double counts[DAYS];
    (void)state;
    struct pal_detection *detection = detect(counts, 12, 10, 9);
    struct pal_power_setting setting = setting_of(60);
    struct pal_power *simulated = run(detection, &setting);
    setting.is_quick = true;
    struct pal_power *reckoned = run(detection, &setting);
    for (size_t d = 0; d + 1 < LENGTHS; d++) {
        for (size_t e = 0; e < EFFECTS; e++) {
            assert_true(fabs(cell(simulated, d, e)->power -
                             cell(reckoned, d, e)->power) < 0.25);
        }
        double a = simulated->lines[0].smallest[d];
        double b = reckoned->lines[0].smallest[d];
        assert_true(a == 0 || b == 0 || fabs(a - b) < 0.35);
    }
    pal_power_free(simulated);
    pal_power_free(reckoned);
    pal_detection_free(detection);
}

static void threads_change_nothing(void **state)
{
    static double counts[DAYS];
    (void)state;
    struct pal_detection *detection = detect(counts, 6, 5, 10);
    struct pal_power_setting setting = setting_of(12);
    setting.thread_count = 1;
    struct pal_power *one = run(detection, &setting);
    setting.thread_count = 5;
    struct pal_power *five = run(detection, &setting);
    assert_memory_equal(one->lines[0].cells, five->lines[0].cells,
                        sizeof(struct pal_power_cell) * LENGTHS * EFFECTS);
    assert_int_equal(one->loose[0].count, five->loose[0].count);
    pal_power_free(one);
    pal_power_free(five);
    pal_detection_free(detection);
}

static void an_empty_series_says_that_nothing_can_be_said(void **state)
{
    static double counts[DAYS];
    (void)state;
    struct pal_detection *detection = detect(counts, 0, 0, 11);
    struct pal_power_setting setting = setting_of(4);
    struct pal_power *power = run(detection, &setting);
    assert_false(power->lines[0].is_searched);
    assert_true(power->lines[0].smallest[2] == 0);
    assert_true(power->own[0].series_years == 0);
    pal_power_free(power);
    pal_detection_free(detection);
}

static void wrong_settings_are_refused(void **state)
{
    static double counts[DAYS];
    static const double falling[] = {2, 1.5};
    static const int32_t none[] = {0};
    const struct pal_power_series all = {PAL_SURGE_ALL, PAL_SURGE_ALL};
    struct pal_power *power = NULL;
    (void)state;
    struct pal_detection *detection = detect(counts, 6, 5, 12);
    struct pal_power_setting setting = setting_of(4);
    setting.effects = falling;
    setting.effect_count = 2;
    assert_int_equal(pal_power_run(detection, &all, 1, &setting, &power, NULL),
                     PAL_INPUT);
    setting = setting_of(4);
    setting.days = none;
    setting.days_count = 1;
    assert_int_equal(pal_power_run(detection, &all, 1, &setting, &power, NULL),
                     PAL_INPUT);
    setting = setting_of(0);
    assert_int_equal(pal_power_run(detection, &all, 1, &setting, &power, NULL),
                     PAL_INPUT);
    setting = setting_of(4);
    setting.wanted = 1;
    assert_int_equal(pal_power_run(detection, &all, 1, &setting, &power, NULL),
                     PAL_INPUT);
    pal_detection_free(detection);
}

static void no_memory_is_said(void **state)
{
    static double counts[DAYS];
    static const int32_t week[] = {7};
    const struct pal_power_series all = {PAL_SURGE_ALL, PAL_SURGE_ALL};
    pal_status st = PAL_MEMORY;
    (void)state;
    struct pal_detection *detection = detect(counts, 6, 5, 13);
    struct pal_power_setting setting = setting_of(1);
    setting.days = week;
    setting.days_count = 1;
    setting.thread_count = 1;
    for (size_t n = 1; st != PAL_OK; n++) {
        struct pal_power *power = NULL;
        assert_true(n < 500);
        pal_alloc_fail_after(n);
        st = pal_power_run(detection, &all, 1, &setting, &power, NULL);
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK || (st == PAL_MEMORY && power == NULL));
        pal_power_free(power);
    }
    pal_detection_free(detection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_seen_where_nothing_is),
        cmocka_unit_test(more_is_seen_of_more_and_of_longer),
        cmocka_unit_test(a_poisson_series_is_as_worked_out_by_hand),
        cmocka_unit_test(what_is_reckoned_is_near_what_is_simulated),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(an_empty_series_says_that_nothing_can_be_said),
        cmocka_unit_test(wrong_settings_are_refused),
        cmocka_unit_test(no_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
