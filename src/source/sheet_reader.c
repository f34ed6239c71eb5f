#include "source/sheet_internal.h"

#include <inttypes.h>
#include <string.h>

#include "source/xml_text.h"

static const struct pal_view row_name = {"row", 3};

static struct pal_sheet_reader *reader_of(struct pal_row_reader *base)
{
    return (struct pal_sheet_reader *)base;
}

static pal_status keep(struct pal_xml_keeper *self, struct pal_error *err)
{
    /* The keeper is a member, so the reader begins a fixed way before it. */
    char *place = (char *)self - offsetof(struct pal_sheet_reader, keeper);

    return pal_sheet_keep_window((struct pal_sheet_reader *)(void *)place, err);
}

static void set_row_digits(struct pal_sheet_reader *reader, struct pal_view digits)
{
    reader->row_text_size = digits.size;
    reader->row_word = 0;
    reader->row_mask = 0;
    if (digits.size <= sizeof reader->row_word) {
        memcpy(&reader->row_word, digits.data, digits.size);
        memset(&reader->row_mask, 0xff, digits.size);
    }
}

/* Settles which row the cells are of. */
static pal_status set_row_number(struct pal_sheet_reader *reader, uint64_t number,
                                 uint64_t previous, struct pal_error *err)
{
    enum { DIGIT_MAX = 20 };
    char digits[DIGIT_MAX];
    size_t begin = DIGIT_MAX;

    if (number <= previous) {
        return pal_fail(
            err, PAL_INPUT,
            "row %" PRIu64 " stands behind row %" PRIu64
            ": the file is damaged; opening it in a spreadsheet program and "
            "saving it again may repair it",
            number, previous);
    }
    if (number > reader->limits.row_max) {
        return pal_fail(err, PAL_LIMIT,
                        "row %" PRIu64 " is beyond the %" PRIu64 " rows that are read",
                        number, reader->limits.row_max);
    }
    reader->row_number = number;
    for (; number > 0; number /= 10) {
        digits[--begin] = (char)('0' + number % 10);
    }
    set_row_digits(reader, (struct pal_view){digits + begin, DIGIT_MAX - begin});
    return PAL_OK;
}

/* Takes a reference such as AB12 apart; row 0 when it names none. */
static bool has_read_reference(struct pal_view text, uint32_t *column, uint64_t *row)
{
    enum { LETTER_MAX = 6 };
    size_t at = 0;
    uint64_t wide = 0;
    int64_t number = 0;

    for (; at < text.size && at < LETTER_MAX && pal_upper(text.data[at]) >= 'A' &&
           pal_upper(text.data[at]) <= 'Z';
         at++) {
        wide = wide * 26 + (uint64_t)(pal_upper(text.data[at]) - 'A' + 1);
    }
    *column = (uint32_t)(wide - 1);
    *row = 0;
    if (at == 0 || !pal_parse_i64((struct pal_view){text.data + at, text.size - at}, 1,
                                  INT64_MAX, &number)) {
        return false;
    }
    *row = (uint64_t)number;
    return true;
}

static enum pal_cell_type type_of(struct pal_view text)
{
    static const struct {
        struct pal_view text;
        enum pal_cell_type type;
    } known[] = {
        {{"s", 1}, PAL_TYPE_SHARED},         {{"n", 1}, PAL_TYPE_NUMBER},
        {{"str", 3}, PAL_TYPE_STRING},       {{"b", 1}, PAL_TYPE_BOOLEAN},
        {{"inlineStr", 9}, PAL_TYPE_INLINE}, {{"e", 1}, PAL_TYPE_ERROR},
        {{"d", 1}, PAL_TYPE_DATE},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (pal_view_is_equal(text, known[i].text)) {
            return known[i].type;
        }
    }
    return PAL_TYPE_OTHER;
}

/* The column of the cell whose start tag was just read; a cell without a reference stands
 * right of the one before it. */
