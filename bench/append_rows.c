/*
 * How long the store takes for rows that are already parsed: batches of arrests appended and
 * committed into a study's file.
 *
 *   append_rows FOLDER [ROWS [ROUNDS [THREADS]]]
 *
 * Of the fields of an arrest 25 are filled (18 coded, 5 dates, 1 number, 1 id), the others are
 * empty, as in the release of March 2026. Prints milliseconds for each round (open with a new
 * schema, append and commit, close), the size of the file and the peak of resident memory.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "record/batch.h"
#include "store/store.h"

enum { TERM_COUNT = 6000, FEW_TERM_COUNT = 50, FILLED_COUNT = 25, PATH_SIZE = 4096 };

/* Of each type so many fields are filled. */
static const struct {
    enum pal_field_type type;
    int count;
} filled[] = {{PAL_FIELD_CATEGORY, 17},
              {PAL_FIELD_AREA, 1},
              {PAL_FIELD_DATE, 5},
              {PAL_FIELD_INTEGER, 1},
              {PAL_FIELD_IDENTIFIER, 1}};

static uint64_t random_state = 1;

static uint64_t next_random(void)
{
    random_state = random_state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return random_state >> 33;
}

static void check(pal_status status, const struct pal_error *err)
{
    if (status != PAL_OK) {
        (void)fprintf(stderr, "append_rows: %s\n", err->text);
        exit(1);
    }
}

/* Time that all threads were at work, so that another load matters less. */
static double cpu_ms(void)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static double now_ms(void)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void put_value(struct pal_batch_column *column, size_t row, bool is_landmark)
{
    column->valid[row / 64] |= UINT64_C(1) << (row % 64);
    switch (column->type) {
    case PAL_FIELD_DATE:
        column->values.day[row] = 17000 + (int32_t)(next_random() % 900);
        break;
    case PAL_FIELD_DATE_TIME:
    case PAL_FIELD_INTEGER:
        column->values.integer[row] = 1940 + (int64_t)(next_random() % 70);
        break;
    case PAL_FIELD_NUMBER:
        column->values.number[row] = (double)(next_random() % 1000);
        break;
    case PAL_FIELD_IDENTIFIER:
        column->values.id[row] =
            (struct pal_hash_id){next_random() << 32 | next_random(), next_random()};
        break;
    case PAL_FIELD_CATEGORY:
    case PAL_FIELD_AREA:
    case PAL_FIELD_RELEASED_ID:
        column->values.term[row] =
            (uint32_t)(next_random() % (is_landmark ? TERM_COUNT : FEW_TERM_COUNT));
        break;
    }
}

static size_t choose_columns(const struct pal_field *fields, size_t field_count,
                             size_t columns[FILLED_COUNT])
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof filled / sizeof filled[0]; i++) {
        int left = filled[i].count;
        for (size_t k = 0; k < field_count && left > 0; k++) {
            if (fields[k].type == filled[i].type) {
                columns[count++] = k;
                left--;
            }
        }
    }
    return count;
}

struct round {
    const char *path;
    uint64_t row_count;
    const struct pal_store_options *options;
    const struct pal_field *fields;
    size_t field_count;
    struct pal_batch *batch;
};

/* All batches but the last hold the same values, so that the time is the store's. */
static void append_all(struct pal_store *store, int32_t sheet_id,
                       const struct round *round, struct pal_error *err)
{
    size_t columns[FILLED_COUNT];
    size_t column_count = choose_columns(round->fields, round->field_count, columns);
    pal_batch_begin(round->batch, PAL_TABLE_ARREST, round->fields, round->field_count);
    for (size_t row = 0; row < PAL_BATCH_ROW_MAX; row++) {
        for (size_t i = 0; i < column_count; i++) {
            put_value(&round->batch->columns[columns[i]], row, i == 0);
        }
    }
    for (uint64_t done = 0; done < round->row_count;) {
        uint64_t left = round->row_count - done;
        size_t count = left < PAL_BATCH_ROW_MAX ? (size_t)left : PAL_BATCH_ROW_MAX;
        for (size_t i = 0; i < count; i++) {
            round->batch->row[i] = (int64_t)(done + i + 7);
            round->batch->redacted[i] = 0;
            round->batch->failed[i] = 0;
        }
        round->batch->row_count = count;
        check(pal_store_append(store, sheet_id, round->batch, err), err);
        done += count;
    }
}

