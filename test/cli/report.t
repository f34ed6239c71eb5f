# Files of other tables cover the campaign: the report does not let that stand for arrests.
$ palladium simulate -q small.yaml --out files > written.txt
$ mkdir others && cp files/*Detainers* files/*Detentions* others
$ sed 's/, required: true//' study.yaml > others.yaml
$ palladium run -q others.yaml --data others --out out > accounts.txt
$ grep -o 's arrests: 0 of its 29 days' out/report.html | sort -u
s arrests: 0 of its 29 days
$ palladium run -q study.yaml --data files --out whole > accounts.txt
$ grep -c 's arrests: [0-9]* of its' whole/report.html
? 1
0
$ grep -o 'the one area of responsibility that holds the one place saw' whole/report.html
the one area of responsibility that holds the one place saw
