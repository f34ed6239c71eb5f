/*
 * Philox4x32-10: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC11; key = seed, counter = (index, stream). Normal: the polar method of Marsaglia & Bray
 * (1964), the second value thrown away so that no state is held between calls. Gamma:
 * Marsaglia & Tsang (2000). Poisson: sequential inversion below 10, Hormann's PTRS (1993)
 * above. Negative binomial: Poisson with a gamma mean. Bounded integers: Lemire (2019).
 *
 * Logarithm and exponential are written out, because those of C libraries differ in the last
 * digit, and a last digit may decide an acceptance. Contraction to fused multiply-add is off
 * for the same reason.
 */
#include "stat/random.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const double ln2_high = 6.93147180369123816490e-01;
static const double ln2_low = 1.90821492927058770002e-10;

void pal_random_block(uint64_t seed, uint64_t stream, uint64_t index, uint64_t out[2])
{
    uint32_t key0 = (uint32_t)seed;
    uint32_t key1 = (uint32_t)(seed >> 32);
    uint32_t c0 = (uint32_t)index;
    uint32_t c1 = (uint32_t)(index >> 32);
    uint32_t c2 = (uint32_t)stream;
    uint32_t c3 = (uint32_t)(stream >> 32);
    for (int round = 0; round < 10; round++) {
        uint64_t product0 = (uint64_t)0xD2511F53u * c0;
        uint64_t product1 = (uint64_t)0xCD9E8D57u * c2;
        uint32_t next0 = (uint32_t)(product1 >> 32) ^ c1 ^ key0;
        uint32_t next2 = (uint32_t)(product0 >> 32) ^ c3 ^ key1;
        c1 = (uint32_t)product1;
        c3 = (uint32_t)product0;
        c0 = next0;
        c2 = next2;
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
    out[0] = ((uint64_t)c1 << 32) | c0;
    out[1] = ((uint64_t)c3 << 32) | c2;
}

void pal_random_init(struct pal_random *random, uint64_t seed, uint64_t stream)
{
    *random = (struct pal_random){.seed = seed, .stream = stream};
}

uint64_t pal_random_bits(struct pal_random *random)
{
    if (random->held_count == 0) {
        pal_random_block(random->seed, random->stream, random->index, random->held);
        random->index++;
        random->held_count = 2;
    }
    random->held_count--;
    return random->held[1 - random->held_count];
}

double pal_random_uniform(struct pal_random *random)
{
    return ((double)(pal_random_bits(random) >> 12) + 0.5) * 0x1p-52;
}

/* High and low half of a 128-bit product. */
static uint64_t multiply_wide(uint64_t a, uint64_t b, uint64_t *low)
{
    uint64_t a0 = (uint32_t)a;
    uint64_t a1 = a >> 32;
    uint64_t b0 = (uint32_t)b;
    uint64_t b1 = b >> 32;
    uint64_t middle = a1 * b0 + ((a0 * b0) >> 32);
    uint64_t cross = a0 * b1 + (uint32_t)middle;
    *low = a * b;
    return a1 * b1 + (middle >> 32) + (cross >> 32);
}

uint64_t pal_random_below(struct pal_random *random, uint64_t bound)
{
    uint64_t low;
    uint64_t high = multiply_wide(pal_random_bits(random), bound, &low);
    if (low < bound) {
        uint64_t least = (0 - bound) % bound;
        while (low < least) {
            high = multiply_wide(pal_random_bits(random), bound, &low);
        }
    }
    return high;
}

/* log x, x > 0 and normal: x = 2^e m, then 2 atanh((m - 1) / (m + 1)). */
static double exact_log(double x)
{
    int exponent;
    double m = frexp(x, &exponent);
    if (m < 0.70710678118654752440) {
        m *= 2;
        exponent--;
    }
    double s = (m - 1.0) / (m + 1.0);
    double z = s * s;
    double sum = 0.0;
    for (int k = 21; k >= 3; k -= 2) {
        sum = (sum + 1.0 / k) * z;
    }
    double e = exponent;
    return e * ln2_high + (2.0 * (s + s * sum) + e * ln2_low);
}

/* e^x for |x| < 700 */
static double exact_exp(double x)
{
    double k = floor(x / (ln2_high + ln2_low) + 0.5);
    double r = (x - k * ln2_high) - k * ln2_low;
    double sum = 1.0;
    for (int i = 18; i >= 1; i--) {
        sum = 1.0 + sum * r / i;
    }
    return ldexp(sum, (int)k);
}

/* log k! for a whole k >= 0 */
static double exact_log_factorial(double k)
{
    double n = k + 1.0;
    double product = 1.0;
    while (n < 12) {
        product *= n;
        n += 1.0;
    }
    double r = 1.0 / (n * n);
    double rest =
        (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680)))) / n;
    return (n - 0.5) * exact_log(n) - n + 0.91893853320467274178 + rest -
           exact_log(product);
}

