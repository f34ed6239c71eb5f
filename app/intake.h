/*
 * An intake: one file opened for reading, its sheets one after another as rows, whatever room
 * reads its form (parquet comes through store, everything else through source).
 */
#ifndef PAL_APP_INTAKE_H
#define PAL_APP_INTAKE_H

#include "record/record.h"
#include "source/source.h"

struct pal_intake;

pal_status pal_intake_open(const char *path, struct pal_intake **out,
                           struct pal_error *err) PAL_MUST_USE;
void pal_intake_close(struct pal_intake *intake);
const struct pal_source_info *pal_intake_borrow_info(const struct pal_intake *intake);
/* 64 hex digits of the file's digest, the intake's. */
struct pal_view pal_intake_borrow_hex(const struct pal_intake *intake);

/* Starts a sheet; the one before is closed. The rows are the intake's, good until the next
 * sheet. */
pal_status pal_intake_open_sheet(struct pal_intake *intake, size_t index,
                                 struct pal_row_stream **rows,
                                 struct pal_error *err) PAL_MUST_USE;
/* Reads what the first sheet needs before its first row, and forgets what goes wrong: it will
 * again when the sheet is opened. */
void pal_intake_warm(struct pal_intake *intake);
/* Sheets opened from here on are inflated by a thread of their own. */
void pal_intake_read_ahead(struct pal_intake *intake);
void pal_intake_close_sheet(struct pal_intake *intake);
/* Stored bytes read so far, of all sheets opened. */
uint64_t pal_intake_bytes_read(const struct pal_intake *intake);

/* The release that a banner of the file names, or, where none does, the file's own name and
 * the start of its digest: what the ids of this file belong to. The caller clears `out`. */
pal_status pal_intake_release(struct pal_intake *intake,
                              const struct pal_dictionary *dictionary,
                              struct pal_buffer *out,
                              struct pal_error *err) PAL_MUST_USE;

/* The regular files that the operands name, in the order given. A folder stands for its files
 * whose names end as tables do, by name. Texts are the arena's. */
pal_status pal_intake_expand(const char *const *operands, size_t operand_count,
                             struct pal_arena *arena, const char *const **paths,
                             size_t *count, struct pal_error *err) PAL_MUST_USE;

#endif
