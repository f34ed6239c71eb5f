/*
 * What room measure answers about the unrecorded, as rows and columns: the same for a command's
 * output and for the files of a report.
 */
#include "measure/answer.h"

#include <math.h>
#include <stdio.h>

static void put_columns(struct pal_answer *answer, const char *const *names,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pal_answer_column(answer, names[i]);
    }
}

/* A column for each dimension that the answer is cut by, under its name. */
static void put_key_columns(struct pal_answer *answer, const struct pal_view *names,
                            size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "%.*s", PAL_VIEW_ARG(names[i]));
        pal_answer_column(answer, text);
    }
}

static void put_number(struct pal_answer *answer, bool has_value, double value)
{
    if (has_value && isfinite(value)) {
        pal_answer_number(answer, value);
    } else {
        pal_answer_null(answer);
    }
}

static void put_range(struct pal_answer *answer, struct pal_range range)
{
    pal_answer_number(answer, range.low);
    put_number(answer, range.has_high, range.high);
}

static void put_day(struct pal_answer *answer, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    pal_answer_text(answer, pal_view_of(text));
}

/* ---- targets ---- */

static struct pal_view bounds_words(const struct pal_bounds_row *row)
{
    if (row->status != PAL_FIGURE_NUMBER) {
        return pal_view_of(pal_figure_status_text(row->status));
    }
    if (!row->bounds.has_bounds) {
        return PAL_VIEW("no arrests");
    }
    if (row->bounds.is_open) {
        return PAL_VIEW("between 0 and 100 %, nothing in this release tells");
    }
    return row->bounds.at_least == row->bounds.at_most ? PAL_VIEW("recorded")
                                                       : PAL_VIEW("bounded");
}

void pal_answer_targets(const struct pal_bounds_request *request,
                        const struct pal_bounds_row *rows, size_t count,
                        struct pal_answer *answer)
{
    static const char *const names[] = {"arrests",
                                        "recorded",
                                        "targeted",
                                        "collateral",
                                        "share",
                                        "share_low",
                                        "share_high",
                                        "collateral_at_least",
                                        "collateral_at_most",
                                        "low",
                                        "high",
                                        "variance_factor",
                                        "spread_low",
                                        "spread_high",
                                        "what"};
    put_key_columns(answer, request->by, request->by_count);
    put_columns(answer, names, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < count; i++) {
        const struct pal_target_bounds *bounds = &rows[i].bounds;
        double n = (double)bounds->n;
        bool has = rows[i].status == PAL_FIGURE_NUMBER;
        for (size_t k = 0; k < request->by_count; k++) {
            pal_answer_text(answer, rows[i].keys[k]);
        }
        put_number(answer, has, n);
        put_number(answer, has, (double)bounds->recorded);
        put_number(answer, has, (double)bounds->targeted);
        put_number(answer, has, (double)bounds->collateral);
        put_number(answer, bounds->has_share, bounds->share);
        put_number(answer, bounds->has_share, bounds->share_low);
        put_number(answer, bounds->has_share, bounds->share_high);
        put_number(answer, has, (double)bounds->at_least);
        put_number(answer, has, (double)bounds->at_most);
        put_number(answer, bounds->has_bounds, (double)bounds->at_least / n);
        put_number(answer, bounds->has_bounds, (double)bounds->at_most / n);
        put_number(answer, rows[i].has_spread, rows[i].variance_factor);
        put_number(answer, rows[i].has_spread, rows[i].spread_low);
        put_number(answer, rows[i].has_spread, rows[i].spread_high);
        pal_answer_text(answer, bounds_words(&rows[i]));
    }
}

/* ---- effort ---- */

void pal_answer_effort(const struct pal_effort_row *rows, size_t count,
                       struct pal_answer *answer)
{
    static const char *const names[] = {"place",
                                        "what",
                                        "first_day",
                                        "last_day",
                                        "days_low",
                                        "days_high",
                                        "agent_days_low",
                                        "agent_days_high",
                                        "agent_hours_low",
                                        "agent_hours_high",
                                        "arrests",
                                        "arrests_status",
                                        "arrests_per_agent_day_low",
                                        "arrests_per_agent_day_high"};
    put_columns(answer, names, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < count; i++) {
        const struct pal_effort_row *row = &rows[i];
        pal_answer_text(answer, row->place);
        pal_answer_text(answer, row->what);
        put_day(answer, row->first);
        put_day(answer, row->last);
        put_range(answer, row->days);
        put_range(answer, row->agent_days);
        put_range(answer, row->agent_hours);
        put_number(answer, row->arrests_status == PAL_FIGURE_NUMBER,
                   (double)row->arrests);
        pal_answer_text(answer,
                        pal_view_of(pal_figure_status_text(row->arrests_status)));
        put_number(answer, row->has_rate, row->rate.low);
        put_number(answer, row->has_rate && row->rate.has_high, row->rate.high);
    }
}

