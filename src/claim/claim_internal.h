/*
 * What the files of room claim share: words, the judge at work, questions put to measures,
 * and the pure steps from a figure to a verdict.
 */
#ifndef PAL_CLAIM_CLAIM_INTERNAL_H
#define PAL_CLAIM_CLAIM_INTERNAL_H

#include "claim/claim.h"
#include "detect/study.h"
#include "stat/dispersion.h"
#include "stat/interval.h"

enum {
    PAL_CLAIM_RESULT_MAX = 4096,
    PAL_CLAIM_SMALL_CELL = 11, /* a breakdown with fewer people is not shown */
    PAL_CLAIM_WORDS_MAX = 4096,
    PAL_CLAIM_TEXT_MAX = 4000 /* bytes of any one text of a claim */
};

struct pal_view pal_claim_asset(const char *name);

/* ---- words.c ---- */

struct pal_hedge {
    enum { PAL_HEDGE_FACTOR, PAL_HEDGE_NUMBER, PAL_HEDGE_SHARE } kind;
    struct pal_view word;
    double low;
    double high;
};
/* "a handful of" finds "handful". */
bool pal_hedge_find(struct pal_view words, struct pal_hedge *out);
/* The nearest hedge there is, a view with data NULL: none is near. */
struct pal_view pal_hedge_nearest(struct pal_view words);
bool pal_claim_is_role(struct pal_view text);
bool pal_claim_is_speech(struct pal_view text);
const char *pal_claim_roles(void); /* in words, for a message */
/* A dimension or field by which a person could be found. */
bool pal_claim_is_private(struct pal_view dimension);

/* ---- interval.c: intervals with the dispersion seen in the place's own history ---- */

/* Mean over neighbours of (a - b)^2 / (a + b): 1 for Poisson counts, whatever slow drift
 * there is. Its spread is NONE with few pairs, or where they vary no more than chance. */
struct pal_dispersion pal_neighbour_counts(const double *counts, const bool *is_whole,
                                           size_t count);
/* The same for shares: the chi-square of each pair of neighbours. */
struct pal_dispersion pal_neighbour_shares(const double *hits, const double *bases,
                                           size_t count);
/* The wider of two. */
struct pal_dispersion pal_dispersion_wider(struct pal_dispersion a,
                                           struct pal_dispersion b);
/* Interval of count / exposure; Garwood's exact one where nothing varies more than chance. */
pal_status pal_claim_count_interval(int64_t count, double exposure,
                                    const struct pal_dispersion *dispersion,
                                    struct pal_interval *out,
                                    struct pal_error *err) PAL_MUST_USE;
/* Likewise of a share, Clopper and Pearson's exact one. whole > 0. */
pal_status pal_claim_share_interval(int64_t part, int64_t whole,
                                    const struct pal_dispersion *dispersion,
                                    struct pal_interval *out,
                                    struct pal_error *err) PAL_MUST_USE;
/* Ratio of two rates; *out is NAN to NAN when both counts are 0. */
pal_status pal_claim_rate_ratio(const struct pal_total totals[2],
                                const struct pal_dispersion *dispersion,
                                struct pal_interval *out,
                                struct pal_error *err) PAL_MUST_USE;
/* Ratio of two shares by its logarithm (Katz and others 1978); NAN to NAN with a 0. */
struct pal_interval pal_claim_share_ratio(double part_a, double whole_a, double part_b,
                                          double whole_b,
                                          const struct pal_dispersion *dispersion);

/* ---- decide.c: from an interval to a verdict ---- */

struct pal_range {
    double low;
    double high; /* +infinity: no upper end */
};
/* How far the figure goes: the whole of what is claimed, a part of it (a lower bound), or
 * more than it (an upper bound). */
enum pal_extent { PAL_EXTENT_WHOLE, PAL_EXTENT_PART, PAL_EXTENT_MORE };
/* `otherwise`: the verdict when a bound does not decide. */
enum pal_verdict pal_claim_decide(enum pal_claim_test test, struct pal_range claimed,
                                  struct pal_interval figure, enum pal_extent extent,
                                  enum pal_verdict otherwise);
/* The claimed range of a claim's value and hedge. PAL_INPUT says what is missing. `is_share`:
 * of a share, `%` becomes 0..1. */
pal_status pal_claim_range(const struct pal_claim *claim, bool is_share, bool is_ratio,
                           struct pal_range *out, struct pal_error *err) PAL_MUST_USE;

/* ---- ask.c ---- */

/* A place of the study. */
struct pal_claim_place {
    struct pal_view place;
    struct pal_view area;
    struct pal_view state;
    struct pal_view note;
};

/* A condition's value as the records spell it. */
struct pal_spelling {
    struct pal_view table;
    struct pal_view dimension;
    struct pal_view value;
    struct pal_view spelled;
};
enum { PAL_SPELLING_MAX = 64, PAL_CLAIM_SURGES_MAX = 8 };

