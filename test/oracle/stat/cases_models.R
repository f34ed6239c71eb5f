# The second half of cases.R: regressions, change points, stays, lists, scans, comparisons.

# --- regressions --------------------------------------------------------------------------

exact_glm <- function(f, d, family) glm(as.formula(f), family = family, data = d, control = glm.control(1e-14, 200))
poisson_case <- safely(function(name, formula, d, family = "poisson") {
  if (!wanted(name)) return()
  m <- quiet(exact_glm(formula, d, get(family)())); r <- quiet(glm(as.formula(formula), family = get(family)(), data = d))
  s <- summary(m)$coefficients
  n <- seq_len(nrow(d))
  keep(name, list(algorithm = "glm", family = family, link = "log", formula = formula), d, rows(
    list("coef", rownames(s), s[, 1]), list("se", rownames(s), s[, 2]), list("z", rownames(s), s[, 3]), list("p", rownames(s), s[, 4]),
    list("fit", c("deviance", "null_deviance", "df_residual", "aic", "loglik", "dispersion", "iter"),
      c(deviance(m), m$null.deviance, m$df.residual, m$aic, if (family == "poisson") logLik(m) else NA, summary(m)$dispersion, m$iter)),
    list("default_eps", c("deviance", "iter"), c(deviance(r), r$iter)),
    list("fitted", n, fitted(m)), list("pearson", n, residuals(m, "pearson")), list("hat", n, hatvalues(m))))
})
negative_case <- safely(function(name, formula, d) {
  if (!wanted(name)) return()
  r <- quiet(glm.nb(as.formula(formula), data = d))
  theta <- r$theta # to the joint maximum
  for (k in 1:400) {
    m <- quiet(glm(as.formula(formula), family = negative.binomial(theta), data = d, control = glm.control(1e-15, 200), start = coef(r)))
    new <- as.numeric(quiet(theta.ml(m$y, fitted(m), limit = 500, eps = 1e-13)))
    if (abs(new - theta) < 1e-13 * theta) break
    theta <- new
  }
  # the deviance stands still before the coefficients do
  X <- model.matrix(m); o <- if (is.null(m$offset)) 0 else m$offset; b <- coef(m); b[is.na(b)] <- 0; use <- !is.na(coef(m))
  for (k in 1:300) {
    mu <- exp(as.numeric(X %*% b + o)); w <- mu / (1 + mu / theta)
    b[use] <- b[use] + solve(crossprod(X[, use] * sqrt(w)), crossprod(X[, use], (m$y - mu) / (1 + mu / theta)))
    theta <- as.numeric(quiet(theta.ml(m$y, mu, limit = 500, eps = 1e-13)))
  }
  m$coefficients[use] <- b[use]; m$fitted.values[] <- mu; w <- mu / (1 + mu / theta)
  m$deviance <- sum(negative.binomial(theta)$dev.resids(m$y, mu, 1))
  se <- rep(NA_real_, length(b)); se[use] <- sqrt(diag(solve(crossprod(X[, use, drop = FALSE] * sqrt(w)))))
  set <- attr(quiet(theta.ml(m$y, fitted(m), limit = 500, eps = 1e-13)), "SE")
  ll <- sum(dnbinom(m$y, size = theta, mu = fitted(m), log = TRUE))
  n <- seq_len(nrow(d)); names <- names(coef(m)); sd <- summary(r)
  mu <- fitted(m)
  keep(name, list(algorithm = "glm.nb", link = "log", formula = formula), d, rows(
    list("mle_coef", names, coef(m)), list("mle_se", names, se),
    list("mle", c("theta", "se_theta", "loglik", "twologlik", "aic", "deviance", "df_residual"), c(theta, set, ll, 2 * ll, 2 * (length(names) + 1) - 2 * ll, deviance(m), m$df.residual)),
    list("default_coef", names, coef(r)), list("default_se", names, sd$coefficients[, 2]),
    list("default", c("theta", "se_theta", "twologlik", "aic", "deviance", "null_deviance"), c(r$theta, r$SE.theta, r$twologlik, r$aic, deviance(r), r$null.deviance)),
    list("mle_fitted", n, mu), list("plugin_quantile_0.025", n, qnbinom(.025, size = theta, mu = mu)),
    list("plugin_quantile_0.95", n, qnbinom(.95, size = theta, mu = mu)), list("plugin_quantile_0.975", n, qnbinom(.975, size = theta, mu = mu))))
})
people <- function(n, size = 3) {
  d <- data.frame(x = round(rnorm(n), 3), u = round(runif(n, 1, 5), 2), g = sample(c("b", "a", "c"), n, TRUE), h = sample(c("no", "yes"), n, TRUE), pop = sample(50:500, n, TRUE))
  d$y <- rnbinom(n, mu = exp(.5 + .3 * d$x + .4 * (d$g == "c") + .2 * (d$h == "yes")), size = size)
  d[c("y", "x", "u", "g", "h", "pop")]
}
formulas <- c("y ~ 1", "y ~ x", "y ~ x + g", "y ~ g * h", "y ~ x:g", "y ~ x + I(x^2) + h", "y ~ log(u) + sqrt(u)", "y ~ x + offset(log(pop))", "y ~ x * g + h", "y ~ factor(h) + exp(x / 3)",
  "y ~ sin(2 * pi * u / 5) + cos(2 * pi * u / 5)", "y ~ g:h + x", "y ~ I(x * u) + g", "y ~ (x + g)^2", "y ~ x + g - 1", "y ~ 0 + h + x", "y ~ g * h - g:h", "y ~ I((u - 2)^2 / 4) + I(u > 2)")
