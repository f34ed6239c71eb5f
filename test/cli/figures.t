# A person moved twice within a day is counted in the last place, whatever the order of rows.
$ printf '%s\n' 'Stay Book In Date Time,Book In Date Time,Book Out Date Time,Detention Facility,Unique Identifier' \
> '2024-01-01 08:00:00,2024-01-01 15:00:00,2024-01-02 09:00:00,LATER,p1' \
> '2024-01-01 08:00:00,2024-01-01 08:00:00,2024-01-01 15:00:00,EARLIER,p1' \
> '2024-01-02 10:00:00,2024-01-02 10:00:00,2024-01-03 10:00:00,OTHER,p2' > stints.csv
$ palladium import -q stints.csv --study c.duckdb > accounts.txt
$ palladium measure run custody_any_time c.duckdb --by day,facility --format csv --to 2024-01-01 | cut -d , -f 1-3,6,7
day,facility,value,n,status
2024-01-01,LATER,1,1,number
$ palladium measure run custody_midnight c.duckdb --by day,facility --format csv --to 2024-01-01 | cut -d , -f 1-3,6,7
day,facility,value,n,status
2024-01-01,LATER,1,1,number

# A method means the same in any case of letters.
$ printf '%s\n' 'Apprehension Date,Apprehension Method,Apprehension AOR' \
> '1/1/2024,LOCATED,Boston' '1/2/2024,Non-custodial arrest,Dallas' '1/3/2024,287(G) PROGRAM,Boston' \
> '1/4/2024,cap local incarceration,Dallas' > methods.csv
$ palladium import -q methods.csv --study m.duckdb > accounts.txt
$ palladium measure run arrests m.duckdb --by method_group --format csv | cut -d , -f 1,2
method_group,value
287(g),1
at-large,2
custodial,1
$ palladium measure run at_large_share m.duckdb --format csv | cut -d , -f 1,4,5
value,n,status
0.5,4,number

# A release that the study has not is a slip of the hand, not a gap.
$ palladium measure run arrests m.duckdb --release 2099
? 2
! no record of this study has the release "2099"; there is methods.csv

# A figure that stands for a part of its days says so beside those that do not.
$ printf '%s\n' 'Arrests (12/31/2023 - 2/29/2024),,' 'Apprehension Date,Apprehension Method,Apprehension AOR' \
> '12/31/2023,Located,Boston' '1/2/2024,Located,Dallas' '2/29/2024,Located,Miami' > leap.csv
$ palladium import -q leap.csv --study l.duckdb > accounts.txt
$ palladium measure run arrests l.duckdb --by year
year  value        low     high  n  status  covered
2023      1  0.0253178  5.57164  1  number  1 of 365 days
2024      2   0.242209  7.22469  2  number  60 of 366 days
$ palladium measure run arrests l.duckdb --by month --from 2024-01-01
month    value        low     high  n  status
2024-01      1  0.0253178  5.57164  1  number
2024-02      1  0.0253178  5.57164  1  number

# Nothing at all is explained.
$ palladium measure run detainers l.duckdb --by outcome
outcome  value  low  high  n  status
! no release of this study covers these records and days
$ printf '%s\n' 'Apprehension Date,Apprehension Method,Apprehension AOR' '1/1/2024,Located,BOS' '1/2/2024,Located,Boston' > one.csv
$ palladium import -q one.csv --study o.duckdb > accounts.txt
$ palladium measure run arrests o.duckdb
value  low  high  n  status
                  0  not covered
! the releases here cover these areas alone, not the country: Boston; ask with --by area or --where area=NAME

# An area that a release of its own covers for longer is not set beside the others without its days.
$ { printf '%s\n' 'Arrests (1/1/2023 - 2/29/2024),,' 'Apprehension Date,Apprehension Method,Apprehension AOR'; \
>   for month in 01 02 03 04 05 06 07 08 09 10 11 12; do printf '%s\n' "$month/5/2023,Located,Boston"; done; } > own.csv
$ { printf '%s\n' 'Arrests (1/1/2024 - 2/29/2024),,' 'Apprehension Date,Apprehension Method,Apprehension AOR' \
> '1/2/2024,Located,Dallas' '1/2/2024,Located,Boston' '2/29/2024,Located,Miami'; } > all.csv
$ palladium import -q own.csv all.csv --study own.duckdb > accounts.txt
$ palladium measure run arrests own.duckdb --by area | tr -s ' ' | cut -d ' ' -f 1,2,7-
area value covered
Boston 13 425 of 425 days
Dallas 1 60 of 60 days
Miami 1 60 of 60 days
