/*
 * The claims file: what was said, by whom, and what is to be counted to test it
 * (doc/claims-file.md). An entry that is wrong keeps what is wrong as its problem and the
 * others are still read; only what is no YAML, or no list of claims, ends the reading.
 */
#ifndef PAL_APP_CLAIMS_FILE_H
#define PAL_APP_CLAIMS_FILE_H

#include "claim/claim.h"

/* `out` is the caller's, to be cleared in every case. PAL_INPUT names file and line. */
pal_status pal_claims_read(const char *path, struct pal_claims *out,
                           struct pal_error *err) PAL_MUST_USE;
/* The same from memory; `path` is for words. */
pal_status pal_claims_parse(struct pal_view text, const char *path,
                            struct pal_claims *out, struct pal_error *err) PAL_MUST_USE;

#endif
