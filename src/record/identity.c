#include "record/identity.h"

#include <stdint.h>
#include <string.h>

enum {
    GROUP_MAX = 4,        /* groups of digits in one number */
    GROUP_DIGIT_MAX = 12, /* more digits than any number here has */
    ALIEN_DIGIT_MIN = 8,
    ALIEN_DIGIT_MAX = 9
};

static bool is_letter(char c)
{
    return pal_lower(c) >= 'a' && pal_lower(c) <= 'z';
}

static bool is_word(char c)
{
    return is_letter(c) || pal_is_digit(c) || (unsigned char)c >= 0x80;
}

static char char_at(struct pal_view text, size_t at)
{
    if (at >= text.size) {
        return 0;
    }
    return text.data[at];
}

/* Groups of digits with single characters between them, from `at` on. */
struct number {
    size_t counts[GROUP_MAX];
    char marks[GROUP_MAX]; /* behind each group */
    size_t group_count;
    bool is_whole; /* no further digit or letter belongs to it */
};

static struct number read_number(struct pal_view text, size_t at, const char *between)
{
    struct number number = {.group_count = 0};
    while (number.group_count < GROUP_MAX) {
        size_t count = 0;
        while (pal_is_digit(char_at(text, at + count)) && count < GROUP_DIGIT_MAX) {
            count++;
        }
        at += count;
        number.counts[number.group_count] = count;
        number.marks[number.group_count++] = char_at(text, at);
        bool goes_on = false;
        for (const char *mark = between; *mark != '\0'; mark++) {
            goes_on = goes_on || char_at(text, at) == *mark;
        }
        if (goes_on && char_at(text, at) == ')' && char_at(text, at + 1) == ' ') {
            at++;
        }
        if (!goes_on || !pal_is_digit(char_at(text, at + 1))) {
            number.is_whole = !is_word(char_at(text, at));
            return number;
        }
        at++;
    }
    return number;
}

static bool has_counts(const struct number *number, size_t first, size_t second,
                       size_t third)
{
    return number->is_whole && number->group_count == 3 && number->counts[0] == first &&
           number->counts[1] == second && number->counts[2] == third;
}

/* 123-45-6789; 212-555-0100, 212.555.0100, (212) 555-0100. */
static bool is_social_or_telephone(struct pal_view text, size_t at)
{
    struct number number = read_number(text, at, "-.)");
    if (number.group_count == 3 && number.marks[0] == ')' &&
        (at == 0 || text.data[at - 1] != '(')) {
        return false;
    }
    return has_counts(&number, 3, 3, 4) ||
           (has_counts(&number, 3, 2, 4) && number.marks[0] == '-' &&
            number.marks[1] == '-');
}

/* A012345678, A 012-345-678, a#12345678; `at` stands on the letter. */
static bool is_alien_number(struct pal_view text, size_t at)
{
    size_t digits = 0;
    if (pal_lower(text.data[at]) != 'a') {
        return false;
    }
    at++;
    while (char_at(text, at) == '#' || char_at(text, at) == '-' ||
           char_at(text, at) == ':' || char_at(text, at) == ' ') {
        at++;
    }
    struct number number = read_number(text, at, "- ");
    for (size_t i = 0; i < number.group_count; i++) {
        digits += number.counts[i];
    }
    bool is_in_threes =
        number.group_count == 1 ||
        (number.group_count == 3 && number.counts[1] == 3 && number.counts[2] == 3);
    return number.is_whole && is_in_threes && digits >= ALIEN_DIGIT_MIN &&
           digits <= ALIEN_DIGIT_MAX;
}

/* `at` stands on the '@'. */
static bool is_electronic_address(struct pal_view text, size_t at)
{
    bool has_point = false;
    if (at == 0 || !is_word(text.data[at - 1])) {
        return false;
    }
    for (at++; is_word(char_at(text, at)) || char_at(text, at) == '-' ||
               char_at(text, at) == '.';
         at++) {
        has_point =
            has_point || (char_at(text, at) == '.' && is_letter(char_at(text, at + 1)));
    }
    return has_point;
}

/* A word that says what the number behind it is; `digit_min` 0: any digit will do. */
struct label {
    const char *word;
    size_t digit_min;
    size_t digit_max;
};

static bool has_label(struct pal_view text, size_t at, struct pal_view word)
{
    return text.size - at >= word.size &&
           pal_view_is_equal_fold((struct pal_view){text.data + at, word.size}, word) &&
           !is_letter(char_at(text, at + word.size));
}

