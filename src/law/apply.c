/*
 * Requests counted by what the rules of their day said. Each day is answered on its own, and
 * days whose answer rests on the same rules are one stretch, so that a year in which the law
 * changed comes out in parts.
 */
#include "law/law_internal.h"

#include <stdlib.h>

enum { ID_TEXT_MAX = 65536 };

struct applying {
    const struct pal_law *law;
    enum pal_law_actor actor;
    struct pal_arena *arena;
    struct pal_error *err;
};

static struct pal_law_applied unknown_of(const char *note)
{
    return (struct pal_law_applied){.place = PAL_VIEW("place not recorded"),
                                    .document = PAL_VIEW("type not recorded"),
                                    .question = PAL_VIEW(""),
                                    .rules = PAL_VIEW(""),
                                    .outcome = PAL_LAW_UNKNOWN,
                                    .first = PAL_DAY_NONE,
                                    .last = PAL_DAY_NONE,
                                    .note = pal_view_of(note)};
}

static pal_status join_ids(const struct applying *in,
                           const struct pal_law_decision *from, struct pal_view *out)
{
    struct pal_buffer text;
    pal_buffer_init(&text, ID_TEXT_MAX);
    for (size_t i = 0; i < from->deciding_count; i++) {
        if (i > 0) {
            pal_buffer_append_char(&text, ' ');
        }
        pal_buffer_append_view(&text, from->rules[i]->id);
    }
    pal_status st = pal_buffer_keep(&text, in->arena, out, in->err);
    return st;
}

static struct pal_view question_of(struct pal_view asks)
{
    if (pal_view_is_equal(asks, PAL_VIEW("hold"))) {
        return PAL_VIEW(PAL_LAW_QUESTION_HOLD);
    }
    return pal_view_is_equal(asks, PAL_VIEW("notify"))
               ? PAL_VIEW(PAL_LAW_QUESTION_NOTIFY)
               : PAL_VIEW("");
}

/* What is known of a request before its rules are asked. */
static struct pal_law_applied described(const struct applying *in,
                                        const struct pal_law_request *request,
                                        int *place, int *document)
{
    struct pal_law_applied out = unknown_of("");
    *place = pal_law_find_facility(in->law, request->state, request->city);
    *document = pal_law_find_released(in->law, request->type);
    if (*place >= 0) {
        out.place = in->law->places[*place].name;
    } else if (pal_view_trim(request->state).size > 0) {
        bool is_redacted = pal_view_is_equal(request->state, PAL_VIEW("redacted"));
        out.place = pal_view_trim(request->state);
        out.note = is_redacted ? PAL_VIEW("the facility's state is redacted")
                               : PAL_VIEW("no rule of this state is on file");
    } else {
        out.note = PAL_VIEW("the facility's state is not recorded");
    }
    if (*document >= 0) {
        out.document = in->law->documents[*document].name;
        out.question = question_of(in->law->documents[*document].asks);
    } else if (pal_view_trim(request->type).size > 0) {
        out.document = pal_view_trim(request->type);
    }
    if (out.question.size == 0) {
        out.note = PAL_VIEW("what this type asks for is not on file");
    }
    if (request->day == PAL_DAY_NONE) {
        out.note = PAL_VIEW("the day is not recorded");
    } else {
        out.year = pal_civil_of(request->day).year;
        out.first = out.last = request->day;
    }
    out.count = request->count;
    return out;
}

/* Whether the rule is an exception to what was asked whose condition nobody stated. */
static bool is_exception(const struct pal_law *law, const struct pal_law_rule *rule,
                         const struct pal_law_ask *ask)
{
    int chain[PAL_LAW_CHAIN_MAX];
    size_t depth = pal_law_chain(law, ask->place, chain);
    bool is_inside = false;
    for (size_t i = 0; i < depth; i++) {
        is_inside = is_inside || rule->place == chain[i];
    }
    return is_inside && (rule->actors & (uint32_t)ask->actor) != 0 &&
           (rule->documents & (UINT32_C(1) << ask->document)) != 0 &&
           pal_view_is_equal(rule->question, ask->question) &&
           pal_law_force_on(&rule->from, &rule->to, ask->day) != PAL_LAW_NOT_IN_FORCE &&
           pal_law_terms_hold(rule->terms, &ask->facts) == PAL_LAW_NOT_STATED;
}

