/* Surges of plain series: what is planted is found, where nothing is nothing is, and the same
 * with any number of threads. Series are drawn with a fixed seed. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "detect/surge.h"
#include "stat/random.h"

enum { AREAS = 6, GROUPS = 2, DAYS = 1096, LINES = AREAS * GROUPS, FIRST = 16709 };

struct plain {
    double counts[LINES * DAYS];
    int16_t source[LINES * DAYS];
};

/* Usual of an area and group on a day: a week's shape, a season, quiet holidays. */
static double usual(size_t line, size_t day)
{
    static const double week[] = {1.2, 1.3, 1.3, 1.2, 0.9, 0.15, 0.1};
    int32_t at = FIRST + (int32_t)day;
    double mean = (double)(1 + line) * week[pal_weekday_of(at)];
    mean *= 1 + 0.2 * cos((double)day / 365.25 * 6.283185307179586);
    return pal_is_federal_holiday(at) ? mean * 0.1 : mean;
}

static void fill(struct plain *plain, uint64_t seed)
{
    for (size_t line = 0; line < LINES; line++) {
        struct pal_random random;
        pal_random_init(&random, seed, line);
        for (size_t day = 0; day < DAYS; day++) {
            plain->counts[line * DAYS + day] =
                (double)pal_random_negative_binomial(&random, usual(line, day), 4);
            plain->source[line * DAYS + day] = 0;
        }
    }
}

static struct pal_surge_input input_of(const struct plain *plain)
{
    return (struct pal_surge_input){.first = FIRST,
                                    .day_count = DAYS,
                                    .area_count = AREAS,
                                    .group_count = GROUPS,
                                    .counts = plain->counts,
                                    .source = plain->source};
}

static struct pal_detection *detect(const struct pal_surge_input *input, int threads)
{
    struct pal_surge_setting setting = pal_surge_default;
    struct pal_detection *detection = NULL;
    struct pal_error err = {PAL_OK, ""};
    setting.thread_count = threads;
    pal_status st = pal_detect_run(input, &setting, &detection, &err);
    if (st != PAL_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(st, PAL_OK);
    return detection;
}

static struct plain *new_plain(uint64_t seed)
{
    struct plain *plain = pal_alloc_zero(1, sizeof *plain);
    assert_non_null(plain);
    fill(plain, seed);
    return plain;
}

/* Adds `a_day` more on working days. */
static void plant(struct plain *plain, size_t line, size_t first, size_t last,
                  double a_day)
{
    for (size_t day = first; day <= last; day++) {
        if (pal_weekday_of(FIRST + (int32_t)day) < 5) {
            plain->counts[line * DAYS + day] += a_day;
        }
    }
}

static void a_surge_in_one_area_is_found_with_its_days(void **state)
{
    struct plain *plain = new_plain(1);
    (void)state;
    /* FIRST is a Thursday; day 500 is a Monday, so 500..504 a working week. */
    assert_int_equal(pal_weekday_of(FIRST + 501), 0);
    plant(plain, 4, 501, 505, 25);
    struct pal_surge_input input = input_of(plain);
    struct pal_detection *detection = detect(&input, 1);
    assert_int_equal(detection->surge_count, 1);
    const struct pal_surge *surge = &detection->surges[0];
    /* A chance record on the weekend beside it may be taken in. */
    assert_in_range(surge->first, FIRST + 499, FIRST + 501);
    assert_in_range(surge->last, FIRST + 505, FIRST + 507);
    assert_int_equal(surge->area_count, 1);
    assert_int_equal(surge->parts[0].area, 2);
    assert_int_equal(surge->group, 0);
    /* The truth, 125 more, lies in the interval; observed is the plain sum. */
    assert_true(surge->excess_low <= 125 && 125 <= surge->excess_high);
    double sum = 0;
    for (int32_t day = surge->first; day <= surge->last; day++) {
        sum += plain->counts[(size_t)4 * DAYS + (size_t)(day - FIRST)];
    }
    assert_true(surge->observed == sum);
    assert_true(surge->p_adjusted <= 0.05);
    pal_detection_free(detection);
    pal_free(plain);
}

static void a_surge_of_several_areas_is_one_event(void **state)
{
    struct plain *plain = new_plain(2);
    (void)state;
    plant(plain, 2, 600, 603, 18);
    plant(plain, 6, 600, 603, 22);
    plant(plain, 10, 600, 603, 30);
    struct pal_surge_input input = input_of(plain);
    struct pal_detection *detection = detect(&input, 2);
    assert_int_equal(detection->surge_count, 1);
    const struct pal_surge *surge = &detection->surges[0];
    assert_int_equal(surge->area_count, 3);
    assert_int_equal(surge->parts[0].area, 1);
    assert_int_equal(surge->parts[1].area, 3);
    assert_int_equal(surge->parts[2].area, 5);
    assert_true(surge->parts[0].observed + surge->parts[1].observed +
                    surge->parts[2].observed ==
                surge->observed);
    /* Each area by itself: three, the same searched again or anew. */
    struct pal_surge_setting setting = pal_surge_default;
    struct pal_detection *again = NULL;
    struct pal_detection *anew = NULL;
    setting.is_each_alone = true;
    assert_int_equal(pal_detect_alone(detection, &again, NULL), PAL_OK);
    assert_int_equal(pal_detect_run(&input, &setting, &anew, NULL), PAL_OK);
    assert_int_equal(again->surge_count, 3);
    assert_int_equal(anew->surge_count, 3);
    assert_int_equal(again->window_count, anew->window_count);
    assert_int_equal(again->test_count, anew->test_count);
    assert_true(again->p_limit == anew->p_limit);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(again->surges[i].area_count, 1);
        assert_int_equal(again->surges[i].parts[0].area, 1 + 2 * i);
        assert_int_equal(again->surges[i].first, anew->surges[i].first);
        assert_int_equal(again->surges[i].last, anew->surges[i].last);
        assert_true(again->surges[i].expected == anew->surges[i].expected);
        assert_true(again->surges[i].p_adjusted == anew->surges[i].p_adjusted);
    }
    assert_int_equal(detection->surge_count, 1);
    pal_detection_free(anew);
    pal_detection_free(again);
    pal_detection_free(detection);
    pal_free(plain);
}

