/* Scales and the ticks a reader counts by. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "publish/scale.h"

/* Labels of the ticks, parted by blanks. */
static void assert_ticks(const struct pal_ticks *ticks, const char *expected)
{
    struct pal_buffer out;
    pal_buffer_init(&out, 4096);
    for (size_t i = 0; i < ticks->count; i++) {
        pal_buffer_append_format(&out, "%s%s", i == 0 ? "" : " ",
                                 ticks->ticks[i].label.text);
    }
    assert_string_equal(out.data, expected);
    pal_buffer_clear(&out);
}

static void ticks_are_round_and_reach_above_the_highest_value(void **state)
{
    static const struct {
        double high;
        int wanted;
        const char *labels;
    } rows[] = {
        {49.9, 3, "0 20 40 60"},
        {10, 5, "0 2 4 6 8 10"},
        {12013, 5, "0 2,500 5,000 7,500 10,000 12,500"},
        {0.7, 3, "0.00 0.25 0.50 0.75"},
        {1, 5, "0.0 0.2 0.4 0.6 0.8 1.0"},
        {0, 5, "0 1"},
        {-3, 5, "0 1"},
        {1e-3, 2, "0.0000 0.0005 0.0010"},
    };
    struct pal_ticks ticks;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pal_ticks_from_zero(rows[i].high, rows[i].wanted, &ticks);
        assert_ticks(&ticks, rows[i].labels);
        assert_true(ticks.ticks[ticks.count - 1].value >= rows[i].high);
    }
}

static void times_are_ticked_by_as_many_months_as_have_room(void **state)
{
    static const struct {
        const char *first;
        const char *last;
        double width;
        const char *labels;
    } rows[] = {
        {"2015-10-01", "2020-12-31", 260, "2016 2017 2018 2019 2020"},
        {"2012-01-01", "2026-02-28", 348, "2012 2014 2016 2018 2020 2022 2024 2026"},
        {"2019-10-01", "2020-09-30", 600,
         "Oct Nov Dec 2020 Feb Mar Apr May Jun Jul Aug Sep"},
        {"2019-10-02", "2020-09-30", 180, "2020 Apr Jul"},
    };
    struct pal_ticks ticks;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int32_t first = pal_day_from_text(rows[i].first);
        int32_t last = pal_day_from_text(rows[i].last);
        struct pal_scale scale = {first, last, 0, rows[i].width};
        pal_ticks_time(first, last, &scale, 42, &ticks);
        assert_ticks(&ticks, rows[i].labels);
    }
}

static void a_scale_without_width_gives_its_beginning(void **state)
{
    struct pal_scale scale = {3, 3, 10, 20};
    struct pal_scale upside_down = {0, 100, 200, 0};
    (void)state;
    assert_true(pal_scale_at(&scale, 3) == 10);
    assert_true(pal_scale_at(&upside_down, 25) == 150);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_round_and_reach_above_the_highest_value),
        cmocka_unit_test(times_are_ticked_by_as_many_months_as_have_room),
        cmocka_unit_test(a_scale_without_width_gives_its_beginning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