static pal_status find_column(struct pal_sheet_reader *reader, uint32_t *column,
                              struct pal_error *err)
{
    struct pal_view text;
    uint64_t row = 0;
    pal_status status = PAL_OK;

    *column = (uint32_t)(reader->column + 1);
    if (!pal_xml_attribute(&reader->xml, "r", &text)) {
        return PAL_OK;
    }
    if (!has_read_reference(text, column, &row)) {
        return pal_fail(err, PAL_INPUT,
                        "it has a cell %.*s, which is no place on a sheet",
                        (int)(text.size > 40 ? 40 : text.size), text.data);
    }
    if (!reader->has_row_number) {
        reader->has_row_number = true;
        status = set_row_number(reader, row, reader->row_number - 1, err);
    } else if (row != reader->row_number) {
        return pal_fail(err, PAL_INPUT,
                        "it holds cell %.*s, of another row: the file is damaged",
                        (int)text.size, text.data);
    }
    return status;
}

static pal_status read_cell(struct pal_sheet_reader *reader, uint32_t depth,
                            struct pal_error *err)
{
    struct pal_xml *xml = &reader->xml;
    enum pal_cell_type type = PAL_TYPE_NUMBER;
    struct pal_xml_token token;
    struct pal_view text;
    int64_t style = 0;
    bool has_value = false;
    uint32_t column;
    pal_status status = find_column(reader, &column, err);

    if (pal_xml_attribute(xml, "t", &text)) {
        type = type_of(text);
    }
    if (pal_xml_attribute(xml, "s", &text) &&
        !pal_parse_i64(text, 0, PAL_STYLE_MAX, &style)) {
        style = PAL_STYLE_MAX;
    }
    pal_buffer_reset(&reader->scratch);
    while (status == PAL_OK) {
        status = pal_xml_next(xml, &token, err);
        if (status != PAL_OK || (token.kind == PAL_XML_END && token.depth == depth)) {
            break;
        }
        if (token.kind != PAL_XML_START) {
            continue;
        }
        if (!pal_xml_is_start(&token, "v") && !pal_xml_is_start(&token, "is")) {
            status = pal_xml_skip(xml, token.depth, err);
            continue;
        }
        if (has_value) {
            return pal_fail(err, PAL_INPUT,
                            "the cell in its column %" PRIu64
                            " has two values: the file is damaged",
                            (uint64_t)column + 1);
        }
        has_value = true;
        if (pal_xml_is_start(&token, "v")) {
            status = pal_xml_read_text(xml, token.depth, &reader->scratch, err);
            if (type == PAL_TYPE_STRING) {
                pal_xml_unescape(&reader->scratch, 0);
            }
        } else {
            type = PAL_TYPE_INLINE;
            status = pal_xml_read_runs(xml, token.depth, &reader->scratch, err);
        }
    }
    if (status != PAL_OK) {
        return status;
    }
    return pal_sheet_add_value(reader, column, type, (size_t)style,
                               pal_buffer_view(&reader->scratch), err);
}

static pal_status begin_row(struct pal_sheet_reader *reader, struct pal_error *err)
{
    struct pal_view text;
    uint64_t previous = reader->row_number;
    int64_t number = 0;

    reader->has_row_number = pal_xml_attribute(&reader->xml, "r", &text);
    if (!reader->has_row_number) {
        return set_row_number(reader, previous + 1, previous, err);
    }
    if (!pal_parse_i64(text, 1, INT64_MAX, &number)) {
        return pal_fail(err, PAL_INPUT, "a row behind it has the number %.*s",
                        (int)(text.size > 40 ? 40 : text.size), text.data);
    }
    return set_row_number(reader, (uint64_t)number, previous, err);
}

static pal_status read_cells(struct pal_sheet_reader *reader, bool is_fast,
                             struct pal_error *err)
{
    uint32_t depth = reader->xml.depth;
    struct pal_xml_token token;
    pal_status status = PAL_OK;

