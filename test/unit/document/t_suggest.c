#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document/suggest.h"

/* The suggestions of a text dated 5 March 2020, a Thursday. */
static void suggest(const char *text, struct pal_suggestions *out)
{
    struct pal_document document;
    struct pal_error err = {PAL_OK, ""};
    if (pal_document_read_memory(pal_view_of(text), "a.txt", &document, &err) !=
        PAL_OK) {
        fail_msg("%s: %s", text, err.text);
    }
    document.published = pal_day_from_text("2020-03-05");
    if (pal_suggest(&document, out, &err) != PAL_OK) {
        fail_msg("%s: %s", text, err.text);
    }
    pal_document_clear(&document);
}

/* "test value..high unit [place] from..to" of every suggestion, parted by "; ". */
static void write_all(const struct pal_suggestions *found, struct pal_buffer *out)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct pal_suggestion *s = &found->items[i];
        char from[16];
        char to[16];
        pal_day_text(s->from, from);
        pal_day_text(s->to, to);
        pal_buffer_append_format(out, "%s%s", i > 0 ? "; " : "", s->test);
        if (s->has_value) {
            pal_buffer_append_format(out, " %.4g", s->value);
        }
        if (s->has_value_high) {
            pal_buffer_append_format(out, "..%.4g", s->value_high);
        }
        pal_buffer_append_format(out, " %.*s", PAL_VIEW_ARG(s->unit));
        if (s->place.size > 0) {
            pal_buffer_append_format(out, " [%.*s]", PAL_VIEW_ARG(s->place));
        }
        if (from[0] != '\0' || to[0] != '\0') {
            pal_buffer_append_format(out, " %s..%s", from, to);
        }
    }
}

