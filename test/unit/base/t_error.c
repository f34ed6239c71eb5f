#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"

static void a_failure_carries_its_status_and_words(void **state)
{
    (void)state;
    struct pal_error err;
    assert_int_equal(PAL_INPUT, pal_fail(&err, PAL_INPUT, "row %d", 7));
    assert_int_equal(PAL_INPUT, err.status);
    assert_string_equal("row 7", err.text);
}

static void each_frame_puts_its_words_in_front(void **state)
{
    (void)state;
    struct pal_error err;
    pal_status status = pal_fail(&err, PAL_INPUT, "not a date");
    status = pal_while(&err, status, "row %d", 12);
    status = pal_while(&err, status, "reading sheet %s", "Arrests");
    assert_int_equal(PAL_INPUT, status);
    assert_string_equal("reading sheet Arrests: row 12: not a date", err.text);
}

static void an_absent_error_is_allowed(void **state)
{
    (void)state;
    assert_int_equal(PAL_IO, pal_fail(NULL, PAL_IO, "x"));
    assert_int_equal(PAL_IO, pal_while(NULL, PAL_IO, "x"));
    assert_int_equal(PAL_MEMORY, pal_fail_memory(NULL));
}

static void a_text_too_long_is_cut_at_a_whole_character(void **state)
{
    (void)state;
    char text[PAL_ERROR_TEXT_MAX * 2];
    for (size_t i = 0; i + 2 < sizeof text; i += 2) {
        memcpy(text + i, "\xC3\xA9", 2);
        text[i + 2] = '\0';
    }
    struct pal_error err;
    (void)pal_fail(&err, PAL_INPUT, "%s", text);
    assert_int_equal(PAL_ERROR_TEXT_MAX - 2, strlen(err.text));
    assert_int_equal((char)0xA9, err.text[PAL_ERROR_TEXT_MAX - 3]);
    (void)pal_while(&err, PAL_INPUT, "file");
    assert_true(strlen(err.text) < PAL_ERROR_TEXT_MAX);
    assert_memory_equal("file: \xC3\xA9", err.text, 8);
    assert_int_equal((char)0xA9, err.text[strlen(err.text) - 1]);
    (void)pal_while(&err, PAL_INPUT, "%s", text);
    assert_true(strlen(err.text) < PAL_ERROR_TEXT_MAX);
}

static void every_status_has_an_exit_code_and_a_text(void **state)
{
    (void)state;
    static const struct {
        pal_status status;
        int code;
        const char *text;
    } rows[] = {
        {PAL_OK, 0, "ok"},
        {PAL_USAGE, 2, "usage"},
        {PAL_INPUT, 3, "input"},
        {PAL_IO, 4, "input or output"},
        {PAL_DATABASE, 5, "database"},
        {PAL_LIMIT, 6, "limit"},
        {PAL_MEMORY, 6, "out of memory"},
        {PAL_BUG, 70, "internal error"},
    };
    assert_int_equal(PAL_STATUS_COUNT, sizeof rows / sizeof rows[0]);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(rows[i].code, pal_status_exit_code(rows[i].status));
        assert_string_equal(rows[i].text, pal_status_text(rows[i].status));
    }
    assert_int_equal(70, pal_status_exit_code(PAL_STATUS_COUNT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_carries_its_status_and_words),
        cmocka_unit_test(each_frame_puts_its_words_in_front),
        cmocka_unit_test(an_absent_error_is_allowed),
        cmocka_unit_test(a_text_too_long_is_cut_at_a_whole_character),
        cmocka_unit_test(every_status_has_an_exit_code_and_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
