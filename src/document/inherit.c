/*
 * Numbers without a noun of their own, and whose noun they have: that of the number before ("54
 * people in Newark and 31 in Boston"), of the subject ("arrests peaked at 322,000"), of the verb
 * ("officers arrested 26 this week"), or of the sentence before ("67 had convictions").
 */
#include <string.h>

#include "document/suggest_internal.h"

enum { SUBJECT_DISTANCE = 16, HOW_MANY = 24, ASIDE = 9 };

static bool is_thing(const struct pal_lexeme *unit)
{
    return unit->kind == PAL_UNIT_EVENT || unit->kind == PAL_UNIT_PAPER ||
           unit->kind == PAL_UNIT_PERSON || unit->kind == PAL_UNIT_STAFF ||
           unit->kind == PAL_UNIT_THING;
}

void pal_unit_take(struct pal_number *number, const struct pal_lexeme *unit, size_t at)
{
    number->unit = unit;
    number->unit_text = unit->text;
    number->unit_at = at;
    number->unit_end = at;
}

/* The last thing that a number before this one counts. */
static const struct pal_lexeme *counted_before(const struct pal_sentence *s,
                                               const struct pal_number *number)
{
    const struct pal_lexeme *found = NULL;
    for (size_t k = 0; k < s->number_count && s->numbers[k].first < number->first;
         k++) {
        const struct pal_number *other = &s->numbers[k];
        if (!other->is_out && !other->is_share && other->unit != NULL &&
            is_thing(other->unit)) {
            found = other->unit;
        }
    }
    return found;
}

const struct pal_lexeme *pal_unit_before(const struct pal_sentence *s,
                                         const struct pal_number *number)
{
    const struct pal_lexeme *found = counted_before(s, number);
    return found != NULL ? found : s->carried;
}

/* The noun in front that is told of: "arrests in the city peaked at". Papers and events before
 * people and offices, which mostly act ("agencies in the county declined 1,107"). */
static const struct pal_lexeme *noun_before(const struct pal_sentence *s, size_t i,
                                            size_t distance)
{
    size_t from = i > distance ? i - distance : 0;
    while (i-- > from) {
        const struct pal_lexeme *unit = pal_find(s, i, PAL_CLASS(UNIT));
        if (pal_is_mark(s, i, ';')) {
            return NULL;
        }
        if (unit != NULL &&
            (unit->kind == PAL_UNIT_EVENT || unit->kind == PAL_UNIT_PAPER ||
             unit->kind == PAL_UNIT_PERSON)) {
            return unit;
        }
    }
    return NULL;
}

static bool ends_clause(const struct pal_sentence *s, size_t i)
{
    return i >= s->count || (s->tokens[i].kind == PAL_TOKEN_MARK &&
                             strchr(".;?!)'_,", s->tokens[i].mark));
}

/* What may stand behind a number without a noun. */
static bool may_follow(const struct pal_sentence *s, size_t i)
{
    static const char *const words[] = {
        "in",     "at",   "had",    "have",    "has",   "were", "was",     "are",
        "from",   "with", "on",     "by",      "of",    "last", "there",   "more",
        "others", "who",  "during", "since",   "this",  "that", "between", "before",
        "after",  "when", "for",    "across",  "w",     "did",  "came",    "went",
        "as",     "and",  "within", "through", "would", "will", "could",   "may"};
    const struct pal_lexeme *per = pal_find(s, i, PAL_CLASS(PER));
    return ends_clause(s, i) || s->is_time[i] || per != NULL ||
           PAL_IS_ANY(s, i, words) || pal_is(s, i, PAL_CLASS(TAKE));
}

/* "peaked at 322,000", "put the number at 127", "a total of 40", "the tally is 1,388"; not "at
 * 47" or "a mother of three". */
static bool is_level(const struct pal_sentence *s, size_t at)
{
    static const char *const sums[] = {
        "total",    "tally",      "count",   "number",  "figure",  "toll",
        "average",  "population", "peak",    "high",    "low",     "record",
        "caseload", "docket",     "backlog", "figures", "numbers", "totals"};
    static const char *const verbs[] = {"peaked", "stood",  "stands", "remained",
                                        "held",   "capped", "ended",  "topped"};
    if (pal_is_word(s, at, "of")) {
        return at > 0 && PAL_IS_ANY(s, at - 1, sums);
    }
    if (pal_is_word(s, at, "at") && at > 0 && PAL_IS_ANY(s, at - 1, verbs)) {
        return true;
    }
    for (size_t i = at > SUBJECT_DISTANCE ? at - SUBJECT_DISTANCE : 0; i < at; i++) {
        if (PAL_IS_ANY(s, i, sums)) {
            return true;
        }
    }
    return false;
}