static void forty_days_in_a_row_are_one_event(void **state)
{
    struct plain *plain = new_plain(3);
    (void)state;
    plant(plain, 8, 400, 440, 40);
    struct pal_surge_input input = input_of(plain);
    struct pal_detection *detection = detect(&input, 1);
    assert_int_equal(detection->surge_count, 1);
    assert_true(detection->surges[0].first <= FIRST + 402);
    assert_true(detection->surges[0].last >= FIRST + 438);
    pal_detection_free(detection);
    pal_free(plain);
}

/* At a rate of 5 % a study without surges lists one in at most one of twenty. Of 40 studies at
 * most 5 may: more has a probability below 0.014 were the rate as large as that. */
static void where_nothing_is_nothing_is_found(void **state)
{
    size_t with_one = 0;
    (void)state;
    for (uint64_t seed = 100; seed < 140; seed++) {
        struct plain *plain = new_plain(seed);
        struct pal_surge_input input = input_of(plain);
        struct pal_detection *detection = detect(&input, 2);
        with_one += detection->surge_count > 0 ? 1 : 0;
        pal_detection_free(detection);
        pal_free(plain);
    }
    print_message("%zu of 40 studies without surges list one\n", with_one);
    assert_true(with_one <= 5);
}

static void threads_change_nothing(void **state)
{
    struct plain *plain = new_plain(4);
    (void)state;
    plant(plain, 3, 300, 320, 20);
    plant(plain, 7, 700, 703, 60);
    struct pal_surge_input input = input_of(plain);
    struct pal_detection *one = detect(&input, 1);
    struct pal_detection *three = detect(&input, 3);
    assert_true(one->surge_count > 0);
    assert_int_equal(one->surge_count, three->surge_count);
    for (size_t i = 0; i < one->surge_count; i++) {
        const struct pal_surge *a = &one->surges[i];
        const struct pal_surge *b = &three->surges[i];
        assert_int_equal(a->first, b->first);
        assert_int_equal(a->last, b->last);
        assert_true(a->expected == b->expected);
        assert_true(a->log_p == b->log_p);
        assert_true(a->p_adjusted == b->p_adjusted);
    }
    pal_detection_free(one);
    pal_detection_free(three);
    pal_free(plain);
}

static void a_day_that_no_release_serves_is_not_zero(void **state)
{
    struct plain *plain = new_plain(5);
    (void)state;
    for (size_t line = 0; line < LINES; line++) {
        for (size_t day = 365; day < 545; day++) {
            plain->source[line * DAYS + day] = -1;
            plain->counts[line * DAYS + day] = 0;
        }
    }
    struct pal_surge_input input = input_of(plain);
    struct pal_detection *detection = detect(&input, 1);
    assert_int_equal(detection->surge_count, 0);
    const struct pal_baseline *baseline = pal_detection_baseline(detection, 2, 0);
    assert_int_equal(baseline->covered_count, DAYS - 180);
    assert_true(baseline->expected[400] == 0);
    /* What is usual is not pulled down: within a tenth of the truth over the other days. */
    double truth = 0;
    double fitted = 0;
    for (size_t day = 545; day < DAYS; day++) {
        truth += usual(4, day);
        fitted += baseline->expected[day];
    }
    assert_true(fabs(fitted / truth - 1) < 0.1);
    pal_detection_free(detection);
    pal_free(plain);
}

