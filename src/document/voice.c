/*
 * Whose voice a document is where a sentence names nobody: by its form, by who published it, and
 * by the words with which court papers, releases and reports begin.
 */
#include <string.h>

#include "document/suggest_internal.h"

enum { HEAD_PASSAGES = 12, HEAD_BYTES = 500, TAIL_PASSAGES = 12 };

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* One of some words stands in the text, looked at in its first `most` bytes. */
static bool holds_one(struct pal_view text, size_t most, const char *const *words,
                      size_t count)
{
    struct pal_view head = {text.data, text.size < most ? text.size : most};
    for (size_t i = 0; i < count; i++) {
        if (pal_view_find_fold(head, pal_view_of(words[i])) < head.size) {
            return true;
        }
    }
    return false;
}

/* The same of the passages from `first` on. */
static bool is_said(const struct pal_document *document, size_t first, size_t end,
                    const char *const *words, size_t count)
{
    for (size_t i = first; i < document->passage_count && i < end; i++) {
        if (holds_one(pal_passage_text(document, &document->passages[i]), HEAD_BYTES,
                      words, count)) {
            return true;
        }
    }
    return false;
}

/* One of the first passages begins with one of some words. */
static bool has_heading(const struct pal_document *document, const char *const *words,
                        size_t count)
{
    for (size_t i = 0; i < document->passage_count && i < HEAD_PASSAGES; i++) {
        struct pal_view text = pal_passage_text(document, &document->passages[i]);
        for (size_t k = 0; k < count; k++) {
            if (pal_view_has_prefix_fold(text, pal_view_of(words[k]))) {
                return true;
            }
        }
    }
    return false;
}

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
    return holds_one(document->publisher, SIZE_MAX, courts, COUNT_OF(courts)) ||
           is_said(document, 0, HEAD_PASSAGES, words, COUNT_OF(words)) ||
           has_heading(document, headings, COUNT_OF(headings));
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
    if (holds_one(publisher, SIZE_MAX, bodies, COUNT_OF(bodies))) {
        return true;
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
    static const char *const contacts[] = {"media contact", "press contact"};
    size_t tail = document->passage_count > TAIL_PASSAGES
                      ? document->passage_count - TAIL_PASSAGES
                      : 0;
    return is_said(document, 0, HEAD_PASSAGES, words, COUNT_OF(words)) ||
           has_heading(document, headings, COUNT_OF(headings)) ||
           is_said(document, tail, SIZE_MAX, contacts, COUNT_OF(contacts)) ||
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
