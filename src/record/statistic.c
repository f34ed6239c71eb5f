#include "record/statistic.h"

#include "record/text.h"

#include <string.h>

enum {
    TITLE_MAX = 16,     /* titles waiting for their block */
    TITLE_DISTANCE = 3, /* rows between a title and its header row */
    TITLE_SHIFT = 2,    /* columns that the two may lie apart */
    BLOCK_MAX = 4,      /* side by side */
    BLOCK_COLUMN_MAX = 14,
    BLOCK_ROW_MAX = 32,
    MONTH_COUNT = 13, /* 0: the whole year */
    CATEGORY_SIZE_MAX = 64
};

struct title {
    uint64_t row;
    uint32_t column;
    struct pal_view statistic; /* the dictionary's */
    int32_t fiscal_year;
};

struct fact_row {
    uint64_t row;
    struct pal_view agency; /* the dictionary's */
    char category[CATEGORY_SIZE_MAX];
    size_t category_size; /* 0: all */
    bool has_value[BLOCK_COLUMN_MAX];
    double values[BLOCK_COLUMN_MAX];
};

struct block {
    bool is_open;
    struct title title;
    uint32_t label_column;
    size_t column_count;
    uint32_t columns[BLOCK_COLUMN_MAX];
    int32_t months[BLOCK_COLUMN_MAX];
    struct pal_view agency; /* of the row above; "" before the first */
    uint64_t last_row;      /* header row or last row taken; a gap ends the block */
    size_t row_count;
    struct fact_row rows[BLOCK_ROW_MAX];
};

struct pal_statistic_finder {
    const struct pal_dictionary *dictionary;
    int32_t sheet_year; /* from the sheet's name, 0: none */
    struct title titles[TITLE_MAX];
    size_t title_count; /* the newest at title_count - 1, modulo TITLE_MAX */
    struct block blocks[BLOCK_MAX];
};

/* "FY2019", "EOFY2020", "FY19": the year, or 0. */
static int32_t fiscal_year_in(struct pal_view text)
{
    for (size_t at = 0; at + 3 < text.size; at++) {
        if (pal_lower(text.data[at]) != 'f' || pal_lower(text.data[at + 1]) != 'y') {
            continue;
        }
        size_t start = at + 2;
        while (start < text.size && text.data[start] == ' ') {
            start++;
        }
        size_t end = start;
        while (end < text.size && pal_is_digit(text.data[end])) {
            end++;
        }
        int64_t year = 0;
        struct pal_view digits = {text.data + start, end - start};
        if ((digits.size == 2 || digits.size == 4) &&
            pal_parse_i64(digits, 0, 2100, &year)) {
            return (int32_t)(digits.size == 2 ? 2000 + year : year);
        }
    }
    return 0;
}

static const struct pal_label *find_label(const struct pal_dictionary *dictionary,
                                          enum pal_label_kind kind,
                                          struct pal_view text)
{
    const struct pal_label *labels = NULL;
    size_t count = pal_dictionary_labels(dictionary, &labels);
    struct pal_header header;
    pal_header_normalise(text, &header);
    struct pal_view normal = {header.text, header.size};
    for (size_t i = 0; i < count && normal.size > 0; i++) {
        bool is_found = kind == PAL_LABEL_TITLE
                            ? pal_view_find(normal, labels[i].label) < normal.size
                            : pal_view_is_equal(labels[i].label, normal);
        if (labels[i].kind == kind && is_found) {
            return &labels[i];
        }
    }
    return NULL;
}

bool pal_statistic_is_announced(const struct pal_dictionary *dictionary,
                                const struct pal_row *rows, size_t row_count)
{
    for (size_t i = 0; i < row_count; i++) {
        for (size_t c = 0; c < rows[i].cell_count; c++) {
            const struct pal_cell *cell = &rows[i].cells[c];
            if (cell->kind == PAL_CELL_TEXT &&
                find_label(dictionary, PAL_LABEL_TITLE, cell->text) != NULL) {
                return true;
            }
        }
    }
    return false;
}

