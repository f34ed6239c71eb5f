#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helper_sheet.h"

static void oddity_13_blanks_dashes_and_na_are_missing_but_answers_stay(void **state)
{
    static const char *const lines[] = {
        ("Event Date|Responsible AOR|Citizenship|Gender|Operation|Processing "
         "Disposition"),
        "1/2/2019||UNKNOWN|Unknown|--|Not  Applicable",
        "1/2/2019|  |NA|N/A| -- |NULL",
        "1/2/2019|NA|na|Male|OTHER-OTHER FACILITY|\t",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table encounter, header 1, read 3, stored 3, rejected 0, blank 0\n"
        "2: event_date=2019-01-02 processing_disposition=Not Applicable "
        "citizenship_country=UNKNOWN gender=Unknown\n"
        "3: event_date=2019-01-02\n"
        "4: event_date=2019-01-02 operation=OTHER-OTHER FACILITY gender=Male\n");
}

static void oddity_13_na_is_a_value_of_a_threat_level(void **state)
{
    static const char *const lines[] = {
        "Departed Date|Case Category|RC Threat Level|Final Charge Section",
        "1/2/2019|NA|NA|NA",
        "1/2/2019|[8F] Expedited Removal|--|212a7AiI",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table removal, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: departed_date=2019-01-02 case_threat_level=NA\n"
        "3: departed_date=2019-01-02 case_category=[8F] Expedited Removal "
        "final_charge_section=212a7AiI\n");
}

static void oddity_14_an_arrest_without_an_area_is_stored(void **state)
{
    static const char *const lines[] = {
        "Area of Responsibility|Apprehension Date|Apprehension Method",
        "|1/2/2019|Patrol Border",
        "HQ Area of Responsibility|1/2/2019|Worksite Enforcement",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: apprehension_date=2019-01-02 apprehension_method=Patrol Border\n"
        "3: apprehension_date=2019-01-02 apprehension_aor=HQ "
        "apprehension_method=Worksite Enforcement\n");
}

static void oddity_15_blank_places_and_lift_reasons_are_missing(void **state)
{
    static const char *const lines[] = {
        ("Prepare Date|Detainer Type|Detainer Detention Facility|State|City|Detainer "
         "Lift "
         "Reason"),
        "@42132|I247|OTHER-OTHER FACILITY|||",
        "@42132|I247|ADA COUNTY JAIL|IDAHO|BOISE|Lifted",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table detainer, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: detainer_prepare_date=2015-05-08 detainer_type=I247 "
        "detention_facility=OTHER-OTHER FACILITY\n"
        "3: detainer_prepare_date=2015-05-08 detainer_type=I247 "
        "detainer_lift_reason=Lifted facility_state=IDAHO facility_city=BOISE "
        "detention_facility=ADA COUNTY JAIL\n");
    assert_string_equal(
        helper_columns(),
        "0 Prepare Date -> detainer_prepare_date, filled 2 missing 0 redacted 0 failed "
        "0 "
        "withheld 0\n"
        "1 Detainer Type -> detainer_type, filled 2 missing 0 redacted 0 failed 0 "
        "withheld 0\n"
        "2 Detainer Detention Facility -> detention_facility, filled 2 missing 0 "
        "redacted 0 "
        "failed 0 withheld 0\n"
        "3 State -> facility_state, filled 1 missing 1 redacted 0 failed 0 withheld 0\n"
        "4 City -> facility_city, filled 1 missing 1 redacted 0 failed 0 withheld 0\n"
        "5 Detainer Lift Reason -> detainer_lift_reason, filled 1 missing 1 redacted 0 "
        "failed 0 withheld 0\n");
}

static void oddity_16_a_field_that_was_not_recorded_yet_is_missing_not_none(
    void **state)
{
    static const char *const lines[] = {
        "Arrest Date|Gender|Arrest Method|Most Serious Conviction",
        "1/2/2012|Male|CAP Local Incarceration|",
        "1/2/2016|Male|CAP Local Incarceration|Assault",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: apprehension_date=2012-01-02 apprehension_method=CAP Local "
        "Incarceration gender=Male\n"
        "3: apprehension_date=2016-01-02 apprehension_method=CAP Local "
        "Incarceration gender=Male most_serious_conviction=Assault\n");
}

