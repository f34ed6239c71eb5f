/*
 * The day a document gives itself: in a mail's or page's head, or in a dateline.
 */
#include <string.h>

#include "document/document_internal.h"

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

static bool is_letter(char c)
{
    c = pal_lower(c);
    return c >= 'a' && c <= 'z';
}

struct word {
    size_t at;
    size_t size;
    int month;      /* 1..12, 0: no month */
    int32_t number; /* -1: no number */
};

static bool next_word(struct pal_view text, size_t *at, struct word *out)
{
    while (*at < text.size && !is_letter(text.data[*at]) &&
           !pal_is_digit(text.data[*at])) {
        (*at)++;
    }
    *out = (struct word){.at = *at, .number = -1};
    if (*at == text.size) {
        return false;
    }
    bool is_number = pal_is_digit(text.data[*at]);
    while (*at < text.size &&
           (is_number ? pal_is_digit(text.data[*at]) : is_letter(text.data[*at]))) {
        (*at)++;
    }
    out->size = *at - out->at;
    if (is_number && out->size <= 4) {
        int64_t number = 0;
        (void)pal_parse_i64((struct pal_view){text.data + out->at, out->size}, 0, 9999,
                            &number);
        out->number = (int32_t)number;
    }
    for (int i = 0; !is_number && i < 12 && out->size >= 3; i++) {
        struct pal_view head = {text.data + out->at, 3};
        if (pal_view_is_equal_fold(head, pal_view_of(months[i])) && out->size <= 9) {
            out->month = i + 1;
        }
    }
    return true;
}

static int32_t day_of(int32_t year, int32_t month, int32_t day)
{
    return year < 1900 || year > 2100
               ? PAL_DAY_NONE
               : pal_day_of((struct pal_civil){year, month, day});
}

static int32_t day_of_words(const struct word words[3])
{
    if (words[0].month > 0 && words[1].number > 0) {
        return day_of(words[2].number, words[0].month, words[1].number);
    }
    if (words[1].month > 0 && words[0].number > 0) {
        return day_of(words[2].number, words[1].month, words[0].number);
    }
    if (words[0].size == 4 && words[0].number > 0 && words[1].number > 0) {
        return day_of(words[0].number, words[1].number, words[2].number);
    }
    if (words[2].size == 4 && words[0].number > 0 && words[1].number > 0) {
        return day_of(words[2].number, words[0].number, words[1].number);
    }
    return PAL_DAY_NONE;
}

int32_t pal_day_in_text(struct pal_view text)
{
    struct word words[3] = {{.number = -1}, {.number = -1}, {.number = -1}};
    size_t at = 0;
    text.size = text.size > 2000 ? 2000 : text.size;
    while (text.size > 0 && next_word(text, &at, &words[2])) {
        int32_t day = day_of_words(words);
        /* Words of a date lie close together. */
        if (day != PAL_DAY_NONE && words[2].at + words[2].size - words[0].at <= 24) {
            return day;
        }
        words[0] = words[1];
        words[1] = words[2];
    }
    return PAL_DAY_NONE;
}
