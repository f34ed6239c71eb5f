#include <inttypes.h>

#include "source/csv_internal.h"
#include "source/source_internal.h"

enum {
    /* Of 1000 records of a text in an archive, how many must have the same number of columns
     * for it to be a table. Prose with commas stays below half. */
    TABLE_AGREEMENT_MIN = 600,
    /* Bytes of a csv that are tried for UTF-8 before it is read; a byte beyond is found in
     * reading. All of a mapped file would count as the program's memory. */
    LOOK_SIZE_MAX = 16 * 1024 * 1024
};

/* A container on the way through the file. */
struct visit {
    size_t container;
    uint32_t depth;         /* zips around and including this */
    struct pal_view member; /* path within the file, "" outside an archive */
};

static pal_status look_at_content(struct pal_source *source, const struct visit *visit,
                                  struct pal_error *err);

static pal_status add_skip(struct pal_source *source, struct pal_view member,
                           const char *reason, struct pal_error *err)
{
    struct pal_source_skip *skips = source->skips;

    if (source->skip_count == source->skip_room) {
        size_t room = source->skip_room == 0 ? 8 : 2 * source->skip_room;

        skips = pal_realloc(skips, room, sizeof *skips);
        if (skips == NULL) {
            return pal_fail_memory(err);
        }
        source->skips = skips;
        source->skip_room = room;
    }
    skips[source->skip_count++] = (struct pal_source_skip){member, reason};
    return PAL_OK;
}

/* The file itself, or what a gzip file holds, is the error; within an archive it is a skip. */
static pal_status refuse(struct pal_source *source, struct pal_view member,
                         const struct pal_sniffed *sniffed, struct pal_error *err)
{
    if (member.size > 0) {
        return add_skip(source, member, sniffed->what, err);
    }
    if (sniffed->link.size > 0) {
        return pal_fail(err, PAL_INPUT, "it is %s (%.*s): %s", sniffed->what,
                        PAL_VIEW_ARG(sniffed->link), sniffed->advice);
    }
    return pal_fail(err, PAL_INPUT, "it is %s: %s", sniffed->what, sniffed->advice);
}

static pal_status refuse_as(struct pal_source *source, struct pal_view member,
                            const char *what, const char *advice, struct pal_error *err)
{
    struct pal_sniffed sniffed = {.what = what, .advice = advice};

    return refuse(source, member, &sniffed, err);
}

static pal_status add_sheet(struct pal_source *source,
                            const struct pal_sheet_info *info,
                            const struct pal_place *place, struct pal_error *err)
{
    struct pal_view name = {0};
    pal_status status;

    if (source->sheet_count == source->sheet_room) {
        size_t room = source->sheet_room == 0 ? 8 : 2 * source->sheet_room;
        struct pal_sheet_info *sheets;
        struct pal_place *places;

        sheets = pal_realloc(source->sheets, room, sizeof *sheets);
        if (sheets == NULL) {
            return pal_fail_memory(err);
        }
        source->sheets = sheets;
        places = pal_realloc(source->places, room, sizeof *places);
        if (places == NULL) {
            return pal_fail_memory(err);
        }
        source->places = places;
        source->sheet_room = room;
    }
    /* The workbook's own names go when it is let out of memory. */
    status = pal_arena_copy(&source->arena, info->name, &name, err);
    if (status != PAL_OK) {
        return status;
    }
    source->sheets[source->sheet_count] = *info;
    source->sheets[source->sheet_count].name = name;
    source->places[source->sheet_count] = *place;
    source->sheet_count++;
    return PAL_OK;
}

static pal_status add_workbook(struct pal_source *source, const struct visit *visit,
                               struct pal_error *err)
{
    const struct pal_workbook *workbook = source->containers[visit->container].workbook;
    size_t count = pal_workbook_sheet_count(workbook);

    for (size_t i = 0; i < count; i++) {
        struct pal_sheet_info info = pal_workbook_sheet_info(workbook, i);
        struct pal_place place = {PAL_PLACE_SHEET, visit->container, i};
        pal_status status;

        info.member = visit->member;
        info.form = PAL_FORM_XLSX;
        status = add_sheet(source, &info, &place, err);
        if (status != PAL_OK) {
            return status;
        }
    }
    return PAL_OK;
}

/* The beginning of a part, which is closed. */
static pal_status read_head(struct pal_part *part, struct pal_buffer *head,
                            bool *is_whole, struct pal_error *err)
{
    pal_status status = PAL_OK;

    *is_whole = false;
    pal_buffer_init(head, PAL_HEAD_SIZE);
    while (head->size < PAL_HEAD_SIZE) {
        struct pal_view piece;

        status = pal_part_read(part, &piece, err);
        if (status != PAL_OK || piece.size == 0) {
            *is_whole = status == PAL_OK;
            break;
        }
        if (piece.size > PAL_HEAD_SIZE - head->size) {
            piece.size = PAL_HEAD_SIZE - head->size;
        }
        pal_buffer_append_view(head, piece);
        status = pal_buffer_status(head, err);
        if (status != PAL_OK) {
            break;
        }
    }
    pal_part_close(part);
    return status;
}

