/*
 * Duplicates and what they change: what each rule would keep, and what releases that overlap
 * say of the same days.
 */
#include "publish/report_internal.h"

static const struct {
    const char *rule;
    const char *name;
} rule_names[] = {
    {"palladium-1", "this report (palladium-1)"},
    {"ddp-2026-08", "Deportation Data Project, August 2026"},
    {"ddp-2026-03", "Deportation Data Project, March 2026"},
    {"ddp-2025-07", "Deportation Data Project, July 2025"},
    {"ddp-2012-2023", "Deportation Data Project, 2012 to 2023 files"},
    {"id-and-date", "same id and day"},
    {"id-and-time", "same id and time"},
    {"id-stay-facility", "same id, stay and facility"},
    {"equal-rows", "all columns equal (needs no id; wrong here)"},
};

static struct pal_view rule_name(struct pal_view rule)
{
    for (size_t i = 0; i < sizeof rule_names / sizeof rule_names[0]; i++) {
        if (pal_view_is_equal(rule, pal_view_of(rule_names[i].rule))) {
            return pal_view_of(rule_names[i].name);
        }
    }
    return rule;
}

static void count_cell(struct pal_page *page, const struct pal_grid *grid, size_t row,
                       size_t column, const char *why)
{
    if (pal_grid_at(grid, row, column)->kind == PAL_VALUE_NULL) {
        pal_page_table_none(page, why);
    } else {
        pal_page_table_number(
            page,
            pal_view_of(pal_number_count(pal_grid_integer(grid, row, column)).text));
    }
}

static void write_rule(struct pal_report *report, const struct pal_grid *grid,
                       size_t row, struct pal_view name, bool is_ours)
{
    struct pal_page *page = &report->page;
    bool has_id = pal_grid_integer(grid, row, 4) < pal_grid_integer(grid, row, 3);
    pal_page_table_row(page, false);
    pal_page_table_name(
        page, pal_view_of(pal_report_table_title(pal_grid_text(grid, row, 0))));
    pal_page_table_cell(page, pal_grid_text(grid, row, 1));
    pal_page_markup(page, is_ours ? "<td><strong>" : "<td>");
    pal_page_text(page, name);
    pal_page_markup(page, is_ours ? "</strong></td>" : "</td>");
    count_cell(page, grid, row, 3, "no data");
    count_cell(page, grid, row, 4, "no data");
    count_cell(page, grid, row, 6, has_id ? "only flags" : "needs an id");
    count_cell(page, grid, row, 7, "no data");
    pal_page_table_row_close(page);
}

static bool is_rule(const struct pal_grid *grid, size_t row, const char *rule)
{
    return pal_view_is_equal(pal_grid_text(grid, row, 2), pal_view_of(rule));
}

/* The rules for one release. Where no row has an id those that work by id say the same, and
 * stand in one line. */
static pal_status write_release(struct pal_report *report, const struct pal_grid *grid,
                                size_t first, size_t end, struct pal_error *err)
{
    struct pal_view name = PAL_VIEW("");
    pal_status st = PAL_OK;
    bool has_id = pal_grid_integer(grid, first, 4) < pal_grid_integer(grid, first, 3);
    bool is_told = has_id;
    size_t by_id = 0;
    for (size_t i = first; i < end; i++) {
        by_id += is_rule(grid, i, "equal-rows") ? 0 : 1;
    }
    if (by_id > 1) {
        st = pal_report_words(
            report, &name, err, "this report, and the %s other rule%s that work by id",
            pal_number_word((int64_t)by_id - 1).text, by_id == 2 ? "" : "s");
    }
    for (size_t i = first; st == PAL_OK && i < end; i++) {
        bool is_ours =
            pal_view_is_equal(pal_grid_text(grid, i, 2), report->facts.rule_version);
        if (has_id || is_rule(grid, i, "equal-rows")) {
            write_rule(report, grid, i, rule_name(pal_grid_text(grid, i, 2)), is_ours);
        } else if (!is_told) {
            write_rule(report, grid, i,
                       name.size > 0 ? name : rule_name(pal_grid_text(grid, i, 2)),
                       true);
            is_told = true;
        }
    }
    return st;
}

static pal_status write_rules(struct pal_report *report, const struct pal_grid *grid,
                              struct pal_error *err)
{
    static const struct pal_column columns[] = {
        {"Table", false},     {"Release", false}, {"Rule", false},  {"Rows", true},
        {"Without id", true}, {"Left out", true}, {"Counted", true}};
    pal_status st = PAL_OK;
    pal_page_table_open(&report->page, "Rows that each rule for duplicates would count",
                        columns, 7);
    for (size_t first = 0; st == PAL_OK && first < grid->row_count;) {
        size_t end = first + 1;
        while (end < grid->row_count &&
               pal_view_is_equal(pal_grid_text(grid, end, 0),
                                 pal_grid_text(grid, first, 0)) &&
               pal_view_is_equal(pal_grid_text(grid, end, 1),
                                 pal_grid_text(grid, first, 1))) {
            end++;
        }
        st = write_release(report, grid, first, end, err);
        first = end;
    }
    pal_page_table_close(&report->page);
    return st;
}