static void series_of_which_nothing_can_be_said_have_a_status(void **state)
{
    static const double zeros[400];
    static const double few[400] = {[10] = 1, [200] = 1};
    double huge[400] = {0};
    int16_t none[400];
    double sure[2] = {3, 4};
    struct pal_arena arena;
    struct pal_baseline baseline;
    struct pal_day_series series = {.first = FIRST, .count = 400, .counts = zeros};
    (void)state;
    pal_arena_init(&arena, 1U << 26);
    assert_int_equal(pal_baseline_fit(&series, NULL, &arena, &baseline, NULL), PAL_OK);
    assert_int_equal(baseline.status, PAL_FIT_NO_EVENT);
    series.counts = few;
    assert_int_equal(pal_baseline_fit(&series, NULL, &arena, &baseline, NULL), PAL_OK);
    assert_int_equal(baseline.status, PAL_FIT_OK);
    for (size_t i = 0; i < 400; i++) {
        none[i] = -1;
        huge[i] = 2;
    }
    huge[200] = 1e8;
    series.counts = huge;
    assert_int_equal(pal_baseline_fit(&series, NULL, &arena, &baseline, NULL), PAL_OK);
    assert_int_equal(baseline.status, PAL_FIT_OK);
    assert_true(baseline.expected[100] > 1 && baseline.expected[100] < 4);
    assert_true(baseline.weight[200] < 1e-3);
    series.source = none;
    assert_int_equal(pal_baseline_fit(&series, NULL, &arena, &baseline, NULL), PAL_OK);
    assert_int_equal(baseline.status, PAL_FIT_NO_DATA);
    series = (struct pal_day_series){.first = FIRST, .count = 2, .counts = sure};
    assert_int_equal(pal_baseline_fit(&series, NULL, &arena, &baseline, NULL), PAL_OK);
    assert_int_equal(baseline.status, PAL_FIT_TOO_FEW);
    sure[1] = -1;
    assert_int_equal(pal_baseline_fit(&series, NULL, &arena, &baseline, NULL),
                     PAL_INPUT);
    sure[1] = (double)NAN;
    assert_int_equal(pal_baseline_fit(&series, NULL, &arena, &baseline, NULL),
                     PAL_INPUT);
    pal_arena_clear(&arena);
}

static void wrong_sizes_are_refused(void **state)
{
    static const double counts[4] = {1, 2, 3, 4};
    struct pal_surge_input input = {.first = FIRST, .counts = counts};
    struct pal_surge_setting setting = pal_surge_default;
    struct pal_detection *detection = NULL;
    (void)state;
    assert_int_equal(pal_detect_run(&input, &setting, &detection, NULL), PAL_INPUT);
    input.day_count = 4;
    input.area_count = 1;
    input.group_count = 1;
    setting.false_discovery_rate = 0;
    assert_int_equal(pal_detect_run(&input, &setting, &detection, NULL), PAL_INPUT);
    setting.false_discovery_rate = (double)NAN;
    assert_int_equal(pal_detect_run(&input, &setting, &detection, NULL), PAL_INPUT);
    assert_null(detection);
    setting = pal_surge_default;
    assert_int_equal(pal_detect_run(&input, &setting, &detection, NULL), PAL_OK);
    assert_int_equal(detection->searched_series_count, 0);
    pal_detection_free(detection);
}

static void memory_that_runs_out_is_told_and_nothing_leaks(void **state)
{
    struct plain *plain = new_plain(6);
    struct pal_surge_input input = input_of(plain);
    struct pal_surge_setting setting = pal_surge_default;
    pal_status st = PAL_MEMORY;
    (void)state;
    input.area_count = 2;
    input.day_count = DAYS;
    plant(plain, 1, 500, 505, 30);
    for (size_t n = 1; st != PAL_OK; n++) {
        struct pal_detection *detection = NULL;
        pal_alloc_fail_after(n);
        st = pal_detect_run(&input, &setting, &detection, NULL);
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK || st == PAL_MEMORY);
        assert_true((detection != NULL) == (st == PAL_OK));
        pal_detection_free(detection);
        assert_true(n < 2000);
    }
    pal_free(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_surge_in_one_area_is_found_with_its_days),
        cmocka_unit_test(a_surge_of_several_areas_is_one_event),
        cmocka_unit_test(forty_days_in_a_row_are_one_event),
        cmocka_unit_test(where_nothing_is_nothing_is_found),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(a_day_that_no_release_serves_is_not_zero),
        cmocka_unit_test(series_of_which_nothing_can_be_said_have_a_status),
        cmocka_unit_test(wrong_sizes_are_refused),
        cmocka_unit_test(memory_that_runs_out_is_told_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