/* What a container within this one holds: `member` of its archive, or its gunzipped bytes. */
static pal_status look_within(struct pal_source *source, const struct visit *visit,
                              size_t member, struct pal_view path,
                              struct pal_error *err)
{
    struct visit inner = {.depth = visit->depth, .member = path};
    pal_status status =
        pal_container_add(source, visit->container, member, &inner.container, err);

    if (status != PAL_OK) {
        return status;
    }
    status = pal_container_use(source, inner.container, err);
    if (status != PAL_OK) {
        return status;
    }
    status = look_at_content(source, &inner, err);
    pal_container_release(source, inner.container);
    return status;
}

/* Something whose beginning has been read, and how it would be opened as a csv. */
struct find {
    struct pal_view head;
    bool is_whole;
    struct pal_view member;
    uint64_t stored_size;
    struct pal_place place;
};

static pal_status judge(const struct find *find, struct pal_sniffed *sniffed,
                        struct pal_csv_look *look, struct pal_error *err)
{
    struct pal_view head = find->head;
    pal_status status;

    *sniffed = pal_sniff(find->head, find->is_whole);
    if (sniffed->content != PAL_CONTENT_TEXT) {
        return PAL_OK;
    }
    if (head.size > LOOK_SIZE_MAX) {
        head.size = LOOK_SIZE_MAX;
    }
    status =
        pal_csv_look(head, find->is_whole && head.size == find->head.size, look, err);
    if (status == PAL_INPUT) {
        *sniffed =
            (struct pal_sniffed){.content = PAL_CONTENT_REFUSED,
                                 .what = "neither text nor a kind of file known here",
                                 .advice = "give the table as xlsx or csv"};
        return PAL_OK;
    }
    /* Within an archive a text without columns is a note to the reader. */
    if (status == PAL_OK && find->place.kind == PAL_PLACE_MEMBER &&
        look->agreement < TABLE_AGREEMENT_MIN && !pal_name_is_table(find->member)) {
        *sniffed = (struct pal_sniffed){.content = PAL_CONTENT_REFUSED,
                                        .what = "a text without columns"};
    }
    return status;
}

static pal_status add_csv(struct pal_source *source, const struct find *find,
                          const struct pal_csv_look *look, struct pal_error *err)
{
    struct pal_view name =
        find->member.size > 0 ? pal_name_of_member(find->member) : source->info.file;
    struct pal_sheet_info info = {
        .name = pal_name_without_extensions(name),
        .member = find->member,
        .form = PAL_FORM_CSV,
        .encoding = look->encoding,
        .delimiter = look->delimiter,
        .stored_size = find->stored_size,
    };

    return add_sheet(source, &info, &find->place, err);
}

static pal_status add_parquet(struct pal_source *source, const struct find *find,
                              struct pal_error *err)
{
    struct pal_place place = {.kind = PAL_PLACE_PARQUET};
    struct pal_sheet_info info = {
        .name = pal_name_without_extensions(source->info.file),
        .member = find->member,
        .form = PAL_FORM_PARQUET,
        .stored_size = find->stored_size,
    };

    if (find->place.kind != PAL_PLACE_CONTENT || find->member.size > 0) {
        return refuse_as(source, find->member, "a parquet file in an archive",
                         "unpack it", err);
    }
    return add_sheet(source, &info, &place, err);
}

static pal_status look_at_archive(struct pal_source *source, const struct visit *visit,
                                  struct pal_error *err);
static pal_status look_at_gzip(struct pal_source *source, const struct visit *visit,
                               struct pal_error *err);

static pal_status take_find(struct pal_source *source, const struct visit *visit,
                            const struct find *find, struct pal_error *err)
{
    enum pal_place_kind kind = find->place.kind;
    struct pal_sniffed sniffed;
    struct pal_csv_look look = {0};
    pal_status status = judge(find, &sniffed, &look, err);

    if (status != PAL_OK) {
        return status;
    }
    switch (sniffed.content) {
    case PAL_CONTENT_TEXT:
        return add_csv(source, find, &look, err);
    case PAL_CONTENT_ZIP:
        if (kind == PAL_PLACE_CONTENT) {
            return look_at_archive(source, visit, err);
        }
        break;
    case PAL_CONTENT_GZIP:
        if (kind == PAL_PLACE_CONTENT) {
            return look_at_gzip(source, visit, err);
        }
        if (kind == PAL_PLACE_GZIP) {
            return refuse_as(source, find->member, "a gzip file within a gzip file",
                             "unpack it once", err);
        }
        break;
    case PAL_CONTENT_PARQUET:
        return add_parquet(source, find, err);
    case PAL_CONTENT_REFUSED:
        return refuse(source, find->member, &sniffed, err);
    }
    return look_within(source, visit,
                       kind == PAL_PLACE_GZIP ? SIZE_MAX : find->place.index,
                       find->member, err);
}

