/*
 * claim -- what somebody said, what the records show, and the verdict they allow.
 *
 * Takes    claims as a file or a study states them (doc/claims-file.md), a study, and the law
 *          table for what a claim shows beside its figure
 * Gives    for each claim a verdict, the figure with its interval, the same figure under
 *          other definitions, and one plain sentence
 * Owns     claims until pal_claims_clear; a judgement until pal_judgement_free
 * Never    computes a figure that no measure defines; tests a claim about a person; reads
 *          "not covered" as zero; turns a context into a verdict
 * Threads  one store handle, one thread
 * Limits   PAL_CLAIM_MAX, PAL_CLAIM_CONDITION_MAX, PAL_CLAIM_CONTEXT_MAX,
 *          PAL_CLAIM_QUOTATION_WORD_MAX, PAL_CLAIM_READING_MAX
 */
#ifndef PAL_CLAIM_CLAIM_H
#define PAL_CLAIM_CLAIM_H

#include "base/base.h"
#include "detect/turns.h"
#include "measure/measure.h"
#include "store/store.h"

enum {
    PAL_CLAIM_MAX = 500,
    PAL_CLAIM_CONDITION_MAX = 8,
    PAL_CLAIM_CONTEXT_MAX = 16,
    PAL_CLAIM_QUOTATION_WORD_MAX = 25,
    PAL_CLAIM_READING_MAX = 16,
    PAL_CLAIM_ARENA_MAX = 64 << 20
};

/* ---- what was said ---- */

enum pal_claim_test {
    PAL_TEST_NONE, /* "none": nothing that records can test */
    PAL_TEST_EQUALS_ABOUT,
    PAL_TEST_AT_LEAST,
    PAL_TEST_MORE_THAN,
    PAL_TEST_AT_MOST,
    PAL_TEST_SHARE_ABOVE,
    PAL_TEST_ROSE,
    PAL_TEST_FELL,
    PAL_TEST_MORE_THAN_USUAL,
    PAL_TEST_RANK,
    PAL_TEST_SPURTS_IN_TURN,
    PAL_TEST_COUNT
};
/* "equals-about"; the words of a claims file. */
const char *pal_claim_test_text(enum pal_claim_test test);
bool pal_claim_test_find(struct pal_view text, enum pal_claim_test *out);

/* What is counted: a registered measure, where, when, in which release. */
struct pal_claim_what {
    struct pal_view measure; /* "" none */
    size_t where_count;
    struct pal_condition where[PAL_CLAIM_CONDITION_MAX];
    int32_t first; /* PAL_DAY_NONE: no bound */
    int32_t last;
    struct pal_view release; /* "": the one that serves */
};

/* A figure shown beside a claim and never turned into a verdict. */
struct pal_claim_context {
    struct pal_claim_what what;
    struct pal_view note; /* what it is and why it is no test, in words */
    struct pal_view law;  /* instead of a measure: a place of the law table, "" none */
    struct pal_view document; /* of the law table, "" all */
    struct pal_view actor;    /* police, jail, court; "" all */
};

struct pal_claim {
    struct pal_view id; /* a-z, 0-9 and hyphens: its anchor */
    struct pal_view statement;
    struct pal_view quotation;
    struct pal_view speaker;
    struct pal_view role;
    struct pal_view speech;
    struct pal_view source_title;
    struct pal_view source_publisher;
    int32_t source_date; /* PAL_DAY_NONE: not stated */
    struct pal_view source_url;
    struct pal_view document; /* SHA-256 in hexadecimal, "" none */
    int64_t passage;          /* -1: not stated, as are the two below */
    int64_t first_byte;
    int64_t last_byte;
    enum pal_claim_test test;
    struct pal_claim_what what;
    bool has_against;
    struct pal_claim_what against;
    bool has_value;
    double value;
    bool has_value_high;
    double value_high;
    struct pal_view unit;
    struct pal_view hedge;
    struct pal_view comparison;
    struct pal_view note;
    struct pal_view settled_by;
    struct pal_view why_not;
    size_t context_count;
    struct pal_claim_context contexts[PAL_CLAIM_CONTEXT_MAX];
    struct pal_view problem; /* what is wrong with the entry itself; "" nothing */
    size_t line;             /* of the file it was read from, 0: none */
};

struct pal_claims {
    struct pal_arena arena;
    struct pal_view title;
    int32_t reviewed; /* the day the claims were reviewed; PAL_DAY_NONE: not stated */
    size_t count;
    struct pal_claim *items;
};

/* An empty list; texts that are put in are the arena's or outlive it. */
void pal_claims_init(struct pal_claims *claims);
void pal_claims_clear(struct pal_claims *claims);
/* The defaults of one claim: no dates, no passage, no test. */
void pal_claim_fill(struct pal_claim *claim);
/* Looks at one entry without a study: words, dates, quotation, what a test needs. What is
 * wrong becomes its problem; a problem that it has already stays. */
