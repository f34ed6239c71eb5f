/*
 * Bai & Perron, J Applied Econometrics 18 (2003) 1: the segmentation with the least residual
 * sum of squares for each number of breaks, by dynamic programming over segments of at least
 * floor(share n) rows, and at most ceil(n / that) - 2 breaks; the number by
 *   BIC = n (log(RSS / n) + 1 + log 2 pi) + log(n) (k + 1) (m + 1).
 * Sums of squares of all segments come from adding rows to a triangular factor by Givens
 * rotations, which needs no start-up and bears dependent first rows.
 */
#include "stat/breaks.h"

#include <math.h>
#include <string.h>

#include "stat/breaks_internal.h"
#include "stat/least_squares.h"
#include "stat/special.h"

static const double log_two_pi = 1.83787706640934548356;

static pal_status get(struct pal_arena *arena, size_t count, size_t size, void **out,
                      struct pal_error *err)
{
    return pal_arena_alloc(arena, count, size, out, err);
}

static pal_status check(const struct pal_break_data *data, double share,
                        size_t *min_length, struct pal_error *err)
{
    size_t n = data->row_count;
    size_t k = data->column_count;
    if (n > PAL_BREAK_ROW_MAX || k > PAL_BREAK_COLUMN_MAX) {
        return pal_fail(err, PAL_LIMIT, "%zu rows and %zu columns; at most %d and %d",
                        n, k, PAL_BREAK_ROW_MAX, PAL_BREAK_COLUMN_MAX);
    }
    *min_length = share > 0 && share < 0.5 ? (size_t)floor(share * (double)n) : 0;
    if (k == 0 || *min_length <= k) {
        return pal_fail(err, PAL_INPUT,
                        "a segment of %zu of %zu rows is too short for %zu columns",
                        *min_length, n, k);
    }
    for (size_t i = 0; i < n * k; i++) {
        if (!isfinite(data->design[i])) {
            return pal_fail(err, PAL_INPUT, "row %zu: column %zu is no number",
                            i % n + 1, i / n + 1);
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(data->response[i])) {
            return pal_fail(err, PAL_INPUT, "row %zu: the response is no number",
                            i + 1);
        }
    }
    return PAL_OK;
}

/* A triangular factor with its right-hand side, grown row by row. */
struct factor {
    size_t column_count;
    double r[PAL_BREAK_COLUMN_MAX][PAL_BREAK_COLUMN_MAX + 1];
    double rss;
};

static void add_row(struct factor *factor, const struct pal_break_data *data,
                    size_t row)
{
    size_t k = factor->column_count;
    double x[PAL_BREAK_COLUMN_MAX + 1];
    for (size_t j = 0; j < k; j++) {
        x[j] = data->design[j * data->row_count + row];
    }
    x[k] = data->response[row];
    for (size_t j = 0; j < k; j++) {
        if (x[j] == 0) {
            continue;
        }
        double length = hypot(factor->r[j][j], x[j]);
        double c = factor->r[j][j] / length;
        double s = x[j] / length;
        for (size_t l = j; l <= k; l++) {
            double held = factor->r[j][l];
            factor->r[j][l] = c * held + s * x[l];
            x[l] = c * x[l] - s * held;
        }
    }
    factor->rss += x[k] * x[k];
}

/* row[t] for t = 0..n: the RSS of rows from+1..t, for one `from`. */
static void segment_row(const struct pal_break_data *data, size_t from, double *row)
{
    struct factor factor = {.column_count = data->column_count};
    for (size_t t = from; t < data->row_count; t++) {
        add_row(&factor, data, t);
        row[t + 1] = factor.rss;
    }
}

/* best[m][t]: least RSS of rows 1..t with m breaks; before[m][t]: its last break. The
 * outer loop is over the start of the last segment, so one row of the triangle is held. */
struct table {
    double *best;
    size_t *before;
    double *row;
};

static void relax(const struct pal_break_fit *fit, const struct table *table, size_t n,
                  size_t from)
{
    for (size_t m = 1; m <= fit->break_max; m++) {
        double left = table->best[(m - 1) * (n + 1) + from];
        if (!isfinite(left)) {
            continue;
        }
        for (size_t t = from + fit->min_length; t <= n; t++) {
            double rss = left + table->row[t];
            if (rss < table->best[m * (n + 1) + t]) {
                table->best[m * (n + 1) + t] = rss;
                table->before[m * (n + 1) + t] = from;
            }
        }
    }
}

