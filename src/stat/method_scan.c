/*
 * Scan statistics by name: columns time and location (1, 2, ..), count, x, y, and baseline
 * where the mode needs one. With "nsim" and "seed" the p-values are added.
 */
#include <math.h>
#include <string.h>

#include "stat/method_internal.h"
#include "stat/scan.h"

struct input {
    struct pal_scan_data data;
    double *counts;
    double *baselines;
    double *x;
    double *y;
};

static pal_status largest_number(const double *values, size_t count, size_t limit,
                                 const char *column, size_t *out, struct pal_error *err)
{
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(values[i] >= 1 && values[i] <= (double)limit) ||
            values[i] != floor(values[i])) {
            return pal_fail(
                err, PAL_INPUT,
                "column \"%s\", row %zu: a whole number from 1 to %zu is needed",
                column, i + 1, limit);
        }
        *out = (size_t)values[i] > *out ? (size_t)values[i] : *out;
    }
    return PAL_OK;
}

static pal_status read_input(const struct pal_frame *in, bool has_baseline,
                             struct input *out, struct pal_error *err)
{
    static const char *const names[] = {"time", "location", "count",
                                        "x",    "y",        "baseline"};
    const double *columns[6] = {NULL};
    size_t rows = in->row_count;
    *out = (struct input){0};
    for (size_t k = 0; k < (has_baseline ? 6u : 5u); k++) {
        pal_status status = pal_frame_numbers(in, names[k], &columns[k], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    pal_status status = largest_number(columns[0], rows, PAL_SCAN_STEP_MAX, "time",
                                       &out->data.step_count, err);
    if (status == PAL_OK) {
        status = largest_number(columns[1], rows, PAL_SCAN_PLACE_MAX, "location",
                                &out->data.place_count, err);
    }
    size_t cells = out->data.step_count * out->data.place_count;
    double **const arrays[4] = {&out->counts, &out->baselines, &out->x, &out->y};
    for (size_t k = 0; status == PAL_OK && k < 4; k++) {
        status = pal_method_alloc(in->arena, k < 2 ? cells : out->data.place_count,
                                  arrays[k], err);
    }
    for (size_t i = 0; status == PAL_OK && i < rows; i++) {
        size_t place = (size_t)columns[1][i] - 1;
        size_t cell = place * out->data.step_count + (size_t)columns[0][i] - 1;
        out->counts[cell] += columns[2][i];
        out->x[place] = columns[3][i];
        out->y[place] = columns[4][i];
        out->baselines[cell] += has_baseline ? columns[5][i] : 0.0;
    }
    out->data.counts = out->counts;
    out->data.baselines = has_baseline ? out->baselines : NULL;
    return status;
}

/* "1;8" */
static pal_status zone_text(const struct pal_scan_zones *zones, size_t zone,
                            struct pal_arena *arena, const char **out,
                            struct pal_error *err)
{
    struct pal_view text = {"", 0};
    pal_status status = PAL_OK;
    for (size_t k = zones->begin[zone]; status == PAL_OK && k < zones->begin[zone + 1];
         k++) {
        status = pal_arena_format(arena, &text, err, "%.*s%s%zu", PAL_VIEW_ARG(text),
                                  text.size > 0 ? ";" : "", zones->places[k] + 1);
    }
    *out = text.data;
    return status;
}

static pal_status add_windows(struct pal_frame *out, const struct pal_scan_zones *zones,
                              const struct pal_scan_found *found, struct pal_error *err)
{
    const struct pal_scan_window *windows = found->windows;
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < found->count; i++) {
        struct pal_datum *cells;
        const char *zone;
        status = zone_text(zones, windows[i].zone, out->arena, &zone, err);
        status = status == PAL_OK ? pal_frame_add_row(out, &cells, err) : status;
        if (status == PAL_OK) {
            cells[0] = pal_datum_number((double)(i + 1));
            cells[1] = pal_datum_text(zone);
            cells[2] = pal_datum_number((double)(windows[i].first + 1));
            cells[3] = pal_datum_number((double)(windows[i].last + 1));
            cells[4] = pal_datum_number(windows[i].cases);
            cells[5] = pal_datum_number(windows[i].expected);
            cells[6] = pal_datum_number(windows[i].ratio);
        }
    }
    return status;
}

static void add_p_values(struct pal_frame *out, const struct pal_scan_replicates *draws,
                         const struct pal_scan_found *found)
{
    for (size_t i = 0; i < out->row_count; i++) {
        struct pal_datum *cells = out->cells + i * out->column_count;
        double ratio = found->windows[i].ratio;
        cells[7] =
            pal_datum_number(pal_scan_p_value(ratio, draws->largest, draws->count));
        cells[8] =
            pal_datum_number(pal_scan_p_gumbel(ratio, draws->largest, draws->count));
    }
}

/* Replicates deal out the cases, add up zones and look at every window. */
static pal_status check_work(const struct input *input,
                             const struct pal_scan_zones *zones,
                             const struct pal_scan *setting, size_t replicates,
                             struct pal_error *err)
{
    double steps = (double)input->data.step_count;
    double members = (double)zones->begin[zones->count];
    double longest = fmin(steps, (double)setting->step_max);
    double windows =
        (double)zones->count * longest * (setting->is_prospective ? 1.0 : steps);
    double cases = 0.0;
    for (size_t i = 0; i < input->data.place_count * input->data.step_count; i++) {
        cases += input->counts[i];
    }
    double one = 10.0 * fmin(cases, 1e9) + 5.0 * members * steps + 10.0 * windows;
    return pal_method_check_work(300.0 * windows + (double)replicates * one,
                                 "give a smaller \"nsim\", \"k_max_neighbours\" or "
                                 "\"max_duration\"",
                                 err);
}

static pal_status run_scan(const struct pal_params *params, const struct pal_frame *in,
                           struct pal_frame *out, struct pal_error *err)
{
    static const char *const names[] = {"rank",  "zone",  "t_start",
                                        "t_end", "cases", "expected",
                                        "llr",   "p",     "p_gumbel"};
    const char *mode = pal_params_text(params, "mode", "permutation");
    struct pal_scan setting = {
        .mode = PAL_SCAN_PERMUTATION,
        .is_prospective = pal_params_flag(params, "prospective", true),
        .neighbour_max =
            (size_t)fmax(0, fmin(pal_params_number(params, "k_max_neighbours", 5),
                                 PAL_SCAN_PLACE_MAX)),
        .step_max = (size_t)fmax(
            0, fmin(pal_params_number(params, "max_duration", 7), PAL_SCAN_STEP_MAX))};
    if (strcmp(mode, "poisson_population") == 0) {
        setting.mode = PAL_SCAN_POPULATION;
    } else if (strcmp(mode, "poisson_expectation") == 0) {
        setting.mode = PAL_SCAN_EXPECTATION;
    } else if (strcmp(mode, "permutation") != 0) {
        return pal_fail(err, PAL_USAGE, "no scan is called \"%s\"", mode);
    }
    struct input input;
    struct pal_scan_zones zones;
    struct pal_scan_found found = {NULL, 0};
    size_t replicates =
        (size_t)fmax(0, fmin(pal_params_number(params, "nsim", 0), 1e6));
    size_t top = (size_t)fmax(1, fmin(pal_params_number(params, "top", 40), 1e6));
    pal_status status =
        read_input(in, setting.mode != PAL_SCAN_PERMUTATION, &input, err);
    if (status == PAL_OK) {
        const struct pal_scan_places places = {input.x, input.y,
                                               input.data.place_count};
        status = pal_scan_make_zones(&places, setting.neighbour_max, out->arena, &zones,
                                     err);
    }
    if (status == PAL_OK) {
        status = check_work(&input, &zones, &setting, replicates, err);
    }
    if (status == PAL_OK) {
        status = pal_scan_run(&input.data, &zones, &setting, out->arena, &found, err);
    }
    if (status == PAL_OK) {
        status = pal_frame_init(out, out->arena, names, replicates > 0 ? 9 : 7, err);
    }
    if (status == PAL_OK) {
        found.count = found.count < top ? found.count : top;
        status = add_windows(out, &zones, &found, err);
    }
    if (status == PAL_OK && replicates > 0) {
        double seed = fmax(0, fmin(pal_params_number(params, "seed", 1), 9e15));
        struct pal_scan_replicates draws = {.seed = (uint64_t)seed,
                                            .count = replicates};
        status = pal_method_alloc(out->arena, replicates, &draws.largest, err);
        if (status == PAL_OK) {
            status = pal_scan_replicate(&input.data, &zones, &setting, &draws, err);
        }
        if (status == PAL_OK) {
            add_p_values(out, &draws, &found);
        }
    }
    return status;
}

static const struct pal_setting scan_settings[] = {
    {"mode", PAL_SETTING_CHOICE, "permutation|poisson_population|poisson_expectation",
     "permutation",
     "What is expected: the margins' product, the baseline scaled to all cases, or the "
     "baseline itself."},
    {"prospective", PAL_SETTING_FLAG, NULL, "true",
     "Only windows that reach the last step."},
    {"k_max_neighbours", PAL_SETTING_WHOLE, "1..2000", "5",
     "Places in a zone, its centre counted."},
    {"max_duration", PAL_SETTING_WHOLE, "1..20000", "7", "Longest window in steps."},
    {"nsim", PAL_SETTING_WHOLE, "0..1000000", "0",
     "Replicates for the p of each window."},
    {"seed", PAL_SETTING_NUMBER, "0..9e15", "1", "Seed of the replicates."},
    {"top", PAL_SETTING_WHOLE, "1..1000000", "40",
     "Windows given, the largest ratio first."},
    {"n_zones", PAL_SETTING_NOTE, NULL, NULL, "How many zones the reference had."},
    {"monte_carlo", PAL_SETTING_NOTE, NULL, NULL,
     "What the reference's replicates gave."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_scan = {
    .name = "scan",
    .summary = "space-time windows with the most excess",
    .columns_in = "time, location, count, x, y; baseline unless mode is permutation",
    .columns_out =
        "rank, zone, t_start, t_end, cases, expected, llr; p, p_gumbel with nsim",
    .source = "Kulldorff 1997, 2001; Kulldorff et al. 2005, PLoS Med 2:e59; Neill et "
              "al. 2005; Abrams, Kleinman & Kulldorff 2010",
    .settings = scan_settings,
    .run = run_scan,
};
