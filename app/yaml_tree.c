#include "app/yaml_tree.h"

#include <yaml.h>

struct builder {
    yaml_parser_t parser;
    const char *path;
    struct pal_arena *arena;
    struct pal_yaml_node *open[PAL_YAML_DEPTH_MAX]; /* lists and maps not yet closed */
    size_t depth;
    bool has_key; /* the innermost map waits for the value of `key` */
    struct pal_view key;
    size_t key_line;
    struct pal_yaml_node *root;
    struct pal_view text; /* the whole file */
};

static pal_status refuse(const struct builder *builder, size_t line, const char *what,
                         struct pal_error *err)
{
    return pal_fail(err, PAL_INPUT, "%s, line %zu: %s", builder->path, line, what);
}

static pal_status take_key(struct builder *builder, const yaml_event_t *event,
                           size_t line, struct pal_error *err)
{
    struct pal_view text = {(const char *)event->data.scalar.value,
                            event->data.scalar.length};
    const struct pal_yaml_node *map = builder->open[builder->depth - 1];
    if (map->child_count == PAL_YAML_KEY_MAX) {
        return pal_fail(err, PAL_LIMIT, "%s, line %zu: more than %d keys in one map",
                        builder->path, line, PAL_YAML_KEY_MAX);
    }
    for (const struct pal_yaml_node *node = map->first; node != NULL;
         node = node->next) {
        if (pal_view_is_equal(node->key, text)) {
            return pal_fail(
                err, PAL_INPUT,
                "%s, line %zu: the key \"%.*s\" stands twice, first in line "
                "%zu; leave one",
                builder->path, line, PAL_VIEW_ARG(text), node->key_line);
        }
    }
    builder->has_key = true;
    builder->key_line = line;
    return pal_arena_copy(builder->arena, text, &builder->key, err);
}

/* Hangs a new node under the innermost list or map. */
static pal_status add_node(struct builder *builder, enum pal_yaml_kind kind,
                           size_t line, struct pal_yaml_node **out,
                           struct pal_error *err)
{
    void *memory = NULL;
    struct pal_yaml_node *node;
    pal_status st = pal_arena_alloc(builder->arena, 1, sizeof *node, &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    node = memory;
    node->kind = kind;
    node->line = line;
    *out = node;
    if (builder->depth == 0) {
        if (builder->root != NULL) {
            return refuse(builder, line, "a second document; put all into one", err);
        }
        builder->root = node;
        return PAL_OK;
    }
    struct pal_yaml_node *parent = builder->open[builder->depth - 1];
    if (parent->kind == PAL_YAML_MAP) {
        node->key = builder->key;
        node->key_line = builder->key_line;
        builder->has_key = false;
    }
    if (parent->last != NULL) {
        parent->last->next = node;
    } else {
        parent->first = node;
    }
    parent->last = node;
    parent->child_count++;
    return PAL_OK;
}

static bool wants_key(const struct builder *builder)
{
    return builder->depth > 0 &&
           builder->open[builder->depth - 1]->kind == PAL_YAML_MAP && !builder->has_key;
}

static pal_status take_scalar(struct builder *builder, const yaml_event_t *event,
                              size_t line, struct pal_error *err)
{
    struct pal_yaml_node *node = NULL;
    struct pal_view text = {(const char *)event->data.scalar.value,
                            event->data.scalar.length};
    pal_status st;
    if (event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL) {
        return refuse(builder, line,
                      "anchors (&) and tags (!) are not read; write it out", err);
    }
    if (wants_key(builder)) {
        return take_key(builder, event, line, err);
    }
    st = add_node(builder, PAL_YAML_SCALAR, line, &node, err);
    return st == PAL_OK ? pal_arena_copy(builder->arena, text, &node->text, err) : st;
}

static pal_status take_start(struct builder *builder, enum pal_yaml_kind kind,
                             bool is_marked, size_t line, struct pal_error *err)
{
    struct pal_yaml_node *node = NULL;
    pal_status st;
    if (is_marked) {
        return refuse(builder, line,
                      "anchors (&) and tags (!) are not read; write it out", err);
    }
    if (wants_key(builder)) {
        return refuse(builder, line, "a key must be a word, not a list or map", err);
    }
    if (builder->depth == PAL_YAML_DEPTH_MAX) {
        return pal_fail(err, PAL_LIMIT, "%s, line %zu: nested deeper than %d",
                        builder->path, line, PAL_YAML_DEPTH_MAX);
    }
    st = add_node(builder, kind, line, &node, err);
    if (st == PAL_OK) {
        builder->open[builder->depth++] = node;
    }
    return st;
}

static pal_status take_end(struct builder *builder)
{
    builder->depth--;
    return PAL_OK;
}

static pal_status take_event(struct builder *builder, const yaml_event_t *event,
                             struct pal_error *err)
{
    size_t line = event->start_mark.line + 1;
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return refuse(builder, line, "aliases (*) are not read; write it out", err);
    case YAML_SCALAR_EVENT:
        return take_scalar(builder, event, line, err);
    case YAML_SEQUENCE_START_EVENT:
        return take_start(builder, PAL_YAML_LIST,
                          event->data.sequence_start.anchor != NULL ||
                              event->data.sequence_start.tag != NULL,
                          line, err);
    case YAML_MAPPING_START_EVENT:
        return take_start(builder, PAL_YAML_MAP,
                          event->data.mapping_start.anchor != NULL ||
                              event->data.mapping_start.tag != NULL,
                          line, err);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return take_end(builder);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
    return PAL_OK;
}

/* The line that a byte of the text is in, and the line's text, a view of it. */
static size_t line_of(struct pal_view text, size_t offset)
{
    size_t line = 1;
    for (size_t i = 0; i < offset && i < text.size; i++) {
        line += text.data[i] == '\n' ? 1 : 0;
    }
    return line;
}

static struct pal_view line_at(struct pal_view text, size_t number)
{
    struct pal_view line = {"", 0};
    for (size_t i = 0; i < number && pal_view_split(&text, '\n', &line); i++) {
    }
    return line;
}

/* Whether a tab stands in front of the line's first letter. */
static bool is_indented_by_tab(struct pal_view line)
{
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] == '\t') {
            return true;
        }
        if (line.data[i] != ' ') {
            return false;
        }
    }
    return false;
}

