/*
 * The table of arrests a day: baseline, median month, fiscal years, the last twelve months, and
 * the campaign where rows cover it.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "publish/report_internal.h"
#include "stat/interval.h"

enum { YEAR_MONTHS = 12 };

/* Twelve whole months up to the last covered one, and what came before. */
struct windows {
    bool has;
    int32_t first; /* of the last twelve months */
    int32_t last;
};

static struct windows find_windows(const struct pal_report *report)
{
    const struct pal_history *country = &report->histories.country;
    struct windows windows = {false, PAL_DAY_NONE, PAL_DAY_NONE};
    size_t whole = 0;
    for (size_t i = country->month_count; i > 0; i--) {
        const struct pal_month *month = &country->months[i - 1];
        if (month->first_day > report->facts.baseline_last) {
            continue;
        }
        if (!pal_month_is_whole(month)) {
            whole = 0;
            continue;
        }
        if (whole == 0) {
            windows.last = month->first_day;
        }
        whole++;
        if (whole == YEAR_MONTHS) {
            windows.first = month->first_day;
            windows.has = windows.first > pal_month_first(report->facts.baseline_first);
            break;
        }
    }
    return windows;
}

struct layout {
    int32_t years[PAL_FISCAL_YEAR_MAX];
    size_t year_count;
    struct windows windows;
    bool has_campaign; /* its days are covered */
    int decimals;      /* the same for all rates of the table */
    char titles[PAL_FISCAL_YEAR_MAX + 8][48];
    struct pal_column columns[PAL_FISCAL_YEAR_MAX + 8];
    size_t column_count;
};

static void add_column(struct layout *layout, const char *title, bool is_number)
{
    size_t at = layout->column_count++;
    (void)snprintf(layout->titles[at], sizeof layout->titles[at], "%s", title);
    layout->columns[at] = (struct pal_column){layout->titles[at], is_number};
}

/* Two digits behind the point where half of the areas have fewer than two arrests a day. */
static int table_decimals(const struct pal_histories *histories)
{
    size_t small = 0;
    for (size_t i = 0; i < histories->studied_count; i++) {
        small += histories->studied[i]->baseline.value < 2 ? 1 : 0;
    }
    return small * 2 > histories->studied_count ? 2 : 1;
}

static void write_figure(struct pal_page *page, const struct pal_figure *figure,
                         int decimals)
{
    struct pal_words range = {""};
    if (!figure->has_value) {
        pal_page_table_none(page, pal_figure_status_text(figure->status));
        return;
    }
    if (isfinite(figure->low) && isfinite(figure->high)) {
        range = pal_number_range(figure->low, figure->high, decimals);
    }
    pal_page_table_interval(page, pal_number_fixed(figure->value, decimals).text,
                            range.text);
}

static void fill_layout(const struct pal_report *report, struct layout *layout)
{
    char title[48];
    const struct pal_facts *facts = &report->facts;
    memset(layout, 0, sizeof *layout);
    layout->year_count = pal_fiscal_years(facts, layout->years);
    layout->windows = find_windows(report);
    layout->has_campaign = facts->has_campaign && facts->gap != PAL_GAP_ALL;
    layout->decimals = table_decimals(&report->histories);
    add_column(layout, "Area", false);
    add_column(layout, "Baseline", true);
    add_column(layout, "Median month", true);
    for (size_t i = 0; i < layout->year_count; i++) {
        (void)snprintf(title, sizeof title, "FY %d", layout->years[i]);
        add_column(layout, title, true);
    }
    if (layout->windows.has) {
        (void)snprintf(title, sizeof title, "12 months to %.20s",
                       pal_month_short(layout->windows.last).text);
        add_column(layout, title, true);
        add_column(layout, "against before", true);
    }
    if (layout->has_campaign) {
        add_column(layout, "In the campaign", true);
        add_column(layout, "times the usual", true);
    }
}

static pal_status write_rate(struct pal_report *report, const struct layout *layout,
                             const struct pal_history *history, int32_t first,
                             int32_t last, struct pal_error *err)
{
    struct pal_figure figure;
    pal_status st = pal_history_rate(history, first, last, &figure, err);
    if (st == PAL_OK && figure.has_value) {
        pal_page_table_number(
            &report->page,
            pal_view_of(pal_number_fixed(figure.value, layout->decimals).text));
    } else {
        pal_page_table_none(&report->page, "not covered");
    }
    return st;
}