    for (;;) {
        if (is_fast && reader->has_row_number && reader->row_mask != 0 &&
            !reader->xml.has_empty) {
            status = pal_sheet_take_cells(reader, err);
            if (status == PAL_OK && pal_xml_has_left(&reader->xml, row_name)) {
                return pal_sheet_sort(reader, err);
            }
        }
        if (status == PAL_OK) {
            status = pal_xml_next(&reader->xml, &token, err);
        }
        if (status != PAL_OK) {
            return status;
        }
        if (token.kind == PAL_XML_END && token.depth == depth) {
            return pal_sheet_sort(reader, err);
        }
        if (pal_xml_is_start(&token, "c")) {
            status = read_cell(reader, token.depth, err);
        } else if (token.kind == PAL_XML_START) {
            status = pal_xml_skip(&reader->xml, token.depth, err);
        }
        if (status != PAL_OK) {
            return status;
        }
    }
}

static pal_status check_root(const struct pal_xml_token *token, struct pal_error *err)
{
    if (token->is_main) {
        return PAL_OK;
    }
    return pal_fail(
        err, PAL_INPUT,
        "its XML begins with <%.*s> of an unknown kind: it is no sheet of a "
        "workbook as Excel 2007 and later write it",
        (int)(token->name.size > 40 ? 40 : token->name.size), token->name.data);
}

static void note_protection(struct pal_sheet_reader *reader)
{
    struct pal_view value;

    if (reader->context.is_protected != NULL &&
        pal_xml_attribute(&reader->xml, "sheet", &value) &&
        (pal_view_is_equal(value, PAL_VIEW("1")) ||
         pal_view_is_equal(value, PAL_VIEW("true")))) {
        *reader->context.is_protected = true;
    }
}

/* Reads up to the start of the next row, or to the end of the part. */
static pal_status find_row(struct pal_sheet_reader *reader, struct pal_xml_token *token,
                           struct pal_error *err)
{
    for (;;) {
        pal_status status = pal_xml_next(&reader->xml, token, err);

        if (status != PAL_OK || token->kind == PAL_XML_DONE) {
            return status;
        }
        if (token->kind == PAL_XML_END && token->depth == 2) {
            reader->is_in_data = false;
        }
        if (token->kind != PAL_XML_START) {
            continue;
        }
        if (token->depth == 1) {
            status = check_root(token, err);
        } else if (token->depth == 2 && pal_xml_is_start(token, "sheetData")) {
            reader->is_in_data = true;
            reader->row_tail_size = 0;
        } else if (reader->is_in_data && pal_xml_is_start(token, "row")) {
            return PAL_OK;
        } else {
            if (token->depth == 2 && pal_xml_is_start(token, "sheetProtection")) {
                note_protection(reader);
            }
            status = pal_xml_skip(&reader->xml, token->depth, err);
            reader->is_in_data = reader->is_in_data && token->depth > 2;
        }
        if (status != PAL_OK) {
            return status;
        }
    }
}

/* Reads a row whose start tag the tokenizer has read. */
static pal_status read_row(struct pal_sheet_reader *reader, struct pal_error *err)
{
    bool is_fast = !reader->context.is_slow && pal_xml_is_default_main(&reader->xml) &&
                   reader->xml.depth + 4 < reader->xml.depth_max;
    pal_status status;

    reader->row_tail_size = 0;
    if (is_fast) {
        pal_sheet_keep_tail(reader);
    }
    status = begin_row(reader, err);
    if (status != PAL_OK) {
        return status;
    }
    status = read_cells(reader, is_fast, err);
    return status == PAL_OK
               ? status
               : pal_while(err, status, "row %" PRIu64, reader->row_number);
}

/* Reads a row whose start tag was taken straight out of the window. */
static pal_status read_plain_row(struct pal_sheet_reader *reader,
                                 struct pal_view digits, struct pal_error *err)
{
    uint64_t number = 0;
    pal_status status;

