#include "detect/power_words.h"

#include <math.h>
#include <stdio.h>

struct pal_view pal_power_area(const struct pal_surge_study *study,
                               const struct pal_power_line *line)
{
    return line->series.area == PAL_SURGE_ALL ? PAL_VIEW("all areas")
                                              : study->areas[line->series.area];
}

static struct pal_view group_name(const struct pal_surge_study *study,
                                  const struct pal_power_line *line)
{
    return line->series.group == PAL_SURGE_ALL ? PAL_VIEW("all")
                                               : study->groups[line->series.group];
}

/* Six places: what is behind them may differ from machine to machine. */
static void put_number(struct pal_buffer *out, double value)
{
    pal_buffer_append_format(out, "%.6g", value);
}

/* "a week", "a day", "10 days", "four weeks". */
static void put_length(struct pal_buffer *out, int32_t days)
{
    static const struct {
        int32_t days;
        const char *text;
    } names[] = {{1, "a day"}, {7, "a week"}, {14, "two weeks"}, {28, "four weeks"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].days == days) {
            pal_buffer_append_text(out, names[i].text);
            return;
        }
    }
    pal_buffer_append_format(out, "%d days", days);
}

/* Rounded up to a tenth: what is said would have been seen must have been. */
static void put_times(struct pal_buffer *out, double effect, const char *what)
{
    double tenths = ceil(effect * 10 - 1e-9);
    if (tenths == 15) {
        pal_buffer_append_format(out, "half again as many %s", what);
    } else if (tenths == 20) {
        pal_buffer_append_format(out, "twice as many %s", what);
    } else {
        pal_buffer_append_format(out, "%g times as many %s", tenths / 10, what);
    }
}

static void put_often(struct pal_buffer *out, double wanted)
{
    double tenths = wanted * 10;
    if (fabs(tenths - round(tenths)) < 1e-9) {
        pal_buffer_append_format(out, "%.0f times of 10", round(tenths));
    } else {
        pal_buffer_append_format(out, "%g times of 100", wanted * 100);
    }
}

void pal_power_sentence(const struct pal_power *power,
                        const struct pal_power_line *line,
                        const struct pal_surge_study *study, struct pal_view name,
                        size_t days, struct pal_buffer *out)
{
    const struct pal_power_setting *setting = &power->setting;
    bool is_arrests =
        pal_view_is_equal(study->request.measure.name, PAL_VIEW("arrests"));
    const char *what = is_arrests ? "arrests" : "records";
    if (name.size == 0) {
        name = pal_power_area(study, line);
    }
    pal_buffer_append_format(out, "In %.*s, ", PAL_VIEW_ARG(name));
    if (!line->is_searched || !line->has_room[days]) {
        pal_buffer_append_format(out,
                                 "too little is recorded to say which surge of %s "
                                 "would have been seen.",
                                 what);
        return;
    }
    bool is_seen = line->smallest[days] > 0;
    pal_buffer_append_text(out, is_seen ? "" : "even ");
    put_length(out, setting->days[days]);
    pal_buffer_append_text(out, " with ");
    put_times(out,
              is_seen ? line->smallest[days]
                      : setting->effects[setting->effect_count - 1],
              what);
    pal_buffer_append_text(out, is_seen ? " would have been seen "
                                        : " would have been seen less than ");
    put_often(out, setting->wanted);
    pal_buffer_append_char(out, '.');
}

static void put_alarms(struct pal_buffer *out, const char *what,
                       const struct pal_power_alarms *alarms)
{
    if (alarms->series_years > 0) {
        pal_buffer_append_format(
            out,
            "\nFalse alarms in %.0f series-years %s, at most %.2g a series-year asked "
            "for: "
            "%zu, which is %.2g (95%% interval %.2g to %.2g).",
            alarms->series_years, what, alarms->asked, alarms->count,
            (double)alarms->count / alarms->series_years, alarms->low, alarms->high);
    }
}

void pal_power_rule(const struct pal_power *power, struct pal_buffer *out)
{
    pal_buffer_append_format(
        out,
        "A window counts as seen when chance gives it with a probability of at most "
        "%.2g, which is at most %.2g false alarms a series-year.",
        power->p_limit, power->own[0].asked);
    if (power->setting.is_quick) {
        pal_buffer_append_text(out, " Reckoned, not simulated.");
        return;
    }
    for (int null = 0; null < PAL_POWER_NULL_COUNT; null++) {
        const char *what = null == PAL_POWER_MODEL
                               ? "drawn from the model"
                               : "put together from residuals without past surges";
        put_alarms(out, what, &power->own[null]);
        put_alarms(out, what, &power->loose[null]);
    }
}

