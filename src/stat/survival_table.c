/*
 * Sorted, tied times. The rule is that of R's survival package (aeqSurv): distinct times in
 * order; one that follows within sqrt(2.2e-16), absolute or relative to the mean time, is
 * the same as the one before.
 */
#include "stat/survival_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double tie = 1.4901161193847656e-08;

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Index of the last of `sorted` that is <= value. */
static size_t locate(const double *sorted, size_t count, double value)
{
    size_t low = 0;
    size_t high = count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] <= value) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static pal_status check(const struct pal_survival_data *data, struct pal_error *err)
{
    for (size_t i = 0; i < data->count; i++) {
        bool is_ordered = data->entry == NULL || data->exit[i] > data->entry[i];
        if (!isfinite(data->exit[i]) || !is_ordered || data->cause[i] < 0) {
            return pal_fail(
                err, PAL_INPUT,
                "record %zu: a stay needs an end after its beginning, and a "
                "cause of 0 or more",
                i + 1);
        }
    }
    return PAL_OK;
}

/* All entry and exit times, each tied group once. */
static pal_status distinct_times(const struct pal_survival_data *data,
                                 struct pal_arena *arena, double **out,
                                 size_t *out_count, struct pal_error *err)
{
    void *memory = NULL;
    size_t total = data->entry == NULL ? data->count : 2 * data->count;
    pal_status status = pal_arena_alloc(arena, total, sizeof(double), &memory, err);
    double *times = memory;
    *out = times;
    *out_count = 0;
    if (status != PAL_OK || total == 0) {
        return status;
    }
    memcpy(times, data->exit, data->count * sizeof *times);
    if (data->entry != NULL) {
        memcpy(times + data->count, data->entry, data->count * sizeof *times);
    }
    qsort(times, total, sizeof *times, compare_doubles);
    size_t distinct = 0;
    double mean = 0.0;
    for (size_t i = 0; i < total; i++) {
        if (i == 0 || times[i] != times[distinct - 1]) {
            times[distinct++] = times[i];
            mean += fabs(times[i]);
        }
    }
    mean /= (double)distinct;
    size_t kept = 1;
    double before = times[0];
    for (size_t i = 1; i < distinct; i++) {
        double gap = times[i] - before;
        before = times[i];
        if (gap > tie && gap > tie * mean) {
            times[kept++] = times[i];
        }
    }
    *out_count = kept;
    return PAL_OK;
}

pal_status pal_risk_table_make(const struct pal_survival_data *data,
                               struct pal_arena *arena, struct pal_risk_table *out,
                               struct pal_error *err)
{
    double *all = NULL;
    size_t all_count = 0;
    void *memory[4] = {NULL};
    *out = (struct pal_risk_table){0};
    pal_status status = check(data, err);
    status =
        status == PAL_OK ? distinct_times(data, arena, &all, &all_count, err) : status;
    for (size_t k = 0; status == PAL_OK && k < 2; k++) {
        status = pal_arena_alloc(arena, data->count, sizeof(size_t), &memory[k], err);
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, all_count + 1, sizeof(size_t), &memory[2], err);
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, all_count + 1, sizeof(double), &memory[3], err);
    }
    if (status != PAL_OK || data->count == 0) {
        return status;
    }
    out->position = memory[0];
    out->start = memory[1];
    out->time = memory[3];
    size_t *renumber = memory[2]; /* 1 where an exit falls, then the exit's number */
    for (size_t i = 0; i < data->count; i++) {
        out->position[i] = locate(all, all_count, data->exit[i]);
        renumber[out->position[i]] = 1;
    }
    for (size_t k = 0; k < all_count; k++) {
        bool is_exit = renumber[k] == 1;
        renumber[k] = out->time_count;
        if (is_exit) {
            out->time[out->time_count++] = all[k];
        }
    }
    renumber[all_count] = out->time_count;
    for (size_t i = 0; i < data->count; i++) {
        out->position[i] = renumber[out->position[i]];
        /* the first exit time after the entry */
        out->start[i] = 0;
        if (data->entry != NULL && all[0] <= data->entry[i]) {
            out->start[i] = renumber[locate(all, all_count, data->entry[i]) + 1];
        }
    }
    return PAL_OK;
}
