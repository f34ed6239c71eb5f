/*
 * A release workbook: a Summary with a formula, the rows split over sheets, footnotes last;
 * six banner rows, so that the header is row 7. Every sheet says that it is simulated.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <xlsxwriter.h>

#include "simulate/simulate_internal.h"

enum { HEADER_ROW = 6, SHEETS = 2, CELL_MAX = 256 };

struct pal_sim_book {
    const struct pal_simulate_spec *spec;
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *day_format;
    lxw_format *time_format;
    lxw_row_t row;
    lxw_col_t column;
    lxw_error failure; /* first one */
};

static void note(struct pal_sim_book *book, lxw_error error)
{
    if (book->failure == LXW_NO_ERROR) {
        book->failure = error;
    }
}

const struct pal_simulate_spec *pal_sim_book_spec(const struct pal_sim_book *book)
{
    return book->spec;
}

void pal_sim_write_text(struct pal_sim_book *book, const char *text)
{
    if (text[0] != '\0') {
        note(book,
             worksheet_write_string(book->sheet, book->row, book->column, text, NULL));
    }
}

void pal_sim_write_view(struct pal_sim_book *book, struct pal_view text)
{
    char copy[CELL_MAX];
    (void)snprintf(copy, sizeof copy, "%.*s", PAL_VIEW_ARG(text));
    pal_sim_write_text(book, copy);
}

void pal_sim_write_number(struct pal_sim_book *book, double number)
{
    note(book,
         worksheet_write_number(book->sheet, book->row, book->column, number, NULL));
}

/* Days from Excel's epoch: 25569 is 1 January 1970. */
void pal_sim_write_day(struct pal_sim_book *book, int64_t second)
{
    if (second != 0) {
        int64_t whole_days = second / PAL_SIM_SECONDS_A_DAY;
        double day = (double)whole_days + 25569;
        note(book, worksheet_write_number(book->sheet, book->row, book->column, day,
                                          book->day_format));
    }
}

void pal_sim_write_time(struct pal_sim_book *book, int64_t second)
{
    if (second != 0) {
        double day = (double)second / PAL_SIM_SECONDS_A_DAY + 25569;
        note(book, worksheet_write_number(book->sheet, book->row, book->column, day,
                                          book->time_format));
    }
}

static void write_banner(struct pal_sim_book *book, const struct pal_sim_table *table,
                         int32_t fiscal_year)
{
    char title[CELL_MAX];
    struct pal_civil last = pal_civil_of(book->spec->last);
    int32_t end = pal_day_of((struct pal_civil){fiscal_year, 9, 30});
    bool is_partial = book->spec->last < end;
    if (!is_partial) {
        last = pal_civil_of(end);
    }
    (void)snprintf(title, sizeof title, "%s for FY%d%s (10/1/%d - %d/%d/%d)",
                   table->title, fiscal_year, is_partial ? " YTD" : "", fiscal_year - 1,
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
            pal_sim_write_view(book, book->spec->release);
        } else {
            pal_sim_write_text(book, lines[i]);
        }
    }
}

