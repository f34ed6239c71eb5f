/*
 * What rose or fell, by how much and from what to what: verbs ("rose 18 percent"), nouns ("a 30
 * percent increase in arrests"), and ratios ("twice as many").
 */
#include <string.h>

#include "document/statement_internal.h"

enum { SUBJECT_BACK = 12, AMOUNT_AHEAD = 5 };

bool pal_is_event_or_person(const struct pal_lexeme *unit)
{
    return unit->kind == PAL_UNIT_EVENT || unit->kind == PAL_UNIT_PAPER ||
           unit->kind == PAL_UNIT_PERSON || unit->kind == PAL_UNIT_STAFF;
}

/* ", and", ", while", ";": another clause begins. */
static bool is_clause_end(const struct pal_sentence *s, size_t i)
{
    return pal_is_mark(s, i, ';') ||
           (pal_is_mark(s, i, ',') &&
            (pal_is_word(s, i + 1, "and") || pal_is_word(s, i + 1, "but") ||
             pal_is_word(s, i + 1, "while")));
}

/* The noun that a verb of change speaks of: in front of it, else behind "in" or "of". */
static const struct pal_lexeme *subject_of(const struct pal_sentence *s, size_t verb,
                                           size_t behind)
{
    const struct pal_lexeme *found = NULL;
    size_t from = verb > SUBJECT_BACK ? verb - SUBJECT_BACK : 0;
    for (size_t i = verb; found == NULL && i-- > from;) {
        const struct pal_lexeme *unit = pal_find(s, i, PAL_CLASS(UNIT));
        /* "arrests by Enforcement and Removal Operations": a name. */
        bool is_name =
            i > 0 && s->tokens[i].is_capital && s->tokens[i - 1].kind == PAL_TOKEN_WORD;
        if (is_clause_end(s, i)) {
            break;
        }
        if (unit != NULL && pal_is_event_or_person(unit) && !is_name) {
            found = unit;
        }
    }
    for (size_t i = behind; found == NULL && i < s->count && i < behind + SUBJECT_BACK;
         i++) {
        const struct pal_lexeme *unit = pal_find(s, i, PAL_CLASS(UNIT));
        if (unit != NULL && pal_is_event_or_person(unit)) {
            found = unit;
        }
    }
    return found;
}

static struct pal_number *number_from(struct pal_sentence *s, size_t first, size_t end)
{
    for (size_t k = 0; k < s->number_count; k++) {
        struct pal_number *number = &s->numbers[k];
        if (number->first >= first && number->first < end && !number->is_refused &&
            number->has_value) {
            return number;
        }
    }
    return NULL;
}

static void take_amount(struct pal_draft *claim, struct pal_number *number,
                        struct pal_view subject)
{
    claim->has_value = true;
    claim->value = number->value;
    claim->has_high = number->has_high;
    claim->high = number->high;
    claim->hedge = number->hedge;
    claim->unit = number->is_share ? PAL_VIEW("%") : subject;
    claim->end = number->end > claim->end ? number->end : claim->end;
    number->is_taken = true;
}

/* "up" and "down" are changes only beside an amount or a day. */
static bool is_change(const struct pal_sentence *s, size_t i, size_t behind)
{
    static const char *const verbs[] = {
        "made",   "make",    "makes", "making", "picked",  "ended", "set",
        "gave",   "rounded", "built", "came",   "broken",  "broke", "turned",
        "handed", "shut",    "took",  "put",    "cracked", "showed"};
    bool is_short = pal_is_word(s, i, "up") || pal_is_word(s, i, "down");
    if (is_short && i > 0 && PAL_IS_ANY(s, i - 1, verbs)) {
        return false; /* "made up 14 percent" */
    }
    if (pal_is(s, i, PAL_CLASS(MOST_AT))) {
        return false;
    }
    if (pal_is_word(s, i, "declined")) {
        for (size_t k = 0; k < s->number_count; k++) {
            if (s->numbers[k].first <= behind + 1 && s->numbers[k].end > behind) {
                return true;
            }
        }
        return false; /* "detainers declined by jails" */
    }
    bool is_loose = pal_is_word(s, i, "cut") || pal_is_word(s, i, "reduced") ||
                    pal_is_word(s, i, "slid") || pal_is_word(s, i, "slipped") ||
                    pal_is_word(s, i, "eased") || pal_is_word(s, i, "slashed") ||
                    pal_is_word(s, i, "shaved");
    if (!is_short && !is_loose) {
        return !(pal_is_word(s, i, "fall") && i > 0 && pal_is_word(s, i - 1, "the"));
    }
    bool is_joined = pal_is_word(s, behind, "by") || pal_is_word(s, behind, "about") ||
                     pal_is_word(s, behind, "nearly") ||
                     pal_is_word(s, behind, "since") ||
                     pal_is(s, behind, PAL_CLASS(MORE));
    for (size_t k = 0; k < s->number_count && !is_joined; k++) {
        is_joined = s->numbers[k].first == behind && s->numbers[k].is_share;
    }
    return is_joined;
}