static void a_sentence_gives_what_it_states_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *want;
    } rows[] = {
        {"Agents made 10 to 15 arrests a day in Newark last week.",
         "equals-about 10..15 arrests a day [Newark] 2020-02-24..2020-03-01"},
        {"Between 10 and 15 officers came.", "equals-about 10..15 officers"},
        {"At least two dozen people were held for 72 hours.",
         "at-least 24 people; equals-about 72 hours"},
        {"Two-thirds of the people had no record.", "equals-about 66.67 %"},
        {"One in five arrests was wrong.", "equals-about 20 %"},
        {"Nearly all of those arrested were men.", "share-above people"},
        {"None of the 26 detainers was honored.", "equals-about 0 detainers"},
        {"Removals rose 18 percent in fiscal 2019.",
         "rose 18 % 2018-10-01..2019-09-30"},
        {"Arrests fell by half since February.", "fell 50 % 2020-02-01..2020-03-05"},
        {"The office made twice as many arrests in January.",
         "rose 2 times 2020-01-01..2020-01-31"},
        {"There were more arrests than usual in Boston.",
         "more-than-usual arrests [Boston]"},
        {"El Paso had the most removals.", "rank removals [El Paso]"},
        {"They worked 10 days in a row.", "equals-about 10 days in a row"},
        {"About 1.5 million cases are open.", "equals-about 1.5e+06 cases"},
        {"286 and 956 arrests were made.", "equals-about 286 arrests; equals-about 956 "
                                           "arrests"},
        {"A 30 percent increase in arrests was seen in January.",
         "rose 30 % 2020-01-01..2020-01-31"},
        {"Arrests fell from 61,000 to 48,500.", "fell ; equals-about 4.85e+04 arrests"},
        {"Arrests peaked at about 322,000 in 2011.",
         "equals-about 3.22e+05 arrests 2011-01-01..2011-12-31"},
        {"Officers arrested 26 this week.",
         "equals-about 26 people 2020-03-02..2020-03-05"},
        {"Jails got 61 detainers and declined 8 of them.",
         "equals-about 61 detainers; equals-about 8 detainers"},
        {"Arrests were up 12% from January.", "rose 12 %"},
        {"They worked 12-hour shifts.", "equals-about 12 hours a shift"},
        {"They had been there for 11 hours.", "equals-about 11 hours"},
        {"About 40-some officers came.", "equals-about 40..49 officers"},
        {"A quarter-million people left.", "equals-about 2.5e+05 people"},
        {"It did not honor a single detainer.", "equals-about 0 detainers"},
        {"Newark ranked second in removals.", "rank 2 removals [Newark]"},
        {"From Feb. 3-7, officers made 27 arrests.",
         "equals-about 27 arrests 2020-02-03..2020-02-07"},
        {"During the week of Feb. 9, officers made 27 arrests.",
         "equals-about 27 arrests 2020-02-09..2020-02-15"},
        {"We need 250 agents by March 16.", "equals-about 250 agents ..2020-03-16"},
        {"Some 85% of the 704 people arrested had a record.",
         "equals-about 85 %; equals-about 704 people"},
        {"No one was arrested on Tuesday.",
         "equals-about 0 people 2020-03-03..2020-03-03"},
        {"Some 2.1 to 2.4 million people came.",
         "equals-about 2.1e+06..2.4e+06 people"},
        {"Between 500 and 1,200 people came.", "equals-about 500..1200 people"},
        {"Agents work 12- to 14-hour days.", "equals-about 12..14 hours a day"},
        {"They made 6 arrests a day. That is between 40 and 50 a week.",
         "equals-about 6 arrests a day; equals-about 40..50 arrests a week"},
        {"The population slid below 30,000 on Tuesday.",
         "at-most 3e+04 people 2020-03-03..2020-03-03"},
        {"Removals rose to 90 in the last quarter of 2019.",
         "rose  2019-10-01..2019-12-31; equals-about 90 removals "
         "2019-10-01..2019-12-31"},
        {"In the final two months of 2018 officers made 27 arrests.",
         "equals-about 27 arrests 2018-11-01..2018-12-31"},
        {"Since the start of the year officers made 27 arrests.",
         "equals-about 27 arrests 2020-01-01..2020-03-05"},
        {"Officers made 27 arrests during the 2019 fiscal year.",
         "equals-about 27 arrests 2018-10-01..2019-09-30"},
        {"Arrests grew by 30 percent from 2015 to 2018.",
         "rose 30 % 2015-01-01..2018-12-31"},
        {"Officers made 40 arrests in 2018 and 60 arrests in 2019.",
         "equals-about 40 arrests 2018-01-01..2018-12-31; equals-about 60 arrests "
         "2019-01-01..2019-12-31"},
        {"According to a memo, 250 agents were to come to Newark.",
         "equals-about 250 agents [Newark]"},
        {"Chen v. Doe, 29 F.4th 1123, and Lunn, 477 Mass. 517, say so.", ""},
        {"Local 1021 meets on Tuesday.", ""},
        {"Call the office, extension 4455.", ""},
        {"In the spring of 2019 agents made 812 arrests.",
         "equals-about 812 arrests 2019-03-01..2019-05-31"},
        {"In 2019 agents made 812 arrests.",
         "equals-about 812 arrests 2019-01-01..2019-12-31"},
        {"Teams of six watched eleven homes.", "equals-about 11 homes"},
        {"Teams of six officers came.", "equals-about 6 officers"},
        {"At least 60, and maybe as many as 75, of the arrests were in Newark.",
         "at-least 60 arrests [Newark]; at-most 75 arrests [Newark]"},
        {"Officers shall not, in any event and on no basis whatever, hold a person for "
         "more than 3 hours.",
         ""},
        {"There were 960 removals in 2019. Newark ranked third.",
         "equals-about 960 removals 2019-01-01..2019-12-31; rank 3 removals [Newark]"},
        {"Nobody was hurt on Tuesday.", ""},
        {"Six agents took him and his two sons, 17 and 19.", "equals-about 6 agents"},
        {"Two others face prosecution for a crime.", ""},
        {"Recommendation 3 remains open on page 14.", ""},
        {"The vote was 44 ayes to 6 nays and takes effect in 30 days.", ""},
        {"A detainer asks a jail to hold a person for up to 48 hours.", ""},
        {"Lawyers for two families disputed that.", ""},
        {"Shares of the company rose 3 percent.", ""},
        {"The man, 34, paid $3,000 on March 2, 2020, at 9:30 a.m.", ""},
        {"Section 287(g) and 8 U.S.C. 1357 apply to No. 19-cv-01234.", ""},
        {"The house at 1200 West Elm Street was 15 miles away.", ""},
        {"One of the officers said that the vote was 45-3.", ""},
        {"It was a three-day operation with a 14-page order.", ""},
        {"A jail may hold a person for up to 48 hours.", ""},
        {"Two officials familiar with the plan said it began in 2019.", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_suggestions found;
        struct pal_buffer got;
        pal_buffer_init(&got, 10000);
        pal_buffer_append_text(&got, "");
        suggest(rows[i].text, &found);
        write_all(&found, &got);
        struct pal_view view = pal_buffer_view(&got);
        if (!pal_view_is_equal(view, pal_view_of(rows[i].want))) {
            fail_msg("%s\n  got:  %.*s\n  want: %s", rows[i].text, PAL_VIEW_ARG(view),
                     rows[i].want);
        }
        pal_buffer_clear(&got);
        pal_suggestions_clear(&found);
    }
}

