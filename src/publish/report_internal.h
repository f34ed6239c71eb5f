/*
 * What the files of room publish share: the report in the making, what the study says of
 * itself, questions put to measures, and figures with their files.
 */
#ifndef PAL_PUBLISH_REPORT_INTERNAL_H
#define PAL_PUBLISH_REPORT_INTERNAL_H

#include "detect/study.h"
#include "measure/measure.h"
#include "publish/chart.h"
#include "publish/number.h"
#include "publish/page.h"
#include "publish/publish.h"

enum {
    PAL_REPORT_ARENA_MAX = 256 << 20,
    PAL_REPORT_RESULT_MAX = 64,
    PAL_REPORT_MEASURE_MAX = 64,
    PAL_GRID_ROW_MAX = 1000000
};

/* ---- grid.c: the whole result of a statement ---- */

struct pal_grid {
    size_t row_count;
    size_t column_count;
    const struct pal_value *cells; /* row by row */
};

/* ---- facts.c: what the study says of itself ---- */

struct pal_place {
    struct pal_view place;
    struct pal_view area;
    struct pal_view state;
    struct pal_view note; /* "" none */
};

struct pal_fact {
    struct pal_view name;
    struct pal_view value;
    struct pal_view unit;
    struct pal_view source;
    int32_t source_date;
};

/* One release of one table, for one stretch of days. */
struct pal_cover {
    struct pal_view table;
    struct pal_view release;
    struct pal_view area; /* of a regional release, else "" */
    int32_t first;
    int32_t last;
    int32_t serves_first; /* PAL_DAY_NONE: another release is counted */
    int32_t serves_last;
    int64_t rows;
};

enum pal_gap_kind {
    PAL_GAP_NONE, /* every day of the campaign is covered by row-level files */
    PAL_GAP_PART,
    PAL_GAP_ALL
};

struct pal_facts {
    struct pal_view name;
    struct pal_view title;
    struct pal_view version; /* of the program */
    struct pal_view rule_version;
    bool has_campaign;
    struct pal_view campaign;
    struct pal_view agency;
    struct pal_view announced;
    struct pal_view agents_note;
    struct pal_view source;
    int64_t agents; /* -1: not stated */
    int32_t source_date;
    int32_t first; /* of the campaign */
    int32_t last;
    int32_t baseline_first;
    int32_t baseline_last;
    size_t place_count;
    struct pal_place *places; /* by name */
    size_t comparison_count;
    struct pal_view *comparisons; /* none: every other area */
    size_t fact_count;
    struct pal_fact *facts;
    size_t cover_count;
    struct pal_cover *covers;
    enum pal_gap_kind gap;
    int32_t
        gap_first; /* the days without a row-level file, from before the campaign on */
    int32_t gap_last;
    bool has_gap_before; /* a file ends right before gap_first */
};

struct pal_question {
    const char *measure;
    const char *by[PAL_MEASURE_DIMENSION_MAX];
    struct {
        const char *dimension;
        struct pal_view value;
    } where[PAL_MEASURE_DIMENSION_MAX];
    int32_t first; /* PAL_DAY_NONE: no bound */
    int32_t last;
};

/* ---- history.c: arrests a day of areas and groups of areas, month by month ---- */

struct pal_month {
    int32_t first_day;
    enum pal_figure_status status;
    int64_t count;
    int32_t days_covered;
    int32_t days;
};

struct pal_history {
    struct pal_view name; /* "Boston", "the nine areas", "the rest of the country" */
    bool is_studied;      /* an area that a place lies in */
    bool is_rest;         /* an area that those are compared with */
    bool is_group;
    size_t month_count;
    struct pal_month *months;
    struct pal_figure baseline; /* arrests a day over the baseline */
    size_t figure_first;        /* its figures among those of by_month */
    size_t figure_count;
    bool has_usual; /* of its months in the baseline: quartiles of arrests a day */
    double low;
    double middle;
    double high;
};

struct pal_histories {
    size_t area_count;
    struct pal_history *areas; /* by name; "not stated" among them */
    size_t studied_count;
    const struct pal_history **studied; /* of the areas, in their order */
    struct pal_history studied_sum;
    struct pal_history rest_sum; /* month_count 0: there is no rest */
    struct pal_history country;
    struct pal_question question;              /* by area and month */
    struct pal_question question_all;          /* by month, areas together */
    const struct pal_measure_result *by_month; /* the answers it was made of */
    const struct pal_measure_result *by_area;
};

