#include <stdio.h>
#include <string.h>

#include "app/bar.h"
#include "app/claims_file.h"
#include "app/commands.h"
#include "app/folder.h"
#include "app/refresh.h"
#include "publish/publish.h"

extern const struct pal_asset_table pal_app_assets;

enum { OPTION_DATA, OPTION_OUT, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_DATA] = {"data", 'd', PAL_OPTION_TEXT, "DIR",
                     "The folder with the released files.", NULL},
    [OPTION_OUT] = {"out", 'o', PAL_OPTION_TEXT, "DIR",
                    "The folder to write into; it is made when it is not there.", NULL},
};

enum { PATH_SIZE_MAX = 4096 };

struct job {
    struct pal_app *app;
    const char *out;
    struct pal_study study;
    struct pal_claims claims;
    struct pal_folder folder;
    struct pal_store *store;
};

static pal_status path_in(const struct job *job, const char *name,
                          char path[PATH_SIZE_MAX], struct pal_error *err)
{
    int n = snprintf(path, PATH_SIZE_MAX, "%s/%s", job->out, name);
    if (n < 0 || n >= PATH_SIZE_MAX) {
        return pal_fail(err, PAL_LIMIT, "the path %s is too long", job->out);
    }
    return PAL_OK;
}

static pal_status write_accounts(struct job *job, struct pal_error *err)
{
    char path[PATH_SIZE_MAX];
    struct pal_buffer text;
    pal_status st = path_in(job, "accounts.json", path, err);
    pal_buffer_init(&text, PAL_OUTPUT_SIZE_MAX);
    if (st == PAL_OK) {
        st = pal_accounts_json(job->store, job->folder.unread, job->folder.unread_count,
                               &text, err);
    }
    if (st == PAL_OK) {
        st = pal_file_write(path, pal_buffer_view(&text), err);
    }
    pal_buffer_clear(&text);
    return st;
}

static bool is_in_folder(const struct pal_folder *folder, struct pal_view hex)
{
    for (size_t i = 0; i < folder->file_count; i++) {
        char text[PAL_DIGEST_HEX_SIZE + 1];
        pal_digest_hex(&folder->digests[i], text);
        if (pal_view_is_equal(hex, pal_view_of(text))) {
            return true;
        }
    }
    return false;
}

/* A study in the out folder may hold files of another data folder: they count, so they are
 * named. */
static pal_status name_strangers(struct job *job, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status st =
        pal_store_query(job->store, pal_asset_find(&pal_app_assets, "digests.sql"),
                        NULL, 0, &cursor, err);
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    while (st == PAL_OK && row != NULL) {
        if (!is_in_folder(&job->folder, row[0].text)) {
            pal_app_warn(job->app,
                         "%.*s is in the study from an earlier run and not in the data "
                         "folder; it counts. Remove %s/study.duckdb to start anew",
                         PAL_VIEW_ARG(row[1].text), job->out);
        }
        st = pal_cursor_next(cursor, &row, err);
    }
    pal_cursor_close(cursor);
    return st;
}

static pal_status show(struct job *job, struct pal_error *err)
{
    static const char *const names[] = {"table",       "sheets",        "rows_read",
                                        "rows_stored", "rows_rejected", "rows_blank"};
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    struct pal_listing listing;
    pal_status st = pal_store_query(
        job->store, pal_asset_find(&pal_app_assets, "accounts_by_table.sql"), NULL, 0,
        &cursor, err);
    pal_listing_init(&listing);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        pal_listing_column(&listing, names[i]);
    }
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    while (st == PAL_OK && row != NULL) {
        pal_listing_text(&listing, row[0].text);
        for (size_t i = 1; i < sizeof names / sizeof names[0]; i++) {
            pal_listing_integer(&listing, row[i].integer);
        }
        st = pal_cursor_next(cursor, &row, err);
    }
    if (st == PAL_OK) {
        st = pal_listing_show(&listing, job->app, err);
    }
    pal_cursor_close(cursor);
    pal_listing_clear(&listing);
    return st;
}

/* The claims file stands beside the study file. What is wrong with an entry is said now and
 * stands in the report. */
