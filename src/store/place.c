/*
 * Where a study lies: what stands at its path, the lock that keeps other programs out, and
 * the folder beside it for what does not fit into memory.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store_internal.h"

enum {
    HEADER_SIZE =
        12288, /* a database's three header blocks; a shorter file holds nothing */
    MAGIC_AT = 8,
    MAGIC_SIZE = 4,
    PATH_SIZE_MAX = 4096
};

static pal_status fail_path(struct pal_error *err, const char *path, int code,
                            enum pal_store_mode mode)
{
    if (code == ENOENT && mode != PAL_STORE_CREATE) {
        return pal_fail(err, PAL_IO,
                        "%s: there is no such study; import a file to make one", path);
    }
    if (code == ENOENT || code == ENOTDIR) {
        return pal_fail(err, PAL_IO, "%s: its folder does not exist", path);
    }
    if (code == EACCES || code == EROFS || code == EPERM) {
        return pal_fail(err, PAL_IO, "%s: no permission to %s it", path,
                        mode == PAL_STORE_READ ? "read" : "write");
    }
    return pal_fail(err, PAL_IO, "%s: cannot be opened (error %d)", path, code);
}

/* The engine's own lock (fcntl) belongs to the process: a second handle in the same process
 * would get it. flock belongs to the open file, so it holds there too. */
pal_status pal_place_lock(struct pal_place *place, enum pal_store_mode mode,
                          struct pal_error *err)
{
    int wish = mode == PAL_STORE_READ ? LOCK_SH : LOCK_EX;
    if (place->path == NULL || place->lock >= 0) {
        return PAL_OK;
    }
    place->lock = open(place->path, O_RDONLY | O_CLOEXEC);
    if (place->lock < 0) {
        return fail_path(err, place->path, errno, mode);
    }
    /* A file system without flock leaves the engine's own lock. */
    if (flock(place->lock, wish | LOCK_NB) == 0 || errno != EWOULDBLOCK) {
        return PAL_OK;
    }
    if (mode != PAL_STORE_READ && flock(place->lock, LOCK_SH | LOCK_NB) == 0) {
        return pal_fail(
            err, PAL_DATABASE,
            "%s: another program is reading this study; try again when it has "
            "ended",
            place->path);
    }
    return pal_fail(
        err, PAL_DATABASE,
        "%s: another program is writing to this study; try again when it has "
        "ended",
        place->path);
}

/* The name of a folder beside the study; two handles never share one. */
static pal_status name_temporary(struct pal_place *place, struct pal_error *err)
{
    struct pal_buffer name;
    pal_status status = PAL_OK;
    pal_buffer_init(&name, PATH_SIZE_MAX);
    pal_buffer_append_format(&name, "%s.tmp-%ld-%llx", place->path, (long)getpid(),
                             (unsigned long long)(uintptr_t)place);
    status = pal_buffer_status(&name, err);
    if (status == PAL_OK) {
        place->temporary = pal_string_copy(pal_buffer_view(&name));
        status = place->temporary == NULL ? pal_fail_memory(err) : PAL_OK;
    }
    pal_buffer_clear(&name);
    return status;
}

static bool is_own_file(const char *name)
{
    return strncmp(name, "duckdb_temp", strlen("duckdb_temp")) == 0;
}

/* Takes away a folder of temporary files, but only if nothing else lies in it. */
static void remove_temporary(const char *folder)
{
    DIR *files = opendir(folder);
    if (files == NULL) {
        return;
    }
    const struct dirent *entry = NULL;
    /* The stream is this call's alone. NOLINTNEXTLINE(concurrency-mt-unsafe) */
    while ((entry = readdir(files)) != NULL) {
        if (is_own_file(entry->d_name)) {
            (void)unlinkat(dirfd(files), entry->d_name, 0);
        }
    }
    (void)closedir(files);
    (void)rmdir(folder);
}

/* What killed programs left behind: the caller holds the writing lock, so no living one can
 * own a folder of this name. */
static void remove_leftovers(const char *path)
{
    struct pal_view name = pal_path_name(path);
    size_t folder_size = (size_t)(name.data - path);
    char folder[PATH_SIZE_MAX];
    char prefix[PATH_SIZE_MAX];
    char full[2 * PATH_SIZE_MAX];
    (void)snprintf(folder, sizeof folder, "%.*s", (int)folder_size, path);
    (void)snprintf(prefix, sizeof prefix, "%.*s.tmp-", PAL_VIEW_ARG(name));
    DIR *files = opendir(folder_size == 0 ? "." : folder);
    if (files == NULL) {
        return;
    }
    const struct dirent *entry = NULL;
    /* The stream is this call's alone. NOLINTNEXTLINE(concurrency-mt-unsafe) */
    while ((entry = readdir(files)) != NULL) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0) {
            (void)snprintf(full, sizeof full, "%s%s", folder, entry->d_name);
            remove_temporary(full);
        }
    }
    (void)closedir(files);
}

