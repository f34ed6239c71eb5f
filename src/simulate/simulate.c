/*
 * Simulating a release: what a specification may say, then the world, its files, the truth.
 */
#include "simulate/simulate.h"

#include "simulate/simulate_internal.h"

static const struct pal_simulate_roster week = {5, 2, 8};

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
                     .effect = 2,
                     .collateral_share = 0.4,
                     .roster = week},
        .type_recorded_from = PAL_DAY_NONE,
        .targeted_share = 0.7,
        .pursued_share = 0.3,
        .dispersion_size = 12,
        .watching_share = 0.3,
        .duplicate_share = 0.04,
        .without_id_share = 0.02,
        .area_blank_share = 0.01,
        .state_blank_share = 0.05,
        .custody_share = 0.8,
        .late_days = 14,
    };
}

void pal_simulate_area_defaults(struct pal_simulate_area *area)
{
    area->roster = week;
}

void pal_simulate_reinforcement_defaults(struct pal_simulate_reinforcement *added)
{
    added->roster = (struct pal_simulate_roster){10, 4, 12};
}

/* From 1990 on releases are about records of this kind; the end is far enough. */
static const int32_t day_least = 7305;
static const int32_t day_most = 47481;

static pal_status check_range(const char *name, double value, double least, double most,
                              struct pal_error *err)
{
    if (!(value >= least && value <= most)) {
        return pal_fail(err, PAL_USAGE, "%s is %g; it may be from %g to %g", name,
                        value, least, most);
    }
    return PAL_OK;
}

static pal_status check_roster(const struct pal_simulate_roster *roster,
                               struct pal_error *err)
{
    pal_status st = check_range("days_on", (double)roster->days_on, 1, 60, err);
    if (st == PAL_OK) {
        st = check_range("days_off", (double)roster->days_off, 0, 60, err);
    }
    return st == PAL_OK ? check_range("shift_hours", roster->shift_hours, 1, 24, err)
                        : st;
}

static pal_status check_area(const struct pal_simulate_spec *spec, size_t which,
                             struct pal_error *err)
{
    const struct pal_simulate_area *area = &spec->areas[which];
    const struct {
        const char *name;
        double value;
        double most;
    } ranges[] = {{"arrests_a_day", area->arrests_a_day, 10000},
                  {"detainers_a_day", area->detainers_a_day, 10000},
                  {"honoured_a_day", area->honoured_a_day, 10000},
                  {"declined_share", area->declined_share, 1},
                  {"agents", (double)area->agents, 100000}};
    pal_status st = PAL_OK;
    if (area->name.size == 0 || area->name.size > 64 || area->state.size > 64 ||
        area->city.size > 64) {
        return pal_fail(err, PAL_USAGE,
                        "an area has no name, or a name, state or city over 64 bytes");
    }
    for (size_t i = 0; i < which; i++) {
        if (pal_sim_is_at(spec, i, area->name)) {
            return pal_fail(err, PAL_USAGE, "there are two areas %.*s",
                            PAL_VIEW_ARG(area->name));
        }
    }
    for (size_t i = 0; st == PAL_OK && i < sizeof ranges / sizeof ranges[0]; i++) {
        st = check_range(ranges[i].name, ranges[i].value, 0, ranges[i].most, err);
    }
    if (st == PAL_OK) {
        st = check_roster(&area->roster, err);
    }
    return st == PAL_OK ? st
                        : pal_while(err, st, "area %.*s", PAL_VIEW_ARG(area->name));
}

