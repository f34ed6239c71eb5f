/*
 * Custody requests: transferred, declined, unknown, by the area of the jail, or by its state
 * where the release has no area.
 */
#include <math.h>

#include "publish/report_internal.h"

static void find_dates(struct pal_report *report)
{
    struct pal_requests *requests = &report->requests;
    requests->first = PAL_DAY_NONE;
    requests->last = PAL_DAY_NONE;
    for (size_t i = 0; i < report->facts.cover_count; i++) {
        const struct pal_cover *cover = &report->facts.covers[i];
        if (!pal_view_is_equal(cover->table, PAL_VIEW("detainer")) ||
            cover->area.size > 0 || cover->serves_first == PAL_DAY_NONE) {
            continue;
        }
        if (requests->first == PAL_DAY_NONE || cover->serves_first < requests->first) {
            requests->first = cover->serves_first;
        }
        if (cover->serves_last > requests->last) {
            requests->last = cover->serves_last;
        }
    }
}

bool pal_requests_have_numbers(const struct pal_measure_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        if (result->figures[i].has_value) {
            return true;
        }
    }
    return false;
}

static void add_count(struct pal_outcome *outcome, const struct pal_figure *figure,
                      struct pal_view state)
{
    int64_t count = llround(figure->value);
    if (pal_view_is_equal(state, PAL_VIEW("transferred"))) {
        outcome->transferred += count;
    } else if (pal_view_is_equal(state, PAL_VIEW("declined"))) {
        outcome->declined += count;
    } else {
        outcome->unknown += count;
    }
}

static void add_figure(struct pal_outcome *outcome, const struct pal_figure *figure)
{
    add_count(outcome, figure, figure->keys[1]);
}

static pal_status close_outcome(struct pal_outcome *outcome, struct pal_error *err)
{
    return pal_share_of(outcome->declined,
                        outcome->transferred + outcome->declined + outcome->unknown,
                        &outcome->declined_share, err);
}

pal_status pal_requests_in_city(const struct pal_measure_result *counts,
                                const struct pal_place *place, struct pal_outcome *out,
                                struct pal_error *err)
{
    *out = (struct pal_outcome){.name = place->place};
    for (size_t i = 0; i < counts->count; i++) {
        const struct pal_figure *figure = &counts->figures[i];
        if (figure->has_value &&
            pal_view_is_equal_fold(figure->keys[0], place->place) &&
            pal_view_is_equal_fold(figure->keys[1], place->state)) {
            add_count(out, figure, figure->keys[2]);
        }
    }
    return close_outcome(out, err);
}

/* What a place is counted under. */
static struct pal_view key_of(const struct pal_requests *requests,
                              const struct pal_place *place)
{
    return requests->is_by_area ? place->area : place->state;
}

/* "California (Los Angeles, San Francisco)" once, however many places share it. */
static pal_status add_place(struct pal_report *report, size_t at, struct pal_error *err)
{
    struct pal_requests *requests = &report->requests;
    const struct pal_facts *facts = &report->facts;
    struct pal_view key = key_of(requests, &facts->places[at]);
    struct pal_outcome *outcome = &requests->outcomes[requests->outcome_count];
    struct pal_buffer name;
    if (key.size == 0) {
        return PAL_OK;
    }
    for (size_t i = 0; i < at; i++) {
        if (pal_view_is_equal_fold(key_of(requests, &facts->places[i]), key)) {
            return PAL_OK;
        }
    }
    pal_buffer_init(&name, PAL_PAGE_TEXT_MAX);
    pal_buffer_append_view(&name, key);
    for (size_t i = at; i < facts->place_count; i++) {
        if (pal_view_is_equal_fold(key_of(requests, &facts->places[i]), key) &&
            !pal_view_is_equal_fold(facts->places[i].place, key)) {
            pal_buffer_append_text(&name, name.size == key.size ? " (" : ", ");
            pal_buffer_append_view(&name, facts->places[i].place);
        }
    }
    if (name.size > key.size) {
        pal_buffer_append_char(&name, ')');
    }
    pal_status st = pal_buffer_keep(&name, &report->arena, &outcome->name, err);
    for (size_t i = 0; st == PAL_OK && i < requests->counts->count; i++) {
        const struct pal_figure *figure = &requests->counts->figures[i];
        if (figure->has_value && pal_view_is_equal_fold(figure->keys[0], key)) {
            add_figure(outcome, figure);
        }
    }
    requests->outcome_count++;
    return st == PAL_OK ? close_outcome(outcome, err) : st;
}

