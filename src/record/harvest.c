#include "record/harvest_internal.h"

#include "record/banner.h"

#include <string.h>

enum {
    PREVIEW_SIZE_STOP =
        16 * 1024 * 1024, /* bytes after which no further row is looked at */
    PREVIEW_SIZE_MAX = 512 * 1024 * 1024,
    TEXT_SIZE_MAX = 1024 * 1024,
    ROOM_MAX = 64 * 1024 * 1024
};

/* ---- opening ---- */

static pal_status copy_row(struct pal_arena *arena, const struct pal_row *row,
                           struct pal_row *out, struct pal_error *err)
{
    void *memory = NULL;
    pal_status status =
        pal_arena_alloc(arena, row->cell_count, sizeof(struct pal_cell), &memory, err);
    struct pal_cell *cells = memory;
    for (size_t i = 0; i < row->cell_count && status == PAL_OK; i++) {
        cells[i] = row->cells[i];
        status = pal_arena_copy(arena, row->cells[i].text, &cells[i].text, err);
    }
    *out = (struct pal_row){row->number, cells, row->cell_count};
    return status;
}

static pal_status read_preview(struct pal_harvest *harvest, struct pal_error *err)
{
    while (harvest->preview_count < PAL_PREVIEW_ROW_MAX &&
           harvest->preview_arena.used < PREVIEW_SIZE_STOP) {
        struct pal_row row;
        pal_status status = harvest->rows->next(harvest->rows, &row, err);
        if (status != PAL_OK) {
            return status;
        }
        if (row.cells == NULL) {
            harvest->is_stream_over = true;
            return PAL_OK;
        }
        status = copy_row(&harvest->preview_arena, &row,
                          &harvest->preview[harvest->preview_count], err);
        if (status != PAL_OK) {
            return status;
        }
        harvest->preview_count++;
    }
    return PAL_OK;
}

static bool has_suffix_name(struct pal_view whole, struct pal_view name,
                            struct pal_view end)
{
    return whole.size == name.size + end.size && pal_view_has_prefix(whole, name) &&
           pal_view_has_suffix(whole, end);
}

/* `<date>_time` beside a date, `<id>_released` beside an id; -1 where there is none. */
static int32_t find_companion(const struct pal_harvest *harvest, int32_t field)
{
    const struct pal_field *main = &harvest->fields[field];
    for (size_t i = 0; i < harvest->field_count; i++) {
        const struct pal_field *other = &harvest->fields[i];
        if (main->type == PAL_FIELD_DATE && other->type == PAL_FIELD_DATE_TIME &&
            has_suffix_name(other->name, main->name, PAL_VIEW("_time"))) {
            return (int32_t)i;
        }
        if (main->type == PAL_FIELD_IDENTIFIER &&
            other->type == PAL_FIELD_RELEASED_ID) {
            return harvest->setting.keep_ids ? (int32_t)i : -1;
        }
    }
    return -1;
}

pal_status pal_harvest_make_states(struct pal_harvest *harvest, struct pal_error *err)
{
    struct pal_layout *layout = &harvest->layout;
    struct pal_column_state *states =
        pal_realloc(harvest->states, layout->column_count + 1, sizeof *states);
    if (states == NULL) {
        return pal_fail_memory(err);
    }
    harvest->states = states;
    for (; harvest->state_count < layout->column_count; harvest->state_count++) {
        struct pal_column_state *state = &states[harvest->state_count];
        int32_t field = layout->columns[harvest->state_count].field;
        *state = (struct pal_column_state){.companion = -1};
        if (field < 0) {
            continue;
        }
        const struct pal_field *of = &harvest->fields[field];
        pal_cell_reader_init(&state->reader, of);
        state->has_reader = true;
        state->hides_raw = of->type == PAL_FIELD_IDENTIFIER ||
                           pal_view_is_equal(of->name, PAL_VIEW("birth_year"));
        harvest->account.recorded |= UINT64_C(1) << field;
        state->companion = find_companion(harvest, field);
        if (of->type == PAL_FIELD_IDENTIFIER && state->companion >= 0) {
            harvest->account.recorded |= UINT64_C(1) << state->companion;
        }
    }
    return PAL_OK;
}

