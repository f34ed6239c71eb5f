"""make_bad.py: writes files as they should not be into the current folder."""
import zipfile

CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
</Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>
</Relationships>"""
WORKBOOK = """<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="Arrests" sheetId="1" r:id="rId1"/></sheets></workbook>"""
WORKBOOK_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
</Relationships>"""
HEADER = ["Apprehension Date", "Apprehension Method", "Area of Responsibility",
          "Citizenship", "Gender"]
ROW = ["1/2/2019", "Located", "Boston", "MEXICO", "Male"]


def cells(number, texts, first=None):
    out = []
    for i, text in enumerate(texts):
        place = first if first and i == 0 else "ABCDEFGH"[i] + str(number)
        out.append('<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (place, text))
    return '<row r="%d">%s</row>' % (number, "".join(out))


def sheet(rows, dimension="A1:E2", before=""):
    return ('<?xml version="1.0" encoding="UTF-8"?>' + before +
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<dimension ref="%s"/><sheetData>%s</sheetData></worksheet>' % (dimension, rows))


def workbook(path, xml, book=WORKBOOK):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("[Content_Types].xml", CONTENT_TYPES), ("_rels/.rels", RELATIONS),
                           ("xl/workbook.xml", book),
                           ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS),
                           ("xl/worksheets/sheet1.xml", xml)):
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text,
                             zipfile.ZIP_DEFLATED)


GOOD = cells(1, HEADER) + "".join(cells(i, ROW) for i in range(2, 4002))
workbook("good.xlsx", sheet(GOOD))
whole = open("good.xlsx", "rb").read()
open("truncated.xlsx", "wb").write(whole[:len(whole) // 2])
at = whole.index(b"xl/worksheets/sheet1.xml") + 2000
open("flipped.xlsx", "wb").write(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
workbook("bomb.xlsx", sheet(cells(1, HEADER) + "".join(
    cells(i, ["a" * 10000]) for i in range(2, 20002))))
workbook("declared.xlsx", sheet(cells(1, HEADER) + cells(2, ROW), "A1:BDWGN1048576"))
workbook("wide.xlsx", sheet(cells(1, HEADER) + cells(2, ROW, "BDWGN2")))
workbook("doctype.xlsx", sheet(cells(1, HEADER) + cells(2, ROW),
                               before='<!DOCTYPE worksheet [<!ENTITY a "b">]>'))
open("page.xlsx", "w").write("<!DOCTYPE html><html><body>Sign in</body></html>\n")
open("pointer.csv.gz", "w").write("version https://git-lfs.github.com/spec/v1\n"
                                  "oid sha256:" + "0" * 64 + "\nsize 1234\n")
open("link.csv.gz", "w").write("../../../frozen/arrests-2019.csv.gz")
open("encrypted.xlsx", "wb").write(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 +
                                   "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000)
open("empty.csv", "w").close()
open("short.csv.gz", "wb").write(bytes.fromhex("1f8b0800000000000003"))
# Days of 2019 as bare numbers, in a workbook that counts them from 1904 and in one from 1900.
BARE = cells(1, HEADER) + "".join(
    '<row r="%d"><c r="A%d"><v>%s</v></c>%s</row>' % (
        row, row, days, '<c r="B%d" t="inlineStr"><is><t>Located</t></is></c>' % row)
    for row, days in ((2, "42005"), (3, "42005.5"), (4, "16801"), (5, "2019")))
workbook("from1904.xlsx", sheet(BARE), WORKBOOK.replace(
    "<sheets>", '<workbookPr date1904="1"/><sheets>'))
workbook("from1900.xlsx", sheet(BARE))
with zipfile.ZipFile("mixed.zip", "w") as archive:
    archive.write("good.xlsx", "release/good.xlsx")
    archive.writestr("release/README.md", "These are the records that were asked for.\n")
    archive.writestr("release/letter.pdf", "%PDF-1.4\n")
    for number in range(6):
        archive.writestr("__MACOSX/._%d" % number, "x")
