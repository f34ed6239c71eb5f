#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/folder.h"
#include "app/listing.h"
#include "app/power_grid.h"
#include "app/refresh.h"
#include "app/study_file.h"
#include "base/nearest.h"
#include "detect/power_words.h"

extern const struct pal_asset_table pal_app_assets;

enum {
    OPTION_EFFECT,
    OPTION_DAYS,
    OPTION_AREA,
    OPTION_GROUP,
    OPTION_ALARMS,
    OPTION_WANTED,
    OPTION_HISTORY,
    OPTION_REPLICATES,
    OPTION_SEED,
    OPTION_QUICK,
    OPTION_STUDY,
    OPTION_DATA,
    OPTION_FORMAT,
    OPTION_COUNT
};
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_EFFECT] =
        {"effect", 'e', PAL_OPTION_TEXT, "SIZES",
         "How many times the usual: a range as 1.1..3 or a list as 1.5,2.", "1.1..3"},
    [OPTION_DAYS] = {"days", 'd', PAL_OPTION_TEXT, "LENGTHS",
                     "How long: a range as 1..60 or a list as 1,7,14.", "1..60"},
    [OPTION_AREA] = {"area", 'a', PAL_OPTION_TEXTS, "NAME",
                     "Only this area; may be given again. all stands for all areas "
                     "together. Without it: the study's places, or every area.",
                     NULL},
    [OPTION_GROUP] = {"group", 'g', PAL_OPTION_TEXT, "NAME",
                      "The method group that the surge is in, or all.", "all"},
    [OPTION_ALARMS] = {"false-alarms", 0, PAL_OPTION_TEXT, "NUMBER",
                       "False alarms allowed in a year of one series. Without it: what "
                       "palladium surge allows.",
                       NULL},
    [OPTION_WANTED] = {"wanted", 0, PAL_OPTION_TEXT, "SHARE",
                       "How often a surge must be found to count as seen.", "0.9"},
    [OPTION_HISTORY] =
        {"history", 0, PAL_OPTION_CHOICE, "own|model|resampled",
         "The series as it was, histories drawn from the fitted model, or "
         "from the series' own residuals.",
         "own"},
    [OPTION_REPLICATES] = {"replicates", 'n', PAL_OPTION_INTEGER, "N",
                           "Histories simulated for each series.", "100"},
    [OPTION_SEED] = {"seed", 0, PAL_OPTION_INTEGER, "N",
                     "Where the random numbers begin.", "1"},
    [OPTION_QUICK] = {"quick", 0, PAL_OPTION_FLAG, NULL,
                      "Reckon instead of simulating, as the report does.", NULL},
    [OPTION_STUDY] = {"study", 's', PAL_OPTION_TEXT, "FILE",
                      "With STUDY.yaml: the study's database that is there already.",
                      NULL},
    [OPTION_DATA] = {"data", 0, PAL_OPTION_TEXT, "DIR",
                     "With STUDY.yaml: the folder with the released files; they are "
                     "read into memory.",
                     NULL},
    [OPTION_FORMAT] = {"format", 'f', PAL_OPTION_CHOICE, "table|csv|json",
                       "What to write.", "table"},
};

/* Memory for a study that is only read in for this. */
enum { MEMORY_STUDY_MB = 2048, SERIES_MAX = PAL_SURGE_AREA_MAX + 1 };

struct job {
    struct pal_app *app;
    const struct pal_given *given;
    struct pal_study file; /* the study file, when one was given */
    struct pal_store *store;
    struct pal_grid effects;
    struct pal_grid days;
    int32_t lengths[PAL_GRID_MAX];
    struct pal_power_setting setting;
    struct pal_surge_study *study;
    struct pal_power *power;
    size_t series_count;
    struct pal_power_series series[SERIES_MAX];
};

/* ---- options ---- */

static pal_status take_share(const struct pal_given *given, int option, double least,
                             double most, double *out, struct pal_error *err)
{
    const char *text = given->options[option].text;
    if (text != NULL && (!pal_parse_double(pal_view_of(text), out) ||
                         !(*out >= least) || !(*out <= most))) {
        return pal_fail(err, PAL_USAGE, "--%s wants a number from %g to %g, not %s",
                        options[option].name, least, most, text);
    }
    return PAL_OK;
}

