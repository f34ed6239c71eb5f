/*
 * A YAML map into a struct, by a table of keys: what each key holds, where it goes, whether it
 * must be there. An unknown key is refused with the nearest known one; every error names file
 * and line.
 */
#ifndef PAL_APP_YAML_BIND_H
#define PAL_APP_YAML_BIND_H

#include "app/yaml_tree.h"

enum pal_bind_kind {
    PAL_BIND_TEXT,   /* struct pal_view */
    PAL_BIND_DAY,    /* int32_t, as in calendar.h */
    PAL_BIND_COUNT,  /* int64_t, 0 and above */
    PAL_BIND_NUMBER, /* double, 0 and above */
    PAL_BIND_BOOL,   /* bool */
    PAL_BIND_NODE    /* const struct pal_yaml_node *: a list or map for the caller */
};

struct pal_bind_key {
    const char *key;
    size_t offset; /* of its member */
    enum pal_bind_kind kind;
    bool is_required;
    bool has_range; /* COUNT, NUMBER: `least` to `most`, else any from 0 */
    double least;
    double most;
};

/* The keys of one map. */
struct pal_bind_shape {
    const char *what; /* in words: "place" */
    const struct pal_bind_key *keys;
    size_t key_count;
};

struct pal_binder {
    const char *path;
    struct pal_arena *arena;
};

pal_status pal_bind_map(const struct pal_binder *binder,
                        const struct pal_yaml_node *node,
                        const struct pal_bind_shape *shape, void *out,
                        struct pal_error *err) PAL_MUST_USE;
/* A list of maps into an array of structs of `size` bytes, the arena's; a node that is NULL
 * gives none. `fill` sets the defaults of one struct and may be NULL (all zero). */
struct pal_bind_list {
    struct pal_bind_shape shape;
    size_t size;
    void (*fill)(void *element);
};
pal_status pal_bind_maps(const struct pal_binder *binder,
                         const struct pal_yaml_node *node,
                         const struct pal_bind_list *list, void **out, size_t *count,
                         struct pal_error *err) PAL_MUST_USE;
/* A list of scalars; a node that is NULL gives none. */
pal_status pal_bind_texts(const struct pal_binder *binder,
                          const struct pal_yaml_node *node, const char *what,
                          struct pal_view **out, size_t *count,
                          struct pal_error *err) PAL_MUST_USE;
/* PAL_INPUT at a line of the file. */
pal_status pal_bind_fail(const struct pal_binder *binder, size_t line,
                         struct pal_error *err, const char *format, ...)
    PAL_PRINTF(4, 5);

#endif
