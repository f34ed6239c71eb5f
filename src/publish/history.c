/*
 * Arrests a day, month by month, of every area, of the studied areas together, and of the
 * rest. Sums are of measured counts; a rate is counts over the days that are covered.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "publish/report_internal.h"
#include "stat/interval.h"

/* Fewer days than that do not make a month: a release can spill one day over its end. */
enum { MONTH_DAYS_MIN = 20 };

bool pal_month_is_whole(const struct pal_month *month)
{
    return month->status == PAL_FIGURE_NUMBER && month->days_covered >= MONTH_DAYS_MIN;
}

pal_status pal_history_rate(const struct pal_history *history, int32_t first,
                            int32_t last, struct pal_figure *out, struct pal_error *err)
{
    int64_t count = 0;
    *out = (struct pal_figure){
        .low = (double)NAN, .high = (double)NAN, .status = PAL_FIGURE_NOT_COVERED};
    for (size_t i = 0; i < history->month_count; i++) {
        const struct pal_month *month = &history->months[i];
        if (month->first_day < first || month->first_day > last) {
            continue;
        }
        out->days += month->days;
        if (month->status == PAL_FIGURE_NUMBER) {
            count += month->count;
            out->days_covered += month->days_covered;
        }
    }
    if (out->days_covered == 0) {
        return PAL_OK;
    }
    struct pal_interval interval;
    pal_status st = pal_interval_count(count, 0.95, &interval, err);
    out->status = PAL_FIGURE_NUMBER;
    out->has_value = true;
    out->n = count;
    out->value = (double)count / out->days_covered;
    out->low = interval.low / out->days_covered;
    out->high = interval.high / out->days_covered;
    return st;
}

static int compare_number(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return left < right ? -1 : left > right;
}

/* Type 7 of Hyndman and Fan (1996), what R and spreadsheets call the quantile. */
static double quantile(const double *sorted, size_t count, double probability)
{
    double at = probability * (double)(count - 1);
    size_t low = (size_t)floor(at);
    size_t high = low + 1 < count ? low + 1 : low;
    return sorted[low] + (at - (double)low) * (sorted[high] - sorted[low]);
}

static pal_status find_usual(struct pal_report *report, struct pal_history *history,
                             struct pal_error *err)
{
    void *room = NULL;
    size_t count = 0;
    int32_t first = pal_month_first(report->facts.baseline_first);
    pal_status st =
        pal_report_room(report, history->month_count + 1, sizeof(double), &room, err);
    double *rates = room;
    for (size_t i = 0; st == PAL_OK && i < history->month_count; i++) {
        const struct pal_month *month = &history->months[i];
        if (month->first_day >= first &&
            month->first_day <= report->facts.baseline_last &&
            pal_month_is_whole(month)) {
            rates[count++] = (double)month->count / month->days_covered;
        }
    }
    if (st != PAL_OK || count < 4) {
        return st;
    }
    qsort(rates, count, sizeof *rates, compare_number);
    history->has_usual = true;
    history->low = quantile(rates, count, 0.25);
    history->middle = quantile(rates, count, 0.5);
    history->high = quantile(rates, count, 0.75);
    return PAL_OK;
}

static bool is_named(struct pal_view area)
{
    return !pal_view_is_equal(area, PAL_VIEW("not stated")) &&
           !pal_view_is_equal(area, PAL_VIEW("not recorded")) &&
           !pal_view_is_equal(area, PAL_VIEW("redacted"));
}

/* An area that a place lies in; without places every named area is studied. */
static bool is_studied(const struct pal_facts *facts, struct pal_view area)
{
    for (size_t i = 0; i < facts->place_count; i++) {
        if (pal_view_is_equal(facts->places[i].area, area)) {
            return true;
        }
    }
    return facts->place_count == 0 && is_named(area);
}

static bool is_compared(const struct pal_facts *facts, struct pal_view area)
{
    for (size_t i = 0; i < facts->comparison_count; i++) {
        if (pal_view_is_equal(facts->comparisons[i], area)) {
            return true;
        }
    }
    return facts->comparison_count == 0;
}

static bool is_rest(const struct pal_facts *facts, const struct pal_history *area)
{
    return facts->place_count > 0 && !area->is_studied &&
           is_compared(facts, area->name);
}

