/*
 * The tail of a series' own peaks. Were counts negative binomial about a smooth usual, a window's
 * surprise, minus the logarithm of its p, would fall off as e^-x. Where work comes in bursts, or
 * a level changes, more is left far out. So the peaks of a series' surprise above a threshold,
 * the highest of windows that overlap, are taken as exponential with a rate of the series' own,
 * and as often as the series has them (peaks over a threshold, Davison & Smith 1990, J. R. Stat.
 * Soc. B 52:393). A window counts for what this tail says of it where that is less than by the
 * spread.
 *
 * A series has few peaks, so its rate is uncertain. The rates of all series are taken as gamma
 * distributed with a mean and strength that the series show together (empirical Bayes, with a
 * uniform prior on the share that a series borrows: Christiansen & Morris 1997, J. Am. Stat.
 * Assoc. 92:618). A peak to come is then beyond x with probability (1 + x / spread)^-shape, its
 * rate integrated out: near an exponential where series are alike or have many peaks, longer
 * where they differ and it has few.
 *
 * Surges must not make the tail: windows that touch what stands out by the spread alone are left
 * out, and peaks beyond a bound count as unseen: as many as the rate says, and as large.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "detect/surge_internal.h"
#include "stat/distribution.h"

enum { SHARE_COUNT = 19, SECTION_COUNT = 40, IMPUTE_COUNT = 30 };

/* Above it all windows are among the suspects (scan.c). */
static const double threshold = 5;
static const double excess_max = 8;
static const double rate_min = 0.02;
static const double rate_max = 1;
/* Few series cannot show how alike they are, and without any peak the spread's word holds. */
static const double shape_min = 20;
/* Windows apart from each other that a series borrows from all series. */
static const double prior_windows = 20;

struct peaks {
    double count;
    double excess; /* sum */
};

/* Gamma: shape, and the sum of excess that goes with it. */
struct prior {
    double shape;
    double spread;
};

/* ---- a window by the tail ---- */

double pal_tail_surprise(const struct pal_surge_tail *tail, double by_spread)
{
    double above = fmax(by_spread - threshold, 0);
    return tail->shape > 0
               ? fmin(by_spread,
                      tail->start + tail->shape * log1p(above / tail->spread))
               : by_spread;
}

double pal_tail_needed(const struct pal_surge_tail *tail, double surprise)
{
    double above = fmax(surprise - tail->start, 0);
    return tail->shape > 0
               ? fmax(surprise, threshold + tail->spread * expm1(above / tail->shape))
               : surprise;
}

/* The same for one window that was not chosen as the highest of its days. */
static double window_surprise(const struct pal_surge_tail *tail,
                              const struct pal_suspect *suspect)
{
    double above = fmax(suspect->surprise - threshold, 0);
    return fmin(suspect->surprise, tail->window_start[suspect->length] +
                                       tail->shape * log1p(above / tail->spread));
}

/* ---- what stands out ---- */

static void mark_line(struct pal_line *line, const struct pal_surge *surge)
{
    for (size_t i = 0; i < line->suspect_count; i++) {
        struct pal_suspect *suspect = &line->suspects[i];
        int32_t first = line->series.first + (int32_t)suspect->first;
        int32_t last = first + pal_window_lengths[suspect->length] - 1;
        if (first <= surge->last && surge->first <= last) {
            suspect->is_marked = true;
        }
    }
}

/* Of the same areas and groups, and of all that holds them. */
static bool has_part(const struct pal_line *line, const struct pal_surge *surge)
{
    bool is_group = line->group == surge->group || line->group == PAL_SURGE_ALL ||
                    surge->group == PAL_SURGE_ALL;
    bool is_area = line->area == PAL_SURGE_ALL || surge->area_count == 0;
    for (size_t i = 0; i < surge->area_count; i++) {
        is_area = is_area || surge->parts[i].area == line->area;
    }
    return is_group && is_area;
}

void pal_tails_mark(struct pal_lines *lines, const struct pal_detection *detection)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct pal_line *line = &lines->items[i];
        for (size_t k = 0; k < line->suspect_count; k++) {
            line->suspects[k].is_marked = false;
        }
        for (size_t k = 0; k < detection->surge_count; k++) {
            if (has_part(line, &detection->surges[k])) {
                mark_line(line, &detection->surges[k]);
            }
        }
    }
}

