#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "base/calendar.h"

static void known_days_have_their_number_weekday_and_fiscal_year(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t day;
        int32_t weekday; /* 0 Monday */
        int32_t fiscal_year;
    } rows[] = {
        {"1970-01-01", 0, 3, 1970},        {"1969-12-31", -1, 2, 1970},
        {"1900-02-28", -25509, 2, 1900},   {"1900-03-01", -25508, 3, 1900},
        {"2000-02-29", 11016, 1, 2000},    {"2000-03-01", 11017, 2, 2000},
        {"2019-09-30", 18169, 0, 2019},    {"2019-10-01", 18170, 1, 2020},
        {"2020-09-30", 18535, 2, 2020},    {"2020-10-01", 18536, 3, 2021},
        {"2024-02-29", 19782, 3, 2024},    {"2025-01-20", 20108, 0, 2025},
        {"1899-12-30", -25569, 5, 1900},   {"0001-01-01", -719162, 0, 1},
        {"9999-12-31", 2932896, 4, 10000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[16];
        assert_int_equal(rows[i].day, pal_day_from_text(rows[i].text));
        pal_day_text(rows[i].day, text);
        assert_string_equal(rows[i].text, text);
        assert_int_equal(rows[i].weekday, pal_weekday_of(rows[i].day));
        assert_int_equal(rows[i].fiscal_year, pal_fiscal_year_of(rows[i].day));
    }
}

static void dates_that_do_not_exist_are_no_days(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "1900-02-29", "2023-02-29", "2100-02-29", "2024-02-30",  "2024-04-31",
        "2024-00-10", "2024-13-01", "2024-01-00", "0000-01-01",  "2024-1-01",
        "24-01-01",   "",           "2024/01/01", "2024-01-01 ", "2024-01-0a",
        "-024-01-01", "2024-01-+1", " 2024-01-1",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(PAL_DAY_NONE, pal_day_from_text(rows[i]));
    }
    assert_int_equal(PAL_DAY_NONE, pal_day_from_text(NULL));
    assert_false(pal_civil_is_valid((struct pal_civil){10000, 1, 1}));
    assert_false(pal_civil_is_valid((struct pal_civil){2024, -1, 1}));
    assert_true(pal_civil_is_valid((struct pal_civil){2000, 2, 29}));
}

static void every_day_of_nine_thousand_years_comes_back(void **state)
{
    (void)state;
    int32_t day = pal_day_of((struct pal_civil){1, 1, 1});
    int32_t first = day;
    for (int32_t year = 1; year <= 9999; year++) {
        for (int32_t month = 1; month <= 12; month++) {
            int32_t count = pal_days_in_month(year, month);
            int32_t month_first = day;
            for (int32_t i = 1; i <= count; i++, day++) {
                struct pal_civil date = pal_civil_of(day);
                bool is_same =
                    date.year == year && date.month == month && date.day == i;
                assert_true(is_same && pal_day_of(date) == day);
            }
            assert_int_equal(month_first, pal_month_first(day - 1));
            assert_int_equal(day, pal_month_next(month_first));
        }
    }
    assert_int_equal(3652059, day - first);
}

static void a_week_begins_on_monday(void **state)
{
    (void)state;
    for (int32_t day = -1000; day < 1000; day++) {
        int32_t monday = pal_week_first(day);
        assert_int_equal(0, pal_weekday_of(monday));
        assert_in_range(day - monday, 0, 6);
    }
}

static void a_day_not_recorded_stays_not_recorded(void **state)
{
    (void)state;
    char text[16] = "x";
    pal_day_text(PAL_DAY_NONE, text);
    assert_string_equal("", text);
    assert_int_equal(PAL_DAY_NONE, pal_fiscal_year_of(PAL_DAY_NONE));
    assert_int_equal(PAL_DAY_NONE, pal_weekday_of(PAL_DAY_NONE));
    assert_int_equal(PAL_DAY_NONE, pal_month_first(PAL_DAY_NONE));
    assert_int_equal(PAL_DAY_NONE, pal_month_next(PAL_DAY_NONE));
    assert_int_equal(PAL_DAY_NONE, pal_week_first(PAL_DAY_NONE));
    assert_false(pal_civil_is_valid(pal_civil_of(PAL_DAY_NONE)));
    pal_day_text(INT32_MAX, text);
    assert_string_equal("", text);
    pal_day_text(PAL_DAY_NONE + 1, text);
    assert_string_equal("", text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_have_their_number_weekday_and_fiscal_year),
        cmocka_unit_test(dates_that_do_not_exist_are_no_days),
        cmocka_unit_test(every_day_of_nine_thousand_years_comes_back),
        cmocka_unit_test(a_week_begins_on_monday),
        cmocka_unit_test(a_day_not_recorded_stays_not_recorded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
