/*
 * Columns of a formula's terms in R's order: main effects stand first, and within a term the
 * variable named first in the formula varies fastest.
 */
#include "stat/formula.h"

#include <string.h>

#include "stat/formula_internal.h"
#include "stat/glm.h"

static size_t order_of(uint32_t set)
{
    size_t count = 0;
    for (; set != 0; set &= set - 1) {
        count++;
    }
    return count;
}

/* Main effects first, then pairs and so on, each in the order of the formula. */
static void sort_terms(struct pal_formula_terms *terms)
{
    for (size_t i = 1; i < terms->count; i++) {
        uint32_t set = terms->sets[i];
        size_t at = i;
        while (at > 0 && order_of(terms->sets[at - 1]) > order_of(set)) {
            terms->sets[at] = terms->sets[at - 1];
            at--;
        }
        terms->sets[at] = set;
    }
}

/* Whether a factor is coded in full: the rest of its term lies in no term before it. */
static bool is_full(const struct pal_formula_terms *terms, size_t term, size_t variable)
{
    uint32_t rest = terms->sets[term] & ~((uint32_t)1 << variable);
    for (size_t k = 0; k < term && rest != 0; k++) {
        if ((rest & ~terms->sets[k]) == 0) {
            return false;
        }
    }
    return rest != 0;
}

static bool has_variable(uint32_t set, size_t variable)
{
    return (set >> variable & 1u) != 0;
}

