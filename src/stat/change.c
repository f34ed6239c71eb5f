/*
 * Optimal partitioning: Jackson et al., IEEE Signal Proc. Letters 12 (2005) 105, with the
 * pruning of Killick, Fearnhead & Eckley, JASA 107 (2012) 1590 (PELT):
 *   F(t) = min over s of F(s) + C(s+1..t) + penalty, F(0) = -penalty.
 * Costs are twice the negative log-likelihood, constants dropped, as in the R package
 * changepoint:
 *   L2                q - x^2 / n
 *   Poisson           2 x (log n - log x), 0 when x = 0
 *   mean and variance n (log 2 pi + log s2 + 1), s2 >= 1e-11
 *   negative binomial -2 [x log(m / (r + m)) + n r log(r / (r + m))], m = x / n
 * with n, x, q the length, sum and sum of squares of a segment.
 *
 * Where we differ from changepoint and ruptures: with a least segment length m > 1 both drop
 * a candidate s as soon as it fails F(s) + C(s, t) <= F(t), and are then not optimal (48 of
 * 2,000 random Poisson series). A later segment can begin at t only from t + m on, so s stays
 * a candidate until t + m - 1. MBIC's log(length) breaks C(a) + C(b) <= C(a, b) by at most
 * log(count / 4); that much is allowed before s is dropped.
 *
 * Poisson costs see overdispersion as changes; take the negative binomial, or divide the
 * series by its dispersion.
 */
#include "stat/change.h"

#include <math.h>
#include <stdint.h>

static const double log_two_pi = 1.83787706640934548356;

/* Where costs are looked up, pruning takes as long as judging; done at every eighth step it
 * leaves some candidates longer, which cannot win. */
enum { LOG_TABLE_MAX = 1 << 17, PRUNE_STEPS = 8 };

struct prefix {
    const struct pal_segmentation *setting;
    size_t count;
    double *sum;    /* of the first i values */
    double *square; /* of their squares */
    /* logarithms of 0 (as 0), 1, .. log_count - 1: for whole counts they are most of the work */
    double *log;
    size_t log_count;
};

/* log(x) of a whole number x > 0 */
static double log_whole(const struct prefix *prefix, double x)
{
    return x < (double)prefix->log_count ? prefix->log[(size_t)x] : log(x);
}

static double segment_cost(const struct prefix *prefix, size_t from, size_t to)
{
    const struct pal_segmentation *setting = prefix->setting;
    double n = (double)(to - from);
    double x = prefix->sum[to] - prefix->sum[from];
    double q = prefix->square[to] - prefix->square[from];
    double cost = 0.0;
    switch (setting->cost) {
    case PAL_COST_L2:
        cost = q - x * x / n;
        break;
    case PAL_COST_POISSON:
        if (x == 0) {
            return 0.0; /* MBIC adds nothing here either, as in changepoint */
        }
        cost = prefix->log_count > 0
                   ? 2.0 * x * (log_whole(prefix, n) - log_whole(prefix, x))
                   : 2.0 * x * (log(n) - log(x));
        break;
    case PAL_COST_MEAN_VARIANCE:
        cost = n * (log_two_pi + log(fmax((q - x * x / n) / n, 1e-11)) + 1.0);
        break;
    case PAL_COST_NEGATIVE_BINOMIAL: {
        double r = setting->size;
        double m = x / n;
        double rest = n * r * log(r / (r + m));
        cost = -2.0 * ((x > 0 ? x * log(m / (r + m)) : 0.0) + rest);
        break;
    }
    }
    return setting->is_mbic ? cost + log(n) : cost;
}

static pal_status check(const double *values, size_t count,
                        const struct pal_segmentation *setting, struct pal_error *err)
{
    bool is_count = setting->cost == PAL_COST_POISSON ||
                    setting->cost == PAL_COST_NEGATIVE_BINOMIAL;
    if (count > PAL_CHANGE_LENGTH_MAX) {
        return pal_fail(err, PAL_LIMIT, "a series of %zu values; the longest is %d",
                        count, PAL_CHANGE_LENGTH_MAX);
    }
    if (setting->min_length < 1 || !isfinite(setting->penalty) ||
        (setting->cost == PAL_COST_NEGATIVE_BINOMIAL && !(setting->size > 0))) {
        return pal_fail(
            err, PAL_INPUT,
            "change points need a least length of 1 or more, a finite penalty, "
            "and for the negative binomial a size above 0");
    }
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i]) || (is_count && values[i] < 0)) {
            return pal_fail(err, PAL_INPUT, "value %zu, %g, has no likelihood here",
                            i + 1, values[i]);
        }
    }
    return PAL_OK;
}