static void fill_months(struct pal_history *history, const struct pal_figure *figures,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int32_t first = pal_month_from_text(figures[i].keys[1]);
        if (first == PAL_DAY_NONE) {
            continue;
        }
        history->months[history->month_count++] = (struct pal_month){
            .first_day = first,
            .status = figures[i].status,
            .count = llround(figures[i].value * figures[i].days_covered),
            .days_covered = figures[i].days_covered,
            .days = figures[i].days};
    }
}

/* The figures come sorted by area, then month: one run an area. */
static pal_status split_areas(struct pal_report *report,
                              const struct pal_measure_result *result,
                              struct pal_error *err)
{
    struct pal_histories *histories = &report->histories;
    void *room = NULL;
    pal_status st = pal_report_room(report, result->count + 1, sizeof *histories->areas,
                                    &room, err);
    histories->areas = room;
    for (size_t i = 0; st == PAL_OK && i < result->count;) {
        struct pal_history *history = &histories->areas[histories->area_count];
        size_t end = i;
        history->name = result->figures[i].keys[0];
        while (end < result->count &&
               pal_view_is_equal(result->figures[end].keys[0], history->name)) {
            end++;
        }
        st = pal_report_room(report, end - i, sizeof *history->months, &room, err);
        history->months = room;
        if (st == PAL_OK) {
            fill_months(history, &result->figures[i], end - i);
            history->is_studied = is_studied(&report->facts, history->name);
            history->is_rest = is_rest(&report->facts, history);
            history->figure_first = i;
            history->figure_count = end - i;
            histories->area_count++;
            st = find_usual(report, history, err);
        }
        i = end;
    }
    return st;
}

/* Whether an area belongs to a sum. */
typedef bool (*member_test)(const struct pal_history *area);

static bool in_studied(const struct pal_history *area)
{
    return area->is_studied;
}

static bool in_rest(const struct pal_history *area)
{
    return area->is_rest;
}

static bool in_country(const struct pal_history *area)
{
    (void)area;
    return true;
}

static void add_months(struct pal_history *sum, const struct pal_history *area)
{
    for (size_t i = 0; i < area->month_count; i++) {
        const struct pal_month *month = &area->months[i];
        for (size_t k = 0; k < sum->month_count; k++) {
            if (sum->months[k].first_day == month->first_day) {
                sum->months[k].count += month->count;
                break;
            }
        }
    }
}

/* A sum has the months, and the coverage, of the whole country's figures. */
static pal_status sum_areas(struct pal_report *report,
                            const struct pal_measure_result *country,
                            member_test is_member, struct pal_history *sum,
                            struct pal_error *err)
{
    struct pal_histories *histories = &report->histories;
    size_t member_count = 0;
    void *room = NULL;
    pal_status st =
        pal_report_room(report, country->count + 1, sizeof *sum->months, &room, err);
    sum->months = room;
    sum->is_group = true;
    for (size_t i = 0; st == PAL_OK && i < country->count; i++) {
        int32_t first = pal_month_from_text(country->figures[i].keys[0]);
        if (first != PAL_DAY_NONE) {
            sum->months[sum->month_count++] =
                (struct pal_month){.first_day = first,
                                   .status = country->figures[i].status,
                                   .days_covered = country->figures[i].days_covered,
                                   .days = country->figures[i].days};
        }
    }
    for (size_t i = 0; st == PAL_OK && i < histories->area_count; i++) {
        if (is_member(&histories->areas[i])) {
            add_months(sum, &histories->areas[i]);
            member_count++;
        }
    }
    if (st == PAL_OK && member_count == 0) {
        sum->month_count = 0;
    }
    return st == PAL_OK ? find_usual(report, sum, err) : st;
}

static pal_status load_sums(struct pal_report *report,
                            const struct pal_measure_result *country,
                            struct pal_error *err)
{
    struct pal_histories *histories = &report->histories;
    pal_status st =
        sum_areas(report, country, in_studied, &histories->studied_sum, err);
    if (st == PAL_OK) {
        st = sum_areas(report, country, in_rest, &histories->rest_sum, err);
    }
    if (st == PAL_OK) {
        st = sum_areas(report, country, in_country, &histories->country, err);
    }
    histories->studied_sum.name = PAL_VIEW("These areas together");
    histories->rest_sum.name = report->facts.comparison_count == 0
                                   ? PAL_VIEW("The rest of the country")
                                   : PAL_VIEW("The areas compared with");
    histories->country.name = PAL_VIEW("The whole country");
    return st;
}