/* The records do not tell whether an exception holds; that one may is said. */
static pal_status note_exceptions(const struct applying *in,
                                  const struct pal_law_ask *ask,
                                  struct pal_arena *scratch,
                                  struct pal_law_applied *out)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < in->law->rule_count && out->note.size == 0;
         i++) {
        const struct pal_law_rule *rule = &in->law->rules[i];
        struct pal_law_decision decision;
        struct pal_law_ask other = *ask;
        if (!is_exception(in->law, rule, ask)) {
            continue;
        }
        other.facts.is_true |= rule->terms;
        st = pal_law_answer(in->law, &other, scratch, &decision, in->err);
        if (st == PAL_OK && decision.outcome != out->outcome) {
            out->note =
                PAL_VIEW("unless an exception holds, which the records do not tell");
        }
    }
    return st;
}

static pal_status apply_one(const struct applying *in,
                            const struct pal_law_request *request,
                            struct pal_law_applied *out)
{
    struct pal_law_decision decision;
    struct pal_arena scratch;
    int place = -1;
    int document = -1;
    *out = described(in, request, &place, &document);
    if (place < 0 || document < 0 || out->question.size == 0 ||
        request->day == PAL_DAY_NONE) {
        return PAL_OK;
    }
    struct pal_law_ask ask = {.place = place,
                              .day = request->day,
                              .actor = in->actor,
                              .document = document,
                              .question = out->question};
    pal_arena_init(&scratch, PAL_LAW_ARENA_MAX);
    pal_status st = pal_law_answer(in->law, &ask, &scratch, &decision, in->err);
    if (st == PAL_OK) {
        out->outcome = decision.outcome;
        out->note = decision.note;
        out->is_verified = decision.is_verified;
        st = join_ids(in, &decision, &out->rules);
    }
    if (st == PAL_OK) {
        st = note_exceptions(in, &ask, &scratch, out);
    }
    pal_arena_clear(&scratch);
    return st;
}

/* 0 where both belong to one stretch, days apart. */
static int compare_group(const struct pal_law_applied *a,
                         const struct pal_law_applied *b)
{
    int order = pal_view_compare(a->place, b->place);
    if (order == 0) {
        order = (a->year > b->year) - (a->year < b->year);
    }
    return order != 0 ? order : pal_view_compare(a->document, b->document);
}

static int compare_rows(const void *left, const void *right)
{
    const struct pal_law_applied *a = left;
    const struct pal_law_applied *b = right;
    int order = compare_group(a, b);
    if (order == 0) {
        order = (a->first > b->first) - (a->first < b->first);
    }
    if (order == 0) {
        order = pal_view_compare(a->rules, b->rules);
    }
    return order != 0 ? order : pal_view_compare(a->note, b->note);
}

static bool is_same_stretch(const struct pal_law_applied *a,
                            const struct pal_law_applied *b)
{
    return compare_group(a, b) == 0 && a->outcome == b->outcome &&
           pal_view_is_equal(a->rules, b->rules) && pal_view_is_equal(a->note, b->note);
}

static size_t merge(struct pal_law_applied *rows, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && is_same_stretch(&rows[kept - 1], &rows[i])) {
            rows[kept - 1].count += rows[i].count;
            rows[kept - 1].last = rows[i].last;
        } else {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

pal_status pal_law_apply(const struct pal_law *law,
                         const struct pal_law_requests *requests,
                         struct pal_arena *arena, struct pal_law_applied **out,
                         size_t *count, struct pal_error *err)
{
    struct applying in = {law, requests->actor, arena, err};
    void *memory = NULL;
    *out = NULL;
    *count = 0;
    pal_status st =
        pal_arena_alloc(arena, requests->count + 1, sizeof **out, &memory, err);
    struct pal_law_applied *rows = memory;
    for (size_t i = 0; st == PAL_OK && i < requests->count; i++) {
        PAL_BUG_IF(requests->items[i].count < 0);
        st = apply_one(&in, &requests->items[i], &rows[i]);
    }
    if (st != PAL_OK) {
        return st;
    }
    qsort(rows, requests->count, sizeof *rows, compare_rows);
    *count = merge(rows, requests->count);
    *out = rows;
    return PAL_OK;
}
