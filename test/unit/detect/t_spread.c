/* The spread of sparse and bursty series, of sums, and their tails. Series are drawn with a
 * fixed seed. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>

#include "base/base.h"
#include "detect/surge.h"
#include "stat/random.h"

enum { DAYS = 1096, FIRST = 16709, SERIES = 40, AREAS = 4, GROUPS = 2 };

static void draw(double *counts, double mean, double size, uint64_t seed, uint64_t line)
{
    static const double week[] = {1.2, 1.3, 1.3, 1.2, 0.9, 0.15, 0.1};
    struct pal_random random;
    pal_random_init(&random, seed, line);
    for (size_t day = 0; day < DAYS; day++) {
        double here = mean * week[pal_weekday_of(FIRST + (int32_t)day)];
        counts[day] = (double)pal_random_negative_binomial(&random, here, size);
    }
}

static struct pal_baseline fit(const double *counts, const double *variance_least,
                               struct pal_arena *arena)
{
    struct pal_baseline baseline;
    struct pal_day_series series = {FIRST, DAYS, counts, NULL, variance_least};
    assert_int_equal(pal_baseline_fit(&series, NULL, arena, &baseline, NULL), PAL_OK);
    assert_int_equal(baseline.status, PAL_FIT_OK);
    return baseline;
}

/* Days far out must not take the spread with them: of series with alpha 1 the middle one's is
 * near 1, for few records a day and for some. */
static void the_spread_of_sparse_series_is_not_lost(void **state)
{
    static const double means[] = {0.4, 1, 3};
    static double counts[DAYS];
    (void)state;
    for (size_t k = 0; k < sizeof means / sizeof means[0]; k++) {
        size_t below = 0;
        size_t above = 0;
        for (uint64_t i = 0; i < SERIES; i++) {
            struct pal_arena arena;
            pal_arena_init(&arena, 1U << 26);
            draw(counts, means[k], 1, 7 + k, i);
            struct pal_baseline baseline = fit(counts, NULL, &arena);
            below += baseline.alpha[0] < 0.6 ? 1 : 0;
            above += baseline.alpha[0] > 1.6 ? 1 : 0;
            pal_arena_clear(&arena);
        }
        print_message("mean %.1f: %zu of %d below 0.6, %zu above 1.6\n", means[k],
                      below, SERIES, above);
        assert_true(below <= SERIES / 4);
        assert_true(above <= SERIES / 4);
    }
}

static void a_few_records_on_single_days_do_not_say_that_there_is_no_spread(
    void **state)
{
    static double counts[DAYS];
    struct pal_arena arena;
    (void)state;
    for (size_t day = 3; day < DAYS; day += 140) {
        counts[day] = 1;
    }
    pal_arena_init(&arena, 1U << 26);
    struct pal_baseline baseline = fit(counts, NULL, &arena);
    assert_true(baseline.alpha[0] > 1);
    pal_arena_clear(&arena);
}

static void a_days_variance_is_no_less_than_told(void **state)
{
    static double counts[DAYS];
    static double least[DAYS];
    struct pal_arena arena;
    (void)state;
    draw(counts, 5, 20, 3, 0);
    least[500] = 1000;
    pal_arena_init(&arena, 1U << 26);
    struct pal_baseline plain = fit(counts, NULL, &arena);
    struct pal_baseline told = fit(counts, least, &arena);
    assert_true(plain.sum_variance[501] - plain.sum_variance[500] < 100);
    assert_true(told.sum_variance[501] - told.sum_variance[500] == 1000);
    assert_true(told.sum_variance[500] - told.sum_variance[499] < 100);
    pal_arena_clear(&arena);
}

static struct pal_surge_input draw_bursts(double *counts, uint64_t seed)
{
    for (size_t line = 0; line < (size_t)AREAS * GROUPS; line++) {
        bool is_bursty = line % GROUPS == 1;
        draw(counts + line * DAYS, is_bursty ? 0.5 : 8, is_bursty ? 0.25 : 30, seed,
             line);
    }
    return (struct pal_surge_input){.first = FIRST,
                                    .day_count = DAYS,
                                    .area_count = AREAS,
                                    .group_count = GROUPS,
                                    .counts = counts};
}

/* One group regular, the other rare and in bursts. At 5 % at most one of twenty studies lists
 * something; more than 9 of 80 has a probability below 0.01. */
