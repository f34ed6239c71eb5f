/*
 * What a number counts: the noun behind it, with "a day" or "in a row". A number whose noun is
 * no countable thing (miles, votes, years of a life) counts nothing here.
 */
#include <string.h>

#include "document/suggest_internal.h"

enum { NOUN_DISTANCE = 6, RATE_DISTANCE = 8, GENERIC_MIN = 10 };

static bool ends_noun(const struct pal_sentence *s, size_t i)
{
    const struct pal_token *token = &s->tokens[i];
    return (token->kind == PAL_TOKEN_MARK && token->mark != '-') ||
           token->kind == PAL_TOKEN_NUMBER || s->is_time[i] ||
           pal_is(s, i,
                  PAL_CLASS(STOP) | PAL_CLASS(SPEECH) | PAL_CLASS(UP) |
                      PAL_CLASS(DOWN) | PAL_CLASS(MODAL));
}

static bool is_plural(const struct pal_token *token)
{
    struct pal_view word = token->lower;
    return token->kind == PAL_TOKEN_WORD && !token->is_capital && word.size > 3 &&
           word.data[word.size - 1] == 's' && word.data[word.size - 2] != 's' &&
           word.data[word.size - 2] != 'u' && word.data[word.size - 2] != '\'';
}

/* "two others face prosecution": a noun in the singular is not what two are of. Of a share it
 * may be ("half the population"), and behind a hyphen ("12-hour shifts"). */
static bool fits_number(const struct pal_number *number, const struct pal_lexeme *unit,
                        bool is_hyphened)
{
    static const char *const many[] = {"people",    "personnel", "staff",     "men",
                                       "women",     "children",  "police",    "feet",
                                       "spokesmen", "policemen", "servicemen"};
    struct pal_view last = unit->phrase;
    bool is_no = number->value == 0 && pal_view_is_equal(number->hedge, PAL_VIEW("no"));
    if (is_hyphened || number->is_share || !number->has_value ||
        (number->value <= 1 && !is_no)) {
        return true;
    }
    for (size_t k = 0; k < sizeof many / sizeof many[0]; k++) {
        if (pal_view_has_suffix(last, pal_view_of(many[k]))) {
            return true;
        }
    }
    return last.data[last.size - 1] == 's' &&
           !pal_view_has_suffix(last, PAL_VIEW("ss"));
}

/* Looks for the noun from token i on. The last of several nouns in a row is the one that is
 * counted ("10 jail beds"). */
static void find_noun(const struct pal_sentence *s, size_t i, struct pal_number *number)
{
    size_t last_plural = SIZE_MAX;
    bool is_hyphened = i > 0 && pal_is_mark(s, i - 1, '-');
    for (size_t at = i; at < s->count && at < i + NOUN_DISTANCE; at++) {
        const struct pal_lexeme *per = pal_find(s, at, PAL_CLASS(PER));
        if (ends_noun(s, at) || (per != NULL && per->word_count > 1) ||
            pal_is_word(s, at, "and") || pal_is_word(s, at, "others")) {
            break;
        }
        const struct pal_lexeme *unit = pal_find(s, at, PAL_CLASS(UNIT));
        if (unit != NULL && !fits_number(number, unit, is_hyphened)) {
            at += unit->word_count - 1;
        } else if (unit != NULL) {
            number->unit = unit;
            number->unit_at = at;
            number->unit_end = at + unit->word_count;
            number->unit_text = unit->text;
            at += unit->word_count - 1;
        } else if (number->unit != NULL ||
                   (last_plural != SIZE_MAX && !is_plural(&s->tokens[at]))) {
            break; /* a verb or an adverb: "83 people taken" */
        } else if (is_plural(&s->tokens[at])) {
            last_plural = at;
        }
    }
    if (number->unit == NULL && last_plural != SIZE_MAX &&
        (number->is_digits || number->value >= GENERIC_MIN ||
         pal_is(s, last_plural + 1, PAL_CLASS(PER)))) {
        number->unit_at = last_plural;
        number->unit_end = last_plural + 1;
        number->unit_text = s->tokens[last_plural].lower;
    }
}

