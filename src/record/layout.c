#include "record/layout.h"

#include "record/text.h"

enum { FIELDS_MIN = 2, LAYOUT_TEXT_MAX = 16 * 1024 * 1024 };

void pal_layout_init(struct pal_layout *layout)
{
    *layout = (struct pal_layout){.header_row = PAL_LAYOUT_NO_HEADER};
    pal_arena_init(&layout->texts, LAYOUT_TEXT_MAX);
}

void pal_layout_clear(struct pal_layout *layout)
{
    pal_free(layout->columns);
    pal_free(layout->positions);
    pal_arena_clear(&layout->texts);
    pal_layout_init(layout);
}

static pal_status make_positions(struct pal_layout *layout, uint32_t column,
                                 struct pal_error *err)
{
    if (column < layout->position_count) {
        return PAL_OK;
    }
    size_t count = ((size_t)column + 1 + 63) / 64 * 64;
    int32_t *positions = pal_realloc(layout->positions, count, sizeof *positions);
    if (positions == NULL) {
        return pal_fail_memory(err);
    }
    for (size_t i = layout->position_count; i < count; i++) {
        positions[i] = -1;
    }
    layout->positions = positions;
    layout->position_count = count;
    return PAL_OK;
}

pal_status pal_layout_add_column(struct pal_layout *layout, uint32_t column,
                                 struct pal_view header, size_t *position,
                                 struct pal_error *err)
{
    struct pal_layout_column added = {.column = column, .field = -1};
    pal_status status = make_positions(layout, column, err);
    if (status == PAL_OK) {
        status = pal_arena_copy(&layout->texts, header, &added.header, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    struct pal_layout_column *columns =
        pal_realloc(layout->columns, layout->column_count + 1, sizeof *columns);
    if (columns == NULL) {
        return pal_fail_memory(err);
    }
    layout->columns = columns;
    columns[layout->column_count] = added;
    layout->positions[column] = (int32_t)layout->column_count;
    *position = layout->column_count++;
    return PAL_OK;
}

/* ---- which row is the header, of which table ---- */

struct candidate {
    enum pal_table table;
    size_t row;
    int score;
    bool has_word;
};

struct row_fields {
    uint64_t fields[PAL_TABLE_COUNT]; /* which fields have a header in the row */
    bool is_refused[PAL_TABLE_COUNT];
};

static void look_at_cell(const struct pal_dictionary *dictionary, struct pal_view text,
                         struct row_fields *out)
{
    struct pal_header plain;
    struct pal_header apart;
    const struct pal_table_rule *rules = NULL;
    size_t rule_count = pal_dictionary_table_rules(dictionary, &rules);
    pal_header_make(text, PAL_HEADER_PLAIN, &plain);
    pal_header_make(text, PAL_HEADER_APART, &apart);
    if (plain.size == 0) {
        return;
    }
    for (size_t table = 0; table < PAL_TABLE_COUNT; table++) {
        const struct pal_alias *aliases = NULL;
        size_t count = pal_dictionary_aliases(dictionary, (enum pal_table)table,
                                              pal_header_view(&plain), &aliases);
        if (count == 0) {
            count = pal_dictionary_aliases(dictionary, (enum pal_table)table,
                                           pal_header_view(&apart), &aliases);
        }
        for (size_t i = 0; i < count; i++) {
            uint64_t bit = UINT64_C(1) << aliases[i].field;
            if ((out->fields[table] & bit) == 0) {
                out->fields[table] |= bit;
                break; /* one header stands for one field */
            }
        }
    }
    for (size_t i = 0; i < rule_count; i++) {
        if (rules[i].kind == PAL_RULE_REFUSED &&
            (pal_view_is_equal(rules[i].text, pal_header_view(&plain)) ||
             pal_view_is_equal(rules[i].text, pal_header_view(&apart)))) {
            out->is_refused[rules[i].table] = true;
        }
    }
}

static bool has_required(const struct pal_dictionary *dictionary, enum pal_table table,
                         uint64_t fields)
{
    const struct pal_table_rule *rules = NULL;
    size_t rule_count = pal_dictionary_table_rules(dictionary, &rules);
    bool has_rule = false;
    for (size_t i = 0; i < rule_count; i++) {
        if (rules[i].table != table || rules[i].kind != PAL_RULE_REQUIRED) {
            continue;
        }
        has_rule = true;
        if ((rules[i].fields & fields) == 0) {
            return false;
        }
    }
    return has_rule;
}

static bool has_word(const struct pal_dictionary *dictionary, enum pal_table table,
                     struct pal_view sheet)
{
    const struct pal_table_rule *rules = NULL;
    size_t rule_count = pal_dictionary_table_rules(dictionary, &rules);
    for (size_t i = 0; i < rule_count; i++) {
        if (rules[i].table == table && rules[i].kind == PAL_RULE_WORD &&
            pal_view_find(sheet, rules[i].text) < sheet.size) {
            return true;
        }
    }
    return false;
}

static int bit_count(uint64_t bits)
{
    return __builtin_popcountll(bits);
}

static void look_at_row(const struct pal_dictionary *dictionary,
                        const struct pal_row *row, size_t index, struct pal_view sheet,
                        struct candidate *best)
{
    struct row_fields fields = {{0}, {false}};
    for (size_t i = 0; i < row->cell_count; i++) {
        if (row->cells[i].kind == PAL_CELL_TEXT) {
            look_at_cell(dictionary, row->cells[i].text, &fields);
        }
    }
    for (size_t table = 0; table < PAL_TABLE_COUNT; table++) {
        struct candidate found = {(enum pal_table)table, index,
                                  bit_count(fields.fields[table]), false};
        if (found.score < FIELDS_MIN || found.score < best->score ||
            fields.is_refused[table] ||
            !has_required(dictionary, found.table, fields.fields[table])) {
            continue;
        }
        found.has_word = has_word(dictionary, found.table, sheet);
        if (found.score > best->score || (found.has_word && !best->has_word)) {
            *best = found;
        }
    }
}

/* ---- what the columns are ---- */

/* A header that only names an id must not come in as ordinary text. */
static bool is_only_identifier(const struct pal_field *fields,
                               const struct pal_alias *aliases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fields[aliases[i].field].type != PAL_FIELD_IDENTIFIER) {
            return false;
        }
    }
    return count > 0;
}

