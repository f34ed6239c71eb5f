/*
 * What detectors share: the series, the rows of it to judge, the days.
 */
#include <math.h>

#include "base/calendar.h"
#include "stat/chart.h"
#include "stat/method_internal.h"

size_t pal_method_size(const struct pal_params *params, const char *name,
                       double otherwise)
{
    double value = pal_params_number(params, name, otherwise);
    return (size_t)fmin(fmax(0, value), 1e7);
}

pal_status pal_method_series(const struct pal_params *params,
                             const struct pal_frame *in, bool may_miss,
                             struct pal_judged *out, struct pal_error *err)
{
    void *memory = NULL;
    double row_count = (double)in->row_count;
    *out = (struct pal_judged){.counts = NULL};
    const double *range = pal_params_array(params, "range", &out->count);
    pal_status status =
        may_miss ? pal_frame_numbers_or_nan(in, "observed", &out->counts, err)
                 : pal_frame_numbers(in, "observed", &out->counts, err);
    out->is_asked = range != NULL;
    out->count = out->is_asked ? out->count : in->row_count;
    if (status == PAL_OK && in->row_count == 0) {
        status = pal_fail(err, PAL_INPUT, "the input has no rows");
    }
    if (status == PAL_OK) {
        status =
            pal_arena_alloc(in->arena, out->count, sizeof *out->rows, &memory, err);
    }
    out->rows = memory;
    for (size_t i = 0; status == PAL_OK && i < out->count; i++) {
        double row = out->is_asked ? range[i] : (double)(i + 1);
        if (!(row >= 1 && row <= row_count) || row != floor(row) ||
            (out->is_asked && i > 0 && row <= range[i - 1])) {
            return pal_fail(err, PAL_USAGE,
                            "parameter \"range\" names ascending rows from 1 to %zu of "
                            "the input, not %g",
                            in->row_count, row);
        }
        out->rows[i] = (size_t)row - 1;
    }
    for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
        if (out->counts[i] < 0 || isinf(out->counts[i])) {
            return pal_fail(err, PAL_INPUT,
                            "row %zu, column \"observed\": %g is no count", i + 1,
                            out->counts[i]);
        }
    }
    out->first = status == PAL_OK && out->count > 0 ? out->rows[0] : 0;
    return status;
}

pal_status pal_method_series_dense(const struct pal_params *params,
                                   const struct pal_frame *in, struct pal_judged *out,
                                   struct pal_error *err)
{
    pal_status status = pal_method_series(params, in, false, out, err);
    for (size_t i = 1; status == PAL_OK && i < out->count; i++) {
        if (out->rows[i] != out->rows[i - 1] + 1) {
            return pal_fail(err, PAL_USAGE,
                            "parameter \"range\" has a gap behind row %zu; a chart "
                            "goes through its rows one after the other",
                            out->rows[i - 1] + 1);
        }
    }
    return status;
}

pal_status pal_method_days(const struct pal_frame *in, const int32_t **out,
                           struct pal_error *err)
{
    const char *const *texts;
    void *memory = NULL;
    *out = NULL;
    pal_status status = pal_frame_texts(in, "date", &texts, err);
    if (status == PAL_OK) {
        status =
            pal_arena_alloc(in->arena, in->row_count, sizeof(int32_t), &memory, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    int32_t *days = memory;
    for (size_t i = 0; i < in->row_count; i++) {
        days[i] = pal_day_from_text(texts[i]);
        if (days[i] == PAL_DAY_NONE) {
            return pal_fail(err, PAL_INPUT,
                            "row %zu, column \"date\": \"%.40s\" is no date "
                            "(YYYY-MM-DD)",
                            i + 1, texts[i]);
        }
        if (i > 0 && days[i] <= days[i - 1]) {
            return pal_fail(err, PAL_INPUT,
                            "row %zu, column \"date\": %.40s is not after the row "
                            "before it",
                            i + 1, texts[i]);
        }
    }
    *out = days;
    return PAL_OK;
}

pal_status pal_method_points(struct pal_arena *arena, size_t count,
                             struct pal_chart_point **out, struct pal_error *err)
{
    void *memory = NULL;
    pal_status status = pal_arena_alloc(arena, count, sizeof **out, &memory, err);
    *out = memory;
    return status;
}
