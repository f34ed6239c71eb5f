/*
 * Wilkinson & Rogers, "Symbolic description of factorial models", Applied Statistics 22
 * (1973) 392, as far as the header says. Coding: Chambers & Hastie (1992), section 2.3;
 * factors of an interaction vary fastest from the left.
 */
#include "stat/formula.h"

#include <math.h>
#include <string.h>

#include "base/parse.h"
#include "stat/glm.h"

enum { TERM_MAX = 64, LEVEL_MAX = 200 };

/* One variable: one column, or one a level but the first. */
struct variable {
    struct pal_view label; /* as written, "I(t^2)" */
    size_t column_count;
    double *values;
    const char **names;
};

struct term {
    struct pal_view parts[PAL_FORMULA_VARIABLE_MAX];
    size_t part_count;
};

static pal_status list_levels(const char *const *texts, size_t count,
                              const char *levels[LEVEL_MAX], size_t *level_count,
                              struct pal_error *err)
{
    *level_count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < *level_count && pal_text_order(levels[at], texts[i]) < 0) {
            at++;
        }
        if (at < *level_count && strcmp(levels[at], texts[i]) == 0) {
            continue;
        }
        if (*level_count == LEVEL_MAX) {
            return pal_fail(err, PAL_LIMIT, "a factor of more than %d levels",
                            LEVEL_MAX);
        }
        memmove(levels + at + 1, levels + at, (*level_count - at) * sizeof *levels);
        levels[at] = texts[i];
        (*level_count)++;
    }
    return PAL_OK;
}

static pal_status variable_room(struct pal_arena *arena, size_t rows, size_t columns,
                                struct variable *out, struct pal_error *err)
{
    void *memory = NULL;
    out->column_count = columns;
    pal_status status =
        pal_arena_alloc(arena, rows * columns, sizeof(double), &memory, err);
    out->values = memory;
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, columns, sizeof(char *), &memory, err);
        out->names = memory;
    }
    return status;
}

static pal_status make_factor(const struct pal_frame *frame, const char *name,
                              struct variable *out, struct pal_error *err)
{
    const char *const *texts;
    const char *levels[LEVEL_MAX];
    size_t level_count = 0;
    pal_status status = pal_frame_texts(frame, name, &texts, err);
    if (status == PAL_OK) {
        status = list_levels(texts, frame->row_count, levels, &level_count, err);
    }
    if (status == PAL_OK) {
        status = variable_room(frame->arena, frame->row_count,
                               level_count > 0 ? level_count - 1 : 0, out, err);
    }
    for (size_t k = 0; status == PAL_OK && k + 1 < level_count; k++) {
        struct pal_view label;
        status =
            pal_arena_format(frame->arena, &label, err, "%s%s", name, levels[k + 1]);
        out->names[k] = label.data;
        for (size_t i = 0; i < frame->row_count; i++) {
            out->values[k * frame->row_count + i] =
                strcmp(texts[i], levels[k + 1]) == 0 ? 1.0 : 0.0;
        }
    }
    return status;
}

static bool has_text(const struct pal_frame *frame, size_t column)
{
    for (size_t i = 0; i < frame->row_count; i++) {
        if (frame->cells[i * frame->column_count + column].kind == PAL_DATUM_TEXT) {
            return true;
        }
    }
    return false;
}

/* "I(x^3)" into x and 3. */
static bool read_power(struct pal_view *label, int64_t *power)
{
    *power = 1;
    if (!pal_view_has_prefix(*label, PAL_VIEW("I("))) {
        return true;
    }
    struct pal_view inner = {label->data + 2, label->size - 2};
    struct pal_view base;
    if (!pal_view_has_suffix(inner, PAL_VIEW(")"))) {
        return false;
    }
    inner.size--;
    if (!pal_view_split(&inner, '^', &base) || inner.data == NULL) {
        return false;
    }
    *label = pal_view_trim(base);
    return pal_parse_i64(pal_view_trim(inner), 1, 9, power);
}

static double same(double x)
{
    return x;
}

/* "log(x)" into x and the function. */
static double (*take_function(struct pal_view *label))(double)
{
    static const struct {
        struct pal_view prefix;
        double (*function)(double);
    } known[] = {{{"log(", 4}, log}, {{"sqrt(", 5}, sqrt}, {{"exp(", 4}, exp}};
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        size_t size = known[k].prefix.size;
        if (pal_view_has_prefix(*label, known[k].prefix) &&
            pal_view_has_suffix(*label, PAL_VIEW(")"))) {
            *label = pal_view_trim(
                (struct pal_view){label->data + size, label->size - size - 1});
            return known[k].function;
        }
    }
    return same;
}

