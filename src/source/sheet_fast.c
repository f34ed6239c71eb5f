#include "source/sheet_internal.h"

#include <string.h>

#include "source/xml_markup.h"

/*
 * Nearly all cells of all files look like <c r="B7" s="3" t="s"><v>42</v></c>, and a sheet
 * has millions of them. Here such a cell is read in one go, byte by byte, against the window
 * that ends with NULs: any byte that is not the expected one, also the end of the window,
 * leaves the cell to the tokenizer, with nothing changed.
 */

struct fast_cell {
    const char *at;
    uint32_t column;
    uint32_t style;
    enum pal_cell_type type;
    bool has_reference;
};

/* Compares with a literal: at least as many bytes can be read behind the window's end. */
#define IS_AT(at, literal) (memcmp((at), "" literal, sizeof(literal) - 1) == 0)

/* r: 1 to 3 capital letters and this row's number. */
static inline const char *take_reference(const struct pal_sheet_reader *reader,
                                         const char *at, struct fast_cell *cell)
{
    uint32_t column = 0;
    const char *begin = at;
    uint64_t word;

    for (; at - begin < 3; at++) {
        uint32_t letter = (uint32_t)(unsigned char)*at - 'A';

        if (letter >= 26) {
            break;
        }
        column = column * 26 + letter + 1;
    }
    memcpy(&word, at, sizeof word);
    if (at == begin || (word & reader->row_mask) != reader->row_word) {
        return NULL;
    }
    cell->column = column - 1;
    cell->has_reference = true;
    return at + reader->row_text_size;
}

static inline const char *take_number(const char *at, uint32_t *number)
{
    const char *begin = at;
    uint32_t value = 0;

    for (; at - begin < 9; at++) {
        uint32_t digit = (uint32_t)(unsigned char)*at - '0';

        if (digit >= 10) {
            break;
        }
        value = value * 10 + digit;
    }
    *number = value;
    return at == begin ? NULL : at;
}

static inline const char *take_type(const char *at, struct fast_cell *cell)
{
    if (at[1] == '"') {
        cell->type = at[0] == 's' ? PAL_TYPE_SHARED : PAL_TYPE_NUMBER;
        return at[0] == 's' || at[0] == 'n' ? at + 1 : NULL;
    }
    if (IS_AT(at, "str\"")) {
        cell->type = PAL_TYPE_STRING;
        return at + 3;
    }
    if (IS_AT(at, "inlineStr\"")) {
        cell->type = PAL_TYPE_INLINE;
        return at + 9;
    }
    return NULL;
}

/* The start tag up to its > or />; cell->at is there afterwards. */
static inline bool has_taken_head(const struct pal_sheet_reader *reader,
                                  struct fast_cell *cell)
{
    const char *at = cell->at;
    unsigned seen = 0;

    while (*at == ' ' && at[1] != '/') {
        unsigned bit;

        if (at[2] != '=' || at[3] != '"') {
            return false;
        }
        switch (at[1]) {
        case 'r':
            bit = 1;
            at = take_reference(reader, at + 4, cell);
            break;
        case 's':
            bit = 2;
            at = take_number(at + 4, &cell->style);
            break;
        case 't':
            bit = 4;
            at = take_type(at + 4, cell);
            break;
        default:
            return false;
        }
        if (at == NULL || *at != '"' || (seen & bit) != 0) {
            return false;
        }
        seen |= bit;
        at++;
    }
    cell->at = at;
    return true;
}

/* A number as programs write it: digits, perhaps with a point, a sign in front and an
 * exponent behind. Up to 15 digits are exact in a double, and so is the power of ten. */
static const char *take_value(const char *at, double *value)
{
    static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *begin = at;
    bool is_negative = *at == '-';
    uint64_t head = 0;
    unsigned count = 0;
    unsigned behind = 0;
    bool has_point = false;

    at += is_negative;
    for (;; at++) {
        uint32_t digit = (uint32_t)(unsigned char)*at - '0';

        if (digit < 10) {
            head = head * 10 + digit;
            count++;
            behind += has_point;
        } else if (*at == '.' && !has_point) {
            has_point = true;
        } else {
            break;
        }
    }
    if (count >= 1 && count <= 15 && *at == '<') {
        *value = (double)head / powers[behind];
        *value = is_negative ? -*value : *value;
        return at;
    }
    while ((*at >= '0' && *at <= '9') || *at == 'E' || *at == 'e' || *at == '+' ||
           *at == '-') {
        at++;
    }
    return *at == '<' && pal_parse_double(
                             (struct pal_view){begin, (size_t)(at - begin)}, value)
               ? at
               : NULL;
}

/* Text with nothing in it to decode; its end, at the <. */
static inline const char *take_text(const char *at)
{
    at = pal_xml_plain_end(at);
    return *at == '<' ? at : NULL;
}

/* What stands between the tags; gives what is behind </c>, or NULL. */
static inline const char *take_content(const struct pal_sheet_reader *reader,
                                       const struct fast_cell *fast,
                                       struct pal_cell *cell)
{
    const char *at = fast->at;
    const char *begin;
    uint32_t index = 0;

