/*
 * model -- what the released rows mean together: episodes, duplicates, stays, links, and
 *          which release serves which days.
 *
 * Takes    the records of a study through store
 * Gives    the flag tables, stay_row, arrest_stay, rule_count, coverage, release_compare and
 *          check_result, each row with its reason or rule and the rule's version; and the
 *          validation rules run over a study
 * Owns     its tables in the study; a check list and its texts until pal_check_list_free
 * Never    changes a record; computes a rate; links across releases; lets the order of
 *          import, of rows, or the study's key decide anything: ties go by provenance
 * Threads  one store handle, one thread
 * Limits   PAL_CHECK_MAX results; PAL_LINK_ROUND_MAX rounds of linking
 */
#ifndef PAL_MODEL_MODEL_H
#define PAL_MODEL_MODEL_H

#include "base/base.h"
#include "store/store.h"

enum { PAL_CHECK_MAX = 16384, PAL_LINK_ROUND_MAX = 100000 };

/* The version of the rules, as it stands in every row they made. */
#define PAL_RULE_VERSION "palladium-1"

/* Makes all tables of the model anew from the records, in one transaction: a failure or a
 * kill leaves those of before. Needs a store open for writing. */
pal_status pal_model_build(struct pal_store *store, struct pal_progress *progress,
                           struct pal_error *err) PAL_MUST_USE;

enum pal_check_level {
    PAL_CHECK_OK,
    PAL_CHECK_NOT_RECORDED, /* the release has no such column: neither good nor bad */
    PAL_CHECK_WARN,
    PAL_CHECK_STOP
};
const char *pal_check_level_text(enum pal_check_level level);

/* What one rule found in one release of one table. */
struct pal_check {
    struct pal_view rule;
    enum pal_check_level level;
    struct pal_view table;
    struct pal_view release;
    double share;         /* n of total, 0..1; 0 when total is 0 */
    int64_t n;            /* rows that break the rule */
    int64_t total;        /* rows that the rule looks at */
    double threshold;     /* the share passed, or the lowest one there is; -1: none */
    struct pal_view text; /* what n counts, in words */
};

struct pal_check_list {
    struct pal_arena arena;
    struct pal_check *checks; /* in order of the rules, then release */
    size_t count;
};

/* Runs every rule of data/checks.csv; works on a study open for reading, built or not. The
 * list is the caller's. A rule that stops is a result, not a failure. */
pal_status pal_model_check(struct pal_store *store, struct pal_check_list **out,
                           struct pal_error *err) PAL_MUST_USE;
void pal_check_list_free(struct pal_check_list *list);
/* The gravest level in the list. */
enum pal_check_level pal_check_list_level(const struct pal_check_list *list);

#endif