static void a_claim_has_a_measure_or_says_why_it_is_not_tested(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *measure; /* NULL: none */
        const char *where;
        bool is_tested;
    } rows[] = {
        {"ICE arrested 83 people in Newark last week.", "arrests", "", true},
        {"Officers made 31 street arrests in January.", "arrests",
         "method_group=at-large", true},
        {"Jails declined 22 detainers in January.", "detainers", "outcome=declined",
         true},
        {"The county did not honor 22 detainers in January.", NULL, "", false},
        {"Jails had concerns about 22 detainers in January.", NULL, "", false},
        {"29 percent of the detainers were declined in 2019.",
         "detainers_declined_share", "", true},
        {"The agency deported 185,884 people in 2019.", "removals", "", true},
        {"ICE held 39,319 people on Feb. 1.", "custody_midnight", "", true},
        {"Agents made 10 arrests a day in February.", "arrests_per_day", "", true},
        {"Most of those arrested in January were not targets.", "collateral_share", "",
         true},
        {"Arrests fell 12 percent in January compared with December.", "arrests", "",
         true},
        /* No days, no place that the measure knows, a change of a whole span. */
        {"ICE arrested 83 people.", "arrests", "", false},
        {"411 people were booked into detention in Newark in December.", "book_ins", "",
         false},
        {"Arrests have doubled since February.", "arrests", "", false},
        {"Deportations dropped by 3,000 in 2019.", "removals", "", false},
        {"El Paso had 12 removals, and 598 had a record in 2019.", "removals", "",
         true},
        /* No measure. */
        {"At least 500 special agents will go in April.", NULL, "", false},
        {"They watched a house for 12 hours a day in January.", NULL, "", false},
        {"Half of those arrested in January had no record.", NULL, "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_suggestions found;
        suggest(rows[i].text, &found);
        if (found.count == 0) {
            fail_msg("nothing is proposed: %s", rows[i].text);
        }
        const struct pal_suggestion *s = &found.items[0];
        bool is_same = (s->measure == NULL) == (rows[i].measure == NULL) &&
                       (s->measure == NULL || strcmp(s->measure, rows[i].measure) == 0);
        if (!is_same || !pal_view_is_equal(s->where, pal_view_of(rows[i].where)) ||
            (s->why_not.size == 0) != rows[i].is_tested) {
            fail_msg("%s\n  got: %s, %.*s, %.*s", rows[i].text,
                     s->measure == NULL ? "no measure" : s->measure,
                     PAL_VIEW_ARG(s->where), PAL_VIEW_ARG(s->why_not));
        }
        pal_suggestions_clear(&found);
    }
}

static void a_word_without_an_end_is_no_failure(void **state)
{
    (void)state;
    enum { SIZE = 2000000 };
    struct pal_suggestions found;
    static const char said[] =
        " The officers of the agency were in the city and they arrested 83 people.";
    char *text = malloc(SIZE + sizeof said);
    assert_non_null(text);
    memset(text, 'a', SIZE);
    memcpy(text + SIZE, said, sizeof said);
    suggest(text, &found);
    assert_int_equal(found.count, 1);
    pal_suggestions_clear(&found);
    free(text);
}

static void a_change_is_held_against_the_days_it_names(void **state)
{
    (void)state;
    struct pal_suggestions found;
    suggest("Arrests fell 12 percent in January compared with December 2018.", &found);
    assert_int_equal(found.count, 1);
    assert_true(found.items[0].has_against);
    assert_int_equal(found.items[0].against_from, pal_day_from_text("2018-12-01"));
    assert_int_equal(found.items[0].against_to, pal_day_from_text("2018-12-31"));
    assert_int_equal(found.items[0].from, pal_day_from_text("2020-01-01"));
    pal_suggestions_clear(&found);
}

