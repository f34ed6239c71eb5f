# The third part of cases.R: what the first two leave out. Other frequencies and parameters of
# the charts, formulas, statuses, missing rows, many ways of ties, averages over graphs, ESSENCE.

# --- charts -----------------------------------------------------------------------------------
for (k in 1:12) {
  freq <- c(12, 53, 7, 365, 52, 4, 24, 52, 12, 13, 52, 52)[k]; years <- 7
  n <- freq * years + 40
  y <- series(n, c(5, 8, 20, 3, 1.2, 60, 10, 200, 7, 4, 15, .7)[k], c(3, 5, 2, 4, 1, 6, 1, 20, .8, 3, 4, 2)[k], freq)
  if (k == 8) y[sample(n, 20)] <- 0
  control <- list(b = c(5, 6, 4, 2, 5, 6, 3, 5, 1, 6, 4, 5)[k], w = c(0, 3, 1, 3, 6, 0, 2, 3, 1, 2, 4, 3)[k], range = (n - 14):n, alpha = c(.5, .001, 1e-6, .05, .01, .05, .2, .005, .05, .01, .0001, .01)[k],
    reweight = k != 7, noPeriods = c(1, 10, 2, 10, 6, 1, 4, 20, 2, 3, 10, 10)[k], pastWeeksNotIncluded = c(0, 26, 1, 26, 52, 1, 5, 26, 0, 3, 26, 26)[k],
    thresholdMethod = c("delta", "nbPlugin", "muan", "delta", "muan", "nbPlugin", "delta", "muan", "delta", "nbPlugin", "muan", "nbPlugin")[k],
    powertrans = c("none", "2/3", "2/3", "1/2", "2/3", "2/3", "2/3", "2/3", "1/2", "2/3", "2/3", "2/3")[k], weightsThreshold = c(1, 2.58, 0, 5, 2.58, .3, 2.58, 1.5, 2.58, 2.58, 2, 2.58)[k],
    trend = k != 9, pThresholdTrend = c(.05, 1, .05, .5, 1, .05, .9, .01, .05, 1, .05, .3)[k], limit54 = list(c(5, 4), c(0, 1), c(100, 4), c(5, 10), c(5, 4), c(1, 1), c(20, 2), c(5, 4), c(5, 4), c(5, 4), c(5, 4), c(3, 8))[[k]])
  do.call(flexible, c(list(sprintf("flex_more_%02d", k), y, freq), control))
  do.call(classic, c(list(sprintf("farr_more_%02d", k), y, freq), list(b = control$b, w = c(1, 3, 1, 3, 6, 1, 2, 3, 1, 2, 4, 3)[k], range = control$range, reweight = control$reweight, alpha = min(control$alpha, .3), trend = control$trend, limit54 = control$limit54, powertrans = control$powertrans)))
}
for (k in 1:3) {
  y <- series(400, c(4, 30, 12)[k])
  ears(sprintf("ears_more_C1_%d", k), y, method = "C1", baseline = c(3, 7, 56)[k], minSigma = c(0, 2, .5)[k], alpha = c(1e-6, .5, .01)[k])
  ears(sprintf("ears_more_C2_%d", k), y, method = "C2", baseline = c(28, 14, 4)[k], minSigma = c(0, 1, .1)[k], alpha = c(.05, .01, .2)[k], range = list(60:100, 300:400, 20:40)[[k]])
  ears(sprintf("ears_more_C3_%d", k), y + 1, method = "C3", baseline = c(28, 7, 5)[k], minSigma = c(0, 1, .1)[k], alpha = c(.05, .025, .2)[k], range = list(60:100, 300:400, 20:40)[[k]])
}
gap_ears <- safely(function(name, y, ...) {
  ears(name, y, ...)
  if (!wanted(name)) return()
  file.rename(file.path(folder, name), file.path(folder, paste0(name, "_talk")))
})
y <- series(90, 6); y[c(20, 41, 77)] <- NA
for (m in c("C1", "C2")) gap_ears(paste0("ears_more_gaps_", m), y, method = m, baseline = 7, minSigma = .5, alpha = .01, range = 15:90)
several <- safely(function(name, Y, freq, ...) {
  if (!wanted(name)) return()
  control <- list(...)
  r <- if (is.null(control$method)) quiet(farringtonFlexible(sts(Y, frequency = freq), control = control)) else quiet(earsC(sts(Y, frequency = freq), control = control))
  range <- control$range; at <- as.numeric(Y[range, ])
  d <- data.frame(t = rep(range, ncol(Y)), series = rep(seq_len(ncol(Y)), each = length(range)), observed = at, upperbound = as.numeric(r@upperbound), alarm = as.integer(r@alarm))
  if (is.null(control$method)) d <- cbind(d, data.frame(expected = as.numeric(r@control$expected), phi = as.numeric(r@control$phi)))
  keep(name, c(list(algorithm = if (is.null(control$method)) "farringtonFlexible" else "earsC", freq = freq)[if (is.null(control$method)) 1:2 else 1], control), data.frame(t = rep(seq_len(nrow(Y)), ncol(Y)), series = rep(seq_len(ncol(Y)), each = nrow(Y)), observed = as.numeric(Y)), d)
})
several("ears_more_three", cbind(series(60), series(60, 30), series(60, 1)), 52, method = "C2", baseline = 5, minSigma = .3, alpha = .05, range = 30:60)
y <- series(260, 9)
for (k in 1:6) {
  trans <- c("rossi", "standard", "anscombe", "anscombe2nd", "pearsonNegBin", "none")[k]
  cusum(sprintf("cusum_more_each_%s", trans), y, range = 201:230, k = c(.5, 1.04, 2, 0, 1, 9)[k], h = c(2.26, 5, 1, 4, 3, 20)[k], m = round(runif(30, 5, 15), 2), trans = trans, alpha = .3)
  cusum(sprintf("cusum_more_start_%s", trans), y, range = 2:40, k = 1, h = 2, trans = trans, alpha = .3)
  cusum(sprintf("cusum_more_glm_%s", trans), y, freq = c(12, 26, 52, 7, 53, 365)[k], range = 150:180, k = 1, h = 2, m = "glm", trans = trans, alpha = 1, start_epoch = c(1, 12, 52, 3, 30, 200)[k])
}
for (k in 1:8) {
  mu0 <- exp(runif(60, -1, 4)); y <- rnbinom(60, mu = mu0 * c(rep(1, 30), rep(c(2, .5)[1 + k %% 2], 30)), size = 5); if (k == 8) y[10:25] <- 0
  a <- c(0, .3, 0, 1, 0, .02, .5, 0)[k]; dir <- c("inc", "inc", "dec", "dec", "inc", "dec", "inc", "dec")[k]
  if (!(a > 0 && k %% 2 == 0)) ratio(sprintf("glr_more_%d", k), y, mu0, c.ARL = c(1, 2, 8, 4, .5, 5, 3, 5)[k], alpha = a, dir = dir, ret = "value", Mtilde = 1, M = -1, change = "intercept")
  ratio(sprintf("glr_more_window_%d", k), y, mu0, c.ARL = c(1, 2, 8, 4, .5, 5, 3, 5)[k], alpha = a, dir = dir, ret = "value", Mtilde = c(1, 1, 4, 2, 1, 1, 6, 1)[k], M = c(3, 8, 10, 15, 40, 5, 12, 6)[k], change = "intercept")
  theta <- c(.1, 1, -.5, -1, 2, -.2, .4, -2)[k]
  ratio(sprintf("lr_more_%d", k), y, mu0, c.ARL = c(1, 2, 8, 4, .5, 5, 3, 5)[k], alpha = a, theta = theta, dir = if (theta > 0) "inc" else "dec", ret = "value", change = "intercept")
}
y <- series(320, 3)
for (k in 1:3) {
  simple(sprintf("bayes_more%d", k), "bayes", y, range = 240:260, b = c(0, 1, 2)[k], w = c(6, 6, 4)[k], actY = k < 3, alpha = .05)
  simple(sprintf("rki_more%d", k), "rki", y + c(0, 8, 20)[k], range = 240:260, b = c(0, 1, 2)[k], w = c(6, 6, 4)[k], actY = k < 3)
  simple(sprintf("bayes_more_freq_%d", k), "bayes", y, c(12, 7, 26)[k], range = 200:220, b = c(4, 10, 3)[k], w = c(1, 0, 12)[k], actY = k == 1, alpha = c(.001, .3, .1)[k])
  simple(sprintf("rki_more_freq_%d", k), "rki", y, c(12, 7, 26)[k], range = 200:220, b = c(4, 10, 3)[k], w = c(1, 1, 12)[k], actY = k == 1)
  simple(sprintf("cdc_more_%d", k), "cdc", y * c(1, 0, 40)[k], range = 300:320, b = c(1, 3, 4)[k], m = c(1, 0, 3)[k], alpha = c(.01, .05, .3)[k])
  simple(sprintf("outbreakP_more_%d", k), "outbreakP", c(rpois(30, c(1, 8, 50)[k]), rpois(15, c(4, 14, 70)[k])), range = list(1:45, 5:45, 20:45)[[k]], k = c(2, 100, 1e6)[k], ret = c("value", "cases", "value")[k], maxUpperboundCases = 1000)
}

