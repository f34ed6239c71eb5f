#include <errno.h>

#include "app/commands.h"
#include "app/frame_file.h"
#include "app/listing.h"
#include "app/method_page.h"
#include "app/params_file.h"
#include "base/nearest.h"

enum { OPTION_PARAMS, OPTION_LIST, OPTION_EXPLAIN, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_PARAMS] = {"params", 'p', PAL_OPTION_TEXT, "FILE",
                       "The method and its parameters, as JSON.", NULL},
    [OPTION_LIST] = {"list", 'l', PAL_OPTION_FLAG, NULL, "List the methods.", NULL},
    [OPTION_EXPLAIN] = {"explain", 'e', PAL_OPTION_TEXT, "METHOD",
                        "Explain a method, or all of them.", NULL},
};

#define ARENA_MAX ((size_t)1 << 32)

static pal_status list_methods(struct pal_app *app, struct pal_error *err)
{
    size_t count;
    const struct pal_method *const *methods = pal_method_all(&count);
    struct pal_listing listing;
    pal_listing_init(&listing);
    pal_listing_column(&listing, "algorithm");
    pal_listing_column(&listing, "what it says");
    pal_listing_column(&listing, "columns in");
    for (size_t i = 0; i < count; i++) {
        pal_listing_text(&listing, pal_view_of(methods[i]->name));
        pal_listing_text(&listing, pal_view_of(methods[i]->summary));
        pal_listing_text(&listing, pal_view_of(methods[i]->columns_in));
    }
    pal_status st = pal_listing_show(&listing, app, err);
    pal_listing_clear(&listing);
    return st;
}

static pal_status fail_name(const char *name, struct pal_error *err)
{
    struct pal_nearest nearest = {.word = pal_view_of(name)};
    size_t count;
    const struct pal_method *const *methods = pal_method_all(&count);
    for (size_t i = 0; i < count; i++) {
        pal_nearest_try(&nearest, pal_view_of(methods[i]->name));
    }
    return pal_fail(err, PAL_USAGE,
                    "no method is called \"%.60s\"%s%.*s; `palladium stat "
                    "--list` shows all",
                    name, nearest.best.data != NULL ? "; did you mean " : "",
                    PAL_VIEW_ARG(nearest.best));
}

static pal_status explain(struct pal_app *app, const char *name, struct pal_error *err)
{
    size_t count;
    const struct pal_method *const *methods = pal_method_all(&count);
    const struct pal_method *one = pal_method_find(name);
    bool has_all = pal_view_is_equal(pal_view_of(name), PAL_VIEW("all"));
    struct pal_buffer page;
    if (one == NULL && !has_all) {
        return fail_name(name, err);
    }
    pal_buffer_init(&page, PAL_OUTPUT_SIZE_MAX);
    for (size_t i = 0; i < count; i++) {
        if (has_all || methods[i] == one) {
            pal_buffer_append_text(&page, page.size > 0 ? "\n" : "");
            pal_method_page(methods[i], &page);
        }
    }
    pal_status st = pal_buffer_status(&page, err);
    if (st == PAL_OK) {
        st = pal_app_write(app, pal_buffer_view(&page), err);
    }
    pal_buffer_clear(&page);
    return st;
}

/* The whole of standard input; pal_file_read would have to reopen it by a name. */
static pal_status read_stdin(struct pal_buffer *out, struct pal_error *err)
{
    char bytes[64 * 1024];
    size_t got;
    while ((got = fread(bytes, 1, sizeof bytes, stdin)) > 0 && out->status == PAL_OK) {
        pal_buffer_append(out, bytes, got);
    }
    if (ferror(stdin) != 0) {
        return pal_file_fail(err, "read", "standard input", errno);
    }
    if (out->status == PAL_LIMIT) {
        return pal_fail(err, PAL_LIMIT, "the input is larger than %zu bytes",
                        out->size_max);
    }
    return pal_buffer_status(out, err);
}

static pal_status read_params(const char *path, struct pal_arena *arena,
                              struct pal_params *out, struct pal_error *err)
{
    struct pal_buffer text;
    pal_buffer_init(&text, PAL_PARAMS_SIZE_MAX);
    pal_status st = pal_file_read(path, &text, err);
    if (st == PAL_OK) {
        st = pal_params_parse(pal_buffer_view(&text), path, arena, out, err);
    }
    pal_buffer_clear(&text);
    return st;
}

static pal_status read_frame(const struct pal_given *given, struct pal_arena *arena,
                             struct pal_frame *out, struct pal_error *err)
{
    bool is_file = given->operand_count == 1;
    const char *name = is_file ? given->operands[0] : "the input";
    struct pal_buffer text;
    pal_buffer_init(&text, PAL_FRAME_FILE_SIZE_MAX);
    pal_status st = is_file ? pal_file_read(name, &text, err) : read_stdin(&text, err);
    if (st == PAL_OK) {
        st = pal_frame_parse(pal_buffer_view(&text), name, arena, out, err);
    }
    pal_buffer_clear(&text);
    return st;
}

