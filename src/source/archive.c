#include "source/part_internal.h"

#include <inttypes.h>
#include <pthread.h>

#include <zip.h>

struct entry {
    struct pal_view name; /* libzip's */
    uint64_t stored_size;
    uint64_t size;
    uint32_t crc;
    uint16_t method;
    bool is_encrypted;
};

struct pal_archive {
    struct pal_source_limits limits;
    zip_t *zip;
    struct entry *entries;
    size_t count;
};

/* zip_open of libzip 1.7 sets up tables shared by all threads without a lock of its own. */
static pthread_mutex_t open_lock = PTHREAD_MUTEX_INITIALIZER;

static pal_status fail_open(zip_error_t *error, struct pal_error *err)
{
    if (zip_error_code_zip(error) == ZIP_ER_MEMORY) {
        return pal_fail_memory(err);
    }
    return pal_fail(
        err, PAL_INPUT,
        "the zip is damaged or cut off (%s): get the file again from where it "
        "was released",
        zip_error_strerror(error));
}

static pal_status open_zip(struct pal_view content, zip_t **out, struct pal_error *err)
{
    zip_source_t *source;
    zip_error_t error;
    pal_status status = PAL_OK;

    zip_error_init(&error);
    source = zip_source_buffer_create(content.data, content.size, 0, &error);
    if (source != NULL) {
        (void)pthread_mutex_lock(&open_lock);
        *out = zip_open_from_source(source, ZIP_RDONLY, &error);
        (void)pthread_mutex_unlock(&open_lock);
        if (*out == NULL) {
            zip_source_free(source);
        }
    }
    if (*out == NULL) {
        status = fail_open(&error, err);
    }
    zip_error_fini(&error);
    return status;
}

static pal_status read_directory(struct pal_archive *archive, struct pal_error *err)
{
    enum {
        WANTED = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC |
                 ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD
    };
    zip_int64_t count = zip_get_num_entries(archive->zip, 0);

    if (count < 0 || (uint64_t)count > archive->limits.part_max) {
        return pal_fail(err, PAL_LIMIT,
                        "the zip holds %" PRId64 " members, more than the %" PRIu32
                        " that are read",
                        (int64_t)count, archive->limits.part_max);
    }
    archive->entries = pal_alloc_zero((size_t)count, sizeof *archive->entries);
    if (archive->entries == NULL) {
        return pal_fail_memory(err);
    }
    archive->count = (size_t)count;
    for (size_t i = 0; i < archive->count; i++) {
        zip_stat_t stat;

        if (zip_stat_index(archive->zip, i, 0, &stat) != 0 ||
            (stat.valid & WANTED) != WANTED) {
            return pal_fail(
                err, PAL_INPUT,
                "member %zu of the zip's directory is damaged: get the file "
                "again from where it was released",
                i + 1);
        }
        archive->entries[i] =
            (struct entry){.name = pal_view_of(stat.name),
                           .stored_size = stat.comp_size,
                           .size = stat.size,
                           .crc = stat.crc,
                           .method = stat.comp_method,
                           .is_encrypted = stat.encryption_method != ZIP_EM_NONE};
    }
    return PAL_OK;
}

pal_status pal_archive_open(struct pal_view content,
                            const struct pal_source_limits *limits,
                            struct pal_archive **out, struct pal_error *err)
{
    struct pal_archive *archive = pal_alloc_zero(1, sizeof *archive);
    pal_status status;

    *out = NULL;
    if (archive == NULL) {
        return pal_fail_memory(err);
    }
    archive->limits = *limits;
    status = open_zip(content, &archive->zip, err);
    if (status == PAL_OK) {
        status = read_directory(archive, err);
    }
    if (status != PAL_OK) {
        pal_archive_close(archive);
        return status;
    }
    *out = archive;
    return PAL_OK;
}

void pal_archive_close(struct pal_archive *archive)
{
    if (archive == NULL) {
        return;
    }
    if (archive->zip != NULL) {
        zip_discard(archive->zip);
    }
    pal_free(archive->entries);
    pal_free(archive);
}

size_t pal_archive_count(const struct pal_archive *archive)
{
    return archive->count;
}

struct pal_view pal_archive_name(const struct pal_archive *archive, size_t index)
{
    return archive->entries[index].name;
}

uint64_t pal_archive_stored_size(const struct pal_archive *archive, size_t index)
{
    return archive->entries[index].stored_size;
}

/* Some zip programs on Windows write a backslash for the slash. */
static char plain(char c)
{
    if (c == '\\') {
        return '/';
    }
    return pal_lower(c);
}

static bool is_named(struct pal_view a, struct pal_view b)
{
    if (a.size != b.size) {
        return false;
    }
    for (size_t i = 0; i < a.size; i++) {
        if (plain(a.data[i]) != plain(b.data[i])) {
            return false;
        }
    }
    return true;
}

size_t pal_archive_find(const struct pal_archive *archive, struct pal_view name)
{
    for (size_t i = 0; i < archive->count; i++) {
        if (is_named(archive->entries[i].name, name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

pal_status pal_archive_open_part(struct pal_archive *archive, size_t index,
                                 struct pal_part **out, struct pal_error *err)
{
    const struct entry *entry;
    struct pal_member member = {0};

    PAL_BUG_IF(index >= archive->count);
    entry = &archive->entries[index];
    member.stored_size = entry->stored_size;
    member.size = entry->size;
    member.crc = entry->crc;
    member.is_deflated = entry->method == ZIP_CM_DEFLATE;
    *out = NULL;
    if (entry->is_encrypted) {
        return pal_fail(err, PAL_INPUT,
                        "%.*s is encrypted: ask who released it for a copy without a "
                        "password",
                        PAL_VIEW_ARG(entry->name));
    }
    if (entry->method != ZIP_CM_DEFLATE && entry->method != ZIP_CM_STORE) {
        return pal_fail(
            err, PAL_INPUT,
            "%.*s is compressed by method %u, which is not read here: unpack "
            "the zip and pack it again with any common program",
            PAL_VIEW_ARG(entry->name), (unsigned)entry->method);
    }
    if (entry->size > archive->limits.inflated_size_max) {
        return pal_fail(err, PAL_LIMIT,
                        "%.*s is said to hold %" PRIu64 " bytes, more than the %" PRIu64
                        " that are read",
                        PAL_VIEW_ARG(entry->name), entry->size,
                        archive->limits.inflated_size_max);
    }
    member.file = zip_fopen_index(archive->zip, index, ZIP_FL_COMPRESSED);
    if (member.file == NULL) {
        return pal_fail(
            err, PAL_INPUT,
            "%.*s is damaged in the zip (%s): get the file again from where it "
            "was released",
            PAL_VIEW_ARG(entry->name), zip_strerror(archive->zip));
    }
    return pal_part_open_member(member, &archive->limits, out, err);
}
