/*
 * Answers of measures: each question is asked once, days counted one by one are added up, one
 * cut answers a question put of many values; a blank column is not zero; and how much more than
 * chance the weeks of a place vary.
 */
#include <math.h>
#include <string.h>

#include "claim/claim_internal.h"

static bool is_same_view(struct pal_view a, struct pal_view b)
{
    return pal_view_is_equal(a, b);
}

static bool is_same(const struct pal_measure_request *a,
                    const struct pal_measure_request *b)
{
    if (!is_same_view(a->measure.name, b->measure.name) || a->first != b->first ||
        a->last != b->last || a->by_count != b->by_count ||
        a->where_count != b->where_count || !is_same_view(a->release, b->release) ||
        !is_same_view(a->rule, b->rule)) {
        return false;
    }
    for (size_t i = 0; i < a->by_count; i++) {
        if (!is_same_view(a->by[i], b->by[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < a->where_count; i++) {
        if (!is_same_view(a->where[i].dimension, b->where[i].dimension) ||
            !is_same_view(a->where[i].value, b->where[i].value)) {
            return false;
        }
    }
    return true;
}

static const struct pal_measure_result *answer_had(
    const struct pal_judge *judge, const struct pal_measure_request *request)
{
    for (size_t i = 0; i < judge->result_count; i++) {
        if (is_same(&judge->results[i]->request, request)) {
            return judge->results[i];
        }
    }
    return NULL;
}

pal_status pal_judge_ask(struct pal_judge *judge,
                         const struct pal_measure_request *request,
                         const struct pal_measure_result **out, struct pal_error *err)
{
    *out = answer_had(judge, request);
    if (*out != NULL) {
        return PAL_OK;
    }
    if (judge->result_count == PAL_CLAIM_RESULT_MAX) {
        return pal_fail(err, PAL_LIMIT, "the claims put more than %d questions",
                        PAL_CLAIM_RESULT_MAX);
    }
    struct pal_measure_result **slot = &judge->results[judge->result_count];
    pal_status st = pal_measure_run(judge->store, request, slot, err);
    if (st == PAL_OK) {
        judge->result_count++;
        *out = *slot;
    }
    return st;
}

/* ---- many questions of one form: one cut answers them all ---- */

static bool is_like(const struct pal_claim_what *what,
                    const struct pal_measure_request *request)
{
    return pal_view_is_equal(what->measure, request->measure.name) &&
           what->first == request->first && what->last == request->last &&
           pal_view_is_equal(what->release, request->release) &&
           what->where_count == 1 &&
           pal_view_is_equal(what->where[0].dimension, request->where[0].dimension);
}

/* Whether the claims put this question about several values of its one condition. */
static bool is_one_of_many(const struct pal_judge *judge,
                           const struct pal_measure_request *request)
{
    size_t count = 0;
    if (request->where_count != 1 || request->rule.size > 0) {
        return false;
    }
    for (size_t i = 0; i < judge->claims->count; i++) {
        const struct pal_claim *claim = &judge->claims->items[i];
        count += is_like(&claim->what, request) ? 1 : 0;
        for (size_t k = 0; k < claim->context_count; k++) {
            count += is_like(&claim->contexts[k].what, request) ? 1 : 0;
        }
    }
    return count > 2;
}

/* The request cut by its one condition instead, and by `period` ("" none) behind it. */
static struct pal_measure_request cut_of(const struct pal_measure_request *request,
                                         const char *period)
{
    struct pal_measure_request cut = *request;
    cut.where_count = 0;
    cut.by_count = 0;
    cut.by[cut.by_count++] = request->where[0].dimension;
    if (period[0] != '\0') {
        cut.by[cut.by_count++] = pal_view_of(period);
    }
    return cut;
}

/* ---- one figure ---- */

static struct pal_measure_request by_day_of(const struct pal_measure_request *request)
{
    struct pal_measure_request by_day = *request;
    by_day.by_count = 1;
    by_day.by[0] = PAL_VIEW("day");
    by_day.first = PAL_DAY_NONE;
    by_day.last = PAL_DAY_NONE;
    return by_day;
}

int32_t pal_claim_day_of(struct pal_view key)
{
    char text[16] = "";
    if (key.size >= sizeof text) {
        return PAL_DAY_NONE;
    }
    for (size_t i = 0; i < key.size; i++) {
        text[i] = key.data[i];
    }
    return pal_day_from_text(text);
}

/* Days that were counted one by one, added up. false: they are not at hand, or the days asked
 * about reach beyond them, or one of them has no number. */
static bool is_sum_of_days(const struct pal_judge *judge,
                           const struct pal_measure_request *request,
                           struct pal_figure *out)
{
    struct pal_measure_request by_day = by_day_of(request);
    const struct pal_measure_result *days = answer_had(judge, &by_day);
    int32_t wanted = request->last - request->first + 1;
    if (days == NULL || request->first == PAL_DAY_NONE ||
        request->last == PAL_DAY_NONE || !pal_claim_is_countable(&request->measure)) {
        return false;
    }
    *out = (struct pal_figure){.status = PAL_FIGURE_NUMBER, .has_value = true};
    for (size_t i = 0; i < days->count; i++) {
        const struct pal_figure *figure = &days->figures[i];
        int32_t day = pal_claim_day_of(figure->keys[0]);
        if (day < request->first || day > request->last) {
            continue;
        }
        if (!figure->has_value) {
            return false;
        }
        out->n += figure->n;
        out->days_covered += figure->days_covered;
        out->days += figure->days;
    }
    if (out->days != wanted || out->days_covered != wanted) {
        return false;
    }
    double per = request->measure.kind == PAL_MEASURE_RATE ? out->days_covered : 1;
    out->value = (double)out->n / per;
    return true;
}

/* As the measure gives it: Garwood's, over the days of a rate. */
static pal_status set_own_interval(const struct pal_measure_request *request,
                                   struct pal_figure *out, struct pal_error *err)
{
    struct pal_interval interval;
    double per = request->measure.kind == PAL_MEASURE_RATE ? out->days_covered : 1;
    pal_status st = pal_interval_count(out->n, 0.95, &interval, err);
    out->low = interval.low / per;
    out->high = interval.high / per;
    return st;
}

static pal_status find_in_cut(struct pal_judge *judge,
                              const struct pal_measure_request *request,
                              struct pal_figure *out, bool *has, struct pal_error *err)
{
    struct pal_measure_request cut = cut_of(request, "");
    const struct pal_measure_result *result = NULL;
    pal_status st = pal_judge_ask(judge, &cut, &result, err);
    *has = false;
    for (size_t i = 0; st == PAL_OK && i < result->count; i++) {
        if (pal_view_is_equal(result->figures[i].keys[0], request->where[0].value)) {
            *out = result->figures[i];
            *has = true;
        }
    }
    return st;
}

static pal_status ask_figure(struct pal_judge *judge,
                             const struct pal_measure_request *request,
                             struct pal_figure *out, struct pal_error *err)
{
    const struct pal_measure_result *result = NULL;
    bool has = false;
    pal_status st = PAL_OK;
    *out = (struct pal_figure){.status = PAL_FIGURE_NOT_COVERED};
    if (is_sum_of_days(judge, request, out)) {
        return set_own_interval(request, out, err);
    }
    *out = (struct pal_figure){.status = PAL_FIGURE_NOT_COVERED};
    if (is_one_of_many(judge, request)) {
        st = find_in_cut(judge, request, out, &has, err);
    }
    if (st == PAL_OK && !has) {
        st = pal_judge_ask(judge, request, &result, err);
    }
    if (st == PAL_OK && !has && result->count > 0) {
        *out = result->figures[0];
    }
    return st;
}

pal_status pal_judge_figure(struct pal_judge *judge,
                            const struct pal_measure_request *request,
                            struct pal_figure *out, struct pal_error *err)
{
    pal_status st = ask_figure(judge, request, out, err);
    /* Nothing counted: neither a column that is blank throughout nor a slip in a name may be
     * read as zero. */
    if (st == PAL_OK && out->has_value && out->n == 0 && request->where_count > 0) {
        int64_t blank = 0;
        int64_t total = 0;
        st = pal_judge_blanks(judge, request, &blank, &total, err);
        if (st == PAL_OK && blank > 0 && blank == total) {
            out->status = PAL_FIGURE_NOT_RECORDED;
            out->has_value = false;
            return PAL_OK;
        }
    }
    if (st == PAL_OK && out->has_value && out->n == 0 && request->where_count > 0) {
        st = pal_measure_check_values(judge->store, request, err);
        if (st == PAL_USAGE) {
            st = PAL_INPUT;
        }
    }
    return st;
}

/* ---- blanks ---- */

bool pal_claim_is_blank(struct pal_view key)
{
    return pal_view_is_equal(key, PAL_VIEW("not stated")) ||
           pal_view_is_equal(key, PAL_VIEW("not recorded")) ||
           pal_view_is_equal(key, PAL_VIEW("redacted"));
}

static pal_status blanks_of(struct pal_judge *judge,
                            const struct pal_measure_request *request, size_t at,
                            int64_t *blank, int64_t *total, struct pal_error *err)
{
    struct pal_measure_request by_value = *request;
    const struct pal_measure_result *result = NULL;
    by_value.by_count = 1;
    by_value.by[0] = request->where[at].dimension;
    memmove(&by_value.where[at], &by_value.where[at + 1],
            (by_value.where_count - at - 1) * sizeof by_value.where[0]);
    by_value.where_count--;
    pal_status st = pal_judge_ask(judge, &by_value, &result, err);
    for (size_t i = 0; st == PAL_OK && i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        /* A release without the column counts its records apart: n is 0 there. */
        bool is_unrecorded = figure->status == PAL_FIGURE_NOT_RECORDED;
        *total += figure->n > 0 || !is_unrecorded ? figure->n : 1;
        if (pal_claim_is_blank(figure->keys[0])) {
            *blank += figure->n > 0 || !is_unrecorded ? figure->n : 1;
        }
    }
    return st;
}

pal_status pal_judge_blanks(struct pal_judge *judge,
                            const struct pal_measure_request *request, int64_t *blank,
                            int64_t *total, struct pal_error *err)
{
    struct pal_dimension dimension;
    pal_status st = PAL_OK;
    *blank = 0;
    *total = 0;
    for (size_t i = 0; st == PAL_OK && i < request->where_count; i++) {
        bool is_text = pal_dimension_find(request->measure.table,
                                          request->where[i].dimension, &dimension) &&
                       dimension.kind == PAL_DIMENSION_TEXT;
        if (is_text && !pal_claim_is_blank(request->where[i].value)) {
            st = blanks_of(judge, request, i, blank, total, err);
        }
    }
    return st;
}

/* ---- dispersion ---- */

/* Room for the weeks of a result: hits, bases, and whether each is whole. */
struct weeks {
    size_t count;
    double *hits;
    double *bases;
    bool *is_whole;
};

static pal_status weeks_init(struct pal_judge *judge, size_t room, struct weeks *out,
                             struct pal_error *err)
{
    void *memory = NULL;
    pal_status st =
        pal_arena_alloc(judge->arena, 3 * (room + 1), sizeof(double), &memory, err);
    out->count = 0;
    out->hits = memory;
    out->bases = st == PAL_OK ? out->hits + room + 1 : NULL;
    out->is_whole = st == PAL_OK ? (bool *)(out->bases + room + 1) : NULL;
    return st;
}

/* Days put together to weeks; one is whole when all its seven days have a number. */
static void add_days(const struct pal_measure_result *result, struct weeks *weeks)
{
    int32_t week = PAL_DAY_NONE;
    int days = 0;
    for (size_t i = 0; i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        int32_t day = pal_claim_day_of(figure->keys[0]);
        if (day == PAL_DAY_NONE || !figure->has_value || figure->days_covered != 1) {
            continue;
        }
        if (pal_week_first(day) != week) {
            week = pal_week_first(day);
            days = 0;
            weeks->hits[weeks->count] = 0;
            weeks->is_whole[weeks->count++] = false;
        }
        weeks->hits[weeks->count - 1] += (double)figure->n;
        weeks->is_whole[weeks->count - 1] = ++days == 7;
    }
}

/* `value` "": all weeks of the result; else those whose first key it is. */
static void add_weeks(const struct pal_measure_result *result, struct pal_view value,
                      struct weeks *weeks)
{
    for (size_t i = 0; i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        if (value.size > 0 && !pal_view_is_equal(figure->keys[0], value)) {
            continue;
        }
        bool is_whole =
            figure->has_value && figure->days_covered == 7 && figure->days == 7;
        weeks->hits[weeks->count] = figure->value * figure->base;
        weeks->bases[weeks->count++] = is_whole ? figure->base : 0;
    }
}

static pal_status spread_of_counts(struct pal_judge *judge,
                                   const struct pal_measure_request *request,
                                   struct pal_dispersion *out, struct pal_error *err)
{
    struct pal_measure_request by_day = by_day_of(request);
    const struct pal_measure_result *result = NULL;
    struct weeks weeks;
    by_day.rule = PAL_VIEW("");
    pal_status st = pal_judge_ask(judge, &by_day, &result, err);
    if (st == PAL_OK) {
        st = weeks_init(judge, result->count, &weeks, err);
    }
    if (st == PAL_OK) {
        add_days(result, &weeks);
        *out = pal_neighbour_counts(weeks.hits, weeks.is_whole, weeks.count);
    }
    return st;
}

static pal_status spread_of_shares(struct pal_judge *judge,
                                   const struct pal_measure_request *request,
                                   struct pal_dispersion *out, struct pal_error *err)
{
    bool is_many = is_one_of_many(judge, request);
    struct pal_measure_request by_week = *request;
    const struct pal_measure_result *result = NULL;
    struct weeks weeks;
    by_week.by_count = 1;
    by_week.by[0] = PAL_VIEW("week");
    if (is_many) {
        by_week = cut_of(request, "week");
    }
    by_week.first = PAL_DAY_NONE;
    by_week.last = PAL_DAY_NONE;
    by_week.rule = PAL_VIEW("");
    pal_status st = pal_judge_ask(judge, &by_week, &result, err);
    if (st == PAL_OK) {
        st = weeks_init(judge, result->count, &weeks, err);
    }
    if (st == PAL_OK) {
        add_weeks(result, is_many ? request->where[0].value : PAL_VIEW(""), &weeks);
        *out = pal_neighbour_shares(weeks.hits, weeks.bases, weeks.count);
    }
    return st;
}

pal_status pal_judge_dispersion(struct pal_judge *judge,
                                const struct pal_measure_request *request,
                                struct pal_dispersion *out, struct pal_error *err)
{
    struct pal_dimension dimension;
    const struct pal_measure *measure = &request->measure;
    bool is_share = pal_view_is_equal(measure->interval, PAL_VIEW("clopper-pearson"));
    *out = (struct pal_dispersion){.status = PAL_FIT_TOO_FEW, .value = 1};
    if (!pal_dimension_find(measure->table, PAL_VIEW("week"), &dimension)) {
        return PAL_OK;
    }
    if (pal_claim_is_countable(measure)) {
        return spread_of_counts(judge, request, out, err);
    }
    return is_share ? spread_of_shares(judge, request, out, err) : PAL_OK;
}
