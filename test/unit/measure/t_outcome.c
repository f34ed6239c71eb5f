/* What became of custody requests: the lift reason, and a stay that begins within the window. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "measure/measure.h"

#include "../script_study.h"

/* Ids by what they show; every request is of 2020-01-10 unless said.
 *  1 stay on the day, 2 on the window's last day, 3 one day later, 4 the day before;
 *  5 two requests (10th, 13th) and one stay on the 15th: both;
 *  6 two requests (1st, 13th) and one stay on the 15th: the later alone;
 *  7 declined, with a stay; 8 booked, without; 9 reason Transferred; 10 the stay is another
 *  release's; and a request without an id beside a stay without one.
 * By the reason alone: 1 declined, 1 transferred, 11 unknown. */
static const char script[] =
    "INSERT INTO file VALUES (1, 'a.csv', 'a.csv', 'aa', 1, 'A', 'csv'),"
    " (2, 'b.csv', 'b.csv', 'bb', 1, 'B', 'csv');"
    "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, encoding,"
    " delimiter, recorded) VALUES (1, 1, 'd', '', 'detainer', 'csv', '', '', 1),"
    " (2, 1, 's', '', 'stint', 'csv', '', '', 1),"
    " (3, 2, 's', '', 'stint', 'csv', '', '', 1);"
    "INSERT INTO sheet_column VALUES"
    " (1, 0, 'Date', 'detainer_prepare_date', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 1, 'Lift', 'detainer_lift_reason', 'public', true, 0, 0, 0, 0, 0);"
    "INSERT INTO term VALUES (0, 'Detainer Declined by LEA'),"
    " (1, 'Booked into Detention'), (2, 'Transferred');"
    "INSERT INTO detainer_row (sheet_id, \"row\", redacted, failed,"
    " detainer_prepare_date, detainer_lift_reason, unique_identifier) VALUES"
    " (1, 2, 0, 0, DATE '2020-01-10', NULL, '00000000-0000-0000-0000-000000000001'),"
    " (1, 3, 0, 0, DATE '2020-01-10', NULL, '00000000-0000-0000-0000-000000000002'),"
    " (1, 4, 0, 0, DATE '2020-01-10', NULL, '00000000-0000-0000-0000-000000000003'),"
    " (1, 5, 0, 0, DATE '2020-01-10', NULL, '00000000-0000-0000-0000-000000000004'),"
    " (1, 6, 0, 0, DATE '2020-01-10', NULL, '00000000-0000-0000-0000-000000000005'),"
    " (1, 7, 0, 0, DATE '2020-01-13', NULL, '00000000-0000-0000-0000-000000000005'),"
    " (1, 8, 0, 0, DATE '2020-01-01', NULL, '00000000-0000-0000-0000-000000000006'),"
    " (1, 9, 0, 0, DATE '2020-01-13', NULL, '00000000-0000-0000-0000-000000000006'),"
    " (1, 10, 0, 0, DATE '2020-01-10', 0, '00000000-0000-0000-0000-000000000007'),"
    " (1, 11, 0, 0, DATE '2020-01-10', 1, '00000000-0000-0000-0000-000000000008'),"
    " (1, 12, 0, 0, DATE '2020-01-10', 2, '00000000-0000-0000-0000-000000000009'),"
    " (1, 13, 0, 0, DATE '2020-01-10', NULL, '00000000-0000-0000-0000-00000000000a'),"
    " (1, 14, 0, 0, DATE '2020-01-10', NULL, NULL);"
    "INSERT INTO stay_row (stay_number, sheet_id, \"row\", unique_identifier,"
    " stay_book_in_date_time, n_stints) VALUES"
    " (1, 2, 2, '00000000-0000-0000-0000-000000000001', TIMESTAMP '2020-01-10 "
    "00:30:00', 1),"
    " (2, 2, 3, '00000000-0000-0000-0000-000000000002', TIMESTAMP '2020-01-15 "
    "23:59:00', 1),"
    " (3, 2, 4, '00000000-0000-0000-0000-000000000003', TIMESTAMP '2020-01-16 "
    "00:00:00', 1),"
    " (4, 2, 5, '00000000-0000-0000-0000-000000000004', TIMESTAMP '2020-01-09 "
    "23:59:00', 1),"
    " (5, 2, 6, '00000000-0000-0000-0000-000000000005', TIMESTAMP '2020-01-15 "
    "10:00:00', 1),"
    " (6, 2, 7, '00000000-0000-0000-0000-000000000006', TIMESTAMP '2020-01-15 "
    "10:00:00', 1),"
    " (7, 2, 8, '00000000-0000-0000-0000-000000000007', TIMESTAMP '2020-01-11 "
    "10:00:00', 1),"
    " (8, 3, 2, '00000000-0000-0000-0000-00000000000a', TIMESTAMP '2020-01-11 "
    "10:00:00', 1),"
    " (9, 2, 9, NULL, TIMESTAMP '2020-01-11 10:00:00', 1);"
    "INSERT INTO coverage VALUES"
    " ('detainer', 'A', 'national', NULL, DATE '2020-01-01', DATE '2020-01-31',"
    "  DATE '2020-01-01', DATE '2020-01-31', 13);";

static int open_study(void **state)
{
    return script_study_open(state, script);
}

static void assert_counts(struct pal_store *store, const char *dimension,
                          int64_t declined, int64_t transferred, int64_t unknown)
{
    struct pal_measure_request request = {.first = PAL_DAY_NONE,
                                          .last = PAL_DAY_NONE,
                                          .by_count = 1,
                                          .by = {pal_view_of(dimension)}};
    const struct {
        struct pal_view name;
        int64_t count;
    } want[] = {{PAL_VIEW("declined"), declined},
                {PAL_VIEW("transferred"), transferred},
                {PAL_VIEW("unknown"), unknown}};
    struct pal_measure_result *result = NULL;
    struct pal_error err = {PAL_OK, ""};
    assert_true(pal_measure_find(PAL_VIEW("detainers"), &request.measure));
    if (pal_measure_run(store, &request, &result, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(result->count, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct pal_figure *figure = &result->figures[i];
        assert_true(pal_view_is_equal(figure->keys[0], want[i].name));
        assert_int_equal(figure->status, PAL_FIGURE_NUMBER);
        assert_true(figure->value == (double)want[i].count);
    }
    pal_measure_result_free(result);
}

static void a_stay_within_the_window_is_a_transfer(void **state)
{
    /* 1, 2, both of 5, the later of 6, and 8 by its reason. */
    assert_counts(*state, "outcome", 1, 6, 6);
}

static void the_lift_reason_alone_stays_beside_it(void **state)
{
    assert_counts(*state, "outcome_by_reason", 1, 1, 11);
}

static void the_caveats_name_the_window_that_is_used(void **state)
{
    struct pal_measure measure;
    char text[64];
    (void)state;
    (void)snprintf(text, sizeof text, "within %d days after it", PAL_HOLD_DAYS);
    assert_true(pal_measure_find(PAL_VIEW("detainers"), &measure));
    assert_true(pal_view_find(measure.caveats, pal_view_of(text)) <
                measure.caveats.size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stay_within_the_window_is_a_transfer),
        cmocka_unit_test(the_lift_reason_alone_stays_beside_it),
        cmocka_unit_test(the_caveats_name_the_window_that_is_used),
    };
    return cmocka_run_group_tests(tests, open_study, script_study_close);
}
