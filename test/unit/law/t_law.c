/* The built-in table answers as its sources say, and edited tables are read or refused. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "law/law.h"

#define HOLD "hold past release on the document alone"
#define HEAD                                                                           \
    "id,place,actor,document,question,condition,outcome,says,valid_from,valid_to,"     \
    "citation,source,source_date,date_checked,verified,dates_verified,conflicts_"      \
    "with\n"

static struct pal_law *open_built_in(void)
{
    struct pal_law *law = NULL;
    struct pal_error err = {PAL_OK, ""};
    if (pal_law_open((struct pal_view){NULL, 0}, "", &law, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
    return law;
}

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

static void the_table_answers_as_its_sources_say(void **state)
{
    static const struct asked rows[] = {
        /* Boston: the act of 2014, its amendment, Lunn, and the year that is not on file. */
        {"Boston", "2013-06-01", "police", "I-247", HOLD, NULL, NULL, "unknown",
         "287.7(a), (d)"},
        {"Boston", "2015-06-01", "police", "I-247", HOLD, NULL, NULL, "must not",
         "2014"},
        {"Boston", "2014-06-01", "police", "I-247", HOLD, NULL, NULL, "unknown",
         "Boston Trust Act (2014)"},
        {"Boston", "2019-12-15", "police", "I-247A", HOLD, NULL, NULL, "must not",
         "December 2019"},
        {"Boston", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "must not",
         "Lunn"},
        {"Boston", "2017-03-01", "jail", "I-247D", HOLD, NULL, NULL, "unknown", "Lunn"},
        {"Boston", "2020-03-01", "police", "I-200", HOLD, NULL, NULL, "must not",
         "Boston"},
        {"Boston", "2020-03-01", "police", "judicial-warrant", "hand over", NULL, NULL,
         "may hold", "Boston"},
        /* New York: warrant and conviction, or warrant and list; re-entry for the police. */
        {"New York City", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "must not",
         "9-131"},
        {"New York", "2020-03-01", "jail", "judicial-warrant", HOLD, NULL, NULL,
         "must not", "9-131"},
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
        {"New York", "2014-03-01", "jail", "I-247", HOLD, NULL, NULL, "unknown",
         "9-131"},
        /* Detroit: the county's jail; nothing found for the city's police. */
        {"Detroit", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "must not",
         "Wayne County"},
        {"Detroit", "2020-03-01", "jail", "I-247A", HOLD, NULL, "judicial-finding",
         "may hold", "Wayne County"},
        {"Detroit", "2020-03-01", "police", "I-247A", HOLD, NULL, NULL, "unknown",
         "no rule found"},
        {"Detroit", "2016-03-01", "jail", "I-247D", HOLD, NULL, NULL, "unknown", NULL},
        /* Chicago. */
        {"Chicago", "2020-03-01", "police", "I-247A", HOLD, NULL, NULL, "must not",
         "5 ILCS 805/15"},
        {"Chicago", "2020-03-01", "jail", "I-200", HOLD, NULL, NULL, "must not",
         "5 ILCS 805/15"},
        {"Chicago", "2020-03-01", "jail", "judicial-warrant", HOLD, NULL, NULL,
         "may hold", "5 ILCS 805/15"},
        {"Chicago", "2020-03-01", "jail", "I-247A", "notify of release", NULL, NULL,
         "unknown", NULL},
        {"Chicago", "2022-03-01", "jail", "I-247A", "notify of release", NULL, NULL,
         "must not", "Way Forward"},
        {"Chicago", "2016-03-01", "police", "I-247D", HOLD, "felony", NULL, "may hold",
         "2-173"},
        {"Chicago", "2020-03-01", "police", "I-247A", HOLD, "felony", NULL, "must not",
         "5 ILCS 805/15"},
        /* California. */
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
        {"Los Angeles", "2020-03-01", "jail", "I-247A", "notify of release", "listed",
         NULL, "may hold", "7282.5"},
        {"Los Angeles", "2024-12-03", "police", "I-200", HOLD, NULL, NULL, "unknown",
         NULL},
        {"Los Angeles", "2024-12-04", "police", "I-200", HOLD, NULL, NULL, "must not",
         "ordinance"},
        /* Georgia, to the day. */
        {"Atlanta", "2024-04-30", "jail", "I-247A", HOLD, NULL, NULL, "unknown", NULL},
        {"Atlanta", "2024-05-01", "jail", "I-247A", HOLD, NULL, NULL, "must",
         "HB 1105"},
        {"Atlanta", "2024-12-31", "jail", "none", "publish counts", NULL, NULL,
         "unknown", NULL},
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
        {"New Orleans", "2026-03-01", "police", "I-247A", "hand over", NULL, NULL,
         "must", "rewritten"},
        {"New Orleans", "2026-02-10", "police", "I-247A", "hand over", NULL, NULL,
         "unknown", "rewritten"},
        /* Newark and New Jersey. */
        {"Newark", "2013-07-23", "police", "I-247", HOLD, NULL, NULL, "unknown",
         "287.7(a), (d)"},
        {"Newark", "2013-07-24", "police", "I-247", HOLD, NULL, NULL, "must not",
         "2013"},
        {"Newark", "2017-06-19", "police", "I-247A", HOLD, NULL, NULL, "must not",
         "2017"},
        {"Newark", "2020-03-01", "jail", "I-247A", HOLD, NULL, "order-by-judge",
         "may hold", "2018-6"},
        {"Newark", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "must not",
         "2018-6"},
        /* The agency's own papers, and both clocks. */
        {"Chicago", "2020-03-01", "agency", "I-200", "arrest in public", NULL, NULL,
         "may hold", "236.1"},
        {"Chicago", "2020-03-01", "agency", "I-200", "enter a home", NULL, NULL,
         "must not", "Fourth"},
        {"Chicago", "2020-03-01", "agency", "I-205", "enter a home", NULL, NULL,
         "must not", "Fourth"},
        {"Chicago", "2026-06-01", "agency", "I-205", "enter a home", NULL, NULL,
         "disputed", "Homeland"},
        {"Chicago", "2020-03-01", "agency", "none", "arrest in public", NULL,
         "escape-risk", "may hold", "1357"},
        {"Chicago", "2020-03-01", "agency", "none", "arrest in public", NULL, NULL,
         "must not", "1357"},
        {"Chicago", "2020-03-01", "jail", "I-247A", "how long a hold may last", NULL,
         NULL, "disputed", "287.7(d)"},
        {"Chicago", "2020-03-01", "jail", "I-247A", "how long a hold may last", NULL,
         NULL, "disputed", "Guidance"},
        {"Chicago", "2016-03-01", "jail", "I-247D", "how long a hold may last", NULL,
         NULL, "may hold", "287.7(d)"},
        /* Federal law alone leaves it open; a place without a rule is not "may". */
        {"United States", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "may hold",
         "Galarza"},
        {"Michigan", "2020-03-01", "jail", "I-247A", HOLD, NULL, NULL, "unknown", NULL},
        {"Chicago", "2020-03-01", "court", "I-247A", HOLD, NULL, NULL, "unknown", NULL},
    };
    struct pal_law *law = open_built_in();
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_answer(law, &rows[i]);
    }
    pal_law_close(law);
}

