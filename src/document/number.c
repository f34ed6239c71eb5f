/*
 * Numbers of a sentence with the words that hedge them, and words that stand for a number
 * ("dozens", "most", "none"). What a number's value is is read in number_value.c; which numbers
 * count nothing is told in number_out.c.
 */
#include "document/number_internal.h"

enum { WINDOW = 4, DECADE = 10 };

static const uint64_t hedges = PAL_CLASS(HEDGE) | PAL_CLASS(LEAST) | PAL_CLASS(MORE) |
                               PAL_CLASS(FEWEST) | PAL_CLASS(MOST_AT);

/* A hedge ends in front of token i: "more than half". */
bool pal_number_is_hedged(const struct pal_sentence *s, size_t i)
{
    for (size_t words = 1; words <= WINDOW && words <= i; words++) {
        const struct pal_lexeme *found = pal_find(s, i - words, hedges);
        if (found != NULL && found->word_count == words) {
            return true;
        }
    }
    return false;
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

/* A share or a number at token i; end == i: none. */
static void read_counted(const struct pal_sentence *s, size_t i,
                         struct pal_number *number)
{
    size_t end = pal_number_read_fraction(s, i, &number->value);
    if (end > i) {
        number->end = end;
        number->is_share = true;
        number->has_value = true;
        return;
    }
    double share = 0;
    end = pal_number_read_cardinal(s, i, &number->value, &number->is_digits);
    if (end == i) {
        end = pal_number_read_part_of(s, i, number);
    }
    if (end == i) {
        number->end = i;
        return;
    }
    number->has_value = true;
    if (pal_number_is_hyphen(s, end) &&
        (pal_is_word(s, end + 1, "odd") || pal_is_word(s, end + 1, "some"))) {
        number->end = end + 2;
        number->high = number->value + DECADE - 1;
        number->has_high = true;
        return;
    }
    size_t ratio = pal_number_read_ratio(s, end, number->value, &share);
    if (ratio > end) {
        number->value = share;
        number->is_share = true;
        number->end = ratio;
        return;
    }
    end = pal_number_read_high(s, i, end, number);
    number->end = end;
    size_t percent = pal_number_read_percent(s, end);
    if (percent > end) {
        number->is_share = true;
        number->end = percent;
        end = pal_number_read_high(s, i, percent, number);
        number->end = end > percent ? pal_number_read_percent(s, end) : percent;
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
    if (word == NULL || pal_number_is_couple(s, i) || pal_number_is_couple(s, i + 1) ||
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
                number.is_out = pal_number_counts_nothing(s, &number) || was_out;
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
