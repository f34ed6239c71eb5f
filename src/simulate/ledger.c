/*
 * The ledger: for every office and day how many arrests and custody requests of each kind.
 * Each office draws from streams of its own, so that another office, or a change to it, leaves
 * the rest as they were. A day's count is negative binomial around the usual for its weekday; a
 * spurt adds arrests at large in the place whose turn it is, and nothing else. Requests that
 * lead to an arrest wait in two queues, honoured and pursued; a day's arrests take from the
 * front of them, never more than wait there.
 */
#include <math.h>

#include "simulate/simulate_internal.h"

/* Shares of the usual by group, and how a week is filled: Monday first, mean 1. */
static const double group_share[PAL_SIM_GROUP_COUNT] = {[PAL_SIM_AT_LARGE] = 0.24,
                                                        [PAL_SIM_CUSTODIAL] = 0.66,
                                                        [PAL_SIM_287G] = 0.06,
                                                        [PAL_SIM_OTHER] = 0.04};
static const double weekday_factor[7] = {1.25, 1.3, 1.3, 1.25, 1.15, 0.4, 0.35};
/* How many days' worth of requests wait when the release begins. */
static const double honoured_wait_days = 20;
static const double pursued_wait_days = 45;
/* Of targets, from a declined request, as long as any wait. */
static const double target_from_request_share = 0.5;
/* From so many days on without a pause the weekend is a day like others. */
static const int64_t flat_days_on = 7;

enum {
    STREAM_ARREST = 1000,
    STREAM_DETAINER = 2000,
    STREAM_CELL = 3000,
    STREAM_REQUEST = 4000,
    STREAM_PERSON = 5000
};

struct office {
    struct pal_random arrests;
    struct pal_random requests;
    uint64_t made[PAL_SIM_REQUEST_COUNT];
    uint64_t taken[PAL_SIM_QUEUE_COUNT];
};

static uint64_t key_of(uint64_t seed, uint64_t stream, uint64_t index)
{
    uint64_t words[2];
    pal_random_block(seed, stream, index, words);
    return words[0];
}

static uint32_t binomial(struct pal_random *random, uint32_t count, double share)
{
    uint32_t hits = 0;
    for (uint32_t i = 0; i < count; i++) {
        hits += pal_random_uniform(random) < share ? 1 : 0;
    }
    return hits;
}

/* A day's count fits 32 bits with room: the check of the specification bounds its mean. */
static uint32_t day_count(struct pal_random *random, double mean, double size)
{
    int64_t count = pal_random_negative_binomial(random, mean, size);
    return count > INT32_MAX ? INT32_MAX : (uint32_t)count;
}

static uint32_t least(uint64_t a, uint64_t b)
{
    return (uint32_t)(a < b ? a : b);
}

static void fill_requests(const struct pal_simulate_spec *spec, struct office *office,
                          size_t area, int32_t day, struct pal_sim_cell *cell)
{
    const struct pal_simulate_area *place = &spec->areas[area];
    double week = weekday_factor[pal_weekday_of(day)];
    struct pal_random *random = &office->requests;
    uint32_t ended =
        day_count(random, place->detainers_a_day * week, spec->dispersion_size);
    uint32_t declined = binomial(random, ended, place->declined_share);
    uint32_t pursued = binomial(random, declined, spec->pursued_share);
    cell->requests[PAL_SIM_HONOURED] =
        day_count(random, place->honoured_a_day * week, spec->dispersion_size);
    cell->requests[PAL_SIM_PURSUED] = pursued;
    cell->requests[PAL_SIM_DECLINED] = declined - pursued;
    cell->requests[PAL_SIM_OPEN] = ended - declined;
    for (int kind = 0; kind < PAL_SIM_REQUEST_COUNT; kind++) {
        cell->made_before[kind] = office->made[kind];
        office->made[kind] += cell->requests[kind];
        cell->request_count += cell->requests[kind];
    }
}

static void fill_arrests(const struct pal_simulate_spec *spec, struct office *office,
                         size_t area, int32_t day, struct pal_sim_cell *cell)
{
    const struct pal_simulate_campaign *campaign = &spec->campaign;
    struct pal_random *random = &office->arrests;
    double usual = spec->areas[area].arrests_a_day;
    double week = weekday_factor[pal_weekday_of(day)];
    uint32_t counts[PAL_SIM_GROUP_COUNT];
    for (int group = 0; group < PAL_SIM_GROUP_COUNT; group++) {
        counts[group] =
            day_count(random, usual * week * group_share[group], spec->dispersion_size);
    }
    uint32_t targeted =
        binomial(random, counts[PAL_SIM_AT_LARGE], spec->targeted_share);
    cell->arrests[PAL_SIM_TARGETED] = targeted;
    cell->arrests[PAL_SIM_COLLATERAL] = counts[PAL_SIM_AT_LARGE] - targeted;
    cell->arrests[PAL_SIM_IN_CUSTODY] = counts[PAL_SIM_CUSTODIAL];
    cell->arrests[PAL_SIM_AGREEMENT] = counts[PAL_SIM_287G];
    cell->arrests[PAL_SIM_REST] = counts[PAL_SIM_OTHER];
    if (pal_sim_is_spurt(spec, area, day)) {
        double of_day = campaign->roster.days_on >= flat_days_on ? 1 : week;
        int64_t extra =
            pal_random_poisson(random, usual * group_share[PAL_SIM_AT_LARGE] * of_day *
                                           (campaign->effect - 1));
        uint32_t added = extra > INT32_MAX ? INT32_MAX : (uint32_t)extra;
        uint32_t others = binomial(random, added, campaign->collateral_share);
        cell->arrests[PAL_SIM_SPURT_TARGETED] = added - others;
        cell->arrests[PAL_SIM_SPURT_COLLATERAL] = others;
    }
    for (int kind = 0; kind < PAL_SIM_KIND_COUNT; kind++) {
        cell->arrest_count += cell->arrests[kind];
    }
}

