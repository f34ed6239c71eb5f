#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "stat/glm.h"
#include "stat/method.h"

static bool is_near(double got, double want, double relative)
{
    bool is_good = fabs(got - want) <= relative * fabs(want);
    if (!is_good) {
        print_error("got %.17g, want %.17g\n", got, want);
    }
    return is_good;
}

static const double y[] = {3, 7, 1, 0, 12, 5, 9, 2, 4, 8};
static const double design[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                1, 2, 1, 0, 4, 2, 3, 1, 2, 3};
static const double exposure[] = {10, 12, 9, 8, 15, 11, 10, 7, 12, 13};
static const double weights[] = {1, 2, 1, 1, 0.5, 1, 1, 3, 1, 1};

static void offset_and_weights_agree_with_r(void **state)
{
    (void)state;
    double offset[10];
    struct pal_arena arena;
    struct pal_glm_fit fit;
    struct pal_error err;
    for (int i = 0; i < 10; i++) {
        offset[i] = log(exposure[i]);
    }
    struct pal_glm_data data = {design, 10, 2, y, offset, weights, false};
    pal_arena_init(&arena, 1 << 20);
    assert_int_equal(pal_glm_fit(&data, &pal_glm_exact, &arena, &fit, &err), PAL_OK);
    /* test/oracle/stat/small.R */
    assert_int_equal(fit.status, PAL_FIT_OK);
    assert_true(is_near(fit.coefficient[0], -1.80004205140124363, 1e-12));
    assert_true(is_near(fit.coefficient[1], 0.47395506438932711, 1e-12));
    assert_true(
        is_near(pal_glm_standard_error(&fit, 0, 1.0), 0.33439998228849033, 1e-10));
    assert_true(is_near(fit.deviance, 6.6693304007417105, 1e-12));
    assert_true(is_near(fit.null_deviance, 19.6197031115153138, 1e-12));
    assert_true(is_near(fit.aic, 48.0238993324322223, 1e-12));
    const double row[2] = {1, 2.5};
    double se;
    double eta = pal_glm_predict(&fit, row, log(10), 1.0, &se);
    assert_true(is_near(eta, 1.6874307025661199, 1e-12));
    assert_true(is_near(se, 0.13527994597722112, 1e-10));
    pal_arena_clear(&arena);
}

static void a_column_that_adds_nothing_is_left_out_and_the_first_kept(void **state)
{
    (void)state;
    double wide[40];
    struct pal_arena arena;
    struct pal_glm_fit plain;
    struct pal_glm_fit fit;
    struct pal_error err;
    memcpy(wide, design, sizeof design);
    for (int i = 0; i < 10; i++) {
        wide[20 + i] = 3.0 - 2.0 * design[10 + i];
        wide[30 + i] = design[10 + i] * design[10 + i];
    }
    struct pal_glm_data two = {design, 10, 2, y, NULL, NULL, false};
    struct pal_glm_data three = {wide, 10, 3, y, NULL, NULL, false};
    struct pal_glm_data four = {wide, 10, 4, y, NULL, NULL, false};
    pal_arena_init(&arena, 1 << 20);
    assert_int_equal(pal_glm_fit(&two, &pal_glm_exact, &arena, &plain, &err), PAL_OK);
    assert_int_equal(pal_glm_fit(&three, &pal_glm_exact, &arena, &fit, &err), PAL_OK);
    assert_int_equal(fit.rank, 2);
    assert_true(fit.is_estimated[1] && !fit.is_estimated[2]);
    assert_true(is_near(fit.coefficient[1], plain.coefficient[1], 1e-10));
    assert_true(fit.covariance[8] == 0);
    assert_int_equal(pal_glm_fit(&four, &pal_glm_exact, &arena, &fit, &err), PAL_OK);
    assert_int_equal(fit.rank, 3);
    assert_true(fit.is_estimated[3] && fit.covariance[15] > 0);
    pal_arena_clear(&arena);
}

static void wrong_values_are_refused(void **state)
{
    (void)state;
    const double negative[] = {1, -1};
    const double ones[] = {1, 1};
    const double gap[] = {1, (double)NAN};
    struct pal_arena arena;
    struct pal_glm_fit fit;
    struct pal_error err;
    struct pal_glm_data rows[] = {{ones, 2, 1, negative, NULL, NULL, false},
                                  {gap, 2, 1, ones, NULL, NULL, false},
                                  {ones, 2, 1, ones, NULL, negative, false},
                                  {ones, 2, 1, ones, gap, NULL, false}};
    pal_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pal_glm_fit(&rows[i], &pal_glm_default, &arena, &fit, &err),
                         PAL_INPUT);
    }
    struct pal_glm_data none = {ones, 0, 1, ones, NULL, NULL, false};
    assert_int_equal(pal_glm_fit(&none, &pal_glm_default, &arena, &fit, &err), PAL_OK);
    assert_int_equal(fit.status, PAL_FIT_TOO_FEW);
    pal_arena_clear(&arena);
}

static void without_overdispersion_theta_is_not_given(void **state)
{
    (void)state;
    const double even[] = {5, 4, 5, 6, 5, 5, 4, 6, 5, 5};
    struct pal_arena arena;
    struct pal_glm_fit fit;
    struct pal_error err;
    struct pal_glm_data data = {design, 10, 1, even, NULL, NULL, false};
    pal_arena_init(&arena, 1 << 20);
    assert_int_equal(pal_glm_fit_negative_binomial(&data, &arena, &fit, &err), PAL_OK);
    assert_int_equal(fit.status, PAL_FIT_EQUIDISPERSED);
    assert_true(fit.theta == 0);
    assert_true(is_near(exp(fit.coefficient[0]), 5.0, 1e-12));
    pal_arena_clear(&arena);
}

