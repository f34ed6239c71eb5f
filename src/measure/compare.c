#include "measure/compare.h"

#include <math.h>

#include "measure/measure_internal.h"
#include "stat/event_study.h"

enum { AREA_MAX = 256, MONTH_MAX = 1200, PLACEBO_MONTHS_MIN = 3, SEED = 1 };
#define LEVEL 0.95

const char *pal_compare_status_text(enum pal_compare_status status)
{
    static const char *const texts[] = {
        [PAL_COMPARE_NUMBER] = "number",
        [PAL_COMPARE_NOT_COVERED] = "not covered",
        [PAL_COMPARE_TOO_FEW] = "too few areas",
        [PAL_COMPARE_NO_DATE] = "no date in the study",
    };
    return texts[status];
}

struct area {
    struct pal_view name;
    bool is_place;
};

/* Counts of months by area; a month that is not wholly covered has -1. */
struct panel {
    size_t area_count;
    struct area areas[AREA_MAX];
    bool has_others; /* the study names what to compare with */
    size_t month_count;
    int32_t months[MONTH_MAX];
    bool is_whole[MONTH_MAX];
    double *counts; /* area by area */
    int32_t campaign_first;
    int32_t campaign_last;
    int32_t baseline_first;
    int32_t baseline_last;
};

static int32_t day_from(const struct pal_value *value)
{
    return value->kind == PAL_VALUE_NULL ? PAL_DAY_NONE : (int32_t)value->integer;
}

static pal_status load_dates(struct pal_store *store, struct panel *panel,
                             struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status st = pal_store_query(store, pal_measure_frame("compare_dates.sql"), NULL,
                                    0, &cursor, err);
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    if (st == PAL_OK) {
        PAL_BUG_IF(row == NULL);
        panel->campaign_first = day_from(&row[0]);
        panel->campaign_last = day_from(&row[1]);
        panel->baseline_first = day_from(&row[2]);
        panel->baseline_last = day_from(&row[3]);
    }
    pal_cursor_close(cursor);
    return st;
}

static pal_status load_areas(struct pal_store *store, struct pal_arena *arena,
                             struct panel *panel, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status st = pal_store_query(store, pal_measure_frame("compare_areas.sql"), NULL,
                                    0, &cursor, err);
    while (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        if (panel->area_count == AREA_MAX) {
            st = pal_fail(err, PAL_LIMIT, "more than %d areas", AREA_MAX);
            break;
        }
        struct area *area = &panel->areas[panel->area_count++];
        area->is_place = row[1].integer != 0;
        panel->has_others = panel->has_others || !area->is_place;
        st = pal_arena_copy(arena, row[0].text, &area->name, err);
    }
    pal_cursor_close(cursor);
    return st;
}

/* -1: the area is not compared. Without areas named, every other one of the records is. */
static int find_area(struct panel *panel, struct pal_view name)
{
    for (size_t i = 0; i < panel->area_count; i++) {
        if (pal_view_is_equal(panel->areas[i].name, name)) {
            return (int)i;
        }
    }
    return -1;
}

static bool is_area(struct pal_view name)
{
    return !pal_view_is_equal(name, PAL_VIEW("not stated")) &&
           !pal_view_is_equal(name, PAL_VIEW("not recorded")) &&
           !pal_view_is_equal(name, PAL_VIEW("redacted"));
}

static pal_status add_others(struct panel *panel,
                             const struct pal_measure_result *result,
                             struct pal_arena *arena, struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < result->count && !panel->has_others; i++) {
        struct pal_view name = result->figures[i].keys[0];
        if (is_area(name) && find_area(panel, name) < 0) {
            if (panel->area_count == AREA_MAX) {
                return pal_fail(err, PAL_LIMIT, "more than %d areas", AREA_MAX);
            }
            struct area *area = &panel->areas[panel->area_count++];
            area->is_place = false;
            st = pal_arena_copy(arena, name, &area->name, err);
        }
    }
    return st;
}

static int find_month(struct panel *panel, int32_t first)
{
    for (size_t i = 0; i < panel->month_count; i++) {
        if (panel->months[i] == first) {
            return (int)i;
        }
    }
    return -1;
}

static pal_status add_months(struct panel *panel,
                             const struct pal_measure_result *result,
                             struct pal_error *err)
{
    for (size_t i = 0; i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        int32_t first = pal_period_from_text(PAL_PERIOD_MONTH, figure->keys[1]);
        if (first == PAL_DAY_NONE || find_month(panel, first) >= 0) {
            continue;
        }
        if (panel->month_count == MONTH_MAX) {
            return pal_fail(err, PAL_LIMIT, "more than %d months", MONTH_MAX);
        }
        size_t at = panel->month_count++;
        while (at > 0 && panel->months[at - 1] > first) {
            panel->months[at] = panel->months[at - 1];
            at--;
        }
        panel->months[at] = first;
    }
    return PAL_OK;
}

