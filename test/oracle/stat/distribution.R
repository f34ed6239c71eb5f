# Numbers for test/unit/stat/t_distribution.c: Rscript distribution.R > distribution.csv
options(digits = 17)
rows <- character()
add <- function(name, x, a, b, value, tol = 1e-12)
  rows <<- c(rows, sprintf("%s,%.17g,%.17g,%.17g,%.17g,%g", name, x, a, b, value, tol))
for (x in c(1e-10, 0.1, 0.3, 0.5, 0.9, 0.999, 1.001, 1.5, 1.9, 2.1, 2.5, 3.7, 8, 15.9, 16, 40.5, 1e3, 1e8)) {
  add("log_gamma", x, 0, 0, lgamma(x)); add("digamma", x, 0, 0, digamma(x), 1e-11); add("trigamma", x, 0, 0, trigamma(x))
}
for (a in c(0.01, 0.5, 1, 3.3, 20, 400, 1e5)) for (r in c(0.05, 0.5, 0.9, 1, 1.1, 2, 6)) {
  x <- a * r
  add("gamma_lower", x, a, 0, pgamma(x, a)); add("gamma_upper", x, a, 0, pgamma(x, a, lower = FALSE), if (a >= 1e5) 1e-10 else 1e-12)
}
for (a in c(0.05, 0.5, 1, 3.3, 20, 400, 1e5)) for (p in c(1e-200, 1e-12, 0.001, 0.025, 0.3, 0.5, 0.9, 0.975)) {
  if (a == 0.05 && p < 1e-10) next
  add("gamma_quantile", p, a, 0, qgamma(p, a), 1e-10)
  if (p < 0.5) add("gamma_quantile_upper", p, a, 0, qgamma(p, a, lower = FALSE), 1e-10)
}
for (a in c(0.2, 1, 7, 60, 2000)) for (b in c(0.4, 1, 9, 300)) {
  m <- a / (a + b)
  for (x in c(m / 10, m * 0.8, m, (1 + m) / 2)) {
    add("beta_lower", x, a, b, pbeta(x, a, b), 1e-11); add("beta_upper", x, a, b, pbeta(x, a, b, lower = FALSE), 1e-11)
  }
  for (p in c(1e-10, 0.025, 0.3, 0.8)) {
    add("beta_quantile", p, a, b, qbeta(p, a, b), 1e-9)
    add("beta_quantile_upper", p, a, b, qbeta(p, a, b, lower = FALSE), 1e-9)
  }
}
for (x in c(-38, -8, -3, -1, -1e-5, 0, 0.3, 2, 9)) { add("normal_lower", x, 0, 0, pnorm(x)); add("normal_upper", x, 0, 0, pnorm(x, lower = FALSE)) }
for (p in c(1e-300, 1e-20, 1e-5, 0.001, 0.01, 0.025, 0.05, 0.2, 0.2499, 0.25, 0.4, 0.5, 0.5 + 1e-9, 0.7, 0.75, 0.76, 0.975, 0.999)) {
  add("normal_quantile", p, 0, 0, qnorm(p)); add("normal_quantile_upper", p, 0, 0, qnorm(p, lower = FALSE)) }
for (df in c(1, 2, 3.5, 10, 100, 1e6)) {
  for (t in c(-40, -2, -0.01, 0, 0.5, 3, 25)) { add("t_lower", t, df, 0, pt(t, df), 1e-11); add("t_upper", t, df, 0, pt(t, df, lower = FALSE), 1e-11) }
  for (p in c(1e-8, 0.01, 0.025, 0.3, 0.4999, 0.5, 0.9, 0.995)) add("t_quantile", p, df, 0, qt(p, df), 1e-9)
}
for (df in c(1, 2, 7, 50, 1000)) { for (x in c(0.001, 1, df, 2 * df, 200)) add("chi_upper", x, df, 0, pchisq(x, df, lower = FALSE))
  for (p in c(0.001, 0.05, 0.95)) add("chi_quantile", p, df, 0, qchisq(p, df), 1e-10) }
for (m in c(0.1, 3, 27.5, 900, 1e6)) {
  for (k in unique(floor(c(0, m * 0.7, m, m * 1.3 + 1, m * 3 + 2)))) {
    add("poisson_density", k, m, 0, dpois(k, m)); add("poisson_lower", k, m, 0, ppois(k, m), 1e-11); add("poisson_upper", k, m, 0, ppois(k, m, lower = FALSE), 1e-11) }
  for (p in c(1e-6, 0.025, 0.5, 0.95, 0.99, 0.999999)) add("poisson_quantile", p, m, 0, qpois(p, m), 0)
}
for (n in c(1, 12, 300, 50000)) for (p in c(0.001, 0.3, 0.5, 0.97)) {
  for (k in unique(floor(c(0, n * p * 0.8, n * p, n * p + 2)))) if (k <= n) {
    add("binomial_density", k, n, p, dbinom(k, n, p)); add("binomial_lower", k, n, p, pbinom(k, n, p), 1e-11); add("binomial_upper", k, n, p, pbinom(k, n, p, lower = FALSE), 1e-11) }
  for (q in c(0.025, 0.5, 0.975)) add("binomial_quantile", q, n, p, qbinom(q, n, p), 0)
}
for (s in c(0.1, 1, 4.7, 250)) for (p in c(0.01, 0.2, 0.6, 0.95)) {
  m <- s * (1 - p) / p
  for (k in unique(floor(c(0, m * 0.5, m, m * 3 + 1)))) {
    add("nb_density", k, s, p, dnbinom(k, s, p)); add("nb_lower", k, s, p, pnbinom(k, s, p), 1e-11); add("nb_upper", k, s, p, pnbinom(k, s, p, lower = FALSE), 1e-11) }
  for (q in c(0.025, 0.5, 0.95, 0.999)) add("nb_quantile", q, s, p, qnbinom(q, s, p), 0)
}
for (k in c(0, 1, 3, 10, 55, 1234, 1e6)) { ci <- poisson.test(k)$conf.int
  add("count_low", k, 0.95, 0, ci[1], 1e-10); add("count_high", k, 0.95, 0, ci[2], 1e-10)
  for (m in c(0.5, 4, 10, 60)) if (k < 2000) add("poisson_p", k, m, 0, poisson.test(k, r = m)$p.value, 1e-9) }
for (x in c(0, 1, 7, 20)) { ci <- binom.test(x, 20)$conf.int
  add("share_low", x, 20, 0.95, ci[1], 1e-10); add("share_high", x, 20, 0.95, ci[2], 1e-10)
  w <- prop.test(x, 20, correct = FALSE)$conf.int
  add("wilson_low", x, 20, 0.95, w[1], 1e-10); add("wilson_high", x, 20, 0.95, w[2], 1e-10)
  for (q in c(0.1, 0.5, 0.83)) add("binomial_p", x, 20, q, binom.test(x, 20, q)$p.value, 1e-9) }
writeLines(c("name,x,a,b,value,tolerance", rows))
