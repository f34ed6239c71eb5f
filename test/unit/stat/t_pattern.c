#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "stat/change.h"
#include "stat/random.h"
#include "stat/scan.h"
#include "stat/undercount.h"

static void pruned_search_is_exact_for_any_least_length(void **state)
{
    (void)state;
    enum { N = 60, CHANGES = 29 };
    for (uint64_t series = 0; series < 400; series++) {
        struct pal_random random;
        struct pal_error err;
        double values[N];
        size_t ends[N];
        double costs[CHANGES + 1];
        struct pal_segments found = {ends, 0, 0};
        pal_random_init(&random, 11, series);
        struct pal_segmentation setting = {.cost = (enum pal_cost)(series % 4),
                                           .is_mbic = series % 3 == 0,
                                           .penalty = 5.0,
                                           .min_length = 2 + series % 6,
                                           .size = 4.0};
        double mean = 4;
        for (int i = 0; i < N; i++) {
            mean = pal_random_below(&random, 12) == 0
                       ? 1 + 10 * pal_random_uniform(&random)
                       : mean;
            values[i] = (double)pal_random_poisson(&random, mean);
        }
        assert_int_equal(pal_change_points(values, N, &setting, &found, &err), PAL_OK);
        assert_int_equal(pal_change_costs(values, N, &setting, CHANGES, costs, &err),
                         PAL_OK);
        double best = costs[0];
        for (int k = 1; k <= CHANGES; k++) {
            best = fmin(best, costs[k] + setting.penalty * k);
        }
        assert_true(fabs(found.objective - best) <= 1e-9 * (1 + fabs(best)));
        size_t from = 0;
        for (size_t i = 0; i <= found.end_count; i++) {
            size_t to = i < found.end_count ? ends[i] : N;
            assert_true(to >= from + setting.min_length);
            from = to;
        }
    }
}

static void a_series_no_cost_fits_is_refused(void **state)
{
    (void)state;
    const double values[] = {1, -2, 3};
    size_t ends[3];
    struct pal_segments found = {ends, 0, 0};
    struct pal_error err;
    struct pal_segmentation setting = {
        .cost = PAL_COST_POISSON, .penalty = 1, .min_length = 1};
    assert_int_equal(pal_change_points(values, 3, &setting, &found, &err), PAL_INPUT);
    setting.cost = PAL_COST_L2;
    assert_int_equal(pal_change_points(values, 3, &setting, &found, &err), PAL_OK);
    setting.min_length = 0;
    assert_int_equal(pal_change_points(values, 3, &setting, &found, &err), PAL_INPUT);
    setting.min_length = 4;
    assert_int_equal(pal_change_points(values, 3, &setting, &found, &err), PAL_INPUT);
    setting.min_length = 1;
    for (size_t n = 1;; n++) {
        pal_alloc_fail_after(n);
        pal_status status = pal_change_points(values, 3, &setting, &found, &err);
        pal_alloc_fail_after(0);
        if (status == PAL_OK) {
            break;
        }
        assert_int_equal(status, PAL_MEMORY);
    }
}

/* A line of eight places, twenty steps, five cases each, and a surge in places 2 and 3. */
static void plant(double counts[160], double baselines[160])
{
    for (int i = 0; i < 160; i++) {
        counts[i] = 5;
        baselines[i] = 5;
    }
    for (int t = 17; t < 20; t++) {
        counts[2 * 20 + t] = 14;
        counts[3 * 20 + t] = 15;
    }
}

static void a_planted_cluster_is_found_and_is_not_chance(void **state)
{
    (void)state;
    double counts[160];
    double baselines[160];
    double x[8];
    double zero[8] = {0};
    double largest[199];
    struct pal_arena arena;
    struct pal_scan_zones zones;
    struct pal_error err;
    plant(counts, baselines);
    for (int i = 0; i < 8; i++) {
        x[i] = i;
    }
    const struct pal_scan_places places = {x, zero, 8};
    pal_arena_init(&arena, 1 << 24);
    assert_int_equal(pal_scan_make_zones(&places, 3, &arena, &zones, &err), PAL_OK);
    for (int mode = 0; mode < 3; mode++) {
        struct pal_scan setting = {(enum pal_scan_mode)mode, mode != 1, 3, 6};
        struct pal_scan_data data = {counts, baselines, 8, 20};
        struct pal_scan_found found;
        struct pal_scan_replicates draws = {
            .seed = 5, .count = 199, .largest = largest};
        assert_int_equal(pal_scan_run(&data, &zones, &setting, &arena, &found, &err),
                         PAL_OK);
        assert_true(found.count > 0);
        const struct pal_scan_window *top = &found.windows[0];
        size_t begin = zones.begin[top->zone];
        assert_int_equal(zones.begin[top->zone + 1] - begin, 2);
        assert_int_equal(zones.places[begin], 2);
        assert_int_equal(zones.places[begin + 1], 3);
        assert_int_equal(top->first, 17);
        assert_int_equal(top->last, 19);
        assert_true(top->cases == 87);
        assert_int_equal(pal_scan_replicate(&data, &zones, &setting, &draws, &err),
                         PAL_OK);
        assert_true(pal_scan_p_value(top->ratio, largest, 199) == 1.0 / 200);
        assert_true(pal_scan_p_gumbel(top->ratio, largest, 199) < 1e-4);
        /* the second half alone gives the same numbers */
        double half[99];
        struct pal_scan_replicates later = {
            .seed = 5, .first = 100, .count = 99, .largest = half};
        assert_int_equal(pal_scan_replicate(&data, &zones, &setting, &later, &err),
                         PAL_OK);
        assert_memory_equal(half, largest + 100, sizeof half);
    }
    pal_arena_clear(&arena);
}

