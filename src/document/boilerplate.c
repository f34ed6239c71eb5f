/*
 * Passages that are nobody's statement on the matter: by their words (data/
 * document_boilerplate.csv), an agency's lines about itself, the mail that is answered, and the
 * heads and feet of pages.
 */
#include <string.h>

#include "document/document_internal.h"

enum { ABOUT_WORDS_MAX = 8, EDGE_PASSAGES = 3, EDGE_SIZE_MAX = 200, PAGE_REACH = 2 };

static bool is_matched(struct pal_view text, struct pal_view match,
                       struct pal_view words)
{
    if (pal_view_is_equal(match, PAL_VIEW("begins"))) {
        return pal_view_has_prefix_fold(text, words) &&
               (text.size == words.size || text.size < 90 ||
                words.data[words.size - 1] == ':');
    }
    return pal_view_find_fold(text, words) < text.size;
}

/* A reason that outlives the document: those of the embedded table. */
static const char *reason_of(struct pal_view reason)
{
    static const char *const known[] = {"advertisement", "navigation", "subscription",
                                        "cookies",       "legal",      "sharing",
                                        "contact"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (pal_view_is_equal(reason, pal_view_of(known[i]))) {
            return known[i];
        }
    }
    return "other";
}

/* "About ICE", "About the Department": a heading of capital words, not "About 30 arrests". */
static bool is_about(const struct pal_passage *passage, struct pal_view text)
{
    static const char *const small[] = {"the", "us", "our", "of", "and", "for"};
    struct pal_view word = {"", 0};
    int count = 0;
    if (passage->kind != PAL_PASSAGE_HEADING ||
        !pal_view_has_prefix_fold(text, PAL_VIEW("about "))) {
        return false;
    }
    (void)pal_view_split(&text, ' ', &word);
    while (pal_view_split(&text, ' ', &word)) {
        bool is_fine = word.size > 0 && word.data[0] >= 'A' && word.data[0] <= 'Z';
        for (size_t k = 0; k < sizeof small / sizeof small[0] && !is_fine; k++) {
            is_fine = pal_view_is_equal_fold(word, pal_view_of(small[k]));
        }
        if (!is_fine || ++count > ABOUT_WORDS_MAX) {
            return false;
        }
    }
    return count > 0;
}

/* What an agency says of itself below every release, up to the next heading. */
static void mark_about(struct pal_document *document)
{
    bool is_inside = false;
    for (size_t i = 0; i < document->passage_count; i++) {
        struct pal_passage *passage = &document->passages[i];
        bool is_heading = passage->kind == PAL_PASSAGE_HEADING;
        if (is_heading) {
            is_inside = is_about(passage, pal_passage_text(document, passage));
        }
        if (is_inside && passage->boilerplate == NULL) {
            passage->boilerplate = "about";
        }
    }
}

/* The mail that a mail answers, where it is set off by a line and not by marks: "-----Original
 * Message-----", "From: ... Sent: ...", "On ... wrote:". A mail that is passed on is kept. */
static void mark_answered(struct pal_document *document)
{
    bool is_inside = false;
    bool is_reply = pal_view_has_prefix_fold(document->title, PAL_VIEW("re:"));
    bool is_led = false; /* "On ... wrote:" stands before */
    bool is_passed_on = pal_view_has_prefix_fold(document->title, PAL_VIEW("fw:")) ||
                        pal_view_has_prefix_fold(document->title, PAL_VIEW("fwd:"));
    for (size_t i = 0; i < document->passage_count && !is_passed_on; i++) {
        struct pal_passage *passage = &document->passages[i];
        struct pal_view text = pal_passage_text(document, passage);
        if (passage->kind == PAL_PASSAGE_HEADER) {
            is_inside = false; /* a mail within the mail has its own head */
            continue;
        }
        bool is_rule =
            pal_view_has_prefix_fold(text, PAL_VIEW("-----original message"));
        struct pal_view next =
            i + 1 < document->passage_count
                ? pal_passage_text(document, &document->passages[i + 1])
                : PAL_VIEW("");
        bool is_head = pal_view_has_prefix_fold(text, PAL_VIEW("from: ")) &&
                       (pal_view_find(text, PAL_VIEW("Sent: ")) < text.size ||
                        pal_view_has_prefix_fold(next, PAL_VIEW("sent: ")) ||
                        pal_view_has_prefix_fold(next, PAL_VIEW("date: ")));
        bool is_lead = pal_view_has_prefix_fold(text, PAL_VIEW("on ")) &&
                       pal_view_has_suffix(text, PAL_VIEW(" wrote:"));
        bool is_quoted = passage->kind == PAL_PASSAGE_QUOTATION && (is_reply || is_led);
        is_led = is_lead || (is_led && is_quoted);
        is_inside = is_inside || is_rule || is_head;
        if ((is_inside || is_lead || is_quoted) && passage->boilerplate == NULL) {
            passage->boilerplate = "quoted reply";
        }
    }
}

