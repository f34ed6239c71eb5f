/*
 * What the files of room model share: running its embedded statements by name, and the steps
 * of a build.
 */
#ifndef PAL_MODEL_MODEL_INTERNAL_H
#define PAL_MODEL_MODEL_INTERNAL_H

#include "model/model.h"

enum { PAL_MODEL_STATEMENT_MAX = 256 * 1024, PAL_MODEL_TABLE_COUNT = 5 };

/* The tables of events, in the order of rooms' lists: arrest first, stint last. */
extern const char *const pal_model_tables[PAL_MODEL_TABLE_COUNT];

struct pal_slots {
    struct pal_slot *slots;
    size_t count;
};
#define PAL_SLOTS(...)                                                                 \
    ((struct pal_slots){(struct pal_slot[]){__VA_ARGS__},                              \
                        sizeof((struct pal_slot[]){__VA_ARGS__}) /                     \
                            sizeof(struct pal_slot)})
#define PAL_NO_SLOTS ((struct pal_slots){NULL, 0})

/* Values for $1, $2, ... */
struct pal_bound {
    const struct pal_value *values;
    size_t count;
};

struct pal_slot pal_slot_of(const char *name, const char *text);

/* Runs sql/<name>.sql, its slots filled and `values` bound. Errors name the statement. */
pal_status pal_model_run(struct pal_store *store, const char *name,
                         struct pal_slots slots, const struct pal_value *values,
                         size_t value_count, struct pal_error *err) PAL_MUST_USE;
/* The same, with the rule version as $1. */
pal_status pal_model_run_rule(struct pal_store *store, const char *name,
                              struct pal_slots slots,
                              struct pal_error *err) PAL_MUST_USE;
pal_status pal_model_query(struct pal_store *store, const char *name,
                           struct pal_slots slots, struct pal_bound bound,
                           struct pal_cursor **out, struct pal_error *err) PAL_MUST_USE;
/* The first value of the first row, an integer; 0 where there is none. */
pal_status pal_model_count(struct pal_store *store, const char *name,
                           const struct pal_value *values, size_t value_count,
                           int64_t *out, struct pal_error *err) PAL_MUST_USE;
struct pal_value pal_model_text(struct pal_view text);
struct pal_value pal_model_integer(int64_t value);
struct pal_value pal_model_number(double value);

/* ", r.<field>" for each field that a sheet of `table` records; with `is_but_bond` without
 * the four bond fields, by which copies of one spell may differ. */
pal_status pal_model_columns(struct pal_store *store, const char *table,
                             bool is_but_bond, struct pal_buffer *out,
                             struct pal_error *err) PAL_MUST_USE;

/* ---- the steps, each over what the ones before have made ---- */

pal_status pal_model_views(struct pal_store *store, struct pal_error *err) PAL_MUST_USE;
pal_status pal_model_events(struct pal_store *store,
                            struct pal_error *err) PAL_MUST_USE;
pal_status pal_model_episodes(struct pal_store *store,
                              struct pal_error *err) PAL_MUST_USE;
pal_status pal_model_coverage(struct pal_store *store,
                              struct pal_error *err) PAL_MUST_USE;
pal_status pal_model_stays(struct pal_store *store, struct pal_error *err) PAL_MUST_USE;
pal_status pal_model_links(struct pal_store *store, struct pal_error *err) PAL_MUST_USE;
pal_status pal_model_counts(struct pal_store *store,
                            struct pal_error *err) PAL_MUST_USE;
pal_status pal_model_results(struct pal_store *store,
                             struct pal_error *err) PAL_MUST_USE;

#endif
