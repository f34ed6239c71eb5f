/*
 * Variables of a formula. Coding of factors: Chambers & Hastie, Statistical Models in S
 * (1992), section 2.3.
 */
#include <math.h>
#include <string.h>

#include "stat/formula_internal.h"

static pal_status fail_value(const struct pal_frame *frame,
                             const struct pal_expression *expression, size_t row,
                             struct pal_error *err)
{
    const char *text = "";
    pal_status status = pal_expression_text(expression, frame->arena, &text, err);
    return status == PAL_OK
               ? pal_fail(err, PAL_INPUT,
                          "row %zu: the formula's \"%.100s\" has no value there",
                          row + 1, text)
               : status;
}

pal_status pal_variable_numbers(const struct pal_frame *frame,
                                struct pal_expression *expression, bool *is_used,
                                double **out, struct pal_error *err)
{
    void *memory = NULL;
    *out = NULL;
    pal_status status = pal_expression_bind(expression, frame, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(frame->arena, frame->row_count, sizeof(double),
                                 &memory, err);
    }
    double *values = memory;
    for (size_t i = 0; status == PAL_OK && i < frame->row_count; i++) {
        values[i] = pal_expression_value(expression, i);
        if (isfinite(values[i])) {
            continue;
        }
        if (!pal_expression_has_gap(expression, i)) {
            return fail_value(frame, expression, i, err);
        }
        is_used[i] = false;
        values[i] = 0.0;
    }
    *out = values;
    return status;
}

/* Columns of names "label1", "label2" .. */
static pal_status name_columns(const struct pal_frame *frame, struct pal_variable *out,
                               struct pal_error *err)
{
    void *memory = NULL;
    pal_status status =
        pal_arena_alloc(frame->arena, out->column_count, sizeof(char *), &memory, err);
    out->names = memory;
    for (size_t k = 0; status == PAL_OK && k < out->column_count; k++) {
        struct pal_view name;
        status = pal_arena_format(frame->arena, &name, err, "%s%zu", out->label, k + 1);
        out->names[k] = name.data;
    }
    return status;
}

/* Takes from a column what it has of another of unit length, or its mean. */
static void take_off(double *column, const double *other, size_t rows)
{
    double product = 0.0;
    for (size_t i = 0; i < rows; i++) {
        product += other != NULL ? column[i] * other[i] : column[i] / (double)rows;
    }
    for (size_t i = 0; i < rows; i++) {
        column[i] -= other != NULL ? product * other[i] : product;
    }
}

/* Unit length; not a number where there is no length. */
static void scale(double *column, size_t rows)
{
    double square = 0.0;
    for (size_t i = 0; i < rows; i++) {
        square += column[i] * column[i];
    }
    for (size_t i = 0; i < rows; i++) {
        column[i] = square > 1e-24 ? column[i] / sqrt(square) : (double)NAN;
    }
}

/* Powers of x from 1 on, or with unit length and at right angles to the constant and to each
 * other: Gram & Schmidt, twice, on x times the one before. Not a number where x has too few
 * values. */
static void fill_powers(double *columns, size_t rows, size_t count, bool is_raw)
{
    for (size_t k = 0; k < count; k++) {
        double *column = columns + k * rows;
        for (size_t i = 0; k > 0 && i < rows; i++) {
            column[i] = columns[i] * columns[(k - 1) * rows + i];
        }
        for (size_t pass = 0; pass < 2 && !is_raw; pass++) {
            take_off(column, NULL, rows);
            for (size_t other = 0; other < k; other++) {
                take_off(column, columns + other * rows, rows);
            }
        }
        if (!is_raw) {
            scale(column, rows);
        }
    }
}

static pal_status make_poly(const struct pal_frame *frame, bool *is_used,
                            struct pal_variable *out, struct pal_error *err)
{
    const struct pal_expression *call = out->expression;
    const struct pal_expression *degree = call->part_count > 1 ? call->parts[1] : NULL;
    const struct pal_expression *raw = call->part_count > 2 ? call->parts[2] : NULL;
    double *first = NULL;
    void *memory = NULL;
    bool is_raw = raw != NULL && raw->text.size > 0 && raw->text.data[0] == 'T';
    double power = degree == NULL ? 1.0 : degree->number;
    if (call->part_count < 1 || call->part_count > 3 ||
        !(power >= 1 && power <= PAL_VARIABLE_POWER_MAX) || power != floor(power)) {
        return pal_fail(err, PAL_INPUT,
                        "the formula's \"%.100s\" needs a power from 1 to %d",
                        out->label, PAL_VARIABLE_POWER_MAX);
    }
    size_t rows = frame->row_count;
    out->column_count = (size_t)power;
    pal_status status =
        pal_variable_numbers(frame, call->parts[0], is_used, &first, err);
    for (size_t i = 0; status == PAL_OK && i < rows; i++) {
        if (pal_expression_has_gap(call->parts[0], i)) {
            return fail_value(frame, call, i, err);
        }
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(frame->arena, rows * out->column_count, sizeof(double),
                                 &memory, err);
    }
    out->values = memory;
    if (status != PAL_OK || rows == 0) {
        return status;
    }
    memcpy(out->values, first, rows * sizeof *first);
    fill_powers(out->values, rows, out->column_count, is_raw);
    for (size_t i = 0; i < rows * out->column_count; i++) {
        if (!isfinite(out->values[i])) {
            return fail_value(frame, call, i % rows, err);
        }
    }
    return name_columns(frame, out, err);
}

