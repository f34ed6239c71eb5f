/*
 * Numbers of a sentence: digits, words, shares, ranges, and words that stand for a number
 * ("dozens", "most", "none"); and which of them count nothing, because they are an amount of
 * money, an age, an address, a name or a paragraph of a law.
 */
#include <string.h>

#include "document/suggest_internal.h"

enum { WINDOW = 4, DECADE = 10 };

static const uint64_t hedges = PAL_CLASS(HEDGE) | PAL_CLASS(LEAST) | PAL_CLASS(MORE) |
                               PAL_CLASS(FEWEST) | PAL_CLASS(MOST_AT);

static bool is_hyphen(const struct pal_sentence *s, size_t i)
{
    return pal_is_mark(s, i, '-');
}

/* What a number in words adds up to so far. */
struct sum {
    double total;
    double current;
    bool has_any;
    bool is_digits;
};

static bool take_multiplier(const struct pal_sentence *s, size_t i, struct sum *sum)
{
    const struct pal_lexeme *word = pal_find(s, i, PAL_CLASS(MULTIPLIER));
    if (word == NULL) {
        return false;
    }
    double current = sum->current > 0 ? sum->current : 1;
    if (word->value >= 1000) {
        sum->total += current * word->value;
        sum->current = 0;
    } else {
        sum->current = current * word->value;
    }
    sum->has_any = true;
    return true;
}

/* "couple of dozen": a number of several words. */
static bool is_couple(const struct pal_sentence *s, size_t i)
{
    const struct pal_lexeme *word = pal_find(s, i, PAL_CLASS(NUMBER));
    return word != NULL && word->word_count > 1;
}

/* Whole numbers in words or digits, "2.2 million", "a dozen"; gives the end, i when none. */
static size_t read_cardinal(const struct pal_sentence *s, size_t i, double *value,
                            bool *is_digits)
{
    struct sum sum = {0};
    size_t at = i;
    if ((pal_is_word(s, at, "a") || pal_is_word(s, at, "an")) &&
        (pal_is(s, at + 1, PAL_CLASS(MULTIPLIER)) || is_couple(s, at + 1))) {
        at++;
    }
    while (at < s->count) {
        const struct pal_token *token = &s->tokens[at];
        const struct pal_lexeme *word = pal_find(s, at, PAL_CLASS(NUMBER));
        size_t behind_hyphen = is_hyphen(s, at) && sum.has_any ? at + 1 : at;
        if (token->kind == PAL_TOKEN_NUMBER && !sum.has_any && !s->is_time[at]) {
            sum.current = token->value;
            sum.has_any = true;
            sum.is_digits = true;
            at++;
        } else if (word != NULL && !sum.is_digits &&
                   (!sum.has_any || sum.current == 0 || sum.current >= 20)) {
            sum.current += word->value;
            sum.has_any = true;
            at += word->word_count;
        } else if (behind_hyphen > at && !sum.is_digits &&
                   pal_is(s, behind_hyphen, PAL_CLASS(NUMBER)) && sum.current >= 20) {
            at = behind_hyphen;
        } else if (take_multiplier(s, behind_hyphen, &sum)) {
            at = behind_hyphen + 1;
        } else if (sum.has_any && pal_is_word(s, at, "and") && sum.current >= 100 &&
                   !sum.is_digits && pal_is(s, at + 1, PAL_CLASS(NUMBER))) {
            at++;
        } else {
            break;
        }
    }
    *value = sum.total + sum.current;
    *is_digits = sum.is_digits;
    if (sum.has_any && sum.total == 0 && pal_is_word(s, at, "and") &&
        pal_is_word(s, at + 1, "a") && pal_is_word(s, at + 2, "half")) {
        /* "one and a half million", "three and a half days" */
        struct sum half = {.current = sum.current + 0.5, .has_any = true};
        at += 3;
        while (take_multiplier(s, at, &half)) {
            at++;
        }
        *value = half.total + half.current;
    }
    return sum.has_any ? at : i;
}

static size_t read_percent(const struct pal_sentence *s, size_t at)
{
    const struct pal_lexeme *word = pal_find(s, at, PAL_CLASS(PERCENT));
    if (pal_is_mark(s, at, '%')) {
        return at + 1;
    }
    if (word != NULL) {
        return at + word->word_count;
    }
    return is_hyphen(s, at) && pal_is(s, at + 1, PAL_CLASS(PERCENT)) ? at + 2 : at;
}

