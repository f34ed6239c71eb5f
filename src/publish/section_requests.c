/*
 * Custody requests (detainers): transferred, declined, unknown. Three states, never two.
 */
#include "publish/report_internal.h"

static int64_t total_of(const struct pal_outcome *outcome)
{
    return outcome->transferred + outcome->declined + outcome->unknown;
}

static pal_status add_bar(struct pal_report *report, const struct pal_outcome *outcome,
                          struct pal_bar *bar, struct pal_error *err)
{
    double total = (double)total_of(outcome);
    bar->label = outcome->name;
    if (total == 0) {
        bar->missing = PAL_VIEW("no requests in these dates");
        return PAL_OK;
    }
    bar->parts[0] = (double)outcome->declined / total;
    bar->parts[1] = (double)outcome->transferred / total;
    bar->parts[2] = (double)outcome->unknown / total;
    return pal_report_words(report, &bar->note, err, "n = %s",
                            pal_number_count(total_of(outcome)).text);
}

static pal_status write_chart(struct pal_report *report, struct pal_error *err)
{
    const struct pal_requests *requests = &report->requests;
    struct pal_bar_chart chart;
    void *room = NULL;
    size_t count = 0;
    pal_status st = pal_report_room(report, requests->outcome_count + 3,
                                    sizeof(struct pal_bar), &room, err);
    struct pal_bar *bars = room;
    for (size_t i = 0; st == PAL_OK && i < requests->outcome_count; i++) {
        st = add_bar(report, &requests->outcomes[i], &bars[count++], err);
    }
    if (st == PAL_OK && report->facts.place_count > 0) {
        bars[count].is_strong = true;
        st = add_bar(report, &requests->places, &bars[count++], err);
    }
    if (st == PAL_OK && report->facts.place_count > 0) {
        bars[count].is_strong = true;
        st = add_bar(report, &requests->rest, &bars[count++], err);
    }
    if (st != PAL_OK) {
        return st;
    }
    pal_bar_chart_init(&chart);
    chart.is_shares = true;
    chart.kind_count = 3;
    chart.kinds[0] = (struct pal_part_kind){PAL_VIEW("declined"), PAL_FILL_DARK};
    chart.kinds[1] = (struct pal_part_kind){PAL_VIEW("transferred"), PAL_FILL_MIDDLE};
    chart.kinds[2] = (struct pal_part_kind){PAL_VIEW("unknown"), PAL_FILL_UNKNOWN};
    chart.bar_count = count;
    chart.bars = bars;
    chart.chart.text = (struct pal_svg_text){
        PAL_VIEW("What became of custody requests"),
        PAL_VIEW(
            "Bars of shares that add up to 100%: declined, transferred, unknown. The "
            "counts stand in the table below.")};
    struct pal_exhibit exhibit = {
        .name = PAL_VIEW("custody-requests-by-outcome"),
        .title = PAL_VIEW("What became of custody requests"),
        .caption =
            PAL_VIEW("Hatched: the release does not say what became of them. That is "
                     "not a refusal, and not a transfer."),
        .chart = &chart.chart,
        .data = requests->counts,
        .questions = {&requests->by_outcome, NULL, NULL},
        .recipe =
            requests->is_by_area
                ? NULL
                : "A place\xE2\x80\x99s state is written in capitals in the release.",
        .n = total_of(&requests->places) + total_of(&requests->rest),
        .n_unit = "requests"};
    return pal_exhibit_write(report, &exhibit, err);
}

static void write_row(struct pal_report *report, const struct pal_outcome *outcome,
                      bool is_sum)
{
    struct pal_page *page = &report->page;
    pal_page_table_row(page, is_sum);
    pal_page_table_name(page, outcome->name);
    if (total_of(outcome) == 0) {
        for (int i = 0; i < 5; i++) {
            pal_page_table_none(page, "no data");
        }
        pal_page_table_row_close(page);
        return;
    }
    pal_page_table_number(page, pal_view_of(pal_number_count(total_of(outcome)).text));
    pal_page_table_number(page,
                          pal_view_of(pal_number_count(outcome->transferred).text));
    pal_page_table_number(page, pal_view_of(pal_number_count(outcome->declined).text));
    pal_page_table_number(page, pal_view_of(pal_number_count(outcome->unknown).text));
    pal_page_table_figure(page, &outcome->declined_share, true);
    pal_page_table_row_close(page);
}