/* The day's arrests take from the requests that wait since earlier days. */
static void take_requests(struct office *office, struct pal_sim_cell *cell)
{
    uint32_t targets =
        cell->arrests[PAL_SIM_TARGETED] + cell->arrests[PAL_SIM_SPURT_TARGETED];
    const uint32_t wanted[PAL_SIM_QUEUE_COUNT] = {
        [PAL_SIM_HONOURED] = cell->arrests[PAL_SIM_IN_CUSTODY],
        [PAL_SIM_PURSUED] =
            binomial(&office->arrests, targets, target_from_request_share)};
    for (int queue = 0; queue < PAL_SIM_QUEUE_COUNT; queue++) {
        uint64_t waiting = cell->made_before[queue] - office->taken[queue];
        if (queue == PAL_SIM_HONOURED) {
            /* A jail holds for some weeks: no more than a 20th of those waiting a day, so
             * that the wait stays about what it was. */
            waiting = (waiting + 19) / 20;
        }
        cell->taken_before[queue] = office->taken[queue];
        cell->taken[queue] = least(wanted[queue], waiting);
        office->taken[queue] += cell->taken[queue];
    }
}

static void fill_gaps(const struct pal_simulate_spec *spec, size_t area, int32_t day,
                      struct pal_sim_cell *cell)
{
    cell->recorded = day;
    for (size_t i = 0; i < spec->gap_count; i++) {
        const struct pal_simulate_gap *gap = &spec->gaps[i];
        if (day < gap->first || day > gap->last ||
            !pal_sim_is_at(spec, area, gap->area)) {
            continue;
        }
        if (pal_view_is_equal(gap->kind, PAL_VIEW("blank"))) {
            cell->is_area_blank = true;
        } else if (pal_view_is_equal(gap->kind, PAL_VIEW("missing")) ||
                   gap->last >= spec->last) {
            cell->recorded = PAL_DAY_NONE;
        } else {
            cell->recorded = gap->last + 1;
        }
    }
}

static void fill_office(struct pal_simulate_world *world, size_t area)
{
    const struct pal_simulate_spec *spec = world->spec;
    const struct pal_simulate_area *place = &spec->areas[area];
    struct office office = {.made = {0}};
    pal_random_init(&office.arrests, spec->seed, STREAM_ARREST + area);
    pal_random_init(&office.requests, spec->seed, STREAM_DETAINER + area);
    office.made[PAL_SIM_HONOURED] =
        (uint64_t)(place->honoured_a_day * honoured_wait_days + 0.5);
    office.made[PAL_SIM_PURSUED] =
        (uint64_t)(place->detainers_a_day * place->declined_share *
                       spec->pursued_share * pursued_wait_days +
                   0.5);
    for (size_t kind = 0; kind < PAL_SIM_REQUEST_COUNT; kind++) {
        world->request_keys[area][kind] =
            key_of(spec->seed, STREAM_REQUEST + area, kind);
    }
    for (int32_t day = spec->first; day <= spec->last; day++) {
        struct pal_sim_cell *cell = pal_sim_cell_at(world, day, area);
        cell->key = key_of(spec->seed, STREAM_CELL + area, (uint64_t)(int64_t)day);
        fill_requests(spec, &office, area, day, cell);
        fill_arrests(spec, &office, area, day, cell);
        take_requests(&office, cell);
        fill_gaps(spec, area, day, cell);
        pal_sim_roster_fill(spec, area, day, cell);
    }
}

static void number_cells(struct pal_simulate_world *world)
{
    size_t count = world->day_count * world->spec->area_count;
    for (size_t i = 0; i < count; i++) {
        const struct pal_sim_cell *cell = &world->cells[i];
        world->cells[i + 1].arrests_before = cell->arrests_before + cell->arrest_count;
        world->cells[i + 1].requests_before =
            cell->requests_before + cell->request_count;
    }
}

static void number_months(struct pal_simulate_world *world)
{
    int32_t next = pal_month_next(world->spec->first);
    for (size_t i = 0; i < world->day_count; i++) {
        int32_t day = world->spec->first + (int32_t)i;
        if (day == next) {
            world->month_count++;
            next = pal_month_next(day);
        }
        world->months[i] = (uint16_t)world->month_count;
    }
    world->month_count++;
}

pal_status pal_sim_ledger_fill(struct pal_simulate_world *world, struct pal_error *err)
{
    const struct pal_simulate_spec *spec = world->spec;
    world->day_count = (size_t)(spec->last - spec->first) + 1;
    world->cells =
        pal_alloc_zero(world->day_count * spec->area_count + 1, sizeof *world->cells);
    world->months = pal_alloc_zero(world->day_count, sizeof *world->months);
    if (world->cells == NULL || world->months == NULL) {
        return pal_fail_memory(err);
    }
    world->person_key = key_of(spec->seed, STREAM_PERSON, 0);
    world->pseudonym_key = key_of(spec->seed, STREAM_PERSON, 1);
    for (size_t area = 0; area < spec->area_count; area++) {
        world->has_honoured =
            world->has_honoured || spec->areas[area].honoured_a_day > 0;
        fill_office(world, area);
    }
    number_cells(world);
    number_months(world);
    return PAL_OK;
}
