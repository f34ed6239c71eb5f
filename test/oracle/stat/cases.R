# Cases for `palladium stat`: Rscript cases.R FOLDER [SEED [ONLY]]
# Each is a folder with params.json, input.csv and expected.csv (17 significant digits), made by
# the R function that the method's users know: surveillance, survival, cmprsk, strucchange, MASS
# and base R; where no package gives the numbers, by the published formula, written out plainly.
# compare.py runs them; those in cases/ with _more in their names are of seed 1. Data are random; parameters go through the combinations that matter.
args <- commandArgs(TRUE)
folder <- args[1]
seed <- if (length(args) > 1) as.integer(args[2]) else 1L
only <- if (length(args) > 2) args[3] else ""
suppressMessages({
  options(warn = -1); library(surveillance); library(survival); library(cmprsk); library(strucchange); library(MASS)
})
set.seed(seed)

number <- function(x) ifelse(is.na(x), "NA", ifelse(is.infinite(x), ifelse(x > 0, "Inf", "-Inf"), sprintf("%.17g", x)))
quoted <- function(x) ifelse(grepl('[,"]', x), paste0('"', gsub('"', '""', x), '"'), x)
cell <- function(x) if (is.logical(x)) ifelse(is.na(x), "NA", as.character(as.integer(x))) else if (is.numeric(x)) number(x) else ifelse(is.na(x), "NA", quoted(as.character(x)))
write_csv <- function(d, path) {
  lines <- do.call(paste, c(lapply(d, cell), sep = ","))
  writeLines(c(paste(names(d), collapse = ","), if (nrow(d)) lines), path)
}
json <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) return(paste0("{", paste0('"', names(x), '": ', vapply(x, json, ""), collapse = ", "), "}"))
  v <- if (is.character(x)) paste0('"', gsub('"', '\\\\"', x), '"') else if (is.logical(x)) tolower(as.character(x)) else sprintf("%.15g", x)
  if (length(x) == 1) v else paste0("[", paste(v, collapse = ", "), "]")
}
keep <- function(name, params, input, expected) {
  dir <- file.path(folder, name)
  dir.create(dir, recursive = TRUE, showWarnings = FALSE)
  writeLines(json(params), file.path(dir, "params.json"))
  write_csv(input, file.path(dir, "input.csv"))
  write_csv(expected, file.path(dir, "expected.csv"))
}
# a case that R itself cannot make is said and left out
safely <- function(make) {
  force(make)
  function(name, ...) tryCatch(make(name, ...), error = function(e) message(name, ": ", conditionMessage(e)))
}
wanted <- function(name) only == "" || grepl(only, name)
rows <- function(...) do.call(rbind, lapply(list(...), function(x) data.frame(section = x[[1]], name = as.character(x[[2]]), value = as.numeric(x[[3]]))))
quiet <- function(x) suppressWarnings(suppressMessages({ capture.output(r <- x); r }))

# counts with season, trend and bursts
series <- function(n, level = 6, size = 4, freq = 52, burst = TRUE) {
  t <- seq_len(n)
  mu <- level * exp(0.4 * sin(2 * pi * t / freq) + 0.0007 * t)
  y <- rnbinom(n, mu = mu, size = size)
  if (burst) y[sample(n, 3)] <- y[sample(n, 3)] + rpois(3, 8 * level)
  y
}
shapes <- list(
  plain = function(n, freq) series(n, freq = freq),
  busy = function(n, freq) series(n, 90, 12, freq),
  sparse = function(n, freq) rnbinom(n, mu = .4, size = 1),
  zeros = function(n, freq) rep(0, n),
  constant = function(n, freq) rep(5, n),
  outlier = function(n, freq) { y <- series(n, 4, freq = freq); y[n - 20] <- 5000; y },
  lone = function(n, freq) { y <- rep(0, n); y[n - 3] <- 12; y })

# --- surveillance -----------------------------------------------------------------------

