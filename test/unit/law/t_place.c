/* A place is found by what people call it, and a name of two places is told. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "helper_law.h"

static void a_place_is_found_by_what_people_call_it(void **state)
{
    static const struct {
        const char *name;
        const char *place; /* NULL: none; "": several */
    } rows[] = {
        {"Chicago", "Chicago"},
        {" chicago\t", "Chicago"},
        {"City of Chicago", "Chicago"},
        {"chicago il", "Chicago"},
        {"Chicago, Cook County, Illinois", "Chicago"},
        {"Cook County", "Cook County"},
        {"Cook County,IL", "Cook County"},
        {"Newark NJ", "Newark"},
        {"Newark, New Jersey", "Newark"},
        {"Newark, N.J., U.S.", "Newark"},
        {"NYC", "New York"},
        {"N.Y.C.", "New York"},
        {"new york", "New York"},
        {"New York City", "New York"},
        {"New York, NY", "New York"},
        {"New York, New York, USA", "New York"},
        {"Brooklyn, New York", "New York"},
        {"State of New York", "New York State"},
        {"N.Y.", "New York State"},
        {"L.A., Calif", NULL},
        {"L.A., CA", "Los Angeles"},
        {"New Orleans, LA", "New Orleans"},
        {"SF", "San Francisco"},
        {"U.S.", "United States"},
        /* The state's letters, and what people call the city. */
        {"LA", ""},
        {"L.A.", ""},
        {"LA, USA", ""},
        {"Newark, Ohio", NULL},
        {"Chicago, Boston", NULL},
        {"Boston Chicago", NULL},
        {"County of Chicago", NULL},
        {"City of ", NULL},
        {"", NULL},
        {" , . ", NULL},
    };
    struct pal_law *law = pal_test_law();
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int place = pal_law_find_place(law, pal_view_of(rows[i].name));
        bool is_right =
            rows[i].place == NULL ? place == PAL_LAW_PLACE_NONE
            : rows[i].place[0] == '\0'
                ? place == PAL_LAW_PLACE_SEVERAL
                : place >= 0 &&
                      pal_view_is_equal(pal_law_place_at(law, (size_t)place)->name,
                                        pal_view_of(rows[i].place));
        if (!is_right) {
            fail_msg("\"%s\": place %d", rows[i].name, place);
        }
    }
    pal_law_close(law);
}

static void every_name_of_the_table_finds_one_place_but_the_double_one(void **state)
{
    struct pal_law *law = pal_test_law();
    size_t several = 0;
    (void)state;
    for (size_t i = 0; i < pal_law_place_count(law); i++) {
        const struct pal_law_place *place = pal_law_place_at(law, i);
        struct pal_view rest = place->known_as;
        struct pal_view name;
        assert_int_equal(pal_law_find_place(law, place->name), i);
        while (place->known_as.size > 0 && pal_view_split(&rest, '|', &name)) {
            assert_true(pal_law_place_fits(law, i, name));
            several += pal_law_find_place(law, name) == PAL_LAW_PLACE_SEVERAL ? 1 : 0;
        }
    }
    assert_int_equal(several, 2); /* LA, of each of the two */
    pal_law_close(law);
}

static void a_very_long_name_is_none(void **state)
{
    static char name[100000];
    struct pal_law *law = pal_test_law();
    (void)state;
    memset(name, ',', sizeof name);
    memcpy(name, "Chicago", 7);
    assert_int_equal(pal_law_find_place(law, (struct pal_view){name, sizeof name}),
                     PAL_LAW_PLACE_NONE);
    pal_law_close(law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_is_found_by_what_people_call_it),
        cmocka_unit_test(every_name_of_the_table_finds_one_place_but_the_double_one),
        cmocka_unit_test(a_very_long_name_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