/* ---- peaks ---- */

static int compare_height(const void *a, const void *b)
{
    const struct pal_suspect *left = *(const struct pal_suspect *const *)a;
    const struct pal_suspect *right = *(const struct pal_suspect *const *)b;
    if (left->surprise != right->surprise) {
        return left->surprise > right->surprise ? -1 : 1;
    }
    return left < right ? -1 : left > right;
}

struct scratch {
    const struct pal_suspect **order;
    bool *is_taken; /* a day */
};

static bool take_days(bool *is_taken, size_t first, size_t last)
{
    for (size_t day = first; day <= last; day++) {
        if (is_taken[day]) {
            return false;
        }
    }
    memset(is_taken + first, true, (last - first + 1) * sizeof *is_taken);
    return true;
}

/* The highest window, then the highest that does not overlap it, as surges are chosen. */
static struct peaks find_peaks(const struct pal_line *line, struct scratch *scratch)
{
    struct peaks peaks = {0};
    size_t count = 0;
    for (size_t i = 0; i < line->suspect_count; i++) {
        const struct pal_suspect *suspect = &line->suspects[i];
        if (suspect->is_edged && !suspect->is_marked && suspect->surprise > threshold) {
            scratch->order[count++] = suspect;
        }
    }
    if (count > 0) {
        qsort(scratch->order, count, sizeof(const void *), compare_height);
    }
    memset(scratch->is_taken, 0, line->series.count * sizeof *scratch->is_taken);
    for (size_t i = 0; i < count; i++) {
        const struct pal_suspect *suspect = scratch->order[i];
        size_t last = suspect->first + (size_t)pal_window_lengths[suspect->length] - 1;
        double excess = suspect->surprise - threshold;
        if (take_days(scratch->is_taken, suspect->first, last) && excess < excess_max) {
            peaks.count += 1;
            peaks.excess += excess;
        }
    }
    return peaks;
}

/* ---- rates ---- */

/* Peaks with those beyond the bound that a rate lets expect. */
static struct peaks impute(struct peaks seen, double rate)
{
    double beyond = exp(-rate * excess_max);
    double unseen = seen.count * beyond / (1 - beyond);
    return (struct peaks){seen.count + unseen,
                          seen.excess + unseen * (excess_max + 1 / rate)};
}

static double rate_of(struct peaks peaks, struct prior prior)
{
    double rate = (prior.shape + peaks.count) / (prior.spread + peaks.excess);
    return fmin(fmax(rate, rate_min), rate_max);
}

/* Imputing and estimating in turn (Dempster, Laird & Rubin 1977). */
static struct peaks complete(struct peaks seen, struct prior prior)
{
    struct peaks all = seen;
    for (int i = 0; i < IMPUTE_COUNT; i++) {
        all = impute(seen, rate_of(all, prior));
    }
    return all;
}

/* Log-likelihood of all series' peaks, their rates integrated out. */
static double likelihood(const struct peaks *series, size_t count, struct prior prior)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double shape = prior.shape + series[i].count;
        sum += pal_log_gamma(shape) - pal_log_gamma(prior.shape) +
               prior.shape * log(prior.spread) -
               shape * log(prior.spread + series[i].excess);
    }
    return sum;
}

/* The best spread for a shape, by golden section over the mean's logarithm. */
static struct prior find_spread(const struct peaks *series, size_t count, double shape,
                                double *best)
{
    static const double section = 0.6180339887498949;
    double low = log(1 / rate_max);
    double high = log(1 / rate_min);
    for (int i = 0; i < SECTION_COUNT; i++) {
        double a = high - section * (high - low);
        double b = low + section * (high - low);
        struct prior left = {shape, shape * exp(a)};
        struct prior right = {shape, shape * exp(b)};
        if (likelihood(series, count, left) < likelihood(series, count, right)) {
            low = a;
        } else {
            high = b;
        }
    }
    struct prior prior = {shape, shape * exp((low + high) / 2)};
    *best = likelihood(series, count, prior);
    return prior;
}