/* ---- methods.c: how arrests came about ---- */

enum { PAL_METHOD_COUNT = 4, PAL_FISCAL_YEAR_MAX = 12 };

struct pal_methods {
    bool has;                    /* some release records the method */
    struct pal_question by_year; /* arrests by area, method group and fiscal year */
    struct pal_question by_area; /* share at large by area */
    const struct pal_measure_result *counts;
    const struct pal_measure_result *shares;
    struct pal_figure studied_share; /* of the studied areas together */
    struct pal_figure rest_share;
    struct pal_question in_campaign; /* shares of the campaign's own days */
    struct pal_figure studied_campaign;
    struct pal_figure rest_campaign;
};

/* ---- requests.c: custody requests and their three outcomes ---- */

struct pal_outcome {
    struct pal_view name; /* a state or an area, with its places */
    int64_t transferred;
    int64_t declined;
    int64_t unknown;
    struct pal_figure declined_share;
};

struct pal_requests {
    bool has;
    bool is_by_area; /* false: by state, since no area is recorded */
    int32_t first;   /* of the dates counted */
    int32_t last;
    struct pal_question by_outcome;
    const struct pal_measure_result *counts;
    size_t outcome_count;
    struct pal_outcome *outcomes; /* of the places */
    struct pal_outcome places;    /* together */
    struct pal_outcome rest;
};

/* ---- custody.c: the agency's own monthly statistics ---- */

struct pal_custody {
    bool has_book_ins;
    bool has_population;
    int32_t
        fiscal_year; /* in which the campaign began; the last one without a campaign */
    int32_t first;   /* of the year before */
    int32_t last;
    struct pal_question book_in_question;
    struct pal_question population_question;
    const struct pal_measure_result *book_ins;   /* by agency and month */
    const struct pal_measure_result *population; /* the same */
};

/* ---- report.c ---- */

struct pal_report {
    struct pal_store *store; /* the caller's, as is the folder */
    const char *folder;
    struct pal_progress *progress;
    struct pal_arena arena; /* all texts, until the report is written */
    struct pal_buffer body;
    struct pal_page page;
    struct pal_facts facts;
    bool has_arrests; /* histories and methods are loaded */
    struct pal_histories histories;
    struct pal_methods methods;
    struct pal_requests requests;
    struct pal_custody custody;
    struct pal_surge_study *surges; /* NULL without arrests */
    struct pal_grid tables;         /* table, rows stored, sheets, files */
    int figure_number;
    size_t result_count;
    struct pal_measure_result *results[PAL_REPORT_RESULT_MAX];
    bool used[PAL_REPORT_MEASURE_MAX]; /* measures, by their index */
};

/* Runs an embedded statement; the grid is the report's. */
pal_status pal_report_grid(struct pal_report *report, const char *statement,
                           const struct pal_value *values, size_t value_count,
                           struct pal_grid *out, struct pal_error *err) PAL_MUST_USE;
const struct pal_value *pal_grid_at(const struct pal_grid *grid, size_t row,
                                    size_t column);
struct pal_view pal_grid_text(const struct pal_grid *grid, size_t row, size_t column);
/* PAL_DAY_NONE for NULL. */
int32_t pal_grid_day(const struct pal_grid *grid, size_t row, size_t column);
int64_t pal_grid_integer(const struct pal_grid *grid, size_t row, size_t column);

/* Runs a measure; the result is the report's. */
pal_status pal_report_ask(struct pal_report *report,
                          const struct pal_question *question,
                          const struct pal_measure_result **out,
                          struct pal_error *err) PAL_MUST_USE;
/* Whether a release serves some days of a table, and how many rows of it are stored. */
bool pal_report_has_table(const struct pal_report *report, const char *table);
int64_t pal_report_rows(const struct pal_report *report, struct pal_view table);
/* "Arrests" for "arrest". */
const char *pal_report_table_title(struct pal_view table);
/* The command that gives the same figures. */
void pal_question_command(const struct pal_question *question, struct pal_buffer *out);
/* A text of the report's arena. */
pal_status pal_report_words(struct pal_report *report, struct pal_view *out,
                            struct pal_error *err, const char *format, ...) PAL_MUST_USE
    PAL_PRINTF(4, 5);
