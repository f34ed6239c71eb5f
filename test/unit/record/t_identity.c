#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "helper_sheet.h"
#include "record/identity.h"

static void it_is_found_at_any_place_of_a_long_text_with_dashes(void **state)
{
    static const char value[] = "A\u2013012345678";
    char text[3000];
    (void)state;
    for (size_t at = 0; at + sizeof value < sizeof text; at++) {
        memset(text, '.', sizeof text);
        memcpy(text + at, value, sizeof value - 1);
        if (!pal_has_direct_value((struct pal_view){text, sizeof text})) {
            fail_msg("at %zu", at);
        }
    }
    memset(text, '.', sizeof text);
    memcpy(text, "\u2013", 3);
    assert_false(pal_has_direct_value((struct pal_view){text, sizeof text}));
}

static void a_value_that_names_a_person_is_known_by_its_form(void **state)
{
    static const struct {
        const char *text;
        bool want;
    } rows[] = {
        {"A012345678", true},
        {"A 012-345-678", true},
        {"a#12345678", true},
        {"A-098 765 432", true},
        {"see A98765432.", true},
        {"A1234567", false},
        {"A1234567890", false},
        {"BA012345678", false},
        {"A012345678B", false},
        {"AREA 12345678", false},
        {"123-45-6789", true},
        {"x123-45-6789", false},
        {"123-45-67890", false},
        {"1123-45-6789", false},
        {"212-555-0100", true},
        {"1-212-555-0100", true},
        {"212.555.0100", true},
        {"(212) 555-0100", true},
        {"(212)555-0100", true},
        {"call 212-555-0100!", true},
        {"212-555-01000", false},
        {"jane@example.org", true},
        {"@ home", false},
        {"8 CFR 212.5", false},
        {"DOB 3/4/1985", true},
        {"dob: 1985", true},
        {"DOBSON 12", false},
        {"SSN 123456789", true},
        {"ssn: 123 45 6789", true},
        {"SSN 12345678", false},
        {"Alien no. 012345678", true},
        {"ALIEN FILE #012-345-678", true},
        {"Alien 12", false},
        {"Criminal Alien Program 287", false},
        {"phone 2125550100", true},
        {"Cell # 212 555 0100", true},
        {"CELL 12", false},
        {"A\u2011012345678", true},
        {"123\u201145\u20116789", true},
        {"A\u00A0012\u2013345\u2013678", true},
        {"C\u00D4TE D\u2019IVOIRE \u2013 2019", false},
        {"2019-ICFO-53623", false},
        {"15-87693", false},
        {"2024-03-19 15:06:00", false},
        {"287(g) Program", false},
        {"[8C] Excludable / Inadmissible - Administrative Deportation", false},
        {"911 PARR BLVD 775 328 3308", false},
        {"212(a)(6)(A)(i)", false},
        {"I-247A", false},
        {"A 1 2 3", false},
        {"", false},
        /* Words are passed over eight bytes at a time: what ends one, anywhere in them. */
        {"0123456789abcdef0123456789abcdef01234567", false},
        {"0123456789abcdef0123456789abcdef01234567 123-45-6789", true},
        {"0123456789abcdef0123456789abcdef01234567123-45-6789", false},
        {"xxxxxxxx/123-45-6789", true},
        {"xxxxxxx:123-45-6789", true},
        {"xxxxxx@123-45-6789", true},
        {"xxxxx[123-45-6789", true},
        {"xxxx`123-45-6789", true},
        {"xxx{123-45-6789", true},
        {"xxxxxxxz123-45-6789", false},
        {"xxxxxxxA123-45-6789", false},
        {"xxxxxxxZ123-45-6789", false},
        {"xxxxxxx0123-45-6789", false},
        {"xxxxxxx9123-45-6789", false},
        {"\xC3\x84\xC3\x96\xC3\x9C\xC3\x9F 123-45-6789", true},
        {"\xC3\x84\xC3\x96\xC3\x9C\xC3\x9F"
         "123-45-6789",
         false},
        {"abcdefghijkl@example.org", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (pal_has_direct_value(pal_view_of(rows[i].text)) != rows[i].want) {
            fail_msg("%s", rows[i].text);
        }
    }
}

static void such_a_value_is_stored_in_no_column_of_any_name(void **state)
{
    static const char *const lines[] = {
        ("Apprehension Date|Apprehension Method|Operation|Final Order Date|Unique "
         "Identifier|New Column"),
        "1/2/2025|Located|A012345678|DOB 3/4/1985|A012345679|(212) 555-0100",
        "1/3/2025|Located|op|1/2/2020|abc|fine",
        "A012345678 was a mistake, and this line is a footnote under the table",
    };
    static const struct helper_sheet sheet = {.keep_ids = true};
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&sheet, lines),
        "table arrest, header 1, read 3, stored 2, rejected 1, blank 0\n"
        "2: apprehension_date=2025-01-02 apprehension_method=Located "
        "operation=(failed) final_order_date=(failed) "
        "unique_identifier=(failed)\n"
        "3: apprehension_date=2025-01-03 apprehension_method=Located "
        "operation=op final_order_date=2020-01-02 "
        "unique_identifier=id1 unique_identifier_released=abc\n"
        "reject 2:2 text.direct_identifier ''\n"
        "reject 2:3 date.not_a_date ''\n"
        "reject 2:4 text.direct_identifier ''\n"
        "row reject 4 row.not_a_record ''\n"
        "extra 3:5 'fine'\n");
}

