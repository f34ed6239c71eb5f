/*
 * What statement.c, change.c and rank.c share: a suggestion in the making.
 */
#ifndef PAL_DOCUMENT_STATEMENT_INTERNAL_H
#define PAL_DOCUMENT_STATEMENT_INTERNAL_H

#include "document/suggest_internal.h"

/* A suggestion in the making. */
struct pal_draft {
    size_t first; /* tokens that it stands on */
    size_t end;
    const char *test;
    bool has_value;
    double value;
    bool has_high;
    double high;
    struct pal_view unit;
    struct pal_view rate;
    struct pal_view hedge;
    struct pal_view comparison;
    struct pal_view subject; /* what it is a share of, or what changed */
    bool is_person;
    bool is_share;
    bool is_staff;
    bool is_time;
    bool is_part;
};

/* Adds the suggestion, with the place and the days that stand nearest. */
pal_status pal_draft_put(struct pal_sentence *sentence, struct pal_draft *draft,
                         struct pal_suggestions *out,
                         struct pal_error *err) PAL_MUST_USE;
bool pal_is_event_or_person(const struct pal_lexeme *unit);

/* ---- change.c ---- */

pal_status pal_changes_make(struct pal_sentence *sentence, struct pal_suggestions *out,
                            struct pal_error *err) PAL_MUST_USE;
pal_status pal_ratios_make(struct pal_sentence *sentence, struct pal_suggestions *out,
                           struct pal_error *err) PAL_MUST_USE;

/* ---- rank.c ---- */

pal_status pal_usual_make(struct pal_sentence *sentence, struct pal_suggestions *out,
                          struct pal_error *err) PAL_MUST_USE;
pal_status pal_ranks_make(struct pal_sentence *sentence, struct pal_suggestions *out,
                          struct pal_error *err) PAL_MUST_USE;

#endif