static pal_status load_baselines(struct pal_report *report, struct pal_error *err)
{
    struct pal_histories *histories = &report->histories;
    const struct pal_facts *facts = &report->facts;
    struct pal_question question = {.measure = "arrests_per_day",
                                    .by = {"area"},
                                    .first = facts->baseline_first,
                                    .last = facts->baseline_last};
    struct pal_history *sums[] = {&histories->studied_sum, &histories->rest_sum,
                                  &histories->country};
    int32_t first = pal_month_first(facts->baseline_first);
    pal_status st = pal_report_ask(report, &question, &histories->by_area, err);
    for (size_t i = 0; st == PAL_OK && i < histories->area_count; i++) {
        struct pal_history *area = &histories->areas[i];
        const struct pal_figure *figure =
            pal_result_find(histories->by_area, area->name, PAL_VIEW(""), PAL_VIEW(""));
        area->baseline = (struct pal_figure){
            .low = (double)NAN, .high = (double)NAN, .status = PAL_FIGURE_NO_DATA};
        if (figure != NULL) {
            area->baseline = *figure;
        }
    }
    for (size_t i = 0; st == PAL_OK && i < sizeof sums / sizeof sums[0]; i++) {
        st = pal_history_rate(sums[i], first, facts->baseline_last, &sums[i]->baseline,
                              err);
    }
    return st;
}

static pal_status list_studied(struct pal_report *report, struct pal_error *err)
{
    struct pal_histories *histories = &report->histories;
    void *room = NULL;
    pal_status st = pal_report_room(report, histories->area_count + 1,
                                    sizeof(const struct pal_history *), &room, err);
    histories->studied = room;
    for (size_t i = 0; st == PAL_OK && i < histories->area_count; i++) {
        if (histories->areas[i].is_studied) {
            histories->studied[histories->studied_count++] = &histories->areas[i];
        }
    }
    return st;
}

pal_status pal_histories_load(struct pal_report *report, struct pal_error *err)
{
    const struct pal_facts *facts = &report->facts;
    struct pal_histories *histories = &report->histories;
    const struct pal_measure_result *country = NULL;
    int32_t last = facts->baseline_last;
    if (facts->has_campaign && facts->last > last) {
        last = facts->last;
    }
    histories->question = (struct pal_question){.measure = "arrests_per_day",
                                                .by = {"area", "month"},
                                                .first = facts->baseline_first,
                                                .last = last};
    histories->question_all = histories->question;
    histories->question_all.by[0] = "month";
    histories->question_all.by[1] = NULL;
    pal_status st =
        pal_report_ask(report, &histories->question, &histories->by_month, err);
    if (st == PAL_OK) {
        st = pal_report_ask(report, &histories->question_all, &country, err);
    }
    if (st == PAL_OK) {
        st = split_areas(report, histories->by_month, err);
    }
    if (st == PAL_OK) {
        st = load_sums(report, country, err);
    }
    if (st == PAL_OK) {
        st = load_baselines(report, err);
    }
    return st == PAL_OK ? list_studied(report, err) : st;
}

const struct pal_history *pal_history_find(const struct pal_report *report,
                                           struct pal_view area)
{
    const struct pal_histories *histories = &report->histories;
    for (size_t i = 0; i < histories->area_count; i++) {
        if (pal_view_is_equal(histories->areas[i].name, area)) {
            return &histories->areas[i];
        }
    }
    return NULL;
}

bool pal_history_is_studied(const struct pal_report *report, struct pal_view area)
{
    const struct pal_history *history = pal_history_find(report, area);
    return report->facts.place_count > 0 && history != NULL && history->is_studied;
}

const char *pal_rest_words(const struct pal_report *report)
{
    return report->facts.comparison_count == 0 ? "the rest of the country"
                                               : "the areas compared with";
}
