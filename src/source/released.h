/*
 * A released file on disk. Private to room source. Archives are read through a mapping, as
 * they need to be looked at from the end; digest and plain csv through read, so that a file of
 * gigabytes passes through 64 KiB.
 */
#ifndef PAL_SOURCE_RELEASED_H
#define PAL_SOURCE_RELEASED_H

#include "source/part.h"

struct pal_released {
    int file;
    bool is_open;
    void *mapping; /* NULL for an empty file */
    size_t size;
};

/* Opens and maps a regular file; `content` shows its bytes until close. PAL_IO when it is
 * missing or not permitted, PAL_INPUT when it is a folder, a pipe or a device. */
pal_status pal_released_open(struct pal_released *released, const char *path,
                             struct pal_view *content,
                             struct pal_error *err) PAL_MUST_USE;
void pal_released_close(struct pal_released *released);
/* Gives the mapping's pages back to the system; they come again when they are read. */
void pal_released_forget(const struct pal_released *released);
pal_status pal_released_digest(const struct pal_released *released, const char *path,
                               struct pal_digest *digest,
                               struct pal_error *err) PAL_MUST_USE;
/* Reads the file itself as the csv that `info` describes. */
pal_status pal_released_open_csv(const struct pal_released *released,
                                 const struct pal_sheet_info *info,
                                 const struct pal_source_limits *limits,
                                 struct pal_row_reader **out,
                                 struct pal_error *err) PAL_MUST_USE;

#endif
