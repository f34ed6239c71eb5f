/*
 * Definitions: each measure that the report used, the files with their digests, and how to make
 * every figure again.
 */
#include "publish/report_internal.h"

static void entry(struct pal_page *page, const char *term, struct pal_view text)
{
    if (text.size == 0) {
        return;
    }
    pal_page_markup(page, "<dt>");
    pal_page_text(page, pal_view_of(term));
    pal_page_markup(page, "</dt><dd>");
    pal_page_text(page, text);
    pal_page_markup(page, "</dd>\n");
}

static struct pal_view interval_words(struct pal_view interval)
{
    if (pal_view_is_equal(interval, PAL_VIEW("garwood"))) {
        return PAL_VIEW("95%, exact for a Poisson count (Garwood 1936)");
    }
    if (pal_view_is_equal(interval, PAL_VIEW("clopper-pearson"))) {
        return PAL_VIEW("95%, exact for a share (Clopper and Pearson 1934)");
    }
    if (pal_view_is_equal(interval, PAL_VIEW("order-statistics"))) {
        return PAL_VIEW("95%, from order statistics");
    }
    return PAL_VIEW("none: a published figure, not a sample");
}

/* A table's files by name, with the first digits of their digests. */
static void write_names(struct pal_page *page, const struct pal_grid *files,
                        struct pal_view table)
{
    bool is_first = true;
    for (size_t i = 0; i < files->row_count; i++) {
        struct pal_view rest = pal_grid_text(files, i, 4);
        struct pal_view name;
        struct pal_view digest = pal_grid_text(files, i, 1);
        while (pal_view_split(&rest, ' ', &name)) {
            if (!pal_view_is_equal(name, table)) {
                continue;
            }
            pal_page_format(page, "%s%.*s (", is_first ? "" : ", ",
                            PAL_VIEW_ARG(pal_grid_text(files, i, 0)));
            pal_page_format(page, "%.*s\xE2\x80\xA6)",
                            (int)(digest.size < 12 ? digest.size : 12), digest.data);
            is_first = false;
        }
    }
}

static void write_measure(struct pal_report *report, const struct pal_measure *measure,
                          const struct pal_grid *files)
{
    struct pal_page *page = &report->page;
    pal_page_markup(page, "<div class=\"definition\" id=\"measure-");
    pal_page_text(page, measure->name);
    pal_page_markup(page, "\">\n<h3>");
    pal_page_text(page, measure->title);
    pal_page_markup(page, " <code>");
    pal_page_text(page, measure->name);
    pal_page_markup(page, "</code></h3>\n<dl>\n");
    entry(page, "Counts", measure->numerator);
    entry(page, "Divided by", measure->denominator);
    entry(page, "Unit", measure->unit);
    entry(page, "Interval", interval_words(measure->interval));
    entry(page, "Beware", measure->caveats);
    entry(page, "Source", measure->source);
    pal_page_markup(page, "<dt>From</dt><dd>");
    pal_page_format(page, "table %.*s of the study, %s rows of ",
                    PAL_VIEW_ARG(measure->table),
                    pal_number_count(pal_report_rows(report, measure->table)).text);
    write_names(page, files, measure->table);
    pal_page_markup(page, "</dd>\n");
    entry(page, "Rules", report->facts.rule_version);
    pal_page_markup(page, "</dl></div>\n");
}

static void write_measures(struct pal_report *report, const struct pal_grid *files)
{
    struct pal_measure measure;
    for (size_t i = 0; i < PAL_REPORT_MEASURE_MAX && pal_measure_at(i, &measure); i++) {
        if (report->used[i]) {
            write_measure(report, &measure, files);
        }
    }
}

static void write_statuses(struct pal_report *report)
{
    pal_page_markup(
        &report->page,
        "<h3>When there is no number</h3>\n<dl>\n"
        "<dt>not covered</dt><dd>No release has rows for these dates. Not zero.</dd>\n"
        "<dt>not recorded</dt><dd>The release has rows, but no such column. Not "
        "zero.</dd>\n"
        "<dt>no data</dt><dd>Covered and recorded, but there is nothing to divide "
        "by.</dd>\n"
        "<dt>not stated</dt><dd>The column is there and blank in these rows. They are "
        "a "
        "group of their own and are in every total.</dd>\n"
        "<dt>0</dt><dd>Covered, recorded, and no such event is in the rows.</dd>\n"
        "</dl>\n");
}

