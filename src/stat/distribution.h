/*
 * Distributions: density, share in a tail, quantile. Every share and quantile names its
 * tail, so that a p-value of 1e-40 keeps its digits. Arguments outside the domain give NaN:
 * callers check before.
 *
 * A quantile of a count is the smallest count whose lower share reaches the probability,
 * with a slack of 64 epsilon (as R 4.2 has it), so that a share that is hit exactly in
 * theory is hit in practice.
 */
#ifndef PAL_STAT_DISTRIBUTION_H
#define PAL_STAT_DISTRIBUTION_H

#include "stat/special.h"

/* Of the standard normal; t and chi-square with `df` above 0 degrees of freedom, not necessarily
 * whole. `share` is a probability in the tail named. */
double pal_normal_share(double x, enum pal_tail tail);
double pal_normal_quantile(double share, enum pal_tail tail);

double pal_t_share(double t, double df, enum pal_tail tail);
double pal_t_quantile(double share, double df, enum pal_tail tail);

double pal_chi_square_share(double x, double df, enum pal_tail tail);
double pal_chi_square_quantile(double share, double df, enum pal_tail tail);

/* Upper tail of a count is P(X > count). */
double pal_poisson_density(double count, double mean);
double pal_poisson_share(double count, double mean, enum pal_tail tail);
double pal_poisson_quantile(double share, double mean, enum pal_tail tail);

/* Successes among `n` trials, each with probability `p`. */
double pal_binomial_density(double count, double n, double p);
double pal_binomial_share(double count, double n, double p, enum pal_tail tail);
double pal_binomial_quantile(double share, double n, double p, enum pal_tail tail);

/* size > 0 and 0 < p <= 1: mean size (1 - p) / p, variance mean / p. With a mean m and
 * variance m + m^2 / size, p = size / (size + m). */
double pal_negative_binomial_density(double count, double size, double p);
double pal_negative_binomial_share(double count, double size, double p,
                                   enum pal_tail tail);
double pal_negative_binomial_quantile(double share, double size, double p,
                                      enum pal_tail tail);

/* For a search between two counts: the count halfway, `low` where none lies between them.
 * Beyond 2^53 neighbouring doubles are further apart than 1, and a search that waits for a
 * difference of 1 would not end. */
double pal_count_between(double low, double high);

#endif