/* The share that a mean series borrows, averaged over its likelihood. */
static struct prior find_prior(struct peaks *series, size_t count)
{
    struct prior none = {0, 0};
    struct peaks all = {0};
    double shares[SHARE_COUNT];
    double heights[SHARE_COUNT];
    double highest = -(double)INFINITY;
    double ignored = 0;
    double sum = 0;
    double mean_share = 0;
    for (size_t i = 0; i < count; i++) {
        all.count += series[i].count;
        all.excess += series[i].excess;
    }
    if (all.count < 1) {
        return (struct prior){shape_min, shape_min / rate_max};
    }
    double rate = rate_of(complete(all, none), none);
    double mean_count = all.count / (double)count;
    for (size_t i = 0; i < count; i++) {
        series[i] = impute(series[i], rate);
    }
    for (int k = 0; k < SHARE_COUNT; k++) {
        shares[k] = (double)(k + 1) / (SHARE_COUNT + 1);
        (void)find_spread(series, count, mean_count * shares[k] / (1 - shares[k]),
                          &heights[k]);
        highest = fmax(highest, heights[k]);
    }
    for (int k = 0; k < SHARE_COUNT; k++) {
        double weight = exp(heights[k] - highest);
        sum += weight;
        mean_share += weight * shares[k];
    }
    mean_share /= sum;
    double shape = fmax(mean_count * mean_share / (1 - mean_share), shape_min);
    return find_spread(series, count, shape, &ignored);
}

/* ---- windows that were not chosen ---- */

struct window_shares {
    double above[PAL_WINDOW_LENGTH_COUNT];
    double windows;
};

static void count_windows(const struct pal_line *line, struct window_shares *shares)
{
    shares->windows += (double)line->baseline.covered_count;
    for (size_t i = 0; i < line->suspect_count; i++) {
        const struct pal_suspect *suspect = &line->suspects[i];
        shares->above[suspect->length] +=
            suspect->surprise > threshold && !suspect->is_marked ? 1 : 0;
    }
}

static void fit_windows(const struct pal_line *line, const struct window_shares *all,
                        struct pal_surge_tail *tail)
{
    struct window_shares own = {{0}, 0};
    count_windows(line, &own);
    for (size_t k = 0; k < PAL_WINDOW_LENGTH_COUNT; k++) {
        double borrowed = prior_windows * pal_window_lengths[k];
        double share = (own.above[k] + borrowed * (all->above[k] + 1) / all->windows) /
                       (own.windows + borrowed);
        tail->window_start[k] = -log(share);
    }
}

/* ---- the call ---- */

static void fit_line(struct pal_line *line, struct peaks seen, struct prior prior,
                     const struct window_shares *all)
{
    struct pal_surge_tail *tail = &line->baseline.tail;
    struct peaks peaks = complete(seen, prior);
    double often = (seen.count + 1) / ((double)line->baseline.covered_count / 7);
    tail->shape = prior.shape + peaks.count;
    tail->spread = fmax(prior.spread + peaks.excess, tail->shape / rate_max);
    tail->start = log((double)PAL_WINDOWS_A_WEEK) - log(often);
    fit_windows(line, all, tail);
    for (size_t k = 0; k < line->suspect_count; k++) {
        struct pal_suspect *suspect = &line->suspects[k];
        suspect->log_p = pal_tail_surprise(tail, suspect->surprise);
        suspect->log_p_shared = window_surprise(tail, suspect);
    }
}

pal_status pal_tails_fit(struct pal_lines *lines, struct pal_arena *arena,
                         struct pal_error *err)
{
    struct scratch scratch = {NULL, NULL};
    struct window_shares shares = {{0}, 0};
    size_t most = 1;
    size_t count = 0;
    void *room = NULL;
    for (size_t i = 0; i < lines->count; i++) {
        most =
            lines->items[i].suspect_count > most ? lines->items[i].suspect_count : most;
    }
    pal_status st = pal_arena_alloc(arena, most, sizeof(const void *), &room, err);
    scratch.order = room;
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, lines->items[0].series.count,
                             sizeof *scratch.is_taken, &room, err);
        scratch.is_taken = room;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, 2 * lines->count, sizeof(struct peaks), &room, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    struct peaks *seen = room;
    struct peaks *completed = seen + lines->count;
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].is_searched) {
            seen[i] = find_peaks(&lines->items[i], &scratch);
            count_windows(&lines->items[i], &shares);
            completed[count++] = seen[i];
        }
    }
    struct prior prior = find_prior(completed, count);
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].is_searched) {
            fit_line(&lines->items[i], seen[i], prior, &shares);
        }
    }
    return PAL_OK;
}
