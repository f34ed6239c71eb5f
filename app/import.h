/*
 * Import: the rows of files into the study, one transaction a file. One thread reads and
 * converts, file after file; the caller's thread appends and commits; a few batches go round
 * between them. With one thread the same steps run in turn, and the study is the same.
 */
#ifndef PAL_APP_IMPORT_H
#define PAL_APP_IMPORT_H

#include "app/app.h"
#include "app/bar.h"
#include "app/intake.h"
#include "app/prefetch.h"
#include "store/store.h"

/* Enough rows on the way (65,536) that the reader does not wait while the store writes a full
 * row group: with 4 batches an import took an eighth longer. */
enum { PAL_IMPORT_BATCH_COUNT = 32 };

struct pal_importer {
    struct pal_app *app;
    struct pal_store *store; /* the caller's, as is the dictionary */
    const struct pal_dictionary *dictionary;
    struct pal_prefetch *first; /* the first file, on its way; NULL: not begun */
    struct pal_bar bar;
    uint64_t rows_done;
    uint64_t bytes_done;  /* of the files before */
    uint64_t bytes_total; /* of all files to come, 0 when not known */
};

struct pal_import_wish {
    const char *path;
    const char *release; /* what its ids belong to, NULL: as the file says */
};

/* What became of one file. */
struct pal_import_result {
    bool is_new; /* false: its digest is in the study already, nothing was read */
    struct pal_digest digest;
    uint64_t row_stored_count;
    uint64_t row_rejected_count;
    uint32_t tables; /* bit per enum pal_table: the file has a sheet of it */
    const struct pal_source_info *info; /* of the file, good while it is told of */
};

/* Told of each file when it is in the study, in their order, on the caller's thread. */
typedef void (*pal_import_told)(void *context, size_t index,
                                const struct pal_import_result *result);

/* Sums the sizes of the files for the bar. */
void pal_importer_init(struct pal_importer *importer, struct pal_app *app,
                       struct pal_store *store, const struct pal_dictionary *dictionary,
                       const struct pal_import_wish *wishes, size_t wish_count);
/* Imports the files. When one fails the study is as it was before this file; those before it
 * stay. */
pal_status pal_import_files(struct pal_importer *importer,
                            const struct pal_import_wish *wishes, size_t wish_count,
                            pal_import_told told, void *context,
                            struct pal_error *err) PAL_MUST_USE;

#endif
