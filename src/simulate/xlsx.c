/*
 * A release workbook: a Summary with a formula, the rows split over sheets, footnotes last;
 * six banner rows, so that the header is row 7. Every sheet says that it is simulated.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "simulate/simulate_internal.h"

enum {
    HEADER_ROW = 6,
    SHEETS_LEAST = 2,
    SHEET_ROW_MAX = 1000000,
    CELL_MAX = 256,
    TEXT_COUNT_MAX = 256,
    EPOCH_DAY = 25569 /* 1 January 1970 in a spreadsheet */
};

static const char *const titles[PAL_SIMULATE_TABLE_COUNT] = {
    [PAL_SIMULATE_ARREST] = "ERO Administrative Arrests",
    [PAL_SIMULATE_DETAINER] = "ERO Detainers",
    [PAL_SIMULATE_STINT] = "ICE Detentions",
};
static const char *const footnotes[] = {
    "These rows are simulated. They describe nobody.",
    "An ERO Reprocessed Arrest is an administrative re-arrest of somebody already "
    "counted."};

struct book {
    const struct pal_simulate_spec *spec;
    const struct pal_sim_file *file;
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *day_format;
    lxw_format *time_format;
    lxw_row_t row;
    lxw_col_t column;
    lxw_error failure; /* first one */
};

static void note(struct book *book, lxw_error error)
{
    if (book->failure == LXW_NO_ERROR) {
        book->failure = error;
    }
}

static void write_text(struct book *book, const char *text)
{
    if (text[0] != '\0') {
        note(book,
             worksheet_write_string(book->sheet, book->row, book->column, text, NULL));
    }
}

static void write_view(struct book *book, struct pal_view text)
{
    char copy[CELL_MAX];
    (void)snprintf(copy, sizeof copy, "%.*s", PAL_VIEW_ARG(text));
    write_text(book, copy);
}

static void write_number(struct book *book, double number, lxw_format *format)
{
    note(book,
         worksheet_write_number(book->sheet, book->row, book->column, number, format));
}

static bool is_digits(struct pal_view text)
{
    size_t i = 0;
    while (i < text.size && pal_is_digit(text.data[i])) {
        i++;
    }
    return text.size > 0 && i == text.size && text.size < 9;
}

/* A text of digits only is a number in a workbook, as a threat level is. */
static void write_code(struct book *book, const struct pal_block_column *column,
                       uint8_t code)
{
    int64_t number;
    if (code == 0 || code >= column->text_count) {
        return;
    }
    struct pal_view text = column->texts[code];
    if (is_digits(text) && pal_parse_i64(text, 0, INT32_MAX, &number)) {
        write_number(book, (double)number, NULL);
    } else {
        write_view(book, text);
    }
}

static void write_cell(struct book *book, const struct pal_block_column *column,
                       const void *values, size_t row)
{
    switch (column->kind) {
    case PAL_COLUMN_CODE:
        write_code(book, column, ((const uint8_t *)values)[row]);
        break;
    case PAL_COLUMN_INTEGER: {
        int32_t number = ((const int32_t *)values)[row];
        if (number != PAL_COLUMN_NONE) {
            write_number(book, number, NULL);
        }
        break;
    }
    case PAL_COLUMN_DAY: {
        int32_t day = ((const int32_t *)values)[row];
        if (day != PAL_DAY_NONE) {
            write_number(book, (double)day + EPOCH_DAY, book->day_format);
        }
        break;
    }
    case PAL_COLUMN_SECOND: {
        int64_t second = ((const int64_t *)values)[row];
        if (second != PAL_SECOND_NONE) {
            write_number(book, (double)second / PAL_SIM_SECONDS_A_DAY + EPOCH_DAY,
                         book->time_format);
        }
        break;
    }
    case PAL_COLUMN_TEXT: {
        const char *text = (const char *)values + row * column->width;
        write_view(book, (struct pal_view){text, strnlen(text, column->width)});
        break;
    }
    }
}

