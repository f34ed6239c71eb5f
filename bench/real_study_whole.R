# The real study in R, with the steps that `palladium run` does, in the ordinary way of
# data.table and dplyr: every row with its file, sheet and row; an account of each sheet; the
# checks; equal rows and the duplicate rules; coverage; releases compared; stays and links where
# there are ids (here: none but event numbers); the measures; a csv and an svg of each figure.
# Left out, though the program does it: failed cells kept as text, unknown columns, keyed ids,
# three kinds of "no value", a database, the report's page.
# Usage: real_study_whole.R DATA OUT
suppressMessages({
  library(data.table)
  library(dplyr)
  library(readxl)
})
args <- commandArgs(trailingOnly = TRUE)
data <- args[1]
out <- args[2]
with_dplyr <- FALSE
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "real_study_read.R"))
dir.create(file.path(out, "figures"), recursive = TRUE, showWarnings = FALSE)

# ---- reading, with the place of each row; accounts ----
accounts <- list()
digest_of <- function(path) sub(" .*", "", system2("sha256sum", shQuote(path), stdout = TRUE))
placed <- function(table, path, sheet, skip, kind) {
  setDT(table)
  blank <- table[, rowSums(!is.na(.SD)) == 0]
  table[, `:=`(file = basename(path), sheet = sheet, row = .I + skip + 1L)]
  accounts[[length(accounts) + 1]] <<- data.table(
    file = basename(path), sha256 = digest_of(path), sheet = sheet, table = kind,
    rows_read = nrow(table), rows_stored = sum(!blank), rows_rejected = 0L,
    rows_blank = sum(blank))
  table[!blank]
}
kind_of_folder <- function(folder, kind) {
  paths <- list.files(file.path(data, folder), pattern = "csv.gz$", full.names = TRUE)
  rbindlist(lapply(paths, function(p) placed(read_bar(p), p, basename(p), 5L, kind)),
            fill = TRUE)
}
arrests <- kind_of_folder("arrests", "arrest")
removals <- kind_of_folder("removals", "removal")
encounters <- kind_of_folder("encounters", "encounter")
detainer_file <- list.files(file.path(data, "detainers"), full.names = TRUE)[1]
detainers <- placed(read_book(detainer_file, 1, 0), detainer_file, excel_sheets(detainer_file)[1],
                    0L, "detainer")
seattle_file <- list.files(file.path(data, "seattle"), full.names = TRUE)[1]
seattle <- lapply(2:5, function(i) placed(read_book(seattle_file, i, 6), seattle_file,
                                          excel_sheets(seattle_file)[i], 6L, "seattle"))
setnames(seattle[[1]], c("arrest_date", "arrest_method", "country_of_citizenship"),
         c("apprehension_date", "apprehension_method", "citizenship"))
seattle[[1]][, area_of_responsibility := "Seattle Area of Responsibility"]
setnames(removals, "area_of_responsibility", "docket_area", skip_absent = TRUE)
arrests[, release := "national"]
seattle[[1]][, release := "seattle"]
both <- rbindlist(list(arrests, seattle[[1]]), fill = TRUE)
statistics <- rbindlist(lapply(
  list.files(file.path(data, "detention-statistics"), full.names = TRUE), function(path)
    rbindlist(lapply(excel_sheets(path), function(sheet) {
      cells <- suppressMessages(read_excel(path, sheet, col_types = "text", col_names = FALSE))
      setDT(cells)
      accounts[[length(accounts) + 1]] <<- data.table(
        file = basename(path), sha256 = digest_of(path), sheet = sheet, table = "note",
        rows_read = nrow(cells), rows_stored = nrow(cells), rows_rejected = 0L, rows_blank = 0L)
      if (nrow(cells) == 0) return(NULL)
      cells[, row := .I]
      long <- melt(cells, id.vars = "row", na.rm = TRUE, variable.factor = FALSE)
      long[, `:=`(file = basename(path), sheet = sheet)]
      long
    }), fill = TRUE)), fill = TRUE)
staffing <- list.files(file.path(data, "staffing"), full.names = TRUE)[1]
member <- grep("Series", unzip(staffing, list = TRUE)$Name, value = TRUE)
heads <- fread(text = readLines(unz(staffing, member)), sep = "\t", colClasses = "character")
heads <- placed(heads, staffing, member, 0L, "head_count")
accounts <- rbindlist(accounts)
stopifnot(accounts[, all(rows_read == rows_stored + rows_rejected + rows_blank)])
fwrite(accounts, file.path(out, "accounts.csv"))

# ---- checks ----
share <- function(rule, table, name, bad) data.table(rule = rule, table = name, n = sum(bad, na.rm = TRUE),
                                                     total = nrow(table))
