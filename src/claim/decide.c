/*
 * From an interval to a verdict (doc/method-claims.md). A verdict is given only when the whole
 * interval lies on one side; a figure that is a bound decides only what a bound can.
 */
#include <math.h>

#include "claim/claim_internal.h"

/* The range as one side: [low, high] that the figure must lie in to bear the claim out.
 * `is_open`: the lower end itself does not count. */
struct side {
    double low;
    double high;
    bool is_open;
};

static struct side side_of(enum pal_claim_test test, struct pal_range claimed)
{
    struct side side = {-(double)INFINITY, (double)INFINITY, false};
    switch (test) {
    case PAL_TEST_AT_LEAST:
        side.low = claimed.low;
        break;
    case PAL_TEST_MORE_THAN:
    case PAL_TEST_SHARE_ABOVE:
    case PAL_TEST_ROSE:
    case PAL_TEST_MORE_THAN_USUAL:
        side.low = claimed.low;
        side.is_open = true;
        break;
    case PAL_TEST_AT_MOST:
    case PAL_TEST_FELL:
        side.high = claimed.high;
        break;
    case PAL_TEST_EQUALS_ABOUT:
    case PAL_TEST_RANK:
        side.low = claimed.low;
        side.high = claimed.high;
        break;
    case PAL_TEST_NONE:
    case PAL_TEST_SPURTS_IN_TURN:
    case PAL_TEST_COUNT:
    default:
        break;
    }
    return side;
}

static bool is_above_low(const struct side *side, double value)
{
    return side->is_open ? value > side->low : value >= side->low;
}

enum pal_verdict pal_claim_decide(enum pal_claim_test test, struct pal_range claimed,
                                  struct pal_interval figure, enum pal_extent extent,
                                  enum pal_verdict otherwise)
{
    struct side side = side_of(test, claimed);
    bool has_lower = extent != PAL_EXTENT_MORE; /* the truth is not below figure.low */
    bool has_upper = extent != PAL_EXTENT_PART; /* nor above figure.high */
    bool low_holds = isinf(side.low) || (has_lower && is_above_low(&side, figure.low));
    bool high_holds = isinf(side.high) || (has_upper && figure.high <= side.high);
    bool is_below = !isinf(side.low) && has_upper && !is_above_low(&side, figure.high);
    bool is_above = !isinf(side.high) && has_lower && figure.low > side.high;
    if (low_holds && high_holds) {
        return PAL_VERDICT_SUPPORTED;
    }
    if (is_below || is_above) {
        return PAL_VERDICT_CONTRADICTED;
    }
    return extent == PAL_EXTENT_WHOLE ? PAL_VERDICT_CANNOT_TELL : otherwise;
}

static double scaled(const struct pal_claim *claim, bool is_share, double value)
{
    bool is_per_cent = pal_view_is_equal(claim->unit, PAL_VIEW("%")) ||
                       pal_view_is_equal_fold(claim->unit, PAL_VIEW("percent")) ||
                       pal_view_is_equal_fold(claim->unit, PAL_VIEW("per cent"));
    return is_share && (is_per_cent || value > 1) ? value / 100 : value;
}

static double change(const struct pal_claim *claim, double value, double sign)
{
    bool is_factor = pal_view_is_equal_fold(claim->unit, PAL_VIEW("times"));
    return is_factor ? value : 1 + sign * value / 100;
}

/* "by 3,000 arrests" is no ratio, and is not read as 3,000 %. */
static bool is_change_unit(struct pal_view unit)
{
    static const char *const known[] = {"%", "percent", "per cent", "times"};
    bool is_known = unit.size == 0;
    for (size_t i = 0; i < sizeof known / sizeof known[0] && !is_known; i++) {
        is_known = pal_view_is_equal_fold(unit, pal_view_of(known[i]));
    }
    return is_known;
}

/* Rose and fell: the ratio to what it was before. */
static pal_status range_of_change(const struct pal_claim *claim, struct pal_range *out,
                                  struct pal_error *err)
{
    if (!claim->has_value) {
        *out =
            (struct pal_range){1, claim->test == PAL_TEST_FELL ? nextafter(1, 0) : 1};
        return PAL_OK;
    }
    if (!is_change_unit(claim->unit)) {
        return pal_fail(err, PAL_INPUT,
                        "the test %s wants its value in %% or times, not in \"%.*s\": "
                        "write unit: %% or unit: times, or leave value out",
                        pal_claim_test_text(claim->test),
                        (int)(claim->unit.size < 40 ? claim->unit.size : 40),
                        claim->unit.data);
    }
    if (claim->test == PAL_TEST_FELL) {
        double least = pal_view_is_equal_fold(claim->unit, PAL_VIEW("times"))
                           ? 1 / claim->value
                           : change(claim, claim->value, -1);
        *out = (struct pal_range){least, least};
        return least > 0 ? PAL_OK
                         : pal_fail(err, PAL_INPUT,
                                    "a fall by more than 100%% cannot be tested");
    }
    double least = change(claim, claim->value, 1);
    /* "rose by 40 %" is borne out by 40 % itself. */
    *out = (struct pal_range){claim->value > 0 ? nextafter(least, 0) : 1, least};
    return PAL_OK;
}