static void oddity_24_landmarks_lose_tabs_and_doubled_blanks_and_keep_their_case(
    void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Apprehension Landmark",
        "1/2/2016|Located| MULTNOMAH COUNTY JAILS",
        "1/2/2016|Located|\t\tCOOK INLET PRETRIAL FACILITY",
        "1/2/2016|Located|BERKELEY COUNTY  PROBATION &\n PAROLE OFFICE\t",
        "1/2/2016|Located|Big Spring BOP Facilities",
        "1/2/2016|Located|DO NOT USE",
        "1/2/2016|Located|HPC GENERAL AREA, NON-SPECIFIC",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 6, stored 6, rejected 0, blank 0\n"
        "2: apprehension_date=2016-01-02 apprehension_method=Located "
        "apprehension_site_landmark=MULTNOMAH COUNTY JAILS\n"
        "3: apprehension_date=2016-01-02 apprehension_method=Located "
        "apprehension_site_landmark=COOK INLET PRETRIAL FACILITY\n"
        "4: apprehension_date=2016-01-02 apprehension_method=Located "
        "apprehension_site_landmark=BERKELEY COUNTY PROBATION & PAROLE OFFICE\n"
        "5: apprehension_date=2016-01-02 apprehension_method=Located "
        "apprehension_site_landmark=Big Spring BOP Facilities\n"
        "6: apprehension_date=2016-01-02 apprehension_method=Located "
        "apprehension_site_landmark=DO NOT USE\n"
        "7: apprehension_date=2016-01-02 apprehension_method=Located "
        "apprehension_site_landmark=HPC GENERAL AREA, NON-SPECIFIC\n");
}

static void blanks_and_marks_that_nobody_sees_make_no_other_value(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date\u200B|Apprehension\u00A0Method|Apprehension AOR|Birth Year",
        "\u200E1/2/2016|Loc\u00ADated\uFEFF|Boston "
        "Area\u00A0of\u2003Responsibility\u200B|"
        "1990\u200F",
        "\u00A01/3/2016\u00A0|\u2009Located \u200B|\u200B|\u00A0",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: apprehension_date=2016-01-02 apprehension_aor=Boston "
        "apprehension_method=Located birth_year=1990\n"
        "3: apprehension_date=2016-01-03 apprehension_method=Located\n");
}

static void oddity_25_punctuation_inside_values_is_kept(void **state)
{
    static const char *const lines[] = {
        "Departed Date|Citizenship|Case Category",
        ("1/2/2019|CHINA, PEOPLES REPUBLIC OF|[8C] Excludable / Inadmissible - "
         "Administrative Final Order Issued"),
        "1/2/2019|C\xC3\x94TE D'IVOIRE|287(g) Program",
        "1/2/2019|CO\xCC\x82TE|&",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table removal, header 1, read 3, stored 3, rejected 0, blank 0\n"
        "2: departed_date=2019-01-02 case_category=[8C] Excludable / Inadmissible - "
        "Administrative Final Order Issued citizenship_country=CHINA, PEOPLES REPUBLIC "
        "OF\n"
        "3: departed_date=2019-01-02 case_category=287(g) Program "
        "citizenship_country=C\xC3\x94TE D'IVOIRE\n"
        "4: departed_date=2019-01-02 case_category=& "
        "citizenship_country=C\xC3\x94TE\n");
}

static void oddity_26_case_and_near_duplicates_stay_as_released(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Processing Disposition",
        "1/2/2019|Located|REINSTATEMENT OF DEPORT ORDER I-871",
        "1/2/2019|Located|Reinstatement of Deport Order I-871",
        "1/2/2019|Located|VWP Removal",
        "1/2/2019|Located|VWPP Removal",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 4, stored 4, rejected 0, blank 0\n"
        "2: apprehension_date=2019-01-02 apprehension_method=Located "
        "processing_disposition=REINSTATEMENT OF DEPORT ORDER I-871\n"
        "3: apprehension_date=2019-01-02 apprehension_method=Located "
        "processing_disposition=Reinstatement of Deport Order I-871\n"
        "4: apprehension_date=2019-01-02 apprehension_method=Located "
        "processing_disposition=VWP Removal\n"
        "5: apprehension_date=2019-01-02 apprehension_method=Located "
        "processing_disposition=VWPP Removal\n");
}

static void oddity_27_long_short_and_coded_areas_are_one_place(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Apprehension AOR",
        "1/2/2019|Located|Dallas Area of Responsibility",
        "1/2/2019|Located|DAL",
        "1/2/2019|Located| dallas ",
        "1/2/2019|Located|St. Paul Area of Responsibility",
        "1/2/2019|Located|St Paul",
        "1/2/2019|Located|New York",
        "1/2/2019|Located|Guam Area of Responsibility",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 7, stored 7, rejected 0, blank 0\n"
        "2: apprehension_date=2019-01-02 apprehension_aor=Dallas "
        "apprehension_method=Located\n"
        "3: apprehension_date=2019-01-02 apprehension_aor=Dallas "
        "apprehension_method=Located\n"
        "4: apprehension_date=2019-01-02 apprehension_aor=Dallas "
        "apprehension_method=Located\n"
        "5: apprehension_date=2019-01-02 apprehension_aor=St. Paul "
        "apprehension_method=Located\n"
        "6: apprehension_date=2019-01-02 apprehension_aor=St. Paul "
        "apprehension_method=Located\n"
        "7: apprehension_date=2019-01-02 apprehension_aor=New York City "
        "apprehension_method=Located\n"
        "8: apprehension_date=2019-01-02 apprehension_aor=Guam Area of Responsibility "
        "apprehension_method=Located\n");
}