static bool has_text(const struct pal_frame *frame, const struct pal_expression *name,
                     size_t *column)
{
    *column = 0;
    while (*column < frame->column_count &&
           !pal_view_is_equal(pal_view_of(frame->names[*column]), name->text)) {
        ++*column;
    }
    for (size_t i = 0; name->kind == PAL_EXPRESSION_NAME &&
                       *column < frame->column_count && i < frame->row_count;
         i++) {
        if (frame->cells[i * frame->column_count + *column].kind == PAL_DATUM_TEXT) {
            return true;
        }
    }
    return false;
}

static pal_status make_text_factor(const struct pal_frame *frame, size_t column,
                                   bool *is_used, struct pal_variable *out,
                                   struct pal_error *err)
{
    out->is_factor = true;
    for (size_t i = 0; i < frame->row_count; i++) {
        is_used[i] =
            is_used[i] &&
            frame->cells[i * frame->column_count + column].kind != PAL_DATUM_MISSING;
    }
    return pal_frame_texts(frame, frame->names[column], &out->texts, err);
}

/* factor(..) and relevel(.., ref = ".."); others are as they stand. */
static pal_status make_factor(const struct pal_frame *frame, bool *is_used,
                              struct pal_variable *out, struct pal_error *err)
{
    struct pal_expression *inner = out->expression;
    bool is_factor = false;
    double *numbers = NULL;
    size_t column;
    if (pal_expression_is_call(inner, "relevel") && inner->part_count == 2 &&
        inner->parts[1]->kind != PAL_EXPRESSION_CALL) {
        struct pal_view first;
        pal_status status =
            pal_arena_copy(frame->arena, inner->parts[1]->text, &first, err);
        if (status != PAL_OK) {
            return status;
        }
        out->first = first.data;
        inner = inner->parts[0];
        is_factor = true;
    }
    if ((pal_expression_is_call(inner, "factor") ||
         pal_expression_is_call(inner, "as.factor") ||
         pal_expression_is_call(inner, "as.character")) &&
        inner->part_count == 1) {
        is_factor = true;
        inner = inner->parts[0];
    }
    if (has_text(frame, inner, &column)) {
        return make_text_factor(frame, column, is_used, out, err);
    }
    pal_status status = pal_variable_numbers(frame, inner, is_used, &numbers, err);
    out->is_factor = is_factor || pal_expression_is_truth(inner);
    out->are_numbers = !pal_expression_is_truth(inner);
    out->numbers = numbers;
    if (status == PAL_OK && !out->is_factor) {
        out->values = numbers;
        out->column_count = 1;
    }
    return status;
}

pal_status pal_variable_make(const struct pal_frame *frame,
                             struct pal_expression *expression, bool *is_used,
                             struct pal_variable *out, struct pal_error *err)
{
    *out = (struct pal_variable){.expression = expression};
    pal_status status = pal_expression_text(expression, frame->arena, &out->label, err);
    if (status != PAL_OK) {
        return status;
    }
    return pal_expression_is_call(expression, "poly")
               ? make_poly(frame, is_used, out, err)
               : make_factor(frame, is_used, out, err);
}

/* A level while the list is made. */
struct level {
    const char *text;
    double number;
};

static int compare_levels(const struct pal_variable *variable, const struct level *a,
                          const struct level *b)
{
    if (variable->texts == NULL) {
        return (a->number > b->number) - (a->number < b->number);
    }
    return pal_text_order(a->text, b->text);
}

/* Where the level of a row is, or belongs. */
static size_t find_level(const struct pal_variable *variable,
                         const struct level *levels, size_t count,
                         const struct level *level)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (compare_levels(variable, &levels[middle], level) < 0) {
            low = middle + 1;
        } else {
            count = middle;
        }
    }
    return low;
}

static struct level level_of(const struct pal_variable *variable, size_t row)
{
    if (variable->texts != NULL) {
        return (struct level){variable->texts[row], 0.0};
    }
    return (struct level){NULL, variable->numbers[row]};
}