ears <- function(name, y, ...) {
  if (!wanted(name)) return()
  control <- list(...)
  s <- sts(y, frequency = 365)
  r <- quiet(earsC(s, control = control))
  range <- r@control$range
  z <- qnorm(1 - r@control$alpha)
  d <- data.frame(t = range, series = 1, observed = y[range], upperbound = as.numeric(r@upperbound), alarm = as.integer(r@alarm))
  if (identical(control$method, "C3")) {
    B <- r@control$baseline
    base <- sapply(seq_along(y), function(i) if (i > B + 2) c(mean(y[(i - B - 2):(i - 3)]), max(sd(y[(i - B - 2):(i - 3)]), r@control$minSigma)) else c(NA, NA))
    cc <- (y - base[1, ]) / base[2, ]
    L <- pmax(0, cc[range - 1] - 1) + pmax(0, cc[range - 2] - 1)
    d$upperbound_documented <- pmax(0, base[1, range] + base[2, range] * (z - L))
    d$alarm_documented <- as.integer(y[range] > d$upperbound_documented)
    d$c3_statistic <- pmax(0, cc[range] - 1) + L
  }
  keep(name, c(list(algorithm = "earsC"), control), data.frame(t = seq_along(y), observed = y), d)
}

flexible <- function(name, y, freq = 52, dates = NULL, population = NULL, ...) {
  if (!wanted(name)) return()
  control <- list(...)
  s <- if (is.null(dates)) sts(y, frequency = freq) else sts(y, epoch = as.numeric(dates), epochAsDate = TRUE, frequency = freq)
  if (!is.null(population)) population(s) <- matrix(population, ncol = 1)
  r <- quiet(farringtonFlexible(s, control = control))
  d <- data.frame(t = control$range, series = 1, observed = as.numeric(observed(r)), upperbound = as.numeric(r@upperbound),
    alarm = as.integer(r@alarm), expected = as.numeric(r@control$expected), phi = as.numeric(r@control$phi),
    trend = as.numeric(r@control$trend), trend_coef = as.numeric(r@control$trendVector), pvalue = as.numeric(r@control$pvalue), score = as.numeric(r@control$score))
  # trendVector is the slope where a trend was kept; trend says whether it was
  d$trend <- as.integer(d$trend_coef != 0 & !is.na(d$trend_coef))
  d$trend_coef[d$trend == 0] <- NA
  input <- data.frame(t = seq_along(y), observed = y)
  if (!is.null(dates)) input <- data.frame(t = seq_along(y), date = as.character(dates), observed = y)
  if (!is.null(population)) input$population <- population
  keep(name, c(list(algorithm = "farringtonFlexible", freq = freq, epochAsDate = !is.null(dates)), control), input, d)
}

classic <- function(name, y, freq = 52, dates = NULL, ...) {
  if (!wanted(name)) return()
  control <- list(...)
  control$fitFun <- "algo.farrington.fitGLM.fast"
  d <- create.disProg(week = if (is.null(dates)) seq_along(y) else as.numeric(dates), observed = y, state = rep(0, length(y)), freq = freq, epochAsDate = !is.null(dates))
  r <- quiet(algo.farrington(d, control = control))
  e <- data.frame(t = control$range, observed = y[control$range], upperbound = as.numeric(r$upperbound), alarm = as.integer(r$alarm),
    trend = as.integer(r$trend), predprob = r$control$pd[, 1], median = r$control$pd[, 2])
  input <- if (is.null(dates)) data.frame(t = seq_along(y), observed = y) else data.frame(t = seq_along(y), date = as.character(dates), observed = y)
  keep(name, c(list(algorithm = "farrington", freq = freq, epochAsDate = !is.null(dates)), control), input, e)
}

