#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "app/study_file.h"
#include "store/store.h"

#define HEAD "name: n\ntitle: t\n"
#define FILES "files:\n  - {pattern: \"*.csv\"}\n"

static const char whole[] =
    HEAD "campaign:\n"
         "  name: c\n"
         "  first_day: 2020-02-01\n"
         "  last_day: 2020-12-31\n"
         "  agents: 500\n"
         "  source: a newspaper\n"
         "places:\n"
         "  - {name: Boston, area: Boston, note: \"six states\"}\n"
         "  - {name: Newark, area: Newark}\n"
         "comparison_areas: [Dallas, Houston]\n"
         "baseline: {first_day: 2015-10-01, last_day: 2019-08-31}\n"
         "files:\n"
         "  - {pattern: \"arrests/*\", table: arrest, release: R, required: true}\n"
         "  - {pattern: \"*\"}\n"
         "release_order:\n"
         "  - {table: arrest, releases: [R, S]}\n"
         "facts:\n"
         "  - {name: f, value: 3, unit: people, source: s, date: 2020-03-05}\n";

static void a_whole_study_file_is_read(void **state)
{
    struct pal_study study;
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    assert_int_equal(pal_study_parse(pal_view_of(whole), "s.yaml", &study, &err),
                     PAL_OK);
    assert_string_equal(study.name.data, "n");
    assert_true(study.has_campaign);
    assert_int_equal(study.campaign.agents, 500);
    assert_int_equal(study.campaign.first_day, pal_day_from_text("2020-02-01"));
    assert_int_equal(study.campaign.source_date, PAL_DAY_NONE);
    assert_int_equal(study.place_count, 2);
    assert_string_equal(study.places[0].note.data, "six states");
    assert_null(study.places[1].note.data);
    assert_int_equal(study.comparison_count, 2);
    assert_string_equal(study.comparison_areas[1].data, "Houston");
    assert_int_equal(study.baseline_last, pal_day_from_text("2019-08-31"));
    assert_int_equal(study.pattern_count, 2);
    assert_int_equal(study.patterns[0].table, PAL_TABLE_ARREST);
    assert_true(study.patterns[0].is_required);
    assert_int_equal(study.patterns[1].table, PAL_TABLE_COUNT);
    assert_false(study.patterns[1].is_required);
    assert_int_equal(study.order_count, 1);
    assert_int_equal(study.orders[0].release_count, 2);
    assert_int_equal(study.fact_count, 1);
    assert_int_equal(study.facts[0].date, pal_day_from_text("2020-03-05"));
    pal_study_clear(&study);
}

