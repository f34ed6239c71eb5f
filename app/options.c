#include "app/options.h"

#include <getopt.h>
#include <string.h>

#include "app/app.h"

/* Understood by every command, behind its own options. */
enum { COMMON_THREADS, COMMON_QUIET, COMMON_HELP, COMMON_JSON, COMMON_COUNT };
static const struct pal_option common[COMMON_COUNT] = {
    [COMMON_THREADS] =
        {"threads", 0, PAL_OPTION_INTEGER, "N",
         "Use at most N threads. The results are the same with any number.", NULL},
    [COMMON_QUIET] = {"quiet", 'q', PAL_OPTION_FLAG, NULL,
                      "Say nothing but errors, and show no progress.", NULL},
    [COMMON_HELP] = {"help", 'h', PAL_OPTION_FLAG, NULL, "Show this help.", NULL},
    [COMMON_JSON] = {"json", 0, PAL_OPTION_FLAG, NULL,
                     "Write the table as JSON instead of aligned text.", NULL},
};

enum {
    OPTION_ALL_MAX = PAL_OPTION_MAX + COMMON_COUNT,
    SHORT_TEXT_MAX = 64,
    INTEGER_MAX = 1000000
};

static size_t common_count(const struct pal_command *command)
{
    return command->has_table ? COMMON_COUNT : COMMON_JSON;
}

static size_t option_count(const struct pal_command *command)
{
    return command->option_count + common_count(command);
}

/* The command's own options first, then the common ones. */
static const struct pal_option *option_at(const struct pal_command *command, size_t i)
{
    return i < command->option_count ? &command->options[i]
                                     : &common[i - command->option_count];
}

static bool is_choice(const char *words, const char *text)
{
    struct pal_view rest = pal_view_of(words);
    struct pal_view word;
    while (pal_view_split(&rest, '|', &word)) {
        if (pal_view_is_equal(word, pal_view_of(text))) {
            return true;
        }
    }
    return false;
}

static pal_status take_value(const struct pal_option *option, const char *text,
                             struct pal_option_value *value, struct pal_error *err)
{
    value->is_given = true;
    value->text = text;
    switch (option->kind) {
    case PAL_OPTION_FLAG:
        value->is_on = true;
        break;
    case PAL_OPTION_TEXT:
        break;
    case PAL_OPTION_TEXTS:
        if (value->text_count == PAL_OPTION_TEXT_MAX) {
            return pal_fail(err, PAL_USAGE, "--%s is given more than %d times",
                            option->name, PAL_OPTION_TEXT_MAX);
        }
        value->texts[value->text_count++] = text;
        break;
    case PAL_OPTION_INTEGER:
        if (!pal_parse_i64(pal_view_of(text), 0, INTEGER_MAX, &value->integer)) {
            return pal_fail(err, PAL_USAGE,
                            "--%s wants a whole number from 0 to %d, not \"%s\"",
                            option->name, INTEGER_MAX, text);
        }
        break;
    case PAL_OPTION_DAY:
        value->day = pal_day_from_text(text);
        if (value->day == PAL_DAY_NONE) {
            return pal_fail(err, PAL_USAGE,
                            "--%s wants a date as 2020-02-29, not \"%s\"", option->name,
                            text);
        }
        break;
    case PAL_OPTION_CHOICE:
        if (!is_choice(option->value, text)) {
            return pal_fail(err, PAL_USAGE, "--%s is one of %s, not \"%s\"",
                            option->name, option->value, text);
        }
        break;
    }
    return PAL_OK;
}

static pal_status fail_unknown(const struct pal_command *command, const char *word,
                               struct pal_error *err)
{
    const char *start = word + strspn(word, "-");
    struct pal_nearest nearest = {.word = {start, strcspn(start, "=")}};
    for (size_t i = 0; i < option_count(command); i++) {
        pal_nearest_try(&nearest, pal_view_of(option_at(command, i)->name));
    }
    if (nearest.best.data != NULL) {
        return pal_fail(err, PAL_USAGE, "%s has no option %s; did you mean --%.*s?",
                        command->name, word, PAL_VIEW_ARG(nearest.best));
    }
    return pal_fail(err, PAL_USAGE,
                    "%s has no option %s; palladium %s --help lists them",
                    command->name, word, command->name);
}

