/*
 * The accounts: for every sheet of every file how many rows were read, stored, rejected and
 * blank, read back from the study, so that a run that had nothing to import writes the same.
 */
#ifndef PAL_APP_ACCOUNTS_H
#define PAL_APP_ACCOUNTS_H

#include "app/app.h"
#include "app/listing.h"
#include "store/store.h"

/* A file that lay there and was not read, or what in an archive was not. */
struct pal_unread_file {
    struct pal_view file;
    struct pal_view member; /* "" for a whole file */
    char sha256[PAL_DIGEST_HEX_SIZE + 1];
    const char *reason; /* a constant, or the arena's */
};

/* The members of an archive that hold no table, in one line; *has false where there are none.
 * Texts are the arena's. */
pal_status pal_accounts_skipped(const struct pal_source_info *info,
                                struct pal_arena *arena, struct pal_unread_file *out,
                                bool *has, struct pal_error *err) PAL_MUST_USE;

/* A list of objects, sheets in order of file name, unread files behind them. */
pal_status pal_accounts_json(struct pal_store *store,
                             const struct pal_unread_file *unread, size_t unread_count,
                             struct pal_buffer *out,
                             struct pal_error *err) PAL_MUST_USE;
/* The sheets alone, as a list of objects, into what is being written. */
pal_status pal_accounts_put(struct pal_store *store, struct pal_json *json,
                            struct pal_error *err) PAL_MUST_USE;
/* A row a sheet, for people. `digests` NULL: all files; otherwise only those. */
pal_status pal_accounts_grid(struct pal_store *store, const struct pal_digest *digests,
                             size_t digest_count, struct pal_listing *listing,
                             struct pal_error *err) PAL_MUST_USE;
/* And behind them a row for what was not read. */
void pal_accounts_grid_unread(const struct pal_unread_file *unread,
                              struct pal_listing *listing);

#endif
