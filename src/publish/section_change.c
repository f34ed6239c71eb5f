/*
 * The study's places against other areas, before and after the campaign's first day, and at a
 * date at which nothing began. Association, and worded so.
 */
#include <stdio.h>

#include "measure/answer.h"
#include "publish/report_internal.h"

static pal_status take_csv(struct pal_report *report,
                           const struct pal_comparison *campaign,
                           const struct pal_comparison *placebo,
                           struct pal_exhibit *exhibit, struct pal_error *err)
{
    struct pal_answer answer;
    pal_answer_init(&answer);
    pal_answer_change(campaign, placebo, &answer);
    pal_status st = pal_exhibit_take(report, &answer, exhibit, err);
    pal_answer_clear(&answer);
    return st;
}

enum { LINE_RATIO, LINE_LOW, LINE_HIGH, LINE_COUNT };

static pal_status fill_lines(struct pal_report *report,
                             const struct pal_comparison *comparison,
                             struct pal_series series[LINE_COUNT],
                             struct pal_error *err)
{
    static const char *const labels[LINE_COUNT] = {"ratio", "", "95%"};
    pal_status st = PAL_OK;
    for (int line = 0; st == PAL_OK && line < LINE_COUNT; line++) {
        void *room = NULL;
        st = pal_report_room(report, comparison->month_count + 1,
                             sizeof(struct pal_point), &room, err);
        struct pal_point *points = room;
        for (size_t i = 0; st == PAL_OK && i < comparison->month_count; i++) {
            const struct pal_compare_month *month = &comparison->months[i];
            const struct pal_compare_ratio *ratio = &month->ratio;
            int32_t next = pal_month_next(month->first_day);
            points[i].at = (month->first_day + next) / 2.0;
            points[i].has_value = line == LINE_RATIO || ratio->has_interval;
            points[i].value = line == LINE_RATIO ? ratio->value
                              : line == LINE_LOW ? ratio->low
                                                 : ratio->high;
        }
        series[line] = (struct pal_series){pal_view_of(labels[line]),
                                           line == LINE_RATIO ? PAL_STROKE_FIRST
                                                              : PAL_STROKE_SECOND,
                                           comparison->month_count, points};
    }
    return st;
}

static pal_status write_chart(struct pal_report *report,
                              const struct pal_comparison *comparison, bool is_placebo,
                              const struct pal_exhibit *files, struct pal_error *err)
{
    struct pal_exhibit exhibit = *files;
    struct pal_line_chart chart;
    struct pal_series series[LINE_COUNT];
    pal_line_chart_init(&chart);
    chart.heading = is_placebo ? PAL_VIEW("At a date at which nothing began")
                               : PAL_VIEW("At the campaign's first day");
    chart.unit = PAL_VIEW("times the change elsewhere");
    chart.from = comparison->months[0].first_day;
    chart.to =
        pal_month_next(comparison->months[comparison->month_count - 1].first_day) - 1;
    chart.series_count = LINE_COUNT;
    chart.series = series;
    chart.has_mark = true;
    chart.mark =
        (struct pal_stretch){comparison->date, chart.to,
                             is_placebo ? PAL_VIEW("after") : PAL_VIEW("campaign")};
    pal_status st = fill_lines(report, comparison, series, err);
    if (st == PAL_OK) {
        st = pal_report_words(
            report, &chart.chart.text.title, err,
            "Arrests in %s against other areas, by month, %s",
            pal_studied_words(report).text,
            pal_months_words((int32_t)chart.from, (int32_t)chart.to).text);
    }
    if (st == PAL_OK) {
        st = pal_report_words(
            report, &chart.chart.text.desc, err,
            "A line by month: 1 is the same change as elsewhere since before %s. Thin "
            "lines: its 95%% interval. All months after together: %s.",
            pal_day_words(comparison->date).text,
            pal_number_fixed(comparison->after.value, 2).text);
    }
    if (st == PAL_OK) {
        exhibit.name =
            is_placebo ? PAL_VIEW("change-at-placebo") : PAL_VIEW("change-at-campaign");
        exhibit.title =
            is_placebo ? PAL_VIEW("The same at a date at which nothing began")
                       : PAL_VIEW("The places against other areas, before and after");
        exhibit.chart = &chart.chart;
        st = pal_exhibit_write(report, &exhibit, err);
    }
    return st;
}

static void write_result(struct pal_report *report,
                         const struct pal_comparison *comparison, bool is_placebo)
{
    struct pal_page *page = &report->page;
    const struct pal_compare_ratio *after = &comparison->after;
    const char *what =
        is_placebo ? "At the placebo date, " : "At the campaign's first day, ";
    if (comparison->status == PAL_COMPARE_NOT_COVERED) {
        pal_page_paragraph(page,
                           "%s%s: not covered. No whole month after it, or none before "
                           "it, has row-level records of all areas.",
                           what, pal_day_words(comparison->date).text);
        return;
    }
    if (comparison->status != PAL_COMPARE_NUMBER) {
        pal_page_paragraph(page, "%snothing can be compared: %s.", what,
                           pal_compare_status_text(comparison->status));
        return;
    }
    pal_page_paragraph(
        page,
        "%s%s: arrests a day in the %lld areas changed %s times as much as in the %lld "
        "others (95%% interval %s, p = %s, by permutation over %s choices of areas). "
        "%s",
        what, pal_day_words(comparison->date).text, (long long)comparison->place_count,
        pal_number_fixed(after->value, 2).text, (long long)comparison->other_count,
        after->has_interval ? pal_number_range(after->low, after->high, 2).text
                            : "none: too few areas",
        pal_number_fixed(after->p_value, 3).text,
        pal_number_count((int64_t)comparison->choice_count).text,
        is_placebo
            ? "Nothing is known to have begun then: what stands here is what the "
              "method finds where there is nothing to find."
            : "This is association: whatever else changed in these areas alone is "
              "in it too.");
}

pal_status pal_section_change(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct pal_comparison campaign;
    struct pal_comparison placebo;
    struct pal_exhibit exhibit = {
        .caption =
            PAL_VIEW("Thick: arrests a day in the study's areas since before, as "
                     "times the same in the other areas; 1 is no difference. Thin: "
                     "its 95% interval, by permutation over areas."),
        .command = "palladium bounds study.duckdb --of change --format csv",
        .n = -1};
    if (!report->facts.has_campaign || report->facts.place_count == 0) {
        return PAL_OK;
    }
    pal_status st = pal_compare_run(report->store, PAL_DAY_NONE, &report->arena,
                                    &campaign, &placebo, err);
    if (st != PAL_OK) {
        return st;
    }
    pal_page_markup(page, "<h3>The places against other areas</h3>\n");
    write_result(report, &campaign, false);
    write_result(report, &placebo, true);
    st = take_csv(report, &campaign, &placebo, &exhibit, err);
    if (st == PAL_OK && campaign.status == PAL_COMPARE_NUMBER) {
        st = write_chart(report, &campaign, false, &exhibit, err);
    }
    if (st == PAL_OK && placebo.status == PAL_COMPARE_NUMBER) {
        st = write_chart(report, &placebo, true, &exhibit, err);
    }
    return st;
}