/* "his two sons, 17 and 19,": ages behind those who have them. */
static bool is_age_of_some(const struct pal_sentence *s,
                           const struct pal_number *number)
{
    enum { OLDEST = 110 };
    size_t at = number->first;
    if (!number->is_digits || number->value > OLDEST ||
        pal_is_word(s, number->end, "of")) {
        return false;
    }
    if (at > 1 && pal_is_word(s, at - 1, "and") &&
        s->tokens[at - 2].kind == PAL_TOKEN_NUMBER) {
        at -= 2;
    }
    if (at < 2 || !pal_is_mark(s, at - 1, ',')) {
        return false;
    }
    const struct pal_lexeme *unit = pal_find(s, at - 2, PAL_CLASS(UNIT));
    struct pal_view word = s->tokens[at - 2].lower;
    return pal_is(s, at - 2, PAL_CLASS(PRIVATE)) ||
           (unit != NULL && unit->kind == PAL_UNIT_PERSON) ||
           pal_view_is_equal(word, PAL_VIEW("sons")) ||
           pal_view_is_equal(word, PAL_VIEW("daughters")) ||
           pal_view_is_equal(word, PAL_VIEW("brothers")) ||
           pal_view_is_equal(word, PAL_VIEW("sisters")) ||
           pal_view_is_equal(word, PAL_VIEW("girls")) ||
           pal_view_is_equal(word, PAL_VIEW("boys"));
}

/* A year, an age, a label or a list number is no count, whatever is behind it. */
static bool may_count(const struct pal_sentence *s, const struct pal_number *number)
{
    static const char *const places[] = {"in",    "on",      "by",   "under", "until",
                                         "after", "before",  "near", "page",  "since",
                                         "from",  "between", "for",  "age"};
    static const char *const persons[] = {"he", "she", "i", "he's", "she's", "i'm"};
    const struct pal_token *token = &s->tokens[number->first];
    size_t at = number->hedge_first;
    bool is_like_year = number->is_digits && token->size == 4 && token->value >= 1900 &&
                        token->value <= 2100;
    bool is_between = number->has_high && at > 0 && pal_is_word(s, at - 1, "between");
    if (is_like_year || (at > 0 && PAL_IS_ANY(s, at - 1, places) && !is_between) ||
        (at > 0 && PAL_IS_ANY(s, at - 1, persons)) ||
        (at > 1 && PAL_IS_ANY(s, at - 2, persons) &&
         !pal_is(s, at - 1, PAL_CLASS(TAKE)))) {
        return false;
    }
    bool is_joint =
        at > 0 && (pal_is_word(s, at - 1, "of") || pal_is_word(s, at - 1, "at") ||
                   pal_is_word(s, at - 1, "is"));
    if (is_joint && !is_level(s, at - 1)) {
        return false;
    }
    if (is_age_of_some(s, number)) {
        return false;
    }
    /* "3." in front of a paragraph. */
    if (number->first == 0 && number->is_digits && number->end < s->count &&
        s->tokens[number->end].kind == PAL_TOKEN_MARK) {
        return false;
    }
    /* "Recommendation 3 remains", "paragraph 12". */
    if (at > 0 && at == number->first && number->is_digits) {
        const struct pal_token *before = &s->tokens[at - 1];
        bool is_noun = before->kind == PAL_TOKEN_WORD && before->lexemes == NULL &&
                       before->is_capital &&
                       !pal_view_has_suffix(before->lower, PAL_VIEW("ly"));
        if (is_noun && !pal_is_word(s, at - 1, "another") && number->value < 1000) {
            return false;
        }
    }
    return at == 0 || s->tokens[at - 1].kind != PAL_TOKEN_NUMBER;
}

