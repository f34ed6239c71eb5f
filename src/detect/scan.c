/*
 * The scan: windows of single series above their usual, and windows that areas share.
 *
 * For shared windows the p-values of areas are put together by the rank truncated product
 * (Dudbridge & Koeleman 2003), with all choices of k out of n areas paid for: under
 * independence given their baselines, the sum T of the k largest -log p has
 * P <= C(n, k) Q(k, T), Q the upper gamma share. Counts make p-values of chance larger than
 * even ones, so the bound holds for them too.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "detect/surge_internal.h"
#include "stat/distribution.h"

/* Standard deviations above the usual from which the exact p is computed. */
static const double suspect_z = 2.3;
/* An area joins a shared window when its own p is at most 0.01. */
static const double joins_log_p = 4.605170185988091;

/* ---- one line ---- */

static double residual_at(const struct pal_line *line, size_t day)
{
    return line->series.counts[day] - line->baseline.expected[day];
}

static bool is_suspect(const struct pal_baseline *b, size_t first, size_t k)
{
    size_t end = first + (size_t)pal_window_lengths[k];
    double observed = b->sum_observed[end] - b->sum_observed[first];
    double above = observed - (b->sum_expected[end] - b->sum_expected[first]);
    double variance = b->scale[k] * (b->sum_variance[end] - b->sum_variance[first]);
    return above > 0 && above * above > suspect_z * suspect_z * variance;
}

static struct pal_suspect judge_window(const struct pal_line *line, size_t first,
                                       size_t k)
{
    size_t last = first + (size_t)pal_window_lengths[k] - 1;
    struct pal_window window = pal_baseline_window(&line->baseline, first, last);
    bool is_edged = residual_at(line, first) > 0 && residual_at(line, last) > 0 &&
                    window.observed >= PAL_SURGE_COUNT_MIN;
    double surprise = pal_window_surprise(&window);
    return (struct pal_suspect){(uint32_t)first, (uint8_t)k, is_edged, false,
                                surprise,        surprise,   surprise};
}

/* Walks over all windows whose days are covered; `found` NULL only counts. */
static size_t walk(struct pal_line *line, struct pal_suspect *found)
{
    const struct pal_baseline *b = &line->baseline;
    size_t count = 0;
    line->window_count = 0;
    for (size_t first = 0; first < b->count; first++) {
        for (size_t k = 0; k < PAL_WINDOW_LENGTH_COUNT; k++) {
            size_t end = first + (size_t)pal_window_lengths[k];
            if (end > b->count ||
                b->sum_covered[end] - b->sum_covered[first] != pal_window_lengths[k]) {
                break;
            }
            line->window_count++;
            if (!is_suspect(b, first, k)) {
                continue;
            }
            if (found != NULL) {
                found[count] = judge_window(line, first, k);
            }
            count++;
        }
    }
    return count;
}

pal_status pal_line_scan(struct pal_line *line, struct pal_arena *arena,
                         struct pal_error *err)
{
    void *room = NULL;
    size_t count = walk(line, NULL);
    line->suspect_count = 0;
    pal_status st =
        pal_arena_alloc(arena, count + 1, sizeof *line->suspects, &room, err);
    if (st == PAL_OK) {
        line->suspects = room;
        line->suspect_count = walk(line, line->suspects);
    }
    return st;
}

/* ---- candidates ---- */

static pal_status add(struct pal_candidates *out, const struct pal_candidate *candidate,
                      struct pal_error *err)
{
    if (out->count == PAL_CANDIDATE_MAX) {
        return pal_fail(err, PAL_LIMIT,
                        "more than %d windows stand out; the series are no counts of "
                        "events about a usual",
                        PAL_CANDIDATE_MAX);
    }
    if (out->count == out->room) {
        size_t larger = out->room == 0 ? 256 : out->room * 2;
        struct pal_candidate *moved =
            pal_realloc(out->items, larger, sizeof *out->items);
        if (moved == NULL) {
            return pal_fail_memory(err);
        }
        out->items = moved;
        out->room = larger;
    }
    out->items[out->count++] = *candidate;
    return PAL_OK;
}

static pal_status copy_areas(struct pal_candidates *out, const uint16_t *areas,
                             size_t count, const uint16_t **copied,
                             struct pal_error *err)
{
    void *room = NULL;
    pal_status st = pal_arena_alloc(out->arena, count + 1, sizeof *areas, &room, err);
    if (st == PAL_OK) {
        memcpy(room, areas, count * sizeof *areas);
        *copied = room;
    }
    return st;
}

