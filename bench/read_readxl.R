# The bare read that the peers' pipeline begins with: every column as text.
suppressMessages(library(readxl))
args <- commandArgs(trailingOnly = TRUE)
sheet <- read_excel(args[1], skip = 6, col_types = "text")
cat(nrow(sheet), "rows, readxl", as.character(packageVersion("readxl")), "\n")
