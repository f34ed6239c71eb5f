#include "app/study_file.h"
#include "store/store.h"

extern const struct pal_asset_table pal_app_assets;

static struct pal_value text_value(struct pal_view text)
{
    if (text.data == NULL) {
        return (struct pal_value){.kind = PAL_VALUE_NULL};
    }
    return (struct pal_value){.kind = PAL_VALUE_TEXT, .text = text};
}

static struct pal_value day_value(int32_t day)
{
    if (day == PAL_DAY_NONE) {
        return (struct pal_value){.kind = PAL_VALUE_NULL};
    }
    return (struct pal_value){.kind = PAL_VALUE_DAY, .integer = day};
}

static pal_status run(struct pal_store *store, const char *name,
                      const struct pal_value *values, size_t count,
                      struct pal_error *err)
{
    return pal_store_run(store, pal_asset_find(&pal_app_assets, name), values, count,
                         err);
}

static pal_status clear(struct pal_store *store, struct pal_error *err)
{
    static const char *const names[] = {
        "study_clear_campaign.sql", "study_clear_comparison.sql",
        "study_clear_effort.sql",   "study_clear_fact.sql",
        "study_clear_place.sql",    "study_clear_release.sql",
        "study_clear_setting.sql",
    };
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof names / sizeof names[0]; i++) {
        st = run(store, names[i], NULL, 0, err);
    }
    return st;
}

static pal_status put_setting(struct pal_store *store, const char *key,
                              struct pal_value value, struct pal_error *err)
{
    struct pal_value values[] = {text_value(pal_view_of(key)), value};
    return value.kind == PAL_VALUE_NULL
               ? PAL_OK
               : run(store, "study_insert_setting.sql", values, 2, err);
}

static pal_status put_settings(const struct pal_study *study, struct pal_store *store,
                               struct pal_error *err)
{
    const struct pal_study_campaign *campaign = &study->campaign;
    struct pal_value agents = {.kind = PAL_VALUE_INTEGER, .integer = campaign->agents};
    const struct {
        const char *key;
        struct pal_value value;
    } settings[] = {
        {"name", text_value(study->name)},
        {"title", text_value(study->title)},
        {"baseline_first", day_value(study->baseline_first)},
        {"baseline_last", day_value(study->baseline_last)},
        {"campaign_agency", text_value(campaign->agency)},
        {"campaign_announced", text_value(campaign->announced)},
        {"campaign_agents", study->has_campaign && campaign->agents >= 0
                                ? agents
                                : day_value(PAL_DAY_NONE)},
        {"campaign_agents_note", text_value(campaign->agents_note)},
        {"program_version", text_value(pal_view_of(PAL_VERSION))},
    };
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof settings / sizeof settings[0]; i++) {
        st = put_setting(store, settings[i].key, settings[i].value, err);
    }
    return st;
}

static pal_status put_campaign(const struct pal_study *study, struct pal_store *store,
                               struct pal_error *err)
{
    const struct pal_study_campaign *campaign = &study->campaign;
    struct pal_value values[] = {
        text_value(campaign->name),    day_value(campaign->first_day),
        day_value(campaign->last_day), text_value(campaign->agents_note),
        text_value(campaign->source),  day_value(campaign->source_date),
    };
    return study->has_campaign ? run(store, "study_insert_campaign.sql", values, 6, err)
                               : PAL_OK;
}

static pal_status put_places(const struct pal_study *study, struct pal_store *store,
                             struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < study->place_count; i++) {
        const struct pal_study_place *place = &study->places[i];
        struct pal_value values[] = {text_value(place->name), text_value(place->area),
                                     text_value(place->state), text_value(place->note),
                                     text_value(study->campaign.source)};
        st = run(store, "study_insert_place.sql", values, 5, err);
    }
    for (size_t i = 0; st == PAL_OK && i < study->comparison_count; i++) {
        struct pal_value value = text_value(study->comparison_areas[i]);
        st = run(store, "study_insert_comparison.sql", &value, 1, err);
    }
    return st;
}

static pal_status put_facts(const struct pal_study *study, struct pal_store *store,
                            struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < study->fact_count; i++) {
        const struct pal_study_fact *fact = &study->facts[i];
        struct pal_value values[] = {text_value(fact->name), text_value(fact->value),
                                     text_value(fact->unit), text_value(fact->source),
                                     day_value(fact->date)};
        st = run(store, "study_insert_fact.sql", values, 5, err);
    }
    return st;
}

static pal_status put_order(const struct pal_study_order *order,
                            struct pal_store *store, struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < order->release_count; i++) {
        struct pal_value values[] = {
            text_value(pal_view_of(pal_table_name(order->table))),
            text_value(order->releases[i]),
            {.kind = PAL_VALUE_INTEGER, .integer = (int64_t)i + 1},
        };
        st = run(store, "study_insert_release.sql", values, 3, err);
    }
    return st;
}

static struct pal_value number_value(double number)
{
    return (struct pal_value){.kind = PAL_VALUE_NUMBER, .number = number};
}

static struct pal_value high_value(const struct pal_study_range *range)
{
    return range->has_high ? number_value(range->high) : day_value(PAL_DAY_NONE);
}

static pal_status put_efforts(const struct pal_study *study, struct pal_store *store,
                              struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < study->effort_count; i++) {
        const struct pal_study_effort *effort = &study->efforts[i];
        struct pal_value values[] = {
            {.kind = PAL_VALUE_INTEGER, .integer = (int64_t)i + 1},
            text_value(effort->place),
            text_value(effort->what),
            day_value(effort->first_earliest),
            day_value(effort->first_latest),
            day_value(effort->last_earliest),
            day_value(effort->last_latest),
            number_value(effort->agents.low),
            high_value(&effort->agents),
            number_value(effort->hours.low),
            high_value(&effort->hours),
            number_value(effort->days_on.low),
            high_value(&effort->days_on),
            number_value(effort->days_off.low),
            high_value(&effort->days_off),
            text_value(effort->source),
            day_value(effort->source_date),
        };
        st = run(store, "study_insert_effort.sql", values,
                 sizeof values / sizeof values[0], err);
    }
    return st;
}

static pal_status put_all(const struct pal_study *study, struct pal_store *store,
                          struct pal_error *err)
{
    pal_status st = clear(store, err);
    if (st == PAL_OK) {
        st = put_settings(study, store, err);
    }
    if (st == PAL_OK) {
        st = put_campaign(study, store, err);
    }
    if (st == PAL_OK) {
        st = put_places(study, store, err);
    }
    if (st == PAL_OK) {
        st = put_facts(study, store, err);
    }
    if (st == PAL_OK) {
        st = put_efforts(study, store, err);
    }
    for (size_t i = 0; st == PAL_OK && i < study->order_count; i++) {
        st = put_order(&study->orders[i], store, err);
    }
    return st;
}

pal_status pal_study_store(const struct pal_study *study, struct pal_store *store,
                           struct pal_error *err)
{
    pal_status st = run(store, "begin.sql", NULL, 0, err);
    if (st != PAL_OK) {
        return st;
    }
    st = put_all(study, store, err);
    if (st == PAL_OK) {
        st = run(store, "commit.sql", NULL, 0, err);
    }
    if (st != PAL_OK) {
        /* The first failure is the one to tell of. */
        pal_status undone = run(store, "rollback.sql", NULL, 0, NULL);
        (void)undone;
    }
    return st;
}