pal_status pal_statistic_finder_new(const struct pal_dictionary *dictionary,
                                    struct pal_view sheet,
                                    struct pal_statistic_finder **out,
                                    struct pal_error *err)
{
    *out = pal_alloc_zero(1, sizeof **out);
    if (*out == NULL) {
        return pal_fail_memory(err);
    }
    (*out)->dictionary = dictionary;
    (*out)->sheet_year = fiscal_year_in(sheet);
    return PAL_OK;
}

void pal_statistic_finder_free(struct pal_statistic_finder *finder)
{
    pal_free(finder);
}

static void note_titles(struct pal_statistic_finder *finder, const struct pal_row *row)
{
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        if (cell->kind != PAL_CELL_TEXT) {
            continue;
        }
        const struct pal_label *label =
            find_label(finder->dictionary, PAL_LABEL_TITLE, cell->text);
        if (label == NULL) {
            continue;
        }
        int32_t year = fiscal_year_in(cell->text);
        finder->titles[finder->title_count++ % TITLE_MAX] =
            (struct title){row->number, cell->column, label->meaning,
                           year != 0 ? year : finder->sheet_year};
    }
}

static const struct title *title_above(const struct pal_statistic_finder *finder,
                                       uint64_t row, uint32_t column)
{
    size_t count = finder->title_count < TITLE_MAX ? finder->title_count : TITLE_MAX;
    for (size_t i = 0; i < count; i++) {
        const struct title *title =
            &finder->titles[(finder->title_count - 1 - i) % TITLE_MAX];
        uint32_t shift =
            title->column > column ? title->column - column : column - title->column;
        if (row > title->row && row - title->row <= TITLE_DISTANCE &&
            shift <= TITLE_SHIFT && title->fiscal_year != 0) {
            return title;
        }
    }
    return NULL;
}

/* The month columns behind a header's first cell. */
static void read_columns(const struct pal_statistic_finder *finder,
                         const struct pal_row *row, size_t first, struct block *block)
{
    for (size_t i = first; i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        const struct pal_label *label =
            cell->kind == PAL_CELL_TEXT
                ? find_label(finder->dictionary, PAL_LABEL_COLUMN, cell->text)
                : NULL;
        if (label == NULL || block->column_count == BLOCK_COLUMN_MAX) {
            return;
        }
        block->columns[block->column_count] = cell->column;
        block->months[block->column_count++] = label->month;
        if (label->month == 0) {
            return;
        }
    }
}

static struct block *free_block(struct pal_statistic_finder *finder)
{
    for (size_t i = 0; i < BLOCK_MAX; i++) {
        if (!finder->blocks[i].is_open) {
            return &finder->blocks[i];
        }
    }
    return NULL;
}

static void open_blocks(struct pal_statistic_finder *finder, const struct pal_row *row)
{
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        if (cell->kind != PAL_CELL_TEXT ||
            find_label(finder->dictionary, PAL_LABEL_HEAD, cell->text) == NULL) {
            continue;
        }
        const struct title *title = title_above(finder, row->number, cell->column);
        struct block *block = free_block(finder);
        if (title == NULL || block == NULL) {
            continue;
        }
        memset(block, 0, sizeof *block);
        block->title = *title;
        block->label_column = cell->column;
        block->last_row = row->number;
        read_columns(finder, row, i + 1, block);
        block->is_open = block->column_count > 0;
    }
}

static const struct pal_cell *cell_at(const struct pal_row *row, uint32_t column)
{
    for (size_t i = 0; i < row->cell_count && row->cells[i].column <= column; i++) {
        if (row->cells[i].column == column) {
            return &row->cells[i];
        }
    }
    return NULL;
}

/* "21,022" or a number cell. */
static bool number_of(const struct pal_cell *cell, double *out)
{
    if (cell == NULL) {
        return false;
    }
    if (cell->kind == PAL_CELL_NUMBER) {
        *out = cell->number;
        return true;
    }
    return cell->kind == PAL_CELL_TEXT &&
           pal_cell_read_grouped(pal_view_trim(cell->text), out);
}

