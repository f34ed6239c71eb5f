#include "app/commands.h"

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_buffer text;
    pal_status st = PAL_OK;
    pal_buffer_init(&text, PAL_OUTPUT_SIZE_MAX);
    if (app->is_json) {
        pal_commands_json(&text);
    } else if (given->operand_count == 0) {
        pal_commands_help(&text);
    }
    for (size_t i = 0; !app->is_json && st == PAL_OK && i < given->operand_count; i++) {
        const struct pal_command *command = pal_command_find(given->operands[i]);
        if (command == NULL) {
            st = pal_fail(err, PAL_USAGE,
                          "there is no command %s; palladium help lists them",
                          given->operands[i]);
        } else {
            pal_options_help(command, &text);
        }
    }
    if (st == PAL_OK) {
        st = pal_buffer_status(&text, err);
    }
    if (st == PAL_OK) {
        st = pal_app_write(app, pal_buffer_view(&text), err);
    }
    pal_buffer_clear(&text);
    return st;
}

const struct pal_command pal_command_help = {
    .name = "help",
    .summary = "Show the commands, or what one of them does.",
    .operands = "[COMMAND...]",
    .explained =
        "Shows the list of commands, or the help of those that are named. With "
        "--json it lists all commands and their options.",
    .has_table = true,
    .run = run,
};
