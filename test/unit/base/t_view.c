#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "base/asset.h"
#include "base/progress.h"
#include "base/view.h"

static void trimming_takes_blanks_and_no_break_spaces_only(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *want;
    } rows[] = {
        {"", ""},
        {"abc", "abc"},
        {"  a b\t\r\n", "a b"},
        {" \xC2\xA0 a\xC2\xA0 \xC2\xA0", "a"},
        {"\xC2\xA0", ""},
        {" \t ", ""},
        {"\xC3\xA0", "\xC3\xA0"}, /* ends in the second byte of U+00A0 */
        {"\xA0", "\xA0"},
        {"\xC2", "\xC2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_view got = pal_view_trim(pal_view_of(rows[i].text));
        assert_int_equal(strlen(rows[i].want), got.size);
        assert_memory_equal(rows[i].want, got.data, got.size);
    }
}

static void texts_compare_by_bytes_then_size(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        const char *b;
        int sign;
        bool is_equal_fold;
    } rows[] = {
        {"", "", 0, true},        {"a", "", 1, false},   {"a", "b", -1, false},
        {"a", "A", 1, true},      {"ab", "a", 1, false}, {"\xC3", "z", 1, false},
        {"AbC", "aBc", -1, true}, {"[", "{", -1, false}, {"@", "`", -1, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_view a = pal_view_of(rows[i].a);
        struct pal_view b = pal_view_of(rows[i].b);
        int order = pal_view_compare(a, b);
        assert_int_equal(rows[i].sign, (order > 0) - (order < 0));
        assert_int_equal(rows[i].sign == 0, pal_view_is_equal(a, b));
        assert_int_equal(rows[i].is_equal_fold, pal_view_is_equal_fold(a, b));
    }
}

static void a_part_is_found_where_it_first_stands(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *part;
        size_t at;
    } rows[] = {
        {"abcabc", "abc", 0}, {"aab", "ab", 1}, {"abc", "", 0},   {"abc", "d", 3},
        {"abc", "abcd", 3},   {"", "a", 0},     {"aaaa", "b", 4}, {"abab", "bab", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(rows[i].at, pal_view_find(pal_view_of(rows[i].text),
                                                   pal_view_of(rows[i].part)));
    }
    assert_true(pal_view_has_prefix(PAL_VIEW("arrest"), PAL_VIEW("arr")));
    assert_false(pal_view_has_prefix(PAL_VIEW("ar"), PAL_VIEW("arr")));
    assert_true(pal_view_has_suffix(PAL_VIEW("a.xlsx"), PAL_VIEW(".xlsx")));
    assert_false(pal_view_has_suffix(PAL_VIEW("xlsx"), PAL_VIEW(".xlsx")));
}

static void splitting_gives_every_part_also_empty_ones(void **state)
{
    (void)state;
    static const char *const want[] = {"a", "", "bc", ""};
    struct pal_view rest = PAL_VIEW("a;;bc;");
    struct pal_view part;
    size_t count = 0;
    while (pal_view_split(&rest, ';', &part)) {
        assert_true(count < 4);
        assert_true(pal_view_is_equal(pal_view_of(want[count]), part));
        count++;
    }
    assert_int_equal(4, count);
    rest = PAL_VIEW("");
    assert_true(pal_view_split(&rest, ';', &part));
    assert_int_equal(0, part.size);
    assert_false(pal_view_split(&rest, ';', &part));
}

static void only_ascii_letters_change_case(void **state)
{
    (void)state;
    assert_int_equal('a', pal_lower('A'));
    assert_int_equal('Z', pal_upper('z'));
    assert_int_equal('[', pal_lower('['));
    assert_int_equal((char)0xC4, pal_lower((char)0xC4));
    assert_true(pal_is_space('\v'));
    assert_false(pal_is_space('\0'));
    assert_true(pal_is_digit('9'));
    assert_false(pal_is_digit(':'));
    assert_int_equal(0, pal_view_of(NULL).size);
}

static void an_asset_is_found_by_its_name(void **state)
{
    (void)state;
    static const unsigned char one[] = "one";
    static const struct pal_asset entries[] = {{"a.sql", one, 3}, {"b.sql", one, 2}};
    static const struct pal_asset_table table = {entries, 2};
    assert_int_equal(2, pal_asset_find(&table, "b.sql").size);
    assert_string_equal("one", pal_asset_find(&table, "a.sql").data);
    assert_null(pal_asset_find(&table, "c.sql").data);
}

struct counting {
    struct pal_progress progress;
    uint64_t rows;
};

static void count_rows(struct pal_progress *self, struct pal_view what, uint64_t rows,
                       uint64_t bytes_done, uint64_t bytes_total)
{
    (void)what;
    (void)bytes_done;
    (void)bytes_total;
    struct counting *counting = (struct counting *)(void *)self;
    counting->rows = rows;
}

static void progress_reaches_the_one_who_shows_it(void **state)
{
    (void)state;
    struct counting counting = {{count_rows}, 0};
    pal_progress_report(&counting.progress, PAL_VIEW("sheet"), 5, 1, 2);
    assert_int_equal(5, counting.rows);
    pal_progress_report(NULL, PAL_VIEW("sheet"), 6, 1, 2);
}

static void case_is_no_matter_where_it_is_said_so(void **state)
{
    (void)state;
    struct pal_view text = PAL_VIEW("Media CONTACT: none");
    assert_int_equal(pal_view_find_fold(text, PAL_VIEW("contact")), 6);
    assert_int_equal(pal_view_find_fold(text, PAL_VIEW("NONE")), 15);
    assert_int_equal(pal_view_find_fold(text, PAL_VIEW("nones")), text.size);
    assert_int_equal(pal_view_find_fold(text, PAL_VIEW("")), 0);
    assert_int_equal(pal_view_find_fold(PAL_VIEW(""), PAL_VIEW("a")), 0);
    assert_true(pal_view_has_prefix_fold(text, PAL_VIEW("mEDIA ")));
    assert_false(pal_view_has_prefix_fold(text, PAL_VIEW("edia")));
    assert_false(pal_view_has_prefix_fold(PAL_VIEW("me"), PAL_VIEW("media")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trimming_takes_blanks_and_no_break_spaces_only),
        cmocka_unit_test(texts_compare_by_bytes_then_size),
        cmocka_unit_test(a_part_is_found_where_it_first_stands),
        cmocka_unit_test(splitting_gives_every_part_also_empty_ones),
        cmocka_unit_test(only_ascii_letters_change_case),
        cmocka_unit_test(an_asset_is_found_by_its_name),
        cmocka_unit_test(case_is_no_matter_where_it_is_said_so),
        cmocka_unit_test(progress_reaches_the_one_who_shows_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
