# The peer of stat_methods.c: Rscript stat_methods.R SERIES.csv [COUNT [make]]
# farringtonFlexible with Noufaily's settings at all points with five years before them, over the
# first COUNT of 26 weekly series. With "make" the series are written first. Prints
# "weekly,milliseconds,check"; check is the sum of the bounds, as stat_methods prints it.
suppressMessages(library(surveillance))
args <- commandArgs(TRUE)
count <- if (length(args) > 1) as.integer(args[2]) else 26L
if (length(args) > 2) {
  set.seed(1)
  t <- 1:520
  y <- sapply(1:26, function(i) rnbinom(520, mu = 6 * exp(.4 * sin(2 * pi * t / 52) + .2 * t / 520), size = 4))
  write.csv(y, args[1], row.names = FALSE)
}
y <- as.matrix(read.csv(args[1]))
control <- list(range = 264:520, b = 5, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin",
  alpha = .01, weightsThreshold = 2.58, pThresholdTrend = .05, limit54 = c(5, 4), glmWarnings = FALSE)
check <- 0
took <- system.time(for (i in seq_len(count))
  check <- check + sum(suppressWarnings(farringtonFlexible(sts(y[, i], frequency = 52), control = control))@upperbound, na.rm = TRUE))
cat(sprintf("weekly,%.1f,%.0f\n", 1000 * took[["user.self"]], check))
