/* Released places and forms are found, and stored requests meet their rules. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "helper_law.h"

static void facilities_and_forms_are_found_as_released(void **state)
{
    struct pal_law *law = pal_test_law();
    static const struct {
        const char *state;
        const char *city;
        const char *place; /* NULL: none */
    } places[] = {
        {"NEW YORK", "BRONX", "New York"},
        {"NY", "New York", "New York"},
        {"NEW YORK", "NAPANOCH", "New York State"},
        {"OHIO", "NEWARK", NULL},
        {"NEW JERSEY", "NEWARK", "Newark"},
        {"CALIFORNIA", "", "California"},
        {"", "CHICAGO", NULL},
        {" illinois ", "Chicago ", "Chicago"},
        {"MASSACHUSETTS", "CHICAGO", "Massachusetts"},
    };
    static const struct {
        const char *type;
        const char *document;
    } types[] = {
        {"I247 - Immigration Detainer - Notice of Action (prior to March 2013)",
         "I-247"},
        {"I247D - Immigration Detainer - Request for Action", "I-247D"},
        {"I-247A", "I-247A"},
        {"I247G - Request for Advance Notification of Release", "I-247G"},
        {"I247", "I-247"},
        {"I247B", NULL},
        {"redacted", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        int place = pal_law_find_facility(law, pal_view_of(places[i].state),
                                          pal_view_of(places[i].city));
        bool is_right =
            place < 0
                ? places[i].place == NULL
                : places[i].place != NULL &&
                      pal_view_is_equal(pal_law_place_at(law, (size_t)place)->name,
                                        pal_view_of(places[i].place));
        if (!is_right) {
            fail_msg("%s, %s", places[i].city, places[i].state);
        }
    }
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        int document = pal_law_find_released(law, pal_view_of(types[i].type));
        bool is_right = document < 0
                            ? types[i].document == NULL
                            : types[i].document != NULL &&
                                  pal_view_is_equal(
                                      pal_law_document_at(law, (size_t)document)->name,
                                      pal_view_of(types[i].document));
        if (!is_right) {
            fail_msg("%s", types[i].type);
        }
    }
    pal_law_close(law);
}

#define FORM "I247A - Detainer"
static const struct pal_law_request requests[] = {
    /* Atlanta on both sides of 1 May 2024, out of order. */
    {0, {"GEORGIA", 7}, {"ATLANTA", 7}, {FORM, sizeof FORM - 1}, 3},
    {0, {"GEORGIA", 7}, {"ATLANTA", 7}, {FORM, sizeof FORM - 1}, 4},
    {0, {"GEORGIA", 7}, {"ATLANTA", 7}, {FORM, sizeof FORM - 1}, 5},
    {0, {"GEORGIA", 7}, {"ATLANTA", 7}, {FORM, sizeof FORM - 1}, 6},
    {0, {"", 0}, {"", 0}, {FORM, sizeof FORM - 1}, 7},
    {0, {"OHIO", 4}, {"", 0}, {FORM, sizeof FORM - 1}, 8},
    {PAL_DAY_NONE, {"OHIO", 4}, {"", 0}, {"", 0}, 9},
};
enum { REQUEST_COUNT = sizeof requests / sizeof requests[0] };
static const char *const request_days[REQUEST_COUNT] = {"2024-05-01",
                                                        "2024-04-30",
                                                        "2024-01-02",
                                                        "2025-01-01",
                                                        "2024-01-01",
                                                        "2024-01-01",
                                                        ""};