static void a_speaker_is_an_office_and_a_private_person_has_no_name(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *role;
        const char *speaker;
        const char *speech;
    } rows[] = {
        {"\"We made 112 arrests,\" said Henry Doe, the agency's acting director.",
         "official-named", "Henry Doe, acting director", "direct"},
        {"The agency's spokesman, Bryan Cole, said 40 arrests were made.",
         "official-named", "Bryan Cole, spokesman", "reported"},
        {"About 40 arrests were made, court papers show.", "court-paper", "",
         "reported"},
        {"About 40 arrests were made, according to an internal email.", "email", "",
         "reported"},
        {"About 40 arrests were made, officials said.", "official-unnamed", "",
         "reported"},
        {"\"They took 12 people,\" said Rosa Perez, a neighbor.", NULL, "", "direct"},
        {"Agents made 40 arrests.", "reporter", "", "reported"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_suggestions found;
        suggest(rows[i].text, &found);
        assert_int_equal(found.count, 1);
        const struct pal_suggestion *s = &found.items[0];
        if ((s->role == NULL) != (rows[i].role == NULL) ||
            (s->role != NULL && strcmp(s->role, rows[i].role) != 0) ||
            !pal_view_is_equal(s->speaker, pal_view_of(rows[i].speaker)) ||
            strcmp(s->speech, rows[i].speech) != 0) {
            fail_msg("%s\n  %s, \"%.*s\", %s", rows[i].text,
                     s->role == NULL ? "-" : s->role, PAL_VIEW_ARG(s->speaker),
                     s->speech);
        }
        assert_true(pal_view_find(s->quotation, PAL_VIEW("Perez")) ==
                    s->quotation.size);
        pal_suggestions_clear(&found);
    }
}

/* Paragraphs behind, an official has a surname or is "he". */
static void a_speaker_is_known_again_in_the_paragraphs_behind(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *role; /* of the last claim */
        const char *speaker;
    } rows[] = {
        {"Henry Doe, the agency's director, said 40 arrests were made.\n\nDoe added "
         "that 12 "
         "people were held.",
         "official-named", "Henry Doe, director"},
        {"Henry Doe, the agency's director, said 40 arrests were made.\n\nSome 12 "
         "people "
         "were held, he said.",
         "official-named", "Henry Doe, director"},
        {"A spokesman said 40 arrests were made.\n\nSome 12 people were held, he said.",
         "official-unnamed", ""},
        /* Another name, somebody else in between, and too far away. */
        {"Henry Doe, the agency's director, said 40 arrests were made.\n\nRoe added "
         "that 12 "
         "people were held.",
         "reporter", ""},
        {"Henry Doe, the agency's director, said 40 arrests were made.\n\nRosa Perez, "
         "a "
         "neighbor, said that she hid.\n\nSome 12 people were held, she said.",
         NULL, ""},
        {"Henry Doe, the agency's director, said 40 arrests were made.\n\nIt "
         "rained.\n\nIt snowed.\n\nSome 12 people were held, he said.",
         "reporter", ""},
        {"Agents made 40 arrests.\n\nSome 12 people were held, he said.", "reporter",
         ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_suggestions found;
        suggest(rows[i].text, &found);
        assert_int_equal(found.count, 2);
        const struct pal_suggestion *s = &found.items[1];
        if ((s->role == NULL) != (rows[i].role == NULL) ||
            (s->role != NULL && strcmp(s->role, rows[i].role) != 0) ||
            !pal_view_is_equal(s->speaker, pal_view_of(rows[i].speaker))) {
            fail_msg("%s\n  %s, \"%.*s\"", rows[i].text,
                     s->role == NULL ? "-" : s->role, PAL_VIEW_ARG(s->speaker));
        }
        pal_suggestions_clear(&found);
    }
}

static void a_number_alone_in_a_cell_has_no_noun_from_elsewhere(void **state)
{
    (void)state;
    struct pal_document document;
    struct pal_suggestions found;
    assert_int_equal(
        pal_document_read_memory(
            PAL_VIEW("<html><body><p>Nine agents wait.</p><table><tr><td>Feb. 24</td>"
                     "<td>37</td></tr><tr><td>Twelve of them left.</td></tr></table>"
                     "</body></html>"),
            "a.html", &document, NULL),
        PAL_OK);
    assert_int_equal(pal_suggest(&document, &found, NULL), PAL_OK);
    assert_int_equal(found.count, 2);
    assert_true(found.items[0].value == 9 && found.items[1].value == 12);
    pal_suggestions_clear(&found);
    pal_document_clear(&document);
}

