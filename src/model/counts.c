/*
 * What each duplicate rule that is in use would keep and drop, release by release: ours,
 * those of the peers, and the one that compares whole rows.
 */
#include "model/model_internal.h"

/* A rule that takes rows of one id with the same key for one event. */
struct key_rule {
    const char *table;
    const char *rule;
    const char *key;
    const char *date;
    const char *source;
    bool drops;
};

static const struct key_rule key_rules[] = {
    {"arrest", "ddp-2012-2023", "event_date", "event_date", "arrest_event", false},
    {"arrest", "ddp-2026-03", "chain", "moment", "arrest_episode", true},
    {"arrest", "ddp-2026-08", "chain", "moment", "arrest_episode", true},
    {"arrest", "id-and-date", "event_date", "event_date", "arrest_event", true},
    {"arrest", "id-and-time", "event_date, event_time", "event_date", "arrest_event",
     true},
    {"detainer", "ddp-2026-03", "event_date", "event_date", "detainer_event", false},
    {"detainer", "ddp-2026-08", "chain, detainer_type, facility", "moment",
     "detainer_episode", true},
    {"detainer", "id-and-date", "event_date", "event_date", "detainer_event", true},
    {"encounter", "ddp-2025-07", "event_date", "event_date", "encounter_event", false},
    {"removal", "ddp-2026-03", "departed_date", "departed_date", "removal_event",
     false},
    {"removal", "ddp-2026-08", "departed_date", "departed_date", "removal_event", true},
    {"stint", "ddp-2025-07", "spell_in, facility", "spell_in", "stint_event", true},
    {"stint", "id-stay-facility", "stay_in, facility", "stay_in", "stint_event", true},
};

static pal_status count_key(struct pal_store *store, const struct key_rule *rule,
                            struct pal_error *err)
{
    struct pal_slots slots =
        PAL_SLOTS(pal_slot_of("table", rule->table), pal_slot_of("key", rule->key),
                  pal_slot_of("date", rule->date), pal_slot_of("source", rule->source),
                  pal_slot_of("drops", rule->drops ? "TRUE" : "FALSE"));
    struct pal_value name = pal_model_text(pal_view_of(rule->rule));
    return pal_model_run(store, "count_key", slots, &name, 1, err);
}

static pal_status count_equal(struct pal_store *store, const char *table,
                              struct pal_error *err)
{
    struct pal_value name = pal_model_text(PAL_VIEW("equal-rows"));
    struct pal_buffer columns;
    pal_buffer_init(&columns, PAL_MODEL_STATEMENT_MAX);
    pal_status status = pal_model_columns(store, table, false, &columns, err);
    if (status == PAL_OK && columns.size > 0) {
        status = pal_model_run(
            store, "count_equal",
            PAL_SLOTS(pal_slot_of("table", table),
                      (struct pal_slot){"columns", pal_buffer_view(&columns)}),
            &name, 1, err);
    }
    pal_buffer_clear(&columns);
    return status;
}

static pal_status count_stints(struct pal_store *store, struct pal_error *err)
{
    static const struct {
        const char *rule;
        const char *first_step_likely;
    } rules[] = {{"ddp-2026-03", "1"}, {"ddp-2026-08", "0"}};
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < sizeof rules / sizeof rules[0]; i++) {
        struct pal_value name = pal_model_text(pal_view_of(rules[i].rule));
        status = pal_model_run(
            store, "count_stint_ddp",
            PAL_SLOTS(pal_slot_of("first_step_likely", rules[i].first_step_likely)),
            &name, 1, err);
    }
    return status;
}

pal_status pal_model_counts(struct pal_store *store, struct pal_error *err)
{
    struct pal_value neighbour = pal_model_text(PAL_VIEW("ddp-2025-07"));
    pal_status status =
        pal_model_run(store, "count_neighbour",
                      PAL_SLOTS(pal_slot_of("table", "arrest")), &neighbour, 1, err);
    for (size_t i = 0; status == PAL_OK && i < sizeof key_rules / sizeof key_rules[0];
         i++) {
        status = count_key(store, &key_rules[i], err);
    }
    if (status == PAL_OK) {
        status = count_stints(store, err);
    }
    for (size_t i = 0; status == PAL_OK && i < PAL_MODEL_TABLE_COUNT; i++) {
        status = pal_model_run_rule(
            store, "count_ours", PAL_SLOTS(pal_slot_of("table", pal_model_tables[i])),
            err);
        if (status == PAL_OK) {
            status = count_equal(store, pal_model_tables[i], err);
        }
    }
    return status;
}
