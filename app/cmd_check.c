#include "app/accounts.h"
#include "app/commands.h"
#include "app/listing.h"
#include "app/refresh.h"
#include "model/model.h"

static void fill_checks(const struct pal_check_list *list, struct pal_listing *listing)
{
    static const char *const names[] = {"level", "rule",  "table",     "release", "n",
                                        "total", "share", "threshold", "what"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        pal_listing_column(listing, names[i]);
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct pal_check *check = &list->checks[i];
        pal_listing_text(listing, pal_view_of(pal_check_level_text(check->level)));
        pal_listing_text(listing, check->rule);
        pal_listing_text(listing, check->table);
        pal_listing_text(listing, check->release);
        pal_listing_integer(listing, check->n);
        pal_listing_integer(listing, check->total);
        if (check->total == 0) {
            pal_listing_null(listing);
        } else {
            pal_listing_number(listing, check->share);
        }
        if (check->threshold < 0) {
            pal_listing_null(listing);
        } else {
            pal_listing_number(listing, check->threshold);
        }
        pal_listing_text(listing, check->text);
    }
}

static pal_status write_json(struct pal_app *app, struct pal_store *store,
                             const struct pal_listing *checks, struct pal_error *err)
{
    struct pal_buffer out;
    struct pal_json json;
    pal_status st;
    pal_buffer_init(&out, PAL_OUTPUT_SIZE_MAX);
    pal_json_init(&json, &out, true);
    pal_json_begin_object(&json);
    pal_json_key(&json, "accounts");
    st = pal_accounts_put(store, &json, err);
    if (st == PAL_OK) {
        pal_json_key(&json, "checks");
        st = pal_listing_put_json(checks, &json, err);
    }
    pal_json_end_object(&json);
    pal_buffer_append_char(&out, '\n');
    return pal_app_write_out(app, &out, st, err);
}

static pal_status write_text(struct pal_app *app, struct pal_store *store,
                             struct pal_listing *checks, struct pal_error *err)
{
    struct pal_listing accounts;
    pal_status st;
    pal_listing_init(&accounts);
    st = pal_accounts_grid(store, NULL, 0, &accounts, err);
    if (st == PAL_OK) {
        st = pal_listing_write(&accounts, app, PAL_LISTING_TEXT, err);
    }
    if (st == PAL_OK) {
        st = pal_app_write(app, PAL_VIEW("\n"), err);
    }
    if (st == PAL_OK) {
        st = pal_listing_write(checks, app, PAL_LISTING_TEXT, err);
    }
    pal_listing_clear(&accounts);
    return st;
}

static pal_status fail_on_stop(const struct pal_check_list *list, struct pal_error *err)
{
    size_t stops = 0;
    const struct pal_check *first = NULL;
    for (size_t i = 0; i < list->count; i++) {
        if (list->checks[i].level == PAL_CHECK_STOP) {
            first = first == NULL ? &list->checks[i] : first;
            stops++;
        }
    }
    if (first == NULL) {
        return PAL_OK;
    }
    return pal_fail(
        err, PAL_INPUT,
        "%zu %s at the level stop, the first is %.*s in %.*s of %.*s; look at "
        "those rows before you use the study",
        stops, stops == 1 ? "rule is" : "rules are", PAL_VIEW_ARG(first->rule),
        PAL_VIEW_ARG(first->table), PAL_VIEW_ARG(first->release));
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    struct pal_store *store = NULL;
    struct pal_check_list *list = NULL;
    struct pal_listing checks;
    pal_status st;
    if (given->operand_count != 1) {
        return pal_fail(err, PAL_USAGE, "check needs one study");
    }
    pal_listing_init(&checks);
    st = pal_refresh_open(app, given->operands[0], &store_options, &store, err);
    if (st == PAL_OK) {
        st = pal_model_check(store, &list, err);
    }
    if (st == PAL_OK) {
        fill_checks(list, &checks);
        st = app->is_json ? write_json(app, store, &checks, err)
                          : write_text(app, store, &checks, err);
    }
    if (st == PAL_OK) {
        st = fail_on_stop(list, err);
    }
    pal_check_list_free(list);
    pal_store_close(store);
    pal_listing_clear(&checks);
    return st;
}

const struct pal_command pal_command_check = {
    .name = "check",
    .summary = "Show a study's accounts and run its validation rules.",
    .operands = "STUDY",
    .explained =
        "Shows for each sheet how many rows were read, stored, rejected and blank, "
        "and what each validation rule found in each release: ok, not recorded, "
        "warn or stop. Ends with status 3 when a rule is at the level stop.",
    .has_table = true,
    .run = run,
};