static void a_wrong_study_file_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text;
        pal_status want;
        const char *words;
    } rows[] = {
        {"", PAL_INPUT, "s.yaml is empty"},
        {"- a\n", PAL_INPUT, "line 1: a study file wants keys and values"},
        {HEAD, PAL_INPUT, "lacks the key files"},
        {HEAD "files: []\n", PAL_INPUT, "line 3: files names no file"},
        {HEAD "files: x\n", PAL_INPUT, "line 3: wants a list, each item a file"},
        {HEAD "files:\n  - {patern: x}\n", PAL_INPUT,
         "line 4: file has no key \"patern\"; did you mean pattern?"},
        {HEAD "files:\n  - {pattern: x, zzzzzz: 1}\n", PAL_INPUT,
         "there are pattern, release, table, required"},
        {HEAD FILES "baseline: {first_day: 2019-02-30, last_day: 2019-03-01}\n",
         PAL_INPUT, "line 5: first_day wants a date as 2020-02-29, not \"2019-02-30\""},
        {HEAD FILES "baseline: {first_day: 2019-04-01, last_day: 2019-03-01}\n",
         PAL_INPUT, "first_day is after its last_day"},
        {HEAD FILES
         "campaign: {name: c, source: s, first_day: 2019-03-01, last_day: 2019-05-01}\n"
         "baseline: {first_day: 2019-03-01, last_day: 2019-06-01}\n",
         PAL_INPUT, "line 6: the baseline begins in the campaign"},
        {HEAD FILES "places:\n  - {name: [a], area: b}\n", PAL_INPUT,
         "line 6: name wants one value"},
        {HEAD FILES "files: []\n", PAL_INPUT,
         "line 5: the key \"files\" stands twice, first in line 3"},
        {HEAD "files:\n  - {pattern: x, required: yes}\n", PAL_INPUT,
         "required is true or false, not \"yes\""},
        {HEAD "files:\n  - {pattern: x, table: arests}\n", PAL_INPUT,
         "line 4: there is no table \"arests\""},
        {"name: &a n\n", PAL_INPUT, "line 1: anchors (&) and tags (!) are not read"},
        {"name: !!str n\n", PAL_INPUT, "line 1: anchors (&) and tags (!) are not read"},
        {"name: *a\n", PAL_INPUT, "line 1: aliases (*) are not read"},
        {"? [a]\n: b\n", PAL_INPUT, "line 1: a key must be a word"},
        {"a: [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]\n", PAL_LIMIT, "nested deeper than 16"},
        {"--- {}\n--- {}\n", PAL_INPUT, "line 2: a second document"},
        {"a: [1\n", PAL_INPUT, "s.yaml, line "},
        {"a: \"\xff\"\n", PAL_INPUT, "s.yaml, line "},
        {"a: 1\nb: caf\xe9\n", PAL_INPUT,
         "s.yaml, line 2: it holds bytes that are no text in UTF-8; save the file as"},
        {"a:\n\tb: 1\n", PAL_INPUT,
         "line 2: a tab stands in front; indent with blanks"},
        {"\xEF\xBB\xBF" HEAD, PAL_INPUT, "lacks the key files"}, /* of a text editor */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_study study;
        struct pal_error err = {PAL_OK, ""};
        pal_status st =
            pal_study_parse(pal_view_of(rows[i].text), "s.yaml", &study, &err);
        pal_study_clear(&study);
        if (st != rows[i].want || strstr(err.text, rows[i].words) == NULL) {
            fail_msg("%s: %s: %s", rows[i].text, pal_status_text(st), err.text);
        }
    }
}