static pal_status take_setting(struct job *job, struct pal_error *err)
{
    static const struct pal_grid_rule effect = {"--effect", 1, 100, false};
    static const struct pal_grid_rule days = {"--days", 1, PAL_POWER_LENGTH_MAX, true};
    const struct pal_given *given = job->given;
    struct pal_power_setting *setting = &job->setting;
    const char *history = given->options[OPTION_HISTORY].text;
    pal_status st = pal_grid_parse(pal_view_of(given->options[OPTION_EFFECT].text),
                                   &effect, &job->effects, err);
    if (st == PAL_OK) {
        st = pal_grid_parse(pal_view_of(given->options[OPTION_DAYS].text), &days,
                            &job->days, err);
    }
    for (size_t i = 0; st == PAL_OK && i < job->days.count; i++) {
        job->lengths[i] = (int32_t)job->days.values[i];
    }
    *setting = (struct pal_power_setting){
        .effects = job->effects.values,
        .effect_count = job->effects.count,
        .days = job->lengths,
        .days_count = job->days.count,
        .replicate_count = (size_t)given->options[OPTION_REPLICATES].integer,
        .history = strcmp(history, "model") == 0       ? PAL_POWER_MODEL
                   : strcmp(history, "resampled") == 0 ? PAL_POWER_RESAMPLED
                                                       : PAL_POWER_OWN,
        .seed = (uint64_t)given->options[OPTION_SEED].integer,
        .thread_count = job->app->thread_count > 0 ? job->app->thread_count : 2,
        .is_quick = given->options[OPTION_QUICK].is_on,
    };
    if (st == PAL_OK) {
        st = take_share(given, OPTION_WANTED, 0.01, 0.999, &setting->wanted, err);
    }
    return st == PAL_OK
               ? take_share(given, OPTION_ALARMS, 1e-9, 10, &setting->false_alarms, err)
               : st;
}

/* ---- the study ---- */

static pal_status import(struct job *job, const char *data, struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = job->app->thread_count,
                                              .memory_max_mb = MEMORY_STUDY_MB};
    struct pal_folder folder = {.file_count = 0};
    pal_status st = pal_folder_match(data, &job->file, &folder, err);
    if (st == PAL_OK) {
        st = pal_store_open(NULL, PAL_STORE_CREATE, &store_options, &job->store, err);
    }
    if (st == PAL_OK) {
        st = pal_folder_import(&folder, job->app, job->store, err);
    }
    if (st == PAL_OK) {
        st = pal_study_store(&job->file, job->store, err);
    }
    if (st == PAL_OK) {
        st = pal_refresh_model(job->app, job->store, true, err);
    }
    pal_folder_clear(&folder);
    return st;
}

static pal_status open_study(struct job *job, struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = job->app->thread_count};
    const char *operand = job->given->operands[0];
    const char *study = job->given->options[OPTION_STUDY].text;
    const char *data = job->given->options[OPTION_DATA].text;
    struct pal_view path = pal_view_of(operand);
    if (!pal_view_has_suffix(path, PAL_VIEW(".yaml")) &&
        !pal_view_has_suffix(path, PAL_VIEW(".yml"))) {
        if (study != NULL || data != NULL) {
            return pal_fail(err, PAL_USAGE,
                            "--study and --data go with a study file; %s is taken for "
                            "a study's database",
                            operand);
        }
        return pal_refresh_open(job->app, operand, &store_options, &job->store, err);
    }
    if ((study == NULL) == (data == NULL)) {
        return pal_fail(
            err, PAL_USAGE,
            "%s says what is studied; give its records too: --study "
            "STUDY.duckdb as palladium run wrote it, or --data DIR with the "
            "released files",
            operand);
    }
    pal_status st = pal_study_read(operand, &job->file, err);
    if (st != PAL_OK) {
        return st;
    }
    return data != NULL
               ? import(job, data, err)
               : pal_refresh_open(job->app, study, &store_options, &job->store, err);
}

/* ---- which series ---- */

static pal_status fail_unknown(const char *what, const struct pal_nearest *nearest,
                               struct pal_error *err)
{
    return pal_fail(err, PAL_USAGE, "%s %.*s%s%.*s", what, PAL_VIEW_ARG(nearest->word),
                    nearest->best.size > 0 ? "; did you mean " : "",
                    PAL_VIEW_ARG(nearest->best));
}

