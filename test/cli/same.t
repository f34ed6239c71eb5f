# The same study with one thread and with two, and when it is imported twice.
$ palladium simulate -q small.yaml --out files > written.txt
$ palladium import -q --threads 1 files --study one.duckdb > one.txt
$ palladium import -q --threads 2 files --study two.duckdb > two.txt
$ cmp one.txt two.txt
$ palladium export -q one.duckdb --table arrest --with-private --out one.csv
$ palladium export -q two.duckdb --table arrest --with-private --out two.csv
$ test "$(wc -l < one.csv)" -gt 100
$ cut -d , -f 1-8 one.csv > one.cut; cut -d , -f 1-8 two.csv > two.cut; cmp one.cut two.cut
$ palladium import -q files --study one.duckdb > again.txt
$ cmp one.txt again.txt
$ palladium measure run arrests one.duckdb --by area,month --format csv > one.csv
$ palladium measure run arrests two.duckdb --by area,month --format csv > two.csv
$ cmp one.csv two.csv

# A value that no record has is a slip, not a zero.
$ palladium measure run arrests one.duckdb --where area=Bostn
? 2
! did you mean "Boston"?

# The same simulation twice.
$ palladium simulate -q small.yaml --out files2 > written2.txt
$ diff -r files files2
