/*
 * A new study from the template: the file that the schema's scripts make, without rows, made
 * when the program was built (tools/make-template.c) and carried in it. It is written beside
 * every name and gets its name when it is whole, so that a kill leaves no half of one. Where
 * that cannot be done, or the engine is another than the template's, the scripts make the
 * study as before: the two give the same tables.
 */
#define _GNU_SOURCE // NOLINT(bugprone-reserved-identifier): O_TMPFILE is Linux's

#include "store/template.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store_internal.h"

extern const struct pal_asset_table pal_store_assets;

enum {
    VERSION_SIZE = 32,
    NUMBER_SIZE = 8,
    STUDY_SIZE_MAX = 16 * 1024 * 1024,
    PATH_SIZE_MAX = 4096,
    FILE_MODE = 0666 /* less what the user's mask takes away, as for any new file */
};

static uint64_t take_number(struct pal_view *packed)
{
    uint64_t number = 0;
    PAL_BUG_IF(packed->size < NUMBER_SIZE);
    for (size_t i = 0; i < NUMBER_SIZE; i++) {
        number |= (uint64_t)(unsigned char)packed->data[i] << (8 * i);
    }
    *packed = (struct pal_view){packed->data + NUMBER_SIZE, packed->size - NUMBER_SIZE};
    return number;
}

/* The size of the study is the last stretch's place; that stretch is empty. */
static uint64_t study_size(struct pal_view packed)
{
    for (;;) {
        uint64_t place = take_number(&packed);
        uint64_t size = take_number(&packed);
        if (size == 0) {
            return place;
        }
        PAL_BUG_IF(size > packed.size);
        packed = (struct pal_view){packed.data + size, packed.size - size};
    }
}

/* The caller frees it; NULL when there is no memory for it. */
static char *unpack(struct pal_view packed, size_t *study_size_out)
{
    uint64_t whole = study_size(packed);
    PAL_BUG_IF(whole == 0 || whole > STUDY_SIZE_MAX);
    char *study = pal_alloc_zero((size_t)whole, 1);
    *study_size_out = (size_t)whole;
    while (study != NULL) {
        uint64_t place = take_number(&packed);
        uint64_t size = take_number(&packed);
        if (size == 0) {
            break;
        }
        PAL_BUG_IF(place > whole || size > whole - place);
        memcpy(study + place, packed.data, (size_t)size);
        packed = (struct pal_view){packed.data + size, packed.size - size};
    }
    return study;
}

static bool has_written(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t count = write(file, bytes, size);
        if (count <= 0) {
            return false;
        }
        bytes += count;
        size -= (size_t)count;
    }
    return true;
}

/* A file without a name in the folder of `path`; -1 where the file system has none. */
static int open_nameless(const char *path)
{
    char folder[PATH_SIZE_MAX];
    struct pal_view name = pal_path_name(path);
    size_t size = (size_t)(name.data - path);
    (void)snprintf(folder, sizeof folder, "%.*s", (int)size, size == 0 ? "" : path);
    return open(size == 0 ? "." : folder, O_TMPFILE | O_RDWR | O_CLOEXEC, FILE_MODE);
}

static bool has_named(int file, const char *path)
{
    char own[64];
    (void)snprintf(own, sizeof own, "/proc/self/fd/%d", file);
    return linkat(AT_FDCWD, own, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

/* A log of changes that lies there without its study would be read into the new one. */
static bool has_orphan_log(const char *path)
{
    char log[PATH_SIZE_MAX + 8];
    struct stat about;
    (void)snprintf(log, sizeof log, "%s.wal", path);
    return stat(log, &about) == 0;
}

static bool is_for_this_engine(struct pal_view packed)
{
    char version[VERSION_SIZE] = {0};
    (void)snprintf(version, sizeof version, "%s", duckdb_library_version());
    return packed.size > VERSION_SIZE &&
           memcmp(packed.data, version, VERSION_SIZE) == 0;
}

void pal_template_place(const char *path)
{
    struct pal_view packed = pal_asset_find(&pal_store_assets, "template.bin");
    size_t size = 0;
    if (packed.data == NULL || !is_for_this_engine(packed) || has_orphan_log(path)) {
        return;
    }
    packed = (struct pal_view){packed.data + VERSION_SIZE, packed.size - VERSION_SIZE};
    int file = open_nameless(path);
    if (file < 0) {
        return;
    }
    char *study = unpack(packed, &size);
    /* On the disk before it has a name: the log of the first import leans on it. */
    if (study != NULL && has_written(file, study, size) && fdatasync(file) == 0) {
        bool is_named = has_named(file, path);
        (void)is_named; /* if not, somebody else's study is there, or nothing */
    }
    pal_free(study);
    (void)close(file);
}
