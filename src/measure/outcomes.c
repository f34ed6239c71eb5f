#include "measure/outcomes.h"

#include <math.h>
#include <stdlib.h>

#include "measure/measure_internal.h"

enum { KEYS_SIZE_MAX = 16 * 1024 };
#define LEVEL 0.95

const char *pal_outcome_state_text(enum pal_outcome_state state)
{
    static const char *const texts[] = {[PAL_TRANSFERRED] = "transferred",
                                        [PAL_DECLINED] = "declined",
                                        [PAL_UNKNOWN] = "unknown"};
    return texts[state];
}

/* ---- the statement ---- */

static const char *period_text(struct pal_view name)
{
    static const struct {
        const char *name;
        const char *expression;
    } periods[] = {
        {"month", "strftime(r.day, '%Y-%m')"},
        {"year", "strftime(r.day, '%Y')"},
        {"fiscal_year", "strftime(r.day + INTERVAL 3 MONTH, '%Y')"},
    };
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        if (pal_view_is_equal(name, pal_view_of(periods[i].name))) {
            return periods[i].expression;
        }
    }
    return NULL;
}

static bool is_cut_by(struct pal_view name)
{
    static const char *const names[] = {"state", "city", "area", "facility", "type"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (pal_view_is_equal(name, pal_view_of(names[i]))) {
            return true;
        }
    }
    return false;
}

static pal_status append_key(struct pal_view name, size_t at,
                             struct pal_buffer *expressions, struct pal_buffer *keys,
                             struct pal_error *err)
{
    struct pal_dimension dimension;
    const char *period = period_text(name);
    if (period != NULL) {
        pal_buffer_append_text(expressions, period);
    } else if (is_cut_by(name) &&
               pal_dimension_find(PAL_VIEW("detainer"), name, &dimension)) {
        pal_buffer_append_format(expressions, "coalesce(%.*s, 'not stated')",
                                 PAL_VIEW_ARG(dimension.expression));
    } else {
        return pal_fail(err, PAL_USAGE,
                        "outcomes are cut by state, city, area, facility, type, month, "
                        "year or fiscal_year, not \"%.*s\"",
                        PAL_VIEW_ARG(name));
    }
    pal_buffer_append_format(expressions, " AS k%zu,\n    ", at);
    pal_buffer_append_format(keys, "k%zu, ", at);
    return PAL_OK;
}

static pal_status make_statement(const struct pal_outcome_request *request,
                                 struct pal_buffer *out, struct pal_error *err)
{
    struct pal_buffer expressions;
    struct pal_buffer keys;
    pal_status st = PAL_OK;
    pal_buffer_init(&expressions, KEYS_SIZE_MAX);
    pal_buffer_init(&keys, KEYS_SIZE_MAX);
    for (size_t i = 0; st == PAL_OK && i < request->by_count; i++) {
        st = append_key(request->by[i], i, &expressions, &keys, err);
    }
    if (st == PAL_OK) {
        st = pal_buffer_status(&expressions, err);
    }
    if (st == PAL_OK) {
        st = pal_buffer_status(&keys, err);
    }
    if (st == PAL_OK) {
        const struct pal_slot slots[] = {
            {"expressions",
             request->by_count > 0 ? pal_buffer_view(&expressions) : PAL_VIEW("")},
            {"keys", request->by_count > 0 ? pal_buffer_view(&keys) : PAL_VIEW("")}};
        st = pal_store_fill(pal_measure_frame("outcome_rows.sql"), slots, 2, out, err);
    }
    pal_buffer_clear(&expressions);
    pal_buffer_clear(&keys);
    return st;
}

/* ---- rows ---- */

struct making {
    const struct pal_outcome_request *request;
    struct pal_arena *arena;
    struct pal_error *err;
    size_t row_count;
    size_t row_room;
    struct pal_outcome_row *rows;
    size_t record_count; /* of the row in the making */
    size_t record_room;
    size_t record_total;
    struct pal_outcome_record *records; /* pal_free */
};

static pal_status grow_records(struct making *in, size_t more)
{
    if (more > PAL_OUTCOME_REQUEST_MAX ||
        (in->record_total += more) > PAL_OUTCOME_REQUEST_MAX) {
        return pal_fail(in->err, PAL_LIMIT, "more than %d custody requests",
                        PAL_OUTCOME_REQUEST_MAX);
    }
    while (in->record_count + more > in->record_room) {
        size_t room = in->record_room == 0 ? 1024 : in->record_room * 2;
        struct pal_outcome_record *grown =
            pal_realloc(in->records, room, sizeof *grown);
        if (grown == NULL) {
            return pal_fail_memory(in->err);
        }
        in->records = grown;
        in->record_room = room;
    }
    return PAL_OK;
}

static bool is_same(const struct making *in, const struct pal_value *row)
{
    if (in->row_count == 0) {
        return false;
    }
    for (size_t i = 0; i < in->request->by_count; i++) {
        if (!pal_view_is_equal(in->rows[in->row_count - 1].keys[i], row[i].text)) {
            return false;
        }
    }
    return true;
}

static pal_status share_of(const struct pal_outcome_row *row,
                           enum pal_outcome_state state, struct pal_outcome_share *out,
                           struct pal_error *err)
{
    struct pal_interval interval = {0, 0};
    pal_status st =
        pal_interval_share_exact(row->count[state], row->n, LEVEL, &interval, err);
    double share = (double)row->count[state] / (double)row->n;
    *out = (struct pal_outcome_share){PAL_FIGURE_NUMBER, share, share, interval.low,
                                      interval.high};
    return st;
}

