/* The built-in table answers as its sources say. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "helper_law.h"

#define HOLD "hold past release on the document alone"

struct asked {
    const char *place;
    const char *day;
    const char *actor;
    const char *document;
    const char *question;
    const char *conviction; /* NULL: not stated */
    const char *fact;
    const char *outcome;
    const char *citation; /* stands in a deciding rule's; NULL: there is none */
};

static const struct pal_law_decision *find(const struct pal_law_decision *decisions,
                                           size_t count, const char *question)
{
    for (size_t i = 0; i < count; i++) {
        if (decisions[i].terms == 0 &&
            pal_view_is_equal(decisions[i].question, pal_view_of(question))) {
            return &decisions[i];
        }
    }
    return NULL;
}

static bool has_citation(const struct pal_law_decision *decision, const char *citation)
{
    for (size_t i = 0; i < decision->deciding_count; i++) {
        struct pal_view text = decision->rules[i]->citation;
        if (pal_view_find(text, pal_view_of(citation)) < text.size) {
            return true;
        }
    }
    return false;
}

static void assert_answer(const struct pal_law *law, const struct asked *row)
{
    struct pal_law_query query = {.day = pal_day_from_text(row->day)};
    struct pal_law_decision *decisions = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    enum pal_law_actor actor = PAL_LAW_POLICE;
    size_t count = 0;
    query.place = pal_law_find_place(law, pal_view_of(row->place));
    int document = pal_law_find_document(law, pal_view_of(row->document));
    assert_true(query.place >= 0 && document >= 0 && query.day != PAL_DAY_NONE);
    assert_true(pal_law_find_actor(pal_view_of(row->actor), &actor));
    query.actors = (uint32_t)actor;
    query.documents = UINT32_C(1) << document;
    if (row->conviction != NULL) {
        assert_int_equal(
            pal_law_add_conviction(&query.facts, pal_view_of(row->conviction), &err),
            PAL_OK);
    }
    if (row->fact != NULL) {
        assert_int_equal(pal_law_add_fact(&query.facts, pal_view_of(row->fact), &err),
                         PAL_OK);
    }
    pal_arena_init(&arena, 64U << 20);
    assert_int_equal(pal_law_decide(law, &query, &arena, &decisions, &count, &err),
                     PAL_OK);
    const struct pal_law_decision *decision = find(decisions, count, row->question);
    if (decision == NULL) {
        fail_msg("%s %s %s: not answered", row->place, row->day, row->question);
        return;
    }
    const char *outcome = pal_law_outcome_text(decision->outcome);
    if (strcmp(outcome, row->outcome) != 0 ||
        (row->citation != NULL && !has_citation(decision, row->citation)) ||
        (row->citation == NULL && decision->deciding_count > 0)) {
        fail_msg("%s %s %s %s %s: %s, %zu deciding rules", row->place, row->day,
                 row->actor, row->document, row->question, outcome,
                 decision->deciding_count);
    }
    pal_arena_clear(&arena);
}

