/*
 * Values of expressions, a row at a time; what needs the whole column (mean, sd and the like)
 * is computed when names are looked up.
 */
#include "stat/expression.h"

#include <math.h>
#include <string.h>

static double add(double a, double b)
{
    return a + b;
}
static double subtract(double a, double b)
{
    return a - b;
}
static double multiply(double a, double b)
{
    return a * b;
}
static double divide(double a, double b)
{
    return a / b;
}
/* As R: a square is a product. */
static double power(double a, double b)
{
    return b == 2 ? a * a : pow(a, b);
}
static double whole_part(double a, double b)
{
    return floor(a / b);
}
static double remainder_of(double a, double b)
{
    return a - floor(a / b) * b;
}
static double is_less(double a, double b)
{
    return a < b;
}
static double is_more(double a, double b)
{
    return a > b;
}
static double is_most(double a, double b)
{
    return a <= b;
}
static double is_least(double a, double b)
{
    return a >= b;
}
static double is_same(double a, double b)
{
    return a == b;
}
static double is_other(double a, double b)
{
    return a != b;
}
static double both(double a, double b)
{
    return a != 0 && b != 0;
}
static double either(double a, double b)
{
    return a != 0 || b != 0;
}

static const struct {
    const char *text;
    double (*function)(double, double);
    bool is_truth;
} operators[] = {
    {"+", add, false},           {"-", subtract, false}, {"*", multiply, false},
    {"/", divide, false},        {"^", power, false},    {"%/%", whole_part, false},
    {"%%", remainder_of, false}, {"<", is_less, true},   {">", is_more, true},
    {"<=", is_most, true},       {">=", is_least, true}, {"==", is_same, true},
    {"!=", is_other, true},      {"&", both, true},      {"&&", both, true},
    {"|", either, true},         {"||", either, true},
};
enum { OPERATOR_COUNT = sizeof operators / sizeof operators[0] };

/* Functions of one value, as functions of two. */
#define ONE(name, value)                                                               \
    static double name(double a, double b)                                             \
    {                                                                                  \
        (void)b;                                                                       \
        return value;                                                                  \
    }
ONE(same, a)
ONE(function_exp, exp(a))
ONE(function_expm1, expm1(a))
ONE(function_log2, log2(a))
ONE(function_log10, log10(a))
ONE(function_log1p, log1p(a))
ONE(function_sqrt, sqrt(a))
ONE(function_abs, fabs(a))
ONE(function_sin, sin(a))
ONE(function_cos, cos(a))
ONE(function_tan, tan(a))
ONE(function_floor, floor(a))
ONE(function_ceiling, ceil(a))
ONE(function_round, nearbyint(a))
#undef ONE
/* b is the base, 0 for the natural one */
static double function_log(double a, double b)
{
    return b > 0 ? log(a) / log(b) : log(a);
}

enum columnwise { BY_ROW, MEAN, SD, LEAST, MOST, SUM, SCALE, PICK };
static const struct function {
    const char *name;
    double (*function)(double, double);
    size_t part_min;
    size_t part_max;
    enum columnwise kind;
} functions[] = {
    {"I", same, 1, 1, BY_ROW},
    {"as.numeric", same, 1, 1, BY_ROW},
    {"exp", function_exp, 1, 1, BY_ROW},
    {"expm1", function_expm1, 1, 1, BY_ROW},
    {"log", function_log, 1, 2, BY_ROW},
    {"log2", function_log2, 1, 1, BY_ROW},
    {"log10", function_log10, 1, 1, BY_ROW},
    {"log1p", function_log1p, 1, 1, BY_ROW},
    {"sqrt", function_sqrt, 1, 1, BY_ROW},
    {"abs", function_abs, 1, 1, BY_ROW},
    {"sin", function_sin, 1, 1, BY_ROW},
    {"cos", function_cos, 1, 1, BY_ROW},
    {"tan", function_tan, 1, 1, BY_ROW},
    {"floor", function_floor, 1, 1, BY_ROW},
    {"ceiling", function_ceiling, 1, 1, BY_ROW},
    {"round", function_round, 1, 1, BY_ROW},
    {"pmin", fmin, 2, 2, BY_ROW},
    {"pmax", fmax, 2, 2, BY_ROW},
    {"ifelse", NULL, 3, 3, PICK},
    {"mean", NULL, 1, 1, MEAN},
    {"sd", NULL, 1, 1, SD},
    {"min", NULL, 1, 1, LEAST},
    {"max", NULL, 1, 1, MOST},
    {"sum", NULL, 1, 1, SUM},
    {"scale", NULL, 1, 1, SCALE},
};

bool pal_expression_is_call(const struct pal_expression *expression,
                            const char *function)
{
    return expression->kind == PAL_EXPRESSION_CALL &&
           pal_view_is_equal(expression->text, pal_view_of(function));
}