/* getopt_long's own tables. */
struct getopt_tables {
    struct option longs[OPTION_ALL_MAX + 1];
    char shorts[SHORT_TEXT_MAX];
};

static void fill_tables(const struct pal_command *command, struct getopt_tables *tables)
{
    size_t used = 0;
    size_t n = option_count(command);
    *tables = (struct getopt_tables){0};
    tables->shorts[used++] = ':'; /* silent, and a missing value is told apart */
    for (size_t i = 0; i < n; i++) {
        const struct pal_option *option = option_at(command, i);
        bool has_value = option->kind != PAL_OPTION_FLAG;
        tables->longs[i] =
            (struct option){option->name, has_value ? required_argument : no_argument,
                            NULL, 256 + (int)i};
        PAL_BUG_IF(used + 3 > sizeof tables->shorts);
        if (option->letter != 0) {
            tables->shorts[used++] = option->letter;
            if (has_value) {
                tables->shorts[used++] = ':';
            }
        }
    }
}

static size_t index_of(const struct pal_command *command, int code)
{
    if (code >= 256) {
        return (size_t)(code - 256);
    }
    size_t i = 0;
    while (option_at(command, i)->letter != code) {
        i++;
    }
    return i;
}

static void take_common(size_t which, const struct pal_option_value *value,
                        struct pal_given *out)
{
    switch (which) {
    case COMMON_THREADS:
        out->thread_count = (int)value->integer;
        break;
    case COMMON_QUIET:
        out->is_quiet = true;
        break;
    case COMMON_HELP:
        out->wants_help = true;
        break;
    default:
        out->is_json = true;
        break;
    }
}

static pal_status take_option(const struct pal_command *command, int code,
                              struct pal_given *out, struct pal_error *err)
{
    size_t i = index_of(command, code);
    struct pal_option_value scratch = {.day = PAL_DAY_NONE};
    bool is_own = i < command->option_count;
    pal_status st = take_value(option_at(command, i), optarg,
                               is_own ? &out->options[i] : &scratch, err);
    if (st == PAL_OK && !is_own) {
        take_common(i - command->option_count, &scratch, out);
    }
    return st;
}

static struct pal_option_value default_of(const struct pal_option *option)
{
    struct pal_option_value value = {.text = option->fallback, .day = PAL_DAY_NONE};
    if (value.text != NULL && option->kind == PAL_OPTION_INTEGER) {
        bool is_number =
            pal_parse_i64(pal_view_of(value.text), 0, INTEGER_MAX, &value.integer);
        PAL_BUG_IF(!is_number);
    }
    return value;
}

static void set_defaults(const struct pal_command *command, struct pal_given *out)
{
    *out = (struct pal_given){.operand_count = 0};
    PAL_BUG_IF(command->option_count > PAL_OPTION_MAX);
    for (size_t i = 0; i < command->option_count; i++) {
        out->options[i] = default_of(&command->options[i]);
    }
}

pal_status pal_options_parse(const struct pal_command *command, int argc, char **argv,
                             struct pal_given *out, struct pal_error *err)
{
    struct getopt_tables tables;
    pal_status st = PAL_OK;
    int code;
    set_defaults(command, out);
    fill_tables(command, &tables);
    optind = 0; /* starts anew, glibc's way */
    opterr = 0;
    /* One thread parses the one command line, so getopt's own globals do no harm. */
    /* NOLINTNEXTLINE(concurrency-mt-unsafe): see above */
    while ((code = getopt_long(argc, argv, tables.shorts, tables.longs, NULL)) != -1) {
        if (code == '?') {
            char letter[3] = {'-', (char)optopt, 0};
            bool is_letter = optopt > 0 && optopt < 256;
            return fail_unknown(command, is_letter ? letter : argv[optind - 1], err);
        }
        if (code == ':') {
            return pal_fail(err, PAL_USAGE, "%s needs a value", argv[optind - 1]);
        }
        st = take_option(command, code, out, err);
        if (st != PAL_OK) {
            return st;
        }
    }
    out->operand_count = (size_t)(argc - optind);
    out->operands = (const char *const *)(argv + optind);
    if (out->operand_count > PAL_OPERAND_MAX) {
        return pal_fail(err, PAL_LIMIT,
                        "more than %d files on one command line; name their folder",
                        PAL_OPERAND_MAX);
    }
    return PAL_OK;
}

