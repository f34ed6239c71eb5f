/*
 * A figure of the report: words, drawings for wide and narrow paper, its two files, its
 * numbers as a table, and the command that gives them again.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measure/answer.h"
#include "publish/report_internal.h"

enum {
    TABLE_ROW_MAX = 200,
    FILE_SIZE_MAX = 16 << 20,
    ANSWER_SIZE_MAX = 32 << 20,
    PATH_SIZE_MAX = 4096
};

int pal_report_figure_number(struct pal_report *report)
{
    return ++report->figure_number;
}

static pal_status write_file(const struct pal_report *report, struct pal_view name,
                             const char *extension, struct pal_view content,
                             struct pal_error *err)
{
    struct pal_buffer path;
    pal_buffer_init(&path, PATH_SIZE_MAX);
    pal_buffer_append_format(&path, "%s/figures/%.*s.%s", report->folder,
                             PAL_VIEW_ARG(name), extension);
    pal_status st = pal_buffer_status(&path, err);
    if (st == PAL_OK) {
        st = pal_file_write(path.data, content, err);
    }
    pal_buffer_clear(&path);
    return st;
}

static pal_status write_csv(const struct pal_report *report,
                            const struct pal_exhibit *exhibit, struct pal_error *err)
{
    struct pal_buffer csv;
    if (exhibit->data == NULL) {
        return write_file(report, exhibit->name, "csv", exhibit->csv, err);
    }
    pal_buffer_init(&csv, FILE_SIZE_MAX);
    pal_measure_result_csv(exhibit->data, &csv);
    pal_status st = pal_buffer_status(&csv, err);
    if (st == PAL_OK) {
        st = write_file(report, exhibit->name, "csv", pal_buffer_view(&csv), err);
    }
    pal_buffer_clear(&csv);
    return st;
}

static pal_status write_svg(const struct pal_report *report,
                            const struct pal_exhibit *exhibit, struct pal_error *err)
{
    struct pal_buffer text;
    pal_buffer_init(&text, FILE_SIZE_MAX);
    struct pal_svg svg = {&text, exhibit->name, true};
    pal_chart_draw(exhibit->chart, &svg, PAL_PAPER_WIDE);
    pal_status st = pal_buffer_status(&text, err);
    if (st == PAL_OK) {
        st = write_file(report, exhibit->name, "svg", pal_buffer_view(&text), err);
    }
    pal_buffer_clear(&text);
    return st;
}

static pal_status draw_inline(struct pal_report *report,
                              const struct pal_exhibit *exhibit, enum pal_paper paper,
                              const char *tail, struct pal_error *err)
{
    struct pal_view id = {NULL, 0};
    pal_status st =
        pal_report_words(report, &id, err, "%.*s%s", PAL_VIEW_ARG(exhibit->name), tail);
    if (st == PAL_OK) {
        struct pal_svg svg = {&report->body, id, false};
        pal_chart_draw(exhibit->chart, &svg, paper);
    }
    return st;
}

static void link_files(struct pal_report *report, const struct pal_exhibit *exhibit)
{
    struct pal_page *page = &report->page;
    pal_page_markup(page, "<a href=\"figures/");
    pal_page_text(page, exhibit->name);
    pal_page_markup(page, ".csv\">CSV</a>");
    if (exhibit->chart != NULL) {
        pal_page_markup(page, ", <a href=\"figures/");
        pal_page_text(page, exhibit->name);
        pal_page_markup(page, ".svg\">SVG</a>");
    }
}

static void write_source(struct pal_report *report, const struct pal_exhibit *exhibit)
{
    struct pal_page *page = &report->page;
    pal_page_markup(page, "<p class=\"source\">");
    if (exhibit->n >= 0) {
        pal_page_format(page, "n = %s %s. ", pal_number_count(exhibit->n).text,
                        exhibit->n_unit);
    }
    for (size_t i = 0; i < 3 && exhibit->questions[i] != NULL; i++) {
        const char *measure = exhibit->questions[i]->measure;
        if (i > 0 && strcmp(measure, exhibit->questions[i - 1]->measure) == 0) {
            continue;
        }
        pal_page_markup(page, i == 0 ? "Measure: <a href=\"#measure-"
                                     : "and <a href=\"#measure-");
        pal_page_format(page, "%s", measure);
        pal_page_markup(page, "\">");
        pal_page_format(page, "%s", measure);
        pal_page_markup(page, "</a> ");
    }
    if (report->facts.rule_version.size > 0 && exhibit->questions[0] != NULL) {
        pal_page_format(page, "(rules %.*s). ",
                        PAL_VIEW_ARG(report->facts.rule_version));
    }
    pal_page_markup(page, "Numbers: ");
    link_files(report, exhibit);
    pal_page_markup(page, "</p>\n");
}

void pal_page_commands(struct pal_report *report,
                       const struct pal_question *const *questions, size_t count,
                       const char *recipe)
{
    struct pal_page *page = &report->page;
    pal_page_markup(page, "<p class=\"small\">To get the numbers again:</p>\n<pre>");
    for (size_t i = 0; i < count && questions[i] != NULL; i++) {
        struct pal_buffer command;
        pal_buffer_init(&command, PATH_SIZE_MAX);
        pal_question_command(questions[i], &command);
        if (command.status != PAL_OK && report->body.status == PAL_OK) {
            report->body.status = command.status;
        }
        pal_page_text(page, pal_buffer_view(&command));
        pal_page_markup(page, "\n");
        pal_buffer_clear(&command);
    }
    pal_page_markup(page, "</pre>\n");
    if (recipe != NULL) {
        pal_page_markup(page, "<p class=\"small\">");
        pal_page_text(page, pal_view_of(recipe));
        pal_page_markup(page, "</p>\n");
    }
}

void pal_page_table_figure(struct pal_page *page, const struct pal_figure *figure,
                           bool is_share)
{
    double scale = is_share ? 100 : 1;
    int decimals =
        is_share ? 1 : pal_number_decimals_of(figure->value, figure->low, figure->high);
    struct pal_words value = is_share ? pal_number_percent(figure->value, decimals)
                                      : pal_number_fixed(figure->value, decimals);
    struct pal_words range = {""};
    if (!figure->has_value) {
        pal_page_table_none(page, pal_figure_status_text(figure->status));
        return;
    }
    if (isfinite(figure->low) && isfinite(figure->high)) {
        range = pal_number_range(figure->low * scale, figure->high * scale, decimals);
    }
    pal_page_table_interval(page, value.text, range.text);
}

/* "fiscal_year" as "fiscal year". */
static void key_title(struct pal_view key, char out[40])
{
    size_t size = key.size < 39 ? key.size : 39;
    for (size_t i = 0; i < size; i++) {
        out[i] = key.data[i];
        if (out[i] == '_') {
            out[i] = ' ';
        }
    }
    out[size] = '\0';
}