static void a_baseline_that_reaches_into_the_campaign_ends_before_it(void **state)
{
    (void)state;
    static const struct {
        const char *last;
        const char *want;
        bool is_cut;
    } cases[] = {{"2019-02-28", "2019-02-28", false},
                 {"2019-03-01", "2019-02-28", true},
                 {"2019-12-31", "2019-02-28", true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pal_study study;
        struct pal_error err = {PAL_OK, ""};
        char text[512];
        (void)snprintf(text, sizeof text,
                       HEAD FILES
                       "campaign: {name: c, source: s, first_day: 2019-03-01, "
                       "last_day: 2019-05-01}\n"
                       "baseline: {first_day: 2019-01-01, last_day: %s}\n",
                       cases[i].last);
        assert_int_equal(pal_study_parse(pal_view_of(text), "s.yaml", &study, &err),
                         PAL_OK);
        assert_int_equal(study.baseline_last, pal_day_from_text(cases[i].want));
        assert_int_equal(study.is_baseline_cut, cases[i].is_cut);
        pal_study_clear(&study);
    }
}

static void a_pattern_stays_within_its_folder(void **state)
{
    static const struct {
        const char *pattern;
        const char *path;
        bool want;
    } rows[] = {
        {"arrests/*", "arrests/a.csv.gz", true},
        {"arrests/*", "arrests/b/a.csv", false},
        {"arrests/*", "other/a.csv", false},
        {"*", "a", true},
        {"*", "a/b", false},
        {"*/*", "a/b", true},
        {"*a*b", "xaxaxb", true},
        {"*a*b", "xaxax", false},
        {"a?c", "abc", true},
        {"a?c", "a/c", false},
        {"a?c", "ac", false},
        {"*.csv", "a.csv.gz", false},
        {"", "", true},
        {"**", "abc", true},
        {"a*", "a", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_study_pattern pattern = {.pattern = pal_view_of(rows[i].pattern)};
        struct pal_study study = {.patterns = &pattern, .pattern_count = 1};
        bool is_match = pal_study_match(&study, pal_view_of(rows[i].path)) != NULL;
        if (is_match != rows[i].want) {
            fail_msg("%s and %s", rows[i].pattern, rows[i].path);
        }
    }
}

static void the_first_pattern_that_fits_counts(void **state)
{
    struct pal_study study;
    (void)state;
    assert_int_equal(pal_study_parse(pal_view_of(whole), "s.yaml", &study, NULL),
                     PAL_OK);
    assert_ptr_equal(pal_study_match(&study, PAL_VIEW("arrests/x")),
                     &study.patterns[0]);
    assert_ptr_equal(pal_study_match(&study, PAL_VIEW("x")), &study.patterns[1]);
    assert_null(pal_study_match(&study, PAL_VIEW("a/b")));
    pal_study_clear(&study);
}

static int64_t count_of(struct pal_store *store, struct pal_view statement)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    int64_t count = -1;
    assert_int_equal(pal_store_query(store, statement, NULL, 0, &cursor, NULL), PAL_OK);
    assert_int_equal(pal_cursor_next(cursor, &row, NULL), PAL_OK);
    count = row[0].integer;
    pal_cursor_close(cursor);
    return count;
}

static void a_study_file_stored_twice_stands_once(void **state)
{
    static const struct {
        const char *statement;
        int64_t want;
    } rows[] = {
        {"SELECT count(*) FROM study_campaign", 1},
        {"SELECT count(*) FROM study_place", 2},
        {"SELECT count(*) FROM study_comparison", 2},
        {"SELECT count(*) FROM study_fact", 1},
        {"SELECT count(*) FROM study_release", 2},
        {"SELECT priority FROM study_release WHERE release_name = 'S'", 2},
        {"SELECT count(*) FROM study_setting WHERE key = 'baseline_first' "
         "AND \"value\" = '2015-10-01'",
         1},
        {"SELECT count(*) FROM study_setting WHERE key = 'campaign_agents' "
         "AND \"value\" = '500'",
         1},
    };
    struct pal_store *store = NULL;
    struct pal_study study;
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    assert_int_equal(pal_study_parse(pal_view_of(whole), "s.yaml", &study, &err),
                     PAL_OK);
    assert_int_equal(pal_store_open(NULL, PAL_STORE_CREATE, NULL, &store, &err),
                     PAL_OK);
    for (int i = 0; i < 2; i++) {
        if (pal_study_store(&study, store, &err) != PAL_OK) {
            fail_msg("%s", err.text);
        }
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(count_of(store, pal_view_of(rows[i].statement)), rows[i].want);
    }
    pal_store_close(store);
    pal_study_clear(&study);
}

static void a_failing_allocation_leaves_nothing_behind(void **state)
{
    pal_status st = PAL_MEMORY;
    (void)state;
    for (size_t n = 1; st != PAL_OK; n++) {
        struct pal_study study;
        pal_alloc_fail_after(n);
        st = pal_study_parse(pal_view_of(whole), "s.yaml", &study, NULL);
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK || st == PAL_MEMORY);
        pal_study_clear(&study);
        assert_true(n < 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_study_file_is_read),
        cmocka_unit_test(a_wrong_study_file_is_refused_with_its_line),
        cmocka_unit_test(a_baseline_that_reaches_into_the_campaign_ends_before_it),
        cmocka_unit_test(a_pattern_stays_within_its_folder),
        cmocka_unit_test(the_first_pattern_that_fits_counts),
        cmocka_unit_test(a_study_file_stored_twice_stands_once),
        cmocka_unit_test(a_failing_allocation_leaves_nothing_behind),
    };
    return pal_hash_setup(NULL) == PAL_OK ? cmocka_run_group_tests(tests, NULL, NULL)
                                          : 1;
}
