#include <unistd.h>

#include "app/accounts.h"
#include "app/commands.h"
#include "app/import.h"

enum { OPTION_STUDY, OPTION_RELEASE, OPTION_KEEP_IDS, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_STUDY] = {"study", 's', PAL_OPTION_TEXT, "FILE",
                      "The study to import into; it is made when it is not there.",
                      NULL},
    [OPTION_RELEASE] =
        {"release", 0, PAL_OPTION_TEXT, "NAME",
         "The release these files belong to. Ids are compared only within a "
         "release. Without it the number in a file's banner is taken, and "
         "without one each file is a release of its own.",
         NULL},
    [OPTION_KEEP_IDS] =
        {"keep-ids", 0, PAL_OPTION_FLAG, NULL,
         "Keep the released pseudonyms instead of keyed hashes. Only for a "
         "new study, which then can be neither published nor served.",
         NULL},
};

enum { PATHS_SIZE_MAX = 64 << 20 };

struct session {
    struct pal_app *app;
    struct pal_store *store;
    struct pal_dictionary *dictionary;
    struct pal_prefetch *first;
    const char *const *paths;
    size_t path_count;
    const char *release;
    struct pal_digest *digests; /* of the files done */
    size_t new_count;
    struct pal_arena *arena;
    struct pal_unread_file *unread; /* room for one a path */
    size_t unread_count;
    pal_status told; /* of keeping what was told */
    struct pal_error err;
};

static pal_status keep_skipped(struct session *session,
                               const struct pal_import_result *result,
                               struct pal_error *err)
{
    bool has = false;
    struct pal_unread_file *unread = &session->unread[session->unread_count];
    pal_status st =
        pal_accounts_skipped(result->info, session->arena, unread, &has, err);
    if (st == PAL_OK && has) {
        session->unread_count++;
        pal_app_say(session->app, "%.*s: what holds no table is not read: %s",
                    PAL_VIEW_ARG(unread->file), unread->reason);
    }
    return st;
}

static void tell(void *context, size_t index, const struct pal_import_result *result)
{
    struct session *session = context;
    session->digests[index] = result->digest;
    if (session->told == PAL_OK) {
        session->told = keep_skipped(session, result, &session->err);
    }
    if (result->is_new) {
        session->new_count++;
        if ((result->tables & ~(1U << (unsigned)PAL_TABLE_NOTE)) == 0) {
            pal_app_warn(session->app,
                         "%s: no sheet of it is a table known here; its rows are kept "
                         "as notes, which no measure counts; palladium describe shows "
                         "what was found",
                         session->paths[index]);
        }
    } else {
        pal_app_say(session->app, "%s is in the study already; it is not read again",
                    session->paths[index]);
    }
}

static pal_status import_all(struct session *session, struct pal_error *err)
{
    struct pal_importer importer;
    pal_status st = PAL_OK;
    struct pal_import_wish *wishes =
        pal_alloc_zero(session->path_count, sizeof *wishes);
    if (wishes == NULL) {
        return pal_fail_memory(err);
    }
    for (size_t i = 0; i < session->path_count; i++) {
        wishes[i] = (struct pal_import_wish){session->paths[i], session->release};
    }
    pal_importer_init(&importer, session->app, session->store, session->dictionary,
                      wishes, session->path_count);
    importer.first = session->first;
    st = pal_import_files(&importer, wishes, session->path_count, tell, session, err);
    if (st == PAL_OK && session->told != PAL_OK) {
        st = pal_fail(err, session->told, "%s", session->err.text);
    }
    pal_free(wishes);
    if (st != PAL_OK && session->new_count > 0) {
        pal_app_say(session->app,
                    session->new_count == 1
                        ? "%zu file before this one was imported and stays"
                        : "%zu files before this one were imported and stay",
                    session->new_count);
    }
    return st;
}

static pal_status show(struct session *session, struct pal_error *err)
{
    struct pal_listing listing;
    pal_status st;
    pal_listing_init(&listing);
    st = pal_accounts_grid(session->store, session->digests, session->path_count,
                           &listing, err);
    for (size_t i = 0; i < session->unread_count; i++) {
        pal_accounts_grid_unread(&session->unread[i], &listing);
    }
    if (st == PAL_OK) {
        st = pal_listing_show(&listing, session->app, err);
    }
    pal_listing_clear(&listing);
    return st;
}

/* Opens what an import needs, imports and shows the accounts. */
static pal_status run_session(struct session *session, const struct pal_given *given,
                              struct pal_error *err)
{
    const char *study = given->options[OPTION_STUDY].text;
    struct pal_store_options store_options = {
        .thread_count =
            1, /* of the engine; a file is read by another thread beside it */
        .keep_ids = given->options[OPTION_KEEP_IDS].is_on,
    };
    bool is_new_study = access(study, F_OK) != 0;
    if (session->app->thread_count != 1) {
        session->first = pal_prefetch_new(session->paths[0]);
    }
    pal_status st = pal_dictionary_open(&session->dictionary, err);
    session->digests = pal_alloc_zero(session->path_count, sizeof *session->digests);
    session->unread = pal_alloc_zero(session->path_count, sizeof *session->unread);
    if (st == PAL_OK && (session->digests == NULL || session->unread == NULL)) {
        st = pal_fail_memory(err);
    }
    if (st == PAL_OK) {
        st = pal_store_open(study, PAL_STORE_CREATE, &store_options, &session->store,
                            err);
    }
    if (st == PAL_OK) {
        st = import_all(session, err);
    }
    if (st == PAL_OK) {
        st = show(session, err);
    }
    bool was_opened = session->store != NULL;
    pal_prefetch_free(session->first);
    pal_store_close(session->store);
    pal_dictionary_close(session->dictionary);
    pal_free(session->digests);
    pal_free(session->unread);
    if (was_opened && is_new_study && session->new_count == 0) {
        (void)unlink(study); /* nothing came into it: as before, there is none */
    }
    return st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct session session = {.app = app,
                              .release = given->options[OPTION_RELEASE].text};
    struct pal_arena arena;
    pal_status st;
    if (given->options[OPTION_STUDY].text == NULL) {
        return pal_fail(err, PAL_USAGE, "import needs --study FILE");
    }
    if (given->operand_count == 0) {
        return pal_fail(err, PAL_USAGE, "import needs at least one file or folder");
    }
    pal_arena_init(&arena, PATHS_SIZE_MAX);
    session.arena = &arena;
    st = pal_intake_expand(given->operands, given->operand_count, &arena,
                           &session.paths, &session.path_count, err);
    if (st == PAL_OK) {
        st = run_session(&session, given, err);
    }
    pal_arena_clear(&arena);
    return st;
}

const struct pal_command pal_command_import = {
    .name = "import",
    .summary = "Read released files into a study.",
    .operands = "FILE...",
    .explained =
        "Reads, harmonises and stores the rows of each file, one transaction a "
        "file. A folder stands for the files in it. A file that is in the study "
        "already, by its digest, is not read again. When a file cannot be read, "
        "the study is as it was before that file. Shows for each sheet how many "
        "rows were read, stored, rejected and blank.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