static void bursts_are_no_surges_and_a_sum_varies_as_its_parts(void **state)
{
    double *counts = pal_alloc_zero((size_t)AREAS * GROUPS * DAYS, sizeof *counts);
    size_t with_one = 0;
    (void)state;
    assert_non_null(counts);
    for (uint64_t seed = 500; seed < 580; seed++) {
        struct pal_detection *detection = NULL;
        struct pal_surge_input input = draw_bursts(counts, seed);
        struct pal_surge_setting setting = pal_surge_default;
        setting.thread_count = 2;
        assert_int_equal(pal_detect_run(&input, &setting, &detection, NULL), PAL_OK);
        with_one += detection->surge_count > 0 ? 1 : 0;
        const double *all =
            pal_detection_baseline(detection, 2, PAL_SURGE_ALL)->sum_variance;
        const double *one = pal_detection_baseline(detection, 2, 0)->sum_variance;
        const double *two = pal_detection_baseline(detection, 2, 1)->sum_variance;
        for (size_t day = 0; day < DAYS; day++) {
            double parts = one[day + 1] - one[day] + two[day + 1] - two[day];
            assert_true(all[day + 1] - all[day] >= parts * (1 - 1e-9));
        }
        pal_detection_free(detection);
    }
    pal_free(counts);
    print_message("%zu of 80 studies with bursts list one\n", with_one);
    assert_true(with_one <= 9);
}

static void a_tail_is_longer_the_less_is_known_and_turns_back(void **state)
{
    struct pal_surge_tail short_tail = {.start = 7, .shape = 200, .spread = 400};
    struct pal_surge_tail long_tail = {.start = 7, .shape = 20, .spread = 40};
    struct pal_surge_tail none = {.start = 0};
    (void)state;
    for (int half = 0; half < 120; half++) {
        double x = half / 2.0;
        double near = pal_tail_surprise(&short_tail, x);
        double far = pal_tail_surprise(&long_tail, x);
        assert_true(far <= near && near <= x);
        assert_true(pal_tail_surprise(&none, x) == x);
        assert_true(pal_tail_needed(&none, x) == x);
        if (x > 12) {
            double back = pal_tail_needed(&long_tail, far);
            assert_true(fabs(back - x) < 1e-9 * x);
        }
    }
    /* Beyond x with probability (1 + x / spread)^-shape. */
    assert_true(fabs(pal_tail_surprise(&long_tail, 25) -
                     (7 + 20 * log(1 + 20.0 / 40))) < 1e-12);
}

/* What has at most a given p is listed whatever the rate; at the largest p of the list itself
 * that is the same list. */
static void a_fixed_threshold_lists_what_is_below_it(void **state)
{
    static double counts[DAYS];
    struct pal_surge_setting setting = pal_surge_default;
    struct pal_detection *at_rate = NULL;
    struct pal_detection *fixed = NULL;
    struct pal_detection *strict = NULL;
    (void)state;
    draw(counts, 5, 20, 11, 0);
    for (size_t day = 500; day < 510; day++) {
        counts[day] += 20;
    }
    struct pal_surge_input input = {.first = FIRST,
                                    .day_count = DAYS,
                                    .area_count = 1,
                                    .group_count = 1,
                                    .counts = counts};
    assert_int_equal(pal_detect_run(&input, &setting, &at_rate, NULL), PAL_OK);
    assert_int_equal(at_rate->surge_count, 1);
    setting.p_fixed = at_rate->p_limit;
    assert_int_equal(pal_detect_run(&input, &setting, &fixed, NULL), PAL_OK);
    assert_int_equal(fixed->surge_count, 1);
    setting.p_fixed = at_rate->p_limit / 2;
    assert_int_equal(pal_detect_run(&input, &setting, &strict, NULL), PAL_OK);
    assert_int_equal(strict->surge_count, 0);
    pal_detection_free(at_rate);
    pal_detection_free(fixed);
    pal_detection_free(strict);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_spread_of_sparse_series_is_not_lost),
        cmocka_unit_test(
            a_few_records_on_single_days_do_not_say_that_there_is_no_spread),
        cmocka_unit_test(a_days_variance_is_no_less_than_told),
        cmocka_unit_test(bursts_are_no_surges_and_a_sum_varies_as_its_parts),
        cmocka_unit_test(a_tail_is_longer_the_less_is_known_and_turns_back),
        cmocka_unit_test(a_fixed_threshold_lists_what_is_below_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
