"""Writes an arrests workbook in the layout of March 2026 for the benches: one sheet, six
banner rows, 25 columns, shared strings, dates in a date format.
Usage: make_arrests_xlsx.py ROWS OUT.xlsx"""
import random
import sys
import zipfile

ROWS, OUT = int(sys.argv[1]), sys.argv[2]
HEADERS = """Apprehension Date|Apprehension Type|Apprehension State|Apprehension County|TOA Current Duty AOR|Apprehension Final Program|Arresting Agency|Apprehension Method|Apprehension Criminality|Case Status|Case Category|Departure Country|Final Order Yes No|Birth Date|Birth Year|Citizenship Country|Gender|Departed Date|Final Order Date|Apprehension Site Landmark|Operation|TOA Current Duty Site|Case Criminality|Case Threat Level|Anonymized Identifier""".split("|")
strings, index = [], {}


def shared(text):
    if text not in index:
        index[text] = len(strings)
        strings.append(text)
    return index[text]


def choices(*texts):
    return [shared(text) for text in texts]


rng = random.Random(1)
AREAS = choices(*[f"{name} Area of Responsibility" for name in """Atlanta|Baltimore|Boston|Buffalo|Chicago|Dallas|Denver|Detroit|El Paso|Harlingen|Houston|Los Angeles|Miami|New Orleans|New York City|Newark|Philadelphia|Phoenix|Salt Lake City|San Antonio|San Diego|San Francisco|Seattle|St. Paul|Washington""".split("|")])
STATES = choices(*"TEXAS|FLORIDA|CALIFORNIA|NEW YORK|GEORGIA|ILLINOIS|NEW JERSEY|VIRGINIA|ARIZONA|LOUISIANA".split("|"))
METHODS = choices("Located", "CAP Local Incarceration", "Non-Custodial Arrest", "287(g) Program", "CAP Federal Incarceration", "ERO Reprocessed Arrest", "CAP State Incarceration")
PROGRAMS = choices("ERO Criminal Alien Program", "Fugitive Operations", "Non-Detained Docket Control", "287g Program")
CRIMINALITY = choices("1 Convicted Criminal", "2 Pending Criminal Charges", "3 Other Immigration Violator")
STATUS = choices("ACTIVE", "8-Excluded/Removed - Inadmissibility", "6-Deported/Removed - Deportability")
CATEGORY = choices("[8C] Excludable / Inadmissible - Administrative Final Order Issued", "[16] Reinstated Final Order", "[8A] Excludable / Inadmissible - Hearing Not Commenced")
COUNTRIES = choices("MEXICO", "GUATEMALA", "HONDURAS", "EL SALVADOR", "ECUADOR", "CHINA, PEOPLES REPUBLIC OF", "INDIA", "VENEZUELA")
YESNO = choices("YES", "NO")
SEX = choices("Male", "Female")
LANDMARKS = choices(*[f"COUNTY {i} JAIL, GENERAL AREA" for i in range(4500)])
SITES = choices(*[f"SITE OFFICE {i}" for i in range(300)])
REDACTED, ICE = shared("b(6), b(7)c"), shared("ICE")


def text(ref, number):
    return f'<c r="{ref}" t="s"><v>{number}</v></c>'


LETTERS = [chr(65 + i) for i in range(25)]


def row_xml(r):
    day = 45000 + rng.random() * 900
    cells = []
    add = cells.append
    add(f'<c r="A{r}" s="1"><v>{day:.9f}</v></c>')
    for column, pool in (("C", STATES), ("E", AREAS), ("F", PROGRAMS)):
        add(text(f"{column}{r}", rng.choice(pool)))
    add(text(f"G{r}", ICE))
    for column, pool in (("H", METHODS), ("I", CRIMINALITY), ("J", STATUS), ("K", CATEGORY)):
        add(text(f"{column}{r}", rng.choice(pool)))
    if rng.random() < .2:
        add(text(f"L{r}", rng.choice(COUNTRIES)))
    add(text(f"M{r}", rng.choice(YESNO)))
    add(text(f"N{r}", REDACTED))
    add(f'<c r="O{r}"><v>{1950 + int(rng.random() * 55)}</v></c>')
    add(text(f"P{r}", rng.choice(COUNTRIES)))
    add(text(f"Q{r}", rng.choice(SEX)))
    if rng.random() < .2:
        add(f'<c r="R{r}" s="2"><v>{int(day) + 30}</v></c>')
        add(f'<c r="S{r}" s="2"><v>{int(day) - 30}</v></c>')
    add(text(f"T{r}", rng.choice(LANDMARKS)))
    if rng.random() < .3:
        add(text(f"V{r}", rng.choice(SITES)))
        add(text(f"W{r}", rng.choice(CRIMINALITY)))
        add(f'<c r="X{r}"><v>{1 + int(rng.random() * 3)}</v></c>')
    add(f'<c r="Y{r}" t="inlineStr"><is><t>{rng.getrandbits(160):040x}</t></is></c>')
    return f'<row r="{r}">{"".join(cells)}</row>'


BANNER = ["ERO-LESA Statistical Tracking Unit", "For Official Use Only (FOUO)/Pre-decisional",
          "2026-ICLI-00005", "SIMULATED", "", "ERO Administrative Arrests for FY2024"]
with zipfile.ZipFile(OUT, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
    book.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>')
    book.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    book.writestr("xl/workbook.xml", '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Arrests" sheetId="1" r:id="rId1"/></sheets></workbook>')
    book.writestr("xl/_rels/workbook.xml.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
    book.writestr("xl/styles.xml", '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')
    with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
        sheet.write(f'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:Y{ROWS + 7}"/><sheetData>'.encode())
        for i, line in enumerate(BANNER):
            sheet.write(f'<row r="{i + 1}">{text(f"A{i + 1}", shared(line)) if line else ""}</row>'.encode())
        sheet.write(('<row r="7">' + "".join(text(f"{LETTERS[i]}7", shared(h)) for i, h in enumerate(HEADERS)) + "</row>").encode())
        part = []
        for r in range(8, ROWS + 8):
            part.append(row_xml(r))
            if len(part) == 2000:
                sheet.write("".join(part).encode())
                part = []
        sheet.write("".join(part).encode())
        sheet.write(b"</sheetData></worksheet>")
    body = "".join(f"<si><t>{s.replace('&', '&amp;')}</t></si>" for s in strings)
    book.writestr("xl/sharedStrings.xml", f'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="{ROWS * 18}" uniqueCount="{len(strings)}">{body}</sst>')
