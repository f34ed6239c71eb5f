/*
 * Import: a file's rows into the study, one transaction a file. One thread reads and converts,
 * the caller's thread appends; a few batches go round between them. With one thread the same
 * steps run in turn, and the study is the same.
 */
#ifndef PAL_APP_IMPORT_H
#define PAL_APP_IMPORT_H

#include "app/app.h"
#include "app/bar.h"
#include "app/intake.h"
#include "store/store.h"

/* Enough rows on the way (65,536) that the reader does not wait while the store writes a full
 * row group: with 4 batches an import took an eighth longer. */
enum { PAL_IMPORT_BATCH_COUNT = 32 };

struct pal_importer {
    struct pal_app *app;
    struct pal_store *store; /* the caller's, as is the dictionary */
    const struct pal_dictionary *dictionary;
    struct pal_bar bar;
    uint64_t rows_done;
    uint64_t bytes_done;  /* of the files before */
    uint64_t bytes_total; /* of all files to come, 0 when not known */
};

/* What became of one file. */
struct pal_import_result {
    bool is_new; /* false: its digest is in the study already, nothing was read */
    struct pal_digest digest;
    uint64_t row_stored_count;
    uint64_t row_rejected_count;
    uint32_t tables; /* bit per enum pal_table: the file has a sheet of it */
};

/* Sums the sizes of the files for the bar. */
void pal_importer_init(struct pal_importer *importer, struct pal_app *app,
                       struct pal_store *store, const struct pal_dictionary *dictionary,
                       const char *const *paths, size_t path_count);
/* Imports one file. `release` names what its ids belong to, NULL: as the file says. When it
 * fails the study is as it was before this file. */
pal_status pal_import_file(struct pal_importer *importer, const char *path,
                           const char *release, struct pal_import_result *result,
                           struct pal_error *err) PAL_MUST_USE;

#endif
