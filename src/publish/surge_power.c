/*
 * How large a surge would have been seen: by the studied places' areas and by length, as a heat
 * map, in a sentence a place, and as a table. Reckoned, because the report must not take
 * minutes; `palladium power` simulates.
 */
#include <math.h>
#include <string.h>

#include "detect/power_words.h"
#include "publish/report_internal.h"

enum { LENGTHS = 5, WEEK = 2 };
static const int32_t lengths[LENGTHS] = {1, 3, 7, 14, 28};
static const struct pal_view length_names[LENGTHS] = {
    {"1 day", 5}, {"3 days", 6}, {"1 week", 6}, {"2 weeks", 7}, {"4 weeks", 7}};
static const double effects[] = {1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5};
enum { EFFECTS = sizeof effects / sizeof effects[0] };
static const double wanted = 0.9;
static const double small_effect = 2; /* shaded darker up to this */

struct shown {
    struct pal_power_series *series;
    struct pal_view *names; /* of the places in the area */
    size_t count;
};

static size_t find_area(const struct pal_surge_study *study, struct pal_view name)
{
    size_t i = 0;
    while (i < study->input.area_count && !pal_view_is_equal(study->areas[i], name)) {
        i++;
    }
    return i;
}

/* The places' areas, each once. */
static pal_status choose(struct pal_report *report, struct shown *out,
                         struct pal_error *err)
{
    const struct pal_surge_study *study = report->surges;
    const struct pal_facts *facts = &report->facts;
    void *room = NULL;
    pal_status st = pal_report_room(report, facts->place_count + 1, sizeof *out->series,
                                    &room, err);
    out->series = room;
    if (st == PAL_OK) {
        st = pal_report_room(report, facts->place_count + 1, sizeof *out->names, &room,
                             err);
        out->names = room;
    }
    for (size_t i = 0; st == PAL_OK && i < facts->place_count; i++) {
        size_t area = find_area(study, facts->places[i].area);
        bool is_new = area < study->input.area_count;
        for (size_t k = 0; k < out->count; k++) {
            is_new = is_new && out->series[k].area != area;
        }
        if (is_new) {
            out->names[out->count] = facts->places[i].area;
            out->series[out->count++] = (struct pal_power_series){area, PAL_SURGE_ALL};
        }
    }
    return st;
}

static pal_status fill_cell(struct pal_report *report,
                            const struct pal_power_line *line, size_t length,
                            struct pal_heat_cell *cell, struct pal_error *err)
{
    double smallest = line->smallest[length];
    if (!line->is_searched || !line->has_room[length]) {
        *cell = (struct pal_heat_cell){PAL_VIEW("not known"), PAL_FILL_UNKNOWN};
        return PAL_OK;
    }
    if (smallest <= 0) {
        cell->fill = PAL_FILL_OUTLINE;
        return pal_report_words(report, &cell->text, err, "over \xC3\x97%g",
                                effects[EFFECTS - 1]);
    }
    cell->fill = smallest <= small_effect ? PAL_FILL_MIDDLE : PAL_FILL_LIGHT;
    return pal_report_words(report, &cell->text, err, "\xC3\x97%.1f",
                            ceil(smallest * 10 - 1e-9) / 10);
}