/* A field with a column of its own is not also filled from a date's cells. */
static void drop_taken_companions(struct pal_harvest *harvest)
{
    for (size_t i = 0; i < harvest->state_count; i++) {
        struct pal_column_state *state = &harvest->states[i];
        for (size_t k = 0; k < harvest->layout.column_count && state->companion >= 0;
             k++) {
            if (harvest->layout.columns[k].field == state->companion) {
                state->companion = -1;
            }
        }
    }
}

static pal_status set_account(struct pal_harvest *harvest, struct pal_error *err)
{
    enum { NOTE_BANNER_ROWS = 8 };
    struct pal_account *account = &harvest->account;
    struct pal_banner banner;
    size_t header = harvest->layout.header_row;
    size_t above = header;
    if (header == PAL_LAYOUT_NO_HEADER) {
        above = harvest->preview_count < NOTE_BANNER_ROWS ? harvest->preview_count
                                                          : NOTE_BANNER_ROWS;
    } else {
        account->header_row = harvest->preview[header].number;
        account->row_above_count = header + 1;
    }
    pal_banner_read(harvest->preview, above, header == PAL_LAYOUT_NO_HEADER, &banner);
    account->table = harvest->layout.table;
    account->period_first = banner.period_first;
    account->period_last = banner.period_last;
    pal_status status =
        pal_arena_copy(&harvest->texts, banner.title, &account->title, err);
    if (status == PAL_OK) {
        status =
            pal_arena_copy(&harvest->texts, banner.release, &account->release, err);
    }
    return status;
}

static void set_setting(struct pal_harvest *harvest, struct pal_intern *terms,
                        const struct pal_harvest_options *options)
{
    struct pal_view scope = options->release;
    if (scope.size == 0) {
        scope = harvest->account.release;
    }
    if (scope.size == 0) {
        scope = options->digest_hex;
    }
    harvest->setting.dictionary = harvest->dictionary;
    harvest->setting.terms = terms;
    pal_id_key_derive(options->key, scope, &harvest->setting.id_key);
    harvest->setting.keep_ids = options->keep_ids;
    harvest->setting.is_1904 = options->is_1904;
    harvest->setting.allow_month = harvest->layout.table == PAL_TABLE_HEAD_COUNT;
    harvest->setting.room = &harvest->room;
}

/* What the account says beyond its counters. */
static void refresh_account(struct pal_harvest *harvest)
{
    struct pal_account *account = &harvest->account;
    account->columns = harvest->layout.columns;
    account->column_count = harvest->layout.column_count;
    for (size_t i = 0; i < harvest->layout.column_count; i++) {
        struct pal_layout_column *column = &harvest->layout.columns[i];
        column->missing_count = (int64_t)account->row_stored_count -
                                column->filled_count - column->redacted_count -
                                column->failed_count - column->withheld_count;
    }
}

static pal_status look_at_sheet(struct pal_harvest *harvest, struct pal_intern *terms,
                                const struct pal_harvest_options *options,
                                struct pal_error *err)
{
    pal_status status = read_preview(harvest, err);
    if (status == PAL_OK) {
        status = pal_layout_find(&harvest->layout, harvest->dictionary, options->sheet,
                                 harvest->preview, harvest->preview_count, err);
    }
    if (status == PAL_OK && harvest->layout.table == PAL_TABLE_NOTE &&
        pal_statistic_is_announced(harvest->dictionary, harvest->preview,
                                   harvest->preview_count)) {
        harvest->layout.table = PAL_TABLE_CUSTODY_STATISTIC;
        status = pal_statistic_finder_new(harvest->dictionary, options->sheet,
                                          &harvest->finder, err);
    }
    if (status == PAL_OK) {
        status = set_account(harvest, err);
    }
    if (status == PAL_OK) {
        set_setting(harvest, terms, options);
    }
    if (status != PAL_OK) {
        return status;
    }
    harvest->field_count = pal_dictionary_fields(
        harvest->dictionary, harvest->layout.table, &harvest->fields);
    status = pal_harvest_make_states(harvest, err);
    if (status == PAL_OK) {
        drop_taken_companions(harvest);
        refresh_account(harvest);
    }
    return status;
}

