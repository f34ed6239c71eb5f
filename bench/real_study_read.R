# Reading of the released files in R, shared by real_study.R and real_study_whole.R: `data` is the
# folder, `with_dplyr` leaves data.table's reader aside.
redacted <- function(x) grepl("\\(b\\)|\\bb\\(\\d", gsub(" ", "", x), ignore.case = TRUE)
clean <- function(table) {
  for (name in names(table)) {
    value <- table[[name]]
    if (is.character(value)) {
      value <- trimws(gsub("[ \t]+", " ", value))
      value[value == "" | value == "--"] <- NA
      value[redacted(value)] <- "redacted"
      if (grepl("date", name)) {
        value <- as.IDate(value, format = "%m/%d/%Y")
      }
    } else if (inherits(value, "POSIXct")) {
      value <- as.IDate(value)
    }
    table[[name]] <- value
  }
  table
}
snake <- function(x) gsub("[^a-z0-9]+", "_", tolower(x))
read_bar <- function(path) {
  if (with_dplyr) {
    table <- read.delim(gzfile(path), sep = "|", skip = 5, colClasses = "character",
                        quote = "\"", na.strings = character(), check.names = FALSE)
  } else {
    table <- as.data.frame(fread(cmd = paste("zcat", shQuote(path)), sep = "|", skip = 5,
                                 header = TRUE, colClasses = "character", na.strings = NULL))
  }
  names(table) <- snake(names(table))
  clean(table)
}
read_book <- function(path, sheet, skip) {
  table <- as.data.frame(read_excel(path, sheet = sheet, skip = skip, col_types = "text",
                                    .name_repair = "minimal"))
  names(table) <- snake(names(table))
  for (name in grep("date", names(table), value = TRUE)) {
    number <- suppressWarnings(as.numeric(table[[name]]))
    if (any(!is.na(number))) table[[name]] <- as.IDate(number, origin = "1899-12-30")
  }
  clean(table)
}
all_of_kind <- function(folder) {
  paths <- list.files(file.path(data, folder), pattern = "csv.gz$", full.names = TRUE)
  bind_rows(lapply(paths, read_bar))
}
