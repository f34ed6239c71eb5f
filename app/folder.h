/*
 * The files a study wants, found under its data folder and imported one after another; what
 * lies there and fits no pattern is named, not read.
 */
#ifndef PAL_APP_FOLDER_H
#define PAL_APP_FOLDER_H

#include "app/accounts.h"
#include "app/app.h"
#include "app/study_file.h"
#include "store/store.h"

enum { PAL_FOLDER_ARENA_MAX = 64 << 20 };

struct pal_folder_file {
    const char *path;                        /* as opened */
    const struct pal_study_pattern *pattern; /* the study's */
};

struct pal_folder {
    struct pal_arena arena;
    size_t file_count;
    struct pal_folder_file *files; /* in order of path */
    size_t unread_count;
    struct pal_unread_file *unread;
    struct pal_digest *digests; /* of the files, once imported */
    size_t new_count;           /* files that were not in the study before */
};

/* Looks through the folder. PAL_INPUT when a required pattern fits no file. The struct is the
 * caller's, to be cleared in every case. */
pal_status pal_folder_match(const char *folder, const struct pal_study *study,
                            struct pal_folder *out, struct pal_error *err) PAL_MUST_USE;
void pal_folder_clear(struct pal_folder *folder);
/* Imports them all; stops at the first that cannot be read, those before it stay. */
pal_status pal_folder_import(struct pal_folder *folder, struct pal_app *app,
                             struct pal_store *store,
                             struct pal_error *err) PAL_MUST_USE;

#endif