pal_status pal_harvest_open(const struct pal_dictionary *dictionary,
                            struct pal_row_stream *rows, struct pal_intern *terms,
                            const struct pal_harvest_options *options,
                            struct pal_harvest **out, struct pal_error *err)
{
    *out = NULL;
    struct pal_harvest *harvest = pal_alloc_zero(1, sizeof *harvest);
    if (harvest == NULL) {
        return pal_fail_memory(err);
    }
    harvest->dictionary = dictionary;
    harvest->rows = rows;
    pal_arena_init(&harvest->texts, TEXT_SIZE_MAX);
    pal_arena_init(&harvest->preview_arena, PREVIEW_SIZE_MAX);
    pal_buffer_init(&harvest->room, ROOM_MAX);
    pal_buffer_init(&harvest->line, ROOM_MAX);
    pal_layout_init(&harvest->layout);
    pal_status status = look_at_sheet(harvest, terms, options, err);
    if (status != PAL_OK) {
        pal_harvest_close(harvest);
        return status;
    }
    *out = harvest;
    return PAL_OK;
}

void pal_harvest_close(struct pal_harvest *harvest)
{
    if (harvest == NULL) {
        return;
    }
    for (size_t i = 0; i < harvest->state_count; i++) {
        pal_cell_reader_clear(&harvest->states[i].reader);
    }
    pal_free(harvest->states);
    pal_statistic_finder_free(harvest->finder);
    pal_layout_clear(&harvest->layout);
    pal_buffer_clear(&harvest->room);
    pal_buffer_clear(&harvest->line);
    pal_arena_clear(&harvest->preview_arena);
    pal_arena_clear(&harvest->texts);
    pal_free(harvest);
}

/* ---- the rows one after another ---- */

/* cells NULL at the end. */
static pal_status next_row(struct pal_harvest *harvest, struct pal_row *row,
                           struct pal_error *err)
{
    if (harvest->preview_at < harvest->preview_count) {
        *row = harvest->preview[harvest->preview_at++];
        return PAL_OK;
    }
    if (harvest->preview_arena.first != NULL) {
        pal_arena_clear(&harvest->preview_arena);
    }
    *row = (struct pal_row){0, NULL, 0};
    return harvest->is_stream_over ? PAL_OK
                                   : harvest->rows->next(harvest->rows, row, err);
}

static bool is_empty(const struct pal_batch *batch)
{
    return batch->row_count == 0 && batch->cell_reject_count == 0 &&
           batch->row_reject_count == 0 && batch->extra_count == 0 &&
           batch->note_count == 0 && batch->statistic_count == 0;
}

/* What is recorded, and the times of day that a date's cells may still bring. */
static uint64_t fields_to_come(const struct pal_harvest *harvest)
{
    uint64_t fields = harvest->account.recorded;
    for (size_t i = 0; i < harvest->state_count; i++) {
        if (harvest->states[i].companion >= 0) {
            fields |= UINT64_C(1) << harvest->states[i].companion;
        }
    }
    return fields;
}

pal_status pal_harvest_next(struct pal_harvest *harvest, struct pal_batch *batch,
                            bool *is_end, struct pal_error *err)
{
    pal_status status = PAL_OK;
    bool is_over =
        harvest->is_stream_over && harvest->preview_at == harvest->preview_count;
    *is_end = false;
    pal_batch_begin(batch, harvest->layout.table, harvest->fields,
                    harvest->field_count);
    while (status == PAL_OK && !is_over && !pal_batch_is_full(batch)) {
        struct pal_row row;
        bool is_above = harvest->layout.header_row != PAL_LAYOUT_NO_HEADER &&
                        harvest->preview_at <= harvest->layout.header_row;
        status = next_row(harvest, &row, err);
        if (status != PAL_OK) {
            break;
        }
        if (row.cells == NULL) {
            is_over = true;
            harvest->is_stream_over = true;
        } else {
            status = pal_harvest_take_row(harvest, batch, &row, is_above, err);
        }
    }
    if (status == PAL_OK && is_over && harvest->finder != NULL) {
        status = pal_statistic_finder_end(harvest->finder, batch, err);
    }
    refresh_account(harvest);
    batch->recorded = fields_to_come(harvest);
    *is_end = status == PAL_OK && is_over && is_empty(batch);
    return status;
}

const struct pal_account *pal_harvest_borrow_account(const struct pal_harvest *harvest)
{
    return &harvest->account;
}
