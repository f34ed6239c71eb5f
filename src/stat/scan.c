/*
 * Kulldorff, Comm Stat 26 (1997) 1481; JRSS-A 164 (2001) 61; permutation: Kulldorff et al.,
 * PLoS Med 2 (2005) e59; expectation: Neill et al. 2005.
 *   permutation  mu = (zone's cases) (window's cases) / C
 *   population   mu = the window's baselines, scaled so that all sum to C
 *     ratio = c log(c / mu) + (C - c) log((C - c) / (C - mu)) when c > mu
 *   expectation  ratio = c log(c / b) - (c - b) when c > b
 * Gumbel approximation of the p-value: Abrams, Kleinman & Kulldorff, Int J Health Geogr 9
 * (2010) 61, by moments.
 */
#include "stat/scan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stat/glm.h"
#include "stat/random.h"

static pal_status get(struct pal_arena *arena, size_t count, size_t size, void **out,
                      struct pal_error *err)
{
    return pal_arena_alloc(arena, count, size, out, err);
}

static bool is_known(const struct pal_scan_zones *zones, const size_t *places,
                     size_t count)
{
    for (size_t z = 0; z < zones->count; z++) {
        size_t size = zones->begin[z + 1] - zones->begin[z];
        if (size == count && memcmp(zones->places + zones->begin[z], places,
                                    count * sizeof *places) == 0) {
            return true;
        }
    }
    return false;
}

/* Places by distance from `centre`, equal distances by number: insertion into `order`. */
static void nearest(const struct pal_scan_places *places, size_t centre, size_t wanted,
                    size_t *order)
{
    const double *x = places->x;
    const double *y = places->y;
    size_t count = 0;
    for (size_t place = 0; place < places->count; place++) {
        double dx = x[place] - x[centre];
        double dy = y[place] - y[centre];
        double distance = dx * dx + dy * dy;
        size_t at = count;
        while (at > 0) {
            double ox = x[order[at - 1]] - x[centre];
            double oy = y[order[at - 1]] - y[centre];
            if (ox * ox + oy * oy <= distance) {
                break;
            }
            at--;
        }
        if (at >= wanted) {
            continue;
        }
        count = count < wanted ? count + 1 : count;
        memmove(order + at + 1, order + at, (count - 1 - at) * sizeof *order);
        order[at] = place;
    }
}

static void add_zones(const size_t *order, size_t count, struct pal_scan_zones *zones)
{
    for (size_t k = 0; k < count; k++) {
        size_t *sorted = zones->places + zones->begin[zones->count];
        for (size_t i = 0; i <= k; i++) {
            size_t at = i;
            while (at > 0 && sorted[at - 1] > order[i]) {
                sorted[at] = sorted[at - 1];
                at--;
            }
            sorted[at] = order[i];
        }
        if (!is_known(zones, sorted, k + 1)) {
            zones->begin[zones->count + 1] = zones->begin[zones->count] + k + 1;
            zones->count++;
        }
    }
}