/* "arrested 26", "26 were arrested": people, whoever else is named. */
static bool is_taken_people(const struct pal_sentence *s,
                            const struct pal_number *number)
{
    size_t at = number->hedge_first;
    size_t end = number->end;
    if ((at > 0 && pal_is(s, at - 1, PAL_CLASS(TAKE))) ||
        pal_is(s, end, PAL_CLASS(TAKE))) {
        return true;
    }
    while (end < s->count &&
           (pal_is_word(s, end, "were") || pal_is_word(s, end, "was") ||
            pal_is_word(s, end, "had") || pal_is_word(s, end, "have") ||
            pal_is_word(s, end, "been") || pal_is_word(s, end, "others") ||
            pal_is_word(s, end, "of") || pal_is_word(s, end, "whom") ||
            (pal_is_mark(s, end, ',') && end == number->end))) {
        end++;
    }
    return end > number->end && pal_is(s, end, PAL_CLASS(TAKE));
}

/* What was counted before: in the passage, and for a number that begins a sentence ("Thirty of
 * the 58", "Of those, 19 had") in the passage before. */
static const struct pal_lexeme *carried_by(const struct pal_sentence *s,
                                           const struct pal_number *number)
{
    static const char *const papers[] = {"lodged", "honored", "declined", "issued"};
    size_t at = number->hedge_first;
    bool begins = at == 0 || pal_is_word(s, 0, "of") ||
                  (PAL_IS_ANY(s, at - 1, papers) && s->carried_far != NULL &&
                   s->carried_far->kind == PAL_UNIT_PAPER);
    return s->carried == NULL && begins ? s->carried_far : s->carried;
}

/* The noun of a number that stands alone; NULL: none that is plain. */
static const struct pal_lexeme *unit_for(const struct pal_sentence *s,
                                         const struct pal_number *number)
{
    static const char *const levels[] = {
        "at",       "to",       "reached",  "hit",      "totaled", "totalled",
        "numbered", "was",      "were",     "topped",   "be",      "been",
        "fell",     "only",     "averaged", "recorded", "logged",  "counted",
        "reported", "lodged",   "issued",   "filed",    "sent",    "made",
        "received", "answered", "of",       "had"};
    const struct pal_lexeme *found = counted_before(s, number);
    size_t at = number->hedge_first;
    bool is_quoted = at > 0 && s->tokens[at - 1].kind == PAL_TOKEN_MARK;
    if (is_taken_people(s, number) &&
        (found == NULL || found->kind != PAL_UNIT_PERSON)) {
        return s->carried != NULL && s->carried->kind == PAL_UNIT_PERSON ? s->carried
                                                                         : s->people;
    }
    bool is_level_before =
        at > 0 && (PAL_IS_ANY(s, at - 1, levels) ||
                   pal_is(s, at - 1, PAL_CLASS(UP) | PAL_CLASS(DOWN)));
    if (found == NULL && at > 0 && (is_quoted || is_level_before)) {
        found = noun_before(s, at, is_quoted ? HOW_MANY : SUBJECT_DISTANCE);
    }
    return found != NULL ? found : carried_by(s, number);
}

/* "who normally work five days a week, were told to work ten in a row". */
static bool has_taken_days(const struct pal_sentence *s, struct pal_number *number)
{
    const struct pal_lexeme *row = pal_find(s, number->end, PAL_CLASS(ROW));
    for (size_t k = 0; row != NULL && k < s->number_count; k++) {
        const struct pal_number *other = &s->numbers[k];
        if (other->first < number->first && other->unit != NULL &&
            other->unit->kind == PAL_UNIT_TIME) {
            pal_unit_take(number, other->unit, number->end);
            number->is_row = true;
            number->rate = row->text;
            return true;
        }
    }
    return false;
}

/* "none" that says what somebody has ("the others had none") counts nobody. */
static bool is_bare_none(const struct pal_sentence *s, const struct pal_number *number)
{
    static const char *const verbs[] = {"honored", "declined", "issued", "lodged",
                                        "made"};
    size_t at = number->first;
    bool is_nobody = pal_is_word(s, at, "nobody") ||
                     (pal_is_word(s, at, "no") && pal_is_word(s, at + 1, "one"));
    if (is_nobody) {
        return !is_taken_people(s, number); /* "nobody was hurt" counts nobody */
    }
    if (at > 0 &&
        (PAL_IS_ANY(s, at - 1, verbs) || pal_is(s, at - 1, PAL_CLASS(TAKE)))) {
        return false; /* "we honored none" */
    }
    return number->has_value && number->value == 0 && number->hedge.size > 0 &&
           !(pal_is_word(s, number->end, "were") ||
             pal_is_word(s, number->end, "was") || pal_is_word(s, number->end, "of") ||
             pal_is_word(s, number->end, "had"));
}

