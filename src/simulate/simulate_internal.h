/*
 * What the files of room simulate share. A world is first a ledger: how many arrests and
 * custody requests of each kind every office has on every day, who was on duty, and which
 * requests a day's arrests come from. It is small and made in order. Rows are then a function
 * of the ledger and of counters, so they can be made in any order, on any thread.
 */
#ifndef PAL_SIMULATE_SIMULATE_INTERNAL_H
#define PAL_SIMULATE_SIMULATE_INTERNAL_H

#include "simulate/draw.h"
#include "simulate/simulate.h"
#include "stat/random.h"

enum { PAL_SIM_SECONDS_A_DAY = 86400 };

enum pal_sim_group {
    PAL_SIM_AT_LARGE,
    PAL_SIM_CUSTODIAL,
    PAL_SIM_287G,
    PAL_SIM_OTHER,
    PAL_SIM_GROUP_COUNT
};

/* The kinds of arrest of a cell, in the order in which its arrests are numbered. */
enum pal_sim_kind {
    PAL_SIM_TARGETED,
    PAL_SIM_SPURT_TARGETED,
    PAL_SIM_COLLATERAL,
    PAL_SIM_SPURT_COLLATERAL,
    PAL_SIM_IN_CUSTODY,
    PAL_SIM_AGREEMENT,
    PAL_SIM_REST,
    PAL_SIM_KIND_COUNT
};

/* Custody requests. The first two lead to arrests, first made first taken. */
enum pal_sim_request {
    PAL_SIM_HONOURED, /* an arrest in custody */
    PAL_SIM_PURSUED,  /* declined, and a target later */
    PAL_SIM_DECLINED,
    PAL_SIM_OPEN, /* another end, or none stated */
    PAL_SIM_REQUEST_COUNT
};
enum { PAL_SIM_QUEUE_COUNT = PAL_SIM_PURSUED + 1 };

/* One office on one day. */
struct pal_sim_cell {
    uint64_t key;                                /* of its arrests' draws */
    uint64_t arrests_before;                     /* in all cells before this one */
    uint64_t requests_before;                    /* likewise */
    uint64_t made_before[PAL_SIM_REQUEST_COUNT]; /* by the office, with the stock it
                                                    began with */
    uint64_t taken_before[PAL_SIM_QUEUE_COUNT];  /* of them, led to an arrest */
    uint32_t requests[PAL_SIM_REQUEST_COUNT];
    uint32_t taken[PAL_SIM_QUEUE_COUNT];
    uint32_t arrests[PAL_SIM_KIND_COUNT];
    uint32_t arrest_count;
    uint32_t request_count;
    uint32_t agents_on;        /* of the office */
    uint32_t reinforcement_on; /* from elsewhere, and moving with the campaign */
    double hours;              /* of both */
    int32_t recorded;          /* the day its rows carry; PAL_DAY_NONE: no rows */
    bool is_area_blank;
};

/* What was released, by area and month of the true arrest, book-in or request. */
enum pal_sim_tally {
    PAL_SIM_TALLY_ROWS,
    PAL_SIM_TALLY_SECOND_ROWS,
    PAL_SIM_TALLY_NOT_YET, /* true arrests not recorded by the release's last day */
    PAL_SIM_TALLY_MISSING,
    PAL_SIM_TALLY_BLANK_AREA,
    PAL_SIM_TALLY_WITHOUT_ID,
    PAL_SIM_TALLY_REQUEST_ROWS,
    PAL_SIM_TALLY_STAYS,
    PAL_SIM_TALLY_STILL_HELD,
    PAL_SIM_TALLY_STINT_ROWS,
    PAL_SIM_TALLY_COUNT
};

/* The lists people.c gives: alias tables of the categories. */
struct pal_sim_lists {
    struct pal_sim_alias citizenship;
    struct pal_sim_alias method[PAL_SIM_GROUP_COUNT];
    struct pal_sim_alias facility;
    struct pal_sim_alias release;
    struct pal_sim_alias lift;
};

struct pal_simulate_world {
    const struct pal_simulate_spec *spec;
    size_t day_count;
    struct pal_sim_cell *cells; /* by day, then area; one more behind the last */
    uint16_t *months;           /* of each day, from 0 */
    size_t month_count;
    uint64_t person_key;
    uint64_t pseudonym_key;
    uint64_t request_keys[PAL_SIMULATE_AREA_MAX][PAL_SIM_REQUEST_COUNT];
    bool has_honoured; /* any office has: open requests then end as requests do */
    struct pal_sim_lists lists;
    struct pal_arena arena;
    struct pal_view *area_texts; /* area_count + 1, from 1 */
    struct pal_view *state_texts;
    struct pal_view *city_texts;
};

