/*
 * Stays by name: Kaplan-Meier, log-rank, competing events.
 */
#include <math.h>
#include <string.h>

#include "stat/cox.h"
#include "stat/method_internal.h"
#include "stat/survival.h"

static pal_status add_km_row(struct pal_frame *out, const char *section,
                             const char *group, double time, struct pal_datum **cells,
                             struct pal_error *err)
{
    pal_status status = pal_frame_add_row(out, cells, err);
    if (status == PAL_OK) {
        (*cells)[0] = pal_datum_text(section);
        (*cells)[1] = pal_datum_text(group);
        (*cells)[2] = pal_datum_number(time);
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
        struct pal_datum *cells;
        status = add_km_row(out, "curve", group, step->time, &cells, err);
        if (status == PAL_OK) {
            cells[3] = pal_datum_number(step->at_risk);
            cells[4] = pal_datum_number(step->events);
            cells[5] = pal_datum_number(step->censored);
            cells[6] = pal_datum_number(step->survival);
            cells[7] = pal_datum_number_if(step->has_se, step->se);
            cells[8] = pal_datum_number_if(step->has_band, step->low);
            cells[9] = pal_datum_number_if(step->has_band, step->high);
            cells[10] = pal_datum_number(step->hazard);
            cells[11] = pal_datum_number(step->hazard_se);
        }
    }
    return status;
}

static pal_status add_quantiles(struct pal_frame *out, const char *group,
                                const struct pal_survival_curve *curve,
                                const double *shares, size_t count,
                                struct pal_error *err)
{
    pal_status status = PAL_OK;
    struct pal_datum *cells;
    for (size_t k = 0; status == PAL_OK && k < count; k++) {
        double value[3];
        enum pal_fit_status fit[3];
        struct pal_view section;
        pal_survival_quantile(curve, shares[k], value, fit);
        status = pal_arena_format(out->arena, &section, err, "quantile_%g",
                                  100.0 * shares[k]);
        if (status == PAL_OK) {
            status = add_km_row(out, section.data, group, value[0], &cells, err);
        }
        if (status == PAL_OK) {
            cells[2] = pal_datum_number_if(fit[0] == PAL_FIT_OK, value[0]);
            cells[8] = pal_datum_number_if(fit[1] == PAL_FIT_OK, value[1]);
            cells[9] = pal_datum_number_if(fit[2] == PAL_FIT_OK, value[2]);
        }
    }
    return status;
}

static pal_status add_mean(struct pal_frame *out, const char *group,
                           const struct pal_survival_curve *curve, double tau,
                           struct pal_error *err)
{
    double mean;
    double se;
    struct pal_view section;
    struct pal_datum *cells;
    pal_survival_restricted_mean(curve, tau, &mean, &se);
    pal_status status = pal_arena_format(out->arena, &section, err, "rmst_%g", tau);
    if (status == PAL_OK) {
        status = add_km_row(out, section.data, group, mean, &cells, err);
    }
    if (status == PAL_OK) {
        cells[7] = pal_datum_number(se);
    }
    return status;
}

