/*
 * A YAML file as a small tree. Only what a settings file needs: one document of maps, lists
 * and scalars. Aliases, anchors and tags are refused, so are keys given twice, nesting beyond
 * PAL_YAML_DEPTH_MAX, maps of more than PAL_YAML_KEY_MAX keys and files beyond PAL_YAML_SIZE_MAX. Every node knows its line.
 */
#ifndef PAL_APP_YAML_TREE_H
#define PAL_APP_YAML_TREE_H

#include "base/base.h"

enum {
    PAL_YAML_DEPTH_MAX = 16,
    PAL_YAML_SIZE_MAX = 1 << 20,
    PAL_YAML_KEY_MAX = 1000 /* of one map */
};

enum pal_yaml_kind { PAL_YAML_SCALAR, PAL_YAML_LIST, PAL_YAML_MAP };

struct pal_yaml_node {
    enum pal_yaml_kind kind;
    size_t line;          /* from 1 */
    size_t key_line;      /* of its key */
    struct pal_view key;  /* within a map */
    struct pal_view text; /* of a scalar, NUL-terminated */
    size_t child_count;
    struct pal_yaml_node *first; /* of a list or map, in the order of the file */
    struct pal_yaml_node *last;
    struct pal_yaml_node *next; /* the sibling behind */
};

/* Nodes and texts are the arena's. PAL_INPUT names `path` and the line. */
pal_status pal_yaml_parse(struct pal_view text, const char *path,
                          struct pal_arena *arena, struct pal_yaml_node **out,
                          struct pal_error *err) PAL_MUST_USE;

#endif
