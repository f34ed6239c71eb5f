/*
 * What the files of a detection share: series with their suspicious windows, and candidates
 * for surges.
 */
#ifndef PAL_DETECT_SURGE_INTERNAL_H
#define PAL_DETECT_SURGE_INTERNAL_H

#include "base/base.h"
#include "detect/surge.h"

enum {
    PAL_CANDIDATE_MAX = 2000000,
    PAL_SURGE_COUNT_MIN = 5, /* records in a window, below which it is not looked at */
    PAL_WINDOWS_A_WEEK = 7 * PAL_WINDOW_LENGTH_COUNT
};

/* A window above its usual. */
struct pal_suspect {
    uint32_t first;
    uint8_t length;      /* which of pal_window_lengths */
    bool is_edged;       /* more than usual on its first and on its last day */
    bool is_marked;      /* touches what stands out by the spread */
    double surprise;     /* minus the logarithm of p by the spread */
    double log_p;        /* by the tail of the series' own peaks */
    double log_p_shared; /* the same of this window, not as the highest of its days */
};

struct pal_line {
    size_t area; /* or PAL_SURGE_ALL */
    size_t group;
    bool is_searched;
    struct pal_day_series series;
    struct pal_baseline baseline;
    size_t window_count; /* looked at */
    size_t suspect_count;
    struct pal_suspect *suspects; /* by first day, then length */
};

/* Lines stand area by area, then all areas; in each group by group, then all groups. */
struct pal_lines {
    size_t area_count;
    size_t group_count;
    size_t count;
    struct pal_line *items;
};
/* Series and sums of the input, in `arena`; counts that are no sum are borrowed from it. */
pal_status pal_lines_make(const struct pal_surge_input *input, struct pal_arena *arena,
                          struct pal_lines *lines, struct pal_error *err) PAL_MUST_USE;
struct pal_line *pal_lines_at(const struct pal_lines *lines, size_t area, size_t group);

/* Windows of a fitted line that lie above their usual. Scratch is `arena`'s too. */
pal_status pal_line_scan(struct pal_line *line, struct pal_arena *arena,
                         struct pal_error *err) PAL_MUST_USE;

/* Which suspects touch one of detection's surges. */
void pal_tails_mark(struct pal_lines *lines, const struct pal_detection *detection);
/* Tails of all lines that are searched; their suspects' log_p becomes what the tails say. */
pal_status pal_tails_fit(struct pal_lines *lines, struct pal_arena *arena,
                         struct pal_error *err) PAL_MUST_USE;

struct pal_candidate {
    size_t group;
    size_t area_count;     /* 0: all areas */
    const uint16_t *areas; /* ascending */
    size_t first;
    size_t last;
    int rank; /* the more specific the lower: 0 areas and a group, 1 areas, all groups; 2 all
                 areas, a group; 3 everything */
    bool is_dead;
    double log_p; /* of the window, with the choice of areas paid for */
    double excess;
};

struct pal_candidates {
    bool is_each_alone; /* of single lines only */
    size_t count;
    size_t room;
    struct pal_candidate *items;
    struct pal_arena *arena; /* of the areas */
};
/* Single lines' windows and, unless is_each_alone, windows that several areas share, those
 * that could pass at `rate`. */
pal_status pal_candidates_find(const struct pal_lines *lines, double rate,
                               struct pal_candidates *out,
                               struct pal_error *err) PAL_MUST_USE;
void pal_candidates_clear(struct pal_candidates *candidates);

/* From candidates to detection's surges: those that pass at its rate, or with `p_fixed` above
 * 0 those whose p is at most that. */
pal_status pal_surges_select(const struct pal_lines *lines,
                             struct pal_candidates *candidates, double p_fixed,
                             struct pal_detection *detection,
                             struct pal_error *err) PAL_MUST_USE;
pal_status pal_changes_find(const struct pal_lines *lines,
                            struct pal_detection *detection,
                            struct pal_error *err) PAL_MUST_USE;

#endif
