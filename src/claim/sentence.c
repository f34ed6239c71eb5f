/*
 * The plain sentence of a verdict: what was counted, with its interval, against what was said.
 * It says no more than the verdict does.
 */
#include <math.h>
#include <stdio.h>

#include "claim/claim_internal.h"

enum { SENTENCE_SIZE_MAX = 16384 };

static void append_whole(struct pal_buffer *out, double value)
{
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%.0f", value);
    pal_buffer_append_grouped(out, pal_view_of(digits));
}

void pal_claim_number(struct pal_buffer *out, double value, struct pal_view unit)
{
    bool is_share = pal_view_is_equal(unit, PAL_VIEW("share"));
    double shown = is_share ? value * 100 : value;
    if (!isfinite(shown)) {
        pal_buffer_append_text(out, shown > 0 ? "without end" : "no number");
        return;
    }
    if (fabs(shown) >= 1000 || fabs(shown - round(shown)) < 1e-9) {
        append_whole(out, shown);
    } else {
        pal_buffer_append_format(out, fabs(shown) >= 100 ? "%.0f" : "%.3g", shown);
    }
    if (is_share) {
        pal_buffer_append_text(out, "%");
    }
}

static bool has_interval(double low, double high)
{
    return isfinite(low) && !isnan(high);
}

void pal_claim_figure(struct pal_buffer *out, double value, double low, double high,
                      struct pal_view unit)
{
    pal_claim_number(out, value, unit);
    if (!pal_view_is_equal(unit, PAL_VIEW("share"))) {
        pal_buffer_append_format(out, " %.*s", PAL_VIEW_ARG(unit));
    }
    if (has_interval(low, high)) {
        pal_buffer_append_text(out, " (");
        pal_claim_number(out, low, unit);
        pal_buffer_append_text(out, " to ");
        pal_claim_number(out, high, unit);
        pal_buffer_append_char(out, ')');
    }
}

/* "method group" for method_group. */
static void append_name(struct pal_buffer *out, struct pal_view dimension)
{
    for (size_t i = 0; i < dimension.size; i++) {
        if (dimension.data[i] == '_') {
            pal_buffer_append_char(out, ' ');
        } else {
            pal_buffer_append_char(out, dimension.data[i]);
        }
    }
}

void pal_claim_scope(struct pal_buffer *out, const struct pal_measure_request *request)
{
    char first[16];
    char last[16];
    for (size_t i = 0; i < request->where_count; i++) {
        pal_buffer_append_text(out, i == 0 ? ", " : " and ");
        append_name(out, request->where[i].dimension);
        pal_buffer_append_format(out, " %.*s", PAL_VIEW_ARG(request->where[i].value));
    }
    pal_day_text(request->first, first);
    pal_day_text(request->last, last);
    if (request->first == PAL_DAY_NONE && request->last == PAL_DAY_NONE) {
        pal_buffer_append_text(out, ", over all the days that are loaded");
        return;
    }
    if (request->first != PAL_DAY_NONE) {
        pal_buffer_append_format(out, ", from %s%s", first,
                                 request->last == PAL_DAY_NONE ? " on" : "");
    }
    if (request->last != PAL_DAY_NONE) {
        pal_buffer_append_format(
            out, "%s %s", request->first == PAL_DAY_NONE ? ", until" : " to", last);
    }
}

/* ---- what is claimed ---- */

static void append_range(struct pal_buffer *out, const struct pal_finding *finding,
                         struct pal_view unit)
{
    pal_claim_number(out, finding->claimed_low, unit);
    if (finding->claimed_high > finding->claimed_low) {
        pal_buffer_append_text(out, " to ");
        pal_claim_number(out, finding->claimed_high, unit);
    }
}

static const char *lead_of(const struct pal_claim *claim)
{
    switch (claim->test) {
    case PAL_TEST_AT_LEAST:
        return "at least ";
    case PAL_TEST_MORE_THAN:
    case PAL_TEST_SHARE_ABOVE:
        return "more than ";
    case PAL_TEST_AT_MOST:
        return "at most ";
    case PAL_TEST_RANK:
        return "rank ";
    case PAL_TEST_EQUALS_ABOUT:
    case PAL_TEST_NONE:
    case PAL_TEST_ROSE:
    case PAL_TEST_FELL:
    case PAL_TEST_MORE_THAN_USUAL:
    case PAL_TEST_SPURTS_IN_TURN:
    case PAL_TEST_COUNT:
    default:
        return "";
    }
}

