#include "app/import.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>

#include "app/import_reader.h"

extern const struct pal_asset_table pal_app_assets;

/* What both threads know. */
struct crossing {
    struct pal_reader *reader;
    struct pal_queue *empty;
    struct pal_queue *full;
    struct pal_queue *go_on; /* one token for each file whose texts are stored */
};

static void *read_loads(void *argument)
{
    struct crossing *crossing = argument;
    struct pal_load *load = NULL;
    bool is_last = false;
    while (!is_last && (load = pal_queue_take(crossing->empty)) != NULL) {
        pal_reader_next(crossing->reader, load);
        /* The taker may fill the load again as soon as it has it. */
        bool is_file_end = load->kind == PAL_LOAD_FILE_END;
        bool is_sheet_end = load->kind == PAL_LOAD_END;
        is_last = pal_load_is_last(load);
        if (!pal_queue_put(crossing->full, load)) {
            if (is_sheet_end) {
                pal_harvest_close(load->harvest);
            }
            break;
        }
        if (is_file_end && pal_queue_take(crossing->go_on) == NULL) {
            break;
        }
    }
    return NULL;
}

/* The appending side. */
struct appender {
    struct pal_importer *importer;
    struct pal_reader *reader;
    struct pal_queue *go_on; /* NULL: there is one thread */
    pal_import_told told;
    void *context;
    int32_t file_id;
    int32_t sheet_id;
    struct pal_import_result result;
};

static const struct pal_source_info *info_of(const struct appender *appender,
                                             const struct pal_load *load)
{
    return pal_intake_borrow_info(appender->reader->files[load->file].intake);
}

/* What both a file that was read and one that was not end with. */
static void leave_file(struct appender *appender, const struct pal_load *load)
{
    struct pal_importer *importer = appender->importer;
    struct pal_read_file *file = &appender->reader->files[load->file];
    importer->bytes_done += info_of(appender, load)->size;
    pal_bar_clear(&importer->bar);
    appender->result.info = info_of(appender, load);
    appender->told(appender->context, load->file, &appender->result);
    pal_intake_close(file->intake);
    file->intake = NULL;
}

static pal_status take_file(struct appender *appender, const struct pal_load *load,
                            struct pal_error *err)
{
    const struct pal_read_file *file = &appender->reader->files[load->file];
    appender->result = (struct pal_import_result){.digest = file->digest};
    if (load->kind == PAL_LOAD_KNOWN) {
        leave_file(appender, load);
        return PAL_OK;
    }
    return pal_store_begin_file(appender->importer->store, info_of(appender, load),
                                pal_buffer_view(&file->release), &appender->file_id,
                                err);
}

static pal_status take_sheet(struct appender *appender, const struct pal_load *load,
                             struct pal_error *err)
{
    enum pal_table table = pal_harvest_borrow_account(load->harvest)->table;
    appender->result.tables |= 1U << (unsigned)table;
    return pal_store_begin_sheet(appender->importer->store, appender->file_id,
                                 &info_of(appender, load)->sheets[load->sheet], table,
                                 &appender->sheet_id, err);
}

static pal_status take_batch(struct appender *appender, const struct pal_load *load,
                             struct pal_error *err)
{
    struct pal_importer *importer = appender->importer;
    importer->rows_done += load->batch->row_count;
    pal_progress_report(&importer->bar.progress, info_of(appender, load)->file,
                        importer->rows_done, importer->bytes_done + load->bytes_read,
                        importer->bytes_total);
    return pal_store_append(importer->store, appender->sheet_id, load->batch, err);
}

static pal_status take_end(struct appender *appender, struct pal_load *load,
                           struct pal_error *err)
{
    const struct pal_account *account = pal_harvest_borrow_account(load->harvest);
    pal_status st = pal_store_end_sheet(appender->importer->store, appender->sheet_id,
                                        account, err);
    appender->result.row_stored_count += account->row_stored_count;
    appender->result.row_rejected_count += account->row_rejected_count;
    pal_harvest_close(load->harvest);
    load->harvest = NULL;
    return st;
}

