#include "app/import.h"

#include <pthread.h>
#include <sys/stat.h>

/* What goes from the reader to the appender. */
enum load_kind { LOAD_BEGIN, LOAD_BATCH, LOAD_END, LOAD_DONE, LOAD_FAILED };

struct load {
    enum load_kind kind;
    size_t sheet;
    struct pal_harvest
        *harvest; /* of BEGIN: the reader's; of END: the appender's to close */
    struct pal_batch *batch;
    uint64_t bytes_read;
};

/* The reading side: gives one load after another. */
struct reader {
    const struct pal_dictionary *dictionary;
    struct pal_intake *intake;
    struct pal_intern *terms;
    struct pal_harvest_options options;
    size_t sheet;
    struct pal_harvest *harvest; /* NULL between sheets */
    bool is_sheet_end;
    struct pal_error err; /* why it stopped, with LOAD_FAILED */
    struct pal_queue *empty;
    struct pal_queue *full;
};

static pal_status begin_sheet(struct reader *reader)
{
    struct pal_row_stream *rows = NULL;
    pal_status st =
        pal_intake_open_sheet(reader->intake, reader->sheet, &rows, &reader->err);
    if (st != PAL_OK) {
        return st;
    }
    reader->options.sheet =
        pal_intake_borrow_info(reader->intake)->sheets[reader->sheet].name;
    reader->is_sheet_end = false;
    return pal_harvest_open(reader->dictionary, rows, reader->terms, &reader->options,
                            &reader->harvest, &reader->err);
}

static void read_load(struct reader *reader, struct load *load)
{
    pal_status st = PAL_OK;
    load->sheet = reader->sheet;
    if (reader->harvest == NULL) {
        if (reader->sheet == pal_intake_borrow_info(reader->intake)->sheet_count) {
            load->kind = LOAD_DONE;
            return;
        }
        st = begin_sheet(reader);
        load->kind = LOAD_BEGIN;
        load->harvest = reader->harvest;
    } else if (reader->is_sheet_end) {
        pal_intake_close_sheet(reader->intake);
        load->kind = LOAD_END;
        load->harvest = reader->harvest;
        reader->harvest = NULL;
        reader->sheet++;
    } else {
        load->kind = LOAD_BATCH;
        st = pal_harvest_next(reader->harvest, load->batch, &reader->is_sheet_end,
                              &reader->err);
    }
    load->bytes_read = pal_intake_bytes_read(reader->intake);
    if (st != PAL_OK) {
        reader->err.status = st;
        load->kind = LOAD_FAILED;
    }
}

static void *read_loads(void *argument)
{
    struct reader *reader = argument;
    bool is_last = false;
    while (!is_last) {
        struct load *load = pal_queue_take(reader->empty);
        if (load == NULL) {
            break;
        }
        read_load(reader, load);
        is_last = load->kind == LOAD_DONE || load->kind == LOAD_FAILED;
        if (!pal_queue_put(reader->full, load)) {
            if (load->kind == LOAD_END) {
                pal_harvest_close(load->harvest);
            }
            break;
        }
    }
    return NULL;
}

/* The appending side. */
struct appender {
    struct pal_importer *importer;
    const struct pal_source_info *info;
    struct pal_view release;
    int32_t file_id;
    int32_t sheet_id;
    struct pal_import_result *result;
};

static pal_status take_end(struct appender *appender, struct load *load,
                           struct pal_error *err)
{
    const struct pal_account *account = pal_harvest_borrow_account(load->harvest);
    pal_status st = pal_store_end_sheet(appender->importer->store, appender->sheet_id,
                                        account, err);
    appender->result->row_stored_count += account->row_stored_count;
    appender->result->row_rejected_count += account->row_rejected_count;
    pal_harvest_close(load->harvest);
    load->harvest = NULL;
    return st;
}

static pal_status take_load(struct appender *appender, struct load *load,
                            struct pal_error *err)
{
    struct pal_importer *importer = appender->importer;
    enum pal_table table;
    switch (load->kind) {
    case LOAD_BEGIN:
        table = pal_harvest_borrow_account(load->harvest)->table;
        appender->result->tables |= 1U << (unsigned)table;
        return pal_store_begin_sheet(importer->store, appender->file_id,
                                     &appender->info->sheets[load->sheet], table,
                                     &appender->sheet_id, err);
    case LOAD_BATCH:
        importer->rows_done += load->batch->row_count;
        pal_progress_report(
            &importer->bar.progress, appender->info->file, importer->rows_done,
            importer->bytes_done + load->bytes_read, importer->bytes_total);
        return pal_store_append(importer->store, appender->sheet_id, load->batch, err);
    case LOAD_END:
        return take_end(appender, load, err);
    case LOAD_DONE:
    case LOAD_FAILED:
        break;
    }
    return PAL_OK;
}

static pal_status fail_as_read(const struct reader *reader, struct pal_error *err)
{
    return pal_fail(err, reader->err.status, "%s", reader->err.text);
}

static pal_status run_in_turn(struct reader *reader, struct appender *appender,
                              struct load *load, struct pal_error *err)
{
    pal_status st = PAL_OK;
    do {
        read_load(reader, load);
        st = load->kind == LOAD_FAILED ? fail_as_read(reader, err)
                                       : take_load(appender, load, err);
    } while (st == PAL_OK && load->kind != LOAD_DONE);
    return st;
}

