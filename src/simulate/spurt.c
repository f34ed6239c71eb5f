/*
 * A campaign's spurts: the places take turns, each as often as said, in equal slots of the
 * campaign's days.
 */
#include "simulate/simulate_internal.h"

bool pal_sim_spurt(const struct pal_simulate_spec *spec, size_t area, int64_t number,
                   int32_t *first, int32_t *last)
{
    const struct pal_simulate_campaign *campaign = &spec->campaign;
    int64_t places = 0;
    int64_t turn = 0;
    if (campaign->first == PAL_DAY_NONE || !spec->areas[area].is_in_campaign ||
        number >= campaign->spurt_count) {
        return false;
    }
    for (size_t i = 0; i < spec->area_count; i++) {
        turn += spec->areas[i].is_in_campaign && i < area ? 1 : 0;
        places += spec->areas[i].is_in_campaign ? 1 : 0;
    }
    PAL_BUG_IF(places * campaign->spurt_count == 0); /* the place itself is one */
    int64_t slot_days =
        (campaign->last - campaign->first + 1) / (places * campaign->spurt_count);
    int64_t start = campaign->first + (number * places + turn) * slot_days;
    int64_t end = start + campaign->spurt_days - 1;
    *first = (int32_t)start;
    *last = (int32_t)(end < campaign->last ? end : campaign->last);
    return true;
}

bool pal_sim_is_spurt(const struct pal_simulate_spec *spec, size_t area, int32_t day)
{
    int32_t first;
    int32_t last;
    for (int64_t i = 0; pal_sim_spurt(spec, area, i, &first, &last); i++) {
        if (day >= first && day <= last) {
            return true;
        }
    }
    return false;
}