/* The reader goes on with the next file while this one is committed. */
static pal_status take_file_end(struct appender *appender, const struct pal_load *load,
                                struct pal_error *err)
{
    struct pal_store *store = appender->importer->store;
    pal_status st = pal_store_end_rows(store, err);
    if (st == PAL_OK && appender->go_on != NULL) {
        bool is_put = pal_queue_put(appender->go_on, appender);
        PAL_BUG_IF(!is_put);
    }
    if (st == PAL_OK) {
        st = pal_store_commit_file(store, err);
    }
    if (st == PAL_OK) {
        appender->result.is_new = true;
        leave_file(appender, load);
    }
    return st;
}

static pal_status take_load(struct appender *appender, struct pal_load *load,
                            struct pal_error *err)
{
    switch (load->kind) {
    case PAL_LOAD_KNOWN:
    case PAL_LOAD_FILE:
        return take_file(appender, load, err);
    case PAL_LOAD_SHEET:
        return take_sheet(appender, load, err);
    case PAL_LOAD_BATCH:
        return take_batch(appender, load, err);
    case PAL_LOAD_END:
        return take_end(appender, load, err);
    case PAL_LOAD_FILE_END:
        return take_file_end(appender, load, err);
    case PAL_LOAD_DONE:
        break;
    case PAL_LOAD_FAILED:
        return pal_fail(err, appender->reader->err.status, "%s",
                        appender->reader->err.text);
    }
    return PAL_OK;
}

static pal_status run_in_turn(struct appender *appender, struct pal_load *load,
                              struct pal_error *err)
{
    pal_status st = pal_store_prepare(appender->importer->store, err);
    bool is_last = false;
    while (st == PAL_OK && !is_last) {
        pal_reader_next(appender->reader, load);
        is_last = pal_load_is_last(load);
        st = take_load(appender, load, err);
    }
    return st;
}

/* Takes loads until the last one or the first failure. A new study's tables are made while
 * the reader is at work already. */
static pal_status append_loads(struct crossing *crossing, struct appender *appender,
                               struct pal_error *err)
{
    pal_status st = pal_store_prepare(appender->importer->store, err);
    bool is_last = false;
    while (st == PAL_OK && !is_last) {
        struct pal_load *load = pal_queue_take(crossing->full);
        is_last = pal_load_is_last(load);
        st = take_load(appender, load, err);
        bool is_put = is_last || pal_queue_put(crossing->empty, load);
        PAL_BUG_IF(!is_put);
    }
    return st;
}

/* What was read and not appended, after a failure. */
static void drop_loads(struct pal_queue *queue)
{
    struct pal_load *load = NULL;
    while ((load = pal_queue_take(queue)) != NULL) {
        if (load->kind == PAL_LOAD_END) {
            pal_harvest_close(load->harvest);
        }
    }
}

static pal_status run_in_two(struct crossing *crossing, struct appender *appender,
                             struct pal_load *loads, struct pal_error *err)
{
    pthread_t thread;
    pal_status st;
    for (size_t i = 0; i < PAL_IMPORT_BATCH_COUNT; i++) {
        PAL_BUG_IF(!pal_queue_put(crossing->empty, &loads[i]));
    }
    if (pthread_create(&thread, NULL, read_loads, crossing) != 0) {
        return pal_fail(err, PAL_LIMIT,
                        "cannot start a reading thread; try again with --threads 1");
    }
    st = append_loads(crossing, appender, err);
    pal_queue_close(crossing->empty);
    pal_queue_close(crossing->full);
    pal_queue_close(crossing->go_on);
    int joined = pthread_join(thread, NULL);
    PAL_BUG_IF(joined != 0);
    drop_loads(crossing->full);
    return st;
}

static pal_status run_both(struct crossing *crossing, struct appender *appender,
                           struct pal_error *err)
{
    struct pal_load loads[PAL_IMPORT_BATCH_COUNT] = {{0}};
    bool is_alone = appender->importer->app->thread_count == 1;
    pal_status st = pal_queue_new(PAL_IMPORT_BATCH_COUNT, &crossing->empty, err);
    if (st == PAL_OK) {
        st = pal_queue_new(PAL_IMPORT_BATCH_COUNT, &crossing->full, err);
    }
    if (st == PAL_OK) {
        st = pal_queue_new(1, &crossing->go_on, err);
    }
    for (size_t i = 0; st == PAL_OK && i < (is_alone ? 1 : PAL_IMPORT_BATCH_COUNT);
         i++) {
        st = pal_batch_new(&loads[i].batch, err);
    }
    if (st == PAL_OK) {
        appender->go_on = is_alone ? NULL : crossing->go_on;
        st = is_alone ? run_in_turn(appender, &loads[0], err)
                      : run_in_two(crossing, appender, loads, err);
    }
    for (size_t i = 0; i < PAL_IMPORT_BATCH_COUNT; i++) {
        pal_batch_free(loads[i].batch);
    }
    pal_queue_free(crossing->empty);
    pal_queue_free(crossing->full);
    pal_queue_free(crossing->go_on);
    return st;
}