/* Takes loads until the last one or the first failure. */
static pal_status append_loads(struct reader *reader, struct appender *appender,
                               struct pal_error *err)
{
    pal_status st = PAL_OK;
    bool is_last = false;
    while (st == PAL_OK && !is_last) {
        struct load *load = pal_queue_take(reader->full);
        is_last = load->kind == LOAD_DONE || load->kind == LOAD_FAILED;
        st = load->kind == LOAD_FAILED ? fail_as_read(reader, err)
                                       : take_load(appender, load, err);
        bool is_put = is_last || pal_queue_put(reader->empty, load);
        PAL_BUG_IF(!is_put);
    }
    return st;
}

/* What was read and not appended, after a failure. */
static void drop_loads(struct pal_queue *queue)
{
    struct load *load = NULL;
    while ((load = pal_queue_take(queue)) != NULL) {
        if (load->kind == LOAD_END) {
            pal_harvest_close(load->harvest);
        }
    }
}

static pal_status run_in_two(struct reader *reader, struct appender *appender,
                             struct load *loads, struct pal_error *err)
{
    pthread_t thread;
    pal_status st;
    for (size_t i = 0; i < PAL_IMPORT_BATCH_COUNT; i++) {
        PAL_BUG_IF(!pal_queue_put(reader->empty, &loads[i]));
    }
    if (pthread_create(&thread, NULL, read_loads, reader) != 0) {
        return pal_fail(err, PAL_LIMIT,
                        "cannot start a reading thread; try again with --threads 1");
    }
    st = append_loads(reader, appender, err);
    pal_queue_close(reader->empty);
    pal_queue_close(reader->full);
    int joined = pthread_join(thread, NULL);
    PAL_BUG_IF(joined != 0);
    drop_loads(reader->full);
    return st;
}

static pal_status run_both(struct reader *reader, struct appender *appender,
                           struct pal_error *err)
{
    struct load loads[PAL_IMPORT_BATCH_COUNT] = {{0}};
    bool is_alone = appender->importer->app->thread_count == 1;
    pal_status st = pal_queue_new(PAL_IMPORT_BATCH_COUNT, &reader->empty, err);
    if (st == PAL_OK) {
        st = pal_queue_new(PAL_IMPORT_BATCH_COUNT, &reader->full, err);
    }
    for (size_t i = 0; st == PAL_OK && i < (is_alone ? 1 : PAL_IMPORT_BATCH_COUNT);
         i++) {
        st = pal_batch_new(&loads[i].batch, err);
    }
    if (st == PAL_OK) {
        st = is_alone ? run_in_turn(reader, appender, &loads[0], err)
                      : run_in_two(reader, appender, loads, err);
    }
    for (size_t i = 0; i < PAL_IMPORT_BATCH_COUNT; i++) {
        pal_batch_free(loads[i].batch);
    }
    pal_queue_free(reader->empty);
    pal_queue_free(reader->full);
    pal_harvest_close(reader->harvest);
    return st;
}

/* Within the file's transaction. */
static pal_status import_rows(struct pal_importer *importer, struct pal_intake *intake,
                              struct pal_view release, struct pal_import_result *result,
                              struct pal_error *err)
{
    struct reader reader = {.dictionary = importer->dictionary, .intake = intake};
    struct appender appender = {.importer = importer,
                                .info = pal_intake_borrow_info(intake),
                                .release = release,
                                .result = result};
    pal_status st = pal_store_borrow_terms(importer->store, &reader.terms, err);
    reader.options = (struct pal_harvest_options){
        .release = release,
        .digest_hex = pal_intake_borrow_hex(intake),
        .key = pal_store_borrow_key(importer->store),
        .keep_ids = pal_store_has_kept_ids(importer->store),
    };
    if (st == PAL_OK) {
        st = pal_store_begin_file(importer->store, appender.info, release,
                                  &appender.file_id, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    st = run_both(&reader, &appender, err);
    if (st == PAL_OK) {
        st = pal_store_commit_file(importer->store, err);
    }
    if (st != PAL_OK) {
        pal_store_abort_file(importer->store);
    }
    return st;
}

pal_status pal_import_file(struct pal_importer *importer, const char *path,
                           const char *release, struct pal_import_result *result,
                           struct pal_error *err)
{
    struct pal_intake *intake = NULL;
    struct pal_buffer name;
    bool has_file = false;
    pal_status st;
    *result = (struct pal_import_result){0};
    pal_buffer_init(&name, PAL_ERROR_TEXT_MAX);
    st = pal_intake_open(path, &intake, err);
    if (st == PAL_OK) {
        result->digest = pal_intake_borrow_info(intake)->digest;
        st = pal_store_has_file(importer->store, &result->digest, &has_file, err);
    }
    if (st == PAL_OK && !has_file) {
        if (release != NULL) {
            pal_buffer_append_text(&name, release);
        } else {
            st = pal_intake_release(intake, importer->dictionary, &name, err);
        }
        if (st == PAL_OK) {
            st = import_rows(importer, intake, pal_buffer_view(&name), result, err);
        }
        result->is_new = st == PAL_OK;
    }
    if (intake != NULL) {
        importer->bytes_done += pal_intake_borrow_info(intake)->size;
    }
    pal_buffer_clear(&name);
    pal_intake_close(intake);
    pal_bar_clear(&importer->bar);
    return st;
}

void pal_importer_init(struct pal_importer *importer, struct pal_app *app,
                       struct pal_store *store, const struct pal_dictionary *dictionary,
                       const char *const *paths, size_t path_count)
{
    *importer =
        (struct pal_importer){.app = app, .store = store, .dictionary = dictionary};
    pal_bar_init(&importer->bar, app);
    for (size_t i = 0; i < path_count; i++) {
        struct stat about;
        if (stat(paths[i], &about) == 0) {
            importer->bytes_total += (uint64_t)about.st_size;
        }
    }
}
