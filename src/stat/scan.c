/*
 * Kulldorff, Comm Stat 26 (1997) 1481; JRSS-A 164 (2001) 61; permutation: Kulldorff et al.,
 * PLoS Med 2 (2005) e59; expectation: Neill et al. 2005.
 *   permutation  mu = (zone's cases) (window's cases) / C
 *   population   mu = the window's baselines, scaled so that all sum to C
 *     ratio = c log(c / mu) + (C - c) log((C - c) / (C - mu)) when c > mu
 *   expectation  ratio = c log(c / b) - (c - b) when c > b
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stat/scan_internal.h"

static pal_status get(struct pal_arena *arena, size_t count, size_t size, void **out,
                      struct pal_error *err)
{
    return pal_arena_alloc(arena, count, size, out, err);
}

static double ratio_of(const struct pal_scan_pass *pass, double c, double mu)
{
    if (!(c > mu)) {
        return 0.0;
    }
    if (pass->setting->mode == PAL_SCAN_EXPECTATION) {
        return mu > 0 ? c * log(c / mu) - (c - mu) : (double)INFINITY;
    }
    double rest = pass->total - c;
    double outside = rest > 0 ? rest * log(rest / (pass->total - mu)) : 0.0;
    return c * log(c / mu) + outside;
}

static void sum_zone(const struct pal_scan_pass *pass, size_t zone)
{
    memset(pass->zone_cases, 0, pass->step_count * sizeof *pass->zone_cases);
    memset(pass->zone_base, 0, pass->step_count * sizeof *pass->zone_base);
    for (size_t k = pass->zones->begin[zone]; k < pass->zones->begin[zone + 1]; k++) {
        size_t first = pass->zones->places[k] * pass->step_count;
        for (size_t t = 0; t < pass->step_count; t++) {
            pass->zone_cases[t] += pass->counts[first + t];
            if (pass->baselines != NULL) {
                pass->zone_base[t] += pass->baselines[first + t] * pass->scale;
            }
        }
    }
}

/* What is expected of the zone at each step, into zone_base; expectations add up. */
static void expect_zone(const struct pal_scan_pass *pass)
{
    double zone_total = 0.0;
    if (pass->setting->mode != PAL_SCAN_PERMUTATION) {
        return;
    }
    for (size_t t = 0; t < pass->step_count; t++) {
        zone_total += pass->zone_cases[t];
    }
    for (size_t t = 0; t < pass->step_count; t++) {
        pass->zone_base[t] = zone_total * pass->step_cases[t] / pass->total;
    }
}

/* All windows of one zone that end at `last`, shortest first. A likelihood ratio is at most
 * chi square, (c - mu)^2 / mu and the same of the rest (Gibbs & Su, Int Stat Rev 70 (2002)
 * 419): most windows are passed over without a logarithm. */
static pal_status walk_back(const struct pal_scan_pass *pass, size_t zone, size_t last,
                            const struct pal_scan_visitor *visitor,
                            struct pal_error *err)
{
    const double *zone_cases = pass->zone_cases;
    const double *zone_base = pass->zone_base;
    bool has_rest = pass->setting->mode != PAL_SCAN_EXPECTATION;
    double inverse = has_rest ? 1.0 / pass->total : 0.0;
    double cases = 0.0;
    double expected = 0.0;
    size_t step_max = pass->setting->step_max;
    size_t first = last + 1;
    size_t end = first > step_max ? first - step_max : 0;
    while (first > end) {
        first--;
        cases += zone_cases[first];
        expected += zone_base[first];
        double gap = cases - expected;
        double least = pass->least * expected * (1.0 - expected * inverse);
        /* one test for no excess and for too little: half the windows have none, at random */
        if (gap * fabs(gap) < least * (1.0 - 1e-9)) {
            continue;
        }
        const struct pal_scan_window window = {
            zone, first, last, cases, expected, ratio_of(pass, cases, expected)};
        if (window.ratio > 0) {
            pal_status status = visitor->visit(visitor->context, &window, err);
            if (status != PAL_OK) {
                return status;
            }
        }
    }
    return PAL_OK;
}

