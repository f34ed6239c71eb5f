/*
 * Terms of a formula as sets of variables: Wilkinson & Rogers, "Symbolic description of
 * factorial models", Applied Statistics 22 (1973) 392, in R's dialect.
 */
#include <math.h>
#include <string.h>

#include "stat/formula_internal.h"

static pal_status add_set(struct pal_formula_model *model,
                          struct pal_formula_terms *terms, uint32_t set)
{
    for (size_t i = 0; i < terms->count; i++) {
        if (terms->sets[i] == set) {
            return PAL_OK;
        }
    }
    if (set == 0) {
        return PAL_OK;
    }
    if (terms->count == PAL_FORMULA_TERM_MAX) {
        return pal_fail(model->err, PAL_LIMIT, "a formula of more than %d terms",
                        PAL_FORMULA_TERM_MAX);
    }
    terms->sets[terms->count++] = set;
    return PAL_OK;
}

static pal_status add_all(struct pal_formula_model *model,
                          struct pal_formula_terms *terms,
                          const struct pal_formula_terms *more)
{
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < more->count; i++) {
        status = add_set(model, terms, more->sets[i]);
    }
    terms->constant = more->constant != 0 ? more->constant : terms->constant;
    return status;
}

/* Each of one with each of the other. */
static pal_status cross(struct pal_formula_model *model,
                        const struct pal_formula_terms *left,
                        const struct pal_formula_terms *right,
                        struct pal_formula_terms *out)
{
    pal_status status = PAL_OK;
    for (size_t i = 0; i < left->count; i++) {
        for (size_t k = 0; status == PAL_OK && k < right->count; k++) {
            status = add_set(model, out, left->sets[i] | right->sets[k]);
        }
    }
    return status;
}

static pal_status add_variable(struct pal_formula_model *model,
                               struct pal_expression *expression,
                               struct pal_formula_terms *out)
{
    struct pal_variable variable;
    const char *label = NULL;
    pal_status status =
        pal_expression_text(expression, model->frame->arena, &label, model->err);
    if (status != PAL_OK) {
        return status;
    }
    for (size_t k = 0; k < model->variable_count; k++) {
        if (strcmp(model->variables[k].label, label) == 0) {
            return add_set(model, out, (uint32_t)1 << k);
        }
    }
    if (strcmp(label, model->response) == 0) {
        return PAL_OK; /* as R leaves it out */
    }
    if (model->variable_count == PAL_FORMULA_VARIABLE_MAX) {
        return pal_fail(model->err, PAL_LIMIT, "a formula of more than %d variables",
                        PAL_FORMULA_VARIABLE_MAX);
    }
    status = pal_variable_make(model->frame, expression, model->is_used, &variable,
                               model->err);
    if (status != PAL_OK) {
        return status;
    }
    model->variables[model->variable_count] = variable;
    return add_set(model, out, (uint32_t)1 << model->variable_count++);
}

static pal_status add_offset(struct pal_formula_model *model,
                             const struct pal_expression *call)
{
    double *values = NULL;
    if (call->part_count != 1) {
        return pal_fail(model->err, PAL_INPUT, "the formula's offset( holds one value");
    }
    pal_status status = pal_variable_numbers(model->frame, call->parts[0],
                                             model->is_used, &values, model->err);
    for (size_t i = 0;
         status == PAL_OK && model->offset != NULL && i < model->frame->row_count;
         i++) {
        values[i] += model->offset[i];
    }
    model->offset = values;
    return status;
}

static bool has_name(const struct pal_expression *expression, struct pal_view name)
{
    bool has = expression->kind == PAL_EXPRESSION_NAME &&
               pal_view_is_equal(expression->text, name);
    for (size_t k = 0; !has && k < expression->part_count; k++) {
        has = has_name(expression->parts[k], name);
    }
    return has;
}

/* "." is every column but those of the response. */
static pal_status add_others(struct pal_formula_model *model,
                             struct pal_formula_terms *out)
{
    pal_status status = PAL_OK;
    for (size_t k = 0; status == PAL_OK && k < model->frame->column_count; k++) {
        void *memory = NULL;
        struct pal_view name = pal_view_of(model->frame->names[k]);
        if (has_name(model->left, name)) {
            continue;
        }
        status = pal_arena_alloc(model->frame->arena, 1, sizeof(struct pal_expression),
                                 &memory, model->err);
        if (status == PAL_OK && memory != NULL) {
            struct pal_expression *column = memory;
            column->kind = PAL_EXPRESSION_NAME;
            column->text = name;
            status = add_variable(model, column, out);
        }
    }
    return status;
}

static pal_status read_power(struct pal_formula_model *model,
                             struct pal_expression *pair,
                             const struct pal_formula_terms *left,
                             struct pal_formula_terms *out)
{
    double times = pair->parts[1]->number;
    if (pair->parts[1]->kind != PAL_EXPRESSION_NUMBER || !(times >= 1 && times <= 9) ||
        times != floor(times)) {
        return pal_fail(model->err, PAL_INPUT,
                        "a power of terms is a whole number from 1 to 9; write I(x^2) "
                        "for a power of numbers");
    }
    struct pal_formula_terms power = *left;
    pal_status status = PAL_OK;
    for (int step = 1; status == PAL_OK && step < (int)times; step++) {
        struct pal_formula_terms next = {.count = 0};
        status = cross(model, &power, left, &next);
        power = next;
    }
    return status == PAL_OK ? add_all(model, out, &power) : status;
}