/* "fell from 61,000 to 48,500", "were down 18 percent, to 5,412": where it ended is a count of the
 * subject, where it began is what it is compared with. */
static void take_ends(struct pal_sentence *s, size_t behind,
                      const struct pal_lexeme *subject)
{
    for (size_t k = 0; k < s->number_count; k++) {
        struct pal_number *number = &s->numbers[k];
        size_t at = number->hedge_first;
        bool is_end = at > 0 && pal_is_word(s, at - 1, "to");
        bool is_begin = at > 0 && pal_is_word(s, at - 1, "from");
        bool is_bare = number->unit == NULL || number->unit_at == number->end;
        if (number->first < behind || number->is_refused || number->is_share ||
            !number->has_value || !is_bare || (!is_end && !is_begin)) {
            continue;
        }
        number->unit = subject;
        number->unit_text = subject->text;
        number->unit_at = number->end;
        number->unit_end = number->end;
        number->is_out = false;
        number->is_taken = is_begin;
        if (is_end) {
            return;
        }
    }
}

/* "a 30 percent increase in arrests". */
static struct pal_number *share_before(struct pal_sentence *s, size_t i)
{
    for (size_t k = 0; k < s->number_count; k++) {
        struct pal_number *number = &s->numbers[k];
        size_t end = number->end + (pal_is_mark(s, number->end, '-') ? 1 : 0);
        if (number->is_share && number->has_value && !number->is_taken &&
            (end == i || end + 1 == i) &&
            (end == i || !pal_is(s, end, PAL_CLASS(STOP)))) {
            return number;
        }
    }
    return NULL;
}

static void fill_change(struct pal_sentence *s, size_t i, const struct pal_lexeme *verb,
                        const struct pal_lexeme *subject, struct pal_draft *claim)
{
    size_t behind = i + verb->word_count;
    size_t by = behind + (pal_is_word(s, behind, "by") ? 1 : 0);
    struct pal_number *number = number_from(s, behind, behind + AMOUNT_AHEAD);
    struct pal_number *before = share_before(s, i);
    const struct pal_lexeme *more = i > 1 ? pal_find(s, i - 2, PAL_CLASS(MORE)) : NULL;
    bool has_to = number != NULL && number->hedge_first > 0 &&
                  (pal_is_word(s, number->hedge_first - 1, "to") ||
                   pal_is_word(s, number->hedge_first - 1, "from"));
    if (verb->value > 0) {
        claim->has_value = true;
        claim->value = verb->value;
        claim->unit = verb->value < 10 ? PAL_VIEW("times") : PAL_VIEW("%");
        if (more != NULL && more->word_count == 2) {
            claim->hedge = more->text;
        }
        /* "tripled, from 40 to 120": the two figures are in the comparison. */
        for (size_t k = 0; k < s->number_count; k++) {
            struct pal_number *from = &s->numbers[k];
            if (from->hedge_first > 0 && from->first > i &&
                pal_is_word(s, from->hedge_first - 1, "from")) {
                from->is_taken = true;
                claim->comparison = pal_token_text(s, from->hedge_first - 1, from->end);
            }
        }
    } else if (before != NULL) {
        take_amount(claim, before, claim->subject);
        claim->first = before->hedge_first;
    } else if (number != NULL && !has_to && (number->is_share || by > behind)) {
        take_amount(claim, number, claim->subject);
    }
    if (subject != NULL) {
        take_ends(s, behind, subject);
    }
}

/* The share that says by how much, in front of the verb or behind it. */
static struct pal_number *share_beside(struct pal_sentence *s, size_t i, size_t behind)
{
    struct pal_number *number = number_from(s, behind, behind + 3);
    struct pal_number *before = share_before(s, i);
    return before != NULL ? before
                          : (number != NULL && number->is_share ? number : NULL);
}

static bool has_share_beside(struct pal_sentence *s, size_t i, size_t behind)
{
    return share_beside(s, i, behind) != NULL;
}

/* What changed is money, or nothing that can be told: no claim of its own. */
static void drop_share_beside(struct pal_sentence *s, size_t i, size_t behind)
{
    struct pal_number *number = share_beside(s, i, behind);
    if (number != NULL) {
        number->is_taken = true;
    }
}

static const struct pal_lexeme *counted_last(const struct pal_sentence *s)
{
    const struct pal_lexeme *found = s->carried;
    for (size_t k = 0; k < s->number_count; k++) {
        const struct pal_number *number = &s->numbers[k];
        if (!number->is_out && number->unit != NULL &&
            pal_is_event_or_person(number->unit)) {
            found = number->unit;
        }
    }
    return found;
}