/* Only for whole counts whose sums are exact. */
static pal_status make_logs(const double *values, struct pal_arena *arena,
                            struct prefix *out, struct pal_error *err)
{
    void *memory = NULL;
    double most = fmax(out->sum[out->count], (double)out->count);
    for (size_t i = 0; i < out->count; i++) {
        if (values[i] != floor(values[i])) {
            return PAL_OK;
        }
    }
    if (!(most < 1e15)) {
        return PAL_OK;
    }
    size_t count = (size_t)fmin(most + 1.0, LOG_TABLE_MAX);
    pal_status status = pal_arena_alloc(arena, count, sizeof(double), &memory, err);
    if (status == PAL_OK) {
        out->log = memory;
        out->log_count = count;
        for (size_t i = 1; i < count; i++) {
            out->log[i] = log((double)i);
        }
    }
    return status;
}

/* Sums from the first value on. Squares are of deviations from the mean, which changes no
 * cost and keeps digits. */
static pal_status make_prefix(const double *values, size_t count,
                              const struct pal_segmentation *setting,
                              struct pal_arena *arena, struct prefix *out,
                              struct pal_error *err)
{
    void *sum = NULL;
    void *square = NULL;
    pal_status status = check(values, count, setting, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, count + 1, sizeof(double), &sum, err);
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, count + 1, sizeof(double), &square, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    *out = (struct prefix){setting, count, sum, square, NULL, 0};
    double centre = 0.0;
    bool is_centred =
        setting->cost == PAL_COST_L2 || setting->cost == PAL_COST_MEAN_VARIANCE;
    for (size_t i = 0; is_centred && i < count; i++) {
        centre += (values[i] - centre) / (double)(i + 1);
    }
    for (size_t i = 0; i < count; i++) {
        double value = values[i] - centre;
        out->sum[i + 1] = out->sum[i] + value;
        out->square[i + 1] = out->square[i] + value * value;
    }
    return setting->cost == PAL_COST_POISSON ? make_logs(values, arena, out, err)
                                             : PAL_OK;
}

/* One a start of the last segment. What the costs need of it lies together. */
struct candidates {
    size_t count;
    uint32_t *from;
    uint32_t *last_use; /* UINT32_MAX while it is alive */
    double *sum;        /* of the values before it */
    double *base;       /* F */
    double *value;      /* at the current t */
};

struct search {
    struct prefix prefix;
    double *best;   /* F */
    size_t *before; /* where the last segment of the best begins */
    struct candidates candidates;
};

static pal_status make_search(const double *values, size_t count,
                              const struct pal_segmentation *setting,
                              struct pal_arena *arena, struct search *out,
                              struct pal_error *err)
{
    void *memory[7] = {NULL};
    static const size_t sizes[7] = {sizeof(double),   sizeof(size_t), sizeof(uint32_t),
                                    sizeof(uint32_t), sizeof(double), sizeof(double),
                                    sizeof(double)};
    pal_status status = make_prefix(values, count, setting, arena, &out->prefix, err);
    for (size_t k = 0; status == PAL_OK && k < 7; k++) {
        status = pal_arena_alloc(arena, count + 1, sizes[k], &memory[k], err);
    }
    out->best = memory[0];
    out->before = memory[1];
    out->candidates =
        (struct candidates){0, memory[2], memory[3], memory[4], memory[5], memory[6]};
    return status;
}

static void add_candidate(struct search *search, size_t t)
{
    struct candidates *all = &search->candidates;
    size_t k = all->count++;
    all->from[k] = (uint32_t)t;
    all->last_use[k] = UINT32_MAX;
    all->sum[k] = search->prefix.sum[t];
    all->base[k] = search->best[t];
}

static void prune(struct search *search, size_t t, double allowance)
{
    size_t min_length = search->prefix.setting->min_length;
    struct candidates *all = &search->candidates;
    double limit = search->best[t] + allowance;
    limit += 1e-12 * fabs(limit);
    size_t kept = 0;
    for (size_t k = 0; k < all->count; k++) {
        bool was_judged = t >= all->from[k] + min_length;
        if (all->last_use[k] == UINT32_MAX && was_judged && all->value[k] > limit) {
            all->last_use[k] = (uint32_t)(t + min_length - 1);
        }
        if (all->last_use[k] <= t) {
            continue;
        }
        if (kept < k) {
            all->from[kept] = all->from[k];
            all->last_use[kept] = all->last_use[k];
            all->sum[kept] = all->sum[k];
            all->base[kept] = all->base[k];
        }
        kept++;
    }
    all->count = kept;
}

/* Whether whole Poisson counts' logarithms are all within the table. */
static bool has_logs(const struct search *search, size_t t)
{
    const struct prefix *prefix = &search->prefix;
    size_t oldest = search->candidates.from[0];
    double limit = (double)prefix->log_count;
    return prefix->sum[t] - prefix->sum[oldest] < limit && (double)(t - oldest) < limit;
}

