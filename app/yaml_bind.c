#include "app/yaml_bind.h"

#include <stdarg.h>
#include <stdio.h>

enum { KEY_MAX = 32, WORDS_MAX = 512 };

pal_status pal_bind_fail(const struct pal_binder *binder, size_t line,
                         struct pal_error *err, const char *format, ...)
{
    char words[WORDS_MAX];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    return pal_fail(err, PAL_INPUT, "%s, line %zu: %s", binder->path, line,
                    n < 0 ? "is wrong" : words);
}

/* A number outside the range of its key; the range may be said in whole numbers. */
static pal_status check_range(const struct pal_binder *binder,
                              const struct pal_yaml_node *node,
                              const struct pal_bind_key *key, double value,
                              struct pal_error *err)
{
    if (key->has_range && !(value >= key->least && value <= key->most)) {
        return pal_bind_fail(binder, node->line, err,
                             "%s may be from %.10g to %.10g, not %.*s", key->key,
                             key->least, key->most, PAL_VIEW_ARG(node->text));
    }
    return PAL_OK;
}

static pal_status take_scalar(const struct pal_binder *binder,
                              const struct pal_yaml_node *node,
                              const struct pal_bind_key *key, void *out,
                              struct pal_error *err)
{
    void *at = (char *)out + key->offset;
    if (key->kind == PAL_BIND_TEXT) {
        struct pal_view *text = at;
        *text = node->text;
    } else if (key->kind == PAL_BIND_DAY) {
        int32_t *day = at;
        *day = pal_day_from_text(node->text.data);
        if (*day == PAL_DAY_NONE) {
            return pal_bind_fail(binder, node->line, err,
                                 "%s wants a date as 2020-02-29, not \"%.*s\"",
                                 key->key, PAL_VIEW_ARG(node->text));
        }
    } else if (key->kind == PAL_BIND_COUNT) {
        int64_t *count = at;
        if (!pal_parse_i64(node->text, 0, INT64_MAX, count)) {
            return pal_bind_fail(binder, node->line, err,
                                 "%s wants a whole number from 0 to "
                                 "9223372036854775807, not \"%.*s\"",
                                 key->key, PAL_VIEW_ARG(node->text));
        }
        return check_range(binder, node, key, (double)*count, err);
    } else if (key->kind == PAL_BIND_NUMBER) {
        double *number = at;
        if (!pal_parse_double(node->text, number) || *number < 0) {
            return pal_bind_fail(binder, node->line, err,
                                 "%s wants a number from 0, not \"%.*s\"", key->key,
                                 PAL_VIEW_ARG(node->text));
        }
        return check_range(binder, node, key, *number, err);
    } else {
        bool *truth = at;
        *truth = pal_view_is_equal(node->text, PAL_VIEW("true"));
        if (!*truth && !pal_view_is_equal(node->text, PAL_VIEW("false"))) {
            return pal_bind_fail(binder, node->line, err,
                                 "%s is true or false, not \"%.*s\"", key->key,
                                 PAL_VIEW_ARG(node->text));
        }
    }
    return PAL_OK;
}

static pal_status take_value(const struct pal_binder *binder,
                             const struct pal_yaml_node *node,
                             const struct pal_bind_key *key, void *out,
                             struct pal_error *err)
{
    if (key->kind == PAL_BIND_NODE) {
        void *at = (char *)out + key->offset;
        const struct pal_yaml_node **kept = at;
        *kept = node;
        return PAL_OK;
    }
    if (node->kind != PAL_YAML_SCALAR) {
        return pal_bind_fail(binder, node->line, err,
                             "%s wants one value, not a list or map", key->key);
    }
    return take_scalar(binder, node, key, out, err);
}

static pal_status fail_unknown(const struct pal_binder *binder,
                               const struct pal_yaml_node *node,
                               const struct pal_bind_shape *shape,
                               struct pal_error *err)
{
    struct pal_nearest nearest = {.word = node->key};
    struct pal_buffer known;
    pal_status st;
    pal_buffer_init(&known, WORDS_MAX);
    for (size_t i = 0; i < shape->key_count; i++) {
        pal_nearest_try(&nearest, pal_view_of(shape->keys[i].key));
        pal_buffer_append_format(&known, "%s%s", i == 0 ? "" : ", ",
                                 shape->keys[i].key);
    }
    if (nearest.best.data != NULL) {
        st = pal_bind_fail(binder, node->key_line, err,
                           "%s has no key \"%.*s\"; did you mean %.*s?", shape->what,
                           PAL_VIEW_ARG(node->key), PAL_VIEW_ARG(nearest.best));
    } else {
        st = pal_bind_fail(binder, node->key_line, err,
                           "%s has no key \"%.*s\"; there are %.*s", shape->what,
                           PAL_VIEW_ARG(node->key),
                           PAL_VIEW_ARG(pal_buffer_view(&known)));
    }
    pal_buffer_clear(&known);
    return st;
}

