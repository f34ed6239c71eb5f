/*
 * Times sorted and tied, shared by the survival files.
 */
#ifndef PAL_STAT_SURVIVAL_INTERNAL_H
#define PAL_STAT_SURVIVAL_INTERNAL_H

#include "stat/survival.h"

struct pal_risk_table {
    size_t time_count;
    double *time;     /* distinct exit times, ascending */
    size_t *position; /* of each record's exit among them */
    size_t *start;    /* of each record: it is at risk from this time on */
};

/* Times that differ by less than 1.5e-8 of their mean size are one time, as R's timefix. */
pal_status pal_risk_table_make(const struct pal_survival_data *data,
                               struct pal_arena *arena, struct pal_risk_table *out,
                               struct pal_error *err) PAL_MUST_USE;

#endif