prog <- function(y, freq = 52, start = c(2000, 1)) create.disProg(week = seq_along(y), observed = y, state = rep(0, length(y)), freq = freq, start = start)
cusum <- function(name, y, start_epoch = 1, freq = 52, ...) {
  if (!wanted(name)) return()
  control <- list(...)
  exact <- identical(control$trans, "anscombeNegBin") # the package reads 2F1 off a table, for one m
  r <- quiet(algo.cusum(prog(y, freq, c(2000, start_epoch)), control = if (exact) replace(control, "trans", "standard") else control))
  if (exact) {
    m <- rep_len(r$control$m, length(control$range)); x <- y[control$range]; a <- if (is.null(control$alpha)) .1 else control$alpha
    # 1.5 y^(2/3) 2F1(1/3, 2/3; 5/3; -a y) is the integral of (u (1 + a u))^(-1/3) from 0 to y; u = v^3
    g <- function(y) vapply(y, function(z) integrate(function(v) 3 * v / (1 + a * v^3)^(1 / 3), 0, z^(1 / 3), rel.tol = 1e-13, subdivisions = 1000)$value, 0)
    s <- (g(x) - g(m)) / (m + a * m^2)^(1 / 6)
    r$cusum <- Reduce(function(c, s) max(0, c + s - control$k), s, 0, accumulate = TRUE)[-1]
    r$alarm <- r$cusum >= control$h
    r$upperbound <- pmax(0, control$h - r$cusum)
  }
  d <- data.frame(t = control$range, observed = y[control$range], cusum = r$cusum, alarm = as.integer(r$alarm), upperbound = as.numeric(r$upperbound), m = as.numeric(r$control$m))
  keep(name, c(list(algorithm = "cusum", freq = freq, start_epoch = start_epoch), control), data.frame(t = seq_along(y), observed = y), d)
}
ratio <- function(name, y, mu0, ...) {
  if (!wanted(name)) return()
  control <- list(...)
  control$range <- seq_along(y)
  r <- quiet(algo.glrnb(prog(y), control = c(control, list(mu0 = mu0))))
  d <- data.frame(t = seq_along(y), stat = as.numeric(r$upperbound), alarm = as.integer(r$alarm))
  control$range <- NULL
  keep(name, c(list(algorithm = "glrnb"), control), data.frame(t = seq_along(y), observed = y, mu0 = mu0), d)
}
simple <- function(name, algorithm, y, freq = 52, ...) {
  if (!wanted(name)) return()
  control <- list(...)
  r <- quiet(get(paste0("algo.", algorithm))(prog(y, freq), control = control))
  d <- data.frame(t = control$range, observed = y[control$range], upperbound = as.numeric(r$upperbound), alarm = as.integer(r$alarm))
  if (algorithm == "cdc") d$aggr <- as.numeric(r$aggr)
  keep(name, c(list(algorithm = algorithm, freq = freq), control), data.frame(t = seq_along(y), observed = y), d)
}

