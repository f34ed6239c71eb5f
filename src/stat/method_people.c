/*
 * What the methods for stays share: times, causes, groups.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stat/expression.h"
#include "stat/method_internal.h"

pal_status pal_method_events(struct pal_arena *arena, const double *values,
                             size_t count, const size_t *rows, const int **out,
                             struct pal_error *err)
{
    void *memory = NULL;
    double most = 0.0;
    pal_status status = pal_arena_alloc(arena, count, sizeof(int), &memory, err);
    int *events = memory;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, values[i]);
    }
    double none = most == 2 ? 1.0 : 0.0;
    for (size_t i = 0; status == PAL_OK && i < count; i++) {
        if (values[i] != none && values[i] != none + 1) {
            return pal_fail(err, PAL_INPUT,
                            "row %zu: the status is %g; it should be 0 or 1, or 1 or 2 "
                            "in all rows",
                            (rows != NULL ? rows[i] : i) + 1, values[i]);
        }
        events[i] = values[i] > none;
    }
    *out = events;
    return status;
}

static pal_status read_causes(const struct pal_frame *in, const char *column,
                              const int **out, size_t *most, struct pal_error *err)
{
    const double *numbers;
    void *memory = NULL;
    *most = 0;
    pal_status status = pal_frame_numbers(in, column, &numbers, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(in->arena, in->row_count, sizeof(int), &memory, err);
    }
    if (status == PAL_OK && strcmp(column, "event") == 0) {
        *most = 1;
        return pal_method_events(in->arena, numbers, in->row_count, NULL, out, err);
    }
    int *causes = memory;
    for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
        if (!(numbers[i] >= 0 && numbers[i] <= 100) ||
            numbers[i] != floor(numbers[i])) {
            return pal_fail(
                err, PAL_INPUT,
                "column \"%s\", row %zu: a cause is a whole number from 0 to 100",
                column, i + 1);
        }
        causes[i] = (int)numbers[i];
        *most = (size_t)causes[i] > *most ? (size_t)causes[i] : *most;
    }
    *out = causes;
    return status;
}

/* A row's level, for sorting. */
struct label {
    const char *text;
    double number;
    bool is_number;
    size_t row;
};

static int compare_labels(const void *left, const void *right)
{
    const struct label *a = left;
    const struct label *b = right;
    if (a->is_number) {
        return (a->number > b->number) - (a->number < b->number);
    }
    return pal_text_order(a->text, b->text);
}

/* Texts of one row are compared as numbers only where all rows are numbers, as R does. */
static pal_status read_labels(const struct pal_frame *in, const char *column,
                              struct label **out, struct pal_error *err)
{
    const char *const *texts;
    void *memory = NULL;
    size_t at = pal_frame_find(in, column);
    bool are_numbers = true;
    pal_status status = pal_frame_texts(in, column, &texts, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(in->arena, in->row_count, sizeof **out, &memory, err);
    }
    struct label *labels = memory;
    for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
        const struct pal_datum *cell = &in->cells[i * in->column_count + at];
        labels[i] = (struct label){texts[i], cell->number, false, i};
        are_numbers = are_numbers && cell->kind == PAL_DATUM_NUMBER;
        if (cell->kind == PAL_DATUM_MISSING) {
            return pal_fail(err, PAL_INPUT,
                            "row %zu, column \"%s\": a group is missing", i + 1,
                            column);
        }
    }
    for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
        labels[i].is_number = are_numbers;
    }
    *out = labels;
    return status;
}

/* A number as R names it, however it was written. */
static pal_status name_level(struct pal_arena *arena, const struct label *label,
                             const char **out, struct pal_error *err)
{
    char number[32];
    struct pal_view copy = {"", 0};
    *out = label->text;
    if (!label->is_number) {
        return PAL_OK;
    }
    pal_expression_number_text(label->number, number);
    pal_status status = pal_arena_copy(arena, pal_view_of(number), &copy, err);
    *out = copy.data;
    return status;
}

pal_status pal_method_levels(const struct pal_frame *in, const char *column,
                             struct pal_levels *out, struct pal_error *err)
{
    struct label *labels = NULL;
    void *names = NULL;
    void *of_row = NULL;
    *out = (struct pal_levels){NULL, 0, NULL};
    pal_status status = read_labels(in, column, &labels, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(in->arena, in->row_count, sizeof(char *), &names, err);
    }
    if (status == PAL_OK) {
        status =
            pal_arena_alloc(in->arena, in->row_count, sizeof(size_t), &of_row, err);
    }
    if (status != PAL_OK || in->row_count == 0 || labels == NULL) {
        return status;
    }
    out->names = names;
    out->of_row = of_row;
    qsort(labels, in->row_count, sizeof *labels, compare_labels);
    for (size_t i = 0; i < in->row_count; i++) {
        if (i == 0 || compare_labels(&labels[i - 1], &labels[i]) != 0) {
            status = name_level(in->arena, &labels[i], &out->names[out->count++], err);
        }
        if (status != PAL_OK) {
            return status;
        }
        out->of_row[labels[i].row] = out->count - 1;
    }
    return PAL_OK;
}

pal_status pal_method_survival_data(const struct pal_frame *in,
                                    const char *cause_column, bool has_entry,
                                    struct pal_survival_data *out, size_t *cause_count,
                                    struct pal_error *err)
{
    *out = (struct pal_survival_data){.count = in->row_count};
    pal_status status = pal_frame_numbers(in, "time", &out->exit, err);
    if (status == PAL_OK) {
        status = read_causes(in, cause_column, &out->cause, cause_count, err);
    }
    if (status == PAL_OK && has_entry) {
        status = pal_frame_numbers(in, "entry", &out->entry, err);
    }
    return status;
}
