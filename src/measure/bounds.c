#include "measure/bounds.h"

#include <math.h>

#include "stat/dispersion.h"

enum { SIGN_NO, SIGN_YES, SIGN_NOT_TOLD, SIGN_COUNT };
enum { SIGN_ORDER, SIGN_REQUEST, SIGN_CONVICTION, SIGN_KIND_COUNT };
#define LEVEL 0.95

static const struct pal_assumption_text assumptions_known[PAL_ASSUMPTION_COUNT] = {
    {PAL_TARGETS_AMONG_ORDERS, "targets-among-orders",
     "Targets are only among people with an earlier final order of removal on record "
     "(or "
     "another sign switched on here)."},
    {PAL_TARGETS_AMONG_REQUESTS, "targets-among-requests",
     "Targets are only among people with an earlier custody request on record (or "
     "another "
     "sign switched on here)."},
    {PAL_TARGETS_AMONG_CONVICTIONS, "targets-among-convictions",
     "Targets are only among people recorded as convicted (or another sign switched on "
     "here)."},
    {PAL_ORDER_MEANS_TARGET, "order-means-target",
     "Everybody with an earlier final order of removal on record was a target."},
    {PAL_REQUEST_MEANS_TARGET, "request-means-target",
     "Everybody with an earlier custody request on record was a target."},
    {PAL_CONVICTION_MEANS_TARGET, "conviction-means-target",
     "Everybody recorded as convicted was a target."},
};

const struct pal_assumption_text *pal_assumption_at(size_t index)
{
    return index < PAL_ASSUMPTION_COUNT ? &assumptions_known[index] : NULL;
}

bool pal_assumption_find(struct pal_view name, enum pal_assumption *out)
{
    for (size_t i = 0; i < PAL_ASSUMPTION_COUNT; i++) {
        if (pal_view_is_equal(name, pal_view_of(assumptions_known[i].name))) {
            *out = assumptions_known[i].bit;
            return true;
        }
    }
    return false;
}

/* What the assumptions make of an arrest with these signs. */
struct verdict {
    bool is_target;
    bool is_collateral;
};

static struct verdict judge(size_t evidence, uint32_t assumptions)
{
    static const uint32_t among[SIGN_KIND_COUNT] = {PAL_TARGETS_AMONG_ORDERS,
                                                    PAL_TARGETS_AMONG_REQUESTS,
                                                    PAL_TARGETS_AMONG_CONVICTIONS};
    static const uint32_t means[SIGN_KIND_COUNT] = {
        PAL_ORDER_MEANS_TARGET, PAL_REQUEST_MEANS_TARGET, PAL_CONVICTION_MEANS_TARGET};
    const size_t signs[SIGN_KIND_COUNT] = {evidence / 9, evidence / 3 % 3,
                                           evidence % 3};
    struct verdict out = {false, false};
    bool is_limited = false; /* some "among" is made */
    bool may_be_target = false;
    for (int i = 0; i < SIGN_KIND_COUNT; i++) {
        bool counts = (assumptions & (among[i] | means[i])) != 0;
        is_limited = is_limited || (assumptions & among[i]) != 0;
        may_be_target = may_be_target || (counts && signs[i] != SIGN_NO);
        out.is_target =
            out.is_target || ((assumptions & means[i]) != 0 && signs[i] == SIGN_YES);
    }
    out.is_collateral = is_limited && !may_be_target;
    return out;
}

pal_status pal_target_bounds_of(const struct pal_target_counts *counts,
                                uint32_t assumptions, struct pal_target_bounds *out,
                                struct pal_error *err)
{
    struct pal_interval interval = {0, 0};
    int64_t unrecorded = 0;
    int64_t surely_target = 0;
    int64_t surely_collateral = 0;
    pal_status st = PAL_OK;
    for (size_t i = 0; i < PAL_EVIDENCE_COUNT; i++) {
        struct verdict verdict = judge(i, assumptions);
        unrecorded += counts->unrecorded[i];
        surely_target += verdict.is_target ? counts->unrecorded[i] : 0;
        surely_collateral += verdict.is_collateral ? counts->unrecorded[i] : 0;
    }
    *out = (struct pal_target_bounds){.targeted = counts->targeted,
                                      .collateral = counts->collateral};
    out->recorded = counts->targeted + counts->collateral;
    out->n = out->recorded + unrecorded;
    out->has_share = out->recorded > 0;
    out->has_bounds = out->n > 0;
    out->at_least = counts->collateral + surely_collateral;
    out->at_most = counts->collateral + unrecorded - surely_target;
    out->is_open = out->has_bounds && out->at_least == 0 && out->at_most == out->n;
    if (out->has_share) {
        out->share = (double)out->collateral / (double)out->recorded;
        st = pal_interval_share_exact(out->collateral, out->recorded, LEVEL, &interval,
                                      err);
        out->share_low = interval.low;
        out->share_high = interval.high;
    }
    return st;
}

