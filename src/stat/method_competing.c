/*
 * Competing events by name.
 */
#include <math.h>

#include "stat/cox.h"
#include "stat/method_internal.h"
#include "stat/survival.h"

/* "pstate0".., "se0".. behind section, time, n_risk. */
static pal_status competing_names(struct pal_arena *arena, size_t width,
                                  const char **names, struct pal_error *err)
{
    names[0] = "section";
    names[1] = "time";
    names[2] = "n_risk";
    for (size_t k = 0; k < width; k++) {
        struct pal_view state;
        struct pal_view se;
        pal_status status = pal_arena_format(arena, &state, err, "pstate%zu", k);
        status =
            status == PAL_OK ? pal_arena_format(arena, &se, err, "se%zu", k) : status;
        if (status != PAL_OK) {
            return status;
        }
        names[3 + k] = state.data;
        names[3 + width + k] = se.data;
    }
    return PAL_OK;
}

static pal_status add_scalar(struct pal_frame *out, const char *kind, size_t number,
                             bool has, double value, struct pal_error *err)
{
    struct pal_view section;
    struct pal_datum *cells = NULL;
    pal_status status =
        pal_arena_format(out->arena, &section, err, "%s%zu", kind, number);
    status = status == PAL_OK ? pal_frame_add_row(out, &cells, err) : status;
    if (status == PAL_OK) {
        cells[0] = pal_datum_text(section.data);
        cells[1] = pal_datum_number_if(has, value);
    }
    return status;
}

/* Gray's test for each cause over the column "group". */
static pal_status add_gray(struct pal_frame *out, const struct pal_survival_data *data,
                           size_t cause_count, const struct pal_levels *groups,
                           double rho, struct pal_error *err)
{
    double width = (double)groups->count;
    pal_status status = pal_method_check_work(2.0 * (double)data->count * width *
                                                  width * width * (double)cause_count,
                                              "compare fewer groups", err);
    for (size_t k = 1; status == PAL_OK && k <= cause_count; k++) {
        struct pal_gray_test test;
        const struct pal_gray_setting setting = {(int)k, groups->of_row, groups->count,
                                                 rho};
        status = pal_gray_test_run(data, &setting, &test, err);
        bool has = status == PAL_OK && test.status == PAL_FIT_OK;
        if (status == PAL_OK) {
            status = add_scalar(out, "gray_stat_cause", k, has, test.statistic, err);
        }
        if (status == PAL_OK) {
            status = add_scalar(out, "gray_p_cause", k, has, test.p_value, err);
        }
    }
    return status;
}

/* Fine & Gray for cause 1 on the groups, the first being the reference. */
static pal_status add_fine_gray(struct pal_frame *out,
                                const struct pal_survival_data *data,
                                const struct pal_levels *groups, struct pal_error *err)
{
    double *design;
    size_t columns = groups->count > 0 ? groups->count - 1 : 0;
    struct pal_fine_gray_fit fit;
    pal_status status =
        pal_method_alloc(out->arena, data->count * columns, &design, err);
    for (size_t i = 0; status == PAL_OK && i < data->count; i++) {
        if (groups->of_row[i] > 0) {
            design[(groups->of_row[i] - 1) * data->count + i] = 1.0;
        }
    }
    if (status != PAL_OK || columns == 0) {
        return status;
    }
    struct pal_cox_data model = {*data, design, columns};
    status = pal_fine_gray_run(&model, 1, out->arena, &fit, err);
    bool has = status == PAL_OK && fit.status == PAL_FIT_OK;
    for (size_t j = 0; status == PAL_OK && j < columns; j++) {
        double b = has ? fit.coefficient[j] : 0.0;
        double se = has ? sqrt(fit.covariance[j * columns + j]) : 0.0;
        status = add_scalar(out, "finegray_coef", j + 1, has, b, err);
        status = status == PAL_OK ? add_scalar(out, "finegray_se", j + 1, has, se, err)
                                  : status;
    }
    struct pal_datum *cells = NULL;
    status = status == PAL_OK ? pal_frame_add_row(out, &cells, err) : status;
    if (status == PAL_OK) {
        cells[0] = pal_datum_text("finegray_loglik");
        cells[1] = pal_datum_number_if(has, fit.log_likelihood);
    }
    return status;
}

