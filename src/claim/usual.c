/*
 * More than usual: the days asked about against spans of the same length, weekdays and season
 * in earlier years of the same place. Years go back by 52 weeks, so that weekdays stay; in each
 * year spans begin up to four weeks before or after, without overlap. The figure is compared
 * with the interval in which one further span would lie (mean and t quantile times
 * s sqrt(1 + 1/k): Geisser, Predictive Inference, 1993, section 2); s is at least that of a
 * Poisson count.
 */
#include <math.h>

#include "claim/claim_internal.h"
#include "stat/distribution.h"

enum {
    YEARS_MAX = 10,
    YEAR_DAYS = 364,
    SEASON_WEEKS = 4,
    SPANS_MIN = 4,
    SPAN_DAYS_MAX = 366
};

/* The sum of the days first..last; false when one of them is not covered. */
static bool sum_of(const double *values, size_t count, int32_t first_day, int32_t first,
                   int32_t last, double *sum)
{
    *sum = 0;
    if (first < first_day || last >= first_day + (int32_t)count) {
        return false;
    }
    for (int32_t day = first; day <= last; day++) {
        double value = values[day - first_day];
        if (isnan(value)) {
            return false;
        }
        *sum += value;
    }
    return true;
}

static size_t collect(const double *values, size_t count, int32_t first_day,
                      int32_t first, int32_t last, double *spans)
{
    int32_t length = last - first + 1;
    int32_t step = (length + 6) / 7 * 7;
    int32_t reach = SEASON_WEEKS * 7 / step * step;
    size_t found = 0;
    for (int32_t year = 1; year <= YEARS_MAX; year++) {
        for (int32_t shift = -reach; shift <= reach; shift += step) {
            int32_t from = first - year * YEAR_DAYS + shift;
            double sum = 0;
            if (from + length - 1 < first &&
                sum_of(values, count, first_day, from, from + length - 1, &sum)) {
                spans[found++] = sum;
            }
        }
    }
    return found;
}

bool pal_usual_of(const double *values, size_t count, int32_t first_day, int32_t first,
                  int32_t last, struct pal_usual *out)
{
    double spans[YEARS_MAX * (2 * SEASON_WEEKS + 1)];
    double asked = 0;
    *out = (struct pal_usual){0};
    if (last - first + 1 > SPAN_DAYS_MAX) {
        return false;
    }
    size_t k = collect(values, count, first_day, first, last, spans);
    if (k < SPANS_MIN) {
        out->count = k;
        return false;
    }
    bool has_asked = sum_of(values, count, first_day, first, last, &asked);
    double mean = 0;
    double squares = 0;
    for (size_t i = 0; i < k; i++) {
        mean += spans[i] / (double)k;
        out->below += has_asked && spans[i] < asked ? 1 : 0;
    }
    for (size_t i = 0; i < k; i++) {
        squares += (spans[i] - mean) * (spans[i] - mean);
    }
    double variance = squares / (double)(k - 1);
    if (variance < mean) {
        variance = mean;
    }
    double width = pal_t_quantile(0.025, (double)(k - 1), PAL_TAIL_UPPER) *
                   sqrt(variance * (1 + 1 / (double)k));
    out->count = k;
    out->mean = mean;
    out->low = mean > width ? mean - width : 0;
    out->high = mean + width;
    return true;
}

/* Day counts over all that is covered, NAN elsewhere. */
static pal_status read_days(struct pal_judge *judge,
                            const struct pal_measure_result *result, double **values,
                            int32_t *first_day, size_t *count, struct pal_error *err)
{
    void *memory = NULL;
    pal_status st =
        pal_arena_alloc(judge->arena, result->count + 1, sizeof(double), &memory, err);
    *values = memory;
    *count = 0;
    *first_day = PAL_DAY_NONE;
    for (size_t i = 0; st == PAL_OK && i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        int32_t day = pal_claim_day_of(figure->keys[0]);
        if (day == PAL_DAY_NONE) {
            continue;
        }
        *first_day = *count == 0 ? day : *first_day;
        if (day != *first_day + (int32_t)*count) {
            return pal_fail(err, PAL_BUG, "days are missing in a series by day");
        }
        (*values)[(*count)++] = figure->has_value ? (double)figure->n : (double)NAN;
    }
    return st;
}