static void a_sheet_that_is_no_table_keeps_none_either(void **state)
{
    static const char *const lines[] = {
        "Some list|of things|here",
        "one|A012345678|write to jane@example.org",
    };
    static const struct helper_sheet sheet = {.wants_notes = true};
    (void)state;
    assert_string_equal(HELPER_HARVEST(&sheet, lines),
                        "table note, header 0, read 2, stored 2, rejected 0, blank 0\n"
                        "note 1:0 'Some list'\n"
                        "note 1:1 'of things'\n"
                        "note 1:2 'here'\n"
                        "note 2:0 'one'\n"
                        "note 2:1 '(withheld)'\n"
                        "note 2:2 '(withheld)'\n");
}

static void one_such_header_makes_the_others_of_its_row_those_of_people(void **state)
{
    static const char *const people[] = {
        "Score|Surname|Name|Home Address|Officer",
        "5|DOE|JANE|12 ELM|ROE",
    };
    static const char *const places[] = {
        "Score|Name|Address|Zip",
        "5|BIG JAIL|1 MAIN|12345",
    };
    static const struct helper_sheet sheet = {.wants_notes = true};
    (void)state;
    const char *found = HELPER_HARVEST(&sheet, people);
    assert_non_null(strstr(found, "note 2:0 '5'\n"));
    assert_null(strstr(found, "note 2:1"));
    assert_null(strstr(found, "note 2:2"));
    assert_null(strstr(found, "note 2:3"));
    assert_null(strstr(found, "note 2:4"));
    found = HELPER_HARVEST(&sheet, places);
    assert_non_null(strstr(found, "note 2:1 'BIG JAIL'\n"));
    assert_non_null(strstr(found, "note 2:2 '1 MAIN'\n"));
}

static void an_agency_or_a_kind_of_work_is_no_header_of_a_person(void **state)
{
    static const char *const places[] = {
        "Total|SOCIAL SECURITY ADMINISTRATION|SOCIAL SECURITY ADMINISTRATION",
        "7|FINGERPRINT IDENTIFICATION|License Plate Reader Unit",
        "8|Comments Analysis|Narrative Writing",
        "9|SAMPLE|OFFICE",
    };
    static const char *const people[] = {
        "Total|Subject's Date of Birth (mm/dd/yyyy)|Note",
        "7|1/2/1985|fine",
        "8|3/4/1985|fine",
    };
    static const char *const numbers[] = {
        "Total|Social Security|Fingerprint Number 1",
        "7|111223333|444",
    };
    static const struct helper_sheet sheet = {.wants_notes = true};
    (void)state;
    const char *found = HELPER_HARVEST(&sheet, places);
    assert_non_null(strstr(found, "note 2:1 'FINGERPRINT IDENTIFICATION'\n"));
    assert_non_null(strstr(found, "note 2:2 'License Plate Reader Unit'\n"));
    assert_non_null(strstr(found, "note 3:1 'Comments Analysis'\n"));
    assert_non_null(strstr(found, "note 4:1 'SAMPLE'\n"));
    assert_non_null(strstr(found, "note 4:2 'OFFICE'\n"));
    found = HELPER_HARVEST(&sheet, people);
    assert_null(strstr(found, "1985"));
    found = HELPER_HARVEST(&sheet, numbers);
    assert_null(strstr(found, "111223333"));
    assert_null(strstr(found, "444"));
}

static void a_birth_date_as_a_spreadsheet_number_is_no_year(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Birth Year",
        "1/2/2025|Located|#29688",
        "1/2/2025|Located|19810412",
        "1/2/2025|Located|#1981",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 3, stored 3, rejected 0, blank 0\n"
        "2: apprehension_date=2025-01-02 apprehension_method=Located "
        "birth_year=(failed)\n"
        "3: apprehension_date=2025-01-02 apprehension_method=Located "
        "birth_year=(failed)\n"
        "4: apprehension_date=2025-01-02 apprehension_method=Located "
        "birth_year=1981\n"
        "reject 2:2 number.not_a_year ''\n"
        "reject 3:2 number.not_a_year ''\n");
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
        cmocka_unit_test(a_value_that_names_a_person_is_known_by_its_form),
        cmocka_unit_test(it_is_found_at_any_place_of_a_long_text_with_dashes),
        cmocka_unit_test(such_a_value_is_stored_in_no_column_of_any_name),
        cmocka_unit_test(a_sheet_that_is_no_table_keeps_none_either),
        cmocka_unit_test(one_such_header_makes_the_others_of_its_row_those_of_people),
        cmocka_unit_test(an_agency_or_a_kind_of_work_is_no_header_of_a_person),
        cmocka_unit_test(a_birth_date_as_a_spreadsheet_number_is_no_year),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
