/*
 * How long the heavy statistical methods take, on one core.
 *
 *   stat_methods SERIES.csv [ROUNDS [PART [SERIES]]]
 *       weekly counts, one column a series, 520 rows; the first SERIES of 26
 *   stat_methods - [ROUNDS [PART]]       series of its own; one of farrington, partition, scan
 *
 * Prints "what,milliseconds,check" for each round: Farrington's flexible method with Noufaily's
 * settings (b 5, w 3, 10 periods, 26 weeks left out, nbPlugin, alpha 0.01) at all points of
 * each series that have five years before them, the same on daily series, optimal
 * partitioning of 100,000 counts, and a scan with 999 replicates. `check` is a sum over the
 * results, to compare with the peer's.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stat/change.h"
#include "stat/detect.h"
#include "stat/random.h"
#include "stat/scan.h"

enum { SERIES = 26, WEEKS = 520, DAYS = 3650, LONG = 100000, PLACES = 30, STEPS = 120 };

static double milliseconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0) {
        exit(1);
    }
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static void must(pal_status status, const struct pal_error *err)
{
    if (status != PAL_OK) {
        fprintf(stderr, "stat_methods: %s\n", err->text);
        exit(1);
    }
}

static void draw(struct pal_random *random, double *counts, size_t n, double year)
{
    for (size_t t = 0; t < n; t++) {
        double wave = sin(6.283185307179586 * (double)t / year);
        double mean = 6.0 * exp(0.4 * wave + 0.2 * (double)t / (double)n);
        counts[t] = (double)pal_random_negative_binomial(random, mean, 4.0);
    }
}

static void read_series(const char *path, double *counts)
{
    FILE *file = fopen(path, "r");
    char line[4096];
    if (file == NULL || fgets(line, sizeof line, file) == NULL) {
        fprintf(stderr, "stat_methods: cannot read %s\n", path);
        exit(1);
    }
    for (size_t t = 0; t < WEEKS && fgets(line, sizeof line, file) != NULL; t++) {
        char *at = line;
        for (size_t s = 0; s < SERIES; s++) {
            counts[s * WEEKS + t] = strtod(at, &at);
            at += *at == ',';
        }
    }
    if (fclose(file) != 0) {
        exit(1);
    }
}

static void farrington(const char *what, const double *counts, size_t series_count,
                       size_t length, size_t from, size_t frequency)
{
    struct pal_farrington setting = {.rule = PAL_RULE_COMPAT,
                                     .frequency = frequency,
                                     .years_back = 5,
                                     .half_window = 3,
                                     .is_reweighted = true,
                                     .weight_threshold = 2.58,
                                     .alpha = 0.01,
                                     .has_trend = true,
                                     .trend_p = 0.05,
                                     .case_min = 5,
                                     .case_span = 4,
                                     .power = PAL_POWER_TWO_THIRDS,
                                     .period_count = 10,
                                     .past_excluded = 26,
                                     .bound = PAL_BOUND_NB_PLUGIN};
    struct pal_arena arena;
    struct pal_error err;
    double check = 0.0;
    size_t points = 0;
    pal_arena_init(&arena, (size_t)1 << 28);
    double begin = milliseconds();
    for (size_t s = 0; s < series_count; s++) {
        struct pal_series series = {.counts = counts + s * length, .count = length};
        for (size_t at = from; at < length; at++) {
            struct pal_farrington_point point;
            pal_arena_reset(&arena);
            must(pal_farrington_run(&series, &setting, at, &arena, &point, &err), &err);
            check += point.status == PAL_FIT_OK ? point.bound : 0.0;
            points++;
        }
    }
    double took = milliseconds() - begin;
    printf("%s,%.1f,%.0f\n", what, took, check);
    fprintf(stderr, "%s: %zu points, %.4f ms a point\n", what, points,
            took / (double)points);
    pal_arena_clear(&arena);
}

static void partition(struct pal_random *random)
{
    double *values = calloc(LONG, sizeof *values);
    size_t *ends = calloc(LONG, sizeof *ends);
    struct pal_segments found = {ends, 0, 0.0};
    struct pal_segmentation setting = {
        .cost = PAL_COST_POISSON, .penalty = 2.0 * log((double)LONG), .min_length = 1};
    struct pal_error err;
    if (values == NULL || ends == NULL) {
        exit(1);
    }
    for (size_t t = 0; t < LONG; t++) {
        double mean = (t / 1000) % 2 == 0 ? 5.0 : 9.0;
        values[t] = (double)pal_random_poisson(random, mean);
    }
    double begin = milliseconds();
    must(pal_change_points(values, LONG, &setting, &found, &err), &err);
    printf("partition,%.1f,%.6f\n", milliseconds() - begin, found.objective);
    fprintf(stderr, "partition: %zu changes\n", found.end_count);
    free(values);
    free(ends);
}

static void scan(struct pal_random *random)
{
    static double counts[PLACES * STEPS];
    static double baselines[PLACES * STEPS];
    static double x[PLACES];
    static double y[PLACES];
    static double largest[999];
    struct pal_arena arena;
    struct pal_error err;
    struct pal_scan_zones zones;
    for (size_t p = 0; p < PLACES; p++) {
        x[p] = pal_random_uniform(random);
        y[p] = pal_random_uniform(random);
        for (size_t t = 0; t < STEPS; t++) {
            baselines[p * STEPS + t] = 4.0;
            counts[p * STEPS + t] = (double)pal_random_poisson(random, 4.0);
        }
    }
    const struct pal_scan_places places = {x, y, PLACES};
    const struct pal_scan_data data = {counts, baselines, PLACES, STEPS};
    static const char *const names[] = {"scan_permutation", "scan_population",
                                        "scan_expectation"};
    pal_arena_init(&arena, (size_t)1 << 28);
    must(pal_scan_make_zones(&places, 10, &arena, &zones, &err), &err);
    for (int mode = 0; mode < 3; mode++) {
        struct pal_scan setting = {.mode = (enum pal_scan_mode)mode,
                                   .is_prospective = false,
                                   .neighbour_max = 10,
                                   .step_max = 28};
        struct pal_scan_replicates draws = {
            .seed = 1, .count = 999, .largest = largest};
        double begin = milliseconds();
        must(pal_scan_replicate(&data, &zones, &setting, &draws, &err), &err);
        printf("%s,%.1f,%.6f\n", names[mode], milliseconds() - begin, largest[0]);
    }
    fprintf(stderr, "scan: %zu zones, %d steps, windows to 28 steps\n", zones.count,
            STEPS);
    pal_arena_clear(&arena);
}

/* All parts unless one is named. */
static bool is_wanted(int argc, char **argv, const char *part)
{
    return argc < 4 || strcmp(argv[3], part) == 0;
}

