/*
 * store -- the study's file: every released row with its place, and what was made of it.
 *
 * Takes    batches and accounts from record; named statements with bound values from the
 *          rooms above
 * Gives    cursors over typed values, exports, rows of parquet files; parquet files from
 *          blocks of columns that another room makes (base/column.h)
 * Owns     the database handle; a cursor's values until its next row
 * Never    holds a domain rule; lets an engine's type out; builds SQL from anyone's text
 * Threads  one handle one thread, but for pal_store_append, which may run on another thread
 *          than the reader of files as long as one thread at a time uses the handle
 * Limits   PAL_STORE_PARAMETER_MAX; memory and threads by struct pal_store_options
 */
#ifndef PAL_STORE_STORE_H
#define PAL_STORE_STORE_H

#include "base/base.h"
#include "record/record.h"

enum { PAL_STORE_PARAMETER_MAX = 32, PAL_STORE_SCHEMA_VERSION = 3 };

enum pal_store_mode {
    PAL_STORE_READ,  /* an existing study, read-only */
    PAL_STORE_WRITE, /* an existing study */
    PAL_STORE_CREATE /* a new study, or an existing one */
};

struct pal_store_options {
    int thread_count;      /* 0: as many as cores */
    int64_t memory_max_mb; /* 0: the default of 160 */
    bool keep_ids;         /* only for a new study: released pseudonyms are kept */
};

struct pal_store;
/* path NULL with PAL_STORE_CREATE gives a study in memory. A study of a newer version, a file
 * that is no study, and a second writer are each PAL_DATABASE or PAL_INPUT in plain words. */
pal_status pal_store_open(const char *path, enum pal_store_mode mode,
                          const struct pal_store_options *options,
                          struct pal_store **out, struct pal_error *err) PAL_MUST_USE;
void pal_store_close(struct pal_store *store);
bool pal_store_has_kept_ids(const struct pal_store *store);
const uint8_t *pal_store_borrow_key(
    const struct pal_store *store); /* PAL_KEY_SIZE bytes */
/* All texts of the study, loaded; harvests add to it and append stores the new ones. */
pal_status pal_store_borrow_terms(struct pal_store *store, struct pal_intern **out,
                                  struct pal_error *err) PAL_MUST_USE;

/* A new study has no tables until a call needs them, so that a file can be read while they
 * are made: this makes them now. */
pal_status pal_store_prepare(struct pal_store *store,
                             struct pal_error *err) PAL_MUST_USE;
bool pal_store_is_unmade(const struct pal_store *store); /* it holds nothing */

/* ---- importing: begin_file, per sheet begin_sheet, append..., end_sheet; commit_file ---- */

pal_status pal_store_has_file(struct pal_store *store, const struct pal_digest *digest,
                              bool *has, struct pal_error *err) PAL_MUST_USE;
/* Opens the transaction of one file. `release` names what its ids belong to. */
pal_status pal_store_begin_file(struct pal_store *store,
                                const struct pal_source_info *info,
                                struct pal_view release, int32_t *file_id,
                                struct pal_error *err) PAL_MUST_USE;
pal_status pal_store_begin_sheet(struct pal_store *store, int32_t file_id,
                                 const struct pal_sheet_info *sheet,
                                 enum pal_table table, int32_t *sheet_id,
                                 struct pal_error *err) PAL_MUST_USE;
pal_status pal_store_append(struct pal_store *store, int32_t sheet_id,
                            const struct pal_batch *batch,
                            struct pal_error *err) PAL_MUST_USE;
/* Refuses (PAL_BUG) an account whose equation does not hold, or whose rows_stored is not the
 * number appended. */
pal_status pal_store_end_sheet(struct pal_store *store, int32_t sheet_id,
                               const struct pal_account *account,
                               struct pal_error *err) PAL_MUST_USE;
/* After the last sheet: stores the new texts; nothing may be added to them meanwhile. From then
 * on those of the next file may be, on another thread. */
pal_status pal_store_end_rows(struct pal_store *store,
                              struct pal_error *err) PAL_MUST_USE;
/* Ends the rows where that was not done, and the transaction. On failure the file is given up:
 * the study is as before it. */
pal_status pal_store_commit_file(struct pal_store *store,
                                 struct pal_error *err) PAL_MUST_USE;
/* Forgets the file, and the texts that were added for it and since; nothing may be added to
 * them meanwhile. Without an open file or one that was given up: nothing. */
void pal_store_abort_file(struct pal_store *store);
/* After the last file, committed or not: an import uses one of the engine's threads, from here
 * on statements use all of them again. */
void pal_store_end_files(struct pal_store *store);

