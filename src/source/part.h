/*
 * A part: a stream of bytes out of a file, a gzip file or a member of a zip, inflated with
 * isa-l, its size cap and ratio cap kept and its CRC and size checked at the end (one flipped
 * bit can inflate without an error: only the CRC shows it). Private to room source.
 */
#ifndef PAL_SOURCE_PART_H
#define PAL_SOURCE_PART_H

#include "source/source.h"

struct pal_part;
struct pal_archive;

/* Bytes as they stand in memory, or a gzip stream (all its members) in memory; the memory is
 * borrowed until close. Files are mapped read-only by source.c. */
pal_status pal_part_open_memory(struct pal_view content, bool is_gzip,
                                const struct pal_source_limits *limits,
                                struct pal_part **out,
                                struct pal_error *err) PAL_MUST_USE;
/* The next piece, the part's until the next call; size 0 at the end, after the checks. */
pal_status pal_part_read(struct pal_part *part, struct pal_view *piece,
                         struct pal_error *err) PAL_MUST_USE;
/* The same into the caller's memory, filled as far as there are bytes; 0 at the end. */
pal_status pal_part_read_into(struct pal_part *part, char *to, size_t room,
                              size_t *size, struct pal_error *err) PAL_MUST_USE;
/* From now on a thread of its own inflates the part in front of its reader, who alone touches
 * it and its archive until it is closed. Small parts, and those for which the system has no
 * thread, stay as they are. */
void pal_part_read_ahead(struct pal_part *part);
/* From now on at most so many bytes a piece: what is read must not depend on it. */
void pal_part_limit_piece(struct pal_part *part, size_t size_max);
/* All of it at once, for small parts (workbook.xml, styles, relations). */
pal_status pal_part_read_all(struct pal_part *part, struct pal_buffer *out,
                             struct pal_error *err) PAL_MUST_USE;
uint64_t pal_part_bytes_read(const struct pal_part *part); /* of the stored bytes */
void pal_part_close(struct pal_part *part);

/* The directory of a zip in memory (libzip, read-only, opened under one lock). */
pal_status pal_archive_open(struct pal_view content,
                            const struct pal_source_limits *limits,
                            struct pal_archive **out,
                            struct pal_error *err) PAL_MUST_USE;
void pal_archive_close(struct pal_archive *archive);
size_t pal_archive_count(const struct pal_archive *archive);
struct pal_view pal_archive_name(const struct pal_archive *archive, size_t index);
uint64_t pal_archive_stored_size(const struct pal_archive *archive, size_t index);
/* The member of that exact name (ASCII case ignored), or SIZE_MAX. */
size_t pal_archive_find(const struct pal_archive *archive, struct pal_view name);
pal_status pal_archive_open_part(struct pal_archive *archive, size_t index,
                                 struct pal_part **out,
                                 struct pal_error *err) PAL_MUST_USE;

/* xlsx: a workbook within an archive, and its sheets. */
struct pal_workbook;
pal_status pal_workbook_open(struct pal_archive *archive,
                             const struct pal_source_limits *limits,
                             struct pal_workbook **out,
                             struct pal_error *err) PAL_MUST_USE;
void pal_workbook_close(struct pal_workbook *workbook);
size_t pal_workbook_sheet_count(const struct pal_workbook *workbook);
/* name, is_hidden, is_protected may be learnt late (false), stored_size. */
struct pal_sheet_info pal_workbook_sheet_info(const struct pal_workbook *workbook,
                                              size_t index);

/* One reader of rows, behind pal_sheet_next: xlsx and csv give one each. */
struct pal_row_reader {
    pal_status (*next)(struct pal_row_reader *self, struct pal_row *row,
                       struct pal_error *err);
    uint64_t (*bytes_read)(const struct pal_row_reader *self);
    void (*close)(struct pal_row_reader *self);
};
pal_status pal_workbook_open_sheet(struct pal_workbook *workbook, size_t index,
                                   bool reads_ahead, struct pal_row_reader **out,
                                   struct pal_error *err) PAL_MUST_USE;
/* Takes the part over (closes it, on failure too). */
pal_status pal_csv_open(struct pal_part *part, enum pal_encoding encoding,
                        char delimiter, const struct pal_source_limits *limits,
                        struct pal_row_reader **out,
                        struct pal_error *err) PAL_MUST_USE;
/* What a csv's first bytes say: encoding and delimiter. PAL_INPUT when they are no text. */
pal_status pal_csv_sniff(struct pal_view head, enum pal_encoding *encoding,
                         char *delimiter, struct pal_error *err) PAL_MUST_USE;

#endif
