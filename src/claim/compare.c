/*
 * Two figures: rose, fell, and tests of size with `against`. The ratio has its interval from
 * both, each counted over the days that are covered.
 */
#include <math.h>

#include "claim/claim_internal.h"

/* The same days a year before: by the calendar, 29 February as the 28th. */
static int32_t year_before(int32_t day)
{
    struct pal_civil date = pal_civil_of(day);
    date.year--;
    if (!pal_civil_is_valid(date)) {
        date.day--;
    }
    return pal_day_of(date);
}

/* What is compared with: what `against` leaves out is as in the claim. */
static pal_status other_of(const struct pal_claim *claim, struct pal_claim_what *out,
                           struct pal_error *err)
{
    *out = claim->what;
    if (claim->has_against) {
        const struct pal_claim_what *against = &claim->against;
        out->measure = against->measure.size > 0 ? against->measure : out->measure;
        out->release = against->release.size > 0 ? against->release : out->release;
        out->first = against->first != PAL_DAY_NONE ? against->first : out->first;
        out->last = against->last != PAL_DAY_NONE ? against->last : out->last;
        if (against->where_count > 0) {
            out->where_count = against->where_count;
            for (size_t i = 0; i < against->where_count; i++) {
                out->where[i] = against->where[i];
            }
        }
        return PAL_OK;
    }
    if (claim->what.first == PAL_DAY_NONE || claim->what.last == PAL_DAY_NONE) {
        return pal_fail(err, PAL_INPUT,
                        "the test %s needs from and to, or against, to compare with",
                        pal_claim_test_text(claim->test));
    }
    out->first = year_before(claim->what.first);
    out->last = year_before(claim->what.last);
    return PAL_OK;
}

static pal_status ratio_of(const struct pal_measure *measure,
                           const struct pal_reading *a, const struct pal_reading *b,
                           const struct pal_dispersion *dispersion,
                           struct pal_interval *out, struct pal_error *err)
{
    if (pal_claim_is_countable(measure)) {
        const struct pal_total totals[2] = {{a->n, a->days_covered, 1},
                                            {b->n, b->days_covered, 1}};
        return pal_claim_rate_ratio(totals, dispersion, out, err);
    }
    if (measure->kind == PAL_MEASURE_SHARE && isfinite(a->low) && isfinite(b->low)) {
        *out = pal_claim_share_ratio(a->value * a->base, a->base, b->value * b->base,
                                     b->base, dispersion);
        return PAL_OK;
    }
    /* Published figures have no interval; medians have one each, and the ratio lies
     * between their ends. */
    double low_a = isfinite(a->low) ? a->low : a->value;
    double high_a = isfinite(a->high) ? a->high : a->value;
    double low_b = isfinite(b->low) ? b->low : b->value;
    double high_b = isfinite(b->high) ? b->high : b->value;
    *out = (struct pal_interval){high_b > 0 ? low_a / high_b : (double)NAN,
                                 low_b > 0 ? high_a / low_b : (double)INFINITY};
    return PAL_OK;
}

static double value_of(const struct pal_measure *measure, const struct pal_reading *a,
                       const struct pal_reading *b)
{
    if (pal_claim_is_countable(measure)) {
        return b->n > 0
                   ? (double)a->n / a->days_covered / ((double)b->n / b->days_covered)
                   : (double)NAN;
    }
    return b->value > 0 ? a->value / b->value : (double)NAN;
}

pal_status pal_judge_compare(struct pal_judge *judge, const struct pal_claim *claim,
                             const struct pal_question_ready *ready,
                             struct pal_finding *finding, struct pal_error *err)
{
    struct pal_claim_what what;
    struct pal_question_ready other;
    struct pal_reading *against = NULL;
    struct pal_dispersion other_dispersion;
    struct pal_interval ratio;
    pal_status st = other_of(claim, &what, err);
    if (st == PAL_OK) {
        st = pal_judge_prepare(judge, &what, &other, err);
    }
    if (st == PAL_OK && pal_measure_has_rules(&other.request.measure)) {
        other.request.rule = ready->request.rule;
    }
    if (st == PAL_OK && other.request.release.size == 0) {
        other.request.release = ready->request.release;
    }
    if (st == PAL_OK && (other.request.measure.kind != ready->request.measure.kind) &&
        !(pal_claim_is_countable(&other.request.measure) &&
          pal_claim_is_countable(&ready->request.measure))) {
        return pal_fail(
            err, PAL_INPUT,
            "against: %.*s and %.*s are of different kinds and have no ratio",
            PAL_VIEW_ARG(other.request.measure.name),
            PAL_VIEW_ARG(ready->request.measure.name));
    }
    if (st == PAL_OK) {
        st = pal_judge_dispersion(judge, &other.request, &other_dispersion, err);
    }
    if (st == PAL_OK) {
        st = pal_reading_new(judge, finding, &against, err);
    }
    if (st == PAL_OK) {
        st = pal_reading_fill(judge, &other.request, &other_dispersion, against, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    against->choice = PAL_VIEW("against");
    against->name = claim->has_against ? PAL_VIEW("what it is compared with")
                                       : PAL_VIEW("the same days a year before");
    const struct pal_reading *main = &finding->readings[0];
    if (!isfinite(against->value) || against->days_covered < against->days) {
        finding->verdict = against->status == PAL_FIGURE_NOT_RECORDED
                               ? PAL_VERDICT_NOT_RECORDED
                               : PAL_VERDICT_NOT_COVERED;
        return pal_judge_words(judge, &finding->why, err,
                               "What it is compared with is %s by the loaded records: "
                               "%d of its %d days are covered.",
                               finding->verdict == PAL_VERDICT_NOT_RECORDED
                                   ? "not recorded"
                                   : "not covered",
                               against->days_covered, against->days);
    }
    struct pal_dispersion wider =
        pal_dispersion_wider(ready->dispersion, other_dispersion);
    st = ratio_of(&ready->request.measure, main, against, &wider, &ratio, err);
    if (st != PAL_OK) {
        return st;
    }
    double value = value_of(&ready->request.measure, main, against);
    if (!isfinite(value) || isnan(ratio.low) || isnan(ratio.high)) {
        finding->verdict = PAL_VERDICT_CANNOT_TELL;
        finding->why = PAL_VIEW("There is nothing to divide by: one of the two figures "
                                "is zero.");
        return PAL_OK;
    }
    finding->has_value = true;
    finding->value = value;
    finding->low = ratio.low;
    finding->high = ratio.high;
    finding->unit = PAL_VIEW("times");
    struct pal_range claimed = {finding->claimed_low, finding->claimed_high};
    finding->verdict = pal_claim_decide(claim->test, claimed, ratio, PAL_EXTENT_WHOLE,
                                        PAL_VERDICT_CANNOT_TELL);
    return PAL_OK;
}