pal_status pal_claim_review(struct pal_claims *claims, size_t index,
                            struct pal_error *err) PAL_MUST_USE;

/* Puts the claims into the study in place of those that stood there. */
pal_status pal_claims_store(const struct pal_claims *claims, struct pal_store *store,
                            struct pal_error *err) PAL_MUST_USE;
/* The claims of a study; none in a study without them. */
pal_status pal_claims_load(struct pal_store *store, struct pal_claims *out,
                           struct pal_error *err) PAL_MUST_USE;

/* ---- what the records say to it ---- */

enum pal_verdict {
    PAL_VERDICT_SUPPORTED,
    PAL_VERDICT_CONTRADICTED,
    PAL_VERDICT_DEPENDS,
    PAL_VERDICT_CANNOT_TELL,
    PAL_VERDICT_NOT_RECORDED,
    PAL_VERDICT_NOT_COVERED,
    PAL_VERDICT_NOT_TESTABLE,
    PAL_VERDICT_ERROR, /* the entry is wrong; `why` says how */
    PAL_VERDICT_COUNT
};
/* "within what the data cannot tell" */
const char *pal_verdict_text(enum pal_verdict verdict);

/* The figure under one definition. */
struct pal_reading {
    struct pal_view choice; /* "duplicate rule", "release", "method group", "area" */
    struct pal_view name;   /* "every released record" */
    struct pal_view measure;
    struct pal_view unit;    /* of the value; "": the measure's */
    struct pal_view rule;    /* duplicate rule, "" ours */
    struct pal_view release; /* "": the releases that serve */
    enum pal_figure_status status;
    double value; /* low and high are NAN where there is no interval */
    double low;
    double high;
    int64_t n;
    double base;   /* of a share: what it is divided by */
    int64_t blank; /* records of these days that do not state a condition's field */
    int32_t first; /* days it is about */
    int32_t last;
    int32_t days_covered;
    int32_t days;
    double
        dispersion; /* variance over that of a Poisson count; 1 where none was found */
    enum pal_verdict verdict;
    const struct pal_turns *turns; /* of the test spurts-in-turn, NULL else; n is then
                                      the number of surges */
    bool bears;                    /* whether it has a say in the claim's verdict */
    struct pal_view note;          /* "" none */
    struct pal_view command;       /* gives the same figure */
};

/* A released file behind a figure. */
struct pal_claim_file {
    struct pal_view table;
    struct pal_view file;
    struct pal_view sha256;
    struct pal_view release;
    int64_t rows; /* of the table */
};

struct pal_finding {
    const struct pal_claim *claim;
    enum pal_verdict verdict;
    bool has_value;
    bool is_withheld; /* fewer than 11 people in a breakdown: no number is shown */
    double value;     /* what the test is about: the figure, or the ratio of two */
    double low;
    double high;
    struct pal_view unit;
    bool has_range; /* the claimed figure as a range of numbers */
    double claimed_low;
    double claimed_high;     /* +infinity where the claim has no upper end */
    struct pal_view claimed; /* the test in words: "at least 500" */
    struct pal_view why;
    struct pal_view definition;
    struct pal_view coverage;   /* which dates the records have, in words */
    struct pal_view place_note; /* that the city is not the area; "" none */
    size_t reading_count;
    struct pal_reading *readings; /* the first is the one the test was made on */
    size_t context_count;
    struct pal_reading *contexts;
    size_t file_count;
    struct pal_claim_file *files;
};

struct pal_judgement {
    struct pal_arena arena;
    struct pal_view program_version;
    struct pal_view rule_version;
    struct pal_view title; /* of the study */
    int32_t reviewed;      /* for a date of publication; PAL_DAY_NONE: none known */
    size_t count;
    struct pal_finding *findings; /* in the order of the claims */
    size_t verdict_counts[PAL_VERDICT_COUNT];
};

/* Checks every claim. A claim that is wrong gets the verdict PAL_VERDICT_ERROR and the others
 * are still checked. The claims must outlive the judgement. */
pal_status pal_claims_check(struct pal_store *store, const struct pal_claims *claims,
                            struct pal_progress *progress, struct pal_judgement **out,
                            struct pal_error *err) PAL_MUST_USE;
void pal_judgement_free(struct pal_judgement *judgement);

/* A list of objects, one a claim. */
void pal_judgement_json(const struct pal_judgement *judgement, struct pal_json *out);
/* schema.org ClaimReview as JSON-LD: a list of objects. */
void pal_judgement_claimreview(const struct pal_judgement *judgement,
                               struct pal_json *out);

#endif
