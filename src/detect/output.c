/*
 * Surges and changes as CSV and JSON. Every number is written in shortest form, so the bytes
 * are the same wherever the numbers are.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "detect/study_internal.h"

static void csv_number(struct pal_buffer *out, double value, bool is_first)
{
    char text[32] = "";
    if (isfinite(value)) {
        pal_double_text(value, text);
    }
    pal_csv_field(out, pal_view_of(text), is_first);
}

/* Six significant places are more than an estimate is good for, and hide the last bits,
 * which may differ from machine to machine. */
static double rounded(double value)
{
    char text[32];
    if (value == 0 || !isfinite(value)) {
        return value;
    }
    (void)snprintf(text, sizeof text, "%.6g", value);
    return strtod(text, NULL);
}

static void csv_day(struct pal_buffer *out, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    pal_csv_field(out, pal_view_of(text), false);
}

static const char *const columns[] = {
    "surge_id",   "areas",        "first",           "last",
    "days",       "observed",     "expected",        "excess",
    "excess_low", "excess_high",  "ratio",           "p_adjusted",
    "kind",       "method_group", "method",          "method_share",
    "peak",       "peak_share",   "duplicate_share", "reason"};

static void csv_event(const struct pal_surge_event *event, struct pal_buffer *out)
{
    const struct pal_surge *surge = &event->surge;
    const double numbers[] = {surge->observed,
                              rounded(surge->expected),
                              rounded(surge->observed - surge->expected),
                              surge->excess_low,
                              surge->excess_high,
                              rounded(surge->expected > 0
                                          ? surge->observed / surge->expected
                                          : (double)INFINITY),
                              rounded(surge->p_adjusted)};
    pal_csv_field(out, event->id, true);
    pal_csv_field(out, event->areas, false);
    csv_day(out, surge->first);
    csv_day(out, surge->last);
    csv_number(out, surge->days_covered, false);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        csv_number(out, numbers[i], false);
    }
    pal_csv_field(out, pal_view_of(pal_surge_kind_text(event->kind)), false);
    pal_csv_field(out, event->group, false);
    pal_csv_field(out, event->method, false);
    csv_number(out, rounded(event->method_share), false);
    csv_day(out, event->peak);
    csv_number(out, rounded(event->peak_share), false);
    csv_number(out, rounded(event->duplicate_share), false);
    pal_csv_field(out, event->reason, false);
    pal_csv_end(out);
}

void pal_surge_csv(const struct pal_surge_study *study, struct pal_buffer *out)
{
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        pal_csv_field(out, pal_view_of(columns[i]), i == 0);
    }
    pal_csv_end(out);
    for (size_t i = 0; i < study->event_count; i++) {
        csv_event(&study->events[i], out);
    }
}

static struct pal_view area_name(const struct pal_surge_study *study, size_t area)
{
    return area == PAL_SURGE_ALL && study->input.area_count > 1 ? PAL_VIEW("all areas")
           : area == PAL_SURGE_ALL                              ? study->areas[0]
                                                                : study->areas[area];
}

static struct pal_view group_name(const struct pal_surge_study *study, size_t group)
{
    return group == PAL_SURGE_ALL ? PAL_VIEW("all") : study->groups[group];
}

void pal_surge_changes_csv(const struct pal_surge_study *study, struct pal_buffer *out)
{
    pal_buffer_append_text(out,
                           "area,method_group,day,before_a_week,after_a_week,ratio\n");
    for (size_t i = 0; study->detection != NULL && i < study->detection->change_count;
         i++) {
        const struct pal_level_change *change = &study->detection->changes[i];
        pal_csv_field(out, area_name(study, change->area), true);
        pal_csv_field(out, group_name(study, change->group), false);
        csv_day(out, change->day);
        csv_number(out, rounded(change->before), false);
        csv_number(out, rounded(change->after), false);
        csv_number(out,
                   change->before > 0 ? rounded(change->after / change->before)
                                      : (double)INFINITY,
                   false);
        pal_csv_end(out);
    }
}

