/*
 * The test of spurts in plain sentences.
 */
#include <math.h>
#include <stdio.h>

#include "claim/spurts.h"

enum { SENTENCE_SIZE_MAX = 4096 };

static void append_count(struct pal_buffer *out, size_t count, const char *what)
{
    pal_buffer_append_format(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

pal_status pal_spurts_define(struct pal_judge *judge, const struct pal_spurts *spurts,
                             struct pal_finding *finding, struct pal_error *err)
{
    if (judge->place_count > 0) {
        finding->place_note = PAL_VIEW(
            "A city is not its area of responsibility, which is far larger. The "
            "areas are what is tested.");
    }
    return pal_judge_words(
        judge, &finding->definition, err,
        "A surge is days on which an area has more %.*s than chance explains, each "
        "area "
        "searched by itself; counted are those of the kind %s. On every day of a surge "
        "the other areas that have one too are counted. Their mean is divided by what "
        "comes out when each area's own days are shifted at random by whole weeks, "
        "9,999 times. What is searched: %.*s",
        PAL_VIEW_ARG(spurts->request.measure.unit), pal_surge_kind_text(spurts->kind),
        PAL_VIEW_ARG(finding->definition));
}

/* ---- numbers ---- */

static void append_p(struct pal_buffer *out, double p)
{
    pal_buffer_append_format(out, p < 0.00015 ? "p %.4f or less" : "p %.4f", p);
}

/* "on a mean day of a surge 0.30 other areas had one too; by chance 0.09 (95% of shifts 0.00
 * to 0.24)" */
static void append_meetings(struct pal_buffer *out, const struct pal_turns *turns)
{
    pal_buffer_append_format(out,
                             "on a mean day of a surge %.2f other areas had one too; "
                             "by chance %.2f (95%% of "
                             "shifts %.2f to %.2f)",
                             turns->together, turns->by_chance, turns->low,
                             turns->high);
}

pal_status pal_spurts_note(struct pal_judge *judge, const struct pal_turns *turns,
                           struct pal_reading *out, struct pal_error *err)
{
    struct pal_buffer text;
    pal_buffer_init(&text, SENTENCE_SIZE_MAX);
    append_count(&text, turns->surge_count, "surge");
    if (turns->status == PAL_FIT_OK) {
        pal_buffer_append_format(&text, " in %zu areas; ", turns->area_count);
        append_meetings(&text, turns);
        pal_buffer_append_text(&text, "; as little has ");
        append_p(&text, turns->p_turns);
        pal_buffer_append_text(&text, ", as much ");
        append_p(&text, turns->p_together);
    } else {
        pal_buffer_append_text(&text, ", too few to tell");
    }
    return pal_buffer_keep(&text, judge->arena, &out->note, err);
}

/* ---- why ---- */

/* "14 surges of the kind street operation in 6 of the 9 announced areas, from .. to .." */
static void append_found(struct pal_buffer *out, const struct pal_spurts *spurts,
                         const struct pal_reading *main)
{
    const struct pal_turns *turns = main->turns;
    bool is_listed = spurts->areas.count > 0;
    size_t asked = is_listed ? spurts->areas.count : turns->asked_count;
    size_t found = turns->status == PAL_FIT_OK ? turns->area_count : asked;
    if (turns->surge_count == 0) {
        pal_buffer_append_text(out, "no surge");
    } else {
        append_count(out, turns->surge_count, "surge");
    }
    pal_buffer_append_format(out, " of the kind %s in ",
                             pal_surge_kind_text(spurts->kind));
    if (found < asked) {
        pal_buffer_append_format(out, "%zu of %s", found, is_listed ? "the " : "");
    } else {
        pal_buffer_append_text(out, asked == 2 ? "both " : "all ");
    }
    if (found < asked || asked != 2) {
        pal_buffer_append_format(out, "%zu ", asked);
    }
    pal_buffer_append_format(out, "%sareas",
                             spurts->areas.is_announced ? "announced " : "");
    pal_claim_scope(
        out, &(struct pal_measure_request){.first = main->first, .last = main->last});
    if (is_listed && asked > turns->asked_count) {
        pal_buffer_append_format(out,
                                 " (%zu of these areas had too few records to be "
                                 "searched)",
                                 asked - turns->asked_count);
    }
}

static void why_few(struct pal_buffer *out, const struct pal_spurts *spurts,
                    const struct pal_reading *main)
{
    const struct pal_turns *turns = main->turns;
    int32_t days = main->last - main->first + 1;
    pal_buffer_append_text(out, "The records cannot tell: ");
    if (days < PAL_TURNS_DAYS_MIN) {
        pal_buffer_append_format(out,
                                 "turns are told from eight weeks or more, and these "
                                 "are %d days.",
                                 days);
        return;
    }
    append_found(out, spurts, main);
    pal_buffer_append_text(out, turns->status == PAL_FIT_OK
                                    ? ", and none of them could have met another."
                                    : ". Turns are told from surges in two areas or "
                                      "more.");
}

static const char *lead_of(enum pal_verdict verdict)
{
    return verdict == PAL_VERDICT_SUPPORTED      ? "The records bear it out: "
           : verdict == PAL_VERDICT_CONTRADICTED ? "The records say otherwise: "
                                                 : "The records cannot tell: ";
}

static const char *came_of(enum pal_verdict verdict)
{
    return verdict == PAL_VERDICT_SUPPORTED ? "in turn, less together than by chance"
           : verdict == PAL_VERDICT_CONTRADICTED ? "together, more than by chance"
                                                 : "neither clearly in turn nor "
                                                   "clearly together";
}

static void why_number(struct pal_buffer *out, const struct pal_spurts *spurts,
                       const struct pal_finding *finding)
{
    const struct pal_reading *main = &finding->readings[0];
    const struct pal_turns *turns = main->turns;
    bool is_supported = finding->verdict == PAL_VERDICT_SUPPORTED;
    pal_buffer_append_text(out, lead_of(finding->verdict));
    append_found(out, spurts, main);
    pal_buffer_append_format(out, ". They came %s: ", came_of(finding->verdict));
    append_meetings(out, turns);
    if (is_supported || finding->verdict == PAL_VERDICT_CONTRADICTED) {
        pal_buffer_append_text(out, is_supported ? ", and as little has "
                                                 : ", and as much has ");
        append_p(out, is_supported ? turns->p_turns : turns->p_together);
    } else if (turns->low <= 0) {
        pal_buffer_append_text(out, ", so even no meeting at all would not tell turns "
                                    "from chance");
    }
    pal_buffer_append_text(out, ". On ");
    pal_buffer_append_format(out, "%zu of %zu days of a surge no other area had one.",
                             turns->alone_days, turns->surge_days);
    if (turns->unplaced_count > 0) {
        pal_buffer_append_text(out, " Not among them: ");
        append_count(out, turns->unplaced_count, "surge");
        pal_buffer_append_text(out, " of all areas together, in which no single area "
                                    "stands out.");
    }
}

/* Each verdict with the first of the choices that lead to it. */
static void why_depends(struct pal_buffer *out, const struct pal_finding *finding)
{
    bool is_seen[PAL_VERDICT_COUNT] = {false};
    pal_buffer_append_text(out, "It depends on how it is counted.");
    for (size_t i = 0; i < finding->reading_count; i++) {
        const struct pal_reading *reading = &finding->readings[i];
        if (!reading->bears || is_seen[reading->verdict]) {
            continue;
        }
        is_seen[reading->verdict] = true;
        pal_buffer_append_format(out,
                                 " By %.*s it is %s: ", PAL_VIEW_ARG(reading->name),
                                 pal_verdict_text(reading->verdict));
        append_count(out, reading->turns->surge_count, "surge");
        pal_buffer_append_format(out, " in %zu areas, ", reading->turns->area_count);
        append_meetings(out, reading->turns);
        pal_buffer_append_char(out, '.');
    }
}

pal_status pal_spurts_why(struct pal_judge *judge, const struct pal_spurts *spurts,
                          struct pal_finding *finding, struct pal_error *err)
{
    const struct pal_reading *main = &finding->readings[0];
    struct pal_buffer text;
    pal_buffer_init(&text, SENTENCE_SIZE_MAX);
    if (finding->verdict == PAL_VERDICT_DEPENDS) {
        why_depends(&text, finding);
    } else if (isfinite(main->value)) {
        why_number(&text, spurts, finding);
    } else {
        why_few(&text, spurts, main);
    }
    return pal_buffer_keep(&text, judge->arena, &finding->why, err);
}