static pal_status list_levels(const struct pal_frame *frame, const bool *is_used,
                              const struct pal_variable *variable, struct level *levels,
                              size_t *count, struct pal_error *err)
{
    *count = 0;
    if (variable->texts == NULL && !variable->are_numbers) {
        levels[0] = (struct level){NULL, 0.0};
        levels[1] = (struct level){NULL, 1.0};
        *count = 2;
        return PAL_OK;
    }
    for (size_t i = 0; i < frame->row_count; i++) {
        struct level level = level_of(variable, i);
        size_t at = is_used[i] ? find_level(variable, levels, *count, &level) : 0;
        if (!is_used[i] ||
            (at < *count && compare_levels(variable, &levels[at], &level) == 0)) {
            continue;
        }
        if (*count == PAL_VARIABLE_LEVEL_MAX) {
            return pal_fail(err, PAL_LIMIT,
                            "\"%.60s\" is a factor of more than %d levels",
                            variable->label, PAL_VARIABLE_LEVEL_MAX);
        }
        memmove(levels + at + 1, levels + at, (*count - at) * sizeof *levels);
        levels[at] = level;
        ++*count;
    }
    return PAL_OK;
}

static pal_status level_text(const struct pal_frame *frame,
                             const struct pal_variable *variable,
                             const struct level *level, const char **out,
                             struct pal_error *err)
{
    char number[32];
    struct pal_view copy;
    *out = level->text;
    if (level->text != NULL) {
        return PAL_OK;
    }
    if (!variable->are_numbers) {
        *out = level->number != 0 ? "TRUE" : "FALSE";
        return PAL_OK;
    }
    pal_expression_number_text(level->number, number);
    pal_status status = pal_arena_copy(frame->arena, pal_view_of(number), &copy, err);
    *out = copy.data;
    return status;
}

static pal_status name_levels(const struct pal_frame *frame, const struct level *levels,
                              uint32_t *order, struct pal_variable *variable,
                              struct pal_error *err)
{
    size_t count = variable->level_count;
    size_t first = 0;
    pal_status status = PAL_OK;
    for (size_t k = 0; status == PAL_OK && k < count; k++) {
        status = level_text(frame, variable, &levels[k], &variable->names[k], err);
        if (status == PAL_OK && variable->first != NULL &&
            strcmp(variable->names[k], variable->first) == 0) {
            first = k;
        }
        order[k] = (uint32_t)k;
    }
    if (status != PAL_OK || count == 0) {
        return status;
    }
    if (variable->first != NULL &&
        strcmp(variable->names[first], variable->first) != 0) {
        return pal_fail(err, PAL_INPUT, "\"%.60s\": no row has the level \"%.60s\"",
                        variable->label, variable->first);
    }
    const char *name = variable->names[first];
    for (size_t k = first; k > 0; k--) {
        variable->names[k] = variable->names[k - 1];
        order[k - 1] = (uint32_t)k;
    }
    variable->names[0] = name;
    order[first] = 0;
    for (size_t k = 0; status == PAL_OK && k < count; k++) {
        struct pal_view label;
        status = pal_arena_format(frame->arena, &label, err, "%s%s", variable->label,
                                  variable->names[k]);
        variable->names[k] = label.data;
    }
    return status;
}

pal_status pal_variable_levels(const struct pal_frame *frame, const bool *is_used,
                               struct pal_variable *variable, struct pal_error *err)
{
    struct level levels[PAL_VARIABLE_LEVEL_MAX];
    uint32_t order[PAL_VARIABLE_LEVEL_MAX] = {0};
    void *memory = NULL;
    if (!variable->is_factor) {
        return PAL_OK;
    }
    pal_status status =
        list_levels(frame, is_used, variable, levels, &variable->level_count, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(frame->arena, variable->level_count, sizeof(char *),
                                 &memory, err);
        variable->names = memory;
    }
    if (status == PAL_OK) {
        status = name_levels(frame, levels, order, variable, err);
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(frame->arena, frame->row_count, sizeof(uint32_t),
                                 &memory, err);
        variable->levels = memory;
    }
    for (size_t i = 0; status == PAL_OK && i < frame->row_count; i++) {
        struct level level = level_of(variable, i);
        if (is_used[i]) {
            variable->levels[i] =
                order[find_level(variable, levels, variable->level_count, &level)];
        }
    }
    return status;
}

size_t pal_variable_columns(const struct pal_variable *variable, bool is_full)
{
    if (!variable->is_factor) {
        return variable->column_count;
    }
    size_t count = variable->level_count;
    return is_full || count == 0 ? count : count - 1;
}

double pal_variable_value(const struct pal_frame *frame,
                          const struct pal_variable *variable, bool is_full,
                          size_t column, size_t row)
{
    if (!variable->is_factor) {
        return variable->values[column * frame->row_count + row];
    }
    return variable->levels[row] == column + (is_full ? 0 : 1) ? 1.0 : 0.0;
}

const char *pal_variable_name(const struct pal_variable *variable, bool is_full,
                              size_t column)
{
    bool is_shifted = variable->is_factor && !is_full;
    if (variable->names == NULL) {
        return variable->label;
    }
    return variable->names[column + (is_shifted ? 1 : 0)];
}
