/*
 * A passage into sentences of tokens. A full stop ends a sentence unless it belongs to an
 * abbreviation, an initial or a number; quotation marks behind it belong to the sentence they
 * close.
 */
#include <string.h>

#include "document/suggest_internal.h"

enum { LOWER_SIZE_MAX = 400 };

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

const struct pal_lexeme *pal_find(const struct pal_sentence *sentence, size_t i,
                                  uint64_t classes)
{
    const struct pal_lexeme *best = NULL;
    if (i >= sentence->count || (sentence->tokens[i].classes & classes) == 0 ||
        sentence->tokens[i].kind != PAL_TOKEN_WORD) {
        return NULL;
    }
    for (const struct pal_lexeme *lexeme = sentence->tokens[i].lexemes; lexeme != NULL;
         lexeme = lexeme->next) {
        if ((classes >> lexeme->word_class & 1) == 0 ||
            (best != NULL && lexeme->word_count <= best->word_count)) {
            continue;
        }
        struct pal_view rest = lexeme->phrase;
        struct pal_view word = {"", 0};
        bool is_equal = true;
        for (size_t k = 0; is_equal && k < lexeme->word_count; k++) {
            is_equal = i + k < sentence->count && pal_view_split(&rest, ' ', &word) &&
                       sentence->tokens[i + k].kind == PAL_TOKEN_WORD &&
                       pal_view_is_equal(sentence->tokens[i + k].lower, word);
        }
        if (is_equal) {
            best = lexeme;
        }
    }
    return best;
}

bool pal_is(const struct pal_sentence *sentence, size_t i, uint64_t classes)
{
    return pal_find(sentence, i, classes) != NULL;
}

bool pal_is_word(const struct pal_sentence *sentence, size_t i, const char *word)
{
    return i < sentence->count && sentence->tokens[i].lower.size > 0 &&
           sentence->tokens[i].lower.data[0] == word[0] &&
           sentence->tokens[i].kind == PAL_TOKEN_WORD &&
           pal_view_is_equal(sentence->tokens[i].lower, pal_view_of(word));
}

bool pal_is_one_of(const struct pal_sentence *sentence, size_t i,
                   const char *const *words, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (pal_is_word(sentence, i, words[k])) {
            return true;
        }
    }
    return false;
}

bool pal_is_mark(const struct pal_sentence *sentence, size_t i, char mark)
{
    return i < sentence->count && sentence->tokens[i].kind == PAL_TOKEN_MARK &&
           sentence->tokens[i].mark == mark;
}

struct pal_view pal_token_text(const struct pal_sentence *sentence, size_t first,
                               size_t end)
{
    if (first >= end || end > sentence->count) {
        return PAL_VIEW("");
    }
    const struct pal_token *last = &sentence->tokens[end - 1];
    return (struct pal_view){
        sentence->document->body.text.data + sentence->tokens[first].at,
        (size_t)last->at + last->size - sentence->tokens[first].at};
}

/* Typographic marks by their three bytes; 0: none. */
static char mark_of(struct pal_view text)
{
    static const struct {
        const char *bytes;
        char mark;
    } marks[] = {
        {"\xE2\x80\x9C", '"'}, {"\xE2\x80\x9D", '\''}, {"\xE2\x80\x9E", '"'},
        {"\xE2\x80\x93", '-'}, {"\xE2\x80\x94", '_'},  {"\xE2\x80\x95", '_'},
        {"\xE2\x80\x98", '`'}, {"\xE2\x80\x99", '`'},  {"\xE2\x80\xA6", ','},
        {"\xE2\x80\xA2", ';'}, {"\xE2\x82\xAC", '$'},  {"\xE2\x88\x92", '-'},
        {"\xE2\x80\x91", '-'}, {"\xE2\x80\x90", '-'},
    };
    unsigned char first = text.size > 0 ? (unsigned char)text.data[0] : 0;
    if (first != 0xE2 && first != 0xC2) {
        return 0;
    }
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (pal_view_has_prefix(text, pal_view_of(marks[i].bytes))) {
            return marks[i].mark;
        }
    }
    if (pal_view_has_prefix(text, PAL_VIEW("\xC2\xA3"))) {
        return '$';
    }
    return pal_view_has_prefix(text, PAL_VIEW("\xC2\xA7")) ? '#' : 0;
}

