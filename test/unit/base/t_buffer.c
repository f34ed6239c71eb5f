#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "base/buffer.h"
#include "base/csv.h"
#include "base/memory.h"

static void appends_follow_each_other(void **state)
{
    (void)state;
    struct pal_buffer buffer;
    pal_buffer_init(&buffer, 100000);
    assert_int_equal(0, pal_buffer_view(&buffer).size);
    assert_string_equal("", pal_buffer_view(&buffer).data);
    pal_buffer_append_text(&buffer, "a");
    pal_buffer_append_char(&buffer, 'b');
    pal_buffer_append_view(&buffer, PAL_VIEW("cd"));
    pal_buffer_append_format(&buffer, "%05d", 42);
    assert_string_equal("abcd00042", buffer.data);
    for (int i = 0; i < 1000; i++) {
        pal_buffer_append_format(&buffer, "%d,", i);
    }
    assert_int_equal(9 + 10 * 2 + 90 * 3 + 900 * 4, buffer.size);
    assert_int_equal(buffer.size, strlen(buffer.data));
    assert_int_equal(PAL_OK, pal_buffer_status(&buffer, NULL));
    pal_buffer_reset(&buffer);
    assert_string_equal("", pal_buffer_view(&buffer).data);
    pal_buffer_clear(&buffer);
    pal_buffer_clear(NULL);
}

static void the_cap_is_exact_and_a_refused_append_changes_nothing(void **state)
{
    (void)state;
    struct pal_buffer buffer;
    struct pal_error err;
    pal_buffer_init(&buffer, 5);
    pal_buffer_append_text(&buffer, "abc");
    pal_buffer_append_format(&buffer, "%s", "de");
    assert_int_equal(PAL_OK, pal_buffer_status(&buffer, &err));
    pal_buffer_append_format(&buffer, "%s", "fg");
    assert_string_equal("abcde", buffer.data);
    pal_buffer_append_text(&buffer, "");
    assert_int_equal(PAL_LIMIT, pal_buffer_status(&buffer, &err));
    assert_non_null(strstr(err.text, "5 bytes"));
    pal_buffer_clear(&buffer);
}

static void nothing_follows_a_lost_append(void **state)
{
    (void)state;
    struct pal_buffer buffer;
    pal_buffer_init(&buffer, 100);
    pal_alloc_fail_after(1);
    pal_buffer_append_text(&buffer, "lost");
    pal_alloc_fail_after(0);
    pal_buffer_append_text(&buffer, "kept");
    assert_int_equal(0, buffer.size);
    assert_int_equal(PAL_MEMORY, pal_buffer_status(&buffer, NULL));
    pal_buffer_reset(&buffer);
    pal_buffer_append_text(&buffer, "kept");
    assert_string_equal("kept", buffer.data);
    pal_buffer_clear(&buffer);
}

static void csv_quotes_only_where_needed(void **state)
{
    (void)state;
    static const struct {
        const char *field;
        const char *want;
    } rows[] = {
        {"plain", "plain\n"},
        {"", "\n"},
        {"a,b", "\"a,b\"\n"},
        {"say \"x\"", "\"say \"\"x\"\"\"\n"},
        {"two\nlines", "\"two\nlines\"\n"},
        {"-5", "-5\n"},
        {"=1+1", "=1+1\n"},
        {"\"", "\"\"\"\"\n"},
        {" a ", " a \n"},
        {"a\r", "\"a\r\"\n"},
    };
    struct pal_buffer out;
    pal_buffer_init(&out, 1000);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pal_buffer_reset(&out);
        pal_csv_field(&out, pal_view_of(rows[i].field), true);
        pal_csv_end(&out);
        assert_string_equal(rows[i].want, out.data);
    }
    pal_buffer_reset(&out);
    pal_csv_field(&out, PAL_VIEW("a"), true);
    pal_csv_field(&out, PAL_VIEW(""), false);
    pal_csv_field(&out, PAL_VIEW("b"), false);
    pal_csv_end(&out);
    assert_string_equal("a,,b\n", out.data);
    pal_buffer_clear(&out);
}

static void a_shell_reads_the_word_back(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        const char *want;
    } rows[] = {
        {"2026-03", "2026-03"},
        {"a_b/c.d", "a_b/c.d"},
        {"", "\"\""},
        {"New York", "\"New York\""},
        {"a\"b", "\"a\\\"b\""},
        {"$HOME `x`", "\"\\$HOME \\`x\\`\""},
        {"back\\", "\"back\\\\\""},
        {"a;b", "\"a;b\""},
    };
    struct pal_buffer out;
    pal_buffer_init(&out, 1000);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pal_buffer_reset(&out);
        pal_buffer_append_shell_word(&out, pal_view_of(rows[i].word));
        assert_string_equal(rows[i].want, out.data);
    }
    pal_buffer_clear(&out);
}

static void what_is_kept_outlives_the_buffer_and_a_failed_one_keeps_nothing(
    void **state)
{
    struct pal_buffer buffer;
    struct pal_arena arena;
    struct pal_view kept = {NULL, 0};
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    pal_arena_init(&arena, 4096);
    pal_buffer_init(&buffer, 4);
    pal_buffer_append_text(&buffer, "abcd");
    assert_int_equal(pal_buffer_keep(&buffer, &arena, &kept, &err), PAL_OK);
    assert_true(pal_view_is_equal(kept, PAL_VIEW("abcd")));
    assert_null(buffer.data);
    pal_buffer_init(&buffer, 4);
    assert_int_equal(pal_buffer_keep(&buffer, &arena, &kept, &err), PAL_OK);
    assert_int_equal(kept.size, 0);
    kept = PAL_VIEW("as it was");
    pal_buffer_init(&buffer, 4);
    pal_buffer_append_text(&buffer, "abc");
    pal_buffer_append_text(&buffer, "de");
    assert_int_equal(pal_buffer_keep(&buffer, &arena, &kept, &err), PAL_LIMIT);
    assert_true(pal_view_is_equal(kept, PAL_VIEW("as it was")));
    assert_null(buffer.data);
    pal_arena_clear(&arena);
}

static void thousands_are_parted(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"0", "0"},
                                          {"999", "999"},
                                          {"1000", "1,000"},
                                          {"1234567", "1,234,567"},
                                          {"-123", "-123"},
                                          {"-4567", "-4,567"},
                                          {"-123456", "-123,456"},
                                          {"", ""}};
    struct pal_buffer out;
    pal_buffer_init(&out, 100);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pal_buffer_reset(&out);
        pal_buffer_append_grouped(&out, pal_view_of(rows[i][0]));
        assert_true(pal_view_is_equal(pal_buffer_view(&out), pal_view_of(rows[i][1])));
    }
    pal_buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends_follow_each_other),
        cmocka_unit_test(the_cap_is_exact_and_a_refused_append_changes_nothing),
        cmocka_unit_test(nothing_follows_a_lost_append),
        cmocka_unit_test(csv_quotes_only_where_needed),
        cmocka_unit_test(a_shell_reads_the_word_back),
        cmocka_unit_test(
            what_is_kept_outlives_the_buffer_and_a_failed_one_keeps_nothing),
        cmocka_unit_test(thousands_are_parted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
