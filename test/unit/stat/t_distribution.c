#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stat/distribution.h"
#include "stat/interval.h"

struct row {
    double x;
    double a;
    double b;
};

#define BOTH_TAILS(name, call)                                                         \
    static double name##_lower(struct row r)                                           \
    {                                                                                  \
        enum pal_tail tail = PAL_TAIL_LOWER;                                           \
        return call;                                                                   \
    }                                                                                  \
    static double name##_upper(struct row r)                                           \
    {                                                                                  \
        enum pal_tail tail = PAL_TAIL_UPPER;                                           \
        return call;                                                                   \
    }

BOTH_TAILS(gamma_share, pal_gamma_share(r.a, r.x, tail))
BOTH_TAILS(gamma_inverse, pal_gamma_inverse(r.a, r.x, tail))
BOTH_TAILS(beta_share, pal_beta_share(r.a, r.b, r.x, 1.0 - r.x, tail))
BOTH_TAILS(beta_inverse, pal_beta_inverse(r.a, r.b, r.x, tail, NULL))
BOTH_TAILS(normal_share, pal_normal_share(r.x, tail))
BOTH_TAILS(normal_quantile, pal_normal_quantile(r.x, tail))
BOTH_TAILS(t_share, pal_t_share(r.x, r.a, tail))
BOTH_TAILS(poisson_share, pal_poisson_share(r.x, r.a, tail))
BOTH_TAILS(binomial_share, pal_binomial_share(r.x, r.a, r.b, tail))
BOTH_TAILS(nb_share, pal_negative_binomial_share(r.x, r.a, r.b, tail))

static double log_gamma(struct row r)
{
    return pal_log_gamma(r.x);
}
static double digamma(struct row r)
{
    return pal_digamma(r.x);
}
static double trigamma(struct row r)
{
    return pal_trigamma(r.x);
}
static double t_quantile(struct row r)
{
    return pal_t_quantile(r.x, r.a, PAL_TAIL_LOWER);
}
static double chi_upper(struct row r)
{
    return pal_chi_square_share(r.x, r.a, PAL_TAIL_UPPER);
}
static double chi_quantile(struct row r)
{
    return pal_chi_square_quantile(r.x, r.a, PAL_TAIL_LOWER);
}
static double poisson_density(struct row r)
{
    return pal_poisson_density(r.x, r.a);
}
static double poisson_quantile(struct row r)
{
    return pal_poisson_quantile(r.x, r.a, PAL_TAIL_LOWER);
}
static double binomial_density(struct row r)
{
    return pal_binomial_density(r.x, r.a, r.b);
}
static double binomial_quantile(struct row r)
{
    return pal_binomial_quantile(r.x, r.a, r.b, PAL_TAIL_LOWER);
}
static double nb_density(struct row r)
{
    return pal_negative_binomial_density(r.x, r.a, r.b);
}
static double nb_quantile(struct row r)
{
    return pal_negative_binomial_quantile(r.x, r.a, r.b, PAL_TAIL_LOWER);
}
static struct pal_interval count_interval(struct row r)
{
    struct pal_interval out;
    struct pal_error err;
    assert_int_equal(pal_interval_count((int64_t)r.x, r.a, &out, &err), PAL_OK);
    return out;
}
static double count_low(struct row r)
{
    return count_interval(r).low;
}
static double count_high(struct row r)
{
    return count_interval(r).high;
}
static struct pal_interval share_interval(struct row r, bool is_exact)
{
    struct pal_interval out;
    struct pal_error err;
    pal_status status =
        is_exact
            ? pal_interval_share_exact((int64_t)r.x, (int64_t)r.a, r.b, &out, &err)
            : pal_interval_share_wilson((int64_t)r.x, (int64_t)r.a, r.b, &out, &err);
    assert_int_equal(status, PAL_OK);
    return out;
}
static double share_low(struct row r)
{
    return share_interval(r, true).low;
}
static double share_high(struct row r)
{
    return share_interval(r, true).high;
}
static double wilson_low(struct row r)
{
    return share_interval(r, false).low;
}
static double wilson_high(struct row r)
{
    return share_interval(r, false).high;
}
static double poisson_p(struct row r)
{
    return pal_poisson_p_value((int64_t)r.x, r.a);
}
static double binomial_p(struct row r)
{
    return pal_binomial_p_value((int64_t)r.x, (int64_t)r.a, r.b);
}