for (k in seq_along(formulas)) {
  poisson_case(sprintf("glm_poisson_%02d", k), formulas[k], people(50))
  poisson_case(sprintf("glm_quasi_%02d", k), formulas[k], people(40), "quasipoisson")
  negative_case(sprintf("nb_%02d", k), formulas[k], people(60))
}
d <- people(40); d$copy <- 2 * d$x # a column that says nothing new
if (wanted("glm_alias")) { m <- exact_glm("y ~ x + copy + h", d, poisson()); poisson_case("glm_alias", "y ~ x + h", d) }
d <- people(30); d$y[d$g == "b"] <- 0
poisson_case("glm_zero_group", "y ~ x", d)
d <- data.frame(y = rpois(60, 1000), t = 1:60); poisson_case("glm_large", "y ~ t + I(t^2)", d)

# --- change points ------------------------------------------------------------------------

cost_of <- function(kind, size) {
  mbic <- grepl("mbic", kind)
  base <- sub("\\.mbic", "", kind)
  function(x) {
    n <- length(x); s <- sum(x); m <- s / n
    v <- switch(base, l2 = sum(x^2) - s^2 / n, poisson = if (s == 0) 0 else 2 * s * (log(n) - log(s)),
      nbinom = -2 * ((if (s == 0) 0 else s * log(m / (size + m))) + n * size * log(size / (size + m))),
      meanvar = n * (log(2 * pi) + log(max(sum(x^2) / n - m^2, 1e-11)) + 1))
    if (mbic && !(base == "poisson" && s == 0)) v <- v + log(n)
    v
  }
}
change_case <- safely(function(name, y, kind, penalty, min = 1, size = NULL, penalty_name = "manual", digits = TRUE) {
  if (!wanted(name)) return()
  f <- cost_of(kind, size); n <- length(y)
  C <- matrix(Inf, n, n)
  for (i in 1:n) for (j in i:n) if (j - i + 1 >= min) C[i, j] <- f(y[i:j])
  F <- c(-penalty, rep(Inf, n)); last <- integer(n)
  for (t in 1:n) { v <- F[1:t] + C[1:t, t] + penalty; k <- which.min(v); F[t + 1] <- v[k]; last[t] <- k - 1 }
  ends <- integer(0); t <- n
  while (last[t] > 0) { ends <- c(last[t], ends); t <- last[t] }
  K <- matrix(Inf, 7, n); K[1, ] <- C[1, ]
  for (k in 2:7) for (t in 2:n) K[k, t] <- min(K[k - 1, 1:(t - 1)] + C[2:t, t])
  stops <- c(ends, n)
  means <- mapply(function(a, b) mean(y[a:b]), c(1, ends + 1), stops)
  exact <- ifelse(is.finite(K[, n]), K[, n], NA)
  keep(name, list(algorithm = "optimal_partitioning", cost = kind, penalty = if (penalty_name == "manual") penalty else NULL, penalty_name = penalty_name, min_seg_len = min, size = size),
    data.frame(t = 1:n, y = y), rbind(rows(list("objective", "penalised", F[n + 1]), list("n_changepoints", "n", length(ends))),
      if (length(ends)) rows(list("changepoint", seq_along(ends), ends)), rows(list("segment_mean", stops, means), list("cost_exact_K", 0:6, exact))))
})
steps <- function(n, levels) rep(levels, each = ceiling(n / length(levels)))[1:n]
for (k in 1:6) {
  n <- 90 + 7 * k
  counts <- rnbinom(n, mu = steps(n, c(3, 8, 5, 12)), size = 6)
  reals <- rnorm(n, steps(n, c(0, 2, 1, -1)), steps(n, c(1, 1, 2)))
  m <- c(1, 1, 2, 7, 14, 30)[k]
  change_case(sprintf("cp_poisson_%d", k), counts, "poisson", c(2, 4, 8, 9, 14, 20)[k] * log(n) / 4, m)
  change_case(sprintf("cp_poissonmbic_%d", k), counts, "poisson.mbic", 3 * log(n), m)
  change_case(sprintf("cp_l2_%d", k), reals, "l2", 2 * log(n), m)
  change_case(sprintf("cp_l2mbic_%d", k), reals, "l2.mbic", 3 * log(n), m)
  change_case(sprintf("cp_nbinom_%d", k), counts, "nbinom", c(1, 2, 2, 2, 3, 1)[k] * log(n), m, c(.5, 2, 6, 30, 4, 5)[k])
  change_case(sprintf("cp_meanvar_%d", k), reals, "meanvar", 3 * log(n), max(2, m))
  change_case(sprintf("cp_meanvarmbic_%d", k), reals, "meanvar.mbic", 4 * log(n), max(2, m))
}
n <- 100; counts <- rpois(n, steps(n, c(3, 8, 5)))
penalties <- list(AIC = 4, SIC = 2 * log(n), BIC = 2 * log(n), MBIC = 3 * log(n), AIC0 = 2, SIC0 = log(n), BIC0 = log(n), MBIC0 = 2 * log(n), None = 0)
for (p in names(penalties)) change_case(paste("cp_penalty", p, sep = "_"), counts, if (grepl("MBIC", p)) "poisson.mbic" else "poisson", penalties[[p]], 3, penalty_name = p)
penalties <- list(AIC = 6, SIC = 3 * log(n), MBIC = 4 * log(n), AIC0 = 4, SIC0 = 2 * log(n), MBIC0 = 3 * log(n))
for (p in names(penalties)) change_case(paste("cp_penaltymv", p, sep = "_"), counts + rnorm(n), if (grepl("MBIC", p)) "meanvar.mbic" else "meanvar", penalties[[p]], 2, penalty_name = p)
change_case("cp_zeros", rep(0, 40), "poisson", 5)
change_case("cp_zeros_mbic", rep(0, 40), "poisson.mbic", 5, 3)
change_case("cp_constant", rep(4, 40), "l2", 5)
change_case("cp_one_outlier", c(rpois(30, 3), 5000, rpois(30, 3)), "poisson", 10)
change_case("cp_short", c(1, 9), "poisson", 1)
change_case("cp_two_min", c(1, 9, 9, 1), "poisson", 1, 2)

