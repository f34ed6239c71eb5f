#include "app/refresh.h"

#include "app/bar.h"
#include "model/model.h"

extern const struct pal_asset_table pal_app_assets;

static const struct pal_value rules = {
    .kind = PAL_VALUE_TEXT, .text = {PAL_RULE_VERSION, sizeof PAL_RULE_VERSION - 1}};

static pal_status is_fresh(struct pal_store *store, bool *fresh, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status st =
        pal_store_query(store, pal_asset_find(&pal_app_assets, "model_is_fresh.sql"),
                        &rules, 1, &cursor, err);
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    *fresh = st == PAL_OK && row != NULL && row[0].integer > 0;
    pal_cursor_close(cursor);
    return st;
}

pal_status pal_refresh_model(struct pal_app *app, struct pal_store *store,
                             bool is_wanted, struct pal_error *err)
{
    struct pal_bar bar;
    bool fresh = false;
    pal_status st = is_fresh(store, &fresh, err);
    if (st != PAL_OK || (fresh && !is_wanted)) {
        return st;
    }
    /* The mark goes first: a kill in between leaves a study that is built again. */
    st = pal_store_run(store, pal_asset_find(&pal_app_assets, "model_mark_clear.sql"),
                       NULL, 0, err);
    pal_bar_init(&bar, app);
    if (st == PAL_OK) {
        st = pal_model_build(store, &bar.progress, err);
    }
    pal_bar_clear(&bar);
    if (st == PAL_OK) {
        st = pal_store_run(store, pal_asset_find(&pal_app_assets, "model_mark.sql"),
                           &rules, 1, err);
    }
    return st;
}

pal_status pal_refresh_open(struct pal_app *app, const char *path,
                            const struct pal_store_options *options,
                            struct pal_store **out, struct pal_error *err)
{
    struct pal_store *store = NULL;
    bool fresh = false;
    *out = NULL;
    pal_status st = pal_store_open(path, PAL_STORE_READ, options, &store, err);
    if (st == PAL_OK) {
        st = is_fresh(store, &fresh, err);
    }
    if (st == PAL_OK && !fresh) {
        pal_store_close(store);
        store = NULL;
        struct pal_store_options roomy = *options;
        roomy.memory_max_mb = PAL_MODEL_MEMORY_MB;
        st = pal_store_open(path, PAL_STORE_WRITE, &roomy, &store, err);
        if (st != PAL_OK) {
            /* A reader that may not write is not told to write: it is told who has to. */
            st = pal_while(
                err, st,
                "duplicates and links are not worked out yet, which the first "
                "command after an import writes into the study");
        } else {
            st = pal_refresh_model(app, store, false, err);
        }
        pal_store_close(store);
        store = NULL;
        if (st == PAL_OK) {
            st = pal_store_open(path, PAL_STORE_READ, options, &store, err);
        }
    }
    if (st != PAL_OK) {
        pal_store_close(store);
        return st;
    }
    *out = store;
    return PAL_OK;
}
