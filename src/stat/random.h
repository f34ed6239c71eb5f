/*
 * Random numbers from a seed, the same on every machine. The n-th block of a stream is a
 * function of (seed, stream, n) alone, so streams may be handed out by row, area or
 * replicate number and drawn in any order or thread. No function of the C library's
 * mathematics is called: only IEEE arithmetic and square root.
 */
#ifndef PAL_STAT_RANDOM_H
#define PAL_STAT_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct pal_random {
    uint64_t seed;
    uint64_t stream;
    uint64_t index;   /* next block */
    uint64_t held[2]; /* the current block */
    int held_count;
};

/* Starts stream `stream` of `seed` at its beginning. */
void pal_random_init(struct pal_random *random, uint64_t seed, uint64_t stream);
/* The two 64-bit words of one block, without a state. */
void pal_random_block(uint64_t seed, uint64_t stream, uint64_t index, uint64_t out[2]);

uint64_t pal_random_bits(struct pal_random *random);
double pal_random_uniform(struct pal_random *random); /* 0 < u < 1, 52 bits */
/* 0..bound-1, exactly even; bound > 0. */
uint64_t pal_random_below(struct pal_random *random, uint64_t bound);
double pal_random_normal(struct pal_random *random);                /* 0, 1 */
double pal_random_gamma(struct pal_random *random, double shape);   /* > 0, scale 1 */
int64_t pal_random_poisson(struct pal_random *random, double mean); /* 0..1e15 */
/* Variance mean + mean^2 / size; size > 0. */
int64_t pal_random_negative_binomial(struct pal_random *random, double mean,
                                     double size);
/* Shuffles 0..count-1 into `out`. */
void pal_random_permutation(struct pal_random *random, uint32_t *out, uint32_t count);

#endif