# --- ESSENCE, by its formulas -------------------------------------------------------------------
essence_case <- safely(function(name, y, first, B = 28, g = 2, w1 = .4, w2 = .9, r2 = .6) {
  if (!wanted(name)) return()
  n <- length(y); date <- as.Date(first) + 0:(n - 1)
  ewma <- function(w) {
    z <- y[1]; out <- matrix(NA, n, 3)
    yy <- if (max(y) < 1) y / median(y[y > 0]) else y
    for (i in seq_len(n)) {
      if (i > 1) z <- w * yy[i] + (1 - w) * z
      e <- i - g - 1
      if (e < 7) next
      b <- yy[max(1, e - B + 1):e]; m <- mean(b); k <- length(b)
      ua <- round(qt(.99, k - 1), 5); uw <- round(qt(.95, k - 1), 5)
      sigma <- max(w / uw * (.01 + .05 * (1 - w)^2), sd(b) * sqrt(w / (2 - w) + 1 / k - 2 * (1 - w)^(g + 1) * (1 - (1 - w)^k) / k) + (.1289 - (.2414 - .1826 * (1 - w)^4) * log(.5)) * w / uw)
      t <- (z - m) / sigma
      if (abs(t) > ua) z <- m + sign(t) * ua * sigma
      out[i, ] <- c(m, t, pt(t, k - 1, lower.tail = FALSE))
    }
    out
  }
  a <- ewma(w1); b <- ewma(w2); E <- ifelse(cbind(a[, 3] < b[, 3], a[, 3] < b[, 3], a[, 3] < b[, 3]), a, b)
  wd <- as.POSIXlt(date)$wday
  R <- t(sapply(seq_len(n), function(i) {
    e <- i - g - 1
    if (e < 11) return(c(NA, NA, NA, NA))
    s <- max(1, e - B + 1); rows <- s:e; k <- length(rows)
    X <- cbind(1, rows, sapply(1:6, function(d) as.numeric(wd[rows] == d)))
    f <- lm.fit(X, y[rows]); sse <- sum(f$residuals^2); co <- f$coefficients; co[is.na(co)] <- 0
    x <- c(1, i, as.numeric(wd[i] == 1:6))
    sigma <- max(sqrt(sse / (k - 8)) * sqrt((k + 7) * (k - 4) / (k * (k - 7))), .01 / round(qt(.95, k - 8), 5))
    fc <- max(0, sum(x * co)); t <- (y[i] - fc) / sigma
    r <- 1 - (sse / (k - 8)) / (sum((y[rows] - mean(y[rows]))^2) / (k - 1))
    c(fc, t, pt(t, k - 8, lower.tail = FALSE), if (is.finite(r)) r else 0)
  }))
  color <- function(p) ifelse(is.na(p), "grey", ifelse(p < .01, "red", ifelse(p < .05, "yellow", "blue")))
  use <- !is.na(R[, 4]) & R[, 4] >= r2; p <- ifelse(use, R[, 3], E[, 3])
  keep(name, list(algorithm = "essence_switch", B = B, g = g, w1 = w1, w2 = w2, r2_threshold = r2), data.frame(date = as.character(date), y = y),
    data.frame(t = seq_len(n), ewma_expected = E[, 1], ewma_stat = E[, 2], ewma_p = E[, 3], ewma_alert = color(E[, 3]), reg_expected = R[, 1], reg_stat = R[, 2], reg_p = R[, 3], reg_adj_r2 = R[, 4], reg_alert = color(R[, 3]),
      switch_uses_regression = as.integer(use), switch_p = p, switch_alert = color(p)))
})
weekly <- function(n, level) rpois(n, level * rep_len(c(1.4, 1.2, 1.1, 1, .9, .4, .3), n) * exp(.3 * sin((1:n) / 20)))
essence_case("essence_more_1", weekly(90, 40), "2024-02-26")
essence_case("essence_more_2", weekly(80, 6), "2023-12-30", 35, 0, .3, .8, .5)
essence_case("essence_more_3", { y <- weekly(80, 15); y[60] <- 300; y }, "2025-03-01", 21, 7, .4, .9, .8)

