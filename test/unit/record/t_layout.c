#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "helper_sheet.h"
#include "record/banner.h"
#include "record/dictionary_internal.h"

static void assert_starts(const char *text, const char *start)
{
    if (strncmp(text, start, strlen(start)) != 0) {
        fail_msg("does not start with \"%s\": %.300s", start, text);
    }
}

static void a_header_in_normal_form_has_words_and_single_blanks(void **state)
{
    static const struct {
        const char *header;
        const char *want;
    } rows[] = {
        {"Apprehension Date", "apprehension date"},
        {"  RC  Threat\nLevel ", "rc threat level"},
        {"Final Order Yes No...33", "final order yes no"},
        {"Final Order Yes No/Blank", "final order yes no blank"},
        {"Most Serious Conviction (MSC) Charge", "most serious conviction msc charge"},
        {"A_NUMBER", "a number"},
        {"Detainer Lift Reason2", "detainer lift reason2"},
        {"...", ""},
        {"...33", ""},
        {"(b)(7)(e)", "b 7 e"},
        {"--", ""},
        {"\u00A0Apprehension\u00A0Date ", "apprehension date"},
        {"Unique Identifier\u200B", "unique identifier"},
        {"Appre\u00ADhension\u2003Date\u200F", "apprehension date"},
        {"Driver\u2019s License \u2013 No", "driver s license no"},
        {"\uFF21pprehension Date", "apprehension date"},
        {"A\u00F1o", "a\u00F1o"},
        {"ApprehensionDate", "apprehensiondate"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_header header;
        pal_header_normalise(pal_view_of(rows[i].header), &header);
        if (!pal_view_is_equal((struct pal_view){header.text, header.size},
                               pal_view_of(rows[i].want))) {
            fail_msg("\"%s\" became \"%.*s\"", rows[i].header, (int)header.size,
                     header.text);
        }
    }
    char longer[PAL_HEADER_SIZE_MAX + 1];
    struct pal_header header;
    memset(longer, 'x', sizeof longer);
    pal_header_normalise((struct pal_view){longer, sizeof longer}, &header);
    assert_int_equal(header.size, 0);
}

static void words_written_as_one_and_short_forms_are_told_apart(void **state)
{
    static const struct {
        const char *header;
        const char *apart;
        const char *spelt;
    } rows[] = {
        {"ApprehensionDate", "apprehension date", "apprehension date"},
        {"EIDCaseId", "eid case id", "eid case id"},
        {"AOR", "aor", "aor"},
        {"dob1", "dob 1", "dob 1"},
        {"LAST_NM", "last nm", "last name"},
        {"BRTH_DT", "brth dt", "birth date"},
        {"SS#", "ss", "ss number"},
        {"A-Nbr", "a nbr", "a number"},
        {"#", "", "number"},
        {"LName", "l name", "l name"},
        {"lname", "lname", "last name"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_header apart;
        struct pal_header spelt;
        pal_header_make(pal_view_of(rows[i].header), PAL_HEADER_APART, &apart);
        pal_header_make(pal_view_of(rows[i].header), PAL_HEADER_SPELT, &spelt);
        if (!pal_view_is_equal(pal_header_view(&apart), pal_view_of(rows[i].apart)) ||
            !pal_view_is_equal(pal_header_view(&spelt), pal_view_of(rows[i].spelt))) {
            fail_msg("\"%s\" became \"%.*s\" and \"%.*s\"", rows[i].header,
                     PAL_VIEW_ARG(pal_header_view(&apart)),
                     PAL_VIEW_ARG(pal_header_view(&spelt)));
        }
    }
}

static void oddity_01_the_header_row_is_found_below_a_banner_of_any_height(void **state)
{
    static const char *const banner[] = {
        "ERO-LESA Statistical Tracking Unit",
        "For Official Use Only (FOUO)/Pre-decisional",
        "2019-ICFO-53623",
        "Please review the last tab for footnotes.",
        "-",
        "ERO Administrative Arrests for FY2019 (10/1/2018 - 8/31/2019)",
        "Area of Responsibility|Apprehension Date|Apprehension Method",
        "Dallas Area of Responsibility|10/1/2018|Located",
    };
    static const char *const want[] = {
        "table arrest, header 7, read 1,", "table arrest, header 6, read 1,",
        "table arrest, header 5, read 1,", "table arrest, header 4, read 1,",
        "table arrest, header 3, read 1,", "table arrest, header 2, read 1,",
        "table arrest, header 1, read 1,",
    };
    (void)state;
    for (size_t above = 0; above < 7; above++) {
        assert_starts(
            helper_harvest(&(struct helper_sheet){0}, banner + above, 8 - above),
            want[above]);
    }
    (void)helper_harvest(&(struct helper_sheet){0}, banner, 8);
    assert_string_equal(
        helper_banner(),
        "2019-ICFO-53623|ERO Administrative Arrests for FY2019 (10/1/2018 - "
        "8/31/2019)|2018-10-01|2019-08-31|above 6");
}

static void oddity_02_rows_outside_the_titles_period_are_stored(void **state)
{
    static const char *const lines[] = {
        "ERO Administrative Arrests for FY2019 (10/1/2018 - 8/31/2019)",
        "Apprehension Date|Apprehension Method",
        "9/1/2019|Located",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 2, read 1, stored 1, rejected 0, blank 0\n"
        "3: apprehension_date=2019-09-01 apprehension_method=Located\n");
}

static void oddity_03_a_summary_and_footnotes_are_notes(void **state)
{
    static const struct helper_sheet sheet = {.name = "Summary", .wants_notes = true};
    static const char *const lines[] = {
        "UW v. DHS - ICE Productions",
        "Arrests:",
        "Most Serious Conviction was not recorded prior to FY2015.",
        "Fiscal Year|Total",
        "FY2012|#6620",
        "|",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&sheet, lines),
        "table note, header 0, read 6, stored 5, rejected 0, blank 1\n"
        "note 1:0 'UW v. DHS - ICE Productions'\n"
        "note 2:0 'Arrests:'\n"
        "note 3:0 'Most Serious Conviction was not recorded prior to FY2015.'\n"
        "note 4:0 'Fiscal Year'\n"
        "note 4:1 'Total'\n"
        "note 5:0 'FY2012'\n"
        "note 5:1 '6620'\n");
}

static void oddity_05_columns_are_recognised_by_name_in_any_order(void **state)
{
    static const struct {
        const char *header;
        const char *row;
        const char *want;
    } rows[] = {
        {"Gender|Citizenship|Apprehension Date|Apprehension Method",
         "Male|MEXICO|1/2/2019|x",
         "apprehension_date=2019-01-02 apprehension_method=x "
         "citizenship_country=MEXICO "
         "gender=Male"},
        {"Arrest Date|Arrest Method|Country of Citizenship|Sex",
         "1/2/2019|x|MEXICO|Male",
         "apprehension_date=2019-01-02 apprehension_method=x "
         "citizenship_country=MEXICO "
         "gender=Male"},
        {"Citizenship Country|Gender|APPREHENSION_METHOD|apprehension date",
         "MEXICO|Male|x|1/2/2019",
         "apprehension_date=2019-01-02 apprehension_method=x "
         "citizenship_country=MEXICO "
         "gender=Male"},
        {"Departed Date|Removal Case COL|Case Category", "1/2/2019|NA|[3]",
         "departed_date=2019-01-02 case_category=[3] case_threat_level=NA"},
        {"Departed Date|RC Threat Level|Case Category", "1/2/2019|NA|[3]",
         "departed_date=2019-01-02 case_category=[3] case_threat_level=NA"},
        {"Prepare Date|Detainer Type", "1/2/2019|I247A",
         "detainer_prepare_date=2019-01-02 detainer_type=I247A"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *lines[] = {rows[i].header, rows[i].row};
        const char *found = HELPER_HARVEST(&(struct helper_sheet){0}, lines);
        if (strstr(found, rows[i].want) == NULL) {
            fail_msg("%s: %s", rows[i].header, found);
        }
    }
}

static void oddity_05_a_header_that_stands_twice_maps_once(void **state)
{
    static const char *const lines[] = {
        ("Detainer Prepare Date|Detainer Type|Final Order Yes No...33|Final Order Yes "
         "No...56"),
        "1/2/2025|I247A|YES|NO",
    };
    static const char *const renamed[] = {
        ("Detainer Prepare Date|Detainer Type|Final Order Yes No|Case Final Order Yes "
         "No"),
        "1/2/2025|I247A|NO|YES",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table detainer, header 1, read 1, stored 1, rejected 0, blank 0\n"
        "2: detainer_prepare_date=2025-01-02 detainer_type=I247A "
        "final_order_yes_no=YES\n"
        "extra 2:3 'NO'\n");
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, renamed),
        "table detainer, header 1, read 1, stored 1, rejected 0, blank 0\n"
        "2: detainer_prepare_date=2025-01-02 detainer_type=I247A "
        "final_order_yes_no=YES\n"
        "extra 2:2 'NO'\n");
}

