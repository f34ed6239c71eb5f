/*
 * Change points by name.
 */
#include <math.h>
#include <string.h>

#include "stat/change.h"
#include "stat/method_internal.h"

enum { EXACT_CHANGES = 6, EXACT_LENGTH_MAX = 3000 };

static pal_status read_setting(const struct pal_params *params,
                               struct pal_segmentation *out, struct pal_error *err)
{
    static const struct {
        const char *name;
        enum pal_cost cost;
    } costs[] = {{"l2", PAL_COST_L2},
                 {"poisson", PAL_COST_POISSON},
                 {"nbinom", PAL_COST_NEGATIVE_BINOMIAL},
                 {"meanvar", PAL_COST_MEAN_VARIANCE}};
    struct pal_view name = pal_view_of(pal_params_text(params, "cost", "poisson"));
    bool is_spread = pal_view_has_prefix(name, PAL_VIEW("meanvar"));
    double length = pal_params_number(params, "min_seg_len", is_spread ? 2 : 1);
    *out = (struct pal_segmentation){
        .min_length = length >= 1 && length <= 1e6 ? (size_t)length : 0,
        .size = pal_params_number(params, "size", 0)};
    if (pal_view_has_suffix(name, PAL_VIEW(".mbic"))) {
        out->is_mbic = true;
        name.size -= strlen(".mbic");
    }
    for (size_t i = 0; i < sizeof costs / sizeof costs[0]; i++) {
        if (pal_view_is_equal(name, pal_view_of(costs[i].name))) {
            out->cost = costs[i].cost;
            return PAL_OK;
        }
    }
    return pal_fail(
        err, PAL_USAGE,
        "no cost is called \"%.*s\"; there are l2, poisson, nbinom, meanvar",
        PAL_VIEW_ARG(name));
}

/* As changepoint names them: d parameters a segment, one more for the change itself unless the
 * name ends in 0. */
static pal_status read_penalty(const struct pal_params *params, size_t count,
                               struct pal_segmentation *out, struct pal_error *err)
{
    const char *name = pal_params_text(params, "penalty_name", "MBIC");
    double given = pal_params_number(params, "penalty", (double)NAN);
    double length = log((double)count);
    struct pal_view kind = pal_view_of(name);
    double parameters = out->cost == PAL_COST_MEAN_VARIANCE ? 2.0 : 1.0;
    out->penalty = given;
    if (!isnan(given)) {
        return PAL_OK;
    }
    if (pal_view_has_suffix(kind, PAL_VIEW("0"))) {
        kind.size--;
    } else {
        parameters += 1.0;
    }
    if (pal_view_is_equal_fold(kind, PAL_VIEW("AIC"))) {
        out->penalty = 2.0 * parameters;
    } else if (pal_view_is_equal_fold(kind, PAL_VIEW("SIC")) ||
               pal_view_is_equal_fold(kind, PAL_VIEW("BIC"))) {
        out->penalty = parameters * length;
    } else if (pal_view_is_equal_fold(kind, PAL_VIEW("MBIC"))) {
        out->penalty = (parameters + 1.0) * length;
    } else if (pal_view_is_equal_fold(kind, PAL_VIEW("None"))) {
        out->penalty = 0.0;
    } else {
        return pal_fail(
            err, PAL_USAGE,
            "without \"penalty\", \"penalty_name\" is one of AIC, SIC, BIC, "
            "MBIC, each also with 0 behind it, or None, not \"%.40s\"",
            name);
    }
    return PAL_OK;
}

static pal_status add_segments(struct pal_frame *out, const double *values,
                               size_t count, const struct pal_segments *found,
                               struct pal_error *err)
{
    pal_status status =
        pal_method_add(out, "n_changepoints", "n", (double)found->end_count, err);
    for (size_t i = 0; status == PAL_OK && i < found->end_count; i++) {
        status = pal_method_add_indexed(out, "changepoint", i + 1,
                                        (double)found->ends[i], err);
    }
    size_t from = 0;
    for (size_t i = 0; status == PAL_OK && i <= found->end_count; i++) {
        size_t to = i < found->end_count ? found->ends[i] : count;
        double sum = 0.0;
        for (size_t k = from; k < to; k++) {
            sum += values[k];
        }
        status = pal_method_add_indexed(out, "segment_mean", to,
                                        sum / (double)(to - from), err);
        from = to;
    }
    return status;
}

static pal_status run_change(const struct pal_params *params,
                             const struct pal_frame *in, struct pal_frame *out,
                             struct pal_error *err)
{
    struct pal_segmentation setting;
    const double *values;
    void *memory = NULL;
    struct pal_segments found = {NULL, 0, 0.0};
    pal_status status = read_setting(params, &setting, err);
    status = status == PAL_OK ? pal_frame_numbers(in, "y", &values, err) : status;
    if (status == PAL_OK) {
        status = read_penalty(params, in->row_count, &setting, err);
    }
    if (status == PAL_OK) {
        status =
            pal_arena_alloc(out->arena, in->row_count, sizeof(size_t), &memory, err);
    }
    found.ends = memory;
    if (status == PAL_OK) {
        status = pal_change_points(values, in->row_count, &setting, &found, err);
    }
    status = status == PAL_OK ? pal_method_begin_values(out, err) : status;
    if (status == PAL_OK) {
        status = pal_method_add(out, "objective", "penalised", found.objective, err);
    }
    if (status == PAL_OK) {
        status = add_segments(out, values, in->row_count, &found, err);
    }
    if (status == PAL_OK && in->row_count <= EXACT_LENGTH_MAX) {
        double costs[EXACT_CHANGES + 1];
        status = pal_change_costs(values, in->row_count, &setting, EXACT_CHANGES, costs,
                                  err);
        for (size_t k = 0; status == PAL_OK && k <= EXACT_CHANGES; k++) {
            double cost = isfinite(costs[k]) ? costs[k] : (double)NAN;
            status = pal_method_add_indexed(out, "cost_exact_K", k, cost, err);
        }
    }
    return status;
}

static const struct pal_setting change_settings[] = {
    {"cost", PAL_SETTING_CHOICE,
     "l2|poisson|nbinom|meanvar|l2.mbic|poisson.mbic|nbinom.mbic|meanvar.mbic",
     "poisson",
     "Twice the negative log-likelihood of a segment; .mbic adds the logarithm of its "
     "length."},
    {"penalty", PAL_SETTING_NUMBER, "0..1e300", NULL,
     "What a change costs; from penalty_name without it."},
    {"penalty_name", PAL_SETTING_TEXT, NULL, "MBIC",
     "AIC, SIC, BIC, MBIC (each also with 0 behind it) or None where no penalty is "
     "given; with a penalty a name only."},
    {"min_seg_len", PAL_SETTING_WHOLE, "1..1000000", "1, meanvar 2",
     "Least length of a segment."},
    {"size", PAL_SETTING_NUMBER, "0..1e300", NULL, "Size of the negative binomial."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_change = {
    .name = "optimal_partitioning",
    .summary = "change points of one series, exactly",
    .columns_in = "y",
    .columns_out = "section, name, value",
    .source = "Jackson et al. 2005, IEEE SPL 12:105; Killick, Fearnhead & Eckley 2012, "
              "JASA 107:1590",
    .quirk = "With a least segment length above 1 changepoint's and ruptures' PELT "
             "prune too early and can miss the best segmentation; ours does not (a "
             "candidate stays until min_seg_len - 1 steps after it fails).",
    .settings = change_settings,
    .run = run_change,
};
