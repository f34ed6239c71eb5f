/*
 * What the study says of itself: campaign, places, stated facts, coverage, and the days of the
 * campaign for which no release has rows.
 */
#include <string.h>

#include "publish/report_internal.h"

static struct pal_view setting(const struct pal_grid *grid, const char *key)
{
    for (size_t i = 0; i < grid->row_count; i++) {
        if (pal_view_is_equal(pal_grid_text(grid, i, 0), pal_view_of(key))) {
            return pal_grid_text(grid, i, 1);
        }
    }
    return PAL_VIEW("");
}

static int32_t setting_day(const struct pal_grid *grid, const char *key)
{
    char text[16] = "";
    struct pal_view value = setting(grid, key);
    if (value.size == 0 || value.size >= sizeof text) {
        return PAL_DAY_NONE;
    }
    memcpy(text, value.data, value.size);
    text[value.size] = '\0';
    return pal_day_from_text(text);
}

static pal_status load_settings(struct pal_report *report, struct pal_error *err)
{
    struct pal_facts *facts = &report->facts;
    struct pal_grid grid;
    pal_status st = pal_report_grid(report, "study_setting.sql", NULL, 0, &grid, err);
    if (st != PAL_OK) {
        return st;
    }
    facts->name = setting(&grid, "name");
    facts->title = setting(&grid, "title");
    facts->version = setting(&grid, "program_version");
    facts->rule_version = setting(&grid, "rule_version");
    facts->agency = setting(&grid, "campaign_agency");
    facts->announced = setting(&grid, "campaign_announced");
    facts->agents_note = setting(&grid, "campaign_agents_note");
    facts->baseline_first = setting_day(&grid, "baseline_first");
    facts->baseline_last = setting_day(&grid, "baseline_last");
    if (!pal_parse_i64(setting(&grid, "campaign_agents"), 0, INT64_MAX,
                       &facts->agents)) {
        facts->agents = -1;
    }
    if (facts->title.size == 0) {
        facts->title = PAL_VIEW("What these records hold");
    }
    if (facts->agency.size == 0) {
        facts->agency = PAL_VIEW("the agency");
    }
    return PAL_OK;
}

static pal_status load_campaign(struct pal_report *report, struct pal_error *err)
{
    struct pal_facts *facts = &report->facts;
    struct pal_grid grid;
    pal_status st = pal_report_grid(report, "study_campaign.sql", NULL, 0, &grid, err);
    facts->first = PAL_DAY_NONE;
    facts->last = PAL_DAY_NONE;
    facts->source_date = PAL_DAY_NONE;
    if (st != PAL_OK || grid.row_count == 0) {
        return st;
    }
    facts->campaign = pal_grid_text(&grid, 0, 0);
    facts->first = pal_grid_day(&grid, 0, 1);
    facts->last = pal_grid_day(&grid, 0, 2);
    facts->source = pal_grid_text(&grid, 0, 3);
    facts->source_date = pal_grid_day(&grid, 0, 4);
    facts->has_campaign = facts->first != PAL_DAY_NONE && facts->last != PAL_DAY_NONE;
    return PAL_OK;
}

static pal_status load_places(struct pal_report *report, struct pal_error *err)
{
    struct pal_facts *facts = &report->facts;
    struct pal_grid grid;
    void *room = NULL;
    pal_status st = pal_report_grid(report, "study_place.sql", NULL, 0, &grid, err);
    if (st == PAL_OK && grid.row_count > PAL_REPORT_PLACE_MAX) {
        st = pal_fail(err, PAL_LIMIT, "more than %d places in a study",
                      PAL_REPORT_PLACE_MAX);
    }
    if (st == PAL_OK) {
        st = pal_report_room(report, grid.row_count + 1, sizeof *facts->places, &room,
                             err);
    }
    facts->places = room;
    for (size_t i = 0; st == PAL_OK && i < grid.row_count; i++) {
        facts->places[facts->place_count++] =
            (struct pal_place){pal_grid_text(&grid, i, 0), pal_grid_text(&grid, i, 1),
                               pal_grid_text(&grid, i, 2), pal_grid_text(&grid, i, 3)};
    }
    if (st == PAL_OK) {
        st = pal_report_grid(report, "study_comparison.sql", NULL, 0, &grid, err);
    }
    if (st == PAL_OK) {
        st = pal_report_room(report, grid.row_count + 1, sizeof *facts->comparisons,
                             &room, err);
    }
    facts->comparisons = room;
    for (size_t i = 0; st == PAL_OK && i < grid.row_count; i++) {
        facts->comparisons[facts->comparison_count++] = pal_grid_text(&grid, i, 0);
    }
    return st;
}

static pal_status load_stated(struct pal_report *report, struct pal_error *err)
{
    struct pal_facts *facts = &report->facts;
    struct pal_grid grid;
    void *room = NULL;
    pal_status st = pal_report_grid(report, "study_fact.sql", NULL, 0, &grid, err);
    if (st == PAL_OK) {
        st = pal_report_room(report, grid.row_count + 1, sizeof *facts->facts, &room,
                             err);
    }
    facts->facts = room;
    for (size_t i = 0; st == PAL_OK && i < grid.row_count; i++) {
        facts->facts[facts->fact_count++] =
            (struct pal_fact){pal_grid_text(&grid, i, 0), pal_grid_text(&grid, i, 1),
                              pal_grid_text(&grid, i, 2), pal_grid_text(&grid, i, 3),
                              pal_grid_day(&grid, i, 4)};
    }
    return st;
}