static pal_status check_campaign(const struct pal_simulate_spec *spec,
                                 struct pal_error *err)
{
    const struct pal_simulate_campaign *campaign = &spec->campaign;
    pal_status st = PAL_OK;
    if (campaign->first == PAL_DAY_NONE) {
        return PAL_OK;
    }
    if (campaign->last == PAL_DAY_NONE || campaign->last < campaign->first) {
        return pal_fail(err, PAL_USAGE, "the campaign ends before it begins");
    }
    const struct {
        const char *name;
        double value;
        double least;
        double most;
    } ranges[] = {{"effect", campaign->effect, 1, 100},
                  {"spurt_days", (double)campaign->spurt_days, 1, PAL_SIMULATE_DAY_MAX},
                  {"spurt_count", (double)campaign->spurt_count, 1, 1000},
                  {"collateral_share", campaign->collateral_share, 0, 1},
                  {"agents", (double)campaign->agents, 0, 100000}};
    for (size_t i = 0; st == PAL_OK && i < sizeof ranges / sizeof ranges[0]; i++) {
        st = check_range(ranges[i].name, ranges[i].value, ranges[i].least,
                         ranges[i].most, err);
    }
    if (st == PAL_OK) {
        st = check_roster(&campaign->roster, err);
    }
    return st == PAL_OK ? st : pal_while(err, st, "campaign");
}

static pal_status check_place(const struct pal_simulate_spec *spec,
                              struct pal_view area, int32_t first, int32_t last,
                              struct pal_error *err)
{
    size_t i = 0;
    while (i < spec->area_count && !pal_sim_is_at(spec, i, area)) {
        i++;
    }
    if (i == spec->area_count) {
        return pal_fail(err, PAL_USAGE, "there is no area %.*s", PAL_VIEW_ARG(area));
    }
    if (first == PAL_DAY_NONE || last == PAL_DAY_NONE || last < first) {
        return pal_fail(err, PAL_USAGE, "at %.*s: the last day is before the first",
                        PAL_VIEW_ARG(area));
    }
    return PAL_OK;
}

static pal_status check_lists(const struct pal_simulate_spec *spec,
                              struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < spec->reinforcement_count; i++) {
        const struct pal_simulate_reinforcement *more = &spec->reinforcements[i];
        st = check_place(spec, more->area, more->first, more->last, err);
        if (st == PAL_OK) {
            st = check_range("agents", (double)more->agents, 0, 100000, err);
        }
        if (st == PAL_OK) {
            st = check_roster(&more->roster, err);
        }
        if (st != PAL_OK) {
            return pal_while(err, st, "a reinforcement");
        }
    }
    for (size_t i = 0; st == PAL_OK && i < spec->gap_count; i++) {
        const struct pal_simulate_gap *gap = &spec->gaps[i];
        st = check_place(spec, gap->area, gap->first, gap->last, err);
        if (st == PAL_OK && !pal_view_is_equal(gap->kind, PAL_VIEW("catch_up")) &&
            !pal_view_is_equal(gap->kind, PAL_VIEW("missing")) &&
            !pal_view_is_equal(gap->kind, PAL_VIEW("blank"))) {
            st = pal_fail(err, PAL_USAGE,
                          "its kind is \"%.*s\"; there are catch_up, missing and blank",
                          PAL_VIEW_ARG(gap->kind));
        }
        if (st != PAL_OK) {
            return pal_while(err, st, "a gap");
        }
    }
    return st;
}

static pal_status check_shares(const struct pal_simulate_spec *spec,
                               struct pal_error *err)
{
    const struct {
        const char *name;
        double value;
        double least;
        double most;
    } ranges[] = {{"duplicate_share", spec->duplicate_share, 0, 1},
                  {"without_id_share", spec->without_id_share, 0, 1},
                  {"area_blank_share", spec->area_blank_share, 0, 1},
                  {"state_blank_share", spec->state_blank_share, 0, 1},
                  {"custody_share", spec->custody_share, 0, 1},
                  {"late_share", spec->late_share, 0, 1},
                  {"late_days", spec->late_days, 0, 365},
                  {"redaction_mixed_share", spec->redaction_mixed_share, 0, 1},
                  {"stint_duplicate_share", spec->stint_duplicate_share, 0, 1},
                  {"targeted_share", spec->targeted_share, 0, 1},
                  {"pursued_share", spec->pursued_share, 0, 1},
                  {"watching_share", spec->watching_share, 0, 1},
                  {"dispersion_size", spec->dispersion_size, 0.1, 1e6}};
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof ranges / sizeof ranges[0]; i++) {
        st = check_range(ranges[i].name, ranges[i].value, ranges[i].least,
                         ranges[i].most, err);
    }
    return st;
}

