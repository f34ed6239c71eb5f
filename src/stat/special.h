/*
 * Special functions behind the distributions: gamma and beta in their logarithmic, derived
 * and incomplete forms, and the inverses of the incomplete ones. Relative error about 1e-13
 * in the ranges tested. Outside its domain a function gives NaN; callers check before.
 */
#ifndef PAL_STAT_SPECIAL_H
#define PAL_STAT_SPECIAL_H

/* Which side of a distribution a probability is about. A small tail is computed as such,
 * never as one minus the other. */
enum pal_tail { PAL_TAIL_LOWER, PAL_TAIL_UPPER };

double pal_log_gamma(double x); /* x > 0 */
double pal_digamma(double x);   /* x > 0 */
double pal_trigamma(double x);  /* x > 0 */

/* mean^x e^-mean / Gamma(x+1) and Gamma(x+rest+1) / (Gamma(x+1) Gamma(rest+1)) p^x q^rest
 * with q = 1 - p, for real arguments, without the cancellation of log-gammas. */
double pal_poisson_kernel(double x, double mean);
double pal_binomial_kernel(double x, double rest, double p, double q);

/* Regularised incomplete gamma with shape a > 0: lower P(a, x), upper Q(a, x), x >= 0. */
double pal_gamma_share(double a, double x, enum pal_tail tail);
/* Regularised incomplete beta I_x(a, b); y must be 1 - x, given apart because near 1 it holds
 * digits that x has lost. */
double pal_beta_share(double a, double b, double x, double y, enum pal_tail tail);

/* x with that share in that tail; 0 <= share <= 1. */
double pal_gamma_inverse(double a, double share, enum pal_tail tail);
/* x and, when y is not NULL, 1 - x. */
double pal_beta_inverse(double a, double b, double share, enum pal_tail tail,
                        double *y);

#endif
