/*
 * What the test of spurts shares with its words: the surges asked about.
 */
#ifndef PAL_CLAIM_SPURTS_H
#define PAL_CLAIM_SPURTS_H

#include "claim/claim_internal.h"

struct pal_spurts {
    struct pal_surge_request request;
    enum pal_surge_kind kind;
    bool has_kind;         /* the claim says which */
    bool has_areas;        /* likewise */
    struct pal_view words; /* "announced", "all", or names */
    struct pal_turns_areas areas;
};

/* The definition, and that a city is not its area. */
pal_status pal_spurts_define(struct pal_judge *judge, const struct pal_spurts *spurts,
                             struct pal_finding *finding,
                             struct pal_error *err) PAL_MUST_USE;
/* The numbers behind a reading, in a clause. */
pal_status pal_spurts_note(struct pal_judge *judge, const struct pal_turns *turns,
                           struct pal_reading *out, struct pal_error *err) PAL_MUST_USE;
/* `why` of a verdict on days that are covered. */
pal_status pal_spurts_why(struct pal_judge *judge, const struct pal_spurts *spurts,
                          struct pal_finding *finding,
                          struct pal_error *err) PAL_MUST_USE;

#endif
