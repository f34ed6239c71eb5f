/*
 * The rules of data/checks.csv as they are embedded: lines parted by '|', the header line
 * left out.
 */
#ifndef PAL_MODEL_CHECK_INTERNAL_H
#define PAL_MODEL_CHECK_INTERNAL_H

#include "model/model_internal.h"

struct pal_check_rule {
    struct pal_view rule;
    struct pal_view kind;
    struct pal_view table; /* "*": each table of events */
    struct pal_view field;
    struct pal_view other;
    double warn; /* share; -1: never */
    double stop;
    struct pal_view text;
};

/* Cuts the next rule off `*rest` (start with pal_check_rules_text). *has false at the end. */
pal_status pal_check_rule_next(struct pal_view *rest, struct pal_check_rule *rule,
                               bool *has, struct pal_error *err) PAL_MUST_USE;
struct pal_view pal_check_rules_text(void);
/* Fills the temporary table of allowed values. */
pal_status pal_check_values_load(struct pal_store *store,
                                 struct pal_error *err) PAL_MUST_USE;

#endif