/* A month in which every row is 0 or blank has not happened yet. */
static bool has_happened(const struct block *block, size_t column)
{
    for (size_t i = 0; i < block->row_count; i++) {
        if (block->rows[i].has_value[column] && block->rows[i].values[column] > 0) {
            return true;
        }
    }
    return false;
}

static pal_status close_block(struct block *block, struct pal_batch *batch,
                              struct pal_error *err)
{
    block->is_open = false;
    for (size_t i = 0; i < block->row_count; i++) {
        const struct fact_row *row = &block->rows[i];
        for (size_t c = 0; c < block->column_count; c++) {
            if (!row->has_value[c] || !has_happened(block, c)) {
                continue;
            }
            struct pal_statistic fact = {
                .row = row->row,
                .column = block->columns[c],
                .fiscal_year = block->title.fiscal_year,
                .month = block->months[c],
                .statistic = block->title.statistic,
                .agency = row->agency,
                .category = row->category_size == 0
                                ? PAL_VIEW("all")
                                : (struct pal_view){row->category, row->category_size},
                .value = row->values[c],
            };
            pal_status status = pal_batch_add_statistic(batch, fact, err);
            if (status != PAL_OK) {
                return status;
            }
        }
    }
    return PAL_OK;
}

/* false: the row is no part of the block, which is over. */
static bool add_row(const struct pal_statistic_finder *finder, struct block *block,
                    const struct pal_row *row, struct pal_buffer *room)
{
    const struct pal_cell *label_cell = cell_at(row, block->label_column);
    if (label_cell == NULL || label_cell->kind != PAL_CELL_TEXT ||
        pal_text_is_blank(label_cell->text) || block->row_count == BLOCK_ROW_MAX ||
        row->number != block->last_row + 1) {
        return false;
    }
    const struct pal_label *label =
        find_label(finder->dictionary, PAL_LABEL_AGENCY, label_cell->text);
    struct fact_row *fact = &block->rows[block->row_count];
    memset(fact, 0, sizeof *fact);
    fact->row = row->number;
    if (label != NULL) {
        block->agency = label->meaning;
    } else {
        struct pal_view category;
        if (block->agency.size == 0 ||
            pal_text_clean(label_cell->text, room, &category, NULL) != PAL_OK ||
            category.size > CATEGORY_SIZE_MAX) {
            return false;
        }
        memcpy(fact->category, category.data, category.size);
        fact->category_size = category.size;
    }
    fact->agency = block->agency;
    for (size_t c = 0; c < block->column_count; c++) {
        fact->has_value[c] =
            number_of(cell_at(row, block->columns[c]), &fact->values[c]);
    }
    block->row_count++;
    block->last_row = row->number;
    return true;
}

pal_status pal_statistic_finder_add(struct pal_statistic_finder *finder,
                                    const struct pal_row *row, struct pal_batch *batch,
                                    struct pal_error *err)
{
    struct pal_buffer room;
    pal_status status = PAL_OK;
    pal_buffer_init(&room, 4096);
    for (size_t i = 0; i < BLOCK_MAX && status == PAL_OK; i++) {
        struct block *block = &finder->blocks[i];
        bool is_over = block->is_open && !add_row(finder, block, row, &room);
        if (is_over) {
            status = close_block(block, batch, err);
        }
    }
    pal_buffer_clear(&room);
    if (status == PAL_OK) {
        note_titles(finder, row);
        open_blocks(finder, row);
    }
    return status;
}

pal_status pal_statistic_finder_end(struct pal_statistic_finder *finder,
                                    struct pal_batch *batch, struct pal_error *err)
{
    for (size_t i = 0; i < BLOCK_MAX; i++) {
        if (finder->blocks[i].is_open) {
            pal_status status = close_block(&finder->blocks[i], batch, err);
            if (status != PAL_OK) {
                return status;
            }
        }
    }
    return PAL_OK;
}