static pal_status find_group(const struct job *job, size_t *out, struct pal_error *err)
{
    struct pal_view name = pal_view_of(job->given->options[OPTION_GROUP].text);
    struct pal_nearest nearest = {.word = name};
    *out = PAL_SURGE_ALL;
    if (pal_view_is_equal(name, PAL_VIEW("all"))) {
        return PAL_OK;
    }
    for (size_t i = 0; i < job->study->input.group_count; i++) {
        if (pal_view_is_equal(job->study->groups[i], name)) {
            *out = i;
            return PAL_OK;
        }
        pal_nearest_try(&nearest, job->study->groups[i]);
    }
    return fail_unknown("this study has no method group", &nearest, err);
}

static pal_status add_area(struct job *job, struct pal_view name, size_t group,
                           struct pal_error *err)
{
    struct pal_nearest nearest = {.word = name};
    size_t area = PAL_SURGE_ALL;
    if (!pal_view_is_equal(name, PAL_VIEW("all"))) {
        area = 0;
        while (area < job->study->input.area_count &&
               !pal_view_is_equal(job->study->areas[area], name)) {
            pal_nearest_try(&nearest, job->study->areas[area]);
            area++;
        }
        if (area == job->study->input.area_count) {
            return fail_unknown("no arrests are recorded for an area", &nearest, err);
        }
    }
    for (size_t i = 0; i < job->series_count; i++) {
        if (job->series[i].area == area) {
            return PAL_OK; /* two places in one area */
        }
    }
    if (job->series_count < SERIES_MAX) {
        job->series[job->series_count++] = (struct pal_power_series){area, group};
    }
    return PAL_OK;
}

/* Places whose area no record names are said, and left out. */
static void add_place(struct job *job, struct pal_view place, struct pal_view area,
                      size_t group)
{
    if (add_area(job, area, group, NULL) != PAL_OK) {
        pal_app_warn(job->app, "%.*s: no arrests are recorded for the area %.*s",
                     PAL_VIEW_ARG(place), PAL_VIEW_ARG(area));
    }
}

static pal_status add_places(struct job *job, size_t group, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    for (size_t i = 0; i < job->file.place_count; i++) {
        add_place(job, job->file.places[i].name, job->file.places[i].area, group);
    }
    if (job->file.place_count > 0) {
        return PAL_OK;
    }
    pal_status st =
        pal_store_query(job->store, pal_asset_find(&pal_app_assets, "places.sql"), NULL,
                        0, &cursor, err);
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    while (st == PAL_OK && row != NULL) {
        add_place(job, row[0].text, row[1].text, group);
        st = pal_cursor_next(cursor, &row, err);
    }
    pal_cursor_close(cursor);
    return st;
}

static pal_status choose_series(struct job *job, struct pal_error *err)
{
    const struct pal_option_value *areas = &job->given->options[OPTION_AREA];
    size_t group = PAL_SURGE_ALL;
    pal_status st = find_group(job, &group, err);
    for (size_t i = 0; st == PAL_OK && i < areas->text_count; i++) {
        st = add_area(job, pal_view_of(areas->texts[i]), group, err);
    }
    if (st == PAL_OK && areas->text_count == 0) {
        st = add_places(job, group, err);
    }
    for (size_t i = 0; st == PAL_OK && job->series_count <= i &&
                       i < job->study->input.area_count && areas->text_count == 0;
         i++) {
        st = add_area(job, job->study->areas[i], group, err);
    }
    if (st == PAL_OK && job->series_count == 0) {
        return pal_fail(err, PAL_INPUT, "this study has no day of arrests");
    }
    return st;
}

/* ---- out ---- */