/* Without places: every area or state is a row of its own. */
static pal_status add_all(struct pal_report *report, struct pal_error *err)
{
    struct pal_requests *requests = &report->requests;
    const struct pal_measure_result *counts = requests->counts;
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < counts->count;) {
        struct pal_outcome *outcome = &requests->outcomes[requests->outcome_count++];
        outcome->name = counts->figures[i].keys[0];
        for (; i < counts->count &&
               pal_view_is_equal(counts->figures[i].keys[0], outcome->name);
             i++) {
            if (counts->figures[i].has_value) {
                add_figure(outcome, &counts->figures[i]);
            }
        }
        st = close_outcome(outcome, err);
    }
    return st;
}

static pal_status sum_up(struct pal_report *report, struct pal_error *err)
{
    struct pal_requests *requests = &report->requests;
    struct pal_outcome *places = &requests->places;
    struct pal_outcome *rest = &requests->rest;
    for (size_t i = 0; i < requests->outcome_count; i++) {
        places->transferred += requests->outcomes[i].transferred;
        places->declined += requests->outcomes[i].declined;
        places->unknown += requests->outcomes[i].unknown;
    }
    for (size_t i = 0; i < requests->counts->count; i++) {
        if (requests->counts->figures[i].has_value) {
            add_figure(rest, &requests->counts->figures[i]);
        }
    }
    rest->transferred -= places->transferred;
    rest->declined -= places->declined;
    rest->unknown -= places->unknown;
    places->name = requests->is_by_area ? PAL_VIEW("These areas together")
                                        : PAL_VIEW("These states together");
    rest->name = PAL_VIEW("Everywhere else");
    pal_status st = close_outcome(places, err);
    return st == PAL_OK ? close_outcome(rest, err) : st;
}

pal_status pal_requests_load(struct pal_report *report, struct pal_error *err)
{
    struct pal_requests *requests = &report->requests;
    void *room = NULL;
    find_dates(report);
    requests->by_outcome = (struct pal_question){.measure = "detainers",
                                                 .by = {"area", "outcome"},
                                                 .first = requests->first,
                                                 .last = requests->last};
    if (!pal_report_has_table(report, "detainer")) {
        return PAL_OK;
    }
    pal_status st =
        pal_report_ask(report, &requests->by_outcome, &requests->counts, err);
    if (st != PAL_OK) {
        return st;
    }
    requests->is_by_area = pal_requests_have_numbers(requests->counts);
    if (!requests->is_by_area) {
        requests->by_outcome.by[0] = "state";
        st = pal_report_ask(report, &requests->by_outcome, &requests->counts, err);
    }
    if (st == PAL_OK) {
        st = pal_report_room(report,
                             requests->counts->count + report->facts.place_count + 1,
                             sizeof *requests->outcomes, &room, err);
    }
    requests->outcomes = room;
    requests->has = st == PAL_OK && pal_requests_have_numbers(requests->counts);
    for (size_t i = 0; st == PAL_OK && i < report->facts.place_count; i++) {
        st = add_place(report, i, err);
    }
    if (st == PAL_OK && report->facts.place_count == 0) {
        st = add_all(report, err);
    }
    return st == PAL_OK ? sum_up(report, err) : st;
}