/* ---- spurt.c, roster.c, ledger.c ---- */

/* The place's turn of that number: its first and last day. */
bool pal_sim_spurt(const struct pal_simulate_spec *spec, size_t area, int64_t number,
                   int32_t *first, int32_t *last);
bool pal_sim_is_spurt(const struct pal_simulate_spec *spec, size_t area, int32_t day);
/* Agents, reinforcements and hours of a cell. */
void pal_sim_roster_fill(const struct pal_simulate_spec *spec, size_t area, int32_t day,
                         struct pal_sim_cell *cell);
bool pal_sim_is_at(const struct pal_simulate_spec *spec, size_t area,
                   struct pal_view name);
pal_status pal_sim_ledger_fill(struct pal_simulate_world *world,
                               struct pal_error *err) PAL_MUST_USE;
static inline struct pal_sim_cell *pal_sim_cell_at(
    const struct pal_simulate_world *world, int32_t day, size_t area)
{
    return &world->cells[(size_t)(day - world->spec->first) * world->spec->area_count +
                         area];
}

/* ---- people.c ---- */

struct pal_sim_person {
    uint64_t number;     /* drawn into the released pseudonym */
    uint8_t citizenship; /* codes, from 1 */
    uint8_t criminality; /* 1 convicted, 2 pending, 3 other */
    uint8_t gender;
    int32_t birth_year;
};
/* A view of a literal in a list that is constant; PAL_VIEW is no constant expression. */
#define PAL_SIM_TEXT(literal)                                                          \
    {                                                                                  \
        "" literal, sizeof(literal) - 1                                                \
    }
/* Texts by code; entry 0 is not used. */
struct pal_sim_texts {
    const struct pal_view *texts;
    size_t count;
};
extern const struct pal_sim_texts pal_sim_citizenships, pal_sim_criminalities,
    pal_sim_genders, pal_sim_methods, pal_sim_facilities, pal_sim_facility_codes,
    pal_sim_releases, pal_sim_lifts, pal_sim_marks;
enum { PAL_SIM_METHOD_REPROCESSED = 12, PAL_SIM_RELEASE_TRANSFERRED = 6 };
enum { PAL_SIM_LIFT_BOOKED = 1, PAL_SIM_LIFT_DECLINED = 2 };
enum { PAL_SIM_ID_WIDTH = 40 };

void pal_sim_lists_fill(struct pal_sim_lists *lists);
struct pal_sim_person pal_sim_person_of(const struct pal_simulate_world *world,
                                        uint64_t number);
/* 40 hex digits, or the mark of a row without id. */
void pal_sim_pseudonym(const struct pal_simulate_world *world, uint64_t number,
                       char out[PAL_SIM_ID_WIDTH]);
void pal_sim_no_id(uint64_t number, char out[PAL_SIM_ID_WIDTH]);
/* The redaction mark of a row: the usual one, or one of the other spellings. */
uint8_t pal_sim_mark_draw(uint32_t mixed, uint64_t word);

/* ---- event.c: one arrest as it happened ---- */

struct pal_sim_arrest {
    int64_t second;
    uint64_t number;
    uint64_t base; /* its first word under the cell's key */
    const struct pal_sim_cell *cell;
    size_t area;
    int32_t day;
    enum pal_sim_kind kind;
};
/* How many words of its cell's key an arrest has. */
enum {
    PAL_SIM_WORD_PERSON,
    PAL_SIM_WORD_MOMENT, /* second; method */
    PAL_SIM_WORD_BLANKS, /* id, area, state */
    PAL_SIM_WORD_SECOND, /* duplicate, reprocessed, late */
    PAL_SIM_WORD_DELAY,  /* of the duplicate; of a late record */
    PAL_SIM_WORD_STAY,   /* whether; when */
    PAL_SIM_WORD_LENGTH, /* how long; spells */
    PAL_SIM_WORD_SPELLS,
    PAL_SIM_WORD_MARK,
    PAL_SIM_WORD_COUNT = 16
};
static inline uint64_t pal_sim_arrest_word(const struct pal_sim_arrest *arrest,
                                           unsigned which)
{
    return pal_sim_word(arrest->cell->key, arrest->base + which);
}
/* Walks over the arrests, or the requests, of a span of days in order. */
struct pal_sim_walk {
    const struct pal_simulate_world *world;
    size_t cell;
    size_t cell_end;
    uint32_t i; /* next within the cell */
};
void pal_sim_walk_init(struct pal_sim_walk *walk,
                       const struct pal_simulate_world *world, int32_t first,
                       int32_t last);
