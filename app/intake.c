#include "app/intake.h"

#include <string.h>
#include <sys/stat.h>

#include "store/store.h"

enum { DIGEST_SHOWN = 12 };

struct pal_intake {
    struct pal_row_stream rows; /* first, so that `next` finds its intake */
    struct pal_source *source;
    const struct pal_source_info *info;
    struct pal_sheet *sheet;
    struct pal_parquet *parquet;
    size_t index;        /* of the open sheet */
    uint64_t bytes_done; /* of the sheets before it */
    char hex[PAL_DIGEST_HEX_SIZE + 1];
};

static pal_status next_row(struct pal_row_stream *self, struct pal_row *row,
                           struct pal_error *err)
{
    struct pal_intake *intake = (struct pal_intake *)self;
    return pal_sheet_next(intake->sheet, row, err);
}

pal_status pal_intake_open(const char *path, struct pal_intake **out,
                           struct pal_error *err)
{
    pal_status st;
    struct pal_intake *intake = pal_alloc_zero(1, sizeof *intake);
    *out = NULL;
    if (intake == NULL) {
        return pal_fail_memory(err);
    }
    intake->rows.next = next_row;
    st = pal_source_open(path, NULL, &intake->source, err);
    if (st != PAL_OK) {
        pal_intake_close(intake);
        return st;
    }
    intake->info = pal_source_borrow_info(intake->source);
    pal_digest_hex(&intake->info->digest, intake->hex);
    *out = intake;
    return PAL_OK;
}

void pal_intake_close(struct pal_intake *intake)
{
    if (intake == NULL) {
        return;
    }
    pal_sheet_close(intake->sheet);
    pal_parquet_close(intake->parquet);
    pal_source_close(intake->source);
    pal_free(intake);
}

const struct pal_source_info *pal_intake_borrow_info(const struct pal_intake *intake)
{
    return intake->info;
}

struct pal_view pal_intake_borrow_hex(const struct pal_intake *intake)
{
    return pal_view_of(intake->hex);
}

void pal_intake_close_sheet(struct pal_intake *intake)
{
    if (intake->sheet != NULL || intake->parquet != NULL) {
        intake->bytes_done += intake->info->sheets[intake->index].stored_size;
    }
    pal_sheet_close(intake->sheet);
    pal_parquet_close(intake->parquet);
    intake->sheet = NULL;
    intake->parquet = NULL;
}

pal_status pal_intake_open_sheet(struct pal_intake *intake, size_t index,
                                 struct pal_row_stream **rows, struct pal_error *err)
{
    pal_status st;
    *rows = NULL;
    pal_intake_close_sheet(intake);
    intake->index = index;
    if (intake->info->sheets[index].form == PAL_FORM_PARQUET) {
        /* The path is the operand's, NUL-terminated. */
        st = pal_parquet_open(intake->info->path.data, &intake->parquet, err);
        if (st == PAL_OK) {
            *rows = pal_parquet_borrow_rows(intake->parquet);
        }
        return st;
    }
    st = pal_sheet_open(intake->source, index, &intake->sheet, err);
    if (st == PAL_OK) {
        *rows = &intake->rows;
    }
    return st;
}

void pal_intake_warm(struct pal_intake *intake)
{
    struct pal_row_stream *rows = NULL;
    if (intake->info->sheet_count == 0 ||
        intake->info->sheets[0].form == PAL_FORM_PARQUET) {
        return;
    }
    pal_status st = pal_intake_open_sheet(intake, 0, &rows, NULL);
    (void)st;
    pal_intake_close_sheet(intake);
    intake->bytes_done = 0;
}

void pal_intake_read_ahead(struct pal_intake *intake)
{
    pal_source_read_ahead(intake->source);
}

uint64_t pal_intake_bytes_read(const struct pal_intake *intake)
{
    uint64_t own = intake->sheet != NULL ? pal_sheet_bytes_read(intake->sheet) : 0;
    return intake->bytes_done + own;
}