static void write_files(struct pal_report *report, const struct pal_grid *grid)
{
    static const struct pal_column columns[] = {
        {"File", false}, {"Release", false}, {"Bytes", true}, {"SHA-256", false}};
    struct pal_page *page = &report->page;
    pal_page_table_open(page, "The files and their digests", columns, 4);
    for (size_t i = 0; i < grid->row_count; i++) {
        pal_page_table_row(page, false);
        pal_page_markup(page, "<th scope=\"row\">");
        pal_page_text(page, pal_grid_text(grid, i, 0));
        pal_page_markup(page, "<br><small>");
        pal_page_text(page, pal_grid_text(grid, i, 4));
        pal_page_markup(page, "</small></th>");
        pal_page_table_cell(page, pal_grid_text(grid, i, 3));
        pal_page_table_number(
            page, pal_view_of(pal_number_count(pal_grid_integer(grid, i, 2)).text));
        pal_page_markup(page, "<td class=\"digest\"><code>");
        pal_page_text(page, pal_grid_text(grid, i, 1));
        pal_page_markup(page, "</code></td>");
        pal_page_table_row_close(page);
    }
    pal_page_table_close(page);
}

static void write_again(struct pal_report *report, const struct pal_grid *files)
{
    struct pal_page *page = &report->page;
    const struct pal_facts *facts = &report->facts;
    pal_page_markup(page, "<h3>How to make this again</h3>\n");
    pal_page_paragraph(page,
                       "With the same files, on any machine and with any number of "
                       "threads, the same bytes come out. Under each figure stands "
                       "the command that gives its numbers.");
    pal_page_markup(page, "<pre>");
    pal_page_format(page,
                    "palladium run studies/%s%.*s/study.yaml --data DIR --out OUT\n",
                    facts->name.size == 0 ? "NAME" : "", PAL_VIEW_ARG(facts->name));
    pal_page_markup(page, "palladium check OUT/study.duckdb\n"
                          "palladium measure list\n"
                          "palladium measure show arrests_per_day\n"
                          "palladium report OUT/study.duckdb --out OUT</pre>\n");
    pal_page_markup(page, "<h3>Licence and citation</h3>\n");
    pal_page_paragraph(page, "Works of agencies of the United States have no copyright "
                             "there. The program is free software under the Apache "
                             "Licence 2.0.");
    pal_page_markup(page, "<p>Cite as: \xE2\x80\x9C");
    pal_page_text(page, facts->title);
    pal_page_markup(page, "\xE2\x80\x9D. ");
    pal_page_format(
        page,
        "Figures of palladium %.*s, rules %.*s, from %s released files with "
        "the digests above.",
        PAL_VIEW_ARG(facts->version), PAL_VIEW_ARG(facts->rule_version),
        pal_number_count((int64_t)files->row_count).text);
    pal_page_markup(page, "</p>\n");
}

pal_status pal_section_definitions(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct pal_grid files;
    pal_page_section(page, 13, "definitions", "Definitions, sources, and how to check");
    pal_status st = pal_report_grid(report, "files.sql", NULL, 0, &files, err);
    if (st != PAL_OK) {
        return st;
    }
    write_measures(report, &files);
    write_statuses(report);
    write_files(report, &files);
    write_again(report, &files);
    pal_page_section_close(page);
    pal_page_markup(page, "</main>\n<footer>");
    pal_page_format(
        page,
        "Made by palladium %.*s from released records, with no date of making: "
        "the same records give the same page. No person, id, landmark or time "
        "of day is in it.",
        PAL_VIEW_ARG(report->facts.version));
    pal_page_markup(page, "</footer>\n");
    return PAL_OK;
}
