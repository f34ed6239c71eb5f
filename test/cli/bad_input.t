# Bad input gets a clear error, and the study stays as it was.
$ palladium import -q arrests.csv --study s.duckdb > accounts.txt
$ palladium sql s.duckdb "SELECT count(*) AS files, (SELECT count(*) FROM arrest) AS rows FROM file"
files,rows
1,5
$ python3 "$SOURCE/test/cli/make_bad.py"

# A zip cut off in the middle.
$ palladium import truncated.xlsx --study s.duckdb
? 3
! truncated.xlsx: the zip is damaged or cut off
! get the file again

# One flipped bit.
$ palladium import flipped.xlsx --study s.duckdb
? 3
! flipped.xlsx, sheet Arrests

# A zip bomb: small on disk, huge inflated.
$ palladium import bomb.xlsx --study s.duckdb
? 6
! bomb.xlsx, sheet Arrests

# A million columns declared, two used: what is declared is not believed.
$ palladium describe declared.xlsx --json | grep -c '"column"'
5

# A million columns used.
$ palladium import wide.xlsx --study s.duckdb
? 6
! wide.xlsx, sheet Arrests
! row 2: it has a cell in column 1000000, beyond the 16384 that are read

# XML with a DOCTYPE.
$ palladium import doctype.xlsx --study s.duckdb
? 3
! doctype.xlsx, sheet Arrests
! it declares a document type (DOCTYPE)

# Things that are not what their name says.
$ palladium import page.xlsx --study s.duckdb
? 3
! page.xlsx: it is a web page (HTML)
$ palladium import pointer.csv.gz --study s.duckdb
? 3
! pointer.csv.gz: it is a Git LFS pointer
$ palladium import link.csv.gz --study s.duckdb
? 3
! link.csv.gz: it is the text of a symbolic link
$ palladium import encrypted.xlsx --study s.duckdb
? 3
! encrypted.xlsx: it is an encrypted workbook
$ palladium import short.csv.gz --study s.duckdb
? 3
! short.csv.gz: its gzip header is damaged or cut off

# An empty file, a folder without files, a file that is not there.
$ palladium import empty.csv --study s.duckdb
? 3
! empty.csv: it is empty
$ mkdir folder && palladium import folder --study s.duckdb
? 3
! folder is a folder without
$ palladium import nothing.csv --study s.duckdb
? 4
! nothing.csv: there is no such file or folder

# After all that the study is as it was.
$ palladium sql s.duckdb "SELECT count(*) AS files, (SELECT count(*) FROM arrest) AS rows FROM file"
files,rows
1,5

# A file that fails within several: those before it stay, it leaves nothing.
$ palladium import good.xlsx flipped.xlsx --study s.duckdb
? 3
! 1 file before this one was imported and stays
$ palladium sql s.duckdb "SELECT file FROM file ORDER BY file_id"
file
arrests.csv
good.xlsx

# A new study that nothing came into is not left behind.
$ palladium import empty.csv --study new.duckdb
? 3
$ test ! -e new.duckdb

# A csv whose delimiter nobody would guess is read by what parts its columns.
$ sed 's/|/;/g' arrests.csv > semicolons.csv
$ palladium describe semicolons.csv | grep -E '^(table|text|rows)'
text      UTF-8, parted by ;
table     arrest
rows      6: 5 to store, 0 rejected, 1 blank

# A stray quote that swallows rows up to the next quoted cell.
$ { cat arrests.csv; printf '"Boston"|"1/2/2019|x\n"Boston"|1/3/2019|"Located"|"y"\n'; } > stray.csv
$ palladium import stray.csv --study s.duckdb
? 3
! stray.csv, sheet stray, row 13: the quote that opens in column 2 closes lines below

# A bare number in a column of days counts as the workbook does; what would be a day before
# 1950, and a year, is none.
$ palladium import -q from1904.xlsx from1900.xlsx --study days.duckdb > accounts.txt
$ palladium sql days.duckdb "SELECT file, row, apprehension_date, apprehension_date_status AS status FROM arrest JOIN file USING (file_id) ORDER BY file, row"
file,row,apprehension_date,status
from1900.xlsx,2,2015-01-01,value
from1900.xlsx,3,2015-01-01,value
from1900.xlsx,4,,unconverted
from1900.xlsx,5,,unconverted
from1904.xlsx,2,2019-01-02,value
from1904.xlsx,3,2019-01-02,value
from1904.xlsx,4,,unconverted
from1904.xlsx,5,,unconverted

# What in an archive holds no table is named, once.
$ palladium describe mixed.zip | grep -c "^not read"
8
$ palladium import mixed.zip --study mixed.duckdb | cut -c 1-200
file       sheet                                                         table     rows_read  rows_stored  rows_rejected  rows_blank
mixed.zip  Arrests                                                       arrest         4000         4000              0           0
mixed.zip  release/README.md, release/letter.pdf, __MACOSX/._0, __MACOSX/._1, __MACOSX/._2 and 3 more  not read          0            0              0           0
! mixed.zip: what holds no table is not read: release/README.md is a text without columns

# With the standard streams closed the next file opened is not one of them.
$ cp s.duckdb closed.duckdb
$ palladium import -q semicolons.csv --study closed.duckdb >&- 2>&-
? 4
$ palladium sql closed.duckdb "SELECT file FROM file ORDER BY file_id"
file
arrests.csv
good.xlsx
semicolons.csv

# An export never puts away what is no file.
$ mkfifo pipe && palladium export s.duckdb --table arrest --out pipe
? 4
! cannot write pipe: it is a pipe, a socket or a device, not a file
$ test -p pipe

# A file whose columns nobody knows is kept, and said to count for nothing.
$ printf '%s\n' 'Apprehended On,How' '1/2/2024,Located' > strange.csv
$ palladium import -q strange.csv --study strange.duckdb
file         sheet    table  rows_read  rows_stored  rows_rejected  rows_blank
strange.csv  strange  note           2            2              0           0
! strange.csv: no sheet of it is a table known here
