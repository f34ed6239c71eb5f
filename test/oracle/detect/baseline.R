# Numbers written into test/unit/detect/t_baseline.c: Rscript baseline.R
# The usual of 900 days from Wednesday 2016-06-01 with the calendar's columns and priors of
# doc/method-surge.md, for given weights and alphas; alphas for given means.
options(digits = 12)
n <- 900; i <- 0:(n - 1); day <- as.Date("2016-06-01") + i
weekday <- (as.integer(day) + 3) %% 7 # 0 Monday
y <- ifelse(weekday < 5, (i * i * 31 + i * 7) %% 11 %% 6, (i * 13) %% 5 %/% 4)
w <- ifelse(i %% 50 == 7, 0.4, 1)
alpha <- c(0.15, 0.9) # working, free days
nth <- function(year, month, wd, k) { f <- as.Date(sprintf("%d-%02d-01", year, month))
    f + (wd - (as.integer(f) + 3) %% 7) %% 7 + 7 * (k - 1) }
observed <- function(d) { wd <- (as.integer(d) + 3) %% 7; if (wd == 5) c(d, d - 1) else if (wd == 6) c(d, d + 1) else d }
holidays <- as.Date(unlist(lapply(2016:2019, function(a) c(
    observed(as.Date(sprintf("%d-01-01", a))), observed(as.Date(sprintf("%d-07-04", a))),
    observed(as.Date(sprintf("%d-11-11", a))), observed(as.Date(sprintf("%d-12-25", a))),
    nth(a, 1, 0, 3), nth(a, 2, 0, 3), nth(a, 6, 0, 1) - 7, nth(a, 9, 0, 1), nth(a, 10, 0, 2),
    nth(a, 11, 3, 4)))), origin = "1970-01-01")
is_holiday <- function(d) d %in% holidays
is_free <- function(d) (as.integer(d) + 3) %% 7 >= 5 | is_holiday(d)
work <- weekday < 5; hol <- is_holiday(day)
before <- ifelse(weekday == 0, as.integer(day) - 3, as.integer(day) - 1)
bridge <- !hol & work & is_free(day - 1) & is_free(day + 1)
after <- !hol & !bridge & work & is_holiday(as.Date(before, origin = "1970-01-01"))
md <- as.integer(format(day, "%m%d"))
angle <- 2 * pi * as.integer(day) / 365.2425
knots <- 1 + (n - 1 + 91) %/% 182; at <- i / ((n - 1) / (knots - 1))
X <- cbind(1, sapply(1:6, function(k) weekday == k), hol, after, bridge,
    !hol & (md >= 1224 | md <= 102), md >= 928 & md <= 930, md >= 1001 & md <= 1003,
    cos(angle), sin(angle), cos(2 * angle), sin(2 * angle),
    sapply(0:(knots - 1), function(k) pmax(0, 1 - abs(at - k))))
sd <- c(100, rep(3, 6), rep(2, 4), rep(0.3, 2), rep(0.5, 4), rep(1, knots))
a <- alpha[1 + is_free(day)]
objective <- function(b) -sum(w * dnbinom(y, 1 / a, mu = exp(X %*% b), log = TRUE)) + sum((b / sd)^2) / 2
slope <- function(b) { m <- exp(X %*% b); as.vector(-t(X) %*% (w * (y - m) / (1 + a * m)) + b / sd^2) }
b <- nlminb(c(log(mean(y)), rep(0, ncol(X) - 1)), objective, slope,
    control = list(rel.tol = 1e-15, eval.max = 5000, iter.max = 5000))$par
for (k in 1:200) { # polish
    m <- as.vector(exp(X %*% b))
    info <- t(X) %*% (X * (w * m / (1 + a * m))) + diag(1 / sd^2)
    b <- b - solve(info, slope(b))
}
cat("columns", ncol(X), "slope", max(abs(slope(b))), "\n")
m <- as.vector(exp(X %*% b))
d <- c(0, 33, 100, 119, 123, 176, 208, 209, 214, 215, 500, 899)
cat("days", paste(d, format(m[d + 1], digits = 10), sep = ": "), sep = "\n")
V <- solve(info)
cat("covariance", V[1, 1], V[2, 2], V[8, 8], V[1, 2], V[14, 15], "\n")
# alpha for known means
told <- work & !hol; mu <- m[told]; z <- y[told]
like <- function(f, s) optimize(function(l) sum(dnbinom(s, exp(-l), mu = f, log = TRUE)), c(-6, 7), maximum = TRUE, tol = 1e-10)$maximum
cat("working days", sum(told), "likely", exp(like(mu, z)), "\n")
burst <- z * (1 + 6 * (seq_along(z) %% 40 == 0))
cat("bursts: likely", exp(like(mu, burst)), "moments", uniroot(function(q)
    sum(pmin((burst - mu)^2 / (mu + q * mu^2), 16)) - (length(mu) - 12), c(0, 50), tol = 1e-14)$root, "\n")