static void search(const struct pal_break_data *data, const struct pal_break_fit *fit,
                   const struct table *table)
{
    size_t n = data->row_count;
    for (size_t i = 0; i < (fit->break_max + 1) * (n + 1); i++) {
        table->best[i] = (double)INFINITY;
    }
    segment_row(data, 0, table->row);
    for (size_t t = fit->min_length; t <= n; t++) {
        table->best[t] = table->row[t];
    }
    for (size_t from = fit->min_length; from + fit->min_length <= n; from++) {
        segment_row(data, from, table->row);
        relax(fit, table, n, from);
    }
}

pal_status pal_break_search(const struct pal_break_data *data, double share,
                            struct pal_arena *arena, struct pal_break_fit *out,
                            struct pal_error *err)
{
    *out = (struct pal_break_fit){0};
    size_t n = data->row_count;
    void *memory[6] = {NULL};
    pal_status status = check(data, share, &out->min_length, err);
    if (status != PAL_OK) {
        return status;
    }
    size_t pieces = (n + out->min_length - 1) / out->min_length;
    out->break_max = pieces > 2 ? pieces - 2 : 0;
    size_t levels = out->break_max + 1;
    const size_t counts[6] = {
        levels,           levels,           levels * (levels + 1) / 2 + 1,
        levels * (n + 1), levels * (n + 1), n + 1};
    static const size_t sizes[6] = {sizeof(double), sizeof(double), sizeof(size_t),
                                    sizeof(double), sizeof(size_t), sizeof(double)};
    for (size_t k = 0; k < 6; k++) {
        status = get(arena, counts[k], sizes[k], &memory[k], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    out->rss = memory[0];
    out->bic = memory[1];
    out->breaks = memory[2];
    struct table table = {memory[3], memory[4], memory[5]};
    search(data, out, &table);
    for (size_t m = 0; m < levels; m++) {
        double size = (double)n;
        out->rss[m] = table.best[m * (n + 1) + n];
        out->bic[m] = size * (log(out->rss[m] / size) + 1.0 + log_two_pi) +
                      log(size) * (double)(data->column_count + 1) * (double)(m + 1);
        out->best = out->bic[m] < out->bic[out->best] ? m : out->best;
        size_t t = n;
        for (size_t j = m; j-- > 0;) {
            t = table.before[(j + 1) * (n + 1) + t];
            out->breaks[m * (m - 1) / 2 + j] = t;
        }
    }
    return PAL_OK;
}

/* Least squares over some rows; residuals may be NULL. */
static pal_status fit_rows(const struct pal_break_data *data,
                           struct pal_break_rows rows, struct pal_arena *arena,
                           double *coefficient, double *residual, struct pal_error *err)
{
    size_t n = rows.to - rows.from;
    size_t k = data->column_count;
    void *memory = NULL;
    struct pal_least_squares solver;
    pal_status status = get(arena, n * k, sizeof(double), &memory, err);
    double *design = memory;
    if (status == PAL_OK) {
        status = pal_least_squares_init(&solver, n, k, arena, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    for (size_t j = 0; j < k; j++) {
        memcpy(design + j * n, data->design + j * data->row_count + rows.from,
               n * sizeof *design);
    }
    status = pal_least_squares_solve(&solver, design, data->response + rows.from, NULL,
                                     coefficient, err);
    for (size_t i = 0; status == PAL_OK && residual != NULL && i < n; i++) {
        residual[i] = data->response[rows.from + i];
        for (size_t j = 0; j < k; j++) {
            residual[i] -= design[j * n + i] * coefficient[j];
        }
    }
    return status;
}

pal_status pal_break_coefficients(const struct pal_break_data *data,
                                  struct pal_break_set breaks, size_t segment,
                                  struct pal_arena *arena, double *coefficient,
                                  struct pal_error *err)
{
    struct pal_break_rows rows = {segment == 0 ? 0 : breaks.dates[segment - 1],
                                  segment == breaks.count ? data->row_count
                                                          : breaks.dates[segment]};
    return fit_rows(data, rows, arena, coefficient, NULL, err);
}

pal_status pal_break_segment(const struct pal_break_data *data,
                             struct pal_break_rows rows, struct pal_arena *arena,
                             double *coefficient, double *variance,
                             struct pal_error *err)
{
    size_t n = rows.to - rows.from;
    void *memory = NULL;
    pal_status status = get(arena, n, sizeof(double), &memory, err);
    double *residual = memory;
    if (status == PAL_OK) {
        status = fit_rows(data, rows, arena, coefficient, residual, err);
    }
    *variance = 0.0;
    for (size_t i = 0; status == PAL_OK && i < n; i++) {
        *variance += residual[i] * residual[i] / (double)n;
    }
    return status;
}

pal_status pal_ols_cusum(const struct pal_break_data *data, struct pal_arena *arena,
                         double *process, double *statistic, double *p_value,
                         struct pal_error *err)
{
    double coefficient[PAL_BREAK_COLUMN_MAX] = {0};
    size_t n = data->row_count;
    size_t ignored;
    void *memory = NULL;
    *statistic = 0.0;
    *p_value = 1.0;
    pal_status status = check(data, 0.49, &ignored, err);
    status = status == PAL_OK ? get(arena, n, sizeof(double), &memory, err) : status;
    double *residual = memory;
    if (status == PAL_OK) {
        status = fit_rows(data, (struct pal_break_rows){0, n}, arena, coefficient,
                          residual, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    double rss = 0.0;
    double mean = 0.0; /* 0 with a constant; without one the reference takes it off */
    for (size_t i = 0; i < n; i++) {
        mean += residual[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        rss += (residual[i] - mean) * (residual[i] - mean);
    }
    double scale = sqrt(rss / (double)(n - data->column_count)) * sqrt((double)n);
    process[0] = 0.0;
    for (size_t i = 0; i < n; i++) {
        process[i + 1] = process[i] + (scale > 0 ? residual[i] / scale : 0.0);
        *statistic = fmax(*statistic, fabs(process[i + 1]));
    }
    /* Kolmogorov's series for the Brownian bridge; 1 - (1 + 2 sum ..) without the ones */
    double x = *statistic;
    double sum = 0.0;
    for (int i = 1; i <= 100; i++) {
        sum += (i % 2 == 1 ? 2.0 : -2.0) * exp(-2.0 * i * i * x * x);
    }
    *p_value = x < 0.05 ? 1.0 : fmin(1.0, fmax(0.0, sum));
    return PAL_OK;
}

pal_status pal_sup_f_test(const struct pal_break_data *data, double share,
                          struct pal_arena *arena, struct pal_sup_f *out,
                          struct pal_error *err)
{
    size_t n = data->row_count;
    size_t k = data->column_count;
    size_t first = 0;
    void *left = NULL;
    *out = (struct pal_sup_f){.p_tail = 1.0};
    pal_status status = check(data, share, &first, err);
    status = status == PAL_OK ? get(arena, n + 1, sizeof(double), &left, err) : status;
    if (status != PAL_OK) {
        return status;
    }
    const double *rss = left;
    segment_row(data, 0, left);
    struct factor right = {.column_count = k};
    size_t at = n;
    for (size_t t = n - first; t >= first; t--) {
        while (at > t) {
            at--;
            add_row(&right, data, at);
        }
        double both = rss[t] + right.rss;
        double f = (rss[n] - both) / (both / (double)(n - 2 * k));
        if (f >= out->statistic) {
            out->statistic = f;
            out->position = t;
        }
    }
    /* DeLong, Comm Stat A 10 (1981) 2197: tail of the sup of a Bessel process */
    double c = out->statistic;
    double p = (double)k;
    double log_lambda = 2.0 * log((1.0 - share) / share);
    if (c > p) {
        double head = exp(0.5 * p * log(0.5 * c) - 0.5 * c - pal_log_gamma(0.5 * p));
        out->p_tail = fmin(1.0, head * ((1.0 - p / c) * log_lambda + 2.0 / c));
    }
    return PAL_OK;
}
