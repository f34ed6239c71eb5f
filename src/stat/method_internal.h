/*
 * What the method files share: the list, and small helpers for result tables.
 */
#ifndef PAL_STAT_METHOD_INTERNAL_H
#define PAL_STAT_METHOD_INTERNAL_H

#include "stat/method.h"

/* name as in params, function, summary */
#define PAL_METHOD_LIST(X)                                                             \
    X("earsC", pal_method_ears, "EARS C1, C2, C3: a 7-day baseline")                   \
    X("farringtonFlexible", pal_method_farrington_flexible,                            \
      "Farrington flexible (Noufaily et al. 2013)")                                    \
    X("farrington", pal_method_farrington, "Farrington (1996)")                        \
    X("essence_switch", pal_method_essence,                                            \
      "ESSENCE: regression on the day of the week or EWMA")                            \
    X("cusum", pal_method_cusum, "CUSUM of standardised counts")                       \
    X("glrnb", pal_method_ratio_chart,                                                 \
      "likelihood ratio charts, Poisson and negative binomial")                        \
    X("bayes", pal_method_bayes,                                                       \
      "predictive bound from the same season; for sparse series")                      \
    X("cdc", pal_method_cdc, "four-week sums against years before (Stroup 1989)")      \
    X("rki", pal_method_rki, "mean and two standard deviations, or a Poisson table")   \
    X("outbreakP", pal_method_outbreak, "start of an outbreak by isotonic regression") \
    X("glm", pal_method_glm, "Poisson or quasi-Poisson regression")                    \
    X("glm.nb", pal_method_glm_nb, "negative binomial regression")                     \
    X("optimal_partitioning", pal_method_change,                                       \
      "change points of one series, exactly")                                          \
    X("bai_perron", pal_method_breaks,                                                 \
      "breaks of a regression, with intervals and tests")                              \
    X("scan", pal_method_scan, "space-time windows with the most excess")              \
    X("kaplan_meier", pal_method_kaplan_meier, "how long stays last")                  \
    X("logrank", pal_method_log_rank, "whether groups stay equally long")              \
    X("coxph", pal_method_cox, "what shortens stays: proportional hazards")            \
    X("aalen_johansen", pal_method_aalen_johansen, "how stays end: competing events")  \
    X("loglinear_capture_recapture", pal_method_undercount,                            \
      "how many were on none of several lists: all log-linear models, lower bounds")   \
    X("dga", pal_method_graph_average, "the same, averaged over decomposable graphs")  \
    X("poisson_exact_and_fdr", pal_method_poisson_fdr,                                 \
      "observed against expected counts, with false discovery rates")                  \
    X("poisson_rate_ratio", pal_method_rate_ratio, "ratio of two rates")

#define PAL_METHOD_DECLARE(algorithm, function, summary)                               \
    pal_status function(const struct pal_params *params, const struct pal_frame *in,   \
                        struct pal_frame *out, struct pal_error *err);
PAL_METHOD_LIST(PAL_METHOD_DECLARE)
#undef PAL_METHOD_DECLARE

/* Result tables of section, name, value. Names are borrowed. */
pal_status pal_method_begin_values(struct pal_frame *out,
                                   struct pal_error *err) PAL_MUST_USE;
pal_status pal_method_add(struct pal_frame *out, const char *section, const char *name,
                          double value, struct pal_error *err) PAL_MUST_USE;
pal_status pal_method_add_indexed(struct pal_frame *out, const char *section,
                                  size_t index, double value,
                                  struct pal_error *err) PAL_MUST_USE;
pal_status pal_method_alloc(struct pal_arena *arena, size_t count, double **out,
                            struct pal_error *err) PAL_MUST_USE;

#endif
