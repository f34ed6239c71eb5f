/*
 * The model is built anew whenever the study holds files that it has not seen, so that no
 * command ever measures with flags of another day.
 */
#ifndef PAL_APP_REFRESH_H
#define PAL_APP_REFRESH_H

#include "app/app.h"
#include "store/store.h"

/* What the engine may use while it builds the model. An import stays within the store's
 * default; linking 2.2 million rows took half as long again with that. */
enum { PAL_MODEL_MEMORY_MB = 512 };

/* Builds the model when it is not of all files there are and of this program's rules, or when
 * `is_wanted`. */
pal_status pal_refresh_model(struct pal_app *app, struct pal_store *store,
                             bool is_wanted, struct pal_error *err) PAL_MUST_USE;

/* Opens a study for reading, its model built first where it was not fresh: importing file
 * after file then pays for the model once. *out is NULL on failure. */
pal_status pal_refresh_open(struct pal_app *app, const char *path,
                            const struct pal_store_options *options,
                            struct pal_store **out, struct pal_error *err) PAL_MUST_USE;

#endif
