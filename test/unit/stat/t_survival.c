#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "stat/cox.h"
#include "stat/survival.h"

static bool is_near(double got, double want, double relative)
{
    bool is_good = fabs(got - want) <= relative * fabs(want);
    if (!is_good) {
        print_error("got %.17g, want %.17g\n", got, want);
    }
    return is_good;
}

/* test/oracle/stat/small.R */
static const double entry[] = {0, 0, 2, 1, 3, 0, 4, 2, 5, 1};
static const double leave[] = {5, 3, 6, 8, 8, 2, 9, 7, 10, 4};
static const int event[] = {1, 1, 0, 1, 1, 1, 0, 1, 1, 0};
static const double covariate[] = {.3, 1.2, -.4, .9, .1, 1.5, -.8, .2, .4, 1.1};

static void late_entries_are_at_risk_only_after_them(void **state)
{
    (void)state;
    static const double want[][5] = {
        {2, 5, 0.8, 0.17888543819998318, 0.516125760342172057},
        {3, 6, 0.66666666666666674, 0.19245008972987529, 0.378606460887095098},
        {4, 6, 0.66666666666666674, 0.19245008972987529, 0.378606460887095098},
        {5, 6, 0.55555555555555569, 0.18975834751777038, 0.284437477211425926},
        {6, 6, 0.55555555555555569, 0.18975834751777038, 0.284437477211425926},
        {7, 5, 0.44444444444444459, 0.18144368465060584, 0.199671420239348307},
        {8, 4, 0.22222222222222229, 0.14344382763731178, 0.062710354047190622},
        {9, 2, 0.22222222222222229, 0.14344382763731178, 0.062710354047190622},
    };
    struct pal_survival_data data = {entry, leave, event, 10};
    struct pal_survival_curve curve;
    struct pal_arena arena;
    struct pal_error err;
    double value[3];
    enum pal_fit_status status[3];
    pal_arena_init(&arena, 1 << 20);
    assert_int_equal(pal_kaplan_meier(&data, 0.95, PAL_BAND_LOG, &arena, &curve, &err),
                     PAL_OK);
    assert_int_equal(curve.count, 9);
    for (size_t k = 0; k < 8; k++) {
        const struct pal_survival_step *step = &curve.steps[k];
        assert_true(step->time == want[k][0] && step->at_risk == want[k][1]);
        assert_true(is_near(step->survival, want[k][2], 1e-14));
        assert_true(is_near(step->se, want[k][3], 1e-13));
        assert_true(is_near(step->low, want[k][4], 1e-12));
    }
    assert_true(curve.steps[8].survival == 0 && !curve.steps[8].has_se);
    pal_survival_quantile(&curve, 0.5, value, status);
    assert_true(value[0] == 7 && value[1] == 3);
    assert_int_equal(status[2], PAL_FIT_NOT_REACHED);
    pal_arena_clear(&arena);
}

static void a_median_hit_exactly_is_the_middle_of_its_step(void **state)
{
    (void)state;
    const double times[] = {1, 2, 3, 4};
    const int ends[] = {1, 1, 1, 1};
    const int stays[] = {0, 0, 0, 1};
    struct pal_survival_data data = {NULL, times, ends, 4};
    struct pal_survival_curve curve;
    struct pal_arena arena;
    struct pal_error err;
    double value[3];
    enum pal_fit_status status[3];
    pal_arena_init(&arena, 1 << 20);
    assert_int_equal(pal_kaplan_meier(&data, 0.95, PAL_BAND_LOG, &arena, &curve, &err),
                     PAL_OK);
    pal_survival_quantile(&curve, 0.5, value, status);
    assert_true(value[0] == 2.5 && value[1] == 1);
    struct pal_survival_data one = {NULL, times, stays, 3};
    assert_int_equal(pal_kaplan_meier(&one, 0.95, PAL_BAND_LOG, &arena, &curve, &err),
                     PAL_OK);
    pal_survival_quantile(&curve, 0.5, value, status);
    assert_int_equal(status[0], PAL_FIT_NOT_REACHED);
    pal_arena_clear(&arena);
}

static void the_restricted_mean_agrees_with_r(void **state)
{
    (void)state;
    struct pal_survival_data data = {NULL, leave, event, 10};
    struct pal_survival_curve curve;
    struct pal_arena arena;
    struct pal_error err;
    double mean;
    double se;
    pal_arena_init(&arena, 1 << 20);
    assert_int_equal(pal_kaplan_meier(&data, 0.95, PAL_BAND_LOG, &arena, &curve, &err),
                     PAL_OK);
    pal_survival_restricted_mean(&curve, 8, &mean, &se);
    assert_true(is_near(mean, 6.41999999999999993, 1e-13));
    assert_true(is_near(se, 0.70141140508525623, 1e-12));
    pal_arena_clear(&arena);
}