static pal_status make_variable(const struct pal_frame *frame, struct pal_view label,
                                struct variable *out, struct pal_error *err)
{
    struct pal_view base = label;
    struct pal_view name;
    struct pal_view written;
    int64_t power;
    double (*function)(double) = take_function(&base);
    *out = (struct variable){.label = label};
    if (!read_power(&base, &power)) {
        return pal_fail(err, PAL_INPUT, "the formula's \"%.*s\" cannot be read",
                        PAL_VIEW_ARG(label));
    }
    pal_status status = pal_arena_copy(frame->arena, base, &name, err);
    if (status != PAL_OK) {
        return status;
    }
    size_t column = pal_frame_find(frame, name.data);
    if (column == frame->column_count) {
        return pal_fail(err, PAL_INPUT,
                        "the formula's \"%s\" is no column of the input", name.data);
    }
    if (has_text(frame, column)) {
        return make_factor(frame, name.data, out, err);
    }
    const double *numbers;
    status = pal_frame_numbers(frame, name.data, &numbers, err);
    status = status == PAL_OK
                 ? variable_room(frame->arena, frame->row_count, 1, out, err)
                 : status;
    status =
        status == PAL_OK ? pal_arena_copy(frame->arena, label, &written, err) : status;
    if (status != PAL_OK) {
        return status;
    }
    out->names[0] = written.data;
    for (size_t i = 0; i < frame->row_count; i++) {
        out->values[i] = function(numbers[i]);
        if (!isfinite(out->values[i])) {
            return pal_fail(err, PAL_INPUT,
                            "row %zu, column \"%s\": %g has no value in the formula's "
                            "\"%s\"",
                            i + 1, name.data, numbers[i], written.data);
        }
        for (int64_t k = 1; k < power; k++) {
            out->values[i] *= numbers[i];
        }
    }
    return PAL_OK;
}

static bool has_term(const struct term *terms, size_t count, const struct term *term)
{
    for (size_t i = 0; i < count; i++) {
        bool is_same = terms[i].part_count == term->part_count;
        for (size_t k = 0; is_same && k < term->part_count; k++) {
            is_same = pal_view_is_equal(terms[i].parts[k], term->parts[k]);
        }
        if (is_same) {
            return true;
        }
    }
    return false;
}

/* "a * b" stands for a + b + a:b, and so on for three and four; "a:b" for itself. */
static pal_status expand(struct pal_view text, struct term *terms, size_t *count,
                         struct pal_error *err)
{
    bool is_crossed = pal_view_find(text, PAL_VIEW("*")) < text.size;
    struct term full = {.part_count = 0};
    struct pal_view rest = text;
    struct pal_view part;
    while (pal_view_split(&rest, is_crossed ? '*' : ':', &part)) {
        part = pal_view_trim(part);
        if (part.size == 0 || full.part_count == PAL_FORMULA_VARIABLE_MAX) {
            return pal_fail(err, PAL_INPUT, "the formula's \"%.*s\" cannot be read",
                            PAL_VIEW_ARG(text));
        }
        full.parts[full.part_count++] = part;
    }
    unsigned all = (1u << full.part_count) - 1;
    for (unsigned mask = is_crossed ? 1 : all; mask <= all; mask++) {
        struct term term = {.part_count = 0};
        for (size_t k = 0; k < full.part_count; k++) {
            if ((mask >> k & 1u) != 0) {
                term.parts[term.part_count++] = full.parts[k];
            }
        }
        if (has_term(terms, *count, &term)) {
            continue;
        }
        if (*count == TERM_MAX) {
            return pal_fail(err, PAL_LIMIT, "a formula of more than %d terms",
                            TERM_MAX);
        }
        terms[(*count)++] = term;
    }
    return PAL_OK;
}

/* A column of ones; *values is good until the next is added. */
static pal_status add_column(struct pal_formula_design *design, struct pal_arena *arena,
                             double **values, struct pal_error *err)
{
    size_t rows = design->row_count;
    *values = NULL;
    if (design->column_count == PAL_GLM_COLUMN_MAX) {
        return pal_fail(err, PAL_LIMIT, "a model of more than %d columns",
                        PAL_GLM_COLUMN_MAX);
    }
    if (design->column_count == design->column_room) {
        void *memory = NULL;
        size_t room = design->column_room == 0 ? 8 : 2 * design->column_room;
        pal_status status =
            pal_arena_alloc(arena, rows * room, sizeof(double), &memory, err);
        if (status != PAL_OK || memory == NULL) {
            return status;
        }
        if (design->column_count > 0) {
            memcpy(memory, design->values,
                   rows * design->column_count * sizeof(double));
        }
        design->values = memory;
        design->column_room = room;
    }
    *values = design->values + design->column_count * rows;
    for (size_t i = 0; i < rows; i++) {
        (*values)[i] = 1.0;
    }
    design->names[design->column_count++] = "";
    return PAL_OK;
}

