/*
 * What may be quoted: at most 25 words of the sentence, without what would lead to a person.
 * Telephone numbers, e-mail addresses, A-numbers, street addresses and the names of people
 * whose office is not stated are replaced by a word in brackets.
 */
#include <string.h>

#include "document/suggest_internal.h"

enum {
    QUOTATION_SIZE_MAX = 4096,
    QUOTED_TOKEN_MAX = 100,
    PHONE_DIGITS_MIN = 7,
    ID_DIGITS_MIN = 7,
    ADDRESS_WORDS = 5,
    LEAD_WORDS = 8 /* of the quotation, before the number */
};

static size_t digit_count(struct pal_view text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        count += pal_is_digit(text.data[i]);
    }
    return count;
}

/* Tokens written together: gives where the run ends. */
static size_t glued_end(const struct pal_sentence *s, size_t i)
{
    size_t end = i + 1;
    while (end < s->count && !s->tokens[end].has_blank) {
        end++;
    }
    return end;
}

static size_t mail_end(const struct pal_sentence *s, size_t i)
{
    size_t end = glued_end(s, i);
    for (size_t k = i; k < end; k++) {
        if (pal_is_mark(s, k, '@')) {
            /* What stops the sentence is no part of the address. */
            while (s->tokens[end - 1].kind == PAL_TOKEN_MARK &&
                   s->tokens[end - 1].mark != '@') {
                end--;
            }
            return end;
        }
    }
    return i;
}

static bool is_phone_mark(const struct pal_sentence *s, size_t i)
{
    return s->tokens[i].kind == PAL_TOKEN_MARK &&
           strchr("-().+/", s->tokens[i].mark) != NULL;
}

/* Digits and the marks of a telephone number, at least seven digits, some of them joined. */
static size_t phone_end(const struct pal_sentence *s, size_t i)
{
    size_t end = i;
    size_t last = i;
    bool has_mark = false;
    while (end < s->count && !s->is_time[end] &&
           (is_phone_mark(s, end) ||
            (s->tokens[end].kind == PAL_TOKEN_NUMBER && !s->tokens[end].has_comma))) {
        bool is_number = s->tokens[end].kind == PAL_TOKEN_NUMBER;
        has_mark = has_mark || (!is_number && end > i && !s->tokens[end].has_blank);
        end++;
        last = is_number ? end : last;
    }
    size_t digits = digit_count(pal_token_text(s, i, last));
    bool is_id = last == i + 1 && digits >= ID_DIGITS_MIN && !s->tokens[i].has_decimal;
    return (digits >= PHONE_DIGITS_MIN && has_mark && last > i + 1) || is_id ? last : i;
}

static size_t code_end(const struct pal_sentence *s, size_t i)
{
    bool is_code = s->tokens[i].kind == PAL_TOKEN_CODE;
    return is_code && digit_count(pal_token_text(s, i, i + 1)) >= ID_DIGITS_MIN ? i + 1
                                                                                : i;
}

static size_t address_end(const struct pal_sentence *s, size_t i)
{
    if (s->tokens[i].kind != PAL_TOKEN_NUMBER && s->tokens[i].kind != PAL_TOKEN_CODE) {
        return i;
    }
    for (size_t k = i + 1; k < s->count && k <= i + ADDRESS_WORDS; k++) {
        const struct pal_token *token = &s->tokens[k];
        if (k > i + 1 && token->is_capital && pal_is(s, k, PAL_CLASS(STREET))) {
            return k + 1;
        }
        if (!token->is_capital && token->kind != PAL_TOKEN_CODE &&
            !pal_is_word(s, k, "block") && !pal_is_word(s, k, "of")) {
            return i;
        }
    }
    return i;
}

static bool in_place(const struct pal_sentence *s, size_t i)
{
    for (size_t k = 0; k < s->place_count; k++) {
        if (i >= s->places[k].first && i < s->places[k].end) {
            return true;
        }
    }
    return false;
}

static bool is_surname(const struct pal_sentence *s, size_t i)
{
    return i < s->count && s->tokens[i].kind == PAL_TOKEN_WORD &&
           s->tokens[i].is_capital &&
           (s->tokens[i].lexemes == NULL || pal_is(s, i, PAL_CLASS(NAME)) ||
            s->tokens[i].has_point) &&
           !in_place(s, i);
}

/* An office right before the name or within a few words behind it: such a name is public. */
static bool has_office(const struct pal_sentence *s, size_t first, size_t end)
{
    for (size_t back = 1; back <= 3 && back <= first; back++) {
        const struct pal_lexeme *office =
            pal_find(s, first - back, PAL_CLASS(OFFICIAL));
        if (office != NULL && office->word_count >= back &&
            s->tokens[first - back].is_capital) {
            return true;
        }
    }
    for (size_t i = end; i < s->count && i < end + 7; i++) {
        if (i == end && !pal_is_mark(s, i, ',')) {
            return false;
        }
        if (pal_is(s, i, PAL_CLASS(PRIVATE))) {
            return false;
        }
        if (pal_is(s, i, PAL_CLASS(OFFICIAL))) {
            return true;
        }
    }
    return false;
}