static const struct {
    const char *name;
    double (*call)(struct row r);
} functions[] = {
    {"log_gamma", log_gamma},
    {"digamma", digamma},
    {"trigamma", trigamma},
    {"gamma_lower", gamma_share_lower},
    {"gamma_upper", gamma_share_upper},
    {"gamma_quantile", gamma_inverse_lower},
    {"gamma_quantile_upper", gamma_inverse_upper},
    {"beta_lower", beta_share_lower},
    {"beta_upper", beta_share_upper},
    {"beta_quantile", beta_inverse_lower},
    {"beta_quantile_upper", beta_inverse_upper},
    {"normal_lower", normal_share_lower},
    {"normal_upper", normal_share_upper},
    {"normal_quantile", normal_quantile_lower},
    {"normal_quantile_upper", normal_quantile_upper},
    {"t_lower", t_share_lower},
    {"t_upper", t_share_upper},
    {"t_quantile", t_quantile},
    {"chi_upper", chi_upper},
    {"chi_quantile", chi_quantile},
    {"poisson_density", poisson_density},
    {"poisson_lower", poisson_share_lower},
    {"poisson_upper", poisson_share_upper},
    {"poisson_quantile", poisson_quantile},
    {"binomial_density", binomial_density},
    {"binomial_lower", binomial_share_lower},
    {"binomial_upper", binomial_share_upper},
    {"binomial_quantile", binomial_quantile},
    {"nb_density", nb_density},
    {"nb_lower", nb_share_lower},
    {"nb_upper", nb_share_upper},
    {"nb_quantile", nb_quantile},
    {"count_low", count_low},
    {"count_high", count_high},
    {"share_low", share_low},
    {"share_high", share_high},
    {"wilson_low", wilson_low},
    {"wilson_high", wilson_high},
    {"poisson_p", poisson_p},
    {"binomial_p", binomial_p},
};

static void every_function_agrees_with_r(void **state)
{
    (void)state;
    const char *top = getenv("PAL_SOURCE_DIR");
    char path[4096];
    assert_non_null(top);
    snprintf(path, sizeof path, "%s/test/oracle/stat/distribution.csv", top);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char line[512];
    int checked = 0;
    int wrong = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        char *rest = strchr(line, ',');
        assert_non_null(rest);
        *rest++ = '\0';
        double v[5];
        for (int i = 0; i < 5; i++) {
            v[i] = strtod(rest, &rest);
            rest++;
        }
        bool is_known = false;
        for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
            if (strcmp(functions[i].name, line) != 0) {
                continue;
            }
            is_known = true;
            double got = functions[i].call((struct row){v[0], v[1], v[2]});
            if (!(fabs(got - v[3]) <= v[4] * fabs(v[3]) + 1e-300)) {
                print_error("%s(%.17g, %g, %g) = %.17g, R has %.17g, relative %.2g\n",
                            line, v[0], v[1], v[2], got, v[3], got / v[3] - 1);
                wrong++;
            }
        }
        assert_true(is_known);
        checked++;
    }
    assert_int_equal(fclose(file), 0);
    assert_true(checked > 900);
    assert_int_equal(wrong, 0);
}