static void exceptions_that_are_not_stated_are_answers_of_their_own(void **state)
{
    struct pal_law *law = open_built_in();
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

static void a_rule_from_general_knowledge_is_unverified(void **state)
{
    struct pal_law *law = open_built_in();
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
    struct pal_law *law = open_built_in();
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

static void facilities_and_forms_are_found_as_released(void **state)
{
    struct pal_law *law = open_built_in();
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
    struct pal_law *law = open_built_in();
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
    struct pal_law *law = open_built_in();
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
        cmocka_unit_test(the_table_answers_as_its_sources_say),
        cmocka_unit_test(exceptions_that_are_not_stated_are_answers_of_their_own),
        cmocka_unit_test(a_rule_from_general_knowledge_is_unverified),
        cmocka_unit_test(gaps_and_ended_rules_of_the_table_are_known),
        cmocka_unit_test(bad_tables_are_refused_with_their_line),
        cmocka_unit_test(edited_tables_are_read),
        cmocka_unit_test(a_hole_between_two_rules_is_found),
        cmocka_unit_test(facilities_and_forms_are_found_as_released),
        cmocka_unit_test(a_year_in_which_the_law_changed_comes_out_in_parts),
        cmocka_unit_test(an_exception_that_may_hold_is_noted),
        cmocka_unit_test(every_failing_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
