# Numbers written into test/unit/stat/t_dispersion.c: Rscript dispersion.R
options(digits = 15)
library(MASS)
y <- c(3, 11, 0, 7, 22, 5, 9, 1); e <- c(1, 2, 1, 1, 3, 1, 2, 1)
x <- c(4, 9, 1, 12, 7, 3); n <- c(10, 20, 12, 15, 20, 8)
pearson <- function(m) sum(residuals(m, "pearson")^2) / m$df.residual # not the last step's weights
cat("COUNT_QUASI", pearson(glm(y ~ 1, quasipoisson, offset = log(e), epsilon = 1e-14)), "\n")
m <- glm.nb(y ~ 1 + offset(log(e)), control = glm.control(epsilon = 1e-14, maxit = 500))
cat("COUNT_THETA", theta.ml(y, fitted(m), limit = 500, eps = 1e-12), "\n")
q <- pearson(glm(cbind(x, n - x) ~ 1, quasibinomial, epsilon = 1e-14))
cat("SHARE_QUASI", q, "\n")
X2 <- q * 5
cat("SHARE_RHO", (X2 - 5) / sum((n - 1) * (1 - n / sum(n))), "\n")
# score intervals as roots of the score equation
root <- function(f, a, b) uniroot(f, c(a, b), tol = 1e-14)$root
z <- qnorm(.975); t7 <- qt(.975, 7); phi <- 4; theta <- 1.5
cat("rate quasi", root(function(M) (40 - M) - t7 * sqrt(phi * M), 1, 40) / 12,
    root(function(M) (40 - M) + t7 * sqrt(phi * M), 40, 400) / 12, "\n")
cat("rate nb", root(function(M) (40 - M) - t7 * sqrt(M + M^2 / (10 * theta)), 1, 40) / 12,
    root(function(M) (40 - M) + t7 * sqrt(M + M^2 / (10 * theta)), 40, 400) / 12, "\n")
# without over-dispersion the ratio's interval is prop.test's, carried over
p <- prop.test(14, 34, correct = FALSE)$conf.int
cat("ratio plain", p / (1 - p) * 60 / 30, prop.test(14, 34, p = 30 / 90, correct = FALSE)$p.value, "\n")
# quasi: the same with counts divided by phi
w <- function(x, n, z) { s <- x / n; (s + z^2 / 2 / n + c(-1, 1) * z * sqrt(s * (1 - s) / n + z^2 / 4 / n^2)) / (1 + z^2 / n) }
p <- w(14 / phi, 34 / phi, t7)
cat("ratio quasi", p / (1 - p) * 60 / 30, "\n")
score <- function(r, a, ta, ua, b, tb, ub) { l <- (a + b) / (r * ta + tb); A <- r * l * ta; B <- l * tb
    (a / ta - r * b / tb) / sqrt((A + A^2 / (ua * theta)) / ta^2 + r^2 * (B + B^2 / (ub * theta)) / tb^2) }
cat("ratio nb", exp(root(function(l) score(exp(l), 14, 30, 5, 20, 60, 10) - t7, -5, log(1.4))),
    exp(root(function(l) score(exp(l), 14, 30, 5, 20, 60, 10) + t7, log(1.4), 5)),
    2 * pt(-abs(score(1, 14, 30, 5, 20, 60, 10)), 7), "\n")
cat("share plain", prop.test(36, 85, correct = FALSE)$conf.int, "\n")
cat("share quasi", w(36 / 2.5, 85 / 2.5, qt(.975, 5)), "\n")
f <- 1 + (85 / 6 - 1) * .1
cat("share beta", w(36 / f, 85 / f, qt(.975, 5)), "\n")
# Newcombe 1998, table II, method 10: 56/70 against 48/80 gives 0.0524, 0.3339
d <- function(x1, n1, x2, n2, z, f = 1) { a <- w(x1 / f, n1 / f, z); b <- w(x2 / f, n2 / f, z); p <- x1 / n1; q <- x2 / n2
    p - q + c(-sqrt((p - a[1])^2 + (b[2] - q)^2), sqrt((a[2] - p)^2 + (q - b[1])^2)) }
cat("difference plain", d(56, 70, 48, 80, z), prop.test(c(56, 48), c(70, 80), correct = FALSE)$p.value, "\n")
cat("difference quasi", d(56, 70, 48, 80, qt(.975, 9), 2.5), "\n")
