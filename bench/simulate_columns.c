/*
 * How fast rows are made: each table of a simulated campaign into column blocks, nothing
 * written. Usage: simulate_columns [ARRESTS], default 4 million; prints rows a second of CPU
 * time on one thread, best of three.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "simulate/simulate.h"

enum { AREAS = 20, YEARS = 4, ROUNDS = 3 };

static double cpu_seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void fill(struct pal_simulate_spec *spec, char names[AREAS][16], double arrests)
{
    pal_simulate_defaults(spec);
    spec->first = pal_day_from_text("2021-10-01");
    spec->last = spec->first + 365 * YEARS - 1;
    spec->campaign.first = spec->first + 365 * (YEARS - 1);
    spec->campaign.last = spec->last;
    spec->type_recorded_from = spec->campaign.first;
    spec->late_share = 0.05;
    spec->redaction_mixed_share = 0.2;
    spec->area_count = AREAS;
    for (int i = 0; i < AREAS; i++) {
        struct pal_simulate_area *area = &spec->areas[i];
        (void)snprintf(names[i], sizeof names[i], "Area %d", i);
        pal_simulate_area_defaults(area);
        area->name = pal_view_of(names[i]);
        area->state = PAL_VIEW("TEXAS");
        area->city = PAL_VIEW("CITY");
        area->arrests_a_day = arrests / AREAS / (365.0 * YEARS);
        area->detainers_a_day = area->arrests_a_day / 2;
        area->honoured_a_day = area->arrests_a_day / 4;
        area->declined_share = 0.3;
        area->is_in_campaign = i < 9;
    }
}

static int64_t run(const struct pal_simulate_world *world,
                   const struct pal_simulate_spec *spec, int table, uint64_t *check)
{
    struct pal_simulate_rows *rows = NULL;
    struct pal_column_block block = {.row_count = 1};
    int64_t count = 0;
    if (pal_simulate_rows_open(world, (enum pal_simulate_table)table, spec->first,
                               spec->last, &rows, NULL) != PAL_OK) {
        return -1;
    }
    struct pal_column_stream *stream = pal_simulate_rows_borrow(rows);
    while (block.row_count > 0 && stream->next(stream, &block, NULL) == PAL_OK) {
        count += (int64_t)block.row_count;
        *check += ((const uint8_t *)block.values[stream->column_count - 1])[0];
    }
    pal_simulate_rows_close(rows);
    return count;
}

int main(int argc, char **argv)
{
    static const char *const names_of[] = {
        "arrests (25 columns)", "detainers (15 columns)", "stints (15 columns)"};
    static struct pal_simulate_spec spec;
    static char names[AREAS][16];
    struct pal_simulate_world *world = NULL;
    struct pal_error err = {.text = ""};
    uint64_t check = 0;
    fill(&spec, names, argc > 1 ? strtod(argv[1], NULL) : 4e6);
    double begin = cpu_seconds();
    if (pal_simulate_world_new(&spec, &world, &err) != PAL_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    (void)printf("ledger of %d offices and %d days: %.3f s\n", AREAS, 365 * YEARS,
                 cpu_seconds() - begin);
    for (int table = 0; table < PAL_SIMULATE_TABLE_COUNT; table++) {
        double best = 1e9;
        int64_t count = 0;
        for (int i = 0; i < ROUNDS; i++) {
            begin = cpu_seconds();
            count = run(world, &spec, table, &check);
            double taken = cpu_seconds() - begin;
            best = taken < best ? taken : best;
        }
        (void)printf("%-24s %10lld rows  %.3f s  %.1f million rows a second\n",
                     names_of[table], (long long)count, best,
                     (double)count / best / 1e6);
    }
    (void)printf("(%llu)\n", (unsigned long long)check);
    pal_simulate_world_free(world);
    return 0;
}
