#include "source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/csv_internal.h"
#include "source/source_internal.h"

enum { NAMES_SIZE_MAX = 64 * 1024 * 1024 };

struct pal_sheet {
    struct pal_source *source; /* the caller's, open as long as this is */
    size_t index;
    size_t container;
    struct pal_row_reader *reader;
    uint64_t row_count;  /* given so far */
    uint64_t row_number; /* of the last row given */
    bool has_failed;
};

/* NULL when out of memory. */
static struct pal_source *new_source(const char *path,
                                     const struct pal_source_limits *limits)
{
    struct pal_source *source = pal_alloc_zero(1, sizeof *source);

    if (source == NULL) {
        return NULL;
    }
    source->limits = limits != NULL ? *limits : pal_source_limits_default;
    pal_arena_init(&source->arena, NAMES_SIZE_MAX);
    if (pal_arena_copy(&source->arena, pal_view_of(path), &source->info.path, NULL) !=
        PAL_OK) {
        pal_source_close(source);
        return NULL;
    }
    source->info.file = pal_path_name(source->info.path.data);
    return source;
}

/* Finds out what there is, and fills info with it. */
static pal_status look(struct pal_source *source, struct pal_view content,
                       struct pal_error *err)
{
    pal_status status = pal_contents_find(source, content, err);

    if (status != PAL_OK) {
        return pal_while(err, status, "%.*s", PAL_VIEW_ARG(source->info.path));
    }
    source->info.size = content.size;
    source->info.sheet_count = source->sheet_count;
    source->info.sheets = source->sheets;
    source->info.skip_count = source->skip_count;
    source->info.skips = source->skips;
    return PAL_OK;
}

pal_status pal_source_open(const char *path, const struct pal_source_limits *limits,
                           struct pal_source **out, struct pal_error *err)
{
    struct pal_source *source = new_source(path, limits);
    struct pal_view content;
    pal_status status;

    *out = NULL;
    if (source == NULL) {
        return pal_fail_memory(err);
    }
    status = pal_released_open(&source->released, path, &content, err);
    if (status == PAL_OK) {
        status =
            pal_released_digest(&source->released, path, &source->info.digest, err);
    }
    if (status == PAL_OK) {
        status = look(source, content, err);
    }
    if (status != PAL_OK) {
        pal_source_close(source);
        return status;
    }
    *out = source;
    return PAL_OK;
}

pal_status pal_source_open_memory(struct pal_view content, const char *name,
                                  const struct pal_source_limits *limits,
                                  struct pal_source **out, struct pal_error *err)
{
    struct pal_source *source = new_source(name, limits);
    struct pal_sha256 sha;
    pal_status status;

    *out = NULL;
    if (source == NULL) {
        return pal_fail_memory(err);
    }
    if (content.data == NULL) {
        content = PAL_VIEW("");
    }
    status = pal_hash_setup(err);
    if (status == PAL_OK) {
        pal_sha256_init(&sha);
        pal_sha256_add(&sha, content.data, content.size);
        pal_sha256_finish(&sha, &source->info.digest);
        status = look(source, content, err);
    }
    if (status != PAL_OK) {
        pal_source_close(source);
        return status;
    }
    *out = source;
    return PAL_OK;
}

void pal_source_close(struct pal_source *source)
{
    if (source == NULL) {
        return;
    }
    pal_containers_close(source);
    pal_released_close(&source->released);
    pal_free(source->sheets);
    pal_free(source->places);
    pal_free(source->skips);
    pal_arena_clear(&source->arena);
    pal_free(source);
}

const struct pal_source_info *pal_source_borrow_info(const struct pal_source *source)
{
    return &source->info;
}

void pal_source_read_ahead(struct pal_source *source)
{
    source->reads_ahead = true;
}

/* The sheet's words for errors: the file, the member if there is one, the sheet. */
static pal_status while_reading(const struct pal_sheet *sheet, pal_status status,
                                const char *where, struct pal_error *err)
{
    const struct pal_source *source = sheet->source;
    const struct pal_sheet_info *info = &source->sheets[sheet->index];
    bool has_member = info->member.size > 0;

    return pal_while(err, status, "%.*s%s%.*s, sheet %.*s%s",
                     PAL_VIEW_ARG(source->info.path), has_member ? ", " : "",
                     PAL_VIEW_ARG(info->member), PAL_VIEW_ARG(info->name), where);
}

static pal_status open_csv(struct pal_source *source, const struct pal_place *place,
                           const struct pal_sheet_info *info,
                           struct pal_row_reader **out, struct pal_error *err)
{
    const struct pal_container *container = &source->containers[place->container];
    struct pal_part *part = NULL;
    pal_status status;

