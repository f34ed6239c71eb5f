/*
 * Stays by name: Kaplan-Meier, log-rank, competing events.
 */
#include <math.h>
#include <string.h>

#include "stat/cox.h"
#include "stat/method_internal.h"
#include "stat/survival.h"

static struct pal_cell number_if(bool has, double value)
{
    return pal_cell_number(has ? value : (double)NAN);
}

static pal_status read_causes(const struct pal_frame *in, const char *column,
                              const int **out, size_t *most, struct pal_error *err)
{
    const double *numbers;
    void *memory = NULL;
    *most = 0;
    pal_status status = pal_frame_numbers(in, column, &numbers, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(in->arena, in->row_count, sizeof(int), &memory, err);
    }
    int *causes = memory;
    for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
        if (!(numbers[i] >= 0 && numbers[i] <= 100) ||
            numbers[i] != floor(numbers[i])) {
            return pal_fail(
                err, PAL_INPUT,
                "column \"%s\", row %zu: a cause is a whole number from 0 to 100",
                column, i + 1);
        }
        causes[i] = (int)numbers[i];
        *most = (size_t)causes[i] > *most ? (size_t)causes[i] : *most;
    }
    *out = causes;
    return status;
}

/* Levels of a column in byte order, and each row's level. */
struct levels {
    const char **names;
    size_t count;
    size_t *of_row;
};

