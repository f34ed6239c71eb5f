/*
 * Targets, or people met in passing: the share where it is recorded, and elsewhere what it can
 * be at least and at most under assumptions that a reader can switch.
 */
#include "measure/answer.h"
#include "publish/report_internal.h"

/* What the reader can switch: nothing, each alone, and all signs at once. */
static const struct {
    const char *label;
    uint32_t assumptions;
} choices[] = {
    {"No assumption", 0},
    {"Targets only have earlier orders", PAL_TARGETS_AMONG_ORDERS},
    {"Targets only have earlier requests", PAL_TARGETS_AMONG_REQUESTS},
    {"Targets only have convictions", PAL_TARGETS_AMONG_CONVICTIONS},
    {"Targets only have one of the three", PAL_TARGETS_AMONG_ORDERS |
                                               PAL_TARGETS_AMONG_REQUESTS |
                                               PAL_TARGETS_AMONG_CONVICTIONS},
    {"Every earlier order is a target", PAL_ORDER_MEANS_TARGET},
    {"Every earlier request is a target", PAL_REQUEST_MEANS_TARGET},
    {"Every conviction is a target", PAL_CONVICTION_MEANS_TARGET},
};
enum { CHOICE_COUNT = sizeof choices / sizeof choices[0], SET_COUNT = 64 };
/* Whether some combination of assumptions says more than "between 0 and 100 %". */
static pal_status says_anything(const struct pal_target_counts *counts, bool *out,
                                struct pal_error *err)
{
    struct pal_target_bounds bounds = {.n = 0};
    pal_status st = PAL_OK;
    *out = false;
    for (uint32_t set = 0; st == PAL_OK && !*out && set < SET_COUNT; set++) {
        st = pal_target_bounds_of(counts, set, &bounds, err);
        *out = st == PAL_OK && (bounds.at_least > 0 || bounds.at_most < bounds.n);
    }
    return st;
}

static pal_status write_targets_chart(struct pal_report *report,
                                      const struct pal_target_counts *counts,
                                      struct pal_error *err)
{
    struct pal_bar bars[CHOICE_COUNT];
    struct pal_bar_chart chart;
    struct pal_target_bounds bounds = {.n = 0};
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < CHOICE_COUNT; i++) {
        st = pal_target_bounds_of(counts, choices[i].assumptions, &bounds, err);
        double n = (double)bounds.n;
        bars[i] = (struct pal_bar){.label = pal_view_of(choices[i].label),
                                   .note = PAL_VIEW(""),
                                   .missing = PAL_VIEW("")};
        bars[i].parts[0] = (double)bounds.at_least / n;
        bars[i].parts[1] = (double)(bounds.at_most - bounds.at_least) / n;
        bars[i].parts[2] = (double)(bounds.n - bounds.at_most) / n;
    }
    if (st != PAL_OK) {
        return st;
    }
    pal_bar_chart_init(&chart);
    chart.is_shares = true;
    chart.kind_count = 3;
    chart.kinds[0] = (struct pal_part_kind){PAL_VIEW("met in passing"), PAL_FILL_DARK};
    chart.kinds[1] =
        (struct pal_part_kind){PAL_VIEW("may be either"), PAL_FILL_UNKNOWN};
    chart.kinds[2] = (struct pal_part_kind){PAL_VIEW("target"), PAL_FILL_LIGHT};
    chart.bar_count = CHOICE_COUNT;
    chart.bars = bars;
    chart.chart.text = (struct pal_svg_text){
        PAL_VIEW("Arrests of people met in passing: bounds"),
        PAL_VIEW("One bar for each assumption, of shares of all arrests: surely met in "
                 "passing, either, surely a target. The numbers stand in the table "
                 "below.")};
    struct pal_exhibit exhibit = {
        .name = PAL_VIEW("targets-bounds"),
        .title =
            PAL_VIEW("Arrests of people who were not the target: what can be said"),
        .caption =
            PAL_VIEW("Each bar makes one assumption and no other. Hatched: nothing "
                     "on record tells. A bound is as true as its assumption."),
        .chart = &chart.chart,
        .command = "palladium bounds study.duckdb --by month --format csv",
        .recipe = "Add --assume NAME for an assumption; palladium bounds --assume help "
                  "lists them.",
        .n = bounds.n,
        .n_unit = "arrests"};
    struct pal_bounds_request request = {.by_count = 1,
                                         .by = {PAL_VIEW("month")},
                                         .first = PAL_DAY_NONE,
                                         .last = PAL_DAY_NONE};
    struct pal_bounds_row *rows = NULL;
    struct pal_answer answer;
    size_t count = 0;
    pal_answer_init(&answer);
    st = pal_bounds_run(report->store, &request, &answer.arena, &rows, &count, err);
    if (st == PAL_OK) {
        pal_answer_targets(&request, rows, count, &answer);
        st = pal_exhibit_take(report, &answer, &exhibit, err);
    }
    if (st == PAL_OK) {
        st = pal_exhibit_write(report, &exhibit, err);
    }
    pal_answer_clear(&answer);
    return st;
}

