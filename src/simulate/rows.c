/*
 * A table's rows as a stream of column blocks, and the world they come from.
 */
#include <string.h>

#include "simulate/simulate_internal.h"

enum { WORLD_TEXT_MAX = 1 << 20 };

typedef size_t (*columns_call)(const struct pal_simulate_world *world,
                               struct pal_block_column *columns);
typedef void (*block_call)(struct pal_simulate_rows *rows);
static const struct {
    columns_call columns;
    block_call fill;
} tables[PAL_SIMULATE_TABLE_COUNT] = {
    [PAL_SIMULATE_ARREST] = {pal_sim_arrest_columns, pal_sim_arrest_block},
    [PAL_SIMULATE_DETAINER] = {pal_sim_detainer_columns, pal_sim_detainer_block},
    [PAL_SIMULATE_STINT] = {pal_sim_stint_columns, pal_sim_stint_block},
};

static size_t width_of(const struct pal_block_column *column)
{
    switch (column->kind) {
    case PAL_COLUMN_CODE:
        return sizeof(uint8_t);
    case PAL_COLUMN_INTEGER:
    case PAL_COLUMN_DAY:
        return sizeof(int32_t);
    case PAL_COLUMN_SECOND:
        return sizeof(int64_t);
    case PAL_COLUMN_TEXT:
        return column->width;
    }
    return 0;
}

static pal_status texts_alloc(struct pal_simulate_world *world, struct pal_view **out,
                              struct pal_error *err)
{
    void *memory = NULL;
    pal_status st = pal_arena_alloc(&world->arena, world->spec->area_count + 1,
                                    sizeof **out, &memory, err);
    *out = memory;
    return st;
}

static pal_status fill_texts(struct pal_simulate_world *world, struct pal_error *err)
{
    const struct pal_simulate_spec *spec = world->spec;
    pal_status st = texts_alloc(world, &world->area_texts, err);
    if (st == PAL_OK) {
        st = texts_alloc(world, &world->state_texts, err);
    }
    if (st == PAL_OK) {
        st = texts_alloc(world, &world->city_texts, err);
    }
    for (size_t i = 0; st == PAL_OK && i < spec->area_count; i++) {
        world->state_texts[i + 1] = spec->areas[i].state;
        world->city_texts[i + 1] = spec->areas[i].city;
        st = pal_arena_format(&world->arena, &world->area_texts[i + 1], err,
                              "%.*s Area of Responsibility",
                              PAL_VIEW_ARG(spec->areas[i].name));
    }
    return st;
}

pal_status pal_simulate_world_new(const struct pal_simulate_spec *spec,
                                  struct pal_simulate_world **out,
                                  struct pal_error *err)
{
    struct pal_simulate_world *world = NULL;
    *out = NULL;
    pal_status st = pal_simulate_check(spec, err);
    if (st != PAL_OK) {
        return st;
    }
    world = pal_alloc_zero(1, sizeof *world);
    if (world == NULL) {
        return pal_fail_memory(err);
    }
    world->spec = spec;
    pal_arena_init(&world->arena, WORLD_TEXT_MAX);
    pal_sim_lists_fill(&world->lists);
    st = pal_sim_ledger_fill(world, err);
    if (st == PAL_OK) {
        st = fill_texts(world, err);
    }
    if (st != PAL_OK) {
        pal_simulate_world_free(world);
        return st;
    }
    *out = world;
    return PAL_OK;
}

void pal_simulate_world_free(struct pal_simulate_world *world)
{
    if (world != NULL) {
        pal_free(world->cells);
        pal_free(world->months);
        pal_arena_clear(&world->arena);
        pal_free(world);
    }
}

static pal_status next_block(struct pal_column_stream *self,
                             struct pal_column_block *block, struct pal_error *err)
{
    struct pal_simulate_rows *rows = (struct pal_simulate_rows *)self;
    (void)err;
    tables[rows->table].fill(rows);
    block->row_count = rows->row_count;
    block->values = (const void *const *)rows->values;
    return PAL_OK;
}

/* Zeros: a code 0 is blank, so columns that are blank in every row are never written. */
static pal_status alloc_values(struct pal_simulate_rows *rows, struct pal_error *err)
{
    for (size_t i = 0; i < rows->stream.column_count; i++) {
        rows->values[i] =
            pal_alloc_zero(PAL_SIM_BLOCK_ROWS, width_of(&rows->columns[i]));
        if (rows->values[i] == NULL) {
            return pal_fail_memory(err);
        }
    }
    return PAL_OK;
}

static void fill_thresholds(struct pal_simulate_rows *rows)
{
    const struct pal_simulate_spec *spec = rows->world->spec;
    const double shares[PAL_SIM_SHARE_COUNT] = {
        [PAL_SIM_SHARE_DUPLICATE] = spec->duplicate_share,
        [PAL_SIM_SHARE_WITHOUT_ID] = spec->without_id_share,
        [PAL_SIM_SHARE_AREA_BLANK] = spec->area_blank_share,
        [PAL_SIM_SHARE_STATE_BLANK] = spec->state_blank_share,
        [PAL_SIM_SHARE_CUSTODY] = spec->custody_share,
        [PAL_SIM_SHARE_LATE] = spec->late_share,
        [PAL_SIM_SHARE_MIXED] = spec->redaction_mixed_share,
        [PAL_SIM_SHARE_STINT_DUPLICATE] = spec->stint_duplicate_share,
    };
    for (size_t i = 0; i < PAL_SIM_SHARE_COUNT; i++) {
        rows->thresholds[i] = pal_sim_threshold(shares[i]);
    }
}

pal_status pal_simulate_rows_open(const struct pal_simulate_world *world,
                                  enum pal_simulate_table table, int32_t first,
                                  int32_t last, struct pal_simulate_rows **out,
                                  struct pal_error *err)
{
    const struct pal_simulate_spec *spec = world->spec;
    struct pal_simulate_rows *rows = NULL;
    *out = NULL;
    PAL_BUG_IF(first < spec->first || last > spec->last || first > last);
    rows = pal_alloc_zero(1, sizeof *rows);
    if (rows == NULL) {
        return pal_fail_memory(err);
    }
    rows->world = world;
    rows->table = table;
    rows->first = first;
    rows->last = last;
    rows->stream.next = next_block;
    rows->stream.columns = rows->columns;
    rows->stream.column_count = tables[table].columns(world, rows->columns);
    rows->tallies =
        pal_alloc_zero(spec->area_count * world->month_count, sizeof *rows->tallies);
    pal_status st =
        rows->tallies == NULL ? pal_fail_memory(err) : alloc_values(rows, err);
    if (st != PAL_OK) {
        pal_simulate_rows_close(rows);
        return st;
    }
    fill_thresholds(rows);
    if (table == PAL_SIMULATE_STINT) {
        /* Spells of stays that began with earlier arrests. */
        first = first - PAL_SIM_STAY_DAY_MAX > spec->first
                    ? first - PAL_SIM_STAY_DAY_MAX
                    : spec->first;
    }
    pal_sim_walk_init(&rows->walk, world, first, last);
    *out = rows;
    return PAL_OK;
}

struct pal_column_stream *pal_simulate_rows_borrow(struct pal_simulate_rows *rows)
{
    return &rows->stream;
}

void pal_simulate_rows_close(struct pal_simulate_rows *rows)
{
    if (rows != NULL) {
        for (size_t i = 0; i < PAL_SIM_COLUMN_MAX; i++) {
            pal_free(rows->values[i]);
        }
        pal_free(rows->tallies);
        pal_free(rows);
    }
}