static pal_status check_size(const struct pal_simulate_spec *spec,
                             struct pal_error *err)
{
    double days = (double)spec->last - spec->first + 1;
    double arrests = 0;
    double requests = 0;
    for (size_t i = 0; i < spec->area_count; i++) {
        const struct pal_simulate_area *area = &spec->areas[i];
        double effect = area->is_in_campaign && spec->campaign.first != PAL_DAY_NONE
                            ? spec->campaign.effect
                            : 1;
        arrests += area->arrests_a_day * days * (1 + 0.24 * (effect - 1));
        requests += (area->detainers_a_day + area->honoured_a_day) * days;
    }
    if (arrests > PAL_SIMULATE_ROW_MAX || requests > PAL_SIMULATE_ROW_MAX) {
        return pal_fail(err, PAL_LIMIT,
                        "up to %.0f arrests and %.0f custody requests; at most %d of "
                        "either are written: take fewer a day, or fewer days",
                        arrests, requests, PAL_SIMULATE_ROW_MAX);
    }
    return PAL_OK;
}

pal_status pal_simulate_check(const struct pal_simulate_spec *spec,
                              struct pal_error *err)
{
    if (spec->first == PAL_DAY_NONE || spec->last == PAL_DAY_NONE ||
        spec->last < spec->first || spec->area_count == 0) {
        return pal_fail(
            err, PAL_USAGE,
            "a specification needs a first day, a last day not before it, and "
            "at least one area");
    }
    if (spec->first < day_least || spec->last > day_most) {
        return pal_fail(err, PAL_USAGE,
                        "the days of a release are from 1990-01-01 to 2099-12-31");
    }
    if (spec->last - spec->first >= PAL_SIMULATE_DAY_MAX) {
        return pal_fail(err, PAL_LIMIT, "a release has at most %d days",
                        PAL_SIMULATE_DAY_MAX);
    }
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < spec->area_count; i++) {
        st = check_area(spec, i, err);
    }
    if (st == PAL_OK) {
        st = check_shares(spec, err);
    }
    if (st == PAL_OK) {
        st = check_campaign(spec, err);
    }
    if (st == PAL_OK) {
        st = check_lists(spec, err);
    }
    return st == PAL_OK ? check_size(spec, err) : st;
}

static pal_status write_world(const struct pal_simulate_world *world,
                              const char *folder,
                              const struct pal_simulate_options *options,
                              struct pal_progress *progress,
                              struct pal_simulate_counts *counts, struct pal_error *err)
{
    struct pal_sim_result result = {.file_count = 0};
    result.tallies = pal_alloc_zero(world->spec->area_count * world->month_count,
                                    sizeof *result.tallies);
    if (result.tallies == NULL) {
        return pal_fail_memory(err);
    }
    pal_status st = pal_sim_files_write(world, folder, options, progress, &result, err);
    if (st == PAL_OK) {
        counts->files = result.file_count;
        pal_sim_count(world, &result, counts);
        st = pal_sim_truth_write(world, &result, counts, folder, err);
    }
    pal_free(result.tallies);
    return st;
}

pal_status pal_simulate_write(const struct pal_simulate_spec *spec, const char *folder,
                              const struct pal_simulate_options *options,
                              struct pal_progress *progress,
                              struct pal_simulate_counts *counts, struct pal_error *err)
{
    static const struct pal_simulate_options plain = {.format = PAL_SIMULATE_XLSX};
    struct pal_simulate_world *world = NULL;
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
        st = pal_simulate_world_new(spec, &world, err);
    }
    if (st == PAL_OK) {
        st = write_world(world, folder, options == NULL ? &plain : options, progress,
                         counts, err);
    }
    pal_simulate_world_free(world);
    pal_buffer_clear(&truth);
    return st;
}