static void write_banner(struct book *book)
{
    char title[CELL_MAX];
    int32_t year = book->file->fiscal_year;
    struct pal_civil last = pal_civil_of(book->spec->last);
    int32_t end = pal_day_of((struct pal_civil){year, 9, 30});
    bool is_partial = book->spec->last < end;
    if (!is_partial) {
        last = pal_civil_of(end);
    }
    (void)snprintf(title, sizeof title, "%s for FY%d%s (10/1/%d - %d/%d/%d)",
                   titles[book->file->table], year, is_partial ? " YTD" : "", year - 1,
                   last.month, last.day, last.year);
    const char *const lines[] = {"ERO-LESA Statistical Tracking Unit (SIMULATED)",
                                 "For Official Use Only (FOUO)/Pre-decisional",
                                 NULL,
                                 "Please review the last tab for footnotes.",
                                 "",
                                 title};
    book->column = 0;
    for (lxw_row_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        book->row = i;
        if (lines[i] == NULL) {
            write_view(book, book->spec->release);
        } else {
            write_text(book, lines[i]);
        }
    }
}

static void add_sheet(struct book *book, const char *name)
{
    book->sheet = workbook_add_worksheet(book->workbook, name);
    if (book->sheet == NULL) {
        note(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
}

static void write_summary(struct book *book, size_t sheet_count)
{
    char formula[CELL_MAX] = "";
    const char *name = pal_sim_table_names[book->file->table];
    write_banner(book);
    note(book, worksheet_merge_range(book->sheet, 5, 0, 5, 3, "", NULL));
    write_banner(book);
    book->row = HEADER_ROW;
    write_text(book, "Total");
    for (size_t i = 1; i <= sheet_count; i++) {
        size_t size = strlen(formula);
        (void)snprintf(formula + size, sizeof formula - size,
                       "%sCOUNTA('%s %zu'!A8:A1048576)", i == 1 ? "=" : "+", name, i);
    }
    note(book, worksheet_write_formula_num(book->sheet, HEADER_ROW, 1, formula, NULL,
                                           (double)book->file->row_count));
}

static void write_footnotes(struct book *book)
{
    add_sheet(book, "Footnotes");
    if (book->failure != LXW_NO_ERROR) {
        return;
    }
    size_t count = book->file->table == PAL_SIMULATE_ARREST ? 2 : 1;
    book->column = 0;
    book->row = 0;
    write_text(book, "ERO-LESA Statistical Tracking Unit (SIMULATED)");
    for (lxw_row_t i = 0; i < count; i++) {
        book->row = i + 2;
        write_text(book, footnotes[i]);
    }
}

static void begin_sheet(struct book *book, const struct pal_column_stream *stream,
                        size_t number)
{
    char name[CELL_MAX];
    (void)snprintf(name, sizeof name, "%s %zu", pal_sim_table_names[book->file->table],
                   number);
    add_sheet(book, name);
    if (book->failure != LXW_NO_ERROR) {
        return;
    }
    write_banner(book);
    book->row = HEADER_ROW;
    for (size_t i = 0; i < stream->column_count; i++) {
        book->column = (lxw_col_t)i;
        write_text(book, stream->columns[i].name);
    }
}

/* Sheets of `a_sheet` rows, the last with the rest. */
static pal_status write_sheets(struct book *book, struct pal_column_stream *stream,
                               int64_t a_sheet, size_t sheet_count,
                               struct pal_error *err)
{
    struct pal_column_block block;
    size_t sheet = 1;
    int64_t on_sheet = 0;
    begin_sheet(book, stream, sheet);
    pal_status st = stream->next(stream, &block, err);
    while (st == PAL_OK && block.row_count > 0 && book->failure == LXW_NO_ERROR) {
        for (size_t row = 0; row < block.row_count && book->failure == LXW_NO_ERROR;
             row++) {
            if (on_sheet == a_sheet && sheet < sheet_count) {
                begin_sheet(book, stream, ++sheet);
                on_sheet = 0;
            }
            book->row = HEADER_ROW + 1 + (lxw_row_t)on_sheet++;
            for (size_t i = 0; i < stream->column_count; i++) {
                book->column = (lxw_col_t)i;
                write_cell(book, &stream->columns[i], block.values[i], row);
            }
        }
        st = stream->next(stream, &block, err);
    }
    while (st == PAL_OK && book->failure == LXW_NO_ERROR && sheet < sheet_count) {
        begin_sheet(book, stream, ++sheet);
    }
    return st;
}

/* Rows are counted before a sheet is written, because they are split evenly. */
static pal_status count_rows(const struct pal_simulate_world *world,
                             struct pal_sim_file *file, struct pal_error *err)
{
    struct pal_simulate_rows *rows = NULL;
    struct pal_column_block block = {.row_count = 1};
    pal_status st =
        pal_simulate_rows_open(world, file->table, file->first, file->last, &rows, err);
    while (st == PAL_OK && block.row_count > 0) {
        struct pal_column_stream *stream = pal_simulate_rows_borrow(rows);
        st = stream->next(stream, &block, err);
        file->row_count += (int64_t)block.row_count;
    }
    pal_simulate_rows_close(rows);
    if (st == PAL_OK && file->row_count > PAL_SIMULATE_SHEET_MAX) {
        return pal_fail(err, PAL_LIMIT,
                        "%s: %lld rows; a workbook is written with at most %d: write "
                        "csv or parquet",
                        file->path, (long long)file->row_count, PAL_SIMULATE_SHEET_MAX);
    }
    return st;
}

static pal_status write_book(struct book *book, struct pal_column_stream *stream,
                             struct pal_error *err)
{
    /* The file must be the same bytes every time: no clock in its properties. */
    char title[] = "Simulated release";
    lxw_doc_properties properties = {.title = title, .created = (time_t)1767225600};
    int64_t rows = book->file->row_count;
    int64_t needed = (rows + SHEET_ROW_MAX - 1) / SHEET_ROW_MAX;
    size_t sheet_count = needed < SHEETS_LEAST ? SHEETS_LEAST : (size_t)needed;
    book->day_format = workbook_add_format(book->workbook);
    book->time_format = workbook_add_format(book->workbook);
    if (book->day_format == NULL || book->time_format == NULL) {
        return pal_fail_memory(err);
    }
    note(book, workbook_set_properties(book->workbook, &properties));
    format_set_num_format(book->day_format, "m/d/yyyy");
    format_set_num_format(book->time_format, "yyyy-mm-dd hh:mm:ss");
    add_sheet(book, "Summary");
    if (book->failure != LXW_NO_ERROR) {
        return PAL_OK;
    }
    write_summary(book, sheet_count);
    pal_status st =
        write_sheets(book, stream, rows / (int64_t)sheet_count, sheet_count, err);
    if (st == PAL_OK && book->failure == LXW_NO_ERROR) {
        write_footnotes(book);
    }
    return st;
}

/* The library writes its sheets into temporary files and does not look whether they took
 * everything; a full disk is left behind in errno alone. */
static pal_status close_book(struct book *book, const char *part, const char *path,
                             struct pal_error *err)
{
    errno = 0;
    note(book, workbook_close(book->workbook));
    int reason = errno;
    if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG) {
        return pal_file_fail(err, "write", path, reason);
    }
    if (book->failure == LXW_ERROR_MEMORY_MALLOC_FAILED) {
        return pal_fail_memory(err);
    }
    if (book->failure != LXW_NO_ERROR) {
        return reason != 0 ? pal_file_fail(err, "write", path, reason)
                           : pal_fail(err, PAL_IO, "cannot write %s: %s", path,
                                      lxw_strerror(book->failure));
    }
    if (rename(part, path) != 0) {
        return pal_file_fail(err, "write", path, errno);
    }
    return PAL_OK;
}

pal_status pal_sim_xlsx_write(const struct pal_simulate_world *world,
                              struct pal_sim_file *file, struct pal_simulate_rows *rows,
                              struct pal_error *err)
{
    struct book book = {.spec = world->spec, .file = file};
    struct pal_buffer part;
    pal_buffer_init(&part, 1U << 16);
    pal_buffer_append_format(&part, "%s.part", file->path);
    pal_status st = pal_buffer_status(&part, err);
    if (st == PAL_OK) {
        st = count_rows(world, file, err);
    }
    /* A table without rows in a fiscal year has no file. */
    if (st == PAL_OK && file->row_count > 0) {
        book.workbook = workbook_new(part.data);
        st = book.workbook == NULL
                 ? pal_fail_memory(err)
                 : write_book(&book, pal_simulate_rows_borrow(rows), err);
    }
    if (st == PAL_OK && book.workbook != NULL) {
        st = close_book(&book, part.data, file->path, err);
        book.workbook = NULL;
    }
    if (book.workbook != NULL) {
        (void)workbook_close(book.workbook);
    }
    if (st != PAL_OK && part.data != NULL) {
        (void)unlink(part.data);
    }
    pal_buffer_clear(&part);
    return st;
}
