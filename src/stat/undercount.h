/*
 * How many were on none of several lists: log-linear models, lower bounds, and averages over
 * decomposable graphs.
 *
 * No list study can tell the size of a group that every list misses alike: under differing
 * chances to be listed N is not identified (Johndrow, Lum & Manrique-Vallier 2019; Binette &
 * Steorts 2022). So the results are given as a spread of models and a lower bound, never as
 * one number.
 */
#ifndef PAL_STAT_UNDERCOUNT_H
#define PAL_STAT_UNDERCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "stat/fit.h"

enum {
    PAL_LIST_MAX = 5,
    PAL_LIST_CELL_MAX = 32,
    PAL_LIST_MODEL_NAME = 128,
    PAL_LIST_MODEL_MAX = 6893,
    PAL_LIST_GRAPH_MAX = 1024
};

/* counts[mask]: people on exactly the lists of the mask (bit 0 is list 1). counts[0] is what
 * is looked for and is not read. */
struct pal_list_counts {
    size_t list_count; /* 2..PAL_LIST_MAX */
    double counts[PAL_LIST_CELL_MAX];
};

struct pal_list_model {
    char name[PAL_LIST_MODEL_NAME]; /* generators: "[1.2 3]" */
    enum pal_fit_status status;     /* BOUNDARY: no N is to be taken from it */
    double total;                   /* N, with those on no list */
    double se;
    double missed;
    double missed_log_se;
    double deviance;
    double df;
    double aic;
    double bic; /* with the log of the number of people, not of cells */
    double aicc;
    size_t rank;
};

/* Every hierarchical model with all main effects and interactions of up to
 * `interaction_max` lists (below list_count). *models is the arena's. */
pal_status pal_list_models(const struct pal_list_counts *lists, size_t interaction_max,
                           struct pal_arena *arena, struct pal_list_model **models,
                           size_t *count, struct pal_error *err) PAL_MUST_USE;

struct pal_list_bound {
    enum pal_fit_status status; /* NO_EVENT: nobody was seen twice */
    double total;
    double se;
    double low; /* 95 % log-normal interval */
    double high;
};
/* Chao's lower bound: 1987, and bias-corrected for a given number of lists. */
struct pal_list_bound pal_list_chao(const struct pal_list_counts *lists);
struct pal_list_bound pal_list_chao_corrected(const struct pal_list_counts *lists);

struct pal_list_pair {
    double chapman;
    double se;
    enum pal_fit_status petersen_status; /* NO_EVENT: nobody is on both */
    double petersen;
};
/* Two lists a < b (0-based), all others left aside. */
struct pal_list_pair pal_list_chapman(const struct pal_list_counts *lists, size_t a,
                                      size_t b);

struct pal_list_average {
    size_t missed_max;
    double *missed; /* probability of 0..missed_max people on no list */
    double mean;    /* of the total */
    double sd;
    double low; /* 2.5 %, 50 %, 97.5 % */
    double median;
    double high;
    double last; /* probability of missed_max: should be near 0 */
    size_t graph_count;
    double graph_share[PAL_LIST_GRAPH_MAX];
    char graph_name[PAL_LIST_GRAPH_MAX][64]; /* "1-2 2-3", "independence" */
};
/* Average over all decomposable graphs; `delta` is the Dirichlet weight of a full cell. The
 * arrays are the arena's. */
pal_status pal_list_average(const struct pal_list_counts *lists, double delta,
                            size_t missed_max, struct pal_arena *arena,
                            struct pal_list_average **out,
                            struct pal_error *err) PAL_MUST_USE;

#endif
