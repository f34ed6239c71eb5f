#include "app/commands.h"
#include "app/refresh.h"
#include "store/store.h"

enum { OPTION_TABLE, OPTION_FORMAT, OPTION_OUT, OPTION_PRIVATE, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_TABLE] =
        {"table", 't', PAL_OPTION_TEXT, "NAME",
         "The table to export: arrest, detainer, encounter, removal, stint, "
         "stay, or another of the study.",
         NULL},
    [OPTION_FORMAT] = {"format", 'f', PAL_OPTION_CHOICE, "csv|parquet|json",
                       "What to write.", "csv"},
    [OPTION_OUT] = {"out", 'o', PAL_OPTION_TEXT, "FILE", "The file to write.", NULL},
    [OPTION_PRIVATE] =
        {"with-private", 0, PAL_OPTION_FLAG, NULL,
         "Write the private fields too (landmarks, times of day). Such a file "
         "is for checking and must not be published.",
         NULL},
};

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    const struct pal_option_value *values = given->options;
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    struct pal_store *store = NULL;
    pal_status st;
    if (given->operand_count != 1) {
        return pal_fail(err, PAL_USAGE, "export needs one study");
    }
    if (values[OPTION_TABLE].text == NULL || values[OPTION_OUT].text == NULL) {
        return pal_fail(err, PAL_USAGE, "export needs --table NAME and --out FILE");
    }
    st = pal_refresh_open(app, given->operands[0], &store_options, &store, err);
    if (st == PAL_OK) {
        st = pal_store_export(store, values[OPTION_TABLE].text,
                              values[OPTION_FORMAT].text, values[OPTION_OUT].text,
                              values[OPTION_PRIVATE].is_on, err);
    }
    pal_store_close(store);
    if (st == PAL_OK) {
        pal_app_say(app, "wrote %s", values[OPTION_OUT].text);
    }
    return st;
}

const struct pal_command pal_command_export = {
    .name = "export",
    .summary = "Write a table of a study to a file.",
    .operands = "STUDY",
    .explained =
        "Writes one table of a study, every row with its file, sheet and row, in "
        "that order. Private fields are left out unless they are asked for.",
    .options = options,
    .option_count = OPTION_COUNT,
    .run = run,
};