# --- regressions ------------------------------------------------------------------------------
clock <- function(n) { d <- people(n); d$t <- seq_len(n); d$m <- (d$t - 1) %% 12 + 1; d$flag <- rep_len(c("TRUE", "FALSE", "FALSE"), n); d }
formulas <- c("y ~ t + sin(2*pi*t/52) + cos(2*pi*t/52)", "y ~ factor(m)", "y ~ factor(m %% 4) * x", "y ~ (x + g + h)^2", "y ~ g/x - 1", "y ~ poly(t, 3) + h", "y ~ relevel(factor(g), ref = \"c\") + log1p(u)",
  "y ~ I(t > 30) + I(t>30):t", "y ~ pmax(t - 30, 0) + t", "y ~ scale(x) + I(u - mean(u))", "y ~ . - pop - t - flag", "y ~ h + x:h + offset(log(pop)) - 1", "y ~ flag*x", "y ~ g:h:x + g", "y ~ h %in% g + g", "y ~ 0 + x", "y ~ 1",
  "y ~ ifelse(g == 'b', 1, 0) + I(flag == 'TRUE') + poly(u, 2, raw = TRUE)", "y ~ I(x^2) - x + g - 1", "y ~ I(x^3) + exp(-x) + sqrt(abs(x)) + x", "y ~ x*u*h - x:u:h", "y ~ -1 + factor(m) + I(t/100)")
