#include "source/source_internal.h"

static void unload(struct pal_container *container)
{
    pal_workbook_close(container->workbook);
    pal_archive_close(container->archive);
    container->workbook = NULL;
    container->archive = NULL;
    pal_buffer_clear(&container->copy);
    container->content = (struct pal_view){0};
    container->is_loaded = false;
}

static void unload_idle(struct pal_source *source)
{
    for (size_t i = 1; i < source->container_count; i++) {
        if (source->containers[i].user_count == 0) {
            unload(&source->containers[i]);
        }
    }
}

/* Copies what the container holds out of its parent, which is in memory. */
static pal_status copy_content(struct pal_source *source,
                               struct pal_container *container, struct pal_error *err)
{
    const struct pal_container *parent = &source->containers[container->parent];
    uint64_t size_max = source->limits.inflated_size_max;
    struct pal_part *part = NULL;
    pal_status status;

    if (container->member == SIZE_MAX) {
        status =
            pal_part_open_memory(parent->content, true, &source->limits, &part, err);
    } else {
        status = pal_archive_open_part(parent->archive, container->member, &part, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    if (size_max > PAL_COPY_SIZE_MAX) {
        size_max = PAL_COPY_SIZE_MAX;
    }
    pal_buffer_init(&container->copy, (size_t)size_max);
    status = pal_part_read_all(part, &container->copy, err);
    pal_part_close(part);
    if (status == PAL_OK) {
        container->content = pal_buffer_view(&container->copy);
    }
    return status;
}

/* A zip is opened as archive, and as workbook if it is one. */
static pal_status open_archive(struct pal_source *source,
                               struct pal_container *container, struct pal_error *err)
{
    pal_status status;

    if (pal_sniff(container->content, true).content != PAL_CONTENT_ZIP) {
        return PAL_OK;
    }
    status =
        pal_archive_open(container->content, &source->limits, &container->archive, err);
    if (status != PAL_OK || pal_archive_refusal(container->archive).what != NULL) {
        return status;
    }
    if (pal_archive_find(container->archive, PAL_VIEW("xl/workbook.xml")) != SIZE_MAX ||
        pal_archive_find(container->archive, PAL_VIEW("[Content_Types].xml")) !=
            SIZE_MAX) {
        return pal_workbook_open(container->archive, &source->limits,
                                 &container->workbook, err);
    }
    return PAL_OK;
}

struct pal_sniffed pal_archive_refusal(const struct pal_archive *archive)
{
    static const struct {
        struct pal_view member;
        const char *what;
        const char *advice;
    } others[] = {
        {{"xl/workbook.bin", 15},
         "a binary workbook (.xlsb)",
         "open it in a spreadsheet program and save it as .xlsx"},
        {{"content.xml", 11},
         "an OpenDocument file (.ods or the like)",
         "open it in a spreadsheet program and save it as .xlsx"},
        {{"word/document.xml", 17},
         "a text document (.docx)",
         "copy its tables into a spreadsheet and save it as .xlsx"},
        {{"ppt/presentation.xml", 20},
         "a presentation (.pptx)",
         "copy its tables into a spreadsheet and save it as .xlsx"},
    };
    bool has_mimetype = pal_archive_find(archive, PAL_VIEW("mimetype")) != SIZE_MAX;
    bool has_types =
        pal_archive_find(archive, PAL_VIEW("[Content_Types].xml")) != SIZE_MAX;

    for (size_t i = 0;
         (has_mimetype || has_types) && i < sizeof others / sizeof *others; i++) {
        if (pal_archive_find(archive, others[i].member) != SIZE_MAX) {
            return (struct pal_sniffed){.content = PAL_CONTENT_REFUSED,
                                        .what = others[i].what,
                                        .advice = others[i].advice};
        }
    }
    return (struct pal_sniffed){.content = PAL_CONTENT_ZIP};
}

pal_status pal_container_add(struct pal_source *source, size_t parent, size_t member,
                             size_t *index, struct pal_error *err)
{
    struct pal_container *containers;

    *index = 0;
    if (source->container_count == source->container_room) {
        size_t room = source->container_room == 0 ? 4 : 2 * source->container_room;

        containers = pal_realloc(source->containers, room, sizeof *containers);
        if (containers == NULL) {
            return pal_fail_memory(err);
        }
        source->containers = containers;
        source->container_room = room;
    }
    *index = source->container_count++;
    source->containers[*index] =
        (struct pal_container){.parent = parent, .member = member};
    return PAL_OK;
}

pal_status pal_container_add_file(struct pal_source *source, struct pal_view content,
                                  struct pal_error *err)
{
    size_t index;
    pal_status status = pal_container_add(source, 0, SIZE_MAX, &index, err);

    if (status != PAL_OK) {
        return status;
    }
    source->containers[index].content = content;
    source->containers[index].is_loaded = true;
    source->containers[index].user_count = 1;
    return open_archive(source, &source->containers[index], err);
}

pal_status pal_container_use(struct pal_source *source, size_t index,
                             struct pal_error *err)
{
    struct pal_container *container = &source->containers[index];
    pal_status status;

    if (!container->is_loaded) {
        status = pal_container_use(source, container->parent, err);
        if (status != PAL_OK) {
            return status;
        }
        unload_idle(source);
        status = copy_content(source, container, err);
        pal_container_release(source, container->parent);
        if (status == PAL_OK) {
            status = open_archive(source, container, err);
        }
        if (status != PAL_OK) {
            unload(container);
            return status;
        }
        container->is_loaded = true;
    }
    container->user_count++;
    return PAL_OK;
}

void pal_container_release(struct pal_source *source, size_t index)
{
    PAL_BUG_IF(source->containers[index].user_count == 0);
    source->containers[index].user_count--;
}

void pal_containers_close(struct pal_source *source)
{
    for (size_t i = 0; i < source->container_count; i++) {
        unload(&source->containers[i]);
    }
    pal_free(source->containers);
    source->containers = NULL;
    source->container_count = 0;
}
