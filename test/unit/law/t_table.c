/* The built-in table is what it claims to be; edited tables are read or refused. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "helper_law.h"

#define HEAD                                                                           \
    "id,place,actor,document,question,condition,outcome,says,valid_from,valid_to,"     \
    "citation,source,source_date,date_checked,verified,dates_verified,conflicts_"      \
    "with\n"

static void a_rule_from_general_knowledge_is_unverified(void **state)
{
    struct pal_law *law = pal_test_law();
    (void)state;
    assert_true(pal_law_rule_count(law) > 100);
    for (size_t i = 0; i < pal_law_rule_count(law); i++) {
        const struct pal_law_rule *rule = pal_law_rule_at(law, i);
        if (rule->is_verified &&
            pal_view_is_equal(rule->source, PAL_VIEW("general knowledge"))) {
            fail_msg("%.*s", PAL_VIEW_ARG(rule->id));
        }
        assert_true(rule->says.size > 0 && rule->source.size > 0);
    }
    pal_law_close(law);
}

/* A gap or an end in the built-in table is one of these, known and meant. */
static void gaps_and_ended_rules_of_the_table_are_known(void **state)
{
    static const char *const ended[] = {
        "chicago-hold-felony", "chicago-hold-felony-charge", "ca-trust-hold-listed",
        "nopd-hold",           "nopd-hold-warrant",          "nopd-hand-warrant"};
    struct pal_law *law = pal_test_law();
    struct pal_law_finding *found = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    size_t count = 0;
    (void)state;
    pal_arena_init(&arena, 64U << 20);
    assert_int_equal(pal_law_findings(law, pal_day_from_text("2026-11-25"), &arena,
                                      &found, &count, &err),
                     PAL_OK);
    assert_int_equal(count, sizeof ended / sizeof ended[0]);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(found[i].kind, PAL_LAW_EXPIRED);
        assert_true(pal_view_is_equal(found[i].rule->id, pal_view_of(ended[i])));
    }
    /* Before they ended, nothing had. */
    assert_int_equal(pal_law_findings(law, pal_day_from_text("2017-01-01"), &arena,
                                      &found, &count, &err),
                     PAL_OK);
    assert_int_equal(count, 0);
    pal_arena_clear(&arena);
    pal_law_close(law);
}

#define TAIL ",A. v. B.,a reader,2020,2026-01-01,yes,yes,"

