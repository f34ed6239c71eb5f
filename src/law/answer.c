/*
 * One question answered from the rules of a place and of the places it lies in.
 *
 * At each level an exception that holds goes before the general rule. Over the levels a ban goes
 * before leave, a duty before leave, and a ban beside a duty is disputed. Federal law makes a
 * detainer a request: that leaves the matter to the place, and where the place has no rule on
 * file the answer is unknown, not "may". A rule that begins or ends on a day that its source does
 * not give may be in force on the days that are possible; where it would change the answer, the
 * answer is unknown.
 */
#include "law/law_internal.h"

struct candidate {
    const struct pal_law_rule *rule;
    enum pal_law_force force;
    bool is_conflicting; /* with another candidate of its level */
    bool is_open;        /* leave by federal law, which settles nothing locally */
};

struct candidates {
    size_t count;
    struct candidate *items;
};

static bool is_asked(const struct pal_law_rule *rule, const struct pal_law_ask *ask,
                     int place)
{
    return rule->place == place && (rule->actors & (uint32_t)ask->actor) != 0 &&
           (rule->documents & (UINT32_C(1) << ask->document)) != 0 &&
           pal_view_is_equal(rule->question, ask->question);
}

/* Two rules of one level, one ending and one beginning within the same stretch, that say the
 * same: whichever is in force, the answer is theirs. */
static void settle_changeover(struct candidates *level)
{
    for (size_t i = 0; i < level->count; i++) {
        for (size_t k = 0; k < level->count; k++) {
            struct candidate *a = &level->items[i];
            struct candidate *b = &level->items[k];
            if (i != k && a->force == PAL_LAW_MAY_BE_IN_FORCE &&
                b->force == PAL_LAW_MAY_BE_IN_FORCE &&
                a->rule->outcome == b->rule->outcome &&
                a->rule->terms == b->rule->terms && a->rule->to.first != PAL_DAY_NONE &&
                a->rule->to.first == b->rule->from.first) {
                a->force = PAL_LAW_IN_FORCE;
                b->force = PAL_LAW_IN_FORCE;
            }
        }
    }
}

static void mark_conflicts(struct candidates *level)
{
    for (size_t i = 0; i < level->count; i++) {
        for (size_t k = 0; k < level->count; k++) {
            struct candidate *a = &level->items[i];
            const struct candidate *b = &level->items[k];
            a->is_conflicting =
                a->is_conflicting ||
                (a->force == PAL_LAW_IN_FORCE && b->force == PAL_LAW_IN_FORCE &&
                 pal_law_rule_names(a->rule, b->rule->id));
        }
    }
}

/* The rules of one place in force under the facts, put behind those there are. */
static void add_level(const struct pal_law *law, const struct pal_law_ask *ask,
                      int place, struct candidates *all)
{
    struct candidates level = {0, all->items + all->count};
    bool has_exception = false;
    size_t kept = 0;
    for (size_t i = 0; i < law->rule_count; i++) {
        const struct pal_law_rule *rule = &law->rules[i];
        enum pal_law_force force = pal_law_force_on(&rule->from, &rule->to, ask->day);
        if (is_asked(rule, ask, place) && force != PAL_LAW_NOT_IN_FORCE &&
            pal_law_terms_hold(rule->terms, &ask->facts) == PAL_LAW_TRUE) {
            level.items[level.count++] = (struct candidate){rule, force, false, false};
        }
    }
    settle_changeover(&level);
    for (size_t i = 0; i < level.count; i++) {
        has_exception = has_exception || (level.items[i].rule->terms != 0 &&
                                          level.items[i].force == PAL_LAW_IN_FORCE);
    }
    for (size_t i = 0; i < level.count; i++) {
        if (!has_exception || level.items[i].rule->terms != 0) {
            level.items[kept++] = level.items[i];
        }
    }
    level.count = kept;
    mark_conflicts(&level);
    all->count += kept;
}

static bool is_left_to_places(const struct pal_law_ask *ask)
{
    return ask->actor != PAL_LAW_AGENCY &&
           (pal_view_is_equal(ask->question, PAL_VIEW(PAL_LAW_QUESTION_HOLD)) ||
            pal_view_is_equal(ask->question, PAL_VIEW(PAL_LAW_QUESTION_HAND)) ||
            pal_view_is_equal(ask->question, PAL_VIEW(PAL_LAW_QUESTION_NOTIFY)));
}

static bool has_outcome(const struct candidates *all, enum pal_law_outcome outcome)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct candidate *item = &all->items[i];
        if (item->force == PAL_LAW_IN_FORCE && !item->is_open &&
            item->rule->outcome == outcome) {
            return true;
        }
    }
    return false;
}

static bool has_conflict(const struct candidates *all)
{
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].is_conflicting) {
            return true;
        }
    }
    return false;
}

static enum pal_law_outcome settled(const struct candidates *all)
{
    bool must = has_outcome(all, PAL_LAW_MUST);
    bool must_not = has_outcome(all, PAL_LAW_MUST_NOT);
    if (has_conflict(all) || has_outcome(all, PAL_LAW_DISPUTED) || (must && must_not)) {
        return PAL_LAW_DISPUTED;
    }
    if (must_not) {
        return PAL_LAW_MUST_NOT;
    }
    if (must) {
        return PAL_LAW_MUST;
    }
    return has_outcome(all, PAL_LAW_MAY_HOLD) && !has_outcome(all, PAL_LAW_UNKNOWN)
               ? PAL_LAW_MAY_HOLD
               : PAL_LAW_UNKNOWN;
}