for (k in seq_along(formulas)) {
  d <- clock(60)
  poisson_case(sprintf("glm_more_%02d", k), formulas[k], d, if (k %% 2) "poisson" else "quasipoisson")
  if (k %% 3 == 0) negative_case(sprintf("nb_more_%02d", k), formulas[k], d)
}

d <- clock(60); d$y <- rpois(60, .05); poisson_case("glm_more_rare", "y ~ x", d)
for (k in 1:6) negative_case(sprintf("nb_more_theta_%d", k), "y ~ x + h", { d <- people(60); d$y <- rnbinom(60, mu = exp(c(1, 3, 5, 2, 0, 6)[k] + .3 * d$x), size = c(.05, .5, 3, 40, .2, 1000)[k]); d })
# glm leaves rows out where a value of the model is missing
gap_case <- safely(function(name, formula, d) {
  if (!wanted(name)) return()
  f <- as.formula(formula); m <- glm(f, family = poisson, data = d, control = glm.control(1e-14, 200)); r <- glm(f, family = poisson, data = d); s <- summary(m)$coefficients; n <- names(fitted(m))
  keep(paste0(name, "_talk"), list(algorithm = "glm", family = "poisson", link = "log", formula = formula), d, rows(
    list("coef", rownames(s), s[, 1]), list("se", rownames(s), s[, 2]), list("z", rownames(s), s[, 3]), list("p", rownames(s), s[, 4]),
    list("fit", c("deviance", "null_deviance", "df_residual", "aic", "loglik", "dispersion", "iter"), c(deviance(m), m$null.deviance, m$df.residual, m$aic, logLik(m), 1, m$iter)),
    list("default_eps", c("deviance", "iter"), c(deviance(r), r$iter)), list("fitted", n, fitted(m)), list("pearson", n, residuals(m, "pearson")), list("hat", n, hatvalues(m))))
})
d <- people(40); d$x[c(3, 9)] <- NA; d$g[5] <- NA; d$y[11] <- NA; d$g[d$g == "b" & seq_len(40) > 12] <- "a"; d$pop[20] <- NA
gap_case("glm_more_gaps", "y ~ x + g", d); gap_case("glm_more_gaps_offset", "y ~ h + offset(log(pop))", d)