static void bad_tables_are_refused_with_their_line(void **state)
{
    static const struct {
        const char *text;
        const char *words; /* parts that the error must have, parted by | */
    } rows[] = {
        {"", "there is no line"},
        {"id,place\n", "2 cells"},
        {HEAD "a,Chicago,jail,detainer,hold,,must,x,2014,,c,s,,2026-01-01,yes\n",
         "line 2|15 cells"},
        {HEAD "a,Chicgo,jail,detainer,hold,,must,x,2014," TAIL "\n", "line 2|Chicgo"},
        {HEAD "a,Chicago,sheriff,detainer,hold,,must,x,2014," TAIL "\n", "sheriff"},
        {HEAD "a,Chicago,jail,I-9,hold,,must,x,2014," TAIL "\n", "I-9"},
        {HEAD "a,Chicago,jail,detainer,hold,rich,must,x,2014," TAIL "\n", "rich"},
        {HEAD "a,Chicago,jail,detainer,hold,,shall,x,2014," TAIL "\n", "shall"},
        {HEAD "a,Chicago,jail,detainer,hold,,must,x,2014-13," TAIL "\n", "2014-13"},
        {HEAD "a,Chicago,jail,detainer,hold,,must,x,14," TAIL "\n", "valid_from"},
        {HEAD "a,Chicago,jail,detainer,hold,,must,x,2014,2013" TAIL "\n", "not before"},
        {HEAD "a,Chicago,jail,detainer,hold,,must,x,," TAIL "\n", "dates_verified"},
        {HEAD "a,Chicago,jail,detainer,hold,,must,\"x,2014," TAIL "\n", "quote"},
        {HEAD "a,Chicago,jail,detainer,hold,,must,x,2014," TAIL "\n"
              "a,Boston,jail,detainer,hold,,must,x,2014," TAIL "\n",
         "line 3|\"a\""},
        {HEAD "a,Chicago,jail,detainer,hold,,must,x,2014," TAIL "b\n", "names it back"},
        /* Overlaps: both lines and both ids; a shared actor and a shared form are enough. */
        {HEAD "a,Chicago,police jail,detainer,hold,,must,x,2014,2020-05-01" TAIL "\n"
              "b,Chicago,jail,I-247A,hold,,must not,x,2020-05-01," TAIL "\n",
         "line 2 (a, 2014 to 2020-05-01)|line 3 (b, 2020-05-01 to no end)"},
        {HEAD "a,Chicago,jail,detainer,hold,,must,x,,"
              ","
              "A. v. B.,a reader,2020,"
              "2026-01-01,yes,,\n"
              "b,Chicago,jail,detainer,hold,,must,x,2020," TAIL "\n",
         "no beginning to no end"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_law *law = NULL;
        struct pal_error err = {PAL_OK, ""};
        struct pal_view rest = pal_view_of(rows[i].words);
        struct pal_view part;
        pal_status st =
            pal_law_open(pal_view_of(rows[i].text), "edited.csv", &law, &err);
        if (st != PAL_INPUT || law != NULL) {
            fail_msg("table %zu is taken", i);
        }
        while (pal_view_split(&rest, '|', &part)) {
            struct pal_view text = pal_view_of(err.text);
            if (pal_view_find(text, part) == text.size) {
                fail_msg("table %zu: \"%s\" lacks \"%.*s\"", i, err.text,
                         PAL_VIEW_ARG(part));
            }
        }
    }
}

static void edited_tables_are_read(void **state)
{
    static const char *const texts[] = {
        /* One ends, the other begins. */
        HEAD "a,Chicago,jail,detainer,hold,,must,x,2014,2020-04-30" TAIL "\n"
             "b,Chicago,jail,detainer,hold,,must not,x,2020-05-01," TAIL "\n",
        /* A change within a year whose day nobody knows. */
        HEAD "a,Chicago,jail,detainer,hold,,must,x,2014,2020" TAIL "\r\n"
             "b,Chicago,jail,detainer,hold,,must not,x,2020," TAIL "\r\n",
        /* Each names the other. */
        HEAD "a,Chicago,jail,detainer,hold,,must,x,2014," TAIL "b\n"
             "b,Chicago,jail,detainer,hold,,must not,\"x, \"\"y\"\"\",2014," TAIL "a",
        /* Another condition, another actor. */
        HEAD "a,Chicago,jail,detainer,hold,,must,x,2014," TAIL "\n"
             "b,Chicago,jail,detainer,hold,watch-list,must not,x,2014," TAIL "\n"
             "c,Chicago,police,detainer,hold,,must not,x,2014," TAIL "\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct pal_law *law = NULL;
        struct pal_error err = {PAL_OK, ""};
        if (pal_law_open(pal_view_of(texts[i]), "edited.csv", &law, &err) != PAL_OK) {
            fail_msg("table %zu: %s", i, err.text);
        }
        assert_true(pal_law_rule_count(law) >= 2);
        pal_law_close(law);
    }
}

static void a_hole_between_two_rules_is_found(void **state)
{
    static const char text[] =
        HEAD "a,Chicago,jail,detainer,hold,,must,x,2014,2016-04-30" TAIL "\n"
             "b,Chicago,jail,detainer,hold,,must not,x,2016-06-01," TAIL "\n";
    struct pal_law *law = NULL;
    struct pal_law_finding *found = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    size_t count = 0;
    (void)state;
    pal_arena_init(&arena, 64U << 20);
    assert_int_equal(pal_law_open(pal_view_of(text), "edited.csv", &law, &err), PAL_OK);
    assert_int_equal(pal_law_findings(law, pal_day_from_text("2020-01-01"), &arena,
                                      &found, &count, &err),
                     PAL_OK);
    assert_int_equal(count, 1);
    assert_int_equal(found[0].kind, PAL_LAW_GAP);
    assert_true(pal_view_is_equal(found[0].next->id, PAL_VIEW("b")));
    pal_arena_clear(&arena);
    pal_law_close(law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_from_general_knowledge_is_unverified),
        cmocka_unit_test(gaps_and_ended_rules_of_the_table_are_known),
        cmocka_unit_test(bad_tables_are_refused_with_their_line),
        cmocka_unit_test(edited_tables_are_read),
        cmocka_unit_test(a_hole_between_two_rules_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
