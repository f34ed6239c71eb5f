/*
 * Data quality: the account of every file, what columns leave out, what the checks found, and
 * which columns were never stored.
 */
#include "publish/report_internal.h"

static bool is_shown(struct pal_view table)
{
    return !pal_view_is_equal(table, PAL_VIEW("note"));
}

static void account_cells(struct pal_page *page, const int64_t counts[4])
{
    for (int i = 0; i < 4; i++) {
        pal_page_table_number(page, pal_view_of(pal_number_count(counts[i]).text));
    }
}

static void write_accounts(struct pal_report *report, const struct pal_grid *grid)
{
    static const struct pal_column columns[] = {
        {"File and sheet", false}, {"Taken for", false}, {"Rows read", true},
        {"Stored", true},          {"Rejected", true},   {"Blank", true}};
    struct pal_page *page = &report->page;
    int64_t notes[4] = {0, 0, 0, 0};
    int64_t sums[4] = {0, 0, 0, 0};
    int64_t note_count = 0;
    pal_page_table_open(page, "The account of each sheet", columns, 6);
    for (size_t i = 0; i < grid->row_count; i++) {
        int64_t counts[4];
        bool is_own = is_shown(pal_grid_text(grid, i, 2));
        for (size_t k = 0; k < 4; k++) {
            counts[k] = pal_grid_integer(grid, i, 4 + k);
            sums[k] += counts[k];
            notes[k] += is_own ? 0 : counts[k];
        }
        if (!is_own) {
            note_count++;
            continue;
        }
        pal_page_table_row(page, false);
        pal_page_markup(page, "<th scope=\"row\">");
        pal_page_text(page, pal_grid_text(grid, i, 0));
        pal_page_markup(page, "<br><small>");
        pal_page_text(page, pal_grid_text(grid, i, 1));
        pal_page_markup(page, "</small></th>");
        pal_page_table_cell(
            page, pal_view_of(pal_report_table_title(pal_grid_text(grid, i, 2))));
        account_cells(page, counts);
        pal_page_table_row_close(page);
    }
    if (note_count > 0) {
        pal_page_table_row(page, false);
        pal_page_markup(page, "<th scope=\"row\">");
        pal_page_format(page, "%s other sheet%s", pal_number_count(note_count).text,
                        note_count == 1 ? "" : "s");
        pal_page_markup(page,
                        "</th><td>footnotes, summaries, other tables; kept as text"
                        "</td>");
        account_cells(page, notes);
        pal_page_table_row_close(page);
    }
    pal_page_table_row(page, true);
    pal_page_markup(page, "<th scope=\"row\">All</th><td></td>");
    account_cells(page, sums);
    pal_page_table_row_close(page);
    pal_page_table_close(page);
}

static void share_cell(struct pal_page *page, int64_t part, int64_t whole)
{
    struct pal_words words = {"none"};
    if (part > 0 && part * 2000 < whole) {
        words = (struct pal_words){"under 0.1%"};
    } else if (part > 0 && part < whole) {
        words = pal_number_percent((double)part / (double)whole, 1);
    } else if (part > 0) {
        words = (struct pal_words){"all"};
    }
    pal_page_table_number(page, pal_view_of(words.text));
}

static void write_columns(struct pal_report *report, const struct pal_grid *grid)
{
    static const struct pal_column columns[] = {{"Table and release", false},
                                                {"Column", false},
                                                {"Cells", true},
                                                {"Blank", true},
                                                {"Redacted", true},
                                                {"Unreadable", true}};
    struct pal_page *page = &report->page;
    int64_t full_count = 0;
    pal_page_table_open(page, "What the main columns leave out", columns, 6);
    for (size_t i = 0; i < grid->row_count; i++) {
        int64_t whole = 0;
        if (pal_grid_integer(grid, i, 7) == 0) {
            continue;
        }
        for (size_t k = 3; k < 7; k++) {
            whole += pal_grid_integer(grid, i, k);
        }
        if (whole == pal_grid_integer(grid, i, 3)) {
            full_count++;
            continue;
        }
        pal_page_table_row(page, false);
        pal_page_markup(page, "<th scope=\"row\">");
        pal_page_format(page, "%s, %.*s",
                        pal_report_table_title(pal_grid_text(grid, i, 0)),
                        PAL_VIEW_ARG(pal_grid_text(grid, i, 1)));
        pal_page_markup(page, "</th>");
        pal_page_markup(page, "<td><code>");
        pal_page_text(page, pal_grid_text(grid, i, 2));
        pal_page_markup(page, "</code></td>");
        pal_page_table_number(page, pal_view_of(pal_number_count(whole).text));
        for (size_t k = 4; k < 7; k++) {
            share_cell(page, pal_grid_integer(grid, i, k), whole);
        }
        pal_page_table_row_close(page);
    }
    pal_page_table_close(page);
    pal_page_paragraph(
        page,
        "The %s other main columns of these tables have a value in every "
        "row. A column that is not named here and not in the CSV is not "
        "recorded in that release at all.",
        pal_number_word(full_count).text);
}

static bool has_level(const struct pal_grid *grid, size_t row, const char *level)
{
    return pal_view_is_equal(pal_grid_text(grid, row, 0), pal_view_of(level));
}

