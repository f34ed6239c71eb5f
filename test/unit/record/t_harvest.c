#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "helper_sheet.h"
#include "record/cell_memory.h"
#include "record/dictionary_internal.h"

static void a_blank_row_is_counted_blank(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method",
        "1/2/2019|Located",
        "||",
        " |\t",
        "-",
        "1/3/2019|Located",
        "\xC2\xA0",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 5, stored 2, rejected 0, blank 3\n"
        "2: apprehension_date=2019-01-02 apprehension_method=Located\n"
        "6: apprehension_date=2019-01-03 apprehension_method=Located\n");
}

static void a_repeated_header_and_a_footnote_are_rejected_with_their_text(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Birth Date",
        "1/2/2019|Located|",
        "apprehension date|Apprehension Method |Birth Date",
        "1/3/2019|Located|3/4/1985",
        "Total: 2",
        "* through July",
        "Data are updated through 07/06/2019 and change after that day.",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 6, stored 2, rejected 4, blank 0\n"
        "2: apprehension_date=2019-01-02 apprehension_method=Located\n"
        "4: apprehension_date=2019-01-03 apprehension_method=Located\n"
        "row reject 3 row.repeated_header 'apprehension date\tApprehension Method '\n"
        "row reject 5 row.not_a_record 'Total: 2'\n"
        "row reject 6 row.not_a_record '* through July'\n"
        "row reject 7 row.not_a_record 'Data are updated through 07/06/2019 and change "
        "after that day.'\n");
}

static void totals_with_their_counts_are_no_records(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Apprehension AOR|Case Status",
        "1/2/2019|Located|Boston|",
        "Total|||1",
        "Grand Total: 1,203|||",
        "Subtotal||12|1,203",
        "Total Wine|Located|Boston|",
        "|Total||",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 6, stored 3, rejected 3, blank 0\n"
        "2: apprehension_date=2019-01-02 apprehension_aor=Boston "
        "apprehension_method=Located\n"
        "6: apprehension_date=(failed) apprehension_aor=Boston "
        "apprehension_method=Located\n"
        "7: apprehension_method=Total\n"
        "reject 6:0 date.not_a_date 'Total Wine'\n"
        "row reject 3 row.not_a_record 'Total\t1'\n"
        "row reject 4 row.not_a_record 'Grand Total: 1,203'\n"
        "row reject 5 row.not_a_record 'Subtotal\t12\t1,203'\n");
}

static void a_second_table_in_a_sheet_is_not_read_as_the_first(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Apprehension AOR|Citizenship Country",
        "1/2/2019|Located|Boston|PERU",
        "Arrest Date|Arrest Method|Area of Responsibility|Country of Citizenship",
        "1/3/2019|Located|Boston|PERU",
        "",
        "Detainer Prepare Date|Detainer Type|Detention Facility|Detainer Lift Reason",
        "1/4/2019|I-247A|JAIL|Booked into Detention",
        "",
        "1/5/2019|I-247A|JAIL|Booked into Detention",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 8, stored 2, rejected 4, blank 2\n"
        "2: apprehension_date=2019-01-02 apprehension_aor=Boston "
        "apprehension_method=Located citizenship_country=PERU\n"
        "4: apprehension_date=2019-01-03 apprehension_aor=Boston "
        "apprehension_method=Located citizenship_country=PERU\n"
        "row reject 3 row.repeated_header 'Arrest Date\tArrest Method\tArea of "
        "Responsibility\tCountry of Citizenship'\n"
        "row reject 6 row.another_table ''\n"
        "row reject 7 row.another_table ''\n"
        "row reject 9 row.another_table ''\n");
}

static void a_record_with_a_single_value_is_stored(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method",          "1/2/2019|", "|Located",
        "(b)(6), (b)(7)(c) (b)(7)(e), (b)(6), (b)(7)(c)", "hello",     "|Total",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 5, stored 5, rejected 0, blank 0\n"
        "2: apprehension_date=2019-01-02\n"
        "3: apprehension_method=Located\n"
        "4: apprehension_date=(redacted)\n"
        "5: apprehension_date=(failed)\n"
        "6: apprehension_method=Total\n"
        "reject 5:0 date.not_a_date 'hello'\n");
}