/* A month counts only where all areas have all of it. */
static void fill(struct panel *panel, const struct pal_measure_result *result)
{
    for (size_t i = 0; i < panel->area_count * panel->month_count; i++) {
        panel->counts[i] = -1;
    }
    for (size_t i = 0; i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        int area = find_area(panel, figure->keys[0]);
        int month =
            find_month(panel, pal_period_from_text(PAL_PERIOD_MONTH, figure->keys[1]));
        if (area >= 0 && month >= 0 && figure->has_value &&
            figure->days_covered >= figure->days) {
            panel->counts[(size_t)area * panel->month_count + (size_t)month] =
                figure->value;
        }
    }
    for (size_t m = 0; m < panel->month_count; m++) {
        panel->is_whole[m] = panel->area_count > 0;
        for (size_t a = 0; a < panel->area_count; a++) {
            panel->is_whole[m] =
                panel->is_whole[m] && panel->counts[a * panel->month_count + m] >= 0;
        }
    }
}

static pal_status load_counts(struct pal_store *store, struct pal_arena *arena,
                              struct panel *panel, struct pal_error *err)
{
    struct pal_measure_request request = {.by_count = 2,
                                          .by = {PAL_VIEW("area"), PAL_VIEW("month")},
                                          .first = panel->baseline_first,
                                          .last = panel->campaign_last};
    struct pal_measure_result *result = NULL;
    void *memory = NULL;
    PAL_BUG_IF(!pal_measure_find(PAL_VIEW("arrests"), &request.measure));
    pal_status st = pal_measure_run(store, &request, &result, err);
    if (st == PAL_OK) {
        st = add_others(panel, result, arena, err);
    }
    if (st == PAL_OK) {
        st = add_months(panel, result, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, panel->area_count * panel->month_count + 1,
                             sizeof *panel->counts, &memory, err);
        panel->counts = memory;
    }
    if (st == PAL_OK) {
        fill(panel, result);
    }
    pal_measure_result_free(result);
    return st;
}

/* ---- one comparison ---- */

struct window {
    int32_t before_first;
    int32_t date;
    int32_t after_last;
};

/* What the estimator is given. */
struct input {
    size_t area_count;
    size_t areas[AREA_MAX];
    size_t month_count;
    size_t months[MONTH_MAX];
    bool is_chosen[AREA_MAX];
    bool is_before[MONTH_MAX];
    bool is_after[MONTH_MAX];
    size_t before_count;
    size_t after_count;
};

static int32_t month_last(int32_t first)
{
    return pal_month_next(first) - 1;
}

/* The month in which the date lies is neither before nor after, unless it begins with it. */
static void take_months(const struct panel *panel, const struct window *window,
                        struct input *input)
{
    for (size_t m = 0; m < panel->month_count; m++) {
        int32_t first = panel->months[m];
        if (!panel->is_whole[m] || first < window->before_first ||
            month_last(first) > window->after_last) {
            continue;
        }
        size_t at = input->month_count++;
        input->months[at] = m;
        input->is_before[at] = month_last(first) < window->date;
        input->is_after[at] = first >= window->date;
        input->before_count += input->is_before[at] ? 1 : 0;
        input->after_count += input->is_after[at] ? 1 : 0;
    }
}

static void take_areas(const struct panel *panel, struct input *input,
                       struct pal_comparison *out)
{
    for (size_t a = 0; a < panel->area_count; a++) {
        double sum = 0;
        for (size_t t = 0; t < input->month_count; t++) {
            sum += input->is_before[t]
                       ? panel->counts[a * panel->month_count + input->months[t]]
                       : 0;
        }
        if (sum < (double)PAL_COMPARE_ARRESTS_MIN * (double)input->before_count) {
            out->small_count++;
            continue;
        }
        input->is_chosen[input->area_count] = panel->areas[a].is_place;
        input->areas[input->area_count++] = a;
        out->place_count += panel->areas[a].is_place ? 1 : 0;
        out->other_count += panel->areas[a].is_place ? 0 : 1;
    }
}

static struct pal_compare_ratio ratio_of(const struct pal_effect *effect)
{
    struct pal_compare_ratio out = {.value = exp(effect->value),
                                    .has_interval = effect->has_interval,
                                    .p_value = effect->p_value};
    if (effect->has_interval) {
        out.low = exp(effect->low);
        out.high = exp(effect->high);
    }
    return out;
}