static void a_quotation_is_short_and_leads_to_nobody(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *masked; /* may not stand in the quotation */
    } rows[] = {
        {"Agents arrested 12 people, among them Juan Perez, 34, near the school.",
         "Perez"},
        {"Mr. Castillo said that 12 people were arrested.", "Castillo"},
        {"Call (312) 555-0142 about the 12 people who were arrested.", "555"},
        {"Write to jane@example.org about the 12 people who were arrested.", "example"},
        {"The file A-012-345-678 says that 12 people were arrested.", "345"},
        {"The file A012345678 says that 12 people were arrested.", "345"},
        {"At 1200 West Elm Street agents arrested 12 people.", "Elm"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_suggestions found;
        suggest(rows[i].text, &found);
        assert_true(found.count > 0);
        for (size_t k = 0; k < found.count; k++) {
            struct pal_view quotation = found.items[k].quotation;
            if (pal_view_find(quotation, pal_view_of(rows[i].masked)) <
                quotation.size) {
                fail_msg("%.*s", PAL_VIEW_ARG(quotation));
            }
            assert_true(pal_view_find(quotation, PAL_VIEW("[")) < quotation.size);
        }
        pal_suggestions_clear(&found);
    }
}

static void no_quotation_has_more_than_25_words(void **state)
{
    (void)state;
    char text[4000] = "On that day";
    struct pal_suggestions found;
    for (int i = 0; i < 60; i++) {
        size_t size = strlen(text);
        (void)snprintf(text + size, sizeof text - size,
                       i == 30 ? " officers made 12 arrests" : " and on");
    }
    suggest(text, &found);
    assert_int_equal(found.count, 1);
    size_t blanks = 0;
    for (size_t i = 0; i < found.items[0].quotation.size; i++) {
        blanks += found.items[0].quotation.data[i] == ' ';
    }
    assert_true(blanks < PAL_QUOTATION_WORD_MAX);
    assert_true(pal_view_find(found.items[0].quotation, PAL_VIEW("12 arrests")) <
                found.items[0].quotation.size);
    pal_suggestions_clear(&found);
}

static void without_a_day_of_its_own_nothing_relative_is_dated(void **state)
{
    (void)state;
    struct pal_document document;
    struct pal_suggestions found;
    assert_int_equal(
        pal_document_read_memory(PAL_VIEW("They made 12 arrests last month."), "a.txt",
                                 &document, NULL),
        PAL_OK);
    assert_int_equal(pal_suggest(&document, &found, NULL), PAL_OK);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].from, PAL_DAY_NONE);
    assert_int_equal(found.items[0].to, PAL_DAY_NONE);
    pal_suggestions_clear(&found);
    pal_document_clear(&document);
}

static void a_failing_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    struct pal_document document;
    pal_status st = PAL_MEMORY;
    assert_int_equal(pal_document_read_memory(
                         PAL_VIEW("\"We made 12 arrests in Boston last month,\" said "
                                  "Henry Doe, the director."),
                         "a.txt", &document, NULL),
                     PAL_OK);
    document.published = pal_day_from_text("2020-03-05");
    for (size_t n = 1; st != PAL_OK; n++) {
        struct pal_suggestions found;
        struct pal_error err = {PAL_OK, ""};
        pal_alloc_fail_after(n);
        st = pal_suggest(&document, &found, &err);
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK || st == PAL_MEMORY);
        assert_true(st != PAL_OK || found.items[0].speaker.size > 0);
        assert_true(n < 1000);
        pal_suggestions_clear(&found);
    }
    pal_document_clear(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_gives_what_it_states_and_nothing_else),
        cmocka_unit_test(a_claim_has_a_measure_or_says_why_it_is_not_tested),
        cmocka_unit_test(a_word_without_an_end_is_no_failure),
        cmocka_unit_test(a_change_is_held_against_the_days_it_names),
        cmocka_unit_test(a_speaker_is_an_office_and_a_private_person_has_no_name),
        cmocka_unit_test(a_speaker_is_known_again_in_the_paragraphs_behind),
        cmocka_unit_test(a_number_alone_in_a_cell_has_no_noun_from_elsewhere),
        cmocka_unit_test(a_quotation_is_short_and_leads_to_nobody),
        cmocka_unit_test(no_quotation_has_more_than_25_words),
        cmocka_unit_test(without_a_day_of_its_own_nothing_relative_is_dated),
        cmocka_unit_test(a_failing_allocation_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
