/*
 * Reads every sheet of the files given and says how long it took, in seconds of the processor.
 * Usage: read_xlsx FILE...
 */
#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "source/source.h"

static double seconds(clockid_t which)
{
    struct timespec now;

    (void)clock_gettime(which, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static pal_status read_sheet(struct pal_source *source, size_t index,
                             struct pal_error *err)
{
    const struct pal_sheet_info *info = &pal_source_borrow_info(source)->sheets[index];
    struct pal_sheet *sheet = NULL;
    struct pal_row row = {0};
    uint64_t rows = 0;
    uint64_t cells = 0;
    uint64_t bytes = 0;
    double sum = 0;
    double begin = seconds(CLOCK_PROCESS_CPUTIME_ID);
    pal_status status = pal_sheet_open(source, index, &sheet, err);

    while (status == PAL_OK && (status = pal_sheet_next(sheet, &row, err)) == PAL_OK &&
           row.cells != NULL) {
        rows++;
        cells += row.cell_count;
        for (size_t i = 0; i < row.cell_count; i++) {
            bytes += row.cells[i].text.size;
            sum += row.cells[i].number;
        }
    }
    pal_sheet_close(sheet);
    (void)printf("  %-28.*s %8" PRIu64 " rows %9" PRIu64 " cells %10" PRIu64
                 " bytes sum %.17g: %.3f s\n",
                 PAL_VIEW_ARG(info->name), rows, cells, bytes, sum,
                 seconds(CLOCK_PROCESS_CPUTIME_ID) - begin);
    return status;
}

int main(int argc, char **argv)
{
    struct pal_error err = {0};
    struct rusage usage;
    pal_status status = pal_hash_setup(&err);

    for (int i = 1; i < argc && status == PAL_OK; i++) {
        struct pal_source *source = NULL;
        double begin = seconds(CLOCK_PROCESS_CPUTIME_ID);

        (void)printf("%s\n", argv[i]);
        status = pal_source_open(argv[i], NULL, &source, &err);
        for (size_t j = 0;
             status == PAL_OK && j < pal_source_borrow_info(source)->sheet_count; j++) {
            status = read_sheet(source, j, &err);
        }
        pal_source_close(source);
        (void)printf("  together %.3f s\n", seconds(CLOCK_PROCESS_CPUTIME_ID) - begin);
    }
    if (status != PAL_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
    }
    (void)getrusage(RUSAGE_SELF, &usage);
    (void)printf("peak memory %ld MB\n", usage.ru_maxrss / 1024);
    return pal_status_exit_code(status);
}
