#include "record/dictionary_internal.h"

#include <string.h>

#define PAL_TABLE_TEXT(name, text) text,
static const char *const table_names[] = {PAL_TABLE_LIST(PAL_TABLE_TEXT)};
#undef PAL_TABLE_TEXT

const char *pal_table_name(enum pal_table table)
{
    return table_names[table];
}

size_t pal_dictionary_fields(const struct pal_dictionary *dictionary,
                             enum pal_table table, const struct pal_field **fields)
{
    *fields = dictionary->fields[table];
    return dictionary->field_counts[table];
}

int32_t pal_dictionary_find_field(const struct pal_dictionary *dictionary,
                                  enum pal_table table, struct pal_view name)
{
    for (size_t i = 0; i < dictionary->field_counts[table]; i++) {
        if (pal_view_is_equal(dictionary->fields[table][i].name, name)) {
            return (int32_t)i;
        }
    }
    return -1;
}

static bool is_before(const struct pal_alias *alias, enum pal_table table,
                      struct pal_view header)
{
    if (alias->table != table) {
        return alias->table < table;
    }
    return pal_view_compare(alias->alias, header) < 0;
}

size_t pal_dictionary_aliases(const struct pal_dictionary *dictionary,
                              enum pal_table table, struct pal_view header,
                              const struct pal_alias **first)
{
    size_t low = 0;
    size_t high = dictionary->alias_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (is_before(&dictionary->aliases[middle], table, header)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t end = low;
    while (end < dictionary->alias_count && dictionary->aliases[end].table == table &&
           pal_view_is_equal(dictionary->aliases[end].alias, header)) {
        end++;
    }
    *first = low < end ? &dictionary->aliases[low] : NULL;
    return end - low;
}

size_t pal_dictionary_header_aliases(const struct pal_dictionary *dictionary,
                                     enum pal_table table, struct pal_view header,
                                     const struct pal_alias **first)
{
    static const enum pal_header_form forms[] = {PAL_HEADER_PLAIN, PAL_HEADER_APART};
    size_t count = 0;
    *first = NULL;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0] && count == 0; i++) {
        struct pal_header form;
        pal_header_make(header, forms[i], &form);
        count = form.size == 0 ? 0
                               : pal_dictionary_aliases(dictionary, table,
                                                        pal_header_view(&form), first);
    }
    return count;
}

/* Whether the words stand in the text as whole words. */
static bool has_words(struct pal_view text, struct pal_view words)
{
    for (size_t at = 0; at + words.size <= text.size; at++) {
        size_t end = at + words.size;
        if ((at == 0 || text.data[at - 1] == ' ') &&
            (end == text.size || text.data[end] == ' ') &&
            pal_view_is_equal_fold((struct pal_view){text.data + at, words.size},
                                   words)) {
            return true;
        }
    }
    return false;
}

/* One '*' at either end or both stands for any text; ASCII case ignored. A blank beside it
 * ends a word: "* dob *" is "dob", "dob of child" and "child dob", but not "dobson". */
static bool is_match(struct pal_view pattern, struct pal_view text)
{
    bool open_start = pattern.size > 0 && pattern.data[0] == '*';
    bool open_end = pattern.size > 0 && pattern.data[pattern.size - 1] == '*';
    if (open_start) {
        pattern = (struct pal_view){pattern.data + 1, pattern.size - 1};
    }
    if (open_end && pattern.size > 0) {
        pattern.size--;
    }
    if (open_start && open_end) {
        struct pal_view words = pal_view_trim(pattern);
        return pattern.size == 0 || (words.size + 2 == pattern.size
                                         ? has_words(text, words)
                                         : pal_view_find(text, pattern) < text.size);
    }
    if (open_start && pattern.size > 0 && pattern.data[0] == ' ' &&
        text.size + 1 == pattern.size) {
        pattern = (struct pal_view){pattern.data + 1, pattern.size - 1};
    }
    if (open_end && pattern.size > 0 && pattern.data[pattern.size - 1] == ' ' &&
        text.size + 1 == pattern.size) {
        pattern.size--;
    }
    if (text.size < pattern.size ||
        (!open_start && !open_end && text.size != pattern.size)) {
        return false;
    }
    size_t at = open_start ? text.size - pattern.size : 0;
    return pal_view_is_equal_fold((struct pal_view){text.data + at, pattern.size},
                                  pattern);
}

/* What may stand behind the name of an identifier without making it the name of something else:
 * nothing, a number, a form of the value ("date of birth mm dd yyyy"), whose it is. */
static bool is_qualifier(struct pal_view tail)
{
    static const char *const words[] = {"number", "no", "num", "nbr", "id",
                                        "of",     "mm", "dd",  "yyyy"};
    tail = pal_view_trim(tail);
    size_t space = pal_view_find(tail, PAL_VIEW(" "));
    struct pal_view word = {tail.data, space < tail.size ? space : tail.size};
    if (word.size == 0 || pal_is_digit(word.data[0])) {
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (pal_view_is_equal_fold(word, pal_view_of(words[i]))) {
            return true;
        }
    }
    return false;
}

