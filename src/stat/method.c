/*
 * Frames and parameters.
 */
#include "stat/method.h"

#include <math.h>
#include <string.h>

#include "base/parse.h"
#include "stat/method_internal.h"

pal_status pal_frame_init(struct pal_frame *frame, struct pal_arena *arena,
                          const char *const *names, size_t column_count,
                          struct pal_error *err)
{
    *frame = (struct pal_frame){.arena = arena};
    if (column_count == 0 || column_count > PAL_FRAME_COLUMN_MAX) {
        return pal_fail(err, PAL_LIMIT, "a table of %zu columns; allowed are 1 to %d",
                        column_count, PAL_FRAME_COLUMN_MAX);
    }
    void *memory = NULL;
    pal_status status =
        pal_arena_alloc(arena, column_count, sizeof *frame->names, &memory, err);
    if (status != PAL_OK) {
        return status;
    }
    frame->names = memory;
    for (size_t i = 0; i < column_count; i++) {
        struct pal_view copy;
        status = pal_arena_copy(arena, pal_view_of(names[i]), &copy, err);
        if (status != PAL_OK) {
            return status;
        }
        frame->names[i] = copy.data;
    }
    frame->column_count = column_count;
    return PAL_OK;
}

pal_status pal_frame_add_row(struct pal_frame *frame, struct pal_datum **cells,
                             struct pal_error *err)
{
    *cells = NULL;
    if (frame->row_count == frame->row_room) {
        size_t room = frame->row_room == 0 ? 64 : 2 * frame->row_room;
        if (frame->row_count >= PAL_FRAME_ROW_MAX) {
            return pal_fail(err, PAL_LIMIT, "a table of more than %d rows",
                            PAL_FRAME_ROW_MAX);
        }
        void *memory = NULL;
        pal_status status = pal_arena_alloc(frame->arena, room * frame->column_count,
                                            sizeof *frame->cells, &memory, err);
        if (status != PAL_OK) {
            return status;
        }
        if (frame->row_count > 0) {
            memcpy(memory, frame->cells,
                   frame->row_count * frame->column_count * sizeof *frame->cells);
        }
        frame->cells = memory;
        status =
            pal_arena_alloc(frame->arena, room, sizeof *frame->status, &memory, err);
        if (status != PAL_OK) {
            return status;
        }
        if (frame->row_count > 0) {
            memcpy(memory, frame->status, frame->row_count * sizeof *frame->status);
        }
        frame->status = memory;
        frame->row_room = room;
    }
    *cells = frame->cells + frame->row_count * frame->column_count;
    frame->row_count++;
    return PAL_OK;
}

struct pal_datum pal_datum_number(double value)
{
    if (isnan(value)) {
        return (struct pal_datum){.kind = PAL_DATUM_MISSING};
    }
    return (struct pal_datum){.kind = PAL_DATUM_NUMBER, .number = value};
}

struct pal_datum pal_datum_number_if(bool has, double value)
{
    return pal_datum_number(has ? value : (double)NAN);
}

struct pal_datum pal_datum_flag(bool value)
{
    return pal_datum_number(value ? 1.0 : 0.0);
}

void pal_method_say(struct pal_frame *out, enum pal_fit_status status)
{
    if (out->row_count > 0) {
        out->status[out->row_count - 1] = status;
    }
}

pal_status pal_method_only_status(struct pal_frame *out, enum pal_fit_status fit,
                                  struct pal_error *err)
{
    pal_status status = pal_method_begin_values(out, err);
    if (status == PAL_OK) {
        status =
            pal_method_add(out, "status", pal_fit_status_name(fit), (double)NAN, err);
    }
    pal_method_say(out, fit);
    return status;
}

struct pal_datum pal_datum_text(const char *text)
{
    return (struct pal_datum){.kind = PAL_DATUM_TEXT, .text = text};
}

size_t pal_frame_find(const struct pal_frame *frame, const char *name)
{
    for (size_t i = 0; i < frame->column_count; i++) {
        if (strcmp(frame->names[i], name) == 0) {
            return i;
        }
    }
    return frame->column_count;
}

static pal_status find_column(const struct pal_frame *frame, const char *name,
                              size_t *out, struct pal_error *err)
{
    *out = pal_frame_find(frame, name);
    if (*out == frame->column_count) {
        return pal_fail(err, PAL_INPUT, "the input has no column \"%s\"", name);
    }
    return PAL_OK;
}

/* TRUE and FALSE, as R writes them, are 1 and 0. */
static bool datum_value(const struct pal_datum *cell, double *value)
{
    struct pal_view text = pal_view_of(cell->text);
    *value = cell->number;
    if (cell->kind == PAL_DATUM_TEXT) {
        *value = pal_view_is_equal(text, PAL_VIEW("TRUE")) ? 1.0 : 0.0;
        return *value != 0 || pal_view_is_equal(text, PAL_VIEW("FALSE"));
    }
    return cell->kind == PAL_DATUM_NUMBER;
}

