/*
 * What the files cover and do not cover: a lane for every table and release, in words and as
 * a table.
 */
#include <string.h>

#include "publish/report_internal.h"

#define ROWS_CAPTION                                                                   \
    "Dark: rows that are counted here. Outline: rows of a second release for the "     \
    "same "                                                                            \
    "days, only compared. Hatched: no row-level file at all. A lane without an area "  \
    "is "                                                                              \
    "for the whole country."
#define TOTALS_CAPTION                                                                 \
    " Last lane, paler: totals that the agency published, without rows."

enum { DESC_SIZE_MAX = 64 * 1024 };

struct lanes {
    size_t count;
    struct pal_lane *lanes;
    int32_t first;
    int32_t last;
};

static bool is_same_release(const struct pal_cover *a, const struct pal_cover *b)
{
    return pal_view_is_equal(a->table, b->table) &&
           pal_view_is_equal(a->release, b->release) &&
           pal_view_is_equal(a->area, b->area);
}

static void widen(struct lanes *lanes, int32_t first, int32_t last)
{
    if (lanes->first == PAL_DAY_NONE || first < lanes->first) {
        lanes->first = first;
    }
    if (lanes->last == PAL_DAY_NONE || last > lanes->last) {
        lanes->last = last;
    }
}

/* What a release covers, and over it what it is counted for. */
static pal_status add_lane(struct pal_report *report, struct lanes *lanes, size_t *at,
                           struct pal_error *err)
{
    const struct pal_facts *facts = &report->facts;
    const struct pal_cover *cover = &facts->covers[*at];
    struct pal_lane *lane = &lanes->lanes[lanes->count++];
    void *room = NULL;
    size_t end = *at;
    while (end < facts->cover_count && is_same_release(cover, &facts->covers[end])) {
        end++;
    }
    pal_status st =
        pal_report_room(report, 2 * (end - *at), sizeof(struct pal_span), &room, err);
    struct pal_span *spans = room;
    if (st == PAL_OK) {
        st = pal_report_words(
            report, &lane->label, err, "%s%s%.*s: %s\xE2\x80\x93%s",
            pal_report_table_title(cover->table), cover->area.size > 0 ? ", " : "",
            PAL_VIEW_ARG(cover->area), pal_month_short(cover->first).text,
            pal_month_short(facts->covers[end - 1].last).text);
    }
    for (size_t i = *at; st == PAL_OK && i < end; i++) {
        const struct pal_cover *part = &facts->covers[i];
        spans[lane->span_count++] = (struct pal_span){part->first, part->last, false};
        widen(lanes, part->first, part->last);
    }
    for (size_t i = *at; st == PAL_OK && i < end; i++) {
        const struct pal_cover *part = &facts->covers[i];
        if (part->serves_first != PAL_DAY_NONE) {
            spans[lane->span_count++] =
                (struct pal_span){part->serves_first, part->serves_last, true};
        }
    }
    lane->spans = spans;
    *at = end;
    return st;
}

/* The months for which the agency published totals. */
static pal_status add_statistics(struct pal_report *report, struct lanes *lanes,
                                 struct pal_error *err)
{
    struct pal_question question = {.measure = "book_ins",
                                    .by = {"month"},
                                    .first = PAL_DAY_NONE,
                                    .last = PAL_DAY_NONE};
    const struct pal_measure_result *months = NULL;
    void *room = NULL;
    int32_t first = PAL_DAY_NONE;
    int32_t last = PAL_DAY_NONE;
    if (!report->custody.has_book_ins) {
        return PAL_OK;
    }
    pal_status st = pal_report_ask(report, &question, &months, err);
    for (size_t i = 0; st == PAL_OK && i < months->count; i++) {
        int32_t month = pal_month_from_text(months->figures[i].keys[0]);
        if (!months->figures[i].has_value || month == PAL_DAY_NONE) {
            continue;
        }
        first = first == PAL_DAY_NONE || month < first ? month : first;
        last = month > last ? month : last;
    }
    if (st != PAL_OK || first == PAL_DAY_NONE) {
        return st;
    }
    struct pal_lane *lane = &lanes->lanes[lanes->count++];
    st = pal_report_room(report, 1, sizeof(struct pal_span), &room, err);
    struct pal_span *span = room;
    if (st == PAL_OK) {
        *span = (struct pal_span){first, pal_month_next(last) - 1, true};
        widen(lanes, span->first, span->last);
        lane->spans = span;
        lane->span_count = 1;
        lane->is_statistic = true;
        st = pal_report_words(report, &lane->label, err,
                              "Monthly totals: %s\xE2\x80\x93%s",
                              pal_month_short(first).text, pal_month_short(last).text);
    }
    return st;
}

static pal_status find_lanes(struct pal_report *report, struct lanes *lanes,
                             struct pal_error *err)
{
    void *room = NULL;
    size_t at = 0;
    *lanes = (struct lanes){.first = PAL_DAY_NONE, .last = PAL_DAY_NONE};
    pal_status st = pal_report_room(report, report->facts.cover_count + 2,
                                    sizeof *lanes->lanes, &room, err);
    lanes->lanes = room;
    while (st == PAL_OK && at < report->facts.cover_count) {
        st = add_lane(report, lanes, &at, err);
    }
    if (st == PAL_OK) {
        st = add_statistics(report, lanes, err);
    }
    if (st == PAL_OK && report->facts.has_campaign) {
        widen(lanes, report->facts.first, report->facts.last);
    }
    return st;
}

