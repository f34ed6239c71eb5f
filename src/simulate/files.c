/*
 * The release's files: one a table and fiscal year, each written by one thread from its own
 * stream, whole or not at all. Which thread takes which file changes nothing in it.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "simulate/simulate_internal.h"

const char *const pal_sim_table_names[PAL_SIMULATE_TABLE_COUNT] = {
    [PAL_SIMULATE_ARREST] = "Admin Arrests",
    [PAL_SIMULATE_DETAINER] = "Detainers",
    [PAL_SIMULATE_STINT] = "Detentions",
};
static const char *const suffixes[] = {
    [PAL_SIMULATE_XLSX] = "xlsx",
    [PAL_SIMULATE_CSV] = "csv",
    [PAL_SIMULATE_PARQUET] = "parquet",
};
enum { THREAD_MAX = 64, PATHS_MAX = 1 << 20 };

struct work {
    const struct pal_simulate_world *world;
    const struct pal_simulate_options *options;
    struct pal_progress *progress;
    struct pal_sim_file *files;
    size_t file_count;
    int64_t (*tallies)[PAL_SIM_TALLY_COUNT];
    pthread_mutex_t lock; /* of all below, and of tallies and progress */
    size_t next;
    int64_t written_count;
    uint64_t rows;
    pal_status status; /* of the first file, in their order, that failed */
    size_t failed;
    struct pal_error err;
};

/* Counts the rows on their way to a writer. */
struct counted {
    struct pal_column_stream stream;
    struct pal_column_stream *inner;
    int64_t row_count;
};

static pal_status next_counted(struct pal_column_stream *self,
                               struct pal_column_block *block, struct pal_error *err)
{
    struct counted *counted = (struct counted *)self;
    pal_status st = counted->inner->next(counted->inner, block, err);
    if (st == PAL_OK) {
        counted->row_count += (int64_t)block->row_count;
    }
    return st;
}

static pal_status write_part(const struct work *work, struct pal_sim_file *file,
                             struct pal_simulate_rows *rows, struct pal_error *err)
{
    struct pal_column_stream *stream = pal_simulate_rows_borrow(rows);
    struct counted counted = {
        .stream = {stream->columns, stream->column_count, next_counted},
        .inner = stream};
    pal_status st;
    switch (work->options->format) {
    case PAL_SIMULATE_XLSX:
        return pal_sim_xlsx_write(work->world, file, rows, err);
    case PAL_SIMULATE_CSV:
        return pal_sim_csv_write(work->world, file, rows, err);
    case PAL_SIMULATE_PARQUET:
        PAL_BUG_IF(work->options->write_parquet == NULL);
        st = work->options->write_parquet(file->path, &counted.stream, err);
        file->row_count = counted.row_count;
        return st;
    }
    return pal_fail(err, PAL_BUG, "no such format");
}

static void add_tallies(struct work *work, const struct pal_simulate_rows *rows)
{
    size_t count = work->world->spec->area_count * work->world->month_count;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < PAL_SIM_TALLY_COUNT; k++) {
            work->tallies[i][k] += rows->tallies[i][k];
        }
    }
}

static pal_status write_one(struct work *work, struct pal_sim_file *file,
                            struct pal_error *err)
{
    struct pal_simulate_rows *rows = NULL;
    pal_status st = pal_simulate_rows_open(work->world, file->table, file->first,
                                           file->last, &rows, err);
    if (st == PAL_OK) {
        st = write_part(work, file, rows, err);
    }
    (void)pthread_mutex_lock(&work->lock);
    if (st == PAL_OK) {
        add_tallies(work, rows);
        work->written_count += file->row_count > 0 ? 1 : 0;
        work->rows += (uint64_t)file->row_count;
        pal_progress_report(work->progress, PAL_VIEW("writing the release"), work->rows,
                            0, 0);
    }
    (void)pthread_mutex_unlock(&work->lock);
    pal_simulate_rows_close(rows);
    return st;
}