static void write_table(struct pal_report *report)
{
    static const struct pal_column columns[] = {
        {"Where the jail is", false}, {"Requests", true}, {"Transferred", true},
        {"Declined", true},           {"Unknown", true},  {"Declined, at least", true}};
    const struct pal_requests *requests = &report->requests;
    pal_page_table_open(&report->page, "Custody requests and their outcome", columns,
                        6);
    for (size_t i = 0; i < requests->outcome_count; i++) {
        write_row(report, &requests->outcomes[i], false);
    }
    if (report->facts.place_count > 0) {
        write_row(report, &requests->places, true);
        write_row(report, &requests->rest, true);
    }
    pal_page_table_close(&report->page);
}

/* Jails whose city is the place itself: few, and said to be so. */
static pal_status write_cities(struct pal_report *report, struct pal_error *err)
{
    static const struct pal_column columns[] = {
        {"City of the jail", false}, {"Requests", true}, {"Transferred", true},
        {"Declined", true},          {"Unknown", true},  {"Declined, at least", true}};
    const struct pal_facts *facts = &report->facts;
    const struct pal_measure_result *counts = NULL;
    struct pal_question question = report->requests.by_outcome;
    question.by[0] = "city";
    question.by[1] = "state";
    question.by[2] = "outcome";
    if (facts->place_count == 0) {
        return PAL_OK;
    }
    pal_status st = pal_report_ask(report, &question, &counts, err);
    if (st != PAL_OK || !pal_requests_have_numbers(counts)) {
        return st;
    }
    pal_page_markup(&report->page, "<h3>In the cities themselves</h3>\n");
    pal_page_paragraph(
        &report->page,
        "Only requests to jails whose city the release writes as the "
        "place\xE2\x80\x99s name. People held for a city are often in jails "
        "that stand elsewhere, or under the name of a borough, so this is a "
        "small part.");
    pal_page_table_open(&report->page, "Requests to jails in the places named", columns,
                        6);
    for (size_t i = 0; st == PAL_OK && i < facts->place_count; i++) {
        struct pal_outcome outcome;
        st = pal_requests_in_city(counts, &facts->places[i], &outcome, err);
        write_row(report, &outcome, false);
    }
    pal_page_table_close(&report->page);
    return st;
}

pal_status pal_section_detainers(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    const struct pal_requests *requests = &report->requests;
    pal_page_section(page, 6, "requests",
                     "Custody requests, and how many were declined");
    if (!requests->has) {
        pal_page_paragraph(page, "No file of this study has rows of custody requests "
                                 "(detainers).");
        pal_page_section_close(page);
        return PAL_OK;
    }
    pal_page_paragraph(
        page,
        "A detainer asks a jail to hold a person for the agency, or to say "
        "when it lets that person go. It is a request. These were prepared "
        "from %s.",
        pal_period_words(requests->first, requests->last).text);
    pal_page_paragraph(
        page,
        "\xE2\x80\x9C"
        "Declined\xE2\x80\x9D is a lower bound: it counts only requests with the lift "
        "reason "
        "\xE2\x80\x9C"
        "Detainer Declined by LEA\xE2\x80\x9D. %s of all have neither that "
        "reason nor a transfer, and may be anything.",
        pal_number_percent(
            (double)(requests->places.unknown + requests->rest.unknown) /
                (double)(total_of(&requests->places) + total_of(&requests->rest)),
            0)
            .text);
    if (!requests->is_by_area) {
        pal_page_paragraph(page,
                           "This release states the jail\xE2\x80\x99s state and "
                           "city, but no area of responsibility. So the places are "
                           "shown by the whole state that they lie in, which is "
                           "neither the city nor the area.");
    }
    pal_status st = write_chart(report, err);
    if (st == PAL_OK) {
        write_table(report);
        st = write_cities(report, err);
    }
    if (st == PAL_OK) {
        st = pal_requests_by_rule(report, err);
    }
    pal_page_section_close(page);
    return st;
}
