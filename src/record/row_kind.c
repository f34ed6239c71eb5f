#include "record/row_kind.h"

#include "record/mark.h"
#include "record/text.h"

enum {
    FOOTNOTE_SIZE_MIN = 41, /* bytes from which a lone first cell is a footnote */
    OTHER_HEADER_MIN = 4    /* names of columns that make a row a header */
};

bool pal_row_is_blank(const struct pal_row *row)
{
    for (size_t i = 0; i < row->cell_count; i++) {
        if (!pal_text_is_blank(row->cells[i].text)) {
            return false;
        }
    }
    return true;
}

/* Every filled cell repeats the header of its column, two of them or more. */
static bool is_header_again(const struct pal_layout *layout, const struct pal_row *row)
{
    size_t same_count = 0;
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        struct pal_view text = pal_view_trim(cell->text);
        if (text.size == 0) {
            continue;
        }
        int32_t position = pal_layout_position(layout, cell->column);
        if (position < 0 ||
            !pal_view_is_equal_fold(text, layout->columns[position].header)) {
            return false;
        }
        same_count++;
    }
    return same_count >= 2;
}

/* ---- the header of another table ---- */

static bool has_digit(struct pal_view text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (pal_is_digit(text.data[i])) {
            return true;
        }
    }
    return false;
}

/* Nearly every record has a number or a date somewhere; a header has none. */
static bool is_all_words(const struct pal_row *row)
{
    size_t count = 0;
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        if (pal_text_is_blank(cell->text)) {
            continue;
        }
        if (cell->kind != PAL_CELL_TEXT || has_digit(cell->text)) {
            return false;
        }
        count++;
    }
    return count >= OTHER_HEADER_MIN;
}

static bool names_column(const struct pal_dictionary *dictionary,
                         const struct pal_cell *cell)
{
    for (size_t table = 0; table < PAL_TABLE_COUNT; table++) {
        const struct pal_alias *aliases = NULL;
        if (pal_dictionary_header_aliases(dictionary, (enum pal_table)table, cell->text,
                                          &aliases) > 0) {
            return true;
        }
    }
    return false;
}

/* Whether the cell names the field of the column that it stands in, in other words. */
static bool names_own_column(const struct pal_layout *layout,
                             const struct pal_dictionary *dictionary,
                             const struct pal_cell *cell)
{
    const struct pal_alias *aliases = NULL;
    int32_t position = pal_layout_position(layout, cell->column);
    size_t count =
        pal_dictionary_header_aliases(dictionary, layout->table, cell->text, &aliases);
    for (size_t i = 0; i < count && position >= 0; i++) {
        if (aliases[i].field == layout->columns[position].field) {
            return true;
        }
    }
    return position >= 0 && pal_view_is_equal_fold(pal_view_trim(cell->text),
                                                   layout->columns[position].header);
}

static enum pal_row_kind header_kind(const struct pal_layout *layout,
                                     const struct pal_dictionary *dictionary,
                                     const struct pal_row *row)
{
    size_t filled_count = 0;
    size_t named_count = 0;
    size_t own_count = 0;
    if (!is_all_words(row)) {
        return PAL_ROW_RECORD;
    }
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        if (pal_text_is_blank(cell->text)) {
            continue;
        }
        filled_count++;
        named_count += names_column(dictionary, cell) ? 1 : 0;
        own_count += names_own_column(layout, dictionary, cell) ? 1 : 0;
    }
    if (named_count < OTHER_HEADER_MIN || named_count * 4 < filled_count * 3) {
        return PAL_ROW_RECORD;
    }
    return own_count * 4 >= filled_count * 3 ? PAL_ROW_HEADER_AGAIN
                                             : PAL_ROW_OTHER_HEADER;
}

/* ---- totals and footnotes ---- */

static bool begins_as_total(struct pal_view text)
{
    static const char *const starts[] = {"total", "grand total", "subtotal",
                                         "sub-total", "sub total"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (pal_view_has_prefix_fold(text, pal_view_of(starts[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_count(const struct pal_cell *cell)
{
    struct pal_view text = pal_view_trim(cell->text);
    for (size_t i = 0; i < text.size; i++) {
        if (!pal_is_digit(text.data[i]) && text.data[i] != ',') {
            return false;
        }
    }
    return cell->kind == PAL_CELL_NUMBER ||
           (cell->kind == PAL_CELL_TEXT && text.size > 0);
}

/* One filled cell, the first, that is long or begins as those do; or a total with nothing but
 * counts behind it. A record with a single short value stays a record. */
static bool is_footnote(const struct pal_row *row)
{
    const struct pal_cell *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        if (pal_text_is_blank(cell->text)) {
            continue;
        }
        if (first == NULL) {
            first = cell;
        } else if (!is_count(cell)) {
            return false;
        }
        count++;
    }
    if (first == NULL || first->column != 0 || first->kind != PAL_CELL_TEXT ||
        pal_is_redaction(first->text)) {
        return false;
    }
    struct pal_view text = pal_view_trim(first->text);
    if (count > 1) {
        return begins_as_total(text);
    }
    return text.size >= FOOTNOTE_SIZE_MIN || begins_as_total(text) ||
           pal_view_has_prefix_fold(text, PAL_VIEW("note")) ||
           pal_view_has_prefix_fold(text, PAL_VIEW("*"));
}

enum pal_row_kind pal_row_kind_of(const struct pal_layout *layout,
                                  const struct pal_dictionary *dictionary,
                                  const struct pal_row *row)
{
    if (pal_row_is_blank(row)) {
        return PAL_ROW_BLANK;
    }
    if (is_header_again(layout, row)) {
        return PAL_ROW_HEADER_AGAIN;
    }
    if (is_footnote(row)) {
        return PAL_ROW_FOOTNOTE;
    }
    return header_kind(layout, dictionary, row);
}
