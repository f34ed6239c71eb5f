/*
 * What the files of room store share: the handle, and the thin layer over the engine (named
 * statements, errors put into words). No other room includes this, or duckdb.h.
 */
#ifndef PAL_STORE_STORE_INTERNAL_H
#define PAL_STORE_STORE_INTERNAL_H

#include <duckdb.h>

#include "store/store.h"

enum {
    PAL_STORE_MEMORY_DEFAULT_MB = 160,
    PAL_STORE_TERM_MAX = INT32_MAX, /* a term's number is an INTEGER column */
    PAL_COLUMN_LEAD = 4, /* of a row table: sheet_id, row, redacted, failed */
    PAL_STORE_STATEMENT_SIZE_MAX = 16 * 1024 * 1024
};

/* The file of a study: its lock against other programs, and the folder for what does not fit
 * into memory. */
struct pal_place {
    char *path;      /* NULL: in memory */
    char *temporary; /* beside the study; made by the engine only when it needs it */
    int lock;        /* descriptor, -1: none */
};

struct pal_append; /* the open appenders of one sheet */

struct pal_store {
    duckdb_database database;
    duckdb_connection connection;
    struct pal_place place;
    enum pal_store_mode mode;
    int64_t memory_max_mb;  /* as opened with */
    int64_t thread_count;   /* as opened with; imports and exports use one */
    int64_t thread_now;     /* that the engine uses; 0: not known */
    bool is_locked;         /* pal_store_lock was called */
    bool is_stream;         /* rows come as they are made; one cursor at a time */
    bool has_locked_cursor; /* its one cursor is open */
    bool
        is_unmade; /* a new study whose tables or marks are made when they are needed */
    bool has_tables; /* of a new study: from the template */
    bool keep_ids;
    uint8_t key[PAL_KEY_SIZE];
    struct pal_intern *terms; /* NULL until borrowed */
    uint32_t term_stored;     /* terms below this number are in the table */
    uint32_t term_appended;   /* and those below this with the file that is open */
    bool has_spare_terms;     /* of a file that was given up */
    bool has_rows_ended;      /* of the open file */
    bool in_file;             /* the transaction of a file is open */
    int32_t file_id;
    int32_t sheet_id; /* the open sheet, 0: none */
    int32_t sheet_next;
    struct pal_append *append;
};

/* ---- engine.c ---- */

/* The embedded statement `name`; its text has a NUL behind it. */
struct pal_view pal_engine_statement(const char *name);
/* Puts the engine's error into words: "<doing>: <first line of message>". */
pal_status pal_engine_fail(struct pal_error *err, duckdb_error_type type,
                           const char *message, const char *doing);
/* Runs the embedded script `name`. */
pal_status pal_engine_run(struct pal_store *store, const char *name,
                          struct pal_error *err) PAL_MUST_USE;
/* Runs a text that has a NUL behind it. */
pal_status pal_engine_run_text(struct pal_store *store, const char *text,
                               const char *doing, struct pal_error *err) PAL_MUST_USE;
/* The embedded statement `name` with values, its first row's values into `out` (column_count
 * of them, texts left out); *has_row false when it gave none. */
pal_status pal_engine_first(struct pal_store *store, const char *name,
                            const struct pal_value *values, size_t value_count,
                            int64_t *out, struct pal_error *err) PAL_MUST_USE;
struct pal_value pal_value_of_i64(int64_t value);
struct pal_value pal_value_of_text(struct pal_view text);
struct pal_value pal_value_of_day(int32_t day); /* PAL_DAY_NONE gives NULL */
/* Opens the engine of `store` on `path` (NULL: memory) with what every use of it has in
 * common; pal_store_close closes it, on failure too. */
pal_status pal_engine_open(struct pal_store *store, const char *path, bool read_only,
                           const char *temporary,
                           const struct pal_store_options *options,
                           struct pal_error *err) PAL_MUST_USE;
pal_status pal_engine_set_threads(struct pal_store *store, int64_t count,
                                  struct pal_error *err) PAL_MUST_USE;
/* The cap on the engine's memory that the options ask for. */
int64_t pal_engine_memory_mb(const struct pal_store_options *options);
/* `text` if it is UTF-8, else a copy in `room` with U+FFFD for each byte that is not. */
pal_status pal_engine_mend(struct pal_view text, struct pal_buffer *room,
                           struct pal_view *out, struct pal_error *err) PAL_MUST_USE;

/* ---- row_field.c ---- */

/* A statement over a table, to look at its columns; the caller's to destroy. */
pal_status pal_columns_prepare(struct pal_store *store, const char *table,
                               duckdb_prepared_statement *out,
                               struct pal_error *err) PAL_MUST_USE;

/* ---- place.c ---- */

/* Looks at the path and takes the lock if there is a file. *is_new: nothing there yet. */
pal_status pal_place_open(const char *path, enum pal_store_mode mode,
                          struct pal_place *place, bool *is_new,
                          struct pal_error *err) PAL_MUST_USE;
/* Takes the lock of a file that was just made. */
pal_status pal_place_lock(struct pal_place *place, enum pal_store_mode mode,
                          struct pal_error *err) PAL_MUST_USE;
void pal_place_close(struct pal_place *place);

/* ---- schema.c ---- */

/* Brings an older study up to this version; reads key and marks. A new one gets them, but its
 * tables only when they are needed. */