static void oddity_28_equal_rows_are_each_stored(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Gender",
        "1/2/2019|Located|Male",
        "1/2/2019|Located|Male",
        "1/2/2019|Located|Male",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 3, stored 3, rejected 0, blank 0\n"
        "2: apprehension_date=2019-01-02 apprehension_method=Located gender=Male\n"
        "3: apprehension_date=2019-01-02 apprehension_method=Located gender=Male\n"
        "4: apprehension_date=2019-01-02 apprehension_method=Located gender=Male\n");
}

static void oddity_29_a_reprocessed_arrest_of_the_same_person_is_stored(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Unique Identifier",
        "1/2/2019|CAP Local Incarceration|aa",
        "1/2/2019|ERO Reprocessed Arrest|aa",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: apprehension_date=2019-01-02 apprehension_method=CAP Local Incarceration "
        "unique_identifier=id1\n"
        "3: apprehension_date=2019-01-02 apprehension_method=ERO Reprocessed Arrest "
        "unique_identifier=id1\n");
}

static void oddity_30_unnamed_row_numbers_and_blanks_in_headers_do_no_harm(void **state)
{
    static const char *const lines[] = {
        "office_name| state_name| county_name| notes",
        "St Paul| Minnesota",
        "New York City| New York| Kings| see map",
    };
    static const char *const numbered[] = {
        "|Apprehension Date|Apprehension Method",
        "1|1/2/2019|Located",
        "2|1/3/2019|Located",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table area_state, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: office_name=St. Paul state_name=Minnesota\n"
        "3: office_name=New York City state_name=New York "
        "county_name=Kings notes=see map\n");
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, numbered),
        "table arrest, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: apprehension_date=2019-01-02 apprehension_method=Located\n"
        "3: apprehension_date=2019-01-03 apprehension_method=Located\n"
        "extra 2:0 '1'\n"
        "extra 3:0 '2'\n");
}

static void a_spreadsheet_error_is_kept_as_a_reject(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method",
        "!#REF!|!#N/A",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 1, stored 1, rejected 0, blank 0\n"
        "2: apprehension_date=(failed) apprehension_method=(failed)\n"
        "reject 2:0 cell.error '#REF!'\n"
        "reject 2:1 cell.error '#N/A'\n");
}

static void a_time_of_day_without_a_field_is_kept_beside(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Final Order Date",
        "1/2/2019|Located|1/2/2018 14:00",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 1, stored 1, rejected 0, blank 0\n"
        "2: apprehension_date=2019-01-02 apprehension_method=Located "
        "final_order_date=2018-01-02\n"
        "extra 2:2 '1/2/2018 14:00'\n");
}

static void a_field_is_recorded_where_a_column_or_a_time_of_day_says_it(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Unique Identifier|Gender",
        "1/2/2019|Located|x|",
        "1/2/2019 10:00|Located|x|",
    };
    (void)state;
    (void)helper_harvest(&(struct helper_sheet){0}, lines, 2);
    assert_string_equal(
        helper_recorded(),
        "apprehension_date apprehension_method gender unique_identifier ");
    (void)helper_harvest(&(struct helper_sheet){.keep_ids = true}, lines, 3);
    assert_string_equal(helper_recorded(),
                        "apprehension_date apprehension_date_time apprehension_method "
                        "gender unique_identifier unique_identifier_released ");
}