bool pal_expression_is_truth(const struct pal_expression *expression)
{
    if (expression->kind == PAL_EXPRESSION_PAREN ||
        pal_expression_is_call(expression, "I")) {
        return expression->part_count > 0 &&
               pal_expression_is_truth(expression->parts[0]);
    }
    if (expression->kind == PAL_EXPRESSION_SIGN) {
        return expression->text.data[0] == '!';
    }
    for (size_t k = 0; expression->kind == PAL_EXPRESSION_PAIR && k < OPERATOR_COUNT;
         k++) {
        if (pal_view_is_equal(expression->text, pal_view_of(operators[k].text))) {
            return operators[k].is_truth;
        }
    }
    return false;
}

static const struct function *find_function(struct pal_view name)
{
    for (size_t k = 0; k < sizeof functions / sizeof functions[0]; k++) {
        if (pal_view_is_equal(name, pal_view_of(functions[k].name))) {
            return &functions[k];
        }
    }
    return NULL;
}

static double two_values(const struct pal_expression *expression, size_t row)
{
    double left = pal_expression_value(expression->parts[0], row);
    double right = expression->part_count > 1
                       ? pal_expression_value(expression->parts[1], row)
                       : 0;
    if (isnan(left) || isnan(right)) {
        return (double)NAN;
    }
    return expression->function(left, right);
}

/* A column of texts is compared with a text, and with nothing else. */
static double compare_text(const struct pal_expression *expression, size_t row)
{
    size_t side = expression->parts[0]->kind == PAL_EXPRESSION_TEXT ? 0 : 1;
    const struct pal_datum *cell =
        &expression->frame
             ->cells[row * expression->frame->column_count + expression->column];
    if (cell->kind == PAL_DATUM_MISSING) {
        return (double)NAN;
    }
    bool is_equal =
        pal_view_is_equal(pal_view_of(cell->text), expression->parts[side]->text);
    return is_equal == (expression->text.data[0] == '=');
}

static double call_value(const struct pal_expression *expression, size_t row)
{
    enum columnwise kind = (enum columnwise)expression->way;
    if (kind == BY_ROW) {
        return two_values(expression, row);
    }
    double first = pal_expression_value(expression->parts[0], row);
    if (kind == SCALE) {
        return (first - expression->centre) / expression->spread;
    }
    if (kind == PICK) {
        return isnan(first)
                   ? first
                   : pal_expression_value(expression->parts[first != 0 ? 1 : 2], row);
    }
    return expression->centre;
}

double pal_expression_value(const struct pal_expression *expression, size_t row)
{
    switch (expression->kind) {
    case PAL_EXPRESSION_NAME:
        return expression->values != NULL ? expression->values[row]
                                          : expression->number;
    case PAL_EXPRESSION_SIGN: {
        double value = pal_expression_value(expression->parts[0], row);
        char sign = expression->text.data[0];
        return sign == '-' ? -value : sign == '!' && !isnan(value) ? value == 0 : value;
    }
    case PAL_EXPRESSION_PAREN:
        return pal_expression_value(expression->parts[0], row);
    case PAL_EXPRESSION_PAIR:
        return expression->frame != NULL ? compare_text(expression, row)
                                         : two_values(expression, row);
    case PAL_EXPRESSION_CALL:
        return call_value(expression, row);
    case PAL_EXPRESSION_NUMBER:
    case PAL_EXPRESSION_TEXT:
        break;
    }
    return expression->number;
}

bool pal_expression_has_gap(const struct pal_expression *expression, size_t row)
{
    bool has_gap = expression->values != NULL && isnan(expression->values[row]);
    if (expression->frame != NULL) {
        const struct pal_frame *frame = expression->frame;
        return frame->cells[row * frame->column_count + expression->column].kind ==
               PAL_DATUM_MISSING;
    }
    for (size_t k = 0; !has_gap && k < expression->part_count; k++) {
        has_gap = pal_expression_has_gap(expression->parts[k], row);
    }
    return has_gap;
}

/* Two passes, as R takes a mean and a standard deviation. */
static void summarise(struct pal_expression *expression, enum columnwise kind,
                      size_t rows)
{
    double sum = 0.0;
    double least = (double)INFINITY;
    double most = (double)-INFINITY;
    const struct pal_expression *part = expression->parts[0];
    for (size_t i = 0; i < rows; i++) {
        double value = pal_expression_value(part, i);
        sum += value;
        least = value < least || isnan(value) ? value : least;
        most = value > most || isnan(value) ? value : most;
    }
    double mean = sum / (double)rows;
    double square = 0.0;
    for (size_t i = 0; i < rows; i++) {
        double gap = pal_expression_value(part, i) - mean;
        square += gap * gap;
    }
    expression->spread = sqrt(square / ((double)rows - 1.0));
    expression->centre = mean;
    switch (kind) {
    case SD:
        expression->centre = expression->spread;
        break;
    case LEAST:
        expression->centre = least;
        break;
    case MOST:
        expression->centre = most;
        break;
    case SUM:
        expression->centre = sum;
        break;
    case BY_ROW:
    case MEAN:
    case SCALE:
    case PICK:
        break;
    }
}

