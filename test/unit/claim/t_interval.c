/* Intervals against R's (test/oracle/claim/interval.R), and how often they hold the truth. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "claim/claim_internal.h"
#include "stat/random.h"

static const struct pal_dispersion none = {.status = PAL_FIT_TOO_FEW, .value = 1};

static double cell_of(struct pal_view *line)
{
    struct pal_view cell = {"", 0};
    double value = (double)INFINITY;
    assert_true(pal_view_split(line, ',', &cell));
    if (!pal_view_is_equal(cell, PAL_VIEW("Inf"))) {
        assert_true(pal_parse_double(cell, &value));
    }
    return value;
}

static void assert_near(double have, double want)
{
    if (isinf(want)) {
        assert_true(isinf(have));
        return;
    }
    if (fabs(have - want) > 1e-7 * (1 + fabs(want))) {
        fail_msg("%.12g, wanted %.12g", have, want);
    }
}

static void check_line(struct pal_view line)
{
    struct pal_view kind;
    struct pal_interval out = {0, 0};
    struct pal_error err = {PAL_OK, ""};
    double x[6];
    pal_status st = PAL_OK;
    assert_true(pal_view_split(&line, ',', &kind));
    for (size_t i = 0; i < 6; i++) {
        x[i] = cell_of(&line);
    }
    if (pal_view_is_equal(kind, PAL_VIEW("count"))) {
        st = pal_claim_count_interval((int64_t)x[0], x[1], &none, &out, &err);
    } else if (pal_view_is_equal(kind, PAL_VIEW("share"))) {
        st = pal_claim_share_interval((int64_t)x[0], (int64_t)x[1], &none, &out, &err);
    } else if (pal_view_is_equal(kind, PAL_VIEW("rate_ratio"))) {
        const struct pal_total totals[2] = {{(int64_t)x[0], x[1], 1},
                                            {(int64_t)x[2], x[3], 1}};
        st = pal_claim_rate_ratio(totals, &none, &out, &err);
    } else {
        out = pal_claim_share_ratio(x[0], x[1], x[2], x[3], &none);
    }
    assert_int_equal(st, PAL_OK);
    assert_near(out.low, x[4]);
    assert_near(out.high, x[5]);
}

static void intervals_are_those_of_r(void **state)
{
    char path[4096];
    struct pal_buffer text;
    struct pal_view line;
    size_t count = 0;
    /* NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs */
    const char *folder = getenv("PAL_SOURCE_DIR");
    (void)state;
    (void)snprintf(path, sizeof path, "%s/test/oracle/claim/interval.csv",
                   folder == NULL ? "." : folder);
    pal_buffer_init(&text, 1U << 20);
    assert_int_equal(pal_file_read(path, &text, NULL), PAL_OK);
    struct pal_view rest = pal_buffer_view(&text);
    assert_true(pal_view_split(&rest, '\n', &line));
    while (pal_view_split(&rest, '\n', &line) && line.size > 0) {
        check_line(line);
        count++;
    }
    assert_int_equal(count, 16);
    pal_buffer_clear(&text);
}

enum { RUNS = 2000, WEEKS = 104, ASKED = 8 };

/* Weeks of mean 40 and variance `spread` times that, drifting by a third over two years; the
 * dispersion is read from all of them, the interval is of the last eight weeks' rate. */
static double coverage_of_counts(double spread, uint64_t seed)
{
    struct pal_random random;
    bool is_whole[WEEKS];
    double counts[WEEKS];
    int held = 0;
    pal_random_init(&random, seed, 0);
    for (int run = 0; run < RUNS; run++) {
        double truth = 0;
        int64_t total = 0;
        for (int i = 0; i < WEEKS; i++) {
            double mean = 40 * (1 + i / 3.0 / WEEKS);
            int64_t count =
                spread > 1
                    ? pal_random_negative_binomial(&random, mean, mean / (spread - 1))
                    : pal_random_poisson(&random, mean);
            counts[i] = (double)count;
            is_whole[i] = true;
            truth += i >= WEEKS - ASKED ? mean : 0;
            total += i >= WEEKS - ASKED ? count : 0;
        }
        struct pal_dispersion dispersion =
            pal_neighbour_counts(counts, is_whole, WEEKS);
        struct pal_interval out;
        assert_int_equal(pal_claim_count_interval(total, 1, &dispersion, &out, NULL),
                         PAL_OK);
        held += out.low <= truth && truth <= out.high ? 1 : 0;
    }
    return held / (double)RUNS;
}

static void an_interval_of_a_count_holds_the_truth_95_times_of_100(void **state)
{
    static const double spreads[] = {1, 2, 5};
    (void)state;
    for (size_t i = 0; i < sizeof spreads / sizeof spreads[0]; i++) {
        double held = coverage_of_counts(spreads[i], 20200305 + i);
        if (held < 0.93 || held > 0.97) {
            fail_msg("spread %g: %.4f", spreads[i], held);
        }
    }
}

/* 30 of a group a week; each week's share is drawn anew, so that shares spread about twice as
 * far as chance (beta with mean 0.4 and correlation 1/30). */
static void an_interval_of_a_share_holds_the_truth_95_times_of_100(void **state)
{
    enum { WHOLE = 30 };
    const double mean = 0.4;
    const double size = 29;
    struct pal_random random;
    double hits[WEEKS];
    double bases[WEEKS];
    int held = 0;
    (void)state;
    pal_random_init(&random, 5, 0);
    for (int run = 0; run < RUNS; run++) {
        int64_t part = 0;
        for (int i = 0; i < WEEKS; i++) {
            double a = pal_random_gamma(&random, size * mean);
            double b = pal_random_gamma(&random, size * (1 - mean));
            int64_t count = 0;
            for (int k = 0; k < WHOLE; k++) {
                count += pal_random_uniform(&random) < a / (a + b) ? 1 : 0;
            }
            hits[i] = (double)count;
            bases[i] = WHOLE;
            part += i >= WEEKS - ASKED ? count : 0;
        }
        struct pal_dispersion dispersion = pal_neighbour_shares(hits, bases, WEEKS);
        struct pal_interval out;
        assert_int_equal(pal_claim_share_interval(part, (int64_t)WHOLE * ASKED,
                                                  &dispersion, &out, NULL),
                         PAL_OK);
        held += out.low <= mean && mean <= out.high ? 1 : 0;
    }
    if (held < RUNS * 0.93 || held > RUNS * 0.97) {
        fail_msg("%.4f", held / (double)RUNS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_are_those_of_r),
        cmocka_unit_test(an_interval_of_a_count_holds_the_truth_95_times_of_100),
        cmocka_unit_test(an_interval_of_a_share_holds_the_truth_95_times_of_100),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