/* Would the answer be another one if this rule were in force? */
static bool would_change(const struct candidate *item, enum pal_law_outcome outcome)
{
    enum pal_law_outcome its = item->rule->outcome;
    return item->force == PAL_LAW_MAY_BE_IN_FORCE && !item->is_open && its != outcome &&
           its != PAL_LAW_UNKNOWN &&
           !(its == PAL_LAW_MAY_HOLD &&
             (outcome == PAL_LAW_MUST_NOT || outcome == PAL_LAW_MUST));
}

static bool decides(const struct candidate *item,
                    const struct pal_law_decision *decision, bool by_conflict)
{
    enum pal_law_outcome its = item->rule->outcome;
    if (item->force != PAL_LAW_IN_FORCE) {
        return decision->outcome == PAL_LAW_UNKNOWN && !item->is_open;
    }
    if (item->is_open) {
        return false;
    }
    if (decision->outcome == PAL_LAW_DISPUTED) {
        return by_conflict ? item->is_conflicting
                           : its == PAL_LAW_DISPUTED || its == PAL_LAW_MUST ||
                                 its == PAL_LAW_MUST_NOT;
    }
    return its == decision->outcome;
}

static void take_dates(struct pal_law_decision *out)
{
    for (size_t i = 0; i < out->deciding_count; i++) {
        const struct pal_law_rule *rule = out->rules[i];
        if (rule->from.text.size > 0 &&
            (out->from.text.size == 0 || rule->from.last > out->from.last)) {
            out->from = rule->from;
        }
        if (rule->to.text.size > 0 &&
            (out->to.text.size == 0 || rule->to.first < out->to.first)) {
            out->to = rule->to;
        }
    }
}

static void take_verified(struct pal_law_decision *out)
{
    bool all = out->deciding_count > 0;
    bool any = false;
    for (size_t i = 0; i < out->deciding_count; i++) {
        const struct pal_law_rule *rule = out->rules[i];
        all = all && rule->is_verified;
        any = any || rule->is_verified;
        out->has_verified_dates =
            out->has_verified_dates ||
            (rule->is_verified &&
             pal_view_is_equal(rule->dates_verified, PAL_VIEW("yes")));
    }
    out->is_verified = out->outcome == PAL_LAW_DISPUTED ? all : any;
}

/* Nobody has compared the deciding rules with their sources since. */
static bool is_after_check(const struct pal_law_decision *out, int32_t day)
{
    int32_t checked = PAL_DAY_NONE;
    for (size_t i = 0; i < out->deciding_count; i++) {
        struct pal_law_date date;
        if (pal_law_date_read(out->rules[i]->date_checked, &date) &&
            date.last != PAL_DAY_NONE &&
            (checked == PAL_DAY_NONE || date.last > checked)) {
            checked = date.last;
        }
    }
    return checked != PAL_DAY_NONE && day > checked;
}

static void take_rules(const struct candidates *all, bool by_conflict,
                       struct pal_law_decision *out)
{
    for (size_t i = 0; i < all->count; i++) {
        if (decides(&all->items[i], out, by_conflict)) {
            out->rules[out->rule_count++] = all->items[i].rule;
        }
    }
    out->deciding_count = out->rule_count;
    for (size_t i = 0; i < all->count; i++) {
        if (!decides(&all->items[i], out, by_conflict)) {
            out->rules[out->rule_count++] = all->items[i].rule;
        }
    }
}

pal_status pal_law_answer(const struct pal_law *law, const struct pal_law_ask *ask,
                          struct pal_arena *arena, struct pal_law_decision *out,
                          struct pal_error *err)
{
    struct candidates all = {0, NULL};
    int chain[PAL_LAW_CHAIN_MAX];
    size_t depth = pal_law_chain(law, ask->place, chain);
    void *memory = NULL;
    *out = (struct pal_law_decision){
        .actor = ask->actor, .document = ask->document, .question = ask->question};
    out->from = out->to = (struct pal_law_date){{"", 0}, PAL_DAY_NONE, PAL_DAY_NONE};
    out->note = (struct pal_view){"", 0};
    size_t room = 1;
    for (size_t i = 0; i < law->rule_count; i++) {
        room += pal_view_is_equal(law->rules[i].question, ask->question) ? 1 : 0;
    }
    pal_status st = pal_arena_alloc(arena, room, sizeof *all.items, &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    all.items = memory;
    st = pal_arena_alloc(arena, room, sizeof(struct pal_law_rule *), &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    out->rules = memory;
    for (size_t i = 0; i < depth; i++) {
        size_t before = all.count;
        add_level(law, ask, chain[i], &all);
        bool is_federal = i > 0 && law->places[chain[i]].parent < 0;
        for (size_t k = before; k < all.count && is_federal; k++) {
            all.items[k].is_open = is_left_to_places(ask) &&
                                   all.items[k].rule->outcome == PAL_LAW_MAY_HOLD;
        }
    }
    out->outcome = settled(&all);
    bool by_conflict = has_conflict(&all);
    for (size_t i = 0; i < all.count; i++) {
        if (would_change(&all.items[i], out->outcome)) {
            out->outcome = PAL_LAW_UNKNOWN;
            out->note = PAL_VIEW("a rule begins or ends in these days, and its day is "
                                 "not on file");
        }
    }
    take_rules(&all, by_conflict, out);
    take_dates(out);
    take_verified(out);
    if (out->outcome == PAL_LAW_UNKNOWN && out->deciding_count == 0) {
        out->note = PAL_VIEW("no rule of the place is on file for this day");
    } else if (out->outcome == PAL_LAW_UNKNOWN && out->note.size == 0) {
        out->note = out->rules[0]->says;
    } else if (out->note.size == 0 && is_after_check(out, ask->day)) {
        out->note = PAL_VIEW("the rules were last checked before this day, and may "
                             "have changed");
    }
    return PAL_OK;
}