static void a_count_that_is_none_is_refused_by_the_scan(void **state)
{
    (void)state;
    double counts[] = {1, 0.5};
    double zero[1] = {0};
    struct pal_arena arena;
    struct pal_scan_zones zones;
    struct pal_scan_found found;
    struct pal_error err;
    struct pal_scan setting = {PAL_SCAN_PERMUTATION, true, 1, 1};
    struct pal_scan_data data = {counts, NULL, 1, 2};
    const struct pal_scan_places places = {zero, zero, 1};
    pal_arena_init(&arena, 1 << 20);
    assert_int_equal(pal_scan_make_zones(&places, 1, &arena, &zones, &err), PAL_OK);
    assert_int_equal(pal_scan_run(&data, &zones, &setting, &arena, &found, &err),
                     PAL_INPUT);
    counts[1] = 0;
    setting.mode = PAL_SCAN_EXPECTATION;
    assert_int_equal(pal_scan_run(&data, &zones, &setting, &arena, &found, &err),
                     PAL_INPUT);
    pal_arena_clear(&arena);
}

static void all_hierarchical_models_are_tried(void **state)
{
    (void)state;
    static const struct {
        size_t lists;
        size_t models;
    } rows[] = {{2, 1}, {3, 8}, {4, 113}};
    for (size_t r = 0; r < 3; r++) {
        struct pal_list_counts lists = {.list_count = rows[r].lists};
        struct pal_list_model *models;
        size_t count;
        struct pal_arena arena;
        struct pal_error err;
        for (size_t cell = 1; cell < (size_t)1 << rows[r].lists; cell++) {
            lists.counts[cell] = 20 + (double)(cell * 7 % 5);
        }
        pal_arena_init(&arena, 1 << 24);
        assert_int_equal(
            pal_list_models(&lists, rows[r].lists - 1, &arena, &models, &count, &err),
            PAL_OK);
        assert_int_equal(count, rows[r].models);
        for (size_t i = 0; i < count; i++) {
            for (size_t j = 0; j < i; j++) {
                assert_string_not_equal(models[i].name, models[j].name);
            }
        }
        pal_arena_clear(&arena);
    }
}

static void two_lists_give_lincoln_and_petersen_s_number(void **state)
{
    (void)state;
    struct pal_list_counts lists = {.list_count = 2, .counts = {0, 40, 60, 20}};
    struct pal_list_model *models;
    size_t count;
    struct pal_arena arena;
    struct pal_error err;
    pal_arena_init(&arena, 1 << 24);
    assert_int_equal(pal_list_models(&lists, 1, &arena, &models, &count, &err), PAL_OK);
    struct pal_list_pair pair = pal_list_chapman(&lists, 0, 1);
    assert_true(fabs(models[0].total - 60.0 * 80.0 / 20.0) < 1e-8);
    assert_true(fabs(pair.petersen - 240.0) < 1e-12);
    assert_true(fabs(pair.chapman - (61.0 * 81.0 / 21.0 - 1.0)) < 1e-12);
    /* Chao 1987: f1 = 100, f2 = 20 */
    assert_true(fabs(pal_list_chao(&lists).total - (120 + 10000.0 / 40)) < 1e-12);
    pal_arena_clear(&arena);
}

static void lists_that_share_nobody_give_no_number(void **state)
{
    (void)state;
    struct pal_list_counts lists = {.list_count = 2, .counts = {0, 40, 60, 0}};
    struct pal_list_model *models;
    size_t count;
    struct pal_arena arena;
    struct pal_error err;
    pal_arena_init(&arena, 1 << 24);
    assert_int_equal(pal_list_models(&lists, 1, &arena, &models, &count, &err), PAL_OK);
    assert_int_equal(models[0].status, PAL_FIT_BOUNDARY);
    assert_int_equal(pal_list_chao(&lists).status, PAL_FIT_NO_EVENT);
    assert_int_equal(pal_list_chapman(&lists, 0, 1).petersen_status, PAL_FIT_NO_EVENT);
    lists.counts[1] = 0.5;
    assert_int_equal(pal_list_models(&lists, 1, &arena, &models, &count, &err),
                     PAL_INPUT);
    pal_arena_clear(&arena);
}

static void graph_average_shares_sum_to_one(void **state)
{
    (void)state;
    struct pal_list_counts lists = {.list_count = 4};
    struct pal_list_average *average;
    struct pal_arena arena;
    struct pal_error err;
    for (size_t cell = 1; cell < 16; cell++) {
        lists.counts[cell] = (double)(30 / cell);
    }
    pal_arena_init(&arena, 1 << 24);
    assert_int_equal(pal_list_average(&lists, 1.0 / 16, 2000, &arena, &average, &err),
                     PAL_OK);
    assert_int_equal(average->graph_count, 61);
    double graphs = 0;
    double missed = 0;
    for (size_t g = 0; g < 61; g++) {
        graphs += average->graph_share[g];
    }
    for (size_t k = 0; k <= 2000; k++) {
        missed += average->missed[k];
    }
    assert_true(fabs(graphs - 1) < 1e-12 && fabs(missed - 1) < 1e-12);
    assert_true(average->low <= average->median && average->median <= average->high);
    pal_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pruned_search_is_exact_for_any_least_length),
        cmocka_unit_test(a_series_no_cost_fits_is_refused),
        cmocka_unit_test(a_planted_cluster_is_found_and_is_not_chance),
        cmocka_unit_test(a_count_that_is_none_is_refused_by_the_scan),
        cmocka_unit_test(all_hierarchical_models_are_tried),
        cmocka_unit_test(two_lists_give_lincoln_and_petersen_s_number),
        cmocka_unit_test(lists_that_share_nobody_give_no_number),
        cmocka_unit_test(graph_average_shares_sum_to_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