static void oddity_34_a_suppressed_count_is_no_number_and_no_zero(void **state)
{
    static const char *const lines[] = {
        "DATECODE|AGY|AGYSUB|OCC|PAYPLAN|EMPCOUNT|AVGSAL",
        "202503|HS|HSBB|1801|GS|6,860|101,234.5",
        "202409|10_OR_LESS|10_OR_LESS|10_OR_LESS|NA|10_OR_LESS|null",
        "202413|HS|HSBB|1811|GS|1.5|21,02",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table head_count, header 1, read 3, stored 3, rejected 0, blank 0\n"
        "2: date=2025-03-01 agency=HS agency_sub=HSBB occupation=1801 pay_plan=GS "
        "employment=6860 average_salary=101234.5\n"
        "3: date=2024-09-01 agency=10_OR_LESS agency_sub=10_OR_LESS "
        "occupation=10_OR_LESS "
        "pay_plan=NA employment=(failed)\n"
        "4: date=(failed) agency=HS agency_sub=HSBB occupation=1811 pay_plan=GS "
        "employment=(failed) average_salary=(failed)\n"
        "reject 3:5 count.suppressed '10_OR_LESS'\n"
        "reject 4:0 date.impossible '202413'\n"
        "reject 4:5 number.not_whole '1.5'\n"
        "reject 4:6 number.not_a_number '21,02'\n");
}

static void numbers_are_read_with_commas_dollars_and_signs(void **state)
{
    static const char *const lines[] = {
        ("Stay Book In Date Time|Detention Facility|Bond Posted Amount|MSC Sentence "
         "Days"),
        "2012-01-01 10:00:00|A|$1,500.00|1,234,567",
        "2012-01-01 10:00:00|A|#2500|-3",
        "2012-01-01 10:00:00|A|1,50|1e3",
        "2012-01-01 10:00:00|A|!#N/A|99999999999999999999",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table stint, header 1, read 4, stored 4, rejected 0, blank 0\n"
        "2: stay_book_in_date_time=2012-01-01T10:00:00 detention_facility=A "
        "bond_posted_amount=1500 msc_sentence_days=1234567\n"
        "3: stay_book_in_date_time=2012-01-01T10:00:00 detention_facility=A "
        "bond_posted_amount=2500 msc_sentence_days=-3\n"
        "4: stay_book_in_date_time=2012-01-01T10:00:00 detention_facility=A "
        "bond_posted_amount=(failed) msc_sentence_days=1000\n"
        "5: stay_book_in_date_time=2012-01-01T10:00:00 detention_facility=A "
        "bond_posted_amount=(failed) msc_sentence_days=(failed)\n"
        "reject 4:2 number.not_a_number '1,50'\n"
        "reject 5:2 cell.error '#N/A'\n"
        "reject 5:3 number.not_whole '99999999999999999999'\n");
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
        cmocka_unit_test(oddity_13_blanks_dashes_and_na_are_missing_but_answers_stay),
        cmocka_unit_test(oddity_13_na_is_a_value_of_a_threat_level),
        cmocka_unit_test(oddity_14_an_arrest_without_an_area_is_stored),
        cmocka_unit_test(oddity_15_blank_places_and_lift_reasons_are_missing),
        cmocka_unit_test(
            oddity_16_a_field_that_was_not_recorded_yet_is_missing_not_none),
        cmocka_unit_test(
            oddity_24_landmarks_lose_tabs_and_doubled_blanks_and_keep_their_case),
        cmocka_unit_test(blanks_and_marks_that_nobody_sees_make_no_other_value),
        cmocka_unit_test(oddity_25_punctuation_inside_values_is_kept),
        cmocka_unit_test(oddity_26_case_and_near_duplicates_stay_as_released),
        cmocka_unit_test(oddity_27_long_short_and_coded_areas_are_one_place),
        cmocka_unit_test(oddity_34_a_suppressed_count_is_no_number_and_no_zero),
        cmocka_unit_test(numbers_are_read_with_commas_dollars_and_signs),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