static const struct asked answers[] = {
    /* Boston: the act of 2014, its amendment, Lunn, and the year that is not on file. */
    {"Boston", "2013-06-01", "police", "I-247", HOLD, NULL, NULL, "unknown",
     "287.7(a), (d)"},
    {"Boston", "2015-06-01", "police", "I-247", HOLD, NULL, NULL, "must not", "2014"},
    {"Boston", "2014-06-01", "police", "I-247", HOLD, NULL, NULL, "unknown",
     "Boston Trust Act (2014)"},
    {"Boston", "2019-12-15", "police", "I-247A", HOLD, NULL, NULL, "must not",
     "December 2019"},
    {"Boston", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "must not", "Lunn"},
    {"Boston", "2017-03-01", "jail", "I-247D", HOLD, NULL, NULL, "unknown", "Lunn"},
    {"Boston", "2020-03-01", "police", "I-200", HOLD, NULL, NULL, "must not", "Boston"},
    {"Boston", "2020-03-01", "police", "judicial-warrant", "hand over", NULL, NULL,
     "may hold", "Boston"},
    /* New York: warrant and conviction, or warrant and list; re-entry for the police. */
    {"New York City", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "must not",
     "9-131"},
    {"New York", "2020-03-01", "jail", "judicial-warrant", HOLD, NULL, NULL, "must not",
     "9-131"},
    {"New York", "2020-03-01", "jail", "judicial-warrant", HOLD, "violent:3", NULL,
     "may hold", "9-131"},
    {"New York", "2020-03-01", "jail", "judicial-warrant", HOLD, "violent:9", NULL,
     "must not", "9-131"},
    {"New York", "2020-03-01", "jail", "judicial-warrant", HOLD, NULL, "watch-list",
     "may hold", "9-131"},
    {"New York", "2016-03-01", "police", "I-247D", HOLD, "violent", "reentered",
     "may hold", "14-154"},
    {"New York", "2016-03-01", "jail", "I-247D", HOLD, "violent", "reentered",
     "must not", "9-131"},
    {"New York", "2014-03-01", "jail", "I-247", HOLD, NULL, NULL, "unknown", "9-131"},
    /* Detroit: the county's jail; nothing found for the city's police. */
    {"Detroit", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "must not",
     "Wayne County"},
    {"Detroit", "2020-03-01", "jail", "I-247A", HOLD, NULL, "judicial-finding",
     "may hold", "Wayne County"},
    {"Detroit", "2020-03-01", "police", "I-247A", HOLD, NULL, NULL, "unknown",
     "no rule found"},
    {"Detroit", "2016-03-01", "jail", "I-247D", HOLD, NULL, NULL, "unknown", NULL},
    {"Detroit", "2020-03-01", "jail", "I-200", HOLD, NULL, "judicial-finding",
     "may hold", "Wayne County"},
    {"Detroit", "2020-03-01", "jail", "none", "hand over", NULL, NULL, "must not",
     "Wayne County"},
    /* Chicago. */
    {"Chicago", "2020-03-01", "police", "I-247A", HOLD, NULL, NULL, "must not",
     "5 ILCS 805/15"},
    {"Chicago", "2020-03-01", "jail", "I-200", HOLD, NULL, NULL, "must not",
     "5 ILCS 805/15"},
    {"Chicago", "2020-03-01", "jail", "judicial-warrant", HOLD, NULL, NULL, "may hold",
     "5 ILCS 805/15"},
    {"Chicago", "2020-03-01", "jail", "I-247A", "notify of release", NULL, NULL,
     "unknown", NULL},
    {"Chicago", "2022-03-01", "jail", "I-247A", "notify of release", NULL, NULL,
     "must not", "Way Forward"},
    {"Chicago", "2016-03-01", "police", "I-247D", HOLD, "felony", NULL, "may hold",
     "2-173"},
    {"Chicago", "2020-03-01", "police", "I-247A", HOLD, "felony", NULL, "must not",
     "5 ILCS 805/15"},
    {"Chicago", "2020-03-01", "police", "none", "publish counts", NULL, NULL, "unknown",
     NULL},
    {"Chicago", "2022-03-01", "police", "none", "publish counts", NULL, NULL, "must",
     "2-173"},
    /* California. Where a city's law is narrower than the state's by what was not read, the
     * answer is neither. */
    {"San Francisco", "2020-03-01", "jail", "I-247A", "hand over", "listed", NULL,
     "unknown", "12I"},
    {"San Francisco", "2020-03-01", "jail", "I-247A", "hand over", NULL,
     "judicial-finding", "may hold", "Sheriff"},
    {"Los Angeles", "2024-12-03", "police", "I-247A", "hand over", "listed", NULL,
     "may hold", "7282.5"},
    {"Los Angeles", "2024-12-04", "police", "I-247A", "hand over", "listed", NULL,
     "unknown", "ordinance"},
    {"Los Angeles", "2024-12-04", "police", "I-247A", "hand over", NULL,
     "judicial-finding", "may hold", "ordinance"},
    {"Los Angeles", "2024-12-04", "police", "I-247A", "hand over", NULL, NULL,
     "must not", "ordinance"},
    {"San Francisco", "2014-01-15", "jail", "I-247", HOLD, NULL, NULL, "must not",
     "12I"},
    {"San Francisco", "2020-03-01", "jail", "judicial-warrant", HOLD, NULL, NULL,
     "may hold", "Sheriff"},
    {"San Francisco", "2016-03-01", "jail", "I-247N", "notify of release",
     "violent-felony:2", NULL, "may hold", "12I"},
    {"Los Angeles", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "must not",
     "7284.6"},
    {"Los Angeles", "2017-12-31", "jail", "I-247A", HOLD, NULL, NULL, "must not",
     "AB 4"},
    {"Los Angeles", "2020-03-01", "jail", "I-247A", "notify of release", "listed", NULL,
     "may hold", "7282.5"},
    {"Los Angeles", "2024-12-03", "police", "I-200", HOLD, NULL, NULL, "unknown", NULL},
    {"Los Angeles", "2024-12-04", "police", "I-200", HOLD, NULL, NULL, "must not",
     "ordinance"},
    /* Georgia, to the day. */
    {"Atlanta", "2024-04-30", "jail", "I-247A", HOLD, NULL, NULL, "unknown", NULL},
    {"Atlanta", "2024-05-01", "jail", "I-247A", HOLD, NULL, NULL, "must", "HB 1105"},
    {"Atlanta", "2024-12-31", "jail", "none", "publish counts", NULL, NULL, "unknown",
     NULL},
    {"Atlanta", "2025-01-01", "jail", "none", "publish counts", NULL, NULL, "must",
     "HB 1105"},
    /* New Orleans: two that cannot both hold; the police's policy turned round. */
    {"New Orleans", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "must not",
     "Cacho"},
    {"New Orleans", "2025-03-01", "jail", "I-247A", HOLD, NULL, NULL, "disputed",
     "Cacho"},
    {"New Orleans", "2025-03-01", "jail", "I-247A", HOLD, NULL, NULL, "disputed",
     "Act 314"},
    {"New Orleans", "2023-06-01", "police", "I-247A", "hand over", NULL, NULL,
     "must not", "41.6.1"},
    {"New Orleans", "2026-03-01", "police", "I-247A", "hand over", NULL, NULL, "must",
     "rewritten"},
    {"New Orleans", "2026-02-10", "police", "I-247A", "hand over", NULL, NULL,
     "unknown", "rewritten"},
    {"New Orleans", "2020-03-01", "jail", "I-200", HOLD, NULL, NULL, "must not",
     "Cacho"},
    {"New Orleans", "2025-03-01", "jail", "I-247A", HOLD, "listed", NULL, "must",
     "Act 314"},
    /* Newark and New Jersey. */
    {"Newark", "2020-03-01", "police", "I-200", HOLD, NULL, NULL, "must not", "2017"},
    {"Newark", "2013-07-23", "police", "I-247", HOLD, NULL, NULL, "unknown",
     "287.7(a), (d)"},
    {"Newark", "2013-07-24", "police", "I-247", HOLD, NULL, NULL, "must not", "2013"},
    {"Newark", "2017-06-19", "police", "I-247A", HOLD, NULL, NULL, "must not", "2017"},
    {"Newark", "2020-03-01", "jail", "I-247A", HOLD, NULL, "order-by-judge", "may hold",
     "2018-6"},
    {"Newark", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "must not", "2018-6"},
    /* The agency's own papers, and both clocks. */
    {"Chicago", "2020-03-01", "agency", "I-200", "arrest in public", NULL, NULL,
     "may hold", "236.1"},
    {"Chicago", "2020-03-01", "agency", "I-200", "enter a home", NULL, NULL, "must not",
     "Fourth"},
    {"Chicago", "2020-03-01", "agency", "I-205", "enter a home", NULL, NULL, "must not",
     "Fourth"},
    {"Chicago", "2026-06-01", "agency", "I-205", "enter a home", NULL, NULL, "disputed",
     "Homeland"},
    {"Chicago", "2020-03-01", "agency", "none", "arrest in public", NULL, "escape-risk",
     "may hold", "1357"},
    {"Chicago", "2020-03-01", "agency", "none", "arrest in public", NULL, NULL,
     "must not", "1357"},
    {"Chicago", "2020-03-01", "jail", "I-247A", "how long a hold may last", NULL, NULL,
     "disputed", "287.7(d)"},
    {"Chicago", "2020-03-01", "jail", "I-247A", "how long a hold may last", NULL, NULL,
     "disputed", "Guidance"},
    {"Chicago", "2016-03-01", "jail", "I-247D", "how long a hold may last", NULL, NULL,
     "may hold", "287.7(d)"},
    /* Long before its law there is no answer. */
    {"Chicago", "1850-03-01", "agency", "I-200", "arrest in public", NULL, NULL,
     "unknown", NULL},
    /* Federal law alone leaves it open; a place without a rule is not "may". */
    {"United States", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "may hold",
     "Galarza"},
    {"Michigan", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "unknown", NULL},
    {"Chicago", "2020-03-01", "court", "I-247A", HOLD, NULL, NULL, "unknown", NULL},
};

