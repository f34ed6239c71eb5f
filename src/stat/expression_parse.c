/*
 * R's grammar, as far as formulas need it, by climbing precedence: R Language Definition,
 * section 10.4.2.
 */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/parse.h"
#include "stat/expression.h"

enum { LEVEL_SIGN = 10, LEVEL_POWER = 11, TEXT_SIZE_MAX = 100000 };

struct parser {
    const char *text;
    const char *at;
    struct pal_arena *arena;
    size_t node_count;
    struct pal_error *err;
};

/* Longer ones first, so that "<=" is not read as "<". */
static const struct {
    const char *text;
    int level;
    bool has_blanks; /* as R writes it */
} operators[] = {
    {"%in%", 8, true}, {"%/%", 8, false}, {"%%", 8, false}, {"==", 5, true},
    {"!=", 5, true},   {"<=", 5, true},   {">=", 5, true},  {"&&", 3, true},
    {"||", 2, true},   {"<", 5, true},    {">", 5, true},   {"&", 3, true},
    {"|", 2, true},    {"~", 1, true},    {"+", 6, true},   {"-", 6, true},
    {"*", 7, true},    {"/", 7, false},   {":", 9, false},  {"^", 11, false},
};
enum { OPERATOR_COUNT = sizeof operators / sizeof operators[0] };

static void skip_blanks(struct parser *parser)
{
    while (pal_is_space(*parser->at)) {
        parser->at++;
    }
}