static pal_status read_levels(const struct pal_frame *in, const char *column,
                              struct levels *out, struct pal_error *err)
{
    const char *const *texts;
    void *names = NULL;
    void *of_row = NULL;
    *out = (struct levels){NULL, 0, NULL};
    pal_status status = pal_frame_texts(in, column, &texts, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(in->arena, in->row_count, sizeof(char *), &names, err);
    }
    if (status == PAL_OK) {
        status =
            pal_arena_alloc(in->arena, in->row_count, sizeof(size_t), &of_row, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    out->names = names;
    out->of_row = of_row;
    for (size_t i = 0; i < in->row_count; i++) {
        size_t at = 0;
        while (at < out->count && strcmp(out->names[at], texts[i]) < 0) {
            at++;
        }
        if (at == out->count || strcmp(out->names[at], texts[i]) != 0) {
            memmove(out->names + at + 1, out->names + at,
                    (out->count - at) * sizeof *out->names);
            out->names[at] = texts[i];
            out->count++;
        }
    }
    for (size_t i = 0; i < in->row_count; i++) {
        while (strcmp(out->names[out->of_row[i]], texts[i]) != 0) {
            out->of_row[i]++;
        }
    }
    return PAL_OK;
}

static pal_status add_km_row(struct pal_frame *out, const char *section,
                             const char *group, double time, struct pal_cell **cells,
                             struct pal_error *err)
{
    pal_status status = pal_frame_add_row(out, cells, err);
    if (status == PAL_OK) {
        (*cells)[0] = pal_cell_text(section);
        (*cells)[1] = pal_cell_text(group);
        (*cells)[2] = pal_cell_number(time);
    }
    return status;
}

static pal_status add_curve(struct pal_frame *out, const char *group,
                            const struct pal_survival_curve *curve,
                            struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t k = 0; status == PAL_OK && k < curve->count; k++) {
        const struct pal_survival_step *step = &curve->steps[k];
        struct pal_cell *cells;
        status = add_km_row(out, "curve", group, step->time, &cells, err);
        if (status == PAL_OK) {
            cells[3] = pal_cell_number(step->at_risk);
            cells[4] = pal_cell_number(step->events);
            cells[5] = pal_cell_number(step->censored);
            cells[6] = pal_cell_number(step->survival);
            cells[7] = number_if(step->has_se, step->se);
            cells[8] = number_if(step->has_se, step->low);
            cells[9] = number_if(step->has_se, step->high);
            cells[10] = pal_cell_number(step->hazard);
            cells[11] = pal_cell_number(step->hazard_se);
        }
    }
    return status;
}

static pal_status add_summaries(struct pal_frame *out, const char *group,
                                const struct pal_survival_curve *curve, double tau,
                                struct pal_error *err)
{
    static const struct {
        const char *section;
        double share;
    } wanted[] = {{"quantile_25", 0.25}, {"quantile_50", 0.5}, {"quantile_75", 0.75}};
    pal_status status = PAL_OK;
    struct pal_cell *cells;
    for (size_t k = 0; status == PAL_OK && k < 3; k++) {
        double value[3];
        enum pal_fit_status fit[3];
        pal_survival_quantile(curve, wanted[k].share, value, fit);
        status = add_km_row(out, wanted[k].section, group, value[0], &cells, err);
        if (status == PAL_OK) {
            cells[2] = number_if(fit[0] == PAL_FIT_OK, value[0]);
            cells[8] = number_if(fit[1] == PAL_FIT_OK, value[1]);
            cells[9] = number_if(fit[2] == PAL_FIT_OK, value[2]);
        }
    }
    if (status == PAL_OK && tau > 0) {
        double mean;
        double se;
        struct pal_view section;
        pal_survival_restricted_mean(curve, tau, &mean, &se);
        status = pal_arena_format(out->arena, &section, err, "rmst_%g", tau);
        if (status == PAL_OK) {
            status = add_km_row(out, section.data, group, mean, &cells, err);
        }
        if (status == PAL_OK) {
            cells[7] = pal_cell_number(se);
        }
    }
    return status;
}

/* The records of one group. */
static pal_status subset(const struct pal_survival_data *all, const size_t *of_row,
                         size_t group, struct pal_arena *arena,
                         struct pal_survival_data *out, struct pal_error *err)
{
    void *memory[3] = {NULL};
    for (size_t k = 0; k < 3; k++) {
        size_t cell = k == 2 ? sizeof(int) : sizeof(double);
        pal_status status = pal_arena_alloc(arena, all->count, cell, &memory[k], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    double *entry = memory[0];
    double *exit = memory[1];
    int *cause = memory[2];
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (of_row != NULL && of_row[i] != group) {
            continue;
        }
        entry[count] = all->entry == NULL ? 0.0 : all->entry[i];
        exit[count] = all->exit[i];
        cause[count] = all->cause[i];
        count++;
    }
    *out = (struct pal_survival_data){.entry = all->entry == NULL ? NULL : entry,
                                      .exit = exit,
                                      .cause = cause,
                                      .count = count};
    return PAL_OK;
}

static pal_status read_survival(const struct pal_frame *in, const char *cause_column,
                                bool has_entry, struct pal_survival_data *out,
                                size_t *cause_count, struct pal_error *err)
{
    *out = (struct pal_survival_data){.count = in->row_count};
    pal_status status = pal_frame_numbers(in, "time", &out->exit, err);
    if (status == PAL_OK) {
        status = read_causes(in, cause_column, &out->cause, cause_count, err);
    }
    if (status == PAL_OK && has_entry) {
        status = pal_frame_numbers(in, "entry", &out->entry, err);
    }
    return status;
}

pal_status pal_method_kaplan_meier(const struct pal_params *params,
                                   const struct pal_frame *in, struct pal_frame *out,
                                   struct pal_error *err)
{
    static const char *const names[] = {"section", "group",    "time",   "n_risk",
                                        "n_event", "n_censor", "surv",   "se",
                                        "lower",   "upper",    "cumhaz", "se_cumhaz"};
    struct pal_survival_data data;
    struct levels levels = {NULL, 1, NULL};
    size_t cause_count;
    bool is_log_log =
        strcmp(pal_params_text(params, "conf_type", "log"), "log-log") == 0;
    double level = pal_params_number(params, "conf_level", 0.95);
    double tau = pal_params_number(params, "rmst_tau", 0);
    bool has_entry = pal_params_flag(params, "delayed_entry", false);
    pal_status status = read_survival(in, "event", has_entry, &data, &cause_count, err);
    bool has_group = pal_frame_find(in, "group") < in->column_count;
    if (status == PAL_OK && has_group) {
        status = read_levels(in, "group", &levels, err);
    }
    status =
        status == PAL_OK ? pal_frame_init(out, out->arena, names, 12, err) : status;
    for (size_t g = 0; status == PAL_OK && g < levels.count; g++) {
        struct pal_survival_data part;
        struct pal_survival_curve curve;
        const char *name = has_group ? levels.names[g] : "all";
        status = subset(&data, levels.of_row, g, out->arena, &part, err);
        if (status == PAL_OK) {
            status = pal_kaplan_meier(&part, level,
                                      is_log_log ? PAL_BAND_LOG_LOG : PAL_BAND_LOG,
                                      out->arena, &curve, err);
        }
        status = status == PAL_OK ? add_curve(out, name, &curve, err) : status;
        status = status == PAL_OK ? add_summaries(out, name, &curve, tau, err) : status;
    }
    return status;
}

static pal_status add_log_rank(struct pal_frame *out, const struct pal_log_rank *test,
                               const struct levels *groups, bool is_stratified,
                               struct pal_error *err)
{
    pal_status status = PAL_OK;
    size_t count = groups->count;
    for (size_t g = 0; status == PAL_OK && g < count; g++) {
        status = is_stratified ? pal_method_add_indexed(out, "observed", g + 1,
                                                        test->observed[g], err)
                               : pal_method_add(out, "observed", groups->names[g],
                                                test->observed[g], err);
    }
    for (size_t g = 0; status == PAL_OK && g < count; g++) {
        status = pal_method_add_indexed(out, "expected", g + 1, test->expected[g], err);
    }
    for (size_t g = 0; status == PAL_OK && g < count * count; g++) {
        status = pal_method_add_indexed(out, "var", g + 1, test->variance[g], err);
    }
    bool has = test->status == PAL_FIT_OK;
    const double values[3] = {test->statistic, test->df, test->p_value};
    static const char *const names[3] = {"chisq", "df", "p"};
    for (size_t k = 0; status == PAL_OK && k < 3; k++) {
        status =
            pal_method_add(out, "test", names[k], has ? values[k] : (double)NAN, err);
    }
    return status;
}

pal_status pal_method_log_rank(const struct pal_params *params,
                               const struct pal_frame *in, struct pal_frame *out,
                               struct pal_error *err)
{
    struct pal_survival_data data;
    struct pal_log_rank test;
    struct levels groups;
    struct levels strata = {NULL, 0, NULL};
    size_t cause_count;
    bool is_stratified = pal_params_flag(params, "stratified", false);
    pal_status status = read_survival(in, "event", false, &data, &cause_count, err);
    status = status == PAL_OK ? read_levels(in, "group", &groups, err) : status;
    if (status == PAL_OK && is_stratified) {
        status = read_levels(in, "st", &strata, err);
    }
    if (status == PAL_OK) {
        struct pal_log_rank_setting setting = {.rho =
                                                   pal_params_number(params, "rho", 0),
                                               .group = groups.of_row,
                                               .group_count = groups.count,
                                               .stratum = strata.of_row,
                                               .stratum_count = strata.count};
        status = pal_log_rank_test(&data, &setting, out->arena, &test, err);
    }
    status = status == PAL_OK ? pal_method_begin_values(out, err) : status;
    return status == PAL_OK ? add_log_rank(out, &test, &groups, is_stratified, err)
                            : status;
}

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
    struct pal_cell *cells = NULL;
    pal_status status =
        pal_arena_format(out->arena, &section, err, "%s%zu", kind, number);
    status = status == PAL_OK ? pal_frame_add_row(out, &cells, err) : status;
    if (status == PAL_OK) {
        cells[0] = pal_cell_text(section.data);
        cells[1] = number_if(has, value);
    }
    return status;
}

/* Gray's test for each cause over the column "group". */
static pal_status add_gray(struct pal_frame *out, const struct pal_survival_data *data,
                           size_t cause_count, const struct levels *groups,
                           struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t k = 1; status == PAL_OK && k <= cause_count; k++) {
        struct pal_gray_test test;
        status =
            pal_gray_test_run(data, (int)k, groups->of_row, groups->count, &test, err);
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
                                const struct levels *groups, struct pal_error *err)
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
    struct pal_cell *cells = NULL;
    status = status == PAL_OK ? pal_frame_add_row(out, &cells, err) : status;
    if (status == PAL_OK) {
        cells[0] = pal_cell_text("finegray_loglik");
        cells[1] = number_if(has, fit.log_likelihood);
    }
    return status;
}