static pal_status read_numbers(const struct pal_frame *frame, const char *name,
                               bool may_miss, const double **out, struct pal_error *err)
{
    size_t column;
    void *memory = NULL;
    *out = NULL;
    pal_status status = find_column(frame, name, &column, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(frame->arena, frame->row_count, sizeof(double),
                                 &memory, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    double *values = memory;
    for (size_t i = 0; i < frame->row_count; i++) {
        const struct pal_datum *cell = &frame->cells[i * frame->column_count + column];
        if (may_miss && cell->kind == PAL_DATUM_MISSING) {
            values[i] = (double)NAN;
        } else if (!datum_value(cell, &values[i])) {
            return pal_fail(
                err, PAL_INPUT, "row %zu, column \"%s\": a number is needed%s%.40s%s",
                i + 1, name,
                cell->kind == PAL_DATUM_TEXT ? ", not \"" : "; it is missing",
                cell->kind == PAL_DATUM_TEXT ? cell->text : "",
                cell->kind == PAL_DATUM_TEXT ? "\"" : "");
        }
    }
    *out = values;
    return PAL_OK;
}

pal_status pal_frame_numbers(const struct pal_frame *frame, const char *name,
                             const double **out, struct pal_error *err)
{
    return read_numbers(frame, name, false, out, err);
}

pal_status pal_frame_numbers_or_nan(const struct pal_frame *frame, const char *name,
                                    const double **out, struct pal_error *err)
{
    return read_numbers(frame, name, true, out, err);
}

int pal_text_order(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] != '\0' && pal_lower(a[i]) == pal_lower(b[i])) {
        i++;
    }
    unsigned char left = (unsigned char)pal_lower(a[i]);
    unsigned char right = (unsigned char)pal_lower(b[i]);
    if (left != right) {
        return left < right ? -1 : 1;
    }
    return -strcmp(a, b);
}

pal_status pal_frame_texts(const struct pal_frame *frame, const char *name,
                           const char *const **out, struct pal_error *err)
{
    size_t column;
    void *memory = NULL;
    *out = NULL;
    pal_status status = find_column(frame, name, &column, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(frame->arena, frame->row_count, sizeof(char *),
                                 &memory, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    const char **texts = memory;
    for (size_t i = 0; i < frame->row_count; i++) {
        const struct pal_datum *cell = &frame->cells[i * frame->column_count + column];
        texts[i] = cell->kind == PAL_DATUM_MISSING ? "" : cell->text;
        if (texts[i] == NULL) {
            char text[32];
            struct pal_view copy;
            pal_double_text(cell->number, text);
            status = pal_arena_copy(frame->arena, pal_view_of(text), &copy, err);
            if (status != PAL_OK) {
                return status;
            }
            texts[i] = copy.data;
        }
    }
    *out = texts;
    return PAL_OK;
}

static const struct pal_param *find_param(const struct pal_params *params,
                                          const char *name)
{
    for (size_t i = 0; i < params->count; i++) {
        if (strcmp(params->items[i].name, name) == 0) {
            return &params->items[i];
        }
    }
    return NULL;
}

/* A list of one stands for its number: writers of JSON differ there. */
static bool has_number(const struct pal_param *param, double *value)
{
    *value = 0.0;
    if (param != NULL && param->kind == PAL_PARAM_NUMBER) {
        *value = param->number;
        return true;
    }
    if (param != NULL && param->kind == PAL_PARAM_ARRAY && param->value_count == 1) {
        *value = param->values[0];
        return true;
    }
    return false;
}

double pal_params_number(const struct pal_params *params, const char *name,
                         double otherwise)
{
    double value;
    return has_number(find_param(params, name), &value) ? value : otherwise;
}

bool pal_params_flag(const struct pal_params *params, const char *name, bool otherwise)
{
    return pal_params_number(params, name, otherwise ? 1.0 : 0.0) != 0;
}

const char *pal_params_text(const struct pal_params *params, const char *name,
                            const char *otherwise)
{
    const struct pal_param *param = find_param(params, name);
    return param != NULL && param->kind == PAL_PARAM_TEXT ? param->text : otherwise;
}

const double *pal_params_array(const struct pal_params *params, const char *name,
                               size_t *count)
{
    const struct pal_param *param = find_param(params, name);
    *count = 0;
    if (param != NULL && param->kind == PAL_PARAM_ARRAY) {
        *count = param->value_count;
        return param->values;
    }
    if (param != NULL && param->kind == PAL_PARAM_NUMBER) {
        *count = 1;
        return &param->number;
    }
    return NULL;
}

pal_status pal_method_add(struct pal_frame *out, const char *section, const char *name,
                          double value, struct pal_error *err)
{
    struct pal_datum *cells = NULL;
    pal_status status = pal_frame_add_row(out, &cells, err);
    if (status == PAL_OK && cells != NULL) {
        cells[0] = pal_datum_text(section);
        cells[1] = pal_datum_text(name);
        cells[2] = pal_datum_number(value);
    }
    return status;
}

pal_status pal_method_add_indexed(struct pal_frame *out, const char *section,
                                  size_t index, double value, struct pal_error *err)
{
    struct pal_view name;
    pal_status status = pal_arena_format(out->arena, &name, err, "%zu", index);
    return status == PAL_OK ? pal_method_add(out, section, name.data, value, err)
                            : status;
}

pal_status pal_method_begin_values(struct pal_frame *out, struct pal_error *err)
{
    static const char *const names[] = {"section", "name", "value"};
    return pal_frame_init(out, out->arena, names, 3, err);
}

pal_status pal_method_check_work(double steps, const char *advice,
                                 struct pal_error *err)
{
    return steps <= PAL_METHOD_WORK_MAX
               ? PAL_OK
               : pal_fail(err, PAL_LIMIT,
                          "this would take %.0g steps and minutes or hours; %s", steps,
                          advice);
}

pal_status pal_method_alloc(struct pal_arena *arena, size_t count, double **out,
                            struct pal_error *err)
{
    void *memory = NULL;
    pal_status status = pal_arena_alloc(arena, count, sizeof(double), &memory, err);
    *out = memory;
    return status;
}