pal_status pal_report_room(struct pal_report *report, size_t count, size_t size,
                           void **out, struct pal_error *err) PAL_MUST_USE;

pal_status pal_surges_load(struct pal_report *report,
                           struct pal_error *err) PAL_MUST_USE;
pal_status pal_facts_load(struct pal_report *report,
                          struct pal_error *err) PAL_MUST_USE;
/* Days of the campaign on which a release of the whole country serves arrests. */
int32_t pal_facts_arrest_days(const struct pal_facts *facts);
pal_status pal_histories_load(struct pal_report *report,
                              struct pal_error *err) PAL_MUST_USE;
pal_status pal_methods_load(struct pal_report *report,
                            struct pal_error *err) PAL_MUST_USE;
pal_status pal_requests_load(struct pal_report *report,
                             struct pal_error *err) PAL_MUST_USE;
/* The part of the section on requests about the rules that they met. */
pal_status pal_requests_by_rule(struct pal_report *report,
                                struct pal_error *err) PAL_MUST_USE;
bool pal_requests_have_numbers(const struct pal_measure_result *result);
/* Requests to jails whose city is the place, of counts by city, state and outcome. */
pal_status pal_requests_in_city(const struct pal_measure_result *counts,
                                const struct pal_place *place, struct pal_outcome *out,
                                struct pal_error *err) PAL_MUST_USE;
pal_status pal_custody_load(struct pal_report *report,
                            struct pal_error *err) PAL_MUST_USE;
/* The published figure of an agency and month, or NULL where there is none. */
const struct pal_figure *pal_custody_figure(const struct pal_measure_result *result,
                                            const char *agency, int32_t month);
/* In plain words: which months of the campaign no row-level file covers. */
pal_status pal_gap_sentence(struct pal_report *report, struct pal_view *out,
                            struct pal_error *err) PAL_MUST_USE;
/* A share of counts with its exact interval. */
pal_status pal_share_of(int64_t part, int64_t whole, struct pal_figure *out,
                        struct pal_error *err) PAL_MUST_USE;
/* Fiscal years that the baseline touches, at most PAL_FISCAL_YEAR_MAX. */
size_t pal_fiscal_years(const struct pal_facts *facts,
                        int32_t years[PAL_FISCAL_YEAR_MAX]);
/* Arrests a day over the months that begin in first..last and are covered, with the exact
 * interval; status PAL_FIGURE_NOT_COVERED when none is. */
pal_status pal_history_rate(const struct pal_history *history, int32_t first,
                            int32_t last, struct pal_figure *out,
                            struct pal_error *err) PAL_MUST_USE;
/* Whether a month has enough days covered to be drawn and to count as usual. */
bool pal_month_is_whole(const struct pal_month *month);
/* NULL: no arrests are counted for an area of that name. */
const struct pal_history *pal_history_find(const struct pal_report *report,
                                           struct pal_view area);
/* An area that one of the study's places lies in; false where the study names none. */
bool pal_history_is_studied(const struct pal_report *report, struct pal_view area);
/* "the rest of the country", or "the areas compared with" where the study names some. */
const char *pal_rest_words(const struct pal_report *report);
/* "the nine areas", "the 26 areas". */
struct pal_words pal_studied_words(const struct pal_report *report);

/* ---- exhibit.c: a figure of the report and its files ---- */

struct pal_answer; /* measure/answer.h */

struct pal_exhibit {
    struct pal_view name; /* of its files: "arrests-per-day-boston" */
    struct pal_view title;
    struct pal_view caption;
    const struct pal_chart *chart;
    const struct pal_measure_result *data; /* written as its csv, and as a table */
    struct pal_view csv;                   /* the csv where there is no data */
    const struct pal_question *questions[3];
    const char *command; /* gives the csv where no question does; NULL none */
    const char *recipe;  /* what was done with the answers, in words; NULL nothing */
    int64_t n;           /* -1: as the measure states it, not counted in records */
    const char *n_unit;
};

/* The whole figure with its numbers and how to get them again; writes its two files. */
pal_status pal_exhibit_write(struct pal_report *report,
                             const struct pal_exhibit *exhibit,
                             struct pal_error *err) PAL_MUST_USE;