static pal_status add_known(struct pal_reader *reader, struct pal_view hex,
                            struct pal_error *err)
{
    size_t room = reader->known_count + 1 + reader->file_count;
    void *grown = pal_realloc(reader->known, room, sizeof *reader->known);
    if (grown == NULL) {
        return pal_fail_memory(err);
    }
    reader->known = grown;
    (void)snprintf(reader->known[reader->known_count].hex, sizeof reader->known[0].hex,
                   "%.*s", PAL_VIEW_ARG(hex));
    reader->known_count++;
    return PAL_OK;
}

/* The digests of the files in the study, with room for those to come. */
static pal_status load_known(struct pal_importer *importer, struct pal_reader *reader,
                             struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status st = PAL_OK;
    reader->known = pal_alloc_zero(reader->file_count + 1, sizeof *reader->known);
    if (reader->known == NULL) {
        return pal_fail_memory(err);
    }
    if (pal_store_is_unmade(importer->store)) {
        return PAL_OK;
    }
    st =
        pal_store_query(importer->store, pal_asset_find(&pal_app_assets, "digests.sql"),
                        NULL, 0, &cursor, err);
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    while (st == PAL_OK && row != NULL) {
        st = add_known(reader, row[0].text, err);
        if (st == PAL_OK) {
            st = pal_cursor_next(cursor, &row, err);
        }
    }
    pal_cursor_close(cursor);
    return st;
}

static pal_status make_reader(struct pal_importer *importer, struct pal_reader *reader,
                              struct pal_error *err)
{
    reader->files = pal_alloc_zero(reader->file_count + 1, sizeof *reader->files);
    if (reader->files == NULL) {
        return pal_fail_memory(err);
    }
    for (size_t i = 0; i < reader->file_count; i++) {
        pal_buffer_init(&reader->files[i].release, PAL_ERROR_TEXT_MAX);
    }
    pal_status st = load_known(importer, reader, err);
    return st == PAL_OK ? pal_store_borrow_terms(importer->store, &reader->terms, err)
                        : st;
}

pal_status pal_import_files(struct pal_importer *importer,
                            const struct pal_import_wish *wishes, size_t wish_count,
                            pal_import_told told, void *context, struct pal_error *err)
{
    struct pal_reader reader = {
        .dictionary = importer->dictionary,
        .wishes = wishes,
        .first = importer->first,
        .file_count = wish_count,
        .key = pal_store_borrow_key(importer->store),
        .keep_ids = pal_store_has_kept_ids(importer->store),
        .reads_ahead = importer->app->thread_count != 1,
    };
    struct appender appender = {
        .importer = importer, .reader = &reader, .told = told, .context = context};
    struct crossing crossing = {.reader = &reader};
    pal_status st = make_reader(importer, &reader, err);
    if (st == PAL_OK) {
        st = run_both(&crossing, &appender, err);
    }
    pal_reader_clear(&reader);
    pal_store_abort_file(importer->store); /* nothing, unless the last one failed */
    pal_store_end_files(importer->store);
    pal_bar_clear(&importer->bar);
    return st;
}

void pal_importer_init(struct pal_importer *importer, struct pal_app *app,
                       struct pal_store *store, const struct pal_dictionary *dictionary,
                       const struct pal_import_wish *wishes, size_t wish_count)
{
    *importer =
        (struct pal_importer){.app = app, .store = store, .dictionary = dictionary};
    pal_bar_init(&importer->bar, app);
    for (size_t i = 0; i < wish_count; i++) {
        struct stat about;
        if (stat(wishes[i].path, &about) == 0) {
            importer->bytes_total += (uint64_t)about.st_size;
        }
    }
}
