/*
 * Log-linear capture-recapture: Fienberg, Biometrika 59 (1972) 591; Bishop, Fienberg &
 * Holland (1975) ch. 6. A Poisson model of the 2^t - 1 cells seen, run to full convergence
 * (Rcapture stops at 1e-8 and is off by 1e-5 in its errors); missed = exp(constant),
 * se^2 = missed + missed^2 var(constant); BIC = AIC + (log n - 2) p with n people, as
 * Rcapture (Rivest & Baillargeon, J Stat Software 19 (2007) 5).
 * A fitted cell that goes to 0 means that the estimate lies on the boundary or is not
 * identified (Fienberg & Rinaldo 2012; Chan, Silverman & Vincent 2021): such a model gives
 * no N.
 * Lower bound: Chao, Biometrics 43 (1987) 783; bias-corrected with t lists as in Rivest &
 * Levesque, Can J Stat 29 (2001) 555. Chapman 1951, variance Seber 1970.
 */
#include "stat/undercount.h"

#include <math.h>
#include <string.h>

#include "stat/glm.h"

/* fitted cells below this many people are on the boundary */
static const double boundary_mean = 1e-6;
static const double normal_975 = 1.95996398454005423552;

static unsigned bit_count(unsigned mask)
{
    unsigned count = 0;
    for (; mask != 0; mask &= mask - 1) {
        count++;
    }
    return count;
}

static double people(const struct pal_list_counts *lists)
{
    double sum = 0.0;
    for (size_t cell = 1; cell < (size_t)1 << lists->list_count; cell++) {
        sum += lists->counts[cell];
    }
    return sum;
}

/* Whether set a comes before b in a name: fewer lists first, then by their numbers. */
static bool comes_before(unsigned a, unsigned b)
{
    if (bit_count(a) != bit_count(b)) {
        return bit_count(a) < bit_count(b);
    }
    unsigned differs =
        (a ^ b) & (0u - (a ^ b)); /* the lowest list only one of them has */
    return (a & differs) != 0;
}

/* Interactions in the order of enumeration, which is that of names. */
struct terms {
    unsigned masks[PAL_LIST_CELL_MAX];
    size_t count;
};

static struct terms interactions(size_t list_count, size_t interaction_max)
{
    struct terms out = {.count = 0};
    for (unsigned mask = 1; mask < 1u << list_count; mask++) {
        if (bit_count(mask) < 2 || bit_count(mask) > interaction_max) {
            continue;
        }
        size_t at = out.count++;
        while (at > 0 && comes_before(mask, out.masks[at - 1])) {
            out.masks[at] = out.masks[at - 1];
            at--;
        }
        out.masks[at] = mask;
    }
    return out;
}

/* Whether all sets of one list fewer are in the model (`chosen` by position in `terms`). */
static bool has_facets(const struct terms *terms, uint64_t chosen, unsigned mask)
{
    if (bit_count(mask) == 2) {
        return true;
    }
    for (size_t k = 0; k < terms->count; k++) {
        unsigned other = terms->masks[k];
        bool is_facet = (other & ~mask) == 0 && bit_count(other) + 1 == bit_count(mask);
        if (is_facet && (chosen >> k & 1) == 0) {
            return false;
        }
    }
    return true;
}

static bool is_generator(const struct terms *terms, uint64_t chosen, unsigned mask)
{
    for (size_t k = 0; k < terms->count; k++) {
        if ((chosen >> k & 1) != 0 && terms->masks[k] != mask &&
            (mask & ~terms->masks[k]) == 0) {
            return false;
        }
    }
    return true;
}

static void append_set(char *name, size_t *at, unsigned mask)
{
    bool is_first = true;
    for (unsigned list = 0; list < PAL_LIST_MAX; list++) {
        if ((mask >> list & 1u) != 0 && *at + 3 < PAL_LIST_MODEL_NAME) {
            if (!is_first) {
                name[(*at)++] = '.';
            }
            name[(*at)++] = (char)('1' + list);
            is_first = false;
        }
    }
}