static void running_out_of_memory_is_reported(void **state)
{
    (void)state;
    struct pal_glm_data data = {design, 10, 2, y, NULL, NULL, false};
    for (size_t n = 1;; n++) {
        struct pal_arena arena;
        struct pal_glm_fit fit;
        struct pal_error err;
        pal_arena_init(&arena, 1 << 20);
        pal_alloc_fail_after(n);
        pal_status status = pal_glm_fit_negative_binomial(&data, &arena, &fit, &err);
        pal_alloc_fail_after(0);
        pal_arena_clear(&arena);
        if (status == PAL_OK) {
            assert_true(n > 1);
            break;
        }
        assert_int_equal(status, PAL_MEMORY);
    }
}

/* --- methods by name --- */

static struct pal_frame small_frame(struct pal_arena *arena)
{
    static const char *const names[] = {"y", "x", "kind"};
    struct pal_frame frame;
    struct pal_error err;
    assert_int_equal(pal_frame_init(&frame, arena, names, 3, &err), PAL_OK);
    for (int i = 0; i < 10; i++) {
        struct pal_datum *cells;
        assert_int_equal(pal_frame_add_row(&frame, &cells, &err), PAL_OK);
        cells[0] = pal_datum_number(y[i]);
        cells[1] = pal_datum_number(design[10 + i]);
        cells[2] = pal_datum_text(i % 3 == 0 ? "a" : (i % 3 == 1 ? "b" : "c"));
    }
    return frame;
}

static pal_status run(const char *algorithm, const char *formula,
                      struct pal_arena *arena, struct pal_frame *out,
                      struct pal_error *err)
{
    struct pal_frame frame = small_frame(arena);
    const struct pal_param items[] = {
        {.name = "algorithm", .kind = PAL_PARAM_TEXT, .text = algorithm},
        {.name = "formula", .kind = PAL_PARAM_TEXT, .text = formula}};
    const struct pal_params params = {items, 2};
    return pal_method_run(&params, &frame, arena, out, err);
}

static void a_formula_makes_r_s_columns(void **state)
{
    (void)state;
    static const char *const want[] = {"(Intercept)", "x",       "I(x^2)", "kindb",
                                       "kindc",       "x:kindb", "x:kindc"};
    struct pal_arena arena;
    struct pal_frame out;
    struct pal_error err;
    pal_arena_init(&arena, 1 << 24);
    assert_int_equal(run("glm", "y ~ x * kind + I(x^2)", &arena, &out, &err), PAL_OK);
    for (size_t k = 0; k < 7; k++) {
        bool is_there = false;
        for (size_t i = 0; i < out.row_count; i++) {
            const struct pal_datum *cells = out.cells + i * 3;
            is_there = is_there || (strcmp(cells[0].text, "coef") == 0 &&
                                    strcmp(cells[1].text, want[k]) == 0);
        }
        assert_true(is_there);
    }
    pal_arena_clear(&arena);
}

static void what_cannot_be_run_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *algorithm;
        const char *formula;
        pal_status want;
        const char *words;
    } rows[] = {
        {"no such", "y ~ x", PAL_USAGE, "no such"},
        {"glm", "y x", PAL_INPUT, "~"},
        {"glm", "y ~ z", PAL_INPUT, "\"z\""},
        {"glm", "q ~ x", PAL_INPUT, "\"q\""},
        {"glm", "kind ~ x", PAL_INPUT, "row 1"},
        {"glm", "y ~ I(x", PAL_INPUT, "I(x"},
        {"glm", "y ~ x + * x", PAL_INPUT, "cannot be read"},
        {"earsC", "", PAL_INPUT, "observed"},
        {"coxph", "y ~ x", PAL_INPUT, "Surv"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_arena arena;
        struct pal_frame out;
        struct pal_error err = {PAL_OK, ""};
        pal_arena_init(&arena, 1 << 24);
        assert_int_equal(run(rows[i].algorithm, rows[i].formula, &arena, &out, &err),
                         rows[i].want);
        assert_non_null(strstr(err.text, rows[i].words));
        pal_arena_clear(&arena);
    }
}

static void every_method_has_a_name_and_a_summary(void **state)
{
    (void)state;
    size_t count;
    const struct pal_method *const *all = pal_method_all(&count);
    assert_true(count >= 20);
    for (size_t i = 0; i < count; i++) {
        assert_true(strlen(all[i]->summary) > 5);
        assert_true(strlen(all[i]->columns_in) > 0 && strlen(all[i]->columns_out) > 0);
        assert_true(strlen(all[i]->source) > 5);
        assert_ptr_equal(pal_method_find(all[i]->name), all[i]);
    }
    assert_null(pal_method_find("earsc"));
}

static void a_missing_number_is_a_missing_cell(void **state)
{
    (void)state;
    assert_int_equal(pal_datum_number((double)NAN).kind, PAL_DATUM_MISSING);
    assert_int_equal(pal_datum_number(0).kind, PAL_DATUM_NUMBER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offset_and_weights_agree_with_r),
        cmocka_unit_test(a_column_that_adds_nothing_is_left_out_and_the_first_kept),
        cmocka_unit_test(wrong_values_are_refused),
        cmocka_unit_test(without_overdispersion_theta_is_not_given),
        cmocka_unit_test(running_out_of_memory_is_reported),
        cmocka_unit_test(a_formula_makes_r_s_columns),
        cmocka_unit_test(what_cannot_be_run_says_why),
        cmocka_unit_test(every_method_has_a_name_and_a_summary),
        cmocka_unit_test(a_missing_number_is_a_missing_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