pal_status pal_scan_walk(struct pal_scan_pass *pass,
                         const struct pal_scan_visitor *visitor, struct pal_error *err)
{
    size_t steps = pass->step_count;
    pal_status status = PAL_OK;
    PAL_BUG_IF(pass->step_cases == NULL);
    memset(pass->step_cases, 0, steps * sizeof *pass->step_cases);
    pass->total = 0.0;
    for (size_t i = 0; i < pass->place_count * steps; i++) {
        pass->step_cases[i % steps] += pass->counts[i];
        pass->total += pass->counts[i];
    }
    double base_total = 0.0;
    for (size_t i = 0; pass->baselines != NULL && i < pass->place_count * steps; i++) {
        base_total += pass->baselines[i];
    }
    bool is_scaled = pass->setting->mode == PAL_SCAN_POPULATION && base_total > 0;
    pass->scale = is_scaled ? pass->total / base_total : 1.0;
    if (pass->total <= 0) {
        return PAL_OK;
    }
    for (size_t zone = 0; status == PAL_OK && zone < pass->zones->count; zone++) {
        sum_zone(pass, zone);
        expect_zone(pass);
        size_t from = pass->setting->is_prospective ? steps - 1 : 0;
        for (size_t last = from; status == PAL_OK && last < steps; last++) {
            status = walk_back(pass, zone, last, visitor, err);
        }
    }
    return status;
}

pal_status pal_scan_pass_init(const struct pal_scan_data *data,
                              const struct pal_scan_zones *zones,
                              const struct pal_scan *setting, struct pal_arena *arena,
                              struct pal_scan_pass *out, struct pal_error *err)
{
    void *memory[3] = {NULL};
    bool needs_base = setting->mode != PAL_SCAN_PERMUTATION;
    if (data->step_count == 0 || data->step_count > PAL_SCAN_STEP_MAX ||
        setting->step_max == 0 || (needs_base && data->baselines == NULL)) {
        return pal_fail(err, PAL_INPUT,
                        "a scan needs 1 to %d steps, windows of 1 step or more, and a "
                        "baseline unless it is a permutation scan",
                        PAL_SCAN_STEP_MAX);
    }
    for (size_t i = 0; i < data->place_count * data->step_count; i++) {
        bool is_count = data->counts[i] >= 0 &&
                        data->counts[i] == floor(data->counts[i]) &&
                        data->counts[i] < 1e9;
        if (!is_count || (needs_base && !(data->baselines[i] >= 0))) {
            return pal_fail(err, PAL_INPUT,
                            "place %zu, step %zu: a count and a baseline from 0 on are "
                            "needed",
                            i / data->step_count + 1, i % data->step_count + 1);
        }
    }
    for (size_t k = 0; k < 3; k++) {
        pal_status status =
            get(arena, data->step_count, sizeof(double), &memory[k], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    *out = (struct pal_scan_pass){.zones = zones,
                                  .setting = setting,
                                  .place_count = data->place_count,
                                  .step_count = data->step_count,
                                  .counts = data->counts,
                                  .baselines = needs_base ? data->baselines : NULL,
                                  .zone_cases = memory[0],
                                  .zone_base = memory[1],
                                  .step_cases = memory[2]};
    return PAL_OK;
}

struct collection {
    struct pal_arena *arena;
    struct pal_scan_window *windows;
    size_t count;
    size_t room;
};

static pal_status collect(void *context, const struct pal_scan_window *window,
                          struct pal_error *err)
{
    struct collection *all = context;
    if (all->count == all->room) {
        void *memory = NULL;
        size_t room = all->room == 0 ? 256 : 2 * all->room;
        pal_status status = get(all->arena, room, sizeof *all->windows, &memory, err);
        if (status != PAL_OK) {
            return status;
        }
        if (all->count > 0) {
            memcpy(memory, all->windows, all->count * sizeof *all->windows);
        }
        all->windows = memory;
        all->room = room;
    }
    all->windows[all->count++] = *window;
    return PAL_OK;
}

static int compare_windows(const void *a, const void *b)
{
    const struct pal_scan_window *x = a;
    const struct pal_scan_window *y = b;
    if (x->ratio != y->ratio) {
        return x->ratio < y->ratio ? 1 : -1;
    }
    if (x->zone != y->zone) {
        return x->zone > y->zone ? 1 : -1;
    }
    if (x->last != y->last) {
        return x->last > y->last ? 1 : -1;
    }
    return (x->first > y->first) - (x->first < y->first);
}

pal_status pal_scan_run(const struct pal_scan_data *data,
                        const struct pal_scan_zones *zones,
                        const struct pal_scan *setting, struct pal_arena *arena,
                        struct pal_scan_found *out, struct pal_error *err)
{
    struct pal_scan_pass pass = {0};
    struct collection all = {.arena = arena};
    const struct pal_scan_visitor visitor = {collect, &all};
    *out = (struct pal_scan_found){NULL, 0};
    pal_status status = pal_scan_pass_init(data, zones, setting, arena, &pass, err);
    status = status == PAL_OK ? pal_scan_walk(&pass, &visitor, err) : status;
    if (status == PAL_OK) {
        if (all.count > 0) {
            qsort(all.windows, all.count, sizeof *all.windows, compare_windows);
        }
        *out = (struct pal_scan_found){all.windows, all.count};
    }
    return status;
}
