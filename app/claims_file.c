#include "app/claims_file.h"

#include "app/yaml_bind.h"

enum { UNKNOWN = -1 };

/* An entry as it stands, before its parts are taken out. */
struct entry {
    struct pal_view id;
    struct pal_view statement;
    struct pal_view quotation;
    struct pal_view speaker;
    struct pal_view role;
    struct pal_view speech;
    const struct pal_yaml_node *source;
    struct pal_view document;
    int64_t passage;
    int64_t first_byte;
    int64_t last_byte;
    struct pal_view measure;
    const struct pal_yaml_node *where;
    const struct pal_yaml_node *against;
    int32_t from;
    int32_t to;
    struct pal_view release;
    struct pal_view test;
    double value;
    double value_high;
    struct pal_view unit;
    struct pal_view hedge;
    struct pal_view comparison;
    struct pal_view note;
    struct pal_view settled_by;
    struct pal_view why_not;
    const struct pal_yaml_node *context;
};
struct source {
    struct pal_view title;
    struct pal_view publisher;
    int32_t date;
    struct pal_view url;
};
struct part {
    struct pal_view measure;
    const struct pal_yaml_node *where;
    int32_t from;
    int32_t to;
    struct pal_view release;
    struct pal_view note;
    struct pal_view law;
    struct pal_view document;
    struct pal_view actor;
};
struct top {
    struct pal_view title;
    int32_t reviewed;
    const struct pal_yaml_node *claims;
};

#define KEY(type, member_name, kind_name, must)                                        \
    {                                                                                  \
        .key = #member_name, .offset = offsetof(struct type, member_name),             \
        .kind = (kind_name), .is_required = (must)                                     \
    }
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const struct pal_bind_key entry_keys[] = {
    KEY(entry, id, PAL_BIND_TEXT, true),
    KEY(entry, statement, PAL_BIND_TEXT, true),
    KEY(entry, quotation, PAL_BIND_TEXT, false),
    KEY(entry, speaker, PAL_BIND_TEXT, false),
    KEY(entry, role, PAL_BIND_TEXT, false),
    KEY(entry, speech, PAL_BIND_TEXT, false),
    KEY(entry, source, PAL_BIND_NODE, false),
    KEY(entry, document, PAL_BIND_TEXT, false),
    KEY(entry, passage, PAL_BIND_COUNT, false),
    KEY(entry, first_byte, PAL_BIND_COUNT, false),
    KEY(entry, last_byte, PAL_BIND_COUNT, false),
    KEY(entry, measure, PAL_BIND_TEXT, false),
    KEY(entry, where, PAL_BIND_NODE, false),
    KEY(entry, against, PAL_BIND_NODE, false),
    KEY(entry, from, PAL_BIND_DAY, false),
    KEY(entry, to, PAL_BIND_DAY, false),
    KEY(entry, release, PAL_BIND_TEXT, false),
    KEY(entry, test, PAL_BIND_TEXT, true),
    KEY(entry, value, PAL_BIND_NUMBER, false),
    KEY(entry, value_high, PAL_BIND_NUMBER, false),
    KEY(entry, unit, PAL_BIND_TEXT, false),
    KEY(entry, hedge, PAL_BIND_TEXT, false),
    KEY(entry, comparison, PAL_BIND_TEXT, false),
    KEY(entry, note, PAL_BIND_TEXT, false),
    KEY(entry, settled_by, PAL_BIND_TEXT, false),
    KEY(entry, why_not, PAL_BIND_TEXT, false),
    KEY(entry, context, PAL_BIND_NODE, false),
};
static const struct pal_bind_key source_keys[] = {
    KEY(source, title, PAL_BIND_TEXT, false),
    KEY(source, publisher, PAL_BIND_TEXT, false),
    KEY(source, date, PAL_BIND_DAY, false),
    KEY(source, url, PAL_BIND_TEXT, false),
};
static const struct pal_bind_key against_keys[] = {
    KEY(part, measure, PAL_BIND_TEXT, false), KEY(part, where, PAL_BIND_NODE, false),
    KEY(part, from, PAL_BIND_DAY, false),     KEY(part, to, PAL_BIND_DAY, false),
    KEY(part, release, PAL_BIND_TEXT, false),
};
static const struct pal_bind_key context_keys[] = {
    KEY(part, measure, PAL_BIND_TEXT, false), KEY(part, where, PAL_BIND_NODE, false),
    KEY(part, from, PAL_BIND_DAY, false),     KEY(part, to, PAL_BIND_DAY, false),
    KEY(part, release, PAL_BIND_TEXT, false), KEY(part, note, PAL_BIND_TEXT, false),
    KEY(part, law, PAL_BIND_TEXT, false),     KEY(part, document, PAL_BIND_TEXT, false),
    KEY(part, actor, PAL_BIND_TEXT, false),
};
static const struct pal_bind_key top_keys[] = {
    KEY(top, title, PAL_BIND_TEXT, false),
    KEY(top, reviewed, PAL_BIND_DAY, false),
    KEY(top, claims, PAL_BIND_NODE, true),
};
static const struct pal_bind_shape entry_shape = {"a claim", entry_keys,
                                                  COUNT_OF(entry_keys)};
