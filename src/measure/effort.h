/*
 * The effort that was announced: agents, hours and days, each a range with its source, made
 * into agent-days and agent-hours by week, month and place. Ranges are carried through as
 * worst cases: the least of every part, and the most of every part. What no source says is
 * a range from nothing on, not a guess. Watching is only ever an amount of hours: nothing here
 * says who was watched, or where.
 */
#ifndef PAL_MEASURE_EFFORT_H
#define PAL_MEASURE_EFFORT_H

#include "measure/measure.h"

enum { PAL_EFFORT_ROW_MAX = 512 };

/* A range; has_high false: no source gives an upper end. */
struct pal_range {
    double low;
    double high;
    bool has_high;
};
struct pal_range pal_range_of(double low, double high);
struct pal_range pal_range_add(struct pal_range a, struct pal_range b);
/* Of ranges that are not negative. */
struct pal_range pal_range_multiply(struct pal_range a, struct pal_range b);

/* One line of the ledger, as the study file gives it. */
struct pal_effort {
    struct pal_view place;  /* "all places together" where no source parts it */
    struct pal_view what;   /* "special agents", "watching" */
    int32_t first_earliest; /* the first day is between these */
    int32_t first_latest;
    int32_t last_earliest; /* and the last */
    int32_t last_latest;
    struct pal_range agents;
    struct pal_range hours;    /* a day on */
    struct pal_range days_on;  /* in a row */
    struct pal_range days_off; /* before the next day on */
    struct pal_view source;
    int32_t source_date; /* PAL_DAY_NONE: not stated */
};
/* The least and the most days of first..last on which somebody of the row is on: `days_on` in a
 * row are followed by `days_off`, wherever in the turn the stretch begins. */
struct pal_range pal_effort_days_on(const struct pal_effort *effort, int32_t first,
                                    int32_t last);

/* The efforts that the study states, as stored; the arena's. */
pal_status pal_effort_load(struct pal_store *store, struct pal_arena *arena,
                           struct pal_effort **out, size_t *count,
                           struct pal_error *err) PAL_MUST_USE;

struct pal_effort_row {
    struct pal_view place;
    struct pal_view what;
    int32_t first; /* of the period */
    int32_t last;
    struct pal_range days;       /* worked, of the period */
    struct pal_range agent_days; /* agents times days worked */
    struct pal_range agent_hours;
    enum pal_figure_status arrests_status; /* whether arrests of these days are known */
    int64_t arrests; /* of the place's area, or of the study's areas */
    bool has_rate;
    struct pal_range
        rate; /* arrests per agent-day; has_high false: agent_days may be 0 */
};
/* By "week", "month", "year" or "" for the whole; arrests are those of measure arrests in the
 * area that the study gives a place, in all its areas for "all places together". Rows are
 * sorted by place, what and first day, and the arena's. PAL_USAGE for another period. */
pal_status pal_effort_run(struct pal_store *store, struct pal_view period,
                          struct pal_arena *arena, struct pal_effort_row **out,
                          size_t *count, struct pal_error *err) PAL_MUST_USE;

#endif