static void append_claimed(struct pal_buffer *out, const struct pal_finding *finding,
                           struct pal_view unit)
{
    const struct pal_claim *claim = finding->claim;
    if (claim->test == PAL_TEST_MORE_THAN_USUAL) {
        pal_buffer_append_text(out, "more than is usual there");
        return;
    }
    if (claim->test == PAL_TEST_SPURTS_IN_TURN) {
        pal_buffer_append_text(out, "surges of different areas in turn, not together");
        return;
    }
    if (claim->test == PAL_TEST_ROSE || claim->test == PAL_TEST_FELL) {
        bool is_rise = claim->test == PAL_TEST_ROSE;
        pal_buffer_append_text(out, is_rise ? "a rise" : "a fall");
        if (claim->has_value) {
            pal_buffer_append_text(out, ", by at least ");
            pal_claim_number(out, claim->value, PAL_VIEW(""));
            pal_buffer_append_format(
                out, " %.*s",
                PAL_VIEW_ARG(claim->unit.size > 0 ? claim->unit : PAL_VIEW("%")));
        }
        return;
    }
    pal_buffer_append_text(out, lead_of(claim));
    bool is_one_end =
        claim->test != PAL_TEST_EQUALS_ABOUT && claim->test != PAL_TEST_RANK;
    if (is_one_end) {
        pal_claim_number(out,
                         claim->test == PAL_TEST_AT_MOST ? finding->claimed_high
                                                         : finding->claimed_low,
                         unit);
    } else {
        append_range(out, finding, unit);
    }
}

/* ---- why ---- */

static const char *noun_of(struct pal_view table)
{
    static const char *const nouns[][2] = {
        {"arrest", "arrest records"},
        {"detainer", "detainer records"},
        {"encounter", "encounter records"},
        {"removal", "removal records"},
        {"stint", "detention records"},
        {"custody_statistic", "published statistics"},
        {"head_count", "head counts"},
    };
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++) {
        if (pal_view_is_equal(table, pal_view_of(nouns[i][0]))) {
            return nouns[i][1];
        }
    }
    return "records";
}

static void append_counted(struct pal_buffer *out, const struct pal_finding *finding,
                           const struct pal_question_ready *ready)
{
    const struct pal_reading *main = &finding->readings[0];
    const struct pal_measure *measure = &ready->request.measure;
    bool is_ratio = finding->claim->test != PAL_TEST_RANK &&
                    (pal_view_is_equal(finding->unit, PAL_VIEW("times")) ||
                     pal_view_is_equal(finding->unit, PAL_VIEW("times the usual")));
    if (finding->is_withheld) {
        pal_buffer_append_text(out, "fewer than 11 are recorded");
    } else if (is_ratio) {
        pal_claim_figure(out, finding->value, finding->low, finding->high,
                         finding->unit);
        pal_buffer_append_text(out, ": ");
        pal_claim_figure(out, main->value, (double)NAN, (double)NAN, measure->unit);
        for (size_t i = 1; i < finding->reading_count; i++) {
            const struct pal_reading *reading = &finding->readings[i];
            bool is_other = pal_view_is_equal(reading->choice, PAL_VIEW("against")) ||
                            pal_view_is_equal(reading->choice, PAL_VIEW("usual"));
            if (is_other) {
                pal_buffer_append_text(out, " against ");
                pal_claim_figure(out, reading->value, reading->low, reading->high,
                                 measure->unit);
                break;
            }
        }
    } else {
        pal_claim_figure(out, main->value, main->low, main->high, measure->unit);
    }
    pal_claim_scope(out, &ready->request);
    if (finding->claim->test == PAL_TEST_RANK && main->note.size > 0) {
        pal_buffer_append_format(out, ": %.*s", PAL_VIEW_ARG(main->note));
    }
}

static void why_no_number(struct pal_buffer *out, const struct pal_finding *finding,
                          const struct pal_question_ready *ready)
{
    const struct pal_measure *measure = &ready->request.measure;
    const struct pal_reading *main = &finding->readings[0];
    if (finding->verdict == PAL_VERDICT_NOT_RECORDED &&
        main->status == PAL_FIGURE_NOT_COVERED) {
        pal_buffer_append_format(
            out,
            "The loaded %s do not record this on any day, and none of them cover these "
            "dates. %.*s",
            noun_of(measure->table), PAL_VIEW_ARG(finding->coverage));
    } else if (main->status == PAL_FIGURE_NOT_RECORDED) {
        pal_buffer_append_format(
            out,
            "The loaded %s do not record what %.*s counts%s. Not recorded is not zero.",
            noun_of(measure->table), PAL_VIEW_ARG(measure->name),
            ready->request.where_count > 0 ? " with these conditions" : "");
    } else if (main->status == PAL_FIGURE_NO_DATA) {
        pal_buffer_append_text(
            out, "These days are covered, but there is nothing to divide by.");
    } else {
        pal_buffer_append_format(out, "No loaded %s cover these dates",
                                 noun_of(measure->table));
        if (main->first != PAL_DAY_NONE || main->last != PAL_DAY_NONE) {
            pal_claim_scope(out, &(struct pal_measure_request){.first = main->first,
                                                               .last = main->last});
        }
        pal_buffer_append_format(out, ". %.*s", PAL_VIEW_ARG(finding->coverage));
    }
}