static size_t behind_of(const struct pal_sentence *s, size_t at)
{
    static const char *const words[] = {"the", "those", "these", "all",
                                        "its", "their", "his",   "her",
                                        "our", "every", "them",  "such"};
    if (!pal_is_word(s, at, "of")) {
        return at;
    }
    at++;
    return at + (PAL_IS_ANY(s, at, words) ? 1 : 0);
}

/* "none of the 26 detainers": the number in between is the whole, not the part. A whole that is
 * large enough is a statement of its own ("85 percent of the 704 people arrested"). */
static void take_whole(struct pal_sentence *s, struct pal_number *number, size_t at)
{
    for (size_t k = 0; k < s->number_count; k++) {
        struct pal_number *other = &s->numbers[k];
        if (other->first == at && other != number && !other->is_out) {
            find_noun(s, other->end, number);
            other->is_taken = other->value < GENERIC_MIN || number->unit == NULL ||
                              !pal_is_word(s, at - 1, "the") ||
                              (number->has_value && number->value == 0);
        }
    }
}

/* "of them", "of those" with no word behind that says whom ("of those arrested"). */
static bool is_pronoun_whole(const struct pal_sentence *s, size_t at)
{
    if (pal_is_word(s, at, "them")) {
        return true;
    }
    return (pal_is_word(s, at, "those") || pal_is_word(s, at, "these")) &&
           (at + 1 >= s->count || s->tokens[at + 1].kind == PAL_TOKEN_MARK ||
            (pal_is(s, at + 1, PAL_CLASS(STOP)) && !pal_is_word(s, at + 1, "who") &&
             !pal_is_word(s, at + 1, "in") && !pal_is_word(s, at + 1, "at") &&
             !pal_is_word(s, at + 1, "with")));
}

static void find_unit(struct pal_sentence *s, struct pal_number *number)
{
    size_t at = number->end;
    size_t behind = behind_of(s, at);
    if (behind > at) {
        number->is_part = !number->is_share;
        take_whole(s, number, behind);
        if (number->unit == NULL) {
            find_noun(s, behind, number);
        }
        const struct pal_lexeme *before =
            number->unit == NULL && is_pronoun_whole(s, behind - 1)
                ? pal_unit_before(s, number)
                : NULL;
        if (before != NULL) {
            pal_unit_take(number, before, behind);
        } else if (number->unit == NULL && (pal_is_word(s, behind - 1, "those") ||
                                            pal_is_word(s, behind - 1, "these") ||
                                            pal_is_word(s, behind - 1, "them"))) {
            number->unit_at = behind - 1;
            number->unit_end = behind;
            number->unit_text = PAL_VIEW("people");
        }
        return;
    }
    if (pal_is_mark(s, at, '-')) {
        /* "a three-day operation", "a 14-page order": what kind, not how many. */
        const struct pal_lexeme *unit = pal_find(s, at + 1, PAL_CLASS(UNIT));
        bool is_shift =
            pal_is_word(s, at + 2, "shift") || pal_is_word(s, at + 2, "shifts");
        if (unit != NULL && unit->kind == PAL_UNIT_TIME &&
            (is_shift || pal_is_word(s, at + 2, "days"))) {
            /* "12-hour shifts", "14-hour days" */
            pal_unit_take(number, unit, at + 3);
            number->rate = is_shift ? PAL_VIEW("a shift") : PAL_VIEW("a day");
        }
        return;
    }
    find_noun(s, at, number);
}

static void find_rate(const struct pal_sentence *s, struct pal_number *number)
{
    size_t at = number->unit_at == SIZE_MAX ? number->end : number->unit_end;
    const struct pal_lexeme *row = pal_find(s, at, PAL_CLASS(ROW));
    if (row == NULL && number->unit_at != SIZE_MAX && number->unit_at > number->end) {
        row = pal_find(s, number->unit_at - 1, PAL_CLASS(ROW));
    }
    if (row != NULL) {
        number->is_row = true;
        number->rate = row->text;
        return;
    }
    for (size_t i = at; i < s->count && i < at + RATE_DISTANCE; i++) {
        const struct pal_lexeme *per = pal_find(s, i, PAL_CLASS(PER));
        if (per != NULL) {
            number->rate = per->text;
            return;
        }
        if (s->tokens[i].kind == PAL_TOKEN_MARK ||
            s->tokens[i].kind == PAL_TOKEN_NUMBER) {
            return;
        }
    }
}