/* "598 had a record": some of those counted before, told by a trait that no measure has. */
static bool is_part(const struct pal_sentence *s, const struct pal_number *number)
{
    static const char *const words[] = {"had", "have", "has",   "with", "w",
                                        "who", "did",  "whose", "of"};
    size_t at = number->end;
    bool has_trait = PAL_IS_ANY(s, at, words) || PAL_IS_ANY(s, at + 1, words) ||
                     ((pal_is_word(s, at, "were") || pal_is_word(s, at, "was")) &&
                      !pal_is(s, at + 1, PAL_CLASS(TAKE)));
    return has_trait && (pal_is_word(s, 0, "of") || !is_taken_people(s, number));
}

/* "At least 60, and maybe as many as 75, of the arrests": the noun behind the aside. */
static const struct pal_lexeme *unit_of_all(const struct pal_sentence *s, size_t end)
{
    for (size_t at = end; at < s->count && at <= end + ASIDE; at++) {
        if (at > end && s->tokens[at].kind == PAL_TOKEN_MARK &&
            s->tokens[at].mark != ',') {
            return NULL;
        }
        if (pal_is_mark(s, at, ',') && pal_is_word(s, at + 1, "of") &&
            (pal_is_word(s, at + 2, "the") || pal_is_word(s, at + 2, "those") ||
             pal_is_word(s, at + 2, "these"))) {
            return pal_find(s, at + 3, PAL_CLASS(UNIT));
        }
    }
    return NULL;
}

void pal_unit_inherit(const struct pal_sentence *s, struct pal_number *number)
{
    const struct pal_lexeme *unit = NULL;
    bool is_vague =
        !number->has_value && !number->is_share && number->hedge.size > 0 &&
        (pal_is(s, number->end, PAL_CLASS(MODAL)) ||
         pal_is_word(s, number->end, "will") || pal_is_word(s, number->end, "would") ||
         pal_is_word(s, number->end, "were") || pal_is_word(s, number->end, "had"));
    if ((!number->has_value && !is_vague) || number->unit_at != SIZE_MAX ||
        number->is_refused || pal_is_mark(s, number->end, '-') ||
        is_bare_none(s, number) || has_taken_days(s, number)) {
        return;
    }
    if (number->is_share) {
        /* "declined 8,912 of them, or 29 percent". */
        size_t at = number->hedge_first;
        unit = at > 0 && (pal_is_word(s, at - 1, "or") || pal_is_mark(s, at - 1, '('))
                   ? counted_before(s, number)
                   : NULL;
    } else if (may_follow(s, number->end) && may_count(s, number)) {
        unit = pal_is_mark(s, number->end, ',') ? unit_of_all(s, number->end) : NULL;
        unit = unit == NULL ? unit_for(s, number) : unit;
    }
    if (unit != NULL) {
        pal_unit_take(number, unit, number->end);
        number->is_part = is_part(s, number);
    }
}

/* "286 and 956 arrests": the first has the noun of the second. */
static void find_shared(struct pal_sentence *s)
{
    for (size_t k = s->number_count; k-- > 1;) {
        const struct pal_number *next = &s->numbers[k];
        struct pal_number *number = &s->numbers[k - 1];
        bool is_bare = number->unit_at == SIZE_MAX || number->unit_at == number->end;
        if (is_bare && next->unit != NULL && !number->is_refused && number->has_value &&
            !number->is_share && next->first == number->end + 1 &&
            pal_is_word(s, number->end, "and")) {
            number->unit = next->unit;
            number->unit_text = next->unit_text;
            number->unit_at = next->unit_at;
            number->unit_end = next->unit_end;
            number->is_out = next->is_out;
        }
    }
}

void pal_units_carry(struct pal_sentence *s)
{
    find_shared(s);
    for (size_t k = 0; k < s->number_count; k++) {
        const struct pal_number *number = &s->numbers[k];
        if (!number->is_out && number->unit != NULL && is_thing(number->unit)) {
            s->carried = number->unit;
            s->carried_far = number->unit;
        }
    }
}