static const struct pal_bind_shape source_shape = {"source", source_keys,
                                                   COUNT_OF(source_keys)};
static const struct pal_bind_shape against_shape = {"against", against_keys,
                                                    COUNT_OF(against_keys)};
static const struct pal_bind_shape context_shape = {"context", context_keys,
                                                    COUNT_OF(context_keys)};
static const struct pal_bind_shape top_shape = {"a claims file", top_keys,
                                                COUNT_OF(top_keys)};

static pal_status take_where(const struct pal_binder *binder,
                             const struct pal_yaml_node *node,
                             struct pal_claim_what *what, struct pal_error *err)
{
    if (node == NULL) {
        return PAL_OK;
    }
    if (node->kind != PAL_YAML_MAP) {
        return pal_bind_fail(binder, node->line, err,
                             "where wants dimensions and values, as {area: Chicago}");
    }
    for (const struct pal_yaml_node *child = node->first; child != NULL;
         child = child->next) {
        if (child->kind != PAL_YAML_SCALAR) {
            return pal_bind_fail(binder, child->line, err,
                                 "the condition %.*s wants one value",
                                 PAL_VIEW_ARG(child->key));
        }
        if (what->where_count == PAL_CLAIM_CONDITION_MAX) {
            return pal_bind_fail(binder, child->line, err,
                                 "where has more than %d conditions",
                                 PAL_CLAIM_CONDITION_MAX);
        }
        what->where[what->where_count++] =
            (struct pal_condition){child->key, child->text};
    }
    return PAL_OK;
}

static pal_status take_part(const struct pal_binder *binder,
                            const struct pal_yaml_node *node,
                            const struct pal_bind_shape *shape,
                            struct pal_claim_what *what,
                            struct pal_claim_context *context, struct pal_error *err)
{
    struct part part = {.from = PAL_DAY_NONE, .to = PAL_DAY_NONE};
    pal_status st = pal_bind_map(binder, node, shape, &part, err);
    if (st != PAL_OK) {
        return st;
    }
    what->measure = part.measure;
    what->first = part.from;
    what->last = part.to;
    what->release = part.release;
    if (context != NULL) {
        context->note = part.note;
        context->law = part.law;
        context->document = part.document;
        context->actor = part.actor;
    }
    return take_where(binder, part.where, what, err);
}

static pal_status take_source(const struct pal_binder *binder,
                              const struct pal_yaml_node *node, struct pal_claim *claim,
                              struct pal_error *err)
{
    struct source source = {.date = PAL_DAY_NONE};
    pal_status st = PAL_OK;
    if (node != NULL) {
        st = pal_bind_map(binder, node, &source_shape, &source, err);
    }
    claim->source_title = source.title;
    claim->source_publisher = source.publisher;
    claim->source_date = source.date;
    claim->source_url = source.url;
    return st;
}