# --- breaks -------------------------------------------------------------------------------

break_case <- safely(function(name, formula, d, h = .15, breaks = NULL, het.reg = TRUE, het.err = TRUE) {
  if (!wanted(name)) return()
  f <- as.formula(formula)
  b <- breakpoints(f, data = d, h = h, breaks = breaks)
  M <- length(b$RSS.table[1, ]) / 2
  s <- summary(b); rss <- s$RSS["RSS", ]; bic <- s$RSS["BIC", ]
  best <- which.min(bic) - 1
  out <- rows(list("RSS", names(rss), rss), list("BIC", names(bic), bic), list("optimal", "m", best))
  for (m in seq_len(length(rss) - 1)) out <- rbind(out, rows(list(paste0("breaks_m", m), 1:m, breakpoints(b, breaks = m)$breakpoints)))
  if (best > 0) {
    ci <- tryCatch(suppressWarnings(confint(b, breaks = best, het.reg = het.reg, het.err = het.err)$confint), error = function(e) NULL)
    if (!is.null(ci)) out <- rbind(out, rows(list("ci_lower", 1:best, ci[, 1]), list("ci_est", 1:best, ci[, 2]), list("ci_upper", 1:best, ci[, 3])))
  }
  co <- if (best > 0) coef(b, breaks = best) else rbind(coef(lm(f, d)))
  for (j in colnames(co)) out <- rbind(out, rows(list(paste0("coef_", if (j == "(Intercept)") "Intercept" else j), seq_len(nrow(co)), co[, j])))
  e <- efp(f, data = d, type = "OLS-CUSUM"); te <- sctest(e)
  F <- Fstats(f, data = d, from = if (h < 1) h else h / nrow(d))
  out <- rbind(out, rows(list("olscusum", c("stat", "p"), c(te$statistic, te$p.value)), list("supF", c("stat", "p", "argmax"), c(max(F$Fstats), NA, F$breakpoint)),
    list("olscusum_process", 0:nrow(d), as.numeric(e$process))))
  keep(name, list(algorithm = "bai_perron", formula = formula, h = h, breaks = breaks, het.reg = het.reg, het.err = het.err), d, out)
})
for (k in 1:4) {
  n <- c(60, 80, 100, 70)[k]; t <- 1:n
  d <- data.frame(y = rnorm(n, steps(n, c(5, 9, 6)), c(1, 1.5, .7, 2)[k]) + .02 * t, t = t, s1 = sin(2 * pi * t / 12), c1 = cos(2 * pi * t / 12))
  break_case(sprintf("sc_mean_%d", k), "y ~ 1", d, c(.15, .1, .2, .25)[k])
  break_case(sprintf("sc_trend_%d", k), "y ~ t", d, .15)
  break_case(sprintf("sc_season_%d", k), "y ~ s1 + c1", d, .2, het.reg = k %% 2 == 0, het.err = k > 2)
  break_case(sprintf("sc_most_%d", k), "y ~ 1", d, .15, breaks = k)
  break_case(sprintf("sc_rows_%d", k), "y ~ 1", d, 12)
  break_case(sprintf("sc_err_%d", k), "y ~ t", d, .2, het.reg = FALSE, het.err = k %% 2 == 0)
}
break_case("sc_noise", "y ~ 1", data.frame(y = rnorm(60)), .15)