static size_t sign_of(char c)
{
    return c == 'n' ? SIGN_NO : c == 'y' ? SIGN_YES : SIGN_NOT_TOLD;
}

static void add(struct pal_target_counts *counts, struct pal_view evidence, int64_t n)
{
    PAL_BUG_IF(evidence.size != 4);
    if (evidence.data[0] == 'T') {
        counts->targeted += n;
    } else if (evidence.data[0] == 'C') {
        counts->collateral += n;
    } else {
        counts->unrecorded[sign_of(evidence.data[1]) * 9 +
                           sign_of(evidence.data[2]) * 3 + sign_of(evidence.data[3])] +=
            n;
    }
}

static bool is_same_group(const struct pal_bounds_row *row,
                          const struct pal_figure *figure, size_t by_count)
{
    for (size_t i = 0; i < by_count; i++) {
        if (!pal_view_is_equal(row->keys[i], figure->keys[i])) {
            return false;
        }
    }
    return true;
}

static pal_status start_row(struct pal_bounds_row *row, const struct pal_figure *figure,
                            size_t by_count, struct pal_arena *arena,
                            struct pal_error *err)
{
    pal_status st = PAL_OK;
    *row = (struct pal_bounds_row){.status = figure->status};
    for (size_t i = 0; st == PAL_OK && i < by_count; i++) {
        st = pal_arena_copy(arena, figure->keys[i], &row->keys[i], err);
    }
    return st;
}

/* Figures come sorted by keys, the evidence last, so a group is a run of them. */
static pal_status group(const struct pal_measure_result *result, size_t by_count,
                        struct pal_arena *arena, struct pal_bounds_row *rows,
                        size_t *count, struct pal_error *err)
{
    pal_status st = PAL_OK;
    *count = 0;
    for (size_t i = 0; st == PAL_OK && i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        if (*count == 0 || !is_same_group(&rows[*count - 1], figure, by_count)) {
            st = start_row(&rows[(*count)++], figure, by_count, arena, err);
        }
        struct pal_bounds_row *row = &rows[*count - 1];
        if (figure->has_value && figure->keys[by_count].size == 4) {
            row->status = PAL_FIGURE_NUMBER;
            add(&row->counts, figure->keys[by_count], llround(figure->value));
        }
    }
    return st;
}

static pal_status make_request(const struct pal_bounds_request *request,
                               struct pal_measure_request *out, struct pal_error *err)
{
    if (request->by_count >= PAL_MEASURE_DIMENSION_MAX ||
        request->where_count > PAL_MEASURE_CONDITION_MAX) {
        return pal_fail(err, PAL_USAGE, "bounds are cut by at most %d dimensions",
                        PAL_MEASURE_DIMENSION_MAX - 1);
    }
    *out = (struct pal_measure_request){.by_count = request->by_count + 1,
                                        .where_count = request->where_count,
                                        .first = request->first,
                                        .last = request->last};
    PAL_BUG_IF(!pal_measure_find(PAL_VIEW("arrest_targets"), &out->measure));
    for (size_t i = 0; i < request->by_count; i++) {
        out->by[i] = request->by[i];
    }
    out->by[request->by_count] = PAL_VIEW("evidence");
    for (size_t i = 0; i < request->where_count; i++) {
        out->where[i] = request->where[i];
    }
    return PAL_OK;
}

/* ---- how much shares vary ---- */

