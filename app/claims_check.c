#include "app/claims_check.h"

#include <math.h>

#include "app/bar.h"
#include "app/claims_file.h"
#include "app/listing.h"
#include "app/refresh.h"
#include "publish/publish.h"

static void put_number(struct pal_listing *listing, bool has, double value)
{
    if (has && isfinite(value)) {
        pal_listing_number(listing, value);
    } else {
        pal_listing_null(listing);
    }
}

static pal_status write_table(struct pal_app *app,
                              const struct pal_judgement *judgement,
                              struct pal_error *err)
{
    static const char *const names[] = {"verdict", "claim", "value", "low",
                                        "high",    "unit",  "why"};
    struct pal_listing listing;
    pal_listing_init(&listing);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        pal_listing_column(&listing, names[i]);
    }
    for (size_t i = 0; i < judgement->count; i++) {
        const struct pal_finding *finding = &judgement->findings[i];
        pal_listing_text(&listing, pal_view_of(pal_verdict_text(finding->verdict)));
        pal_listing_text(&listing, finding->claim->id);
        put_number(&listing, finding->has_value, finding->value);
        put_number(&listing, finding->has_value, finding->low);
        put_number(&listing, finding->has_value, finding->high);
        pal_listing_text(&listing, finding->unit);
        pal_listing_text(&listing, finding->why);
    }
    pal_status st = pal_listing_write(&listing, app, PAL_LISTING_TEXT, err);
    pal_listing_clear(&listing);
    return st;
}

static pal_status write_text(struct pal_app *app, const struct pal_judgement *judgement,
                             enum pal_claims_format format, struct pal_error *err)
{
    struct pal_buffer out;
    struct pal_json json;
    pal_status st = PAL_OK;
    pal_buffer_init(&out, PAL_OUTPUT_SIZE_MAX);
    pal_json_init(&json, &out, true);
    if (format == PAL_CLAIMS_HTML) {
        st = pal_publish_claims(judgement, &out, err);
    } else if (format == PAL_CLAIMS_REVIEW) {
        pal_judgement_claimreview(judgement, &json);
        pal_buffer_append_char(&out, '\n');
    } else {
        pal_judgement_json(judgement, &json);
        pal_buffer_append_char(&out, '\n');
    }
    return pal_app_write_out(app, &out, st, err);
}

/* The first entry that is wrong is named; all are in what was written. */
static pal_status tell_errors(const char *path, const struct pal_judgement *judgement,
                              struct pal_error *err)
{
    size_t count = judgement->verdict_counts[PAL_VERDICT_ERROR];
    for (size_t i = 0; i < judgement->count; i++) {
        const struct pal_finding *finding = &judgement->findings[i];
        if (finding->verdict != PAL_VERDICT_ERROR) {
            continue;
        }
        return pal_fail(err, PAL_INPUT,
                        "%s: %zu of %zu claims could not be checked; the first is %.*s "
                        "in line %zu: %.*s",
                        path, count, judgement->count, PAL_VIEW_ARG(finding->claim->id),
                        finding->claim->line, PAL_VIEW_ARG(finding->why));
    }
    return PAL_OK;
}

pal_status pal_claims_check_file(struct pal_app *app, const char *study,
                                 const char *path, enum pal_claims_format format,
                                 struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    struct pal_store *store = NULL;
    struct pal_judgement *judgement = NULL;
    struct pal_claims claims;
    struct pal_bar bar;
    pal_status st = pal_claims_read(path, &claims, err);
    if (st == PAL_OK) {
        st = pal_refresh_open(app, study, &store_options, &store, err);
    }
    pal_bar_init(&bar, app);
    if (st == PAL_OK) {
        st = pal_claims_check(store, &claims, &bar.progress, &judgement, err);
    }
    pal_bar_clear(&bar);
    if (st == PAL_OK) {
        st = format == PAL_CLAIMS_TABLE && !app->is_json
                 ? write_table(app, judgement, err)
                 : write_text(app, judgement,
                              format == PAL_CLAIMS_TABLE ? PAL_CLAIMS_JSON : format,
                              err);
    }
    if (st == PAL_OK) {
        st = tell_errors(path, judgement, err);
    }
    pal_judgement_free(judgement);
    pal_store_close(store);
    pal_claims_clear(&claims);
    return st;
}