static void write_table(struct pal_report *report,
                        const struct pal_measure_result *data)
{
    struct pal_page *page = &report->page;
    struct pal_column columns[PAL_MEASURE_DIMENSION_MAX + 2];
    char titles[PAL_MEASURE_DIMENSION_MAX][40];
    size_t keys = data->request.by_count;
    bool is_share = data->request.measure.kind == PAL_MEASURE_SHARE;
    for (size_t i = 0; i < keys; i++) {
        key_title(data->request.by[i], titles[i]);
        columns[i] = (struct pal_column){titles[i], false};
    }
    columns[keys] = (struct pal_column){"value (95% interval below)", true};
    columns[keys + 1] = (struct pal_column){"n", true};
    pal_page_table_open(page, "The numbers behind the figure", columns, keys + 2);
    for (size_t i = 0; i < data->count && i < TABLE_ROW_MAX; i++) {
        const struct pal_figure *figure = &data->figures[i];
        pal_page_table_row(page, false);
        for (size_t k = 0; k < keys; k++) {
            if (k == 0) {
                pal_page_table_name(page, figure->keys[k]);
            } else {
                pal_page_table_cell(page, figure->keys[k]);
            }
        }
        pal_page_table_figure(page, figure, is_share);
        pal_page_table_number(page, pal_view_of(pal_number_count(figure->n).text));
        pal_page_table_row_close(page);
    }
    pal_page_table_close(page);
    if (data->count > TABLE_ROW_MAX) {
        pal_page_paragraph(
            page, "%s more rows are in the CSV.",
            pal_number_count((int64_t)(data->count - TABLE_ROW_MAX)).text);
    }
}

