#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum { READ_SIZE = 64 * 1024, FOLDER_FILE_MAX = 1000 * 1000 };

static const char *words_of(int error_number, char *room, size_t room_size)
{
    switch (error_number) {
    case ENOENT:
        return "there is no such file or folder";
    case EACCES:
    case EPERM:
    case EROFS:
        return "it is not permitted; check the owner and the rights";
    case EISDIR:
        return "it is a folder, not a file";
    case ENOTDIR:
        return "a part of the path is a file, not a folder";
    case ENOSPC:
    case EDQUOT:
        return "the disk is full";
    case ENAMETOOLONG:
        return "the name is too long";
    default:
        return strerror_r(error_number, room, room_size) == 0 ? room : "unknown reason";
    }
}

pal_status pal_file_fail(struct pal_error *err, const char *verb, const char *path,
                         int error_number)
{
    char room[128];
    return pal_fail(err, PAL_IO, "cannot %s %s: %s", verb, path,
                    words_of(error_number, room, sizeof room));
}

static pal_status read_all(int file, const char *path, struct pal_buffer *out,
                           struct pal_error *err)
{
    for (;;) {
        char bytes[READ_SIZE];
        ssize_t got = read(file, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return pal_file_fail(err, "read", path, errno);
        }
        if (got == 0) {
            return PAL_OK;
        }
        pal_buffer_append(out, bytes, (size_t)got);
        if (out->status == PAL_LIMIT) {
            return pal_fail(err, PAL_LIMIT,
                            "cannot read %s: it is larger than %zu bytes", path,
                            out->size_max);
        }
        pal_status status = pal_buffer_status(out, err);
        if (status != PAL_OK) {
            return pal_while(err, status, "reading %s", path);
        }
    }
}

pal_status pal_file_read(const char *path, struct pal_buffer *out,
                         struct pal_error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return pal_file_fail(err, "read", path, errno);
    }
    pal_status status = read_all(file, path, out, err);
    (void)close(file);
    return status;
}

static pal_status write_all(int file, const char *path, struct pal_view content,
                            struct pal_error *err)
{
    size_t done = 0;
    while (done < content.size) {
        ssize_t put = write(file, content.data + done, content.size - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return pal_file_fail(err, "write", path, errno);
        }
        done += (size_t)put;
    }
    if (fsync(file) != 0) {
        return pal_file_fail(err, "write", path, errno);
    }
    return PAL_OK;
}

/* A rename is on the disk only when its folder is. A file system that cannot sync a folder
 * says so; the file itself is whole, so that is not a failure. */
static void sync_folder_of(const char *path)
{
    struct pal_view name = pal_path_name(path);
    size_t size = (size_t)(name.data - path);
    char *folder = size > 0 ? pal_string_copy((struct pal_view){path, size})
                            : pal_string_copy(PAL_VIEW("."));
    if (folder == NULL) {
        return;
    }
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    pal_free(folder);
    if (file >= 0) {
        (void)fsync(file);
        (void)close(file);
    }
}

pal_status pal_file_check_place(const char *path, struct pal_error *err)
{
    struct stat info;
    const char *what = "it is a pipe, a socket or a device, not a file";
    if (lstat(path, &info) != 0 || S_ISREG(info.st_mode)) {
        return PAL_OK;
    }
    if (S_ISDIR(info.st_mode)) {
        what = "it is a folder, not a file";
    } else if (S_ISLNK(info.st_mode)) {
        what = "it is a symbolic link; name the file it leads to";
    }
    return pal_fail(err, PAL_IO, "cannot write %s: %s", path, what);
}

pal_status pal_file_write(const char *path, struct pal_view content,
                          struct pal_error *err)
{
    size_t part_size = strlen(path) + 32;
    char *part = NULL;
    pal_status status = pal_file_check_place(path, err);
    if (status != PAL_OK) {
        return status;
    }
    part = pal_alloc(part_size);
    if (part == NULL) {
        return pal_fail_memory(err);
    }
    (void)snprintf(part, part_size, "%s.part-%ld", path, (long)getpid());
    enum { FLAGS = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC };
    int file = open(part, FLAGS, 0666);
    if (file < 0 && errno == EEXIST && unlink(part) == 0) {
        /* Left by a killed process that had the same number. */
        file = open(part, FLAGS, 0666);
    }
    if (file < 0) {
        status = pal_file_fail(err, "write", path, errno);
        pal_free(part);
        return status;
    }
    status = write_all(file, path, content, err);
    if (close(file) != 0 && status == PAL_OK) {
        status = pal_file_fail(err, "write", path, errno);
    }
    if (status == PAL_OK && rename(part, path) != 0) {
        status = pal_file_fail(err, "write", path, errno);
    }
    if (status == PAL_OK) {
        sync_folder_of(path);
    } else {
        (void)unlink(part);
    }
    pal_free(part);
    return status;
}