# --- stays --------------------------------------------------------------------------------

stays <- function(n, ties = TRUE, entry = FALSE, causes = 1) {
  time <- rexp(n, 1 / 40); cens <- rexp(n, 1 / 90)
  d <- data.frame(time = pmin(time, cens), event = as.integer(time <= cens))
  d$time <- if (ties) ceiling(d$time / 3) else round(d$time, 2) + .01
  if (entry) { d$entry <- round(d$time * runif(n, 0, .7), 1); d$entry <- pmin(d$entry, d$time - .05); d <- d[c("entry", "time", "event")] }
  if (causes > 1) d$cause <- ifelse(d$event == 1, sample(causes, n, TRUE, prob = causes:1), 0)
  d
}
meier_case <- safely(function(name, d, conf_type = "log", conf_level = .95, tau = NULL, probs = NULL) {
  if (!wanted(name)) return()
  entry <- !is.null(d$entry); groups <- if (is.null(d$group)) "all" else sort(unique(d$group))
  q <- if (is.null(probs)) c(.25, .5, .75) else probs
  curve <- quant <- rmst <- NULL
  cols <- function(section, group, time, se = NA, lower = NA, upper = NA) data.frame(section, group, time, n_risk = NA, n_event = NA, n_censor = NA, surv = NA, se, lower, upper, cumhaz = NA, se_cumhaz = NA)
  for (g in groups) {
    p <- if (g == "all" && is.null(d$group)) d else d[d$group == g, ]
    S <- if (entry) Surv(p$entry, p$time, p$event) else Surv(p$time, p$event)
    f <- survfit(S ~ 1, conf.type = conf_type, conf.int = conf_level)
    none <- rep(NA, length(f$time))
    se <- f$std.err * f$surv
    lower <- if (is.null(f$lower)) none else f$lower; upper <- if (is.null(f$upper)) none else f$upper
    at <- f$n.risk > 0 | f$n.event > 0
    curve <- rbind(curve, data.frame(section = "curve", group = g, time = f$time, n_risk = f$n.risk, n_event = f$n.event, n_censor = f$n.censor, surv = f$surv, se = ifelse(is.nan(se), NA, se),
      lower = ifelse(is.nan(lower), NA, lower), upper = ifelse(is.nan(upper), NA, upper), cumhaz = f$cumhaz, se_cumhaz = f$std.chaz))
    z <- quantile(f, q); if (!is.list(z)) z <- list(quantile = z, lower = rep(NA, length(q)), upper = rep(NA, length(q)))
    quant <- rbind(quant, cols(paste0("quantile_", 100 * q), g, as.numeric(z$quantile), NA, as.numeric(z$lower), as.numeric(z$upper)))
    if (!is.null(tau)) { s <- summary(f, rmean = tau)$table; rmst <- rbind(rmst, cols(paste0("rmst_", tau), g, s["rmean"], s["se(rmean)"])) }
  }
  keep(name, list(algorithm = "kaplan_meier", conf_type = conf_type, conf_level = conf_level, delayed_entry = entry, rmst_tau = tau, probs = probs), d, rbind(curve, quant, rmst))
})
for (type in c("log", "log-log", "plain", "logit", "arcsin", "none")) {
  meier_case(paste("km", type, "ties", sep = "_"), stays(60), type, .9, 20)
  meier_case(paste("km", type, "entry", sep = "_"), stays(80, FALSE, TRUE), type)
  d <- stays(70, TRUE); d$group <- sample(c("x", "a b", "Z"), 70, TRUE)
  meier_case(paste("km", type, "groups", sep = "_"), d, type, .95, 15, c(.1, .5, .9))
}
d <- stays(50); d$group <- sample(c(2, 10, 1), 50, TRUE); meier_case("km_number_groups", d, "log", .99, 8)
meier_case("km_all_events", data.frame(time = c(5, 3, 3, 8, 1, 9, 12, 12), event = 1), "log-log", tau = 10)
meier_case("km_no_event", data.frame(time = c(5, 3, 3, 8), event = 0), "log", tau = 6)
meier_case("km_one", data.frame(time = 5, event = 1))
meier_case("km_flat_step", data.frame(time = 1:8, event = c(1, 1, 1, 1, 0, 1, 1, 1)), "log")
meier_case("km_near_ties", data.frame(time = c(1, 1 + 1e-10, 2, 2, 3, 3.0000000001, 4), event = c(1, 0, 1, 1, 0, 1, 1)), "log", tau = 3.5)
meier_case("km_past_end", stays(30), "log", .95, 500)

