/*
 * claims suggest: the sentences of a document that records may bear out or not, written to a
 * claims file for a person to edit.
 */
#ifndef PAL_APP_CLAIMS_SUGGEST_H
#define PAL_APP_CLAIMS_SUGGEST_H

#include "app/app.h"

/* operands: STUDY, the document's number or digest. */
pal_status pal_claims_suggest(struct pal_app *app, const char *study,
                              const char *document_name, const char *out_path,
                              struct pal_error *err) PAL_MUST_USE;

#endif
