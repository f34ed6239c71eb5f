/* Spurts in turn: the statistic by hand, chance by its exact law, and what is left out. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "detect/turns.h"

enum { AREA_MAX = 8, DAY_MAX = 7 * 60 };

struct plan {
    bool is_surge[AREA_MAX * DAY_MAX];
    bool is_covered[AREA_MAX * DAY_MAX];
    struct pal_turns_input input;
};

static void start(struct plan *plan, size_t areas, size_t weeks)
{
    memset(plan->is_surge, 0, sizeof plan->is_surge);
    memset(plan->is_covered, true, sizeof plan->is_covered);
    plan->input = (struct pal_turns_input){.area_count = areas,
                                           .day_count = weeks * 7,
                                           .is_surge = plan->is_surge,
                                           .is_covered = plan->is_covered,
                                           .seed = 1,
                                           .replicate_count = 9999};
}

static void surge(struct plan *plan, size_t area, size_t first, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        plan->is_surge[area * plan->input.day_count + first + i] = true;
    }
}

static struct pal_turns run(const struct plan *plan)
{
    struct pal_turns turns;
    struct pal_error err = {PAL_OK, ""};
    assert_int_equal(pal_turns_run(&plan->input, &turns, &err), PAL_OK);
    return turns;
}

static void others_in_surge_are_counted_by_hand(void **state)
{
    static struct plan plan;
    (void)state;
    start(&plan, 4, 20);
    surge(&plan, 0, 70, 7);
    surge(&plan, 1, 73, 7); /* four days with area 0 */
    surge(&plan, 3, 73, 2); /* both of them with 0 and with 1 */
    struct pal_turns turns = run(&plan);
    assert_int_equal(turns.status, PAL_FIT_OK);
    assert_int_equal(turns.area_count, 3);
    assert_int_equal(turns.surge_days, 16);
    /* Day by day: 0 sees 1 on 4 days and 3 on 2; 1 sees 0 on 4 and 3 on 2; 3 sees 0 and 1
     * on 2 each. */
    assert_true(fabs(turns.together - 16.0 / 16) < 1e-12);
    /* Three days before the others begin, three after area 0 ends. */
    assert_int_equal(turns.alone_days, 6);
}

/* Two areas with a week each in ten weeks meet in one of ten shifts, and then wholly. */
static void chance_is_what_shifts_by_whole_weeks_give(void **state)
{
    static struct plan plan;
    (void)state;
    start(&plan, 2, 10);
    surge(&plan, 0, 7, 7);
    surge(&plan, 1, 35, 7);
    struct pal_turns turns = run(&plan);
    assert_true(turns.together == 0);
    assert_true(fabs(turns.by_chance - 0.1) < 0.012); /* four standard errors */
    assert_true(fabs(turns.p_turns - 0.9) < 0.012);
    assert_true(turns.p_together == 1);
    assert_int_equal(pal_turns_answer(&turns), PAL_TURNS_NEITHER);
}

static void areas_that_tile_the_weeks_take_turns(void **state)
{
    static struct plan plan;
    (void)state;
    start(&plan, 6, 36);
    for (size_t area = 0; area < 6; area++) {
        surge(&plan, area, area * 42, 42);
    }
    struct pal_turns turns = run(&plan);
    assert_true(turns.together == 0);
    assert_true(turns.p_turns < 0.01);
    assert_true(turns.by_chance > 0.5);
    assert_true(turns.low <= turns.by_chance && turns.by_chance <= turns.high);
    assert_int_equal(pal_turns_answer(&turns), PAL_TURNS_IN_TURN);
}

static void areas_in_the_same_weeks_come_together(void **state)
{
    static struct plan plan;
    (void)state;
    start(&plan, 5, 40);
    for (size_t area = 0; area < 5; area++) {
        surge(&plan, area, 70, 14);
        surge(&plan, area, 161, 7);
    }
    struct pal_turns turns = run(&plan);
    assert_true(turns.together == 4);
    assert_true(turns.p_together < 0.001);
    assert_int_equal(pal_turns_answer(&turns), PAL_TURNS_TOGETHER);
    assert_true(turns.p_turns == 1);
}

/* A week that one area does not cover counts for none, and areas without a surge do not
 * matter. */
static void weeks_that_an_area_does_not_cover_are_left_out(void **state)
{
    static struct plan plan;
    (void)state;
    start(&plan, 3, 20);
    surge(&plan, 0, 14, 14);
    surge(&plan, 1, 21, 7);
    surge(&plan, 1, 70, 7);
    plan.is_covered[1 * plan.input.day_count + 24] = false;
    plan.is_covered[2 * plan.input.day_count + 15] = false;
    struct pal_turns turns = run(&plan);
    assert_int_equal(turns.area_count, 2);
    assert_int_equal(turns.surge_days, 14);
    assert_true(turns.together == 0);
}

static void the_same_seed_gives_the_same_numbers(void **state)
{
    static struct plan plan;
    (void)state;
    start(&plan, 3, 30);
    surge(&plan, 0, 10, 20);
    surge(&plan, 1, 60, 30);
    surge(&plan, 2, 80, 11);
    struct pal_turns first = run(&plan);
    struct pal_turns second = run(&plan);
    plan.input.seed = 2;
    struct pal_turns other = run(&plan);
    assert_memory_equal(&first, &second, sizeof first);
    assert_true(first.together == other.together);
    assert_true(first.by_chance != other.by_chance);
}

static void what_cannot_be_said_has_a_status(void **state)
{
    static struct plan plan;
    struct pal_turns turns;
    (void)state;
    start(&plan, 3, 20);
    assert_int_equal(run(&plan).status, PAL_FIT_TOO_FEW);
    surge(&plan, 1, 20, 5);
    assert_int_equal(run(&plan).status, PAL_FIT_TOO_FEW);
    start(&plan, 2, 7); /* fewer than eight weeks */
    surge(&plan, 0, 0, 5);
    surge(&plan, 1, 9, 5);
    turns = run(&plan);
    assert_int_equal(turns.status, PAL_FIT_TOO_FEW);
    assert_int_equal(pal_turns_answer(&turns), PAL_TURNS_UNKNOWN);
    plan.input.replicate_count = 18;
    assert_int_equal(pal_turns_run(&plan.input, &turns, NULL), PAL_INPUT);
    plan.input.replicate_count = 99;
    plan.input.area_count = 0;
    assert_int_equal(pal_turns_run(&plan.input, &turns, NULL), PAL_INPUT);
}

static void memory_that_runs_out_is_told(void **state)
{
    static struct plan plan;
    pal_status st = PAL_MEMORY;
    (void)state;
    start(&plan, 2, 20);
    surge(&plan, 0, 7, 7);
    surge(&plan, 1, 35, 7);
    for (size_t n = 1; st != PAL_OK; n++) {
        struct pal_turns turns;
        pal_alloc_fail_after(n);
        st = pal_turns_run(&plan.input, &turns, NULL);
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK || st == PAL_MEMORY);
        assert_true(n < 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_in_surge_are_counted_by_hand),
        cmocka_unit_test(chance_is_what_shifts_by_whole_weeks_give),
        cmocka_unit_test(areas_that_tile_the_weeks_take_turns),
        cmocka_unit_test(areas_in_the_same_weeks_come_together),
        cmocka_unit_test(weeks_that_an_area_does_not_cover_are_left_out),
        cmocka_unit_test(the_same_seed_gives_the_same_numbers),
        cmocka_unit_test(what_cannot_be_said_has_a_status),
        cmocka_unit_test(memory_that_runs_out_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
