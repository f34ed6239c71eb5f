#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "stat/distribution.h"
#include "stat/random.h"

static void a_block_is_philox_4x32_10(void **state)
{
    (void)state;
    /* the known-answer file of Random123, counter and key words from low to high */
    static const struct {
        uint64_t seed, stream, index, low, high;
    } rows[] = {
        {0, 0, 0, 0xe169c58d6627e8d5, 0x9b00dbd8bc57ac4c},
        {UINT64_MAX, UINT64_MAX, UINT64_MAX, 0x41c83b0e408f276d, 0x6d5451fda20bc7c6},
        {0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88, 0x94fdccebd16cfe09,
         0x24126ea15001e420},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint64_t out[2];
        pal_random_block(rows[i].seed, rows[i].stream, rows[i].index, out);
        assert_true(out[0] == rows[i].low);
        assert_true(out[1] == rows[i].high);
    }
}

static void streams_are_apart_and_repeatable(void **state)
{
    (void)state;
    struct pal_random a;
    struct pal_random b;
    struct pal_random c;
    pal_random_init(&a, 7, 1);
    pal_random_init(&b, 7, 1);
    pal_random_init(&c, 7, 2);
    int same = 0;
    for (int i = 0; i < 1000; i++) {
        uint64_t x = pal_random_bits(&a);
        assert_true(x == pal_random_bits(&b));
        same += x == pal_random_bits(&c);
    }
    assert_int_equal(same, 0);
}

static void the_numbers_of_a_seed_never_change(void **state)
{
    (void)state;
    struct pal_random random;
    pal_random_init(&random, 42, 0);
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
        sum += pal_random_normal(&random) + pal_random_gamma(&random, 0.3);
        sum += (double)pal_random_poisson(&random, 3.5 + i);
        sum += (double)pal_random_negative_binomial(&random, 12.0, 0.7);
    }
    assert_true(sum == 0x1.f75d93057785bp+18);
}

/* Pearson's statistic of draws against a count distribution, cells with expectation >= 8. */
static double fit_p_value(int64_t (*draw)(struct pal_random *, double, double),
                          double (*density)(double, double, double), double first,
                          double second)
{
    enum { CELLS = 4000, DRAWS = 200000 };
    int *seen = calloc(CELLS, sizeof *seen);
    assert_non_null(seen);
    struct pal_random random;
    pal_random_init(&random, 20200101, 5);
    for (int i = 0; i < DRAWS; i++) {
        int64_t k = draw(&random, first, second);
        assert_true(k >= 0);
        seen[k < CELLS ? k : CELLS - 1]++;
    }
    double statistic = 0;
    double df = -1;
    double expected = 0;
    double observed = 0;
    for (int k = 0; k < CELLS; k++) {
        expected += DRAWS * density(k, first, second);
        observed += seen[k];
        if (expected >= 8) {
            statistic += (observed - expected) * (observed - expected) / expected;
            df++;
            expected = 0;
            observed = 0;
        }
    }
    free(seen);
    return pal_chi_square_share(statistic, df, PAL_TAIL_UPPER);
}

static int64_t draw_poisson(struct pal_random *random, double mean, double unused)
{
    (void)unused;
    return pal_random_poisson(random, mean);
}

static double density_poisson(double k, double mean, double unused)
{
    (void)unused;
    return pal_poisson_density(k, mean);
}

static double density_nb(double k, double mean, double size)
{
    return pal_negative_binomial_density(k, size, size / (size + mean));
}

static void counts_follow_their_distribution(void **state)
{
    (void)state;
    static const double means[] = {0.3, 4, 9.99, 10, 35, 700};
    for (size_t i = 0; i < sizeof means / sizeof means[0]; i++) {
        assert_true(fit_p_value(draw_poisson, density_poisson, means[i], 0) > 1e-3);
        assert_true(fit_p_value(pal_random_negative_binomial, density_nb, means[i],
                                0.4 + (double)i) > 1e-3);
    }
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void normals_and_uniforms_follow_theirs(void **state)
{
    (void)state;
    enum { DRAWS = 100000 };
    static double values[2][DRAWS];
    struct pal_random random;
    pal_random_init(&random, 3, 9);
    for (int i = 0; i < DRAWS; i++) {
        values[0][i] = pal_random_uniform(&random);
        values[1][i] = pal_normal_share(pal_random_normal(&random), PAL_TAIL_LOWER);
        assert_true(values[0][i] > 0 && values[0][i] < 1);
    }
    for (int set = 0; set < 2; set++) {
        qsort(values[set], DRAWS, sizeof(double), compare_doubles);
        double distance = 0;
        for (int i = 0; i < DRAWS; i++) {
            distance = fmax(distance, fabs(values[set][i] - (i + 0.5) / DRAWS));
        }
        /* Kolmogorov's distance, 0.1 % point */
        assert_true(distance * sqrt(DRAWS) < 1.95);
    }
}

static void a_bounded_draw_is_even_and_a_shuffle_complete(void **state)
{
    (void)state;
    struct pal_random random;
    pal_random_init(&random, 1, 1);
    int seen[6] = {0};
    uint32_t order[6];
    for (int i = 0; i < 60000; i++) {
        pal_random_permutation(&random, order, 6);
        int mask = 0;
        for (int j = 0; j < 6; j++) {
            mask |= 1 << order[j];
        }
        assert_int_equal(mask, 63);
        seen[order[2]]++;
    }
    double statistic = 0;
    for (int j = 0; j < 6; j++) {
        statistic += (seen[j] - 10000.0) * (seen[j] - 10000.0) / 10000.0;
    }
    assert_true(pal_chi_square_share(statistic, 5, PAL_TAIL_UPPER) > 1e-3);
    assert_true(pal_random_below(&random, 1) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_is_philox_4x32_10),
        cmocka_unit_test(streams_are_apart_and_repeatable),
        cmocka_unit_test(the_numbers_of_a_seed_never_change),
        cmocka_unit_test(counts_follow_their_distribution),
        cmocka_unit_test(normals_and_uniforms_follow_theirs),
        cmocka_unit_test(a_bounded_draw_is_even_and_a_shuffle_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
