/*
 * All that the table says of one place on one day, question by question. What would have to hold
 * as well for an exception is a decision of its own, with its condition.
 */
#include "law/law_internal.h"

enum { QUESTION_MAX = 64, CONDITION_MAX = 32, DECISION_MAX = 8192 };

struct answers {
    const struct pal_law *law;
    const struct pal_law_query *query;
    struct pal_arena *arena;
    struct pal_law_decision *items;
    size_t count;
    struct pal_error *err;
};

static bool has_text(const struct pal_view *texts, size_t count, struct pal_view text)
{
    for (size_t i = 0; i < count; i++) {
        if (pal_view_is_equal(texts[i], text)) {
            return true;
        }
    }
    return false;
}

static bool is_about(const struct pal_law *law, const struct pal_law_rule *rule,
                     const struct pal_law_ask *ask)
{
    int chain[PAL_LAW_CHAIN_MAX];
    size_t depth = pal_law_chain(law, ask->place, chain);
    for (size_t i = 0; i < depth; i++) {
        if (rule->place == chain[i]) {
            return (rule->actors & (uint32_t)ask->actor) != 0 &&
                   (rule->documents & (UINT32_C(1) << ask->document)) != 0;
        }
    }
    return false;
}

/* The usual three first, where they are to be answered in any case. */
static size_t list_questions(const struct answers *answers,
                             const struct pal_law_ask *ask,
                             struct pal_view questions[QUESTION_MAX])
{
    const struct pal_law *law = answers->law;
    size_t count = 0;
    bool is_local = ask->actor != PAL_LAW_AGENCY;
    bool is_asked = answers->query->actors != 0 && answers->query->documents != 0;
    bool is_hold =
        pal_view_is_equal(law->documents[ask->document].asks, PAL_VIEW("hold"));
    if (is_local && (is_asked || is_hold)) {
        questions[count++] = PAL_VIEW(PAL_LAW_QUESTION_HOLD);
    }
    if (is_local && is_asked) {
        questions[count++] = PAL_VIEW(PAL_LAW_QUESTION_HAND);
        questions[count++] = PAL_VIEW(PAL_LAW_QUESTION_NOTIFY);
    }
    for (size_t i = 0; i < law->rule_count && count < QUESTION_MAX; i++) {
        if (is_about(law, &law->rules[i], ask) &&
            !has_text(questions, count, law->rules[i].question)) {
            questions[count++] = law->rules[i].question;
        }
    }
    /* Who asks about one actor and one document has an answer, if only that there is none. */
    if (count == 0 && is_asked) {
        questions[count++] = PAL_VIEW("what it obliges to");
    }
    return count;
}

/* The conditions of the question's rules that are neither met nor ruled out. */
static size_t list_conditions(const struct answers *answers,
                              const struct pal_law_ask *ask,
                              uint32_t conditions[CONDITION_MAX])
{
    const struct pal_law *law = answers->law;
    size_t count = 0;
    for (size_t i = 0; i < law->rule_count; i++) {
        const struct pal_law_rule *rule = &law->rules[i];
        uint32_t missing = rule->terms & ~ask->facts.is_true;
        bool is_new = true;
        if (!is_about(law, rule, ask) ||
            !pal_view_is_equal(rule->question, ask->question) ||
            pal_law_force_on(&rule->from, &rule->to, ask->day) ==
                PAL_LAW_NOT_IN_FORCE ||
            pal_law_terms_hold(rule->terms, &ask->facts) != PAL_LAW_NOT_STATED) {
            continue;
        }
        for (size_t k = 0; k < count; k++) {
            is_new = is_new && conditions[k] != missing;
        }
        if (is_new && count < CONDITION_MAX) {
            conditions[count++] = missing;
        }
    }
    return count;
}

static pal_status add(struct answers *answers, const struct pal_law_ask *ask,
                      uint32_t terms)
{
    if (answers->count == DECISION_MAX) {
        return pal_fail(answers->err, PAL_LIMIT, "more than %d decisions for one place",
                        DECISION_MAX);
    }
    pal_status st = pal_law_answer(answers->law, ask, answers->arena,
                                   &answers->items[answers->count], answers->err);
    if (st == PAL_OK) {
        answers->items[answers->count++].terms = terms;
    }
    return st;
}

static pal_status add_question(struct answers *answers, const struct pal_law_ask *ask)
{
    uint32_t conditions[CONDITION_MAX];
    size_t count = list_conditions(answers, ask, conditions);
    pal_status st = add(answers, ask, 0);
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        struct pal_law_ask other = *ask;
        other.facts.is_true |= conditions[i];
        st = add(answers, &other, conditions[i]);
    }
    return st;
}

static pal_status add_document(struct answers *answers, enum pal_law_actor actor,
                               int document)
{
    struct pal_view questions[QUESTION_MAX];
    struct pal_law_ask ask = {.place = answers->query->place,
                              .day = answers->query->day,
                              .actor = actor,
                              .document = document,
                              .facts = answers->query->facts};
    size_t count = list_questions(answers, &ask, questions);
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        ask.question = questions[i];
        st = add_question(answers, &ask);
    }
    return st;
}

/* Of the forms that ask for the same, the one that was in use that day. */
static bool is_in_use(const struct pal_law *law, size_t index, int32_t day)
{
    const struct pal_law_document *document = &law->documents[index];
    if (pal_law_force_on(&document->from, &document->to, day) == PAL_LAW_NOT_IN_FORCE) {
        return false;
    }
    for (size_t i = index + 1; i < law->document_count && document->asks.size > 0;
         i++) {
        const struct pal_law_document *other = &law->documents[i];
        if (pal_view_is_equal(document->asks, other->asks) &&
            pal_law_force_on(&other->from, &other->to, day) == PAL_LAW_IN_FORCE) {
            return false;
        }
    }
    return true;
}

pal_status pal_law_decide(const struct pal_law *law, const struct pal_law_query *query,
                          struct pal_arena *arena, struct pal_law_decision **out,
                          size_t *count, struct pal_error *err)
{
    static const enum pal_law_actor actors[] = {PAL_LAW_POLICE, PAL_LAW_JAIL,
                                                PAL_LAW_COURT, PAL_LAW_AGENCY};
    struct answers answers = {.law = law, .query = query, .arena = arena, .err = err};
    void *memory = NULL;
    *out = NULL;
    *count = 0;
    pal_status st =
        pal_arena_alloc(arena, DECISION_MAX, sizeof *answers.items, &memory, err);
    answers.items = memory;
    for (size_t i = 0; st == PAL_OK && i < sizeof actors / sizeof actors[0]; i++) {
        if (query->actors != 0 && (query->actors & (uint32_t)actors[i]) == 0) {
            continue;
        }
        for (size_t k = 0; st == PAL_OK && k < law->document_count; k++) {
            bool is_asked = query->documents != 0
                                ? (query->documents & (UINT32_C(1) << k)) != 0
                                : is_in_use(law, k, query->day);
            if (is_asked) {
                st = add_document(&answers, actors[i], (int)k);
            }
        }
    }
    if (st != PAL_OK) {
        return st;
    }
    *out = answers.items;
    *count = answers.count;
    return PAL_OK;
}
