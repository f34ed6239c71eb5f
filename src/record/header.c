#include "record/header.h"

#include <string.h>
#include <utf8proc.h>

/* Readers number a repeated header: "Final Order Yes No...33". */
static struct pal_view without_numbering(struct pal_view text)
{
    size_t size = text.size;
    while (size > 0 && pal_is_digit(text.data[size - 1])) {
        size--;
    }
    if (size < text.size && size >= 3 && memcmp(text.data + size - 3, "...", 3) == 0) {
        return (struct pal_view){text.data, size - 3};
    }
    return text;
}

enum letter_kind {
    LETTER_LOWER,
    LETTER_UPPER,
    LETTER_DIGIT,
    LETTER_OTHER,
    LETTER_BLANK
};

/* One character: its bytes in the text, or the ASCII one that it stands for. */
struct letter {
    enum letter_kind kind;
    bool is_nothing; /* without width: a soft hyphen, a mark of direction */
    struct pal_view bytes;
    char ascii; /* 0: the bytes are kept */
};

static enum letter_kind kind_of(char c)
{
    if (pal_is_digit(c)) {
        return LETTER_DIGIT;
    }
    if (c >= 'a' && c <= 'z') {
        return LETTER_LOWER;
    }
    return c >= 'A' && c <= 'Z' ? LETTER_UPPER : LETTER_BLANK;
}

/* Beyond ASCII, by Unicode's general category: P for marks, Z for blanks, Cc for controls. */
static enum letter_kind kind_beyond(utf8proc_int32_t point, bool *is_nothing)
{
    const char *category = utf8proc_category_string(point);
    *is_nothing = strcmp(category, "Cf") == 0;
    bool is_blank = category[0] == 'P' || category[0] == 'Z' || category[0] == 'C';
    return is_blank ? LETTER_BLANK : LETTER_OTHER;
}

static struct letter letter_at(struct pal_view text, size_t at)
{
    enum { WIDE_FIRST = 0xFF01, WIDE_LAST = 0xFF5E, WIDE_ABOVE = 0xFEE0 };
    struct letter letter = {.bytes = {text.data + at, 1}};
    utf8proc_int32_t point = 0;
    if ((unsigned char)text.data[at] < 0x80) {
        letter.ascii = text.data[at];
        letter.kind = kind_of(letter.ascii);
        return letter;
    }
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text.data + at,
                         (utf8proc_ssize_t)(text.size - at), &point);
    if (size <= 0) {
        letter.kind = LETTER_OTHER; /* no UTF-8: the byte stays */
        return letter;
    }
    letter.bytes.size = (size_t)size;
    if (point >= WIDE_FIRST && point <= WIDE_LAST) {
        letter.ascii = (char)(point - WIDE_ABOVE);
        letter.kind = kind_of(letter.ascii);
        return letter;
    }
    letter.kind = kind_beyond(point, &letter.is_nothing);
    return letter;
}

/* "EIDCaseId": before an upper case letter behind a lower one, before the last upper case
 * letter in front of a lower one, and between letters and digits. */
static bool parts_words(enum letter_kind before, const struct letter *letter,
                        struct pal_view rest)
{
    bool is_digit = letter->kind == LETTER_DIGIT;
    if (before == LETTER_BLANK || before == LETTER_OTHER ||
        letter->kind == LETTER_OTHER) {
        return false;
    }
    if ((before == LETTER_DIGIT) != is_digit) {
        return true;
    }
    if (letter->kind != LETTER_UPPER || before != LETTER_UPPER) {
        return letter->kind == LETTER_UPPER && before == LETTER_LOWER;
    }
    return rest.size > 0 && kind_of(rest.data[0]) == LETTER_LOWER;
}

static bool add(struct pal_header *out, const char *bytes, size_t size)
{
    if (out->size + size > PAL_HEADER_SIZE_MAX) {
        return false;
    }
    memcpy(out->text + out->size, bytes, size);
    out->size += size;
    return true;
}

static bool add_blank(struct pal_header *out)
{
    return out->size == 0 || out->text[out->size - 1] == ' ' || add(out, " ", 1);
}

static bool add_letter(struct pal_header *out, const struct letter *letter)
{
    char lower = pal_lower(letter->ascii);
    return letter->ascii == '\0' ? add(out, letter->bytes.data, letter->bytes.size)
                                 : add(out, &lower, 1);
}

static bool add_words(struct pal_view text, enum pal_header_form form,
                      struct pal_header *out)
{
    enum letter_kind before = LETTER_BLANK;
    for (size_t at = 0; at < text.size;) {
        struct letter letter = letter_at(text, at);
        at += letter.bytes.size;
        if (letter.is_nothing) {
            continue;
        }
        bool is_added = true;
        if (letter.kind == LETTER_BLANK) {
            is_added = add_blank(out);
            if (letter.ascii == '#' && form == PAL_HEADER_SPELT) {
                is_added = is_added && add(out, "number", 6) && add_blank(out);
            }
        } else {
            if (form != PAL_HEADER_PLAIN &&
                parts_words(before, &letter,
                            (struct pal_view){text.data + at, text.size - at})) {
                is_added = add_blank(out);
            }
            is_added = is_added && add_letter(out, &letter);
        }
        if (!is_added) {
            return false;
        }
        before = letter.kind;
    }
    if (out->size > 0 && out->text[out->size - 1] == ' ') {
        out->size--;
    }
    return true;
}

/* The short forms that column names of databases are made of. */
static struct pal_view spelt(struct pal_view word)
{
    static const char *const words[][2] = {
        {"no", "number"},       {"nbr", "number"},       {"nmbr", "number"},
        {"num", "number"},      {"nr", "number"},        {"nm", "name"},
        {"dt", "date"},         {"lst", "last"},         {"frst", "first"},
        {"fst", "first"},       {"mid", "middle"},       {"brth", "birth"},
        {"lname", "last name"}, {"fname", "first name"}, {"mname", "middle name"},
        {"addr", "address"},    {"lic", "license"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (pal_view_is_equal(word, pal_view_of(words[i][0]))) {
            return pal_view_of(words[i][1]);
        }
    }
    return word;
}

static bool spell_words(struct pal_header *header)
{
    struct pal_header plain = *header;
    struct pal_view rest = pal_header_view(&plain);
    struct pal_view word;
    header->size = 0;
    while (pal_view_split(&rest, ' ', &word)) {
        struct pal_view whole = spelt(word);
        if (!add_blank(header) || !add(header, whole.data, whole.size)) {
            return false;
        }
    }
    return true;
}

void pal_header_make(struct pal_view text, enum pal_header_form form,
                     struct pal_header *out)
{
    out->size = 0;
    bool is_made = add_words(without_numbering(pal_view_trim(text)), form, out);
    if (is_made && form == PAL_HEADER_SPELT) {
        is_made = spell_words(out);
    }
    if (!is_made) {
        out->size = 0;
    }
}

void pal_header_normalise(struct pal_view text, struct pal_header *out)
{
    pal_header_make(text, PAL_HEADER_PLAIN, out);
}

struct pal_view pal_header_view(const struct pal_header *header)
{
    return (struct pal_view){header->text, header->size};
}
