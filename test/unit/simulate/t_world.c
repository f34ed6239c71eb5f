/* The simulated world row by row: who is linked to whom, what a gap hides, what a roster
 * gives, and that nothing depends on threads or on other offices. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/simulate_internal.h"

static struct pal_simulate_area area_of(const char *name)
{
    struct pal_simulate_area area = {.name = pal_view_of(name),
                                     .state = PAL_VIEW("TEXAS"),
                                     .city = PAL_VIEW("CITY"),
                                     .arrests_a_day = 20,
                                     .detainers_a_day = 8,
                                     .declined_share = 0.5,
                                     .honoured_a_day = 4,
                                     .agents = 56};
    pal_simulate_area_defaults(&area);
    return area;
}

static void fill(struct pal_simulate_spec *spec)
{
    pal_simulate_defaults(spec);
    spec->seed = 11;
    spec->first = pal_day_from_text("2024-01-01");
    spec->last = pal_day_from_text("2024-12-31");
    spec->without_id_share = 0;
    spec->area_blank_share = 0;
    spec->area_count = 2;
    spec->areas[0] = area_of("Boston");
    spec->areas[1] = area_of("Dallas");
}

enum { ARREST_DATE = 0, ARREST_TYPE = 1, ARREST_AREA = 4, ARREST_ID = 24 };
enum { DETAINER_ID = 14 };

/* All values of one column of a table, copied; `size` bytes each. */
struct column_copy {
    char *bytes;
    size_t count;
};

static struct column_copy read_column(const struct pal_simulate_world *world,
                                      enum pal_simulate_table table, size_t which,
                                      size_t size)
{
    struct pal_simulate_rows *rows = NULL;
    struct column_copy copy = {NULL, 0};
    struct pal_column_block block = {.row_count = 1};
    const struct pal_simulate_spec *spec = world->spec;
    assert_int_equal(
        pal_simulate_rows_open(world, table, spec->first, spec->last, &rows, NULL),
        PAL_OK);
    struct pal_column_stream *stream = pal_simulate_rows_borrow(rows);
    while (block.row_count > 0) {
        assert_int_equal(stream->next(stream, &block, NULL), PAL_OK);
        char *larger = realloc(copy.bytes, (copy.count + block.row_count + 1) * size);
        assert_non_null(larger);
        copy.bytes = larger;
        memcpy(copy.bytes + copy.count * size, block.values[which],
               block.row_count * size);
        copy.count += block.row_count;
    }
    pal_simulate_rows_close(rows);
    return copy;
}

static struct pal_simulate_world *open_world(const struct pal_simulate_spec *spec)
{
    struct pal_simulate_world *world = NULL;
    struct pal_error err = {.text = ""};
    if (pal_simulate_world_new(spec, &world, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
    return world;
}

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, PAL_SIM_ID_WIDTH);
}

static void the_first_word_is_that_of_the_published_generator(void **state)
{
    (void)state;
    /* SplitMix64 from the state 0, as its authors' code gives it. */
    assert_true(pal_sim_word(0, 0) == UINT64_C(0xE220A8397B1DCDAF));
    assert_true(pal_sim_word(0, 1) == UINT64_C(0x6E789E6AA1B965F4));
}

static void a_category_comes_as_often_as_its_share(void **state)
{
    static const double shares[] = {0.46, 0.3, 0.2, 0.04};
    enum { DRAWS = 400000 };
    struct pal_sim_alias alias;
    int64_t hits[5] = {0};
    (void)state;
    pal_sim_alias_fill(&alias, shares, NULL, 4);
    for (uint64_t i = 0; i < DRAWS; i++) {
        hits[pal_sim_alias_draw(&alias, (uint32_t)pal_sim_word(5, i))]++;
    }
    assert_int_equal(hits[0], 0);
    for (size_t i = 0; i < 4; i++) {
        double mean = shares[i] * DRAWS;
        assert_true(fabs((double)hits[i + 1] - mean) < 5 * sqrt(mean));
    }
}