static pal_status add_line(const struct pal_line *line, double log_p_min,
                           struct pal_candidates *out, struct pal_error *err)
{
    uint16_t area = (uint16_t)line->area;
    bool is_all = line->area == PAL_SURGE_ALL;
    struct pal_candidate candidate = {.group = line->group,
                                      .area_count = is_all ? 0 : 1,
                                      .rank = (is_all ? 2 : 0) +
                                              (line->group == PAL_SURGE_ALL ? 1 : 0)};
    pal_status st = copy_areas(out, &area, 1, &candidate.areas, err);
    for (size_t i = 0; st == PAL_OK && i < line->suspect_count; i++) {
        const struct pal_suspect *suspect = &line->suspects[i];
        const struct pal_baseline *b = &line->baseline;
        if (!suspect->is_edged || suspect->log_p < log_p_min) {
            continue;
        }
        size_t end = suspect->first + (size_t)pal_window_lengths[suspect->length];
        candidate.first = suspect->first;
        candidate.last = end - 1;
        candidate.log_p = suspect->log_p;
        candidate.excess = b->sum_observed[end] - b->sum_observed[suspect->first] -
                           (b->sum_expected[end] - b->sum_expected[suspect->first]);
        st = add(out, &candidate, err);
    }
    return st;
}

/* ---- windows that areas share ---- */

struct share {
    uint16_t area;
    double log_p;
};

static int compare_share(const void *a, const void *b)
{
    const struct share *left = a;
    const struct share *right = b;
    if (left->log_p != right->log_p) {
        return left->log_p > right->log_p ? -1 : 1;
    }
    return left->area < right->area ? -1 : left->area > right->area;
}

/* Minus the logarithm of Q(k, t), k = count: the first of the tail's k terms with the sum of the rest as
 * a factor, t^(k-1) e^-t / (k-1)! (1 + (k-1)/t + ..). */
static double log_gamma_tail(size_t count, double t)
{
    double term = 1;
    double sum = 1;
    for (size_t i = count - 1; i >= 1; i--) {
        term *= (double)i / t;
        sum += term;
    }
    double k = (double)count;
    return t - (k - 1) * log(t) + pal_log_gamma(k) - log(sum);
}

/* The best number of areas; shares are sorted. */
static size_t best_count(const struct share *shares, size_t count, size_t area_count,
                         double *log_p)
{
    double n = (double)area_count;
    double sum = 0;
    size_t best = 0;
    *log_p = 0;
    for (size_t i = 0; i < count; i++) {
        double k = (double)(i + 1);
        sum += shares[i].log_p;
        double choices = pal_log_gamma(n + 1) - pal_log_gamma(k + 1) -
                         pal_log_gamma(n - k + 1) + log(n);
        double paid = log_gamma_tail(i + 1, sum) - choices;
        if (paid > *log_p) {
            *log_p = paid;
            best = i + 1;
        }
    }
    return best;
}

static int compare_area(const void *a, const void *b)
{
    const uint16_t *left = a;
    const uint16_t *right = b;
    return *left < *right ? -1 : *left > *right;
}

struct shared_scan {
    const struct pal_lines *lines;
    size_t group;
    double log_p_min;
    size_t *next; /* of each area's suspects */
    struct share *shares;
    uint16_t *areas;
    struct pal_candidates *out;
};

/* Together more than usual on the first and on the last day, and enough in all. */
static bool is_edged(const struct shared_scan *scan, size_t count,
                     struct pal_candidate *candidate)
{
    double first = 0;
    double last = 0;
    double observed = 0;
    candidate->excess = 0;
    for (size_t i = 0; i < count; i++) {
        const struct pal_line *line =
            pal_lines_at(scan->lines, scan->areas[i], scan->group);
        const struct pal_baseline *b = &line->baseline;
        size_t end = candidate->last + 1;
        double here = b->sum_observed[end] - b->sum_observed[candidate->first];
        first += residual_at(line, candidate->first);
        last += residual_at(line, candidate->last);
        observed += here;
        candidate->excess +=
            here - (b->sum_expected[end] - b->sum_expected[candidate->first]);
    }
    return first > 0 && last > 0 && observed >= PAL_SURGE_COUNT_MIN;
}