check_table <- function(table, name, date, released) {
  day <- table[[date]]
  results <- list(share("missing date", table, name, is.na(day)),
                  share("date before 2000", table, name, day < as.IDate("2000-01-01")),
                  share("date after release", table, name, day > released))
  for (field in intersect(c("area_of_responsibility", "event_area_of_responsibility", "docket_area",
                            "citizenship", "gender", "birth_date"), names(table)))
    results[[length(results) + 1]] <- share(paste("missing", field), table, name, is.na(table[[field]]))
  if ("gender" %in% names(table))
    results[[length(results) + 1]] <- share("gender outside list", table, name,
      !is.na(table$gender) & !table$gender %in% c("Male", "Female", "Unknown", "redacted"))
  if ("removal_date" %in% names(table)) {
    results[[length(results) + 1]] <- share("apprehended after removal", table, name,
      table$apprehension_date > table$removal_date)
    results[[length(results) + 1]] <- share("departed after removal", table, name,
      table$departed_date > table$removal_date)
    results[[length(results) + 1]] <- share("apprehended after departure", table, name,
      table$apprehension_date > table$departed_date)
  }
  rbindlist(results)
}
released <- as.IDate("2019-10-01")
checks <- rbindlist(list(
  check_table(arrests, "arrest", "apprehension_date", released),
  check_table(encounters, "encounter", "event_date", released),
  check_table(removals, "removal", "apprehension_date", released),
  check_table(detainers, "detainer", "prepare_date", as.IDate("2016-01-01")),
  check_table(seattle[[1]], "arrest", "apprehension_date", released),
  check_table(seattle[[2]], "stint", "book_in_date", released),
  check_table(seattle[[3]], "removal", "departed_date", released),
  check_table(seattle[[4]], "removal", "departed_date", released)))
fwrite(checks, file.path(out, "checks.csv"))

# ---- equal rows, and what the duplicate rules drop ----
place <- c("file", "sheet", "row", "release")
flag_equal <- function(table) table[, equal := .N > 1, by = setdiff(names(table), place)]
for (table in list(arrests, removals, encounters, detainers)) flag_equal(table)
for (table in seattle) flag_equal(table)
episodes <- function(table, day) {
  if (!"event_number" %in% names(table)) return(c(n = nrow(table), drop = 0L))
  rows <- table[!is.na(event_number) & event_number != "redacted"]
  setorderv(rows, c("event_number", day, "file", "sheet", "row"))
  rows[, gap := get(day) - shift(get(day)), by = event_number]
  rows[, episode := cumsum(is.na(gap) | gap > 1), by = event_number]
  rows[, first := seq_len(.N) == 1L, by = .(event_number, episode)]
  c(n = nrow(table), drop = sum(!rows$first))
}
same_day <- function(table, day) {
  if (!"event_number" %in% names(table)) return(c(n = nrow(table), drop = 0L))
  rows <- table[!is.na(event_number) & event_number != "redacted"]
  c(n = nrow(table), drop = sum(duplicated(rows, by = c("event_number", day))))
}
tables <- list(arrest = list(arrests, "apprehension_date"), removal = list(removals, "removal_date"),
               encounter = list(encounters, "event_date"), detainer = list(detainers, "prepare_date"),
               seattle_arrest = list(seattle[[1]], "apprehension_date"),
               seattle_stint = list(seattle[[2]], "book_in_date"),
               seattle_expedited = list(seattle[[3]], "departed_date"),
               seattle_removal = list(seattle[[4]], "departed_date"))
rules <- rbindlist(lapply(names(tables), function(name) {
  table <- tables[[name]][[1]]
  day <- tables[[name]][[2]]
  data.table(table = name, rows = nrow(table), equal = sum(table$equal),
             chain = episodes(table, day)[["drop"]], day = same_day(table, day)[["drop"]])
}))
fwrite(rules, file.path(out, "figures", "duplicate-rules.csv"))

# ---- coverage, and releases compared ----
coverage <- rbindlist(lapply(names(tables), function(name) {
  table <- tables[[name]][[1]]
  day <- tables[[name]][[2]]
  days <- table[!is.na(get(day)), .N, by = c("file", "sheet", day)]
  setnames(days, day, "day")
  days[, .(table = name, first = min(day), last = max(day), days = .N), by = .(file, sheet)]
}))
fwrite(coverage, file.path(out, "figures", "coverage.csv"))
short <- function(area) sub(" Area of Responsibility$", "", area)
both[, `:=`(area = short(area_of_responsibility), month = format(apprehension_date, "%Y-%m"))]
compare <- dcast(both[area == "Seattle", .N, by = .(area, month, release)],
                 area + month ~ release, value.var = "N", fill = 0L)
fwrite(compare, file.path(out, "release-compare.csv"))

# ---- measures ----
at_large <- c("Located", "Non-Custodial Arrest", "Probation and Parole", "Worksite Enforcement")
custodial <- c("CAP Local Incarceration", "CAP Federal Incarceration", "CAP State Incarceration",
               "Custodial Arrest", "Criminal Alien Program")
