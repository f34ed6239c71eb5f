/*
 * Draws for rows by the million. A cell (an office on a day) gets a 64-bit key from the
 * counter-based generator of room stat; word n under a key is SplitMix64's output n (Steele,
 * Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), a function of
 * key and n alone: 1.5 ns a word, against 12 for half a block of Philox. Categories by Walker's
 * alias method (Vose 1991); lengths by a table of quantiles. Whole numbers and IEEE products
 * only, so that every machine draws the same.
 */
#ifndef PAL_SIMULATE_DRAW_H
#define PAL_SIMULATE_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline uint64_t pal_sim_word(uint64_t key, uint64_t n)
{
    uint64_t z = key + (n + 1) * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* 0..bound-1 from 32 bits; uneven by less than bound / 2^32. */
static inline uint32_t pal_sim_below(uint32_t bits, uint32_t bound)
{
    return (uint32_t)(((uint64_t)bits * bound) >> 32);
}

/* A share as a threshold for 21 bits: a word holds three independent ones. */
enum { PAL_SIM_THIRD_BITS = 21 };
static inline uint32_t pal_sim_threshold(double share)
{
    return (uint32_t)(share * (1 << PAL_SIM_THIRD_BITS) + 0.5);
}
static inline bool pal_sim_third(uint64_t word, int which, uint32_t threshold)
{
    uint64_t bits =
        (word >> (which * PAL_SIM_THIRD_BITS)) & ((1U << PAL_SIM_THIRD_BITS) - 1);
    return bits < threshold;
}

enum { PAL_SIM_ALIAS_MAX = 32 };
struct pal_sim_alias {
    uint32_t count;
    uint8_t code[PAL_SIM_ALIAS_MAX];       /* of entry i */
    uint8_t other[PAL_SIM_ALIAS_MAX];      /* its alias' code */
    uint64_t threshold[PAL_SIM_ALIAS_MAX]; /* 0..2^32: below it, code; else other */
};
/* Shares need not add up to 1; `codes` NULL numbers the entries from 1. */
void pal_sim_alias_fill(struct pal_sim_alias *alias, const double *shares,
                        const uint8_t *codes, size_t count);
static inline uint8_t pal_sim_alias_draw(const struct pal_sim_alias *alias,
                                         uint32_t bits)
{
    uint64_t product = (uint64_t)bits * alias->count;
    uint32_t entry = (uint32_t)(product >> 32);
    return (uint32_t)product < alias->threshold[entry] ? alias->code[entry]
                                                       : alias->other[entry];
}

/* Between the quantiles 0, 1/n, ... n/n of a table of n + 1, n a power of two. */
static inline double pal_sim_quantile(const double *table, unsigned log2_count,
                                      uint32_t bits)
{
    uint32_t at = bits >> (32 - log2_count);
    uint32_t rest = bits << log2_count;
    return table[at] + (table[at + 1] - table[at]) * ((double)rest * 0x1p-32);
}

#endif
