/*
 * Whole files: read with a cap, and written so that a reader sees the old file or the new
 * one, never half of it (a temporary beside it, synced, then renamed).
 */
#ifndef PAL_BASE_FILE_H
#define PAL_BASE_FILE_H

#include "base/buffer.h"

/* Reads `path` into `out` (initialised by the caller with its cap). PAL_IO, PAL_LIMIT; the
 * error names the path and says whether it is missing, a directory or not permitted. */
pal_status pal_file_read(const char *path, struct pal_buffer *out,
                         struct pal_error *err) PAL_MUST_USE;
pal_status pal_file_write(const char *path, struct pal_view content,
                          struct pal_error *err) PAL_MUST_USE;
/* Whether a file can come to stand at `path`: PAL_IO where something stands there that is no
 * file (a folder, a device, a pipe) or leads to one (/dev/stdout); a rename would put it away. */
pal_status pal_file_check_place(const char *path, struct pal_error *err) PAL_MUST_USE;
/* Makes the folder and those above it. */
pal_status pal_folder_make(const char *path, struct pal_error *err) PAL_MUST_USE;
/* Fails with PAL_IO: "cannot <verb> <path>: <why>", the why of an errno in words. */
pal_status pal_file_fail(struct pal_error *err, const char *verb, const char *path,
                         int error_number);
/* The part of a path behind its last slash. */
struct pal_view pal_path_name(const char *path);

/* All regular files under `folder`, sorted by path byte-wise, as NUL-terminated texts of the
 * arena. Names that begin with a dot or "~$" (a spreadsheet's lock file) are left out. */
struct pal_arena;
pal_status pal_folder_list(const char *folder, struct pal_arena *arena,
                           const char *const **paths, size_t *count,
                           struct pal_error *err) PAL_MUST_USE;

#endif
