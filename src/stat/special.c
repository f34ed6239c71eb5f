/*
 * Log-gamma: Taylor series of log Gamma(2 + z) for |z| <= 1/2 (Abramowitz & Stegun 6.1.33,
 * with zeta(k) - 1), Stirling's series from 16 on, recurrence between.
 * Kernels: the saddle-point expansion of C. Loader, "Fast and accurate computation of
 * binomial probabilities" (2000).
 * Incomplete gamma: power series below a + 1, Legendre's continued fraction above.
 * Incomplete beta: the continued fraction of DiDonato & Morris (TOMS 18 (1992) 360, the even
 * part of DLMF 8.17.22), which takes a - (a + b) x apart; evaluated by Lentz's method.
 * Inverses: Newton on the logarithm of the smaller tail, in log x or logit x, kept inside a
 * bracket; so they converge for shares down to 1e-300.
 */
#include "stat/special.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static const double log_two_pi = 1.83787706640934548356;
static const double euler = 0.57721566490153286061;

enum { SERIES_MAX = 2000000, SOLVE_MAX = 300, STIRLING_FROM = 16 };

/* zeta(k) - 1 for k = 2.. */
static const double zeta_minus_one[] = {
    0.64493406684822643647,     0.20205690315959428540,     0.082323233711138191516,
    0.036927755143369926331,    0.017343061984449139714,    0.0083492773819228268398,
    0.0040773561979443393786,   0.0020083928260822144179,   0.00099457512781808533715,
    0.00049418860411946455870,  0.00024608655330804829864,  0.00012271334757848914675,
    0.000061248135058704829259, 0.000030588236307020493551, 0.000015282259408651871733,
    7.6371976378997622737e-6,   3.8172932649998398565e-6,   1.9082127165539389257e-6,
    9.5396203387279611315e-7,   4.7693298678780646312e-7,   2.3845050272773299000e-7,
    1.1921992596531107307e-7,   5.9608189051259479612e-8,   2.9803503514652280186e-8,
    1.4901554828365041235e-8,   7.4507117898354294920e-9,
};

/* log Gamma(2 + z), |z| <= 1/2 */
static double log_gamma_at_two(double z)
{
    double sum = 0.0;
    size_t term_count = sizeof zeta_minus_one / sizeof zeta_minus_one[0];
    for (size_t i = term_count; i-- > 0;) {
        double k = (double)(i + 2);
        double sign = i % 2 == 0 ? 1.0 : -1.0;
        sum = (sum + sign * zeta_minus_one[i] / k) * z;
    }
    return z * ((1.0 - euler) + sum);
}

/* log Gamma(x) - [(x - 1/2) log x - x + log(2 pi) / 2] for x >= 16 */
static double stirling_rest(double x)
{
    double r = 1.0 / (x * x);
    double sum = 1.0 / 12 -
                 r * (1.0 / 360 -
                      r * (1.0 / 1260 -
                           r * (1.0 / 1680 - r * (1.0 / 1188 - r * (691.0 / 360360)))));
    return sum / x;
}

double pal_log_gamma(double x)
{
    if (!(x > 0)) {
        return (double)NAN;
    }
    if (isinf(x)) {
        return x;
    }
    if (x < 0.5) {
        return pal_log_gamma(x + 1.0) - log(x);
    }
    if (x < 1.5) {
        return log_gamma_at_two(x - 1.0) - log1p(x - 1.0);
    }
    if (x <= 2.5) {
        return log_gamma_at_two(x - 2.0);
    }
    if (x < STIRLING_FROM) {
        double product = 1.0;
        while (x > 2.5) {
            x -= 1.0;
            product *= x;
        }
        return log_gamma_at_two(x - 2.0) + log(product);
    }
    return (x - 0.5) * log(x) - x + 0.5 * log_two_pi + stirling_rest(x);
}