static size_t mark_size(struct pal_view text)
{
    return (unsigned char)text.data[0] < 0x80   ? 1
           : (unsigned char)text.data[0] < 0xE0 ? (text.size < 2 ? text.size : 2)
                                                : (text.size < 3 ? text.size : 3);
}

/* An apostrophe within a word, of either form; its size, 0: none. */
static size_t apostrophe_size(struct pal_view text)
{
    if (pal_view_has_prefix(text, PAL_VIEW("\xE2\x80\x99"))) {
        return 3;
    }
    return text.size > 0 && text.data[0] == '\'' ? 1 : 0;
}

static unsigned char byte_at(struct pal_view text, size_t i)
{
    return i < text.size ? (unsigned char)text.data[i] : 0;
}

static struct pal_view from(struct pal_view text, size_t at)
{
    return at < text.size ? (struct pal_view){text.data + at, text.size - at}
                          : PAL_VIEW("");
}

static bool begins_word(struct pal_view text, size_t at)
{
    return is_letter(byte_at(text, at)) && mark_of(from(text, at)) == 0;
}

/* A letter or digit, a hyphen before one, a full stop between single letters. */
static bool goes_on(struct pal_view text, size_t at)
{
    bool has_digit = pal_is_digit((char)byte_at(text, at + 1));
    return begins_word(text, at) || pal_is_digit(text.data[at]) ||
           (text.data[at] == '-' && (begins_word(text, at + 1) || has_digit)) ||
           (text.data[at] == '.' && begins_word(text, at + 1) &&
            (at < 2 || text.data[at - 2] == '.'));
}

/* The size of the word at the beginning: letters, apostrophes and hyphens between letters,
 * full stops between single letters ("U.S."). *is_code: it holds digits. */
static size_t word_size(struct pal_view text, bool *is_code)
{
    size_t at = 0;
    *is_code = false;
    while (at < text.size) {
        size_t apostrophe = apostrophe_size(from(text, at));
        if (apostrophe > 0) {
            if (!begins_word(text, at + apostrophe)) {
                break;
            }
            at += apostrophe;
        } else if (goes_on(text, at)) {
            *is_code = *is_code || pal_is_digit(text.data[at]);
            at++;
        } else {
            break;
        }
    }
    return at;
}

/* Digits with their commas and point. */
static size_t number_size(struct pal_view text, struct pal_token *token)
{
    char digits[32];
    size_t kept = 0;
    size_t at = 0;
    while (at < text.size) {
        char c = text.data[at];
        bool has_digit = pal_is_digit((char)byte_at(text, at + 1));
        if (c == ',' && has_digit && pal_is_digit((char)byte_at(text, at + 2)) &&
            pal_is_digit((char)byte_at(text, at + 3)) &&
            !pal_is_digit((char)byte_at(text, at + 4))) {
            token->has_comma = true;
        } else if (c == '.' && has_digit && !token->has_decimal) {
            token->has_decimal = true;
            digits[kept < sizeof digits - 1 ? kept++ : kept] = '.';
        } else if (pal_is_digit(c)) {
            if (kept < sizeof digits - 1) {
                digits[kept++] = c;
            }
        } else {
            break;
        }
        at++;
    }
    (void)pal_parse_double((struct pal_view){digits, kept}, &token->value);
    return at;
}

