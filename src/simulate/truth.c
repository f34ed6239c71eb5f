/*
 * The truth beside the files: what was planted, so that what is measured can be held against
 * it. Counts by office and day, week or month; no list of rows.
 */
#include <stdio.h>

#include "simulate/simulate_internal.h"

enum { TRUTH_SIZE_MAX = 256 * 1024 * 1024 };

static pal_status write_file(const char *folder, const char *name,
                             struct pal_buffer *out, struct pal_error *err)
{
    struct pal_buffer path;
    pal_buffer_init(&path, 1U << 16);
    pal_buffer_append_format(&path, "%s/truth/%s", folder, name);
    pal_status st = pal_buffer_status(&path, err);
    if (st == PAL_OK) {
        st = pal_buffer_status(out, err);
    }
    if (st == PAL_OK) {
        st = pal_file_write(path.data, pal_buffer_view(out), err);
    }
    pal_buffer_clear(&path);
    pal_buffer_reset(out);
    return st;
}

static void put_count(struct pal_buffer *out, int64_t count)
{
    pal_buffer_append_format(out, ",%lld", (long long)count);
}

static void put_hours(struct pal_buffer *out, double hours)
{
    char text[32];
    pal_double_text(hours, text);
    pal_buffer_append_format(out, ",%s", text);
}

static void put_day(struct pal_buffer *out, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    pal_buffer_append_format(out, ",%s", text);
}

/* Every cell of a span of days of one office, added up. */
struct sum {
    int64_t arrests[PAL_SIM_KIND_COUNT];
    int64_t requests[PAL_SIM_REQUEST_COUNT];
    int64_t taken[PAL_SIM_QUEUE_COUNT];
    int64_t agent_days;
    int64_t reinforcement_days;
    double hours;
    int64_t arrest_count;
    int64_t campaign_count;
};

static struct sum sum_of(const struct pal_simulate_world *world, size_t area,
                         int32_t first, int32_t last)
{
    struct sum sum = {.arrest_count = 0};
    for (int32_t day = first; day <= last; day++) {
        const struct pal_sim_cell *cell = pal_sim_cell_at(world, day, area);
        for (int i = 0; i < PAL_SIM_KIND_COUNT; i++) {
            sum.arrests[i] += cell->arrests[i];
        }
        for (int i = 0; i < PAL_SIM_REQUEST_COUNT; i++) {
            sum.requests[i] += cell->requests[i];
        }
        for (int i = 0; i < PAL_SIM_QUEUE_COUNT; i++) {
            sum.taken[i] += cell->taken[i];
        }
        sum.agent_days += cell->agents_on;
        sum.reinforcement_days += cell->reinforcement_on;
        sum.hours += cell->hours;
        sum.arrest_count += cell->arrest_count;
    }
    sum.campaign_count =
        sum.arrests[PAL_SIM_SPURT_TARGETED] + sum.arrests[PAL_SIM_SPURT_COLLATERAL];
    return sum;
}

/* Calls `put` for every office and span: spans begin at `first_of(day)`. */
typedef void (*put_call)(const struct pal_simulate_world *world, size_t area,
                         int32_t first, int32_t last,
                         const struct pal_sim_result *result, struct pal_buffer *out);

static int32_t day_next(int32_t day)
{
    return day + 1;
}

static int32_t week_next(int32_t day)
{
    return pal_week_first(day) + 7;
}

static void put_spans(const struct pal_simulate_world *world,
                      const struct pal_sim_result *result, int32_t (*next)(int32_t day),
                      put_call put, struct pal_buffer *out)
{
    const struct pal_simulate_spec *spec = world->spec;
    for (size_t area = 0; area < spec->area_count; area++) {
        for (int32_t day = spec->first; day <= spec->last; day = next(day)) {
            int32_t last = next(day) - 1;
            pal_csv_field(out, spec->areas[area].name, true);
            put(world, area, day, last < spec->last ? last : spec->last, result, out);
            pal_csv_end(out);
        }
    }
}

static const int64_t *tally_of(const struct pal_simulate_world *world, size_t area,
                               int32_t day, const struct pal_sim_result *result)
{
    return result
        ->tallies[area * world->month_count + world->months[day - world->spec->first]];
}

static void put_month(struct pal_buffer *out, int32_t day)
{
    struct pal_civil date = pal_civil_of(day);
    pal_buffer_append_format(out, ",%04d-%02d", date.year, date.month);
}