static void run_round(const struct round *round, struct pal_error *err)
{
    struct pal_store *store = NULL;
    struct pal_intern *terms = NULL;
    struct stat about;
    int32_t file_id = 0;
    int32_t sheet_id = 0;
    char text[32];
    (void)unlink(round->path);
    double start = now_ms();
    check(pal_store_open(round->path, PAL_STORE_CREATE, round->options, &store, err),
          err);
    check(pal_store_borrow_terms(store, &terms, err), err);
    for (int i = 0; i < TERM_COUNT; i++) {
        uint32_t number = 0;
        (void)snprintf(text, sizeof text, "SOME COUNTY JAIL %d", i);
        check(pal_intern_add(terms, pal_view_of(text), &number, err), err);
    }
    double opened = now_ms();
    double opened_cpu = cpu_ms();
    struct pal_sheet_info sheet = {.name = PAL_VIEW("Arrests"), .form = PAL_FORM_XLSX};
    struct pal_source_info info = {.path = PAL_VIEW("made.xlsx"),
                                   .file = PAL_VIEW("made.xlsx"),
                                   .sheet_count = 1,
                                   .sheets = &sheet};
    struct pal_account account = {.table = PAL_TABLE_ARREST,
                                  .period_first = PAL_DAY_NONE,
                                  .period_last = PAL_DAY_NONE,
                                  .row_read_count = round->row_count,
                                  .row_stored_count = round->row_count};
    check(pal_store_begin_file(store, &info, PAL_VIEW("made"), &file_id, err), err);
    check(
        pal_store_begin_sheet(store, file_id, &sheet, PAL_TABLE_ARREST, &sheet_id, err),
        err);
    append_all(store, sheet_id, round, err);
    check(pal_store_end_sheet(store, sheet_id, &account, err), err);
    check(pal_store_commit_file(store, err), err);
    double committed = now_ms();
    double committed_cpu = cpu_ms();
    pal_store_close(store);
    double closed = now_ms();
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    about.st_size = 0;
    (void)stat(round->path, &about);
    (void)printf("open %.0f  append+commit %.0f (cpu %.0f)  close %.0f ms  file %.1f "
                 "MB  peak %.0f MB\n",
                 opened - start, committed - opened, committed_cpu - opened_cpu,
                 closed - committed, (double)about.st_size / 1e6,
                 (double)usage.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
    struct pal_error err;
    struct pal_dictionary *dictionary = NULL;
    struct pal_store_options options = {.thread_count = 1};
    char path[PATH_SIZE];
    int64_t rows = 300000;
    int64_t rounds = 5;
    int64_t threads = 1;
    if (argc < 2 ||
        (argc > 2 && !pal_parse_i64(pal_view_of(argv[2]), 1, INT32_MAX, &rows)) ||
        (argc > 3 && !pal_parse_i64(pal_view_of(argv[3]), 1, 1000, &rounds)) ||
        (argc > 4 && !pal_parse_i64(pal_view_of(argv[4]), 1, 64, &threads))) {
        (void)fprintf(stderr, "usage: append_rows FOLDER [ROWS [ROUNDS [THREADS]]]\n");
        return 2;
    }
    options.thread_count = (int)threads;
    (void)snprintf(path, sizeof path, "%s/append_rows.duckdb", argv[1]);
    struct round round = {
        .path = path, .row_count = (uint64_t)rows, .options = &options};
    check(pal_dictionary_open(&dictionary, &err), &err);
    round.field_count =
        pal_dictionary_fields(dictionary, PAL_TABLE_ARREST, &round.fields);
    check(pal_batch_new(&round.batch, &err), &err);
    for (int64_t i = 0; i < rounds; i++) {
        run_round(&round, &err);
    }
    (void)unlink(path);
    pal_batch_free(round.batch);
    pal_dictionary_close(dictionary);
    return 0;
}
