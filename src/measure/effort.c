#include "measure/effort.h"

#include <math.h>
#include <stdlib.h>

#include "measure/measure_internal.h"

enum { AREA_MAX = 256, PERIOD_MAX = 20000 };
#define ALL_PLACES "all places together"
#define HOURS_A_DAY 24.0

struct pal_range pal_range_of(double low, double high)
{
    return (struct pal_range){low, high, true};
}

struct pal_range pal_range_add(struct pal_range a, struct pal_range b)
{
    bool has_high = a.has_high && b.has_high;
    return (struct pal_range){a.low + b.low, has_high ? a.high + b.high : 0, has_high};
}

/* Nothing times an amount without an upper end is nothing. */
struct pal_range pal_range_multiply(struct pal_range a, struct pal_range b)
{
    bool is_nothing = (a.has_high && a.high <= 0) || (b.has_high && b.high <= 0);
    bool has_high = is_nothing || (a.has_high && b.has_high);
    return (struct pal_range){a.low * b.low,
                              has_high && !is_nothing ? a.high * b.high : 0, has_high};
}

static int32_t overlap(int32_t first, int32_t last, int32_t from, int32_t to)
{
    int32_t a = first > from ? first : from;
    int32_t b = last < to ? last : to;
    return a <= b ? b - a + 1 : 0;
}

/* In turns of `on` days and `off` days behind them, a stretch of `days` holds whole turns and a
 * rest; the rest has the most days on when it begins with them, the least when it ends with the
 * days off. */
static double most_days(double days, double on, double off)
{
    double turns = floor(days / (on + off));
    double rest = days - turns * (on + off);
    return turns * on + fmin(rest, on);
}

static double least_days(double days, double on, double off)
{
    double turns = floor(days / (on + off));
    double rest = days - turns * (on + off);
    return turns * on + fmax(0, rest - off);
}

struct pal_range pal_effort_days_on(const struct pal_effort *effort, int32_t first,
                                    int32_t last)
{
    double most = overlap(first, last, effort->first_earliest, effort->last_latest);
    double least = overlap(first, last, effort->first_latest, effort->last_earliest);
    const struct pal_range *on = &effort->days_on;
    const struct pal_range *off = &effort->days_off;
    if (on->has_high && on->high + off->low > 0) {
        most = most_days(most, on->high, off->low);
    }
    /* Days off that nobody bounds may go on to the end. */
    bool has_turn = off->has_high && on->low + off->high > 0;
    least = has_turn ? least_days(least, on->low, off->high) : 0;
    return pal_range_of(least, most);
}

/* ---- the ledger and the areas ---- */

static struct pal_range range_from(const struct pal_value *row)
{
    struct pal_range out = {row[0].number, 0, row[1].kind != PAL_VALUE_NULL};
    out.high = out.has_high ? row[1].number : 0;
    return out;
}

static pal_status take_effort(const struct pal_value *row, struct pal_arena *arena,
                              struct pal_effort *out, struct pal_error *err)
{
    *out = (struct pal_effort){
        .first_earliest = (int32_t)row[2].integer,
        .first_latest = (int32_t)row[3].integer,
        .last_earliest = (int32_t)row[4].integer,
        .last_latest = (int32_t)row[5].integer,
        .agents = range_from(&row[6]),
        .hours = range_from(&row[8]),
        .days_on = range_from(&row[10]),
        .days_off = range_from(&row[12]),
        .source_date =
            row[15].kind == PAL_VALUE_NULL ? PAL_DAY_NONE : (int32_t)row[15].integer,
    };
    if (!out->hours.has_high) {
        out->hours = pal_range_of(out->hours.low, HOURS_A_DAY);
    }
    pal_status st = pal_arena_copy(arena, row[0].text, &out->place, err);
    if (st == PAL_OK) {
        st = pal_arena_copy(arena, row[1].text, &out->what, err);
    }
    return st == PAL_OK ? pal_arena_copy(arena, row[14].text, &out->source, err) : st;
}

