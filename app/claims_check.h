/*
 * claims check: each statement of a claims file held against a study.
 */
#ifndef PAL_APP_CLAIMS_CHECK_H
#define PAL_APP_CLAIMS_CHECK_H

#include "app/app.h"

enum pal_claims_format {
    PAL_CLAIMS_TABLE,
    PAL_CLAIMS_JSON,
    PAL_CLAIMS_REVIEW,
    PAL_CLAIMS_HTML
};
/* Writes all verdicts, then PAL_INPUT when a claim could not be checked. */
pal_status pal_claims_check_file(struct pal_app *app, const char *study,
                                 const char *path, enum pal_claims_format format,
                                 struct pal_error *err) PAL_MUST_USE;

#endif
