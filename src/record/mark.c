#include "record/mark.h"

#include <string.h>

struct scan {
    const char *at;
    const char *end;
};

static bool is_blank_at(const struct scan *scan, size_t *size)
{
    if (scan->at < scan->end && pal_is_space(*scan->at)) {
        *size = 1;
        return true;
    }
    /* U+00A0, which spreadsheets leave behind. */
    if (scan->end - scan->at >= 2 && (unsigned char)scan->at[0] == 0xC2 &&
        (unsigned char)scan->at[1] == 0xA0) {
        *size = 2;
        return true;
    }
    /* U+200B, which web pages leave behind. */
    if (scan->end - scan->at >= 3 && (unsigned char)scan->at[0] == 0xE2 &&
        (unsigned char)scan->at[1] == 0x80 && (unsigned char)scan->at[2] == 0x8B) {
        *size = 3;
        return true;
    }
    return false;
}

static void skip_blanks(struct scan *scan)
{
    size_t size = 0;
    while (is_blank_at(scan, &size)) {
        scan->at += size;
    }
}

/* Blanks and brackets of one direction; says whether a bracket was among them. */
static bool skip_brackets(struct scan *scan, char round, char square, char curly)
{
    bool has_bracket = false;
    skip_blanks(scan);
    while (scan->at < scan->end &&
           (*scan->at == round || *scan->at == square || *scan->at == curly)) {
        has_bracket = true;
        scan->at++;
        skip_blanks(scan);
    }
    return has_bracket;
}

static bool skip_opening(struct scan *scan)
{
    return skip_brackets(scan, '(', '[', '{');
}

static bool skip_closing(struct scan *scan)
{
    return skip_brackets(scan, ')', ']', '}');
}

static bool is_word_at(const struct scan *scan, size_t offset)
{
    if (scan->at + offset >= scan->end) {
        return false;
    }
    char c = pal_lower(scan->at[offset]);
    return pal_is_digit(c) || (c >= 'a' && c <= 'z');
}

/* "b", "(b)", "(b" and so on; on failure the place is as before. */
static bool take_b(struct scan *scan, bool *has_bracket)
{
    struct scan try = *scan;
    bool opened = skip_opening(&try);
    if (try.at == try.end || pal_lower(*try.at) != 'b') {
        return false;
    }
    try.at++;
    bool closed = skip_closing(&try);
    opened = skip_opening(&try) || opened;
    if (try.at == try.end || *try.at < '1' || *try.at > '9') {
        return false;
    }
    *has_bracket = opened || closed;
    *scan = try;
    return true;
}

/* The letter that exemption 7 carries; a letter that begins the next mark is left. */
static void take_letter(struct scan *scan)
{
    struct scan try = *scan;
    struct scan next = *scan;
    bool has_bracket = false;
    if (take_b(&next, &has_bracket)) {
        return;
    }
    (void)skip_opening(&try);
    if (try.at == try.end || pal_lower(*try.at) < 'a' || pal_lower(*try.at) > 'f' ||
        is_word_at(&try, 1)) {
        return;
    }
    try.at++;
    (void)skip_closing(&try);
    *scan = try;
}

static bool take_mark(struct scan *scan, bool is_first)
{
    struct scan try = *scan;
    bool has_bracket = false;
    if (!take_b(&try, &has_bracket)) {
        if (is_first) {
            return false;
        }
        has_bracket = skip_opening(&try);
        if (try.at == try.end || *try.at < '1' || *try.at > '9') {
            return false;
        }
    }
    bool is_seven = *try.at == '7';
    try.at++;
    if (is_word_at(&try, 0) && !is_seven) {
        return false;
    }
    has_bracket = skip_closing(&try) || has_bracket;
    if (is_seven) {
        const char *before = try.at;
        take_letter(&try);
        if (try.at == before && before[-1] == '7' && is_word_at(&try, 0)) {
            return false;
        }
    }
    if (!has_bracket) {
        return false;
    }
    *scan = try;
    return true;
}

static void skip_separators(struct scan *scan)
{
    skip_blanks(scan);
    while (scan->at < scan->end &&
           (*scan->at == ',' || *scan->at == ';' || *scan->at == '/' ||
            *scan->at == '&' || *scan->at == '-' || *scan->at == '|' ||
            *scan->at == '+' || *scan->at == ':' || *scan->at == '.' ||
            *scan->at == '*' || *scan->at == '"' || *scan->at == '\'')) {
        scan->at++;
        skip_blanks(scan);
    }
    if (scan->end - scan->at > 3 &&
        pal_view_is_equal_fold((struct pal_view){scan->at, 3}, PAL_VIEW("and")) &&
        !is_word_at(scan, 3)) {
        scan->at += 3;
        skip_blanks(scan);
    }
}

/* Asterisks and quotes around a mark, as in "*** REDACTED ***". */
static void skip_ornament(struct scan *scan)
{
    skip_blanks(scan);
    while (scan->at < scan->end &&
           (*scan->at == '*' || *scan->at == '"' || *scan->at == '\'')) {
        scan->at++;
        skip_blanks(scan);
    }
}

