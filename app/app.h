/*
 * app -- the commands: what a person types, and what they are told.
 *
 * Takes    the words of a command line
 * Gives    data on `out`, talk on `talk`, a status whose exit code the process ends with
 * Owns     the streams' settings; what a command opens it closes
 * Never    holds logic that a room should hold; exits or prints an error inside a command
 * Threads  one, but for an import's reader (import.c)
 * Limits   PAL_OPTION_MAX, PAL_OPTION_TEXT_MAX
 */
#ifndef PAL_APP_APP_H
#define PAL_APP_APP_H

#include <stdio.h>

#include "app/options.h"
#include "base/base.h"

enum { PAL_OUTPUT_SIZE_MAX = 1 << 30 }; /* bytes of one table or text */

struct pal_app {
    FILE *out;       /* data */
    FILE *talk;      /* everything said to a person */
    bool is_quiet;   /* nothing is said but errors */
    bool is_json;    /* tables go out as JSON */
    bool has_colour; /* talk is a terminal and NO_COLOR is not set */
    bool has_bar;    /* talk is a terminal: progress is shown */
    int thread_count;
};

/* A command, one a file cmd_<name>.c. */
struct pal_command {
    const char *name;
    const char *summary;   /* one line of help */
    const char *operands;  /* as the synopsis shows them */
    const char *explained; /* a paragraph of help */
    const struct pal_option *options;
    size_t option_count;
    bool has_table; /* prints a table, so --json is understood */
    pal_status (*run)(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err);
};

/* In the order that help shows. */
extern const struct pal_command *const pal_commands[];
extern const size_t pal_command_count;
const struct pal_command *pal_command_find(const char *name);

/* Writes data; PAL_IO when the system takes no more. */
pal_status pal_app_write(struct pal_app *app, struct pal_view data,
                         struct pal_error *err) PAL_MUST_USE;
/* Writes what was built, unless building it failed with `st` or the buffer did; clears the
 * buffer either way. */
pal_status pal_app_write_out(struct pal_app *app, struct pal_buffer *out, pal_status st,
                             struct pal_error *err) PAL_MUST_USE;
/* A line for a person, unless quiet. The line end is added. */
void pal_app_say(struct pal_app *app, const char *format, ...) PAL_PRINTF(2, 3);
/* As pal_app_say, quiet or not: what must be known. */
void pal_app_warn(struct pal_app *app, const char *format, ...) PAL_PRINTF(2, 3);

#endif
