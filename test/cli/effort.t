# Campaigns whose rosters are known, each simulated anew: the ranges of what was announced of them
# hold the true agent-days and hours of every place and week.
$ for seed in 1 2 3 4; do rm -rf data out; python3 effort_campaign.py write $seed > spec.yaml && palladium simulate -q spec.yaml --format csv --out data > /dev/null && python3 effort_campaign.py ledger $seed 0 > effort.yaml && palladium run -q effort.yaml --data data --out out > run.txt && palladium bounds out/study.duckdb --of effort --by week --format csv > effort.csv && python3 effort_campaign.py compare; done
all held True True
all held True True
all held True True
all held True True

# A ledger with half the agents does not: the comparison can fail.
$ python3 effort_campaign.py ledger 4 1 > wrong.yaml && palladium run -q wrong.yaml --data data --out wrong > run.txt && palladium bounds wrong/study.duckdb --of effort --by week --format csv > effort.csv && python3 effort_campaign.py compare quietly
not all held True True
