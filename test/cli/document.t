# Documents of every form, and claims from them.
$ palladium document add s.duckdb report.txt --date 2020-03-05
! added report.txt as document 1: txt, 6 passages, 1 of them boilerplate
$ palladium document add s.duckdb page.html
! added page.html as document 2: html, 13 passages, 7 of them boilerplate
$ palladium document add s.duckdb letter.eml
! added letter.eml as document 3: eml, 8 passages, 6 of them boilerplate
$ palladium document add s.duckdb "$SOURCE/test/golden/document/printed.pdf"
! as document 4: pdf, 3 passages, 0 of them boilerplate
$ palladium document add s.duckdb "$SOURCE/test/golden/document/locked.pdf"
? 3
! asks for a password
$ palladium document add s.duckdb "$SOURCE/test/golden/document/scan.pdf"
? 3
! no text (a scan?)
$ : > empty.txt; palladium document add s.duckdb empty.txt
? 3
! empty.txt: it is empty
$ mkdir folder; palladium document add s.duckdb folder
? 4
! it is a folder, not a file
$ truncate -s 500M large.txt; palladium document add s.duckdb large.txt; status=$?; rm large.txt; exit $status
? 6
! larger than 100 MB
$ palladium document add s.duckdb nowhere.txt
? 4
! there is no such file
# What was refused is not half stored, and a file is stored once.
$ palladium document add s.duckdb report.txt
! in the study already, as document 1
$ palladium sql s.duckdb "SELECT count(*) AS n, count(DISTINCT sha256) AS different FROM document"
n,different
4,4
$ palladium sql s.duckdb "SELECT count(*) AS n FROM document_passage AS p LEFT JOIN document AS d USING (document_id) WHERE d.file IS NULL"
n
0
$ palladium document show s.duckdb 9
? 3
! there is no document 9
$ palladium document show s.duckdb 1 --passage 7
? 2
! the passages 1 to 6
$ palladium document show s.duckdb 4 --passage 1 --json | grep -E "page|character"
      "page": 1,
      "first_character": 0,
      "last_character": 12,
$ palladium document lst s.duckdb
? 2
! add, list, show
# A place in the file leads back to the words there.
$ palladium document show s.duckdb 1 --passage 5 | sed -n 's/.*bytes \([0-9]*\) to \([0-9]*\).*/\1 \2/p' > place; read -r a b < place; tail -c +$((a + 1)) report.txt | head -c $((b - a + 1))
Watchers stayed with some people for more than 12 hours a day, an internal email said.
$ palladium claims suggest s.duckdb 1
? 2
! --out FILE
$ palladium claims suggest s.duckdb 1 --out claims.yaml
! 6 claims proposed from 7 sentences
$ grep -c "^  - id: p" claims.yaml
6
$ printf 'Call the man, Juan Perez, 34, at 312-555-0142 or jp@example.org, of 12 Elm Street: agents of the agency made 9 arrests there.\n' > private.txt
$ palladium document add -q s.duckdb private.txt; palladium claims suggest -q s.duckdb 5 --out p.yaml
$ grep quotation p.yaml
    quotation: "Call the man, [name], 34, at [number] or [e-mail], of [address]: agents of the agency made 9 arrests there."
