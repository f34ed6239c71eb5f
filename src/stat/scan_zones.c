/*
 * Zones of a scan: each place with its nearest others, equal sets once.
 */
#include <string.h>

#include "stat/scan.h"

static pal_status get(struct pal_arena *arena, size_t count, size_t size, void **out,
                      struct pal_error *err)
{
    return pal_arena_alloc(arena, count, size, out, err);
}

static bool is_known(const struct pal_scan_zones *zones, const size_t *places,
                     size_t count)
{
    for (size_t z = 0; z < zones->count; z++) {
        size_t size = zones->begin[z + 1] - zones->begin[z];
        if (size == count && memcmp(zones->places + zones->begin[z], places,
                                    count * sizeof *places) == 0) {
            return true;
        }
    }
    return false;
}

/* Places by distance from `centre`, equal distances by number: insertion into `order`. */
static void nearest(const struct pal_scan_places *places, size_t centre, size_t wanted,
                    size_t *order)
{
    const double *x = places->x;
    const double *y = places->y;
    size_t count = 0;
    for (size_t place = 0; place < places->count; place++) {
        double dx = x[place] - x[centre];
        double dy = y[place] - y[centre];
        double distance = dx * dx + dy * dy;
        size_t at = count;
        while (at > 0) {
            double ox = x[order[at - 1]] - x[centre];
            double oy = y[order[at - 1]] - y[centre];
            if (ox * ox + oy * oy <= distance) {
                break;
            }
            at--;
        }
        if (at >= wanted) {
            continue;
        }
        count = count < wanted ? count + 1 : count;
        memmove(order + at + 1, order + at, (count - 1 - at) * sizeof *order);
        order[at] = place;
    }
}

static void add_zones(const size_t *order, size_t count, struct pal_scan_zones *zones)
{
    for (size_t k = 0; k < count; k++) {
        size_t *sorted = zones->places + zones->begin[zones->count];
        for (size_t i = 0; i <= k; i++) {
            size_t at = i;
            while (at > 0 && sorted[at - 1] > order[i]) {
                sorted[at] = sorted[at - 1];
                at--;
            }
            sorted[at] = order[i];
        }
        if (!is_known(zones, sorted, k + 1)) {
            zones->begin[zones->count + 1] = zones->begin[zones->count] + k + 1;
            zones->count++;
        }
    }
}

pal_status pal_scan_make_zones(const struct pal_scan_places *places,
                               size_t neighbour_max, struct pal_arena *arena,
                               struct pal_scan_zones *out, struct pal_error *err)
{
    size_t place_count = places->count;
    void *memory[3] = {NULL};
    *out = (struct pal_scan_zones){0};
    if (place_count == 0 || place_count > PAL_SCAN_PLACE_MAX || neighbour_max == 0) {
        return pal_fail(err, PAL_INPUT,
                        "%zu places with %zu neighbours: 1 to %d places", place_count,
                        neighbour_max, PAL_SCAN_PLACE_MAX);
    }
    size_t k = neighbour_max < place_count ? neighbour_max : place_count;
    const size_t counts[3] = {place_count * k + 1, (place_count * k + 1) * k, k + 1};
    for (size_t i = 0; i < 3; i++) {
        pal_status status = get(arena, counts[i], sizeof(size_t), &memory[i], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    out->begin = memory[0];
    out->places = memory[1];
    size_t *order = memory[2];
    for (size_t centre = 0; centre < place_count; centre++) {
        nearest(places, centre, k, order);
        add_zones(order, k, out);
    }
    return PAL_OK;
}