static void an_arrest_from_a_request_is_of_the_same_person(void **state)
{
    static struct pal_simulate_spec spec;
    int64_t taken = 0;
    int64_t stock = 0;
    int64_t found = 0;
    (void)state;
    fill(&spec);
    spec.duplicate_share = 0;
    struct pal_simulate_world *world = open_world(&spec);
    struct column_copy arrests =
        read_column(world, PAL_SIMULATE_ARREST, ARREST_ID, PAL_SIM_ID_WIDTH);
    struct column_copy requests =
        read_column(world, PAL_SIMULATE_DETAINER, DETAINER_ID, PAL_SIM_ID_WIDTH);
    for (size_t area = 0; area < spec.area_count; area++) {
        const struct pal_sim_cell *begin = pal_sim_cell_at(world, spec.first, area);
        for (int queue = 0; queue < PAL_SIM_QUEUE_COUNT; queue++) {
            stock += (int64_t)begin->made_before[queue];
            for (int32_t day = spec.first; day <= spec.last; day++) {
                const struct pal_sim_cell *cell = pal_sim_cell_at(world, day, area);
                taken += cell->taken[queue];
                /* Never more than were made on earlier days. */
                assert_true(cell->taken_before[queue] + cell->taken[queue] <=
                            cell->made_before[queue]);
            }
        }
    }
    qsort(requests.bytes, requests.count, PAL_SIM_ID_WIDTH, compare_ids);
    for (size_t i = 0; i < arrests.count; i++) {
        found += bsearch(arrests.bytes + i * PAL_SIM_ID_WIDTH, requests.bytes,
                         requests.count, PAL_SIM_ID_WIDTH, compare_ids) != NULL
                     ? 1
                     : 0;
    }
    /* The requests from before the release are not in it; one row in ten has no id. */
    double expected = 0.9 * (double)(taken - stock);
    assert_true(taken > 1000);
    assert_true(fabs((double)found - expected) < 6 * sqrt(expected));
    free(arrests.bytes);
    free(requests.bytes);
    pal_simulate_world_free(world);
}

static void the_type_is_recorded_only_from_its_day_on(void **state)
{
    static struct pal_simulate_spec spec;
    int64_t seen[3] = {0};
    (void)state;
    fill(&spec);
    spec.type_recorded_from = pal_day_from_text("2024-07-01");
    struct pal_simulate_world *world = open_world(&spec);
    struct column_copy dates =
        read_column(world, PAL_SIMULATE_ARREST, ARREST_DATE, sizeof(int64_t));
    struct column_copy types = read_column(world, PAL_SIMULATE_ARREST, ARREST_TYPE, 1);
    for (size_t i = 0; i < types.count; i++) {
        int64_t second;
        memcpy(&second, dates.bytes + i * sizeof second, sizeof second);
        if (second / PAL_SIM_SECONDS_A_DAY < spec.type_recorded_from) {
            assert_int_equal(types.bytes[i], 0);
        } else {
            seen[(int)types.bytes[i]]++;
        }
    }
    /* 24 % of arrests are at large, 70 % of them targeted. */
    double share = (double)seen[1] / (double)(seen[1] + seen[2]);
    assert_true(fabs(share - 0.7) < 0.05);
    assert_true(seen[0] > 2 * (seen[1] + seen[2]));
    free(dates.bytes);
    free(types.bytes);
    pal_simulate_world_free(world);
}

/* Rows of an area (by code) that are dated on the days. */
static int64_t rows_between(const struct pal_simulate_world *world, uint8_t area,
                            const char *first, const char *last)
{
    struct column_copy dates =
        read_column(world, PAL_SIMULATE_ARREST, ARREST_DATE, sizeof(int64_t));
    struct column_copy areas = read_column(world, PAL_SIMULATE_ARREST, ARREST_AREA, 1);
    int64_t count = 0;
    for (size_t i = 0; i < areas.count; i++) {
        int64_t second;
        memcpy(&second, dates.bytes + i * sizeof second, sizeof second);
        int64_t day = second / PAL_SIM_SECONDS_A_DAY;
        count += (uint8_t)areas.bytes[i] == area && day >= pal_day_from_text(first) &&
                         day <= pal_day_from_text(last)
                     ? 1
                     : 0;
    }
    free(dates.bytes);
    free(areas.bytes);
    return count;
}