/* ---- statements ---- */

enum pal_value_kind {
    PAL_VALUE_NULL,
    PAL_VALUE_INTEGER,
    PAL_VALUE_NUMBER,
    PAL_VALUE_TEXT,
    PAL_VALUE_DAY,
    PAL_VALUE_BOOLEAN
};

struct pal_value {
    enum pal_value_kind kind;
    int64_t integer; /* INTEGER, BOOLEAN, DAY (as in calendar.h) */
    double number;
    struct pal_view text; /* TEXT, and every other kind of column as text */
};

struct pal_cursor;
/* Runs one statement with values bound to $1, $2, ... The text comes from an embedded .sql
 * file, whole or filled by pal_store_fill. */
pal_status pal_store_query(struct pal_store *store, struct pal_view statement,
                           const struct pal_value *values, size_t value_count,
                           struct pal_cursor **out, struct pal_error *err) PAL_MUST_USE;
size_t pal_cursor_column_count(const struct pal_cursor *cursor);
const char *pal_cursor_column_name(const struct pal_cursor *cursor, size_t column);
/* *row: the cursor's values, one a column; NULL at the end. */
pal_status pal_cursor_next(struct pal_cursor *cursor, const struct pal_value **row,
                           struct pal_error *err) PAL_MUST_USE;
void pal_cursor_close(struct pal_cursor *cursor);
/* One statement without rows. */
pal_status pal_store_run(struct pal_store *store, struct pal_view statement,
                         const struct pal_value *values, size_t value_count,
                         struct pal_error *err) PAL_MUST_USE;
/* One transaction over many runs: begin, then commit or undo. Undo needs no memory. */
pal_status pal_store_begin(struct pal_store *store, struct pal_error *err) PAL_MUST_USE;
pal_status pal_store_commit(struct pal_store *store,
                            struct pal_error *err) PAL_MUST_USE;
void pal_store_undo(struct pal_store *store);
/* Several statements parted by semicolons, no values, in one transaction. */
pal_status pal_store_run_script(struct pal_store *store, struct pal_view script,
                                struct pal_error *err) PAL_MUST_USE;

struct pal_slot {
    const char *name;     /* stands as {name} in the template */
    struct pal_view text; /* made of names from constant lists only */
};
/* The template with its slots filled; PAL_BUG for a slot that has no text. */
pal_status pal_store_fill(struct pal_view template, const struct pal_slot *slots,
                          size_t slot_count, struct pal_buffer *out,
                          struct pal_error *err) PAL_MUST_USE;

/* A field of the rows of <table>_record. */
struct pal_row_field {
    struct pal_view name;
    enum pal_row_field_kind {
        PAL_ROW_FIELD_TEXT, /* a number of table term */
        PAL_ROW_FIELD_DAY,
        PAL_ROW_FIELD_OTHER
    } kind;
    int64_t mark; /* its bit in `redacted` and `failed` */
};
/* The fields of a table of released rows, the arena's. */
pal_status pal_store_row_fields(struct pal_store *store, struct pal_view table,
                                struct pal_arena *arena,
                                const struct pal_row_field **out, size_t *count,
                                struct pal_error *err) PAL_MUST_USE;

/* ---- out ---- */

/* Closes the handle to everything but reading this study: no files, no settings. One user
 * statement that only reads can then run; anything else is PAL_USAGE. */
pal_status pal_store_lock(struct pal_store *store, struct pal_error *err) PAL_MUST_USE;
/* Writes a table or view of the study to a file, released rows in the order of import: file,
 * sheet, row; others sorted by their place, or by all columns. Format "csv",
 * "parquet" or "json". Private fields are left out unless with_private. */
pal_status pal_store_export(struct pal_store *store, const char *table,
                            const char *format, const char *path, bool with_private,
                            struct pal_error *err) PAL_MUST_USE;

/* The rows of a parquet file behind record's interface; row 1 is the column names. */
struct pal_parquet;
pal_status pal_parquet_open(const char *path, struct pal_parquet **out,
                            struct pal_error *err) PAL_MUST_USE;
struct pal_row_stream *pal_parquet_borrow_rows(struct pal_parquet *parquet);
void pal_parquet_close(struct pal_parquet *parquet);
/* Writes all rows of a stream into a parquet file, in an engine of its own, so that several
 * files can be written at a time. Texts by code become dictionary-coded texts, seconds
 * timestamps. A reader sees the whole file or none; a stream without rows gives none. */
pal_status pal_parquet_write(const char *path, struct pal_column_stream *rows,
                             struct pal_error *err) PAL_MUST_USE;

#endif
