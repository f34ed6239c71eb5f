/*
 * Whose voice a document is where a sentence names nobody: by its form, by who published it, and
 * by the words with which court papers, releases and reports begin.
 */
#include <string.h>

#include "document/suggest_internal.h"

enum { HEAD_PASSAGES = 12, HEAD_BYTES = 500, TAIL_PASSAGES = 12 };

static bool holds(struct pal_view text, const char *words, size_t most)
{
    struct pal_view wanted = pal_view_of(words);
    for (size_t at = 0; at + wanted.size <= text.size && at < most; at++) {
        if (pal_view_is_equal_fold((struct pal_view){text.data + at, wanted.size},
                                   wanted)) {
            return true;
        }
    }
    return false;
}

static bool is_said_in(const struct pal_document *document, size_t first, size_t end,
                       const char *words)
{
    for (size_t i = first; i < document->passage_count && i < end; i++) {
        if (holds(pal_passage_text(document, &document->passages[i]), words,
                  HEAD_BYTES)) {
            return true;
        }
    }
    return false;
}

static bool is_said_in_head(const struct pal_document *document, const char *words)
{
    return is_said_in(document, 0, HEAD_PASSAGES, words);
}

static bool has_heading(const struct pal_document *document, const char *words)
{
    struct pal_view wanted = pal_view_of(words);
    for (size_t i = 0; i < document->passage_count && i < HEAD_PASSAGES; i++) {
        struct pal_view text = pal_passage_text(document, &document->passages[i]);
        if (text.size >= wanted.size &&
            pal_view_is_equal_fold((struct pal_view){text.data, wanted.size}, wanted)) {
            return true;
        }
    }
    return false;
}

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static bool is_court(const struct pal_document *document)
{
    static const char *const courts[] = {
        "district court",  "superior court",   "circuit court",    "supreme court",
        "court of appeal", "bankruptcy court", "immigration court"};
    static const char *const words[] = {"united states district court",
                                        "in the circuit court of",
                                        "in the superior court of",
                                        "in the supreme court of",
                                        "under penalty of perjury",
                                        "declare under",
                                        "being duly sworn",
                                        "hereby declare"};
    static const char *const headings[] = {"declaration of ", "affidavit of ",
                                           "statement of facts",
                                           "class action complaint", "complaint for "};
    for (size_t i = 0; i < COUNT_OF(courts); i++) {
        if (holds(document->publisher, courts[i], SIZE_MAX)) {
            return true;
        }
    }
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (is_said_in_head(document, words[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < COUNT_OF(headings); i++) {
        if (has_heading(document, headings[i])) {
            return true;
        }
    }
    return false;
}

/* A public body that speaks for itself; not a paper that is called after a place. */
static bool is_body(struct pal_view publisher)
{
    static const char *const bodies[] = {"office of",
                                         "office for",
                                         "department of",
                                         "u.s. immigration",
                                         "immigration and customs",
                                         "customs and border",
                                         "homeland security",
                                         "inspector general",
                                         "accountability office",
                                         "city council",
                                         "county board",
                                         "board of",
                                         "committee on",
                                         "police department",
                                         "sheriff's office",
                                         "sheriff\xE2\x80\x99s office",
                                         "attorney general",
                                         "city of ",
                                         "county of ",
                                         "bureau of",
                                         "congressional",
                                         "commission on"};
    static const char *const whole[] = {"ice", "dhs", "cbp", "gao",
                                        "ero", "hsi", "oig"};
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        if (holds(publisher, bodies[i], SIZE_MAX)) {
            return true;
        }
    }
    for (size_t i = 0; i < COUNT_OF(whole); i++) {
        if (pal_view_is_equal_fold(publisher, pal_view_of(whole[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_paper(const struct pal_document *document)
{
    static const char *const words[] = {"for immediate release",
                                        "news release",
                                        "press release",
                                        "memorandum for",
                                        "office of inspector general",
                                        "official website of the united states"};
    static const char *const headings[] = {"what we found", "what gao found",
                                           "why we did this", "why gao did this"};
    size_t tail = document->passage_count > TAIL_PASSAGES
                      ? document->passage_count - TAIL_PASSAGES
                      : 0;
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (is_said_in_head(document, words[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < COUNT_OF(headings); i++) {
        if (has_heading(document, headings[i])) {
            return true;
        }
    }
    return is_said_in(document, tail, SIZE_MAX, "media contact") ||
           is_said_in(document, tail, SIZE_MAX, "press contact") ||
           pal_view_find(document->url, PAL_VIEW(".gov/")) < document->url.size;
}

const char *pal_own_voice(const struct pal_document *document)
{
    if (document->form == PAL_DOCUMENT_EML) {
        return "email";
    }
    if (is_court(document)) {
        return "court-paper";
    }
    return is_body(document->publisher) || is_paper(document) ? "document" : "reporter";
}
