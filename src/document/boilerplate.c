/*
 * Passages that are nobody's statement on the matter: by their words (data/
 * document_boilerplate.csv), an agency's lines about itself, and the mail that is answered.
 */
#include <string.h>

#include "document/document_internal.h"

enum { ABOUT_WORDS_MAX = 8 };

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
        is_inside = is_inside || is_rule || is_head;
        if ((is_inside || is_lead) && passage->boilerplate == NULL) {
            passage->boilerplate = "quoted reply";
        }
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
}
