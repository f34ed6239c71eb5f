#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "helper_sheet.h"
#include "record/date.h"

static const char *const state_names[] = {
    "ok",
    "partial",
    "impossible",
    "not",
};

struct expected {
    const char *text;
    const char
        *want; /* a day, with " HH:MM:SS" when there is a time; or a state's name */
};

static void read_as_text(const char *text, bool allow_month, char out[40])
{
    /* A copy of the exact size: a byte read behind it is found by the sanitizer. */
    char *copy = pal_string_copy(pal_view_of(text));
    struct pal_moment moment;
    assert_non_null(copy);
    enum pal_date_state state =
        pal_date_read((struct pal_view){copy, strlen(text)}, allow_month, &moment);
    pal_free(copy);
    if (state != PAL_DATE_OK) {
        assert_int_equal(moment.day, PAL_DAY_NONE);
        (void)snprintf(out, 40, "%s", state_names[state]);
        return;
    }
    char day[16];
    pal_day_text(moment.day, day);
    int second = (int)(moment.microseconds / 1000000);
    if (moment.microseconds == 0) {
        (void)snprintf(out, 40, "%s", day);
    } else {
        (void)snprintf(out, 40, "%s %02d:%02d:%02d", day, second / 3600,
                       second / 60 % 60, second % 60);
    }
}

static void check(const struct expected *rows, size_t count, bool allow_month)
{
    for (size_t i = 0; i < count; i++) {
        char found[40];
        read_as_text(rows[i].text, allow_month, found);
        if (strcmp(found, rows[i].want) != 0) {
            fail_msg("\"%s\" is %s, not %s", rows[i].text, found, rows[i].want);
        }
    }
}
#define CHECK(rows, allow_month)                                                       \
    check(rows, sizeof(rows) / sizeof((rows)[0]), allow_month)

static void month_first_dates_are_read_with_and_without_zeros(void **state)
{
    static const struct expected rows[] = {
        {"10/1/2018", "2018-10-01"},  {"1/2/2019", "2019-01-02"},
        {"07/02/2019", "2019-07-02"}, {"12/31/1999", "1999-12-31"},
        {"2/29/2024", "2024-02-29"},  {"2/29/2023", "impossible"},
        {"4/31/2019", "impossible"},  {"13/1/2019", "impossible"},
        {"0/1/2019", "impossible"},   {"1/0/2019", "impossible"},
        {"1/32/2019", "impossible"},  {"4/11/17", "2017-04-11"},
        {"4/11/82", "1982-04-11"},    {"1/2/49", "2049-01-02"},
        {"1/2/50", "1950-01-02"},     {"10-1-2018", "2018-10-01"},
        {"1/2/20199", "impossible"},  {"1/2/201", "impossible"},
    };
    (void)state;
    CHECK(rows, false);
}

static void year_first_named_month_and_digit_dates_are_read(void **state)
{
    static const struct expected rows[] = {
        {"2024-03-19", "2024-03-19"},
        {"2024-3-9", "2024-03-09"},
        {"2024/03/19", "2024-03-19"},
        {"20240319", "2024-03-19"},
        {"20-Sep-07", "2007-09-20"},
        {"20-Sep-2007", "2007-09-20"},
        {"20 Sept 2007", "2007-09-20"},
        {"September 20, 2007", "2007-09-20"},
        {"Sep 20 2007", "2007-09-20"},
        {"20-SEPTEMBER-2007", "2007-09-20"},
        {"31-Feb-2007", "impossible"},
        {"2024-13-01", "impossible"},
        {"99999999", "not"},
        {"20241301", "impossible"},
    };
    (void)state;
    CHECK(rows, false);
}

static void times_of_day_are_read_beside_a_date(void **state)
{
    static const struct expected rows[] = {
        {"2024-03-19 15:06:00", "2024-03-19 15:06:00"},
        {"2024-03-19T15:06:07Z", "2024-03-19 15:06:07"},
        {"2024-03-19 15:06:07.25", "2024-03-19 15:06:07"},
        {"6/14/2002 03:10 PM", "2002-06-14 15:10:00"},
        {"6/14/2002 12:00 AM", "2002-06-14"},
        {"6/14/2002 12:30 pm", "2002-06-14 12:30:00"},
        {"6/14/2002 3:10", "2002-06-14 03:10:00"},
        {"6/14/2002 13:10 PM", "not"},
        {"6/14/2002 24:00", "not"},
        {"6/14/2002 3:60", "not"},
        {"6/14/2002 3", "not"},
        {"6/14/2002 noon", "not"},
        {"6/14/2002x", "not"},
    };
    (void)state;
    CHECK(rows, false);
}