/* ---- turns ---- */

static const char *const turns_names[] = {"together", "by_chance", "low",
                                          "high",     "p_turns",   "p_together"};
enum { TURNS_NUMBERS = sizeof turns_names / sizeof turns_names[0] };

/* What was not tested has no numbers. */
static void turns_numbers(const struct pal_turns *turns, double out[TURNS_NUMBERS])
{
    const double numbers[TURNS_NUMBERS] = {turns->together, turns->by_chance,
                                           turns->low,      turns->high,
                                           turns->p_turns,  turns->p_together};
    for (size_t i = 0; i < TURNS_NUMBERS; i++) {
        out[i] = turns->status == PAL_FIT_OK ? rounded(numbers[i]) : (double)INFINITY;
    }
}

void pal_turns_csv(const struct pal_turns *turns, struct pal_buffer *out)
{
    double numbers[TURNS_NUMBERS];
    turns_numbers(turns, numbers);
    pal_buffer_append_text(out, "status,areas,surge_days");
    for (size_t i = 0; i < TURNS_NUMBERS; i++) {
        pal_csv_field(out, pal_view_of(turns_names[i]), false);
    }
    pal_buffer_append_text(out, ",surges,areas_searched,alone_days");
    pal_csv_end(out);
    pal_csv_field(out, pal_view_of(pal_fit_status_text(turns->status)), true);
    csv_number(out, (double)turns->area_count, false);
    csv_number(out, (double)turns->surge_days, false);
    for (size_t i = 0; i < TURNS_NUMBERS; i++) {
        csv_number(out, numbers[i], false);
    }
    csv_number(out, (double)turns->surge_count, false);
    csv_number(out, (double)turns->asked_count, false);
    csv_number(
        out, turns->status == PAL_FIT_OK ? (double)turns->alone_days : (double)INFINITY,
        false);
    pal_csv_end(out);
}

/* ---- JSON ---- */

static void json_text(struct pal_json *out, const char *key, struct pal_view text)
{
    pal_json_key(out, key);
    pal_json_view(out, text);
}

static void json_number(struct pal_json *out, const char *key, double value)
{
    pal_json_key(out, key);
    pal_json_double(out, value);
}

void pal_turns_json(const struct pal_turns *turns, struct pal_json *out)
{
    double numbers[TURNS_NUMBERS];
    turns_numbers(turns, numbers);
    pal_json_begin_object(out);
    json_text(out, "status", pal_view_of(pal_fit_status_text(turns->status)));
    json_number(out, "areas", (double)turns->area_count);
    json_number(out, "surge_days", (double)turns->surge_days);
    for (size_t i = 0; i < TURNS_NUMBERS; i++) {
        json_number(out, turns_names[i], numbers[i]);
    }
    json_number(out, "surges", (double)turns->surge_count);
    json_number(out, "areas_searched", (double)turns->asked_count);
    json_number(out, "alone_days",
                turns->status == PAL_FIT_OK ? (double)turns->alone_days
                                            : (double)INFINITY);
    pal_json_end_object(out);
}

static void json_day(struct pal_json *out, const char *key, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    pal_json_key(out, key);
    pal_json_text(out, text);
}

static void json_parts(const struct pal_surge_study *study,
                       const struct pal_surge_event *event, struct pal_json *out)
{
    pal_json_key(out, "areas");
    pal_json_begin_array(out);
    for (size_t i = 0; i < event->surge.area_count; i++) {
        const struct pal_surge_part *part = &event->surge.parts[i];
        pal_json_begin_object(out);
        json_text(out, "area", study->areas[part->area]);
        json_number(out, "observed", part->observed);
        json_number(out, "expected", rounded(part->expected));
        pal_json_end_object(out);
    }
    pal_json_end_array(out);
}

