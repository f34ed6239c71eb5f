/*
 * A source from within. Private to room source: source.c opens files and sheets, contents.c
 * finds out what a file holds.
 *
 * A container is a piece of memory that holds something: the file itself (container 0), a
 * workbook within a gzip file, a member of a zip that is an archive in turn. Nested ones are
 * copies; one that nobody uses is let go when the next is loaded, so that a zip of workbooks
 * costs the memory of one.
 */
#ifndef PAL_SOURCE_SOURCE_INTERNAL_H
#define PAL_SOURCE_SOURCE_INTERNAL_H

#include "source/part.h"
#include "source/released.h"
#include "source/sniff.h"

enum {
    PAL_ARCHIVE_DEPTH_MAX = 2, /* a zip within a zip */
    PAL_HEAD_SIZE = 64 * 1024  /* of a part, to see what it is */
};
#define PAL_COPY_SIZE_MAX                                                              \
    ((uint64_t)1024 * 1024 * 1024) /* bytes of one nested container */

struct pal_container {
    size_t parent; /* container that it comes out of; itself for container 0 */
    size_t member; /* of the parent's archive, or SIZE_MAX: the parent gunzipped */
    struct pal_view content;
    struct pal_buffer copy; /* what content shows, but for container 0 */
    struct pal_archive *archive;
    struct pal_workbook *workbook;
    uint32_t user_count; /* sheets and walks that need it in memory */
    bool is_loaded;
};

enum pal_place_kind {
    PAL_PLACE_CONTENT, /* the container is a csv */
    PAL_PLACE_GZIP,    /* the container is a csv, gzipped */
    PAL_PLACE_MEMBER,  /* a csv is member `index` of the container's archive */
    PAL_PLACE_SHEET,   /* sheet `index` of the container's workbook */
    PAL_PLACE_PARQUET
};

struct pal_place {
    enum pal_place_kind kind;
    size_t container;
    size_t index;
};

struct pal_source {
    struct pal_source_info info;
    struct pal_source_limits limits;
    struct pal_arena arena;       /* names */
    struct pal_released released; /* not open: the content is the caller's */
    struct pal_container *containers;
    size_t container_count;
    size_t container_room;
    struct pal_sheet_info *sheets;
    struct pal_place *places; /* one a sheet */
    size_t sheet_count;
    size_t sheet_room;
    struct pal_source_skip *skips;
    size_t skip_count;
    size_t skip_room;
    uint64_t member_count; /* of all archives together */
    bool reads_ahead;      /* sheets are inflated by a thread of their own */
};

/* contents.c: adds container 0 over the file's bytes and finds all sheets and skips. */
pal_status pal_contents_find(struct pal_source *source, struct pal_view content,
                             struct pal_error *err) PAL_MUST_USE;

/* container.c */
pal_status pal_container_add(struct pal_source *source, size_t parent, size_t member,
                             size_t *index, struct pal_error *err) PAL_MUST_USE;
pal_status pal_container_add_file(struct pal_source *source, struct pal_view content,
                                  struct pal_error *err) PAL_MUST_USE;
/* Brings a container into memory and keeps it there until the matching release. */
pal_status pal_container_use(struct pal_source *source, size_t index,
                             struct pal_error *err) PAL_MUST_USE;
void pal_container_release(struct pal_source *source, size_t index);
void pal_containers_close(struct pal_source *source);
/* What a zip is that is neither workbook nor a plain zip (.xlsb, .ods, .docx); `what` NULL
 * when it is one of these. */
struct pal_sniffed pal_archive_refusal(const struct pal_archive *archive);

#endif