static pal_status write_table(struct job *job, struct pal_error *err)
{
    const struct pal_power *power = job->power;
    const struct pal_power_setting *setting = &power->setting;
    struct pal_listing listing;
    char text[32];
    pal_listing_init(&listing);
    pal_listing_column(&listing, "area");
    pal_listing_column(&listing, "usual_a_day");
    for (size_t d = 0; d < setting->days_count; d++) {
        (void)snprintf(text, sizeof text, "%d_days", setting->days[d]);
        pal_listing_column(&listing, text);
    }
    for (size_t i = 0; i < power->line_count; i++) {
        const struct pal_power_line *line = &power->lines[i];
        pal_listing_text(&listing, pal_power_area(job->study, line));
        (void)snprintf(text, sizeof text, "%.1f",
                       line->cells[0].usual / setting->days[0]);
        pal_listing_text(&listing,
                         line->is_searched ? pal_view_of(text) : PAL_VIEW("-"));
        for (size_t d = 0; d < setting->days_count; d++) {
            (void)snprintf(text, sizeof text, line->smallest[d] > 0 ? "%.2f" : "> %g",
                           line->smallest[d] > 0
                               ? line->smallest[d]
                               : setting->effects[setting->effect_count - 1]);
            pal_listing_text(&listing, line->is_searched && line->has_room[d]
                                           ? pal_view_of(text)
                                           : PAL_VIEW("-"));
        }
    }
    pal_status st = pal_listing_write(&listing, job->app, PAL_LISTING_TEXT, err);
    pal_listing_clear(&listing);
    return st;
}

static pal_status say_rule(struct job *job, struct pal_error *err)
{
    struct pal_buffer text;
    pal_buffer_init(&text, 1U << 16);
    pal_buffer_append_format(
        &text,
        "Each number is the smallest surge, in times the usual, that is found %g times "
        "of 100. ",
        job->power->setting.wanted * 100);
    pal_power_rule(job->power, &text);
    pal_status st = pal_buffer_status(&text, err);
    if (st == PAL_OK) {
        pal_app_say(job->app, "%s", text.data);
    }
    pal_buffer_clear(&text);
    return st;
}

static pal_status write_power(struct job *job, struct pal_error *err)
{
    const char *format = job->given->options[OPTION_FORMAT].text;
    bool is_json = job->app->is_json || strcmp(format, "json") == 0;
    struct pal_buffer out;
    if (!is_json && strcmp(format, "table") == 0) {
        pal_status st = write_table(job, err);
        return st == PAL_OK ? say_rule(job, err) : st;
    }
    pal_buffer_init(&out, PAL_OUTPUT_SIZE_MAX);
    if (is_json) {
        struct pal_json json;
        pal_json_init(&json, &out, true);
        pal_power_json(job->power, job->study, &json);
        pal_buffer_append_char(&out, '\n');
    } else {
        pal_power_csv(job->power, job->study, &out);
    }
    pal_status st = pal_buffer_status(&out, err);
    if (st == PAL_OK) {
        st = pal_app_write(job->app, pal_buffer_view(&out), err);
    }
    pal_buffer_clear(&out);
    return st == PAL_OK ? say_rule(job, err) : st;
}

static pal_status run_job(struct job *job, struct pal_error *err)
{
    struct pal_surge_request request;
    pal_status st = take_setting(job, err);
    if (st == PAL_OK) {
        st = open_study(job, err);
    }
    if (st == PAL_OK) {
        st = pal_surge_request_default(&request, err);
    }
    if (st == PAL_OK) {
        request.setting.thread_count = job->setting.thread_count;
        st = pal_surge_study_run(job->store, &request, &job->study, err);
    }
    if (st == PAL_OK) {
        st = choose_series(job, err);
    }
    if (st == PAL_OK) {
        st = pal_power_run(job->study->detection, job->series, job->series_count,
                           &job->setting, &job->power, err);
    }
    return st == PAL_OK ? write_power(job, err) : st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    if (given->operand_count != 1) {
        return pal_fail(err, PAL_USAGE,
                        "power needs one study: STUDY.yaml with --study or --data, or "
                        "STUDY.duckdb");
    }
    struct job *job = pal_alloc_zero(1, sizeof *job);
    if (job == NULL) {
        return pal_fail_memory(err);
    }
    job->app = app;
    job->given = given;
    pal_status st = run_job(job, err);
    pal_power_free(job->power);
    pal_surge_study_free(job->study);
    pal_store_close(job->store);
    pal_study_clear(&job->file);
    pal_free(job);
    return st;
}

const struct pal_command pal_command_power = {
    .name = "power",
    .summary = "Say how large a surge would have been seen.",
    .operands = "STUDY.yaml | STUDY.duckdb",
    .explained =
        "Puts surges of many sizes and lengths into simulated histories of the study's "
        "own series, runs the detection of palladium surge on them, and lists the "
        "smallest surge that is found 9 times of 10, by area and length. It also "
        "counts "
        "false alarms in the histories without a surge.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