bool pal_sim_next_arrest(struct pal_sim_walk *walk, struct pal_sim_arrest *arrest);
struct pal_sim_custody_request {
    uint64_t number;
    uint64_t word;
    size_t area;
    int32_t day;
    enum pal_sim_request kind;
};
bool pal_sim_next_request(struct pal_sim_walk *walk,
                          struct pal_sim_custody_request *request);

/* ---- rows ---- */

enum {
    PAL_SIM_BLOCK_EVENTS = 2048,
    PAL_SIM_SPELL_MAX = 3,
    PAL_SIM_BLOCK_ROWS = PAL_SIM_BLOCK_EVENTS + PAL_SIM_SPELL_MAX * 2, /* one too far */
    PAL_SIM_COLUMN_MAX = 26,
    PAL_SIM_STAY_DAY_MAX = 240 /* from an arrest to a stay's last book-in */
};
enum pal_sim_share {
    PAL_SIM_SHARE_DUPLICATE,
    PAL_SIM_SHARE_WITHOUT_ID,
    PAL_SIM_SHARE_AREA_BLANK,
    PAL_SIM_SHARE_STATE_BLANK,
    PAL_SIM_SHARE_CUSTODY,
    PAL_SIM_SHARE_LATE,
    PAL_SIM_SHARE_MIXED,
    PAL_SIM_SHARE_STINT_DUPLICATE,
    PAL_SIM_SHARE_COUNT
};
struct pal_simulate_rows {
    struct pal_column_stream stream; /* first: the stream is the rows */
    const struct pal_simulate_world *world;
    enum pal_simulate_table table;
    struct pal_sim_walk walk;
    int32_t first;
    int32_t last;
    struct pal_block_column columns[PAL_SIM_COLUMN_MAX];
    void *values[PAL_SIM_COLUMN_MAX];
    size_t row_count;                        /* of the block */
    int64_t (*tallies)[PAL_SIM_TALLY_COUNT]; /* area_count * month_count */
    uint32_t thresholds[PAL_SIM_SHARE_COUNT];
};
/* Names, kinds and texts of a table's columns; gives their number. */
size_t pal_sim_arrest_columns(const struct pal_simulate_world *world,
                              struct pal_block_column *columns);
size_t pal_sim_detainer_columns(const struct pal_simulate_world *world,
                                struct pal_block_column *columns);
size_t pal_sim_stint_columns(const struct pal_simulate_world *world,
                             struct pal_block_column *columns);
/* Fill the next block. */
void pal_sim_arrest_block(struct pal_simulate_rows *rows);
void pal_sim_detainer_block(struct pal_simulate_rows *rows);
void pal_sim_stint_block(struct pal_simulate_rows *rows);
static inline int64_t *pal_sim_tally_at(struct pal_simulate_rows *rows, size_t area,
                                        int32_t day)
{
    const struct pal_simulate_world *world = rows->world;
    return rows
        ->tallies[area * world->month_count + world->months[day - world->spec->first]];
}

/* ---- files ---- */

/* What one file is about. */
struct pal_sim_file {
    enum pal_simulate_table table;
    int32_t fiscal_year;
    int32_t first;
    int32_t last;
    const char *path;
    int64_t row_count;
};
extern const char *const pal_sim_table_names[PAL_SIMULATE_TABLE_COUNT];
pal_status pal_sim_xlsx_write(const struct pal_simulate_world *world,
                              struct pal_sim_file *file, struct pal_simulate_rows *rows,
                              struct pal_error *err) PAL_MUST_USE;
pal_status pal_sim_csv_write(const struct pal_simulate_world *world,
                             struct pal_sim_file *file, struct pal_simulate_rows *rows,
                             struct pal_error *err) PAL_MUST_USE;
/* What all files together came to. */
struct pal_sim_result {
    int64_t (*tallies)[PAL_SIM_TALLY_COUNT]; /* by area and month; the caller's */
    int64_t file_count;
};
pal_status pal_sim_files_write(const struct pal_simulate_world *world,
                               const char *folder,
                               const struct pal_simulate_options *options,
                               struct pal_progress *progress,
                               struct pal_sim_result *result,
                               struct pal_error *err) PAL_MUST_USE;
void pal_sim_count(const struct pal_simulate_world *world,
                   const struct pal_sim_result *result,
                   struct pal_simulate_counts *counts);
pal_status pal_sim_truth_write(const struct pal_simulate_world *world,
                               const struct pal_sim_result *result,
                               const struct pal_simulate_counts *counts,
                               const char *folder, struct pal_error *err) PAL_MUST_USE;

#endif