static void the_table_answers_as_its_sources_say(void **state)
{
    struct pal_law *law = pal_test_law();
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        assert_answer(law, &answers[i]);
    }
    pal_law_close(law);
}

static void exceptions_that_are_not_stated_are_answers_of_their_own(void **state)
{
    struct pal_law *law = pal_test_law();
    struct pal_law_decision *decisions = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    struct pal_buffer words;
    size_t count = 0;
    size_t conditional = 0;
    struct pal_law_query query = {.place =
                                      pal_law_find_place(law, PAL_VIEW("New York")),
                                  .day = pal_day_from_text("2020-03-01"),
                                  .actors = PAL_LAW_JAIL};
    query.documents = UINT32_C(1)
                      << pal_law_find_document(law, PAL_VIEW("judicial-warrant"));
    (void)state;
    pal_arena_init(&arena, 64U << 20);
    pal_buffer_init(&words, 4096);
    assert_int_equal(pal_law_decide(law, &query, &arena, &decisions, &count, &err),
                     PAL_OK);
    for (size_t i = 0; i < count; i++) {
        if (pal_view_is_equal(decisions[i].question, PAL_VIEW(HOLD)) &&
            decisions[i].terms != 0) {
            pal_buffer_reset(&words);
            pal_law_terms_text(decisions[i].terms, &words);
            assert_int_equal(decisions[i].outcome, PAL_LAW_MAY_HOLD);
            assert_true(strcmp(words.data,
                               "a conviction of a violent or serious crime within "
                               "five years") == 0 ||
                        strcmp(words.data, "a match on a terrorist watch list") == 0);
            conditional++;
        }
    }
    assert_int_equal(conditional, 2);
    /* What is known not to hold is no exception any more. */
    assert_int_equal(pal_law_add_conviction(&query.facts, PAL_VIEW("none"), &err),
                     PAL_OK);
    assert_int_equal(pal_law_decide(law, &query, &arena, &decisions, &count, &err),
                     PAL_OK);
    conditional = 0;
    for (size_t i = 0; i < count; i++) {
        conditional += pal_view_is_equal(decisions[i].question, PAL_VIEW(HOLD)) &&
                               decisions[i].terms != 0
                           ? 1
                           : 0;
    }
    assert_int_equal(conditional, 1);
    pal_buffer_clear(&words);
    pal_arena_clear(&arena);
    pal_law_close(law);
}

