/*
 * Undercount by name: input columns l1, l2, .. (0 or 1) and freq.
 */
#include <math.h>
#include <string.h>

#include "stat/method_internal.h"
#include "stat/undercount.h"

static pal_status read_lists(const struct pal_frame *in, struct pal_list_counts *out,
                             struct pal_error *err)
{
    static const char *const names[PAL_LIST_MAX] = {"l1", "l2", "l3", "l4", "l5"};
    const double *columns[PAL_LIST_MAX];
    const double *counts;
    *out = (struct pal_list_counts){.list_count = 0};
    pal_status status = pal_frame_numbers(in, "freq", &counts, err);
    while (status == PAL_OK && out->list_count < PAL_LIST_MAX &&
           pal_frame_find(in, names[out->list_count]) < in->column_count) {
        size_t k = out->list_count++;
        status = pal_frame_numbers(in, names[k], &columns[k], err);
    }
    if (status == PAL_OK && pal_frame_find(in, "l6") < in->column_count) {
        return pal_fail(err, PAL_LIMIT, "column \"l6\": at most %d lists are compared",
                        PAL_LIST_MAX);
    }
    for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
        size_t cell = 0;
        for (size_t k = 0; k < out->list_count; k++) {
            if (columns[k][i] != 0 && columns[k][i] != 1) {
                return pal_fail(err, PAL_INPUT,
                                "column \"%s\", row %zu: 0 or 1 is needed", names[k],
                                i + 1);
            }
            cell |= columns[k][i] == 1 ? (size_t)1 << k : 0;
        }
        if (cell == 0 && counts[i] != 0) {
            return pal_fail(err, PAL_INPUT,
                            "row %zu: people on none of the lists cannot have been "
                            "counted; leave this row out",
                            i + 1);
        }
        out->counts[cell] += counts[i];
    }
    return status;
}

enum { COLUMNS = 13, SHOWN = 200 }; /* probabilities of so many missed people */

static pal_status add_row(struct pal_frame *out, const char *section, const char *name,
                          struct pal_datum **cells, struct pal_error *err)
{
    pal_status status = pal_frame_add_row(out, cells, err);
    if (status == PAL_OK) {
        (*cells)[0] = pal_datum_text(section);
        (*cells)[1] = pal_datum_text(name);
    }
    return status;
}

static pal_status add_models(struct pal_frame *out, const struct pal_list_model *models,
                             size_t count, struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < count; i++) {
        const struct pal_list_model *model = &models[i];
        struct pal_datum *cells;
        bool has = model->status == PAL_FIT_OK;
        const double values[4] = {model->total, model->se, model->missed,
                                  model->missed_log_se};
        status = add_row(out, "loglinear", model->name, &cells, err);
        for (size_t k = 0; status == PAL_OK && k < 4; k++) {
            cells[2 + k] = pal_datum_number(has ? values[k] : (double)NAN);
        }
        if (status == PAL_OK) {
            cells[6] = pal_datum_number(model->deviance);
            cells[7] = pal_datum_number(model->df);
            cells[8] = pal_datum_number(model->aic);
            cells[9] = pal_datum_number(model->bic);
            cells[10] = pal_datum_number(model->aicc);
            cells[11] = pal_datum_number((double)model->rank);
            cells[12] = pal_datum_number(has ? 0.0 : 1.0);
        }
    }
    return status;
}

static pal_status add_bound(struct pal_frame *out, const char *name,
                            struct pal_list_bound bound, struct pal_error *err)
{
    struct pal_datum *cells;
    pal_status status = add_row(out, "chao", name, &cells, err);
    if (status == PAL_OK && bound.status == PAL_FIT_OK) {
        cells[2] = pal_datum_number(bound.total);
        cells[3] = pal_datum_number(bound.se);
        cells[4] = pal_datum_number(bound.low);
        cells[5] = pal_datum_number(bound.high);
    }
    return status;
}

/* Mean of N over the models that give one, weighted by exp(-criterion / 2). */
static double weighted_total(const struct pal_list_model *models, size_t count,
                             bool is_bic)
{
    double least = (double)INFINITY;
    double sum = 0.0;
    double weights = 0.0;
    for (size_t i = 0; i < count; i++) {
        if (models[i].status == PAL_FIT_OK) {
            least = fmin(least, is_bic ? models[i].bic : models[i].aic);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (models[i].status == PAL_FIT_OK) {
            double criterion = is_bic ? models[i].bic : models[i].aic;
            double weight = exp(-0.5 * (criterion - least));
            weights += weight;
            sum += weight * models[i].total;
        }
    }
    return weights > 0 ? sum / weights : (double)NAN;
}

static pal_status add_pairs(struct pal_frame *out, const struct pal_list_counts *lists,
                            struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t a = 0; a < lists->list_count; a++) {
        for (size_t b = a + 1; status == PAL_OK && b < lists->list_count; b++) {
            struct pal_list_pair pair = pal_list_chapman(lists, a, b);
            struct pal_datum *cells;
            struct pal_view name;
            status = pal_arena_format(out->arena, &name, err, "chapman_%zu_%zu", a + 1,
                                      b + 1);
            status = status == PAL_OK ? add_row(out, "chapman", name.data, &cells, err)
                                      : status;
            if (status == PAL_OK) {
                bool has = pair.petersen_status == PAL_FIT_OK;
                cells[2] = pal_datum_number(pair.chapman);
                cells[3] = pal_datum_number(pair.se);
                cells[4] = pal_datum_number(has ? pair.petersen : (double)NAN);
            }
        }
    }
    return status;
}