static void an_empty_sheet_is_an_empty_note(void **state)
{
    static const char *const lines[] = {
        "-",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table note, header 0, read 0, stored 0, rejected 0, blank 0\n");
}

static void a_table_without_rows_has_a_header_and_no_records(void **state)
{
    static const char *const lines[] = {
        "title",
        "Prepare Date|Detainer Type",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table detainer, header 2, read 0, stored 0, rejected 0, blank 0\n");
}

/* ---- streams made on the fly ---- */

struct counted_rows {
    struct pal_row_stream base;
    uint64_t at;
    uint64_t count;
    uint64_t fail_at; /* 0: never */
    struct pal_cell cells[4];
    char texts[4][64];
};

static void put(struct counted_rows *rows, uint32_t column, const char *text)
{
    (void)snprintf(rows->texts[column], sizeof rows->texts[column], "%s", text);
    rows->cells[column] = (struct pal_cell){column, PAL_CELL_TEXT,
                                            pal_view_of(rows->texts[column]), 0, 0};
}

static pal_status next_counted(struct pal_row_stream *self, struct pal_row *row,
                               struct pal_error *err)
{
    struct counted_rows *rows = (struct counted_rows *)self;
    char text[64];
    *row = (struct pal_row){0, NULL, 0};
    if (rows->fail_at != 0 && rows->at == rows->fail_at) {
        return pal_fail(err, PAL_INPUT, "row %d is damaged", (int)rows->at);
    }
    if (rows->at > rows->count) {
        return PAL_OK;
    }
    if (rows->at == 0) {
        put(rows, 0, "Apprehension Date");
        put(rows, 1, "Apprehension Method");
        put(rows, 2, "Apprehension Landmark");
        put(rows, 3, "Not Known");
    } else {
        (void)snprintf(text, sizeof text, "PLACE %llu", (unsigned long long)rows->at);
        put(rows, 0, "1/2/2019");
        put(rows, 1, "Located");
        put(rows, 2, text);
        put(rows, 3, text);
    }
    rows->at++;
    *row = (struct pal_row){rows->at, rows->cells, 4};
    return PAL_OK;
}

/* Every text as a shared one; those of the second column have numbers that fall on one
 * another, and both columns use the same ones. */
static pal_status next_shared(struct pal_row_stream *self, struct pal_row *row,
                              struct pal_error *err)
{
    struct counted_rows *rows = (struct counted_rows *)self;
    pal_status status = next_counted(self, row, err);
    if (status != PAL_OK || row->cells == NULL || row->number == 1) {
        return status;
    }
    uint64_t turn = (row->number * row->number) % 3;
    char text[64];
    (void)snprintf(text, sizeof text, "METHOD %llu", (unsigned long long)turn);
    put(rows, 1, text);
    put(rows, 2, text);
    rows->cells[1].shared = 7 + (uint32_t)turn * PAL_CELL_SHARED_SLOTS;
    rows->cells[2].shared = rows->cells[1].shared;
    return PAL_OK;
}

static void shared_texts_are_told_apart_by_their_whole_number(void **state)
{
    enum { COUNT = 1000 };
    static const uint8_t key[PAL_KEY_SIZE] = {1};
    struct counted_rows rows = {.base = {next_shared}, .count = COUNT};
    struct pal_intern *terms = NULL;
    struct pal_batch *batch = NULL;
    struct pal_harvest *harvest = NULL;
    struct pal_harvest_options options = {PAL_VIEW("x"), PAL_VIEW(""), PAL_VIEW("d"),
                                          key,           false,        false};
    static const char *const fields[] = {"apprehension_method",
                                         "apprehension_site_landmark"};
    uint64_t next = 2;
    bool is_end = false;
    (void)state;
    HELPER_OK(pal_intern_new(&terms, helper_err));
    HELPER_OK(pal_batch_new(&batch, helper_err));
    HELPER_OK(pal_harvest_open(helper_dictionary(), &rows.base, terms, &options,
                               &harvest, helper_err));
    while (!is_end) {
        HELPER_OK(pal_harvest_next(harvest, batch, &is_end, helper_err));
        for (size_t i = 0; i < batch->row_count; i++, next++) {
            char want[64];
            (void)snprintf(want, sizeof want, "METHOD %llu",
                           (unsigned long long)(next * next % 3));
            for (size_t k = 0; k < 2; k++) {
                int32_t field = pal_dictionary_find_field(
                    helper_dictionary(), PAL_TABLE_ARREST, pal_view_of(fields[k]));
                struct pal_view found =
                    pal_intern_text(terms, batch->columns[field].values.term[i]);
                assert_true(pal_view_is_equal(found, pal_view_of(want)));
            }
        }
    }
    assert_int_equal(next, COUNT + 2);
    pal_harvest_close(harvest);
    pal_batch_free(batch);
    pal_intern_free(terms);
}

static void a_long_sheet_comes_in_batches_that_hold_every_row_once(void **state)
{
    enum { COUNT = 20001 };
    static const uint8_t key[PAL_KEY_SIZE] = {1};
    struct counted_rows rows = {.base = {next_counted}, .count = COUNT};
    struct pal_intern *terms = NULL;
    struct pal_batch *batch = NULL;
    struct pal_harvest *harvest = NULL;
    struct pal_harvest_options options = {PAL_VIEW("x"), PAL_VIEW(""), PAL_VIEW("d"),
                                          key,           false,        false};
    uint64_t next = 2;
    uint64_t extra_count = 0;
    bool is_end = false;
    int32_t landmark = pal_dictionary_find_field(
        helper_dictionary(), PAL_TABLE_ARREST, PAL_VIEW("apprehension_site_landmark"));
    (void)state;
    HELPER_OK(pal_intern_new(&terms, helper_err));
    HELPER_OK(pal_batch_new(&batch, helper_err));
    HELPER_OK(pal_harvest_open(helper_dictionary(), &rows.base, terms, &options,
                               &harvest, helper_err));
    while (!is_end) {
        HELPER_OK(pal_harvest_next(harvest, batch, &is_end, helper_err));
        assert_true(batch->row_count <= PAL_BATCH_ROW_MAX);
        for (size_t i = 0; i < batch->row_count; i++) {
            char want[64];
            (void)snprintf(want, sizeof want, "PLACE %llu",
                           (unsigned long long)next - 1);
            assert_int_equal(batch->row[i], next++);
            struct pal_view found =
                pal_intern_text(terms, batch->columns[landmark].values.term[i]);
            assert_true(pal_view_is_equal(found, pal_view_of(want)));
            assert_true(pal_view_is_equal(batch->extras[i].text, pal_view_of(want)));
        }
        extra_count += batch->extra_count;
    }
    const struct pal_account *account = pal_harvest_borrow_account(harvest);
    assert_int_equal(next, COUNT + 2);
    assert_int_equal(extra_count, COUNT);
    assert_int_equal(account->row_stored_count, COUNT);
    assert_int_equal(account->columns[2].filled_count, COUNT);
    /* Asked again after the end: still the end. */
    HELPER_OK(pal_harvest_next(harvest, batch, &is_end, helper_err));
    assert_true(is_end);
    pal_harvest_close(harvest);
    pal_batch_free(batch);
    pal_intern_free(terms);
}

static void a_failing_stream_stops_the_harvest_with_its_words(void **state)
{
    static const uint8_t key[PAL_KEY_SIZE] = {1};
    static const uint64_t fail_at[] = {1, 50, 127, 128, 129, 3000};
    (void)state;
    for (size_t i = 0; i < sizeof fail_at / sizeof fail_at[0]; i++) {
        struct counted_rows rows = {
            .base = {next_counted}, .count = 5000, .fail_at = fail_at[i]};
        struct pal_error error = {.status = PAL_OK};
        struct pal_intern *terms = NULL;
        struct pal_batch *batch = NULL;
        struct pal_harvest *harvest = NULL;
        struct pal_harvest_options options = {
            PAL_VIEW("x"), PAL_VIEW(""), PAL_VIEW("d"), key, false, false};
        bool is_end = false;
        HELPER_OK(pal_intern_new(&terms, helper_err));
        HELPER_OK(pal_batch_new(&batch, helper_err));
        pal_status status = pal_harvest_open(helper_dictionary(), &rows.base, terms,
                                             &options, &harvest, &error);
        while (status == PAL_OK && !is_end) {
            status = pal_harvest_next(harvest, batch, &is_end, &error);
        }
        assert_int_equal(status, PAL_INPUT);
        assert_non_null(strstr(error.text, "is damaged"));
        pal_harvest_close(harvest);
        pal_batch_free(batch);
        pal_intern_free(terms);
    }
}

/* A table, a note and a sheet of statistics in one go, for the failing allocations. */
static pal_status harvest_all(struct pal_error *err)
{
    static const char *const table[] = {
        "2019-ICFO-53623",
        ("Apprehension Date|Apprehension Method|Apprehension Landmark|Unique "
         "Identifier|Other"),
        "1/2/2019|Located| a  b |x1|text",
        "1/2/999|Located|C\xC3\x94TE|x2|text",
        "Apprehension Date|Apprehension Method",
        "1/2/2019|Located|a|x1|||more",
    };
    static const char *const statistic[] = {
        "A_NUMBER|b",
        "1|2",
        "ICE Initial Book-Ins by Arresting Agency and Month: FY2020",
        "Agency|Oct|Nov|Total",
        "ICE|#1|#2|#3",
    };
    static const struct {
        const char *const *lines;
        size_t count;
    } sheets[] = {{table, 6}, {statistic, 5}};
    static const uint8_t key[PAL_KEY_SIZE] = {1};
    static struct helper_rows rows;
    struct pal_dictionary *dictionary = NULL;
    struct pal_intern *terms = NULL;
    struct pal_batch *batch = NULL;
    struct pal_harvest_options options = {PAL_VIEW("x"), PAL_VIEW(""), PAL_VIEW("d"),
                                          key,           true,         false};
    pal_status status = pal_dictionary_open(&dictionary, err);
    if (status == PAL_OK) {
        status = pal_intern_new(&terms, err);
    }
    if (status == PAL_OK) {
        status = pal_batch_new(&batch, err);
    }
    for (size_t i = 0; i < 2 && status == PAL_OK; i++) {
        struct pal_harvest *harvest = NULL;
        bool is_end = false;
        helper_rows_init(&rows, sheets[i].lines, sheets[i].count);
        status =
            pal_harvest_open(dictionary, &rows.base, terms, &options, &harvest, err);
        while (status == PAL_OK && !is_end) {
            status = pal_harvest_next(harvest, batch, &is_end, err);
        }
        pal_harvest_close(harvest);
    }
    pal_batch_free(batch);
    pal_intern_free(terms);
    pal_dictionary_close(dictionary);
    return status;
}

static void every_failing_allocation_is_reported_and_leaks_nothing(void **state)
{
    struct pal_error error = {.status = PAL_OK};
    pal_status status = PAL_MEMORY;
    size_t n = 0;
    (void)state;
    while (status != PAL_OK) {
        n++;
        assert_true(n < 100000);
        error = (struct pal_error){.status = PAL_OK};
        pal_alloc_fail_after(n);
        status = harvest_all(&error);
        bool has_failed = pal_alloc_has_failed();
        pal_alloc_fail_after(0);
        assert_true(has_failed || status == PAL_OK);
        assert_true(status == PAL_OK ||
                    (status == PAL_MEMORY && error.text[0] != '\0'));
    }
    assert_true(n > 50);
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
        cmocka_unit_test(a_blank_row_is_counted_blank),
        cmocka_unit_test(a_repeated_header_and_a_footnote_are_rejected_with_their_text),
        cmocka_unit_test(totals_with_their_counts_are_no_records),
        cmocka_unit_test(a_second_table_in_a_sheet_is_not_read_as_the_first),
        cmocka_unit_test(a_record_with_a_single_value_is_stored),
        cmocka_unit_test(oddity_28_equal_rows_are_each_stored),
        cmocka_unit_test(oddity_29_a_reprocessed_arrest_of_the_same_person_is_stored),
        cmocka_unit_test(
            oddity_30_unnamed_row_numbers_and_blanks_in_headers_do_no_harm),
        cmocka_unit_test(a_spreadsheet_error_is_kept_as_a_reject),
        cmocka_unit_test(a_time_of_day_without_a_field_is_kept_beside),
        cmocka_unit_test(a_field_is_recorded_where_a_column_or_a_time_of_day_says_it),
        cmocka_unit_test(an_empty_sheet_is_an_empty_note),
        cmocka_unit_test(a_table_without_rows_has_a_header_and_no_records),
        cmocka_unit_test(shared_texts_are_told_apart_by_their_whole_number),
        cmocka_unit_test(a_long_sheet_comes_in_batches_that_hold_every_row_once),
        cmocka_unit_test(a_failing_stream_stops_the_harvest_with_its_words),
        cmocka_unit_test(every_failing_allocation_is_reported_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
