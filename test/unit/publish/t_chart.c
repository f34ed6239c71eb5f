/* Small charts against the drawings in test/golden/publish. PAL_GOLDEN_WRITE=1 writes them
 * anew, to be looked at before they are committed. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "publish/chart.h"

static void assert_golden(const struct pal_chart *chart, const char *name,
                          enum pal_paper paper)
{
    const char *source = getenv("PAL_SOURCE_DIR");
    const char *write = getenv("PAL_GOLDEN_WRITE");
    struct pal_error err = {PAL_OK, ""};
    struct pal_buffer drawn;
    struct pal_buffer golden;
    struct pal_svg svg = {&drawn, pal_view_of(name), false};
    char path[4096];
    if (source == NULL) {
        print_message("PAL_SOURCE_DIR is not set\n");
        skip();
    }
    (void)snprintf(path, sizeof path, "%s/test/golden/publish/%s.svg", source, name);
    pal_buffer_init(&drawn, 1U << 20);
    pal_buffer_init(&golden, 1U << 20);
    pal_chart_draw(chart, &svg, paper);
    assert_int_equal(drawn.status, PAL_OK);
    if (write != NULL && write[0] != '\0') {
        assert_int_equal(pal_file_write(path, pal_buffer_view(&drawn), &err), PAL_OK);
    }
    assert_int_equal(pal_file_read(path, &golden, &err), PAL_OK);
    assert_string_equal(drawn.data, golden.data);
    pal_buffer_clear(&drawn);
    pal_buffer_clear(&golden);
}

static const struct pal_point points[] = {
    {0, true, 10}, {1, true, 14}, {2, false, 0}, {3, true, 12},
    {4, false, 0}, {5, true, 8},  {6, true, 9},
};

static void fill_line(struct pal_line_chart *chart, const struct pal_series *series,
                      const struct pal_stretch *gap)
{
    pal_line_chart_init(chart);
    chart->heading = PAL_VIEW("Boston & around");
    chart->subheading = PAL_VIEW("usual 10 a day");
    chart->unit = PAL_VIEW("arrests a day");
    chart->from = 0;
    chart->to = 6;
    chart->ticks.count = 2;
    chart->ticks.ticks[0] = (struct pal_tick){0, {"Oct"}};
    chart->ticks.ticks[1] = (struct pal_tick){6, {"Apr"}};
    chart->series_count = 1;
    chart->series = series;
    chart->has_usual = true;
    chart->low = 9;
    chart->middle = 10;
    chart->high = 12;
    chart->gap_count = 1;
    chart->gaps = gap;
    chart->has_mark = true;
    chart->mark = (struct pal_stretch){4, 6, PAL_VIEW("campaign")};
    chart->chart.text =
        (struct pal_svg_text){PAL_VIEW("Arrests a day"), PAL_VIEW("A line.")};
}

static void a_line_breaks_where_nothing_is_known(void **state)
{
    struct pal_series series = {PAL_VIEW("FY 2020"), PAL_STROKE_FIRST, 7, points};
    struct pal_stretch gap = {1.5, 2.5, PAL_VIEW("no rows")};
    struct pal_line_chart chart;
    (void)state;
    fill_line(&chart, &series, &gap);
    assert_golden(&chart.chart, "line-wide", PAL_PAPER_WIDE);
    assert_golden(&chart.chart, "line-narrow", PAL_PAPER_NARROW);
    chart.chart.is_panel = true;
    assert_golden(&chart.chart, "line-panel", PAL_PAPER_WIDE);
}

static void bars_add_up_and_unknown_is_hatched(void **state)
{
    static const struct pal_bar bars[] = {
        {.label = {"Those of the places", 19}, .is_heading = true},
        {.label = {"New York", 8}, .note = {"n = 20", 6}, .parts = {0.15, 0.25, 0.6}},
        {.label = {"Boston", 6}, .missing = {"not recorded", 12}},
    };
    struct pal_bar_chart chart;
    (void)state;
    pal_bar_chart_init(&chart);
    chart.is_shares = true;
    chart.kind_count = 3;
    chart.kinds[0] = (struct pal_part_kind){PAL_VIEW("declined"), PAL_FILL_DARK};
    chart.kinds[1] = (struct pal_part_kind){PAL_VIEW("transferred"), PAL_FILL_MIDDLE};
    chart.kinds[2] = (struct pal_part_kind){PAL_VIEW("unknown"), PAL_FILL_UNKNOWN};
    chart.bar_count = 3;
    chart.bars = bars;
    chart.chart.text = (struct pal_svg_text){PAL_VIEW("Outcomes"), PAL_VIEW("Bars.")};
    assert_golden(&chart.chart, "bars-wide", PAL_PAPER_WIDE);
    assert_golden(&chart.chart, "bars-narrow", PAL_PAPER_NARROW);
}

static void dots_carry_their_interval(void **state)
{
    static const struct pal_bar bars[] = {
        {.label = {"Boston", 6},
         .note = {"66%", 3},
         .is_strong = true,
         .parts = {0.66},
         .low = 0.6,
         .high = 0.7},
        {.label = {"Houston", 7},
         .note = {"8%", 2},
         .parts = {0.08},
         .low = 0.07,
         .high = 0.1},
    };
    struct pal_bar_chart chart;
    (void)state;
    pal_bar_chart_init(&chart);
    chart.is_dot = true;
    chart.is_shares = true;
    chart.kind_count = 1;
    chart.unit = PAL_VIEW("share");
    chart.bar_count = 2;
    chart.bars = bars;
    chart.chart.text = (struct pal_svg_text){PAL_VIEW("Shares"), PAL_VIEW("Dots.")};
    assert_golden(&chart.chart, "dots-wide", PAL_PAPER_WIDE);
}

static void a_timeline_shows_what_is_counted_compared_and_missing(void **state)
{
    static const struct pal_span spans[] = {{17000, 17999, false},
                                            {17000, 17500, true}};
    static const struct pal_span statistic[] = {{17400, 18500, true}};
    static const struct pal_lane lanes[] = {
        {.label = {"Arrests, Seattle", 16}, .span_count = 2, .spans = spans},
        {.label = {"Monthly totals", 14},
         .is_statistic = true,
         .span_count = 1,
         .spans = statistic},
    };
    struct pal_timeline timeline;
    (void)state;
    pal_timeline_init(&timeline);
    timeline.first = 17000;
    timeline.last = 18600;
    timeline.lane_count = 2;
    timeline.lanes = lanes;
    timeline.has_mark = true;
    timeline.mark = (struct pal_stretch){18300, 18600, PAL_VIEW("the campaign")};
    timeline.has_gap = true;
    timeline.gap = (struct pal_stretch){18000, 18600, PAL_VIEW("no rows")};
    timeline.chart.text =
        (struct pal_svg_text){PAL_VIEW("Coverage"), PAL_VIEW("Lanes.")};
    assert_golden(&timeline.chart, "timeline-wide", PAL_PAPER_WIDE);
    assert_golden(&timeline.chart, "timeline-narrow", PAL_PAPER_NARROW);
}

static void a_heat_map_has_its_number_in_every_cell(void **state)
{
    static const struct pal_view rows[] = {{"Boston & around", 15}, {"Newark", 6}};
    static const struct pal_view columns[] = {{"1 day", 5}, {"1 week", 6}};
    static const struct pal_heat_cell cells[] = {{{"over \xC3\x97"
                                                   "5",
                                                   8},
                                                  PAL_FILL_OUTLINE},
                                                 {{"\xC3\x97"
                                                   "1.6",
                                                   5},
                                                  PAL_FILL_MIDDLE},
                                                 {{"not known", 9}, PAL_FILL_UNKNOWN},
                                                 {{"\xC3\x97"
                                                   "3.2",
                                                   5},
                                                  PAL_FILL_LIGHT}};
    struct pal_heat_map map;
    (void)state;
    pal_heat_map_init(&map);
    map.row_count = 2;
    map.rows = rows;
    map.column_count = 2;
    map.columns = columns;
    map.cells = cells;
    map.chart.text = (struct pal_svg_text){PAL_VIEW("Heat"), PAL_VIEW("What it shows")};
    assert_golden(&map.chart, "heat-wide", PAL_PAPER_WIDE);
    assert_golden(&map.chart, "heat-narrow", PAL_PAPER_NARROW);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_breaks_where_nothing_is_known),
        cmocka_unit_test(bars_add_up_and_unknown_is_hatched),
        cmocka_unit_test(dots_carry_their_interval),
        cmocka_unit_test(a_timeline_shows_what_is_counted_compared_and_missing),
        cmocka_unit_test(a_heat_map_has_its_number_in_every_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
