/* For madvise, which POSIX does not have. */
#define _DEFAULT_SOURCE // NOLINT(bugprone-reserved-identifier): the C library's own name

#include "source/released.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/csv_internal.h"

enum { PIECE_SIZE = 64 * 1024 };

/* Opens a regular file. A pipe or a device is known before it is opened: opening alone can
 * wait, or wind a tape. */
static pal_status open_regular(const char *path, int *file, struct pal_error *err)
{
    struct stat about;

    *file = -1;
    if (stat(path, &about) != 0) {
        return pal_file_fail(err, "read", path, errno);
    }
    if (S_ISDIR(about.st_mode)) {
        return pal_fail(err, PAL_INPUT, "%s: it is a folder: give the files in it",
                        path);
    }
    if (!S_ISREG(about.st_mode)) {
        return pal_fail(
            err, PAL_INPUT,
            "%s: it is a pipe, a socket or a device, not a file: save what it "
            "gives to a file first",
            path);
    }
    *file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*file < 0) {
        return pal_file_fail(err, "read", path, errno);
    }
    return PAL_OK;
}

pal_status pal_released_open(struct pal_released *released, const char *path,
                             struct pal_view *content, struct pal_error *err)
{
    struct stat about;
    pal_status status = open_regular(path, &released->file, err);

    *content = PAL_VIEW("");
    if (status != PAL_OK) {
        return status;
    }
    released->is_open = true;
    if (fstat(released->file, &about) != 0) {
        return pal_file_fail(err, "read", path, errno);
    }
    if (!S_ISREG(about.st_mode) || about.st_size < 0) {
        return pal_fail(err, PAL_IO, "%s: it was replaced while it was opened", path);
    }
    if (about.st_size == 0) {
        return PAL_OK;
    }
    released->size = (size_t)about.st_size;
    released->mapping =
        mmap(NULL, released->size, PROT_READ, MAP_PRIVATE, released->file, 0);
    if (released->mapping == MAP_FAILED) {
        released->mapping = NULL;
        return pal_file_fail(err, "map", path, errno);
    }
    *content = (struct pal_view){released->mapping, released->size};
    return PAL_OK;
}

void pal_released_forget(const struct pal_released *released)
{
    if (released->mapping != NULL) {
        (void)madvise(released->mapping, released->size, MADV_DONTNEED);
    }
}

void pal_released_close(struct pal_released *released)
{
    if (!released->is_open) {
        return;
    }
    if (released->mapping != NULL) {
        (void)munmap(released->mapping, released->size);
    }
    (void)close(released->file);
    *released = (struct pal_released){0};
}

/* Up to PIECE_SIZE bytes from `offset`; -1 and errno when the system refuses. */
static ssize_t read_at(int file, char *to, uint64_t offset)
{
    ssize_t got;

    do {
        got = pread(file, to, PIECE_SIZE, (off_t)offset);
    } while (got < 0 && errno == EINTR);
    return got;
}

pal_status pal_released_digest(const struct pal_released *released, const char *path,
                               struct pal_digest *digest, struct pal_error *err)
{
    char bytes[PIECE_SIZE];
    struct pal_sha256 sha;
    uint64_t offset = 0;
    pal_status status = pal_hash_setup(err);

    if (status != PAL_OK) {
        return status;
    }
    pal_sha256_init(&sha);
    for (;;) {
        ssize_t got = read_at(released->file, bytes, offset);

        if (got < 0) {
            return pal_file_fail(err, "read", path, errno);
        }
        if (got == 0) {
            break;
        }
        pal_sha256_add(&sha, bytes, (size_t)got);
        offset += (uint64_t)got;
    }
    if (offset != released->size) {
        return pal_fail(
            err, PAL_IO,
            "%s: it changed while it was read: try again when nobody writes it", path);
    }
    pal_sha256_finish(&sha, digest);
    return PAL_OK;
}

struct file_input {
    struct pal_csv_input input; /* first: the two share an address */
    int file;                   /* the source's */
    uint64_t size;              /* as digested */
    uint64_t offset;
    char bytes[PIECE_SIZE];
};

static pal_status file_input_read(struct pal_csv_input *input, struct pal_view *piece,
                                  struct pal_error *err)
{
    struct file_input *self = (struct file_input *)input;
    ssize_t got = read_at(self->file, self->bytes, self->offset);

    *piece = (struct pal_view){self->bytes, 0};
    if (got < 0) {
        return pal_fail(err, PAL_IO, "the system refuses to read on (error %d)", errno);
    }
    if (got == 0 && self->offset != self->size) {
        return pal_fail(err, PAL_IO, "the file became shorter while it was read");
    }
    piece->size = (size_t)got;
    self->offset += piece->size;
    return PAL_OK;
}

static uint64_t file_input_bytes_read(const struct pal_csv_input *input)
{
    return ((const struct file_input *)input)->offset;
}

static void file_input_close(struct pal_csv_input *input)
{
    pal_free(input);
}

pal_status pal_released_open_csv(const struct pal_released *released,
                                 const struct pal_sheet_info *info,
                                 const struct pal_source_limits *limits,
                                 struct pal_row_reader **out, struct pal_error *err)
{
    struct pal_csv_options options = {.encoding = info->encoding,
                                      .delimiter = info->delimiter};
    struct file_input *self = pal_alloc_zero(1, sizeof *self);

    *out = NULL;
    if (self == NULL) {
        return pal_fail_memory(err);
    }
    self->input = (struct pal_csv_input){file_input_read, file_input_bytes_read,
                                         file_input_close};
    self->file = released->file;
    self->size = released->size;
    return pal_csv_open_input(&self->input, &options, limits, out, err);
}
