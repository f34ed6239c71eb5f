/*
 * simulate -- a campaign with known truth, written as release workbooks.
 *
 * Takes    a specification: seed, days, areas with their rates, a campaign, the faults of
 *          real releases and how often they happen
 * Gives    workbooks in the agency's layout of March 2026 that enter by the front door like
 *          anybody's, and beside them, in truth/, what was planted
 * Owns     nothing after the call
 * Never    touches the store; describes a real person; answers how to run a campaign
 * Threads  one call one thread; the same bytes for the same specification on every machine
 * Limits   PAL_SIMULATE_AREA_MAX, PAL_SIMULATE_ARREST_MAX
 */
#ifndef PAL_SIMULATE_SIMULATE_H
#define PAL_SIMULATE_SIMULATE_H

#include "base/base.h"

enum { PAL_SIMULATE_AREA_MAX = 64, PAL_SIMULATE_ARREST_MAX = 5000000 };

struct pal_simulate_area {
    struct pal_view name;  /* "Boston": written as "Boston Area of Responsibility" */
    struct pal_view state; /* "MASSACHUSETTS" */
    struct pal_view city;
    double arrests_a_day;   /* the usual, averaged over the week */
    double detainers_a_day; /* custody requests that end without an arrest */
    double declined_share;  /* of those, recorded as declined */
    bool is_in_campaign;
};

struct pal_simulate_campaign {
    int32_t first; /* PAL_DAY_NONE: no campaign */
    int32_t last;
    int32_t spurt_days;  /* length of one spurt */
    int32_t spurt_count; /* in each place; places take turns */
    double effect; /* arrests at large during a spurt: this many times the usual */
};

struct pal_simulate_spec {
    uint64_t seed;
    struct pal_view release; /* FOIA number in the banner */
    int32_t first;
    int32_t last;
    size_t area_count;
    struct pal_simulate_area areas[PAL_SIMULATE_AREA_MAX];
    struct pal_simulate_campaign campaign;
    double duplicate_share;  /* arrests with a second row within a day */
    double without_id_share; /* rows whose id is blank or redacted */
    double area_blank_share;
    double state_blank_share;
    double custody_share; /* arrests that lead to a stay */
};

/* What was written. */
struct pal_simulate_counts {
    int64_t arrests;     /* true arrests */
    int64_t arrest_rows; /* rows released, duplicates and all */
    int64_t campaign_arrests;
    int64_t detainer_rows;
    int64_t stint_rows;
    int64_t stays;
    int64_t workbooks;
};

/* The example's rates and faults, without areas. */
void pal_simulate_defaults(struct pal_simulate_spec *spec);
/* PAL_USAGE names what is wrong with a specification. */
pal_status pal_simulate_check(const struct pal_simulate_spec *spec,
                              struct pal_error *err) PAL_MUST_USE;
/* Writes workbooks into `folder` (made if missing) and truth/ below it. */
pal_status pal_simulate_write(const struct pal_simulate_spec *spec, const char *folder,
                              struct pal_progress *progress,
                              struct pal_simulate_counts *counts,
                              struct pal_error *err) PAL_MUST_USE;

#endif