static pal_status run_aalen_johansen(const struct pal_params *params,
                                     const struct pal_frame *in, struct pal_frame *out,
                                     struct pal_error *err)
{
    struct pal_survival_data data;
    struct pal_competing_curve curve;
    size_t cause_count = 0;
    const char *names[PAL_FRAME_COLUMN_MAX];
    bool has_entry = pal_params_flag(params, "delayed_entry", false);
    pal_status status =
        pal_method_survival_data(in, "cause", has_entry, &data, &cause_count, err);
    size_t width = cause_count + 1;
    if (status == PAL_OK && 3 + 2 * width > PAL_FRAME_COLUMN_MAX) {
        status = pal_fail(err, PAL_LIMIT, "%zu causes are too many", cause_count);
    }
    if (status == PAL_OK) {
        status = pal_aalen_johansen(&data, cause_count, out->arena, &curve, err);
    }
    status = status == PAL_OK ? competing_names(out->arena, width, names, err) : status;
    if (status == PAL_OK) {
        status = pal_frame_init(out, out->arena, names, 3 + 2 * width, err);
    }
    for (size_t t = 0; status == PAL_OK && t < curve.count; t++) {
        struct pal_datum *cells;
        status = pal_frame_add_row(out, &cells, err);
        for (size_t k = 0; status == PAL_OK && k < width; k++) {
            cells[0] = pal_datum_text("curve");
            cells[1] = pal_datum_number(curve.time[t]);
            cells[2] = pal_datum_number(curve.at_risk[t]);
            cells[3 + k] = pal_datum_number(curve.state[t * width + k]);
            cells[3 + width + k] = pal_datum_number(curve.state_se[t * width + k]);
        }
    }
    bool has_gray = pal_params_flag(params, "gray", false);
    bool has_fine_gray = pal_params_flag(params, "finegray", false);
    struct pal_levels groups = {NULL, 0, NULL};
    if (status == PAL_OK && (has_gray || has_fine_gray)) {
        status = pal_method_levels(in, "group", &groups, err);
    }
    if (status == PAL_OK && has_gray) {
        status = add_gray(out, &data, cause_count, &groups,
                          pal_params_number(params, "rho", 0.0), err);
    }
    if (status == PAL_OK && has_fine_gray) {
        status = add_fine_gray(out, &data, &groups, err);
    }
    return status;
}

static const struct pal_setting aalen_johansen_settings[] = {
    {"delayed_entry", PAL_SETTING_FLAG, NULL, "false",
     "People were first seen at column entry; not with gray or finegray."},
    {"gray", PAL_SETTING_FLAG, NULL, "false",
     "Gray's test of equal shares over column group."},
    {"finegray", PAL_SETTING_FLAG, NULL, "false",
     "Fine and Gray's regression of cause 1 on column group."},
    {"rho", PAL_SETTING_NUMBER, "-10..10", "0",
     "Weights of Gray's test: (1 - share that left)^rho."},
    {"cause_codes", PAL_SETTING_NOTE, NULL, NULL,
     "What the numbers of column cause mean."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_aalen_johansen = {
    .name = "aalen_johansen",
    .summary = "how stays end: competing events",
    .columns_in = "time, cause (0 censored); entry with delayed_entry, group with gray "
                  "or finegray",
    .columns_out = "section, time, n_risk, pstate0.., se0..",
    .source = "Aalen & Johansen 1978; Marubini & Valsecchi 1995; Gray 1988, Ann Stat "
              "16:1141; Fine & Gray 1999, JASA 94:496",
    .settings = aalen_johansen_settings,
    .run = run_aalen_johansen,
};