# --- stays ------------------------------------------------------------------------------------
for (k in 1:4) {
  d <- stays(80, k %% 2 == 1, k > 2); d$x <- round(rnorm(80), 2); d$g <- sample(c("p", "q", "r"), 80, TRUE); d$site <- sample(1:2, 80, TRUE); d$wing <- sample(c("u", "v"), 80, TRUE)
  d$status <- d$event + 1
  left <- if (k > 2) "Surv(entry, time, " else "Surv(time, "
  cox_case(sprintf("cox_more_status_%d", k), paste0(left, "status) ~ x + factor(site)"), d, c("efron", "breslow")[1 + k %% 2])
  cox_case(sprintf("cox_more_equal_%d", k), paste0(left, "status == 2) ~ x*g - g:x + I(x>0)"), d, c("efron", "breslow")[1 + k %% 2])
  cox_case(sprintf("cox_more_strata_%d", k), paste0(left, "event) ~ x + g + strata(site, wing)"), d, c("breslow", "efron")[1 + k %% 2])
  cox_case(sprintf("cox_more_none_%d", k), paste0(left, "event) ~ g:wing + log(x + 5)"), d)
}
d <- stays(90); d$event <- d$event + 1; d$group <- sample(c(5, 10), 90, TRUE); meier_case("km_more_status", d, "plain", .8, 12, c(.2, .8)); logrank_case("logrank_more_status", d)
d <- stays(120); d$group <- sample(c("a", "B", "b b", "_c"), 120, TRUE); d$st <- ifelse(d$group == "a", 1, sample(1:3, 120, TRUE)); logrank_case("logrank_more_lonely", d, .7, TRUE)
d$time <- d$time / 10 + .1 + .2 - .3; meier_case("km_more_float", d, "logit", .95, 2.05, c(.1, .25, .9)); logrank_case("logrank_more_float", d[c("time", "event", "group")])
for (k in 1:4) {
  d <- stays(c(90, 150, 40, 300)[k], k != 2, FALSE, c(1, 2, 4, 3)[k]); if (k == 1) d$cause <- d$event; if (k == 4) d$time <- ceiling(d$time / 5)
  d$group <- if (k == 2) sample(c(10, 9), 150, TRUE) else sample(letters[1:c(2, 2, 2, 5)[k]], nrow(d), TRUE)
  competing_case(sprintf("cr_more_%d", k), d, TRUE, TRUE, c(-1, 2, .3, 0)[k])
}

