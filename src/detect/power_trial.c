/*
 * One trial: a history without a surge is drawn and its alarms are counted; then for each
 * length a surge is put somewhere into a history, and the smallest effect that is seen is
 * looked for. In the series as it was, windows that reach into a past surge do not count.
 * Larger effects only add, so the effects are tried from where the fit without the surge says,
 * one after the other, with the usual fitted anew each time.
 */
#include <math.h>
#include <string.h>

#include "detect/power_internal.h"

/* Windows nearer to the usual than this share of the normal deviation that belongs to the
 * threshold are not reckoned exactly: counts have the heavier tail. */
static const double near_share = 0.8;

struct trial {
    const struct pal_power_task *task;
    struct pal_arena *arena;
    struct pal_random random;
    double *history;
    double *counts; /* history with a surge */
    double *added;  /* [effect * length + day] of the surge, cumulative over effects */
    struct pal_baseline usual; /* fitted to the history alone */
    double z_near;
};

/* The deviation whose upper share is e^-x is at least sqrt(2 x) less a little: a lower bound by
 * Mills' ratio is sqrt(2 x - log(4 pi x)). */
static double z_of(double log_p)
{
    double inner = 2 * log_p - log(4 * 3.14159265358979323846 * fmax(log_p, 1));
    return inner > 0 ? sqrt(inner) : 0;
}

static double residual(const struct pal_baseline *b, size_t day)
{
    return b->sum_observed[day + 1] - b->sum_observed[day] - b->expected[day];
}

/* A surge in a history; `added` NULL: it is in the counts that were fitted. */
struct planted {
    size_t first;
    size_t length;
    const double *added;
};

/* What it adds to a window, and to the window's first and last day. */
static double added_to(const struct planted *surge, size_t first, size_t last,
                       double edges[2])
{
    double more = 0;
    for (size_t i = 0; surge->added != NULL && i < surge->length; i++) {
        size_t day = surge->first + i;
        more += day >= first && day <= last ? surge->added[i] : 0;
        edges[0] += day == first ? surge->added[i] : 0;
        edges[1] += day == last ? surge->added[i] : 0;
    }
    return more;
}

/* A window that the detection would take up, and its count is beyond the threshold. */
static bool is_alarm(const struct trial *trial, const struct pal_baseline *b,
                     size_t first, size_t k, const struct planted *surge)
{
    size_t end = first + (size_t)pal_window_lengths[k];
    double edges[2] = {residual(b, first), residual(b, end - 1)};
    double observed = b->sum_observed[end] - b->sum_observed[first] +
                      added_to(surge, first, end - 1, edges);
    double above = observed - (b->sum_expected[end] - b->sum_expected[first]);
    double variance = b->scale[k] * (b->sum_variance[end] - b->sum_variance[first]);
    if (above <= trial->z_near * sqrt(variance) || observed < PAL_SURGE_COUNT_MIN ||
        edges[0] <= 0 || edges[1] <= 0) {
        return false;
    }
    struct pal_window window = pal_baseline_window(b, first, end - 1);
    return pal_window_log_p(&window, observed) >= trial->task->log_p_limits[0];
}

/* Whether a window that touches the surge gives an alarm. */
static bool is_seen(const struct trial *trial, const struct pal_baseline *b,
                    const struct planted *surge)
{
    bool is_own = trial->task->setting->history == PAL_POWER_OWN;
    const int32_t *past = trial->task->source->past;
    for (size_t k = 0; k < PAL_WINDOW_LENGTH_COUNT; k++) {
        size_t window = (size_t)pal_window_lengths[k];
        size_t first = surge->first + 1 > window ? surge->first + 1 - window : 0;
        for (; first < surge->first + surge->length && first + window <= b->count;
             first++) {
            if (b->sum_covered[first + window] - b->sum_covered[first] ==
                    pal_window_lengths[k] &&
                !(is_own && past[first + window] != past[first]) &&
                is_alarm(trial, b, first, k, surge)) {
                return true;
            }
        }
    }
    return false;
}

/* The same, with the usual fitted to the history and the surge together. */
static pal_status is_seen_anew(struct trial *trial, const struct planted *surge,
                               bool *is, struct pal_error *err)
{
    const struct pal_baseline *b = &trial->usual;
    struct pal_day_series series = {b->first, b->count, trial->counts, NULL,
                                    b->variance_least};
    struct planted fitted = {surge->first, surge->length, NULL};
    struct pal_baseline anew;
    struct pal_arena scratch;
    PAL_BUG_IF(surge->added == NULL);
    memcpy(trial->counts, trial->history, b->count * sizeof *trial->counts);
    for (size_t i = 0; i < surge->length; i++) {
        trial->counts[surge->first + i] += surge->added[i];
    }
    pal_arena_init(&scratch, (size_t)1 << 28);
    pal_status st = pal_baseline_fit(&series, b->design, &scratch, &anew, err);
    *is = st == PAL_OK && anew.status == PAL_FIT_OK && is_seen(trial, &anew, &fitted);
    pal_arena_clear(&scratch);
    return st;
}

static void draw_added(struct trial *trial, size_t surge_first, size_t length)
{
    const struct pal_power_setting *setting = trial->task->setting;
    const double *usual = trial->task->source->baseline->expected;
    double effect_before = 1;
    for (size_t k = 0; k < setting->effect_count; k++) {
        for (size_t i = 0; i < length; i++) {
            double mean =
                (setting->effects[k] - effect_before) * usual[surge_first + i];
            double before = k == 0 ? 0 : trial->added[(k - 1) * length + i];
            trial->added[k * length + i] =
                before + (double)pal_random_poisson(&trial->random, mean);
        }
        effect_before = setting->effects[k];
    }
}

