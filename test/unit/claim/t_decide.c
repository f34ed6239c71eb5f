/* From an interval to a verdict, and from the words of a claim to a range; worked out by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "claim/claim_internal.h"

enum { YES = PAL_VERDICT_SUPPORTED, NO = PAL_VERDICT_CONTRADICTED };
enum { OPEN = PAL_VERDICT_CANNOT_TELL, OTHERWISE = PAL_VERDICT_NOT_COVERED };

static void a_verdict_needs_the_whole_interval_on_one_side(void **state)
{
    static const struct {
        enum pal_claim_test test;
        double low;
        double high; /* claimed */
        double from;
        double to; /* the figure's interval */
        enum pal_extent extent;
        int verdict;
    } rows[] = {
        {PAL_TEST_AT_LEAST, 10, 10, 10, 12, PAL_EXTENT_WHOLE, YES},
        {PAL_TEST_AT_LEAST, 10, 10, 8, 12, PAL_EXTENT_WHOLE, OPEN},
        {PAL_TEST_AT_LEAST, 10, 10, 8, 9.9, PAL_EXTENT_WHOLE, NO},
        {PAL_TEST_AT_LEAST, 10, 10, 8, 10, PAL_EXTENT_WHOLE, OPEN},
        {PAL_TEST_MORE_THAN, 10, 10, 10, 12, PAL_EXTENT_WHOLE, OPEN},
        {PAL_TEST_MORE_THAN, 10, 10, 10.1, 12, PAL_EXTENT_WHOLE, YES},
        {PAL_TEST_MORE_THAN, 10, 10, 8, 10, PAL_EXTENT_WHOLE, NO},
        {PAL_TEST_AT_MOST, 10, 10, 8, 10, PAL_EXTENT_WHOLE, YES},
        {PAL_TEST_AT_MOST, 10, 10, 8, 11, PAL_EXTENT_WHOLE, OPEN},
        {PAL_TEST_AT_MOST, 10, 10, 11, 12, PAL_EXTENT_WHOLE, NO},
        {PAL_TEST_EQUALS_ABOUT, 8, 12, 9, 11, PAL_EXTENT_WHOLE, YES},
        {PAL_TEST_EQUALS_ABOUT, 8, 12, 7, 11, PAL_EXTENT_WHOLE, OPEN},
        {PAL_TEST_EQUALS_ABOUT, 8, 12, 5, 7, PAL_EXTENT_WHOLE, NO},
        {PAL_TEST_EQUALS_ABOUT, 8, 12, 13, 17, PAL_EXTENT_WHOLE, NO},
        {PAL_TEST_SHARE_ABOVE, 0.5, 1, 0.51, 0.6, PAL_EXTENT_WHOLE, YES},
        {PAL_TEST_ROSE, 1, 1, 1.1, 2, PAL_EXTENT_WHOLE, YES},
        {PAL_TEST_ROSE, 1, 1, 0.9, 2, PAL_EXTENT_WHOLE, OPEN},
        {PAL_TEST_RANK, 1, 1, 1, 1, PAL_EXTENT_WHOLE, YES},
        {PAL_TEST_RANK, 1, 1, 1, 3, PAL_EXTENT_WHOLE, OPEN},
        {PAL_TEST_RANK, 1, 1, 2, 3, PAL_EXTENT_WHOLE, NO},
        /* A part of the days: the truth is not lower. */
        {PAL_TEST_AT_LEAST, 10, 10, 11, 12, PAL_EXTENT_PART, YES},
        {PAL_TEST_AT_LEAST, 10, 10, 5, 6, PAL_EXTENT_PART, OTHERWISE},
        {PAL_TEST_AT_MOST, 10, 10, 5, 6, PAL_EXTENT_PART, OTHERWISE},
        {PAL_TEST_AT_MOST, 10, 10, 11, 12, PAL_EXTENT_PART, NO},
        {PAL_TEST_EQUALS_ABOUT, 8, 12, 9, 11, PAL_EXTENT_PART, OTHERWISE},
        {PAL_TEST_EQUALS_ABOUT, 8, 12, 13, 15, PAL_EXTENT_PART, NO},
        /* An area around a city: the truth is not higher. */
        {PAL_TEST_AT_LEAST, 10, 10, 11, 12, PAL_EXTENT_MORE, OTHERWISE},
        {PAL_TEST_AT_LEAST, 10, 10, 5, 6, PAL_EXTENT_MORE, NO},
        {PAL_TEST_AT_MOST, 10, 10, 5, 6, PAL_EXTENT_MORE, YES},
        {PAL_TEST_AT_MOST, 10, 10, 11, 12, PAL_EXTENT_MORE, OTHERWISE},
        {PAL_TEST_EQUALS_ABOUT, 8, 12, 5, 7, PAL_EXTENT_MORE, NO},
        {PAL_TEST_EQUALS_ABOUT, 8, 12, 9, 11, PAL_EXTENT_MORE, OTHERWISE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        enum pal_verdict verdict = pal_claim_decide(
            rows[i].test, (struct pal_range){rows[i].low, rows[i].high},
            (struct pal_interval){rows[i].from, rows[i].to}, rows[i].extent,
            PAL_VERDICT_NOT_COVERED);
        if ((int)verdict != rows[i].verdict) {
            print_error("row %zu: %s\n", i, pal_verdict_text(verdict));
        }
        assert_int_equal(verdict, rows[i].verdict);
    }
}

