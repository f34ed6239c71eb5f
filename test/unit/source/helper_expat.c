#include "helper_expat.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>

enum { DEPTH_MAX = 250, CELL_MAX = 20000, TEXT_MAX = 1 << 24 };

struct oracle_cell {
    long column;
    char type[16];
    long style;
    struct pal_view text; /* malloc'ed */
};

struct oracle {
    const struct pal_sheet_context *context; /* NULL: shared strings are read */
    struct pal_buffer *out;
    XML_Parser parser;
    size_t depth;
    char path[DEPTH_MAX + 1]; /* a letter for each open element */
    bool is_bad;
    struct pal_buffer text;
    size_t run_begin;
    unsigned long row; /* of this row; 0 before the first */
    bool has_row_number;
    long column;
    int value_count;
    struct oracle_cell cell;
    struct oracle_cell *cells;
    size_t cell_count;
};

static void refuse(struct oracle *oracle)
{
    oracle->is_bad = true;
}

/* A letter for the elements that matter, ? for all others. */
static char letter_of(const char *name, bool *is_home)
{
    static const struct {
        const char *name;
        char letter;
    } known[] = {{"sheetData", 'D'}, {"row", 'R'}, {"c", 'C'}, {"v", 'V'},
                 {"is", 'I'},        {"t", 'T'},   {"r", 'U'}, {"si", 'S'}};
    static const char *const homes[] = {
        HELPER_MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships"};
    const char *bar = strrchr(name, '|');

    *is_home = bar == NULL;
    for (size_t i = 0; bar != NULL && i < 3; i++) {
        *is_home = *is_home || (strlen(homes[i]) == (size_t)(bar - name) &&
                                strncmp(name, homes[i], (size_t)(bar - name)) == 0);
    }
    for (size_t i = 0; *is_home && i < sizeof known / sizeof *known; i++) {
        if (strcmp(bar == NULL ? name : bar + 1, known[i].name) == 0) {
            return known[i].letter;
        }
    }
    return '?';
}

static bool is_path(const struct oracle *oracle, const char *path)
{
    return oracle->depth == strlen(path) && strcmp(oracle->path, path) == 0;
}

/* Within the t of an is or si, alone or in a run. */
static bool is_in_run(const struct oracle *oracle)
{
    const char *want = oracle->context != NULL ? "WDRCI" : "WS";
    size_t at = strlen(want);

    if (strncmp(oracle->path, want, at) != 0) {
        return false;
    }
    while (oracle->path[at] == 'U') {
        at++;
    }
    return oracle->path[at] == 'T' && oracle->path[at + 1] == '\0';
}

static const char *attribute(const XML_Char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(attributes[i], name) == 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
}

/* Digits only; -1 for anything else. */
static long number_of(const char *text)
{
    char *end = NULL;
    long number = strtol(text, &end, 10);

    return pal_is_digit(*text) && *end == '\0' ? number : -1;
}

static void start_row(struct oracle *oracle, const XML_Char **attributes)
{
    const char *r = attribute(attributes, "r");
    unsigned long previous = oracle->row;

    oracle->has_row_number = r != NULL;
    oracle->row = previous + 1;
    if (r != NULL) {
        long number = number_of(r);

        oracle->row = (unsigned long)number;
        if (number < 1 || oracle->row <= previous) {
            refuse(oracle);
        }
    }
    oracle->column = -1;
    oracle->cell_count = 0;
}

static void find_place(struct oracle *oracle, const char *reference)
{
    long column = 0;
    long row;

    for (; pal_upper(*reference) >= 'A' && pal_upper(*reference) <= 'Z' &&
           column < 1000000;
         reference++) {
        column = column * 26 + (pal_upper(*reference) - 'A' + 1);
    }
    row = number_of(reference);
    if (column == 0 || row < 1) {
        refuse(oracle);
        return;
    }
    if (!oracle->has_row_number && (unsigned long)row >= oracle->row) {
        oracle->row = (unsigned long)row;
        oracle->has_row_number = true;
    }
    if ((unsigned long)row != oracle->row) {
        refuse(oracle);
    }
    oracle->cell.column = column - 1;
}

static void start_cell(struct oracle *oracle, const XML_Char **attributes)
{
    const char *r = attribute(attributes, "r");
    const char *t = attribute(attributes, "t");
    const char *s = attribute(attributes, "s");

    oracle->cell = (struct oracle_cell){.column = oracle->column + 1};
    (void)snprintf(oracle->cell.type, sizeof oracle->cell.type, "%s",
                   t == NULL ? "n" : t);
    oracle->cell.style = s == NULL ? 0 : number_of(s);
    if (r != NULL) {
        find_place(oracle, r);
    }
    oracle->column = oracle->cell.column;
    oracle->value_count = 0;
    pal_buffer_reset(&oracle->text);
}

static void XMLCALL on_start(void *data, const XML_Char *name,
                             const XML_Char **attributes)
{
    struct oracle *oracle = data;
    bool is_home = false;
    char letter = letter_of(name, &is_home);

    if (oracle->depth == DEPTH_MAX || (oracle->depth == 0 && !is_home)) {
        refuse(oracle);
    }
    if (oracle->is_bad) {
        return;
    }
    oracle->path[oracle->depth] = oracle->depth == 0 ? 'W' : letter;
    oracle->path[++oracle->depth] = '\0';
    if (oracle->context == NULL) {
        if (is_path(oracle, "WS")) {
            pal_buffer_reset(&oracle->text);
        }
    } else if (is_path(oracle, "WDR")) {
        start_row(oracle, attributes);
    } else if (is_path(oracle, "WDRC")) {
        start_cell(oracle, attributes);
    } else if (is_path(oracle, "WDRCV") || is_path(oracle, "WDRCI")) {
        if (++oracle->value_count > 1) {
            refuse(oracle);
        }
        if (letter == 'I') {
            (void)snprintf(oracle->cell.type, sizeof oracle->cell.type, "inlineStr");
        }
    }
    if (is_in_run(oracle)) {
        oracle->run_begin = oracle->text.size;
    }
}

static void XMLCALL on_text(void *data, const XML_Char *text, int size)
{
    struct oracle *oracle = data;

    if (!oracle->is_bad &&
        (is_in_run(oracle) || (oracle->context != NULL && is_path(oracle, "WDRCV")))) {
        pal_buffer_append(&oracle->text, text, (size_t)size);
    }
}

/* One escape at `text`, put as UTF-8 to the buffer; gives what it takes. Surrogates are left
 * out on both sides: the tables of the sheet tests have them. */
static void unescape(struct pal_buffer *text, size_t begin)
{
    struct pal_buffer copy;
    size_t at = begin;

    pal_buffer_init(&copy, TEXT_MAX);
    while (at < text->size) {
        unsigned code = 0;
        int size = 0;

        if (text->size - at >= 7 &&
            strspn(text->data + at + 2, "0123456789abcdefABCDEF") == 4 &&
            sscanf(text->data + at, "_x%4x_%n", &code, &size) == 1 && size == 7 &&
            code > 0 && (code < 0xd800 || code > 0xdfff)) {
            if (code < 0x80) {
                pal_buffer_append_char(&copy, (char)code);
            } else if (code < 0x800) {
                pal_buffer_append_char(&copy, (char)(0xc0 | code >> 6));
                pal_buffer_append_char(&copy, (char)(0x80 | (code & 0x3f)));
            } else {
                pal_buffer_append_char(&copy, (char)(0xe0 | code >> 12));
                pal_buffer_append_char(&copy, (char)(0x80 | (code >> 6 & 0x3f)));
                pal_buffer_append_char(&copy, (char)(0x80 | (code & 0x3f)));
            }
            at += 7;
        } else {
            pal_buffer_append_char(&copy, text->data[at++]);
        }
    }
    text->size = begin;
    pal_buffer_append_view(text, pal_buffer_view(&copy));
    pal_buffer_clear(&copy);
}

static void end_cell(struct oracle *oracle)
{
    struct oracle_cell *cell = &oracle->cell;
    struct pal_view text = {oracle->text.data, oracle->text.size};
    bool is_trimmed = strcmp(cell->type, "n") == 0 || strcmp(cell->type, "s") == 0 ||
                      strcmp(cell->type, "b") == 0 || strcmp(cell->type, "e") == 0;

    while (is_trimmed && text.size > 0 && strchr(" \t\n\r", text.data[0]) != NULL) {
        text = (struct pal_view){text.data + 1, text.size - 1};
    }
    while (is_trimmed && text.size > 0 &&
           strchr(" \t\n\r", text.data[text.size - 1]) != NULL) {
        text.size--;
    }
    if (strcmp(cell->type, "s") == 0 && text.size > 0) {
        char *copy = pal_string_copy(text);
        long index;

        PAL_BUG_IF(copy == NULL);
        index = number_of(copy);
        free(copy);
        if (index < 0 || (size_t)index >= oracle->context->strings->count) {
            refuse(oracle);
            return;
        }
        text = pal_shared_string(oracle->context->strings, (size_t)index);
    }
    if (text.size == 0) {
        return;
    }
    PAL_BUG_IF(oracle->cell_count == CELL_MAX);
    cell->text = (struct pal_view){pal_string_copy(text), text.size};
    PAL_BUG_IF(cell->text.data == NULL);
    oracle->cells[oracle->cell_count++] = *cell;
}

static int compare_columns(const void *left, const void *right)
{
    const struct oracle_cell *a = left;
    const struct oracle_cell *b = right;

    return (a->column > b->column) - (a->column < b->column);
}

static struct pal_cell value_of(const struct oracle *oracle,
                                const struct oracle_cell *from)
{
    struct pal_cell cell = {
        .column = (uint32_t)from->column, .kind = PAL_CELL_TEXT, .text = from->text};
    char *end = NULL;

    if (strcmp(from->type, "e") == 0) {
        cell.kind = PAL_CELL_ERROR;
    } else if (strcmp(from->type, "b") == 0 && from->text.size == 1 &&
               (from->text.data[0] == '0' || from->text.data[0] == '1')) {
        cell.kind = PAL_CELL_BOOLEAN;
        cell.number = from->text.data[0] - '0';
        cell.text = cell.number > 0 ? PAL_VIEW("TRUE") : PAL_VIEW("FALSE");
    } else if (strcmp(from->type, "n") == 0 &&
               strspn(from->text.data, "0123456789.eE+-") == from->text.size &&
               from->text.data[0] != '+') {
        cell.number = strtod(from->text.data, &end);
        if (*end == '\0' && isfinite(cell.number)) {
            const struct pal_styles *styles = oracle->context->styles;
            bool is_date = from->style >= 0 && (size_t)from->style < styles->count &&
                           styles->is_date[from->style];

            cell.kind = is_date ? PAL_CELL_DATE : PAL_CELL_NUMBER;
            if (is_date && oracle->context->is_1904) {
                cell.number += 1462;
            } else if (is_date && cell.number >= 1 && cell.number < 60) {
                cell.number += 1;
            }
        }
    }
    return cell;
}

static void free_cells(struct oracle *oracle)
{
    for (size_t i = 0; i < oracle->cell_count; i++) {
        free((void *)(uintptr_t)oracle->cells[i].text.data);
    }
    oracle->cell_count = 0;
}

static void end_row(struct oracle *oracle)
{
    struct pal_cell *cells = calloc(oracle->cell_count + 1, sizeof *cells);
    struct pal_row row = {.number = oracle->row, .cells = cells};

    PAL_BUG_IF(cells == NULL);
    qsort(oracle->cells, oracle->cell_count, sizeof *oracle->cells, compare_columns);
    row.cell_count = oracle->cell_count;
    for (size_t i = 0; i < oracle->cell_count; i++) {
        if (i > 0 && oracle->cells[i].column == oracle->cells[i - 1].column) {
            refuse(oracle);
        }
        cells[i] = value_of(oracle, &oracle->cells[i]);
    }
    helper_show_row(oracle->out, &row);
    free_cells(oracle);
    free(cells);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    struct oracle *oracle = data;

    (void)name;
    if (oracle->is_bad) {
        return;
    }
    if (is_in_run(oracle)) {
        unescape(&oracle->text, oracle->run_begin);
    } else if (oracle->context == NULL) {
        if (is_path(oracle, "WS")) {
            pal_buffer_append_view(oracle->out, pal_buffer_view(&oracle->text));
            pal_buffer_append_char(oracle->out, '|');
        }
    } else if (is_path(oracle, "WDRCV") && strcmp(oracle->cell.type, "str") == 0) {
        unescape(&oracle->text, 0);
    } else if (is_path(oracle, "WDRC")) {
        end_cell(oracle);
    } else if (is_path(oracle, "WDR")) {
        end_row(oracle);
    }
    oracle->path[--oracle->depth] = '\0';
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    refuse(data);
}

static bool read_with_expat(struct pal_view xml,
                            const struct pal_sheet_context *context,
                            struct pal_buffer *out)
{
    struct oracle *oracle = calloc(1, sizeof *oracle);
    bool is_good;

    PAL_BUG_IF(oracle == NULL);
    oracle->context = context;
    oracle->out = out;
    oracle->cells = calloc(CELL_MAX, sizeof *oracle->cells);
    oracle->parser = XML_ParserCreateNS(NULL, '|');
    PAL_BUG_IF(oracle->cells == NULL || oracle->parser == NULL);
    pal_buffer_init(&oracle->text, TEXT_MAX);
    XML_SetUserData(oracle->parser, oracle);
    XML_SetElementHandler(oracle->parser, on_start, on_end);
    XML_SetCharacterDataHandler(oracle->parser, on_text);
    XML_SetStartDoctypeDeclHandler(oracle->parser, on_doctype);
    is_good = XML_Parse(oracle->parser, xml.data, (int)xml.size, 1) == XML_STATUS_OK &&
              !oracle->is_bad;
    free_cells(oracle);
    XML_ParserFree(oracle->parser);
    pal_buffer_clear(&oracle->text);
    free(oracle->cells);
    free(oracle);
    return is_good;
}

bool helper_expat_sheet(struct pal_view xml, const struct pal_sheet_context *context,
                        struct pal_buffer *out)
{
    return read_with_expat(xml, context, out);
}

bool helper_expat_strings(struct pal_view xml, struct pal_buffer *out)
{
    return read_with_expat(xml, NULL, out);
}