static bool has_near(const struct pal_sentence *s, size_t first, size_t end,
                     uint64_t classes)
{
    for (size_t i = first; i < end && i < s->count; i++) {
        if (pal_is(s, i, classes)) {
            return true;
        }
    }
    return false;
}

/* A word of work that tells what was done: "to hold a person for 48 hours" tells a task. */
static bool has_work(const struct pal_sentence *s, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        bool is_task = i > 0 && pal_is_word(s, i - 1, "to") &&
                       (pal_is_word(s, i, "hold") || pal_is_word(s, i, "keep") ||
                        pal_is_word(s, i, "detain"));
        if (pal_is(s, i, PAL_CLASS(WORK)) && !is_task) {
            return true;
        }
    }
    return false;
}

static bool is_for(const struct pal_sentence *s, const struct pal_number *number)
{
    size_t at = number->hedge_first;
    return at > 0 && (pal_is_word(s, at - 1, "for") || pal_is_word(s, at - 1, "spent"));
}

/* "had been there for 11 hours". */
static bool has_perfect(const struct pal_sentence *s, size_t first, size_t end)
{
    for (size_t i = first; i + 1 < end; i++) {
        if ((pal_is_word(s, i, "had") || pal_is_word(s, i, "have") ||
             pal_is_word(s, i, "has")) &&
            pal_is_word(s, i + 1, "been")) {
            return true;
        }
    }
    return false;
}

/* The language of a rule, however far back it began. */
static bool has_shall(const struct pal_sentence *s, size_t end)
{
    for (size_t i = 0; i < end; i++) {
        if (pal_is_word(s, i, "shall")) {
            return true;
        }
    }
    return false;
}

/* Hours and days are counted where somebody works, watches or is held; not as a term of a
 * rule, and not as a distance in time. */
static bool is_span(const struct pal_sentence *s, const struct pal_number *number)
{
    static const char *const away[] = {"ago",   "later",  "earlier", "before",
                                       "after", "old",    "since",   "away",
                                       "from",  "notice", "deadline"};
    size_t from = number->first > 8 ? number->first - 8 : 0;
    for (size_t k = 0; k < sizeof away / sizeof away[0]; k++) {
        if (pal_is_word(s, number->unit_end, away[k])) {
            return false;
        }
    }
    if (number->first > 0 && (pal_is_word(s, number->first - 1, "past") ||
                              pal_is_word(s, number->first - 1, "last") ||
                              pal_is_word(s, number->first - 1, "within") ||
                              pal_is_word(s, number->first - 1, "first") ||
                              pal_is_word(s, number->first - 1, "next"))) {
        return false;
    }
    if (number->is_row || number->rate.size > 0) {
        return true;
    }
    if (has_near(s, from, number->first, PAL_CLASS(MODAL)) ||
        has_shall(s, number->first)) {
        return false;
    }
    size_t end = s->count < number->unit_end + 6 ? s->count : number->unit_end + 6;
    /* "kept past their release, some of them for as long as five days". */
    size_t begin = is_for(s, number) ? 0 : from;
    return has_work(s, begin, end) ||
           has_near(s, from, number->first, PAL_CLASS(AVERAGE)) ||
           (is_for(s, number) && has_perfect(s, from, number->first));
}

/* "two officials said", "three people familiar with the plan": they speak, they are not
 * counted. */
static bool is_speaker(const struct pal_sentence *s, const struct pal_number *number)
{
    if (number->unit == NULL || (number->unit->kind != PAL_UNIT_PERSON &&
                                 number->unit->kind != PAL_UNIT_STAFF)) {
        return false;
    }
    if (number->value >= 10 || !number->has_value) {
        return false;
    }
    if (number->first > 1 && pal_is_word(s, number->first - 2, "according")) {
        return true;
    }
    return has_near(s, number->unit_end, number->unit_end + 3,
                    PAL_CLASS(SOURCE) | PAL_CLASS(SPEECH));
}

/* "lawyers for two families disputed that": whose lawyers, not how many families. */
static bool is_client(const struct pal_sentence *s, const struct pal_number *number)
{
    return number->first > 1 && number->value < GENERIC_MIN && number->has_value &&
           (pal_is_word(s, number->first - 1, "for") ||
            pal_is_word(s, number->first - 1, "representing")) &&
           pal_is(s, number->first - 2, PAL_CLASS(PRIVATE) | PAL_CLASS(OFFICIAL));
}