static pal_status store_claims(struct job *job, struct pal_error *err)
{
    struct pal_claims *claims = &job->claims;
    for (size_t i = 0; i < claims->count; i++) {
        if (claims->items[i].problem.size > 0) {
            pal_app_warn(job->app, "claim %.*s: %.*s",
                         PAL_VIEW_ARG(claims->items[i].id),
                         PAL_VIEW_ARG(claims->items[i].problem));
        }
    }
    return pal_claims_store(claims, job->store, err);
}

static pal_status read_claims(struct job *job, const char *study_path,
                              struct pal_error *err)
{
    char path[PATH_SIZE_MAX];
    const char *slash = strrchr(study_path, '/');
    size_t size = slash == NULL ? 0 : (size_t)(slash - study_path) + 1;
    if (job->study.claims.size == 0) {
        return PAL_OK;
    }
    int n = snprintf(path, sizeof path, "%.*s%.*s", (int)size, study_path,
                     PAL_VIEW_ARG(job->study.claims));
    if (n < 0 || (size_t)n >= sizeof path) {
        return pal_fail(err, PAL_LIMIT, "the path of the claims file is too long");
    }
    return pal_claims_read(path, &job->claims, err);
}

static pal_status work(struct job *job, struct pal_error *err)
{
    struct pal_bar bar;
    pal_status st = pal_folder_import(&job->folder, job->app, job->store, err);
    if (st == PAL_OK) {
        st = name_strangers(job, err);
    }
    if (st == PAL_OK) {
        st = write_accounts(job, err);
    }
    if (st == PAL_OK) {
        st = pal_study_store(&job->study, job->store, err);
    }
    if (st == PAL_OK) {
        st = store_claims(job, err);
    }
    if (st == PAL_OK) {
        st = pal_refresh_model(job->app, job->store, true, err);
    }
    pal_bar_init(&bar, job->app);
    if (st == PAL_OK) {
        st = pal_publish_report(job->store, job->out, &bar.progress, err);
    }
    pal_bar_clear(&bar);
    return st == PAL_OK ? show(job, err) : st;
}

static pal_status open_study(struct job *job, struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = job->app->thread_count,
                                              .memory_max_mb = PAL_MODEL_MEMORY_MB};
    char path[PATH_SIZE_MAX];
    pal_status st = pal_folder_make(job->out, err);
    if (st == PAL_OK) {
        st = path_in(job, "study.duckdb", path, err);
    }
    if (st == PAL_OK) {
        st = pal_store_open(path, PAL_STORE_CREATE, &store_options, &job->store, err);
    }
    return st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct job job = {.app = app, .out = given->options[OPTION_OUT].text};
    const char *data = given->options[OPTION_DATA].text;
    pal_status st;
    if (given->operand_count != 1 || data == NULL || job.out == NULL) {
        return pal_fail(err, PAL_USAGE,
                        "run needs one study file, --data DIR and --out DIR");
    }
    pal_claims_init(&job.claims);
    st = pal_study_read(given->operands[0], &job.study, err);
    if (st == PAL_OK && job.study.is_baseline_cut) {
        char day[16];
        pal_day_text(job.study.baseline_last, day);
        pal_app_warn(app,
                     "the baseline reaches into the campaign; only its days before, to "
                     "%s, are taken as the usual",
                     day);
    }
    if (st == PAL_OK) {
        st = read_claims(&job, given->operands[0], err);
    }
    if (st == PAL_OK) {
        st = pal_folder_match(data, &job.study, &job.folder, err);
    }
    if (st == PAL_OK) {
        st = open_study(&job, err);
    }
    if (st == PAL_OK) {
        st = work(&job, err);
    }
    pal_store_close(job.store);
    pal_folder_clear(&job.folder);
    pal_claims_clear(&job.claims);
    pal_study_clear(&job.study);
    if (st == PAL_OK) {
        pal_app_say(app, "the report is %s/report.html", job.out);
    }
    return st;
}

const struct pal_command pal_command_run = {
    .name = "run",
    .summary = "Import, model, measure, report: the main job.",
    .operands = "STUDY.yaml",
    .explained =
        "Reads the files that the study file wants from the data folder, works out "
        "duplicates, episodes, stays and links, and writes the study, its report, "
        "the figures and the accounts. Files that are in the study already are not "
        "read again.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