static void a_day_behind_the_last_check_is_noted(void **state)
{
    static const struct {
        const char *day;
        bool has_note;
    } rows[] = {{"2020-03-01", false}, {"2026-11-25", false}, {"2099-12-31", true}};
    struct pal_law *law = pal_test_law();
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_law_query query = {.place =
                                          pal_law_find_place(law, PAL_VIEW("Newark")),
                                      .day = pal_day_from_text(rows[i].day),
                                      .actors = PAL_LAW_POLICE};
        struct pal_law_decision *decisions = NULL;
        struct pal_error err = {PAL_OK, ""};
        struct pal_arena arena;
        size_t count = 0;
        query.documents = UINT32_C(1) << pal_law_find_document(law, PAL_VIEW("I-247A"));
        pal_arena_init(&arena, 64U << 20);
        assert_int_equal(pal_law_decide(law, &query, &arena, &decisions, &count, &err),
                         PAL_OK);
        const struct pal_law_decision *decision = find(decisions, count, HOLD);
        assert_non_null(decision);
        assert_int_equal(decision->outcome, PAL_LAW_MUST_NOT);
        assert_int_equal(decision->note.size > 0, rows[i].has_note);
        pal_arena_clear(&arena);
    }
    pal_law_close(law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_answers_as_its_sources_say),
        cmocka_unit_test(exceptions_that_are_not_stated_are_answers_of_their_own),
        cmocka_unit_test(a_day_behind_the_last_check_is_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
