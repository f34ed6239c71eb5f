/*
 * simulate -- a campaign with known truth, written as a release of records.
 *
 * Takes    a specification: seed, days, offices with their usual counts and their rosters,
 *          reinforcements, a campaign of spurts, the faults of real releases
 * Gives    the release in the agency's layout of March 2026, as workbooks, csv or parquet,
 *          which enters by the front door like anybody's; and beside it, in truth/, what was
 *          planted
 * Owns     nothing after the call
 * Never    touches the store: parquet is written by a call that the app hands in, from blocks
 *          of columns (base/column.h). Describes a real person; has a place smaller than an
 *          office. Watching is an amount of hours, and no count of arrests depends on it: so
 *          nothing here answers how to run a campaign
 * Threads  a file a thread, as many as asked for; a row is a function of the seed, its office,
 *          its day and its number there, so the bytes are the same with any number of threads
 * Limits   PAL_SIMULATE_AREA_MAX, PAL_SIMULATE_DAY_MAX, PAL_SIMULATE_ROW_MAX,
 *          PAL_SIMULATE_LIST_MAX; PAL_SIMULATE_SHEET_MAX rows in a workbook's file
 */
#ifndef PAL_SIMULATE_SIMULATE_H
#define PAL_SIMULATE_SIMULATE_H

#include "base/base.h"

enum {
    PAL_SIMULATE_AREA_MAX = 64,
    PAL_SIMULATE_DAY_MAX = 12000,
    PAL_SIMULATE_LIST_MAX = 64,      /* reinforcements, and gaps */
    PAL_SIMULATE_ROW_MAX = 1 << 30,  /* expected arrests, and custody requests */
    PAL_SIMULATE_SHEET_MAX = 4000000 /* rows a workbook: it has to fit into memory */
};

/* Days on, days off, and the hours of a day on. Five days on and two off are Monday to
 * Friday; on any other roster the agents take turns. */
struct pal_simulate_roster {
    int64_t days_on;
    int64_t days_off;
    double shift_hours;
};

struct pal_simulate_area {
    struct pal_view name;  /* "Boston": written as "Boston Area of Responsibility" */
    struct pal_view state; /* "MASSACHUSETTS" */
    struct pal_view city;
    double arrests_a_day;   /* the usual, averaged over the week */
    double detainers_a_day; /* custody requests that end without an arrest in custody */
    double declined_share;  /* of those, recorded as declined */
    double honoured_a_day;  /* custody requests that lead to an arrest in custody */
    bool is_in_campaign;
    int64_t agents; /* of the office, on its roster */
    struct pal_simulate_roster roster;
};

struct pal_simulate_campaign {
    int32_t first; /* PAL_DAY_NONE: no campaign */
    int32_t last;
    int64_t spurt_days;  /* length of one spurt */
    int64_t spurt_count; /* in each place; places take turns */
    double effect; /* arrests at large during a spurt: this many times the usual */
    double collateral_share; /* of the arrests that a spurt adds */
    int64_t agents;          /* that move to the place whose turn it is */
    struct pal_simulate_roster roster;
};

/* Agents from elsewhere, all on from their first day. */
struct pal_simulate_reinforcement {
    struct pal_view area;
    struct pal_view agency;
    int64_t agents;
    int32_t first;
    int32_t last;
    struct pal_simulate_roster roster;
};

/* Days of an office that the release does not show as they were. */
enum pal_simulate_gap_kind {
    PAL_SIMULATE_CATCH_UP, /* all recorded on the day behind the gap */
    PAL_SIMULATE_MISSING,  /* no row */
    PAL_SIMULATE_BLANK     /* the area is blank */
};
struct pal_simulate_gap {
    struct pal_view area;
    struct pal_view kind; /* "catch_up", "missing", "blank" */
    int32_t first;
    int32_t last;
};

