# Intervals of room claim by R's own functions: Rscript interval.R > interval.csv
# quantities: kind, a, b, c, d, low, high (95 %). Ratio of shares: log method, by hand.
garwood <- function(n) c(if (n > 0) qgamma(0.025, n) else 0, qgamma(0.975, n + 1))
out <- list()
add <- function(kind, a, b, c, d, ci)
    out[[length(out) + 1]] <<- data.frame(kind, a, b, c, d, low = ci[1], high = ci[2])
for (n in c(0, 1, 7, 70, 1234)) add("count", n, 31, 0, 0, garwood(n) / 31)
for (x in list(c(0, 20), c(1, 20), c(11, 20), c(20, 20), c(480, 5000)))
    add("share", x[1], x[2], 0, 0, binom.test(x[1], x[2])$conf.int)
for (x in list(c(59, 31, 31, 31), c(5, 10, 0, 10), c(0, 7, 6, 14), c(700, 29, 540, 31)))
    add("rate_ratio", x[1], x[2], x[3], x[4],
        poisson.test(c(x[1], x[3]), c(x[2], x[4]))$conf.int)
for (x in list(c(11, 20, 9, 30), c(250, 400, 100, 390))) {
    r <- (x[1] / x[2]) / (x[3] / x[4])
    s <- sqrt(1 / x[1] - 1 / x[2] + 1 / x[3] - 1 / x[4])
    add("share_ratio", x[1], x[2], x[3], x[4], r * exp(c(-1, 1) * qnorm(0.975) * s))
}
cat("kind,a,b,c,d,low,high\n")
for (row in out) cat(sprintf("%s,%d,%d,%d,%d,%.10g,%.10g\n", row$kind, row$a, row$b, row$c,
                             row$d, row$low, row$high), sep = "")