/* A hedge ends in front of token i: "more than half". */
static bool is_hedged(const struct pal_sentence *s, size_t i)
{
    for (size_t words = 1; words <= WINDOW && words <= i; words++) {
        const struct pal_lexeme *found = pal_find(s, i - words, hedges);
        if (found != NULL && found->word_count == words) {
            return true;
        }
    }
    return false;
}

/* "two-thirds", "a quarter", "half"; gives the end, i when none. */
static size_t read_fraction(const struct pal_sentence *s, size_t i, double *share)
{
    double count = 1;
    bool is_digits = false;
    size_t at = i;
    if (pal_is_word(s, i, "a") || pal_is_word(s, i, "one")) {
        at = i + 1;
    } else {
        size_t end = read_cardinal(s, i, &count, &is_digits);
        count = end > i ? count : 1;
        at = end;
    }
    at += is_hyphen(s, at) && at > i ? 1 : 0;
    const struct pal_lexeme *word = pal_find(s, at, PAL_CLASS(FRACTION));
    if (word == NULL || is_digits) {
        return i;
    }
    bool is_half = word->value == 0.5;
    bool has_more = (i > 0 && pal_is_word(s, i - 1, "by")) || is_hedged(s, i) ||
                    pal_is_word(s, at + 1, "of") || pal_is_word(s, at + 1, "the") ||
                    pal_is_word(s, at + 1, "that") || pal_is_word(s, at + 1, "had") ||
                    pal_is_word(s, at + 1, "have") || pal_is_word(s, at + 1, "were") ||
                    pal_is_word(s, at + 1, "are") || pal_is_word(s, at + 1, "was");
    if (pal_is_word(s, at + 1, "that") &&
        (pal_is_word(s, at + 2, "number") || pal_is_word(s, at + 2, "many") ||
         pal_is_word(s, at + 2, "figure") || pal_is_word(s, at + 2, "total"))) {
        return i; /* "half that number, 158,581" */
    }
    bool is_quarter = word->value == 0.25;
    if ((is_half || is_quarter) &&
        ((is_hyphen(s, at + 1) && pal_is(s, at + 2, PAL_CLASS(MULTIPLIER))) ||
         pal_is(s, at + 1, PAL_CLASS(MULTIPLIER)) ||
         (is_half && (is_hyphen(s, at + 1) || pal_is_word(s, at + 1, "a"))))) {
        return i; /* "half a dozen", "half-dozen", "quarter-million" */
    }
    /* "the third", "first quarter" are places in a row. */
    if (at == i && !(is_half && has_more)) {
        return i;
    }
    *share = count * word->value * 100;
    return *share <= 100 ? at + 1 : i;
}

/* "one in five", "nine out of 10", "7 of every 10"; `at` stands behind the first number. */
static size_t read_ratio(const struct pal_sentence *s, size_t at, double count,
                         double *share)
{
    size_t next = at;
    double of = 0;
    bool is_digits = false;
    if (pal_is_word(s, next, "out") && pal_is_word(s, next + 1, "of")) {
        next += 2;
    } else if (pal_is_word(s, next, "in") ||
               (pal_is_word(s, next, "of") && pal_is_word(s, next + 1, "every"))) {
        next += 1;
    } else {
        return at;
    }
    next += pal_is_word(s, next, "every") ? 1 : 0;
    size_t end = read_cardinal(s, next, &of, &is_digits);
    bool is_round =
        count == 1 || of <= 10 || of == 100 || of == 1000 || of == 20 || of == 50;
    if (end == next || count > of || count <= 0 || !is_round) {
        return at;
    }
    *share = 100 * count / of;
    return end;
}

/* The high end of a range: "10 to 15", "10-15", "between 10 and 15", "five or six". */
static size_t read_high(const struct pal_sentence *s, size_t first, size_t at,
                        struct pal_number *number)
{
    double high = 0;
    bool is_digits = false;
    bool is_between = first > 0 && pal_is_word(s, first - 1, "between");
    if (first > 1 && pal_is_word(s, first - 1, "from") &&
        pal_is(s, first - 2, PAL_CLASS(UP) | PAL_CLASS(DOWN))) {
        return at; /* "rose from 40 to 120": two figures and no range */
    }
    /* "16, 17 hours": said of what is not known better. */
    if (pal_is_mark(s, at, ',')) {
        size_t behind = read_cardinal(s, at + 1, &high, &is_digits);
        if (behind > at + 1 && high == number->value + 1 &&
            pal_is(s, behind, PAL_CLASS(UNIT))) {
            number->high = high;
            number->has_high = true;
            return behind;
        }
        return at;
    }
    if (!(pal_is_word(s, at, "to") || is_hyphen(s, at) || pal_is_word(s, at, "or") ||
          (is_between && pal_is_word(s, at, "and")))) {
        return at;
    }
    size_t end = read_cardinal(s, at + 1, &high, &is_digits);
    if (end == at + 1) {
        return at;
    }
    if (high <= number->value) {
        /* "38 to 22" is a vote or a score. */
        number->is_out = !pal_is_word(s, at, "or");
        return number->is_out ? end : at;
    }
    /* "2.1 to 2.4 million": the word is of both. */
    const struct pal_lexeme *last = pal_find(s, end - 1, PAL_CLASS(MULTIPLIER));
    if (last != NULL && number->is_digits && number->value * last->value <= high) {
        number->value *= last->value;
    }
    number->high = high;
    number->has_high = true;
    return end;
}