static pal_status load_coverage(struct pal_report *report, struct pal_error *err)
{
    struct pal_facts *facts = &report->facts;
    struct pal_grid grid;
    void *room = NULL;
    pal_status st = pal_report_grid(report, "coverage.sql", NULL, 0, &grid, err);
    if (st == PAL_OK) {
        st = pal_report_room(report, grid.row_count + 1, sizeof *facts->covers, &room,
                             err);
    }
    facts->covers = room;
    for (size_t i = 0; st == PAL_OK && i < grid.row_count; i++) {
        facts->covers[facts->cover_count++] =
            (struct pal_cover){.table = pal_grid_text(&grid, i, 0),
                               .release = pal_grid_text(&grid, i, 1),
                               .area = pal_grid_text(&grid, i, 3),
                               .first = pal_grid_day(&grid, i, 4),
                               .last = pal_grid_day(&grid, i, 5),
                               .serves_first = pal_grid_day(&grid, i, 6),
                               .serves_last = pal_grid_day(&grid, i, 7),
                               .rows = pal_grid_integer(&grid, i, 8)};
    }
    return st;
}

static bool is_served(const struct pal_facts *facts, int32_t day)
{
    for (size_t i = 0; i < facts->cover_count; i++) {
        const struct pal_cover *cover = &facts->covers[i];
        if (cover->serves_first != PAL_DAY_NONE && cover->serves_first <= day &&
            day <= cover->serves_last) {
            return true;
        }
    }
    return false;
}

int32_t pal_facts_arrest_days(const struct pal_facts *facts)
{
    int32_t count = 0;
    for (int32_t day = facts->first; facts->has_campaign && day <= facts->last; day++) {
        bool is_covered = false;
        for (size_t i = 0; i < facts->cover_count && !is_covered; i++) {
            const struct pal_cover *cover = &facts->covers[i];
            is_covered = pal_view_is_equal(cover->table, PAL_VIEW("arrest")) &&
                         cover->area.size == 0 && cover->serves_first != PAL_DAY_NONE &&
                         cover->serves_first <= day && day <= cover->serves_last;
        }
        count += is_covered ? 1 : 0;
    }
    return count;
}

/* The last served day before `day`, PAL_DAY_NONE: there is none. */
static int32_t served_before(const struct pal_facts *facts, int32_t day)
{
    int32_t last = PAL_DAY_NONE;
    for (size_t i = 0; i < facts->cover_count; i++) {
        const struct pal_cover *cover = &facts->covers[i];
        if (cover->serves_first == PAL_DAY_NONE || cover->serves_first >= day) {
            continue;
        }
        int32_t end = cover->serves_last < day ? cover->serves_last : day - 1;
        last = end > last ? end : last;
    }
    return last;
}

static void find_gap(struct pal_facts *facts)
{
    int32_t missing = 0;
    facts->gap_first = PAL_DAY_NONE;
    facts->gap_last = PAL_DAY_NONE;
    if (!facts->has_campaign) {
        return;
    }
    for (int32_t day = facts->first; day <= facts->last; day++) {
        if (is_served(facts, day)) {
            continue;
        }
        missing++;
        if (facts->gap_first == PAL_DAY_NONE) {
            facts->gap_first = day;
        }
        facts->gap_last = day;
    }
    if (missing == 0) {
        return;
    }
    facts->gap = missing == facts->last - facts->first + 1 ? PAL_GAP_ALL : PAL_GAP_PART;
    if (facts->gap_first == facts->first) {
        int32_t before = served_before(facts, facts->first);
        facts->has_gap_before = before != PAL_DAY_NONE;
        facts->gap_first = before == PAL_DAY_NONE ? facts->first : before + 1;
    }
}

/* Without a stated baseline: the days that arrests are counted for, up to the campaign. */
static void find_baseline(struct pal_facts *facts)
{
    int32_t first = PAL_DAY_NONE;
    int32_t last = PAL_DAY_NONE;
    for (size_t i = 0; i < facts->cover_count; i++) {
        const struct pal_cover *cover = &facts->covers[i];
        if (!pal_view_is_equal(cover->table, PAL_VIEW("arrest")) ||
            cover->area.size > 0 || cover->serves_first == PAL_DAY_NONE) {
            continue;
        }
        if (first == PAL_DAY_NONE || cover->serves_first < first) {
            first = cover->serves_first;
        }
        last = cover->serves_last > last ? cover->serves_last : last;
    }
    if (facts->has_campaign && last >= facts->first) {
        last = facts->first - 1;
    }
    if (facts->baseline_first == PAL_DAY_NONE) {
        facts->baseline_first = first;
    }
    if (facts->baseline_last == PAL_DAY_NONE) {
        facts->baseline_last = last;
    }
}

pal_status pal_facts_load(struct pal_report *report, struct pal_error *err)
{
    pal_status st = load_settings(report, err);
    if (st == PAL_OK) {
        st = load_campaign(report, err);
    }
    if (st == PAL_OK) {
        st = load_places(report, err);
    }
    if (st == PAL_OK) {
        st = load_stated(report, err);
    }
    if (st == PAL_OK) {
        st = load_coverage(report, err);
    }
    if (st == PAL_OK) {
        find_gap(&report->facts);
        find_baseline(&report->facts);
    }
    return st;
}