logrank_case <- safely(function(name, d, rho = 0, stratified = FALSE) {
  if (!wanted(name)) return()
  f <- if (stratified) survdiff(Surv(time, event) ~ group + strata(st), data = d, rho = rho) else survdiff(Surv(time, event) ~ group, data = d, rho = rho)
  levels <- sort(unique(d$group)); k <- length(levels)
  o <- if (stratified) rowSums(f$obs) else f$obs; e <- if (stratified) rowSums(f$exp) else f$exp
  keep(name, list(algorithm = "logrank", rho = rho, stratified = stratified), d, rows(
    list("observed", if (stratified) 1:k else levels, o), list("expected", 1:k, e), list("var", 1:k^2, as.numeric(f$var)),
    list("test", c("chisq", "df", "p"), c(f$chisq, k - 1, pchisq(f$chisq, k - 1, lower.tail = FALSE)))))
})
for (rho in c(0, 1, .5, -1, 2)) for (k in 2:4) {
  d <- stays(80); d$group <- sample(letters[1:k], 80, TRUE); d$st <- sample(c("u", "v", "w"), 80, TRUE)
  logrank_case(sprintf("logrank_%g_%d", rho, k), d[c("time", "event", "group")], rho)
  logrank_case(sprintf("logrank_strat_%g_%d", rho, k), d, rho, TRUE)
}
cox_case <- safely(function(name, formula, d, ties = "efron") {
  if (!wanted(name)) return()
  f <- as.formula(formula); environment(f) <- globalenv()
  m <- coxph(f, data = d, ties = ties, control = coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 100))
  s <- summary(m); n <- names(coef(m)); z <- qnorm(.975); se <- sqrt(diag(vcov(m))); se[is.na(coef(m))] <- NA
  keep(name, list(algorithm = "coxph", ties = ties, formula = formula), d, rows(list("coef", n, coef(m)), list("se", n, se),
    list("hr_lower", n, exp(coef(m) - z * se)), list("hr_upper", n, exp(coef(m) + z * se)),
    list("fit", c("loglik0", "loglik", "lrt", "wald", "score", "concordance"), c(m$loglik, 2 * diff(m$loglik), m$wald.test, m$score, m$concordance["concordance"]))))
})
for (ties in c("efron", "breslow")) for (k in 1:3) {
  d <- stays(70, k != 2, k == 3); d$x <- round(rnorm(70), 2); d$g <- sample(c("p", "q", "r"), 70, TRUE); d$site <- sample(c("n", "s"), 70, TRUE)
  left <- if (k == 3) "Surv(entry, time, event)" else "Surv(time, event)"
  cox_case(sprintf("cox_%s_%d", ties, k), paste(left, "~ x"), d, ties)
  cox_case(sprintf("cox_%s_factor_%d", ties, k), paste(left, "~ x + g"), d, ties)
  cox_case(sprintf("cox_%s_cross_%d", ties, k), paste(left, "~ x * g"), d, ties)
  cox_case(sprintf("cox_%s_power_%d", ties, k), paste(left, "~ x + I(x^2)"), d, ties)
  cox_case(sprintf("cox_%s_strata_%d", ties, k), paste(left, "~ x + g + strata(site)"), d, ties)
}
competing_case <- safely(function(name, d, gray = FALSE, finegray = FALSE, rho = NULL) {
  if (!wanted(name)) return()
  entry <- !is.null(d$entry); K <- max(d$cause)
  e <- factor(d$cause, 0:K)
  f <- if (entry) survfit(Surv(d$entry, d$time, e) ~ 1, id = seq_along(e)) else survfit(Surv(d$time, e) ~ 1)
  P <- f$pstate; S <- f$std.err; colnames(P) <- paste0("pstate", 0:K); colnames(S) <- paste0("se", 0:K)
  out <- data.frame(section = "curve", time = f$time, n_risk = if (is.matrix(f$n.risk)) f$n.risk[, 1] else f$n.risk, P, S)
  scalar <- function(section, value) { r <- out[1, ]; r[] <- NA; r$section <- section; r$time <- value; r }
  if (gray) { g <- cuminc(d$time, d$cause, d$group, rho = if (is.null(rho)) 0 else rho)$Tests
    for (k in 1:K) out <- rbind(out, scalar(paste0("gray_stat_cause", k), g[k, "stat"]), scalar(paste0("gray_p_cause", k), g[k, "pv"])) }
  if (finegray) {
    L <- sort(unique(d$group)); X <- sapply(L[-1], function(l) as.numeric(d$group == l))
    m <- crr(d$time, d$cause, X, failcode = 1, cencode = 0, gtol = 1e-12)
    for (j in seq_along(m$coef)) out <- rbind(out, scalar(paste0("finegray_coef", j), m$coef[j]), scalar(paste0("finegray_se", j), sqrt(m$var[j, j])))
    out <- rbind(out, scalar("finegray_loglik", m$loglik))
  }
  rownames(out) <- NULL
  keep(name, list(algorithm = "aalen_johansen", delayed_entry = entry, gray = gray, finegray = finegray, rho = rho), d[intersect(c("entry", "time", "cause", "group"), names(d))], out)
})
for (k in 1:8) {
  d <- stays(c(60, 80, 120, 50, 200, 90, 70, 100)[k], k %% 2 == 1, FALSE, c(2, 2, 3, 2, 2, 3, 2, 2)[k])
  d$group <- sample(letters[1:c(2, 3, 2, 2, 4, 3, 2, 2)[k]], nrow(d), TRUE)
  competing_case(sprintf("cr_%d", k), d, TRUE, TRUE)
  competing_case(sprintf("cr_plain_%d", k), d)
  if (k %in% c(1, 4)) competing_case(sprintf("cr_rho_%d", k), d, TRUE, FALSE, c(1, .5)[1 + (k > 1)])
}
competing_case("cr_entry", stays(80, FALSE, TRUE, 2))
competing_case("cr_entry_ties", { d <- stays(80, TRUE, TRUE, 3); d$entry <- floor(d$entry); d }, FALSE)
d <- stays(60, TRUE, FALSE, 2); d$cause[d$cause == 0] <- 1; d$group <- rep(c("a", "b"), 30); competing_case("cr_uncensored", d, TRUE, TRUE)