static pal_status bind_name(struct pal_expression *expression,
                            const struct pal_frame *frame, struct pal_error *err)
{
    static const struct {
        const char *name;
        double value;
    } constants[] = {{"pi", 3.14159265358979323846},
                     {"TRUE", 1.0},
                     {"FALSE", 0.0},
                     {"T", 1.0},
                     {"F", 0.0}};
    struct pal_view name;
    pal_status status = pal_arena_copy(frame->arena, expression->text, &name, err);
    if (status != PAL_OK) {
        return status;
    }
    if (pal_frame_find(frame, name.data) < frame->column_count) {
        return pal_frame_numbers_or_nan(frame, name.data, &expression->values, err);
    }
    for (size_t k = 0; k < sizeof constants / sizeof constants[0]; k++) {
        if (strcmp(constants[k].name, name.data) == 0) {
            expression->number = constants[k].value;
            return PAL_OK;
        }
    }
    return pal_fail(err, PAL_INPUT,
                    "the formula's \"%.100s\" is no column of the input", name.data);
}

/* Whether it is a column beside a text; both sides are then bound. */
static pal_status bind_text(struct pal_expression *expression,
                            const struct pal_frame *frame, bool *is_bound,
                            struct pal_error *err)
{
    struct pal_view name;
    bool has_text = expression->parts[0]->kind == PAL_EXPRESSION_TEXT ||
                    expression->parts[1]->kind == PAL_EXPRESSION_TEXT;
    size_t side = expression->parts[0]->kind == PAL_EXPRESSION_NAME ? 0 : 1;
    *is_bound = has_text && expression->parts[side]->kind == PAL_EXPRESSION_NAME &&
                (expression->function == is_same || expression->function == is_other);
    if (!*is_bound) {
        return PAL_OK;
    }
    pal_status status =
        pal_arena_copy(frame->arena, expression->parts[side]->text, &name, err);
    if (status == PAL_OK) {
        expression->frame = frame;
        expression->column = pal_frame_find(frame, name.data);
        if (expression->column == frame->column_count) {
            return pal_fail(err, PAL_INPUT,
                            "the formula's \"%.100s\" is no column of the input",
                            name.data);
        }
    }
    return status;
}

static pal_status bind_pair(struct pal_expression *expression,
                            const struct pal_frame *frame, bool *is_bound,
                            struct pal_error *err)
{
    for (size_t k = 0; k < OPERATOR_COUNT; k++) {
        if (pal_view_is_equal(expression->text, pal_view_of(operators[k].text))) {
            expression->function = operators[k].function;
        }
    }
    if (expression->function == NULL) {
        return pal_fail(err, PAL_INPUT, "the formula's \"%.*s\" is no arithmetic",
                        PAL_VIEW_ARG(expression->text));
    }
    return bind_text(expression, frame, is_bound, err);
}

pal_status pal_expression_bind(struct pal_expression *expression,
                               const struct pal_frame *frame, struct pal_error *err)
{
    const struct function *function = NULL;
    bool is_bound = false;
    pal_status status = PAL_OK;
    if (expression->kind == PAL_EXPRESSION_NAME) {
        return bind_name(expression, frame, err);
    }
    if (expression->kind == PAL_EXPRESSION_TEXT) {
        return pal_fail(err, PAL_INPUT, "the formula's text \"%.*s\" is no number",
                        PAL_VIEW_ARG(expression->text));
    }
    if (expression->kind == PAL_EXPRESSION_PAIR) {
        status = bind_pair(expression, frame, &is_bound, err);
    }
    if (expression->kind == PAL_EXPRESSION_CALL) {
        function = find_function(expression->text);
        if (function == NULL || expression->part_count < function->part_min ||
            expression->part_count > function->part_max) {
            return pal_fail(err, PAL_INPUT,
                            "the formula's \"%.*s(\" is not known, or not with %zu "
                            "values",
                            PAL_VIEW_ARG(expression->text), expression->part_count);
        }
        expression->function = function->function;
        expression->way = (int)function->kind;
    }
    for (size_t k = 0; status == PAL_OK && !is_bound && k < expression->part_count;
         k++) {
        status = pal_expression_bind(expression->parts[k], frame, err);
    }
    if (status == PAL_OK && function != NULL && function->kind >= MEAN &&
        function->kind <= SCALE) {
        summarise(expression, function->kind, frame->row_count);
    }
    return status;
}
