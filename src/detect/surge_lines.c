/*
 * The lines of a detection: the counts of each area and group by day, and their sums over
 * groups, over areas and over both, each with the release that covers the day.
 */
#include <string.h>

#include "detect/surge_internal.h"

struct pal_line *pal_lines_at(const struct pal_lines *lines, size_t area, size_t group)
{
    size_t columns = lines->group_count > 1 ? lines->group_count + 1 : 1;
    size_t row = lines->area_count == 1  ? 0
                 : area == PAL_SURGE_ALL ? lines->area_count
                                         : area;
    size_t column = lines->group_count == 1  ? 0
                    : group == PAL_SURGE_ALL ? lines->group_count
                                             : group;
    return &lines->items[row * columns + column];
}

struct maker {
    const struct pal_surge_input *input;
    struct pal_lines *lines;
    struct pal_arena *arena;
};

static const double *counts_of(const struct maker *maker, size_t area, size_t group)
{
    const struct pal_surge_input *input = maker->input;
    return input->counts + (area * input->group_count + group) * input->day_count;
}

static const int16_t *source_of(const struct maker *maker, size_t area, size_t group)
{
    const struct pal_surge_input *input = maker->input;
    return input->source == NULL
               ? NULL
               : input->source + (area * input->group_count + group) * input->day_count;
}

/* A sum of lines on the days of `source`; a line is added where it is covered itself. */
static void add_line(double *sum, const struct pal_day_series *line)
{
    for (size_t i = 0; i < line->count; i++) {
        if (line->source == NULL || line->source[i] >= 0) {
            sum[i] += line->counts[i];
        }
    }
}

static pal_status take_sum(const struct maker *maker, double **counts, int16_t **source,
                           struct pal_error *err)
{
    void *room = NULL;
    size_t days = maker->input->day_count;
    pal_status st = pal_arena_alloc(maker->arena, days, sizeof **counts, &room, err);
    *counts = room;
    if (st == PAL_OK) {
        st = pal_arena_alloc(maker->arena, days, sizeof **source, &room, err);
        *source = room;
    }
    return st;
}

/* An area's groups together: covered where one of them is, for what is not recorded apart
 * stands in a group of its own. */
static pal_status add_groups(const struct maker *maker, size_t area,
                             struct pal_day_series *out, struct pal_error *err)
{
    size_t days = maker->input->day_count;
    double *counts = NULL;
    int16_t *source = NULL;
    pal_status st = take_sum(maker, &counts, &source, err);
    for (size_t i = 0; st == PAL_OK && i < days; i++) {
        if (maker->input->source != NULL) {
            source[i] = -1;
        }
    }
    for (size_t g = 0; st == PAL_OK && g < maker->input->group_count; g++) {
        const struct pal_day_series *line =
            &pal_lines_at(maker->lines, area, g)->series;
        add_line(counts, line);
        for (size_t i = 0; line->source != NULL && i < days; i++) {
            if (line->source[i] >= 0) {
                source[i] = line->source[i];
            }
        }
    }
    out->counts = counts;
    out->source = source;
    return st;
}

/* All areas of a group: covered as told, or where all areas are. */
static pal_status add_areas(const struct maker *maker, size_t group,
                            struct pal_day_series *out, struct pal_error *err)
{
    const struct pal_surge_input *input = maker->input;
    double *counts = NULL;
    int16_t *source = NULL;
    pal_status st = take_sum(maker, &counts, &source, err);
    for (size_t area = 0; st == PAL_OK && area < input->area_count; area++) {
        const struct pal_day_series *line =
            &pal_lines_at(maker->lines, area, group)->series;
        add_line(counts, line);
        for (size_t i = 0; line->source != NULL && i < input->day_count; i++) {
            if (area == 0 || (source[i] >= 0 && line->source[i] < 0)) {
                source[i] = line->source[i];
            }
        }
    }
    if (st == PAL_OK && input->source_all != NULL) {
        memcpy(source, input->source_all + group * input->day_count,
               input->day_count * sizeof *source);
    }
    out->counts = counts;
    out->source = source;
    return st;
}

static pal_status make_row(const struct maker *maker, size_t area,
                           struct pal_error *err)
{
    const struct pal_surge_input *input = maker->input;
    size_t columns = input->group_count > 1 ? input->group_count + 1 : 1;
    pal_status st = PAL_OK;
    for (size_t c = 0; st == PAL_OK && c < columns; c++) {
        size_t group = c == input->group_count ? PAL_SURGE_ALL : c;
        struct pal_line *line = pal_lines_at(maker->lines, area, group);
        line->area = area;
        line->group = group;
        line->series.first = input->first;
        line->series.count = input->day_count;
        if (group == PAL_SURGE_ALL) {
            st = add_groups(maker, area, &line->series, err);
        } else if (area == PAL_SURGE_ALL) {
            st = add_areas(maker, group, &line->series, err);
        } else {
            line->series.counts = counts_of(maker, area, group);
            line->series.source = source_of(maker, area, group);
        }
    }
    return st;
}

pal_status pal_lines_make(const struct pal_surge_input *input, struct pal_arena *arena,
                          struct pal_lines *lines, struct pal_error *err)
{
    const struct maker maker = {input, lines, arena};
    void *room = NULL;
    size_t rows = input->area_count > 1 ? input->area_count + 1 : 1;
    lines->area_count = input->area_count;
    lines->group_count = input->group_count;
    lines->count = rows * (input->group_count > 1 ? input->group_count + 1 : 1);
    pal_status st =
        pal_arena_alloc(arena, lines->count, sizeof *lines->items, &room, err);
    lines->items = room;
    for (size_t i = 0; st == PAL_OK && i < rows; i++) {
        st = make_row(&maker, i == input->area_count ? PAL_SURGE_ALL : i, err);
    }
    return st;
}
