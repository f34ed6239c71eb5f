/*
 * How arrests came about: at large, from custody, under 287(g), otherwise; by year for the
 * studied areas together and for the rest, and the share at large by area.
 */
#include <math.h>
#include <stdlib.h>

#include "publish/report_internal.h"

enum { KIND_COUNT = 5 };

static const char *const group_keys[KIND_COUNT] = {"at-large", "custodial", "287(g)",
                                                   "other", ""};

struct side {
    int64_t counts[PAL_FISCAL_YEAR_MAX][KIND_COUNT];
    int32_t days[PAL_FISCAL_YEAR_MAX];
};

static size_t kind_of(struct pal_view group)
{
    for (size_t i = 0; i + 1 < KIND_COUNT; i++) {
        if (pal_view_is_equal(group, pal_view_of(group_keys[i]))) {
            return i;
        }
    }
    return KIND_COUNT - 1;
}

static void add_up(const struct pal_report *report, const int32_t *years,
                   size_t year_count, struct side sides[2])
{
    const struct pal_measure_result *counts = report->methods.counts;
    for (size_t i = 0; i < counts->count; i++) {
        const struct pal_figure *figure = &counts->figures[i];
        const struct pal_history *area = pal_history_find(report, figure->keys[0]);
        int64_t year = 0;
        if (!figure->has_value || !pal_parse_i64(figure->keys[2], 1900, 2200, &year) ||
            area == NULL || !(area->is_studied || area->is_rest)) {
            continue;
        }
        struct side *side = &sides[area->is_studied ? 0 : 1];
        for (size_t k = 0; k < year_count; k++) {
            if (years[k] == year) {
                side->counts[k][kind_of(figure->keys[1])] += llround(figure->value);
                side->days[k] = figure->days_covered;
            }
        }
    }
}

static pal_status add_bar(struct pal_report *report, const struct side *side, size_t at,
                          int32_t year, struct pal_bar *bar, struct pal_error *err)
{
    int64_t sum = 0;
    for (size_t i = 0; i < KIND_COUNT; i++) {
        sum += side->counts[at][i];
    }
    for (size_t i = 0; i < KIND_COUNT; i++) {
        bar->parts[i] = sum > 0 ? (double)side->counts[at][i] / (double)sum : 0;
    }
    if (sum == 0) {
        bar->missing = PAL_VIEW("no rows for this year");
    }
    bool is_short = side->days[at] > 0 && side->days[at] < 365;
    pal_status st = is_short
                        ? pal_report_words(report, &bar->label, err, "FY %d (%d days)",
                                           year, side->days[at])
                        : pal_report_words(report, &bar->label, err, "FY %d", year);
    if (st == PAL_OK) {
        st = pal_report_words(report, &bar->note, err, "n = %s",
                              pal_number_count(sum).text);
    }
    return st;
}

/* The sums as a result of their own, for the csv and the table. */
static pal_status add_figures(struct pal_report *report, const struct side *side,
                              struct pal_view name, const int32_t *years,
                              size_t year_count, struct pal_measure_result *data)
{
    static const char *const names[KIND_COUNT] = {"at-large", "custodial", "287(g)",
                                                  "other", "not stated"};
    pal_status st = PAL_OK;
    for (size_t k = 0; st == PAL_OK && k < year_count; k++) {
        int64_t sum = 0;
        for (size_t i = 0; i < KIND_COUNT; i++) {
            sum += side->counts[k][i];
        }
        for (size_t i = 0; st == PAL_OK && i < KIND_COUNT; i++) {
            struct pal_figure *figure = &data->figures[data->count];
            struct pal_view year;
            st = pal_report_words(report, &year, NULL, "%d", years[k]);
            if (st != PAL_OK) {
                break;
            }
            st = pal_share_of(side->counts[k][i], sum, figure, NULL);
            figure->n = side->counts[k][i];
            figure->days_covered = side->days[k];
            figure->days = side->days[k];
            figure->keys[0] = name;
            figure->keys[1] = year;
            figure->keys[2] = pal_view_of(names[i]);
            data->count++;
        }
    }
    return st;
}

static bool has_unstated(const struct pal_bar *bars, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bars[i].parts[KIND_COUNT - 1] > 0) {
            return true;
        }
    }
    return false;
}