/* A number word before a hyphen ("two-thirds", "seven-day") is a token of its own. */
static size_t number_part(const struct pal_lexicon *lexicon, struct pal_view lower)
{
    const char *hyphen = memchr(lower.data, '-', lower.size);
    if (hyphen == NULL) {
        return lower.size;
    }
    struct pal_view head = {lower.data, (size_t)(hyphen - lower.data)};
    const struct pal_lexeme *lexeme = pal_lexicon_begin(lexicon, head);
    for (; lexeme != NULL; lexeme = lexeme->next) {
        if (pal_view_is_equal(lexeme->phrase, head) &&
            (lexeme->word_class == PAL_WORD_NUMBER ||
             lexeme->word_class == PAL_WORD_MULTIPLIER ||
             lexeme->word_class == PAL_WORD_FRACTION)) {
            return head.size;
        }
    }
    return lower.size;
}

static struct pal_view lowered(struct pal_cutter *cutter, struct pal_view text)
{
    void *memory = NULL;
    size_t size = 0;
    /* Nothing that is looked up is so long; a megabyte without a blank is no word. */
    text.size = text.size > LOWER_SIZE_MAX ? LOWER_SIZE_MAX : text.size;
    pal_status st = pal_arena_alloc(cutter->words, text.size + 1, 1, &memory, NULL);
    if (st != PAL_OK) {
        cutter->status = st;
        return PAL_VIEW("");
    }
    char *to = memory;
    for (size_t i = 0; i < text.size;) {
        size_t apostrophe = apostrophe_size(from(text, i));
        to[size] = pal_lower(text.data[i]);
        if (apostrophe > 0) {
            to[size] = '\'';
        }
        size++;
        i += apostrophe > 0 ? apostrophe : 1;
    }
    return (struct pal_view){to, size};
}

static void take_word(struct pal_cutter *cutter, struct pal_view text,
                      struct pal_token *token)
{
    bool is_code = false;
    size_t size = word_size(text, &is_code);
    struct pal_view lower = lowered(cutter, (struct pal_view){text.data, size});
    token->kind = is_code ? PAL_TOKEN_CODE : PAL_TOKEN_WORD;
    token->is_capital = text.data[0] >= 'A' && text.data[0] <= 'Z';
    if (!is_code) {
        size_t part = number_part(cutter->lexicon, lower);
        if (part < lower.size) {
            size = part;
            lower.size = part;
        }
        bool has_points = memchr(lower.data, '.', lower.size) != NULL;
        if (byte_at(text, size) == '.' &&
            (has_points || pal_is_abbreviation(lower) ||
             (lower.size == 1 && token->is_capital && lower.data[0] != 'i'))) {
            token->has_point = true;
        }
        if (lower.size > 2 && pal_view_has_suffix(lower, PAL_VIEW("'s"))) {
            struct pal_view bare = {lower.data, lower.size - 2};
            token->lexemes = pal_lexicon_begin(cutter->lexicon, lower);
            if (token->lexemes == NULL) {
                lower = bare;
            }
        }
    }
    token->lower = lower;
    token->lexemes = pal_lexicon_begin(cutter->lexicon, lower);
    for (const struct pal_lexeme *lexeme = token->lexemes; lexeme != NULL;
         lexeme = lexeme->next) {
        token->classes |= UINT64_C(1) << lexeme->word_class;
    }
    token->size = (uint32_t)(size + (token->has_point ? 1 : 0));
}

