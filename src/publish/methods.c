/*
 * How arrests came about: counts by group and year, shares at large with exact intervals.
 */
#include <math.h>

#include "publish/report_internal.h"
#include "stat/interval.h"

pal_status pal_share_of(int64_t part, int64_t whole, struct pal_figure *out,
                        struct pal_error *err)
{
    struct pal_interval interval = {(double)NAN, (double)NAN};
    *out = (struct pal_figure){.low = (double)NAN,
                               .high = (double)NAN,
                               .n = whole,
                               .status = PAL_FIGURE_NO_DATA};
    if (whole <= 0) {
        return PAL_OK;
    }
    pal_status st = pal_interval_share_exact(part, whole, 0.95, &interval, err);
    out->status = PAL_FIGURE_NUMBER;
    out->has_value = true;
    out->value = (double)part / (double)whole;
    out->low = interval.low;
    out->high = interval.high;
    return st;
}

size_t pal_fiscal_years(const struct pal_facts *facts,
                        int32_t years[PAL_FISCAL_YEAR_MAX])
{
    size_t count = 0;
    if (facts->baseline_first == PAL_DAY_NONE || facts->baseline_last == PAL_DAY_NONE) {
        return 0;
    }
    int32_t last = pal_fiscal_year_of(facts->baseline_last);
    int32_t first = pal_fiscal_year_of(facts->baseline_first);
    if (last - first >= PAL_FISCAL_YEAR_MAX) {
        first = last - PAL_FISCAL_YEAR_MAX + 1;
    }
    for (int32_t year = first; year <= last; year++) {
        years[count++] = year;
    }
    return count;
}

/* Shares of sums of areas: the hits and bases of the areas' own shares. */
static pal_status sum_shares(struct pal_report *report,
                             const struct pal_measure_result *shares,
                             struct pal_figure *studied, struct pal_figure *rest,
                             struct pal_error *err)
{
    int64_t hits[2] = {0, 0};
    int64_t bases[2] = {0, 0};
    for (size_t i = 0; i < shares->count; i++) {
        const struct pal_figure *figure = &shares->figures[i];
        const struct pal_history *area = pal_history_find(report, figure->keys[0]);
        if (!figure->has_value || area == NULL ||
            !(area->is_studied || area->is_rest)) {
            continue;
        }
        int side = area->is_studied ? 0 : 1;
        hits[side] += llround(figure->value * (double)figure->n);
        bases[side] += figure->n;
    }
    pal_status st = pal_share_of(hits[0], bases[0], studied, err);
    if (st == PAL_OK) {
        st = pal_share_of(hits[1], bases[1], rest, err);
    }
    return st;
}

/* The same shares for the campaign's own days, where rows cover some. */
static pal_status load_campaign(struct pal_report *report, struct pal_error *err)
{
    struct pal_methods *methods = &report->methods;
    const struct pal_facts *facts = &report->facts;
    const struct pal_measure_result *shares = NULL;
    if (!facts->has_campaign || facts->gap == PAL_GAP_ALL) {
        return PAL_OK;
    }
    methods->in_campaign = methods->by_area;
    methods->in_campaign.first = facts->first;
    methods->in_campaign.last = facts->last;
    pal_status st = pal_report_ask(report, &methods->in_campaign, &shares, err);
    if (st == PAL_OK) {
        st = sum_shares(report, shares, &methods->studied_campaign,
                        &methods->rest_campaign, err);
    }
    return st;
}

pal_status pal_methods_load(struct pal_report *report, struct pal_error *err)
{
    struct pal_methods *methods = &report->methods;
    const struct pal_facts *facts = &report->facts;
    methods->by_year =
        (struct pal_question){.measure = "arrests",
                              .by = {"area", "method_group", "fiscal_year"},
                              .first = facts->baseline_first,
                              .last = facts->baseline_last};
    methods->by_area = (struct pal_question){.measure = "at_large_share",
                                             .by = {"area"},
                                             .first = facts->baseline_first,
                                             .last = facts->baseline_last};
    pal_status st = pal_report_ask(report, &methods->by_year, &methods->counts, err);
    if (st == PAL_OK) {
        st = pal_report_ask(report, &methods->by_area, &methods->shares, err);
    }
    for (size_t i = 0; st == PAL_OK && i < methods->counts->count; i++) {
        methods->has = methods->has || methods->counts->figures[i].has_value;
    }
    if (st == PAL_OK) {
        st = sum_shares(report, methods->shares, &methods->studied_share,
                        &methods->rest_share, err);
    }
    return st == PAL_OK ? load_campaign(report, err) : st;
}
