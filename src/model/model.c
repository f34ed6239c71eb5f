/*
 * The build: every step over what the steps before have made, in one transaction.
 */
#include "model/model_internal.h"

static const char *const made_tables[] = {
    "arrest_flag_row", "detainer_flag_row", "encounter_flag_row", "removal_flag_row",
    "stint_flag_row",  "coverage",          "arrest_stay",        "stay_row",
    "release_compare", "rule_count",        "check_result",       "duplicate_rule"};

static pal_status clear_all(struct pal_store *store, struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t i = 0;
         status == PAL_OK && i < sizeof made_tables / sizeof made_tables[0]; i++) {
        status =
            pal_model_run(store, "clear_table",
                          PAL_SLOTS(pal_slot_of("name", made_tables[i])), NULL, 0, err);
    }
    return status;
}

static pal_status put_version(struct pal_store *store, struct pal_error *err)
{
    pal_status status =
        pal_model_run(store, "rule_version_delete", PAL_NO_SLOTS, NULL, 0, err);
    return status == PAL_OK
               ? pal_model_run_rule(store, "rule_version_insert", PAL_NO_SLOTS, err)
               : status;
}

static const struct {
    const char *what;
    pal_status (*run)(struct pal_store *store, struct pal_error *err);
} steps[] = {
    {"clearing", clear_all},
    {"reading the records", pal_model_views},
    {"counting days", pal_model_events},
    {"covering days", pal_model_coverage},
    {"finding duplicates", pal_model_episodes},
    {"making stays", pal_model_stays},
    {"linking arrests to stays", pal_model_links},
    {"counting rules", pal_model_counts},
    {"checking", pal_model_results},
    {"signing", put_version},
};

pal_status pal_model_build(struct pal_store *store, struct pal_progress *progress,
                           struct pal_error *err)
{
    const uint64_t step_count = sizeof steps / sizeof steps[0];
    pal_status status = pal_store_begin(store, err);
    if (status != PAL_OK) {
        return pal_while(err, status, "model");
    }
    for (uint64_t i = 0; status == PAL_OK && i < step_count; i++) {
        pal_progress_report(progress, pal_view_of(steps[i].what), 0, i, step_count);
        status = steps[i].run(store, err);
        if (status != PAL_OK) {
            status = pal_while(err, status, "model, %s", steps[i].what);
        }
    }
    if (status == PAL_OK) {
        status = pal_store_commit(store, err);
    }
    if (status != PAL_OK) {
        pal_store_undo(store);
        return status;
    }
    pal_progress_report(progress, PAL_VIEW("model"), 0, step_count, step_count);
    return PAL_OK;
}