static void arrests_of_month(const struct pal_simulate_world *world, size_t area,
                             int32_t first, int32_t last,
                             const struct pal_sim_result *result,
                             struct pal_buffer *out)
{
    struct sum sum = sum_of(world, area, first, last);
    const int64_t *tally = tally_of(world, area, first, result);
    put_month(out, first);
    put_count(out, sum.arrest_count);
    put_count(out, sum.campaign_count);
    put_count(out, tally[PAL_SIM_TALLY_ROWS]);
    put_count(out, tally[PAL_SIM_TALLY_SECOND_ROWS]);
    put_count(out, tally[PAL_SIM_TALLY_NOT_YET]);
    put_count(out, tally[PAL_SIM_TALLY_MISSING]);
    put_count(out, tally[PAL_SIM_TALLY_BLANK_AREA]);
    put_count(out, tally[PAL_SIM_TALLY_WITHOUT_ID]);
}

static void arrests_of_day(const struct pal_simulate_world *world, size_t area,
                           int32_t first, int32_t last,
                           const struct pal_sim_result *result, struct pal_buffer *out)
{
    struct sum sum = sum_of(world, area, first, last);
    (void)result;
    put_day(out, first);
    put_count(out, sum.arrest_count);
    put_count(out, sum.campaign_count);
    put_count(out, sum.arrests[PAL_SIM_TARGETED] + sum.arrests[PAL_SIM_SPURT_TARGETED]);
    put_count(out,
              sum.arrests[PAL_SIM_COLLATERAL] + sum.arrests[PAL_SIM_SPURT_COLLATERAL]);
    put_count(out, sum.arrests[PAL_SIM_IN_CUSTODY]);
    put_count(out, sum.arrests[PAL_SIM_AGREEMENT]);
    put_count(out, sum.arrests[PAL_SIM_REST]);
}

static void requests_of_month(const struct pal_simulate_world *world, size_t area,
                              int32_t first, int32_t last,
                              const struct pal_sim_result *result,
                              struct pal_buffer *out)
{
    struct sum sum = sum_of(world, area, first, last);
    put_month(out, first);
    put_count(out, tally_of(world, area, first, result)[PAL_SIM_TALLY_REQUEST_ROWS]);
    put_count(out, sum.requests[PAL_SIM_HONOURED]);
    put_count(out, sum.requests[PAL_SIM_DECLINED] + sum.requests[PAL_SIM_PURSUED]);
    put_count(out, sum.requests[PAL_SIM_PURSUED]);
    put_count(out, sum.taken[PAL_SIM_HONOURED]);
    put_count(out, sum.taken[PAL_SIM_PURSUED]);
}

/* Blank where the specification gives an office no agents: not known is not none. */
static void effort_of_week(const struct pal_simulate_world *world, size_t area,
                           int32_t first, int32_t last,
                           const struct pal_sim_result *result, struct pal_buffer *out)
{
    struct sum sum = sum_of(world, area, first, last);
    (void)result;
    put_day(out, first);
    if (world->spec->areas[area].agents == 0) {
        pal_buffer_append_text(out, ",,");
        put_count(out, sum.reinforcement_days);
        pal_buffer_append_text(out, ",,");
        return;
    }
    put_count(out, world->spec->areas[area].agents);
    put_count(out, sum.agent_days);
    put_count(out, sum.reinforcement_days);
    put_hours(out, sum.hours);
    put_hours(out, sum.hours * world->spec->watching_share);
}

static void stays_of_month(const struct pal_simulate_world *world, size_t area,
                           int32_t first, int32_t last,
                           const struct pal_sim_result *result, struct pal_buffer *out)
{
    const int64_t *tally = tally_of(world, area, first, result);
    (void)last;
    put_month(out, first);
    put_count(out, tally[PAL_SIM_TALLY_STAYS]);
    put_count(out, tally[PAL_SIM_TALLY_STILL_HELD]);
    put_count(out, tally[PAL_SIM_TALLY_STINT_ROWS]);
}

static void put_planted(struct pal_buffer *out, struct pal_view area, int32_t first,
                        int32_t last)
{
    pal_csv_field(out, area, true);
    put_day(out, first);
    put_day(out, last);
}

static void put_spurts(const struct pal_simulate_spec *spec, struct pal_buffer *out)
{
    char effect[32];
    pal_double_text(spec->campaign.effect, effect);
    pal_buffer_append_text(out, "area,first,last,effect\n");
    for (size_t area = 0; area < spec->area_count; area++) {
        int32_t first;
        int32_t last;
        for (int64_t i = 0; pal_sim_spurt(spec, area, i, &first, &last); i++) {
            put_planted(out, spec->areas[area].name, first, last);
            pal_buffer_append_format(out, ",%s\n", effect);
        }
    }
}

