/*
 * measure -- defined figures: what is counted, over what, for which dates, how surely.
 *
 * Takes    the name of a measure, dimensions, conditions and dates
 * Gives    a table of figures; each is a number with an interval, or says why it is none
 * Owns     a result until pal_measure_result_free; the registry is immutable
 * Never    words a conclusion; reads "not recorded" as zero; adds releases up
 * Threads  one store handle, one thread
 * Limits   PAL_MEASURE_DIMENSION_MAX, PAL_MEASURE_CONDITION_MAX, PAL_MEASURE_ROW_MAX
 */
#ifndef PAL_MEASURE_MEASURE_H
#define PAL_MEASURE_MEASURE_H

#include "base/base.h"
#include "store/store.h"

enum {
    PAL_MEASURE_DIMENSION_MAX = 4,
    PAL_MEASURE_CONDITION_MAX = 16,
    PAL_MEASURE_ROW_MAX = 2000000
};

enum pal_figure_status {
    PAL_FIGURE_NUMBER,       /* "number" */
    PAL_FIGURE_NOT_RECORDED, /* "not recorded": the release has no such column */
    PAL_FIGURE_NOT_COVERED,  /* "not covered": no release covers these dates */
    PAL_FIGURE_NO_DATA       /* "no data": covered, but nothing to divide by */
};
const char *pal_figure_status_text(enum pal_figure_status status);

/* How hits, base and days make the value. */
enum pal_measure_kind {
    PAL_MEASURE_COUNT,  /* hits; a covered period without records is 0 */
    PAL_MEASURE_RATE,   /* hits / days covered */
    PAL_MEASURE_SHARE,  /* hits / base */
    PAL_MEASURE_MEAN,   /* sum of hits / sum of base */
    PAL_MEASURE_MEDIAN, /* median of hits */
    PAL_MEASURE_STATED, /* hits as somebody published them; no record of zero */
    PAL_MEASURE_STOCK   /* as STATED, on one day: the newest unless cut by month */
};

/* One measure's file, data/measures/<name>.sql, as read; all views are constants. */
struct pal_measure {
    struct pal_view name;
    struct pal_view title;
    struct pal_view unit;     /* "arrests" */
    struct pal_view table;    /* what it counts; its dimensions are listed under it */
    struct pal_view coverage; /* the table whose coverage it has, mostly the same */
    enum pal_measure_kind kind;
    struct pal_view numerator;   /* in words */
    struct pal_view denominator; /* in words, "" for a count */
    struct pal_view interval;    /* garwood, clopper-pearson, order-statistics, none */
    struct pal_view caveats;
    struct pal_view source;
    struct pal_view field; /* released field it cannot do without, "" none */
    struct pal_view
        alike; /* not "": each record is looked at by itself, so that those alike
                              in the released values which the statement names count alike;
                              the released day that is its day, or "records" */
    struct pal_view statement; /* one row per record: its columns, day, hit, base */
};

size_t pal_measure_count(void);
/* false beyond the last. Sorted by name. */
bool pal_measure_at(size_t index, struct pal_measure *out);
bool pal_measure_find(struct pal_view name, struct pal_measure *out);

/* By what a table's measures can be cut. */
struct pal_dimension {
    struct pal_view name;
    enum { PAL_DIMENSION_PERIOD, PAL_DIMENSION_AREA, PAL_DIMENSION_TEXT } kind;
    struct pal_view field;      /* released field it needs, "" for none */
    struct pal_view expression; /* SQL over a row r */
    struct pal_view fallback;   /* value taken when it is neither key nor condition */
    struct pal_view description;
};
/* The n-th dimension of a table; false beyond the last. */
bool pal_dimension_at(struct pal_view table, size_t index, struct pal_dimension *out);
/* By its name, or by the name of its field. */
bool pal_dimension_find(struct pal_view table, struct pal_view name,
                        struct pal_dimension *out);

/* A rule of which records are duplicates and left out (data/duplicate_rules.csv). The first
 * of a table is ours; a measure whose statement does not name {kept} has one count only. */
struct pal_rule {
    struct pal_view
        name; /* "ddp-2026-08", as in the table rule_count; "all": none is */
    struct pal_view title;
    struct pal_view description;
};
/* The n-th rule of a table; false beyond the last. */
bool pal_rule_at(struct pal_view table, size_t index, struct pal_rule *out);
bool pal_measure_has_rules(const struct pal_measure *measure);
/* How many days after a custody request a stay of the same id may begin and still be what became
 * of that request: the longest that 48 hours without Saturdays, Sundays and holidays
 * (8 CFR 287.7(d)) can last, in days of the calendar; argued in doc/method-model.md. */
enum { PAL_HOLD_DAYS = 5 };
/* The measure's whole statement under a rule ("": ours), as it can be read by a person. */
pal_status pal_measure_statement(const struct pal_measure *measure,
                                 struct pal_view rule, struct pal_buffer *out,
                                 struct pal_error *err) PAL_MUST_USE;