static void put_wrapped(struct pal_buffer *out, const char *text, size_t indent,
                        size_t width)
{
    struct pal_view rest = pal_view_of(text);
    struct pal_view word;
    size_t column = indent;
    bool is_first = true;
    while (pal_view_split(&rest, ' ', &word)) {
        if (!is_first && column + 1 + word.size > width) {
            pal_buffer_append_format(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!is_first) {
            pal_buffer_append_char(out, ' ');
            column++;
        }
        pal_buffer_append_view(out, word);
        column += word.size;
        is_first = false;
    }
    pal_buffer_append_char(out, '\n');
}

void pal_options_help(const struct pal_command *command, struct pal_buffer *out)
{
    pal_buffer_append_format(out, "Usage: palladium %s [options]%s%s\n\n",
                             command->name, command->operands[0] != 0 ? " " : "",
                             command->operands);
    put_wrapped(out, command->explained, 0, 78);
    pal_buffer_append_text(out, "\nOptions:\n");
    for (size_t i = 0; i < option_count(command); i++) {
        const struct pal_option *option = option_at(command, i);
        pal_buffer_append_text(out, "  ");
        if (option->letter != 0) {
            pal_buffer_append_format(out, "-%c, ", option->letter);
        }
        pal_buffer_append_format(out, "--%s%s%s\n      ", option->name,
                                 option->value != NULL ? " " : "",
                                 option->value != NULL ? option->value : "");
        put_wrapped(out, option->meaning, 6, 78);
        if (option->fallback != NULL) {
            pal_buffer_append_format(out, "      Default: %s.\n", option->fallback);
        }
    }
}

void pal_commands_help(struct pal_buffer *out)
{
    pal_buffer_append_text(
        out, "Usage: palladium COMMAND [options] [arguments]\n\n"
             "From an agency's released files to a report that anyone can check.\n\n"
             "Commands:\n");
    for (size_t i = 0; i < pal_command_count; i++) {
        pal_buffer_append_format(out, "  %-10s %s\n", pal_commands[i]->name,
                                 pal_commands[i]->summary);
    }
    pal_buffer_append_text(out, "\npalladium COMMAND --help says more.\n");
}

static const char *const kind_names[] = {
    [PAL_OPTION_FLAG] = "flag",   [PAL_OPTION_TEXT] = "text",
    [PAL_OPTION_TEXTS] = "texts", [PAL_OPTION_INTEGER] = "integer",
    [PAL_OPTION_DAY] = "day",     [PAL_OPTION_CHOICE] = "choice",
};

static void put_option(struct pal_json *json, const struct pal_option *option)
{
    char letter[2] = {option->letter, 0};
    pal_json_begin_object(json);
    pal_json_key(json, "option");
    pal_json_text(json, option->name);
    pal_json_key(json, "letter");
    pal_json_text(json, letter);
    pal_json_key(json, "kind");
    pal_json_text(json, kind_names[option->kind]);
    pal_json_key(json, "value");
    pal_json_text(json, option->value != NULL ? option->value : "");
    pal_json_key(json, "meaning");
    pal_json_text(json, option->meaning);
    pal_json_key(json, "default");
    pal_json_text(json, option->fallback != NULL ? option->fallback : "");
    pal_json_end_object(json);
}

void pal_commands_json(struct pal_buffer *out)
{
    struct pal_json json;
    pal_json_init(&json, out, true);
    pal_json_begin_array(&json);
    for (size_t i = 0; i < pal_command_count; i++) {
        const struct pal_command *command = pal_commands[i];
        pal_json_begin_object(&json);
        pal_json_key(&json, "command");
        pal_json_text(&json, command->name);
        pal_json_key(&json, "summary");
        pal_json_text(&json, command->summary);
        pal_json_key(&json, "operands");
        pal_json_text(&json, command->operands);
        pal_json_key(&json, "options");
        pal_json_begin_array(&json);
        for (size_t j = 0; j < option_count(command); j++) {
            put_option(&json, option_at(command, j));
        }
        pal_json_end_array(&json);
        pal_json_end_object(&json);
    }
    pal_json_end_array(&json);
    pal_buffer_append_char(out, '\n');
}