static pal_status add_usual(struct pal_judge *judge,
                            const struct pal_question_ready *ready,
                            const struct pal_usual *usual, double per,
                            struct pal_finding *finding, struct pal_error *err)
{
    struct pal_reading *reading = NULL;
    pal_status st = pal_reading_new(judge, finding, &reading, err);
    if (st != PAL_OK) {
        return st;
    }
    *reading = finding->readings[0];
    reading->choice = PAL_VIEW("usual");
    reading->name = PAL_VIEW("the same weekdays and season of the years before");
    reading->bears = false;
    reading->value = usual->mean / per;
    reading->low = usual->low / per;
    reading->high = usual->high / per;
    reading->n = (int64_t)usual->count;
    reading->dispersion = 1;
    struct pal_measure_request by_day = ready->request;
    struct pal_buffer text;
    by_day.by_count = 1;
    by_day.by[0] = PAL_VIEW("day");
    by_day.first = PAL_DAY_NONE;
    by_day.last = PAL_DAY_NONE;
    pal_buffer_init(&text, PAL_CLAIM_WORDS_MAX);
    pal_request_command(&by_day, &text);
    st = pal_buffer_keep(&text, judge->arena, &reading->command, err);
    if (st == PAL_OK) {
        st = pal_judge_words(judge, &reading->note, err,
                             "%zu spans of the same length; %zu of them were lower",
                             usual->count, usual->below);
    }
    return st;
}

pal_status pal_judge_usual(struct pal_judge *judge, const struct pal_claim *claim,
                           const struct pal_question_ready *ready,
                           struct pal_finding *finding, struct pal_error *err)
{
    struct pal_measure_request by_day = ready->request;
    const struct pal_measure_result *result = NULL;
    const struct pal_reading *main = &finding->readings[0];
    struct pal_usual usual;
    double *values = NULL;
    int32_t first_day = 0;
    size_t count = 0;
    by_day.by_count = 1;
    by_day.by[0] = PAL_VIEW("day");
    by_day.first = PAL_DAY_NONE;
    by_day.last = PAL_DAY_NONE;
    pal_status st = pal_judge_ask(judge, &by_day, &result, err);
    if (st == PAL_OK) {
        st = read_days(judge, result, &values, &first_day, &count, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    if (!pal_usual_of(values, count, first_day, claim->what.first, claim->what.last,
                      &usual)) {
        finding->verdict = PAL_VERDICT_CANNOT_TELL;
        return pal_judge_words(
            judge, &finding->why, err,
            "The records hold too little of this place's earlier years: %zu spans of "
            "the "
            "same weekdays and season, and %d are needed to say what is usual.",
            usual.count, SPANS_MIN);
    }
    double per = ready->request.measure.kind == PAL_MEASURE_RATE
                     ? (double)(claim->what.last - claim->what.first + 1)
                     : 1;
    double seen = (double)main->n;
    finding->has_value = usual.mean > 0;
    finding->value = usual.mean > 0 ? seen / usual.mean : 0;
    finding->low = usual.high > 0 ? seen / usual.high : 0;
    finding->high = usual.low > 0 ? seen / usual.low : (double)INFINITY;
    finding->unit = PAL_VIEW("times the usual");
    finding->verdict = PAL_VERDICT_CANNOT_TELL;
    if (seen > usual.high) {
        finding->verdict = PAL_VERDICT_SUPPORTED;
    } else if (seen < usual.low) {
        finding->verdict = PAL_VERDICT_CONTRADICTED;
    }
    return add_usual(judge, ready, &usual, per, finding, err);
}