struct pal_judge {
    struct pal_spelling spellings[PAL_SPELLING_MAX];
    size_t spelling_count;
    struct pal_store *store;
    const struct pal_claims *claims;
    struct pal_progress *progress;
    struct pal_judgement *out;
    struct pal_arena *arena; /* of out */
    size_t place_count;
    struct pal_claim_place *places;
    size_t release_count;
    struct pal_view *releases;
    size_t result_count;
    struct pal_measure_result *results[PAL_CLAIM_RESULT_MAX]; /* asked before */
    size_t surge_count;
    struct pal_surge_study *surges[PAL_CLAIM_SURGES_MAX]; /* searched before */
};

/* A claim's question made ready: measure found, conditions known, city or area settled. */
struct pal_question_ready {
    struct pal_measure_request request;
    struct pal_view place;  /* the city asked about, "" none */
    bool is_wider;          /* the figure is of the area, or state, around the city */
    struct pal_view around; /* "the area of responsibility Chicago" */
    struct pal_view place_note;
    const struct pal_claim_place *study_place; /* of the city or area, NULL none */
    struct pal_dispersion dispersion; /* of its weeks, once they were looked at */
};

/* PAL_INPUT names what is unknown, with the nearest known names. */
pal_status pal_judge_prepare(struct pal_judge *judge, const struct pal_claim_what *what,
                             struct pal_question_ready *out,
                             struct pal_error *err) PAL_MUST_USE;
/* ---- answer.c ---- */

/* The day of a key "2019-01-31"; PAL_DAY_NONE for any other text. */
int32_t pal_claim_day_of(struct pal_view key);
/* Runs a measure, or gives the answer had before. */
pal_status pal_judge_ask(struct pal_judge *judge,
                         const struct pal_measure_request *request,
                         const struct pal_measure_result **out,
                         struct pal_error *err) PAL_MUST_USE;
/* The one figure of a request that is cut by nothing. */
pal_status pal_judge_figure(struct pal_judge *judge,
                            const struct pal_measure_request *request,
                            struct pal_figure *out, struct pal_error *err) PAL_MUST_USE;
/* Records of the request's days that would count if they stated what a condition asks for:
 * blank, redacted, or of a release without the column. An area that is blank is not among
 * them. *total: all records, had each condition alone been left out. */
pal_status pal_judge_blanks(struct pal_judge *judge,
                            const struct pal_measure_request *request, int64_t *blank,
                            int64_t *total, struct pal_error *err) PAL_MUST_USE;
/* "not stated", "not recorded", "redacted": a key that is no value. */
bool pal_claim_is_blank(struct pal_view key);
/* Variance over that of Poisson counts (or binomial shares) in the weeks of the request's
 * place. */
pal_status pal_judge_dispersion(struct pal_judge *judge,
                                const struct pal_measure_request *request,
                                struct pal_dispersion *out,
                                struct pal_error *err) PAL_MUST_USE;
pal_status pal_judge_words(struct pal_judge *judge, struct pal_view *out,
                           struct pal_error *err, const char *format, ...) PAL_MUST_USE
    PAL_PRINTF(4, 5);
/* A statement of this room, its rows given one by one. */
typedef pal_status (*pal_row_taker)(void *taker, const struct pal_value *row,
                                    struct pal_error *err);
struct pal_row_sink {
    pal_row_taker take;
    void *taker;
};
pal_status pal_judge_rows(struct pal_judge *judge, const char *statement,
                          const struct pal_value *values, size_t value_count,
                          struct pal_row_sink sink, struct pal_error *err) PAL_MUST_USE;
bool pal_claim_is_countable(const struct pal_measure *measure); /* a count or a rate */

/* ---- check.c ---- */

/* Measure, claimed range, coverage, files and definition of a claim that counts `what`. */
pal_status pal_judge_start(struct pal_judge *judge, const struct pal_claim *claim,
                           const struct pal_claim_what *what,
                           struct pal_question_ready *ready,
                           struct pal_finding *finding,
                           struct pal_error *err) PAL_MUST_USE;
/* The verdict where the first reading has no number. */
pal_status pal_finding_not_there(struct pal_judge *judge,
                                 const struct pal_question_ready *ready,
                                 struct pal_finding *finding,
                                 struct pal_error *err) PAL_MUST_USE;

/* ---- frame.c ---- */

/* The study's places, releases, title and versions. */
pal_status pal_judge_load(struct pal_judge *judge, struct pal_error *err) PAL_MUST_USE;
pal_status pal_finding_set_coverage(struct pal_judge *judge,
                                    const struct pal_measure *measure,
                                    struct pal_finding *finding,
                                    struct pal_error *err) PAL_MUST_USE;
/* Adds the files of a table, once. */
pal_status pal_finding_set_files(struct pal_judge *judge, struct pal_view table,
                                 struct pal_finding *finding,
                                 struct pal_error *err) PAL_MUST_USE;
