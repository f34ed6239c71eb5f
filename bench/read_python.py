"""Bare reads by Python's readers. Usage: read_python.py READER FILE"""
import sys

reader, path = sys.argv[1:]
if reader == "calamine":
    import importlib.metadata as metadata
    from python_calamine import CalamineWorkbook
    rows = len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    version = metadata.version("python-calamine")
elif reader == "polars":
    import polars
    rows = polars.read_excel(path, read_options={"header_row": 6}, infer_schema_length=0).height
    version = polars.__version__
else:
    import openpyxl
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    rows = sum(1 for _ in sheet.iter_rows(values_only=True))
    version = openpyxl.__version__
print(rows, "rows,", reader, version)