static void json_drivers(const struct pal_surge_event *event, struct pal_json *out)
{
    pal_json_key(out, "drivers");
    pal_json_begin_array(out);
    for (size_t i = 0; i < event->driver_count; i++) {
        const struct pal_surge_driver *driver = &event->drivers[i];
        pal_json_begin_object(out);
        json_text(out, "dimension", driver->dimension);
        json_text(out, "value", driver->value);
        json_number(out, "count", driver->count);
        json_number(out, "share", rounded(driver->share));
        json_number(out, "usual", rounded(driver->usual));
        pal_json_end_object(out);
    }
    pal_json_end_array(out);
}

static void json_event(const struct pal_surge_study *study,
                       const struct pal_surge_event *event, struct pal_json *out)
{
    const struct pal_surge *surge = &event->surge;
    pal_json_begin_object(out);
    json_text(out, "surge_id", event->id);
    json_parts(study, event, out);
    json_day(out, "first", surge->first);
    json_day(out, "last", surge->last);
    json_number(out, "days", surge->days_covered);
    json_number(out, "observed", surge->observed);
    json_number(out, "expected", rounded(surge->expected));
    json_number(out, "excess", rounded(surge->observed - surge->expected));
    json_number(out, "excess_low", surge->excess_low);
    json_number(out, "excess_high", surge->excess_high);
    json_number(out, "ratio",
                surge->expected > 0 ? rounded(surge->observed / surge->expected)
                                    : (double)INFINITY);
    json_number(out, "p_adjusted", rounded(surge->p_adjusted));
    json_text(out, "kind", pal_view_of(pal_surge_kind_text(event->kind)));
    json_text(out, "method_group", event->group);
    json_text(out, "method", event->method);
    json_number(out, "method_share", rounded(event->method_share));
    json_day(out, "peak", event->peak);
    json_number(out, "peak_share", rounded(event->peak_share));
    json_number(out, "duplicate_share", rounded(event->duplicate_share));
    json_text(out, "reason", event->reason);
    json_drivers(event, out);
    pal_json_end_object(out);
}

static void json_changes(const struct pal_surge_study *study, struct pal_json *out)
{
    const struct pal_detection *detection = study->detection;
    pal_json_key(out, "changes");
    pal_json_begin_array(out);
    for (size_t i = 0; detection != NULL && i < detection->change_count; i++) {
        const struct pal_level_change *change = &detection->changes[i];
        pal_json_begin_object(out);
        json_text(out, "area", area_name(study, change->area));
        json_text(out, "method_group", group_name(study, change->group));
        json_day(out, "day", change->day);
        json_number(out, "before_a_week", rounded(change->before));
        json_number(out, "after_a_week", rounded(change->after));
        pal_json_end_object(out);
    }
    pal_json_end_array(out);
}

void pal_surge_json(const struct pal_surge_study *study, struct pal_json *out)
{
    const struct pal_detection *detection = study->detection;
    pal_json_begin_object(out);
    json_text(out, "measure", study->request.measure.name);
    json_text(out, "by", study->request.by);
    json_text(out, "split", study->request.split);
    json_number(out, "false_discovery_rate",
                study->request.setting.false_discovery_rate);
    if (detection != NULL) {
        pal_json_key(out, "series");
        pal_json_i64(out, (int64_t)detection->series_count);
        pal_json_key(out, "series_searched");
        pal_json_i64(out, (int64_t)detection->searched_series_count);
        pal_json_key(out, "windows");
        pal_json_i64(out, (int64_t)detection->window_count);
        pal_json_key(out, "tests");
        pal_json_i64(out, (int64_t)detection->test_count);
    }
    pal_json_key(out, "surges");
    pal_json_begin_array(out);
    for (size_t i = 0; i < study->event_count; i++) {
        json_event(study, &study->events[i], out);
    }
    pal_json_end_array(out);
    json_changes(study, out);
    pal_json_end_object(out);
}