static void add_sheet(struct pal_sim_book *book, const char *name)
{
    book->sheet = workbook_add_worksheet(book->workbook, name);
    if (book->sheet == NULL) {
        note(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
}

static void write_summary(struct pal_sim_book *book, const struct pal_sim_table *table,
                          size_t event_count, int32_t fiscal_year)
{
    char formula[CELL_MAX];
    add_sheet(book, "Summary");
    if (book->failure != LXW_NO_ERROR) {
        return;
    }
    write_banner(book, table, fiscal_year);
    note(book, worksheet_merge_range(book->sheet, 5, 0, 5, 3, "", NULL));
    write_banner(book, table, fiscal_year);
    book->row = HEADER_ROW;
    pal_sim_write_text(book, "Total");
    (void)snprintf(formula, sizeof formula,
                   "=COUNTA('%s 1'!A8:A1048576)+COUNTA('%s 2'!A8:A1048576)",
                   table->name, table->name);
    note(book, worksheet_write_formula_num(book->sheet, HEADER_ROW, 1, formula, NULL,
                                           (double)event_count));
}

static void write_rows(struct pal_sim_book *book, const struct pal_sim_table *table,
                       const char *events, size_t count, int32_t fiscal_year)
{
    write_banner(book, table, fiscal_year);
    book->row = HEADER_ROW;
    for (size_t c = 0; c < table->column_count; c++) {
        book->column = (lxw_col_t)c;
        pal_sim_write_text(book, table->columns[c].header);
    }
    for (size_t i = 0; i < count && book->failure == LXW_NO_ERROR; i++) {
        book->row = HEADER_ROW + 1 + (lxw_row_t)i;
        for (size_t c = 0; c < table->column_count; c++) {
            book->column = (lxw_col_t)c;
            table->columns[c].write(book, events + i * table->event_size);
        }
    }
}

static void write_footnotes(struct pal_sim_book *book,
                            const struct pal_sim_table *table)
{
    add_sheet(book, "Footnotes");
    if (book->failure != LXW_NO_ERROR) {
        return;
    }
    book->column = 0;
    book->row = 0;
    pal_sim_write_text(book, "ERO-LESA Statistical Tracking Unit (SIMULATED)");
    for (lxw_row_t i = 0; table->footnotes[i] != NULL; i++) {
        book->row = i + 2;
        pal_sim_write_text(book, table->footnotes[i]);
    }
}

static void write_book(struct pal_sim_book *book, const struct pal_sim_table *table,
                       const void *events, size_t event_count, int32_t fiscal_year)
{
    /* The file must be the same bytes every time: no clock in its properties. */
    char title[] = "Simulated release";
    lxw_doc_properties properties = {.title = title, .created = (time_t)1767225600};
    book->day_format = workbook_add_format(book->workbook);
    book->time_format = workbook_add_format(book->workbook);
    if (book->day_format == NULL || book->time_format == NULL) {
        note(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    note(book, workbook_set_properties(book->workbook, &properties));
    format_set_num_format(book->day_format, "m/d/yyyy");
    format_set_num_format(book->time_format, "yyyy-mm-dd hh:mm:ss");
    write_summary(book, table, event_count, fiscal_year);
    size_t from = 0;
    for (int i = 1; i <= SHEETS && book->failure == LXW_NO_ERROR; i++) {
        char name[CELL_MAX];
        size_t to = i == SHEETS ? event_count : event_count / 2;
        (void)snprintf(name, sizeof name, "%s %d", table->name, i);
        add_sheet(book, name);
        if (book->failure == LXW_NO_ERROR) {
            write_rows(book, table, (const char *)events + from * table->event_size,
                       to - from, fiscal_year);
        }
        from = to;
    }
    if (book->failure == LXW_NO_ERROR) {
        write_footnotes(book, table);
    }
}

pal_status pal_sim_book_write(const struct pal_simulate_spec *spec,
                              const struct pal_sim_table *table,
                              const struct pal_sim_events *events, const char *folder,
                              struct pal_error *err)
{
    int32_t fiscal_year = events->fiscal_year;
    struct pal_buffer path;
    struct pal_sim_book book = {.spec = spec};
    lxw_error closed;
    pal_buffer_init(&path, 1U << 16);
    pal_buffer_append_format(&path, "%s/%.*s_ERO %s_FY%02d_SIMULATED.xlsx", folder,
                             PAL_VIEW_ARG(spec->release), table->name,
                             fiscal_year % 100);
    pal_status st = pal_buffer_status(&path, err);
    if (st != PAL_OK) {
        goto done;
    }
    book.workbook = workbook_new(path.data);
    if (book.workbook == NULL) {
        st = pal_fail_memory(err);
        goto done;
    }
    write_book(&book, table, events->first, events->count, fiscal_year);
    closed = workbook_close(book.workbook);
    note(&book, closed);
    if (book.failure != LXW_NO_ERROR) {
        st = pal_fail(err, PAL_IO, "cannot write %s: %s", path.data,
                      lxw_strerror(book.failure));
    }
done:
    pal_buffer_clear(&path);
    return st;
}