double pal_random_normal(struct pal_random *random)
{
    for (;;) {
        double u = 2.0 * pal_random_uniform(random) - 1.0;
        double v = 2.0 * pal_random_uniform(random) - 1.0;
        double s = u * u + v * v;
        if (s < 1.0 && s > 0.0) {
            return u * sqrt(-2.0 * exact_log(s) / s);
        }
    }
}

double pal_random_gamma(struct pal_random *random, double shape)
{
    double boost = 1.0;
    if (shape < 1.0) {
        /* Gamma(a) = Gamma(a + 1) U^(1/a); a tiny shape gives 0, as it should */
        double log_boost = exact_log(pal_random_uniform(random)) / shape;
        boost = log_boost < -690.0 ? 0.0 : exact_exp(log_boost);
        shape += 1.0;
    }
    double d = shape - 1.0 / 3.0;
    double c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        double x = pal_random_normal(random);
        double v = 1.0 + c * x;
        if (v <= 0) {
            continue;
        }
        v = v * v * v;
        double u = pal_random_uniform(random);
        if (exact_log(u) < 0.5 * x * x + d - d * v + d * exact_log(v)) {
            return boost * d * v;
        }
    }
}

static int64_t poisson_small(struct pal_random *random, double mean)
{
    double u = pal_random_uniform(random);
    double term = exact_exp(-mean);
    int64_t k = 0;
    while (u > term && k < 1000) {
        u -= term;
        k++;
        term *= mean / (double)k;
    }
    return k;
}

static int64_t poisson_large(struct pal_random *random, double mean)
{
    double log_mean = exact_log(mean);
    double b = 0.931 + 2.53 * sqrt(mean);
    double a = -0.059 + 0.02483 * b;
    double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    double v_r = 0.9277 - 3.6224 / (b - 2.0);
    for (;;) {
        double u = pal_random_uniform(random) - 0.5;
        double v = pal_random_uniform(random);
        double us = 0.5 - fabs(u);
        double k = floor((2.0 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= v_r) {
            return (int64_t)k;
        }
        if (k < 0 || (us < 0.013 && v > us)) {
            continue;
        }
        double left =
            exact_log(v) + exact_log(inverse_alpha) - exact_log(a / (us * us) + b);
        if (left <= -mean + k * log_mean - exact_log_factorial(k)) {
            return (int64_t)k;
        }
    }
}

int64_t pal_random_poisson(struct pal_random *random, double mean)
{
    if (!(mean > 0)) {
        return 0;
    }
    mean = fmin(mean, 1e15);
    return mean < 10 ? poisson_small(random, mean) : poisson_large(random, mean);
}

int64_t pal_random_negative_binomial(struct pal_random *random, double mean,
                                     double size)
{
    if (!(mean > 0) || !(size > 0)) {
        return 0;
    }
    return pal_random_poisson(random, pal_random_gamma(random, size) * (mean / size));
}

void pal_random_permutation(struct pal_random *random, uint32_t *out, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = (uint32_t)pal_random_below(random, (uint64_t)i + 1);
        out[i] = out[j];
        out[j] = i;
    }
}
