/*
 * The study file: what is studied, which files it wants, what the facts' sources are. Read
 * from YAML (see doc/palladium-run.md for its keys); figures never stand in it.
 */
#ifndef PAL_APP_STUDY_FILE_H
#define PAL_APP_STUDY_FILE_H

#include "base/base.h"
#include "record/record.h"

enum { PAL_STUDY_ARENA_MAX = 16 << 20 };

struct pal_study_campaign {
    struct pal_view name;
    struct pal_view agency;
    int32_t first_day;
    int32_t last_day;
    struct pal_view announced;
    int64_t agents; /* -1: not stated */
    struct pal_view agents_note;
    struct pal_view source;
    int32_t source_date; /* PAL_DAY_NONE: not stated */
};

struct pal_study_place {
    struct pal_view name;
    struct pal_view area;
    struct pal_view state;
    struct pal_view note;
};

struct pal_study_pattern {
    struct pal_view pattern; /* under --data; * and ? within one folder */
    struct pal_view release; /* "": as the file says */
    struct pal_view table_text;
    enum pal_table table; /* PAL_TABLE_COUNT: not stated */
    bool is_required;
};

struct pal_study_order {
    struct pal_view table_text;
    enum pal_table table;
    const struct pal_yaml_node *release_node;
    size_t release_count;
    struct pal_view *releases; /* the first serves first */
};

struct pal_study_fact {
    struct pal_view name;
    struct pal_view value;
    struct pal_view unit;
    struct pal_view source;
    int32_t date; /* PAL_DAY_NONE: not stated */
};

/* has_high false: no source gives an upper end. */
struct pal_study_range {
    double low;
    double high;
    bool has_high;
};

/* A line of the effort ledger. */
struct pal_study_effort {
    struct pal_view place; /* "all places together" where it names none */
    struct pal_view what;
    int32_t first_earliest;
    int32_t first_latest;
    int32_t last_earliest;
    int32_t last_latest;
    struct pal_study_range agents;
    struct pal_study_range hours;
    struct pal_study_range days_on;
    struct pal_study_range days_off;
    struct pal_view source;
    int32_t source_date; /* PAL_DAY_NONE: not stated */
};

struct pal_study {
    struct pal_arena arena;
    struct pal_view name;
    struct pal_view title;
    bool has_campaign;
    struct pal_study_campaign campaign;
    int32_t baseline_first; /* PAL_DAY_NONE: not stated */
    int32_t baseline_last;
    bool
        is_baseline_cut; /* it was stated to reach into the campaign, and ends before it */
    size_t place_count;
    struct pal_study_place *places;
    size_t comparison_count;
    struct pal_view *comparison_areas;
    size_t pattern_count;
    struct pal_study_pattern *patterns;
    size_t order_count;
    struct pal_study_order *orders;
    size_t fact_count;
    struct pal_study_fact *facts;
    size_t effort_count;
    struct pal_study_effort *efforts;
    struct pal_view claims; /* its claims file, a path beside the study file; "" none */
};

/* Reads a study file; the struct is the caller's, to be cleared in every case. */
pal_status pal_study_read(const char *path, struct pal_study *out,
                          struct pal_error *err) PAL_MUST_USE;
/* The same from memory; `path` is for words. */
pal_status pal_study_parse(struct pal_view text, const char *path,
                           struct pal_study *out, struct pal_error *err) PAL_MUST_USE;
/* Gives every area its stored name; PAL_INPUT for a slip of the hand. Done by pal_study_read. */
pal_status pal_study_settle_areas(struct pal_study *study, const char *path,
                                  struct pal_error *err) PAL_MUST_USE;
void pal_study_clear(struct pal_study *study);
/* The first pattern that fits a path relative to the data folder, or NULL. */
const struct pal_study_pattern *pal_study_match(const struct pal_study *study,
                                                struct pal_view path);

/* Writes it into the study's study_* tables in place of what stood there. Settings: name,
 * title, baseline_first, baseline_last, campaign_agency, campaign_announced, campaign_agents,
 * campaign_agents_note, program_version. */
struct pal_store;
pal_status pal_study_store(const struct pal_study *study, struct pal_store *store,
                           struct pal_error *err) PAL_MUST_USE;

#endif