/* Whether the header is what the matching pattern names and does not merely hold its words. On
 * a sheet that is no known table any row may be taken for a header, and "Social Security
 * Administration" or "Fingerprint Identification" are an agency and a kind of work. */
static bool is_name_itself(struct pal_view pattern, struct pal_view header)
{
    struct pal_view words = pattern;
    if (!pal_view_has_suffix(pattern, PAL_VIEW(" *"))) {
        return true; /* ends in its words, or in a word that a release cut short */
    }
    words.size -= 2;
    if (pal_view_has_prefix(words, PAL_VIEW("* "))) {
        words = (struct pal_view){words.data + 2, words.size - 2};
    }
    for (size_t at = 0; at + words.size <= header.size; at++) {
        size_t end = at + words.size;
        if ((at == 0 || header.data[at - 1] == ' ') &&
            pal_view_is_equal_fold((struct pal_view){header.data + at, words.size},
                                   words) &&
            (end == header.size || header.data[end] == ' ') &&
            is_qualifier((struct pal_view){header.data + end, header.size - end})) {
            return true;
        }
    }
    return false;
}

static bool is_of_people(enum pal_table table)
{
    return table == PAL_TABLE_ARREST || table == PAL_TABLE_DETAINER ||
           table == PAL_TABLE_ENCOUNTER || table == PAL_TABLE_REMOVAL ||
           table == PAL_TABLE_STINT;
}

bool pal_dictionary_is_direct(const struct pal_dictionary *dictionary,
                              enum pal_table table, struct pal_view header)
{
    bool is_note = table == PAL_TABLE_NOTE || table == PAL_TABLE_CUSTODY_STATISTIC;
    unsigned scope = is_note               ? PAL_DIRECT_NOTES
                     : is_of_people(table) ? PAL_DIRECT_PEOPLE
                                           : PAL_DIRECT_OTHER_ROWS;
    for (size_t i = 0; i < dictionary->direct_count; i++) {
        const struct pal_direct_pattern *direct = &dictionary->directs[i];
        if ((direct->scopes & scope) != 0 && is_match(direct->pattern, header) &&
            (!is_note || is_name_itself(direct->pattern, header))) {
            return true;
        }
    }
    return false;
}

bool pal_dictionary_is_direct_header(const struct pal_dictionary *dictionary,
                                     enum pal_table table, struct pal_view header)
{
    struct pal_header forms[PAL_HEADER_FORM_COUNT];
    for (size_t i = 0; i < PAL_HEADER_FORM_COUNT; i++) {
        bool is_new = true;
        pal_header_make(header, (enum pal_header_form)i, &forms[i]);
        for (size_t k = 0; k < i; k++) {
            is_new = is_new && !pal_view_is_equal(pal_header_view(&forms[i]),
                                                  pal_header_view(&forms[k]));
        }
        if (is_new && forms[i].size > 0 &&
            pal_dictionary_is_direct(dictionary, table, pal_header_view(&forms[i]))) {
            return true;
        }
    }
    return false;
}

size_t pal_dictionary_table_rules(const struct pal_dictionary *dictionary,
                                  const struct pal_table_rule **rules)
{
    *rules = dictionary->rules;
    return dictionary->rule_count;
}

size_t pal_dictionary_labels(const struct pal_dictionary *dictionary,
                             const struct pal_label **labels)
{
    *labels = dictionary->labels;
    return dictionary->label_count;
}

bool pal_dictionary_is_missing(const struct pal_dictionary *dictionary,
                               struct pal_view field, struct pal_view text)
{
    bool is_missing = false;
    size_t best = 0;
    if (text.size > dictionary->missing_size_max) {
        return false; /* an id, nearly always */
    }
    for (size_t i = 0; i < dictionary->missing_count; i++) {
        const struct pal_missing_text *missing = &dictionary->missings[i];
        if (missing->field.size > best && pal_view_is_equal_fold(missing->text, text) &&
            is_match(missing->field, field)) {
            best = missing->field.size;
            is_missing = missing->is_missing;
        }
    }
    return is_missing;
}

bool pal_dictionary_find_area(const struct pal_dictionary *dictionary,
                              struct pal_view text, struct pal_view *name,
                              struct pal_nearest *nearest)
{
    struct pal_header header;
    pal_header_normalise(text, &header);
    for (size_t i = 0; i < dictionary->area_count && header.size > 0; i++) {
        if (pal_view_is_equal(dictionary->areas[i].spelling,
                              (struct pal_view){header.text, header.size})) {
            *name = dictionary->areas[i].name;
            return true;
        }
    }
    for (size_t i = 0; i < dictionary->area_count && nearest != NULL; i++) {
        pal_nearest_try(nearest, dictionary->areas[i].name);
    }
    return false;
}

struct pal_view pal_dictionary_area(const struct pal_dictionary *dictionary,
                                    struct pal_view text)
{
    struct pal_view name;
    return pal_dictionary_find_area(dictionary, text, &name, NULL) ? name : text;
}