/* Without a constant the first factor of the first term that has one is coded in full. */
static bool takes_the_constant(const struct pal_formula_model *model,
                               const struct pal_formula_terms *terms, size_t term,
                               size_t variable)
{
    for (size_t t = 0; t <= term; t++) {
        for (size_t k = 0; k < model->variable_count; k++) {
            if (has_variable(terms->sets[t], k) && model->variables[k].is_factor) {
                return t == term && k == variable;
            }
        }
    }
    return false;
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

/* One column of a term: a column of each of its variables, by `code`, multiplied. */
static pal_status add_product(const struct pal_formula_model *model, uint32_t set,
                              const bool *are_full, size_t code,
                              struct pal_formula_design *design)
{
    struct pal_view name = {"", 0};
    double *values = NULL;
    struct pal_arena *arena = model->frame->arena;
    pal_status status = add_column(design, arena, &values, model->err);
    for (size_t k = 0; status == PAL_OK && k < model->variable_count; k++) {
        const struct pal_variable *variable = &model->variables[k];
        if (!has_variable(set, k)) {
            continue;
        }
        size_t columns = pal_variable_columns(variable, are_full[k]);
        size_t at = code % columns;
        code /= columns;
        status = pal_arena_format(arena, &name, model->err, "%.*s%s%s",
                                  PAL_VIEW_ARG(name), name.size > 0 ? ":" : "",
                                  pal_variable_name(variable, are_full[k], at));
        for (size_t i = 0; values != NULL && i < design->row_count; i++) {
            values[i] *= pal_variable_value(model->frame, variable, are_full[k], at,
                                            design->rows[i]);
        }
    }
    design->names[design->column_count > 0 ? design->column_count - 1 : 0] = name.data;
    return status;
}

static pal_status add_term(const struct pal_formula_model *model,
                           const struct pal_formula_terms *terms, size_t term,
                           struct pal_formula_design *design)
{
    bool are_full[PAL_FORMULA_VARIABLE_MAX] = {false};
    size_t total = 1;
    pal_status status = PAL_OK;
    for (size_t k = 0; k < model->variable_count; k++) {
        if (has_variable(terms->sets[term], k)) {
            are_full[k] =
                is_full(terms, term, k) ||
                (!design->has_constant && takes_the_constant(model, terms, term, k));
            total *= pal_variable_columns(&model->variables[k], are_full[k]);
            if (total > PAL_GLM_COLUMN_MAX) {
                return pal_fail(model->err, PAL_LIMIT,
                                "a model of more than %d columns", PAL_GLM_COLUMN_MAX);
            }
        }
    }
    for (size_t c = 0; status == PAL_OK && c < total; c++) {
        status = add_product(model, terms->sets[term], are_full, c, design);
    }
    return status;
}

/* The left side: one expression, or the parts of Surv(..). */
static pal_status read_response(struct pal_formula_model *model,
                                struct pal_expression *left,
                                struct pal_formula_design *out)
{
    pal_status status =
        pal_expression_text(left, model->frame->arena, &model->response, model->err);
    out->is_survival = pal_expression_is_call(left, "Surv");
    out->response_count = out->is_survival ? left->part_count : 1;
    if (status == PAL_OK && out->is_survival &&
        (left->part_count < 2 || left->part_count > 3)) {
        return pal_fail(model->err, PAL_INPUT,
                        "\"%.80s\" should be Surv(time, status) or Surv(entry, time, "
                        "status)",
                        model->response);
    }
    for (size_t k = 0; status == PAL_OK && k < out->response_count; k++) {
        status =
            pal_variable_numbers(model->frame, out->is_survival ? left->parts[k] : left,
                                 model->is_used, &out->response[k], model->err);
    }
    return status;
}

/* Which rows take part, and what there is of each in their order. */
static pal_status keep_rows(const struct pal_formula_model *model,
                            struct pal_formula_design *out)
{
    size_t count = model->frame->row_count;
    void *memory = NULL;
    pal_status status = pal_arena_alloc(model->frame->arena, count, sizeof(size_t),
                                        &memory, model->err);
    out->rows = memory;
    out->offset = model->offset;
    for (size_t i = 0; status == PAL_OK && i < count; i++) {
        if (!model->is_used[i]) {
            continue;
        }
        for (size_t k = 0; k < out->response_count; k++) {
            out->response[k][out->row_count] = out->response[k][i];
        }
        if (out->offset != NULL) {
            out->offset[out->row_count] = out->offset[i];
        }
        out->rows[out->row_count++] = i;
    }
    out->left_out = count - out->row_count;
    return status;
}

/* Numbers the combinations of strata's columns. */
static pal_status keep_strata(struct pal_formula_model *model,
                              struct pal_formula_design *out)
{
    size_t total = 1;
    void *memory = NULL;
    struct pal_variable *variables = model->variables + model->variable_count;
    size_t count = model->strata->part_count;
    pal_status status = pal_arena_alloc(model->frame->arena, out->row_count,
                                        sizeof(size_t), &memory, model->err);
    out->strata = memory;
    for (size_t k = 0; status == PAL_OK && k < count; k++) {
        status = pal_variable_levels(model->frame, model->is_used, &variables[k],
                                     model->err);
        for (size_t i = 0; status == PAL_OK && i < out->row_count; i++) {
            out->strata[i] += total * variables[k].levels[out->rows[i]];
        }
        total *= variables[k].level_count;
    }
    return status;
}

static pal_status make_strata(struct pal_formula_model *model)
{
    pal_status status = PAL_OK;
    size_t count = model->strata->part_count;
    if (count == 0 || count > 3 ||
        model->variable_count + count > PAL_FORMULA_VARIABLE_MAX) {
        return pal_fail(model->err, PAL_INPUT,
                        "the formula's strata( holds one to three columns");
    }
    for (size_t k = 0; status == PAL_OK && k < count; k++) {
        struct pal_variable *variable = &model->variables[model->variable_count + k];
        status = pal_variable_make(model->frame, model->strata->parts[k],
                                   model->is_used, variable, model->err);
        if (status == PAL_OK && !variable->is_factor && variable->values == NULL) {
            return pal_fail(model->err, PAL_INPUT, "strata( cannot hold \"%.60s\"",
                            variable->label);
        }
        variable->is_factor = true;
        variable->are_numbers = variable->texts == NULL;
        variable->numbers = variable->texts == NULL && variable->numbers == NULL
                                ? variable->values
                                : variable->numbers;
    }
    return status;
}

static pal_status fill(struct pal_formula_model *model, struct pal_formula_terms *terms,
                       struct pal_formula_design *out)
{
    void *memory = NULL;
    double *values = NULL;
    pal_status status = keep_rows(model, out);
    if (status == PAL_OK && model->strata != NULL) {
        status = keep_strata(model, out);
    }
    for (size_t k = 0; status == PAL_OK && k < model->variable_count; k++) {
        status = pal_variable_levels(model->frame, model->is_used, &model->variables[k],
                                     model->err);
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(model->frame->arena, PAL_GLM_COLUMN_MAX,
                                 sizeof(char *), &memory, model->err);
        out->names = memory;
    }
    if (status == PAL_OK && out->has_constant) {
        status = add_column(out, model->frame->arena, &values, model->err);
        out->names[0] = "(Intercept)";
    }
    sort_terms(terms);
    for (size_t k = 0; status == PAL_OK && k < terms->count; k++) {
        status = add_term(model, terms, k, out);
    }
    return status;
}

pal_status pal_formula_make(const char *formula, const struct pal_frame *frame,
                            struct pal_formula_design *out, struct pal_error *err)
{
    struct pal_formula_model model = {.frame = frame, .err = err};
    struct pal_formula_terms terms = {.count = 0};
    struct pal_expression *tree = NULL;
    void *memory = NULL;
    *out = (struct pal_formula_design){.row_count = 0};
    if (strchr(formula, '~') == NULL) {
        return pal_fail(err, PAL_INPUT, "the formula \"%.200s\" has no \"~\"", formula);
    }
    pal_status status = pal_expression_parse(formula, frame->arena, &tree, err);
    if (status == PAL_OK && (tree->kind != PAL_EXPRESSION_PAIR ||
                             !pal_view_is_equal(tree->text, PAL_VIEW("~")))) {
        return pal_fail(err, PAL_INPUT,
                        "the formula \"%.200s\" is not of the form y ~ x", formula);
    }
    if (status == PAL_OK) {
        status =
            pal_arena_alloc(frame->arena, frame->row_count, sizeof(bool), &memory, err);
    }
    model.is_used = memory;
    model.left = status == PAL_OK ? tree->parts[0] : NULL;
    if (status == PAL_OK && memory != NULL) {
        memset(memory, true, frame->row_count);
    }
    status = status == PAL_OK ? read_response(&model, tree->parts[0], out) : status;
    status = status == PAL_OK ? pal_formula_read_terms(&model, tree->parts[1], &terms)
                              : status;
    if (status == PAL_OK && model.strata != NULL) {
        status = make_strata(&model);
    }
    out->has_constant = out->is_survival || terms.constant >= 0;
    return status == PAL_OK ? fill(&model, &terms, out) : status;
}