/* Values of the first `count` candidates at t; gives the first of the smallest. */
static size_t judge_counts(struct search *search, size_t t, size_t count)
{
    const uint32_t *restrict from = search->candidates.from;
    const double *restrict sum = search->candidates.sum;
    const double *restrict base = search->candidates.base;
    double *restrict value = search->candidates.value;
    const double *log_table = search->prefix.log;
    double sum_at = search->prefix.sum[t];
    double mbic = search->prefix.setting->is_mbic ? 1.0 : 0.0;
    double smallest = (double)INFINITY;
    size_t best = 0;
    for (size_t k = 0; k < count; k++) {
        double x = sum_at - sum[k];
        double log_n = log_table[(uint32_t)t - from[k]];
        double cost = 2.0 * x * (log_n - log_table[(int32_t)x]);
        value[k] = base[k] + cost + (x > 0 ? mbic * log_n : 0.0);
        if (value[k] < smallest) {
            smallest = value[k];
            best = k;
        }
    }
    return best;
}

static size_t judge(struct search *search, size_t t, size_t count)
{
    const struct candidates *all = &search->candidates;
    double smallest = (double)INFINITY;
    size_t best = 0;
    if (has_logs(search, t)) {
        return judge_counts(search, t, count);
    }
    for (size_t k = 0; k < count; k++) {
        double value = all->base[k] + segment_cost(&search->prefix, all->from[k], t);
        all->value[k] = value;
        if (value < smallest) {
            smallest = value;
            best = k;
        }
    }
    return best;
}

static void advance(struct search *search, size_t t, double allowance)
{
    const struct pal_segmentation *setting = search->prefix.setting;
    const struct candidates *all = &search->candidates;
    /* candidates stand in the order of their starts; the young ones have no segment yet */
    size_t count = all->count;
    while (count > 0 && t < all->from[count - 1] + setting->min_length) {
        count--;
    }
    search->best[t] = (double)INFINITY;
    if (count == 0) {
        return;
    }
    size_t at = judge(search, t, count);
    /* without the penalty, which pruning leaves out */
    search->best[t] = all->value[at] + setting->penalty;
    search->before[t] = all->from[at];
    if (t % PRUNE_STEPS == 0 || search->prefix.log_count == 0) {
        prune(search, t, allowance);
    }
    add_candidate(search, t);
}

pal_status pal_change_points(const double *values, size_t count,
                             const struct pal_segmentation *setting,
                             struct pal_segments *out, struct pal_error *err)
{
    struct pal_arena arena;
    struct search search = {0};
    out->end_count = 0;
    out->objective = 0.0;
    pal_arena_init(&arena, PAL_CHANGE_LENGTH_MAX * (size_t)100);
    pal_status status = make_search(values, count, setting, &arena, &search, err);
    if (status == PAL_OK && count < setting->min_length) {
        status = pal_fail(err, PAL_INPUT, "%zu values are fewer than one segment needs",
                          count);
    }
    if (status == PAL_OK) {
        double allowance = setting->is_mbic ? fmax(0.0, log((double)count / 4.0)) : 0.0;
        search.best[0] = -setting->penalty;
        add_candidate(&search, 0);
        for (size_t t = 1; t <= count; t++) {
            advance(&search, t, allowance);
        }
        out->objective = search.best[count];
        for (size_t t = search.before[count]; t > 0; t = search.before[t]) {
            out->ends[out->end_count++] = t;
        }
        for (size_t i = 0; i < out->end_count / 2; i++) {
            size_t held = out->ends[i];
            out->ends[i] = out->ends[out->end_count - 1 - i];
            out->ends[out->end_count - 1 - i] = held;
        }
    }
    pal_arena_clear(&arena);
    return status;
}

/* One more segment: next[t] = min over s of best[s] + C(s+1..t). */
static void extend(const struct prefix *prefix, const double *best, double *next)
{
    size_t m = prefix->setting->min_length;
    for (size_t t = 0; t <= prefix->count; t++) {
        next[t] = (double)INFINITY;
        for (size_t s = 0; s + m <= t; s++) {
            if (isfinite(best[s])) {
                next[t] = fmin(next[t], best[s] + segment_cost(prefix, s, t));
            }
        }
    }
}

pal_status pal_change_costs(const double *values, size_t count,
                            const struct pal_segmentation *setting, size_t change_max,
                            double *costs, struct pal_error *err)
{
    struct pal_arena arena;
    struct prefix prefix = {0};
    void *memory[2] = {NULL};
    pal_arena_init(&arena, PAL_CHANGE_LENGTH_MAX * (size_t)100);
    pal_status status = make_prefix(values, count, setting, &arena, &prefix, err);
    for (size_t k = 0; status == PAL_OK && k < 2; k++) {
        status = pal_arena_alloc(&arena, count + 1, sizeof(double), &memory[k], err);
    }
    if (status == PAL_OK) {
        double *best = memory[0];
        double *next = memory[1];
        for (size_t t = 1; t <= count; t++) {
            best[t] = (double)INFINITY;
        }
        for (size_t k = 0; k <= change_max; k++) {
            extend(&prefix, best, next);
            costs[k] = next[count];
            double *held = best;
            best = next;
            next = held;
        }
    }
    pal_arena_clear(&arena);
    return status;
}
