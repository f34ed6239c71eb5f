/*
 * What the csv reader shows to source.c and to its own tests. Private to room source.
 */
#ifndef PAL_SOURCE_CSV_INTERNAL_H
#define PAL_SOURCE_CSV_INTERNAL_H

#include "source/part.h"

/* Where a csv reader gets its bytes: a part, or a test's own pieces. */
struct pal_csv_input {
    /* As pal_part_read. */
    pal_status (*read)(struct pal_csv_input *self, struct pal_view *piece,
                       struct pal_error *err);
    uint64_t (*bytes_read)(const struct pal_csv_input *self);
    void (*close)(struct pal_csv_input *self);
};

struct pal_csv_options {
    enum pal_encoding encoding;
    char delimiter;
    size_t slice_size; /* bytes decoded at a time; 0 takes the measured default */
};

/* Takes the input over (closes it, on failure too). */
pal_status pal_csv_open_input(struct pal_csv_input *input,
                              const struct pal_csv_options *options,
                              const struct pal_source_limits *limits,
                              struct pal_row_reader **out,
                              struct pal_error *err) PAL_MUST_USE;
/* The encoding as known so far: UTF-8 turns out to be Windows-1252 by a byte that may come
 * late. */
enum pal_encoding pal_csv_encoding(const struct pal_row_reader *reader);

struct pal_csv_look {
    enum pal_encoding encoding;
    char delimiter; /* ',' when none was found */
    uint32_t
        column_count;   /* that most of the first records have; 1 without a delimiter */
    uint32_t agreement; /* of 1000 of these records, how many have it */
};
/* As pal_csv_sniff. is_whole: the head is all there is. */
pal_status pal_csv_look(struct pal_view head, bool is_whole, struct pal_csv_look *out,
                        struct pal_error *err) PAL_MUST_USE;

#endif