static void name_model(const struct terms *terms, uint64_t chosen, size_t list_count,
                       char name[PAL_LIST_MODEL_NAME])
{
    unsigned sets[PAL_LIST_CELL_MAX];
    size_t set_count = 0;
    for (unsigned mask = 1; mask < 1u << list_count; mask++) {
        bool is_in = bit_count(mask) == 1;
        for (size_t k = 0; k < terms->count; k++) {
            is_in = is_in || (terms->masks[k] == mask && (chosen >> k & 1) != 0);
        }
        if (!is_in || !is_generator(terms, chosen, mask)) {
            continue;
        }
        size_t at = set_count++;
        while (at > 0 && comes_before(mask, sets[at - 1])) {
            sets[at] = sets[at - 1];
            at--;
        }
        sets[at] = mask;
    }
    size_t at = 0;
    name[at++] = '[';
    for (size_t k = 0; k < set_count; k++) {
        if (k > 0) {
            name[at++] = ' ';
        }
        append_set(name, &at, sets[k]);
    }
    name[at++] = ']';
    name[at] = '\0';
}

static pal_status fit_model(const struct pal_list_counts *lists,
                            const struct terms *terms, uint64_t chosen,
                            struct pal_arena *scratch, struct pal_list_model *out,
                            struct pal_error *err)
{
    size_t cells = ((size_t)1 << lists->list_count) - 1;
    double design[PAL_LIST_CELL_MAX * PAL_LIST_CELL_MAX];
    unsigned sets[PAL_LIST_CELL_MAX];
    size_t columns = 0;
    sets[columns++] = 0;
    for (unsigned list = 0; list < lists->list_count; list++) {
        sets[columns++] = 1u << list;
    }
    for (size_t k = 0; k < terms->count; k++) {
        if ((chosen >> k & 1) != 0) {
            sets[columns++] = terms->masks[k];
        }
    }
    for (size_t j = 0; j < columns; j++) {
        for (unsigned cell = 1; cell <= cells; cell++) {
            design[j * cells + cell - 1] = (sets[j] & ~cell) == 0 ? 1.0 : 0.0;
        }
    }
    struct pal_glm_data data = {.design = design,
                                .row_count = cells,
                                .column_count = columns,
                                .response = lists->counts + 1};
    struct pal_glm_fit fit;
    pal_arena_reset(scratch);
    pal_status status = pal_glm_fit(&data, &pal_glm_exact, scratch, &fit, err);
    if (status != PAL_OK) {
        return status;
    }
    name_model(terms, chosen, lists->list_count, out->name);
    double n = people(lists);
    double p = (double)fit.rank;
    out->status = fit.status;
    for (size_t i = 0; i < cells; i++) {
        if (fit.mean[i] < boundary_mean) {
            out->status = PAL_FIT_BOUNDARY;
        }
    }
    out->missed = exp(fit.coefficient[0]);
    out->missed_log_se = sqrt(fit.covariance[0]);
    out->total = n + out->missed;
    out->se = sqrt(out->missed + out->missed * out->missed * fit.covariance[0]);
    out->deviance = fit.deviance;
    out->df = (double)cells - p;
    out->aic = fit.aic;
    out->bic = fit.aic + (log(n) - 2.0) * p;
    out->aicc = fit.aic + 2.0 * p * (p + 1.0) / (n - p - 1.0);
    out->rank = fit.rank;
    return PAL_OK;
}

static pal_status check(const struct pal_list_counts *lists, struct pal_error *err)
{
    if (lists->list_count < 2 || lists->list_count > PAL_LIST_MAX) {
        return pal_fail(err, PAL_INPUT, "%zu lists; 2 to %d can be compared",
                        lists->list_count, PAL_LIST_MAX);
    }
    for (size_t cell = 1; cell < (size_t)1 << lists->list_count; cell++) {
        double count = lists->counts[cell];
        if (!(count >= 0) || count != floor(count) || isinf(count)) {
            return pal_fail(err, PAL_INPUT, "cell %zu of the lists: %g is no count",
                            cell, count);
        }
    }
    if (!(people(lists) > 0)) {
        return pal_fail(err, PAL_INPUT, "nobody is on any list");
    }
    return PAL_OK;
}

/* The next hierarchical set: the last term that is out and may come in does, those behind it
 * go out. Terms behind a term never are its facets, so the result is closed. */
static bool next_model(const struct terms *terms, uint64_t *chosen)
{
    for (size_t k = terms->count; k-- > 0;) {
        uint64_t bit = (uint64_t)1 << k;
        if ((*chosen & bit) == 0 && has_facets(terms, *chosen, terms->masks[k])) {
            *chosen |= bit;
            return true;
        }
        *chosen &= ~bit;
    }
    return false;
}