static void a_year_in_which_the_law_changed_comes_out_in_parts(void **state)
{
    static const struct {
        const char *place;
        int32_t year;
        enum pal_law_outcome outcome;
        const char *first;
        const char *last;
        int64_t count;
    } wanted[] = {
        {"Atlanta", 2024, PAL_LAW_UNKNOWN, "2024-01-02", "2024-04-30", 9},
        {"Atlanta", 2024, PAL_LAW_MUST, "2024-05-01", "2024-05-01", 3},
        {"Atlanta", 2025, PAL_LAW_MUST, "2025-01-01", "2025-01-01", 6},
        {"OHIO", 0, PAL_LAW_UNKNOWN, "", "", 9},
        {"OHIO", 2024, PAL_LAW_UNKNOWN, "2024-01-01", "2024-01-01", 8},
        {"place not recorded", 2024, PAL_LAW_UNKNOWN, "2024-01-01", "2024-01-01", 7},
    };
    struct pal_law *law = pal_test_law();
    struct pal_law_applied *rows = NULL;
    struct pal_law_request given[REQUEST_COUNT];
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    size_t count = 0;
    (void)state;
    for (size_t i = 0; i < REQUEST_COUNT; i++) {
        given[i] = requests[i];
        given[i].day = pal_day_from_text(request_days[i]);
    }
    pal_arena_init(&arena, 64U << 20);
    assert_int_equal(
        pal_law_apply(law,
                      &(struct pal_law_requests){PAL_LAW_JAIL, given, REQUEST_COUNT},
                      &arena, &rows, &count, &err),
        PAL_OK);
    assert_int_equal(count, sizeof wanted / sizeof wanted[0]);
    for (size_t i = 0; i < count; i++) {
        assert_true(pal_view_is_equal(rows[i].place, pal_view_of(wanted[i].place)));
        assert_int_equal(rows[i].year, wanted[i].year);
        assert_int_equal(rows[i].outcome, wanted[i].outcome);
        assert_int_equal(rows[i].first, pal_day_from_text(wanted[i].first));
        assert_int_equal(rows[i].last, pal_day_from_text(wanted[i].last));
        assert_int_equal(rows[i].count, wanted[i].count);
    }
    pal_arena_clear(&arena);
    pal_law_close(law);
}

static void an_exception_that_may_hold_is_noted(void **state)
{
    static const struct pal_law_request given[] = {
        {0, {"CALIFORNIA", 10}, {"LOS ANGELES", 11}, {"I247D", 5}, 1},
        {0, {"MASSACHUSETTS", 13}, {"BOSTON", 6}, {"I247A", 5}, 1}};
    struct pal_law *law = pal_test_law();
    struct pal_law_request asked[2] = {given[0], given[1]};
    struct pal_law_applied *rows = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    size_t count = 0;
    (void)state;
    asked[0].day = pal_day_from_text("2016-03-01");
    asked[1].day = pal_day_from_text("2020-03-01");
    pal_arena_init(&arena, 64U << 20);
    assert_int_equal(pal_law_apply(law,
                                   &(struct pal_law_requests){PAL_LAW_JAIL, asked, 2},
                                   &arena, &rows, &count, &err),
                     PAL_OK);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].note.size, 0); /* Boston: Lunn knows none */
    assert_int_equal(rows[1].outcome, PAL_LAW_MUST_NOT);
    assert_true(pal_view_has_prefix(rows[1].note, PAL_VIEW("unless an exception")));
    pal_arena_clear(&arena);
    pal_law_close(law);
}

static void every_failing_allocation_is_reported_and_nothing_leaks(void **state)
{
    struct pal_error err = {PAL_OK, ""};
    pal_status st = PAL_MEMORY;
    (void)state;
    for (size_t n = 1; st != PAL_OK; n++) {
        struct pal_law *law = NULL;
        struct pal_law_applied *rows = NULL;
        struct pal_law_decision *decisions = NULL;
        struct pal_arena arena;
        size_t count = 0;
        pal_arena_init(&arena, 64U << 20);
        pal_alloc_fail_after(n);
        st = pal_law_open((struct pal_view){NULL, 0}, "", &law, &err);
        if (st == PAL_OK) {
            struct pal_law_query query = {
                .place = pal_law_find_place(law, PAL_VIEW("Chicago")),
                .day = pal_day_from_text("2020-03-01")};
            st = pal_law_decide(law, &query, &arena, &decisions, &count, &err);
        }
        if (st == PAL_OK) {
            st = pal_law_apply(
                law, &(struct pal_law_requests){PAL_LAW_JAIL, requests, REQUEST_COUNT},
                &arena, &rows, &count, &err);
        }
        pal_alloc_fail_after(0);
        if (st != PAL_OK) {
            assert_int_equal(st, PAL_MEMORY);
        }
        pal_arena_clear(&arena);
        pal_law_close(law);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facilities_and_forms_are_found_as_released),
        cmocka_unit_test(a_year_in_which_the_law_changed_comes_out_in_parts),
        cmocka_unit_test(an_exception_that_may_hold_is_noted),
        cmocka_unit_test(every_failing_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
