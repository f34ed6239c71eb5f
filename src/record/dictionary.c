#include "record/dictionary_internal.h"

#include "record/assets_internal.h"

#include <stdlib.h>
#include <string.h>

enum { DICTIONARY_SIZE_MAX = 16 * 1024 * 1024 };

/* ---- reading data/ ---- */

struct loader {
    struct pal_asset_visitor base;
    struct pal_dictionary *dictionary;
    pal_status (*line)(struct pal_dictionary *dictionary, const struct pal_view *texts,
                       struct pal_error *err);
    size_t column_count;
};

static pal_status visit_line(struct pal_asset_visitor *self,
                             const struct pal_view *texts, struct pal_error *err)
{
    struct loader *loader = (struct loader *)self;
    struct pal_view copies[PAL_ASSET_COLUMN_MAX];
    for (size_t i = 0; i < loader->column_count; i++) {
        pal_status status =
            pal_arena_copy(&loader->dictionary->arena, texts[i], &copies[i], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    return loader->line(loader->dictionary, copies, err);
}

/* Room for one more item at the end of an array of the dictionary. */
static pal_status grow(void **items, size_t count, size_t size, struct pal_error *err)
{
    /* Doubling at every power of two; the tables have some hundred lines. */
    if (count != 0 && (count < 16 || (count & (count - 1)) != 0)) {
        return PAL_OK;
    }
    void *grown = pal_realloc(*items, count == 0 ? 16 : 2 * count, size);
    if (grown == NULL) {
        return pal_fail_memory(err);
    }
    *items = grown;
    return PAL_OK;
}

static pal_status find_table(struct pal_view name, enum pal_table *out,
                             struct pal_error *err)
{
    for (size_t i = 0; i < PAL_TABLE_COUNT; i++) {
        if (pal_view_is_equal(name, pal_view_of(pal_table_name((enum pal_table)i)))) {
            *out = (enum pal_table)i;
            return PAL_OK;
        }
    }
    return pal_fail(err, PAL_BUG, "there is no table \"%.*s\"", PAL_VIEW_ARG(name));
}

/* Index of `text` in `names`, or a failure that says which list it is not in. */
static pal_status find_name(struct pal_view text, const char *const *names,
                            size_t count, size_t *out, struct pal_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (pal_view_is_equal(text, pal_view_of(names[i]))) {
            *out = i;
            return PAL_OK;
        }
    }
    return pal_fail(err, PAL_BUG, "\"%.*s\" is not a word of this column",
                    PAL_VIEW_ARG(text));
}

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static pal_status field_line(struct pal_dictionary *d, const struct pal_view *texts,
                             struct pal_error *err)
{
    static const char *const types[] = {
        [PAL_FIELD_DATE] = "date",
        [PAL_FIELD_DATE_TIME] = "date_time",
        [PAL_FIELD_CATEGORY] = "category",
        [PAL_FIELD_AREA] = "area",
        [PAL_FIELD_INTEGER] = "integer",
        [PAL_FIELD_NUMBER] = "number",
        [PAL_FIELD_IDENTIFIER] = "identifier",
        [PAL_FIELD_RELEASED_ID] = "released_id",
    };
    static const char *const sensitivities[] = {"public", "private"};
    enum pal_table table = PAL_TABLE_NOTE;
    size_t type = 0;
    size_t sensitivity = 0;
    void *items = NULL;
    pal_status status = find_table(texts[0], &table, err);
    if (status == PAL_OK) {
        status = find_name(texts[2], types, COUNT_OF(types), &type, err);
    }
    if (status == PAL_OK) {
        status = find_name(texts[3], sensitivities, COUNT_OF(sensitivities),
                           &sensitivity, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    if (d->field_counts[table] == PAL_FIELD_MAX) {
        return pal_fail(err, PAL_BUG, "more than %d fields", (int)PAL_FIELD_MAX);
    }
    items = d->fields[table];
    status = grow(&items, d->field_counts[table], sizeof(struct pal_field), err);
    if (status != PAL_OK) {
        return status;
    }
    d->fields[table] = items;
    d->fields[table][d->field_counts[table]++] = (struct pal_field){
        .name = texts[1],
        .type = (enum pal_field_type)type,
        .sensitivity = (enum pal_sensitivity)sensitivity,
        .description = texts[4],
    };
    return PAL_OK;
}

static pal_status find_field(const struct pal_dictionary *d, enum pal_table table,
                             struct pal_view name, int32_t *out, struct pal_error *err)
{
    *out = pal_dictionary_find_field(d, table, name);
    if (*out < 0) {
        return pal_fail(err, PAL_BUG, "table %s has no field \"%.*s\"",
                        pal_table_name(table), PAL_VIEW_ARG(name));
    }
    return PAL_OK;
}

static pal_status alias_line(struct pal_dictionary *d, const struct pal_view *texts,
                             struct pal_error *err)
{
    struct pal_alias alias = {.alias = texts[1]};
    int64_t rank = 0;
    void *items = d->aliases;
    pal_status status = find_table(texts[0], &alias.table, err);
    if (status == PAL_OK) {
        status = find_field(d, alias.table, texts[2], &alias.field, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    if (!pal_parse_i64(texts[3], 1, PAL_ALIAS_RANK_MAX, &rank)) {
        return pal_fail(err, PAL_BUG, "a rank is 1 to %d", (int)PAL_ALIAS_RANK_MAX);
    }
    alias.rank = (int32_t)rank;
    status = grow(&items, d->alias_count, sizeof alias, err);
    if (status == PAL_OK) {
        d->aliases = items;
        d->aliases[d->alias_count++] = alias;
    }
    return status;
}

static unsigned scopes_of(struct pal_view tables)
{
    if (pal_view_is_equal(tables, PAL_VIEW("people"))) {
        return PAL_DIRECT_PEOPLE;
    }
    if (pal_view_is_equal(tables, PAL_VIEW("rows"))) {
        return PAL_DIRECT_PEOPLE | PAL_DIRECT_OTHER_ROWS;
    }
    return pal_view_is_equal(tables, PAL_VIEW("notes"))
               ? PAL_DIRECT_NOTES
               : PAL_DIRECT_PEOPLE | PAL_DIRECT_OTHER_ROWS | PAL_DIRECT_NOTES;
}

static pal_status direct_line(struct pal_dictionary *d, const struct pal_view *texts,
                              struct pal_error *err)
{
    void *items = d->directs;
    pal_status status = grow(&items, d->direct_count, sizeof *d->directs, err);
    if (status == PAL_OK) {
        d->directs = items;
        d->directs[d->direct_count++] =
            (struct pal_direct_pattern){texts[0], scopes_of(texts[1])};
    }
    return status;
}

static pal_status rule_line(struct pal_dictionary *d, const struct pal_view *texts,
                            struct pal_error *err)
{
    static const char *const kinds[] = {
        [PAL_RULE_REQUIRED] = "required",
        [PAL_RULE_REFUSED] = "refused",
        [PAL_RULE_WORD] = "word",
    };
    struct pal_table_rule rule = {.text = texts[2]};
    size_t kind = 0;
    void *items = d->rules;
    struct pal_view rest = texts[2];
    struct pal_view name;
    pal_status status = find_table(texts[0], &rule.table, err);
    if (status == PAL_OK) {
        status = find_name(texts[1], kinds, COUNT_OF(kinds), &kind, err);
    }
    rule.kind = (enum pal_table_rule_kind)kind;
    while (status == PAL_OK && rule.kind == PAL_RULE_REQUIRED &&
           pal_view_split(&rest, '|', &name)) {
        int32_t field = 0;
        status = find_field(d, rule.table, name, &field, err);
        if (status == PAL_OK) {
            rule.fields |= UINT64_C(1) << field;
        }
    }
    if (status == PAL_OK) {
        status = grow(&items, d->rule_count, sizeof rule, err);
    }
    if (status == PAL_OK) {
        d->rules = items;
        d->rules[d->rule_count++] = rule;
    }
    return status;
}

static pal_status missing_line(struct pal_dictionary *d, const struct pal_view *texts,
                               struct pal_error *err)
{
    void *items = d->missings;
    pal_status status = grow(&items, d->missing_count, sizeof *d->missings, err);
    if (status == PAL_OK) {
        d->missings = items;
        d->missing_size_max =
            texts[0].size > d->missing_size_max ? texts[0].size : d->missing_size_max;
        d->missings[d->missing_count++] = (struct pal_missing_text){
            texts[0], texts[1], pal_view_is_equal(texts[2], PAL_VIEW("missing"))};
    }
    return status;
}

static pal_status area_add(struct pal_dictionary *d, struct pal_view spelling,
                           struct pal_view name, struct pal_error *err)
{
    struct pal_header header;
    struct pal_area_spelling area = {.name = name};
    void *items = d->areas;
    pal_status status = PAL_OK;
    pal_header_normalise(spelling, &header);
    if (header.size == 0) {
        return PAL_OK;
    }
    status = pal_arena_copy(&d->arena, (struct pal_view){header.text, header.size},
                            &area.spelling, err);
    if (status == PAL_OK) {
        status = grow(&items, d->area_count, sizeof area, err);
    }
    if (status == PAL_OK) {
        d->areas = items;
        d->areas[d->area_count++] = area;
    }
    return status;
}

static pal_status area_line(struct pal_dictionary *d, const struct pal_view *texts,
                            struct pal_error *err)
{
    pal_status status = PAL_OK;
    struct pal_view rest = texts[3];
    struct pal_view other;
    for (size_t i = 0; i < 3 && status == PAL_OK; i++) {
        status = area_add(d, texts[i], texts[0], err);
    }
    while (status == PAL_OK && rest.size > 0 && pal_view_split(&rest, '|', &other)) {
        status = area_add(d, other, texts[0], err);
    }
    return status;
}

static pal_status label_line(struct pal_dictionary *d, const struct pal_view *texts,
                             struct pal_error *err)
{
    static const char *const kinds[] = {
        [PAL_LABEL_TITLE] = "title",
        [PAL_LABEL_HEAD] = "head",
        [PAL_LABEL_AGENCY] = "agency",
        [PAL_LABEL_COLUMN] = "column",
    };
    struct pal_label label = {.label = texts[1], .meaning = texts[2]};
    size_t kind = 0;
    int64_t month = 0;
    void *items = d->labels;
    pal_status status = find_name(texts[0], kinds, COUNT_OF(kinds), &kind, err);
    if (status != PAL_OK) {
        return status;
    }
    label.kind = (enum pal_label_kind)kind;
    if (label.kind == PAL_LABEL_COLUMN && !pal_parse_i64(texts[2], 0, 12, &month)) {
        return pal_fail(err, PAL_BUG, "a month is 0 to 12");
    }
    label.month = (int32_t)month;
    status = grow(&items, d->label_count, sizeof label, err);
    if (status == PAL_OK) {
        d->labels = items;
        d->labels[d->label_count++] = label;
    }
    return status;
}

static int compare_aliases(const void *left, const void *right)
{
    const struct pal_alias *a = left;
    const struct pal_alias *b = right;
    if (a->table != b->table) {
        return a->table < b->table ? -1 : 1;
    }
    int order = pal_view_compare(a->alias, b->alias);
    return order != 0 ? order : (a->rank > b->rank) - (a->rank < b->rank);
}

static pal_status load(struct pal_dictionary *d, struct pal_error *err)
{
    static const struct {
        const char *name;
        const char *columns[PAL_ASSET_COLUMN_MAX];
        size_t column_count;
        pal_status (*line)(struct pal_dictionary *, const struct pal_view *,
                           struct pal_error *);
    } tables[] = {
        {"fields.csv",
         {"table", "field", "type", "sensitivity", "description"},
         5,
         field_line},
        {"aliases.csv", {"table", "alias", "field", "rank"}, 4, alias_line},
        {"direct_identifiers.csv", {"pattern", "tables", "what"}, 3, direct_line},
        {"tables.csv", {"table", "rule", "value"}, 3, rule_line},
        {"missing.csv", {"text", "field", "outcome"}, 3, missing_line},
        {"areas.csv", {"name", "long_name", "code", "other"}, 4, area_line},
        {"statistics.csv", {"kind", "label", "meaning"}, 3, label_line},
    };
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        struct loader loader = {
            {visit_line}, d, tables[i].line, tables[i].column_count};
        pal_status status = pal_asset_read(tables[i].name, tables[i].columns,
                                           tables[i].column_count, &loader.base, err);
        if (status != PAL_OK) {
            return status;
        }
    }
    qsort(d->aliases, d->alias_count, sizeof *d->aliases, compare_aliases);
    return PAL_OK;
}

pal_status pal_dictionary_open(struct pal_dictionary **out, struct pal_error *err)
{
    *out = NULL;
    pal_status status = pal_hash_setup(err);
    if (status != PAL_OK) {
        return status;
    }
    struct pal_dictionary *dictionary = pal_alloc_zero(1, sizeof *dictionary);
    if (dictionary == NULL) {
        return pal_fail_memory(err);
    }
    pal_arena_init(&dictionary->arena, DICTIONARY_SIZE_MAX);
    status = load(dictionary, err);
    if (status != PAL_OK) {
        pal_dictionary_close(dictionary);
        return status;
    }
    *out = dictionary;
    return PAL_OK;
}

void pal_dictionary_close(struct pal_dictionary *dictionary)
{
    if (dictionary == NULL) {
        return;
    }
    for (size_t i = 0; i < PAL_TABLE_COUNT; i++) {
        pal_free(dictionary->fields[i]);
    }
    pal_free(dictionary->aliases);
    pal_free(dictionary->directs);
    pal_free(dictionary->rules);
    pal_free(dictionary->missings);
    pal_free(dictionary->areas);
    pal_free(dictionary->labels);
    pal_arena_clear(&dictionary->arena);
    pal_free(dictionary);
}