int main(int argc, char **argv)
{
    int rounds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 1;
    double *weekly = calloc((size_t)SERIES * WEEKS, sizeof *weekly);
    double *daily = calloc((size_t)SERIES * DAYS, sizeof *daily);
    size_t series_count = argc > 4 ? (size_t)strtol(argv[4], NULL, 10) : SERIES;
    struct pal_random random;
    series_count = series_count > SERIES ? SERIES : series_count;
    if (argc < 2 || weekly == NULL || daily == NULL) {
        fprintf(stderr, "stat_methods SERIES.csv|- [ROUNDS [PART]]\n");
        return 2;
    }
    pal_random_init(&random, 1, 0);
    for (size_t s = 0; s < SERIES; s++) {
        draw(&random, weekly + s * WEEKS, WEEKS, 52.0);
        draw(&random, daily + s * DAYS, DAYS, 365.0);
    }
    if (strcmp(argv[1], "-") != 0) {
        read_series(argv[1], weekly);
    }
    for (int round = 0; round < rounds; round++) {
        if (is_wanted(argc, argv, "farrington")) {
            farrington("weekly", weekly, series_count, WEEKS, 263, 52);
            farrington("daily", daily, 1, DAYS, DAYS - 400, 365);
        }
        if (is_wanted(argc, argv, "partition")) {
            partition(&random);
        }
        if (is_wanted(argc, argv, "scan")) {
            scan(&random);
        }
        if (fflush(stdout) != 0) {
            return 1;
        }
    }
    free(weekly);
    free(daily);
    return 0;
}