static void take_number(struct pal_view text, struct pal_token *token)
{
    bool is_code = false;
    size_t size = number_size(text, token);
    token->kind = PAL_TOKEN_NUMBER;
    /* "19-cv-01234", "30th", "4B", "287(g)" are names or places in a row. */
    if (begins_word(text, size) && text.data[size] != '\'') {
        size += word_size(from(text, size), &is_code);
        token->kind = PAL_TOKEN_CODE;
    } else if (byte_at(text, size) == '-' && begins_word(text, size + 1)) {
        struct pal_view rest = from(text, size + 1);
        size_t more = word_size(rest, &is_code);
        if (is_code) {
            size += 1 + more;
            token->kind = PAL_TOKEN_CODE;
        }
    } else if (byte_at(text, size) == '(' && begins_word(text, size + 1) &&
               byte_at(text, size + 2) == ')') {
        size += 3;
        token->kind = PAL_TOKEN_CODE;
    } else if (byte_at(text, size) == ':' &&
               pal_is_digit((char)byte_at(text, size + 1))) {
        while (byte_at(text, size) == ':' || byte_at(text, size) == '-' ||
               is_letter(byte_at(text, size)) ||
               pal_is_digit((char)byte_at(text, size))) {
            size++;
        }
        token->kind = PAL_TOKEN_CODE;
    }
    token->size = (uint32_t)size;
}

static void take_mark(struct pal_cutter *cutter, struct pal_view text,
                      struct pal_token *token)
{
    char mark = mark_of(text);
    token->kind = PAL_TOKEN_MARK;
    token->size = (uint32_t)mark_size(text);
    token->mark = text.data[0];
    if (mark != 0) {
        token->mark = mark;
    } else if (text.data[0] == '"' && cutter->is_quoted) {
        token->mark = '\'';
    } else if (text.data[0] == '\'') {
        token->mark = '`';
    }
    if (token->mark == '"') {
        cutter->is_quoted = true;
    } else if (token->mark == '\'') {
        cutter->is_quoted = false;
    }
}

/* Does the next thing look like the beginning of a sentence? */
static bool begins_sentence(struct pal_view rest)
{
    if (rest.size == 0 || rest.data[0] != ' ') {
        return rest.size == 0;
    }
    unsigned char c = byte_at(rest, 1);
    return !(c >= 'a' && c <= 'z');
}

static bool ends_sentence(const struct pal_sentence *sentence, struct pal_view rest)
{
    size_t i = sentence->count;
    /* Closing marks behind the full stop. */
    while (i > 0 && sentence->tokens[i - 1].kind == PAL_TOKEN_MARK &&
           strchr("')", sentence->tokens[i - 1].mark) != NULL) {
        i--;
    }
    if (i == 0 || sentence->tokens[i - 1].kind != PAL_TOKEN_MARK ||
        strchr(".?!", sentence->tokens[i - 1].mark) == NULL) {
        return false;
    }
    /* A closing mark still to come belongs to this sentence. */
    if (rest.size > 0 &&
        (rest.data[0] == '"' || rest.data[0] == ')' || mark_of(rest) == '\'')) {
        return false;
    }
    return begins_sentence(rest);
}

bool pal_cut(struct pal_cutter *cutter, struct pal_sentence *out)
{
    const char *body = cutter->document->body.text.data;
    bool has_blank = false;
    out->count = 0;
    pal_arena_reset(cutter->words);
    while (cutter->at < cutter->end && out->count < PAL_TOKEN_MAX) {
        struct pal_view text = {body + cutter->at, cutter->end - cutter->at};
        if (text.data[0] == ' ') {
            has_blank = true;
            cutter->at++;
            continue;
        }
        struct pal_token *token = &out->tokens[out->count];
        *token = (struct pal_token){.at = (uint32_t)cutter->at,
                                    .has_blank = has_blank,
                                    .lower = {"", 0},
                                    .is_quoted = cutter->is_quoted};
        has_blank = false;
        if (begins_word(text, 0)) {
            take_word(cutter, text, token);
        } else if (pal_is_digit(text.data[0])) {
            take_number(text, token);
        } else {
            take_mark(cutter, text, token);
        }
        PAL_BUG_IF(token->size == 0);
        cutter->at += token->size;
        out->count++;
        struct pal_view rest = {body + cutter->at, cutter->end - cutter->at};
        if (token->kind == PAL_TOKEN_MARK && ends_sentence(out, rest)) {
            break;
        }
    }
    return out->count > 0;
}