static void the_words_of_a_claim_give_its_range(void **state)
{
    static const struct {
        enum pal_claim_test test;
        double value; /* -1: none */
        double value_high;
        const char *hedge;
        const char *unit;
        bool is_share;
        double low;
        double high; /* -1: refused */
    } rows[] = {
        {PAL_TEST_AT_LEAST, 500, -1, "at least", "", false, 500, 500},
        {PAL_TEST_EQUALS_ABOUT, 10, -1, "about", "", false, 8, 12},
        {PAL_TEST_EQUALS_ABOUT, 10, -1, "", "", false, 9, 11},
        {PAL_TEST_EQUALS_ABOUT, 10, -1, "exactly", "", false, 10, 10},
        {PAL_TEST_EQUALS_ABOUT, 10, 20, "about", "", false, 10, 20},
        {PAL_TEST_EQUALS_ABOUT, -1, -1, "hundreds", "", false, 200, 999},
        {PAL_TEST_EQUALS_ABOUT, -1, -1, "Only a handful of", "", false, 1, 10},
        {PAL_TEST_EQUALS_ABOUT, -1, -1, "dozens", "", false, 24, 99},
        {PAL_TEST_SHARE_ABOVE, -1, -1, "most", "", true, 0.5, 1},
        {PAL_TEST_SHARE_ABOVE, -1, -1, "", "", true, 0.5, 1},
        {PAL_TEST_SHARE_ABOVE, 60, -1, "", "%", true, 0.6, 0.6},
        {PAL_TEST_SHARE_ABOVE, 0.6, -1, "", "", true, 0.6, 0.6},
        {PAL_TEST_AT_LEAST, -1, -1, "hundrds", "", false, 0, -1},
        {PAL_TEST_AT_LEAST, -1, -1, "", "", false, 0, -1},
        {PAL_TEST_AT_LEAST, -1, -1, "most", "", false, 0, -1},
        {PAL_TEST_AT_LEAST, 20, 10, "", "", false, 0, -1},
        {PAL_TEST_SHARE_ABOVE, 120, -1, "", "%", true, 0, -1},
        {PAL_TEST_RANK, -1, -1, "", "", false, 1, 1},
        {PAL_TEST_FELL, 100, -1, "", "%", false, 0, -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_claim claim;
        struct pal_range range;
        struct pal_error err = {PAL_OK, ""};
        pal_claim_fill(&claim);
        claim.test = rows[i].test;
        claim.has_value = rows[i].value >= 0;
        claim.value = claim.has_value ? rows[i].value : 0;
        claim.has_value_high = rows[i].value_high >= 0;
        claim.value_high = claim.has_value_high ? rows[i].value_high : 0;
        claim.hedge = pal_view_of(rows[i].hedge);
        claim.unit = pal_view_of(rows[i].unit);
        pal_status st = pal_claim_range(&claim, rows[i].is_share, false, &range, &err);
        if (rows[i].high < 0) {
            assert_int_equal(st, PAL_INPUT);
            assert_true(err.text[0] != '\0');
            continue;
        }
        if (st != PAL_OK) {
            print_error("row %zu: %s\n", i, err.text);
        }
        assert_int_equal(st, PAL_OK);
        assert_true(fabs(range.low - rows[i].low) < 1e-9);
        assert_true(fabs(range.high - rows[i].high) < 1e-9);
    }
}

static void a_slip_in_a_hedge_is_told(void **state)
{
    struct pal_claim claim;
    struct pal_range range;
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    pal_claim_fill(&claim);
    claim.test = PAL_TEST_AT_LEAST;
    claim.hedge = PAL_VIEW("hundrds");
    assert_int_equal(pal_claim_range(&claim, false, false, &range, &err), PAL_INPUT);
    assert_non_null(strstr(err.text, "did you mean \"hundreds\"?"));
}

static void every_hedge_of_the_table_is_found_by_its_word(void **state)
{
    struct pal_view rest = pal_claim_asset("hedges.csv");
    struct pal_view line;
    size_t count = 0;
    (void)state;
    assert_true(pal_view_split(&rest, '\n', &line));
    while (pal_view_split(&rest, '\n', &line) && line.size > 0) {
        struct pal_view word;
        struct pal_hedge hedge;
        assert_true(pal_view_split(&line, '|', &word));
        assert_true(pal_hedge_find(word, &hedge));
        assert_true(pal_view_is_equal(hedge.word, word));
        assert_true(hedge.low <= hedge.high);
        count++;
    }
    assert_true(count > 20);
}

/* Spans of seven days in four earlier years. Every day of the season holds 10, so every span
 * holds 70: the interval is that of a Poisson count with t of k - 1 degrees of freedom. */
static void usual_is_the_same_season_of_the_years_before(void **state)
{
    enum { DAYS = 5 * 364 };
    static double values[DAYS];
    struct pal_usual usual;
    (void)state;
    for (size_t i = 0; i < DAYS; i++) {
        values[i] = 10;
    }
    /* The last week, seen 20 a day. */
    for (size_t i = DAYS - 7; i < DAYS; i++) {
        values[i] = 20;
    }
    int32_t first_day = pal_day_from_text("2015-01-05");
    int32_t first = first_day + DAYS - 7;
    assert_true(pal_usual_of(values, DAYS, first_day, first, first + 6, &usual));
    /* Nine spans in each of four years, and the four of the fifth that begin late enough. */
    assert_int_equal(usual.count, 40);
    assert_int_equal(usual.below, 40);
    assert_true(fabs(usual.mean - 70) < 1e-9);
    /* R: 70 + qt(0.975, 39) * sqrt(70 * (1 + 1/40)) */
    assert_true(fabs(usual.high - 87.13328) < 1e-4);
    /* One day not covered takes its spans out. */
    values[DAYS - 7 - 364] = (double)NAN;
    assert_true(pal_usual_of(values, DAYS, first_day, first, first + 6, &usual));
    assert_int_equal(usual.count, 39);
    /* Less than four spans say nothing. */
    assert_false(
        pal_usual_of(values + DAYS - 14, 14, first - 7, first, first + 6, &usual));
    assert_int_equal(usual.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verdict_needs_the_whole_interval_on_one_side),
        cmocka_unit_test(the_words_of_a_claim_give_its_range),
        cmocka_unit_test(a_slip_in_a_hedge_is_told),
        cmocka_unit_test(every_hedge_of_the_table_is_found_by_its_word),
        cmocka_unit_test(usual_is_the_same_season_of_the_years_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
