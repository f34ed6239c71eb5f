#include "app/commands.h"

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    (void)given;
    if (!app->is_json) {
        return pal_app_write(app, PAL_VIEW("palladium " PAL_VERSION "\n"), err);
    }
    return pal_app_write(app, PAL_VIEW("{\"version\": \"" PAL_VERSION "\"}\n"), err);
}

const struct pal_command pal_command_version = {
    .name = "version",
    .summary = "Show the program's version.",
    .operands = "",
    .explained = "Shows the program's version.",
    .has_table = true,
    .run = run,
};