/* Words about parameters that change nothing. */
static void warn_unknown(struct pal_app *app, const struct pal_method *method,
                         const struct pal_params *params)
{
    for (size_t i = pal_method_unknown(method, params, 0); i < params->count;
         i = pal_method_unknown(method, params, i + 1)) {
        struct pal_nearest nearest = {.word = pal_view_of(params->items[i].name)};
        for (const struct pal_setting *at = method->settings; at->name != NULL; at++) {
            pal_nearest_try(&nearest, pal_view_of(at->name));
        }
        pal_app_warn(app, "%s has no parameter \"%.60s\", which is left out%s%.*s",
                     method->name, params->items[i].name,
                     nearest.best.data != NULL ? "; did you mean " : "",
                     PAL_VIEW_ARG(nearest.best));
    }
}

/* How many rows have nothing to give, by reason. */
static void warn_status(struct pal_app *app, const struct pal_frame *frame)
{
    size_t counts[PAL_FIT_STATUS_COUNT] = {0};
    size_t first[PAL_FIT_STATUS_COUNT] = {0};
    for (size_t i = 0; i < frame->row_count; i++) {
        size_t status = (size_t)frame->status[i];
        first[status] = counts[status] == 0 ? i + 1 : first[status];
        counts[status]++;
    }
    for (size_t k = 0; k < PAL_FIT_STATUS_COUNT; k++) {
        if (k != PAL_FIT_OK && counts[k] > 0) {
            pal_app_warn(app,
                         "%zu of %zu rows of the result have no value, the first "
                         "is row %zu: %s",
                         counts[k], frame->row_count, first[k],
                         pal_fit_status_text((enum pal_fit_status)k));
        }
    }
    if (frame->left_out > 0) {
        pal_app_warn(app,
                     "%zu row%s of the input left out: a value that the formula needs "
                     "is missing",
                     frame->left_out, frame->left_out == 1 ? "" : "s");
    }
    if (frame->row_count == 0) {
        pal_app_warn(app, "no row could be judged: the series is too short for these "
                          "parameters");
    }
}

static pal_status write_frame(struct pal_app *app, const struct pal_frame *frame,
                              struct pal_error *err)
{
    struct pal_buffer text;
    pal_buffer_init(&text, PAL_OUTPUT_SIZE_MAX);
    pal_status st = pal_frame_write(frame, &text, err);
    if (st == PAL_OK) {
        st = pal_app_write(app, pal_buffer_view(&text), err);
    }
    pal_buffer_clear(&text);
    return st;
}

static pal_status compute(struct pal_app *app, const struct pal_given *given,
                          struct pal_arena *arena, struct pal_error *err)
{
    struct pal_params params = {NULL, 0};
    struct pal_frame in;
    struct pal_frame out;
    pal_status st =
        read_params(given->options[OPTION_PARAMS].text, arena, &params, err);
    const char *name = pal_params_text(&params, "algorithm", NULL);
    const struct pal_method *method = name != NULL ? pal_method_find(name) : NULL;
    if (st == PAL_OK && name == NULL) {
        st = pal_fail(err, PAL_INPUT,
                      "%s names no method; it needs \"algorithm\": \"...\"",
                      given->options[OPTION_PARAMS].text);
    } else if (st == PAL_OK && method == NULL) {
        st = fail_name(name, err);
    }
    if (st == PAL_OK && method != NULL) {
        warn_unknown(app, method, &params);
        st = read_frame(given, arena, &in, err);
    }
    if (st == PAL_OK) {
        st = pal_method_run(&params, &in, arena, &out, err);
        st = st == PAL_OK ? st : pal_while(err, st, "%s", name);
    }
    if (st == PAL_OK) {
        st = write_frame(app, &out, err);
    }
    if (st == PAL_OK) {
        warn_status(app, &out);
    }
    return st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_arena arena;
    if (given->options[OPTION_LIST].is_on) {
        return list_methods(app, err);
    }
    if (given->options[OPTION_EXPLAIN].text != NULL) {
        return explain(app, given->options[OPTION_EXPLAIN].text, err);
    }
    if (given->options[OPTION_PARAMS].text == NULL || given->operand_count > 1) {
        return pal_fail(err, PAL_USAGE,
                        "stat needs --params FILE and a csv on standard input, as in: "
                        "palladium stat --params params.json < input.csv");
    }
    pal_arena_init(&arena, ARENA_MAX);
    pal_status st = compute(app, given, &arena, err);
    pal_arena_clear(&arena);
    return st;
}

const struct pal_command pal_command_stat = {
    .name = "stat",
    .summary = "Run one statistical method over a table.",
    .operands = "[INPUT]",
    .explained =
        "Reads a csv whose first row names the columns, from INPUT or standard input, "
        "runs the method that the parameters name, and writes its result as csv with "
        "17 "
        "significant digits. NA is a value that is not there. The methods and their "
        "parameters are those of the usual R packages, under the same names.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
