/*
 * Which numbers count nothing: an amount of money, an age, a time of day, an address, a name, a
 * paragraph of a law, a telephone.
 */
#include <string.h>

#include "document/number_internal.h"

enum { ADDRESS_WORDS = 4, REPORTER_WORDS = 3 };

static bool is_money(const struct pal_sentence *s, const struct pal_number *number)
{
    return number->first > 0 && pal_is_mark(s, number->first - 1, '$');
}

static bool is_age(const struct pal_sentence *s, const struct pal_number *number)
{
    size_t end = number->end;
    size_t first = number->first;
    if ((pal_number_is_hyphen(s, end) || pal_is_word(s, end, "years") ||
         pal_is_word(s, end, "months")) &&
        (pal_is_word(s, end + 1, "year") || pal_is_word(s, end + 1, "month") ||
         pal_is_word(s, end + 1, "old") || pal_is_word(s, end + 1, "year-old") ||
         pal_is_word(s, end + 1, "month-old") ||
         pal_is_word(s, end + 1, "years-old"))) {
        return true;
    }
    if (first > 0 && pal_is(s, first - 1, PAL_CLASS(AGE))) {
        return true;
    }
    /* "The man, 34, said". */
    return first > 1 && pal_is_mark(s, first - 1, ',') &&
           (pal_is_mark(s, end, ',') || pal_is_mark(s, end, '.')) &&
           number->value < 110 && s->tokens[first - 2].kind == PAL_TOKEN_WORD &&
           end == first + 1;
}

static bool is_clock(const struct pal_sentence *s, const struct pal_number *number)
{
    return pal_is_word(s, number->end, "a.m") || pal_is_word(s, number->end, "p.m") ||
           pal_is_word(s, number->end, "am") || pal_is_word(s, number->end, "pm") ||
           pal_is_word(s, number->end, "o'clock") ||
           pal_is_word(s, number->end, "midnight");
}

/* "1200 block of", "123 North Main Street": a street word within three words of capitals. */
static bool is_address(const struct pal_sentence *s, const struct pal_number *number)
{
    if (!number->is_digits || number->end != number->first + 1) {
        return false;
    }
    if (pal_is_word(s, number->end, "block")) {
        return true;
    }
    for (size_t i = number->end; i < number->end + ADDRESS_WORDS && i < s->count; i++) {
        const struct pal_token *token = &s->tokens[i];
        if (i > number->end && pal_is(s, i, PAL_CLASS(STREET)) && token->is_capital) {
            return true;
        }
        if (!token->is_capital && token->kind != PAL_TOKEN_CODE) {
            break;
        }
    }
    return false;
}

/* "Section 8", "No. 4", "Interstate 94", "U.S.C. 1357", "Boeing 737": a name in front. */
static bool is_label(const struct pal_sentence *s, const struct pal_number *number)
{
    size_t first = number->first;
    if (first == 0 || !number->is_digits) {
        return false;
    }
    const struct pal_token *before = &s->tokens[first - 1];
    if (before->kind == PAL_TOKEN_MARK && before->mark == '#') {
        return true;
    }
    /* "we count 38 vehicles" */
    bool is_verb = !before->is_capital && (pal_is_word(s, first - 1, "count") ||
                                           pal_is_word(s, first - 1, "counts"));
    if (before->kind == PAL_TOKEN_WORD && pal_is(s, first - 1, PAL_CLASS(LABEL)) &&
        !is_verb &&
        (before->is_capital || before->has_point ||
         !pal_is(s, number->end, PAL_CLASS(UNIT)))) {
        return true;
    }
    /* "Officer 12 testified": one of them by number. */
    if (before->is_capital && first > 1 && pal_is(s, first - 1, PAL_CLASS(UNIT)) &&
        !pal_view_has_suffix(before->lower, PAL_VIEW("s")) &&
        !pal_is(s, number->end, PAL_CLASS(UNIT))) {
        return true;
    }
    if (pal_is_word(s, first - 1, "u.s.c") || pal_is_word(s, first - 1, "c.f.r") ||
        pal_is_word(s, number->end, "u.s.c") || pal_is_word(s, number->end, "c.f.r")) {
        return true;
    }
    /* A capital word in the middle of a sentence that is no known word, and nothing counted. */
    return before->kind == PAL_TOKEN_WORD && before->is_capital && first > 1 &&
           before->lexemes == NULL && !pal_is(s, number->end, PAL_CLASS(UNIT)) &&
           !pal_is(s, number->end, PAL_CLASS(PERCENT)) &&
           !pal_is_mark(s, number->end, '%') &&
           s->tokens[number->end < s->count ? number->end : first].kind ==
               PAL_TOKEN_MARK;
}