kept <- both[release == "national"]
kept[, group := fcase(apprehension_method %in% at_large, "at-large",
                      apprehension_method %in% custodial, "custodial",
                      apprehension_method == "287(g) Program", "287(g)", default = "other")]
kept[, fiscal := year(apprehension_date) + (month(apprehension_date) >= 10)]
figure <- function(name, table, x, y, by) {
  fwrite(table, file.path(out, "figures", paste0(name, ".csv")))
  svg(file.path(out, "figures", paste0(name, ".svg")), 8, 4)
  plot(table[[x]], table[[y]], type = "n", xlab = "", ylab = y, main = name)
  if (is.null(by)) lines(table[[x]], table[[y]])
  else for (part in split(table, by = by)) lines(part[[x]], part[[y]])
  invisible(dev.off())
}
with_interval <- function(table, days) {
  table[, `:=`(value = N / days, low = qchisq(0.025, 2 * N) / 2 / days,
               high = qchisq(0.975, 2 * N + 2) / 2 / days)]
}
month_days <- function(day) as.integer(seq(day, by = "1 month", length.out = 2)[2] - day)
by_month <- kept[!is.na(apprehension_date), .N,
                 by = .(area, month = as.IDate(format(apprehension_date, "%Y-%m-01")))]
by_month <- with_interval(by_month, vapply(as.Date(by_month$month), month_days, 0L))
setorder(by_month, area, month)
places <- c("Boston", "New York City", "Detroit", "Chicago", "San Francisco", "Los Angeles",
            "Atlanta", "New Orleans", "Newark")
for (one in places) figure(paste0("arrests-per-day-", tolower(gsub(" ", "-", one))),
                           by_month[area == one], "month", "value", NULL)
for (set in list(list("these-areas-together", kept$area %in% places),
                 list("the-rest-of-the-country", !kept$area %in% places),
                 list("the-whole-country", rep(TRUE, nrow(kept))))) {
  some <- kept[set[[2]] & !is.na(apprehension_date), .N,
               by = .(month = as.IDate(format(apprehension_date, "%Y-%m-01")))]
  some <- with_interval(some, vapply(as.Date(some$month), month_days, 0L))
  setorder(some, month)
  figure(paste0("arrests-per-day-", set[[1]]), some, "month", "value", NULL)
}
by_area <- kept[, .N, by = area]
by_area[, share := N / sum(N)]
fwrite(by_area, file.path(out, "figures", "arrests-per-day-by-area.csv"))
by_group <- kept[group != "other", .(N = .N, hit = sum(group == "at-large")), by = .(area, fiscal)]
by_group[, value := hit / N]
setorder(by_group, area, fiscal)
figure("arrests-by-method", by_group, "fiscal", "value", "area")
detainers[, outcome := fcase(detainer_lift_reason == "Detainer Declined by LEA", "declined",
                             detainer_lift_reason == "Booked into Detention", "transferred",
                             default = "unknown")]
outcomes <- detainers[, .N, by = .(state, city, outcome)]
outcomes[, share := N / sum(N), by = .(state, city)]
figure("custody-requests-by-outcome", outcomes, "N", "share", NULL)
removed <- removals[, .N, by = .(docket_area, month = format(removal_date, "%Y-%m"))]
met <- encounters[, .N, by = .(event_area_of_responsibility, month = format(event_date, "%Y-%m"))]
fwrite(removed, file.path(out, "figures", "removals.csv"))
fwrite(met, file.path(out, "figures", "encounters.csv"))

# ---- the agency's statistics: monthly blocks, found by their labels ----
months <- c("Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")
header <- statistics[substr(value, 1, 3) %in% months & nchar(value) <= 9,
                     .(month = value, variable, header_row = row, file, sheet)]
agency <- statistics[value %in% c("ICE", "CBP", "Total"), .(agency = value, row, file, sheet)]
numbers <- statistics[grepl("^[0-9,.]+$", value)]
blocks <- merge(agency, numbers, by = c("file", "sheet", "row"), allow.cartesian = TRUE)
blocks <- merge(blocks, header, by = c("file", "sheet", "variable"), allow.cartesian = TRUE)
blocks <- blocks[header_row < row][order(file, sheet, row, variable, -header_row)]
blocks <- unique(blocks, by = c("file", "sheet", "row", "variable"))
blocks[, number := as.numeric(gsub(",", "", value))]
for (one in c("ICE", "CBP")) fwrite(blocks[agency == one],
                                    file.path(out, "figures", paste0("book-ins-", tolower(one), ".csv")))
fwrite(heads[, .N, by = c(names(heads)[1])], file.path(out, "figures", "head-counts.csv"))
cat(nrow(arrests), nrow(removals), nrow(encounters), nrow(detainers),
    sum(vapply(seattle, nrow, 0L)), nrow(heads), sum(rules$equal), nrow(by_month),
    nrow(by_group), nrow(outcomes), nrow(blocks), "\n")
