#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "helper_sheet.h"
#include "record/cell.h"

static void an_id_becomes_a_keyed_id_and_the_same_id_the_same(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Unique Identifier",
        "1/2/2025|Located|0a1b",
        "1/2/2025|Located| 0a1b ",
        "1/2/2025|Located|0A1B",
        "1/2/2025|Located|#123456",
        "1/2/2025|Located|123456",
        "1/2/2025|Located|--",
        "1/2/2025|Located|",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 7, stored 7, rejected 0, blank 0\n"
        "2: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=id1\n"
        "3: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=id1\n"
        "4: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=id2\n"
        "5: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=id3\n"
        "6: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=id3\n"
        "7: apprehension_date=2025-01-02 apprehension_method=Located\n"
        "8: apprehension_date=2025-01-02 apprehension_method=Located\n");
}

static void an_id_saved_as_a_number_beyond_15_digits_is_refused_without_its_digits(
    void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Unique Identifier",
        "1/2/2025|Located|#999999999999999",
        "1/2/2025|Located|#1000000000000000",
        "1/2/2025|Located|#1.23457E+17",
        "1/2/2025|Located|1.23457E+17",
        "1/2/2025|Located|#12.5",
        "1/2/2025|Located|12345678901234567890",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 6, stored 6, rejected 0, blank 0\n"
        "2: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=id1\n"
        "3: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=(failed)\n"
        "4: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=(failed)\n"
        "5: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=(failed)\n"
        "6: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=(failed)\n"
        "7: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=id2\n"
        "reject 3:2 identifier.number_too_long ''\n"
        "reject 4:2 identifier.number_too_long ''\n"
        "reject 5:2 identifier.number_too_long ''\n"
        "reject 6:2 identifier.number_too_long ''\n");
}

static void the_released_pseudonym_is_stored_only_where_ids_are_kept(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Unique Identifier",
        "1/2/2025|Located|0a1b",
    };
    (void)state;
    assert_null(strstr(HELPER_HARVEST(&(struct helper_sheet){0}, lines), "0a1b"));
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){.keep_ids = true}, lines),
        "table arrest, header 1, read 1, stored 1, rejected 0, blank 0\n"
        "2: apprehension_date=2025-01-02 apprehension_method=Located "
        "unique_identifier=id1 "
        "unique_identifier_released=0a1b\n");
}

/* One id harvested under a release, a banner and a digest. */
static struct pal_hash_id id_of(const char *banner, const char *release,
                                const char *digest, const uint8_t *key)
{
    const char *lines[] = {banner,
                           "Apprehension Date|Apprehension Method|Unique Identifier",
                           "1/2/2025|Located|0a1b"};
    static struct helper_rows rows;
    struct pal_intern *terms = NULL;
    struct pal_batch *batch = NULL;
    struct pal_harvest *harvest = NULL;
    bool is_end = false;
    struct pal_harvest_options options = {PAL_VIEW("Sheet1"),
                                          pal_view_of(release),
                                          pal_view_of(digest),
                                          key,
                                          false,
                                          false};
    helper_rows_init(&rows, lines, 3);
    HELPER_OK(pal_intern_new(&terms, helper_err));
    HELPER_OK(pal_batch_new(&batch, helper_err));
    HELPER_OK(pal_harvest_open(helper_dictionary(), &rows.base, terms, &options,
                               &harvest, helper_err));
    HELPER_OK(pal_harvest_next(harvest, batch, &is_end, helper_err));
    assert_int_equal(batch->row_count, 1);
    struct pal_hash_id id = {0, 0};
    for (size_t i = 0; i < batch->column_count; i++) {
        if (batch->columns[i].type == PAL_FIELD_IDENTIFIER) {
            assert_int_equal(batch->columns[i].valid[0], 1);
            id = batch->columns[i].values.id[0];
        }
    }
    pal_harvest_close(harvest);
    pal_batch_free(batch);
    pal_intern_free(terms);
    return id;
}

static bool is_same(struct pal_hash_id a, struct pal_hash_id b)
{
    return a.high == b.high && a.low == b.low;
}

static void an_id_belongs_to_one_release_and_one_study(void **state)
{
    static const uint8_t one[PAL_KEY_SIZE] = {1};
    static const uint8_t two[PAL_KEY_SIZE] = {2};
    (void)state;
    struct pal_hash_id first = id_of("2025-ICLI-00019", "", "aa", one);
    assert_true(is_same(first, id_of("2025-ICLI-00019", "", "bb", one)));
    assert_true(is_same(first, id_of("other", "2025-ICLI-00019", "cc", one)));
    assert_false(is_same(first, id_of("2026-ICLI-00005", "", "aa", one)));
    assert_false(
        is_same(first, id_of("2025-ICLI-00019", "2026-ICLI-00005", "aa", one)));
    assert_false(is_same(first, id_of("2025-ICLI-00019", "", "aa", two)));
    assert_false(is_same(id_of("other", "", "aa", one), id_of("other", "", "bb", one)));
}

