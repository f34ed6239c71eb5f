/*
 * The value of a number as it is written: whole numbers in digits and words, fractions, "one in
 * five", per cent, and the high end of a range.
 */
#include "document/number_internal.h"

bool pal_number_is_hyphen(const struct pal_sentence *s, size_t i)
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
bool pal_number_is_couple(const struct pal_sentence *s, size_t i)
{
    const struct pal_lexeme *word = pal_find(s, i, PAL_CLASS(NUMBER));
    return word != NULL && word->word_count > 1;
}

/* Whole numbers in words or digits, "2.2 million", "a dozen"; gives the end, i when none. */
size_t pal_number_read_cardinal(const struct pal_sentence *s, size_t i, double *value,
                                bool *is_digits)
{
    struct sum sum = {0};
    size_t at = i;
    if ((pal_is_word(s, at, "a") || pal_is_word(s, at, "an")) &&
        (pal_is(s, at + 1, PAL_CLASS(MULTIPLIER)) || pal_number_is_couple(s, at + 1))) {
        at++;
    }
    while (at < s->count) {
        const struct pal_token *token = &s->tokens[at];
        const struct pal_lexeme *word = pal_find(s, at, PAL_CLASS(NUMBER));
        size_t behind_hyphen = pal_number_is_hyphen(s, at) && sum.has_any ? at + 1 : at;
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

size_t pal_number_read_percent(const struct pal_sentence *s, size_t at)
{
    const struct pal_lexeme *word = pal_find(s, at, PAL_CLASS(PERCENT));
    if (pal_is_mark(s, at, '%')) {
        return at + 1;
    }
    if (word != NULL) {
        return at + word->word_count;
    }
    return pal_number_is_hyphen(s, at) && pal_is(s, at + 1, PAL_CLASS(PERCENT)) ? at + 2
                                                                                : at;
}

/* "two-thirds", "a quarter", "half"; gives the end, i when none. */
size_t pal_number_read_fraction(const struct pal_sentence *s, size_t i, double *share)
{
    double count = 1;
    bool is_digits = false;
    size_t at = i;
    if (pal_is_word(s, i, "a") || pal_is_word(s, i, "one")) {
        at = i + 1;
    } else {
        size_t end = pal_number_read_cardinal(s, i, &count, &is_digits);
        count = end > i ? count : 1;
        at = end;
    }
    at += pal_number_is_hyphen(s, at) && at > i ? 1 : 0;
    const struct pal_lexeme *word = pal_find(s, at, PAL_CLASS(FRACTION));
    if (word == NULL || is_digits) {
        return i;
    }
    bool is_half = word->value == 0.5;
    bool has_more = (i > 0 && pal_is_word(s, i - 1, "by")) ||
                    pal_number_is_hedged(s, i) || pal_is_word(s, at + 1, "of") ||
                    pal_is_word(s, at + 1, "the") || pal_is_word(s, at + 1, "that") ||
                    pal_is_word(s, at + 1, "had") || pal_is_word(s, at + 1, "have") ||
                    pal_is_word(s, at + 1, "were") || pal_is_word(s, at + 1, "are") ||
                    pal_is_word(s, at + 1, "was");
    if (pal_is_word(s, at + 1, "that") &&
        (pal_is_word(s, at + 2, "number") || pal_is_word(s, at + 2, "many") ||
         pal_is_word(s, at + 2, "figure") || pal_is_word(s, at + 2, "total"))) {
        return i; /* "half that number, 158,581" */
    }
    bool is_quarter = word->value == 0.25;
    if ((is_half || is_quarter) && ((pal_number_is_hyphen(s, at + 1) &&
                                     pal_is(s, at + 2, PAL_CLASS(MULTIPLIER))) ||
                                    pal_is(s, at + 1, PAL_CLASS(MULTIPLIER)) ||
                                    (is_half && (pal_number_is_hyphen(s, at + 1) ||
                                                 pal_is_word(s, at + 1, "a"))))) {
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
size_t pal_number_read_ratio(const struct pal_sentence *s, size_t at, double count,
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
    size_t end = pal_number_read_cardinal(s, next, &of, &is_digits);
    bool is_round =
        count == 1 || of <= 10 || of == 100 || of == 1000 || of == 20 || of == 50;
    if (end == next || count > of || count <= 0 || !is_round) {
        return at;
    }
    *share = 100 * count / of;
    return end;
}

/* The high end of a range: "10 to 15", "10-15", "between 10 and 15", "five or six". */
size_t pal_number_read_high(const struct pal_sentence *s, size_t first, size_t at,
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
        size_t behind = pal_number_read_cardinal(s, at + 1, &high, &is_digits);
        if (behind > at + 1 && high == number->value + 1 &&
            pal_is(s, behind, PAL_CLASS(UNIT))) {
            number->high = high;
            number->has_high = true;
            return behind;
        }
        return at;
    }
    /* "12- to 14-hour days" */
    size_t from = at;
    if (pal_number_is_hyphen(s, at) &&
        (pal_is_word(s, at + 1, "to") || pal_is_word(s, at + 1, "or"))) {
        at++;
    }
    if (!(pal_is_word(s, at, "to") || pal_number_is_hyphen(s, at) ||
          pal_is_word(s, at, "or") || (is_between && pal_is_word(s, at, "and")))) {
        return from;
    }
    size_t end = pal_number_read_cardinal(s, at + 1, &high, &is_digits);
    if (end == at + 1) {
        return from;
    }
    if (high <= number->value) {
        /* "38 to 22" is a vote or a score. */
        number->is_out = !pal_is_word(s, at, "or");
        return number->is_out ? end : from;
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
/* "half a dozen", "half-dozen", "a quarter-million"; gives the end, i when none. */
size_t pal_number_read_part_of(const struct pal_sentence *s, size_t i,
                               struct pal_number *number)
{
    size_t at = i + (pal_is_word(s, i, "a") ? 1 : 0);
    bool is_quarter = pal_is_word(s, at, "quarter");
    if (!is_quarter && !pal_is_word(s, at, "half")) {
        return i;
    }
    size_t next = at + 1;
    next += pal_number_is_hyphen(s, next) || pal_is_word(s, next, "a") ? 1 : 0;
    size_t end = pal_number_read_cardinal(s, next, &number->value, &number->is_digits);
    number->value /= is_quarter ? 4 : 2;
    return end == next ? i : end;
}
