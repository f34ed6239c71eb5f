/* Studies and rows for the tests of room store. */
#ifndef PAL_TEST_HELPER_STUDY_H
#define PAL_TEST_HELPER_STUDY_H

#include "store/store.h"

enum { STUDY_PATH_SIZE = 512 };

/* A fresh folder under TMPDIR (or /tmp), and its removal with all that lies in it. */
void study_folder_make(char folder[STUDY_PATH_SIZE]);
void study_folder_remove(const char *folder);
/* "<folder>/<name>" */
void study_path(char out[STUDY_PATH_SIZE], const char *folder, const char *name);

/* Fails the test with the error's text. */
void assert_ok(pal_status status, const struct pal_error *err);

struct pal_store *study_open(const char *path, enum pal_store_mode mode);

/* What the i-th made row of a table holds: every field has a value but where
 * (i + field) % 7 == 3 (missing), == 4 (redacted) or == 5 (failed). */
struct made_rows {
    enum pal_table table;
    uint64_t first_row; /* row number of the first */
    size_t row_count;
};
/* Imports one file of one sheet with `rows.row_count` made rows; the digest is that of
 * `name`. Stops, with the file open, before the commit if `commit` is false. */
pal_status study_import(struct pal_store *store, const char *name,
                        struct made_rows rows, bool commit, struct pal_error *err);
struct pal_source_info study_source(const char *name,
                                    const struct pal_sheet_info *sheet);
/* Fills the batch (of pal_batch_new) with rows `done` and up to PAL_BATCH_ROW_MAX of them. */
pal_status study_fill(struct pal_batch *batch, const struct pal_dictionary *dictionary,
                      struct pal_intern *terms, struct made_rows rows, size_t done,
                      struct pal_error *err);

/* The first value of the first row, -1 when there is none. */
int64_t study_number(struct pal_store *store, const char *statement);
/* All rows as text: values parted by "|", rows by ";", NULL as "-"; the test's to free. */
char *study_text(struct pal_store *store, const char *statement);

#endif