    for (size_t i = 0; i < digits.size; i++) {
        number = number * 10 + (uint64_t)(digits.data[i] - '0');
    }
    pal_xml_enter(&reader->xml, row_name);
    reader->has_row_number = true;
    status = set_row_number(reader, number, reader->row_number, err);
    if (status != PAL_OK) {
        return status;
    }
    status = read_cells(reader, true, err);
    return status == PAL_OK
               ? status
               : pal_while(err, status, "row %" PRIu64, reader->row_number);
}

/* Whether a row begins here like the last one; its number in `digits`. */
static bool has_plain_row(struct pal_sheet_reader *reader, struct pal_view *digits)
{
    *digits = (struct pal_view){"", 0};
    if (reader->is_in_data && reader->xml.depth == 2 && !reader->xml.has_empty) {
        *digits = pal_sheet_take_row(reader);
    }
    return digits->size > 0;
}

static pal_status next_row(struct pal_row_reader *base, struct pal_row *row,
                           struct pal_error *err)
{
    struct pal_sheet_reader *reader = reader_of(base);
    struct pal_xml_token token = {.kind = PAL_XML_DONE};
    struct pal_view digits = {"", 0};
    bool is_plain = false;
    pal_status status = PAL_OK;

    *row = (struct pal_row){0};
    reader->cell_count = 0;
    if (!reader->is_done) {
        is_plain = has_plain_row(reader, &digits);
        status = is_plain ? PAL_OK : find_row(reader, &token, err);
    }
    if (status != PAL_OK || (!is_plain && token.kind == PAL_XML_DONE)) {
        reader->is_done = true;
        return status;
    }
    if (++reader->row_count > reader->limits.row_max) {
        return pal_fail(err, PAL_LIMIT,
                        "it has more than the %" PRIu64 " rows that are read",
                        reader->limits.row_max);
    }
    reader->text_size = 0;
    reader->column = -1;
    reader->is_unsorted = false;
    status = is_plain ? read_plain_row(reader, digits, err) : read_row(reader, err);
    if (status != PAL_OK) {
        return status;
    }
    *row = (struct pal_row){.number = reader->row_number,
                            .cells = reader->cells,
                            .cell_count = reader->cell_count};
    return PAL_OK;
}

static uint64_t bytes_read(const struct pal_row_reader *base)
{
    const struct pal_sheet_reader *reader = (const struct pal_sheet_reader *)base;

    return pal_part_bytes_read(reader->xml.window.part);
}

static void close_reader(struct pal_row_reader *base)
{
    struct pal_sheet_reader *reader = reader_of(base);

    if (reader == NULL) {
        return;
    }
    pal_xml_clear(&reader->xml);
    pal_buffer_clear(&reader->scratch);
    pal_free(reader->cells);
    pal_free(reader->text);
    pal_free(reader);
}

pal_status pal_sheet_reader_open(struct pal_part *part,
                                 const struct pal_sheet_context *context,
                                 const struct pal_source_limits *limits,
                                 struct pal_row_reader **out, struct pal_error *err)
{
    enum { CELL_FIRST = 64 };
    struct pal_sheet_reader *reader = pal_alloc_zero(1, sizeof *reader);

    *out = NULL;
    if (reader == NULL) {
        pal_part_close(part);
        return pal_fail_memory(err);
    }
    reader->base = (struct pal_row_reader){next_row, bytes_read, close_reader};
    reader->keeper.keep = keep;
    reader->context = *context;
    reader->limits = *limits;
    pal_xml_init(&reader->xml, part, limits);
    reader->xml.keeper = &reader->keeper;
    /* What is decoded may be longer than what is left of it: _x0041_ is an A. */
    pal_buffer_init(&reader->scratch, 7 * (size_t)limits->cell_size_max);
    /* There from the first: a blank row has cells too, only none of them. */
    reader->cells = pal_alloc_zero(CELL_FIRST, sizeof *reader->cells);
    if (reader->cells == NULL) {
        close_reader(&reader->base);
        return pal_fail_memory(err);
    }
    reader->cell_room = CELL_FIRST;
    *out = &reader->base;
    return PAL_OK;
}