/* The parser's words are for those who write parsers; the two that people meet are ours. */
static pal_status fail_as_parser(const struct builder *builder, struct pal_error *err)
{
    const yaml_parser_t *parser = &builder->parser;
    size_t line = parser->problem_mark.line + 1;
    if (parser->error == YAML_MEMORY_ERROR) {
        return pal_fail_memory(err);
    }
    if (parser->error == YAML_READER_ERROR) {
        return refuse(
            builder, line_of(builder->text, parser->problem_offset),
            "it holds bytes that are no text in UTF-8; save the file as UTF-8", err);
    }
    if (is_indented_by_tab(line_at(builder->text, line))) {
        return refuse(builder, line, "a tab stands in front; indent with blanks", err);
    }
    return refuse(builder, line,
                  parser->problem != NULL ? parser->problem : "is not YAML", err);
}

static pal_status build(struct builder *builder, struct pal_error *err)
{
    pal_status st = PAL_OK;
    bool is_end = false;
    while (st == PAL_OK && !is_end) {
        yaml_event_t event;
        if (yaml_parser_parse(&builder->parser, &event) == 0) {
            return fail_as_parser(builder, err);
        }
        is_end = event.type == YAML_STREAM_END_EVENT;
        st = take_event(builder, &event, err);
        yaml_event_delete(&event);
    }
    if (st == PAL_OK && builder->root == NULL) {
        st = pal_fail(err, PAL_INPUT, "%s is empty", builder->path);
    }
    return st;
}

pal_status pal_yaml_parse(struct pal_view text, const char *path,
                          struct pal_arena *arena, struct pal_yaml_node **out,
                          struct pal_error *err)
{
    struct pal_view mark = PAL_VIEW("\xEF\xBB\xBF");
    if (pal_view_has_prefix(text, mark)) {
        text = (struct pal_view){text.data + mark.size, text.size - mark.size};
    }
    struct builder builder = {.path = path, .arena = arena, .text = text};
    pal_status st;
    *out = NULL;
    if (text.size > PAL_YAML_SIZE_MAX) {
        return pal_fail(err, PAL_LIMIT, "%s has %zu bytes; more than %d are not read",
                        path, text.size, PAL_YAML_SIZE_MAX);
    }
    if (yaml_parser_initialize(&builder.parser) == 0) {
        return pal_fail_memory(err);
    }
    yaml_parser_set_input_string(&builder.parser, (const unsigned char *)text.data,
                                 text.size);
    yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
    st = build(&builder, err);
    yaml_parser_delete(&builder.parser);
    if (st == PAL_OK) {
        *out = builder.root;
    }
    return st;
}
