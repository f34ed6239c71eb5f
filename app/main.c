#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/commands.h"

/* A shell can start a program with its standard streams closed. The next file opened would
 * then be one of them, and a table meant for the terminal would be written into a study. In
 * their place stands a file that cannot be written, so that the loss is still an error. */
static void hold_streams(void)
{
    int file;
    do {
        file = open("/dev/null", O_RDONLY);
    } while (file >= 0 && file <= STDERR_FILENO);
    if (file >= 0) {
        (void)close(file);
    }
}

static void set_up(struct pal_app *app)
{
    bool is_terminal = isatty(STDERR_FILENO) == 1;
    /* NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs yet */
    const char *no_colour = getenv("NO_COLOR");
    *app = (struct pal_app){.out = stdout, .talk = stderr};
    app->has_colour = is_terminal && (no_colour == NULL || no_colour[0] == 0);
    app->has_bar = is_terminal;
}

static int finish(struct pal_app *app, pal_status st, const struct pal_error *err)
{
    if (st != PAL_OK && err->text[0] != 0) {
        pal_app_warn(app, "%spalladium:%s %s", app->has_colour ? "\033[31m" : "",
                     app->has_colour ? "\033[0m" : "", err->text);
    }
    return pal_status_exit_code(st);
}

static pal_status find_command(const char *word, const struct pal_command **out,
                               struct pal_error *err)
{
    struct pal_nearest nearest = {.word = pal_view_of(word)};
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        word = "help";
    } else if (strcmp(word, "--version") == 0) {
        word = "version";
    }
    *out = pal_command_find(word);
    if (*out != NULL) {
        return PAL_OK;
    }
    for (size_t i = 0; i < pal_command_count; i++) {
        pal_nearest_try(&nearest, pal_view_of(pal_commands[i]->name));
    }
    if (nearest.best.data != NULL) {
        return pal_fail(err, PAL_USAGE, "there is no command %s; did you mean %.*s?",
                        word, PAL_VIEW_ARG(nearest.best));
    }
    return pal_fail(err, PAL_USAGE, "there is no command %s; palladium help lists them",
                    word);
}

static pal_status show_help(struct pal_app *app, const struct pal_command *command,
                            struct pal_error *err)
{
    struct pal_buffer text;
    pal_status st;
    pal_buffer_init(&text, PAL_OUTPUT_SIZE_MAX);
    pal_options_help(command, &text);
    st = pal_buffer_status(&text, err);
    if (st == PAL_OK) {
        st = pal_app_write(app, pal_buffer_view(&text), err);
    }
    pal_buffer_clear(&text);
    return st;
}

static pal_status run(struct pal_app *app, int argc, char **argv, struct pal_error *err)
{
    const struct pal_command *command = NULL;
    struct pal_given given;
    pal_status st = pal_hash_setup(err);
    if (st != PAL_OK) {
        return st;
    }
    if (argc < 2) {
        return pal_fail(err, PAL_USAGE, "no command given; palladium help lists them");
    }
    st = find_command(argv[1], &command, err);
    if (st == PAL_OK) {
        st = pal_options_parse(command, argc - 1, argv + 1, &given, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    if (given.wants_help) {
        return show_help(app, command, err);
    }
    app->is_quiet = given.is_quiet;
    app->is_json = given.is_json;
    app->thread_count = given.thread_count;
    app->has_bar = app->has_bar && !given.is_quiet;
    return command->run(app, &given, err);
}

int main(int argc, char **argv)
{
    struct pal_app app;
    struct pal_error err = {PAL_OK, ""};
    hold_streams();
    set_up(&app);
    return finish(&app, run(&app, argc, argv, &err), &err);
}