pal_status pal_effort_load(struct pal_store *store, struct pal_arena *arena,
                           struct pal_effort **out, size_t *count,
                           struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    void *memory = NULL;
    *out = NULL;
    *count = 0;
    pal_status st =
        pal_arena_alloc(arena, PAL_EFFORT_ROW_MAX, sizeof **out, &memory, err);
    struct pal_effort *items = memory;
    if (st == PAL_OK) {
        st = pal_store_query(store, pal_measure_frame("effort_rows.sql"), NULL, 0,
                             &cursor, err);
    }
    while (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        if (*count == PAL_EFFORT_ROW_MAX) {
            st = pal_fail(err, PAL_LIMIT, "more than %d lines of effort",
                          PAL_EFFORT_ROW_MAX);
            break;
        }
        st = take_effort(row, arena, &items[(*count)++], err);
    }
    pal_cursor_close(cursor);
    *out = items;
    return st;
}

struct area {
    struct pal_view place;
    struct pal_view area;
};
struct areas {
    size_t count;
    struct area items[AREA_MAX];
};

static pal_status load_areas(struct pal_store *store, struct pal_arena *arena,
                             struct areas *out, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    out->count = 0;
    pal_status st = pal_store_query(store, pal_measure_frame("effort_areas.sql"), NULL,
                                    0, &cursor, err);
    while (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        if (out->count == AREA_MAX) {
            st = pal_fail(err, PAL_LIMIT, "more than %d places", AREA_MAX);
            break;
        }
        struct area *item = &out->items[out->count++];
        st = pal_arena_copy(arena, row[0].text, &item->place, err);
        if (st == PAL_OK) {
            st = pal_arena_copy(arena, row[1].text, &item->area, err);
        }
    }
    pal_cursor_close(cursor);
    return st;
}

/* ---- arrests of a row's days ---- */

struct arrests {
    const struct areas *areas;
    const struct pal_measure_result *by_day; /* by area and day */
};

static bool is_wanted(const struct areas *areas, struct pal_view place,
                      struct pal_view area)
{
    bool is_all = pal_view_is_equal(place, PAL_VIEW(ALL_PLACES));
    for (size_t i = 0; i < areas->count; i++) {
        if ((is_all || pal_view_is_equal(areas->items[i].place, place)) &&
            pal_view_is_equal(areas->items[i].area, area)) {
            return true;
        }
    }
    return false;
}

/* Only a period whose every day is covered has a count. */
static void count_arrests(const struct arrests *arrests, struct pal_effort_row *row)
{
    const struct pal_measure_result *result = arrests->by_day;
    row->arrests_status = PAL_FIGURE_NUMBER;
    int64_t days = 0;
    for (size_t i = 0; i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        char text[16] = "";
        if (!is_wanted(arrests->areas, row->place, figure->keys[0]) ||
            figure->keys[1].size >= sizeof text) {
            continue;
        }
        for (size_t k = 0; k < figure->keys[1].size; k++) {
            text[k] = figure->keys[1].data[k];
        }
        int32_t day = pal_day_from_text(text);
        if (day == PAL_DAY_NONE || day < row->first || day > row->last) {
            continue;
        }
        days++;
        if (figure->has_value) {
            row->arrests += llround(figure->value);
        } else {
            row->arrests_status = figure->status;
        }
    }
    if (days == 0) {
        row->arrests_status = PAL_FIGURE_NOT_COVERED;
    }
}

static void rate(struct pal_effort_row *row)
{
    const struct pal_range *effort = &row->agent_days;
    row->has_rate = row->arrests_status == PAL_FIGURE_NUMBER &&
                    (!effort->has_high || effort->high > 0);
    if (!row->has_rate) {
        return;
    }
    double arrests = (double)row->arrests;
    row->rate.low = effort->has_high ? arrests / effort->high : 0;
    row->rate.has_high = effort->low > 0;
    row->rate.high = effort->low > 0 ? arrests / effort->low : 0;
}

static pal_status run_arrests(struct pal_store *store, int32_t first, int32_t last,
                              struct pal_measure_result **out, struct pal_error *err)
{
    struct pal_measure_request request = {.by_count = 2,
                                          .by = {PAL_VIEW("area"), PAL_VIEW("day")},
                                          .first = first,
                                          .last = last};
    PAL_BUG_IF(!pal_measure_find(PAL_VIEW("arrests"), &request.measure));
    return pal_measure_run(store, &request, out, err);
}

/* ---- rows ---- */

struct making {
    bool is_whole; /* one period from end to end */
    enum pal_period period;
    struct pal_effort_row *rows;
    size_t count;
};