static void a_gap_hides_or_heaps_what_happened(void **state)
{
    static const struct {
        const char *kind;
        int64_t in_gap; /* least rows of the area */
        int64_t day_after;
        int64_t blank;
    } wants[] = {{"catch_up", 0, 100, 0}, {"missing", 0, 0, 0}, {"blank", 0, 0, 100}};
    (void)state;
    for (size_t i = 0; i < sizeof wants / sizeof wants[0]; i++) {
        static struct pal_simulate_spec spec;
        fill(&spec);
        spec.duplicate_share = 0;
        spec.gap_count = 1;
        spec.gaps[0] = (struct pal_simulate_gap){
            PAL_VIEW("Dallas"), pal_view_of(wants[i].kind),
            pal_day_from_text("2024-03-04"), pal_day_from_text("2024-03-10")};
        struct pal_simulate_world *world = open_world(&spec);
        assert_int_equal(rows_between(world, 2, "2024-03-04", "2024-03-10"), 0);
        assert_true(rows_between(world, 2, "2024-03-11", "2024-03-11") >=
                    wants[i].day_after);
        assert_true(rows_between(world, 0, "2024-03-04", "2024-03-10") >=
                    wants[i].blank);
        assert_true(rows_between(world, 1, "2024-03-04", "2024-03-10") > 80);
        pal_simulate_world_free(world);
    }
}

static void late_records_are_missing_near_the_end_alone(void **state)
{
    static struct pal_simulate_spec spec;
    struct pal_simulate_rows *rows = NULL;
    struct pal_column_block block = {.row_count = 1};
    int64_t first_half = 0;
    int64_t last_month = 0;
    int64_t arrests = 0;
    int64_t shown = 0;
    (void)state;
    fill(&spec);
    spec.late_share = 1;
    spec.late_days = 10;
    struct pal_simulate_world *world = open_world(&spec);
    assert_int_equal(pal_simulate_rows_open(world, PAL_SIMULATE_ARREST, spec.first,
                                            spec.last, &rows, NULL),
                     PAL_OK);
    struct pal_column_stream *stream = pal_simulate_rows_borrow(rows);
    while (block.row_count > 0) {
        assert_int_equal(stream->next(stream, &block, NULL), PAL_OK);
    }
    for (size_t month = 0; month < world->month_count; month++) {
        for (size_t area = 0; area < spec.area_count; area++) {
            const int64_t *tally = rows->tallies[area * world->month_count + month];
            first_half += month < 6 ? tally[PAL_SIM_TALLY_NOT_YET] : 0;
            last_month += month == 11 ? tally[PAL_SIM_TALLY_NOT_YET] : 0;
            shown += tally[PAL_SIM_TALLY_ROWS] - tally[PAL_SIM_TALLY_SECOND_ROWS] +
                     tally[PAL_SIM_TALLY_NOT_YET];
        }
    }
    for (size_t i = 0; i < world->day_count * spec.area_count; i++) {
        arrests += world->cells[i].arrest_count;
    }
    assert_int_equal(first_half, 0);
    assert_true(last_month > 100);
    assert_int_equal(shown, arrests);
    pal_simulate_rows_close(rows);
    pal_simulate_world_free(world);
}

static void agents_are_on_as_their_roster_says(void **state)
{
    static struct pal_simulate_spec spec;
    (void)state;
    fill(&spec);
    spec.areas[1].roster = (struct pal_simulate_roster){10, 4, 12};
    spec.reinforcement_count = 1;
    spec.reinforcements[0] =
        (struct pal_simulate_reinforcement){.area = PAL_VIEW("Boston"),
                                            .agents = 7,
                                            .first = pal_day_from_text("2024-06-03"),
                                            .last = pal_day_from_text("2024-06-16"),
                                            .roster = {10, 4, 12}};
    struct pal_simulate_world *world = open_world(&spec);
    /* 3 to 16 June 2024: Monday to the second Sunday. */
    int64_t on[2] = {0, 0};
    int64_t more = 0;
    double hours[2] = {0, 0};
    for (int32_t day = pal_day_from_text("2024-06-03");
         day <= pal_day_from_text("2024-06-16"); day++) {
        for (size_t area = 0; area < 2; area++) {
            const struct pal_sim_cell *cell = pal_sim_cell_at(world, day, area);
            on[area] += cell->agents_on;
            hours[area] += cell->hours;
        }
        more += pal_sim_cell_at(world, day, 0)->reinforcement_on;
    }
    assert_int_equal(on[0], 56 * 10);
    assert_int_equal(on[1], 56 * 10);
    assert_int_equal(more, 7 * 10);
    assert_true(hours[0] == 56 * 10 * 8.0 + 7 * 10 * 12.0);
    assert_true(hours[1] == 56 * 10 * 12.0);
    assert_int_equal(
        pal_sim_cell_at(world, pal_day_from_text("2024-06-08"), 0)->agents_on,
        0); /* a Saturday */
    pal_simulate_world_free(world);
}