/* Behind the marks, and the words for "number", between a label and its number. */
static size_t skip_to_number(struct pal_view text, size_t at)
{
    static const char *const words[] = {"number", "num", "nbr", "no", "file", "is"};
    bool goes_on = true;
    while (goes_on) {
        goes_on = false;
        while (at < text.size && !is_word(text.data[at])) {
            at++;
        }
        for (size_t i = 0; i < sizeof words / sizeof words[0] && !goes_on; i++) {
            goes_on = has_label(text, at, pal_view_of(words[i]));
            at += goes_on ? strlen(words[i]) : 0;
        }
    }
    return at;
}

/* "DOB 3/4/1985", "SSN 123456789", "Alien no. 012345678"; `at` stands on a letter that begins a
 * word. */
static bool is_labelled(struct pal_view text, size_t at)
{
    static const struct label labels[] = {
        {"dob", 0, 0},   {"ssn", 9, 9},     {"alien", 8, 9},
        {"afile", 8, 9}, {"anumber", 8, 9}, {"phone", 10, 11},
        {"tel", 10, 11}, {"cell", 10, 11},  {"mobile", 10, 11},
    };
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t digits = 0;
        if (!has_label(text, at, pal_view_of(labels[i].word))) {
            continue;
        }
        if (labels[i].digit_min == 0) {
            for (; at < text.size && !pal_is_digit(text.data[at]); at++) {
            }
            return at < text.size;
        }
        at = skip_to_number(text, at + strlen(labels[i].word));
        struct number number = read_number(text, at, "-. ");
        for (size_t k = 0; k < number.group_count; k++) {
            digits += number.counts[k];
        }
        return number.is_whole && digits >= labels[i].digit_min &&
               digits <= labels[i].digit_max;
    }
    return false;
}

/* Whether the eight bytes are all is_word: an id of 40 digits is told by five looks. Sums of
 * bytes below 0x80 with less than 0x80 stay within their byte. */
static bool is_word_throughout(const char *bytes)
{
    const uint64_t every = UINT64_C(0x0101010101010101);
    const uint64_t high = 0x80 * every;
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    uint64_t plain = word & ~high;
    uint64_t folded = plain | 0x20 * every;
    uint64_t letters =
        (folded + (0x80 - 'a') * every) & ~(folded + (0x80 - 'z' - 1) * every);
    uint64_t digits =
        (plain + (0x80 - '0') * every) & ~(plain + (0x80 - '9' - 1) * every);
    return ((letters | digits | word) & high) == high;
}

/* Behind the word that `at` is within. */
static size_t skip_word(struct pal_view text, size_t at)
{
    while (text.size - at >= sizeof(uint64_t) && is_word_throughout(text.data + at)) {
        at += sizeof(uint64_t);
    }
    while (at < text.size && is_word(text.data[at])) {
        at++;
    }
    return at;
}

static bool has_value(struct pal_view text)
{
    size_t at = 0;
    while (at < text.size) {
        char c = text.data[at];
        if (is_word(c)) {
            if (pal_is_digit(c) ? is_social_or_telephone(text, at)
                                : is_alien_number(text, at) || is_labelled(text, at)) {
                return true;
            }
            at = skip_word(text, at);
            continue;
        }
        if (c == '@' && is_electronic_address(text, at)) {
            return true;
        }
        at++;
    }
    return false;
}

/* A dash of typesetting at `at`: U+2010 to U+2015, or the minus sign U+2212. */
static bool is_dash(struct pal_view text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    return text.size - at >= 3 && bytes[0] == 0xE2 &&
           ((bytes[1] == 0x80 && bytes[2] >= 0x90 && bytes[2] <= 0x95) ||
            (bytes[1] == 0x88 && bytes[2] == 0x92));
}

/* The text with plain dashes and blanks, piece by piece: an identifier is far shorter than what
 * two pieces share. */
static bool has_value_in_pieces(struct pal_view text)
{
    enum { PIECE_SIZE = 1024, SHARED_SIZE = 128 };
    char piece[PIECE_SIZE];
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        bool is_blank =
            text.size - at >= 2 && memcmp(text.data + at, "\xC2\xA0", 2) == 0;
        if (size == PIECE_SIZE) {
            if (has_value((struct pal_view){piece, size})) {
                return true;
            }
            memmove(piece, piece + PIECE_SIZE - SHARED_SIZE, SHARED_SIZE);
            size = SHARED_SIZE;
        }
        if (is_dash(text, at)) {
            piece[size++] = '-';
            at += 3;
        } else if (is_blank) {
            piece[size++] = ' ';
            at += 2;
        } else {
            piece[size++] = text.data[at++];
        }
    }
    return has_value((struct pal_view){piece, size});
}

bool pal_has_direct_value(struct pal_view text)
{
    bool is_plain = text.size == 0 || (memchr(text.data, 0xE2, text.size) == NULL &&
                                       memchr(text.data, 0xC2, text.size) == NULL);
    return is_plain ? has_value(text) : has_value_in_pieces(text);
}