static void direct_identifiers_are_counted_and_never_stored(void **state)
{
    static const char *const lines[] = {
        ("Apprehension Date|Apprehension Method|Birth Date|Alien File Number|EID Case "
         "ID|"
         "EID Subject ID|Event Number|Unknown Column"),
        "1/2/2025|Located|3/4/1985|A012345678|555|666|SND1|kept",
        "1/2/2025|Located|(b)(6)|--||666||",
        "1/2/2025|Located|3/5/1985|A012345679|556|667|(b)(7)(e)|too",
    };
    (void)state;
    static const struct helper_sheet sheet = {.keep_ids = true, .wants_notes = true};
    const char *found = HELPER_HARVEST(&sheet, lines);
    assert_string_equal(
        found, "table arrest, header 1, read 3, stored 3, rejected 0, blank 0\n"
               "2: apprehension_date=2025-01-02 apprehension_method=Located\n"
               "3: apprehension_date=2025-01-02 apprehension_method=Located\n"
               "4: apprehension_date=2025-01-02 apprehension_method=Located\n"
               "extra 2:7 'kept'\n"
               "extra 4:7 'too'\n"
               "note 1:0 'Apprehension Date'\n"
               "note 1:1 'Apprehension Method'\n"
               "note 1:2 'Birth Date'\n"
               "note 1:3 'Alien File Number'\n"
               "note 1:4 'EID Case ID'\n"
               "note 1:5 'EID Subject ID'\n"
               "note 1:6 'Event Number'\n"
               "note 1:7 'Unknown Column'\n");
    assert_string_equal(
        helper_columns(),
        "0 Apprehension Date -> apprehension_date, filled 3 missing 0 redacted 0 "
        "failed 0 "
        "withheld 0\n"
        "1 Apprehension Method -> apprehension_method, filled 3 missing 0 redacted 0 "
        "failed 0 withheld 0\n"
        "2 Birth Date direct, filled 0 missing 0 redacted 1 failed 0 withheld 2\n"
        "3 Alien File Number direct, filled 0 missing 1 redacted 0 failed 0 withheld "
        "2\n"
        "4 EID Case ID direct, filled 0 missing 1 redacted 0 failed 0 withheld 2\n"
        "5 EID Subject ID direct, filled 0 missing 0 redacted 0 failed 0 withheld 3\n"
        "6 Event Number direct, filled 0 missing 1 redacted 1 failed 0 withheld 1\n"
        "7 Unknown Column unknown, filled 2 missing 1 redacted 0 failed 0 withheld "
        "0\n");
}

static void a_birth_date_in_the_birth_year_leaves_no_raw_text(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Birth Year",
        "1/2/2025|Located|3/4/1985",
        "1/2/2025|Located|@31110",
    };
    (void)state;
    assert_string_equal(
        HELPER_HARVEST(&(struct helper_sheet){0}, lines),
        "table arrest, header 1, read 2, stored 2, rejected 0, blank 0\n"
        "2: apprehension_date=2025-01-02 apprehension_method=Located "
        "birth_year=(failed)\n"
        "3: apprehension_date=2025-01-02 apprehension_method=Located "
        "birth_year=(failed)\n"
        "reject 2:2 number.not_a_number ''\n"
        "reject 3:2 text.is_a_date ''\n");
}

static void a_second_id_column_is_withheld_not_kept_as_text(void **state)
{
    static const char *const lines[] = {
        "Apprehension Date|Apprehension Method|Unique Identifier|Anonymized Identifier",
        "1/2/2025|Located|0a1b|9f9f",
    };
    (void)state;
    const char *found = HELPER_HARVEST(&(struct helper_sheet){0}, lines);
    assert_null(strstr(found, "9f9f"));
    assert_non_null(
        strstr(helper_columns(),
               "3 Anonymized Identifier direct, filled 0 missing 0 redacted 0 "
               "failed 0 withheld 1\n"));
}

static void a_sheet_of_risk_decisions_keeps_no_name_number_or_pseudonym(void **state)
{
    static const char *const lines[] = {
        ("RCA_AOR|RCA_DCO|A_NUMBER|SUBJ_ID|LAST_NAME|FIRST_NAME|RCA_FINAL_DECISION|"
         "OFFICER COMMENTS|ANONYMIZED_IDENTIFIER"),
        "BOS|BOS|A012345678|77|DOE|JANE|Detain|says so|abcd",
        "BOS|BOS||(b)(6)|DOE|JOHN|Release||abce",
    };
    (void)state;
    const char *found =
        HELPER_HARVEST(&(struct helper_sheet){.wants_notes = true}, lines);
    assert_string_equal(found,
                        "table note, header 0, read 3, stored 3, rejected 0, blank 0\n"
                        "note 1:0 'RCA_AOR'\n"
                        "note 1:1 'RCA_DCO'\n"
                        "note 1:2 'A_NUMBER'\n"
                        "note 1:3 'SUBJ_ID'\n"
                        "note 1:4 'LAST_NAME'\n"
                        "note 1:5 'FIRST_NAME'\n"
                        "note 1:6 'RCA_FINAL_DECISION'\n"
                        "note 1:7 'OFFICER COMMENTS'\n"
                        "note 1:8 'ANONYMIZED_IDENTIFIER'\n"
                        "note 2:0 'BOS'\n"
                        "note 2:1 'BOS'\n"
                        "note 2:6 'Detain'\n"
                        "note 3:0 'BOS'\n"
                        "note 3:1 'BOS'\n"
                        "note 3:6 'Release'\n");
    assert_non_null(strstr(helper_columns(), "4 LAST_NAME direct, filled 0 "));
    assert_non_null(strstr(helper_columns(), "withheld 2\n"));
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
        cmocka_unit_test(an_id_becomes_a_keyed_id_and_the_same_id_the_same),
        cmocka_unit_test(
            an_id_saved_as_a_number_beyond_15_digits_is_refused_without_its_digits),
        cmocka_unit_test(the_released_pseudonym_is_stored_only_where_ids_are_kept),
        cmocka_unit_test(an_id_belongs_to_one_release_and_one_study),
        cmocka_unit_test(direct_identifiers_are_counted_and_never_stored),
        cmocka_unit_test(a_birth_date_in_the_birth_year_leaves_no_raw_text),
        cmocka_unit_test(a_second_id_column_is_withheld_not_kept_as_text),
        cmocka_unit_test(a_sheet_of_risk_decisions_keeps_no_name_number_or_pseudonym),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
