/*
 * Suggestions: the sentences of a document that state something countable, each with what can be
 * told of it by rules of grammar and the word lists of data/claim_*.csv. What is not told is
 * left out; a person decides.
 */
#ifndef PAL_DOCUMENT_SUGGEST_H
#define PAL_DOCUMENT_SUGGEST_H

#include "document/document.h"

enum { PAL_SUGGESTION_MAX = 500, PAL_QUOTATION_WORD_MAX = 25 };

struct pal_suggestion {
    struct pal_view statement;
    struct pal_view
        quotation; /* at most PAL_QUOTATION_WORD_MAX words, private things masked */
    struct pal_view speaker; /* an official with a stated office, else size 0 */
    const char *role;        /* official-named ... document; NULL: not told */
    const char *speech;      /* direct, reported */
    size_t passage;          /* from 1 */
    uint64_t first_byte;     /* of the sentence in the original */
    uint64_t last_byte;
    const char *measure;   /* a registered measure, NULL: none that fits */
    const char *dimension; /* place, area, state; NULL: no place */
    struct pal_view place;
    int32_t from; /* PAL_DAY_NONE: not told; so `to` */
    int32_t to;
    const char *test; /* as the claims file has it; NULL: not told */
    bool has_value;
    double value;
    bool has_value_high;
    double value_high;
    struct pal_view unit; /* size 0: none; so for the next */
    struct pal_view hedge;
    struct pal_view comparison;
    struct pal_view where; /* a condition of the measure, "outcome=declined" */
    bool has_against;      /* the days that it is compared with */
    int32_t against_from;
    int32_t against_to;
    struct pal_view why_not; /* why it is not tested as it stands; size 0: it is */
    struct pal_view note;    /* what a person must decide */
};

struct pal_suggestions {
    struct pal_arena arena;
    struct pal_suggestion *items;
    size_t count;
    size_t left_out; /* beyond PAL_SUGGESTION_MAX */
    size_t sentence_count;
};

/* Texts are the suggestions' own or the program's. */
pal_status pal_suggest(const struct pal_document *document, struct pal_suggestions *out,
                       struct pal_error *err) PAL_MUST_USE;
void pal_suggestions_clear(struct pal_suggestions *suggestions);

#endif
