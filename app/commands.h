/*
 * Every command there is, each defined in its own cmd_<name>.c.
 */
#ifndef PAL_APP_COMMANDS_H
#define PAL_APP_COMMANDS_H

#include "app/app.h"

extern const struct pal_command pal_command_describe;
extern const struct pal_command pal_command_import;
extern const struct pal_command pal_command_check;
extern const struct pal_command pal_command_measure;
extern const struct pal_command pal_command_surge;
extern const struct pal_command pal_command_power;
extern const struct pal_command pal_command_claims;
extern const struct pal_command pal_command_law;
extern const struct pal_command pal_command_bounds;
extern const struct pal_command pal_command_document;
extern const struct pal_command pal_command_run;
extern const struct pal_command pal_command_report;
extern const struct pal_command pal_command_export;
extern const struct pal_command pal_command_sql;
extern const struct pal_command pal_command_simulate;
extern const struct pal_command pal_command_stat;
extern const struct pal_command pal_command_version;
extern const struct pal_command pal_command_help;

#endif