static void give_field(struct pal_layout_column *column, const struct pal_field *fields,
                       int32_t field)
{
    column->field = field;
    column->sensitivity = fields[field].sensitivity;
    column->is_known = true;
}

/* The headers of one rank claim their fields, from left to right. */
static void claim_fields(struct pal_layout *layout,
                         const struct pal_dictionary *dictionary, int32_t rank,
                         uint64_t *taken)
{
    const struct pal_field *fields = NULL;
    (void)pal_dictionary_fields(dictionary, layout->table, &fields);
    for (size_t i = 0; i < layout->column_count; i++) {
        struct pal_layout_column *column = &layout->columns[i];
        const struct pal_alias *aliases = NULL;
        size_t count = pal_dictionary_header_aliases(dictionary, layout->table,
                                                     column->header, &aliases);
        for (size_t a = 0; a < count && column->field < 0; a++) {
            uint64_t bit = UINT64_C(1) << aliases[a].field;
            if (aliases[a].rank == rank && (*taken & bit) == 0) {
                *taken |= bit;
                give_field(column, fields, aliases[a].field);
            }
        }
    }
}

static void mark_direct(struct pal_layout *layout,
                        const struct pal_dictionary *dictionary)
{
    const struct pal_field *fields = NULL;
    (void)pal_dictionary_fields(dictionary, layout->table, &fields);
    for (size_t i = 0; i < layout->column_count; i++) {
        struct pal_layout_column *column = &layout->columns[i];
        const struct pal_alias *aliases = NULL;
        if (column->field >= 0) {
            continue;
        }
        size_t count = pal_dictionary_header_aliases(dictionary, layout->table,
                                                     column->header, &aliases);
        if (is_only_identifier(fields, aliases, count) ||
            pal_dictionary_is_direct_header(dictionary, layout->table,
                                            column->header)) {
            column->sensitivity = PAL_SENSITIVITY_DIRECT;
            column->is_known = true;
        }
    }
}

static pal_status read_header(struct pal_layout *layout,
                              const struct pal_dictionary *dictionary,
                              const struct pal_row *row, struct pal_error *err)
{
    for (size_t i = 0; i < row->cell_count; i++) {
        size_t position = 0;
        struct pal_view header = pal_view_trim(row->cells[i].text);
        if (pal_text_is_blank(header)) {
            continue;
        }
        pal_status status =
            pal_layout_add_column(layout, row->cells[i].column, header, &position, err);
        if (status != PAL_OK) {
            return status;
        }
    }
    uint64_t taken = 0;
    for (int32_t rank = 1; rank <= PAL_ALIAS_RANK_MAX; rank++) {
        claim_fields(layout, dictionary, rank, &taken);
    }
    mark_direct(layout, dictionary);
    return PAL_OK;
}

pal_status pal_layout_find(struct pal_layout *layout,
                           const struct pal_dictionary *dictionary,
                           struct pal_view sheet, const struct pal_row *rows,
                           size_t row_count, struct pal_error *err)
{
    struct candidate best = {PAL_TABLE_NOTE, PAL_LAYOUT_NO_HEADER, 0, false};
    struct pal_header name;
    pal_header_normalise(sheet, &name);
    for (size_t i = 0; i < row_count; i++) {
        look_at_row(dictionary, &rows[i], i, (struct pal_view){name.text, name.size},
                    &best);
    }
    layout->table = best.table;
    layout->header_row = best.row;
    return best.row == PAL_LAYOUT_NO_HEADER
               ? PAL_OK
               : read_header(layout, dictionary, &rows[best.row], err);
}