# --- lists ------------------------------------------------------------------------------------
for (k in 1:2) { list_case(sprintf("mse3_more_%d", k), { g <- fill(3, c(60, 5000)[k], c(.5, .05, .3)); if (k == 1) g$freq[c(4, 7)] <- 0; g }); list_case(sprintf("mse4_more_%d", k), { g <- fill(4, c(200, 20000)[k], c(.1, .3, .2, .2)); g }, c(2, 3)[k]) }
list_case("mse4_more_main", fill(4, 500, c(.3, .3, .2, .4)), 1)
list_case("mse3_more_shuffled", { g <- fill(3, 700, c(.3, .2, .4)); g })
graph_case <- safely(function(name, g, delta, most) {
  if (!wanted(name)) return()
  t <- ncol(g) - 1; pairs <- combn(t, 2); E <- ncol(pairs); n <- sum(g$freq)
  X <- as.matrix(g[, 1:t]); cellsum <- function(s, miss) { key <- factor(apply(X[, s, drop = FALSE], 1, paste, collapse = ""), unique(apply(expand.grid(rep(list(0:1), length(s))), 1, paste, collapse = ""))); v <- tapply(g$freq, key, sum); v[is.na(v)] <- 0; v[paste(rep(0, length(s)), collapse = "")] <- v[paste(rep(0, length(s)), collapse = "")] + miss; v }
  miss <- 0:most
  base <- function(s) { d <- delta * 2^(t - length(s)); v <- cellsum(s, 0); z <- paste(rep(0, length(s)), collapse = ""); rest <- sum(lgamma(v[names(v) != z] + d)); rest + lgamma(v[z] + miss + d) - length(v) * lgamma(d) }
  models <- list()
  for (code in 0:(2^E - 1)) {
    on <- which(bitwAnd(code, 2^(0:(E - 1))) > 0); A <- matrix(FALSE, t, t); for (e in on) A[pairs[1, e], pairs[2, e]] <- A[pairs[2, e], pairs[1, e]] <- TRUE
    # a perfect order by largest neighbourhood among those seen; cliques and separators by it
    seen <- integer(0); parts <- list(); ok <- TRUE
    for (step in 1:t) { left <- setdiff(1:t, seen); v <- left[which.max(sapply(left, function(v) sum(A[v, seen])))]; nb <- seen[A[v, seen]]; if (length(nb) > 1 && !all(A[nb, nb][upper.tri(diag(length(nb)))])) ok <- FALSE; parts[[step]] <- list(c(nb, v), nb); seen <- c(seen, v) }
    if (!ok) next
    ll <- 0; for (p in parts) { ll <- ll + base(sort(p[[1]])); if (length(p[[2]])) ll <- ll - base(sort(p[[2]])) else if (p[[1]][1] != seen[1]) ll <- ll }
    empty <- sum(sapply(parts, function(p) length(p[[2]]) == 0)); ll <- ll + empty * (lgamma(2^t * delta) - lgamma(n + miss + 2^t * delta))
    models[[paste0(if (length(on)) paste(paste(pairs[1, on], pairs[2, on], sep = "-"), collapse = " ") else "independence")]] <- ll + lgamma(n + miss + 1) - lgamma(miss + 1) - sum(lgamma(g$freq + 1)) - log(n + miss)
  }
  L <- do.call(cbind, models); P <- exp(L - max(L)); P <- P / sum(P); pm <- rowSums(P); N <- n + miss; mean <- sum(N * pm); q <- function(p) N[which(cumsum(pm) >= p)[1]]
  keep(name, list(algorithm = "dga", delta = delta, max_missing = most), g, rows(list("posterior", c("mean", "sd", "q025", "median", "q975", "tail_mass_at_Nmax"), c(mean, sqrt(sum((N - mean)^2 * pm)), q(.025), q(.5), q(.975), pm[most + 1])),
    list("model_prob", names(models), colSums(P)), list("posterior_missing", 0:min(199, most), pm[1:min(200, most + 1)])))
})
graph_case("dga_more3", fill(3, 300, c(.4, .3, .5)), .125, 1500)
graph_case("dga_more3_heavy", fill(3, 80, c(.4, .1, .2)), 1, 3000)
graph_case("dga_more4", fill(4, 400, c(.4, .3, .5, .2)), 1 / 16, 1000)