for (f in c("ears", "flexible", "classic", "cusum", "ratio", "simple")) assign(f, safely(get(f)))
for (shape in names(shapes)) {
  y <- shapes[[shape]](90, 52)
  for (m in c("C1", "C2", "C3")) {
    ears(paste("ears", m, shape, sep = "_"), y, method = m, baseline = sample(3:15, 1), minSigma = sample(c(0.2, 1), 1), alpha = sample(c(.001, .01, .05), 1))
    if (shape == "plain") ears(paste("ears", m, "sigma0", sep = "_"), y + 3, method = m, baseline = 7, minSigma = 0, alpha = .025)
    ears(paste("ears", m, shape, "range", sep = "_"), y, method = m, baseline = 5, minSigma = 0.5, alpha = .02, range = 60:75)
  }
  y <- shapes[[shape]](330, 52)
  for (k in 1:4) {
    method <- c("delta", "nbPlugin", "muan", "delta")[k]
    power <- c("2/3", "2/3", "2/3", sample(c("1/2", "none"), 1))[k]
    flexible(paste("flex", shape, method, k, sep = "_"), y, b = sample(2:4, 1), w = sample(1:4, 1), range = 290:329, alpha = sample(c(.01, .05, .1), 1),
      reweight = k != 4, noPeriods = c(1, 10, 4, 10)[k], pastWeeksNotIncluded = c(3, 26, 10, 26)[k], thresholdMethod = method, powertrans = power,
      weightsThreshold = c(2.58, 2.58, 1, 2.58)[k], pThresholdTrend = c(.05, 1, .2, .05)[k], trend = k != 3, limit54 = if (k == 2) c(0, 4) else c(5, 4))
  }
  classic(paste("farr", shape, sep = "_"), y, b = 4, w = 3, range = 290:329, reweight = TRUE, alpha = .02, trend = TRUE, limit54 = c(5, 4), powertrans = "2/3")
  classic(paste("farr", shape, "none", sep = "_"), y, b = 3, w = 2, range = 300:325, reweight = FALSE, alpha = .1, trend = TRUE, limit54 = c(3, 6), powertrans = "none")
  classic(paste("farr", shape, "half", sep = "_"), y, b = 5, w = 5, range = 300:315, reweight = TRUE, alpha = .05, trend = FALSE, limit54 = c(5, 4), powertrans = "1/2")
}
# dates: weekly over leap years and weeks 53, daily, monthly
week <- as.Date("2009-01-05") + 7 * (0:460)
flexible("flex_week_monday", series(461), dates = week, b = 5, w = 3, range = 400:455, noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin", alpha = .01)
flexible("flex_week_sunday", series(461, 20), dates = week - 1, b = 4, w = 2, range = 380:461, noPeriods = 1, thresholdMethod = "delta", alpha = .05)
flexible("flex_week_thursday", series(461, 3), dates = week + 3, b = 6, w = 4, range = 420:461, noPeriods = 5, pastWeeksNotIncluded = 12, thresholdMethod = "muan", alpha = .05)
flexible("flex_week_saturday", series(461, 30, 50), dates = week + 5, b = 3, w = 3, range = 300:461, noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "delta", alpha = .01)
classic("farr_week_monday", series(461), dates = week, b = 5, w = 3, range = 400:455, reweight = TRUE, alpha = .01, trend = TRUE)
classic("farr_week_wednesday", series(461, 30), dates = week + 2, b = 4, w = 2, range = 380:461, reweight = TRUE, alpha = .05, trend = TRUE)
day <- as.Date("2015-11-20") + 0:1600
flexible("flex_day_leap", series(1601, 5, 3, 365), freq = 365, dates = day, b = 3, w = 5, range = 1540:1580, noPeriods = 5, pastWeeksNotIncluded = 20, thresholdMethod = "delta", limit54 = c(5, 14))
flexible("flex_day_index", series(1601, 5, 3, 365), freq = 365, b = 3, w = 7, range = 1580:1600, noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin")
month <- seq(as.Date("2005-01-01"), by = "month", length.out = 160)
flexible("flex_month_dates", series(160, 40, 8, 12), freq = 12, dates = month, b = 6, w = 1, range = 120:160, noPeriods = 1, pastWeeksNotIncluded = 1, thresholdMethod = "delta", alpha = .05)
flexible("flex_month_periods", series(160, 40, 8, 12), freq = 12, b = 5, w = 1, range = 120:160, noPeriods = 3, pastWeeksNotIncluded = 3, thresholdMethod = "muan", alpha = .05)
population <- round(1e5 * exp(cumsum(rnorm(330, .001, .01))))
flexible("flex_population", series(330, 12), population = population, populationOffset = TRUE, b = 4, w = 3, range = 290:329, noPeriods = 1, thresholdMethod = "delta")
flexible("flex_population_nb", series(330, 12), population = population, populationOffset = TRUE, b = 4, w = 3, range = 290:329, noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin")
gaps <- series(330, 8); gaps[sample(100:270, 12)] <- NA
flexible("flex_gaps", gaps, b = 4, w = 3, range = 290:329, noPeriods = 1, thresholdMethod = "delta")
flexible("flex_gaps_periods", gaps, b = 4, w = 3, range = 290:329, noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "muan")
for (k in 1:25) {
  y <- series(330, exp(runif(1, 0, 4)), exp(runif(1, 0, 3)))
  flexible(sprintf("flex_random_%02d", k), y, b = sample(1:5, 1), w = sample(0:5, 1), range = sample(290:320, 1) + 0:9, alpha = runif(1, .001, .2), reweight = runif(1) < .8,
    noPeriods = sample(c(1, 2, 3, 5, 10, 12), 1), pastWeeksNotIncluded = sample(c(0, 3, 10, 26, 40), 1), thresholdMethod = sample(c("delta", "nbPlugin", "muan"), 1),
    powertrans = sample(c("2/3", "1/2", "none"), 1), weightsThreshold = runif(1, .5, 3), trend = runif(1) < .8, pThresholdTrend = sample(c(.05, .5, 1), 1))
}

y <- series(160)
for (trans in c("standard", "rossi", "anscombe", "anscombe2nd", "pearsonNegBin", "anscombeNegBin", "none")) {
  cusum(paste("cusum", trans, sep = "_"), y, range = 105:160, k = 1.04, h = 2.26, trans = trans, alpha = .2)
  cusum(paste("cusum", trans, "glm", sep = "_"), y, range = 110:160, k = .7, h = 4, m = "glm", trans = trans, start_epoch = 17)
  cusum(paste("cusum", trans, "m", sep = "_"), y, range = 30:90, k = 1, h = 3, m = 7.5, trans = trans, alpha = .05)
}
cusum("cusum_month", series(90, 20, 5, 12), freq = 12, range = 60:90, k = 1, h = 3, m = "glm", trans = "rossi", start_epoch = 4)
cusum("cusum_zero_today", shapes$lone(160), range = 150:160, m = 2, trans = "rossi")

for (k in 1:6) {
  mu0 <- 6 * exp(.3 * sin(2 * pi * (1:80) / 52))
  y <- rnbinom(80, mu = mu0 * c(rep(1, 40), rep(1.8, 40)), size = 8)
  less <- rnbinom(80, mu = mu0 * c(rep(1, 40), rep(.4, 40)), size = 8)
  a <- c(0, 0, 0, .1, .2, .05)[k]
  ratio(sprintf("glr_inc_%d", k), y, mu0, c.ARL = k + 1, alpha = a, dir = "inc", ret = "value", Mtilde = 1, M = -1, change = "intercept")
  ratio(sprintf("glr_dec_%d", k), less, mu0, c.ARL = k + 1, alpha = a, dir = "dec", ret = "value", Mtilde = 1, M = -1, change = "intercept")
  if (k < 6) ratio(sprintf("glr_window_%d", k), y, mu0, c.ARL = k + 1, alpha = a, dir = "inc", ret = "value", Mtilde = c(1, 3, 1, 1, 3, 5)[k], M = c(5, 8, 20, 5, 8, 20)[k], change = "intercept")
  # the package's own chart crashes for the negative binomial without a window
  if (a == 0) ratio(sprintf("glr_mtilde_%d", k), y, mu0, c.ARL = k + 1, alpha = a, dir = "inc", ret = "value", Mtilde = c(2, 3, 5, 2, 3, 5)[k], M = -1, change = "intercept")
  ratio(sprintf("lr_%d", k), y, mu0, c.ARL = k + 1, alpha = a, theta = log(c(1.3, 2, 1.5, 1.3, 2, 1.5)[k]), dir = "inc", ret = "value", change = "intercept")
  ratio(sprintf("lrcases_%d", k), y, mu0, c.ARL = k + 1, alpha = a, theta = log(c(1.3, 2, 1.5, 1.3, 2, 1.5)[k]), dir = "inc", ret = "cases", change = "intercept")
  if (a == 0) ratio(sprintf("glrcases_%d", k), y, mu0, c.ARL = k + 1, alpha = a, dir = "inc", ret = "cases", Mtilde = 1, M = c(-1, 10, -1, -1, 10, -1)[k], change = "intercept")
}
for (shape in names(shapes)) {
  y <- shapes[[shape]](300, 52)
  simple(paste("bayes", shape, sep = "_"), "bayes", y, range = 215:240, b = sample(0:3, 1), w = sample(2:6, 1), actY = TRUE, alpha = sample(c(.01, .05), 1))
  simple(paste("bayes", shape, "past", sep = "_"), "bayes", y, range = 250:300, b = 3, w = 4, actY = FALSE, alpha = .05)
  simple(paste("rki", shape, sep = "_"), "rki", y, range = 250:300, b = sample(1:3, 1), w = sample(2:6, 1), actY = runif(1) < .5)
  simple(paste("cdc", shape, sep = "_"), "cdc", y, range = 280:300, b = sample(2:5, 1), m = 1, alpha = .025)
  simple(paste("outbreakP", shape, sep = "_"), "outbreakP", y, range = 1:40, k = 50, ret = "value")
  simple(paste("outbreakP", shape, "cases", sep = "_"), "outbreakP", y, range = 20:40, k = 100, ret = "cases", maxUpperboundCases = 300)
}
simple("cdc_m2", "cdc", series(300, 30), range = 285:300, b = 3, m = 2, alpha = .1)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "cases_models.R"))
source(file.path(here, "cases_more.R"))