pal_status pal_schema_open(struct pal_store *store,
                           const struct pal_store_options *options,
                           struct pal_error *err) PAL_MUST_USE;

/* Makes the tables of a new study where that is still to be done. */
pal_status pal_schema_ensure(struct pal_store *store,
                             struct pal_error *err) PAL_MUST_USE;

/* ---- part.c ---- */

enum { PAL_PART_COUNT_MAX = 32, PAL_PART_NAME_SIZE = 64 };

/* A table that takes rows: the wide one, or one with the columns of a layout. */
struct pal_part {
    char name[PAL_PART_NAME_SIZE];
    int32_t number;  /* from 1; 0: the wide table */
    uint64_t fields; /* bit per field: it has a column for it */
};
/* What the wide table of rows looks like. */
struct pal_part_shape {
    enum pal_table table;
    size_t field_count;
    struct pal_view columns[PAL_COLUMN_LEAD + PAL_FIELD_MAX];
    enum pal_field_type types[PAL_FIELD_MAX];
};
/* The part with these very fields, made when there is none; the wide table when there are
 * PAL_PART_COUNT_MAX others. Within the transaction of a file. */
pal_status pal_part_find(struct pal_store *store, const struct pal_part_shape *shape,
                         uint64_t fields, struct pal_part *out,
                         struct pal_error *err) PAL_MUST_USE;
/* Adds columns to a part that no appender holds. */
pal_status pal_part_widen(struct pal_store *store, const struct pal_part_shape *shape,
                          uint64_t fields, struct pal_part *part,
                          struct pal_error *err) PAL_MUST_USE;

/* ---- append.c ---- */

/* Tables that have one row for each stored row of the sheet. */
bool pal_append_has_rows(enum pal_table table);

pal_status pal_append_new(struct pal_store *store, enum pal_table table,
                          struct pal_append **out, struct pal_error *err) PAL_MUST_USE;
pal_status pal_append_batch(struct pal_append *append, int32_t sheet_id,
                            const struct pal_batch *batch,
                            struct pal_error *err) PAL_MUST_USE;
uint64_t pal_append_row_count(const struct pal_append *append);
enum pal_table pal_append_table(const struct pal_append *append);
/* The number of the part that took the rows; 0: the wide table, or none came. */
int32_t pal_append_part(const struct pal_append *append);
pal_status pal_append_columns(struct pal_append *append, int32_t sheet_id,
                              const struct pal_account *account,
                              struct pal_error *err) PAL_MUST_USE;
/* An appender's error into words, before it is destroyed. */
pal_status pal_append_fail(duckdb_appender appender, const char *table,
                           struct pal_error *err);
pal_status pal_append_open(struct pal_store *store, const char *table,
                           duckdb_appender *out, struct pal_error *err) PAL_MUST_USE;
/* Writes out all that is held back. */
pal_status pal_append_finish(struct pal_append *append,
                             struct pal_error *err) PAL_MUST_USE;
void pal_append_free(struct pal_append *append);

/* ---- side.c: the tables beside the row table ---- */

struct pal_sides;
pal_status pal_sides_new(struct pal_store *store, struct pal_sides **out,
                         struct pal_error *err) PAL_MUST_USE;
pal_status pal_sides_append(struct pal_sides *sides, int32_t sheet_id,
                            const struct pal_batch *batch,
                            struct pal_error *err) PAL_MUST_USE;
/* The account of the columns; `fields` are the names of the fields of the table. */
pal_status pal_sides_append_columns(struct pal_sides *sides, int32_t sheet_id,
                                    const struct pal_view *fields,
                                    const struct pal_account *account,
                                    struct pal_error *err) PAL_MUST_USE;
pal_status pal_sides_finish(struct pal_sides *sides,
                            struct pal_error *err) PAL_MUST_USE;
void pal_sides_free(struct pal_sides *sides);
/* The terms of `intern` numbered `first` and above into table term. */
pal_status pal_append_terms(struct pal_store *store, const struct pal_intern *terms,
                            uint32_t first, struct pal_error *err) PAL_MUST_USE;

/* ---- cursor.c ---- */

/* Takes over statement and result. */
pal_status pal_cursor_new(struct pal_store *store, duckdb_prepared_statement statement,
                          duckdb_result *result, struct pal_cursor **out,
                          struct pal_error *err) PAL_MUST_USE;
/* What a spreadsheet would call the values of a column. */
enum pal_cell_kind pal_cursor_cell_kind(const struct pal_cursor *cursor, size_t column);
/* The day 1970-01-01 as spreadsheets number days, and micros of one day. */
enum { PAL_SPREADSHEET_EPOCH = 25569 };
#define PAL_MICROS_PER_DAY INT64_C(86400000000)

/* ---- lock.c ---- */

/* The one reading statement of a user's text, prepared; PAL_USAGE for anything else. */
pal_status pal_lock_prepare(struct pal_store *store, const char *text,
                            duckdb_prepared_statement *out,
                            struct pal_error *err) PAL_MUST_USE;

/* ---- fill.c ---- */

/* 'text' as a literal of SQL. PAL_INPUT for a text that holds a NUL. */
pal_status pal_fill_literal(struct pal_view text, struct pal_buffer *out,
                            struct pal_error *err) PAL_MUST_USE;

#endif
