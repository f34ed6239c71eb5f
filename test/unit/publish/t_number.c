/* Numbers and days as a report writes them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>

#include "publish/number.h"

#define MINUS "\xE2\x88\x92"
#define DASH "\xE2\x80\x93"

static void fixed_numbers_have_commas_and_no_negative_zero(void **state)
{
    static const struct {
        double value;
        int decimals;
        const char *text;
    } rows[] = {
        {0, 0, "0"},
        {7, 0, "7"},
        {999, 0, "999"},
        {1000, 0, "1,000"},
        {1234567.891, 1, "1,234,567.9"},
        {-0.04, 1, "0.0"},
        {-1234.5, 1, MINUS "1,234.5"},
        {149.36, 1, "149.4"},
        {999.96, 1, "1,000.0"},
        {(double)NAN, 1, "not a number"},
        {(double)INFINITY, 0, "not a number"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_string_equal(pal_number_fixed(rows[i].value, rows[i].decimals).text,
                            rows[i].text);
    }
    assert_string_equal(pal_number_count(INT64_C(-12345)).text, MINUS "12,345");
}

static void digits_follow_the_size_of_a_value(void **state)
{
    static const struct {
        double value;
        double low;
        double high;
        int plain;
        int with_interval;
    } rows[] = {
        {149.36, 148.8, 150.0, 0, 1}, /* ends apart by less than two whole numbers */
        {380.2, 370, 390, 0, 0},      {6.89, 6.76, 7.03, 1, 1},
        {17.3, 17.25, 17.35, 1, 2},   {0.5, 0.4, 0.6, 2, 2},
        {0.05, 0.01, 0.2, 3, 3},      {0, (double)NAN, (double)NAN, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(pal_number_decimals(rows[i].value), rows[i].plain);
        assert_int_equal(
            pal_number_decimals_of(rows[i].value, rows[i].low, rows[i].high),
            rows[i].with_interval);
    }
}

static void shares_changes_and_ranges_are_written_in_one_way(void **state)
{
    (void)state;
    assert_string_equal(pal_number_percent(0.1234, 1).text, "12.3%");
    assert_string_equal(pal_number_percent(1, 0).text, "100%");
    assert_string_equal(pal_number_change(0.126).text, "+13%");
    assert_string_equal(pal_number_change(-0.126).text, MINUS "13%");
    assert_string_equal(pal_number_change(0.001).text, "0%");
    assert_string_equal(pal_number_range(11.9, 12.74, 1).text, "11.9" DASH "12.7");
    assert_string_equal(pal_number_range((double)NAN, 12.74, 1).text, "");
    assert_string_equal(pal_number_word(9).text, "nine");
    assert_string_equal(pal_number_word(0).text, "no");
    assert_string_equal(pal_number_word(13).text, "13");
}

static void days_and_months_are_written_in_british_order(void **state)
{
    int32_t first = pal_day_from_text("2019-09-02");
    int32_t last = pal_day_from_text("2020-06-30");
    (void)state;
    assert_string_equal(pal_day_words(first).text, "2 September 2019");
    assert_string_equal(pal_day_words(PAL_DAY_NONE).text, "");
    assert_string_equal(pal_month_words(first).text, "September 2019");
    assert_string_equal(pal_month_short(first).text, "Sep 2019");
    assert_string_equal(pal_months_words(first, last).text,
                        "September 2019 to June 2020");
    assert_string_equal(pal_months_words(first, first + 3).text, "September 2019");
    assert_string_equal(pal_period_words(first, last).text,
                        "2 September 2019 to 30 June 2020");
    assert_string_equal(pal_period_words(first, first).text, "2 September 2019");
    assert_string_equal(pal_period_short(first, last).text,
                        "2 Sep 2019 " DASH " 30 Jun 2020");
    assert_string_equal(pal_period_short(first, first).text, "2 Sep 2019");
    assert_int_equal(pal_month_from_text(PAL_VIEW("2019-09")),
                     pal_day_from_text("2019-09-01"));
    assert_int_equal(pal_month_from_text(PAL_VIEW("2019-13")), PAL_DAY_NONE);
    assert_int_equal(pal_month_from_text(PAL_VIEW("not stated")), PAL_DAY_NONE);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_numbers_have_commas_and_no_negative_zero),
        cmocka_unit_test(digits_follow_the_size_of_a_value),
        cmocka_unit_test(shares_changes_and_ranges_are_written_in_one_way),
        cmocka_unit_test(days_and_months_are_written_in_british_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