static void take_away(const struct pal_formula_terms *left,
                      const struct pal_formula_terms *right,
                      struct pal_formula_terms *out)
{
    *out = (struct pal_formula_terms){
        .constant = right->constant != 0 ? -right->constant : left->constant};
    for (size_t i = 0; i < left->count; i++) {
        bool is_gone = false;
        for (size_t k = 0; k < right->count; k++) {
            is_gone = is_gone || right->sets[k] == left->sets[i];
        }
        if (!is_gone) {
            out->sets[out->count++] = left->sets[i];
        }
    }
}

/* a %in% b and a:b, a * b, a / b */
static pal_status read_cross(struct pal_formula_model *model, char sign,
                             const struct pal_formula_terms *left,
                             const struct pal_formula_terms *right,
                             struct pal_formula_terms *out)
{
    struct pal_formula_terms all = {.count = 1};
    pal_status status = PAL_OK;
    if (sign == ':' || sign == '%') {
        return cross(model, left, right, out);
    }
    for (size_t i = 0; i < left->count; i++) {
        all.sets[0] |= left->sets[i];
    }
    status = add_all(model, out, left);
    if (status == PAL_OK && sign == '/') {
        return cross(model, &all, right, out);
    }
    if (status == PAL_OK) {
        status = add_all(model, out, right);
    }
    return status == PAL_OK ? cross(model, left, right, out) : status;
}

static pal_status read_pair(struct pal_formula_model *model,
                            struct pal_expression *pair, struct pal_formula_terms *out)
{
    struct pal_formula_terms left = {.count = 0};
    struct pal_formula_terms right = {.count = 0};
    char sign = pair->text.data[0];
    pal_status status = pal_formula_read_terms(model, pair->parts[0], &left);
    if (status == PAL_OK && sign == '^') {
        return read_power(model, pair, &left, out);
    }
    if (status == PAL_OK) {
        status = pal_formula_read_terms(model, pair->parts[1], &right);
    }
    if (status != PAL_OK) {
        return status;
    }
    if (sign == '-') {
        take_away(&left, &right, out);
        return PAL_OK;
    }
    if (sign != '+') {
        return read_cross(model, sign, &left, &right, out);
    }
    status = add_all(model, out, &left);
    return status == PAL_OK ? add_all(model, out, &right) : status;
}

static bool joins_terms(const struct pal_expression *pair)
{
    static const char *const signs[] = {"+", "-", "*", ":", "/", "^", "%in%"};
    for (size_t k = 0; k < sizeof signs / sizeof signs[0]; k++) {
        if (pal_view_is_equal(pair->text, pal_view_of(signs[k]))) {
            return true;
        }
    }
    return false;
}

static pal_status read_call(struct pal_formula_model *model,
                            struct pal_expression *call, struct pal_formula_terms *out)
{
    static const char *const refused[] = {"cluster", "frailty", "tt", "ns", "bs", "s"};
    for (size_t k = 0; k < sizeof refused / sizeof refused[0]; k++) {
        if (pal_expression_is_call(call, refused[k])) {
            return pal_fail(model->err, PAL_INPUT,
                            "the formula's \"%s(\" is not supported", refused[k]);
        }
    }
    if (pal_expression_is_call(call, "offset")) {
        return add_offset(model, call);
    }
    if (!pal_expression_is_call(call, "strata")) {
        return add_variable(model, call, out);
    }
    if (model->strata != NULL) {
        return pal_fail(model->err, PAL_INPUT,
                        "the formula has strata( twice; write strata(a, b)");
    }
    model->strata = call;
    return PAL_OK;
}

pal_status pal_formula_read_terms(struct pal_formula_model *model,
                                  struct pal_expression *expression,
                                  struct pal_formula_terms *out)
{
    struct pal_formula_terms inner = {.count = 0};
    const struct pal_formula_terms none = {.count = 0};
    pal_status status = PAL_OK;
    *out = (struct pal_formula_terms){.count = 0};
    switch (expression->kind) {
    case PAL_EXPRESSION_NUMBER:
        if (expression->number != 0 && expression->number != 1) {
            return pal_fail(model->err, PAL_INPUT,
                            "a number in a formula's terms is 0 or 1, not %g",
                            expression->number);
        }
        out->constant = expression->number != 0 ? 1 : -1;
        return PAL_OK;
    case PAL_EXPRESSION_PAREN:
        return pal_formula_read_terms(model, expression->parts[0], out);
    case PAL_EXPRESSION_SIGN:
        if (expression->text.data[0] == '!') {
            return add_variable(model, expression, out);
        }
        status = pal_formula_read_terms(model, expression->parts[0], &inner);
        if (expression->text.data[0] == '-') {
            take_away(&none, &inner, out);
        } else {
            *out = inner;
        }
        return status;
    case PAL_EXPRESSION_PAIR:
        return joins_terms(expression) ? read_pair(model, expression, out)
                                       : add_variable(model, expression, out);
    case PAL_EXPRESSION_CALL:
        return read_call(model, expression, out);
    case PAL_EXPRESSION_NAME:
    case PAL_EXPRESSION_TEXT:
        break;
    }
    bool is_dot = pal_view_is_equal(expression->text, PAL_VIEW("."));
    return is_dot ? add_others(model, out) : add_variable(model, expression, out);
}