/* Only the first rows of the sheet are read: the harvest finds its header in them. */
static pal_status look_for_release(struct pal_intake *intake, size_t index,
                                   const struct pal_dictionary *dictionary,
                                   struct pal_buffer *out, struct pal_error *err)
{
    static const uint8_t no_key[PAL_KEY_SIZE] = {0};
    struct pal_harvest_options options = {.sheet = intake->info->sheets[index].name,
                                          .digest_hex = pal_view_of(intake->hex),
                                          .key = no_key};
    struct pal_row_stream *rows = NULL;
    struct pal_intern *terms = NULL;
    struct pal_harvest *harvest = NULL;
    pal_status st = pal_intern_new(&terms, err);
    if (st == PAL_OK) {
        st = pal_intake_open_sheet(intake, index, &rows, err);
    }
    if (st == PAL_OK) {
        st = pal_harvest_open(dictionary, rows, terms, &options, &harvest, err);
    }
    if (st == PAL_OK) {
        pal_buffer_append_view(out, pal_harvest_borrow_account(harvest)->release);
    }
    pal_harvest_close(harvest);
    pal_intern_free(terms);
    pal_intake_close_sheet(intake);
    intake->bytes_done = 0;
    return st;
}

pal_status pal_intake_release(struct pal_intake *intake,
                              const struct pal_dictionary *dictionary,
                              struct pal_buffer *out, struct pal_error *err)
{
    for (size_t i = 0; i < intake->info->sheet_count && out->size == 0; i++) {
        pal_status st = look_for_release(intake, i, dictionary, out, err);
        if (st != PAL_OK) {
            return st;
        }
    }
    if (out->size == 0) {
        pal_buffer_append_format(out, "%.*s (%.*s)", PAL_VIEW_ARG(intake->info->file),
                                 (int)DIGEST_SHOWN, intake->hex);
    }
    return pal_buffer_status(out, err);
}

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

struct path_list {
    struct pal_arena *arena;
    const char **paths;
    size_t count;
    size_t room;
};

static pal_status add_paths(struct path_list *list, const char *const *paths,
                            size_t count, struct pal_error *err)
{
    if (list->count + count > list->room) {
        void *memory = NULL;
        size_t room = (list->count + count) * 2;
        pal_status st =
            pal_arena_alloc(list->arena, room, sizeof *list->paths, &memory, err);
        if (st != PAL_OK) {
            return st;
        }
        if (list->count > 0) {
            memcpy(memory, list->paths, list->count * sizeof *list->paths);
        }
        list->paths = memory;
        list->room = room;
    }
    if (count > 0) {
        memcpy(list->paths + list->count, paths, count * sizeof *paths);
    }
    list->count += count;
    return PAL_OK;
}

/* A file of a folder that is meant to hold a table, by the end of its name: a README beside
 * the releases is not. A file named one by one is always looked at. */
static bool is_table_name(const char *path)
{
    static const char *const ends[] = {".csv", ".tsv",  ".tab",    ".txt",
                                       ".psv", ".xlsx", ".xlsm",   ".xls",
                                       ".gz",  ".zip",  ".parquet"};
    struct pal_view name = pal_path_name(path);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct pal_view end = pal_view_of(ends[i]);
        if (name.size > end.size &&
            pal_view_is_equal_fold(
                (struct pal_view){name.data + name.size - end.size, end.size}, end)) {
            return true;
        }
    }
    return false;
}

static pal_status add_folder(struct path_list *list, const char *folder,
                             struct pal_error *err)
{
    const char *const *found = NULL;
    size_t found_count = 0;
    size_t before = list->count;
    pal_status st = pal_folder_list(folder, list->arena, &found, &found_count, err);
    for (size_t i = 0; st == PAL_OK && i < found_count; i++) {
        if (is_table_name(found[i])) {
            st = add_paths(list, &found[i], 1, err);
        }
    }
    if (st == PAL_OK && list->count == before) {
        st = pal_fail(err, PAL_INPUT,
                      "%s is a folder without csv, xlsx, zip, gz or parquet files",
                      folder);
    }
    return st;
}

pal_status pal_intake_expand(const char *const *operands, size_t operand_count,
                             struct pal_arena *arena, const char *const **paths,
                             size_t *count, struct pal_error *err)
{
    struct path_list list = {.arena = arena};
    pal_status st = PAL_OK;
    *paths = NULL;
    *count = 0;
    for (size_t i = 0; st == PAL_OK && i < operand_count; i++) {
        st = is_folder(operands[i]) ? add_folder(&list, operands[i], err)
                                    : add_paths(&list, &operands[i], 1, err);
    }
    *paths = list.paths;
    *count = list.count;
    return st;
}