static bool is_money(const struct pal_sentence *s, const struct pal_number *number)
{
    return number->first > 0 && pal_is_mark(s, number->first - 1, '$');
}

static bool is_age(const struct pal_sentence *s, const struct pal_number *number)
{
    size_t end = number->end;
    size_t first = number->first;
    if ((is_hyphen(s, end) || pal_is_word(s, end, "years") ||
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
    for (size_t i = number->end; i < number->end + WINDOW && i < s->count; i++) {
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

static bool counts_nothing(const struct pal_sentence *s,
                           const struct pal_number *number)
{
    return is_money(s, number) || is_age(s, number) || is_clock(s, number) ||
           is_address(s, number) || is_label(s, number) || is_glued(s, number) ||
           is_pronoun(s, number);
}

static const char *test_of(enum pal_word_class word_class)
{
    switch ((int)word_class) {
    case PAL_WORD_LEAST:
    case PAL_WORD_AFTER_LEAST:
        return "at-least";
    case PAL_WORD_MORE:
        return "more-than";
    case PAL_WORD_FEWEST:
    case PAL_WORD_MOST_AT:
    case PAL_WORD_AFTER_MOST:
        return "at-most";
    default:
        return "equals-about";
    }
}

static void take_hedge(struct pal_number *number, const struct pal_lexeme *hedge)
{
    if (number->hedge.size == 0) {
        number->hedge = hedge->text.size > 0 ? hedge->text : hedge->phrase;
        number->test = test_of(hedge->word_class);
    }
}

/* Words that may stand between a hedge and its number. */
static bool is_filler(const struct pal_sentence *s, size_t i)
{
    static const char *const words[] = {"a",       "an",         "the",    "total",
                                        "of",      "only",       "just",   "extra",
                                        "another", "additional", "between"};
    return PAL_IS_ANY(s, i, words);
}

/* "handed over 91 inmates", "took under": a part of the verb. */
static bool is_particle(const struct pal_sentence *s, size_t i)
{
    return i > 0 && (pal_is_word(s, i, "over") || pal_is_word(s, i, "around")) &&
           (pal_is_word(s, i - 1, "handed") || pal_is_word(s, i - 1, "turned") ||
            pal_is_word(s, i - 1, "hand") || pal_is_word(s, i - 1, "turn") ||
            pal_is_word(s, i - 1, "took") || pal_is_word(s, i - 1, "handing"));
}

static void find_hedges(const struct pal_sentence *s, struct pal_number *number)
{
    size_t at = number->first;
    number->test = "equals-about";
    for (int tries = 0; tries < 6 && at > 0; tries++) {
        const struct pal_lexeme *found = NULL;
        for (size_t words = WINDOW; found == NULL && words > 0; words--) {
            if (words <= at) {
                found = pal_find(s, at - words, hedges);
                found = found != NULL && found->word_count == words &&
                                !is_particle(s, at - words)
                            ? found
                            : NULL;
            }
        }
        if (found != NULL) {
            take_hedge(number, found);
            at -= found->word_count;
            number->hedge_first = at;
        } else if (is_filler(s, at - 1)) {
            at--;
        } else {
            break;
        }
    }
    const struct pal_lexeme *after = pal_find(
        s, number->end,
        PAL_CLASS(AFTER_LEAST) | PAL_CLASS(AFTER_ABOUT) | PAL_CLASS(AFTER_MOST));
    if (after != NULL) {
        take_hedge(number, after);
        number->end += after->word_count;
    }
}

/* "half a dozen", "half-dozen", "a quarter-million"; gives the end, i when none. */
static size_t read_part_of(const struct pal_sentence *s, size_t i,
                           struct pal_number *number)
{
    size_t at = i + (pal_is_word(s, i, "a") ? 1 : 0);
    bool is_quarter = pal_is_word(s, at, "quarter");
    if (!is_quarter && !pal_is_word(s, at, "half")) {
        return i;
    }
    size_t next = at + 1;
    next += is_hyphen(s, next) || pal_is_word(s, next, "a") ? 1 : 0;
    size_t end = read_cardinal(s, next, &number->value, &number->is_digits);
    number->value /= is_quarter ? 4 : 2;
    return end == next ? i : end;
}

/* A share or a number at token i; end == i: none. */
static void read_counted(const struct pal_sentence *s, size_t i,
                         struct pal_number *number)
{
    size_t end = read_fraction(s, i, &number->value);
    if (end > i) {
        number->end = end;
        number->is_share = true;
        number->has_value = true;
        return;
    }
    double share = 0;
    end = read_cardinal(s, i, &number->value, &number->is_digits);
    if (end == i) {
        end = read_part_of(s, i, number);
    }
    if (end == i) {
        number->end = i;
        return;
    }
    number->has_value = true;
    if (is_hyphen(s, end) &&
        (pal_is_word(s, end + 1, "odd") || pal_is_word(s, end + 1, "some"))) {
        number->end = end + 2;
        number->high = number->value + DECADE - 1;
        number->has_high = true;
        return;
    }
    size_t ratio = read_ratio(s, end, number->value, &share);
    if (ratio > end) {
        number->value = share;
        number->is_share = true;
        number->end = ratio;
        return;
    }
    end = read_high(s, i, end, number);
    number->end = end;
    size_t percent = read_percent(s, end);
    if (percent > end) {
        number->is_share = true;
        number->end = percent;
        end = read_high(s, i, percent, number);
        number->end = end > percent ? read_percent(s, end) : percent;
    }
}

/* "has not honored a single detainer". */
static bool is_denied(const struct pal_sentence *s, size_t i)
{
    for (size_t back = 1; back <= WINDOW && back <= i; back++) {
        struct pal_view word = s->tokens[i - back].lower;
        if (pal_view_is_equal(word, PAL_VIEW("not")) ||
            pal_view_is_equal(word, PAL_VIEW("never")) ||
            pal_view_is_equal(word, PAL_VIEW("without")) ||
            pal_view_has_suffix(word, PAL_VIEW("n't"))) {
            return true;
        }
    }
    return false;
}

/* "dozens", "most of the arrests", "no arrests". */
static void read_word(const struct pal_sentence *s, size_t i, struct pal_number *number)
{
    const struct pal_lexeme *word =
        pal_find(s, i, PAL_CLASS(VAGUE) | PAL_CLASS(SHARE) | PAL_CLASS(NONE));
    number->end = i;
    const struct pal_lexeme *rank = i > 0 ? pal_find(s, i - 1, PAL_CLASS(RANK)) : NULL;
    if (word == NULL || is_couple(s, i) || is_couple(s, i + 1) ||
        (rank != NULL && rank->word_count > 1) || s->tokens[i].has_point ||
        pal_view_is_equal(word->text, PAL_VIEW("many"))) {
        return;
    }
    if (word->word_class == PAL_WORD_NONE && pal_is_word(s, i, "a") &&
        !is_denied(s, i)) {
        return; /* "a single" counts none only behind "not" */
    }
    number->end = i + word->word_count;
    number->hedge = word->text;
    number->test = "equals-about";
    if (word->word_class == PAL_WORD_SHARE) {
        number->test = pal_view_is_equal(word->text, PAL_VIEW("minority"))
                           ? "at-most"
                           : "share-above";
        number->is_share = true;
    } else if (word->word_class == PAL_WORD_NONE) {
        number->value = 0;
        number->has_value = true;
    }
}

void pal_numbers_find(struct pal_sentence *s)
{
    s->number_count = 0;
    for (size_t i = 0; i < s->count && s->number_count < PAL_FINDING_MAX;) {
        struct pal_number number = {
            .first = i, .hedge_first = i, .unit_at = SIZE_MAX, .test = "equals-about"};
        if (s->is_time[i]) {
            i++;
            continue;
        }
        read_word(s, i, &number);
        if (number.end == i) {
            read_counted(s, i, &number);
            if (number.end > i) {
                bool was_out = number.is_out;
                number.is_out = counts_nothing(s, &number) || was_out;
                number.is_refused = number.is_out;
                find_hedges(s, &number);
            }
        }
        if (number.end > i) {
            s->numbers[s->number_count++] = number;
            i = number.end;
        } else {
            i++;
        }
    }
}