/* "29 F.4th 1123", "477 Mass. 517": volume, reporter, page. */
static size_t reporter_end(const struct pal_sentence *s, size_t i)
{
    size_t end = i;
    while (end < s->count && end < i + REPORTER_WORDS &&
           (s->tokens[end].kind == PAL_TOKEN_CODE ||
            (s->tokens[end].kind == PAL_TOKEN_WORD && s->tokens[end].is_capital &&
             s->tokens[end].has_point && !s->is_time[end]))) {
        end++;
    }
    return end;
}

/* "teams of six watched eleven homes": how large a team is, and nobody's number. */
static bool is_size(const struct pal_sentence *s, const struct pal_number *number)
{
    static const char *const groups[] = {
        "team",  "teams", "group",   "groups", "crew",   "crews",   "squads",
        "squad", "pairs", "batches", "panel",  "family", "families"};
    return number->first > 1 && pal_is_word(s, number->first - 1, "of") &&
           PAL_IS_ANY(s, number->first - 2, groups) &&
           !pal_is(s, number->end, PAL_CLASS(UNIT)) &&
           !pal_is(s, number->end + 1, PAL_CLASS(UNIT));
}

static bool is_cited(const struct pal_sentence *s, const struct pal_number *number)
{
    size_t first = number->first;
    size_t end = number->end;
    if (!number->is_digits || end != first + 1) {
        return false;
    }
    size_t behind = reporter_end(s, end);
    if (behind > end && behind < s->count &&
        s->tokens[behind].kind == PAL_TOKEN_NUMBER &&
        !pal_is(s, behind + 1, PAL_CLASS(UNIT))) {
        return true;
    }
    for (size_t words = 1; words <= REPORTER_WORDS && words < first; words++) {
        size_t at = first - words;
        if (s->tokens[at - 1].kind == PAL_TOKEN_NUMBER && !s->is_time[at - 1] &&
            reporter_end(s, at) == first && !pal_is(s, end, PAL_CLASS(UNIT))) {
            return true;
        }
    }
    return false;
}

/* "555-0142": a number glued to the next without a blank is one of a telephone or a case. */
static bool is_glued(const struct pal_sentence *s, const struct pal_number *number)
{
    size_t end = number->end;
    bool has_before = number->first > 0 && !s->tokens[number->first].has_blank &&
                      s->tokens[number->first - 1].kind == PAL_TOKEN_MARK &&
                      strchr("-/.+", s->tokens[number->first - 1].mark) != NULL &&
                      s->tokens[number->first].kind == PAL_TOKEN_NUMBER;
    bool has_behind = end + 1 < s->count && !s->tokens[end].has_blank &&
                      s->tokens[end].kind == PAL_TOKEN_MARK &&
                      strchr("-/", s->tokens[end].mark) != NULL &&
                      s->tokens[end + 1].kind == PAL_TOKEN_NUMBER &&
                      !s->tokens[end + 1].has_blank;
    bool in_brackets = number->first > 0 && pal_is_mark(s, number->first - 1, '(') &&
                       pal_is_mark(s, end, ')') && number->value >= 100;
    return has_before || has_behind || in_brackets;
}

/* "one" is mostly a pronoun. */
static bool is_pronoun(const struct pal_sentence *s, const struct pal_number *number)
{
    const struct pal_lexeme *unit = NULL;
    if (number->value != 1 || number->is_digits || number->is_share) {
        return false;
    }
    unit = pal_find(s, number->end, PAL_CLASS(UNIT));
    return unit == NULL || (unit->kind != PAL_UNIT_PAPER &&
                            !pal_view_is_equal(unit->text, PAL_VIEW("arrests")) &&
                            !pal_view_is_equal(unit->text, PAL_VIEW("removals")));
}

bool pal_number_counts_nothing(const struct pal_sentence *s,
                               const struct pal_number *number)
{
    return is_money(s, number) || is_age(s, number) || is_clock(s, number) ||
           is_address(s, number) || is_label(s, number) || is_cited(s, number) ||
           is_size(s, number) || is_glued(s, number) || is_pronoun(s, number);
}