# --- scans with ties ----------------------------------------------------------------------------
tied_scan <- safely(function(name, mode, L, T, prospective, neighbours, duration) {
  old <- runif; grid <- function(n, a, b) if (a == 0) rep_len(c(0, 1, 2), n) else old(n, a, b)
  environment(scan_case); assign("runif", grid, envir = globalenv()); on.exit(rm("runif", envir = globalenv())); scan_case(name, mode, L, T, prospective, neighbours, duration)
})
tied_scan("scan_more_ties", "permutation", 9, 15, TRUE, 4, 5)
tied_scan("scan_more_ties_eb", "poisson_expectation", 9, 15, FALSE, 3, 15)
scan_case("scan_more_wide", "poisson_population", 6, 12, TRUE, 6, 12)
scan_case("scan_more_one", "permutation", 4, 10, TRUE, 1, 3)
scan_case("scan_more_day", "poisson_expectation", 4, 10, FALSE, 2, 1)

# --- comparisons ------------------------------------------------------------------------------
fdr_case("poisson_fdr_more", c(0, 1, 2, 1000000, 123456, 5, 5, 30, 17, 0), c(1e-6, 1e-5, 1000, 1e6, 123000, 5, 5.0001, 3e1, 99, 700), .95)
fdr_case("poisson_fdr_more_999", rpois(10, 3), round(runif(10, .1, 9), 2), .999)
fdr_case("poisson_fdr_more_one", 7, 3.2, .5)
ratio_case("rate_ratio_more", data.frame(i = 1:8, x1 = c(0, 0, 1, 100000, 7, 1e6, 2, 50), t1 = c(1, 3, 1e-3, 5e4, 1, 1e6, 1, 1), x2 = c(0, 5, 1, 99000, 7, 1.1e6, 200, 0), t2 = c(2, 3, 1e3, 5e4, 1, 1e6, 1000, 7)), .95)
ratio_case("rate_ratio_more_50", data.frame(i = 1:4, x1 = c(3, 10, 40, 0), t1 = c(2, 5, 9, 4), x2 = c(3, 20, 1, 9), t2 = c(2, 10, 30, 1)), .5)

# --- change points and breaks -------------------------------------------------------------------
for (k in 1:6) {
  n <- 80; m <- c(1, 5, 20, 2, 10, 40)[k]; counts <- c(rpois(30, 2), rpois(25, 9), rep(0, 25))[1:n]
  change_case(sprintf("cp_more_zero_%d", k), counts, c("poisson", "poisson.mbic", "nbinom", "nbinom.mbic", "l2", "poisson")[k], c(3, 10, 8, 12, 20, 1)[k], m, if (k %in% 3:4) c(.1, 100)[k - 2] else NULL)
  change_case(sprintf("cp_more_flat_%d", k), c(rep(5, 40), rep(7, 40)), c("meanvar", "l2", "poisson", "meanvar.mbic", "l2.mbic", "poisson.mbic")[k], c(5, 0, 1, 30, 2, 0)[k], max(2, m))
}
for (k in 1:4) {
  n <- c(64, 90, 53, 120)[k]; t <- 1:n; g <- rep_len(c("w", "s", "a"), n)
  d <- data.frame(y = round(rnorm(n, steps(n, c(5, 12, 6)), c(1, 3, .5, 6)[k]) + .03 * t + 2 * (g == "s"), 3), t = t, g = g, z = round(rnorm(n), 3))
  break_case(sprintf("sc_more_%d", k), c("y ~ sin(2 * pi * t/12) + cos(2 * pi * t/12)", "y ~ g", "y ~ z - 1", "log(y + 40) ~ z")[k], d, c(.2, .12, .3, .1)[k], list(2, 3, 1, NULL)[[k]])
}
