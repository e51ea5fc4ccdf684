"""What other readers make of the published workbooks: one line per sheet with the number of filled cells and their digest.

    python3 tests/suites/expected.py ../shared/data/suites > tests/suites/expected.tsv

Read with openpyxl (xlsx, xlsm), xlrd (xls), pyxlsb (xlsb) and odfpy (ods), which share nothing with our own readers. A cell is
`row<TAB>column<TAB>value`; a number is the 16 hex digits of its double, a day and time is ISO, text is itself. Where a reader
cannot open a file the line says so, and the judgement stays with the test.
"""
import datetime as dt
import hashlib
import struct
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")


def number(value):
    return struct.pack(">d", float(value)).hex()


def word(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, dt.datetime):
        value = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.replace(microsecond=0).isoformat()
    return str(value)


def openpyxl_sheets(path):
    import openpyxl
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        # Only cells that the file has: one sheet says that it is as large as sheets can be.
        yield sheet.title, [(c.row, c.column, c.value) for c in sheet._cells.values()]


def xlrd_sheets(path):
    import xlrd
    book = xlrd.open_workbook(path, formatting_info=False)
    for sheet in book.sheets():
        cells = []
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                cell = sheet.cell(row, column)
                value = cell.value
                if cell.ctype == xlrd.XL_CELL_DATE:
                    try:
                        value = xlrd.xldate_as_datetime(value, book.datemode)
                        if cell.value < 1:
                            value = (value + dt.timedelta(milliseconds=500)).time()
                    except Exception:
                        pass
                elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                    value = bool(value)
                elif cell.ctype == xlrd.XL_CELL_ERROR:
                    value = xlrd.error_text_from_code[value]
                elif cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                    continue
                cells.append((row + 1, column + 1, value))
        yield sheet.name, cells


def pyxlsb_sheets(path):
    from pyxlsb import open_workbook
    with open_workbook(str(path)) as book:
        for name in book.sheets:
            with book.get_sheet(name) as sheet:
                yield name, [(c.r + 1, c.c + 1, c.v) for row in sheet.rows(sparse=True) for c in row]


def odf_sheets(path):
    from odf.opendocument import load
    from odf.table import Table, TableRow
    from odf import teletype
    from odf.namespaces import OFFICENS, TABLENS
    document = load(str(path))
    for table in document.spreadsheet.getElementsByType(Table):
        cells, row_number = [], 1
        for row in table.getElementsByType(TableRow):
            times = int(row.getAttrNS(TABLENS, "number-rows-repeated") or 1)
            column, line = 1, []
            for cell in row.childNodes:
                if cell.qname[1] not in ("table-cell", "covered-table-cell"):
                    continue
                repeat = int(cell.getAttrNS(TABLENS, "number-columns-repeated") or 1)
                kind = cell.getAttrNS(OFFICENS, "value-type")
                text = "\n".join(teletype.extractText(p) for p in cell.childNodes if p.qname[1] == "p")
                value = None
                if kind in ("float", "percentage", "currency"):
                    value = float(cell.getAttrNS(OFFICENS, "value"))
                elif kind == "boolean":
                    value = cell.getAttrNS(OFFICENS, "boolean-value") == "true"
                elif kind == "date":
                    value = dt.datetime.fromisoformat(cell.getAttrNS(OFFICENS, "date-value"))
                elif kind == "time":
                    value = cell.getAttrNS(OFFICENS, "time-value")
                    hours, minutes, seconds = value[2:].replace("H", ":").replace("M", ":").rstrip("S").split(":")
                    value = dt.time(int(hours), int(minutes), int(float(seconds)))
                elif text:
                    value = text
                if value is not None and cell.qname[1] == "table-cell":
                    line += [(column + n, value) for n in range(repeat)]
                column += repeat
            if line:
                cells += [(row_number + n, c, v) for n in range(times) for c, v in line]
            row_number += times
        yield table.getAttrNS(TABLENS, "name"), cells


READERS = {".xlsx": openpyxl_sheets, ".xlsm": openpyxl_sheets, ".xls": xlrd_sheets, ".xlsb": pyxlsb_sheets, ".ods": odf_sheets}


def lines(cells):
    kept = sorted((r, c, word(v)) for r, c, v in cells if v is not None and word(v) != "")
    return ["%d\t%d\t%s" % cell for cell in kept]


def main(root):
    for folder in ("calamine-A", "tabulator-py/data", "tabulator-py/data/special"):
        for path in sorted((Path(root) / folder).iterdir()):
            reader = READERS.get(path.suffix)
            if reader is None:
                continue
            try:
                sheets = [(name, lines(cells)) for name, cells in reader(path)]
            except Exception as problem:
                print(folder, path.name, "!", type(problem).__name__, str(problem).split("\n")[0][:80], sep="\t")
                continue
            for name, cells in sheets:
                digest = hashlib.sha256("\n".join(cells).encode()).hexdigest()[:16]
                print(folder, path.name, name, len(cells), digest, sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
