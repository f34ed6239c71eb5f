/*
 * The simulated world. Each area draws from streams of its own, so that another area, or a
 * change to it, leaves the rest as they were. A day's count is negative binomial around the
 * usual for its weekday; a spurt multiplies the arrests at large of the place whose turn it
 * is, and nothing else.
 */
#include <stdlib.h>
#include <string.h>

#include "simulate/simulate_internal.h"

/* Shares of the usual by group, and how a week is filled: Monday first, mean 1. */
static const double group_share[] = {[PAL_SIM_AT_LARGE] = 0.24,
                                     [PAL_SIM_CUSTODIAL] = 0.66,
                                     [PAL_SIM_287G] = 0.06,
                                     [PAL_SIM_OTHER] = 0.04};
static const double weekday_factor[7] = {1.25, 1.3, 1.3, 1.25, 1.15, 0.4, 0.35};
static const double day_size = 12; /* of the negative binomial: mild over-dispersion */

enum { STREAM_ARREST = 1000, STREAM_DETAINER = 2000, STREAM_CUSTODY = 3000 };
static const int64_t hour = 3600;

bool pal_sim_spurt(const struct pal_simulate_spec *spec, size_t area, int32_t number,
                   int32_t *first, int32_t *last)
{
    const struct pal_simulate_campaign *campaign = &spec->campaign;
    int32_t places = 0;
    int32_t turn = 0;
    if (campaign->first == PAL_DAY_NONE || !spec->areas[area].is_in_campaign ||
        number >= campaign->spurt_count) {
        return false;
    }
    for (size_t i = 0; i < spec->area_count; i++) {
        turn += spec->areas[i].is_in_campaign && i < area ? 1 : 0;
        places += spec->areas[i].is_in_campaign ? 1 : 0;
    }
    int32_t slots = places * campaign->spurt_count;
    int32_t slot_days = (campaign->last - campaign->first + 1) / slots;
    *first = campaign->first + (number * places + turn) * slot_days;
    *last = *first + campaign->spurt_days - 1;
    if (*last > campaign->last) {
        *last = campaign->last;
    }
    return true;
}

bool pal_sim_is_spurt(const struct pal_simulate_spec *spec, size_t area, int32_t day)
{
    int32_t first;
    int32_t last;
    for (int32_t i = 0; pal_sim_spurt(spec, area, i, &first, &last); i++) {
        if (day >= first && day <= last) {
            return true;
        }
    }
    return false;
}

/* One more element behind `*items`; NULL when out of memory or over the cap. */
static void *grow(void **items, size_t *count, size_t *room, size_t size)
{
    if (*count == *room) {
        size_t larger = *room == 0 ? 1024 : *room * 2;
        void *moved = NULL;
        if (larger <= PAL_SIMULATE_ARREST_MAX * (size_t)4) {
            moved = pal_realloc(*items, larger, size);
        }
        if (moved == NULL) {
            return NULL;
        }
        *items = moved;
        *room = larger;
    }
    return (char *)*items + size * (*count)++;
}

static struct pal_sim_arrest *add_arrest(struct pal_sim_world *world)
{
    void *items = world->arrests;
    void *added =
        grow(&items, &world->arrest_count, &world->arrest_room, sizeof *world->arrests);
    world->arrests = items;
    return added;
}

static struct pal_sim_detainer *add_detainer(struct pal_sim_world *world)
{
    void *items = world->detainers;
    void *added = grow(&items, &world->detainer_count, &world->detainer_room,
                       sizeof *world->detainers);
    world->detainers = items;
    return added;
}

static struct pal_sim_stint *add_stint(struct pal_sim_world *world)
{
    void *items = world->stints;
    void *added =
        grow(&items, &world->stint_count, &world->stint_room, sizeof *world->stints);
    world->stints = items;
    return added;
}

static int64_t time_on(struct pal_random *random, int32_t day)
{
    return day * (int64_t)PAL_SIM_SECONDS_A_DAY + 5 * hour +
           (int64_t)pal_random_below(random, UINT64_C(12) * 3600);
}

/* What one arrest is drawn for. */
struct kind {
    size_t area;
    int32_t day;
    uint8_t group;
    bool is_campaign;
};