static bool is_speaker_name(const struct pal_sentence *s, size_t first, size_t end)
{
    struct pal_view name = pal_token_text(s, first, end);
    return s->speaker.size > 0 && pal_view_find(s->speaker, name) < s->speaker.size;
}

/* "El Salvador", "San Diego": a place. */
static bool is_behind_article(const struct pal_sentence *s, size_t i)
{
    static const char *const words[] = {"san", "santa", "el",    "los",  "las",
                                        "st",  "fort",  "mount", "port", "new"};
    return i > 0 && PAL_IS_ANY(s, i - 1, words);
}

static size_t name_end(const struct pal_sentence *s, size_t i)
{
    bool has_title = pal_is_word(s, i, "mr") || pal_is_word(s, i, "mrs") ||
                     pal_is_word(s, i, "ms") || pal_is_word(s, i, "miss");
    bool is_given = pal_is(s, i, PAL_CLASS(NAME)) && s->tokens[i].is_capital &&
                    !is_behind_article(s, i) && !in_place(s, i) &&
                    !pal_is(s, i, PAL_CLASS(MONTH));
    size_t end = i + 1;
    if (i == s->private_first) {
        return s->private_end;
    }
    while (end < i + 4 && is_surname(s, end)) {
        end++;
    }
    /* "Juan Perez, 34," and two capital words with an age. */
    bool has_age = is_surname(s, i) && end > i + 1 && pal_is_mark(s, end, ',') &&
                   end + 1 < s->count && s->tokens[end + 1].kind == PAL_TOKEN_NUMBER &&
                   s->tokens[end + 1].value < 110;
    if (has_title) {
        return end > i + 1 && !is_speaker_name(s, i + 1, end) ? end : i;
    }
    if (has_age) {
        return end;
    }
    /* A given name alone at the beginning may be an ordinary word. */
    if (!is_given || (i == 0 && end == 1) || has_office(s, i, end) ||
        is_speaker_name(s, i, end)) {
        return i;
    }
    return end;
}

/* What begins at token i and must not be quoted: gives where it ends and what stands for it. */
static size_t mask_at(const struct pal_sentence *s, size_t i, const char **word)
{
    static const struct {
        size_t (*end)(const struct pal_sentence *s, size_t i);
        const char *word;
    } masks[] = {
        {mail_end, "[e-mail]"},     {phone_end, "[number]"}, {code_end, "[number]"},
        {address_end, "[address]"}, {name_end, "[name]"},
    };
    for (size_t k = 0; k < sizeof masks / sizeof masks[0]; k++) {
        size_t end = masks[k].end(s, i);
        if (end > i) {
            *word = masks[k].word;
            return end;
        }
    }
    return i;
}

/* The window of at most 25 words around the claim, moved to the sentence's beginning where it
 * fits. A word is what stands between blanks. */
static void window(const struct pal_sentence *s, size_t first, size_t end, size_t *from,
                   size_t *to)
{
    size_t words = 1;
    *from = first;
    *to = first;
    while (*from > 0 && words < LEAD_WORDS) {
        words += s->tokens[*from].has_blank ? 1 : 0;
        (*from)--;
    }
    while (*to + 1 < s->count) {
        size_t more = s->tokens[*to + 1].has_blank ? 1 : 0;
        if (words + more > PAL_QUOTATION_WORD_MAX) {
            break;
        }
        words += more;
        (*to)++;
    }
    (*to)++;
    (void)end;
    while (*from > 0) {
        size_t more = s->tokens[*from].has_blank ? 1 : 0;
        if (words + more > PAL_QUOTATION_WORD_MAX) {
            break;
        }
        words += more;
        (*from)--;
    }
    while (*from < *to && !s->tokens[*from].has_blank && *from > 0) {
        (*from)++;
    }
}

pal_status pal_quotation(const struct pal_sentence *s, size_t first, size_t end,
                         struct pal_arena *arena, struct pal_view *out,
                         struct pal_error *err)
{
    struct pal_buffer text;
    size_t from = 0;
    size_t to = 0;
    pal_buffer_init(&text, QUOTATION_SIZE_MAX);
    window(s, first, end, &from, &to);
    for (size_t i = from; i < to;) {
        const char *word = NULL;
        size_t stop = mask_at(s, i, &word);
        if (i > from && s->tokens[i].has_blank) {
            pal_buffer_append_char(&text, ' ');
        }
        if (stop > i) {
            pal_buffer_append_text(&text, word);
            i = stop;
        } else {
            bool is_long = s->tokens[i].size > QUOTED_TOKEN_MAX;
            pal_buffer_append_view(&text, is_long ? PAL_VIEW("[long word]")
                                                  : pal_token_text(s, i, i + 1));
            i++;
        }
        if (text.size > QUOTATION_SIZE_MAX / 2) {
            pal_buffer_append_text(&text, " [...]");
            break;
        }
    }
    pal_status st = pal_buffer_keep(&text, arena, out, err);
    return st;
}