static void what_is_no_date_is_said_to_be_none(void **state)
{
    static const struct expected rows[] = {
        {"", "not"},          {"5299", "not"},       {"13AB", "not"},
        {"March", "partial"}, {"Marching", "not"},   {"n/a", "not"},
        {"1/", "not"},        {"1/2/", "not"},       {"/1/2019", "not"},
        {"1//2019", "not"},   {"1234567890", "not"}, {"-1", "not"},
        {"202503", "not"},    {"2024-", "not"},      {"1/2/2019/4", "not"},
        {"43831", "not"},
    };
    (void)state;
    CHECK(rows, false);
}

static void a_month_is_a_date_only_where_head_counts_allow_it(void **state)
{
    static const struct expected with[] = {
        {"202503", "2025-03-01"}, {"202409", "2024-09-01"},   {"202513", "impossible"},
        {"002503", "not"},        {"20250301", "2025-03-01"},
    };
    (void)state;
    CHECK(with, true);
}

static void oddity_17_impossible_days_are_missing_with_a_reason(void **state)
{
    static const struct expected rows[] = {
        {"07/02/0999", "impossible"},
        {"01/01/0001", "impossible"},
        {"06/14/0002 03:10 PM", "impossible"},
        {"12/31/1899", "impossible"},
        {"1/1/1900", "1900-01-01"},
        {"12/31/2100", "2100-12-31"},
        {"1/1/2101", "impossible"},
    };
    static const char *const lines[] = {
        "Area of Responsibility|Apprehension Date|Departed Date|RC Threat Level",
        "Dallas Area of Responsibility|07/02/0999|1/2/2019|NA",
        "Dallas Area of Responsibility|01/01/0001|1/2/2019|1",
        "Dallas Area of Responsibility|7/2/1999|1/2/2019|1",
    };
    (void)state;
    CHECK(rows, false);
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table removal, header 1, read 3, stored 3, rejected 0, blank 0\n"
        "2: departed_date=2019-01-02 docket_aor=Dallas apprehension_date=(failed) "
        "case_threat_level=NA\n"
        "3: departed_date=2019-01-02 docket_aor=Dallas apprehension_date=(failed) "
        "case_threat_level=1\n"
        "4: departed_date=2019-01-02 docket_aor=Dallas apprehension_date=1999-07-02 "
        "case_threat_level=1\n"
        "reject 2:1 date.impossible '07/02/0999'\n"
        "reject 3:1 date.impossible '01/01/0001'\n");
}

static void oddity_18_a_future_date_is_kept(void **state)
{
    static const struct expected rows[] = {{"9/17/2026", "2026-09-17"}};
    (void)state;
    CHECK(rows, false);
}

static void oddity_19_dates_out_of_order_are_kept_as_released(void **state)
{
    static const char *const lines[] = {
        ("Area of Responsibility|Apprehension Date|Departed Date|Removal Date|RC "
         "Threat "
         "Level"),
        "|5/5/2019|1/2/2018|1/2/2019|NA",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table removal, header 1, read 1, stored 1, rejected 0, blank 0\n"
        "2: departed_date=2018-01-02 removal_date=2019-01-02 "
        "apprehension_date=2019-05-05 "
        "case_threat_level=NA\n");
}

static void oddity_20_apprehensions_of_1970_are_kept(void **state)
{
    static const struct expected rows[] = {{"1/1/1970", "1970-01-01"},
                                           {"12/31/1969", "1969-12-31"}};
    (void)state;
    CHECK(rows, false);
}

static void oddity_21_a_time_of_day_goes_beside_the_date_and_midnight_is_none(
    void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method", "2024-03-19 15:06:00|Located",
        "2007-10-02 00:00:00|Located",           "10/2/2007|Located",
        "@45370.629166666666|Located",           "@45370|Located",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 5, stored 5, rejected 0, blank 0\n"
        "2: apprehension_date=2024-03-19 apprehension_date_time=2024-03-19T15:06:00 "
        "apprehension_method=Located\n"
        "3: apprehension_date=2007-10-02 apprehension_method=Located\n"
        "4: apprehension_date=2007-10-02 apprehension_method=Located\n"
        "5: apprehension_date=2024-03-19 apprehension_date_time=2024-03-19T15:06:00 "
        "apprehension_method=Located\n"
        "6: apprehension_date=2024-03-19 apprehension_method=Located\n");
}

static void oddity_22_day_first_and_partial_dates_are_not_guessed(void **state)
{
    static const struct expected rows[] = {
        {"20/09/2007", "impossible"}, {"Oct-82", "partial"},
        {"1980", "partial"},          {"10/1982", "partial"},
        {"1982-10", "partial"},       {"October 1982", "partial"},
    };
    (void)state;
    CHECK(rows, false);
}