static pal_status write_files(const struct pal_report *report,
                              const struct pal_exhibit *exhibit, struct pal_error *err)
{
    pal_status st = write_csv(report, exhibit, err);
    if (st == PAL_OK && exhibit->chart != NULL) {
        st = write_svg(report, exhibit, err);
    }
    return st;
}

/* The command that an exhibit names itself. */
static void write_again(struct pal_report *report, const struct pal_exhibit *exhibit)
{
    struct pal_page *page = &report->page;
    pal_page_markup(page, "<details><summary>How to get these numbers again</summary>\n"
                          "<pre>");
    pal_page_text(page, pal_view_of(exhibit->command));
    pal_page_markup(page, "\n</pre>\n");
    if (exhibit->recipe != NULL) {
        pal_page_markup(page, "<p class=\"small\">");
        pal_page_text(page, pal_view_of(exhibit->recipe));
        pal_page_markup(page, "</p>\n");
    }
    pal_page_markup(page, "</details>\n");
}

pal_status pal_exhibit_write(struct pal_report *report,
                             const struct pal_exhibit *exhibit, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    pal_status st = write_files(report, exhibit, err);
    if (st != PAL_OK) {
        return st;
    }
    pal_page_markup(page, "<figure id=\"figure-");
    pal_page_text(page, exhibit->name);
    pal_page_markup(page, "\">\n<figcaption><b>");
    pal_page_format(page, "Figure %d. ", pal_report_figure_number(report));
    pal_page_text(page, exhibit->title);
    pal_page_markup(page, "</b><span>");
    pal_page_text(page, exhibit->caption);
    pal_page_markup(page, "</span></figcaption>\n<div class=\"wide\">");
    st = draw_inline(report, exhibit, PAL_PAPER_WIDE, "", err);
    pal_page_markup(page, "</div>\n<div class=\"narrow\">");
    if (st == PAL_OK) {
        st = draw_inline(report, exhibit, PAL_PAPER_NARROW, "-narrow", err);
    }
    pal_page_markup(page, "</div>\n");
    write_source(report, exhibit);
    if (exhibit->command != NULL) {
        write_again(report, exhibit);
    }
    if (exhibit->data != NULL) {
        pal_page_markup(page, "<details><summary>The numbers, and how to get them again"
                              "</summary>\n");
        write_table(report, exhibit->data);
        pal_page_commands(report, exhibit->questions, 3, exhibit->recipe);
        pal_page_markup(page, "</details>\n");
    }
    pal_page_markup(page, "</figure>\n");
    return st;
}

pal_status pal_exhibit_panel(struct pal_report *report,
                             const struct pal_exhibit *exhibit, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    pal_status st = write_files(report, exhibit, err);
    if (st != PAL_OK) {
        return st;
    }
    pal_page_markup(page, "<div id=\"figure-");
    pal_page_text(page, exhibit->name);
    pal_page_markup(page, "\">");
    st = draw_inline(report, exhibit, PAL_PAPER_PANEL, "", err);
    pal_page_markup(page, "<p class=\"source\">");
    pal_page_format(page, "n = %s %s. ", pal_number_count(exhibit->n).text,
                    exhibit->n_unit);
    link_files(report, exhibit);
    pal_page_markup(page, "</p></div>\n");
    return st;
}