static size_t find_key(struct pal_view key, const struct pal_bind_shape *shape)
{
    size_t i = 0;
    while (i < shape->key_count &&
           !pal_view_is_equal(key, pal_view_of(shape->keys[i].key))) {
        i++;
    }
    return i;
}

/* The first key that must be there and is not, or NULL. */
static const char *find_missing(const bool *is_given,
                                const struct pal_bind_shape *shape)
{
    for (size_t i = 0; i < shape->key_count; i++) {
        if (shape->keys[i].is_required && !is_given[i]) {
            return shape->keys[i].key;
        }
    }
    return NULL;
}

pal_status pal_bind_map(const struct pal_binder *binder,
                        const struct pal_yaml_node *node,
                        const struct pal_bind_shape *shape, void *out,
                        struct pal_error *err)
{
    bool is_given[KEY_MAX] = {false};
    PAL_BUG_IF(shape->key_count > KEY_MAX);
    PAL_BUG_IF(out == NULL);
    if (node->kind != PAL_YAML_MAP) {
        return pal_bind_fail(binder, node->line, err, "%s wants keys and values",
                             shape->what);
    }
    for (const struct pal_yaml_node *child = node->first; child != NULL;
         child = child->next) {
        size_t i = find_key(child->key, shape);
        if (i == shape->key_count) {
            return fail_unknown(binder, child, shape, err);
        }
        pal_status st = take_value(binder, child, &shape->keys[i], out, err);
        if (st != PAL_OK) {
            return st;
        }
        is_given[i] = true;
    }
    const char *missing = find_missing(is_given, shape);
    return missing == NULL ? PAL_OK
                           : pal_bind_fail(binder, node->line, err,
                                           "%s lacks the key %s", shape->what, missing);
}

static pal_status check_list(const struct pal_binder *binder,
                             const struct pal_yaml_node *node, const char *what,
                             struct pal_error *err)
{
    if (node->kind != PAL_YAML_LIST) {
        return pal_bind_fail(binder, node->line, err, "wants a list, each item a %s",
                             what);
    }
    return PAL_OK;
}

pal_status pal_bind_maps(const struct pal_binder *binder,
                         const struct pal_yaml_node *node,
                         const struct pal_bind_list *list, void **out, size_t *count,
                         struct pal_error *err)
{
    pal_status st;
    char *element;
    *out = NULL;
    *count = 0;
    if (node == NULL) {
        return PAL_OK;
    }
    st = check_list(binder, node, list->shape.what, err);
    if (st != PAL_OK || node->child_count == 0) {
        return st;
    }
    st = pal_arena_alloc(binder->arena, node->child_count, list->size, out, err);
    element = *out;
    for (const struct pal_yaml_node *child = node->first; st == PAL_OK && child != NULL;
         child = child->next) {
        if (list->fill != NULL) {
            list->fill(element);
        }
        st = pal_bind_map(binder, child, &list->shape, element, err);
        element += list->size;
        (*count)++;
    }
    return st;
}

pal_status pal_bind_texts(const struct pal_binder *binder,
                          const struct pal_yaml_node *node, const char *what,
                          struct pal_view **out, size_t *count, struct pal_error *err)
{
    void *memory = NULL;
    pal_status st;
    *out = NULL;
    *count = 0;
    if (node == NULL) {
        return PAL_OK;
    }
    st = check_list(binder, node, what, err);
    if (st != PAL_OK || node->child_count == 0) {
        return st;
    }
    st = pal_arena_alloc(binder->arena, node->child_count, sizeof **out, &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    struct pal_view *texts = memory;
    *out = texts;
    for (const struct pal_yaml_node *child = node->first; st == PAL_OK && child != NULL;
         child = child->next) {
        if (child->kind != PAL_YAML_SCALAR) {
            return pal_bind_fail(binder, child->line, err, "a %s is one word or text",
                                 what);
        }
        texts[(*count)++] = child->text;
    }
    return st;
}