static void a_value_outside_the_domain_is_not_a_number(void **state)
{
    (void)state;
    assert_true(isnan(pal_log_gamma(0)));
    assert_true(isnan(pal_gamma_share(-1, 1, PAL_TAIL_LOWER)));
    assert_true(isnan(pal_gamma_inverse(1, 1.5, PAL_TAIL_LOWER)));
    assert_true(isnan(pal_beta_share(1, 0, 0.5, 0.5, PAL_TAIL_LOWER)));
    assert_true(isnan(pal_normal_quantile(-0.1, PAL_TAIL_LOWER)));
    assert_true(isnan(pal_t_quantile(0.1, 0, PAL_TAIL_LOWER)));
    assert_true(isnan(pal_poisson_quantile(0.5, -1, PAL_TAIL_LOWER)));
    assert_true(isnan(pal_negative_binomial_share(1, 1, 0, PAL_TAIL_LOWER)));
}

static void a_far_tail_keeps_its_digits(void **state)
{
    (void)state;
    /* R: ppois(500, 100, lower = FALSE), pnorm(-30) */
    double upper = pal_poisson_share(500, 100, PAL_TAIL_UPPER);
    assert_true(fabs(upper / 7.5985356731497616e-179 - 1) < 1e-10);
    double normal = pal_normal_share(-30, PAL_TAIL_LOWER);
    assert_true(fabs(normal / 4.906713927148187e-198 - 1) < 1e-12);
}

static void the_intervals_refuse_what_is_no_count(void **state)
{
    (void)state;
    struct pal_interval out;
    struct pal_error err;
    assert_int_equal(pal_interval_count(-1, 0.95, &out, &err), PAL_INPUT);
    assert_int_equal(pal_interval_count(1, 1.0, &out, &err), PAL_INPUT);
    assert_int_equal(pal_interval_share_exact(3, 2, 0.95, &out, &err), PAL_INPUT);
    assert_int_equal(pal_interval_share_wilson(0, 0, 0.95, &out, &err), PAL_INPUT);
    struct pal_rate_ratio ratio;
    assert_int_equal(pal_rate_ratio(1, 0, 2, 1, 0.95, &ratio), PAL_INPUT);
}

static void a_rate_ratio_without_events_has_a_reason(void **state)
{
    (void)state;
    struct pal_rate_ratio ratio;
    assert_int_equal(pal_rate_ratio(0, 10, 0, 20, 0.95, &ratio), PAL_OK);
    assert_int_equal(ratio.status, PAL_FIT_NO_EVENT);
    assert_int_equal(pal_rate_ratio(3, 10, 0, 20, 0.95, &ratio), PAL_OK);
    assert_int_equal(ratio.status, PAL_FIT_OK);
    assert_true(isinf(ratio.ratio) && isinf(ratio.interval.high));
    /* poisson.test(c(3, 0), c(10, 20))$conf.int[1], $p.value */
    assert_true(fabs(ratio.interval.low / 0.82646271006178795 - 1) < 1e-9);
    assert_true(fabs(ratio.p_value / 0.037037037037037049 - 1) < 1e-9);
}

static void a_mean_needs_two_values(void **state)
{
    (void)state;
    const double values[] = {3, 5, 8, 1, 9, 4};
    struct pal_interval out;
    struct pal_error err;
    enum pal_fit_status fit;
    assert_int_equal(pal_interval_mean(values, 1, 0.95, &out, &fit, &err), PAL_OK);
    assert_int_equal(fit, PAL_FIT_TOO_FEW);
    /* t.test(c(3,5,8,1,9,4))$conf.int */
    assert_int_equal(pal_interval_mean(values, 6, 0.95, &out, &fit, &err), PAL_OK);
    assert_int_equal(fit, PAL_FIT_OK);
    assert_true(fabs(out.low - 1.8169041024480865) < 1e-12);
    assert_true(fabs(out.high - 8.1830958975519117) < 1e-12);
}