static void a_better_name_takes_the_field_from_a_general_one(void **state)
{
    static const char *const both[] = {
        ("Stay Book Out Date|Stay Book Out Date Time|Stay Book In Date|Detention "
         "Facility"),
        "1/2/2012|1/2/2012 10:00|1/1/2012|A",
    };
    static const char *const dates[] = {
        "Stay Book Out Date|Stay Book In Date|Detention Facility",
        "1/2/2012|1/1/2012|A",
    };
    (void)state;
    assert_string_equal(HELPER_HARVEST(&(struct helper_sheet){0}, both),
                        "table stint, header 1, read 1, stored 1, rejected 0, blank 0\n"
                        "2: stay_book_in_date_time=2012-01-01T00:00:00 "
                        "stay_book_out_date_time=2012-01-02T10:00:00 "
                        "stay_book_out_date=2012-01-02 detention_facility=A\n");
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, dates),
        "table stint, header 1, read 1, stored 1, rejected 0, blank 0\n"
        "2: stay_book_in_date_time=2012-01-01T00:00:00 "
        "stay_book_out_date_time=2012-01-02T00:00:00 detention_facility=A\n");
}

static void oddity_07_a_sheet_is_known_by_its_headers_whatever_its_name(void **state)
{
    static const char *const names[] = {
        "Sheet1",
        " ICLOS and Detainees",
        "Removals",
        "",
    };
    static const char *const lines[] = {
        "Prepare Date|Detainer Type|Detainer Lift Reason",
        "1/2/2019|I247A|Lifted",
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_starts(HELPER_HARVEST(&(struct helper_sheet){.name = names[i]}, lines),
                      "table detainer, header 1,");
    }
}