double pal_digamma(double x)
{
    if (!(x > 0)) {
        return (double)NAN;
    }
    double sum = 0.0;
    while (x < STIRLING_FROM) {
        sum -= 1.0 / x;
        x += 1.0;
    }
    double r = 1.0 / (x * x);
    double tail =
        r * (1.0 / 12 -
             r * (1.0 / 120 -
                  r * (1.0 / 252 -
                       r * (1.0 / 240 - r * (1.0 / 132 - r * (691.0 / 32760))))));
    return sum + log(x) - 0.5 / x - tail;
}

double pal_trigamma(double x)
{
    if (!(x > 0)) {
        return (double)NAN;
    }
    double sum = 0.0;
    while (x < STIRLING_FROM) {
        sum += 1.0 / (x * x);
        x += 1.0;
    }
    double r = 1.0 / (x * x);
    double tail =
        1.0 / 6 -
        r * (1.0 / 30 -
             r * (1.0 / 42 - r * (1.0 / 30 - r * (5.0 / 66 - r * (691.0 / 2730)))));
    return sum + 1.0 / x + 0.5 * r + tail * r / x;
}

/* log Gamma(n + 1) - [(n + 1/2) log n - n + log(2 pi) / 2] */
static double stirling_error(double n)
{
    if (n >= STIRLING_FROM) {
        return stirling_rest(n);
    }
    return pal_log_gamma(n + 1.0) - (n + 0.5) * log(n) + n - 0.5 * log_two_pi;
}

/* x log(x / m) + m - x with `gap` = x - m, without cancellation when x is near m */
static double deviance_part(double x, double m, double gap)
{
    if (fabs(gap) < 0.1 * (x + m)) {
        double v = gap / (x + m);
        double sum = gap * v;
        double term = 2.0 * x * v;
        v *= v;
        for (int j = 1; j < 1000; j++) {
            term *= v;
            double next = sum + term / (2 * j + 1);
            if (next == sum) {
                break;
            }
            sum = next;
        }
        return sum;
    }
    return x * log(x / m) - gap;
}

double pal_poisson_kernel(double x, double mean)
{
    if (x < 0) {
        return 0.0;
    }
    if (mean == 0) {
        return x == 0 ? 1.0 : 0.0;
    }
    if (x == 0) {
        return exp(-mean);
    }
    if (isinf(x) || isinf(mean)) {
        return 0.0;
    }
    if (x < 1e-8) {
        return exp(x * log(mean) - mean - pal_log_gamma(x + 1.0));
    }
    return exp(-stirling_error(x) - deviance_part(x, mean, x - mean) -
               0.5 * log_two_pi - 0.5 * log(x));
}

double pal_binomial_kernel(double x, double rest, double p, double q)
{
    if (x < 0 || rest < 0) {
        return 0.0;
    }
    if (p == 0 || q == 0) {
        return (p == 0 ? x : rest) == 0 ? 1.0 : 0.0;
    }
    double n = x + rest;
    if (x == 0) {
        return exp(n * (p < q ? log1p(-p) : log(q)));
    }
    if (rest == 0) {
        return exp(n * (q < p ? log1p(-q) : log(p)));
    }
    if (x < 1e-8 || rest < 1e-8) {
        return exp(pal_log_gamma(n + 1) - pal_log_gamma(x + 1) -
                   pal_log_gamma(rest + 1) + x * log(p) + rest * log(q));
    }
    /* from the smaller of p and q: the larger has lost digits that its power brings back */
    double gap = q < p ? n * q - rest : x - n * p;
    double log_value = stirling_error(n) - stirling_error(x) - stirling_error(rest) -
                       deviance_part(x, n * p, gap) - deviance_part(rest, n * q, -gap);
    double root = log_two_pi + log(x) + log(rest) - log(n);
    return exp(log_value - 0.5 * root);
}

static double gamma_series(double a, double x)
{
    double term = 1.0;
    double sum = 1.0;
    for (int i = 1; i < SERIES_MAX; i++) {
        term *= x / (a + i);
        sum += term;
        if (term < sum * (DBL_EPSILON / 4)) {
            break;
        }
    }
    return pal_poisson_kernel(a, x) * sum;
}