static pal_status write_years(struct pal_report *report, struct pal_error *err)
{
    int32_t years[PAL_FISCAL_YEAR_MAX];
    size_t year_count = pal_fiscal_years(&report->facts, years);
    struct side sides[2] = {{{{0}}, {0}}, {{{0}}, {0}}};
    struct pal_bar bars[2 * PAL_FISCAL_YEAR_MAX + 2] = {{.is_heading = false}};
    struct pal_figure figures[2 * PAL_FISCAL_YEAR_MAX * KIND_COUNT];
    struct pal_measure_result data = {.figures = figures};
    struct pal_bar_chart chart;
    bool has_rest = report->facts.place_count > 0;
    size_t count = 0;
    pal_status st = PAL_OK;
    struct pal_view names[2] = {PAL_VIEW("All areas"), report->histories.rest_sum.name};
    add_up(report, years, year_count, sides);
    if (has_rest) {
        st = pal_report_words(
            report, &names[0], err, "The %s areas of the named places",
            pal_number_word((int64_t)report->histories.studied_count).text);
    }
    for (size_t s = 0; st == PAL_OK && s < (has_rest ? 2U : 1U); s++) {
        bars[count].is_heading = true;
        bars[count++].label = names[s];
        for (size_t k = 0; st == PAL_OK && k < year_count; k++) {
            st = add_bar(report, &sides[s], k, years[k], &bars[count++], err);
        }
        if (st == PAL_OK) {
            st = add_figures(report, &sides[s], names[s], years, year_count, &data);
        }
    }
    pal_bar_chart_init(&chart);
    chart.is_shares = true;
    chart.kind_count = has_unstated(bars, count) ? KIND_COUNT : KIND_COUNT - 1;
    chart.kinds[0] = (struct pal_part_kind){PAL_VIEW("at large"), PAL_FILL_DARK};
    chart.kinds[1] = (struct pal_part_kind){PAL_VIEW("from custody (jail, prison)"),
                                            PAL_FILL_MIDDLE};
    chart.kinds[2] = (struct pal_part_kind){PAL_VIEW("287(g)"), PAL_FILL_LIGHT};
    chart.kinds[3] = (struct pal_part_kind){PAL_VIEW("other"), PAL_FILL_OUTLINE};
    chart.kinds[4] = (struct pal_part_kind){PAL_VIEW("not stated"), PAL_FILL_UNKNOWN};
    chart.bar_count = count;
    chart.bars = bars;
    chart.chart.text = (struct pal_svg_text){
        PAL_VIEW("How arrests came about, by fiscal year"),
        PAL_VIEW("Bars of shares that add up to 100%, one for every "
                 "fiscal year: at large, from custody, under "
                 "287(g), other. The numbers stand in the bars and "
                 "in the CSV.")};
    data.request = report->methods.counts->request;
    data.request.by_count = 3;
    data.request.by[0] = PAL_VIEW("areas");
    data.request.by[1] = PAL_VIEW("fiscal_year");
    data.request.by[2] = PAL_VIEW("method_group");
    data.request.measure.kind = PAL_MEASURE_SHARE;
    struct pal_exhibit exhibit = {
        .name = PAL_VIEW("arrests-by-method"),
        .title = PAL_VIEW("How arrests came about, by fiscal year"),
        .caption =
            PAL_VIEW("Shares of all arrests of the year. \xE2\x80\x9C"
                     "Other\xE2\x80\x9D "
                     "holds re-arrests on paper, Border Patrol hand-overs and rare "
                     "methods. The method says how and where, not who was sought."),
        .chart = &chart.chart,
        .data = &data,
        .questions = {&report->methods.by_year, NULL, NULL},
        .recipe =
            "Add the counts of the areas; a share is a group's count divided by the "
            "sum of all groups of the year. The n of a line is its group's count.",
        .n = pal_result_n(&data),
        .n_unit = "arrests"};
    return st == PAL_OK ? pal_exhibit_write(report, &exhibit, err) : st;
}

static int compare_share(const void *a, const void *b)
{
    const struct pal_bar *left = a;
    const struct pal_bar *right = b;
    if (left->parts[0] != right->parts[0]) {
        return left->parts[0] < right->parts[0] ? 1 : -1;
    }
    return pal_view_compare(left->label, right->label);
}

static pal_status area_bar(struct pal_report *report, const struct pal_figure *figure,
                           struct pal_bar *bar, struct pal_error *err)
{
    bar->label = figure->keys[0];
    bar->is_strong = pal_history_is_studied(report, figure->keys[0]);
    if (!figure->has_value) {
        bar->missing = pal_view_of(pal_figure_status_text(figure->status));
        return PAL_OK;
    }
    bar->parts[0] = figure->value;
    bar->low = figure->low;
    bar->high = figure->high;
    return pal_report_words(
        report, &bar->note, err, "%s (%s) n = %s",
        pal_number_percent(figure->value, 1).text,
        pal_number_range(figure->low * 100, figure->high * 100, 1).text,
        pal_number_count(figure->n).text);
}

