#include "app/params_file.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

struct reader {
    struct pal_arena *arena;
    struct pal_param *items;
    size_t count;
    const char *file;
};

static pal_status keep_text(struct pal_arena *arena, const char *text, const char **out,
                            struct pal_error *err)
{
    struct pal_view copy = {"", 0};
    pal_status st = pal_arena_copy(arena, pal_view_of(text), &copy, err);
    *out = copy.data;
    return st;
}

/* R's writers give "Inf", "-Inf" and "NA" as texts. */
static bool read_number(const json_t *value, double *out)
{
    const char *text = json_string_value(value);
    *out = json_number_value(value);
    if (text != NULL && (strcmp(text, "Inf") == 0 || strcmp(text, "-Inf") == 0)) {
        *out = text[0] == '-' ? (double)-INFINITY : (double)INFINITY;
        return true;
    }
    return json_is_number(value);
}

static pal_status read_list(struct reader *reader, const json_t *list,
                            struct pal_param *out, struct pal_error *err)
{
    void *memory = NULL;
    size_t count = json_array_size(list);
    pal_status st = pal_arena_alloc(reader->arena, count, sizeof(double), &memory, err);
    double *values = memory;
    out->kind = PAL_PARAM_ARRAY;
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        if (!read_number(json_array_get(list, i), &values[i])) {
            out->kind = PAL_PARAM_OTHER;
        }
    }
    out->values = values;
    out->value_count = count;
    return st;
}

static pal_status read_value(struct reader *reader, const json_t *value,
                             struct pal_param *out, struct pal_error *err)
{
    const char *text = json_string_value(value);
    if (json_is_null(value) || (text != NULL && strcmp(text, "NA") == 0)) {
        out->kind = PAL_PARAM_NULL;
    } else if (read_number(value, &out->number)) {
        out->kind = PAL_PARAM_NUMBER;
    } else if (json_is_boolean(value)) {
        out->kind = PAL_PARAM_NUMBER;
        out->is_flag = true;
        out->number = json_is_true(value) ? 1.0 : 0.0;
    } else if (text != NULL) {
        out->kind = PAL_PARAM_TEXT;
        return keep_text(reader->arena, text, &out->text, err);
    } else if (json_is_array(value)) {
        return read_list(reader, value, out, err);
    }
    return PAL_OK;
}

/* An empty object is R's NULL. */
static pal_status read_object(struct reader *reader, json_t *object, const char *outer,
                              int depth, struct pal_error *err)
{
    void *at = json_object_iter(object);
    pal_status st = PAL_OK;
    if (depth > PAL_PARAMS_DEPTH_MAX) {
        return pal_fail(err, PAL_LIMIT, "%s: \"%.60s\" nests deeper than %d",
                        reader->file, outer, PAL_PARAMS_DEPTH_MAX);
    }
    while (st == PAL_OK && at != NULL) {
        json_t *value = json_object_iter_value(at);
        struct pal_view name;
        st = pal_arena_format(reader->arena, &name, err, "%s%s%.100s", outer,
                              outer[0] != '\0' ? "." : "", json_object_iter_key(at));
        if (st == PAL_OK && json_is_object(value)) {
            st = read_object(reader, value, name.data, depth + 1, err);
        } else if (st == PAL_OK && reader->count == PAL_PARAMS_COUNT_MAX) {
            st = pal_fail(err, PAL_LIMIT, "%s: more than %d parameters", reader->file,
                          PAL_PARAMS_COUNT_MAX);
        } else if (st == PAL_OK) {
            struct pal_param *param = &reader->items[reader->count++];
            *param = (struct pal_param){.name = name.data, .kind = PAL_PARAM_OTHER};
            st = read_value(reader, value, param, err);
        }
        at = json_object_iter_next(object, at);
    }
    return st;
}

pal_status pal_params_parse(struct pal_view content, const char *name,
                            struct pal_arena *arena, struct pal_params *out,
                            struct pal_error *err)
{
    struct reader reader = {.arena = arena, .file = name};
    json_error_t where;
    void *memory = NULL;
    *out = (struct pal_params){NULL, 0};
    json_t *root = json_loadb(content.data, content.size,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &where);
    if (root == NULL) {
        return pal_fail(err, PAL_INPUT, "%s, line %d: %s", name, where.line,
                        where.text);
    }
    pal_status st = PAL_OK;
    if (!json_is_object(root)) {
        st =
            pal_fail(err, PAL_INPUT,
                     "%s must hold one object, as in {\"algorithm\": \"earsC\"}", name);
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, PAL_PARAMS_COUNT_MAX, sizeof *reader.items, &memory,
                             err);
    }
    reader.items = memory;
    if (st == PAL_OK) {
        st = read_object(&reader, root, "", 1, err);
    }
    json_decref(root);
    if (st == PAL_OK) {
        *out = (struct pal_params){reader.items, reader.count};
    }
    return st;
}