pal_status pal_method_aalen_johansen(const struct pal_params *params,
                                     const struct pal_frame *in, struct pal_frame *out,
                                     struct pal_error *err)
{
    struct pal_survival_data data;
    struct pal_competing_curve curve;
    size_t cause_count = 0;
    const char *names[PAL_FRAME_COLUMN_MAX];
    bool has_entry = pal_params_flag(params, "delayed_entry", false);
    pal_status status = read_survival(in, "cause", has_entry, &data, &cause_count, err);
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
        struct pal_cell *cells;
        status = pal_frame_add_row(out, &cells, err);
        for (size_t k = 0; status == PAL_OK && k < width; k++) {
            cells[0] = pal_cell_text("curve");
            cells[1] = pal_cell_number(curve.time[t]);
            cells[2] = pal_cell_number(curve.at_risk[t]);
            cells[3 + k] = pal_cell_number(curve.state[t * width + k]);
            cells[3 + width + k] = pal_cell_number(curve.state_se[t * width + k]);
        }
    }
    bool has_gray = pal_params_flag(params, "gray", false);
    bool has_fine_gray = pal_params_flag(params, "finegray", false);
    struct levels groups = {NULL, 0, NULL};
    if (status == PAL_OK && (has_gray || has_fine_gray)) {
        status = read_levels(in, "group", &groups, err);
    }
    if (status == PAL_OK && has_gray) {
        status = add_gray(out, &data, cause_count, &groups, err);
    }
    if (status == PAL_OK && has_fine_gray) {
        status = add_fine_gray(out, &data, &groups, err);
    }
    return status;
}