pal_status pal_scan_make_zones(const struct pal_scan_places *places,
                               size_t neighbour_max, struct pal_arena *arena,
                               struct pal_scan_zones *out, struct pal_error *err)
{
    size_t place_count = places->count;
    void *memory[3] = {NULL};
    *out = (struct pal_scan_zones){0};
    if (place_count == 0 || place_count > PAL_SCAN_PLACE_MAX || neighbour_max == 0) {
        return pal_fail(err, PAL_INPUT,
                        "%zu places with %zu neighbours: 1 to %d places", place_count,
                        neighbour_max, PAL_SCAN_PLACE_MAX);
    }
    size_t k = neighbour_max < place_count ? neighbour_max : place_count;
    const size_t counts[3] = {place_count * k + 1, (place_count * k + 1) * k, k + 1};
    for (size_t i = 0; i < 3; i++) {
        pal_status status = get(arena, counts[i], sizeof(size_t), &memory[i], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    out->begin = memory[0];
    out->places = memory[1];
    size_t *order = memory[2];
    for (size_t centre = 0; centre < place_count; centre++) {
        nearest(places, centre, k, order);
        add_zones(order, k, out);
    }
    return PAL_OK;
}

/* What one pass over all windows needs, for data or a replicate. */
struct pass {
    const struct pal_scan_zones *zones;
    const struct pal_scan *setting;
    size_t place_count;
    size_t step_count;
    const double *counts;
    const double *baselines;
    double total;       /* C */
    double scale;       /* of the baselines */
    double *zone_cases; /* per step, of the zone at hand */
    double *zone_base;
    double *step_cases; /* of all places */
};

/* What is done with each window whose ratio is above 0. */
struct visitor {
    pal_status (*visit)(void *context, const struct pal_scan_window *window,
                        struct pal_error *err);
    void *context;
};

static double ratio_of(const struct pass *pass, double c, double mu)
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

static void sum_zone(const struct pass *pass, size_t zone)
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

/* All windows of one zone that end at `last`, shortest first. */
static pal_status walk_back(const struct pass *pass, size_t zone, double zone_total,
                            size_t last, const struct visitor *visitor,
                            struct pal_error *err)
{
    struct pal_scan_window window = {.zone = zone, .last = last};
    double base = 0.0;
    double step_total = 0.0;
    pal_status status = PAL_OK;
    for (size_t length = 1;
         status == PAL_OK && length <= pass->setting->step_max && length <= last + 1;
         length++) {
        window.first = last + 1 - length;
        window.cases += pass->zone_cases[window.first];
        base += pass->zone_base[window.first];
        step_total += pass->step_cases[window.first];
        window.expected = pass->setting->mode == PAL_SCAN_PERMUTATION
                              ? zone_total * step_total / pass->total
                              : base;
        window.ratio = ratio_of(pass, window.cases, window.expected);
        if (window.ratio > 0) {
            status = visitor->visit(visitor->context, &window, err);
        }
    }
    return status;
}

static pal_status walk(struct pass *pass, const struct visitor *visitor,
                       struct pal_error *err)
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
        double zone_total = 0.0;
        sum_zone(pass, zone);
        for (size_t t = 0; t < steps; t++) {
            zone_total += pass->zone_cases[t];
        }
        size_t from = pass->setting->is_prospective ? steps - 1 : 0;
        for (size_t last = from; status == PAL_OK && last < steps; last++) {
            status = walk_back(pass, zone, zone_total, last, visitor, err);
        }
    }
    return status;
}

static pal_status make_pass(const struct pal_scan_data *data,
                            const struct pal_scan_zones *zones,
                            const struct pal_scan *setting, struct pal_arena *arena,
                            struct pass *out, struct pal_error *err)
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
    *out = (struct pass){.zones = zones,
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
    struct pass pass = {0};
    struct collection all = {.arena = arena};
    const struct visitor visitor = {collect, &all};
    *out = (struct pal_scan_found){NULL, 0};
    pal_status status = make_pass(data, zones, setting, arena, &pass, err);
    status = status == PAL_OK ? walk(&pass, &visitor, err) : status;
    if (status == PAL_OK) {
        if (all.count > 0) {
            qsort(all.windows, all.count, sizeof *all.windows, compare_windows);
        }
        *out = (struct pal_scan_found){all.windows, all.count};
    }
    return status;
}

static pal_status keep_largest(void *context, const struct pal_scan_window *window,
                               struct pal_error *err)
{
    double *largest = context;
    (void)err;
    *largest = fmax(*largest, window->ratio);
    return PAL_OK;
}

/* Cases as a list of places and steps (permutation), or cumulated baselines (population). */
struct null_model {
    size_t case_count;
    size_t *place;
    size_t *listed_step;
    size_t *step; /* shuffled */
    double *cumulated;
    double *counts;
};

