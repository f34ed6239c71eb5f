# The bare steps of the real study in R: read every released file, give the columns one meaning,
# dates and redaction marks included, count exactly equal rows, and make four tables.
# Not done here, though the program does it: see real_study_whole.R.
# Usage: real_study.R DATA [dplyr]
suppressMessages({
  library(data.table)
  library(dplyr)
  library(readxl)
})
args <- commandArgs(trailingOnly = TRUE)
data <- args[1]
with_dplyr <- length(args) > 1
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "real_study_read.R"))
arrests <- all_of_kind("arrests")
removals <- all_of_kind("removals")
encounters <- all_of_kind("encounters")
detainers <- read_book(list.files(file.path(data, "detainers"), full.names = TRUE)[1], 1, 0)
seattle <- list.files(file.path(data, "seattle"), full.names = TRUE)[1]
sheets <- lapply(2:5, function(i) read_book(seattle, i, 6))
statistics <- lapply(list.files(file.path(data, "detention-statistics"), full.names = TRUE),
                     function(path) lapply(excel_sheets(path), function(sheet)
                       suppressMessages(read_excel(path, sheet, col_types = "text", col_names = FALSE))))
staffing <- list.files(file.path(data, "staffing"), full.names = TRUE)[1]
member <- grep("Series", unzip(staffing, list = TRUE)$Name, value = TRUE)
heads <- fread(text = readLines(unz(staffing, member)), sep = "\t", colClasses = "character")
at_large <- c("Located", "Non-Custodial Arrest", "Probation and Parole", "Worksite Enforcement")
custodial <- c("CAP Local Incarceration", "CAP Federal Incarceration", "CAP State Incarceration",
               "Custodial Arrest", "Criminal Alien Program")
arrests <- arrests %>% mutate(
  group = case_when(apprehension_method %in% at_large ~ "at-large",
                    apprehension_method %in% custodial ~ "custodial",
                    apprehension_method == "287(g) Program" ~ "287(g)", TRUE ~ "other"),
  month = format(apprehension_date, "%Y-%m"))
by_month <- arrests %>% count(area_of_responsibility, month)
by_group <- arrests %>% count(area_of_responsibility, group, month)
outcomes <- detainers %>% count(state, city, detainer_lift_reason)
repeats <- sum(duplicated(arrests)) + sum(duplicated(removals)) + sum(duplicated(encounters)) +
  sum(duplicated(detainers))
cat(nrow(arrests), nrow(removals), nrow(encounters), nrow(detainers),
    sum(vapply(sheets, nrow, 0L)), nrow(heads), repeats, nrow(by_month), nrow(by_group),
    nrow(outcomes), "\n")
cat("R", as.character(getRversion()), "data.table", as.character(packageVersion("data.table")),
    "dplyr", as.character(packageVersion("dplyr")), "readxl",
    as.character(packageVersion("readxl")), "\n")
