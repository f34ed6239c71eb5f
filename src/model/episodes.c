/*
 * Episodes and duplicates: which rows of one id are likely the same event. Each table has
 * one rule, given by a template and what fills it.
 */
#include "model/model_internal.h"

static pal_status flag_within_day(struct pal_store *store, const char *table,
                                  const char *carried, const char *of_each,
                                  const char *reason, struct pal_error *err)
{
    struct pal_slots slots =
        PAL_SLOTS(pal_slot_of("table", table), pal_slot_of("carried", carried),
                  pal_slot_of("of_each", of_each), pal_slot_of("reason", reason));
    static const char *const names[] = {"repeated_build", "dated_build", "reach_build",
                                        "episode_build"};
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < sizeof names / sizeof names[0]; i++) {
        status = pal_model_run(store, names[i], slots, NULL, 0, err);
    }
    return status == PAL_OK ? pal_model_run_rule(store, "flag_within_day", slots, err)
                            : status;
}

static pal_status flag_same_day(struct pal_store *store, struct pal_slots slots,
                                struct pal_error *err)
{
    return pal_model_run_rule(store, "flag_same_day", slots, err);
}

static pal_status flag_stints(struct pal_store *store, struct pal_error *err)
{
    struct pal_buffer columns;
    pal_buffer_init(&columns, PAL_MODEL_STATEMENT_MAX);
    pal_status status =
        pal_model_run(store, "stint_near_build", PAL_NO_SLOTS, NULL, 0, err);
    if (status == PAL_OK) {
        status =
            pal_model_run(store, "stint_position_build", PAL_NO_SLOTS, NULL, 0, err);
    }
    if (status == PAL_OK) {
        status = pal_model_columns(store, "stint", true, &columns, err);
    }
    if (status == PAL_OK) {
        struct pal_slots slots =
            PAL_SLOTS((struct pal_slot){"columns", pal_buffer_view(&columns)});
        if (slots.slots[0].text.data == NULL) {
            slots.slots[0].text = PAL_VIEW("");
        }
        status = pal_model_run(store, "stint_equal_build", slots, NULL, 0, err);
    }
    pal_buffer_clear(&columns);
    return status == PAL_OK ? pal_model_run_rule(store, "flag_stint", PAL_NO_SLOTS, err)
                            : status;
}

pal_status pal_model_episodes(struct pal_store *store, struct pal_error *err)
{
    pal_status status =
        pal_model_run_rule(store, "duplicate_rule_insert", PAL_NO_SLOTS, err);
    if (status == PAL_OK) {
        status = flag_within_day(store, "arrest", "", "", "within_24_hours", err);
    }
    if (status == PAL_OK) {
        status = flag_within_day(store, "detainer", ", detainer_type, facility",
                                 ", for each detainer type and facility,",
                                 "within_a_day", err);
    }
    if (status == PAL_OK) {
        status = flag_same_day(store,
                               PAL_SLOTS(pal_slot_of("table", "encounter"),
                                         pal_slot_of("date", "event_date"),
                                         pal_slot_of("order", "event_time"),
                                         pal_slot_of("kept", "first"),
                                         pal_slot_of("reason", "same_day")),
                               err);
    }
    if (status == PAL_OK) {
        status = flag_same_day(store,
                               PAL_SLOTS(pal_slot_of("table", "removal"),
                                         pal_slot_of("date", "departed_date"),
                                         pal_slot_of("order", "event_date"),
                                         pal_slot_of("kept", "last"),
                                         pal_slot_of("reason", "same_departure")),
                               err);
    }
    return status == PAL_OK ? flag_stints(store, err) : status;
}
