/*
 * Power: how large a surge would have been seen, by series, length and size.
 *
 * A surge is put somewhere into a history of the series, and the detection of detect/surge.h
 * is run on it: the usual is fitted anew, surge and all, and the windows that touch the surge
 * are held against the threshold that one window alone must pass. The history is the series as
 * it was, away from its past surges; or one drawn from the fitted model (a parametric
 * bootstrap: negative binomial days about the usual); or the series' own residuals in blocks
 * of four weeks without a past surge (a block bootstrap, Kunsch 1989). A surge of effect e adds
 * Poisson((e - 1) usual) to each of its days, and the additions of a larger effect hold those
 * of a smaller one.
 *
 * False alarms are counted in histories of the last two kinds, in which there is no surge.
 *
 * What several series together would show, and surges that are reported only because others
 * are, are left out: power is a lower bound in that.
 */
#ifndef PAL_DETECT_POWER_H
#define PAL_DETECT_POWER_H

#include "base/base.h"
#include "detect/surge.h"

enum {
    PAL_POWER_EFFECT_MAX = 32,
    PAL_POWER_DAYS_MAX = 32,
    PAL_POWER_LENGTH_MAX = 366, /* of a surge, in days */
    PAL_POWER_REPLICATE_MAX = 100000
};

enum pal_power_history {
    PAL_POWER_MODEL,
    PAL_POWER_RESAMPLED, /* the model where there are too few blocks */
    PAL_POWER_OWN,
    PAL_POWER_NULL_COUNT = PAL_POWER_OWN /* those without a surge */
};

struct pal_power_setting {
    const double *effects; /* ascending, 1 to 100: 1.5 is half again as many */
    size_t effect_count;
    const int32_t *days; /* ascending */
    size_t days_count;
    double
        false_alarms; /* asked for, a series-year; 0: what the detection's rate comes to */
    double wanted;    /* the power that counts as seen, 0.9 */
    size_t replicate_count;
    enum pal_power_history history;
    uint64_t seed;
    int thread_count;
    bool is_quick; /* no replicates: reckoned, see pal_power_run */
};

struct pal_power_series {
    size_t area; /* or PAL_SURGE_ALL */
    size_t group;
};

struct pal_power_cell {
    double usual; /* records in such a window, on average */
    size_t seen;
    double power;
    double
        low; /* 95 %, of the replicates' chance (Clopper & Pearson); power when reckoned */
    double high;
};

/* Alarms in histories without a surge, at one threshold. */
struct pal_power_alarms {
    double p_limit;      /* of one window */
    double asked;        /* a series-year, at most */
    size_t count;        /* runs of days with an alarm */
    double series_years; /* that were simulated */
    double low;          /* 95 %, a series-year */
    double high;
};

struct pal_power_line {
    struct pal_power_series series;
    bool is_searched;             /* false: too little to say anything */
    bool is_resampled;            /* it has blocks enough */
    bool *has_room;               /* [days] a surge of that length fits somewhere */
    struct pal_power_cell *cells; /* [days * effect_count + effect] */
    double *smallest;             /* [days] smallest effect seen with the wanted power,
                                     between the effects tried; 0: none of them is */
};

struct pal_power {
    struct pal_power_setting setting; /* arrays are the arena's */
    double p_limit;
    size_t line_count;
    struct pal_power_line *lines;
    /* By history, at the threshold used, and at one in twenty series-years, where alarms are
     * common enough to be counted. */
    struct pal_power_alarms own[PAL_POWER_NULL_COUNT];
    struct pal_power_alarms loose[PAL_POWER_NULL_COUNT];
    struct pal_arena arena;
};

/* `detection` must outlive the call only. With is_quick nothing is simulated: each length's
 * windows are taken at up to 24 places, and the chance that such a window passes the threshold
 * is reckoned from its negative binomial; the refitting is left out, so long surges come out
 * easier to see than they are. PAL_INPUT for settings out of range. */
pal_status pal_power_run(const struct pal_detection *detection,
                         const struct pal_power_series *series, size_t series_count,
                         const struct pal_power_setting *setting,
                         struct pal_power **out, struct pal_error *err) PAL_MUST_USE;
void pal_power_free(struct pal_power *power);

#endif
