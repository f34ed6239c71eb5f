/*
 * What is shown beside a claim and never part of its verdict; and what is not shown because it
 * would break out fewer than PAL_CLAIM_SMALL_CELL people.
 */
#include <math.h>

#include "claim/claim_internal.h"

/* ---- small cells ---- */

/* Conditions that single out few people, as the breakdowns of a publication do. */
static bool is_attribute(struct pal_view dimension)
{
    static const char *const names[] = {
        "citizenship", "sex",   "criminality", "threat_level", "country",
        "county",      "state", "city",        "facility",     "disposition"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (pal_view_is_equal(dimension, pal_view_of(names[i]))) {
            return true;
        }
    }
    return false;
}

bool pal_claim_is_small(const struct pal_measure_request *request,
                        const struct pal_reading *reading)
{
    bool is_breakdown = false;
    int64_t n = reading->n;
    if (request->measure.kind == PAL_MEASURE_SHARE && isfinite(reading->value)) {
        n = (int64_t)llround(reading->value * reading->base);
    }
    for (size_t i = 0; i < request->where_count; i++) {
        is_breakdown = is_breakdown || is_attribute(request->where[i].dimension);
    }
    return is_breakdown && n > 0 && n < PAL_CLAIM_SMALL_CELL;
}

static void withhold(struct pal_reading *reading)
{
    reading->value = (double)NAN;
    reading->low = (double)NAN;
    reading->high = (double)NAN;
    reading->n = 0;
    reading->note = PAL_VIEW("fewer than 11: not shown");
}

void pal_finding_withhold(struct pal_finding *finding)
{
    finding->is_withheld = true;
    finding->has_value = false;
    for (size_t i = 0; i < finding->reading_count; i++) {
        withhold(&finding->readings[i]);
    }
}

static pal_status add_context(struct pal_judge *judge,
                              const struct pal_claim_context *context,
                              struct pal_finding *finding, struct pal_error *err)
{
    struct pal_question_ready ready;
    struct pal_reading *reading = &finding->contexts[finding->context_count];
    struct pal_buffer scope;
    if (context->law.size > 0) {
        finding->context_count++;
        return pal_judge_law(judge, context, reading, err);
    }
    pal_status st = pal_judge_prepare(judge, &context->what, &ready, err);
    *reading = (struct pal_reading){.value = (double)NAN,
                                    .low = (double)NAN,
                                    .high = (double)NAN,
                                    .dispersion = 1,
                                    .choice = PAL_VIEW("context"),
                                    .note = context->note,
                                    .verdict = PAL_VERDICT_NOT_TESTABLE};
    if (st == PAL_OK) {
        st = pal_judge_dispersion(judge, &ready.request, &ready.dispersion, err);
    }
    if (st == PAL_OK) {
        st = pal_reading_fill(judge, &ready.request, &ready.dispersion, reading, err);
    }
    if (st != PAL_OK) {
        return pal_while(err, st, "context");
    }
    if (pal_claim_is_small(&ready.request, reading)) {
        withhold(reading);
    }
    finding->context_count++;
    pal_buffer_init(&scope, PAL_CLAIM_WORDS_MAX);
    pal_buffer_append_view(&scope, ready.request.measure.title);
    pal_claim_scope(&scope, &ready.request);
    st = pal_buffer_keep(&scope, judge->arena, &reading->name, err);
    if (st == PAL_OK && finding->place_note.size == 0) {
        finding->place_note = ready.place_note;
    }
    return st == PAL_OK ? pal_finding_set_files(judge, ready.request.measure.coverage,
                                                finding, err)
                        : st;
}

pal_status pal_finding_add_contexts(struct pal_judge *judge,
                                    const struct pal_claim *claim,
                                    struct pal_finding *finding, struct pal_error *err)
{
    void *memory = NULL;
    pal_status st = PAL_OK;
    if (claim->context_count == 0) {
        return PAL_OK;
    }
    st = pal_arena_alloc(judge->arena, claim->context_count, sizeof *finding->contexts,
                         &memory, err);
    finding->contexts = memory;
    for (size_t i = 0; st == PAL_OK && i < claim->context_count; i++) {
        st = add_context(judge, &claim->contexts[i], finding, err);
    }
    return st;
}