static void no_count_of_arrests_depends_on_agents(void **state)
{
    static struct pal_simulate_spec spec;
    (void)state;
    fill(&spec);
    struct pal_simulate_world *few = open_world(&spec);
    static struct pal_simulate_spec other;
    other = spec;
    other.areas[0].agents = 5000;
    other.areas[0].roster.shift_hours = 16;
    other.watching_share = 1;
    struct pal_simulate_world *many = open_world(&other);
    for (size_t i = 0; i < few->day_count * spec.area_count; i++) {
        assert_memory_equal(few->cells[i].arrests, many->cells[i].arrests,
                            sizeof few->cells[i].arrests);
    }
    pal_simulate_world_free(few);
    pal_simulate_world_free(many);
}

static void another_office_leaves_the_rest_as_it_was(void **state)
{
    static struct pal_simulate_spec spec;
    static struct pal_simulate_spec other;
    (void)state;
    fill(&spec);
    other = spec;
    other.area_count = 3;
    other.areas[2] = area_of("Newark");
    struct pal_simulate_world *two = open_world(&spec);
    struct pal_simulate_world *three = open_world(&other);
    for (int32_t day = spec.first; day <= spec.last; day++) {
        for (size_t area = 0; area < 2; area++) {
            const struct pal_sim_cell *a = pal_sim_cell_at(two, day, area);
            const struct pal_sim_cell *b = pal_sim_cell_at(three, day, area);
            assert_true(a->key == b->key);
            assert_memory_equal(a->arrests, b->arrests, sizeof a->arrests);
            assert_memory_equal(a->requests, b->requests, sizeof a->requests);
        }
    }
    pal_simulate_world_free(two);
    pal_simulate_world_free(three);
}

static void usual_counts_have_the_mean_and_spread_asked_for(void **state)
{
    static struct pal_simulate_spec spec;
    double sum = 0;
    (void)state;
    fill(&spec);
    spec.last = spec.first + 7 * 400 - 1;
    struct pal_simulate_world *world = open_world(&spec);
    for (size_t i = 0; i < world->day_count * 2; i++) {
        sum += world->cells[i].arrest_count;
    }
    double mean = sum / (double)(world->day_count * 2);
    /* Groups are drawn apart: variance m + sum (share m)^2 / 12, by weekday. */
    assert_true(fabs(mean - 20) < 5 * sqrt((20 + 0.5 * 1.2 * 400 / 12) / 5600));
    pal_simulate_world_free(world);
}

static void stints_of_a_span_are_those_of_the_whole(void **state)
{
    static struct pal_simulate_spec spec;
    int64_t counts[3] = {0};
    (void)state;
    fill(&spec);
    int32_t middle = pal_day_from_text("2024-08-17");
    const int32_t spans[3][2] = {
        {spec.first, spec.last}, {spec.first, middle - 1}, {middle, spec.last}};
    struct pal_simulate_world *world = open_world(&spec);
    for (int i = 0; i < 3; i++) {
        struct pal_simulate_rows *rows = NULL;
        struct pal_column_block block = {.row_count = 1};
        assert_int_equal(pal_simulate_rows_open(world, PAL_SIMULATE_STINT, spans[i][0],
                                                spans[i][1], &rows, NULL),
                         PAL_OK);
        struct pal_column_stream *stream = pal_simulate_rows_borrow(rows);
        while (block.row_count > 0) {
            assert_int_equal(stream->next(stream, &block, NULL), PAL_OK);
            counts[i] += (int64_t)block.row_count;
        }
        pal_simulate_rows_close(rows);
    }
    assert_int_equal(counts[0], counts[1] + counts[2]);
    assert_true(counts[2] > 0);
    pal_simulate_world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_word_is_that_of_the_published_generator),
        cmocka_unit_test(a_category_comes_as_often_as_its_share),
        cmocka_unit_test(an_arrest_from_a_request_is_of_the_same_person),
        cmocka_unit_test(the_type_is_recorded_only_from_its_day_on),
        cmocka_unit_test(a_gap_hides_or_heaps_what_happened),
        cmocka_unit_test(late_records_are_missing_near_the_end_alone),
        cmocka_unit_test(agents_are_on_as_their_roster_says),
        cmocka_unit_test(no_count_of_arrests_depends_on_agents),
        cmocka_unit_test(another_office_leaves_the_rest_as_it_was),
        cmocka_unit_test(usual_counts_have_the_mean_and_spread_asked_for),
        cmocka_unit_test(stints_of_a_span_are_those_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
