/*
 * Documents in a study: put in, listed, taken out again as they were read.
 */
#ifndef PAL_APP_DOCUMENT_STORE_H
#define PAL_APP_DOCUMENT_STORE_H

#include "document/document.h"
#include "store/store.h"

/* One transaction. A document whose bytes are in the study is not added again: *id is its
 * number and *is_new false. `file` is its name without folders. */
pal_status pal_document_store(const struct pal_document *document, struct pal_view file,
                              struct pal_store *store, int64_t *id, bool *is_new,
                              struct pal_error *err) PAL_MUST_USE;
/* The number of the document that `text` names: a number, or the beginning of a digest. */
pal_status pal_document_pick(struct pal_store *store, const char *text, int64_t *id,
                             struct pal_error *err) PAL_MUST_USE;
/* As it was read; *file is the document's. The caller clears it, on failure too. */
pal_status pal_document_load(struct pal_store *store, int64_t id,
                             struct pal_document *out, struct pal_view *file,
                             struct pal_error *err) PAL_MUST_USE;

#endif