/* Shares of the last row; with every reason unrecorded there is nothing to share. */
static pal_status close_row(struct making *in)
{
    pal_status st = PAL_OK;
    if (in->row_count == 0) {
        return PAL_OK;
    }
    struct pal_outcome_row *row = &in->rows[in->row_count - 1];
    for (size_t s = 0; st == PAL_OK && s < PAL_OUTCOME_STATE_COUNT; s++) {
        st = share_of(row, (enum pal_outcome_state)s, &row->share[s], in->err);
        if (row->not_recorded == row->n) {
            row->share[s].status = PAL_FIGURE_NOT_RECORDED;
        }
    }
    if (st == PAL_OK) {
        st = pal_outcome_times(in->records, in->record_count, in->arena, row->by_day,
                               in->err);
    }
    in->record_count = 0;
    return st;
}

static pal_status open_row(struct making *in, const struct pal_value *values)
{
    pal_status st = close_row(in);
    if (st == PAL_OK && in->row_count == in->row_room) {
        size_t room = in->row_room == 0 ? 64 : in->row_room * 2;
        void *memory = NULL;
        st = pal_arena_alloc(in->arena, room, sizeof *in->rows, &memory, in->err);
        struct pal_outcome_row *grown = memory;
        for (size_t i = 0; st == PAL_OK && i < in->row_count; i++) {
            grown[i] = in->rows[i];
        }
        in->rows = st == PAL_OK ? grown : in->rows;
        in->row_room = st == PAL_OK ? room : in->row_room;
    }
    if (st != PAL_OK) {
        return st;
    }
    struct pal_outcome_row *row = &in->rows[in->row_count];
    *row = (struct pal_outcome_row){.n = 0};
    for (size_t i = 0; st == PAL_OK && i < in->request->by_count; i++) {
        st = pal_arena_copy(in->arena, values[i].text, &row->keys[i], in->err);
    }
    in->row_count += st == PAL_OK ? 1 : 0;
    return st;
}

static void count_state(struct pal_outcome_row *row, int64_t code, int64_t count)
{
    int64_t *const unknown[] = {&row->no_reason, &row->other_reason,
                                &row->reason_redacted, &row->not_recorded};
    row->n += count;
    if (code == PAL_TRANSFERRED || code == PAL_DECLINED) {
        row->count[code] += count;
        return;
    }
    PAL_BUG_IF(code < PAL_UNKNOWN || code > PAL_UNKNOWN + 3);
    row->count[PAL_UNKNOWN] += count;
    *unknown[code - PAL_UNKNOWN] += count;
}

static pal_status take(struct making *in, const struct pal_value *values)
{
    const struct pal_value *rest = values + in->request->by_count;
    pal_status st = PAL_OK;
    if (!is_same(in, values)) {
        st = open_row(in, values);
    }
    int64_t count = rest[3].integer;
    if (st == PAL_OK) {
        st = grow_records(in, (size_t)count);
    }
    if (st != PAL_OK) {
        return st;
    }
    struct pal_outcome_row *row = &in->rows[in->row_count - 1];
    count_state(row, rest[0].integer, count);
    bool has_day = rest[1].kind != PAL_VALUE_NULL && rest[0].integer == PAL_TRANSFERRED;
    row->dated += has_day ? count : 0;
    struct pal_outcome_record record = {
        .state = rest[0].integer < PAL_UNKNOWN ? (enum pal_outcome_state)rest[0].integer
                                               : PAL_UNKNOWN,
        .has_day = has_day,
        .days = has_day ? (double)rest[1].integer : 0,
        .follow = (double)rest[2].integer};
    PAL_BUG_IF(in->records == NULL);
    for (int64_t i = 0; i < count; i++) {
        in->records[in->record_count++] = record;
    }
    return PAL_OK;
}

static struct pal_value day_value(int32_t day)
{
    if (day == PAL_DAY_NONE) {
        return (struct pal_value){.kind = PAL_VALUE_NULL};
    }
    return (struct pal_value){.kind = PAL_VALUE_DAY, .integer = day};
}

pal_status pal_outcomes_run(struct pal_store *store,
                            const struct pal_outcome_request *request,
                            struct pal_arena *arena, struct pal_outcome_row **out,
                            size_t *count, struct pal_error *err)
{
    struct making in = {.request = request, .arena = arena, .err = err};
    const struct pal_value values[] = {
        day_value(request->first),
        day_value(request->last),
        {.kind = PAL_VALUE_INTEGER, .integer = PAL_OUTCOME_WINDOW_DAYS}};
    struct pal_buffer statement;
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    *out = NULL;
    *count = 0;
    if (request->by_count > PAL_OUTCOME_KEY_MAX) {
        return pal_fail(err, PAL_USAGE, "outcomes are cut by at most %d names",
                        PAL_OUTCOME_KEY_MAX);
    }
    pal_buffer_init(&statement, PAL_MEASURE_STATEMENT_MAX);
    pal_status st = make_statement(request, &statement, err);
    if (st == PAL_OK) {
        st = pal_store_query(store, pal_buffer_view(&statement), values, 3, &cursor,
                             err);
    }
    while (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        st = take(&in, row);
    }
    if (st == PAL_OK) {
        st = close_row(&in);
    }
    pal_cursor_close(cursor);
    pal_buffer_clear(&statement);
    pal_free(in.records);
    if (st == PAL_OK) {
        *out = in.rows;
        *count = in.row_count;
    }
    return st;
}