static bool take_word(struct scan *scan, struct pal_view word)
{
    if ((size_t)(scan->end - scan->at) < word.size ||
        !pal_view_is_equal_fold((struct pal_view){scan->at, word.size}, word) ||
        is_word_at(scan, word.size)) {
        return false;
    }
    scan->at += word.size;
    return true;
}

/* "redacted", "withheld": alone they say it all. */
static bool take_said(struct scan *scan)
{
    return take_word(scan, PAL_VIEW("redacted")) ||
           take_word(scan, PAL_VIEW("withheld"));
}

static bool is_word_redacted(struct scan scan)
{
    (void)skip_opening(&scan);
    if (!take_said(&scan)) {
        return false;
    }
    (void)skip_closing(&scan);
    skip_ornament(&scan);
    return scan.at == scan.end;
}

/* "Exemption (b)(6)", "Withheld per (b)(6)": words that lead to a mark. */
static void skip_lead(struct scan *scan)
{
    static const struct pal_view words[] = {
        {"exemptions", 10}, {"exemption", 9}, {"exempt", 6},      {"foia", 4},
        {"per", 3},         {"under", 5},     {"pursuant to", 11}};
    bool goes_on = false;
    (void)take_said(scan);
    do {
        skip_separators(scan);
        goes_on = false;
        for (size_t i = 0; i < sizeof words / sizeof words[0] && !goes_on; i++) {
            goes_on = take_word(scan, words[i]);
        }
    } while (goes_on);
}

/* "(C)" behind "(b)(7)(A)," and behind a mark whose digit is a slip, "(b)(6)(c)". */
static bool take_bracketed_letter(struct scan *scan)
{
    struct scan try = *scan;
    if (!skip_opening(&try) || try.at == try.end || pal_lower(*try.at) < 'a' ||
        pal_lower(*try.at) > 'f' || is_word_at(&try, 1)) {
        return false;
    }
    try.at++;
    if (!skip_closing(&try)) {
        return false;
    }
    *scan = try;
    return true;
}

static bool is_mark_of(struct pal_view text)
{
    struct scan scan = {text.data, text.data + text.size};
    skip_ornament(&scan);
    if (scan.at == scan.end) {
        return false;
    }
    /* What else a cell begins with is no mark: most cells are told by one look. */
    switch (pal_lower(*scan.at)) {
    case '(':
    case '[':
    case '{':
    case 'b':
        break;
    case 'r':
    case 'w':
    case 'e':
    case 'f':
    case 'p':
    case 'u':
        if (is_word_redacted(scan)) {
            return true;
        }
        skip_lead(&scan);
        break;
    default:
        return false;
    }
    if (!take_mark(&scan, true)) {
        return is_word_redacted(scan);
    }
    for (;;) {
        skip_separators(&scan);
        if (scan.at == scan.end) {
            return true;
        }
        if (!take_mark(&scan, false) && !take_bracketed_letter(&scan)) {
            return false;
        }
    }
}

/* The ASCII character that one of typesetting stands for, 0 for none: dashes U+2010 to U+2015,
 * quotes U+2018 to U+201F, wide forms U+FF01 to U+FF5E. */
static char plain_of(const unsigned char *bytes)
{
    if (bytes[0] == 0xE2 && bytes[1] == 0x80 && bytes[2] >= 0x90 && bytes[2] <= 0x95) {
        return '-';
    }
    if (bytes[0] == 0xE2 && bytes[1] == 0x80 && bytes[2] >= 0x98 && bytes[2] <= 0x9F) {
        return '"';
    }
    if (bytes[0] == 0xEF && bytes[1] == 0xBC && bytes[2] >= 0x81 && bytes[2] <= 0xBF) {
        return (char)(bytes[2] - 0x81 + '!');
    }
    if (bytes[0] == 0xEF && bytes[1] == 0xBD && bytes[2] >= 0x80 && bytes[2] <= 0x9E) {
        return (char)(bytes[2] - 0x80 + '`');
    }
    return '\0';
}

/* Nothing but U+2588, which is how a bar over a text comes out of a page. */
static bool is_bar(struct pal_view text)
{
    size_t at = 0;
    while (text.size - at >= 3 && memcmp(text.data + at, "\xE2\x96\x88", 3) == 0) {
        at += 3;
    }
    return at > 0 && at == text.size;
}

bool pal_is_redaction(struct pal_view text)
{
    enum { MARK_SIZE_MAX = 256 };
    char plain[MARK_SIZE_MAX];
    size_t size = 0;
    bool is_other = false;
    text = pal_view_trim(text);
    if (text.size == 0 || text.size > MARK_SIZE_MAX ||
        (memchr(text.data, 0xE2, text.size) == NULL &&
         memchr(text.data, 0xEF, text.size) == NULL)) {
        return is_mark_of(text);
    }
    for (size_t at = 0; at < text.size;) {
        const unsigned char *bytes = (const unsigned char *)text.data + at;
        char stand_in = '\0';
        if (text.size - at >= 3 && bytes[0] >= 0xE0) {
            stand_in = plain_of(bytes);
        }
        char kept = text.data[at];
        if (stand_in != '\0') {
            kept = stand_in;
            is_other = true;
        }
        plain[size++] = kept;
        at += stand_in != '\0' ? 3 : 1;
    }
    return is_mark_of(is_other ? (struct pal_view){plain, size} : text) || is_bar(text);
}
