/* The fit of the usual and of its spread against R: test/oracle/detect/baseline.R, which builds
 * the calendar and the likelihood for itself. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>

#include "base/base.h"
#include "detect/baseline_internal.h"

enum { DAYS = 900, COLUMNS = 23 };

struct fitted {
    struct pal_arena arena;
    struct pal_design *design;
    double counts[DAYS];
    double weight[DAYS];
    double expected[DAYS];
    double coefficient[COLUMNS];
    double normal[COLUMNS * COLUMNS];
    double factor[COLUMNS * COLUMNS];
    double score[COLUMNS];
    double step[COLUMNS];
    struct pal_baseline_solver solver;
};

static void assert_near(double got, double want, double relative)
{
    if (!(fabs(got - want) <= relative * fabs(want))) {
        print_error("got %.12g, want %.12g\n", got, want);
        fail();
    }
}

/* Whole numbers that R makes in the same way. */
static void fill(struct fitted *fitted, int32_t first)
{
    double sum = 0;
    for (int32_t i = 0; i < DAYS; i++) {
        int32_t of_work = (i * i * 31 + i * 7) % 11 % 6;
        int32_t of_weekend = i * 13 % 5 / 4;
        fitted->counts[i] = pal_weekday_of(first + i) < 5 ? of_work : of_weekend;
        fitted->weight[i] = i % 50 == 7 ? 0.4 : 1;
        sum += fitted->counts[i];
    }
    fitted->coefficient[0] = log(sum / DAYS);
}

static int fit(void **state)
{
    static struct fitted fitted;
    int32_t first = pal_day_from_text("2016-06-01");
    pal_arena_init(&fitted.arena, 1U << 24);
    fill(&fitted, first);
    if (pal_design_make(first, DAYS, NULL, &fitted.arena, &fitted.design, NULL) !=
            PAL_OK ||
        fitted.design->column_count != COLUMNS) {
        return 1;
    }
    fitted.solver = (struct pal_baseline_solver){.design = fitted.design,
                                                 .counts = fitted.counts,
                                                 .alpha = {0.15, 0.9},
                                                 .coefficient = fitted.coefficient,
                                                 .normal = fitted.normal,
                                                 .factor = fitted.factor,
                                                 .score = fitted.score,
                                                 .step = fitted.step,
                                                 .expected = fitted.expected,
                                                 .weight = fitted.weight};
    *state = &fitted;
    return pal_baseline_solve(&fitted.solver) ? 0 : 1;
}

static int clear(void **state)
{
    struct fitted *fitted = *state;
    pal_arena_clear(&fitted->arena);
    return 0;
}

/* Among them Independence Day, days at the end of a fiscal year, Thanksgiving, Christmas as
 * observed and the working day after it, New Year's Day on a Sunday and as observed. */
static void the_mean_agrees_with_r(void **state)
{
    static const struct {
        size_t day;
        double mean;
    } rows[] = {
        {0, 1.8706597541},   {33, 1.8440426629},  {100, 1.7929627293},
        {119, 1.4890093347}, {123, 0.1964166778}, {176, 1.7540380018},
        {208, 1.7319059531}, {209, 2.5898525756}, {214, 0.1941773356},
        {215, 1.7332876651}, {500, 0.2031449925}, {899, 0.1986386823},
    };
    const struct fitted *fitted = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_near(fitted->expected[rows[i].day], rows[i].mean, 2e-6);
    }
}

static void the_covariance_agrees_with_r(void **state)
{
    static const struct {
        size_t row;
        size_t column;
        double value;
    } rows[] = {
        {0, 0, 0.173493807251},    {1, 1, 0.0123018749902},    {7, 7, 0.0624067936762},
        {0, 1, -0.00612378773297}, {13, 14, -0.0244648947997},
    };
    struct fitted *fitted = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double column[COLUMNS];
        for (size_t k = 0; k < COLUMNS; k++) {
            fitted->score[k] = k == rows[i].column ? 1 : 0;
        }
        pal_baseline_column(&fitted->solver, column);
        assert_near(column[rows[i].row], rows[i].value, 2e-5);
    }
}

static void alpha_agrees_with_r(void **state)
{
    static double means[DAYS];
    static double counts[DAYS];
    const struct fitted *fitted = *state;
    struct pal_told_days told = {0, means, counts};
    for (size_t i = 0; i < DAYS; i++) {
        if (fitted->design->rows[i].is_free == 0) {
            means[told.count] = fitted->expected[i];
            counts[told.count++] = fitted->counts[i];
        }
    }
    assert_int_equal(told.count, 619);
    /* The search ends when the logarithm is known to 1e-3. */
    assert_near(pal_alpha_likely(&told), 0.764713868745, 1e-3);
    for (size_t i = 39; i < told.count; i += 40) {
        counts[i] *= 7;
    }
    assert_near(pal_alpha_likely(&told), 1.33361627165, 1e-3);
    assert_near(pal_alpha_by_moments(&told), 0.830957950883, 1e-5);
    /* The same where counts are no whole numbers and beyond the table of small ones. */
    counts[3] = 300.5;
    double with = pal_alpha_likely(&told);
    counts[3] = 300;
    assert_near(pal_alpha_likely(&told), with, 5e-3);
    assert_true(with > 1.4);
}

static void counts_no_more_spread_than_poissons_have_alpha_0(void **state)
{
    double means[200];
    double counts[200];
    struct pal_told_days told = {200, means, counts};
    (void)state;
    for (size_t i = 0; i < 200; i++) {
        means[i] = 4;
        counts[i] = 3 + (double)(i % 3);
    }
    assert_true(pal_alpha_by_moments(&told) == 0);
    assert_true(pal_alpha_likely(&told) == 0);
    told.count = 0;
    assert_true(pal_alpha_by_moments(&told) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mean_agrees_with_r),
        cmocka_unit_test(the_covariance_agrees_with_r),
        cmocka_unit_test(alpha_agrees_with_r),
        cmocka_unit_test(counts_no_more_spread_than_poissons_have_alpha_0),
    };
    return cmocka_run_group_tests(tests, fit, clear);
}