static void a_stay_without_length_is_refused(void **state)
{
    (void)state;
    const double from[] = {1, 2};
    const double to[] = {3, 2};
    const int ends[] = {1, 1};
    struct pal_survival_data data = {from, to, ends, 2};
    struct pal_survival_curve curve;
    struct pal_arena arena;
    struct pal_error err;
    pal_arena_init(&arena, 1 << 20);
    assert_int_equal(pal_kaplan_meier(&data, 0.95, PAL_BAND_LOG, &arena, &curve, &err),
                     PAL_INPUT);
    assert_non_null(strstr(err.text, "record 2"));
    data.count = 0;
    assert_int_equal(pal_kaplan_meier(&data, 0.95, PAL_BAND_LOG, &arena, &curve, &err),
                     PAL_OK);
    assert_int_equal(curve.count, 0);
    pal_arena_clear(&arena);
}

static void log_rank_agrees_with_r_and_names_what_it_cannot_test(void **state)
{
    (void)state;
    const size_t group[] = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
    const size_t one[10] = {0};
    const int nothing[10] = {0};
    struct pal_survival_data data = {NULL, leave, event, 10};
    struct pal_log_rank_setting setting = {0, group, 2, NULL, 0};
    struct pal_log_rank test;
    struct pal_arena arena;
    struct pal_error err;
    pal_arena_init(&arena, 1 << 20);
    assert_int_equal(pal_log_rank_test(&data, &setting, &arena, &test, &err), PAL_OK);
    assert_int_equal(test.status, PAL_FIT_OK);
    assert_true(is_near(test.statistic, 0.71989018757387735, 1e-12));
    setting.group = one;
    assert_int_equal(pal_log_rank_test(&data, &setting, &arena, &test, &err), PAL_OK);
    assert_int_equal(test.status, PAL_FIT_TOO_FEW);
    data.cause = nothing;
    assert_int_equal(pal_log_rank_test(&data, &setting, &arena, &test, &err), PAL_OK);
    assert_int_equal(test.status, PAL_FIT_NO_EVENT);
    pal_arena_clear(&arena);
}

static void hazards_with_late_entry_agree_with_r(void **state)
{
    (void)state;
    static const double want[2][5] = {
        {1.5802387079284246, 1.0087199645195646, -9.2873014131123099,
         -7.6953170100429684, 2.7338280117625313},
        {1.50232131303179828, 0.99897551262547024, -9.57498348556408985,
         -8.13140083155142079, 2.48477175721623444}};
    struct pal_cox_data data = {{entry, leave, event, 10}, covariate, 1};
    for (int ties = 0; ties < 2; ties++) {
        struct pal_cox_fit fit;
        struct pal_arena arena;
        struct pal_error err;
        pal_arena_init(&arena, 1 << 20);
        assert_int_equal(
            pal_cox_fit(&data, (enum pal_cox_ties)ties, &arena, &fit, &err), PAL_OK);
        assert_int_equal(fit.status, PAL_FIT_OK);
        assert_true(is_near(fit.coefficient[0], want[ties][0], 1e-9));
        assert_true(is_near(sqrt(fit.covariance[0]), want[ties][1], 1e-9));
        assert_true(is_near(fit.log_likelihood[0], want[ties][2], 1e-12));
        assert_true(is_near(fit.log_likelihood[1], want[ties][3], 1e-12));
        assert_true(is_near(fit.score, want[ties][4], 1e-9));
        pal_arena_clear(&arena);
    }
}

static void shares_of_all_exits_sum_to_one(void **state)
{
    (void)state;
    const int cause[] = {1, 2, 0, 1, 3, 2, 0, 1, 2, 0};
    struct pal_survival_data data = {entry, leave, cause, 10};
    struct pal_competing_curve curve;
    struct pal_arena arena;
    struct pal_error err;
    pal_arena_init(&arena, 1 << 20);
    assert_int_equal(pal_aalen_johansen(&data, 3, &arena, &curve, &err), PAL_OK);
    for (size_t t = 0; t < curve.count; t++) {
        const double *p = curve.state + t * 4;
        assert_true(fabs(p[0] + p[1] + p[2] + p[3] - 1.0) < 1e-14);
    }
    assert_int_equal(pal_aalen_johansen(&data, 2, &arena, &curve, &err), PAL_INPUT);
    pal_arena_clear(&arena);
}

static const double stay[] = {5, 3, 6, 8, 8, 2, 9, 7, 10, 4, 11, 1};
static const int way_out[] = {1, 2, 0, 1, 1, 2, 0, 1, 2, 0, 1, 1};
static const double score[] = {.3, 1.2, -.4, .9, .1, 1.5, -.8, .2, .4, 1.1, -.2, .7};