static bool one_arrest(struct pal_sim_world *world, struct pal_random *random,
                       const struct kind *kind)
{
    const struct pal_simulate_spec *spec = world->spec;
    struct pal_sim_arrest *arrest = add_arrest(world);
    if (arrest == NULL) {
        return false;
    }
    *arrest =
        (struct pal_sim_arrest){.second = time_on(random, kind->day),
                                .person = pal_sim_person_draw(random),
                                .area = (uint16_t)kind->area,
                                .group = kind->group,
                                .method = pal_sim_method_draw(random, kind->group),
                                .is_campaign = kind->is_campaign};
    arrest->is_without_id = pal_random_uniform(random) < spec->without_id_share;
    arrest->is_area_blank = pal_random_uniform(random) < spec->area_blank_share;
    arrest->is_state_blank = pal_random_uniform(random) < spec->state_blank_share;
    world->counts.arrests++;
    world->counts.campaign_arrests += kind->is_campaign ? 1 : 0;
    if (arrest->is_without_id || pal_random_uniform(random) >= spec->duplicate_share) {
        return true;
    }
    struct pal_sim_arrest again = *arrest;
    struct pal_sim_arrest *second = add_arrest(world);
    if (second == NULL) {
        return false;
    }
    again.is_duplicate = true;
    again.is_reprocessed = pal_random_uniform(random) < 0.5;
    again.second += (int64_t)pal_random_below(random, UINT64_C(20) * 3600);
    if (again.second >= ((int64_t)spec->last + 1) * PAL_SIM_SECONDS_A_DAY) {
        again.second =
            arrest->second; /* nothing is dated behind the release's last day */
    }
    *second = again;
    return true;
}

static bool arrests_of_day(struct pal_sim_world *world, struct pal_random *random,
                           size_t area, int32_t day)
{
    const struct pal_simulate_spec *spec = world->spec;
    double usual =
        spec->areas[area].arrests_a_day * weekday_factor[pal_weekday_of(day)];
    bool is_spurt = pal_sim_is_spurt(spec, area, day);
    for (int group = 0; group <= PAL_SIM_OTHER; group++) {
        double mean = usual * group_share[group];
        int64_t count = pal_random_negative_binomial(random, mean, day_size);
        int64_t extra = 0;
        if (is_spurt && group == PAL_SIM_AT_LARGE) {
            extra = pal_random_poisson(random, mean * (spec->campaign.effect - 1));
        }
        for (int64_t i = 0; i < count + extra; i++) {
            if (!one_arrest(world, random,
                            &(struct kind){area, day, (uint8_t)group, i >= count})) {
                return false;
            }
        }
    }
    return true;
}

static bool detainers_of_day(struct pal_sim_world *world, struct pal_random *random,
                             size_t area, int32_t day)
{
    const struct pal_simulate_area *place = &world->spec->areas[area];
    double mean = place->detainers_a_day * weekday_factor[pal_weekday_of(day)];
    int64_t count = pal_random_negative_binomial(random, mean, day_size);
    for (int64_t i = 0; i < count; i++) {
        struct pal_sim_detainer *detainer = add_detainer(world);
        if (detainer == NULL) {
            return false;
        }
        *detainer = (struct pal_sim_detainer){.second = time_on(random, day),
                                              .person = pal_sim_person_draw(random),
                                              .area = (uint16_t)area};
        double u = pal_random_uniform(random);
        detainer->is_declined = u < place->declined_share;
        detainer->is_transferred = !detainer->is_declined && u < 0.7;
        detainer->is_without_id = pal_random_uniform(random) < 0.1;
    }
    return true;
}

