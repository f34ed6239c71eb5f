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