static void oddity_23_a_charge_code_in_a_date_column_is_kept_as_raw_text(void **state)
{
    static const char *const lines[] = {
        "Prepare Date|Detainer Type|MSC Charge Date|MSC Charge Code|MSC Sentence Days",
        "1/2/2025|I247A|13AB|1/5/2020|10",
        "1/2/2025|I247A|5299|1399|ten",
        "1/2/2025|I247A|#5299|@43835|@43835",
        "1/2/2025|I247A|@43835|#1399|#10",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table detainer, header 1, read 4, stored 4, rejected 0, blank 0\n"
        "2: detainer_prepare_date=2025-01-02 detainer_type=I247A msc_sentence_days=10 "
        "msc_charge_code=1/5/2020 msc_charge_date=(failed)\n"
        "3: detainer_prepare_date=2025-01-02 detainer_type=I247A "
        "msc_sentence_days=(failed) "
        "msc_charge_code=1399 msc_charge_date=(failed)\n"
        "4: detainer_prepare_date=2025-01-02 detainer_type=I247A "
        "msc_sentence_days=(failed) "
        "msc_charge_code=(failed) msc_charge_date=(failed)\n"
        "5: detainer_prepare_date=2025-01-02 detainer_type=I247A msc_sentence_days=10 "
        "msc_charge_code=1399 msc_charge_date=2020-01-05\n"
        "reject 2:2 date.not_a_date '13AB'\n"
        "reject 3:2 date.not_a_date '5299'\n"
        "reject 3:4 number.not_a_number 'ten'\n"
        "reject 4:2 date.not_a_date '5299'\n"
        "reject 4:3 text.is_a_date '43835'\n"
        "reject 4:4 text.is_a_date '43835'\n");
}

static void a_spreadsheet_serial_is_a_day_and_a_time(void **state)
{
    static const struct {
        double serial;
        int32_t day; /* PAL_DAY_NONE: impossible */
        int64_t second;
    } rows[] = {
        {25569, 0, 0},
        {25569.5, 0, 43200},
        {43831, 18262, 0},
        {43831.999999999, 18263, 0}, /* a hair below midnight is midnight */
        {61, -25508, 0},
        {60, PAL_DAY_NONE, 0},
        {0.5, PAL_DAY_NONE, 0},
        {-1, PAL_DAY_NONE, 0},
        {1e300, PAL_DAY_NONE, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_moment moment;
        enum pal_date_state found = pal_date_of_serial(rows[i].serial, &moment);
        assert_int_equal(found == PAL_DATE_OK, rows[i].day != PAL_DAY_NONE);
        assert_int_equal(moment.day, rows[i].day);
        assert_int_equal(moment.microseconds, rows[i].second * 1000000);
    }
}

/* Every day of 1900 to 2100 through every form comes back the same. */
static void a_day_written_in_any_form_comes_back(void **state)
{
    (void)state;
    for (int32_t day = -25567; day < 47847; day++) {
        struct pal_civil date = pal_civil_of(day);
        char texts[4][32];
        (void)snprintf(texts[0], 32, "%d/%d/%d", date.month, date.day, date.year);
        (void)snprintf(texts[1], 32, "%02d/%02d/%04d", date.month, date.day, date.year);
        pal_day_text(day, texts[2]);
        (void)snprintf(texts[3], 32, "%04d%02d%02d", date.year, date.month, date.day);
        for (size_t i = 0; i < 4; i++) {
            struct pal_moment moment;
            if (pal_date_read(pal_view_of(texts[i]), false, &moment) != PAL_DATE_OK ||
                moment.day != day) {
                fail_msg("%s", texts[i]);
            }
        }
    }
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
        cmocka_unit_test(month_first_dates_are_read_with_and_without_zeros),
        cmocka_unit_test(year_first_named_month_and_digit_dates_are_read),
        cmocka_unit_test(times_of_day_are_read_beside_a_date),
        cmocka_unit_test(what_is_no_date_is_said_to_be_none),
        cmocka_unit_test(a_month_is_a_date_only_where_head_counts_allow_it),
        cmocka_unit_test(oddity_17_impossible_days_are_missing_with_a_reason),
        cmocka_unit_test(oddity_18_a_future_date_is_kept),
        cmocka_unit_test(oddity_19_dates_out_of_order_are_kept_as_released),
        cmocka_unit_test(oddity_20_apprehensions_of_1970_are_kept),
        cmocka_unit_test(
            oddity_21_a_time_of_day_goes_beside_the_date_and_midnight_is_none),
        cmocka_unit_test(oddity_22_day_first_and_partial_dates_are_not_guessed),
        cmocka_unit_test(oddity_23_a_charge_code_in_a_date_column_is_kept_as_raw_text),
        cmocka_unit_test(a_spreadsheet_serial_is_a_day_and_a_time),
        cmocka_unit_test(a_day_written_in_any_form_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
