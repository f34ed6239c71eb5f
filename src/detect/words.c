/*
 * Surges in words, and the commands that give their numbers again.
 */
#include <stdio.h>
#include <string.h>

#include "detect/study_internal.h"

enum { DAY_LIST_MAX = 60 };

static void append_day(struct pal_buffer *out, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    pal_buffer_append_text(out, text);
}

static void append_count(struct pal_buffer *out, size_t count)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%zu", count);
    pal_buffer_append_grouped(out, pal_view_of(digits));
}

/* "Boston", "Boston, Newark and 3 more areas". */
static void append_areas(struct pal_buffer *out, const struct pal_surge_study *study,
                         const struct pal_surge *surge)
{
    size_t shown = surge->area_count > 4 ? 3 : surge->area_count;
    if (surge->area_count == 0) {
        pal_buffer_append_text(out, "all areas together");
        return;
    }
    for (size_t i = 0; i < shown; i++) {
        bool is_end = i + 1 == surge->area_count;
        pal_buffer_append_text(out, i == 0 ? "" : is_end ? " and " : ", ");
        pal_buffer_append_view(out, study->areas[surge->parts[i].area]);
    }
    if (shown < surge->area_count) {
        pal_buffer_append_format(out, " and %zu more areas", surge->area_count - shown);
    }
}

static void append_days(struct pal_buffer *out, const struct pal_surge *surge)
{
    append_day(out, surge->first);
    if (surge->last > surge->first) {
        pal_buffer_append_text(out, " to ");
        append_day(out, surge->last);
    }
}

/* One sentence: where, when, how many more than usual, of what kind. */
static void write_sentence(const struct pal_surge_study *study,
                           const struct pal_surge_event *event, struct pal_buffer *out)
{
    const struct pal_surge *surge = &event->surge;
    append_areas(out, study, surge);
    pal_buffer_append_text(out, ", ");
    append_days(out, surge);
    pal_buffer_append_format(out, ": %.0f %.*s", surge->observed,
                             PAL_VIEW_ARG(study->request.measure.unit));
    if (study->request.split.size > 0 && surge->group != PAL_SURGE_ALL) {
        pal_buffer_append_format(out, " (%.*s)", PAL_VIEW_ARG(event->group));
    }
    pal_buffer_append_format(
        out, " where %.*f were usual, %.0f more (95%% interval %.0f to %.0f)",
        surge->expected < 10 ? 1 : 0, surge->expected,
        surge->observed - surge->expected, surge->excess_low, surge->excess_high);
    if (surge->last > surge->first && event->peak_share >= 0.8) {
        pal_buffer_append_format(out, ", %.0f%% of them on ", 100 * event->peak_share);
        append_day(out, event->peak);
    }
    pal_buffer_append_format(out, ". Kind: %s; ", pal_surge_kind_text(event->kind));
    pal_buffer_append_view(out, event->reason);
    pal_buffer_append_char(out, '.');
}

static const char *p_text(double p, char text[32])
{
    if (p < 0.0001) {
        return "below 0.0001";
    }
    (void)snprintf(text, 32, "%.4f", p);
    return text;
}

void pal_turns_sentence(const struct pal_turns *turns, struct pal_buffer *out)
{
    char text[32];
    if (turns->status != PAL_FIT_OK) {
        pal_buffer_append_text(out, "Whether areas take turns cannot be said: ");
        pal_buffer_append_text(out,
                               turns->status == PAL_FIT_TOO_FEW
                                   ? "fewer than two areas have a surge in these "
                                     "days, or the days are fewer than eight weeks."
                                   : "no days are covered.");
        return;
    }
    pal_buffer_append_format(
        out,
        "On a day on which one of %zu areas had a surge, %.2f others had one too; when "
        "each area's own days are shifted at random it is %.2f (95%% of shifts %.2f "
        "to "
        "%.2f). ",
        turns->area_count, turns->together, turns->by_chance, turns->low, turns->high);
    enum pal_turns_answer answer = pal_turns_answer(turns);
    if (answer == PAL_TURNS_IN_TURN) {
        pal_buffer_append_format(out, "They came in turn: as little overlap has p %s.",
                                 p_text(turns->p_turns, text));
    } else if (answer == PAL_TURNS_TOGETHER) {
        pal_buffer_append_format(out, "They came together: as much overlap has p %s.",
                                 p_text(turns->p_together, text));
    } else {
        pal_buffer_append_format(out,
                                 "That tells neither turns (p %s) nor coming together.",
                                 p_text(turns->p_turns, text));
    }
}

/* ---- commands ---- */