/* Takes a packed part by what it begins with; the part is closed by read_head. */
static pal_status look_at_part(struct pal_source *source, const struct visit *visit,
                               struct pal_part *part, struct find *find,
                               struct pal_error *err)
{
    struct pal_buffer head;
    pal_status status = read_head(part, &head, &find->is_whole, err);
    find->head = pal_buffer_view(&head);
    if (status == PAL_OK) {
        status = take_find(source, visit, find, err);
    }
    pal_buffer_clear(&head);
    return status;
}

static pal_status look_at_gzip(struct pal_source *source, const struct visit *visit,
                               struct pal_error *err)
{
    const struct pal_view content = source->containers[visit->container].content;
    struct find find = {
        .member = visit->member,
        .stored_size = content.size,
        .place = {PAL_PLACE_GZIP, visit->container, 0},
    };
    struct pal_part *part = NULL;
    pal_status status =
        pal_part_open_memory(content, true, &source->limits, &part, err);

    return status == PAL_OK ? look_at_part(source, visit, part, &find, err) : status;
}

static pal_status look_at_member(struct pal_source *source, const struct visit *visit,
                                 size_t index, struct pal_view path,
                                 struct pal_error *err)
{
    struct pal_archive *archive = source->containers[visit->container].archive;
    struct find find = {
        .member = path,
        .stored_size = pal_archive_stored_size(archive, index),
        .place = {PAL_PLACE_MEMBER, visit->container, index},
    };
    struct pal_part *part = NULL;
    pal_status status = pal_archive_open_part(archive, index, &part, err);

    return status == PAL_OK ? look_at_part(source, visit, part, &find, err) : status;
}

static pal_status look_at_members(struct pal_source *source, const struct visit *visit,
                                  struct pal_error *err)
{
    const struct pal_archive *archive = source->containers[visit->container].archive;
    size_t count = pal_archive_count(archive);

    source->member_count += count;
    if (source->member_count > source->limits.part_max) {
        return pal_fail(err, PAL_LIMIT,
                        "more than %" PRIu32
                        " members, the most that archives may have",
                        source->limits.part_max);
    }
    for (size_t i = 0; i < count; i++) {
        struct pal_view name = pal_archive_name(archive, i);
        struct pal_view path = {0};
        const char *reason = pal_name_skip_reason(name);
        pal_status status;

        if (name.size == 0 || pal_view_has_suffix(name, PAL_VIEW("/"))) {
            continue;
        }
        status = pal_arena_format(
            &source->arena, &path, err, "%.*s%s%.*s", PAL_VIEW_ARG(visit->member),
            visit->member.size > 0 ? "/" : "", PAL_VIEW_ARG(name));
        if (status == PAL_OK) {
            status = reason != NULL ? add_skip(source, path, reason, err)
                                    : look_at_member(source, visit, i, path, err);
        }
        if (status != PAL_OK) {
            return pal_while(err, status, "%.*s", PAL_VIEW_ARG(name));
        }
    }
    return PAL_OK;
}

static pal_status look_at_archive(struct pal_source *source, const struct visit *visit,
                                  struct pal_error *err)
{
    const struct pal_container *container = &source->containers[visit->container];
    struct pal_sniffed refusal = pal_archive_refusal(container->archive);
    struct visit inner = *visit;

    if (refusal.what != NULL) {
        return refuse(source, visit->member, &refusal, err);
    }
    if (container->workbook != NULL) {
        return add_workbook(source, visit, err);
    }
    inner.depth++;
    if (inner.depth > PAL_ARCHIVE_DEPTH_MAX) {
        return refuse_as(source, visit->member, "an archive nested too deep",
                         "unpack the outer ones", err);
    }
    return look_at_members(source, &inner, err);
}

static pal_status look_at_content(struct pal_source *source, const struct visit *visit,
                                  struct pal_error *err)
{
    struct pal_view content = source->containers[visit->container].content;
    struct find find = {
        .head = content,
        .is_whole = true,
        .member = visit->member,
        .stored_size = content.size,
        .place = {PAL_PLACE_CONTENT, visit->container, 0},
    };

    return take_find(source, visit, &find, err);
}

pal_status pal_contents_find(struct pal_source *source, struct pal_view content,
                             struct pal_error *err)
{
    struct visit visit = {0};
    pal_status status = pal_container_add_file(source, content, err);

    if (status != PAL_OK) {
        return status;
    }
    status = look_at_content(source, &visit, err);
    if (status != PAL_OK || source->sheet_count > 0) {
        return status;
    }
    if (source->skip_count > 0) {
        return pal_fail(
            err, PAL_INPUT,
            "the archive holds no table: %.*s is %s; give an archive of xlsx or "
            "csv files",
            PAL_VIEW_ARG(source->skips[0].member), source->skips[0].reason);
    }
    return pal_fail(err, PAL_INPUT,
                    "the archive or workbook holds nothing: fetch it again");
}