static double gamma_fraction(double a, double x)
{
    const double tiny = 1e-300;
    double b = x + 1.0 - a;
    double c = 1.0 / tiny;
    double d = 1.0 / (fabs(b) < tiny ? tiny : b);
    double h = d;
    for (int i = 1; i < SERIES_MAX; i++) {
        double an = -i * (i - a);
        b += 2.0;
        d = an * d + b;
        d = 1.0 / (fabs(d) < tiny ? tiny : d);
        c = b + an / c;
        c = fabs(c) < tiny ? tiny : c;
        double factor = c * d;
        h *= factor;
        if (fabs(factor - 1.0) < DBL_EPSILON) {
            break;
        }
    }
    return pal_poisson_kernel(a, x) * a * h;
}

double pal_gamma_share(double a, double x, enum pal_tail tail)
{
    if (!(a > 0) || !(x >= 0)) {
        return (double)NAN;
    }
    if (x == 0 || isinf(x)) {
        return (x == 0) == (tail == PAL_TAIL_UPPER) ? 1.0 : 0.0;
    }
    bool is_lower = x < a + 1.0;
    double share = is_lower ? gamma_series(a, x) : gamma_fraction(a, x);
    share = fmin(share, 1.0);
    return is_lower == (tail == PAL_TAIL_LOWER) ? share : 1.0 - share;
}

/* I_x(a, b) / (x^a y^b / B(a, b)) */
static double beta_fraction(double a, double b, double x, double y)
{
    const double tiny = 1e-300;
    /* a - (a + b) x, from the smaller of x and y */
    double gap = y < x ? (a + b) * y - b : a - (a + b) * x;
    double beta = a / (a + 1.0) * (gap + 1.0);
    double c = fabs(beta) < tiny ? tiny : beta;
    double d = 0.0;
    double h = c;
    for (int i = 1; i < SERIES_MAX; i++) {
        double n = i;
        double s = a + 2.0 * n - 1.0;
        double w = n * (b - n) * x;
        double alpha = (a + n - 1.0) / s * ((a + b + n - 1.0) / s) * w * x;
        beta = n + w / s + (a + n) / (s + 2.0) * (gap + 1.0 + n * (1.0 + y));
        d = beta + alpha * d;
        d = 1.0 / (fabs(d) < tiny ? tiny : d);
        c = beta + alpha / c;
        c = fabs(c) < tiny ? tiny : c;
        double factor = c * d;
        h *= factor;
        if (fabs(factor - 1.0) < DBL_EPSILON) {
            break;
        }
    }
    return 1.0 / h;
}

/* x^a y^b / B(a, b) */
static double beta_kernel(double a, double b, double x, double y)
{
    return pal_binomial_kernel(a, b, x, y) * a * (b / (a + b));
}

double pal_beta_share(double a, double b, double x, double y, enum pal_tail tail)
{
    if (!(a > 0) || !(b > 0) || !(x >= 0) || !(y >= 0)) {
        return (double)NAN;
    }
    if (x == 0 || y == 0) {
        return (x == 0) == (tail == PAL_TAIL_UPPER) ? 1.0 : 0.0;
    }
    bool is_lower = x <= (a + 1.0) / (a + b + 2.0);
    double share = beta_kernel(a, b, x, y);
    share *= is_lower ? beta_fraction(a, b, x, y) : beta_fraction(b, a, y, x);
    share = fmin(share, 1.0);
    return is_lower == (tail == PAL_TAIL_LOWER) ? share : 1.0 - share;
}

/* A tail share as a function of u (log x or logit x). */
struct tail_problem {
    double a;
    double b; /* 0 for the gamma distribution */
    enum pal_tail tail;
    double share;
};

static void logistic(double u, double *x, double *y)
{
    double e = exp(-fabs(u));
    double small = e / (1.0 + e);
    double large = 1.0 / (1.0 + e);
    *x = u < 0 ? small : large;
    *y = u < 0 ? large : small;
}