/* A question about an area (PAL_SURGE_ALL) and the surge's group, for its days or all. */
static void append_command(const struct pal_surge_study *study,
                           const struct pal_surge *surge, size_t area, bool has_days,
                           const char *name, struct pal_buffer *out)
{
    const struct pal_surge_request *request = &study->request;
    pal_buffer_append_format(out, "palladium measure run %.*s ",
                             PAL_VIEW_ARG(request->measure.name));
    pal_buffer_append_shell_word(out, pal_view_of(name));
    pal_buffer_append_text(out, " --by day");
    if (area != PAL_SURGE_ALL) {
        pal_buffer_append_format(out, " --where %.*s=", PAL_VIEW_ARG(request->by));
        pal_buffer_append_shell_word(out, study->areas[area]);
    }
    if (request->split.size > 0 && surge->group != PAL_SURGE_ALL) {
        pal_buffer_append_format(out, " --where %.*s=", PAL_VIEW_ARG(request->split));
        pal_buffer_append_shell_word(out, study->groups[surge->group]);
    }
    if (has_days) {
        pal_buffer_append_text(out, " --from ");
        append_day(out, surge->first);
        pal_buffer_append_text(out, " --to ");
        append_day(out, surge->last);
    }
    if (request->rule.size > 0) {
        pal_buffer_append_text(out, " --rule ");
        pal_buffer_append_shell_word(out, request->rule);
    }
    pal_buffer_append_text(out, " --format csv\n");
}

void pal_surge_commands(const struct pal_surge_study *study,
                        const struct pal_surge_event *event, const char *name,
                        struct pal_buffer *out)
{
    const struct pal_surge *surge = &event->surge;
    size_t count = surge->area_count > 0 ? surge->area_count : 1;
    for (size_t i = 0; i < count; i++) {
        append_command(study, surge, surge->parts[i].area, true, name, out);
    }
}

/* ---- one surge in full ---- */

static void explain_size(const struct pal_surge_study *study,
                         const struct pal_surge_event *event, struct pal_buffer *out)
{
    const struct pal_surge *surge = &event->surge;
    char text[32];
    pal_buffer_append_format(
        out, "observed     %.0f\nexpected     %.2f\nexcess       %.2f\n",
        surge->observed, surge->expected, surge->observed - surge->expected);
    pal_buffer_append_format(
        out,
        "interval     %.0f to %.0f: observed less the 95%% range of what the usual "
        "may "
        "have brought,\n             by chance and by the error of its fit together\n",
        surge->excess_low, surge->excess_high);
    if (surge->expected > 0) {
        pal_buffer_append_format(out, "ratio        %.2f\n",
                                 surge->observed / surge->expected);
    }
    pal_buffer_append_format(out,
                             "p adjusted   %s, over %zu weeks of series and all "
                             "windows that begin in them\n",
                             p_text(surge->p_adjusted, text),
                             study->detection->test_count);
    pal_buffer_append_format(out, "kind         %s: %.*s\n",
                             pal_surge_kind_text(event->kind),
                             PAL_VIEW_ARG(event->reason));
    pal_buffer_append_text(out, "peak         ");
    append_day(out, event->peak);
    pal_buffer_append_format(out, ", %.0f%% of the excess\n", 100 * event->peak_share);
    if (event->method.size > 0) {
        pal_buffer_append_format(out, "method       %.*s, %.0f%% of the excess\n",
                                 PAL_VIEW_ARG(event->method),
                                 100 * event->method_share);
    }
    pal_buffer_append_format(
        out, "duplicates   %.0f%% of its records are set aside by rule, not counted\n",
        100 * event->duplicate_share);
    for (size_t i = 0; i < event->driver_count; i++) {
        const struct pal_surge_driver *driver = &event->drivers[i];
        pal_buffer_append_format(out,
                                 "driven by    %.*s %.*s: %.0f, %.0f%% of the surge, "
                                 "%.0f%% usually\n",
                                 PAL_VIEW_ARG(driver->dimension),
                                 PAL_VIEW_ARG(driver->value), driver->count,
                                 100 * driver->share, 100 * driver->usual);
    }
}