/* Recorded shares of every area and week of the request. */
static pal_status run_units(struct pal_store *store,
                            const struct pal_bounds_request *request,
                            struct pal_arena *arena, struct pal_dispersion *out,
                            struct pal_error *err)
{
    struct pal_bounds_request units = *request;
    struct pal_measure_request asked;
    struct pal_measure_result *result = NULL;
    struct pal_bounds_row *rows = NULL;
    double *parts = NULL;
    double *wholes = NULL;
    void *memory = NULL;
    size_t row_count = 0;
    size_t count = 0;
    units.by_count = 2;
    units.by[0] = PAL_VIEW("area");
    units.by[1] = PAL_VIEW("week");
    out->status = PAL_FIT_TOO_FEW;
    pal_status st = make_request(&units, &asked, err);
    if (st == PAL_OK) {
        st = pal_measure_run(store, &asked, &result, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, result->count + 1, sizeof *rows, &memory, err);
        rows = memory;
    }
    if (st == PAL_OK) {
        st = group(result, units.by_count, arena, rows, &row_count, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, 2 * row_count + 2, sizeof *parts, &memory, err);
        parts = memory;
    }
    for (size_t i = 0; st == PAL_OK && i < row_count; i++) {
        double whole = (double)(rows[i].counts.targeted + rows[i].counts.collateral);
        wholes = parts + row_count + 1;
        if (whole > 0) {
            parts[count] = (double)rows[i].counts.collateral;
            wholes[count++] = whole;
        }
    }
    if (st == PAL_OK && count > 0) {
        st = pal_dispersion_of_shares(parts, wholes, count, PAL_SPREAD_QUASI, out, err);
    }
    pal_measure_result_free(result);
    return st;
}

static pal_status spread(const struct pal_dispersion *dispersion,
                         struct pal_bounds_row *row, struct pal_error *err)
{
    struct pal_interval interval = {0, 0};
    bool is_known =
        dispersion->status == PAL_FIT_OK || dispersion->status == PAL_FIT_EQUIDISPERSED;
    if (!is_known || !row->bounds.has_share) {
        return PAL_OK;
    }
    const struct pal_part part = {row->bounds.collateral, row->bounds.recorded, 1};
    pal_status st =
        pal_interval_share_dispersed(&part, dispersion, LEVEL, &interval, err);
    row->has_spread = st == PAL_OK;
    row->variance_factor =
        dispersion->spread == PAL_SPREAD_QUASI ? dispersion->value : 1;
    row->spread_low = interval.low;
    row->spread_high = interval.high;
    return st;
}

static pal_status add_spread(struct pal_store *store,
                             const struct pal_bounds_request *request,
                             struct pal_arena *arena, struct pal_bounds_row *rows,
                             size_t count, struct pal_error *err)
{
    struct pal_dispersion dispersion = {.status = PAL_FIT_TOO_FEW};
    bool has_share = false;
    for (size_t i = 0; i < count; i++) {
        has_share = has_share || rows[i].bounds.has_share;
    }
    if (!has_share) {
        return PAL_OK;
    }
    pal_status st = run_units(store, request, arena, &dispersion, err);
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        st = spread(&dispersion, &rows[i], err);
    }
    return st;
}

pal_status pal_bounds_run(struct pal_store *store,
                          const struct pal_bounds_request *request,
                          struct pal_arena *arena, struct pal_bounds_row **out,
                          size_t *count, struct pal_error *err)
{
    struct pal_measure_request asked;
    struct pal_measure_result *result = NULL;
    void *memory = NULL;
    *out = NULL;
    *count = 0;
    pal_status st = make_request(request, &asked, err);
    if (st == PAL_OK) {
        st = pal_measure_run(store, &asked, &result, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, result->count + 1, sizeof **out, &memory, err);
    }
    struct pal_bounds_row *rows = memory;
    if (st == PAL_OK) {
        st = group(result, request->by_count, arena, rows, count, err);
    }
    for (size_t i = 0; st == PAL_OK && i < *count; i++) {
        st = pal_target_bounds_of(&rows[i].counts, request->assumptions,
                                  &rows[i].bounds, err);
    }
    pal_measure_result_free(result);
    if (st == PAL_OK) {
        st = add_spread(store, request, arena, rows, *count, err);
    }
    if (st == PAL_OK) {
        *out = rows;
    }
    return st;
}
