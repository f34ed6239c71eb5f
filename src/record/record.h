/*
 * record -- what a released row means: its table, its fields, its dates and its gaps.
 *
 * Takes    rows of cells (struct pal_row) of one sheet, from source or, for parquet, store
 * Gives    batches of canonical rows, the cells that failed with place, rule and reason, and
 *          an account in which rows read = stored + rejected + blank
 * Owns     the dictionary (immutable after open), a batch's memory until reset or free
 * Never    decides who is whom; runs SQL; drops a row; keeps a direct identifier
 * Threads  a dictionary is shared read-only; a harvest and its interner are one thread's
 * Limits   PAL_BATCH_ROW_MAX, PAL_FIELD_MAX, PAL_PREVIEW_ROW_MAX
 */
#ifndef PAL_RECORD_RECORD_H
#define PAL_RECORD_RECORD_H

#include "base/base.h"
#include "source/source.h"

enum { PAL_BATCH_ROW_MAX = 2048, PAL_FIELD_MAX = 63, PAL_PREVIEW_ROW_MAX = 128 };

/* table, its name in the study */
#define PAL_TABLE_LIST(X)                                                              \
    X(PAL_TABLE_NOTE, "note") /* a sheet that is no known table: its cells as text */  \
    X(PAL_TABLE_ARREST, "arrest")                                                      \
    X(PAL_TABLE_DETAINER, "detainer")                                                  \
    X(PAL_TABLE_ENCOUNTER, "encounter")                                                \
    X(PAL_TABLE_REMOVAL, "removal")                                                    \
    X(PAL_TABLE_STINT, "stint")                                                        \
    X(PAL_TABLE_HEAD_COUNT, "head_count")                                              \
    X(PAL_TABLE_AREA_STATE, "area_state")                                              \
    X(PAL_TABLE_CUSTODY_STATISTIC, "custody_statistic")

#define PAL_TABLE_ENUM(name, text) name,
enum pal_table { PAL_TABLE_LIST(PAL_TABLE_ENUM) PAL_TABLE_COUNT };
#undef PAL_TABLE_ENUM
const char *pal_table_name(enum pal_table table);

/* How a field is stored, and the type its column has in <table>_row. */
enum pal_field_type {
    PAL_FIELD_DATE,       /* int32 day; DATE */
    PAL_FIELD_DATE_TIME,  /* int64 microseconds since 1970, no zone; TIMESTAMP */
    PAL_FIELD_CATEGORY,   /* uint32 number in the interner; INTEGER into term */
    PAL_FIELD_AREA,       /* as CATEGORY, long and short forms made one */
    PAL_FIELD_INTEGER,    /* int64; BIGINT */
    PAL_FIELD_NUMBER,     /* double; DOUBLE */
    PAL_FIELD_IDENTIFIER, /* keyed 128-bit hash of the released pseudonym; UUID */
    PAL_FIELD_RELEASED_ID /* the pseudonym itself, only with keep_ids; INTEGER into term */
};

enum pal_sensitivity {
    PAL_SENSITIVITY_PUBLIC,
    PAL_SENSITIVITY_PRIVATE, /* stored, never published: landmarks, times of day */
    PAL_SENSITIVITY_DIRECT /* names, alien numbers, birth dates, case ids: never stored */
};

struct pal_field {
    struct pal_view name;
    enum pal_field_type type;
    enum pal_sensitivity sensitivity;
    struct pal_view description;
};

/* The versioned tables of data/: fields, column aliases, areas, code lists. */
struct pal_dictionary;
pal_status pal_dictionary_open(struct pal_dictionary **out,
                               struct pal_error *err) PAL_MUST_USE;
void pal_dictionary_close(struct pal_dictionary *dictionary);
/* The stored name of an area of responsibility in any spelling (borrowed from the
 * dictionary); false where the table has none such: then every name was tried on `nearest`. */
bool pal_dictionary_find_area(const struct pal_dictionary *dictionary,
                              struct pal_view text, struct pal_view *name,
                              struct pal_nearest *nearest);
/* The stored fields of a table in storage order (never the direct ones). */
size_t pal_dictionary_fields(const struct pal_dictionary *dictionary,
                             enum pal_table table, const struct pal_field **fields);

/* What a column of a sheet was taken for. */
struct pal_layout_column {
    uint32_t column;        /* from 0 */
    struct pal_view header; /* as released, trimmed */
    int32_t field; /* index among the table's fields, -1: unknown or withheld */
    enum pal_sensitivity sensitivity;
    bool is_known; /* false: kept as text and reported */
    int64_t filled_count;
    int64_t missing_count;
    int64_t redacted_count;
    int64_t failed_count;
    int64_t withheld_count; /* cells of a direct identifier, not stored */
};

