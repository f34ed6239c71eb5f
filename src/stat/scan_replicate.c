/*
 * Scans of series without clusters: for permutation the steps are shuffled over the cases,
 * for population the cases fall on cells by their baselines, for expectation each cell is
 * Poisson. Gumbel approximation of the p-value: Abrams, Kleinman & Kulldorff, Int J Health
 * Geogr 9 (2010) 61, by moments.
 */
#include <math.h>
#include <string.h>

#include "stat/glm.h"
#include "stat/random.h"
#include "stat/scan_internal.h"

static pal_status get(struct pal_arena *arena, size_t count, size_t size, void **out,
                      struct pal_error *err)
{
    return pal_arena_alloc(arena, count, size, out, err);
}

static pal_status keep_largest(void *context, const struct pal_scan_window *window,
                               struct pal_error *err)
{
    struct pal_scan_pass *pass = context;
    (void)err;
    pass->least = fmax(pass->least, window->ratio);
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
    struct pal_scan_pass pass = {0};
    struct null_model null = {0};
    pal_arena_init(&arena, PAL_SCRATCH_MAX);
    pal_status status = pal_scan_pass_init(data, zones, setting, &arena, &pass, err);
    status = status == PAL_OK ? make_null(data, setting, &arena, &null, err) : status;
    for (size_t r = 0; status == PAL_OK && r < out->count; r++) {
        struct pal_random random;
        const struct pal_scan_visitor visitor = {keep_largest, &pass};
        pal_random_init(&random, out->seed, out->first + r);
        draw(data, setting->mode, &null, &random);
        pass.least = 0.0;
        pass.counts = null.counts;
        status = pal_scan_walk(&pass, &visitor, err);
        out->largest[r] = pass.least;
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