/* ---- outcomes ---- */

static void put_share(struct pal_answer *answer, const struct pal_outcome_share *share)
{
    bool has = share->status == PAL_FIGURE_NUMBER;
    put_number(answer, has, share->low);
    put_number(answer, has, share->high);
    put_number(answer, has, share->interval_low);
    put_number(answer, has, share->interval_high);
    pal_answer_text(answer, pal_view_of(pal_figure_status_text(share->status)));
}

/* One line a state and time; what the unknown are made of stands behind each. */
static void fill_outcome(const struct pal_outcome_request *request,
                         const struct pal_outcome_row *row, size_t horizon,
                         struct pal_answer *answer)
{
    for (size_t s = 0; s < PAL_OUTCOME_STATE_COUNT; s++) {
        bool is_ever = horizon == PAL_OUTCOME_HORIZON_COUNT;
        for (size_t k = 0; k < request->by_count; k++) {
            pal_answer_text(answer, row->keys[k]);
        }
        if (is_ever) {
            pal_answer_null(answer);
        } else {
            pal_answer_integer(answer, pal_outcome_horizons[horizon]);
        }
        pal_answer_text(answer,
                        pal_view_of(pal_outcome_state_text((enum pal_outcome_state)s)));
        put_share(answer, is_ever ? &row->share[s] : &row->by_day[horizon][s]);
        pal_answer_integer(answer, row->n);
        pal_answer_integer(answer, row->count[s]);
        pal_answer_integer(answer, row->dated);
        pal_answer_integer(answer, row->no_reason);
        pal_answer_integer(answer, row->other_reason);
        pal_answer_integer(answer, row->reason_redacted + row->not_recorded);
    }
}

void pal_answer_outcomes(const struct pal_outcome_request *request,
                         const struct pal_outcome_row *rows, size_t count,
                         struct pal_answer *answer)
{
    static const char *const names[] = {"within_days",
                                        "outcome",
                                        "low",
                                        "high",
                                        "interval_low",
                                        "interval_high",
                                        "status",
                                        "requests",
                                        "ended_so",
                                        "transfers_with_a_day",
                                        "no_reason",
                                        "other_reason",
                                        "reason_redacted_or_not_recorded"};
    put_key_columns(answer, request->by, request->by_count);
    put_columns(answer, names, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < count; i++) {
        for (size_t h = 0; h <= PAL_OUTCOME_HORIZON_COUNT; h++) {
            fill_outcome(request, &rows[i], h, answer);
        }
    }
}

/* ---- change ---- */

static void put_ratio(struct pal_answer *answer, const struct pal_compare_ratio *ratio,
                      bool has_value)
{
    bool has_interval = has_value && ratio->has_interval;
    put_number(answer, has_value, ratio->value);
    put_number(answer, has_interval, ratio->low);
    put_number(answer, has_interval, ratio->high);
    put_number(answer, has_value, ratio->p_value);
}

static void fill_change(const char *name, const struct pal_comparison *comparison,
                        struct pal_answer *answer)
{
    bool has = comparison->status == PAL_COMPARE_NUMBER;
    for (size_t i = 0; i <= comparison->month_count; i++) {
        bool is_whole = i == comparison->month_count;
        const struct pal_compare_month *month =
            is_whole ? NULL : &comparison->months[i];
        char text[16];
        pal_day_text(is_whole ? comparison->date : month->first_day, text);
        pal_answer_text(answer, pal_view_of(name));
        pal_answer_text(answer, is_whole          ? PAL_VIEW("all months after")
                                : month->is_after ? PAL_VIEW("after")
                                                  : PAL_VIEW("before"));
        if (text[0] == '\0') {
            pal_answer_null(answer);
        } else {
            pal_answer_text(answer, pal_view_of(text));
        }
        put_ratio(answer, is_whole ? &comparison->after : &month->ratio, has);
        pal_answer_text(answer,
                        pal_view_of(pal_compare_status_text(comparison->status)));
        pal_answer_integer(answer, (int64_t)comparison->place_count);
        pal_answer_integer(answer, (int64_t)comparison->other_count);
        pal_answer_integer(answer, (int64_t)comparison->small_count);
        pal_answer_integer(answer, (int64_t)comparison->choice_count);
    }
}

void pal_answer_change(const struct pal_comparison *campaign,
                       const struct pal_comparison *placebo, struct pal_answer *answer)
{
    static const char *const names[] = {"at",     "when",   "date",     "ratio",
                                        "low",    "high",   "p_value",  "status",
                                        "places", "others", "left_out", "choices"};
    put_columns(answer, names, sizeof names / sizeof names[0]);
    fill_change("campaign", campaign, answer);
    fill_change("placebo", placebo, answer);
}