/* The account of one sheet. Texts are the harvest's. */
struct pal_account {
    enum pal_table table;
    uint64_t header_row;  /* as a spreadsheet shows it; 0: none found */
    int32_t period_first; /* from a title such as "(10/1/2018 - 8/31/2019)", or */
    int32_t period_last;  /* PAL_DAY_NONE */
    struct pal_view title;
    struct pal_view release;  /* FOIA number found in the banner, or "" */
    uint64_t row_above_count; /* banner and header, kept as notes */
    uint64_t row_read_count;  /* below the header (all rows, where none was found) */
    uint64_t row_stored_count;
    uint64_t row_rejected_count;
    uint64_t row_blank_count;
    uint64_t
        recorded; /* bit per field: the sheet says something of it, by a column or, for
                          a time of day, by a time in a date's cells */
    size_t column_count;
    const struct pal_layout_column *columns;
};

struct pal_batch_column {
    enum pal_field_type type;
    uint64_t valid[PAL_BATCH_ROW_MAX / 64]; /* bit per row: there is a value */
    union {
        int32_t *day;
        int64_t *integer; /* INTEGER and DATE_TIME */
        double *number;
        uint32_t *term; /* CATEGORY, AREA, RELEASED_ID */
        struct pal_hash_id *id;
    } values;
};

/* A cell that could not become a value: kept as it was written. */
struct pal_cell_reject {
    uint64_t row;
    uint32_t column;
    struct pal_view raw; /* "" when the column is sensitive */
    const char *rule;    /* "date.impossible", a constant */
    const char *reason;  /* words, a constant */
};
/* A whole row that could not be stored. */
struct pal_row_reject {
    uint64_t row;
    struct pal_view raw; /* cells joined by a tab, sensitive columns left out */
    const char *rule;
    const char *reason;
};
/* A cell of an unknown column, or of a sheet or banner that is no table. */
struct pal_text_cell {
    uint64_t row;
    uint32_t column;
    struct pal_view text;
};
/* A fact of the agency's monthly statistics. */
struct pal_statistic {
    uint64_t row;
    uint32_t column;
    int32_t fiscal_year;
    int32_t month;             /* 1..12, calendar; 0: the whole fiscal year */
    struct pal_view statistic; /* "book_ins", "average_daily_population" */
    struct pal_view agency;    /* "ICE", "CBP", "total" */
    struct pal_view category;  /* "all", or the criminality row of the block */
    double value;
};

struct pal_batch {
    enum pal_table table;
    size_t row_count;
    int64_t row[PAL_BATCH_ROW_MAX];
    int64_t
        redacted[PAL_BATCH_ROW_MAX]; /* bit per field: a redaction mark stood there */
    int64_t
        failed[PAL_BATCH_ROW_MAX]; /* bit per field: a text that could not be read */
    uint64_t recorded; /* bit per field: the sheet has, or may get, values of it */
    size_t column_count;
    struct pal_batch_column columns[PAL_FIELD_MAX];
    size_t cell_reject_count;
    const struct pal_cell_reject *cell_rejects;
    size_t row_reject_count;
    const struct pal_row_reject *row_rejects;
    size_t extra_count; /* cells of unknown columns */
    const struct pal_text_cell *extras;
    size_t note_count; /* banner cells, and cells of sheets that are no table */
    const struct pal_text_cell *notes;
    size_t statistic_count;
    const struct pal_statistic *statistics;
    struct pal_batch_memory *memory; /* behind all of the above */
};

pal_status pal_batch_new(struct pal_batch **out, struct pal_error *err) PAL_MUST_USE;
void pal_batch_free(struct pal_batch *batch);

/* Rows from anywhere: source's sheets, store's parquet reader. */
struct pal_row_stream {
    pal_status (*next)(struct pal_row_stream *self, struct pal_row *row,
                       struct pal_error *err);
};

struct pal_harvest_options {
    struct pal_view sheet; /* its name, for recognising and for words */
    struct pal_view
        release; /* scope of ids; "" lets the banner's number or, failing that,
                                the file digest serve */
    struct pal_view digest_hex;
    const uint8_t *key; /* PAL_KEY_SIZE bytes: the study's */
    bool keep_ids;
    bool is_1904; /* as the sheet's info says */
};

struct pal_harvest;
/* Reads up to PAL_PREVIEW_ROW_MAX rows, finds header and table. The stream is borrowed. */
pal_status pal_harvest_open(const struct pal_dictionary *dictionary,
                            struct pal_row_stream *rows, struct pal_intern *terms,
                            const struct pal_harvest_options *options,
                            struct pal_harvest **out,
                            struct pal_error *err) PAL_MUST_USE;
/* The next batch (reset and filled); *is_end true, with an empty batch, after the last. */
pal_status pal_harvest_next(struct pal_harvest *harvest, struct pal_batch *batch,
                            bool *is_end, struct pal_error *err) PAL_MUST_USE;
/* Complete after the end; header, table and columns are good from the start. A note's columns
 * are only those that were withheld, known once their header has been met. */
const struct pal_account *pal_harvest_borrow_account(const struct pal_harvest *harvest);
void pal_harvest_close(struct pal_harvest *harvest);

#endif