static struct planted planted_at(const struct trial *trial, size_t first, size_t length,
                                 size_t effect)
{
    return (struct planted){first, length, trial->added + effect * length};
}

/* The smallest effect that is seen, from `k` on up or down; effect_count: none. */
static pal_status search(struct trial *trial, size_t first, size_t length, size_t k,
                         uint8_t *smallest, struct pal_error *err)
{
    size_t effects = trial->task->setting->effect_count;
    struct planted surge = planted_at(trial, first, length, k);
    bool is = false;
    pal_status st = is_seen_anew(trial, &surge, &is, err);
    if (is) {
        while (st == PAL_OK && is && k > 0) {
            surge = planted_at(trial, first, length, k - 1);
            st = is_seen_anew(trial, &surge, &is, err);
            k -= is ? 1 : 0;
        }
    } else {
        while (st == PAL_OK && !is && ++k < effects) {
            surge = planted_at(trial, first, length, k);
            st = is_seen_anew(trial, &surge, &is, err);
        }
    }
    *smallest = (uint8_t)k;
    return st;
}

static pal_status try_length(struct trial *trial, size_t which, uint8_t *smallest,
                             struct pal_error *err)
{
    const struct pal_power_source *source = trial->task->source;
    size_t effects = trial->task->setting->effect_count;
    size_t length = (size_t)trial->task->setting->days[which];
    if (source->start_counts[which] == 0) {
        return PAL_OK;
    }
    size_t first = source->starts[which][pal_random_below(&trial->random,
                                                          source->start_counts[which])];
    draw_added(trial, first, length);
    size_t k = 0;
    struct planted surge = planted_at(trial, first, length, k);
    while (k + 1 < effects && !is_seen(trial, &trial->usual, &surge)) {
        surge = planted_at(trial, first, length, ++k);
    }
    return search(trial, first, length, k, smallest, err);
}

/* Runs of windows that overlap are one alarm. */
static uint32_t count_alarms(const struct pal_line *line, double log_p_limit)
{
    uint32_t count = 0;
    size_t end = 0; /* of the run; suspects come by first day */
    for (size_t i = 0; i < line->suspect_count; i++) {
        const struct pal_suspect *suspect = &line->suspects[i];
        if (!suspect->is_edged || suspect->log_p < log_p_limit) {
            continue;
        }
        size_t last = suspect->first + (size_t)pal_window_lengths[suspect->length];
        count += count == 0 || suspect->first >= end ? 1 : 0;
        end = last > end ? last : end;
    }
    return count;
}

static pal_status take_room(struct trial *trial, struct pal_error *err)
{
    const struct pal_power_setting *setting = trial->task->setting;
    size_t days = trial->task->source->baseline->count;
    size_t length = (size_t)setting->days[setting->days_count - 1];
    const struct {
        double **array;
        size_t count;
    } arrays[] = {{&trial->history, days},
                  {&trial->counts, days},
                  {&trial->added, length * setting->effect_count}};
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof arrays / sizeof arrays[0]; i++) {
        void *room = NULL;
        st = pal_arena_alloc(trial->arena, arrays[i].count, sizeof(double), &room, err);
        *arrays[i].array = room;
    }
    return st;
}

static pal_status fit_history(struct trial *trial, struct pal_power_trial *out,
                              struct pal_error *err)
{
    const struct pal_baseline *b = trial->task->source->baseline;
    struct pal_line line = {
        .series = {b->first, b->count, trial->history, NULL, b->variance_least}};
    pal_status st =
        pal_baseline_fit(&line.series, b->design, trial->arena, &line.baseline, err);
    if (trial->task->setting->history != PAL_POWER_OWN) {
        trial->usual = line.baseline;
    }
    if (st != PAL_OK || line.baseline.status != PAL_FIT_OK) {
        return st;
    }
    st = pal_line_scan(&line, trial->arena, err);
    for (size_t i = 0; st == PAL_OK && i < 2; i++) {
        out->alarms[i] = count_alarms(&line, trial->task->log_p_limits[i]);
    }
    return st;
}

pal_status pal_power_try(const struct pal_power_task *task, struct pal_arena *arena,
                         struct pal_power_trial *out, struct pal_error *err)
{
    const struct pal_power_setting *setting = task->setting;
    struct trial trial = {.task = task, .arena = arena};
    *out = (struct pal_power_trial){.alarms = {0, 0}};
    memset(out->smallest, (int)setting->effect_count, sizeof out->smallest);
    pal_random_init(&trial.random, setting->seed, task->stream);
    trial.z_near = near_share * z_of(task->log_p_limits[0]);
    pal_status st = take_room(&trial, err);
    if (st == PAL_OK) {
        pal_power_history_draw(task->source, task->null == PAL_POWER_RESAMPLED,
                               &trial.random, trial.history);
        st = fit_history(&trial, out, err);
    }
    if (st == PAL_OK && setting->history == PAL_POWER_OWN) {
        trial.usual = *task->source->baseline;
        memcpy(trial.history, task->source->observed,
               trial.usual.count * sizeof *trial.history);
    }
    for (size_t i = 0;
         st == PAL_OK && trial.usual.status == PAL_FIT_OK && i < setting->days_count;
         i++) {
        st = try_length(&trial, i, &out->smallest[i], err);
    }
    return st;
}