/* A stay of one to three spells, some hours after the arrest. */
static bool custody_of(struct pal_sim_world *world, struct pal_random *random,
                       const struct pal_sim_arrest *arrest)
{
    int64_t end = ((int64_t)world->spec->last + 1) * PAL_SIM_SECONDS_A_DAY;
    int64_t stay_in =
        arrest->second + 1800 + (int64_t)pal_random_below(random, UINT64_C(36) * 3600);
    int64_t stay_seconds =
        (int64_t)(pal_random_gamma(random, 0.9) * 32 * PAL_SIM_SECONDS_A_DAY) + 3600;
    int64_t stay_out = stay_in + stay_seconds;
    int spells = 1 + (int)pal_random_below(random, 3);
    int64_t in = stay_in;
    if (stay_in >= end) {
        return true;
    }
    world->counts.stays++;
    for (int i = 0; i < spells && in < end; i++) {
        int64_t out = i + 1 == spells ? stay_out : in + (stay_out - in) / (spells - i);
        struct pal_sim_stint *stint = add_stint(world);
        if (stint == NULL) {
            return false;
        }
        *stint = (struct pal_sim_stint){.person = arrest->person,
                                        .stay_in = stay_in,
                                        .stay_out = stay_out < end ? stay_out : 0,
                                        .in = in,
                                        .out = out < end ? out : 0,
                                        .area = arrest->area,
                                        .facility = pal_sim_facility_draw(random),
                                        .is_last = i + 1 == spells,
                                        .is_without_id = arrest->is_without_id};
        in = out + 600;
    }
    return true;
}

static int compare_arrest(const void *a, const void *b)
{
    const struct pal_sim_arrest *left = a;
    const struct pal_sim_arrest *right = b;
    if (left->second != right->second) {
        return left->second < right->second ? -1 : 1;
    }
    if (left->person.number != right->person.number) {
        return left->person.number < right->person.number ? -1 : 1;
    }
    return (int)left->is_duplicate - (int)right->is_duplicate;
}

static int compare_detainer(const void *a, const void *b)
{
    const struct pal_sim_detainer *left = a;
    const struct pal_sim_detainer *right = b;
    if (left->second != right->second) {
        return left->second < right->second ? -1 : 1;
    }
    return (left->person.number > right->person.number) -
           (left->person.number < right->person.number);
}

static int compare_stint(const void *a, const void *b)
{
    const struct pal_sim_stint *left = a;
    const struct pal_sim_stint *right = b;
    if (left->in != right->in) {
        return left->in < right->in ? -1 : 1;
    }
    return (left->person.number > right->person.number) -
           (left->person.number < right->person.number);
}

static bool fill_area(struct pal_sim_world *world, size_t area)
{
    const struct pal_simulate_spec *spec = world->spec;
    struct pal_random arrests;
    struct pal_random detainers;
    pal_random_init(&arrests, spec->seed, STREAM_ARREST + area);
    pal_random_init(&detainers, spec->seed, STREAM_DETAINER + area);
    for (int32_t day = spec->first; day <= spec->last; day++) {
        if (!arrests_of_day(world, &arrests, area, day) ||
            !detainers_of_day(world, &detainers, area, day)) {
            return false;
        }
    }
    return true;
}

pal_status pal_sim_world_fill(struct pal_sim_world *world, struct pal_error *err)
{
    const struct pal_simulate_spec *spec = world->spec;
    struct pal_random custody;
    bool is_full = true;
    for (size_t area = 0; is_full && area < spec->area_count; area++) {
        is_full = fill_area(world, area);
    }
    if (is_full && world->arrest_count > 0) {
        qsort(world->arrests, world->arrest_count, sizeof *world->arrests,
              compare_arrest);
    }
    pal_random_init(&custody, spec->seed, STREAM_CUSTODY);
    for (size_t i = 0; is_full && i < world->arrest_count; i++) {
        if (!world->arrests[i].is_duplicate &&
            pal_random_uniform(&custody) < spec->custody_share) {
            is_full = custody_of(world, &custody, &world->arrests[i]);
        }
    }
    if (!is_full) {
        return pal_fail_memory(err);
    }
    if (world->detainer_count > 0) {
        qsort(world->detainers, world->detainer_count, sizeof *world->detainers,
              compare_detainer);
    }
    if (world->stint_count > 0) {
        qsort(world->stints, world->stint_count, sizeof *world->stints, compare_stint);
    }
    world->counts.arrest_rows = (int64_t)world->arrest_count;
    world->counts.detainer_rows = (int64_t)world->detainer_count;
    world->counts.stint_rows = (int64_t)world->stint_count;
    return PAL_OK;
}

void pal_sim_world_clear(struct pal_sim_world *world)
{
    pal_free(world->arrests);
    pal_free(world->detainers);
    pal_free(world->stints);
    memset(world, 0, sizeof *world);
}