static void a_detainers_sheet_with_an_apprehension_date_is_detainers(void **state)
{
    static const char *const lines[] = {
        ("Detainer Prepare Date|Facility State|Facility AOR|Departed Date|Case Status|"
         "Detention Facility|Gender|Apprehension Method|Apprehension Date|Detainer "
         "Type"),
        "1/2/2025|TEXAS|DAL|1/3/2025|ACTIVE|A|Male|Located|1/1/2025|I247A",
    };
    (void)state;
    assert_starts(HELPER_HARVEST(&(struct helper_sheet){0}, lines), "table detainer,");
}

static void a_list_of_facilities_or_field_names_is_a_note(void **state)
{
    static const char *const facilities[] = {
        "Name|Address|City|State|Zip|AOR|Type Detailed|Male/Female",
        "ADAMS COUNTY|20 HOBO FORK RD.|NATCHEZ|MS|39120|NOL|DIGSA|Male",
    };
    static const char *const fields[] = {
        "Field Name|Data Source|Definition",
        "Apprehension Date|EID|Date of the apprehension",
    };
    static const char *const flights[] = {
        "Row Labels|Sum of msnFlightHoursActual|5.0",
        "a|b|c",
    };
    (void)state;
    const char *found =
        HELPER_HARVEST(&(struct helper_sheet){.wants_notes = true}, facilities);
    assert_starts(found, "table note,");
    assert_non_null(strstr(found, "note 2:1 '20 HOBO FORK RD.'"));
    assert_starts(HELPER_HARVEST(&(struct helper_sheet){0}, fields), "table note,");
    assert_starts(HELPER_HARVEST(&(struct helper_sheet){0}, flights), "table note,");
}

static void a_column_that_nobody_knows_is_kept_as_text(void **state)
{
    static const char *const lines[] = {
        "|Apprehension Date|Apprehension Method|Favourite Colour",
        "1|1/2/2019|Located| deep  blue ",
        "2|1/2/2019|Located||beyond",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: apprehension_date=2019-01-02 apprehension_method=Located\n"
        "3: apprehension_date=2019-01-02 apprehension_method=Located\n"
        "extra 2:0 '1'\n"
        "extra 2:3 ' deep  blue '\n"
        "extra 3:0 '2'\n"
        "extra 3:4 'beyond'\n");
    assert_non_null(
        strstr(helper_columns(), "3 Favourite Colour unknown, filled 1 missing 1"));
    assert_non_null(strstr(helper_columns(), "4  unknown, filled 1 missing 1"));
}