static void a_median_interval_is_a_pair_of_ranks_with_coverage(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        enum pal_fit_status want;
        int64_t low, high;
    } rows[] = {
        /* binomial tables: for n = 6 the extremes cover 96.9 %, for 5 only 93.75 % */
        {0, PAL_FIT_TOO_FEW, 0, 0}, {5, PAL_FIT_TOO_FEW, 0, 0},
        {6, PAL_FIT_OK, 1, 6},      {10, PAL_FIT_OK, 2, 9},
        {25, PAL_FIT_OK, 8, 18},    {100, PAL_FIT_OK, 40, 61},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t ranks[2];
        enum pal_fit_status fit;
        assert_int_equal(pal_interval_quantile_ranks(rows[i].n, 0.5, 0.95, ranks, &fit),
                         PAL_OK);
        assert_int_equal(fit, rows[i].want);
        assert_int_equal(ranks[0], rows[i].low);
        assert_int_equal(ranks[1], rows[i].high);
    }
    const double sorted[] = {1, 2, 4, 8, 16, 32};
    struct pal_interval out;
    enum pal_fit_status fit;
    assert_int_equal(pal_interval_median(sorted, 6, 0.95, &out, &fit), PAL_OK);
    assert_true(out.low == 1 && out.high == 32);
}

static void adjusted_p_values_agree_with_r(void **state)
{
    (void)state;
    const double p[] = {0.01, 0.04, 0.03, 0.005, 0.5, 0.03};
    static const double want[5][6] = {
        {0.03, 0.048, 0.045, 0.03, 0.5, 0.045},
        {0.0735, 0.1176, 0.11025, 0.0735, 1, 0.11025},
        {0.05, 0.12, 0.12, 0.03, 0.5, 0.12},
        {0.05, 0.08, 0.08, 0.03, 0.5, 0.08},
        {0.06, 0.24, 0.18, 0.03, 1, 0.18},
    };
    struct pal_error err;
    for (int method = 0; method < 5; method++) {
        double got[6];
        assert_int_equal(pal_adjust_p(p, 6, (enum pal_adjust)method, got, &err),
                         PAL_OK);
        for (int i = 0; i < 6; i++) {
            assert_true(fabs(got[i] - want[method][i]) < 1e-12);
        }
    }
    const double wrong[] = {0.5, 2};
    double got[2];
    assert_int_equal(pal_adjust_p(wrong, 2, PAL_ADJUST_BH, got, &err), PAL_INPUT);
}

/* Doubles hold no odd count beyond 2^53: the search must end all the same. */
static void a_quantile_of_a_huge_mean_ends(void **state)
{
    (void)state;
    const double means[] = {1e15, 3e16, 1e18, 1e30};
    for (size_t i = 0; i < sizeof means / sizeof means[0]; i++) {
        double mean = means[i];
        double poisson = pal_poisson_quantile(0.975, mean, PAL_TAIL_LOWER);
        assert_true(fabs(poisson - mean) <= 4 * sqrt(mean) + mean * 1e-9);
        double flat = pal_negative_binomial_quantile(0.975, 1.0, 1.0 / (1.0 + mean),
                                                     PAL_TAIL_LOWER);
        /* size 1 is geometric: -log(0.025) means */
        assert_true(fabs(flat / mean - 3.6888794541139363) < 1e-6);
    }
    assert_true(pal_count_between(2, 3) == 2 && pal_count_between(-1, 1) == 0);
    assert_true(pal_count_between(0x1p53, 0x1p53 + 2) == 0x1p53);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_function_agrees_with_r),
        cmocka_unit_test(a_value_outside_the_domain_is_not_a_number),
        cmocka_unit_test(a_far_tail_keeps_its_digits),
        cmocka_unit_test(a_quantile_of_a_huge_mean_ends),
        cmocka_unit_test(the_intervals_refuse_what_is_no_count),
        cmocka_unit_test(a_rate_ratio_without_events_has_a_reason),
        cmocka_unit_test(a_mean_needs_two_values),
        cmocka_unit_test(a_median_interval_is_a_pair_of_ranks_with_coverage),
        cmocka_unit_test(adjusted_p_values_agree_with_r),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
