# A wrong command line says what was meant.
$ palladium
? 2
! no command given
$ palladium mesure
? 2
! did you mean measure?
$ palladium import --stdy s.duckdb
? 2
! import has no option --stdy; did you mean --study?
$ palladium import arrests.csv
? 2
! import needs --study FILE
$ palladium measure run arrests s.duckdb --from yesterday
? 2
! --from wants a date as 2020-02-29, not "yesterday"
$ palladium export s.duckdb --format xml
? 2
! --format is one of csv|parquet|json, not "xml"
$ palladium describe arrests.csv --threads many
? 2
! --threads wants a whole number
$ palladium --version
palladium 0.1.0