static void explain_parts(const struct pal_surge_study *study,
                          const struct pal_surge_event *event, struct pal_buffer *out)
{
    const struct pal_surge *surge = &event->surge;
    pal_buffer_append_text(out, "\nareas\n");
    for (size_t i = 0; i < surge->area_count; i++) {
        const struct pal_surge_part *part = &surge->parts[i];
        pal_buffer_append_format(out, "  %-20.*s observed %6.0f   expected %9.2f\n",
                                 PAL_VIEW_ARG(study->areas[part->area]), part->observed,
                                 part->expected);
    }
    if (surge->area_count == 0) {
        pal_buffer_append_text(out, "  all areas together: no single one stands out\n");
    }
    pal_buffer_append_text(out, "\ndays\n");
    for (int32_t day = surge->first;
         day <= surge->last && day < surge->first + DAY_LIST_MAX; day++) {
        size_t at = (size_t)(day - study->input.first);
        struct pal_window window = pal_surge_event_window(study, event, at, at);
        pal_buffer_append_text(out, "  ");
        append_day(out, day);
        if (window.covered == 0) {
            pal_buffer_append_text(out, "           not covered\n");
        } else {
            pal_buffer_append_format(out,
                                     "           observed %6.0f   expected %9.2f\n",
                                     window.observed, window.expected);
        }
    }
}

/* The baseline's days, as stretches that are covered. */
static void explain_baseline(const struct pal_surge_study *study,
                             const struct pal_surge_event *event,
                             struct pal_buffer *out)
{
    const struct pal_surge *surge = &event->surge;
    const struct pal_baseline *baseline =
        pal_detection_baseline(study->detection, surge->parts[0].area, surge->group);
    size_t lighter = 0;
    pal_buffer_append_text(out, "\nbaseline\n");
    for (size_t i = 0; i < baseline->count; i++) {
        bool is_covered = baseline->weight[i] > 0;
        bool was_covered = i > 0 && baseline->weight[i - 1] > 0;
        lighter += is_covered && baseline->weight[i] < 1 ? 1 : 0;
        if (is_covered && !was_covered) {
            pal_buffer_append_text(out, "  days from ");
            append_day(out, baseline->first + (int32_t)i);
        }
        if (is_covered && (i + 1 == baseline->count || baseline->weight[i + 1] <= 0)) {
            pal_buffer_append_text(out, " to ");
            append_day(out, baseline->first + (int32_t)i);
            pal_buffer_append_char(out, '\n');
        }
    }
    pal_buffer_append_format(
        out,
        "  %zu of them, in windows far above the usual, count for less\n  the "
        "variance of a working day is its mean + %.4f mean^2, of other days mean + "
        "%.4f "
        "mean^2;\n  that of a week is %.2f times that of its days\n",
        lighter, baseline->alpha[0], baseline->alpha[1], baseline->scale[5]);
}

void pal_surge_explain(const struct pal_surge_study *study,
                       const struct pal_surge_event *event, const char *name,
                       struct pal_buffer *out)
{
    const struct pal_surge *surge = &event->surge;
    size_t count = surge->area_count > 0 ? surge->area_count : 1;
    write_sentence(study, event, out);
    pal_buffer_append_format(out, "\n\nsurge        %.*s\n", PAL_VIEW_ARG(event->id));
    explain_size(study, event, out);
    explain_parts(study, event, out);
    explain_baseline(study, event, out);
    pal_buffer_append_text(out, "\nobserved is the sum of n in\n");
    pal_surge_commands(study, event, name, out);
    pal_buffer_append_text(out, "\nthe usual was made of\n");
    for (size_t i = 0; i < count; i++) {
        append_command(study, surge, surge->parts[i].area, false, name, out);
    }
    pal_buffer_append_char(out, '\n');
    pal_surge_searched(study, out);
    pal_buffer_append_char(out, '\n');
}

void pal_surge_searched(const struct pal_surge_study *study, struct pal_buffer *out)
{
    const struct pal_detection *detection = study->detection;
    if (detection == NULL) {
        pal_buffer_append_text(out, "No day of these records is covered: nothing was "
                                    "searched.");
        return;
    }
    pal_buffer_append_text(out, "Searched: ");
    append_count(out, detection->window_count);
    pal_buffer_append_text(out, " windows of 1 to 28 days in ");
    append_count(out, detection->searched_series_count);
    pal_buffer_append_format(out,
                             " series (%zu more have too little to search), %.0f "
                             "series-years. p is adjusted "
                             "over ",
                             detection->series_count - detection->searched_series_count,
                             detection->series_years);
    append_count(out, detection->test_count);
    pal_buffer_append_format(
        out,
        " weeks of series and all windows that begin in them; the false discovery rate "
        "asked for is %.0f%%. Where it was measured, on 16 studies made from four "
        "released years, chance came beyond the list's threshold 3 times for every 100 "
        "listed when days were drawn anew, 3 times when years of departures from the "
        "usual were put into another order, and 11 times when the years themselves "
        "were.",
        100 * detection->false_discovery_rate);
}