static pal_status judge_shared(struct shared_scan *scan, size_t count, size_t first,
                               size_t k, struct pal_error *err)
{
    struct pal_candidate candidate = {.group = scan->group, .first = first};
    candidate.last = first + (size_t)pal_window_lengths[k] - 1;
    candidate.rank = scan->group == PAL_SURGE_ALL ? 1 : 0;
    qsort(scan->shares, count, sizeof *scan->shares, compare_share);
    size_t best =
        best_count(scan->shares, count, scan->lines->area_count, &candidate.log_p);
    if (best < 2 || candidate.log_p < scan->log_p_min) {
        return PAL_OK;
    }
    for (size_t i = 0; i < best; i++) {
        scan->areas[i] = scan->shares[i].area;
    }
    qsort(scan->areas, best, sizeof *scan->areas, compare_area);
    if (!is_edged(scan, best, &candidate)) {
        return PAL_OK;
    }
    candidate.area_count = best;
    pal_status st = copy_areas(scan->out, scan->areas, best, &candidate.areas, err);
    return st == PAL_OK ? add(scan->out, &candidate, err) : st;
}

/* The areas above their usual in one window, each list of suspects being taken on. */
static size_t take_shares(struct shared_scan *scan, size_t first, size_t k)
{
    size_t count = 0;
    for (size_t area = 0; area < scan->lines->area_count; area++) {
        const struct pal_line *line = pal_lines_at(scan->lines, area, scan->group);
        size_t at = scan->next[area];
        if (at >= line->suspect_count || line->suspects[at].first != first ||
            line->suspects[at].length != k) {
            continue;
        }
        scan->next[area]++;
        if (line->suspects[at].log_p_shared >= joins_log_p) {
            scan->shares[count++] =
                (struct share){(uint16_t)area, line->suspects[at].log_p_shared};
        }
    }
    return count;
}

static pal_status scan_shared(struct shared_scan *scan, size_t day_count,
                              struct pal_error *err)
{
    memset(scan->next, 0, scan->lines->area_count * sizeof *scan->next);
    for (size_t first = 0; first < day_count; first++) {
        for (size_t k = 0; k < PAL_WINDOW_LENGTH_COUNT; k++) {
            size_t count = take_shares(scan, first, k);
            if (count < 2) {
                continue;
            }
            pal_status st = judge_shared(scan, count, first, k, err);
            if (st != PAL_OK) {
                return st;
            }
        }
    }
    return PAL_OK;
}

static pal_status find_shared(const struct pal_lines *lines, double log_p_min,
                              struct pal_candidates *out, struct pal_error *err)
{
    struct shared_scan scan = {.lines = lines, .log_p_min = log_p_min, .out = out};
    size_t areas = lines->area_count;
    size_t day_count = lines->items[0].series.count;
    void *room = NULL;
    pal_status st = pal_arena_alloc(out->arena, areas, sizeof *scan.next, &room, err);
    scan.next = room;
    if (st == PAL_OK) {
        st = pal_arena_alloc(out->arena, areas, sizeof *scan.shares, &room, err);
        scan.shares = room;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(out->arena, areas, sizeof *scan.areas, &room, err);
        scan.areas = room;
    }
    for (size_t g = 0; st == PAL_OK && g <= lines->group_count; g++) {
        scan.group = g == lines->group_count ? PAL_SURGE_ALL : g;
        if (pal_lines_at(lines, 0, scan.group)->group == scan.group) {
            st = scan_shared(&scan, day_count, err);
        }
    }
    return st;
}

pal_status pal_candidates_find(const struct pal_lines *lines, double rate,
                               struct pal_candidates *out, struct pal_error *err)
{
    /* A window whose week cannot pass at the rate even as the first of all. */
    double log_p_min = log((double)PAL_WINDOWS_A_WEEK) - log(rate);
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < lines->count; i++) {
        if (lines->items[i].is_searched) {
            st = add_line(&lines->items[i], log_p_min, out, err);
        }
    }
    if (st == PAL_OK && lines->area_count > 1 && !out->is_each_alone) {
        st = find_shared(lines, log_p_min, out, err);
    }
    return st;
}

void pal_candidates_clear(struct pal_candidates *candidates)
{
    pal_free(candidates->items);
    candidates->items = NULL;
    candidates->count = 0;
}