struct pal_simulate_spec {
    uint64_t seed;
    struct pal_view release; /* FOIA number in the banner */
    int32_t first;
    int32_t last;
    size_t area_count;
    struct pal_simulate_area areas[PAL_SIMULATE_AREA_MAX];
    struct pal_simulate_campaign campaign;
    size_t reinforcement_count;
    struct pal_simulate_reinforcement reinforcements[PAL_SIMULATE_LIST_MAX];
    size_t gap_count;
    struct pal_simulate_gap gaps[PAL_SIMULATE_LIST_MAX];
    int32_t type_recorded_from; /* Apprehension Type; PAL_DAY_NONE: never recorded */
    double targeted_share;      /* of the usual arrests at large */
    double pursued_share;       /* of the declined requests, targets later */
    double dispersion_size;     /* of a day's count: variance m + m^2 / size */
    double watching_share;      /* of the hours of agents on duty */
    double duplicate_share;     /* arrests with a second row within a day */
    double without_id_share;    /* rows whose id is blank or redacted */
    double area_blank_share;
    double state_blank_share;
    double custody_share; /* arrests that lead to a stay */
    double late_share;    /* arrests recorded some days late, so perhaps not yet */
    double late_days;     /* how many days, on average */
    double redaction_mixed_share;
    double stint_duplicate_share;
};

enum pal_simulate_format { PAL_SIMULATE_XLSX, PAL_SIMULATE_CSV, PAL_SIMULATE_PARQUET };

/* Writes a stream into a parquet file; one file at a time or several, each on its thread. */
typedef pal_status (*pal_simulate_parquet)(const char *path,
                                           struct pal_column_stream *rows,
                                           struct pal_error *err);

struct pal_simulate_options {
    enum pal_simulate_format format;
    int thread_count;                   /* 0: one */
    pal_simulate_parquet write_parquet; /* NULL unless the format is parquet */
};

/* What was written. */
struct pal_simulate_counts {
    int64_t arrests;     /* true arrests */
    int64_t arrest_rows; /* rows released, duplicates and all */
    int64_t campaign_arrests;
    int64_t targeted_arrests;
    int64_t collateral_arrests;
    int64_t detainer_rows;
    int64_t stint_rows;
    int64_t stays;
    int64_t files;
};

/* The example's rates and faults, without areas. */
void pal_simulate_defaults(struct pal_simulate_spec *spec);
/* The rest of an area, as the specification leaves it out. */
void pal_simulate_area_defaults(struct pal_simulate_area *area);
void pal_simulate_reinforcement_defaults(struct pal_simulate_reinforcement *added);
/* PAL_USAGE names what is wrong with a specification. */
pal_status pal_simulate_check(const struct pal_simulate_spec *spec,
                              struct pal_error *err) PAL_MUST_USE;
/* Writes the release into `folder` (made if missing) and truth/ below it. `options` may be
 * NULL: workbooks, one thread. */
pal_status pal_simulate_write(const struct pal_simulate_spec *spec, const char *folder,
                              const struct pal_simulate_options *options,
                              struct pal_progress *progress,
                              struct pal_simulate_counts *counts,
                              struct pal_error *err) PAL_MUST_USE;

/* ---- the columns alone ---- */

enum pal_simulate_table {
    PAL_SIMULATE_ARREST,
    PAL_SIMULATE_DETAINER,
    PAL_SIMULATE_STINT,
    PAL_SIMULATE_TABLE_COUNT
};

/* The world that a specification describes, before any row. The specification must outlive
 * it. Streams may be opened from several threads. */
struct pal_simulate_world;
pal_status pal_simulate_world_new(const struct pal_simulate_spec *spec,
                                  struct pal_simulate_world **out,
                                  struct pal_error *err) PAL_MUST_USE;
void pal_simulate_world_free(struct pal_simulate_world *world);
/* The rows of a table whose events fall on the days from `first` to `last`. */
struct pal_simulate_rows;
pal_status pal_simulate_rows_open(const struct pal_simulate_world *world,
                                  enum pal_simulate_table table, int32_t first,
                                  int32_t last, struct pal_simulate_rows **out,
                                  struct pal_error *err) PAL_MUST_USE;
struct pal_column_stream *pal_simulate_rows_borrow(struct pal_simulate_rows *rows);
void pal_simulate_rows_close(struct pal_simulate_rows *rows);

#endif
