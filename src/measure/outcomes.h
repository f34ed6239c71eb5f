/*
 * What became of custody requests (detainers): transferred, declined, unknown, three states and
 * never two; and how soon, as competing risks with requests that are still open (censored).
 *
 * Transferred is the lift reason "Booked into Detention", or, where it is not declined, a stay of
 * the same id that begins within PAL_OUTCOME_WINDOW_DAYS after the request. Declined is the lift
 * reason "Detainer Declined by LEA". Everything else is unknown, and is parted into what is
 * blank, what has another reason, and what the release cannot say.
 *
 * The window is a year here, since time to the transfer is what is asked: later shares need the
 * later stays. Measure detainers counts a stay as the request's outcome only where the hold that
 * it asks for can reach it, PAL_HOLD_DAYS.
 *
 * No release of requests gives the day on which one was lifted. A transfer has a day where a stay
 * is found; every other end lies somewhere between the request and the release's last day. Shares
 * by a day after the request are therefore computed with those ends as early and as late as they
 * can be, in all four combinations, and given as a range. Where no end has a day at all, time is
 * "not recorded" and the shares stand without it.
 */
#ifndef PAL_MEASURE_OUTCOMES_H
#define PAL_MEASURE_OUTCOMES_H

#include "measure/measure.h"

enum {
    PAL_OUTCOME_WINDOW_DAYS = 365,
    PAL_OUTCOME_KEY_MAX = 3,
    PAL_OUTCOME_HORIZON_COUNT = 3, /* 30, 90, 365 days */
    PAL_OUTCOME_REQUEST_MAX = 5000000
};
extern const int pal_outcome_horizons[PAL_OUTCOME_HORIZON_COUNT];

enum pal_outcome_state { PAL_TRANSFERRED, PAL_DECLINED, PAL_UNKNOWN };
enum { PAL_OUTCOME_STATE_COUNT = 3 };
const char *pal_outcome_state_text(enum pal_outcome_state state);

/* One request as the times are made of it. */
struct pal_outcome_record {
    enum pal_outcome_state state;
    bool has_day;  /* only of PAL_TRANSFERRED */
    double days;   /* from the request to its end, where has_day */
    double follow; /* days from the request to the release's last day, 0 and above */
};

/* A share with the range that the missing days leave (equal ends: none), and the outermost ends
 * of the 95 % intervals over that range. */
struct pal_outcome_share {
    enum pal_figure_status status;
    double low;
    double high;
    double interval_low;
    double interval_high;
};

struct pal_outcome_row {
    struct pal_view keys[PAL_OUTCOME_KEY_MAX];
    int64_t n;
    int64_t count[PAL_OUTCOME_STATE_COUNT];
    int64_t dated;           /* transfers with a day */
    int64_t no_reason;       /* of the unknown: the reason is blank */
    int64_t other_reason;    /* another reason than the two */
    int64_t reason_redacted; /* a redaction mark */
    int64_t not_recorded;    /* the release has no such column */
    struct pal_outcome_share share[PAL_OUTCOME_STATE_COUNT]; /* ever, as released */
    struct pal_outcome_share by_day[PAL_OUTCOME_HORIZON_COUNT][PAL_OUTCOME_STATE_COUNT];
};

struct pal_outcome_request {
    size_t by_count;
    struct pal_view by[PAL_OUTCOME_KEY_MAX]; /* state, city, area, facility, type, year,
                                                fiscal_year, month */
    int32_t first;                           /* PAL_DAY_NONE: no bound */
    int32_t last;
};
/* Rows are sorted by keys and the arena's. PAL_USAGE for a name that requests cannot be cut by. */
pal_status pal_outcomes_run(struct pal_store *store,
                            const struct pal_outcome_request *request,
                            struct pal_arena *arena, struct pal_outcome_row **out,
                            size_t *count, struct pal_error *err) PAL_MUST_USE;

/* Shares in each state by each horizon, of records taken together. */
pal_status pal_outcome_times(
    const struct pal_outcome_record *records, size_t count, struct pal_arena *arena,
    struct pal_outcome_share out[PAL_OUTCOME_HORIZON_COUNT][PAL_OUTCOME_STATE_COUNT],
    struct pal_error *err) PAL_MUST_USE;

#endif
