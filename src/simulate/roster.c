/*
 * Who is on duty: an office's agents on their roster, reinforcements between their first and
 * last day, and agents that move with the campaign to the place whose turn it is. Only
 * numbers of agents and hours come out, and no count of arrests depends on them.
 */
#include "simulate/simulate_internal.h"

enum { WEEK_ON = 5, WEEK_OFF = 2 };

/* Of the office: five and two is Monday to Friday; on other rosters crews take turns, one a
 * day of the cycle. */
static int64_t on_by_turns(int64_t agents, const struct pal_simulate_roster *roster,
                           int32_t day)
{
    int64_t cycle = roster->days_on + roster->days_off;
    int64_t on = 0;
    if (roster->days_on == WEEK_ON && roster->days_off == WEEK_OFF) {
        return pal_weekday_of(day) < WEEK_ON ? agents : 0;
    }
    for (int64_t crew = 0; crew < cycle; crew++) {
        /* Days before 1970 are negative. */
        int64_t place = ((day + crew) % cycle + cycle) % cycle;
        if (place < roster->days_on) {
            on += agents * (crew + 1) / cycle - agents * crew / cycle;
        }
    }
    return on;
}

/* All together, counted from their first day. */
static int64_t on_together(int64_t agents, const struct pal_simulate_roster *roster,
                           int32_t day, int32_t first)
{
    int64_t cycle = roster->days_on + roster->days_off;
    return (day - first) % cycle < roster->days_on ? agents : 0;
}

bool pal_sim_is_at(const struct pal_simulate_spec *spec, size_t area,
                   struct pal_view name)
{
    return pal_view_is_equal(spec->areas[area].name, name);
}

static void add(struct pal_sim_cell *cell, int64_t agents, double shift_hours)
{
    cell->reinforcement_on += (uint32_t)agents;
    cell->hours += (double)agents * shift_hours;
}

void pal_sim_roster_fill(const struct pal_simulate_spec *spec, size_t area, int32_t day,
                         struct pal_sim_cell *cell)
{
    const struct pal_simulate_area *office = &spec->areas[area];
    const struct pal_simulate_campaign *campaign = &spec->campaign;
    int32_t first;
    int32_t last;
    cell->agents_on = (uint32_t)on_by_turns(office->agents, &office->roster, day);
    cell->hours = cell->agents_on * office->roster.shift_hours;
    for (size_t i = 0; i < spec->reinforcement_count; i++) {
        const struct pal_simulate_reinforcement *more = &spec->reinforcements[i];
        if (day >= more->first && day <= more->last &&
            pal_sim_is_at(spec, area, more->area)) {
            add(cell, on_together(more->agents, &more->roster, day, more->first),
                more->roster.shift_hours);
        }
    }
    for (int64_t i = 0;
         campaign->agents > 0 && pal_sim_spurt(spec, area, i, &first, &last); i++) {
        if (day >= first && day <= last) {
            add(cell, on_together(campaign->agents, &campaign->roster, day, first),
                campaign->roster.shift_hours);
        }
    }
}