static pal_status make_one(const char *path, struct pal_error *err)
{
    if (mkdir(path, 0777) == 0) {
        return PAL_OK;
    }
    int reason = errno;
    struct stat info;
    if (stat(path, &info) == 0) {
        if (S_ISDIR(info.st_mode)) {
            return PAL_OK;
        }
        return pal_fail(err, PAL_IO, "cannot make the folder %s: a file has that name",
                        path);
    }
    return pal_file_fail(err, "make the folder", path, reason);
}

pal_status pal_folder_make(const char *path, struct pal_error *err)
{
    char *part = pal_string_copy(pal_view_of(path));
    if (part == NULL) {
        return pal_fail_memory(err);
    }
    pal_status status = PAL_OK;
    for (size_t i = 1; part[0] != '\0' && part[i] != '\0' && status == PAL_OK; i++) {
        if (part[i] == '/' && part[i - 1] != '/') {
            part[i] = '\0';
            status = make_one(part, err);
            part[i] = '/';
        }
    }
    if (status == PAL_OK) {
        status = make_one(part, err);
    }
    pal_free(part);
    return status;
}

struct pal_view pal_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return pal_view_of(slash != NULL ? slash + 1 : path);
}

/* Texts of the arena; the array itself is on the heap because it grows. */
struct path_list {
    const char **items;
    size_t count;
    size_t room;
};

static pal_status add_path(struct path_list *list, const char *path,
                           struct pal_error *err)
{
    if (list->count == FOLDER_FILE_MAX) {
        return pal_fail(err, PAL_LIMIT, "more than %d files, at %s", FOLDER_FILE_MAX,
                        path);
    }
    if (list->count == list->room) {
        size_t room = list->room > 0 ? list->room * 2 : 64;
        const char **items = pal_realloc(list->items, room, sizeof *items);
        if (items == NULL) {
            return pal_fail_memory(err);
        }
        list->items = items;
        list->room = room;
    }
    list->items[list->count++] = path;
    return PAL_OK;
}

static bool is_left_out(const char *name)
{
    return name[0] == '.' || (name[0] == '~' && name[1] == '$');
}

/* A link to a file counts as the file; a link to a folder is not followed, since it may lead
 * round in a circle. */
static pal_status add_entry(const char *path, struct path_list *folders,
                            struct path_list *files, struct pal_error *err)
{
    struct stat info;
    if (lstat(path, &info) != 0) {
        return pal_file_fail(err, "read", path, errno);
    }
    if (S_ISDIR(info.st_mode)) {
        return add_path(folders, path, err);
    }
    if (S_ISLNK(info.st_mode) && stat(path, &info) != 0) {
        return pal_file_fail(err, "read", path, errno);
    }
    return S_ISREG(info.st_mode) ? add_path(files, path, err) : PAL_OK;
}

static pal_status add_folder(const char *folder, struct pal_arena *arena,
                             struct path_list *folders, struct path_list *files,
                             struct pal_error *err)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, NULL);
    if (count < 0) {
        return pal_file_fail(err, "read the folder", folder, errno);
    }
    bool has_slash = pal_view_has_suffix(pal_view_of(folder), PAL_VIEW("/"));
    pal_status status = PAL_OK;
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (status == PAL_OK && !is_left_out(name)) {
            struct pal_view path;
            status = pal_arena_format(arena, &path, err, "%s%s%s", folder,
                                      has_slash ? "" : "/", name);
            if (status == PAL_OK) {
                status = add_entry(path.data, folders, files, err);
            }
        }
        free(entries[i]);
    }
    free(entries);
    return status;
}

static int compare_paths(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;
    return strcmp(*left, *right);
}

pal_status pal_folder_list(const char *folder, struct pal_arena *arena,
                           const char *const **paths, size_t *count,
                           struct pal_error *err)
{
    *paths = NULL;
    *count = 0;
    struct path_list folders = {NULL, 0, 0};
    struct path_list files = {NULL, 0, 0};
    void *sorted = NULL;
    pal_status status = add_path(&folders, folder, err);
    for (size_t i = 0; i < folders.count && status == PAL_OK; i++) {
        status = add_folder(folders.items[i], arena, &folders, &files, err);
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, files.count, sizeof *files.items, &sorted, err);
    }
    if (status == PAL_OK && files.count > 0) {
        qsort(files.items, files.count, sizeof *files.items, compare_paths);
        memcpy(sorted, files.items, files.count * sizeof *files.items);
    }
    if (status == PAL_OK) {
        *paths = sorted;
        *count = files.count;
    }
    pal_free(folders.items);
    pal_free(files.items);
    return status;
}
