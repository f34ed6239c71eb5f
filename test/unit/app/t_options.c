#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "app/app.h"

enum { OPTION_NAME, OPTION_PART, OPTION_DAY, OPTION_SIZE, OPTION_FORM, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_NAME] = {"name", 'n', PAL_OPTION_TEXT, "NAME", "A name.", NULL},
    [OPTION_PART] = {"part", 0, PAL_OPTION_TEXTS, "PART", "A part.", NULL},
    [OPTION_DAY] = {"day", 0, PAL_OPTION_DAY, "DATE", "A day.", NULL},
    [OPTION_SIZE] = {"size", 0, PAL_OPTION_INTEGER, "N", "A size.", "7"},
    [OPTION_FORM] = {"form", 'f', PAL_OPTION_CHOICE, "csv|json", "A form.", "csv"},
};
static const struct pal_command command = {.name = "try",
                                           .summary = "Try.",
                                           .operands = "FILE...",
                                           .explained = "Tries.",
                                           .options = options,
                                           .option_count = OPTION_COUNT,
                                           .has_table = true};
static const struct pal_command bare = {.name = "bare", .operands = ""};

enum { WORD_MAX = 128 };

/* getopt wants words it may reorder. */
static pal_status parse(const struct pal_command *what, const char *line,
                        struct pal_given *given, struct pal_error *err)
{
    static char text[4096];
    static char *words[WORD_MAX];
    int count = 0;
    (void)snprintf(text, sizeof text, "%s", line);
    struct pal_view rest = pal_view_of(text);
    struct pal_view word;
    while (pal_view_split(&rest, ' ', &word)) {
        char *start = text + (word.data - text);
        start[word.size] = '\0';
        words[count++] = start;
    }
    words[count] = NULL;
    return pal_options_parse(what, count, words, given, err);
}

static void what_is_given_stands_at_its_place(void **state)
{
    struct pal_given given;
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    assert_int_equal(parse(&command,
                           "try a -n x --part p --part=q --day 2020-02-29 b --json -q "
                           "--threads 3 --form json",
                           &given, &err),
                     PAL_OK);
    assert_string_equal(given.options[OPTION_NAME].text, "x");
    assert_int_equal(given.options[OPTION_PART].text_count, 2);
    assert_string_equal(given.options[OPTION_PART].texts[1], "q");
    assert_int_equal(given.options[OPTION_DAY].day, pal_day_from_text("2020-02-29"));
    assert_int_equal(given.options[OPTION_SIZE].integer, 7);
    assert_false(given.options[OPTION_SIZE].is_given);
    assert_string_equal(given.options[OPTION_FORM].text, "json");
    assert_int_equal(given.operand_count, 2);
    assert_string_equal(given.operands[0], "a");
    assert_string_equal(given.operands[1], "b");
    assert_true(given.is_json);
    assert_true(given.is_quiet);
    assert_int_equal(given.thread_count, 3);
}

static void what_is_not_given_has_its_default(void **state)
{
    struct pal_given given;
    (void)state;
    assert_int_equal(parse(&command, "try", &given, NULL), PAL_OK);
    assert_null(given.options[OPTION_NAME].text);
    assert_int_equal(given.options[OPTION_DAY].day, PAL_DAY_NONE);
    assert_string_equal(given.options[OPTION_FORM].text, "csv");
    assert_int_equal(given.operand_count, 0);
    assert_false(given.wants_help);
}

static void a_wrong_word_is_named_with_the_right_one(void **state)
{
    static const struct {
        const struct pal_command *what;
        const char *line;
        const char *words;
    } rows[] = {
        {&command, "try --nmae x", "try has no option --nmae; did you mean --name?"},
        {&command, "try -z", "try has no option -z; palladium try --help lists them"},
        {&command, "try --name", "--name needs a value"},
        {&command, "try --day 2019-02-29", "--day wants a date as 2020-02-29"},
        {&command, "try --size -1", "--size wants a whole number"},
        {&command, "try --size 1000001", "--size wants a whole number"},
        {&command, "try --form xml", "--form is one of csv|json, not \"xml\""},
        {&bare, "bare --json", "bare has no option --json"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_given given;
        struct pal_error err = {PAL_OK, ""};
        pal_status st = parse(rows[i].what, rows[i].line, &given, &err);
        if (st != PAL_USAGE || strstr(err.text, rows[i].words) == NULL) {
            fail_msg("%s: %s: %s", rows[i].line, pal_status_text(st), err.text);
        }
    }
}

static void an_option_is_not_repeated_without_end(void **state)
{
    char line[4096] = "try";
    struct pal_given given;
    (void)state;
    for (size_t i = 0, used = 3; i <= PAL_OPTION_TEXT_MAX; i++) {
        int n = snprintf(line + used, sizeof line - used, " --part=%zu", i);
        assert_true(n > 0);
        used += (size_t)n;
    }
    assert_int_equal(parse(&command, line, &given, NULL), PAL_USAGE);
}

static void help_names_every_option(void **state)
{
    struct pal_buffer help;
    (void)state;
    pal_buffer_init(&help, 1 << 20);
    pal_options_help(&command, &help);
    assert_int_equal(pal_buffer_status(&help, NULL), PAL_OK);
    assert_non_null(strstr(help.data, "-n, --name NAME\n      A name.\n"));
    assert_non_null(strstr(help.data, "--size N\n      A size.\n      Default: 7.\n"));
    assert_non_null(strstr(help.data, "--json"));
    pal_buffer_clear(&help);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_given_stands_at_its_place),
        cmocka_unit_test(what_is_not_given_has_its_default),
        cmocka_unit_test(a_wrong_word_is_named_with_the_right_one),
        cmocka_unit_test(an_option_is_not_repeated_without_end),
        cmocka_unit_test(help_names_every_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
