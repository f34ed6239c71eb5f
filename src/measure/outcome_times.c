/*
 * Competing risks over ends that partly have no day. Shares by a day come from Aalen and
 * Johansen's estimator (stat/survival.h). An end on the day of the request is given half a day of
 * length, as the estimator wants an end behind its beginning; a follow-up that ends on the same
 * day likewise.
 *
 * Intervals of a share F with standard error s are F^exp(+-z s / (F log F)): within 0..1 and near
 * their level also for small shares (Kalbfleisch and Prentice, 2nd ed., section 1.4, for the
 * transform).
 */
#include "measure/outcomes.h"

#include <math.h>

#include "stat/survival.h"

const int pal_outcome_horizons[PAL_OUTCOME_HORIZON_COUNT] = {30, 90, 365};

enum { CAUSE_COUNT = 2, STATE_COUNT = CAUSE_COUNT + 1 };
#define Z_95 1.959963984540054
#define HALF_A_DAY 0.5

struct work {
    double *exits;
    int *causes;
    size_t count;
    double follow_max;
};

/* `late[k]`: ends by cause k + 1 without a day are put at the last day, else at the first. */
static void place_ends(const struct pal_outcome_record *records, size_t count,
                       const bool late[CAUSE_COUNT], struct work *work)
{
    for (size_t i = 0; i < count; i++) {
        const struct pal_outcome_record *record = &records[i];
        work->causes[i] = record->state == PAL_UNKNOWN ? 0 : (int)record->state + 1;
        double days = record->follow;
        if (record->has_day) {
            days = record->days;
        } else if (record->state != PAL_UNKNOWN && !late[record->state]) {
            days = 0;
        }
        work->exits[i] = days + HALF_A_DAY;
    }
}

/* The index of the last step up to a time, -1 before the first. */
static ptrdiff_t step_at(const struct pal_competing_curve *curve, double time)
{
    ptrdiff_t at = -1;
    for (size_t i = 0; i < curve->count && curve->time[i] <= time; i++) {
        at = (ptrdiff_t)i;
    }
    return at;
}

static void widen(struct pal_outcome_share *share, double value, double se)
{
    double low = value;
    double high = value;
    if (value > 0 && value < 1 && se > 0) {
        double width = Z_95 * se / (value * log(value));
        double a = pow(value, exp(width));
        double b = pow(value, exp(-width));
        low = fmin(a, b);
        high = fmax(a, b);
    }
    bool is_first = share->status != PAL_FIGURE_NUMBER;
    share->low = is_first ? value : fmin(share->low, value);
    share->high = is_first ? value : fmax(share->high, value);
    share->interval_low = is_first ? low : fmin(share->interval_low, low);
    share->interval_high = is_first ? high : fmax(share->interval_high, high);
    share->status = PAL_FIGURE_NUMBER;
}

/* The estimator's states are still waiting, transferred, declined; ours put waiting last. */
static void read_curve(
    const struct pal_competing_curve *curve, double follow_max,
    struct pal_outcome_share out[PAL_OUTCOME_HORIZON_COUNT][PAL_OUTCOME_STATE_COUNT])
{
    static const size_t column_of[PAL_OUTCOME_STATE_COUNT] = {1, 2, 0};
    for (size_t h = 0; h < PAL_OUTCOME_HORIZON_COUNT; h++) {
        double time = pal_outcome_horizons[h] + HALF_A_DAY;
        ptrdiff_t at = step_at(curve, time);
        for (size_t s = 0; s < PAL_OUTCOME_STATE_COUNT; s++) {
            size_t cell = (size_t)(at < 0 ? 0 : at) * STATE_COUNT + column_of[s];
            if (pal_outcome_horizons[h] > follow_max) {
                continue; /* nobody was followed as long */
            }
            double value = s == PAL_UNKNOWN ? 1 : 0;
            double se = 0;
            if (at >= 0) {
                value = curve->state[cell];
                se = curve->state_se[cell];
            }
            widen(&out[h][s], value, se);
        }
    }
}

static pal_status run_corner(
    const struct pal_outcome_record *records, size_t count,
    const bool late[CAUSE_COUNT], struct work *work,
    struct pal_outcome_share out[PAL_OUTCOME_HORIZON_COUNT][PAL_OUTCOME_STATE_COUNT],
    struct pal_error *err)
{
    struct pal_survival_data data = {NULL, work->exits, work->causes, count};
    struct pal_competing_curve curve;
    struct pal_arena scratch;
    place_ends(records, count, late, work);
    pal_arena_init(&scratch, (size_t)1 << 30);
    pal_status st = pal_aalen_johansen(&data, CAUSE_COUNT, &scratch, &curve, err);
    if (st == PAL_OK) {
        read_curve(&curve, work->follow_max, out);
    }
    pal_arena_clear(&scratch);
    return st;
}

pal_status pal_outcome_times(
    const struct pal_outcome_record *records, size_t count, struct pal_arena *arena,
    struct pal_outcome_share out[PAL_OUTCOME_HORIZON_COUNT][PAL_OUTCOME_STATE_COUNT],
    struct pal_error *err)
{
    struct work work = {.count = count, .follow_max = -1};
    void *exits = NULL;
    void *causes = NULL;
    bool has_day = false;
    for (size_t i = 0; i < count; i++) {
        has_day = has_day || records[i].has_day;
        work.follow_max = fmax(work.follow_max, records[i].follow);
    }
    for (size_t h = 0; h < PAL_OUTCOME_HORIZON_COUNT; h++) {
        for (size_t s = 0; s < PAL_OUTCOME_STATE_COUNT; s++) {
            out[h][s] = (struct pal_outcome_share){
                .status = has_day ? PAL_FIGURE_NOT_COVERED : PAL_FIGURE_NOT_RECORDED};
        }
    }
    if (!has_day) {
        return PAL_OK;
    }
    pal_status st = pal_arena_alloc(arena, count, sizeof(double), &exits, err);
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, count, sizeof(int), &causes, err);
    }
    work.exits = exits;
    work.causes = causes;
    for (int corner = 0; st == PAL_OK && corner < 4; corner++) {
        const bool late[CAUSE_COUNT] = {(corner & 1) != 0, (corner & 2) != 0};
        st = run_corner(records, count, late, &work, out, err);
    }
    return st;
}
