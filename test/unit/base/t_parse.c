#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"

static void whole_numbers_are_read_within_their_range(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t min;
        int64_t max;
        bool is_number;
        int64_t want;
    } rows[] = {
        {"0", 0, 9, true, 0},
        {"-0", 0, 9, true, 0},
        {"007", 0, 9, true, 7},
        {"10", 0, 9, false, 0},
        {"-1", 0, 9, false, 0},
        {"", 0, 9, false, 0},
        {"-", -9, 9, false, 0},
        {"+1", -9, 9, false, 0},
        {" 1", 0, 9, false, 0},
        {"1 ", 0, 9, false, 0},
        {"1.0", 0, 9, false, 0},
        {"9223372036854775807", INT64_MIN, INT64_MAX, true, INT64_MAX},
        {"-9223372036854775808", INT64_MIN, INT64_MAX, true, INT64_MIN},
        {"9223372036854775808", INT64_MIN, INT64_MAX, false, 0},
        {"-9223372036854775809", INT64_MIN, INT64_MAX, false, 0},
        {"99999999999999999999", INT64_MIN, INT64_MAX, false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t value = 77;
        assert_int_equal(
            rows[i].is_number,
            pal_parse_i64(pal_view_of(rows[i].text), rows[i].min, rows[i].max, &value));
        assert_int_equal(rows[i].want, value);
    }
}

static void decimal_numbers_are_read_as_the_nearest_double(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double want;
    } rows[] = {
        {"12", 12},
        {"-0.5", -0.5},
        {"1.2E+05", 120000},
        {"1e22", 1e22},
        {"1e23", 1e23},
        {"0.1", 0.1},
        {".5", 0.5},
        {"5.", 5},
        {"000.000", 0},
        {"43512.625347222226", 43512.625347222226},
        {"9007199254740993", 9007199254740992.0},
        {"1.7976931348623157e308", DBL_MAX},
        {"2.2250738585072014e-308", DBL_MIN},
        {"4.9e-324", 4.9e-324},
        {"1e-400", 0},
        {"0e999999999999999999999", 0},
        /* The midpoint of 1 and the next double, and a hair above it. */
        {"1.00000000000000011102230246251565404236316680908203125", 1.0},
        {"1.000000000000000111022302462515654042363166809082031251",
         1.0000000000000002220446049250313},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double value = 77;
        assert_true(pal_parse_double(pal_view_of(rows[i].text), &value));
        assert_memory_equal(&rows[i].want, &value, sizeof value);
    }
}

static void what_is_not_a_finite_number_is_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",   "-",   ".",   "-.",   "e5",   "1e",    "1e+", "1,5",   " 1",     "1 ",
        "+1", "nan", "inf", "0x10", "1e5x", "1.2.3", "--1", "1e400", "-1e400", "1d5",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double value = 77;
        assert_false(pal_parse_double(pal_view_of(rows[i]), &value));
        assert_true(value == 0);
    }
}

/* The midpoint of 1 and the next double, padded with zeros: the last digit alone decides,
 * and it stands far beyond what the reader keeps. */
static void a_digit_far_behind_still_decides_the_rounding(void **state)
{
    (void)state;
    char text[3000];
    memset(text, '0', sizeof text);
    static const char midpoint[] =
        "1.00000000000000011102230246251565404236316680908203125";
    memcpy(text, midpoint, sizeof midpoint - 1);
    double value = 0;
    assert_true(pal_parse_double((struct pal_view){text, sizeof text}, &value));
    assert_true(value == 1.0);
    text[sizeof text - 1] = '1';
    assert_true(pal_parse_double((struct pal_view){text, sizeof text}, &value));
    assert_true(value > 1.0);
    memset(text, '9', sizeof text);
    assert_false(pal_parse_double((struct pal_view){text, sizeof text}, &value));
    memcpy(text + sizeof text - 6, "e-2994", 6);
    assert_true(pal_parse_double((struct pal_view){text, sizeof text}, &value));
    assert_true(value == 1.0);
}

static void random_numbers_agree_with_the_system_reader(void **state)
{
    (void)state;
    uint64_t seed = UINT64_C(88172645463325252);
    for (int i = 0; i < 200000; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        double number = 0;
        memcpy(&number, &seed, sizeof number);
        if (!isfinite(number)) {
            continue;
        }
        char text[64];
        (void)snprintf(text, sizeof text, "%.*g", (int)(1 + seed % 20), number);
        double want = strtod(text, NULL);
        double value = 0;
        assert_int_equal(isfinite(want) != 0,
                         pal_parse_double(pal_view_of(text), &value));
        assert_true(!isfinite(want) || value == want);
        pal_double_text(number, text);
        assert_true(strtod(text, NULL) == number);
    }
}

static void numbers_are_written_in_short_form(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *want;
    } rows[] = {
        {17, "17"},
        {-17.5, "-17.5"},
        {0.1, "0.1"},
        {0.0, "0"},
        {-0.0, "0"},
        {1.0 / 3, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1e15, "1e+15"},
        {123456789012345, "123456789012345"},
        {1e300, "1e+300"},
        {(double)INFINITY, ""},
        {-(double)INFINITY, ""},
        {(double)NAN, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[32] = "x";
        pal_double_text(rows[i].value, text);
        assert_string_equal(rows[i].want, text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_are_read_within_their_range),
        cmocka_unit_test(decimal_numbers_are_read_as_the_nearest_double),
        cmocka_unit_test(what_is_not_a_finite_number_is_refused),
        cmocka_unit_test(a_digit_far_behind_still_decides_the_rounding),
        cmocka_unit_test(random_numbers_agree_with_the_system_reader),
        cmocka_unit_test(numbers_are_written_in_short_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
