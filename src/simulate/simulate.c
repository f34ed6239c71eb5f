/*
 * Simulating a release: the world, then one workbook per table and fiscal year, then the truth.
 */
#include "simulate/simulate.h"

#include "simulate/simulate_internal.h"

void pal_simulate_defaults(struct pal_simulate_spec *spec)
{
    *spec = (struct pal_simulate_spec){
        .seed = 1,
        .release = PAL_VIEW("2026-ICLI-00005"),
        .first = PAL_DAY_NONE,
        .last = PAL_DAY_NONE,
        .campaign = {.first = PAL_DAY_NONE,
                     .last = PAL_DAY_NONE,
                     .spurt_days = 14,
                     .spurt_count = 2,
                     .effect = 2},
        .duplicate_share = 0.04,
        .without_id_share = 0.02,
        .area_blank_share = 0.01,
        .state_blank_share = 0.05,
        .custody_share = 0.8,
    };
}

static pal_status check_share(const char *name, double share, struct pal_error *err)
{
    if (!(share >= 0 && share <= 1)) {
        return pal_fail(err, PAL_USAGE, "%s is %g; give a share from 0 to 1", name,
                        share);
    }
    return PAL_OK;
}

static pal_status check_area(const struct pal_simulate_area *area,
                             struct pal_error *err)
{
    if (area->name.size == 0 || area->name.size > 64) {
        return pal_fail(err, PAL_USAGE, "an area has no name, or one over 64 bytes");
    }
    if (!(area->arrests_a_day >= 0 && area->arrests_a_day <= 10000) ||
        !(area->detainers_a_day >= 0 && area->detainers_a_day <= 10000)) {
        return pal_fail(err, PAL_USAGE,
                        "area %.*s: arrests and detainers a day are 0 to 10000",
                        PAL_VIEW_ARG(area->name));
    }
    return check_share("declined_share", area->declined_share, err);
}

static pal_status check_campaign(const struct pal_simulate_spec *spec,
                                 struct pal_error *err)
{
    const struct pal_simulate_campaign *campaign = &spec->campaign;
    if (campaign->first == PAL_DAY_NONE) {
        return PAL_OK;
    }
    if (campaign->last == PAL_DAY_NONE || campaign->last < campaign->first) {
        return pal_fail(err, PAL_USAGE, "the campaign ends before it begins");
    }
    if (!(campaign->effect >= 1 && campaign->effect <= 100) ||
        campaign->spurt_days < 1 || campaign->spurt_count < 1 ||
        campaign->spurt_count > 1000) {
        return pal_fail(
            err, PAL_USAGE,
            "a campaign has an effect of 1 to 100, and at least one spurt of "
            "at least one day");
    }
    return PAL_OK;
}

pal_status pal_simulate_check(const struct pal_simulate_spec *spec,
                              struct pal_error *err)
{
    pal_status st = PAL_OK;
    double rows = 0;
    if (spec->first == PAL_DAY_NONE || spec->last == PAL_DAY_NONE ||
        spec->last < spec->first || spec->area_count == 0) {
        return pal_fail(
            err, PAL_USAGE,
            "a specification needs a first day, a last day not before it, and "
            "at least one area");
    }
    for (size_t i = 0; st == PAL_OK && i < spec->area_count; i++) {
        st = check_area(&spec->areas[i], err);
        rows += spec->areas[i].arrests_a_day * (spec->last - spec->first + 1);
    }
    if (st == PAL_OK && rows > PAL_SIMULATE_ARREST_MAX) {
        st = pal_fail(err, PAL_LIMIT, "about %.0f arrests; at most %d are written",
                      rows, PAL_SIMULATE_ARREST_MAX);
    }
    const struct {
        const char *name;
        double share;
    } shares[] = {{"duplicate_share", spec->duplicate_share},
                  {"without_id_share", spec->without_id_share},
                  {"area_blank_share", spec->area_blank_share},
                  {"state_blank_share", spec->state_blank_share},
                  {"custody_share", spec->custody_share}};
    for (size_t i = 0; st == PAL_OK && i < sizeof shares / sizeof shares[0]; i++) {
        st = check_share(shares[i].name, shares[i].share, err);
    }
    return st == PAL_OK ? check_campaign(spec, err) : st;
}

static int32_t event_year(const struct pal_sim_table *table, const char *event)
{
    int64_t second = *(const int64_t *)(const void *)(event + table->second_offset);
    return pal_fiscal_year_of((int32_t)(second / PAL_SIM_SECONDS_A_DAY));
}

/* A workbook per fiscal year; events are in order of time. */
static pal_status write_years(struct pal_sim_world *world,
                              const struct pal_sim_table *table, const void *events,
                              size_t count, const char *folder, struct pal_error *err)
{
    const char *bytes = events;
    size_t from = 0;
    while (from < count) {
        struct pal_sim_events of_year = {
            .first = bytes + from * table->event_size,
            .fiscal_year = event_year(table, bytes + from * table->event_size)};
        size_t to = from;
        while (to < count && event_year(table, bytes + to * table->event_size) ==
                                 of_year.fiscal_year) {
            to++;
        }
        of_year.count = to - from;
        pal_status st = pal_sim_book_write(world->spec, table, &of_year, folder, err);
        if (st != PAL_OK) {
            return st;
        }
        world->counts.workbooks++;
        from = to;
    }
    return PAL_OK;
}

static pal_status write_all(struct pal_sim_world *world, const char *folder,
                            struct pal_error *err)
{
    pal_status st = write_years(world, &pal_sim_arrest_table, world->arrests,
                                world->arrest_count, folder, err);
    if (st == PAL_OK) {
        st = write_years(world, &pal_sim_detainer_table, world->detainers,
                         world->detainer_count, folder, err);
    }
    if (st == PAL_OK) {
        st = write_years(world, &pal_sim_stint_table, world->stints, world->stint_count,
                         folder, err);
    }
    return st;
}

pal_status pal_simulate_write(const struct pal_simulate_spec *spec, const char *folder,
                              struct pal_progress *progress,
                              struct pal_simulate_counts *counts, struct pal_error *err)
{
    struct pal_sim_world world = {.spec = spec};
    struct pal_buffer truth;
    pal_buffer_init(&truth, 1U << 16);
    *counts = (struct pal_simulate_counts){0};
    pal_status st = pal_simulate_check(spec, err);
    if (st == PAL_OK) {
        pal_buffer_append_format(&truth, "%s/truth", folder);
        st = pal_buffer_status(&truth, err);
    }
    if (st == PAL_OK) {
        st = pal_folder_make(truth.data, err);
    }
    if (st == PAL_OK) {
        st = pal_sim_world_fill(&world, err);
    }
    if (st == PAL_OK) {
        pal_progress_report(progress, PAL_VIEW("writing workbooks"), world.arrest_count,
                            0, 0);
        st = write_all(&world, folder, err);
    }
    if (st == PAL_OK) {
        st = pal_sim_truth_write(&world, folder, err);
    }
    *counts = world.counts;
    pal_sim_world_clear(&world);
    pal_buffer_clear(&truth);
    return st;
}