/* All products of the variables' columns, the first variable varying fastest. */
static pal_status add_term(const struct pal_frame *frame, const struct term *term,
                           struct pal_formula_design *design, struct pal_error *err)
{
    struct variable variables[PAL_FORMULA_VARIABLE_MAX] = {0};
    size_t total = 1;
    for (size_t k = 0; k < term->part_count; k++) {
        pal_status status = make_variable(frame, term->parts[k], &variables[k], err);
        if (status != PAL_OK) {
            return status;
        }
        total *= variables[k].column_count;
    }
    for (size_t c = 0; c < total; c++) {
        struct pal_view name = {"", 0};
        double *values = NULL;
        pal_status status = add_column(design, frame->arena, &values, err);
        size_t code = c;
        for (size_t k = 0; status == PAL_OK && k < term->part_count; k++) {
            size_t at = code % variables[k].column_count;
            code /= variables[k].column_count;
            status = pal_arena_format(frame->arena, &name, err, "%.*s%s%s",
                                      PAL_VIEW_ARG(name), k > 0 ? ":" : "",
                                      variables[k].names[at]);
            for (size_t i = 0; values != NULL && i < design->row_count; i++) {
                values[i] *= variables[k].values[at * design->row_count + i];
            }
        }
        if (status != PAL_OK) {
            return status;
        }
        design->names[design->column_count - 1] = name.data;
    }
    return PAL_OK;
}

/* R codes a factor in full where the term without it is missing; that is not done here, so it
 * is said rather than coded otherwise. */
static pal_status check_margin(const struct pal_frame *frame, const struct term *terms,
                               size_t count, const struct term *term, size_t part,
                               struct pal_error *err)
{
    struct term rest = {.part_count = 0};
    struct pal_view name;
    for (size_t other = 0; other < term->part_count; other++) {
        if (other != part) {
            rest.parts[rest.part_count++] = term->parts[other];
        }
    }
    pal_status status = pal_arena_copy(frame->arena, term->parts[part], &name, err);
    if (status != PAL_OK) {
        return status;
    }
    size_t column = pal_frame_find(frame, name.data);
    if (column < frame->column_count && has_text(frame, column) &&
        !has_term(terms, count, &rest)) {
        return pal_fail(
            err, PAL_INPUT,
            "the formula has an interaction of the factor \"%s\" without the "
            "term it interacts with; write * for :",
            name.data);
    }
    return PAL_OK;
}

static pal_status check_margins(const struct pal_frame *frame, const struct term *terms,
                                size_t count, struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t k = 0; k < count; k++) {
        size_t parts = terms[k].part_count > 1 ? terms[k].part_count : 0;
        for (size_t part = 0; status == PAL_OK && part < parts; part++) {
            status = check_margin(frame, terms, count, &terms[k], part, err);
        }
    }
    return status;
}

pal_status pal_formula_make(const char *formula, const struct pal_frame *frame,
                            struct pal_formula_design *out, struct pal_error *err)
{
    *out = (struct pal_formula_design){.row_count = frame->row_count};
    struct pal_view rest = pal_view_of(formula);
    struct pal_view left;
    struct pal_view piece;
    struct term terms[TERM_MAX];
    size_t term_count = 0;
    if (!pal_view_split(&rest, '~', &left) || rest.data == NULL) {
        return pal_fail(err, PAL_INPUT, "the formula \"%s\" has no \"~\"", formula);
    }
    pal_status status = pal_arena_copy(frame->arena, pal_view_trim(left), &left, err);
    out->response = left.data;
    while (status == PAL_OK && pal_view_split(&rest, '+', &piece)) {
        piece = pal_view_trim(piece);
        if (pal_view_has_prefix(piece, PAL_VIEW("offset(")) &&
            pal_view_has_suffix(piece, PAL_VIEW(")"))) {
            struct pal_view inner = {piece.data + 7, piece.size - 8};
            struct variable variable;
            status = make_variable(frame, pal_view_trim(inner), &variable, err);
            out->offset = status == PAL_OK ? variable.values : NULL;
        } else if (!pal_view_is_equal(piece, PAL_VIEW("1"))) {
            status = expand(piece, terms, &term_count, err);
        }
    }
    if (status == PAL_OK) {
        status = check_margins(frame, terms, term_count, err);
    }
    void *memory = NULL;
    if (status == PAL_OK) {
        status = pal_arena_alloc(frame->arena, PAL_GLM_COLUMN_MAX, sizeof(char *),
                                 &memory, err);
        out->names = memory;
    }
    double *values = NULL;
    if (status == PAL_OK) {
        status = add_column(out, frame->arena, &values, err);
    }
    if (status == PAL_OK) {
        out->names[0] = "(Intercept)";
    }
    /* main effects first, as R orders terms */
    for (size_t order = 1; order <= PAL_FORMULA_VARIABLE_MAX; order++) {
        for (size_t k = 0; status == PAL_OK && k < term_count; k++) {
            if (terms[k].part_count == order) {
                status = add_term(frame, &terms[k], out, err);
            }
        }
    }
    return status;
}
