/*
 * The effort ledger of a study file: announced agents, hours and days, each a range with its
 * source. No key says who was watched, or where.
 */
#ifndef PAL_APP_STUDY_EFFORT_H
#define PAL_APP_STUDY_EFFORT_H

#include "app/study_file.h"
#include "app/yaml_bind.h"

/* The list `effort:`; a node that is NULL gives none. PAL_INPUT names the line: a range whose
 * low is above its high, more than 24 hours a day, days that end before they begin, a place
 * that the study does not name. */
pal_status pal_study_take_effort(const struct pal_binder *binder,
                                 const struct pal_yaml_node *node,
                                 struct pal_study *study,
                                 struct pal_error *err) PAL_MUST_USE;

#endif