/* Two rates side by side: change, or ratio with its exact interval. */
static pal_status write_against(struct pal_report *report, const struct pal_figure *now,
                                const struct pal_figure *then, bool is_ratio,
                                struct pal_error *err)
{
    struct pal_rate_ratio ratio;
    struct pal_words range;
    if (!now->has_value || !then->has_value || then->n == 0) {
        pal_page_table_none(&report->page, "no data");
        return PAL_OK;
    }
    if (!is_ratio) {
        pal_page_table_number(
            &report->page,
            pal_view_of(pal_number_change(now->value / then->value - 1).text));
        return PAL_OK;
    }
    pal_status st = pal_rate_ratio(now->n, now->days_covered, then->n,
                                   then->days_covered, 0.95, &ratio);
    if (st != PAL_OK) {
        return pal_fail(err, st, "a ratio of two rates could not be computed");
    }
    range = pal_number_range(ratio.interval.low, ratio.interval.high, 2);
    pal_page_table_interval(&report->page, pal_number_fixed(ratio.ratio, 2).text,
                            range.text);
    return PAL_OK;
}

static pal_status write_row(struct pal_report *report, const struct layout *layout,
                            const struct pal_history *history, struct pal_error *err)
{
    const struct pal_facts *facts = &report->facts;
    struct pal_page *page = &report->page;
    struct pal_figure now;
    struct pal_figure then;
    int32_t first = pal_month_first(facts->baseline_first);
    int decimals = layout->decimals;
    pal_status st = PAL_OK;
    pal_page_table_row(page, history->is_group);
    pal_page_table_name(page, history->name);
    write_figure(page, &history->baseline, layout->decimals);
    if (history->has_usual) {
        pal_page_table_interval(
            page, pal_number_fixed(history->middle, decimals).text,
            pal_number_range(history->low, history->high, decimals).text);
    } else {
        pal_page_table_none(page, "no data");
    }
    for (size_t i = 0; st == PAL_OK && i < layout->year_count; i++) {
        int32_t from = pal_day_of((struct pal_civil){layout->years[i] - 1, 10, 1});
        int32_t to = pal_day_of((struct pal_civil){layout->years[i], 9, 30});
        st = write_rate(report, layout, history, from > first ? from : first,
                        to < facts->baseline_last ? to : facts->baseline_last, err);
    }
    if (st == PAL_OK && layout->windows.has) {
        st = pal_history_rate(history, layout->windows.first, layout->windows.last,
                              &now, err);
        if (st == PAL_OK) {
            st =
                pal_history_rate(history, first, layout->windows.first - 1, &then, err);
        }
        if (st == PAL_OK) {
            pal_page_table_number(
                page, pal_view_of(pal_number_fixed(now.value, layout->decimals).text));
            st = write_against(report, &now, &then, false, err);
        }
    }
    if (st == PAL_OK && layout->has_campaign) {
        st = pal_history_rate(history, pal_month_first(facts->first), facts->last, &now,
                              err);
        if (st == PAL_OK) {
            write_figure(page, &now, layout->decimals);
            st = write_against(report, &now, &history->baseline, true, err);
        }
    }
    pal_page_table_row_close(page);
    return st;
}

pal_status pal_arrests_table(struct pal_report *report, struct pal_error *err)
{
    const struct pal_histories *histories = &report->histories;
    struct layout layout;
    pal_status st = PAL_OK;
    fill_layout(report, &layout);
    pal_page_table_open(&report->page, "Arrests a day", layout.columns,
                        layout.column_count);
    for (size_t i = 0; st == PAL_OK && i < histories->studied_count; i++) {
        st = write_row(report, &layout, histories->studied[i], err);
    }
    if (st == PAL_OK && histories->rest_sum.month_count > 0) {
        st = write_row(report, &layout, &histories->studied_sum, err);
    }
    if (st == PAL_OK && histories->rest_sum.month_count > 0) {
        st = write_row(report, &layout, &histories->rest_sum, err);
    }
    if (st == PAL_OK) {
        st = write_row(report, &layout, &histories->country, err);
    }
    pal_page_table_close(&report->page);
    return st;
}

pal_status pal_arrests_table_files(struct pal_report *report, struct pal_error *err)
{
    const struct pal_histories *histories = &report->histories;
    struct pal_question by_area = {.measure = "arrests_per_day",
                                   .by = {"area"},
                                   .first = report->facts.baseline_first,
                                   .last = report->facts.baseline_last};
    struct pal_question by_year = by_area;
    by_year.by[1] = "fiscal_year";
    struct pal_exhibit exhibit = {.name = PAL_VIEW("arrests-per-day-by-area"),
                                  .data = histories->by_area,
                                  .questions = {&by_area, &by_year, NULL},
                                  .n = pal_result_n(histories->by_area),
                                  .n_unit = "arrests, all areas"};
    return pal_exhibit_table(report, &exhibit, err);
}