static void why_bound(struct pal_buffer *out, const struct pal_finding *finding,
                      const struct pal_question_ready *ready)
{
    const struct pal_reading *main = &finding->readings[0];
    if (main->days_covered < main->days) {
        pal_buffer_append_format(
            out, "Only %d of the %d days are covered; over these: ", main->days_covered,
            main->days);
        append_counted(out, finding, ready);
        pal_buffer_append_format(out, ". %.*s", PAL_VIEW_ARG(finding->coverage));
        return;
    }
    pal_buffer_append_format(
        out, "The records do not know the city of %.*s. They know %.*s, far larger: ",
        PAL_VIEW_ARG(ready->place), PAL_VIEW_ARG(ready->around));
    append_counted(out, finding, ready);
    pal_buffer_append_text(out, ". How much of that was in the city is not recorded.");
}

static void why_depends(struct pal_buffer *out, const struct pal_finding *finding,
                        const struct pal_question_ready *ready)
{
    struct pal_view unit = ready->request.measure.unit;
    bool is_first = true;
    pal_buffer_append_text(out, "It depends on how it is counted: ");
    for (size_t i = 0; i < finding->reading_count; i++) {
        const struct pal_reading *reading = &finding->readings[i];
        bool is_seen = false;
        for (size_t k = 0; k < i; k++) {
            is_seen = is_seen || (finding->readings[k].bears &&
                                  finding->readings[k].verdict == reading->verdict);
        }
        if (!reading->bears || is_seen) {
            continue;
        }
        pal_buffer_append_format(out, "%s%s by %.*s, ", is_first ? "" : "; ",
                                 pal_verdict_text(reading->verdict),
                                 PAL_VIEW_ARG(reading->name));
        pal_claim_figure(out, reading->value, reading->low, reading->high, unit);
        is_first = false;
    }
    pal_buffer_append_char(out, '.');
}

static void append_why(struct pal_buffer *out, const struct pal_finding *finding,
                       const struct pal_question_ready *ready)
{
    const struct pal_reading *main = &finding->readings[0];
    bool has_number = isfinite(main->value) || finding->is_withheld;
    bool is_bound = (ready->is_wider || main->days_covered < main->days) &&
                    (finding->verdict == PAL_VERDICT_NOT_COVERED ||
                     finding->verdict == PAL_VERDICT_NOT_RECORDED);
    if (finding->verdict == PAL_VERDICT_DEPENDS) {
        why_depends(out, finding, ready);
    } else if (!has_number) {
        why_no_number(out, finding, ready);
    } else if (is_bound) {
        why_bound(out, finding, ready);
    } else {
        const char *lead = finding->verdict == PAL_VERDICT_SUPPORTED
                               ? "The records bear it out: "
                           : finding->verdict == PAL_VERDICT_CONTRADICTED
                               ? "The records say otherwise: "
                               : "The records cannot tell: ";
        pal_buffer_append_text(out, lead);
        append_counted(out, finding, ready);
        pal_buffer_append_format(out, ". The statement says %.*s",
                                 PAL_VIEW_ARG(finding->claimed));
        pal_buffer_append_text(out, finding->verdict == PAL_VERDICT_CANNOT_TELL
                                        ? ", and the interval reaches to both sides."
                                        : ".");
        if (main->blank > 0) {
            pal_buffer_append_text(out, " ");
            pal_claim_number(out, (double)main->blank, PAL_VIEW(""));
            pal_buffer_append_text(out, " records of these days do not state what is "
                                        "asked for, and may be more of the same.");
        }
        if (main->days_covered < main->days) {
            pal_buffer_append_format(out,
                                     " Only %d of the %d days are covered, and these "
                                     "alone decide it.",
                                     main->days_covered, main->days);
        }
        if (ready->is_wider) {
            pal_buffer_append_format(
                out,
                " The figure is of %.*s; that of the city cannot be "
                "higher.",
                PAL_VIEW_ARG(ready->around));
        }
    }
}

pal_status pal_finding_words(struct pal_judge *judge, struct pal_finding *finding,
                             const struct pal_question_ready *ready,
                             struct pal_error *err)
{
    struct pal_buffer text;
    struct pal_view unit = ready->request.measure.unit;
    if (finding->claim->has_against) {
        unit = PAL_VIEW("");
    }
    pal_buffer_init(&text, SENTENCE_SIZE_MAX);
    append_claimed(&text, finding, unit);
    pal_status st = pal_buffer_keep(&text, judge->arena, &finding->claimed, err);
    if (st != PAL_OK || finding->why.size > 0) {
        return st;
    }
    pal_buffer_init(&text, SENTENCE_SIZE_MAX);
    append_why(&text, finding, ready);
    return pal_buffer_keep(&text, judge->arena, &finding->why, err);
}
