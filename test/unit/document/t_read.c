#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document/document.h"

static void read_text(struct pal_view bytes, const char *name, struct pal_document *out)
{
    struct pal_error err = {PAL_OK, ""};
    if (pal_document_read_memory(bytes, name, out, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
}

static struct pal_view passage(const struct pal_document *document, size_t i)
{
    assert_true(i < document->passage_count);
    return pal_passage_text(document, &document->passages[i]);
}

static void assert_view(struct pal_view got, const char *want)
{
    if (!pal_view_is_equal(got, pal_view_of(want))) {
        fail_msg("\"%.*s\", not \"%s\"", PAL_VIEW_ARG(got), want);
    }
}

/* The original's bytes at the place of `words` in the body. */
static struct pal_view original(const struct pal_document *document,
                                struct pal_view bytes, const char *words)
{
    uint64_t first = 0;
    uint64_t last = 0;
    struct pal_view body = pal_buffer_view(&document->body.text);
    size_t at = pal_view_find(body, pal_view_of(words));
    assert_true(at < body.size);
    pal_document_locate(document, at, strlen(words), &first, &last);
    assert_true(first <= last && last < bytes.size);
    return (struct pal_view){bytes.data + first, (size_t)(last - first) + 1};
}

static void every_form_keeps_the_place_of_its_words_in_the_file(void **state)
{
    (void)state;
    const struct {
        const char *name;
        struct pal_view bytes;
        const char *words;
        struct pal_view there;
    } rows[] = {
        {"a.txt", PAL_VIEW("About 10  arrests\r\na day."), "10 arrests a",
         PAL_VIEW("10  arrests\r\na")},
        {"latin.txt", PAL_VIEW("caf\xE9 \x93ten\x94 men"),
         "\xE2\x80\x9Cten\xE2\x80\x9D", PAL_VIEW("\x93ten\x94")},
        {"wide.txt",
         PAL_VIEW("\xFF\xFE"
                  "1\0"
                  "0\0 \0m\0e\0n\0"),
         "men", PAL_VIEW("m\0e\0n\0")},
        {"a.html", PAL_VIEW("<p>A&nbsp;&amp;&#x201C;b&eacute;<i>c</i> d"),
         "&\xE2\x80\x9C"
         "b\xC3\xA9"
         "c",
         PAL_VIEW("&amp;&#x201C;b&eacute;<i>c")},
        {"q.eml",
         PAL_VIEW("From: a\nTo: b\nMIME-Version: 1.0\nContent-Transfer-Encoding: "
                  "quoted-printable\n\nwe are =E2=80=93 te=\nn men"),
         "\xE2\x80\x93 ten", PAL_VIEW("=E2=80=93 te=\nn")},
        {"b.eml",
         PAL_VIEW("From: a\nTo: b\nMIME-Version: 1.0\nContent-Transfer-Encoding: "
                  "base64\n\ndGVuIG1l\nbiBjYW1l"),
         "men", PAL_VIEW("1l\nbi")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_document document;
        read_text(rows[i].bytes, rows[i].name, &document);
        struct pal_view there = original(&document, rows[i].bytes, rows[i].words);
        if (i + 1 < sizeof rows / sizeof rows[0]) {
            assert_int_equal(there.size, rows[i].there.size);
            assert_memory_equal(there.data, rows[i].there.data, there.size);
        } else {
            /* Of base64, the characters that the bytes are in. */
            assert_true(pal_view_find(there, PAL_VIEW("l\nbi")) < there.size);
        }
        pal_document_clear(&document);
    }
}

static void a_text_is_cut_where_its_author_cut_it(void **state)
{
    (void)state;
    struct pal_document document;
    read_text(
        PAL_VIEW("Headline of the day\n"
                 "By somebody\n"
                 "CHICAGO - The agents who came to the city in the first week of the\n"
                 "month were told to stay for as long as it takes to find the men.\n"
                 "- one item of the list\n"
                 "- another\n\n"
                 "> quoted before\n"),
        "a.txt", &document);
    assert_int_equal(document.passage_count, 6);
    assert_view(passage(&document, 0), "Headline of the day");
    assert_view(passage(&document, 1), "By somebody");
    assert_int_equal(document.passages[2].kind, PAL_PASSAGE_PARAGRAPH);
    assert_view(passage(&document, 4), "- another");
    assert_int_equal(document.passages[4].kind, PAL_PASSAGE_ITEM);
    assert_string_equal(document.passages[5].boilerplate, "quoted reply");
    assert_view(document.title, "Headline of the day");
    pal_document_clear(&document);
}

/* In the page of a mail a reply quotes by an element, not by marks. */
static void a_reply_in_html_says_only_what_is_new(void **state)
{
    (void)state;
    static const struct {
        const char *mail;
        bool is_marked; /* "Old words." */
    } rows[] = {
        {"From: a@b.c\nTo: d@b.c\nSubject: Re: numbers\nMIME-Version: "
         "1.0\nContent-Type: text/html\n\n<p>New "
         "words.</p><blockquote type=cite><p>Old words.</p></blockquote>",
         true},
        {"From: a@b.c\nTo: d@b.c\nSubject: numbers\nMIME-Version: 1.0\nContent-Type: "
         "text/html\n\n<p>New words.</p>"
         "<p>On Fri, Feb 7, 2020 at 4:55 PM B wrote:</p><blockquote>Old words."
         "</blockquote>",
         true},
        {"From: a@b.c\nTo: d@b.c\nSubject: numbers\nMIME-Version: 1.0\nContent-Type: "
         "text/html\n\n<p>New words. The "
         "order says:</p><blockquote>Old words.</blockquote>",
         false},
        {"From: a@b.c\nTo: d@b.c\nSubject: Fwd: numbers\nMIME-Version: "
         "1.0\nContent-Type: text/html\n\n<p>New words."
         "</p><blockquote type=cite>Old words.</blockquote>",
         false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_document document;
        size_t found = 0;
        read_text(pal_view_of(rows[i].mail), "a.eml", &document);
        for (size_t k = 0; k < document.passage_count; k++) {
            struct pal_view text = passage(&document, k);
            bool is_old = pal_view_is_equal(text, PAL_VIEW("Old words."));
            bool is_new = pal_view_has_prefix(text, PAL_VIEW("New words."));
            bool is_marked = document.passages[k].boilerplate != NULL;
            found += is_old || is_new ? 1 : 0;
            if ((is_old && is_marked != rows[i].is_marked) || (is_new && is_marked)) {
                fail_msg("mail %zu: %.*s", i, PAL_VIEW_ARG(text));
            }
        }
        assert_int_equal(found, 2);
        pal_document_clear(&document);
    }
}

static void what_a_page_does_not_say_is_marked_and_kept(void **state)
{
    (void)state;
    struct pal_document document;
    read_text(
        PAL_VIEW("<html><head><title>T &amp; U</title>"
                 "<meta property='article:published_time' content='2020-03-05T01:00'>"
                 "<script>if (a<b) x('<p>no</p>')</script></head><body class='has-nav'>"
                 "<nav><ul><li>Home<li>News</ul></nav><div class='cookie-box'>We ask "
                 "</div><main><h1>Said</h1><p>One<p>Two<br>more<br><br>Three"
                 "<div hidden>no</div></main><p>Sign up for our newsletter"
                 "<footer>end</footer>"),
        "a.html", &document);
    static const struct {
        const char *text;
        const char *reason;
    } rows[] = {
        {"T & U", "title"},
        {"if (a<b) x('<p>no</p>')", "script"},
        {"Home", "navigation"},
        {"News", "navigation"},
        {"We ask", "cookies"},
        {"Said", NULL},
        {"One", NULL},
        {"Two more", NULL},
        {"Three", NULL},
        {"no", "hidden"},
        {"Sign up for our newsletter", "subscription"},
        {"end", "navigation"},
    };
    assert_int_equal(document.passage_count, sizeof rows / sizeof rows[0]);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_view(passage(&document, i), rows[i].text);
        const char *reason = document.passages[i].boilerplate;
        assert_string_equal(reason == NULL ? "" : reason,
                            rows[i].reason == NULL ? "" : rows[i].reason);
    }
    assert_view(document.title, "T & U");
    assert_int_equal(document.published, pal_day_from_text("2020-03-05"));
    pal_document_clear(&document);
}

static void a_letter_is_read_once_and_its_attachments_are_named(void **state)
{
    (void)state;
    struct pal_document document;
    read_text(
        PAL_VIEW("Received: x\r\nFrom: a@b\r\nSubject: =?utf-8?Q?Arr=C3=AAt?=\r\n"
                 " =?utf-8?B?cw==?=\r\nDate: Thu, 5 Mar 2020 10:00:00 -0500\r\n"
                 "Content-Type: multipart/mixed; boundary=\"X\"\r\n\r\nignored\r\n"
                 "--X\r\nContent-Type: multipart/alternative; boundary=Y\r\n\r\n"
                 "--Y\r\nContent-Type: text/plain\r\n\r\nplain words\r\n"
                 "--Y\r\nContent-Type: text/html\r\n\r\n<p>the same</p>\r\n--Y--\r\n"
                 "--X\r\nContent-Type: image/png; name=a.png\r\n\r\nAAAA\r\n--X--\r\n"),
        "a.eml", &document);
    assert_view(document.title, "Arr\xC3\xAAts");
    assert_int_equal(document.published, pal_day_from_text("2020-03-05"));
    assert_int_equal(document.passage_count, 5);
    assert_view(passage(&document, 3), "plain words");
    assert_view(passage(&document, 4), "Attachment, not read: a.png (image/png)");
    assert_string_equal(document.passages[4].boilerplate, "attachment");
    pal_document_clear(&document);
}

static void what_cannot_be_read_is_named(void **state)
{
    (void)state;
    const struct {
        struct pal_view bytes;
        pal_status status;
        const char *words;
    } rows[] = {
        {PAL_VIEW(""), PAL_INPUT, "empty"},
        {PAL_VIEW(" \n\t\n"), PAL_INPUT, "no text"},
        {PAL_VIEW("PK\x03\x04 rest"), PAL_INPUT, "Office document"},
        {PAL_VIEW("\x89PNG rest"), PAL_INPUT, "picture"},
        {PAL_VIEW("ab\0\x01\x02\0\x03\x04"), PAL_INPUT, "no text, page"},
        {PAL_VIEW("%PDF-1.4 nothing"), PAL_INPUT, "no pdf"},
        {PAL_VIEW("<html><meta charset=koi8-r><p>\xC1\xC2\xC3"), PAL_INPUT, "koi8-r"},
        {PAL_VIEW("La agencia dijo que los agentes detuvieron a m\xC3\xA1s de cien "
                  "personas en "
                  "la ciudad durante el mes de febrero, seg\xC3\xBAn un informe de la "
                  "oficina, y que muchos de ellos no ten\xC3\xAD"
                  "an antecedentes."),
         PAL_INPUT, "another language"},
        {PAL_VIEW(
             "From: a\nTo: b\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\nx"),
         PAL_INPUT, "no boundary"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_document document;
        struct pal_error err = {PAL_OK, ""};
        pal_status st =
            pal_document_read_memory(rows[i].bytes, "a.txt", &document, &err);
        if (st != rows[i].status || strstr(err.text, rows[i].words) == NULL) {
            fail_msg("no \"%s\" in: %s", rows[i].words, err.text);
        }
        assert_int_equal(document.passage_count, 0);
    }
}

static void a_passage_comes_back_from_its_text_and_map(void **state)
{
    (void)state;
    struct pal_document document;
    struct pal_document copy;
    struct pal_buffer map;
    struct pal_view bytes = PAL_VIEW("<p>A&nbsp;&amp; b<p>caf&eacute;  ten");
    read_text(bytes, "a.html", &document);
    pal_document_init(&copy);
    pal_buffer_init(&map, 1000);
    for (size_t i = 0; i < document.passage_count; i++) {
        pal_buffer_reset(&map);
        pal_passage_map_text(&document, &document.passages[i], &map);
        assert_int_equal(pal_document_add_passage(&copy, &document.passages[i],
                                                  passage(&document, i),
                                                  pal_buffer_view(&map), NULL),
                         PAL_OK);
    }
    assert_view(passage(&copy, 1), "caf\xC3\xA9 ten");
    assert_int_equal(original(&copy, bytes, "\xC3\xA9 ten").size,
                     strlen("&eacute;  ten"));
    static const char *const damaged[] = {"", "0:0:3:1", "0:0:x:2", "0:0:9", "1:0:8:8"};
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        assert_int_equal(pal_document_add_passage(&copy, &document.passages[1],
                                                  passage(&document, 1),
                                                  pal_view_of(damaged[i]), NULL),
                         PAL_INPUT);
    }
    pal_buffer_clear(&map);
    pal_document_clear(&copy);
    pal_document_clear(&document);
}

static void golden(const char *name, struct pal_buffer *out)
{
    char path[1024];
    struct pal_error err = {PAL_OK, ""};
    const char *top = getenv("PAL_SOURCE_DIR");
    (void)snprintf(path, sizeof path, "%s/test/golden/document/%s",
                   top == NULL ? "." : top, name);
    pal_buffer_init(out, 1 << 20);
    if (pal_file_read(path, out, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
}

static void a_pdf_is_read_with_its_pages_or_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        const char *words; /* of the text, else of the error */
        bool is_read;
    } rows[] = {
        {"one.pdf", "about 10 arrests a day in February 2020.", true},
        {"openlock.pdf", "more than usual", true},
        {"printed.pdf", "efficiently filed the fifty-five detainers", true},
        {"locked.pdf", "password", false},
        {"scan.pdf", "a scan?", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_buffer bytes;
        struct pal_document document;
        struct pal_error err = {PAL_OK, ""};
        golden(rows[i].file, &bytes);
        pal_status st = pal_document_read_memory(pal_buffer_view(&bytes), rows[i].file,
                                                 &document, &err);
        struct pal_view text =
            st == PAL_OK ? pal_buffer_view(&document.body.text) : pal_view_of(err.text);
        assert_int_equal(st, rows[i].is_read ? PAL_OK : PAL_INPUT);
        if (pal_view_find(text, pal_view_of(rows[i].words)) == text.size) {
            fail_msg("%s: no \"%s\" in: %.*s", rows[i].file, rows[i].words,
                     PAL_VIEW_ARG(text));
        }
        assert_true(!rows[i].is_read || document.passages[0].page == 1);
        pal_document_clear(&document);
        pal_buffer_clear(&bytes);
    }
}

/* Two pages of narrow columns with divided words, an indent, a quotation set in, a list, a table,
 * and a head on each page. */
static void the_lines_of_a_pdf_are_put_together_by_where_they_stand(void **state)
{
    (void)state;
    static const struct {
        int32_t page;
        bool is_head; /* or foot, of a page */
        const char *text;
    } wanted[] = {
        {1, true, "Office of Review — Report 21-33 — Page 1 of 2"},
        {1, false,
         "Detainers in three jails of the Great Lakes, and what became of them"},
        {1, false,
         "In fiscal year 2019 the field office lodged 2,417 detainers with the jails "
         "that "
         "we visited. The jails honored 1,020 of them and declined the rest."},
        {1, false,
         "We reviewed a sample of twenty-five files. In nearly a third of the files no "
         "warrant was attached when it was received by the shift commander."},
        {1, false,
         "“We are four on a good day, and on most days we are two or three, and nobody "
         "has asked us for a number since the winter.”"},
        {1, false,
         "Detroit: 12 detainers, of which the jail of the county honored "
         "none in the year that we looked at."},
        {1, false, "Chicago: 15 detainers."},
        {1, false,
         "Officers told us that they work 10-hour days and make at-large arrests on "
         "two "
         "days a week, when there are enough of them to go."},
        {1, false, "Area January February"},
        {1, false, "Newark 134 61"},
        {1, false, "Boston 80 77"},
        {2, true, "Office of Review — Report 21-33 — Page 2 of 2"},
        {2, false,
         "Two-thirds of the officers worked six days a week. Between 40 and 50 "
         "beds stood empty each night."},
    };
    enum { WANTED_COUNT = sizeof wanted / sizeof wanted[0] };
    struct pal_buffer bytes;
    struct pal_document document;
    struct pal_error err = {PAL_OK, ""};
    golden("columns.pdf", &bytes);
    assert_int_equal(pal_document_read_memory(pal_buffer_view(&bytes), "columns.pdf",
                                              &document, &err),
                     PAL_OK);
    for (size_t i = 0; i < document.passage_count && i < WANTED_COUNT; i++) {
        const struct pal_passage *passage = &document.passages[i];
        struct pal_view text = pal_passage_text(&document, passage);
        if (!pal_view_is_equal(text, pal_view_of(wanted[i].text)) ||
            passage->page != wanted[i].page ||
            (passage->boilerplate != NULL) != wanted[i].is_head) {
            fail_msg("passage %zu, page %d, %s: %.*s", i + 1, (int)passage->page,
                     passage->boilerplate == NULL ? "" : passage->boilerplate,
                     PAL_VIEW_ARG(text));
        }
    }
    assert_int_equal(document.passage_count, WANTED_COUNT);
    pal_document_clear(&document);
    pal_buffer_clear(&bytes);
}

static void a_damaged_pdf_never_takes_the_reader_down(void **state)
{
    (void)state;
    struct pal_buffer bytes;
    golden("one.pdf", &bytes);
    for (size_t at = 0; at < bytes.size; at += 11) {
        struct pal_document document;
        struct pal_error err = {PAL_OK, ""};
        char kept = bytes.data[at];
        bytes.data[at] = (char)(kept ^ 0x15);
        pal_status st =
            pal_document_read_memory(pal_buffer_view(&bytes), "a.pdf", &document, &err);
        assert_true(st == PAL_OK || (st == PAL_INPUT && err.text[0] != '\0') ||
                    st == PAL_LIMIT);
        pal_document_clear(&document);
        bytes.data[at] = kept;
    }
    pal_buffer_clear(&bytes);
}

static void a_failing_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    const struct pal_view texts[] = {
        PAL_VIEW("<p>A&amp;b<p>c</p><title>x</title>"),
        PAL_VIEW("From: a\nTo: b\nMIME-Version: 1.0\nSubject: x\n\nten men"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        pal_status st = PAL_MEMORY;
        for (size_t n = 1; st != PAL_OK; n++) {
            struct pal_document document;
            struct pal_error err = {PAL_OK, ""};
            pal_alloc_fail_after(n);
            st = pal_document_read_memory(texts[i], "a.html", &document, &err);
            pal_alloc_fail_after(0);
            assert_true(st == PAL_OK || st == PAL_MEMORY);
            assert_true(n < 1000);
            pal_document_clear(&document);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_keeps_the_place_of_its_words_in_the_file),
        cmocka_unit_test(a_text_is_cut_where_its_author_cut_it),
        cmocka_unit_test(a_reply_in_html_says_only_what_is_new),
        cmocka_unit_test(what_a_page_does_not_say_is_marked_and_kept),
        cmocka_unit_test(a_letter_is_read_once_and_its_attachments_are_named),
        cmocka_unit_test(what_cannot_be_read_is_named),
        cmocka_unit_test(a_passage_comes_back_from_its_text_and_map),
        cmocka_unit_test(a_pdf_is_read_with_its_pages_or_refused_by_name),
        cmocka_unit_test(the_lines_of_a_pdf_are_put_together_by_where_they_stand),
        cmocka_unit_test(a_damaged_pdf_never_takes_the_reader_down),
        cmocka_unit_test(a_failing_allocation_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