/* Makes an answer the exhibit's csv, copied to the report's memory. PAL_LIMIT above 32 MB. */
pal_status pal_exhibit_take(struct pal_report *report, const struct pal_answer *answer,
                            struct pal_exhibit *exhibit,
                            struct pal_error *err) PAL_MUST_USE;
/* A panel among others: drawing and link only. */
pal_status pal_exhibit_panel(struct pal_report *report,
                             const struct pal_exhibit *exhibit,
                             struct pal_error *err) PAL_MUST_USE;
/* Writes figures/<name>.csv and a line that links to it, for a table without a chart. */
pal_status pal_exhibit_table(struct pal_report *report,
                             const struct pal_exhibit *exhibit,
                             struct pal_error *err) PAL_MUST_USE;
/* Writes a grid as figures/<name>.csv, one name a column, and a line that links to it. */
pal_status pal_exhibit_grid(struct pal_report *report, const char *name,
                            const struct pal_grid *grid, const char *const *columns,
                            struct pal_error *err) PAL_MUST_USE;
/* The number of the next figure. */
int pal_report_figure_number(struct pal_report *report);
/* Commands in a block. */
void pal_page_commands(struct pal_report *report,
                       const struct pal_question *const *questions, size_t count,
                       const char *recipe);
/* A value, its interval and its status as a table cell. */
void pal_page_table_figure(struct pal_page *page, const struct pal_figure *figure,
                           bool is_share);
/* Sum of n. */
int64_t pal_result_n(const struct pal_measure_result *result);
const struct pal_figure *pal_result_find(const struct pal_measure_result *result,
                                         struct pal_view first, struct pal_view second,
                                         struct pal_view third);

/* The table of the section on arrests, and its csv. */
pal_status pal_arrests_table(struct pal_report *report,
                             struct pal_error *err) PAL_MUST_USE;
pal_status pal_arrests_table_files(struct pal_report *report,
                                   struct pal_error *err) PAL_MUST_USE;

/* ---- the sections, each a file ---- */

pal_status pal_section_answer(struct pal_report *report,
                              struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_announced(struct pal_report *report,
                                 struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_coverage(struct pal_report *report,
                                struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_arrests(struct pal_report *report,
                               struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_surges(struct pal_report *report,
                              struct pal_error *err) PAL_MUST_USE;
/* The surges on a line an area; `csv` is all of them, as the figure's file. */
pal_status pal_surge_timeline(struct pal_report *report, struct pal_view csv,
                              struct pal_error *err) PAL_MUST_USE;
/* All surges, the largest excess first. */
pal_status pal_surges_by_size(struct pal_report *report,
                              const struct pal_surge_event ***out,
                              struct pal_error *err) PAL_MUST_USE;
/* "Boston, Newark and 3 more": at most `shown` names. */
pal_status pal_surge_areas(struct pal_report *report,
                           const struct pal_surge_event *event, size_t shown,
                           struct pal_view *out, struct pal_error *err) PAL_MUST_USE;
/* How large a surge would have been seen, by place and length. */
pal_status pal_surge_power(struct pal_report *report,
                           struct pal_error *err) PAL_MUST_USE;
/* The largest surges, each with its days and what drove it. */
pal_status pal_surge_pages(struct pal_report *report,
                           struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_methods(struct pal_report *report,
                               struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_detainers(struct pal_report *report,
                                 struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_custody(struct pal_report *report,
                               struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_staff(struct pal_report *report,
                             struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_unrecorded(struct pal_report *report,
                                  struct pal_error *err) PAL_MUST_USE;
/* Its parts: targets or people met in passing, announced effort, how soon custody requests
 * ended, and the places against other areas, before and after. */
pal_status pal_section_targets(struct pal_report *report,
                               struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_effort(struct pal_report *report,
                              struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_outcomes(struct pal_report *report,
                                struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_change(struct pal_report *report,
                              struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_duplicates(struct pal_report *report,
                                  struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_quality(struct pal_report *report,
                               struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_claims(struct pal_report *report,
                              struct pal_error *err) PAL_MUST_USE;
pal_status pal_section_definitions(struct pal_report *report,
                                   struct pal_error *err) PAL_MUST_USE;

#endif
