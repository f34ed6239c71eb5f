#include "app/commands.h"

const struct pal_command *const pal_commands[] = {
    &pal_command_describe, &pal_command_import,  &pal_command_check,
    &pal_command_measure,  &pal_command_law,     &pal_command_document,
    &pal_command_claims,   &pal_command_surge,   &pal_command_power,
    &pal_command_bounds,   &pal_command_run,     &pal_command_report,
    &pal_command_export,   &pal_command_sql,     &pal_command_simulate,
    &pal_command_stat,     &pal_command_version, &pal_command_help,
};
const size_t pal_command_count = sizeof pal_commands / sizeof pal_commands[0];

const struct pal_command *pal_command_find(const char *name)
{
    for (size_t i = 0; i < pal_command_count; i++) {
        if (pal_view_is_equal(pal_view_of(name), pal_view_of(pal_commands[i]->name))) {
            return pal_commands[i];
        }
    }
    return NULL;
}