# --- lists --------------------------------------------------------------------------------

cells <- function(t) { g <- expand.grid(rep(list(0:1), t))[-1, ]; g <- g[do.call(order, c(list(rowSums(g)), lapply(seq_len(t), function(i) -g[[i]]))), ]; names(g) <- paste0("l", 1:t); rownames(g) <- NULL; g }
sets <- function(t, most) { s <- list(); if (most >= 2) for (k in 2:most) s <- c(s, combn(t, k, simplify = FALSE)); s }
hierarchical <- function(t, most) {
  s <- sets(t, most); all <- list(integer(0))
  # from the sets in order, first the ones that need the fewest lists; the last varies fastest
  grow <- function(chosen, i) {
    if (i > length(s)) return(list(chosen))
    out <- grow(chosen, i + 1)
    faces <- if (length(s[[i]]) > 2) combn(s[[i]], length(s[[i]]) - 1, simplify = FALSE) else list()
    if (all(vapply(faces, function(f) any(vapply(s[chosen], identical, TRUE, f)), TRUE))) out <- c(out, grow(c(chosen, i), i + 1))
    out
  }
  list(sets = s, models = grow(integer(0), 1))
}
model_name <- function(t, sets) {
  all <- c(as.list(1:t), sets)
  top <- all[vapply(seq_along(all), function(i) !any(vapply(all[-i], function(o) all(all[[i]] %in% o), TRUE)), TRUE)]
  paste0("[", paste(vapply(top, paste, "", collapse = "."), collapse = " "), "]")
}
list_case <- safely(function(name, g, most = ncol(g) - 2) {
  if (!wanted(name)) return()
  t <- ncol(g) - 1; n <- sum(g$freq); h <- hierarchical(t, most)
  one <- function(chosen) {
    X <- as.matrix(g[, 1:t]); for (s in h$sets[chosen]) X <- cbind(X, apply(g[, s, drop = FALSE], 1, prod))
    X <- cbind(1, X); p <- ncol(X)
    m <- suppressWarnings(glm.fit(X, g$freq, family = poisson(), control = glm.control(1e-15, 500)))
    V <- chol2inv(m$qr$qr[seq_len(m$rank), seq_len(m$rank), drop = FALSE]); v <- V[1, 1]
    f0 <- exp(m$coefficients[1]); boundary <- as.integer(any(m$fitted.values < 1e-6) || m$rank < p)
    data.frame(section = "loglinear", model = model_name(t, h$sets[chosen]), Nhat = n + f0, se = sqrt(f0 + f0^2 * v), f0 = f0, se_logf0 = sqrt(v), deviance = m$deviance, df = nrow(g) - m$rank,
      AIC = m$aic, BIC_n = m$aic + (log(n) - 2) * m$rank, AICc_n = m$aic + 2 * m$rank * (m$rank + 1) / (n - m$rank - 1), rank = m$rank, boundary = boundary)
  }
  L <- do.call(rbind, lapply(h$models, one))
  blank <- function(section, model, N = NA, se = NA, f0 = NA, lf = NA) { r <- L[1, ]; r[] <- NA; r$section <- section; r$model <- model; r$Nhat <- N; r$se <- se; r$f0 <- f0; r$se_logf0 <- lf; r }
  times <- rowSums(g[, 1:t]); f1 <- sum(g$freq[times == 1]); f2 <- sum(g$freq[times == 2])
  chao <- function(model, extra, v) { if (!is.finite(extra) || extra <= 0) return(blank("chao", model)); K <- exp(1.96 * sqrt(log(1 + v / extra^2))); K <- exp(qnorm(.975) * sqrt(log(1 + v / extra^2))); blank("chao", model, n + extra, sqrt(v), n + extra / K, n + extra * K) }
  r <- f1 / f2
  out <- rbind(L, chao("chao1987_f1^2/2f2", f1^2 / (2 * f2), f2 * (r^4 / 4 + r^3 + r^2 / 2)))
  a <- (t - 1) / t
  out <- rbind(out, chao("chao_bias_corrected_t_occasions", a * f1 * (f1 - 1) / (2 * (f2 + 1)),
    a * f1 * (f1 - 1) / (2 * (f2 + 1)) + a^2 * f1 * (f1 - 1) * (f1^2 + 4 * f1 * f2 + 3 * f1 - 6 * f2 - 6) / (4 * (f2 + 1)^2 * (f2 + 2))))
  ok <- L$boundary == 0
  for (w in c("BIC_n", "AIC")) { k <- exp(-(L[[w]][ok] - min(L[[w]][ok])) / 2)
    out <- rbind(out, blank("average", paste0(if (w == "BIC_n") "BICn" else "AIC", "_weighted_mean_nonboundary"), sum(k * L$Nhat[ok]) / sum(k))) }
  for (i in 1:(t - 1)) for (j in (i + 1):t) { n1 <- sum(g$freq[g[[i]] == 1]); n2 <- sum(g$freq[g[[j]] == 1]); m <- sum(g$freq[g[[i]] == 1 & g[[j]] == 1])
    out <- rbind(out, blank("chapman", sprintf("chapman_%d_%d", i, j), (n1 + 1) * (n2 + 1) / (m + 1) - 1, sqrt((n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / ((m + 1)^2 * (m + 2))), if (m > 0) n1 * n2 / m else NA)) }
  keep(name, list(algorithm = "loglinear_capture_recapture", lists = t, max_interaction = most, n_observed = n), g, out)
})
fill <- function(t, N, p) { g <- cells(t); caught <- sapply(p, function(q) rbinom(N, 1, q)); key <- apply(caught, 1, paste, collapse = ""); g$freq <- as.numeric(table(factor(key, apply(g, 1, paste, collapse = "")))); g }
for (k in 1:3) { list_case(sprintf("mse3_%d", k), fill(3, c(400, 900, 120)[k], c(.3, .25, .4))); list_case(sprintf("mse4_%d", k), fill(4, c(800, 300, 2000)[k], c(.3, .2, .35, .15))) }
list_case("mse4_pairs", fill(4, 700, c(.3, .2, .35, .25)), 2)
list_case("mse3_sparse", fill(3, 60, c(.1, .15, .1)))
list_case("mse2", fill(2, 300, c(.3, .4)), 1)

# --- scans --------------------------------------------------------------------------------

scan_case <- safely(function(name, mode, L, T, prospective, neighbours, duration) {
  if (!wanted(name)) return()
  x <- round(runif(L, 0, 100), 3); y <- round(runif(L, 0, 100), 3)
  base <- matrix(runif(L * T, 1, 4), T); mu <- base; mu[(T - 3):T, 1] <- mu[(T - 3):T, 1] * 2.5
  n <- matrix(rpois(L * T, mu), T)
  d <- data.frame(time = rep(1:T, L), location = rep(1:L, each = T), count = as.numeric(n), baseline = as.numeric(base), x = rep(x, each = T), y = rep(y, each = T))
  if (mode == "permutation") d$baseline <- NULL
  zones <- list()
  for (i in 1:L) { o <- order((x - x[i])^2 + (y - y[i])^2, seq_len(L)); for (k in 1:neighbours) zones <- c(zones, list(sort(o[1:k]))) }
  zones <- unique(zones)
  C <- sum(n); B <- if (mode == "permutation") outer(rowSums(n), colSums(n)) / C else if (mode == "poisson_population") base * C / sum(base) else base
  out <- NULL
  for (z in zones) for (to in if (prospective) T else 1:T) for (from in max(1, to - duration + 1):to) {
    c <- sum(n[from:to, z]); b <- sum(B[from:to, z])
    llr <- if (c <= b) 0 else if (mode == "poisson_expectation") c * log(c / b) - (c - b) else c * log(c / b) + if (C > c) (C - c) * log((C - c) / (C - b)) else 0
    out <- rbind(out, data.frame(zone = paste(z, collapse = ";"), t_start = from, t_end = to, cases = c, expected = b, llr = llr))
  }
  out <- out[out$llr > 0, ]; out <- head(out[order(-out$llr), ], 40)
  keep(name, list(algorithm = "scan", mode = mode, prospective = prospective, k_max_neighbours = neighbours, max_duration = duration, n_zones = length(zones), monte_carlo = NULL), d, data.frame(rank = seq_len(nrow(out)), out))
})
for (mode in c("permutation", "poisson_population", "poisson_expectation")) {
  scan_case(paste("scan", mode, "now", sep = "_"), mode, 7, 18, TRUE, 4, 6)
  scan_case(paste("scan", mode, "past", sep = "_"), mode, 6, 15, FALSE, 3, 5)
  scan_case(paste("scan", mode, "all", sep = "_"), mode, 5, 12, FALSE, 5, 12)
}

# --- comparisons --------------------------------------------------------------------------

fdr_case <- safely(function(name, x, e, level) {
  if (!wanted(name)) return()
  p2 <- ci <- NULL
  for (i in seq_along(x)) { t <- poisson.test(x[i], e[i], conf.level = level); p2 <- c(p2, t$p.value); ci <- rbind(ci, t$conf.int) }
  pg <- ppois(x - 1, e, lower.tail = FALSE); z <- qnorm(1 - (1 - level) / 2)
  byar <- cbind(ifelse(x > 0, x * (1 - 1 / (9 * pmax(x, 1)) - z / (3 * sqrt(pmax(x, 1))))^3, 0), (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1)))^3) / e
  byar[, 1] <- pmax(0, byar[, 1])
  d <- data.frame(i = seq_along(x), rate = x / e, lower = ci[, 1], upper = ci[, 2], p_two = p2, p_greater = pg, p_mid_greater = ppois(x, e, lower.tail = FALSE) + dpois(x, e) / 2,
    byar_lower = byar[, 1], byar_upper = byar[, 2])
  for (m in c(bh = "BH", by = "BY", holm = "holm", hochberg = "hochberg", bonferroni = "bonferroni")) d[[c(BH = "bh", BY = "by", holm = "holm", hochberg = "hochberg", bonferroni = "bonferroni")[m]]] <- p.adjust(pg, m)
  keep(name, list(algorithm = "poisson_exact_and_fdr", conf_level = level), data.frame(i = seq_along(x), count = x, expected = e), d)
})
fdr_case("poisson_mixed", c(0, 0, 1, 3, 40, 12, 500, 7, 2, 90), round(c(.2, 5, .7, 3.3, 22, 12, 430, 7, 9, 60), 2), .95)
fdr_case("poisson_90", rpois(26, 8), round(runif(26, 2, 12), 3), .9)
fdr_case("poisson_large", rpois(12, 20000), round(runif(12, 19500, 20500), 1), .99)
fdr_case("poisson_zero", rep(0, 6), c(1, 2, 3, .01, 50, 1), .95)
ratio_case <- safely(function(name, d, level) {
  if (!wanted(name)) return()
  out <- NULL
  for (i in seq_len(nrow(d))) { t <- poisson.test(c(d$x1[i], d$x2[i]), c(d$t1[i], d$t2[i]), conf.level = level); out <- rbind(out, data.frame(i = i, ratio = as.numeric(t$estimate), lower = t$conf.int[1], upper = t$conf.int[2], p = t$p.value)) }
  keep(name, list(algorithm = "poisson_rate_ratio", conf_level = level), d, out)
})
ratio_case("rate_ratio_95", data.frame(i = 1:9, x1 = c(0, 5, 12, 400, 3, 1, 0, 25, 7), t1 = c(10, 20.5, 30, 365, 1, 2, 4, 7, 9), x2 = c(4, 0, 12, 350, 9, 1, 1, 60, 7), t2 = c(10, 20, 30, 365, 3, 2, 8, 7.5, 18)), .95)
ratio_case("rate_ratio_90", data.frame(i = 1:8, x1 = rpois(8, 9), t1 = round(runif(8, 5, 50), 1), x2 = rpois(8, 12) + 1, t2 = round(runif(8, 5, 50), 1)), .9)