static void write_table(struct pal_report *report)
{
    static const struct pal_column columns[] = {
        {"Table", false},      {"Release", false},     {"For", false},
        {"Rows reach", false}, {"Counted for", false}, {"Rows", true}};
    const struct pal_facts *facts = &report->facts;
    struct pal_page *page = &report->page;
    pal_page_table_open(page, "What each release covers", columns, 6);
    for (size_t i = 0; i < facts->cover_count; i++) {
        const struct pal_cover *cover = &facts->covers[i];
        pal_page_table_row(page, false);
        pal_page_table_name(page, pal_view_of(pal_report_table_title(cover->table)));
        pal_page_table_cell(page, cover->release);
        pal_page_table_cell(page, cover->area.size > 0 ? cover->area
                                                       : PAL_VIEW("whole country"));
        pal_page_table_cell(
            page, pal_view_of(pal_period_short(cover->first, cover->last).text));
        if (cover->serves_first == PAL_DAY_NONE) {
            pal_page_markup(page, "<td><span class=\"none\">another release is "
                                  "counted</span></td>");
        } else {
            pal_page_table_cell(
                page,
                pal_view_of(
                    pal_period_short(cover->serves_first, cover->serves_last).text));
        }
        pal_page_table_number(page, pal_view_of(pal_number_count(cover->rows).text));
        pal_page_table_row_close(page);
    }
    pal_page_table_close(page);
}

static void csv_day(struct pal_buffer *out, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    pal_csv_field(out, pal_view_of(text), false);
}

static void write_csv(const struct pal_facts *facts, struct pal_buffer *out)
{
    pal_buffer_append_text(out, "table,release,area,first,last,counted_first,"
                                "counted_last,rows\n");
    for (size_t i = 0; i < facts->cover_count; i++) {
        const struct pal_cover *cover = &facts->covers[i];
        pal_csv_field(out, cover->table, true);
        pal_csv_field(out, cover->release, false);
        pal_csv_field(out, cover->area, false);
        csv_day(out, cover->first);
        csv_day(out, cover->last);
        csv_day(out, cover->serves_first);
        csv_day(out, cover->serves_last);
        pal_buffer_append_format(out, ",%lld", (long long)cover->rows);
        pal_csv_end(out);
    }
}

static pal_status write_chart(struct pal_report *report, struct lanes *lanes,
                              struct pal_error *err)
{
    static const struct pal_view rows_only = {ROWS_CAPTION, sizeof ROWS_CAPTION - 1};
    static const struct pal_view with_totals = {ROWS_CAPTION TOTALS_CAPTION,
                                                sizeof ROWS_CAPTION TOTALS_CAPTION - 1};
    const struct pal_facts *facts = &report->facts;
    struct pal_timeline timeline;
    struct pal_buffer desc;
    pal_timeline_init(&timeline);
    timeline.first = lanes->first;
    timeline.last = lanes->last;
    timeline.lane_count = lanes->count;
    timeline.lanes = lanes->lanes;
    timeline.has_mark = facts->has_campaign;
    timeline.mark = (struct pal_stretch){facts->first, facts->last, facts->campaign};
    timeline.has_gap = facts->has_campaign && facts->gap == PAL_GAP_ALL;
    timeline.gap =
        (struct pal_stretch){facts->gap_first, facts->gap_last, PAL_VIEW("no rows")};
    timeline.chart.text.title = PAL_VIEW("What the released files cover");
    pal_buffer_init(&desc, DESC_SIZE_MAX);
    for (size_t i = 0; i < lanes->count; i++) {
        pal_buffer_append_view(&desc, lanes->lanes[i].label);
        pal_buffer_append_text(&desc, ". ");
    }
    pal_status st =
        pal_buffer_keep(&desc, &report->arena, &timeline.chart.text.desc, err);
    struct pal_exhibit exhibit = {.name = PAL_VIEW("coverage"),
                                  .title = PAL_VIEW("What the released files cover"),
                                  .caption = report->custody.has_book_ins ? with_totals
                                                                          : rows_only,
                                  .chart = &timeline.chart,
                                  .n = -1};
    if (st == PAL_OK) {
        pal_buffer_init(&desc, PAL_REPORT_SIZE_MAX);
        write_csv(facts, &desc);
        st = pal_buffer_status(&desc, err);
        exhibit.csv = pal_buffer_view(&desc);
        if (st == PAL_OK) {
            st = pal_exhibit_write(report, &exhibit, err);
        }
        pal_buffer_clear(&desc);
    }
    return st;
}

pal_status pal_section_coverage(struct pal_report *report, struct pal_error *err)
{
    const struct pal_facts *facts = &report->facts;
    struct pal_page *page = &report->page;
    struct pal_view gap;
    struct lanes lanes;
    pal_page_section(page, 2, "coverage", "What the files cover, and what they do not");
    pal_status st = pal_gap_sentence(report, &gap, err);
    if (st == PAL_OK) {
        st = find_lanes(report, &lanes, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    if (gap.size > 0) {
        pal_page_markup(page, "<p class=\"sentence\">");
        pal_page_text(page, gap);
        pal_page_markup(page, "</p>\n");
    }
    if (facts->gap == PAL_GAP_ALL && facts->has_gap_before) {
        pal_page_paragraph(
            page,
            "The last day for which any release has rows that are counted before the "
            "campaign is %s. A day without a file is not a day without arrests: such "
            "days "
            "are hatched or left out below, never drawn as zero.",
            pal_day_words(facts->gap_first - 1).text);
    }
    if (lanes.count == 0) {
        pal_page_paragraph(page, "No release in this study has rows with dates.");
        pal_page_section_close(page);
        return PAL_OK;
    }
    st = write_chart(report, &lanes, err);
    pal_page_paragraph(page,
                       "Releases overlap. They are never added up: for each table, day "
                       "and area one release is counted, and the others are compared "
                       "with it (section 10).");
    write_table(report);
    pal_page_section_close(page);
    return st;
}
