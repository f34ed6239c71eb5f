#include "app/folder.h"

#include <string.h>

#include "app/import.h"

static const char no_pattern[] = "fits no pattern of the study file";

/* The path below the data folder. */
static struct pal_view below(const char *path, const char *folder)
{
    size_t skip = strlen(folder);
    while (path[skip] == '/') {
        skip++;
    }
    return pal_view_of(path + skip);
}

static pal_status add_unread(struct pal_folder *folder, const char *path,
                             struct pal_view name, struct pal_error *err)
{
    struct pal_unread_file *unread = &folder->unread[folder->unread_count];
    struct pal_digest digest;
    uint64_t size = 0;
    pal_status st = pal_sha256_file(path, &digest, &size, err);
    if (st == PAL_OK) {
        unread->file = name;
        unread->reason = no_pattern;
        pal_digest_hex(&digest, unread->sha256);
        folder->unread_count++;
    }
    return st;
}

static pal_status check_required(const struct pal_folder *folder,
                                 const struct pal_study *study, const char *path,
                                 struct pal_error *err)
{
    for (size_t i = 0; i < study->pattern_count; i++) {
        const struct pal_study_pattern *pattern = &study->patterns[i];
        bool is_there = !pattern->is_required;
        for (size_t j = 0; !is_there && j < folder->file_count; j++) {
            is_there = folder->files[j].pattern == pattern;
        }
        if (!is_there) {
            return pal_fail(
                err, PAL_INPUT,
                "the study needs files that fit \"%.*s\", and there are none "
                "under %s; is --data the right folder?",
                PAL_VIEW_ARG(pattern->pattern), path);
        }
    }
    return PAL_OK;
}

static pal_status make_room(struct pal_folder *folder, size_t count,
                            struct pal_error *err)
{
    void *memory = NULL;
    pal_status st =
        pal_arena_alloc(&folder->arena, count + 1, sizeof *folder->files, &memory, err);
    folder->files = memory;
    if (st == PAL_OK) {
        st = pal_arena_alloc(&folder->arena, count + 1, sizeof *folder->unread, &memory,
                             err);
        folder->unread = memory;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(&folder->arena, count + 1, sizeof *folder->digests,
                             &memory, err);
        folder->digests = memory;
    }
    return st;
}

pal_status pal_folder_match(const char *folder, const struct pal_study *study,
                            struct pal_folder *out, struct pal_error *err)
{
    const char *const *paths = NULL;
    size_t count = 0;
    pal_status st;
    *out = (struct pal_folder){.file_count = 0};
    pal_arena_init(&out->arena, PAL_FOLDER_ARENA_MAX);
    st = pal_folder_list(folder, &out->arena, &paths, &count, err);
    if (st == PAL_OK) {
        st = make_room(out, count, err);
    }
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        struct pal_view name = below(paths[i], folder);
        const struct pal_study_pattern *pattern = pal_study_match(study, name);
        if (pattern == NULL) {
            st = add_unread(out, paths[i], name, err);
        } else {
            out->files[out->file_count++] = (struct pal_folder_file){paths[i], pattern};
        }
    }
    return st == PAL_OK ? check_required(out, study, folder, err) : st;
}

void pal_folder_clear(struct pal_folder *folder)
{
    pal_arena_clear(&folder->arena);
}

struct told {
    struct pal_folder *folder;
    struct pal_app *app;
    pal_status status; /* of keeping what was told */
    struct pal_error err;
};

/* A file that was imported leaves its own place among the unread ones to what it skips. */
static pal_status add_skipped(struct pal_folder *folder,
                              const struct pal_import_result *result,
                              struct pal_error *err)
{
    bool has = false;
    pal_status st = pal_accounts_skipped(
        result->info, &folder->arena, &folder->unread[folder->unread_count], &has, err);
    folder->unread_count += st == PAL_OK && has ? 1 : 0;
    return st;
}

static void tell(void *context, size_t index, const struct pal_import_result *result)
{
    struct told *told = context;
    struct pal_folder *folder = told->folder;
    const struct pal_folder_file *file = &folder->files[index];
    folder->digests[index] = result->digest;
    folder->new_count += result->is_new ? 1 : 0;
    if (told->status == PAL_OK) {
        told->status = add_skipped(folder, result, &told->err);
    }
    if (result->is_new && file->pattern->table != PAL_TABLE_COUNT &&
        (result->tables & (1U << (unsigned)file->pattern->table)) == 0) {
        pal_app_warn(told->app,
                     "%s: no sheet of it was recognised as %s; palladium "
                     "describe shows what was found",
                     file->path, pal_table_name(file->pattern->table));
    }
}

pal_status pal_folder_import(struct pal_folder *folder, struct pal_app *app,
                             struct pal_store *store, struct pal_error *err)
{
    struct pal_dictionary *dictionary = NULL;
    struct pal_importer importer;
    struct told told = {.folder = folder, .app = app};
    void *memory = NULL;
    struct pal_import_wish *wishes;
    pal_status st = pal_arena_alloc(&folder->arena, folder->file_count + 1,
                                    sizeof *wishes, &memory, err);
    wishes = memory;
    if (st == PAL_OK) {
        st = pal_dictionary_open(&dictionary, err);
    }
    if (st == PAL_OK) {
        for (size_t i = 0; i < folder->file_count; i++) {
            wishes[i] = (struct pal_import_wish){
                folder->files[i].path, folder->files[i].pattern->release.data};
        }
        pal_importer_init(&importer, app, store, dictionary, wishes,
                          folder->file_count);
        st = pal_import_files(&importer, wishes, folder->file_count, tell, &told, err);
    }
    if (st == PAL_OK && told.status != PAL_OK) {
        st = pal_fail(err, told.status, "%s", told.err.text);
    }
    pal_dictionary_close(dictionary);
    return st;
}
