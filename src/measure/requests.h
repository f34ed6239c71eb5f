/*
 * Custody requests (detainers) counted by day, place and type, for what is asked of each day:
 * the law in force, and the outcome. Only records that their serving release covers are
 * counted, likely duplicates are set aside, and nothing names a record.
 */
#ifndef PAL_MEASURE_REQUESTS_H
#define PAL_MEASURE_REQUESTS_H

#include "measure/measure.h"

struct pal_request_count {
    int32_t day;           /* PAL_DAY_NONE: no date in the record */
    struct pal_view state; /* "" not stated or not recorded, "redacted" */
    struct pal_view city;  /* the same */
    struct pal_view type;  /* the same */
    int64_t count;
};

/* All of them, sorted by day, state, city and type; the arena's. PAL_LIMIT above
 * PAL_MEASURE_ROW_MAX. */
pal_status pal_requests_count(struct pal_store *store, struct pal_arena *arena,
                              struct pal_request_count **out, size_t *count,
                              struct pal_error *err) PAL_MUST_USE;

#endif