static bool is_letter(char c)
{
    char lower = pal_lower(c);
    return (lower >= 'a' && lower <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_name_part(char c)
{
    return is_letter(c) || pal_is_digit(c) || c == '.' || c == '_';
}

static pal_status fail_read(const struct parser *parser)
{
    return pal_fail(parser->err, PAL_INPUT,
                    "the formula \"%.200s\" cannot be read from \"%.40s\" on",
                    parser->text, parser->at);
}

static pal_status make(struct parser *parser, enum pal_expression_kind kind,
                       struct pal_view text, struct pal_expression **out)
{
    void *memory = NULL;
    *out = NULL;
    if (parser->node_count++ == PAL_EXPRESSION_NODE_MAX) {
        return pal_fail(parser->err, PAL_LIMIT, "a formula of more than %d parts",
                        PAL_EXPRESSION_NODE_MAX);
    }
    pal_status status = pal_arena_alloc(parser->arena, 1, sizeof(struct pal_expression),
                                        &memory, parser->err);
    if (status == PAL_OK && memory != NULL) {
        *out = memory;
        (*out)->kind = kind;
        (*out)->text = text;
    }
    return status;
}

static pal_status parse_level(struct parser *parser, int level, int depth,
                              struct pal_expression **out);

static pal_status parse_number(struct parser *parser, struct pal_expression **out)
{
    const char *end = parser->at;
    double number;
    while (pal_is_digit(*end) || *end == '.') {
        end++;
    }
    if (*end == 'e' || *end == 'E') {
        const char *sign = end + 1;
        sign += *sign == '+' || *sign == '-';
        while (pal_is_digit(*sign)) {
            end = ++sign;
        }
    }
    struct pal_view text = {parser->at, (size_t)(end - parser->at)};
    if (text.data[0] == '.' && text.size < 31) { /* ".5" */
        char padded[32];
        (void)snprintf(padded, sizeof padded, "0%.*s", PAL_VIEW_ARG(text));
        if (!pal_parse_double(pal_view_of(padded), &number)) {
            return fail_read(parser);
        }
    } else if (!pal_parse_double(text, &number)) {
        return fail_read(parser);
    }
    parser->at = end + (*end == 'L');
    pal_status status = make(parser, PAL_EXPRESSION_NUMBER, text, out);
    if (status == PAL_OK && *out != NULL) {
        (*out)->number = number;
    }
    return status;
}

static pal_status parse_quoted(struct parser *parser, struct pal_expression **out)
{
    char quote = *parser->at;
    const char *end = strchr(parser->at + 1, quote);
    if (end == NULL) {
        return fail_read(parser);
    }
    struct pal_view text = {parser->at + 1, (size_t)(end - parser->at - 1)};
    parser->at = end + 1;
    return make(parser, quote == '`' ? PAL_EXPRESSION_NAME : PAL_EXPRESSION_TEXT, text,
                out);
}

/* The parts of a call, from behind its "(" to behind its ")". */
static pal_status parse_parts(struct parser *parser, int depth,
                              struct pal_expression *call)
{
    skip_blanks(parser);
    while (*parser->at != ')') {
        if (call->part_count == PAL_EXPRESSION_PART_MAX) {
            return fail_read(parser);
        }
        struct pal_expression **part = &call->parts[call->part_count];
        pal_status status = parse_level(parser, 2, depth, part);
        if (status != PAL_OK) {
            return status;
        }
        if (*parser->at == '=' && (*part)->kind == PAL_EXPRESSION_NAME) {
            call->part_names[call->part_count] = (*part)->text;
            parser->at++;
            status = parse_level(parser, 2, depth, part);
            if (status != PAL_OK) {
                return status;
            }
        }
        call->part_count++;
        if (*parser->at == ',') {
            parser->at++;
            skip_blanks(parser);
        } else if (*parser->at != ')') {
            return fail_read(parser);
        }
    }
    parser->at++;
    return PAL_OK;
}

static pal_status parse_name(struct parser *parser, int depth,
                             struct pal_expression **out)
{
    const char *end = parser->at;
    while (is_name_part(*end)) {
        end++;
    }
    struct pal_view text = {parser->at, (size_t)(end - parser->at)};
    parser->at = end;
    skip_blanks(parser);
    if (*parser->at != '(') {
        return make(parser, PAL_EXPRESSION_NAME, text, out);
    }
    parser->at++;
    pal_status status = make(parser, PAL_EXPRESSION_CALL, text, out);
    return status == PAL_OK && *out != NULL ? parse_parts(parser, depth, *out) : status;
}

static pal_status parse_one(struct parser *parser, int depth,
                            struct pal_expression **out)
{
    skip_blanks(parser);
    char c = *parser->at;
    pal_status status = PAL_OK;
    if (depth > PAL_EXPRESSION_DEPTH_MAX) {
        return pal_fail(parser->err, PAL_LIMIT, "a formula that nests deeper than %d",
                        PAL_EXPRESSION_DEPTH_MAX);
    }
    if (c == '-' || c == '+' || c == '!') {
        struct pal_view text = {parser->at, 1};
        parser->at++;
        status = make(parser, PAL_EXPRESSION_SIGN, text, out);
        if (status == PAL_OK && *out != NULL) {
            (*out)->part_count = 1;
            status = parse_level(parser, c == '!' ? 4 : LEVEL_SIGN, depth + 1,
                                 &(*out)->parts[0]);
        }
    } else if (c == '(') {
        struct pal_view text = {parser->at, 1};
        parser->at++;
        status = make(parser, PAL_EXPRESSION_PAREN, text, out);
        if (status == PAL_OK && *out != NULL) {
            (*out)->part_count = 1;
            status = parse_level(parser, 2, depth + 1, &(*out)->parts[0]);
        }
        if (status == PAL_OK && *parser->at != ')') {
            return fail_read(parser);
        }
        parser->at += status == PAL_OK;
    } else if (pal_is_digit(c) || (c == '.' && pal_is_digit(parser->at[1]))) {
        status = parse_number(parser, out);
    } else if (c == '"' || c == '\'' || c == '`') {
        status = parse_quoted(parser, out);
    } else if (is_letter(c) || c == '.') {
        status = parse_name(parser, depth + 1, out);
    } else {
        return fail_read(parser);
    }
    skip_blanks(parser);
    return status;
}

static size_t find_operator(const char *at)
{
    size_t k = 0;
    while (k < OPERATOR_COUNT &&
           strncmp(at, operators[k].text, strlen(operators[k].text)) != 0) {
        k++;
    }
    return k;
}

/* Everything that binds as tightly as `level` or more. */
static pal_status parse_level(struct parser *parser, int level, int depth,
                              struct pal_expression **out)
{
    pal_status status = parse_one(parser, depth, out);
    while (status == PAL_OK) {
        size_t k = find_operator(parser->at);
        if (k == OPERATOR_COUNT || operators[k].level < level) {
            break;
        }
        struct pal_expression *pair = NULL;
        struct pal_view text = {parser->at, strlen(operators[k].text)};
        /* a power binds to the right, and its exponent may have a sign */
        int next =
            operators[k].level == LEVEL_POWER ? LEVEL_SIGN : operators[k].level + 1;
        parser->at += text.size;
        status = make(parser, PAL_EXPRESSION_PAIR, text, &pair);
        if (status == PAL_OK && pair != NULL) {
            pair->parts[0] = *out;
            pair->part_count = 2;
            *out = pair;
            status = parse_level(parser, next, depth + 1, &pair->parts[1]);
        }
    }
    return status;
}

pal_status pal_expression_parse(const char *text, struct pal_arena *arena,
                                struct pal_expression **out, struct pal_error *err)
{
    struct parser parser = {text, text, arena, 0, err};
    pal_status status = parse_level(&parser, 1, 0, out);
    return status == PAL_OK && *parser.at != '\0' ? fail_read(&parser) : status;
}

void pal_expression_number_text(double value, char out[32])
{
    char exact[32];
    int digits = 1;
    double want;
    double have;
    (void)snprintf(exact, sizeof exact, "%.14e", value);
    bool is_finite = pal_parse_double(pal_view_of(exact), &want);
    for (; is_finite && digits < 15; digits++) {
        (void)snprintf(out, 32, "%.*e", digits - 1, value);
        if (pal_parse_double(pal_view_of(out), &have) && have == want) {
            break;
        }
    }
    (void)snprintf(out, 32, "%.*e", digits - 1, value);
    const char *e = strchr(out, 'e');
    int64_t power = 0;
    if (!is_finite || e == NULL ||
        !pal_parse_i64(pal_view_of(e[1] == '+' ? e + 2 : e + 1), -400, 400, &power)) {
        return;
    }
    int64_t decimals = digits - 1 > power ? digits - 1 - power : 0;
    int64_t width =
        (value < 0) + (power > 0 ? power : 0) + 1 + (decimals > 0 ? decimals + 1 : 0);
    if (width <= (int64_t)strlen(out)) {
        (void)snprintf(out, 32, "%.*f", (int)decimals, value);
    }
}

static bool has_plain_name(struct pal_view name)
{
    bool is_plain = name.size > 0 && (is_letter(name.data[0]) || name.data[0] == '.');
    for (size_t i = 0; i < name.size; i++) {
        is_plain = is_plain && is_name_part(name.data[i]);
    }
    return is_plain;
}

static void put_call(const struct pal_expression *expression, struct pal_buffer *out);

static void put(const struct pal_expression *expression, struct pal_buffer *out)
{
    char number[32];
    const char *quote = has_plain_name(expression->text) ? "" : "`";
    switch (expression->kind) {
    case PAL_EXPRESSION_NUMBER:
        pal_expression_number_text(expression->number, number);
        pal_buffer_append_text(out, number);
        break;
    case PAL_EXPRESSION_NAME:
        pal_buffer_append_text(out, quote);
        pal_buffer_append_view(out, expression->text);
        pal_buffer_append_text(out, quote);
        break;
    case PAL_EXPRESSION_TEXT:
        pal_buffer_append_char(out, '"');
        pal_buffer_append_view(out, expression->text);
        pal_buffer_append_char(out, '"');
        break;
    case PAL_EXPRESSION_SIGN:
        pal_buffer_append_view(out, expression->text);
        put(expression->parts[0], out);
        break;
    case PAL_EXPRESSION_PAREN:
        pal_buffer_append_char(out, '(');
        put(expression->parts[0], out);
        pal_buffer_append_char(out, ')');
        break;
    case PAL_EXPRESSION_PAIR:
    case PAL_EXPRESSION_CALL:
        put_call(expression, out);
        break;
    }
}

static void put_call(const struct pal_expression *expression, struct pal_buffer *out)
{
    if (expression->kind == PAL_EXPRESSION_PAIR) {
        size_t k = find_operator(expression->text.data);
        const char *blank = operators[k].has_blanks ? " " : "";
        put(expression->parts[0], out);
        pal_buffer_append_format(out, "%s%s%s", blank, operators[k].text, blank);
        put(expression->parts[1], out);
        return;
    }
    pal_buffer_append_view(out, expression->text);
    pal_buffer_append_char(out, '(');
    for (size_t k = 0; k < expression->part_count; k++) {
        pal_buffer_append_text(out, k > 0 ? ", " : "");
        if (expression->part_names[k].size > 0) {
            pal_buffer_append_view(out, expression->part_names[k]);
            pal_buffer_append_text(out, " = ");
        }
        put(expression->parts[k], out);
    }
    pal_buffer_append_char(out, ')');
}

pal_status pal_expression_text(const struct pal_expression *expression,
                               struct pal_arena *arena, const char **out,
                               struct pal_error *err)
{
    struct pal_buffer buffer;
    struct pal_view copy = {"", 0};
    pal_buffer_init(&buffer, TEXT_SIZE_MAX);
    put(expression, &buffer);
    pal_status status = pal_buffer_keep(&buffer, arena, &copy, err);
    *out = copy.data;
    return status;
}