static void *run(void *argument)
{
    struct work *work = argument;
    for (;;) {
        struct pal_error err = {.text = ""};
        (void)pthread_mutex_lock(&work->lock);
        size_t mine = work->status == PAL_OK ? work->next++ : work->file_count;
        (void)pthread_mutex_unlock(&work->lock);
        if (mine >= work->file_count) {
            return NULL;
        }
        pal_status st = write_one(work, &work->files[mine], &err);
        if (st != PAL_OK) {
            (void)pthread_mutex_lock(&work->lock);
            if (work->status == PAL_OK || mine < work->failed) {
                work->status = st;
                work->failed = mine;
                work->err = err;
            }
            (void)pthread_mutex_unlock(&work->lock);
        }
    }
}

/* Threads that the system does not give are done without. */
static void run_all(struct work *work)
{
    pthread_t threads[THREAD_MAX];
    int started = 0;
    int wanted = work->options->thread_count;
    if ((size_t)wanted > work->file_count) {
        wanted = (int)work->file_count;
    }
    while (started + 1 < wanted && started < THREAD_MAX &&
           pthread_create(&threads[started], NULL, run, work) == 0) {
        started++;
    }
    (void)run(work);
    for (int i = 0; i < started; i++) {
        (void)pthread_join(threads[i], NULL);
    }
}

static pal_status list_files(struct work *work, const char *folder,
                             struct pal_arena *arena, struct pal_error *err)
{
    const struct pal_simulate_spec *spec = work->world->spec;
    int32_t first_year = pal_fiscal_year_of(spec->first);
    int32_t last_year = pal_fiscal_year_of(spec->last);
    size_t years = (size_t)(last_year - first_year) + 1;
    void *memory = NULL;
    pal_status st = pal_arena_alloc(arena, years * PAL_SIMULATE_TABLE_COUNT,
                                    sizeof *work->files, &memory, err);
    work->files = memory;
    for (int table = 0; st == PAL_OK && table < PAL_SIMULATE_TABLE_COUNT; table++) {
        for (int32_t year = first_year; st == PAL_OK && year <= last_year; year++) {
            struct pal_sim_file *file = &work->files[work->file_count++];
            struct pal_view path;
            int32_t first = pal_day_of((struct pal_civil){year - 1, 10, 1});
            int32_t last = pal_day_of((struct pal_civil){year, 9, 30});
            st = pal_arena_format(
                arena, &path, err, "%s/%.*s_ERO %s_FY%02d_SIMULATED.%s", folder,
                PAL_VIEW_ARG(spec->release), pal_sim_table_names[table], year % 100,
                suffixes[work->options->format]);
            *file = (struct pal_sim_file){
                .table = (enum pal_simulate_table)table,
                .fiscal_year = year,
                .first = first > spec->first ? first : spec->first,
                .last = last < spec->last ? last : spec->last,
                .path = path.data,
            };
        }
    }
    return st;
}

pal_status pal_sim_files_write(const struct pal_simulate_world *world,
                               const char *folder,
                               const struct pal_simulate_options *options,
                               struct pal_progress *progress,
                               struct pal_sim_result *result, struct pal_error *err)
{
    struct work work = {.world = world,
                        .options = options,
                        .progress = progress,
                        .tallies = result->tallies,
                        .lock = PTHREAD_MUTEX_INITIALIZER};
    struct pal_arena arena;
    pal_arena_init(&arena, PATHS_MAX);
    pal_status st = list_files(&work, folder, &arena, err);
    if (st == PAL_OK) {
        run_all(&work);
        st = work.status;
        if (st != PAL_OK && err != NULL) {
            *err = work.err;
        }
        result->file_count = work.written_count;
    }
    (void)pthread_mutex_destroy(&work.lock);
    pal_arena_clear(&arena);
    return st;
}