pal_status pal_finding_set_definition(struct pal_judge *judge,
                                      const struct pal_measure *measure,
                                      struct pal_finding *finding,
                                      struct pal_error *err) PAL_MUST_USE;

/* ---- reading.c ---- */

/* Fills a reading's figure and interval; `dispersion` as from pal_judge_dispersion. */
pal_status pal_reading_fill(struct pal_judge *judge,
                            const struct pal_measure_request *request,
                            const struct pal_dispersion *dispersion,
                            struct pal_reading *out,
                            struct pal_error *err) PAL_MUST_USE;
/* The figure under the other duplicate rules, releases and method groups. */
pal_status pal_readings_add(struct pal_judge *judge,
                            const struct pal_question_ready *ready,
                            struct pal_finding *finding,
                            struct pal_error *err) PAL_MUST_USE;
pal_status pal_reading_new(struct pal_judge *judge, struct pal_finding *finding,
                           struct pal_reading **out,
                           struct pal_error *err) PAL_MUST_USE;
/* Which duplicate rules of a table (as pal_rule_at numbers them) leave out no row, as ours
 * leaves out none: their figures are ours. */
pal_status pal_rules_compare(struct pal_judge *judge, struct pal_view table,
                             bool is_same[PAL_CLAIM_READING_MAX],
                             struct pal_error *err) PAL_MUST_USE;
struct pal_view pal_rule_same_note(void); /* of such a rule's reading */
/* The command that gives a request's figure. */
void pal_request_command(const struct pal_measure_request *request,
                         struct pal_buffer *out);

/* ---- compare.c, usual.c, rank.c: tests that need more than one figure ---- */

/* *has: false when the finding has its verdict already (not covered, and the like). */
pal_status pal_judge_compare(struct pal_judge *judge, const struct pal_claim *claim,
                             const struct pal_question_ready *ready,
                             struct pal_finding *finding,
                             struct pal_error *err) PAL_MUST_USE;
pal_status pal_judge_usual(struct pal_judge *judge, const struct pal_claim *claim,
                           const struct pal_question_ready *ready,
                           struct pal_finding *finding,
                           struct pal_error *err) PAL_MUST_USE;
pal_status pal_judge_rank(struct pal_judge *judge, const struct pal_claim *claim,
                          const struct pal_question_ready *ready,
                          struct pal_finding *finding,
                          struct pal_error *err) PAL_MUST_USE;

/* ---- spurts.c ---- */

/* The whole check of a claim of spurts; its surges are searched only where the days are
 * covered, and kept for the next. */
pal_status pal_judge_spurts(struct pal_judge *judge, const struct pal_claim *claim,
                            struct pal_finding *finding,
                            struct pal_error *err) PAL_MUST_USE;
void pal_judge_drop_surges(struct pal_judge *judge);

/* ---- context.c ---- */

/* A breakdown by what people are, or by a small place, with few behind it: few records, or
 * few of them that a share counts. */
bool pal_claim_is_small(const struct pal_measure_request *request,
                        const struct pal_reading *reading);
/* No number of the finding is shown. */
void pal_finding_withhold(struct pal_finding *finding);
pal_status pal_finding_add_contexts(struct pal_judge *judge,
                                    const struct pal_claim *claim,
                                    struct pal_finding *finding,
                                    struct pal_error *err) PAL_MUST_USE;

/* What the law table says, beside a claim: law.c. */
pal_status pal_judge_law(struct pal_judge *judge,
                         const struct pal_claim_context *context,
                         struct pal_reading *out, struct pal_error *err) PAL_MUST_USE;

/* What days of one season of earlier years hold; see usual.c. */
struct pal_usual {
    size_t count; /* spans of days compared with */
    size_t below; /* of them, lower than the days asked about */
    double mean;
    double low; /* 95 % of further spans would lie in low..high */
    double high;
};
/* `values` are day counts from `first_day` on, NAN where not covered; false when fewer than
 * four spans can be compared with. */
bool pal_usual_of(const double *values, size_t count, int32_t first_day, int32_t first,
                  int32_t last, struct pal_usual *out);

/* ---- sentence.c ---- */

/* 22.8, 1,234, 41 %; `unit` "share" gives per cent. */
void pal_claim_number(struct pal_buffer *out, double value, struct pal_view unit);
/* "22.8 arrests a day (22.1 to 23.6)" */
void pal_claim_figure(struct pal_buffer *out, double value, double low, double high,
                      struct pal_view unit);
/* "in Chicago (area) from 2019-02-01 to 2019-03-04" */
void pal_claim_scope(struct pal_buffer *out, const struct pal_measure_request *request);
/* Sets `claimed`, and `why` unless it is set. */
pal_status pal_finding_words(struct pal_judge *judge, struct pal_finding *finding,
                             const struct pal_question_ready *ready,
                             struct pal_error *err) PAL_MUST_USE;

#endif