static void write_checks(struct pal_report *report, const struct pal_grid *grid)
{
    static const struct pal_column columns[] = {{"Level", false},
                                                {"Table and release", false},
                                                {"What was found", false},
                                                {"Rows", true},
                                                {"Of", true}};
    static const char *const levels[] = {"ok", "not recorded", "warn", "stop"};
    struct pal_page *page = &report->page;
    int64_t counts[4] = {0, 0, 0, 0};
    for (size_t i = 0; i < grid->row_count; i++) {
        for (size_t k = 0; k < 4; k++) {
            counts[k] += has_level(grid, i, levels[k]) ? 1 : 0;
        }
    }
    pal_page_markup(page, "<h3>Checks</h3>\n");
    pal_page_paragraph(
        page,
        "%s checks were made: %s passed, %s could not be made because the "
        "release has no such column, %s warn, %s stop.",
        pal_number_count((int64_t)grid->row_count).text,
        pal_number_count(counts[0]).text, pal_number_count(counts[1]).text,
        pal_number_count(counts[2]).text, pal_number_count(counts[3]).text);
    if (counts[2] + counts[3] == 0) {
        return;
    }
    pal_page_table_open(page, "Checks that warn or stop", columns, 5);
    for (size_t i = 0; i < grid->row_count; i++) {
        bool is_stop = has_level(grid, i, "stop");
        if (!is_stop && !has_level(grid, i, "warn")) {
            continue;
        }
        pal_page_table_row(page, false);
        pal_page_markup(page, is_stop ? "<td class=\"stop\">stop</td>"
                                      : "<td class=\"warn\">warn</td>");
        pal_page_markup(page, "<td>");
        pal_page_format(page, "%s, %.*s",
                        pal_report_table_title(pal_grid_text(grid, i, 2)),
                        PAL_VIEW_ARG(pal_grid_text(grid, i, 3)));
        pal_page_markup(page, "</td>");
        pal_page_table_cell(page, pal_grid_text(grid, i, 7));
        pal_page_table_number(
            page, pal_view_of(pal_number_count(pal_grid_integer(grid, i, 4)).text));
        pal_page_table_number(
            page, pal_view_of(pal_number_count(pal_grid_integer(grid, i, 5)).text));
        pal_page_table_row_close(page);
    }
    pal_page_table_close(page);
}

static void write_withheld(struct pal_report *report, const struct pal_grid *grid)
{
    static const struct pal_column columns[] = {{"Table", false},
                                                {"Release", false},
                                                {"Column", false},
                                                {"Cells not stored", true}};
    struct pal_page *page = &report->page;
    pal_page_markup(page, "<h3>Columns that were not stored</h3>\n");
    if (grid->row_count == 0) {
        pal_page_paragraph(page, "No column of these files names a person directly, so "
                                 "none was withheld.");
        return;
    }
    pal_page_paragraph(page, "These columns name or number single persons. Where the "
                             "release left them open their cells were not stored; a "
                             "column that the agency redacted itself has none.");
    pal_page_table_open(page, "Withheld columns", columns, 4);
    for (size_t i = 0; i < grid->row_count; i++) {
        pal_page_table_row(page, false);
        pal_page_table_name(
            page, pal_view_of(pal_report_table_title(pal_grid_text(grid, i, 0))));
        pal_page_table_cell(page, pal_grid_text(grid, i, 1));
        pal_page_table_cell(page, pal_grid_text(grid, i, 2));
        pal_page_table_number(
            page, pal_view_of(pal_number_count(pal_grid_integer(grid, i, 3)).text));
        pal_page_table_row_close(page);
    }
    pal_page_table_close(page);
}

static pal_status write_files(struct pal_report *report,
                              const struct pal_grid *accounts,
                              const struct pal_grid *columns,
                              const struct pal_grid *checks, struct pal_error *err)
{
    static const char *const account_names[] = {
        "file",      "sheet",       "table",         "release",
        "rows_read", "rows_stored", "rows_rejected", "rows_blank"};
    static const char *const column_names[] = {"table",      "release", "field",
                                               "filled",     "missing", "redacted",
                                               "unreadable", "is_main"};
    static const char *const check_names[] = {"level", "rule",  "table", "release",
                                              "n",     "total", "share", "text"};
    pal_status st =
        pal_exhibit_grid(report, "quality-accounts", accounts, account_names, err);
    if (st == PAL_OK) {
        st = pal_exhibit_grid(report, "quality-columns", columns, column_names, err);
    }
    if (st == PAL_OK) {
        st = pal_exhibit_grid(report, "quality-checks", checks, check_names, err);
    }
    return st;
}

pal_status pal_section_quality(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct pal_grid accounts;
    struct pal_grid columns;
    struct pal_grid checks;
    struct pal_grid withheld;
    pal_page_section(page, 11, "quality", "Data quality");
    pal_status st = pal_report_grid(report, "accounts.sql", NULL, 0, &accounts, err);
    if (st == PAL_OK) {
        st = pal_report_grid(report, "columns.sql", NULL, 0, &columns, err);
    }
    if (st == PAL_OK) {
        st = pal_report_grid(report, "checks.sql", NULL, 0, &checks, err);
    }
    if (st == PAL_OK) {
        st = pal_report_grid(report, "withheld.sql", NULL, 0, &withheld, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    pal_page_paragraph(page,
                       "Nothing is dropped in silence: for every sheet, rows read = "
                       "stored + rejected + blank, exactly, or the study is not "
                       "made.");
    write_accounts(report, &accounts);
    pal_page_paragraph(page,
                       "Blank means that the release says nothing. Redacted means "
                       "that it says something and hides it. Neither is ever read as "
                       "zero or as a value.");
    write_columns(report, &columns);
    write_checks(report, &checks);
    write_withheld(report, &withheld);
    st = write_files(report, &accounts, &columns, &checks, err);
    pal_page_section_close(page);
    return st;
}