static pal_status run_undercount(const struct pal_params *params,
                                 const struct pal_frame *in, struct pal_frame *out,
                                 struct pal_error *err)
{
    static const char *const names[COLUMNS] = {
        "section", "model", "Nhat",  "se",     "f0",   "se_logf0", "deviance",
        "df",      "AIC",   "BIC_n", "AICc_n", "rank", "boundary"};
    struct pal_list_counts lists;
    struct pal_list_model *models;
    struct pal_datum *cells;
    size_t count = 0;
    pal_status status = read_lists(in, &lists, err);
    if (status == PAL_OK) {
        double most = lists.list_count > 0 ? (double)lists.list_count - 1.0 : 0.0;
        double wanted = pal_params_number(params, "max_interaction", most);
        status = pal_list_models(&lists, (size_t)fmax(1, fmin(wanted, 100)), out->arena,
                                 &models, &count, err);
    }
    status = status == PAL_OK ? pal_frame_init(out, out->arena, names, COLUMNS, err)
                              : status;
    status = status == PAL_OK ? add_models(out, models, count, err) : status;
    if (status == PAL_OK) {
        status = add_bound(out, "chao1987_f1^2/2f2", pal_list_chao(&lists), err);
    }
    if (status == PAL_OK) {
        status = add_bound(out, "chao_bias_corrected_t_occasions",
                           pal_list_chao_corrected(&lists), err);
    }
    static const char *const averages[2] = {"BICn_weighted_mean_nonboundary",
                                            "AIC_weighted_mean_nonboundary"};
    for (size_t k = 0; status == PAL_OK && k < 2; k++) {
        status = add_row(out, "average", averages[k], &cells, err);
        if (status == PAL_OK) {
            cells[2] = pal_datum_number(weighted_total(models, count, k == 0));
        }
    }
    return status == PAL_OK ? add_pairs(out, &lists, err) : status;
}

static const struct pal_setting undercount_settings[] = {
    {"lists", PAL_SETTING_NOTE, NULL, NULL,
     "How many lists the reference had; the columns say it."},
    {"max_interaction", PAL_SETTING_WHOLE, "1..100", "lists - 1",
     "Most lists in one interaction."},
    {"n_observed", PAL_SETTING_NOTE, NULL, NULL,
     "How many people the lists hold; the counts say it."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_undercount = {
    .name = "loglinear_capture_recapture",
    .summary =
        "how many were on none of several lists: all log-linear models, lower bounds",
    .columns_in = "l1, l2, .. (0 or 1), freq",
    .columns_out = "section, model, Nhat, se, f0, se_logf0, deviance, df, AIC, BIC_n, "
                   "AICc_n, rank, boundary",
    .source = "Fienberg 1972, Biometrika 59:591; Chao 1987, Biometrics 43:783; Chapman "
              "1951; Rivest & Baillargeon 2007, JSS 19(5); Fienberg & Rinaldo 2012",
    .quirk = "Models on the boundary have no N: boundary is 1 and the estimates are "
             "NA. Rcapture stops at 1e-8; ours runs to the maximum.",
    .settings = undercount_settings,
    .run = run_undercount,
};

static pal_status run_graph_average(const struct pal_params *params,
                                    const struct pal_frame *in, struct pal_frame *out,
                                    struct pal_error *err)
{
    struct pal_list_counts lists;
    struct pal_list_average *average = NULL;
    double missed_max = pal_params_number(params, "max_missing", 10000);
    pal_status status = read_lists(in, &lists, err);
    if (status == PAL_OK) {
        double graphs = (double)(1u << (lists.list_count * (lists.list_count - 1) / 2));
        status = pal_method_check_work(graphs * 20.0 * missed_max,
                                       "give a smaller \"max_missing\"", err);
    }
    if (status == PAL_OK) {
        double even = 1.0 / (double)(1u << lists.list_count);
        status =
            pal_list_average(&lists, pal_params_number(params, "delta", even),
                             (size_t)fmax(0, missed_max), out->arena, &average, err);
    }
    status = status == PAL_OK ? pal_method_begin_values(out, err) : status;
    if (status != PAL_OK) {
        return status;
    }
    const struct {
        const char *name;
        double value;
    } summary[] = {{"mean", average->mean}, {"sd", average->sd},
                   {"q025", average->low},  {"median", average->median},
                   {"q975", average->high}, {"tail_mass_at_Nmax", average->last}};
    for (size_t k = 0; status == PAL_OK && k < sizeof summary / sizeof summary[0];
         k++) {
        status =
            pal_method_add(out, "posterior", summary[k].name, summary[k].value, err);
    }
    for (size_t g = 0; status == PAL_OK && g < average->graph_count; g++) {
        status = pal_method_add(out, "model_prob", average->graph_name[g],
                                average->graph_share[g], err);
    }
    for (size_t k = 0; status == PAL_OK && k <= average->missed_max && k < SHOWN; k++) {
        status = pal_method_add_indexed(out, "posterior_missing", k, average->missed[k],
                                        err);
    }
    return status;
}

static const struct pal_setting graph_average_settings[] = {
    {"delta", PAL_SETTING_NUMBER, "0..1e9", "2^-lists",
     "Dirichlet weight of each cell."},
    {"max_missing", PAL_SETTING_WHOLE, "0..10000000", "10000",
     "Most missed people considered."},
    {"prior", PAL_SETTING_NOTE, NULL, NULL,
     "Uniform on decomposable graphs; p(N) proportional to 1 / N."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_graph_average = {
    .name = "dga",
    .summary = "the same, averaged over decomposable graphs",
    .columns_in = "l1, l2, .. (0 or 1), freq",
    .columns_out = "section, name, value",
    .source = "Madigan & York 1997, Biometrika 84:19",
    .settings = graph_average_settings,
    .run = run_graph_average,
};
