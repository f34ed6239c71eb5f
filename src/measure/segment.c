/*
 * Segments: which days a table's serving releases cover. A regional release serves its own
 * area only, and only where the question is about that area.
 */
#include "measure/measure_internal.h"

enum { SEGMENT_MAX = 4096 };

pal_status pal_segments_load(struct pal_store *store, struct pal_view table,
                             struct pal_view release, struct pal_arena *arena,
                             struct pal_segments *out, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    const struct pal_value names[] = {{.kind = PAL_VALUE_TEXT, .text = table},
                                      {.kind = PAL_VALUE_TEXT, .text = release}};
    bool is_one = release.size > 0;
    void *items = NULL;
    pal_status st =
        pal_arena_alloc(arena, SEGMENT_MAX, sizeof *out->items, &items, err);
    *out = (struct pal_segments){0, items};
    if (st != PAL_OK) {
        return st;
    }
    st = pal_store_query(
        store, pal_measure_frame(is_one ? "segments_release.sql" : "segments.sql"),
        names, is_one ? 2 : 1, &cursor, err);
    while (st == PAL_OK) {
        struct pal_segment *segment = &out->items[out->count];
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        if (out->count == SEGMENT_MAX) {
            st = pal_fail(err, PAL_LIMIT, "more than %d stretches of coverage",
                          SEGMENT_MAX);
            break;
        }
        segment->is_regional = pal_view_is_equal(row[1].text, PAL_VIEW("regional"));
        segment->area = (struct pal_view){"", 0};
        st = pal_arena_copy(arena, row[0].text, &segment->release, err);
        if (st == PAL_OK && row[2].kind == PAL_VALUE_TEXT) {
            st = pal_arena_copy(arena, row[2].text, &segment->area, err);
        }
        segment->first = (int32_t)row[3].integer;
        segment->last = (int32_t)row[4].integer;
        out->count++;
    }
    pal_cursor_close(cursor);
    return st;
}

static bool serves(const struct pal_segment *segment, struct pal_view area)
{
    return !segment->is_regional ||
           (area.size > 0 && pal_view_is_equal(segment->area, area));
}

static int32_t overlap(const struct pal_segment *segment, int32_t first, int32_t last)
{
    int32_t from = segment->first > first ? segment->first : first;
    int32_t to = segment->last < last ? segment->last : last;
    return from <= to ? to - from + 1 : 0;
}

/* A day that a regional and a national release both serve counts once. */
int32_t pal_segments_covered(const struct pal_segments *segments, struct pal_view area,
                             int32_t first, int32_t last)
{
    int32_t days = 0;
    for (size_t i = 0; i < segments->count; i++) {
        const struct pal_segment *segment = &segments->items[i];
        if (!serves(segment, area)) {
            continue;
        }
        days += overlap(segment, first, last);
        for (size_t k = 0; segment->is_regional && k < segments->count; k++) {
            const struct pal_segment *other = &segments->items[k];
            if (!other->is_regional) {
                int32_t from = segment->first > first ? segment->first : first;
                int32_t to = segment->last < last ? segment->last : last;
                days -= overlap(other, from, to);
            }
        }
    }
    return days;
}

bool pal_segments_span(const struct pal_segments *segments, struct pal_view area,
                       int32_t *first, int32_t *last)
{
    bool has_any = false;
    for (size_t i = 0; i < segments->count; i++) {
        const struct pal_segment *segment = &segments->items[i];
        if (!serves(segment, area)) {
            continue;
        }
        if (!has_any || segment->first < *first) {
            *first = segment->first;
        }
        if (!has_any || segment->last > *last) {
            *last = segment->last;
        }
        has_any = true;
    }
    return has_any;
}