static bool is_of_money(const struct pal_sentence *s, size_t verb)
{
    static const char *const words[] = {
        "stock",   "stocks",   "shares",   "share",  "revenue", "profit",
        "profits", "income",   "prices",   "price",  "sales",   "index",
        "rents",   "rent",     "earnings", "budget", "funding", "costs",
        "cost",    "spending", "wages",    "p" /* of "S&P" */};
    for (size_t i = 0; i < verb; i++) {
        if (pal_is_mark(s, i, '$') || PAL_IS_ANY(s, i, words)) {
            return true;
        }
    }
    return false;
}

pal_status pal_changes_make(struct pal_sentence *s, struct pal_suggestions *out,
                            struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < s->count; i++) {
        const struct pal_lexeme *verb = pal_find(s, i, PAL_CLASS(UP) | PAL_CLASS(DOWN));
        if (verb == NULL || !is_change(s, i, i + verb->word_count)) {
            continue;
        }
        const struct pal_lexeme *subject = subject_of(s, i, i + verb->word_count);
        bool is_told = has_share_beside(s, i, i + verb->word_count);
        bool is_money = subject == NULL && is_of_money(s, i);
        subject = subject == NULL && !is_money && share_before(s, i) != NULL
                      ? counted_last(s)
                      : subject;
        if (subject == NULL && (!is_told || is_money)) {
            drop_share_beside(s, i, i + verb->word_count);
            continue;
        }
        struct pal_draft claim = {
            .first = i,
            .end = i + verb->word_count,
            .test = verb->word_class == PAL_WORD_UP ? "rose" : "fell",
            .subject = subject == NULL ? PAL_VIEW("what is named") : subject->text,
            .is_person = subject != NULL && subject->kind == PAL_UNIT_PERSON,
        };
        fill_change(s, i, verb, subject, &claim);
        st = pal_draft_put(s, &claim, out, err);
        i = claim.end - 1;
    }
    return st;
}

/* "twice as many arrests", "20 percent more arrests", "three times as many". */
struct ratio {
    size_t end; /* of its tokens; where it began: it is none */
    const char *test;
    bool is_times;
    bool is_amount;
};

static struct ratio read_ratio(const struct pal_sentence *s, size_t i,
                               const struct pal_number *number)
{
    struct ratio ratio = {i, "rose", false, false};
    size_t at = number != NULL ? number->end : i;
    bool is_twice = pal_is_word(s, i, "twice");
    bool is_times = is_twice || (number != NULL && pal_is_word(s, at, "times"));
    at += is_times ? 1 : 0;
    bool is_many =
        (pal_is_word(s, at, "as") && pal_is_word(s, at + 1, "many")) ||
        pal_is_word(s, at, "what") ||
        (pal_is_word(s, at, "the") &&
         (pal_is_word(s, at + 1, "number") || pal_is_word(s, at + 1, "figure") ||
          pal_is_word(s, at + 1, "total") || pal_is_word(s, at + 1, "rate")));
    bool is_more = pal_is_word(s, at, "more") || pal_is_word(s, at, "higher");
    bool is_less = pal_is_word(s, at, "fewer") || pal_is_word(s, at, "lower") ||
                   pal_is_word(s, at, "less");
    bool is_share = number != NULL && number->is_share;
    bool is_than = pal_is_word(s, at + 1, "than");
    if (number != NULL && !is_share && !is_times && number->unit_at == number->end &&
        number->unit != NULL && is_than && (pal_is_word(s, at, "more") || is_less)) {
        /* "17 arrests, 5 more than in January" */
        ratio.test = is_less ? "fell" : "rose";
        ratio.is_amount = true;
        ratio.end = at + 1;
    } else if (is_times && (is_many || is_more)) {
        ratio.is_times = true;
        ratio.end = at + 1;
    } else if (is_share && (is_more || is_less)) {
        ratio.test = is_less ? "fell" : "rose";
        ratio.end = at + 1;
    }
    return ratio;
}

pal_status pal_ratios_make(struct pal_sentence *s, struct pal_suggestions *out,
                           struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i + 2 < s->count; i++) {
        struct pal_number *number = number_from(s, i, i + 1);
        struct ratio ratio = read_ratio(s, i, number);
        const struct pal_lexeme *subject =
            ratio.end > i ? subject_of(s, i, ratio.end) : NULL;
        subject = subject == NULL && ratio.end > i ? counted_last(s) : subject;
        if (subject == NULL) {
            continue;
        }
        struct pal_draft claim = {
            .first = i,
            .end = ratio.end,
            .test = ratio.test,
            .has_value = true,
            .value = number == NULL ? 2 : number->value,
            .unit = ratio.is_times    ? PAL_VIEW("times")
                    : ratio.is_amount ? subject->text
                                      : PAL_VIEW("%"),
            .hedge = number == NULL ? PAL_VIEW("") : number->hedge,
            .subject = subject->text,
            .is_person = subject->kind == PAL_UNIT_PERSON,
        };
        if (number != NULL) {
            number->is_taken = true;
        }
        st = pal_draft_put(s, &claim, out, err);
    }
    return st;
}
