/*
 * Several series in one table, one below the other, told apart by a column "series".
 */
#include "stat/method_internal.h"

#include <string.h>

static pal_status copy_rows(const struct pal_frame *from, const size_t *level_of_row,
                            size_t level, struct pal_frame *to, struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < from->row_count; i++) {
        struct pal_datum *cells = NULL;
        if (level_of_row != NULL && level_of_row[i] != level) {
            continue;
        }
        status = pal_frame_add_row(to, &cells, err);
        if (status == PAL_OK && cells != NULL) {
            memcpy(cells, from->cells + i * from->column_count,
                   from->column_count * sizeof *cells);
            to->status[to->row_count - 1] = from->status[i];
        }
    }
    return status;
}

/* What to run and over what. */
struct task {
    const struct pal_method *method;
    const struct pal_params *params;
    const struct pal_frame *in;
    struct pal_levels series;
};

/* The rows of one series through the method, behind what `out` has. */
static pal_status run_one(const struct task *task, size_t level, struct pal_frame *out,
                          struct pal_error *err)
{
    const struct pal_frame *in = task->in;
    const struct pal_levels *series = &task->series;
    struct pal_frame part;
    struct pal_frame piece = {.arena = out->arena};
    size_t column = pal_frame_find(in, "series");
    size_t first = 0;
    while (series->of_row[first] != level) {
        first++;
    }
    pal_status status =
        pal_frame_init(&part, in->arena, in->names, in->column_count, err);
    status =
        status == PAL_OK ? copy_rows(in, series->of_row, level, &part, err) : status;
    status =
        status == PAL_OK ? task->method->run(task->params, &part, &piece, err) : status;
    if (status == PAL_OK && out->column_count == 0) {
        status = pal_frame_init(out, out->arena, piece.names, piece.column_count, err);
    }
    size_t shown = pal_frame_find(&piece, "series");
    for (size_t i = 0; status == PAL_OK && i < piece.row_count; i++) {
        piece.cells[i * piece.column_count + shown] =
            in->cells[first * in->column_count + column];
    }
    return status == PAL_OK ? copy_rows(&piece, NULL, 0, out, err) : status;
}

pal_status pal_method_run_series(const struct pal_method *method,
                                 const struct pal_params *params,
                                 const struct pal_frame *in, struct pal_frame *out,
                                 struct pal_error *err)
{
    struct task task = {method, params, in, {NULL, 0, NULL}};
    const struct pal_levels *series = &task.series;
    bool has_counts = pal_frame_find(in, "observed") < in->column_count;
    if (!has_counts || pal_frame_find(in, "series") == in->column_count ||
        in->row_count == 0) {
        return method->run(params, in, out, err);
    }
    pal_status status = pal_method_levels(in, "series", &task.series, err);
    if (status == PAL_OK && !method->has_series) {
        return series->count == 1
                   ? method->run(params, in, out, err)
                   : pal_fail(
                         err, PAL_INPUT,
                         "column \"series\" holds %zu series; this method takes one "
                         "at a time",
                         series->count);
    }
    if (status == PAL_OK) {
        status =
            pal_method_check_work(10.0 * (double)series->count * (double)in->row_count,
                                  "give fewer series at a time", err);
    }
    for (size_t k = 0; status == PAL_OK && k < series->count; k++) {
        status = run_one(&task, k, out, err);
        status = status == PAL_OK
                     ? status
                     : pal_while(err, status, "series \"%.60s\"", series->names[k]);
    }
    return status;
}