pal_status pal_list_models(const struct pal_list_counts *lists, size_t interaction_max,
                           struct pal_arena *arena, struct pal_list_model **models,
                           size_t *count, struct pal_error *err)
{
    void *memory = NULL;
    struct pal_arena scratch;
    *models = NULL;
    *count = 0;
    pal_status status = check(lists, err);
    if (status == PAL_OK && interaction_max >= lists->list_count) {
        status =
            pal_fail(err, PAL_INPUT,
                     "interactions of %zu among %zu lists leave nothing to compare",
                     interaction_max, lists->list_count);
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, PAL_LIST_MODEL_MAX,
                                 sizeof(struct pal_list_model), &memory, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    *models = memory;
    struct terms terms = interactions(lists->list_count, interaction_max);
    pal_arena_init(&scratch, PAL_SCRATCH_MAX);
    uint64_t chosen = 0;
    do {
        status = fit_model(lists, &terms, chosen, &scratch, &(*models)[*count], err);
        (*count)++;
    } while (status == PAL_OK && next_model(&terms, &chosen));
    pal_arena_clear(&scratch);
    return status;
}

/* People seen on exactly `times` lists. */
static double seen(const struct pal_list_counts *lists, unsigned times)
{
    double sum = 0.0;
    for (unsigned cell = 1; cell < 1u << lists->list_count; cell++) {
        sum += bit_count(cell) == times ? lists->counts[cell] : 0.0;
    }
    return sum;
}

static struct pal_list_bound make_bound(double n, double missed, double variance)
{
    struct pal_list_bound out = {
        .status = PAL_FIT_OK, .total = n + missed, .se = sqrt(variance)};
    out.low = n;
    out.high = n;
    if (missed > 0) {
        double k = exp(normal_975 * sqrt(log(1.0 + variance / (missed * missed))));
        out.low = n + missed / k;
        out.high = n + missed * k;
    }
    return out;
}

struct pal_list_bound pal_list_chao(const struct pal_list_counts *lists)
{
    double f1 = seen(lists, 1);
    double f2 = seen(lists, 2);
    if (f2 == 0) {
        return (struct pal_list_bound){.status = PAL_FIT_NO_EVENT};
    }
    double r = f1 / f2;
    double variance = f2 * (0.25 * r * r * r * r + r * r * r + 0.5 * r * r);
    return make_bound(people(lists), f1 * f1 / (2.0 * f2), variance);
}

struct pal_list_bound pal_list_chao_corrected(const struct pal_list_counts *lists)
{
    double t = (double)lists->list_count;
    double f1 = seen(lists, 1);
    double f2 = seen(lists, 2);
    double share = (t - 1.0) / t;
    double pairs = f1 * (f1 - 1.0);
    double missed = share * pairs / (2.0 * (f2 + 1.0));
    double spread = f1 * f1 + 4.0 * f1 * f2 + 3.0 * f1 - 6.0 * f2 - 6.0;
    double variance = missed + share * share * pairs * spread /
                                   (4.0 * (f2 + 1.0) * (f2 + 1.0) * (f2 + 2.0));
    return make_bound(people(lists), missed, fmax(variance, 0.0));
}

struct pal_list_pair pal_list_chapman(const struct pal_list_counts *lists, size_t a,
                                      size_t b)
{
    double n1 = 0.0;
    double n2 = 0.0;
    double m = 0.0;
    for (size_t cell = 1; cell < (size_t)1 << lists->list_count; cell++) {
        bool on_a = (cell >> a & 1) != 0;
        bool on_b = (cell >> b & 1) != 0;
        n1 += on_a ? lists->counts[cell] : 0.0;
        n2 += on_b ? lists->counts[cell] : 0.0;
        m += on_a && on_b ? lists->counts[cell] : 0.0;
    }
    double product = (n1 + 1.0) * (n2 + 1.0);
    double variance =
        product * (n1 - m) * (n2 - m) / ((m + 1.0) * (m + 1.0) * (m + 2.0));
    return (struct pal_list_pair){.chapman = product / (m + 1.0) - 1.0,
                                  .se = sqrt(variance),
                                  .petersen_status =
                                      m > 0 ? PAL_FIT_OK : PAL_FIT_NO_EVENT,
                                  .petersen = m > 0 ? n1 * n2 / m : 0.0};
}