/* "with no convictions": what somebody is, not how many. */
static bool is_trait(const struct pal_number *number)
{
    return number->hedge.size > 0 && number->value == 0 && number->has_value &&
           (pal_view_has_prefix(number->unit_text, PAL_VIEW("conviction")) ||
            pal_view_has_prefix(number->unit_text, PAL_VIEW("charge")));
}

/* "has three children": one person's life. */
static bool is_family(const struct pal_sentence *s, const struct pal_number *number)
{
    return pal_view_has_prefix(number->unit_text, PAL_VIEW("child")) &&
           number->value < 10 && number->first > 0 &&
           (pal_is_word(s, number->first - 1, "has") ||
            pal_is_word(s, number->first - 1, "have") ||
            pal_is_word(s, number->first - 1, "had") ||
            pal_is_word(s, number->first - 1, "of"));
}

/* "the four offices that we visited": named before, not counted. */
static bool is_definite(const struct pal_sentence *s, const struct pal_number *number)
{
    static const char *const words[] = {"the", "these", "those", "its",  "their",
                                        "his", "her",   "our",   "both", "other"};
    if (number->is_share || !number->has_value || number->value >= GENERIC_MIN ||
        number->hedge.size > 0 || number->first == 0) {
        return false;
    }
    return PAL_IS_ANY(s, number->first - 1, words);
}

static bool is_countable(const struct pal_sentence *s, const struct pal_number *number)
{
    /* "a city that is home to 711,000 people". */
    bool is_home = number->hedge_first > 1 &&
                   pal_is_word(s, number->hedge_first - 1, "to") &&
                   pal_is_word(s, number->hedge_first - 2, "home");
    if (is_home || is_trait(number) || is_family(s, number) || is_definite(s, number) ||
        is_client(s, number)) {
        return false;
    }
    if (number->is_share) {
        return number->hedge.size == 0 || number->has_value ||
               number->unit_at != SIZE_MAX;
    }
    if (number->unit == NULL) {
        return number->unit_at != SIZE_MAX && number->has_value;
    }
    switch (number->unit->kind) {
    case PAL_UNIT_TIME:
        return is_span(s, number) && number->has_value;
    case PAL_UNIT_LONG:
    case PAL_UNIT_MEASURE:
    case PAL_UNIT_OTHER:
        return false;
    case PAL_UNIT_EVENT:
    case PAL_UNIT_PAPER:
    case PAL_UNIT_PERSON:
    case PAL_UNIT_STAFF:
    case PAL_UNIT_THING:
        break;
    }
    return true;
}

/* "down from 267,258", "up from 40", "rather than the usual five", "compared with 12". */
static bool is_former(const struct pal_sentence *s, const struct pal_number *number)
{
    size_t at = number->hedge_first;
    if (at > 0 && pal_is_word(s, at - 1, "usual")) {
        return true;
    }
    for (size_t back = 1; back <= 4 && back <= at; back++) {
        size_t i = at - back;
        if (pal_is_word(s, i, "than") || pal_is_word(s, i, "compared") ||
            pal_is_word(s, i, "versus") ||
            (pal_is_word(s, i, "from") && i > 0 &&
             pal_is(s, i - 1, PAL_CLASS(UP) | PAL_CLASS(DOWN)))) {
            /* "more than 10" has its "than" in the hedge. */
            return true;
        }
        if (back > 1 && pal_is_word(s, at - 1, "to")) {
            return false; /* "climbed from 20 percent to 36 percent" */
        }
        if (s->tokens[i].kind == PAL_TOKEN_MARK || pal_is_word(s, i, "and")) {
            return false;
        }
    }
    return false;
}

void pal_units_find(struct pal_sentence *s)
{
    for (size_t k = 0; k < s->number_count; k++) {
        struct pal_number *number = &s->numbers[k];
        if (number->is_out) {
            continue;
        }
        find_unit(s, number);
        if (number->rate.size == 0) {
            find_rate(s, number);
        }
        if (is_former(s, number)) {
            number->is_taken = true;
        }
        pal_unit_inherit(s, number);
        number->is_out = !is_countable(s, number) || is_speaker(s, number);
    }
    pal_units_carry(s);
}