static pal_status fail_no_value(const struct pal_claim *claim, struct pal_error *err)
{
    struct pal_view near = pal_hedge_nearest(claim->hedge);
    if (claim->hedge.size > 0 && near.data != NULL) {
        return pal_fail(
            err, PAL_INPUT,
            "the test %s needs a value, and the hedge \"%.*s\" is no range; "
            "did you mean \"%.*s\"?",
            pal_claim_test_text(claim->test), PAL_VIEW_ARG(claim->hedge),
            PAL_VIEW_ARG(near));
    }
    return pal_fail(err, PAL_INPUT,
                    "the test %s needs a value, or a hedge that is a range of numbers "
                    "(data/hedges.csv)",
                    pal_claim_test_text(claim->test));
}

/* A hedge by itself: hundreds, most. */
static pal_status range_of_hedge(const struct pal_claim *claim, bool is_share,
                                 struct pal_range *out, struct pal_error *err)
{
    struct pal_hedge hedge;
    if (claim->hedge.size == 0 || !pal_hedge_find(claim->hedge, &hedge) ||
        hedge.kind == PAL_HEDGE_FACTOR || (hedge.kind == PAL_HEDGE_SHARE) != is_share) {
        if (claim->test == PAL_TEST_SHARE_ABOVE && claim->hedge.size == 0) {
            *out = (struct pal_range){0.5, 1};
            return PAL_OK;
        }
        return fail_no_value(claim, err);
    }
    *out = (struct pal_range){hedge.low, hedge.high};
    return PAL_OK;
}

/* What a hedge makes of a number; a word that is no such hedge counts as none. */
static struct pal_hedge factor_of(struct pal_view words)
{
    struct pal_hedge hedge = {.kind = PAL_HEDGE_FACTOR, .low = 1, .high = 1};
    if (!pal_hedge_find(words, &hedge) || hedge.kind != PAL_HEDGE_FACTOR) {
        PAL_BUG_IF(!pal_hedge_find(PAL_VIEW(""), &hedge));
    }
    return hedge;
}

/* The value itself, or what its hedge makes of it. */
static void range_of_value(const struct pal_claim *claim, bool is_share,
                           struct pal_range *out)
{
    double value = scaled(claim, is_share, claim->value);
    *out = (struct pal_range){value, value};
    if (claim->has_value_high) {
        out->high = scaled(claim, is_share, claim->value_high);
    } else if (claim->test == PAL_TEST_EQUALS_ABOUT) {
        struct pal_hedge hedge = factor_of(claim->hedge);
        *out = (struct pal_range){value * hedge.low, value * hedge.high};
    }
}

pal_status pal_claim_range(const struct pal_claim *claim, bool is_share, bool is_ratio,
                           struct pal_range *out, struct pal_error *err)
{
    *out = (struct pal_range){1, 1};
    if (claim->test == PAL_TEST_ROSE || claim->test == PAL_TEST_FELL) {
        return range_of_change(claim, out, err);
    }
    if (claim->test == PAL_TEST_MORE_THAN_USUAL || claim->test == PAL_TEST_NONE ||
        claim->test == PAL_TEST_SPURTS_IN_TURN) {
        return PAL_OK;
    }
    if (claim->test == PAL_TEST_RANK || (is_ratio && !claim->has_value)) {
        double value = claim->has_value ? claim->value : 1;
        *out = (struct pal_range){value,
                                  claim->has_value_high ? claim->value_high : value};
        return PAL_OK;
    }
    if (!claim->has_value) {
        return range_of_hedge(claim, is_share, out, err);
    }
    range_of_value(claim, is_share, out);
    if (out->high < out->low) {
        return pal_fail(err, PAL_INPUT, "value_high is below value");
    }
    if (is_share && out->low > 1) {
        return pal_fail(err, PAL_INPUT,
                        "a share is 0 to 1, or 0 to 100 with the unit %%");
    }
    return PAL_OK;
}