static pal_status write_areas(struct pal_report *report, struct pal_error *err)
{
    const struct pal_measure_result *shares = report->methods.shares;
    struct pal_bar_chart chart;
    void *room = NULL;
    size_t count = 0;
    pal_status st =
        pal_report_room(report, shares->count + 1, sizeof(struct pal_bar), &room, err);
    struct pal_bar *bars = room;
    for (size_t i = 0; st == PAL_OK && i < shares->count; i++) {
        st = area_bar(report, &shares->figures[i], &bars[count++], err);
    }
    if (st != PAL_OK || count == 0) {
        return st;
    }
    qsort(bars, count, sizeof *bars, compare_share);
    pal_bar_chart_init(&chart);
    chart.is_dot = true;
    chart.is_shares = true;
    chart.unit = PAL_VIEW("made at large, of arrests with a known method");
    chart.kind_count = 1;
    chart.bar_count = count;
    chart.bars = bars;
    chart.chart.text = (struct pal_svg_text){
        PAL_VIEW("Share of arrests made at large, by area"),
        PAL_VIEW("One dot for every area with its 95% interval, from "
                 "the highest share to the lowest. The numbers stand "
                 "beside the dots.")};
    struct pal_exhibit exhibit = {
        .name = PAL_VIEW("share-at-large-by-area"),
        .title = PAL_VIEW("Share of arrests made at large, by area"),
        .caption =
            PAL_VIEW("Dot: share of the baseline\xE2\x80\x99s arrests with a known "
                     "method; line through it: exact 95% interval (Clopper and "
                     "Pearson). Bold, filled: areas of the named places."),
        .chart = &chart.chart,
        .data = shares,
        .questions = {&report->methods.by_area, NULL, NULL},
        .n = pal_result_n(shares),
        .n_unit = "arrests with a known method"};
    return pal_exhibit_write(report, &exhibit, err);
}

/* The campaign's own days, where rows cover them, in words with their command. */
static void write_campaign(struct pal_report *report)
{
    const struct pal_methods *methods = &report->methods;
    const struct pal_figure *own = &methods->studied_campaign;
    const struct pal_figure *rest = &methods->rest_campaign;
    const struct pal_question *questions[] = {&methods->in_campaign};
    if (!own->has_value || !rest->has_value || report->facts.place_count == 0) {
        return;
    }
    pal_page_paragraph(
        &report->page,
        "In the campaign\xE2\x80\x99s own days: %s of arrests in %s (95%% interval %s; "
        "n "
        "= %s), %s in %s (%s; n = %s).",
        pal_number_percent(own->value, 1).text, pal_studied_words(report).text,
        pal_number_range(own->low * 100, own->high * 100, 1).text,
        pal_number_count(own->n).text, pal_number_percent(rest->value, 1).text,
        pal_rest_words(report),
        pal_number_range(rest->low * 100, rest->high * 100, 1).text,
        pal_number_count(rest->n).text);
    pal_page_markup(&report->page,
                    "<details><summary>How to get these numbers again</summary>\n");
    pal_page_commands(report, questions, 1,
                      "Add value times n of the areas, and divide by the sum of n.");
    pal_page_markup(&report->page, "</details>\n");
}

pal_status pal_section_methods(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    const struct pal_figure *own = &report->methods.studied_share;
    const struct pal_figure *rest = &report->methods.rest_share;
    pal_status st = PAL_OK;
    pal_page_section(page, 5, "methods", "At large, or from custody");
    if (!report->has_arrests || !report->methods.has) {
        pal_page_paragraph(page, "No release of this study records how an arrest came "
                                 "about.");
        pal_page_section_close(page);
        return PAL_OK;
    }
    if (own->has_value && rest->has_value && report->facts.place_count > 0) {
        pal_page_paragraph(
            page,
            "Made at large: %s of arrests in %s (95%% interval %s), %s in %s (%s). The "
            "others were taken over from a jail or prison, or made under an agreement "
            "with local police, called 287(g).",
            pal_number_percent(own->value, 1).text, pal_studied_words(report).text,
            pal_number_range(own->low * 100, own->high * 100, 1).text,
            pal_number_percent(rest->value, 1).text, pal_rest_words(report),
            pal_number_range(rest->low * 100, rest->high * 100, 1).text);
    }
    write_campaign(report);
    st = write_years(report, err);
    if (st == PAL_OK) {
        st = write_areas(report, err);
    }
    pal_page_section_close(page);
    return st;
}
