#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "helper_sheet.h"
#include "record/mark.h"

static bool is_mark(const char *text)
{
    /* A copy of the exact size: a byte read behind it is found by the sanitizer. */
    size_t size = strlen(text);
    char *copy = pal_alloc(size + 1);
    assert_non_null(copy);
    memcpy(copy, text, size);
    char *exact = pal_realloc(copy, size > 0 ? size : 1, 1);
    bool found =
        pal_is_redaction((struct pal_view){exact == NULL ? copy : exact, size});
    pal_free(exact);
    return found;
}

static void check(const char *const *texts, size_t count, bool want)
{
    for (size_t i = 0; i < count; i++) {
        if (is_mark(texts[i]) != want) {
            fail_msg("\"%s\" is%s a redaction mark", texts[i], want ? "" : " not");
        }
    }
}
#define CHECK(texts, want) check(texts, sizeof(texts) / sizeof((texts)[0]), want)

static void oddity_09_every_spelling_of_a_redaction_mark_is_recognised(void **state)
{
    static const char *const texts[] = {
        "(B)(6);(B)(7)(C) ",
        "(B)(7)(E) ",
        "(b)(6),(b)(7)c)",
        "(b)(7)e)",
        "(b)(6),(b)(7)(c )",
        "(b)(7)(E )",
        "(b)(6), (b)(7)(c)",
        "(b)(6), (b)(7)(c) (b)(7)(e)",
        "b(6), b(7)c",
        "b(6), b(7)C",
        "b(6), b(7)(c)",
        "(b)(6)(b)(7)(c)",
        "(b)(6)",
        "(B)(6)",
        "(b) (6); (b) (7) (C)",
        "  \t(b)(6)  ",
        "\xC2\xA0(b)(6)\xC2\xA0",
        "(b)(6) and (b)(7)(C)",
        "(b)(6), (7)(C)",
        "(b)(6)/(b)(7)(C)",
        "{b}{6}",
        "\xE2\x80\x8B(b)(6)",
        "(b)(6).",
        "*(b)(6)*",
        "\"(b)(6)\"",
        "(b)(6)|(b)(7)(C)",
        "(b)(6)+(b)(7)(C)",
        "(b)(6): (b)(7)(C)",
        "\u201C(b)(6)\u201D",
        "(b)(6)\u2013(b)(7)(C)",
        "\uFF08b\uFF09\uFF08\uFF16\uFF09",
        "(b)(7)(A),(C)",
        "(b)(7)(E); (F)",
        "(b)(6)(c)",
        "\u2588\u2588\u2588",
        "*** REDACTED ***",
        "withheld",
        "[Withheld]",
        "Withheld (b)(6)",
        "Withheld per (b)(6)",
        "Exemption (b)(6)",
        "FOIA Exemptions: (b)(6), (b)(7)(C)",
        "redacted under (b)(5)",
        "(b)(6) & (b)(7)(C)",
        "(b)(5)",
        "(b)(7)(a)",
        "(b)(6",
        "b)(6)",
        "[b](6)",
        "[(b)(6)]",
        "(b)(7)(C)-(b)(7)(E)",
        "Redacted",
        "[REDACTED]",
        "(redacted)",
        "REDACTED ",
    };
    (void)state;
    CHECK(texts, true);
}

static void ordinary_text_is_never_taken_for_a_mark(void **state)
{
    static const char *const texts[] = {
        "",
        "   ",
        "(b) other",
        "\u2013",
        "\u2588 North",
        "(b)(6) (see notes)",
        "(b)(6) Smith",
        "(b)(6) (C) Smith",
        "(b)",
        "b",
        "b6",
        "B6",
        "b7c",
        "B7",
        "212a6Ai",
        "212a7AiI",
        "237a2Bi",
        "[8C] Excludable / Inadmissible - Administrative Final Order Issued",
        "[16] Reinstated Final Order",
        "287(g) Program",
        "GWINNETT COUNTY JAIL - 287(G)",
        "(b)(6) Smith",
        "Smith (b)(6)",
        "b(6) units",
        "BOP (6)",
        "b(66)",
        "(b)(77)(c)",
        "(b)(0)",
        "(b)(7)(Cx)",
        "Bag and Baggage",
        "redacted by request",
        "withheld by request",
        "Withheld (b)(6) Smith",
        "Exemption",
        "Exemption 6",
        "Per (b)",
        "Under review",
        "FOIA",
        "Probation and Parole",
        "Worksite Enforcement",
        "***",
        "\"",
        "Buffalo",
        "(b)(6)*Smith",
        "unredacted",
        "(a)(6)",
        "6",
        "(6)",
        "--",
        "(b)(6) and",
        "ADMINISTRATIVE DEPORTATION I-851/I-851A",
    };
    (void)state;
    CHECK(texts, false);
}

static void oddity_10_two_spellings_of_one_mark_mean_the_same(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Operation",
        "1/2/2019|Located|(b)(6),(b)(7)c)",
        "1/2/2019|Located|(b)(6),(b)(7)(c )",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: apprehension_date=2019-01-02 apprehension_method=Located "
        "operation=(redacted)\n"
        "3: apprehension_date=2019-01-02 apprehension_method=Located "
        "operation=(redacted)\n");
}

static void oddity_11_redacted_is_neither_missing_nor_a_value(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Birth Date|Operation|Gender|Apprehension Method",
        "1/2/2019|(B)(6);(B)(7)(C) |(B)(7)(E) |Male|Located",
        "1/2/2019|(B)(6);(B)(7)(C) ||Male|Located",
        "1/2/2019|(B)(6);(B)(7)(C) |--|Male|Located",
    };
    (void)state;
    (void)HELPER_HARVEST(&(struct helper_sheet){0}, lines);
    assert_string_equal(
        helper_columns(),
        "0 Apprehension Date -> apprehension_date, filled 3 missing 0 redacted 0 "
        "failed 0 "
        "withheld 0\n"
        "1 Birth Date direct, filled 0 missing 0 redacted 3 failed 0 withheld 0\n"
        "2 Operation -> operation, filled 0 missing 2 redacted 1 failed 0 withheld 0\n"
        "3 Gender -> gender, filled 3 missing 0 redacted 0 failed 0 withheld 0\n"
        "4 Apprehension Method -> apprehension_method, filled 3 missing 0 redacted 0 "
        "failed 0 withheld 0\n");
}

static void oddity_12_a_mark_in_a_column_of_dates_or_numbers_is_redacted(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Birth Year|Unique Identifier",
        "(b)(7)(E )|Located|b(6), b(7)c|b(6), b(7)C",
        "@43467|Located|#1985|abc",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: apprehension_date=(redacted) apprehension_method=Located "
        "birth_year=(redacted) unique_identifier=(redacted)\n"
        "3: apprehension_date=2019-01-02 apprehension_method=Located birth_year=1985 "
        "unique_identifier=id1\n");
}

static int clear(void **state)
{
    (void)state;
    helper_clear();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(oddity_09_every_spelling_of_a_redaction_mark_is_recognised),
        cmocka_unit_test(ordinary_text_is_never_taken_for_a_mark),
        cmocka_unit_test(oddity_10_two_spellings_of_one_mark_mean_the_same),
        cmocka_unit_test(oddity_11_redacted_is_neither_missing_nor_a_value),
        cmocka_unit_test(oddity_12_a_mark_in_a_column_of_dates_or_numbers_is_redacted),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