/* The same text but for its numbers: "Page 3 of 12" and "Page 4 of 12". */
static bool is_same_edge(struct pal_view a, struct pal_view b)
{
    size_t i = 0;
    size_t k = 0;
    while (i < a.size && k < b.size) {
        bool is_number = pal_is_digit(a.data[i]) && pal_is_digit(b.data[k]);
        if (!is_number && a.data[i] != b.data[k]) {
            return false;
        }
        i++;
        k++;
        while (is_number && i < a.size && pal_is_digit(a.data[i])) {
            i++;
        }
        while (is_number && k < b.size && pal_is_digit(b.data[k])) {
            k++;
        }
    }
    return i == a.size && k == b.size && a.size <= EDGE_SIZE_MAX;
}

/* A page's passages: [first, end). */
struct sheet {
    size_t first;
    size_t end;
};

static struct sheet sheet_at(const struct pal_document *document, size_t first)
{
    struct sheet sheet = {first, first};
    while (sheet.end < document->passage_count &&
           document->passages[sheet.end].page == document->passages[first].page) {
        sheet.end++;
    }
    return sheet;
}

static void mark_alike(struct pal_document *document, struct pal_passage *one,
                       struct pal_passage *other)
{
    static const char reason[] = "page head or foot";
    if (is_same_edge(pal_passage_text(document, one),
                     pal_passage_text(document, other))) {
        one->boilerplate = one->boilerplate == NULL ? reason : one->boilerplate;
        other->boilerplate = other->boilerplate == NULL ? reason : other->boilerplate;
    }
}

/* Marks what stands at the same edge of both pages. */
static void mark_edges(struct pal_document *document, struct sheet a, struct sheet b)
{
    struct pal_passage *passages = document->passages;
    for (size_t i = 0; i < EDGE_PASSAGES && i < a.end - a.first; i++) {
        for (size_t k = 0; k < EDGE_PASSAGES && k < b.end - b.first; k++) {
            mark_alike(document, &passages[a.first + i], &passages[b.first + k]);
            mark_alike(document, &passages[a.end - 1 - i], &passages[b.end - 1 - k]);
        }
    }
}

/* What comes again at the edge of the next page, or of the one behind it: left and right pages
 * often have heads of their own. */
static void mark_pages(struct pal_document *document)
{
    struct sheet before[PAGE_REACH] = {{0, 0}, {0, 0}};
    for (size_t at = 0; at < document->passage_count;) {
        struct sheet sheet = sheet_at(document, at);
        for (size_t i = 0; i < PAGE_REACH; i++) {
            mark_edges(document, before[i], sheet);
        }
        before[1] = before[0];
        before[0] = sheet;
        at = sheet.end;
    }
}

void pal_boilerplate_mark(struct pal_document *document)
{
    enum { SHORT_PASSAGE_MAX = 300 };
    for (size_t i = 0; i < document->passage_count; i++) {
        struct pal_passage *passage = &document->passages[i];
        struct pal_view text = pal_passage_text(document, passage);
        struct pal_view rest =
            pal_asset_find(&pal_document_assets, "document_boilerplate.csv");
        struct pal_view line = {"", 0};
        (void)pal_view_split(&rest, '\n', &line); /* the head line */
        while (passage->boilerplate == NULL && text.size <= SHORT_PASSAGE_MAX &&
               pal_view_split(&rest, '\n', &line)) {
            struct pal_view match = {"", 0};
            struct pal_view words = {"", 0};
            if (line.size > 0 && pal_view_split(&line, '|', &match) &&
                pal_view_split(&line, '|', &words) && words.size > 0 &&
                is_matched(text, match, words)) {
                passage->boilerplate = reason_of(line);
            }
        }
    }
    mark_about(document);
    if (document->form == PAL_DOCUMENT_EML) {
        mark_answered(document);
    }
    if (document->form == PAL_DOCUMENT_PDF) {
        mark_pages(document);
    }
}