/* How many rows have no id at all, in words. */
static void write_note(struct pal_report *report, const struct pal_grid *grid)
{
    struct pal_page *page = &report->page;
    int64_t rows = 0;
    int64_t without = 0;
    int64_t equal = 0;
    for (size_t i = 0; i < grid->row_count; i++) {
        struct pal_view rule = pal_grid_text(grid, i, 2);
        bool is_arrest =
            pal_view_is_equal(pal_grid_text(grid, i, 0), PAL_VIEW("arrest"));
        if (pal_view_is_equal(rule, report->facts.rule_version)) {
            rows += pal_grid_integer(grid, i, 3);
            without += pal_grid_integer(grid, i, 4);
        }
        if (is_arrest && pal_view_is_equal(rule, PAL_VIEW("equal-rows"))) {
            equal += pal_grid_integer(grid, i, 6);
        }
    }
    if (rows == 0) {
        return;
    }
    if (without == rows) {
        pal_page_paragraph(
            page,
            "None of the %s rows here has a person\xE2\x80\x99s id. So no rule that "
            "works "
            "by id can find a duplicate in them, and every row counts as one event. "
            "Leaving out rows that are equal in all columns would be wrong: with few "
            "columns, and dates of birth redacted, two people arrested on one day in "
            "one "
            "area look the same. It would drop %s rows of arrests.",
            pal_number_count(rows).text, pal_number_count(equal).text);
        return;
    }
    pal_page_paragraph(
        page,
        "Of %s rows, %s have no id: they are never taken for duplicates, and never "
        "left "
        "out. Among the rest, rows of one id close in time are one event.",
        pal_number_count(rows).text, pal_number_count(without).text);
}

static void write_compare(struct pal_report *report, const struct pal_grid *grid)
{
    static const struct pal_column columns[] = {{"Table", false},
                                                {"Releases", false},
                                                {"Months both cover", false},
                                                {"Rows of the first", true},
                                                {"Rows of the second", true},
                                                {"Months and areas that differ", true},
                                                {"Largest difference", true}};
    struct pal_page *page = &report->page;
    pal_page_markup(page, "<h3>Releases compared</h3>\n");
    if (grid->row_count == 0) {
        pal_page_paragraph(page, "No two releases here cover the same days and areas.");
        return;
    }
    pal_page_paragraph(page, "Where two releases cover the same days and areas, one is "
                             "counted and this is how the other differs. Records are "
                             "edited after the fact, so small differences are usual.");
    pal_page_table_open(page, "The same days in two releases", columns, 7);
    for (size_t i = 0; i < grid->row_count; i++) {
        pal_page_table_row(page, false);
        pal_page_table_name(
            page, pal_view_of(pal_report_table_title(pal_grid_text(grid, i, 0))));
        pal_page_markup(page, "<td>");
        pal_page_format(page, "%.*s and %.*s", PAL_VIEW_ARG(pal_grid_text(grid, i, 1)),
                        PAL_VIEW_ARG(pal_grid_text(grid, i, 2)));
        pal_page_markup(page, "</td>");
        pal_page_table_cell(page, pal_view_of(pal_months_words(pal_grid_day(grid, i, 3),
                                                               pal_grid_day(grid, i, 4))
                                                  .text));
        count_cell(page, grid, i, 5, "no data");
        count_cell(page, grid, i, 6, "no data");
        pal_page_markup(page, "<td class=\"n\">");
        pal_page_format(page, "%s of %s",
                        pal_number_count(pal_grid_integer(grid, i, 8)).text,
                        pal_number_count(pal_grid_integer(grid, i, 7)).text);
        pal_page_markup(page, "</td>");
        count_cell(page, grid, i, 9, "no data");
        pal_page_table_row_close(page);
    }
    pal_page_table_close(page);
}

pal_status pal_section_duplicates(struct pal_report *report, struct pal_error *err)
{
    static const char *const compare_columns[] = {
        "table", "release_a", "release_b", "month", "area", "count_a", "count_b"};
    static const char *const rule_columns[] = {
        "table",           "release", "rule",    "rows",
        "rows_without_id", "likely",  "dropped", "kept"};
    struct pal_page *page = &report->page;
    struct pal_grid rules;
    struct pal_grid compare;
    struct pal_grid all;
    pal_page_section(page, 10, "duplicates", "Duplicates, and what they change");
    pal_status st = pal_report_grid(report, "rule_count.sql", NULL, 0, &rules, err);
    if (st == PAL_OK) {
        st = pal_report_grid(report, "release_compare.sql", NULL, 0, &compare, err);
    }
    if (st == PAL_OK) {
        st = pal_report_grid(report, "release_compare_all.sql", NULL, 0, &all, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    pal_page_paragraph(page,
                       "A release can hold the same event more than once. Different "
                       "groups use different rules to leave repeats out; the table "
                       "shows what each rule would count.");
    write_note(report, &rules);
    if (rules.row_count > 0) {
        st = write_rules(report, &rules, err);
    }
    if (st == PAL_OK && rules.row_count > 0) {
        st = pal_exhibit_grid(report, "duplicate-rules", &rules, rule_columns, err);
    }
    write_compare(report, &compare);
    if (st == PAL_OK && compare.row_count > 0) {
        st = pal_exhibit_grid(report, "releases-compared", &all, compare_columns, err);
    }
    pal_page_section_close(page);
    return st;
}