static void csv_row(const struct pal_power *power, const struct pal_surge_study *study,
                    const struct pal_power_line *line, size_t d, size_t e,
                    struct pal_buffer *out)
{
    const struct pal_power_setting *setting = &power->setting;
    const struct pal_power_cell *cell = &line->cells[d * setting->effect_count + e];
    pal_csv_field(out, pal_power_area(study, line), true);
    pal_csv_field(out, group_name(study, line), false);
    pal_buffer_append_format(out, ",%d,%g,", setting->days[d], setting->effects[e]);
    if (!line->is_searched || !line->has_room[d]) {
        pal_buffer_append_text(out, ",,,,,,\n");
        return;
    }
    put_number(out, cell->usual);
    if (setting->is_quick) {
        pal_buffer_append_text(out, ",,,");
        put_number(out, cell->power);
        pal_buffer_append_text(out, ",,,");
    } else {
        pal_buffer_append_format(out, ",%zu,%zu,", cell->seen,
                                 setting->replicate_count);
        put_number(out, cell->power);
        pal_buffer_append_char(out, ',');
        put_number(out, cell->low);
        pal_buffer_append_char(out, ',');
        put_number(out, cell->high);
        pal_buffer_append_char(out, ',');
    }
    if (line->smallest[d] > 0) {
        put_number(out, line->smallest[d]);
    }
    pal_csv_end(out);
}

void pal_power_csv(const struct pal_power *power, const struct pal_surge_study *study,
                   struct pal_buffer *out)
{
    pal_buffer_append_text(out, "area,method_group,days,effect,usual,seen,replicates,"
                                "power,low,high,smallest\n");
    for (size_t i = 0; i < power->line_count; i++) {
        for (size_t d = 0; d < power->setting.days_count; d++) {
            for (size_t e = 0; e < power->setting.effect_count; e++) {
                csv_row(power, study, &power->lines[i], d, e, out);
            }
        }
    }
}

static void json_number(struct pal_json *json, const char *key, double value)
{
    char text[32];
    double rounded = value;
    (void)snprintf(text, sizeof text, "%.6g", value);
    (void)pal_parse_double(pal_view_of(text), &rounded);
    pal_json_key(json, key);
    pal_json_double(json, rounded);
}

static void json_alarms(struct pal_json *json, const char *key,
                        const struct pal_power_alarms *alarms)
{
    pal_json_key(json, key);
    pal_json_begin_object(json);
    json_number(json, "p_limit", alarms->p_limit);
    json_number(json, "asked_a_series_year", alarms->asked);
    if (alarms->series_years > 0) {
        pal_json_key(json, "count");
        pal_json_i64(json, (int64_t)alarms->count);
        json_number(json, "series_years", alarms->series_years);
        json_number(json, "low", alarms->low);
        json_number(json, "high", alarms->high);
    }
    pal_json_end_object(json);
}

static void json_length(const struct pal_power *power,
                        const struct pal_power_line *line, size_t d,
                        struct pal_json *json)
{
    const struct pal_power_setting *setting = &power->setting;
    const struct pal_power_cell *cells = line->cells + d * setting->effect_count;
    pal_json_begin_object(json);
    pal_json_key(json, "days");
    pal_json_i64(json, setting->days[d]);
    json_number(json, "usual", cells[0].usual);
    if (line->smallest[d] > 0) {
        json_number(json, "smallest", line->smallest[d]);
    } else {
        pal_json_key(json, "smallest");
        pal_json_null(json);
    }
    pal_json_key(json, "effects");
    pal_json_begin_array(json);
    for (size_t e = 0; e < setting->effect_count; e++) {
        pal_json_begin_object(json);
        json_number(json, "effect", setting->effects[e]);
        json_number(json, "power", cells[e].power);
        if (!setting->is_quick) {
            pal_json_key(json, "seen");
            pal_json_i64(json, (int64_t)cells[e].seen);
            json_number(json, "low", cells[e].low);
            json_number(json, "high", cells[e].high);
        }
        pal_json_end_object(json);
    }
    pal_json_end_array(json);
    pal_json_end_object(json);
}

void pal_power_json(const struct pal_power *power, const struct pal_surge_study *study,
                    struct pal_json *json)
{
    const struct pal_power_setting *setting = &power->setting;
    pal_json_begin_object(json);
    json_number(json, "wanted_power", setting->wanted);
    pal_json_key(json, "replicates");
    pal_json_i64(json, setting->is_quick ? 0 : (int64_t)setting->replicate_count);
    json_alarms(json, "false_alarms_model", &power->own[PAL_POWER_MODEL]);
    json_alarms(json, "false_alarms_resampled", &power->own[PAL_POWER_RESAMPLED]);
    json_alarms(json, "false_alarms_model_loose", &power->loose[PAL_POWER_MODEL]);
    json_alarms(json, "false_alarms_resampled_loose",
                &power->loose[PAL_POWER_RESAMPLED]);

    pal_json_key(json, "series");
    pal_json_begin_array(json);
    for (size_t i = 0; i < power->line_count; i++) {
        const struct pal_power_line *line = &power->lines[i];
        pal_json_begin_object(json);
        pal_json_key(json, "area");
        pal_json_view(json, pal_power_area(study, line));
        pal_json_key(json, "method_group");
        pal_json_view(json, group_name(study, line));
        pal_json_key(json, "is_searched");
        pal_json_bool(json, line->is_searched);
        pal_json_key(json, "lengths");
        pal_json_begin_array(json);
        for (size_t d = 0; line->is_searched && d < setting->days_count; d++) {
            if (line->has_room[d]) {
                json_length(power, line, d, json);
            }
        }
        pal_json_end_array(json);
        pal_json_end_object(json);
    }
    pal_json_end_array(json);
    pal_json_end_object(json);
}