/* The records of one group. */
static pal_status subset(const struct pal_survival_data *all, const size_t *of_row,
                         size_t group, struct pal_arena *arena,
                         struct pal_survival_data *out, struct pal_error *err)
{
    void *memory[3] = {NULL};
    size_t size = 0;
    for (size_t i = 0; i < all->count; i++) {
        size += of_row == NULL || of_row[i] == group;
    }
    for (size_t k = 0; k < 3; k++) {
        size_t cell = k == 2 ? sizeof(int) : sizeof(double);
        pal_status status = pal_arena_alloc(arena, size, cell, &memory[k], err);
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

static enum pal_survival_band read_band(const struct pal_params *params)
{
    static const char *const names[] = {"log", "log-log", "plain", "logit", "arcsin"};
    const char *name = pal_params_text(params, "conf_type", "log");
    size_t which = 0;
    while (which < 5 && strcmp(names[which], name) != 0) {
        which++;
    }
    return (enum pal_survival_band)which;
}

/* One curve a group; all together without the column "group". */
struct curves {
    struct pal_levels groups;
    const char **names;
    struct pal_survival_curve *curves;
};

static pal_status make_curves(const struct pal_params *params,
                              const struct pal_frame *in, struct pal_arena *arena,
                              struct curves *out, struct pal_error *err)
{
    static const char *all[1] = {"all"};
    struct pal_survival_data data;
    size_t cause_count;
    void *memory = NULL;
    double level = pal_params_number(params, "conf_level", 0.95);
    bool has_entry = pal_params_flag(params, "delayed_entry", false);
    bool has_group = pal_frame_find(in, "group") < in->column_count;
    *out = (struct curves){.groups = {NULL, 1, NULL}, .names = all};
    pal_status status =
        pal_method_survival_data(in, "event", has_entry, &data, &cause_count, err);
    if (status == PAL_OK && has_group) {
        status = pal_method_levels(in, "group", &out->groups, err);
        out->names = out->groups.names;
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, out->groups.count, sizeof *out->curves, &memory,
                                 err);
    }
    out->curves = memory;
    for (size_t g = 0; status == PAL_OK && g < out->groups.count; g++) {
        struct pal_survival_data part;
        status = subset(&data, out->groups.of_row, g, arena, &part, err);
        if (status == PAL_OK) {
            status = pal_kaplan_meier(&part, level, read_band(params), arena,
                                      &out->curves[g], err);
        }
    }
    return status;
}

static pal_status run_kaplan_meier(const struct pal_params *params,
                                   const struct pal_frame *in, struct pal_frame *out,
                                   struct pal_error *err)
{
    static const char *const names[] = {"section", "group",    "time",   "n_risk",
                                        "n_event", "n_censor", "surv",   "se",
                                        "lower",   "upper",    "cumhaz", "se_cumhaz"};
    static const double usual[] = {0.25, 0.5, 0.75};
    struct curves curves;
    size_t share_count;
    const double *shares = pal_params_array(params, "probs", &share_count);
    double tau = pal_params_number(params, "rmst_tau", 0);
    shares = shares == NULL ? usual : shares;
    share_count = shares == usual ? 3 : share_count;
    pal_status status = make_curves(params, in, out->arena, &curves, err);
    status =
        status == PAL_OK ? pal_frame_init(out, out->arena, names, 12, err) : status;
    for (size_t g = 0; status == PAL_OK && g < curves.groups.count; g++) {
        status = add_curve(out, curves.names[g], &curves.curves[g], err);
    }
    for (size_t g = 0; status == PAL_OK && g < curves.groups.count; g++) {
        status = add_quantiles(out, curves.names[g], &curves.curves[g], shares,
                               share_count, err);
    }
    for (size_t g = 0; status == PAL_OK && tau > 0 && g < curves.groups.count; g++) {
        status = add_mean(out, curves.names[g], &curves.curves[g], tau, err);
    }
    return status;
}

static const struct pal_setting kaplan_meier_settings[] = {
    {"conf_type", PAL_SETTING_CHOICE, "log|log-log|plain|logit|arcsin|none", "log",
     "Scale on which the band is symmetric."},
    {"conf_level", PAL_SETTING_NUMBER, "0..1", "0.95", "Coverage of the band."},
    {"delayed_entry", PAL_SETTING_FLAG, NULL, "false",
     "People were first seen at column entry."},
    {"rmst_tau", PAL_SETTING_NUMBER, "0..1e300", NULL,
     "Also the mean time up to here."},
    {"probs", PAL_SETTING_NUMBERS, "0..1", "[0.25, 0.5, 0.75]", "Quantiles to give."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_kaplan_meier = {
    .name = "kaplan_meier",
    .summary = "how long stays last",
    .columns_in = "time, event; entry with delayed_entry, group where there is one",
    .columns_out = "section, group, time, n_risk, n_event, n_censor, surv, se, lower, "
                   "upper, cumhaz, se_cumhaz",
    .source = "Kaplan & Meier 1958; Greenwood 1926; Kalbfleisch & Prentice 2002",
    .settings = kaplan_meier_settings,
    .run = run_kaplan_meier,
};

static pal_status add_log_rank(struct pal_frame *out, const struct pal_log_rank *test,
                               const struct pal_levels *groups, bool is_stratified,
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

static pal_status run_log_rank(const struct pal_params *params,
                               const struct pal_frame *in, struct pal_frame *out,
                               struct pal_error *err)
{
    struct pal_survival_data data;
    struct pal_log_rank test;
    struct pal_levels groups;
    struct pal_levels strata = {NULL, 0, NULL};
    size_t cause_count;
    bool is_stratified = pal_params_flag(params, "stratified", false);
    pal_status status =
        pal_method_survival_data(in, "event", false, &data, &cause_count, err);
    status = status == PAL_OK ? pal_method_levels(in, "group", &groups, err) : status;
    if (status == PAL_OK && is_stratified) {
        status = pal_method_levels(in, "st", &strata, err);
    }
    if (status == PAL_OK) {
        double width = (double)groups.count;
        double parts = is_stratified ? (double)strata.count : 1.0;
        status = pal_method_check_work((double)data.count * width *
                                           (2.0 * width + 4.0 * parts),
                                       "compare fewer groups or strata", err);
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

static const struct pal_setting log_rank_settings[] = {
    {"rho", PAL_SETTING_NUMBER, "-10..10", "0",
     "Weights S^rho: 0 log-rank, 1 Peto-Peto."},
    {"stratified", PAL_SETTING_FLAG, NULL, "false", "Compare within column st."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_log_rank = {
    .name = "logrank",
    .summary = "whether groups stay equally long",
    .columns_in = "time, event, group; st with stratified",
    .columns_out = "section, name, value",
    .source = "Harrington & Fleming 1982, Biometrika 69:553",
    .settings = log_rank_settings,
    .run = run_log_rank,
};