static pal_status take_contexts(const struct pal_binder *binder,
                                const struct pal_yaml_node *node,
                                struct pal_claim *claim, struct pal_error *err)
{
    if (node == NULL) {
        return PAL_OK;
    }
    if (node->kind != PAL_YAML_LIST) {
        return pal_bind_fail(binder, node->line, err, "context wants a list");
    }
    for (const struct pal_yaml_node *child = node->first; child != NULL;
         child = child->next) {
        if (claim->context_count == PAL_CLAIM_CONTEXT_MAX) {
            return pal_bind_fail(binder, child->line, err, "more than %d contexts",
                                 PAL_CLAIM_CONTEXT_MAX);
        }
        struct pal_claim_context *context = &claim->contexts[claim->context_count];
        pal_status st =
            take_part(binder, child, &context_shape, &context->what, context, err);
        if (st != PAL_OK) {
            return st;
        }
        claim->context_count++;
    }
    return PAL_OK;
}

static pal_status take_test(const struct pal_binder *binder,
                            const struct pal_yaml_node *node, struct pal_view text,
                            struct pal_claim *claim, struct pal_error *err)
{
    struct pal_nearest nearest = {.word = text};
    struct pal_buffer known;
    if (pal_claim_test_find(text, &claim->test)) {
        return PAL_OK;
    }
    pal_buffer_init(&known, PAL_ERROR_TEXT_MAX);
    for (int i = 0; i < PAL_TEST_COUNT; i++) {
        struct pal_view name = pal_view_of(pal_claim_test_text((enum pal_claim_test)i));
        pal_nearest_try(&nearest, name);
        pal_buffer_append_format(&known, "%s%.*s", i == 0 ? "" : ", ",
                                 PAL_VIEW_ARG(name));
    }
    struct pal_view shown = {text.data, text.size < 40 ? text.size : 40};
    pal_status st = nearest.best.data != NULL
                        ? pal_bind_fail(binder, node->line, err,
                                        "there is no test \"%.*s\"; did you mean %.*s?",
                                        PAL_VIEW_ARG(shown), PAL_VIEW_ARG(nearest.best))
                        : pal_bind_fail(binder, node->line, err,
                                        "there is no test \"%.*s\"; it is one of %.*s",
                                        PAL_VIEW_ARG(shown), (int)known.size,
                                        known.data == NULL ? "" : known.data);
    pal_buffer_clear(&known);
    return st;
}

static void put_entry(const struct entry *entry, struct pal_claim *claim)
{
    claim->id = entry->id;
    claim->statement = entry->statement;
    claim->quotation = entry->quotation;
    claim->speaker = entry->speaker;
    claim->role = entry->role;
    claim->speech = entry->speech;
    claim->document = entry->document;
    claim->passage = entry->passage;
    claim->first_byte = entry->first_byte;
    claim->last_byte = entry->last_byte;
    claim->what.measure = entry->measure;
    claim->what.first = entry->from;
    claim->what.last = entry->to;
    claim->what.release = entry->release;
    claim->has_value = entry->value >= 0;
    claim->value = claim->has_value ? entry->value : 0;
    claim->has_value_high = entry->value_high >= 0;
    claim->value_high = claim->has_value_high ? entry->value_high : 0;
    claim->unit = entry->unit;
    claim->hedge = entry->hedge;
    claim->comparison = entry->comparison;
    claim->note = entry->note;
    claim->settled_by = entry->settled_by;
    claim->why_not = entry->why_not;
}

static pal_status take_entry(const struct pal_binder *binder,
                             const struct pal_yaml_node *node, struct pal_claim *claim,
                             struct pal_error *err)
{
    struct entry entry = {.passage = UNKNOWN,
                          .first_byte = UNKNOWN,
                          .last_byte = UNKNOWN,
                          .from = PAL_DAY_NONE,
                          .to = PAL_DAY_NONE,
                          .value = UNKNOWN,
                          .value_high = UNKNOWN};
    pal_status st = pal_bind_map(binder, node, &entry_shape, &entry, err);
    put_entry(&entry, claim);
    if (st == PAL_OK) {
        st = take_test(binder, node, entry.test, claim, err);
    }
    if (st == PAL_OK) {
        st = take_source(binder, entry.source, claim, err);
    }
    if (st == PAL_OK) {
        st = take_where(binder, entry.where, &claim->what, err);
    }
    if (st == PAL_OK && entry.against != NULL) {
        claim->has_against = true;
        st = take_part(binder, entry.against, &against_shape, &claim->against, NULL,
                       err);
    }
    return st == PAL_OK ? take_contexts(binder, entry.context, claim, err) : st;
}