static pal_status write_map(struct pal_report *report, const struct pal_power *power,
                            const struct shown *shown, struct pal_view csv,
                            struct pal_error *err)
{
    struct pal_heat_map map;
    struct pal_exhibit exhibit = {
        .name = PAL_VIEW("surge-power"),
        .title = PAL_VIEW("The smallest surge that would have been seen"),
        .n = -1,
        .csv = csv};
    void *room = NULL;
    pal_status st = pal_report_room(report, shown->count * LENGTHS,
                                    sizeof(struct pal_heat_cell), &room, err);
    struct pal_heat_cell *cells = room;
    pal_heat_map_init(&map);
    for (size_t i = 0; st == PAL_OK && i < shown->count * LENGTHS; i++) {
        st = fill_cell(report, &power->lines[i / LENGTHS], i % LENGTHS, &cells[i], err);
    }
    map.row_count = shown->count;
    map.rows = shown->names;
    map.column_count = LENGTHS;
    map.columns = length_names;
    map.cells = cells;
    map.chart.text.title = PAL_VIEW("Smallest surge that would have been seen");
    if (st == PAL_OK) {
        st = pal_report_words(
            report, &map.chart.text.desc, err,
            "%zu areas by five lengths from one day to four weeks; the sentences below "
            "say the same for a week.",
            shown->count);
    }
    exhibit.caption = PAL_VIEW(
        "The smallest surge, in times the usual arrests, that would have been found 9 "
        "times of 10, by how long it lasts; rounded up. \xC3\x97"
        "2 is twice as many arrests as usual on every day of it. Darker: smaller "
        "surges would have been seen. White: not even the largest that was tried.");
    exhibit.chart = &map.chart;
    return st == PAL_OK ? pal_exhibit_write(report, &exhibit, err) : st;
}

static pal_status write_words(struct pal_report *report, const struct pal_power *power,
                              const struct shown *shown, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct pal_buffer text;
    pal_buffer_init(&text, PAL_PAGE_TEXT_MAX);
    pal_page_markup(page, "<p class=\"small\">To get the numbers again:</p>\n"
                          "<pre>palladium power study.duckdb --quick --days "
                          "1,3,7,14,28 --effect 1.1,1.25,1.5,1.75,2,2.5,3,4,5 "
                          "--format csv\n</pre>\n<ul>\n");
    for (size_t i = 0; i < shown->count; i++) {
        pal_buffer_reset(&text);
        pal_power_sentence(power, &power->lines[i], report->surges, shown->names[i],
                           WEEK, &text);
        pal_page_markup(page, "<li>");
        pal_page_text(page, pal_buffer_view(&text));
        pal_page_markup(page, "</li>\n");
    }
    pal_page_markup(page, "</ul>\n");
    pal_buffer_reset(&text);
    pal_power_rule(power, &text);
    pal_page_markup(page, "<p class=\"small\">");
    pal_page_text(page, pal_buffer_view(&text));
    pal_page_markup(page,
                    " Each area alone; a surge of several areas at once is found "
                    "more easily. <code>palladium power</code> simulates the same, "
                    "longer surges too.</p>\n");
    pal_status st = pal_buffer_status(&text, err);
    pal_buffer_clear(&text);
    return st;
}

static pal_status run(struct pal_report *report, const struct shown *shown,
                      struct pal_power **out, struct pal_error *err)
{
    const struct pal_power_setting setting = {.effects = effects,
                                              .effect_count = EFFECTS,
                                              .days = lengths,
                                              .days_count = LENGTHS,
                                              .wanted = wanted,
                                              .history = PAL_POWER_OWN,
                                              .thread_count = 1,
                                              .is_quick = true};
    return pal_power_run(report->surges->detection, shown->series, shown->count,
                         &setting, out, err);
}

pal_status pal_surge_power(struct pal_report *report, struct pal_error *err)
{
    struct shown shown = {.count = 0};
    struct pal_power *power = NULL;
    struct pal_buffer csv;
    pal_status st = choose(report, &shown, err);
    if (st != PAL_OK || shown.count == 0) {
        return st;
    }
    pal_buffer_init(&csv, PAL_REPORT_SIZE_MAX);
    st = run(report, &shown, &power, err);
    if (st == PAL_OK) {
        pal_power_csv(power, report->surges, &csv);
        st = pal_buffer_status(&csv, err);
    }
    if (st == PAL_OK) {
        pal_page_markup(&report->page,
                        "<h3>How large a surge would have been seen</h3>\n");
        st = write_map(report, power, &shown, pal_buffer_view(&csv), err);
    }
    if (st == PAL_OK) {
        st = write_words(report, power, &shown, err);
    }
    pal_power_free(power);
    pal_buffer_clear(&csv);
    return st;
}