pal_status pal_exhibit_table(struct pal_report *report,
                             const struct pal_exhibit *exhibit, struct pal_error *err)
{
    pal_status st = write_files(report, exhibit, err);
    if (st != PAL_OK) {
        return st;
    }
    write_source(report, exhibit);
    if (exhibit->command != NULL) {
        write_again(report, exhibit);
        return PAL_OK;
    }
    pal_page_markup(&report->page, "<details><summary>How to get these numbers again"
                                   "</summary>\n");
    pal_page_commands(report, exhibit->questions, 3, exhibit->recipe);
    pal_page_markup(&report->page, "</details>\n");
    return PAL_OK;
}

static void grid_cell(struct pal_buffer *out, const struct pal_value *value,
                      bool is_first)
{
    char text[32] = "";
    if (value->kind == PAL_VALUE_TEXT) {
        pal_csv_field(out, value->text, is_first);
        return;
    }
    if (value->kind == PAL_VALUE_DAY) {
        pal_day_text((int32_t)value->integer, text);
    } else if (value->kind == PAL_VALUE_NUMBER) {
        pal_double_text(value->number, text);
    } else if (value->kind == PAL_VALUE_BOOLEAN) {
        (void)snprintf(text, sizeof text, "%s", value->integer != 0 ? "true" : "false");
    } else if (value->kind == PAL_VALUE_INTEGER) {
        (void)snprintf(text, sizeof text, "%lld", (long long)value->integer);
    }
    pal_csv_field(out, pal_view_of(text), is_first);
}

pal_status pal_exhibit_grid(struct pal_report *report, const char *name,
                            const struct pal_grid *grid, const char *const *columns,
                            struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct pal_buffer csv;
    pal_buffer_init(&csv, PAL_REPORT_SIZE_MAX);
    for (size_t k = 0; k < grid->column_count; k++) {
        pal_csv_field(&csv, pal_view_of(columns[k]), k == 0);
    }
    pal_csv_end(&csv);
    for (size_t i = 0; i < grid->row_count; i++) {
        for (size_t k = 0; k < grid->column_count; k++) {
            grid_cell(&csv, pal_grid_at(grid, i, k), k == 0);
        }
        pal_csv_end(&csv);
    }
    pal_status st = pal_buffer_status(&csv, err);
    if (st == PAL_OK) {
        st = write_file(report, pal_view_of(name), "csv", pal_buffer_view(&csv), err);
    }
    pal_buffer_clear(&csv);
    pal_page_markup(page, "<p class=\"source\">All of it: <a href=\"figures/");
    pal_page_markup(page, name);
    pal_page_markup(page, ".csv\">");
    pal_page_markup(page, name);
    pal_page_markup(page, ".csv</a></p>\n");
    return st;
}

int64_t pal_result_n(const struct pal_measure_result *result)
{
    int64_t n = 0;
    for (size_t i = 0; i < result->count; i++) {
        n += result->figures[i].n;
    }
    return n;
}

static bool has_key(const struct pal_figure *figure, size_t at, struct pal_view key)
{
    return key.size == 0 || pal_view_is_equal(figure->keys[at], key);
}

const struct pal_figure *pal_result_find(const struct pal_measure_result *result,
                                         struct pal_view first, struct pal_view second,
                                         struct pal_view third)
{
    for (size_t i = 0; i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        if (has_key(figure, 0, first) && has_key(figure, 1, second) &&
            has_key(figure, 2, third)) {
            return figure;
        }
    }
    return NULL;
}

pal_status pal_exhibit_take(struct pal_report *report, const struct pal_answer *answer,
                            struct pal_exhibit *exhibit, struct pal_error *err)
{
    struct pal_buffer csv;
    pal_buffer_init(&csv, ANSWER_SIZE_MAX);
    pal_status st = pal_answer_status(answer, err);
    if (st == PAL_OK) {
        pal_answer_csv(answer, &csv);
        st = pal_buffer_keep(&csv, &report->arena, &exhibit->csv, err);
    }
    return st;
}