/* The tail share at u, and its derivative by u. */
static double tail_at(const struct tail_problem *problem, double u, double *slope)
{
    double sign = problem->tail == PAL_TAIL_LOWER ? 1.0 : -1.0;
    if (problem->b == 0) {
        double x = exp(u);
        *slope = sign * pal_poisson_kernel(problem->a, x) * problem->a;
        return pal_gamma_share(problem->a, x, problem->tail);
    }
    double x;
    double y;
    logistic(u, &x, &y);
    *slope = sign * beta_kernel(problem->a, problem->b, x, y);
    return pal_beta_share(problem->a, problem->b, x, y, problem->tail);
}

/* Where a root is known to lie; open until both sides have been seen. */
struct bracket {
    double low;
    double high;
    bool has_low;
    bool has_high;
    double reach; /* next stride while it is open */
};

static void narrow(struct bracket *bracket, double u, bool is_low)
{
    if (is_low) {
        bracket->low = u;
        bracket->has_low = true;
    } else {
        bracket->high = u;
        bracket->has_high = true;
    }
}

/* The next try when Newton's step leaves the bracket. */
static double fall_back(struct bracket *bracket)
{
    if (bracket->has_low && bracket->has_high) {
        return 0.5 * (bracket->low + bracket->high);
    }
    double stride = bracket->reach;
    bracket->reach *= 2;
    return bracket->has_low ? fmin(bracket->low + stride, bracket->high)
                            : fmax(bracket->high - stride, bracket->low);
}

static double solve_tail(const struct tail_problem *problem, double u)
{
    const double bound = 700.0;
    struct bracket bracket = {-bound, bound, false, false, 1.0};
    bool is_rising = problem->tail == PAL_TAIL_LOWER;
    u = fmin(fmax(u, -bound), bound);
    for (int i = 0; i < SOLVE_MAX; i++) {
        double slope;
        double value = tail_at(problem, u, &slope);
        if (value == problem->share) {
            return u;
        }
        narrow(&bracket, u, (value < problem->share) == is_rising);
        double step = value > 0 && slope != 0
                          ? -(log(value) - log(problem->share)) * value / slope
                          : (double)NAN;
        double size = DBL_EPSILON * fmax(fabs(u), 1e-3);
        double next = u + step;
        if (!(next > bracket.low && next < bracket.high)) {
            if (fabs(step) <= 4 * size) {
                return u;
            }
            next = fall_back(&bracket);
        }
        if (fabs(next - u) <= 2 * size) {
            return next;
        }
        u = next;
    }
    return u;
}

/* Turns a share above one half into the other tail's. */
static void take_smaller_tail(double *share, enum pal_tail *tail)
{
    if (*share > 0.5) {
        *share = 1.0 - *share;
        *tail = *tail == PAL_TAIL_LOWER ? PAL_TAIL_UPPER : PAL_TAIL_LOWER;
    }
}

double pal_gamma_inverse(double a, double share, enum pal_tail tail)
{
    if (!(a > 0) || !(share >= 0 && share <= 1)) {
        return (double)NAN;
    }
    if (share == 0 || share == 1) {
        return (share == 0) == (tail == PAL_TAIL_LOWER) ? 0.0 : (double)INFINITY;
    }
    take_smaller_tail(&share, &tail);
    struct tail_problem problem = {.a = a, .b = 0, .tail = tail, .share = share};
    double start = log(a);
    if (tail == PAL_TAIL_LOWER && a < 2) {
        start = (log(share) + pal_log_gamma(a + 1.0)) / a;
        if (start < -600) {
            return exp(start);
        }
    }
    return exp(solve_tail(&problem, start));
}

double pal_beta_inverse(double a, double b, double share, enum pal_tail tail, double *y)
{
    double rest;
    y = y == NULL ? &rest : y;
    if (!(a > 0) || !(b > 0) || !(share >= 0 && share <= 1)) {
        *y = (double)NAN;
        return *y;
    }
    if (share == 0 || share == 1) {
        double x = (share == 0) == (tail == PAL_TAIL_LOWER) ? 0.0 : 1.0;
        *y = 1.0 - x;
        return x;
    }
    take_smaller_tail(&share, &tail);
    struct tail_problem problem = {.a = a, .b = b, .tail = tail, .share = share};
    double u = solve_tail(&problem, log(a / b));
    double x;
    logistic(u, &x, y);
    return x;
}
