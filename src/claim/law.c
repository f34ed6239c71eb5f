/*
 * The law table beside a claim: what the rules on file said at a place on a day. It is shown
 * with its citation and whether it was read in its source, and never turned into a verdict.
 */
#include <math.h>

#include "claim/claim_internal.h"
#include "law/law.h"

enum { LAW_TEXT_MAX = 1600 };

static pal_status make_query(const struct pal_law *law,
                             const struct pal_claim_context *context,
                             struct pal_law_query *query, struct pal_error *err)
{
    enum pal_law_actor actor;
    *query = (struct pal_law_query){.place = pal_law_find_place(law, context->law),
                                    .day = context->what.first};
    if (query->place < 0) {
        struct pal_nearest nearest = {.word = context->law};
        for (size_t i = 0; i < pal_law_place_count(law); i++) {
            pal_nearest_try(&nearest, pal_law_place_at(law, i)->name);
        }
        return pal_fail(err, PAL_INPUT, "the law table has no place \"%.*s\"%s%.*s%s",
                        PAL_VIEW_ARG(context->law),
                        nearest.best.data == NULL ? "" : "; did you mean \"",
                        PAL_VIEW_ARG(nearest.best),
                        nearest.best.data == NULL ? "" : "\"?");
    }
    if (query->day == PAL_DAY_NONE) {
        return pal_fail(err, PAL_INPUT,
                        "a look into the law table needs from: the day");
    }
    if (context->document.size > 0) {
        int document = pal_law_find_document(law, context->document);
        if (document < 0) {
            return pal_fail(err, PAL_INPUT, "the law table has no document \"%.*s\"",
                            PAL_VIEW_ARG(context->document));
        }
        query->documents = UINT32_C(1) << document;
    }
    if (context->actor.size > 0) {
        if (!pal_law_find_actor(context->actor, &actor)) {
            return pal_fail(err, PAL_INPUT, "the law table has no actor \"%.*s\"",
                            PAL_VIEW_ARG(context->actor));
        }
        query->actors = actor;
    }
    return PAL_OK;
}

static void append_decision(struct pal_buffer *out, const struct pal_law *law,
                            const struct pal_law_decision *decision)
{
    pal_buffer_append_format(
        out, "%s%s, %.*s: %.*s: %s%s", out->size == 0 ? "" : "; ",
        pal_law_actor_text(decision->actor),
        PAL_VIEW_ARG(pal_law_document_at(law, (size_t)decision->document)->name),
        PAL_VIEW_ARG(decision->question), pal_law_outcome_text(decision->outcome),
        decision->terms != 0 ? " (with further conditions)" : "");
    for (size_t i = 0; i < decision->deciding_count; i++) {
        pal_buffer_append_format(out, "%s%.*s", i == 0 ? " (" : "; ",
                                 PAL_VIEW_ARG(decision->rules[i]->citation));
    }
    if (decision->deciding_count > 0) {
        pal_buffer_append_text(out, decision->is_verified
                                        ? ", read in its source)"
                                        : ", not read in its source)");
    }
}

static pal_status decide(struct pal_judge *judge, const struct pal_law *law,
                         const struct pal_claim_context *context,
                         struct pal_reading *out, struct pal_error *err)
{
    struct pal_law_query query;
    struct pal_law_decision *decisions = NULL;
    struct pal_buffer text;
    char day[16];
    size_t count = 0;
    pal_status st = make_query(law, context, &query, err);
    if (st == PAL_OK) {
        st = pal_law_decide(law, &query, judge->arena, &decisions, &count, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    pal_day_text(context->what.first, day);
    /* The buffer's cap ends a long list; what was put in stays whole. */
    pal_buffer_init(&text, LAW_TEXT_MAX);
    for (size_t i = 0; i < count; i++) {
        /* What the facts of a case would change is in palladium law show. */
        if (decisions[i].terms == 0) {
            append_decision(&text, law, &decisions[i]);
        }
    }
    st = pal_judge_words(judge, &out->name, err, "Law table, %.*s on %s",
                         PAL_VIEW_ARG(context->law), day);
    if (st == PAL_OK) {
        st = pal_judge_words(judge, &out->note, err, "%.*s%s%.*s", (int)text.size,
                             text.data == NULL ? "" : text.data,
                             context->note.size > 0 ? ". " : "",
                             PAL_VIEW_ARG(context->note));
    }
    if (st == PAL_OK) {
        st = pal_judge_words(judge, &out->command, err,
                             "palladium law show --place \"%.*s\" --on %s%s%.*s%s%.*s",
                             PAL_VIEW_ARG(context->law), day,
                             context->document.size > 0 ? " --document " : "",
                             PAL_VIEW_ARG(context->document),
                             context->actor.size > 0 ? " --actor " : "",
                             PAL_VIEW_ARG(context->actor));
    }
    pal_buffer_clear(&text);
    return st;
}

pal_status pal_judge_law(struct pal_judge *judge,
                         const struct pal_claim_context *context,
                         struct pal_reading *out, struct pal_error *err)
{
    struct pal_law *law = NULL;
    *out = (struct pal_reading){.choice = PAL_VIEW("law"),
                                .first = context->what.first,
                                .last = context->what.first,
                                .value = (double)NAN,
                                .low = (double)NAN,
                                .high = (double)NAN,
                                .dispersion = 1,
                                .verdict = PAL_VERDICT_NOT_TESTABLE};
    pal_status st = pal_law_open((struct pal_view){NULL, 0}, "rules.csv", &law, err);
    if (st == PAL_OK) {
        st = decide(judge, law, context, out, err);
    }
    pal_law_close(law);
    return st == PAL_OK ? PAL_OK : pal_while(err, st, "context");
}