static pal_status take_result(const struct panel *panel, const struct input *input,
                              const struct pal_event_study *study,
                              struct pal_arena *arena, struct pal_comparison *out,
                              struct pal_error *err)
{
    void *memory = NULL;
    pal_status st = pal_arena_alloc(arena, input->month_count + 1, sizeof *out->months,
                                    &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    out->months = memory;
    out->month_count = input->month_count;
    for (size_t t = 0; t < input->month_count; t++) {
        out->months[t] = (struct pal_compare_month){panel->months[input->months[t]],
                                                    input->is_after[t],
                                                    ratio_of(&study->periods[t])};
    }
    out->status = PAL_COMPARE_NUMBER;
    out->after = ratio_of(&study->after);
    out->is_exact = study->is_exact;
    out->choice_count = study->choice_count;
    return PAL_OK;
}

static pal_status estimate(const struct panel *panel, const struct input *input,
                           struct pal_arena *arena, struct pal_comparison *out,
                           struct pal_error *err)
{
    struct pal_event_study study;
    void *memory = NULL;
    pal_status st = pal_arena_alloc(arena, input->area_count * input->month_count + 1,
                                    sizeof(double), &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    double *values = memory;
    for (size_t a = 0; a < input->area_count; a++) {
        for (size_t t = 0; t < input->month_count; t++) {
            int32_t first = panel->months[input->months[t]];
            double count =
                panel->counts[input->areas[a] * panel->month_count + input->months[t]];
            values[a * input->month_count + t] =
                log((count + 0.5) / (double)(pal_month_next(first) - first));
        }
    }
    const struct pal_event_study_data data = {
        input->area_count, input->month_count, values,
        input->is_chosen,  input->is_before,   input->is_after};
    const struct pal_event_study_setting setting = {LEVEL, PAL_COMPARE_DRAW_COUNT,
                                                    SEED};
    st = pal_event_study_run(&data, &setting, arena, &study, err);
    if (st == PAL_OK && study.status != PAL_FIT_OK) {
        out->status = PAL_COMPARE_TOO_FEW;
        return PAL_OK;
    }
    return st == PAL_OK ? take_result(panel, input, &study, arena, out, err) : st;
}

static pal_status compare(const struct panel *panel, const struct window *window,
                          struct pal_arena *arena, struct pal_comparison *out,
                          struct pal_error *err)
{
    void *memory = NULL;
    *out = (struct pal_comparison){.status = PAL_COMPARE_NO_DATE,
                                   .date = window->date,
                                   .before_first = window->before_first,
                                   .after_last = window->after_last};
    if (window->date == PAL_DAY_NONE || window->before_first == PAL_DAY_NONE) {
        return PAL_OK;
    }
    pal_status st = pal_arena_alloc(arena, 1, sizeof(struct input), &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    struct input *input = memory;
    take_months(panel, window, input);
    if (input->before_count == 0 || input->after_count == 0) {
        out->status = PAL_COMPARE_NOT_COVERED;
        return PAL_OK;
    }
    take_areas(panel, input, out);
    if (out->place_count == 0 || out->other_count == 0) {
        out->status = PAL_COMPARE_TOO_FEW;
        return PAL_OK;
    }
    return estimate(panel, input, arena, out, err);
}

/* The campaign's first day in an earlier year, with enough whole months behind it. */
static int32_t placebo_of(const struct panel *panel)
{
    struct pal_civil day = pal_civil_of(panel->campaign_first);
    if (panel->campaign_first == PAL_DAY_NONE ||
        panel->baseline_first == PAL_DAY_NONE) {
        return PAL_DAY_NONE;
    }
    for (int years = 1; years < 50; years++) {
        struct pal_civil earlier = {day.year - years, day.month, day.day};
        if (!pal_civil_is_valid(earlier)) {
            earlier.day = pal_days_in_month(earlier.year, earlier.month);
        }
        int32_t date = pal_day_of(earlier);
        size_t count = 0;
        for (size_t m = 0; m < panel->month_count; m++) {
            count += panel->is_whole[m] && panel->months[m] >= date &&
                             month_last(panel->months[m]) <= panel->baseline_last
                         ? 1
                         : 0;
        }
        if (date <= panel->baseline_first) {
            return PAL_DAY_NONE;
        }
        if (count >= PLACEBO_MONTHS_MIN) {
            return date;
        }
    }
    return PAL_DAY_NONE;
}

pal_status pal_compare_run(struct pal_store *store, int32_t placebo,
                           struct pal_arena *arena, struct pal_comparison *campaign,
                           struct pal_comparison *out_placebo, struct pal_error *err)
{
    void *memory = NULL;
    pal_status st = pal_arena_alloc(arena, 1, sizeof(struct panel), &memory, err);
    struct panel *panel = memory;
    if (st == PAL_OK) {
        st = load_dates(store, panel, err);
    }
    if (st == PAL_OK) {
        st = load_areas(store, arena, panel, err);
    }
    if (st == PAL_OK) {
        st = load_counts(store, arena, panel, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    /* The time between the baseline and the campaign counts on neither side. */
    const struct window at_campaign = {panel->baseline_first, panel->campaign_first,
                                       panel->campaign_last};
    const struct window at_placebo = {
        panel->baseline_first, placebo != PAL_DAY_NONE ? placebo : placebo_of(panel),
        panel->baseline_last};
    st = compare(panel, &at_campaign, arena, campaign, err);
    return st == PAL_OK ? compare(panel, &at_placebo, arena, out_placebo, err) : st;
}
