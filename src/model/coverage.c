/*
 * Which days each release covers, which release serves them, and two releases side by side.
 */
#include "model/model_internal.h"

static pal_status run_all(struct pal_store *store, const char *const *names,
                          size_t count, struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < count; i++) {
        status = pal_model_run(store, names[i], PAL_NO_SLOTS, NULL, 0, err);
    }
    return status;
}

pal_status pal_model_views(struct pal_store *store, struct pal_error *err)
{
    static const char *const names[] = {"sheet_place_view",     "field_sheet_view",
                                        "arrest_event_view",    "detainer_event_view",
                                        "encounter_event_view", "removal_event_view",
                                        "stint_event_view"};
    return run_all(store, names, sizeof names / sizeof names[0], err);
}

pal_status pal_model_events(struct pal_store *store, struct pal_error *err)
{
    static const char *const names[] = {"event_total_build", "coverage_span_build",
                                        "coverage_scope_build"};
    pal_status status =
        pal_model_run(store, "event_day_create", PAL_NO_SLOTS, NULL, 0, err);
    for (size_t i = 0; status == PAL_OK && i < PAL_MODEL_TABLE_COUNT; i++) {
        status = pal_model_run(store, "event_day_insert",
                               PAL_SLOTS(pal_slot_of("table", pal_model_tables[i])),
                               NULL, 0, err);
    }
    return status == PAL_OK ? run_all(store, names, sizeof names / sizeof names[0], err)
                            : status;
}

pal_status pal_model_coverage(struct pal_store *store, struct pal_error *err)
{
    static const char *const names[] = {"coverage_insert", "release_compare_insert"};
    return run_all(store, names, sizeof names / sizeof names[0], err);
}