static void a_regression_of_one_exit_agrees_with_r(void **state)
{
    (void)state;
    struct pal_cox_data data = {{NULL, stay, way_out, 12}, score, 1};
    struct pal_fine_gray_fit fit;
    struct pal_arena arena;
    struct pal_error err;
    pal_arena_init(&arena, 1 << 20);
    assert_int_equal(pal_fine_gray_run(&data, 1, &arena, &fit, &err), PAL_OK);
    assert_int_equal(fit.status, PAL_FIT_OK);
    assert_true(is_near(fit.coefficient[0], -0.11930866160422432, 1e-9));
    assert_true(is_near(fit.log_likelihood, -11.61759085058575458, 1e-12));
    assert_true(fit.covariance[0] > 0);
    assert_int_equal(pal_fine_gray_run(&data, 5, &arena, &fit, &err), PAL_OK);
    assert_int_equal(fit.status, PAL_FIT_NO_EVENT);
    data.survival.entry = score;
    assert_int_equal(pal_fine_gray_run(&data, 1, &arena, &fit, &err), PAL_INPUT);
    pal_arena_clear(&arena);
}

static pal_status gray(const struct pal_survival_data *data, int cause,
                       const size_t *group, size_t group_count,
                       struct pal_gray_test *out, struct pal_error *err)
{
    const struct pal_gray_setting setting = {cause, group, group_count, 0.0};
    return pal_gray_test_run(data, &setting, out, err);
}

static void the_order_of_groups_does_not_matter_to_gray_s_test(void **state)
{
    (void)state;
    const size_t groups[] = {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2};
    struct pal_survival_data data = {NULL, stay, way_out, 12};
    struct pal_gray_test test;
    struct pal_error err;
    double first = -1;
    for (size_t turn = 0; turn < 3; turn++) {
        size_t turned[12];
        for (int i = 0; i < 12; i++) {
            turned[i] = (groups[i] + turn) % 3;
        }
        assert_int_equal(gray(&data, 1, turned, 3, &test, &err), PAL_OK);
        assert_int_equal(test.status, PAL_FIT_OK);
        assert_true(test.df == 2);
        first = turn == 0 ? test.statistic : first;
        assert_true(is_near(test.statistic, first, 1e-9));
    }
    assert_int_equal(gray(&data, 1, groups, 1, &test, &err), PAL_OK);
    assert_int_equal(test.status, PAL_FIT_TOO_FEW);
    assert_int_equal(gray(&data, 1, groups, 2, &test, &err), PAL_INPUT);
    assert_int_equal(gray(&data, 9, groups, 3, &test, &err), PAL_OK);
    assert_int_equal(test.status, PAL_FIT_NO_EVENT);
}

/* Two copies of one group are as alike as can be. */
static void groups_that_are_copies_do_not_differ(void **state)
{
    (void)state;
    double times[24];
    int causes[24];
    size_t group[24];
    struct pal_error err;
    struct pal_gray_test test;
    for (int i = 0; i < 24; i++) {
        times[i] = stay[i / 2];
        causes[i] = way_out[i / 2];
        group[i] = (size_t)(i % 2);
    }
    struct pal_survival_data data = {NULL, times, causes, 24};
    assert_int_equal(gray(&data, 1, group, 2, &test, &err), PAL_OK);
    assert_int_equal(test.status, PAL_FIT_OK);
    assert_true(test.statistic < 1e-20 && test.p_value > 0.999);
}

static void running_out_of_memory_is_reported(void **state)
{
    (void)state;
    struct pal_cox_data data = {{entry, leave, event, 10}, covariate, 1};
    for (size_t n = 1;; n++) {
        struct pal_cox_fit fit;
        struct pal_arena arena;
        struct pal_error err;
        pal_arena_init(&arena, 1 << 20);
        pal_alloc_fail_after(n);
        pal_status status = pal_cox_fit(&data, PAL_TIES_EFRON, &arena, &fit, &err);
        pal_alloc_fail_after(0);
        pal_arena_clear(&arena);
        if (status == PAL_OK) {
            assert_true(n > 1);
            break;
        }
        assert_int_equal(status, PAL_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(late_entries_are_at_risk_only_after_them),
        cmocka_unit_test(a_median_hit_exactly_is_the_middle_of_its_step),
        cmocka_unit_test(the_restricted_mean_agrees_with_r),
        cmocka_unit_test(a_stay_without_length_is_refused),
        cmocka_unit_test(log_rank_agrees_with_r_and_names_what_it_cannot_test),
        cmocka_unit_test(hazards_with_late_entry_agree_with_r),
        cmocka_unit_test(shares_of_all_exits_sum_to_one),
        cmocka_unit_test(a_regression_of_one_exit_agrees_with_r),
        cmocka_unit_test(the_order_of_groups_does_not_matter_to_gray_s_test),
        cmocka_unit_test(groups_that_are_copies_do_not_differ),
        cmocka_unit_test(running_out_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