/* What an entry is called by, though the rest of it may be wrong. */
static struct pal_view find_text(const struct pal_yaml_node *node, const char *key)
{
    for (const struct pal_yaml_node *child = node->first; child != NULL;
         child = child->next) {
        if (child->kind == PAL_YAML_SCALAR &&
            pal_view_is_equal(child->key, pal_view_of(key))) {
            return child->text;
        }
    }
    return (struct pal_view){"", 0};
}

/* What is wrong with one entry is kept and not passed on. */
static pal_status add_claim(const struct pal_binder *binder,
                            const struct pal_yaml_node *node, struct pal_claims *out,
                            struct pal_error *err)
{
    struct pal_claim *claim = &out->items[out->count];
    struct pal_error problem = {PAL_OK, ""};
    pal_claim_fill(claim);
    claim->line = node->line;
    pal_status st = take_entry(binder, node, claim, &problem);
    if (st != PAL_OK && st != PAL_INPUT) {
        return pal_fail(err, st, "%s", problem.text);
    }
    if (st == PAL_INPUT) {
        struct pal_view id = find_text(node, "id");
        struct pal_view statement = find_text(node, "statement");
        claim->id = id;
        claim->statement = statement;
        st = pal_arena_copy(&out->arena, pal_view_of(problem.text), &claim->problem,
                            err);
        if (st != PAL_OK) {
            return st;
        }
    }
    out->count++;
    return pal_claim_review(out, out->count - 1, err);
}

pal_status pal_claims_parse(struct pal_view text, const char *path,
                            struct pal_claims *out, struct pal_error *err)
{
    struct pal_binder binder = {path, &out->arena};
    struct pal_yaml_node *root = NULL;
    struct top top = {.reviewed = PAL_DAY_NONE};
    void *memory = NULL;
    pal_claims_init(out);
    pal_status st = pal_yaml_parse(text, path, &out->arena, &root, err);
    if (st == PAL_OK) {
        st = pal_bind_map(&binder, root, &top_shape, &top, err);
    }
    if (st == PAL_OK && top.claims->kind != PAL_YAML_LIST) {
        st = pal_bind_fail(&binder, top.claims->line, err,
                           "claims wants a list, each item a claim");
    }
    if (st == PAL_OK && top.claims->child_count > PAL_CLAIM_MAX) {
        st = pal_fail(err, PAL_LIMIT, "%s has %zu claims; at most %d are checked", path,
                      top.claims->child_count, PAL_CLAIM_MAX);
    }
    if (st != PAL_OK) {
        return st;
    }
    out->title = top.title;
    out->reviewed = top.reviewed;
    st = pal_arena_alloc(&out->arena, top.claims->child_count + 1, sizeof *out->items,
                         &memory, err);
    out->items = memory;
    for (const struct pal_yaml_node *child = top.claims->first;
         st == PAL_OK && child != NULL; child = child->next) {
        st = add_claim(&binder, child, out, err);
    }
    return st;
}

pal_status pal_claims_read(const char *path, struct pal_claims *out,
                           struct pal_error *err)
{
    struct pal_buffer text;
    pal_status st;
    pal_claims_init(out);
    pal_buffer_init(&text, PAL_YAML_SIZE_MAX + 1);
    st = pal_file_read(path, &text, err);
    if (st == PAL_OK) {
        st = pal_claims_parse(pal_buffer_view(&text), path, out, err);
    }
    pal_buffer_clear(&text);
    return st;
}