struct pal_condition {
    struct pal_view dimension;
    struct pal_view value;
};

struct pal_measure_request {
    struct pal_measure measure;
    size_t by_count;
    struct pal_view by[PAL_MEASURE_DIMENSION_MAX];
    size_t where_count;
    struct pal_condition where[PAL_MEASURE_CONDITION_MAX];
    int32_t first;           /* PAL_DAY_NONE: no bound */
    int32_t last;            /* inclusive */
    struct pal_view release; /* "": the releases that serve; else this one alone */
    struct pal_view rule;    /* of duplicates, see pal_rule_at; "": ours */
    struct pal_view
        apart; /* for pal_measure_days_run: "2019-01-31,2019-02-01", the days
                                that have to be told apart; all others may be counted
                                together, on a day before them. "": each day alone */
};

struct pal_figure {
    struct pal_view keys[PAL_MEASURE_DIMENSION_MAX]; /* as printed: "2019-01", "Boston",
                                                        "not stated", "redacted" */
    double value;
    double low; /* 95 %; NAN where the measure states no interval */
    double high;
    int64_t n;   /* records behind it */
    double base; /* of a share or mean: what it is divided by */
    enum pal_figure_status status;
    int32_t days_covered; /* of the figure's dates, by the release that serves them */
    int32_t days;
    bool has_value;
};

struct pal_measure_result {
    struct pal_measure_request request;
    size_t count;
    struct pal_figure *figures; /* sorted by keys */
    struct pal_arena arena;
};

/* Runs a measure. PAL_USAGE names an unknown dimension and lists the known. Every period
 * between the request's dates (or, without them, the study's coverage) has its figure, zero
 * included, for every key that occurs. */
pal_status pal_measure_run(struct pal_store *store,
                           const struct pal_measure_request *request,
                           struct pal_measure_result **out,
                           struct pal_error *err) PAL_MUST_USE;
void pal_measure_result_free(struct pal_measure_result *result);
/* PAL_USAGE names the first condition whose value occurs nowhere in the study, with the
 * nearest that does: a slip of the hand must not be read as zero. An area that the agency has
 * is known without a record. */
pal_status pal_measure_check_values(struct pal_store *store,
                                    const struct pal_measure_request *request,
                                    struct pal_error *err) PAL_MUST_USE;
/* A condition's value as the records spell it, where they differ by capitals alone
 * ("Massachusetts", "MASSACHUSETTS"); else as it is. The text is the arena's or the
 * condition's. */
pal_status pal_measure_spell(struct pal_store *store, const struct pal_measure *measure,
                             const struct pal_condition *condition,
                             struct pal_arena *arena, struct pal_view *out,
                             struct pal_error *err) PAL_MUST_USE;
/* Whether any sheet of the study has the column that a dimension is read from; a dimension
 * of no column, or of a name that the measure does not have, counts as recorded. Where it is
 * not, every record's label is "not recorded". */
pal_status pal_measure_is_recorded(struct pal_store *store,
                                   const struct pal_measure *measure,
                                   struct pal_view dimension, bool *is_recorded,
                                   struct pal_error *err) PAL_MUST_USE;

/* ---- day by day, for those who need every day of every key at once ---- */

/* A day of a key on which a serving release has records. */
struct pal_measure_day {
    uint32_t
        keys[PAL_MEASURE_DIMENSION_MAX]; /* among the labels; 0 for the day itself */
    int32_t day;
    double hits;
};

/* A release that serves some days, as a whole. */
struct pal_measure_source {
    struct pal_view release;
    bool is_regional;
};

struct pal_measure_days {
    struct pal_measure_request request;
    size_t label_count[PAL_MEASURE_DIMENSION_MAX];
    struct pal_view *labels[PAL_MEASURE_DIMENSION_MAX]; /* sorted */
    size_t count;
    struct pal_measure_day *rows; /* sorted by keys, then day */
    int32_t first; /* outermost days served for anybody; PAL_DAY_NONE: none is */
    int32_t last;
    size_t source_count;
    struct pal_measure_source *sources;
    struct pal_measure_days_spans *spans; /* private: who serves what */
    struct pal_arena arena;
};

/* Runs a count (PAL_MEASURE_COUNT) cut by day and up to three other dimensions. A day that
 * is not in `rows` had no record: 0 where it is served, unknown where it is not. */
pal_status pal_measure_days_run(struct pal_store *store,
                                const struct pal_measure_request *request,
                                struct pal_measure_days **out,
                                struct pal_error *err) PAL_MUST_USE;
void pal_measure_days_free(struct pal_measure_days *days);
/* Which of `sources` serves a day of an area ("" for all areas together); -1: none does. */
int pal_measure_days_source(const struct pal_measure_days *days, struct pal_view area,
                            int32_t day);

/* The result as CSV: the dimension columns, then value,low,high,n,status,days_covered,days. */
void pal_measure_result_csv(const struct pal_measure_result *result,
                            struct pal_buffer *out);
void pal_measure_result_json(const struct pal_measure_result *result,
                             struct pal_json *out);

#endif
