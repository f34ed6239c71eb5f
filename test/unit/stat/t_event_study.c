/* Numbers by test/oracle/stat/event_study.py, which makes all choices by brute force. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>

#include "stat/event_study.h"
#include "stat/random.h"

enum { UNIT_COUNT = 7, PERIOD_COUNT = 5, VALUE_COUNT = UNIT_COUNT * PERIOD_COUNT };
static const double counts[UNIT_COUNT][PERIOD_COUNT] = {
    {20, 24, 22, 41, 44}, {31, 29, 30, 52, 61}, {12, 15, 11, 25, 23},
    {40, 38, 42, 41, 39}, {18, 20, 19, 22, 17}, {27, 25, 30, 24, 29},
    {50, 47, 55, 49, 52}};
static const bool chosen[UNIT_COUNT] = {true, true, true};
static const bool before[PERIOD_COUNT] = {true, true, true};
static const bool after[PERIOD_COUNT] = {false, false, false, true, true};
static const struct pal_event_study_setting setting = {0.95, 999, 1};

static void assert_near(double value, double want, double slack)
{
    if (!(fabs(value - want) <= slack)) {
        fail_msg("%.12f, wanted %.12f", value, want);
    }
}

static void effects_are_those_of_all_choices(void **state)
{
    static const double wanted[PERIOD_COUNT + 1][4] = {
        {-0.016074299866, -0.091260095, 0.084385344, 0.628571428571},
        {0.114364998774, -0.095428114, 0.256053384, 0.142857142857},
        {-0.098290698908, -0.221487836, 0.032337060, 0.085714285714},
        {0.605784738600, 0.277575858, 0.904859571, 0.028571428571},
        {0.668602701761, 0.501583630, 0.894040256, 0.028571428571},
        {0.637193720181, 0.585808057, 0.703221601, 0.028571428571},
    };
    double values[VALUE_COUNT];
    struct pal_event_study study;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    (void)state;
    for (size_t i = 0; i < VALUE_COUNT; i++) {
        values[i] = log(counts[i / PERIOD_COUNT][i % PERIOD_COUNT] + 0.5);
    }
    const struct pal_event_study_data data = {UNIT_COUNT, PERIOD_COUNT, values,
                                              chosen,     before,       after};
    pal_arena_init(&arena, 1U << 20);
    assert_int_equal(pal_event_study_run(&data, &setting, &arena, &study, &err),
                     PAL_OK);
    assert_int_equal(study.status, PAL_FIT_OK);
    assert_true(study.is_exact);
    assert_int_equal(study.choice_count, 35);
    for (size_t t = 0; t <= PERIOD_COUNT; t++) {
        const struct pal_effect *effect =
            t < PERIOD_COUNT ? &study.periods[t] : &study.after;
        assert_near(effect->value, wanted[t][0], 1e-11);
        assert_true(effect->has_interval);
        assert_near(effect->low, wanted[t][1], 1e-8);
        assert_near(effect->high, wanted[t][2], 1e-8);
        assert_near(effect->p_value, wanted[t][3], 1e-11);
    }
    pal_arena_clear(&arena);
}

static void too_few_choices_give_no_interval(void **state)
{
    /* One of three: no choice is rarer than 1 in 3. */
    static const double values[] = {0, 9, 0, 0, 0, 0};
    static const bool one[] = {true, false, false};
    static const bool first[] = {true, false};
    static const bool second[] = {false, true};
    const struct pal_event_study_data data = {3, 2, values, one, first, second};
    struct pal_event_study study;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    (void)state;
    pal_arena_init(&arena, 1U << 20);
    assert_int_equal(pal_event_study_run(&data, &setting, &arena, &study, &err),
                     PAL_OK);
    assert_int_equal(study.status, PAL_FIT_OK);
    assert_near(study.after.value, 9, 1e-12);
    assert_false(study.after.has_interval);
    assert_near(study.after.p_value, 1.0 / 3, 1e-12);
    pal_arena_clear(&arena);
}

static void a_side_without_units_has_nothing_to_say(void **state)
{
    static const double values[] = {1, 2, 3, 4};
    static const bool none[] = {false, false};
    static const bool first[] = {true, false};
    static const bool second[] = {false, true};
    struct pal_event_study_data data = {2, 2, values, none, first, second};
    struct pal_event_study study;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    double bad[] = {1, 2, 3, (double)INFINITY};
    (void)state;
    pal_arena_init(&arena, 1U << 20);
    assert_int_equal(pal_event_study_run(&data, &setting, &arena, &study, &err),
                     PAL_OK);
    assert_int_equal(study.status, PAL_FIT_TOO_FEW);
    data.values = bad;
    assert_int_equal(pal_event_study_run(&data, &setting, &arena, &study, &err),
                     PAL_INPUT);
    pal_arena_clear(&arena);
}

/* 2,000 panels of 9 units against 16 with a true shift: how many intervals hold it. */
static void intervals_cover_the_truth(void **state)
{
    enum { RUNS = 2000, UNITS = 25, PERIODS = 6 };
    static const bool early[PERIODS] = {true, true, true, false, false, false};
    static const bool late[PERIODS] = {false, false, false, true, true, true};
    const struct pal_event_study_setting quick = {0.95, 399, 7};
    bool picked[UNITS] = {false};
    double values[UNITS * PERIODS];
    int covered = 0;
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    for (int i = 0; i < 9; i++) {
        picked[i] = true;
    }
    for (uint64_t run = 0; run < RUNS; run++) {
        struct pal_random random;
        struct pal_event_study study;
        struct pal_arena arena;
        pal_random_init(&random, 11, run);
        pal_arena_init(&arena, 1U << 20);
        for (size_t u = 0; u < UNITS; u++) {
            for (size_t t = 0; t < PERIODS; t++) {
                double mean = 40 * (picked[u] && late[t] ? 1.5 : 1);
                values[u * PERIODS + t] =
                    log((double)pal_random_negative_binomial(&random, mean, 20) + 0.5);
            }
        }
        const struct pal_event_study_data data = {UNITS,  PERIODS, values,
                                                  picked, early,   late};
        assert_int_equal(pal_event_study_run(&data, &quick, &arena, &study, &err),
                         PAL_OK);
        covered += study.after.low <= log(1.5) && study.after.high >= log(1.5) ? 1 : 0;
        pal_arena_clear(&arena);
    }
    double share = (double)covered / RUNS;
    print_message("intervals by permutation: %.4f cover\n", share);
    assert_true(share >= 0.93 && share <= 0.97);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effects_are_those_of_all_choices),
        cmocka_unit_test(too_few_choices_give_no_interval),
        cmocka_unit_test(a_side_without_units_has_nothing_to_say),
        cmocka_unit_test(intervals_cover_the_truth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
