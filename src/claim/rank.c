/*
 * Rank: the place among all values of its dimension. The rank is an interval: at best one
 * behind those whose interval lies wholly above, at worst before those wholly below. Intervals
 * are taken one by one, without allowance for their number, which makes the rank no narrower
 * than it looks.
 */
#include <math.h>
#include <string.h>

#include "claim/claim_internal.h"

/* Which condition is ranked: the one that `comparison` names, else the only one, else area. */
static size_t ranked_condition(const struct pal_claim *claim,
                               const struct pal_measure_request *request)
{
    for (size_t i = 0; i < request->where_count; i++) {
        if (pal_view_is_equal(request->where[i].dimension, claim->comparison)) {
            return i;
        }
    }
    for (size_t i = 0; i < request->where_count; i++) {
        if (pal_view_is_equal(request->where[i].dimension, PAL_VIEW("area")) ||
            pal_view_is_equal(request->where[i].dimension, PAL_VIEW("state"))) {
            return i;
        }
    }
    return request->where_count == 1 ? 0 : request->where_count;
}

static pal_status interval_of(const struct pal_measure *measure,
                              const struct pal_figure *figure,
                              const struct pal_dispersion *dispersion,
                              struct pal_interval *out, struct pal_error *err)
{
    pal_status st = PAL_OK;
    *out = (struct pal_interval){figure->low, figure->high};
    if (pal_claim_is_countable(measure)) {
        double per = measure->kind == PAL_MEASURE_RATE ? figure->days_covered : 1;
        st = pal_claim_count_interval(figure->n, per, dispersion, out, err);
    } else if (measure->kind == PAL_MEASURE_SHARE && isfinite(figure->low)) {
        int64_t whole = (int64_t)llround(figure->base);
        int64_t part = (int64_t)llround(figure->value * figure->base);
        st = pal_claim_share_interval(part, whole, dispersion, out, err);
    }
    if (!isfinite(out->low) || !isfinite(out->high)) {
        *out = (struct pal_interval){figure->value, figure->value};
    }
    return st;
}

struct rank {
    int64_t best;
    int64_t seen;
    int64_t worst;
    int64_t count;
};

static const struct pal_figure *find_own(const struct pal_measure_result *result,
                                         struct pal_view own)
{
    for (size_t i = 0; i < result->count; i++) {
        if (pal_view_is_equal(result->figures[i].keys[0], own)) {
            return result->figures[i].has_value ? &result->figures[i] : NULL;
        }
    }
    return NULL;
}

static pal_status find_rank(const struct pal_measure_result *result,
                            const struct pal_figure *mine,
                            const struct pal_dispersion *dispersion, struct rank *out,
                            struct pal_error *err)
{
    const struct pal_measure *measure = &result->request.measure;
    struct pal_interval own;
    struct pal_interval other;
    pal_status st = interval_of(measure, mine, dispersion, &own, err);
    *out = (struct rank){1, 1, 1, 0};
    for (size_t i = 0; st == PAL_OK && i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        if (!figure->has_value || pal_claim_is_blank(figure->keys[0])) {
            continue;
        }
        st = interval_of(measure, figure, dispersion, &other, err);
        out->count++;
        out->best += figure != mine && other.low > own.high ? 1 : 0;
        out->seen += figure->value > mine->value ? 1 : 0;
        out->worst += figure != mine && other.high >= own.low ? 1 : 0;
    }
    return st;
}

pal_status pal_judge_rank(struct pal_judge *judge, const struct pal_claim *claim,
                          const struct pal_question_ready *ready,
                          struct pal_finding *finding, struct pal_error *err)
{
    struct pal_measure_request request = ready->request;
    const struct pal_measure_result *result = NULL;
    struct rank rank;
    size_t at = ranked_condition(claim, &request);
    if (at == request.where_count) {
        return pal_fail(
            err, PAL_INPUT,
            "a rank needs a condition to rank by, such as where: {area: ...}; "
            "with several, comparison names the one");
    }
    struct pal_condition own = request.where[at];
    memmove(&request.where[at], &request.where[at + 1],
            (request.where_count - at - 1) * sizeof request.where[0]);
    request.where_count--;
    request.by_count = 1;
    request.by[0] = own.dimension;
    pal_status st = pal_judge_ask(judge, &request, &result, err);
    if (st != PAL_OK) {
        return st;
    }
    const struct pal_figure *mine = find_own(result, own.value);
    if (mine == NULL) {
        finding->verdict = PAL_VERDICT_NOT_RECORDED;
        return pal_judge_words(judge, &finding->why, err,
                               "No record of these dates names the %.*s %.*s.",
                               PAL_VIEW_ARG(own.dimension), PAL_VIEW_ARG(own.value));
    }
    st = find_rank(result, mine, &ready->dispersion, &rank, err);
    if (st != PAL_OK) {
        return st;
    }
    finding->has_value = true;
    finding->value = (double)rank.seen;
    finding->low = (double)rank.best;
    finding->high = (double)rank.worst;
    finding->unit = PAL_VIEW("rank");
    struct pal_interval interval = {finding->low, finding->high};
    struct pal_range claimed = {finding->claimed_low, finding->claimed_high};
    finding->verdict = pal_claim_decide(PAL_TEST_RANK, claimed, interval,
                                        PAL_EXTENT_WHOLE, PAL_VERDICT_CANNOT_TELL);
    return pal_judge_words(judge, &finding->readings[0].note, err,
                           "number %lld of %lld (%lld to %lld by the intervals)",
                           (long long)rank.seen, (long long)rank.count,
                           (long long)rank.best, (long long)rank.worst);
}
