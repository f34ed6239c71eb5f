/*
 * The dictionary as the rest of the room sees it: what the tables of data/ say. All texts are
 * the dictionary's.
 */
#ifndef PAL_RECORD_DICTIONARY_INTERNAL_H
#define PAL_RECORD_DICTIONARY_INTERNAL_H

#include "record/header.h"
#include "record/record.h"

enum { PAL_ALIAS_RANK_MAX = 3 };

struct pal_alias {
    enum pal_table table;
    struct pal_view alias;
    int32_t field;
    int32_t rank; /* 1..PAL_ALIAS_RANK_MAX */
};

/* One line of tables.csv. */
enum pal_table_rule_kind { PAL_RULE_REQUIRED, PAL_RULE_REFUSED, PAL_RULE_WORD };
struct pal_table_rule {
    enum pal_table table;
    enum pal_table_rule_kind kind;
    uint64_t fields; /* REQUIRED: bit per field, one of them is enough */
    struct pal_view text;
};

enum pal_label_kind {
    PAL_LABEL_TITLE,
    PAL_LABEL_HEAD,
    PAL_LABEL_AGENCY,
    PAL_LABEL_COLUMN
};
struct pal_label {
    enum pal_label_kind kind;
    struct pal_view label;
    struct pal_view meaning;
    int32_t month; /* COLUMN: 1..12, 0 the whole year */
};

/* The sheets that a pattern is for, as a set: those of people, other known tables, the rest. */
enum pal_direct_scope {
    PAL_DIRECT_PEOPLE = 1,
    PAL_DIRECT_OTHER_ROWS = 2,
    PAL_DIRECT_NOTES = 4
};
struct pal_direct_pattern {
    struct pal_view pattern;
    unsigned scopes;
};
struct pal_missing_text {
    struct pal_view text;
    struct pal_view field;
    bool is_missing;
};
struct pal_area_spelling {
    struct pal_view spelling; /* in a header's normal form */
    struct pal_view name;
};

struct pal_dictionary {
    struct pal_arena arena;
    struct pal_field *fields[PAL_TABLE_COUNT];
    size_t field_counts[PAL_TABLE_COUNT];
    struct pal_alias *aliases;
    size_t alias_count;
    struct pal_direct_pattern *directs;
    size_t direct_count;
    struct pal_table_rule *rules;
    size_t rule_count;
    struct pal_missing_text *missings;
    size_t missing_count;
    size_t missing_size_max; /* of the longest of them */
    struct pal_area_spelling *areas;
    size_t area_count;
    struct pal_label *labels;
    size_t label_count;
};

/* The aliases of one table that are `header`, rank ascending. */
size_t pal_dictionary_aliases(const struct pal_dictionary *dictionary,
                              enum pal_table table, struct pal_view header,
                              const struct pal_alias **first);
/* Of a header as it is written: those of its plain form, else of its words apart. */
size_t pal_dictionary_header_aliases(const struct pal_dictionary *dictionary,
                                     enum pal_table table, struct pal_view header,
                                     const struct pal_alias **first);
bool pal_dictionary_is_direct(const struct pal_dictionary *dictionary,
                              enum pal_table table, struct pal_view header);
/* Of a header as it is written, in any of its forms. */
bool pal_dictionary_is_direct_header(const struct pal_dictionary *dictionary,
                                     enum pal_table table, struct pal_view header);
size_t pal_dictionary_table_rules(const struct pal_dictionary *dictionary,
                                  const struct pal_table_rule **rules);
size_t pal_dictionary_labels(const struct pal_dictionary *dictionary,
                             const struct pal_label **labels);
/* `text` is trimmed. */
bool pal_dictionary_is_missing(const struct pal_dictionary *dictionary,
                               struct pal_view field, struct pal_view text);
/* The stored name of an area in any spelling, or `text` itself. */
struct pal_view pal_dictionary_area(const struct pal_dictionary *dictionary,
                                    struct pal_view text);
int32_t pal_dictionary_find_field(const struct pal_dictionary *dictionary,
                                  enum pal_table table, struct pal_view name);

#endif