static pal_status make_null(const struct pal_scan_data *data,
                            const struct pal_scan *setting, struct pal_arena *arena,
                            struct null_model *out, struct pal_error *err)
{
    size_t cells = data->place_count * data->step_count;
    double total = 0.0;
    void *memory[5] = {NULL};
    for (size_t i = 0; i < cells; i++) {
        total += data->counts[i];
    }
    *out = (struct null_model){.case_count = (size_t)total};
    bool is_listed = setting->mode == PAL_SCAN_PERMUTATION;
    size_t listed = is_listed ? out->case_count : 1;
    const size_t counts[5] = {listed, listed, cells, cells, listed};
    static const size_t sizes[5] = {sizeof(size_t), sizeof(size_t), sizeof(double),
                                    sizeof(double), sizeof(size_t)};
    for (size_t k = 0; k < 5; k++) {
        size_t size = sizes[k];
        pal_status status = get(arena, counts[k], size, &memory[k], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    out->place = memory[0];
    out->step = memory[1];
    out->listed_step = memory[4];
    out->cumulated = memory[2];
    out->counts = memory[3];
    double sum = 0.0;
    size_t at = 0;
    for (size_t i = 0; i < cells; i++) {
        sum += data->baselines == NULL ? 0.0 : data->baselines[i];
        out->cumulated[i] = sum;
        size_t cases = is_listed ? (size_t)data->counts[i] : 0;
        for (size_t c = 0; c < cases; c++) {
            out->place[at] = i / data->step_count;
            out->listed_step[at++] = i % data->step_count;
        }
    }
    return PAL_OK;
}

static void draw_permutation(struct null_model *null, size_t step_count,
                             struct pal_random *random)
{
    /* from the listed order each time: a replicate depends on its stream alone */
    memcpy(null->step, null->listed_step, null->case_count * sizeof *null->step);
    for (size_t i = null->case_count; i > 1; i--) {
        size_t j = (size_t)pal_random_below(random, i);
        size_t held = null->step[i - 1];
        null->step[i - 1] = null->step[j];
        null->step[j] = held;
    }
    for (size_t i = 0; i < null->case_count; i++) {
        null->counts[null->place[i] * step_count + null->step[i]] += 1.0;
    }
}

static void draw_population(struct null_model *null, size_t cells,
                            struct pal_random *random)
{
    for (size_t i = 0; i < null->case_count; i++) {
        double u = pal_random_uniform(random) * null->cumulated[cells - 1];
        size_t low = 0;
        size_t high = cells - 1;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (null->cumulated[middle] > u) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        null->counts[low] += 1.0;
    }
}

static void draw(const struct pal_scan_data *data, enum pal_scan_mode mode,
                 struct null_model *null, struct pal_random *random)
{
    size_t cells = data->place_count * data->step_count;
    memset(null->counts, 0, cells * sizeof *null->counts);
    switch (mode) {
    case PAL_SCAN_PERMUTATION:
        draw_permutation(null, data->step_count, random);
        break;
    case PAL_SCAN_POPULATION:
        draw_population(null, cells, random);
        break;
    case PAL_SCAN_EXPECTATION:
        for (size_t i = 0; i < cells; i++) {
            null->counts[i] = (double)pal_random_poisson(random, data->baselines[i]);
        }
        break;
    }
}

pal_status pal_scan_replicate(const struct pal_scan_data *data,
                              const struct pal_scan_zones *zones,
                              const struct pal_scan *setting,
                              struct pal_scan_replicates *out, struct pal_error *err)
{
    struct pal_arena arena;
    struct pass pass = {0};
    struct null_model null = {0};
    pal_arena_init(&arena, PAL_SCRATCH_MAX);
    pal_status status = make_pass(data, zones, setting, &arena, &pass, err);
    status = status == PAL_OK ? make_null(data, setting, &arena, &null, err) : status;
    for (size_t r = 0; status == PAL_OK && r < out->count; r++) {
        struct pal_random random;
        const struct visitor visitor = {keep_largest, &out->largest[r]};
        pal_random_init(&random, out->seed, out->first + r);
        draw(data, setting->mode, &null, &random);
        out->largest[r] = 0.0;
        pass.counts = null.counts;
        status = walk(&pass, &visitor, err);
    }
    pal_arena_clear(&arena);
    return status;
}

double pal_scan_p_value(double ratio, const double *largest, size_t replicate_count)
{
    size_t reached = 0;
    for (size_t r = 0; r < replicate_count; r++) {
        reached += largest[r] >= ratio;
    }
    return (1.0 + (double)reached) / (1.0 + (double)replicate_count);
}

double pal_scan_p_gumbel(double ratio, const double *largest, size_t replicate_count)
{
    const double euler = 0.57721566490153286061;
    const double pi = 3.14159265358979323846;
    double mean = 0.0;
    double square = 0.0;
    for (size_t r = 0; r < replicate_count; r++) {
        double change = largest[r] - mean;
        mean += change / (double)(r + 1);
        square += change * (largest[r] - mean);
    }
    if (replicate_count < 2 || !(square > 0)) {
        return 1.0;
    }
    double scale = sqrt(6.0 * square / (double)(replicate_count - 1)) / pi;
    double location = mean - euler * scale;
    return -expm1(-exp(-(ratio - location) / scale));
}