static pal_status add_periods(struct making *in, const struct pal_effort *effort,
                              struct pal_error *err)
{
    int32_t first = in->is_whole ? effort->first_earliest
                                 : pal_period_first(in->period, effort->first_earliest);
    while (first <= effort->last_latest) {
        int32_t next =
            in->is_whole ? effort->last_latest + 1 : pal_period_next(in->period, first);
        if (in->count == PERIOD_MAX) {
            return pal_fail(err, PAL_LIMIT, "more than %d periods of effort",
                            PERIOD_MAX);
        }
        struct pal_effort_row *row = &in->rows[in->count++];
        *row = (struct pal_effort_row){.place = effort->place,
                                       .what = effort->what,
                                       .first = first,
                                       .last = next - 1};
        row->days = pal_effort_days_on(effort, first, next - 1);
        row->agent_days = pal_range_multiply(effort->agents, row->days);
        row->agent_hours = pal_range_multiply(row->agent_days, effort->hours);
        first = next;
    }
    return PAL_OK;
}

static int compare_rows(const void *left, const void *right)
{
    const struct pal_effort_row *a = left;
    const struct pal_effort_row *b = right;
    int order = pal_view_compare(a->place, b->place);
    if (order == 0) {
        order = pal_view_compare(a->what, b->what);
    }
    return order != 0 ? order : (a->first > b->first) - (a->first < b->first);
}

/* Lines about the same work are added up. */
static size_t merge(struct pal_effort_row *rows, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct pal_effort_row *last = kept > 0 ? &rows[kept - 1] : NULL;
        if (last != NULL && compare_rows(last, &rows[i]) == 0 &&
            last->last == rows[i].last) {
            last->days.low = fmax(last->days.low, rows[i].days.low);
            last->days.high = fmax(last->days.high, rows[i].days.high);
            last->agent_days = pal_range_add(last->agent_days, rows[i].agent_days);
            last->agent_hours = pal_range_add(last->agent_hours, rows[i].agent_hours);
        } else {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

static pal_status make_rows(struct making *in, struct pal_store *store,
                            struct pal_arena *arena, int32_t *first, int32_t *last,
                            struct pal_error *err)
{
    struct pal_effort *efforts = NULL;
    size_t effort_count = 0;
    void *memory = NULL;
    pal_status st = pal_effort_load(store, arena, &efforts, &effort_count, err);
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, PERIOD_MAX, sizeof *in->rows, &memory, err);
    }
    in->rows = memory;
    for (size_t i = 0; st == PAL_OK && i < effort_count; i++) {
        st = add_periods(in, &efforts[i], err);
    }
    if (st != PAL_OK || in->count == 0) {
        return st;
    }
    qsort(in->rows, in->count, sizeof *in->rows, compare_rows);
    in->count = merge(in->rows, in->count);
    *first = in->rows[0].first;
    *last = in->rows[0].last;
    for (size_t i = 0; i < in->count; i++) {
        *first = in->rows[i].first < *first ? in->rows[i].first : *first;
        *last = in->rows[i].last > *last ? in->rows[i].last : *last;
    }
    return PAL_OK;
}

pal_status pal_effort_run(struct pal_store *store, struct pal_view period,
                          struct pal_arena *arena, struct pal_effort_row **out,
                          size_t *count, struct pal_error *err)
{
    struct making in = {.is_whole = period.size == 0};
    struct areas *areas = NULL;
    struct pal_measure_result *by_day = NULL;
    int32_t first = PAL_DAY_NONE;
    int32_t last = PAL_DAY_NONE;
    *out = NULL;
    *count = 0;
    if (!in.is_whole &&
        (!pal_period_find(period, &in.period) || in.period == PAL_PERIOD_DAY)) {
        return pal_fail(err, PAL_USAGE,
                        "effort is given by week, month, year or fiscal_year, not "
                        "\"%.*s\"",
                        PAL_VIEW_ARG(period));
    }
    void *memory = NULL;
    pal_status st = make_rows(&in, store, arena, &first, &last, err);
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, 1, sizeof *areas, &memory, err);
        areas = memory;
    }
    if (st == PAL_OK) {
        st = load_areas(store, arena, areas, err);
    }
    if (st == PAL_OK && in.count > 0) {
        st = run_arrests(store, first, last, &by_day, err);
    }
    for (size_t i = 0; st == PAL_OK && i < in.count; i++) {
        const struct arrests arrests = {areas, by_day};
        count_arrests(&arrests, &in.rows[i]);
        rate(&in.rows[i]);
    }
    pal_measure_result_free(by_day);
    if (st == PAL_OK) {
        *out = in.rows;
        *count = in.count;
    }
    return st;
}