/* Looks at the first bytes. A file too short to hold a table is an import that was killed
 * while it made the study (or an empty file): *is_unfinished. */
static pal_status look_at_head(const struct pal_place *place, bool *is_unfinished,
                               struct pal_error *err)
{
    char head[MAGIC_AT + MAGIC_SIZE] = {0};
    struct stat about;
    ssize_t got = pread(place->lock, head, sizeof head, 0);
    *is_unfinished = false;
    if (got < 0 || fstat(place->lock, &about) != 0) {
        return pal_fail(err, PAL_IO, "%s: cannot be read", place->path);
    }
    bool has_magic =
        got == (ssize_t)sizeof head && memcmp(head + MAGIC_AT, "DUCK", MAGIC_SIZE) == 0;
    if (got == 0 || (has_magic && about.st_size < HEADER_SIZE)) {
        *is_unfinished = true;
        return PAL_OK;
    }
    if (!has_magic) {
        return pal_fail(
            err, PAL_INPUT,
            "%s: this is no study (not a DuckDB file); name the .duckdb file "
            "that an import wrote",
            place->path);
    }
    return PAL_OK;
}

static pal_status open_existing(struct pal_place *place, enum pal_store_mode mode,
                                bool *is_new, struct pal_error *err)
{
    bool is_unfinished = false;
    pal_status status = pal_place_lock(place, mode, err);
    if (status == PAL_OK) {
        status = look_at_head(place, &is_unfinished, err);
    }
    if (status == PAL_OK && is_unfinished && mode != PAL_STORE_CREATE) {
        return pal_fail(err, PAL_INPUT, "%s: this is no study: it holds nothing yet",
                        place->path);
    }
    if (status == PAL_OK && is_unfinished) {
        (void)close(place->lock);
        place->lock = -1;
        *is_new = true;
        if (unlink(place->path) != 0) {
            return fail_path(err, place->path, errno, mode);
        }
    }
    if (status == PAL_OK && mode != PAL_STORE_READ) {
        if (access(place->path, W_OK) != 0 && !*is_new) {
            return fail_path(err, place->path, errno, mode);
        }
        remove_leftovers(place->path);
    }
    return status;
}

/* There is nothing at the path: can a study be made there? */
static pal_status look_for_folder(const char *path, enum pal_store_mode mode,
                                  struct pal_error *err)
{
    struct pal_view name = pal_path_name(path);
    size_t size = (size_t)(name.data - path);
    char folder[PATH_SIZE_MAX];
    if (mode != PAL_STORE_CREATE) {
        return fail_path(err, path, ENOENT, mode);
    }
    (void)snprintf(folder, sizeof folder, "%.*s", (int)size, path);
    if (access(size == 0 ? "." : folder, W_OK | X_OK) != 0) {
        return fail_path(err, path, errno, mode);
    }
    return PAL_OK;
}

pal_status pal_place_open(const char *path, enum pal_store_mode mode,
                          struct pal_place *place, bool *is_new, struct pal_error *err)
{
    struct stat about;
    pal_status status = PAL_OK;
    *place = (struct pal_place){.lock = -1};
    *is_new = true;
    if (path == NULL) {
        return mode == PAL_STORE_CREATE
                   ? PAL_OK
                   : pal_fail(err, PAL_USAGE,
                              "a study in memory can only be a new one");
    }
    if (strlen(path) >= PATH_SIZE_MAX / 2) {
        return pal_fail(err, PAL_LIMIT, "the path of the study is too long");
    }
    place->path = pal_string_copy(pal_view_of(path));
    if (place->path == NULL) {
        return pal_fail_memory(err);
    }
    status = name_temporary(place, err);
    if (status != PAL_OK) {
        return status;
    }
    if (stat(path, &about) != 0) {
        return errno == ENOENT ? look_for_folder(path, mode, err)
                               : fail_path(err, path, errno, mode);
    }
    if (S_ISDIR(about.st_mode)) {
        return pal_fail(err, PAL_IO, "%s: this is a folder, not a study", path);
    }
    *is_new = false;
    return open_existing(place, mode, is_new, err);
}

void pal_place_close(struct pal_place *place)
{
    if (place->temporary != NULL) {
        remove_temporary(place->temporary);
    }
    if (place->lock >= 0) {
        (void)close(place->lock);
    }
    pal_free(place->temporary);
    pal_free(place->path);
    *place = (struct pal_place){.lock = -1};
}