static void a_header_that_is_itself_redacted_is_an_unknown_column(void **state)
{
    static const char *const lines[] = {
        "Book In Date And Time|Detention Facility|(b)(7)(e)",
        "2015-01-02 03:04:05|A|(b)(7)(e)",
        "2015-01-02 03:04:05|A|shown",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table stint, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: book_in_date_time=2015-01-02T03:04:05 detention_facility=A\n"
        "3: book_in_date_time=2015-01-02T03:04:05 detention_facility=A\n"
        "extra 3:2 'shown'\n");
    assert_non_null(strstr(helper_columns(), "2 (b)(7)(e) unknown, filled 1 missing 0 "
                                             "redacted 1"));
}

static void the_banner_gives_release_and_period(void **state)
{
    static const struct {
        const char *text;
        const char *want;
    } releases[] = {
        {"2019-ICFO-53623", "2019-ICFO-53623"},
        {"2025-ICLI-00019_2024-ICFO-39357", "2025-ICLI-00019_2024-ICFO-39357"},
        {"FOIA 15-87693", "15-87693"},
        {"rif-FOIA 15-87693 _07262015", "15-87693"},
        {"FY 2012-14", ""},
        {"12015-87693", ""},
        {"2019-ICFO-5362", ""},
        {"2019-ICFO-536234", ""},
        {"10/1/2018 - 8/31/2019", ""},
        {"ERO-LESA Statistical Tracking Unit", ""},
    };
    static const struct {
        const char *text;
        bool want;
    } periods[] = {
        {"Arrests (10/1/2018 - 8/31/2019)", true},
        {"FY2012 - FY2019 YTD (01/01/2012 - 07/06/2019) Arrests", true},
        {"10/1/2018 through 8/31/2019", true},
        {"10/1/2018 \xE2\x80\x93 8/31/2019", true},
        {"8/31/2019 - 10/1/2018", false},
        {"as of 10/1/2018", false},
        {"10/1/2018, 8/31/2019", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof releases / sizeof releases[0]; i++) {
        struct pal_view found = pal_banner_release_in(pal_view_of(releases[i].text));
        if (!pal_view_is_equal(found, pal_view_of(releases[i].want))) {
            fail_msg("%s gave \"%.*s\"", releases[i].text, PAL_VIEW_ARG(found));
        }
    }
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        int32_t first = 0;
        int32_t last = 0;
        if (pal_banner_period_in(pal_view_of(periods[i].text), &first, &last) !=
            periods[i].want) {
            fail_msg("%s", periods[i].text);
        }
    }
}

static void a_case_name_serves_where_no_number_stands(void **state)
{
    static const char *const lines[] = {
        "UW v. DHS - ICE Productions",
        "Arrest Date|Arrest Method",
        "1/2/2012|Located",
    };
    (void)state;
    (void)HELPER_HARVEST(&(struct helper_sheet){0}, lines);
    assert_starts(helper_banner(), "UW v. DHS - ICE Productions|");
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
        cmocka_unit_test(a_header_in_normal_form_has_words_and_single_blanks),
        cmocka_unit_test(words_written_as_one_and_short_forms_are_told_apart),
        cmocka_unit_test(
            oddity_01_the_header_row_is_found_below_a_banner_of_any_height),
        cmocka_unit_test(oddity_02_rows_outside_the_titles_period_are_stored),
        cmocka_unit_test(oddity_03_a_summary_and_footnotes_are_notes),
        cmocka_unit_test(oddity_05_columns_are_recognised_by_name_in_any_order),
        cmocka_unit_test(oddity_05_a_header_that_stands_twice_maps_once),
        cmocka_unit_test(a_better_name_takes_the_field_from_a_general_one),
        cmocka_unit_test(oddity_07_a_sheet_is_known_by_its_headers_whatever_its_name),
        cmocka_unit_test(a_detainers_sheet_with_an_apprehension_date_is_detainers),
        cmocka_unit_test(a_list_of_facilities_or_field_names_is_a_note),
        cmocka_unit_test(a_column_that_nobody_knows_is_kept_as_text),
        cmocka_unit_test(a_header_that_is_itself_redacted_is_an_unknown_column),
        cmocka_unit_test(the_banner_gives_release_and_period),
        cmocka_unit_test(a_case_name_serves_where_no_number_stands),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