    if (place->kind == PAL_PLACE_CONTENT && source->released.is_open) {
        return pal_released_open_csv(&source->released, info, &source->limits, out,
                                     err);
    }
    if (place->kind == PAL_PLACE_MEMBER) {
        status = pal_archive_open_part(container->archive, place->index, &part, err);
    } else {
        status = pal_part_open_memory(container->content, place->kind == PAL_PLACE_GZIP,
                                      &source->limits, &part, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    if (source->reads_ahead) {
        pal_part_read_ahead(part);
    }
    return pal_csv_open(part, info->encoding, info->delimiter, &source->limits, out,
                        err);
}

static pal_status open_reader(struct pal_sheet *sheet, struct pal_error *err)
{
    struct pal_source *source = sheet->source;
    const struct pal_place *place = &source->places[sheet->index];

    switch (place->kind) {
    case PAL_PLACE_CONTENT:
    case PAL_PLACE_GZIP:
    case PAL_PLACE_MEMBER:
        return open_csv(source, place, &source->sheets[sheet->index], &sheet->reader,
                        err);
    case PAL_PLACE_SHEET:
        return pal_workbook_open_sheet(source->containers[place->container].workbook,
                                       place->index, source->reads_ahead,
                                       &sheet->reader, err);
    case PAL_PLACE_PARQUET:
        break;
    }
    return pal_fail(err, PAL_INPUT, "parquet is read through the store");
}

pal_status pal_sheet_open(struct pal_source *source, size_t index,
                          struct pal_sheet **out, struct pal_error *err)
{
    struct pal_sheet *sheet;
    pal_status status;

    *out = NULL;
    PAL_BUG_IF(index >= source->sheet_count);
    sheet = pal_alloc_zero(1, sizeof *sheet);
    if (sheet == NULL) {
        return pal_fail_memory(err);
    }
    sheet->source = source;
    sheet->index = index;
    sheet->container = source->places[index].container;
    status = pal_container_use(source, sheet->container, err);
    if (status != PAL_OK) {
        status = while_reading(sheet, status, "", err);
        pal_free(sheet);
        return status;
    }
    status = open_reader(sheet, err);
    if (status != PAL_OK) {
        status = while_reading(sheet, status, "", err);
        pal_sheet_close(sheet);
        return status;
    }
    *out = sheet;
    return PAL_OK;
}

/* The reader stops at the row that it cannot give: in a csv the one behind the last. A
 * workbook leaves blank rows out, so there only the last row given is known. */
static pal_status while_at_row(const struct pal_sheet *sheet, pal_status status,
                               struct pal_error *err)
{
    bool is_csv = sheet->source->sheets[sheet->index].form == PAL_FORM_CSV;
    char where[64];

    (void)snprintf(where, sizeof where, ", %s %" PRIu64, is_csv ? "row" : "after row",
                   is_csv ? sheet->row_number + 1 : sheet->row_number);
    return while_reading(sheet, status, where, err);
}

/* Memory must not grow with the file: what was read of the mapping is let go now and then. */
static void forget_read(struct pal_sheet *sheet)
{
    enum { FORGET_ROWS = 32768 };
    if (++sheet->row_count % FORGET_ROWS == 0) {
        pal_released_forget(&sheet->source->released);
    }
}

pal_status pal_sheet_next(struct pal_sheet *sheet, struct pal_row *row,
                          struct pal_error *err)
{
    struct pal_sheet_info *info = &sheet->source->sheets[sheet->index];
    pal_status status;

    if (sheet->has_failed) {
        *row = (struct pal_row){0};
        return while_reading(
            sheet, pal_fail(err, PAL_INPUT, "reading has failed before"), "", err);
    }
    status = sheet->reader->next(sheet->reader, row, err);
    if (status != PAL_OK) {
        sheet->has_failed = true;
        *row = (struct pal_row){0};
        return while_at_row(sheet, status, err);
    }
    if (row->cells != NULL) {
        sheet->row_number = row->number;
        forget_read(sheet);
    } else if (info->form == PAL_FORM_CSV) {
        info->encoding = pal_csv_encoding(sheet->reader);
    }
    return PAL_OK;
}

uint64_t pal_sheet_bytes_read(const struct pal_sheet *sheet)
{
    return sheet->reader->bytes_read(sheet->reader);
}

void pal_sheet_close(struct pal_sheet *sheet)
{
    if (sheet == NULL) {
        return;
    }
    if (sheet->reader != NULL) {
        sheet->reader->close(sheet->reader);
    }
    pal_container_release(sheet->source, sheet->container);
    pal_free(sheet);
}