static void put_gaps(const struct pal_simulate_spec *spec, struct pal_buffer *out)
{
    pal_buffer_append_text(out, "area,first,last,kind\n");
    for (size_t i = 0; i < spec->gap_count; i++) {
        put_planted(out, spec->gaps[i].area, spec->gaps[i].first, spec->gaps[i].last);
        pal_csv_field(out, spec->gaps[i].kind, false);
        pal_csv_end(out);
    }
}

static void put_totals(const struct pal_simulate_counts *counts, struct pal_buffer *out)
{
    const struct {
        const char *what;
        int64_t count;
    } rows[] = {{"arrests", counts->arrests},
                {"arrest_rows", counts->arrest_rows},
                {"campaign_arrests", counts->campaign_arrests},
                {"targeted_arrests", counts->targeted_arrests},
                {"collateral_arrests", counts->collateral_arrests},
                {"detainer_rows", counts->detainer_rows},
                {"stint_rows", counts->stint_rows},
                {"stays", counts->stays}};
    pal_buffer_append_text(out, "what,count\n");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pal_buffer_append_format(out, "%s,%lld\n", rows[i].what,
                                 (long long)rows[i].count);
    }
}

void pal_sim_count(const struct pal_simulate_world *world,
                   const struct pal_sim_result *result,
                   struct pal_simulate_counts *counts)
{
    const struct pal_simulate_spec *spec = world->spec;
    for (size_t area = 0; area < spec->area_count; area++) {
        struct sum sum = sum_of(world, area, spec->first, spec->last);
        counts->arrests += sum.arrest_count;
        counts->campaign_arrests += sum.campaign_count;
        counts->targeted_arrests +=
            sum.arrests[PAL_SIM_TARGETED] + sum.arrests[PAL_SIM_SPURT_TARGETED];
        counts->collateral_arrests +=
            sum.arrests[PAL_SIM_COLLATERAL] + sum.arrests[PAL_SIM_SPURT_COLLATERAL];
    }
    for (size_t i = 0; i < spec->area_count * world->month_count; i++) {
        counts->arrest_rows += result->tallies[i][PAL_SIM_TALLY_ROWS];
        counts->detainer_rows += result->tallies[i][PAL_SIM_TALLY_REQUEST_ROWS];
        counts->stint_rows += result->tallies[i][PAL_SIM_TALLY_STINT_ROWS];
        counts->stays += result->tallies[i][PAL_SIM_TALLY_STAYS];
    }
}

static const struct {
    const char *name;
    const char *header;
    int32_t (*next)(int32_t day);
    put_call put;
} tables[] = {
    {"arrests_by_area_month.csv",
     "area,month,arrests,campaign_arrests,rows,second_rows,not_yet_recorded,missing,"
     "blank_area,without_id\n",
     pal_month_next, arrests_of_month},
    {"arrests_by_area_day.csv",
     "area,day,arrests,campaign_arrests,targeted,collateral,in_custody,agreement,"
     "other\n",
     day_next, arrests_of_day},
    {"requests_by_area_month.csv",
     "area,month,rows,honoured,declined,pursued,arrests_from_honoured,"
     "arrests_from_declined\n",
     pal_month_next, requests_of_month},
    {"effort_by_area_week.csv",
     "area,week,agents,agent_days,reinforcement_agent_days,hours,watching_hours\n",
     week_next, effort_of_week},
    {"stays_by_area_month.csv", "area,month,stays,still_held,rows\n", pal_month_next,
     stays_of_month},
};

pal_status pal_sim_truth_write(const struct pal_simulate_world *world,
                               const struct pal_sim_result *result,
                               const struct pal_simulate_counts *counts,
                               const char *folder, struct pal_error *err)
{
    struct pal_buffer out;
    pal_status st = PAL_OK;
    pal_buffer_init(&out, TRUTH_SIZE_MAX);
    for (size_t i = 0; st == PAL_OK && i < sizeof tables / sizeof tables[0]; i++) {
        pal_buffer_append_text(&out, tables[i].header);
        put_spans(world, result, tables[i].next, tables[i].put, &out);
        st = write_file(folder, tables[i].name, &out, err);
    }
    if (st == PAL_OK) {
        put_spurts(world->spec, &out);
        st = write_file(folder, "spurts.csv", &out, err);
    }
    if (st == PAL_OK) {
        put_gaps(world->spec, &out);
        st = write_file(folder, "gaps.csv", &out, err);
    }
    if (st == PAL_OK) {
        put_totals(counts, &out);
        st = write_file(folder, "totals.csv", &out, err);
    }
    pal_buffer_clear(&out);
    return st;
}