    if (fast->type == PAL_TYPE_INLINE) {
        if (IS_AT(at, "<is><t>")) {
            at += 7;
        } else if (IS_AT(at, "<is><t xml:space=\"preserve\">")) {
            at += 28;
        } else {
            return NULL;
        }
        begin = at;
        at = take_text(at);
        cell->text = (struct pal_view){begin, at == NULL ? 0 : (size_t)(at - begin)};
        return at != NULL && IS_AT(at, "</t></is></c>") ? at + 13 : NULL;
    }
    if (!IS_AT(at, "<v>")) {
        return NULL;
    }
    begin = at + 3;
    if (fast->type == PAL_TYPE_SHARED) {
        at = take_number(begin, &index);
        if (at == NULL || index >= reader->context.strings->count) {
            return NULL;
        }
        cell->text = pal_shared_string(reader->context.strings, index);
        cell->shared = pal_shared_number(index);
    } else if (fast->type == PAL_TYPE_NUMBER) {
        at = take_value(begin, &cell->number);
        if (at == NULL) {
            return NULL;
        }
        cell->kind = PAL_CELL_NUMBER;
        cell->text = (struct pal_view){begin, (size_t)(at - begin)};
    } else {
        at = take_text(begin);
        cell->text = (struct pal_view){begin, at == NULL ? 0 : (size_t)(at - begin)};
    }
    return at != NULL && IS_AT(at, "</v></c>") ? at + 8 : NULL;
}

/* As pal_sheet_add, for a cell that needs no second look. */
static inline bool has_added(struct pal_sheet_reader *reader,
                             const struct pal_cell *cell)
{
    if ((int64_t)cell->column <= reader->column ||
        cell->column >= reader->limits.column_max || cell->text.size == 0 ||
        cell->text.size > reader->limits.cell_size_max ||
        reader->cell_count == reader->cell_room) {
        return false;
    }
    reader->column = cell->column;
    reader->cells[reader->cell_count++] = *cell;
    return true;
}

/* How a row's start tag begins that is taken here. */
static const struct pal_view row_head = {"<row r=\"", 8};

void pal_sheet_keep_tail(struct pal_sheet_reader *reader)
{
    const struct pal_xml *xml = &reader->xml;
    const char *end = xml->window.data + xml->window.begin;
    struct pal_view number;
    size_t size;

    reader->row_tail_size = 0;
    /* A tag that binds prefixes means something else each time. */
    if (xml->has_empty || xml->attribute_count == 0 ||
        (xml->binding_count > 0 &&
         xml->bindings[xml->binding_count - 1].depth == xml->depth)) {
        return;
    }
    number = xml->attributes[0].value;
    if ((size_t)(number.data - xml->window.data) < row_head.size ||
        memcmp(number.data - row_head.size, row_head.data, row_head.size) != 0) {
        return;
    }
    size = (size_t)(end - (number.data + number.size));
    if (size <= PAL_ROW_TAIL_MAX) {
        memcpy(reader->row_tail, end - size, size);
        reader->row_tail_size = size;
    }
}

struct pal_view pal_sheet_take_row(struct pal_sheet_reader *reader)
{
    enum { DIGIT_MAX = 9 };
    struct pal_xml_window *window = &reader->xml.window;
    const char *at = window->data + window->begin;
    size_t left = window->end - window->begin;
    size_t end = row_head.size;

    if (reader->row_tail_size == 0 ||
        left < row_head.size + DIGIT_MAX + reader->row_tail_size ||
        memcmp(at, row_head.data, row_head.size) != 0 || at[end] == '0') {
        return (struct pal_view){"", 0};
    }
    while (end < row_head.size + DIGIT_MAX && pal_is_digit(at[end])) {
        end++;
    }
    if (end == row_head.size ||
        memcmp(at + end, reader->row_tail, reader->row_tail_size) != 0) {
        return (struct pal_view){"", 0};
    }
    window->begin += end + reader->row_tail_size;
    return (struct pal_view){at + row_head.size, end - row_head.size};
}

pal_status pal_sheet_take_cells(struct pal_sheet_reader *reader, struct pal_error *err)
{
    struct pal_xml_window *window = &reader->xml.window;
    const char *at = window->data + window->begin;
    pal_status status = PAL_OK;

    while (status == PAL_OK && at[0] == '<' && at[1] == 'c') {
        struct fast_cell fast = {.at = at + 2};
        struct pal_cell cell = {.kind = PAL_CELL_TEXT};

        if (!has_taken_head(reader, &fast)) {
            break;
        }
        cell.column = fast.has_reference ? fast.column : (uint32_t)(reader->column + 1);
        at = fast.at;
        at += *at == ' ';
        if (IS_AT(at, "/>")) {
            at += 2;
        } else if (IS_AT(at, "></c>")) {
            at += 5;
        } else if (*at == '>' && at == fast.at) {
            fast.at = at + 1;
            at = take_content(reader, &fast, &cell);
        } else {
            at = NULL;
        }
        if (at == NULL) {
            break;
        }
        if (cell.kind == PAL_CELL_NUMBER &&
            pal_sheet_style_is_date(reader, fast.style)) {
            cell.kind = PAL_CELL_DATE;
            cell.number = pal_days_of_serial(cell.number, reader->context.is_1904);
        }
        window->begin = (size_t)(at - window->data);
        if (!has_added(reader, &cell)) {
            status = pal_sheet_add(reader, cell, err);
        }
    }
    return status;
}