static pal_status write_set(struct pal_report *report,
                            const struct pal_target_counts *counts, uint32_t set,
                            struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct pal_target_bounds bounds;
    struct pal_buffer name;
    pal_buffer_init(&name, PAL_PAGE_TEXT_MAX);
    for (size_t i = 0; pal_assumption_at(i) != NULL; i++) {
        if ((set & (uint32_t)pal_assumption_at(i)->bit) != 0) {
            pal_buffer_append_text(&name, name.size > 0 ? ", " : "");
            pal_buffer_append_text(&name, pal_assumption_at(i)->name);
        }
    }
    pal_buffer_append_text(&name, set == 0 ? "none" : "");
    pal_status st = pal_buffer_status(&name, err);
    if (st == PAL_OK) {
        st = pal_target_bounds_of(counts, set, &bounds, err);
    }
    if (st == PAL_OK) {
        pal_page_table_row(page, false);
        pal_page_table_name(page, pal_buffer_view(&name));
        pal_page_table_number(page,
                              pal_view_of(pal_number_count(bounds.at_least).text));
        pal_page_table_number(page, pal_view_of(pal_number_count(bounds.at_most).text));
        pal_page_table_number(
            page, pal_view_of(
                      pal_number_share_range((double)bounds.at_least / (double)bounds.n,
                                             (double)bounds.at_most / (double)bounds.n)
                          .text));
        pal_page_table_row_close(page);
    }
    pal_buffer_clear(&name);
    return st;
}

/* Every combination of switches, so that no script is needed. */
static pal_status write_sets(struct pal_report *report,
                             const struct pal_target_counts *counts,
                             struct pal_error *err)
{
    static const struct pal_column columns[] = {{"Assumptions switched on", false},
                                                {"Met in passing, at least", true},
                                                {"At most", true},
                                                {"Share of arrests", true}};
    struct pal_page *page = &report->page;
    pal_status st = PAL_OK;
    pal_page_markup(page, "<details><summary>Every combination of the six assumptions"
                          "</summary>\n<ul>\n");
    for (size_t i = 0; pal_assumption_at(i) != NULL; i++) {
        pal_page_markup(page, "<li><code>");
        pal_page_format(page, "%s", pal_assumption_at(i)->name);
        pal_page_markup(page, "</code>: ");
        pal_page_format(page, "%s", pal_assumption_at(i)->words);
        pal_page_markup(page, "</li>\n");
    }
    pal_page_markup(page, "</ul>\n");
    pal_page_table_open(page, "Bounds under each combination", columns, 4);
    for (uint32_t set = 0; st == PAL_OK && set < SET_COUNT; set++) {
        st = write_set(report, counts, set, err);
    }
    pal_page_table_close(page);
    pal_page_markup(page, "</details>\n");
    return st;
}

static void write_recorded(struct pal_report *report, const struct pal_bounds_row *row)
{
    struct pal_page *page = &report->page;
    const struct pal_target_bounds *bounds = &row->bounds;
    if (!bounds->has_share) {
        pal_page_paragraph(
            page,
            "No file counted here records it for any of the %s arrests. "
            "Between 0 and 100%% of them were of people who were not the "
            "target: nothing in these releases tells.",
            pal_number_count(bounds->n).text);
        return;
    }
    pal_page_paragraph(
        page,
        "It is recorded for %s of the %s arrests. Of those, %s were of people met in "
        "passing: %s (95%% interval %s, as if each arrest were independent of the "
        "others).",
        pal_number_count(bounds->recorded).text, pal_number_count(bounds->n).text,
        pal_number_count(bounds->collateral).text,
        pal_number_percent(bounds->share, 1).text,
        pal_number_share_range(bounds->share_low, bounds->share_high).text);
    if (row->has_spread) {
        pal_page_paragraph(
            page,
            "People met in passing are often met together. With the variance between "
            "areas and weeks, %s times that of independent arrests, the 95%% interval "
            "is "
            "%s.",
            pal_number_fixed(row->variance_factor, 1).text,
            pal_number_share_range(row->spread_low, row->spread_high).text);
    }
    pal_page_paragraph(
        page,
        "Of all of them, without any assumption, between %s were: the "
        "others may be either.",
        pal_number_share_range((double)bounds->at_least / (double)bounds->n,
                               (double)bounds->at_most / (double)bounds->n)
            .text);
}

pal_status pal_section_targets(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct pal_bounds_request request = {.first = PAL_DAY_NONE, .last = PAL_DAY_NONE};
    struct pal_bounds_row *rows = NULL;
    size_t count = 0;
    pal_page_markup(page, "<h3>Targets, or met in passing</h3>\n");
    pal_page_paragraph(
        page,
        "Whether a person was the target of an operation, or was met in its course "
        "(\xE2\x80\x9C"
        "collateral\xE2\x80\x9D), is recorded only in releases of March 2026, and "
        "only from August 2025 on. No other field says it: how an arrest was made, "
        "a conviction or a final order is not the same, and none is put in its "
        "place here.");
    pal_status st =
        pal_bounds_run(report->store, &request, &report->arena, &rows, &count, err);
    if (st != PAL_OK) {
        return st;
    }
    if (count == 0 || rows[0].status != PAL_FIGURE_NUMBER || rows[0].bounds.n == 0) {
        pal_page_paragraph(page, "No arrests are counted in this study.");
        return PAL_OK;
    }
    write_recorded(report, &rows[0]);
    bool says = false;
    st = says_anything(&rows[0].counts, &says, err);
    if (st == PAL_OK && !says) {
        pal_page_paragraph(
            page,
            "Six assumptions could narrow that, such as that only people with an "
            "earlier order of removal were targets. Here none of them does: no release "
            "records what they rest on. The command palladium bounds lists them.");
        return PAL_OK;
    }
    if (st != PAL_OK) {
        return st;
    }
    st = write_targets_chart(report, &rows[0].counts, err);
    return st == PAL_OK ? write_sets(report, &rows[0].counts, err) : st;
}
