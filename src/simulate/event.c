/*
 * Arrests and custody requests one by one, in the order of days and offices: which person, and
 * when. An arrest that comes from a request is of that request's person.
 */
#include "simulate/simulate_internal.h"

static const int64_t day_start =
    INT64_C(5) * 3600; /* arrests are made from five to seventeen */
enum { DAY_SECONDS = 12 * 3600 };

void pal_sim_walk_init(struct pal_sim_walk *walk,
                       const struct pal_simulate_world *world, int32_t first,
                       int32_t last)
{
    size_t areas = world->spec->area_count;
    *walk = (struct pal_sim_walk){
        .world = world,
        .cell = (size_t)(first - world->spec->first) * areas,
        .cell_end = ((size_t)(last - world->spec->first) + 1) * areas,
    };
}

static int64_t moment(int32_t day, uint32_t bits)
{
    return day * (int64_t)PAL_SIM_SECONDS_A_DAY + day_start +
           pal_sim_below(bits, DAY_SECONDS);
}

/* Arrest i of a cell: its kind, and its place within the group its queue serves. */
static enum pal_sim_kind kind_of(const struct pal_sim_cell *cell, uint32_t i,
                                 uint32_t *within)
{
    int kind = 0;
    while (i >= cell->arrests[kind]) {
        i -= cell->arrests[kind];
        kind++;
    }
    *within = i;
    return (enum pal_sim_kind)kind;
}

/* The queue an arrest of that kind takes from, and its place there; -1: none. */
static int queue_of(const struct pal_sim_cell *cell, enum pal_sim_kind kind,
                    uint32_t *within)
{
    if (kind == PAL_SIM_SPURT_TARGETED) {
        *within += cell->arrests[PAL_SIM_TARGETED];
    }
    if (kind == PAL_SIM_TARGETED || kind == PAL_SIM_SPURT_TARGETED) {
        return *within < cell->taken[PAL_SIM_PURSUED] ? PAL_SIM_PURSUED : -1;
    }
    if (kind == PAL_SIM_IN_CUSTODY) {
        return *within < cell->taken[PAL_SIM_HONOURED] ? PAL_SIM_HONOURED : -1;
    }
    return -1;
}

bool pal_sim_next_arrest(struct pal_sim_walk *walk, struct pal_sim_arrest *arrest)
{
    const struct pal_simulate_world *world = walk->world;
    const struct pal_sim_cell *cell = &world->cells[walk->cell];
    uint32_t within;
    while (walk->cell < walk->cell_end && walk->i >= cell->arrest_count) {
        walk->cell++;
        walk->i = 0;
        cell = &world->cells[walk->cell];
    }
    if (walk->cell >= walk->cell_end) {
        return false;
    }
    arrest->cell = cell;
    arrest->area = walk->cell % world->spec->area_count;
    arrest->day = world->spec->first + (int32_t)(walk->cell / world->spec->area_count);
    arrest->base = (uint64_t)walk->i * PAL_SIM_WORD_COUNT;
    arrest->kind = kind_of(cell, walk->i, &within);
    int queue = queue_of(cell, arrest->kind, &within);
    arrest->number = queue < 0 ? pal_sim_arrest_word(arrest, PAL_SIM_WORD_PERSON)
                               : pal_sim_word(world->request_keys[arrest->area][queue],
                                              cell->taken_before[queue] + within);
    arrest->second =
        moment(arrest->day, (uint32_t)pal_sim_arrest_word(arrest, PAL_SIM_WORD_MOMENT));
    walk->i++;
    return true;
}

bool pal_sim_next_request(struct pal_sim_walk *walk,
                          struct pal_sim_custody_request *request)
{
    const struct pal_simulate_world *world = walk->world;
    const struct pal_sim_cell *cell = &world->cells[walk->cell];
    int kind = 0;
    while (walk->cell < walk->cell_end && walk->i >= cell->request_count) {
        walk->cell++;
        walk->i = 0;
        cell = &world->cells[walk->cell];
    }
    if (walk->cell >= walk->cell_end) {
        return false;
    }
    uint32_t within = walk->i++;
    while (within >= cell->requests[kind]) {
        within -= cell->requests[kind];
        kind++;
    }
    request->area = walk->cell % world->spec->area_count;
    request->day = world->spec->first + (int32_t)(walk->cell / world->spec->area_count);
    request->kind = (enum pal_sim_request)kind;
    request->number = pal_sim_word(world->request_keys[request->area][kind],
                                   cell->made_before[kind] + within);
    request->word = pal_sim_word(request->number, 0);
    return true;
}
