#include "app/bar.h"
#include "app/commands.h"
#include "app/refresh.h"
#include "publish/publish.h"

enum { OPTION_OUT, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_OUT] = {"out", 'o', PAL_OPTION_TEXT, "DIR",
                    "The folder to write into; it is made when it is not there.", NULL},
};

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    const char *folder = given->options[OPTION_OUT].text;
    struct pal_store *store = NULL;
    struct pal_bar bar;
    pal_status st;
    if (given->operand_count != 1 || folder == NULL) {
        return pal_fail(err, PAL_USAGE, "report needs one study and --out DIR");
    }
    st = pal_refresh_open(app, given->operands[0], &store_options, &store, err);
    pal_bar_init(&bar, app);
    if (st == PAL_OK) {
        st = pal_publish_report(store, folder, &bar.progress, err);
    }
    pal_bar_clear(&bar);
    pal_store_close(store);
    if (st == PAL_OK) {
        pal_app_say(app, "the report is %s/report.html", folder);
    }
    return st;
}

const struct pal_command pal_command_report = {
    .name = "report",
    .summary = "Write the report of a study again.",
    .operands = "STUDY",
    .explained =
        "Writes the report of a study from what is in it: one HTML page, its "
        "charts, and the csv behind each. The same study gives the same bytes.",
    .options = options,
    .option_count = OPTION_COUNT,
    .run = run,
};
