"""LibreOffice by its UNO bridge. Arguments: a working folder, then one job as JSON:
{"job": "rich", "out": [FILE, ...]}    makes a clerk's workbook full of what a patch must not lose
{"job": "facts", "files": [FILE, ...]} prints what each workbook holds, as a JSON list
"""
import json
import os
import struct
import subprocess
import sys
import time
import zlib

import uno
from com.sun.star.awt import Rectangle
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.ConditionOperator import GREATER
from com.sun.star.sheet.ValidationType import LIST
from com.sun.star.table import CellAddress, CellRangeAddress

START_DEADLINE_S = 60
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97"}


def start(folder):
    pipe = "office%d" % os.getpid()
    process = subprocess.Popen(
        ["soffice", "-env:UserInstallation=file://" + os.path.join(folder, "office-profile"),
         "--headless", "--norestore", "--nologo", "--accept=pipe,name=%s;urp;" % pipe],
        stdout=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local)
    end = time.time() + START_DEADLINE_S
    while True:
        try:
            context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
            break
        except Exception:
            if time.time() > end or process.poll() not in (None, 81):
                raise
            time.sleep(0.3)
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context)
    return process, context, desktop


def prop(name, value):
    found = PropertyValue()
    found.Name = name
    found.Value = value
    return found


def open_document(desktop, url, properties):
    """The bridge answers before the program can open anything; then it gives none."""
    end = time.time() + START_DEADLINE_S
    while True:
        document = desktop.loadComponentFromURL(url, "_blank", 0, properties)
        if document is not None or time.time() > end:
            return document
        time.sleep(0.3)


def png(size):
    raw = b"".join(b"\0" + b"\xff\x00\x00" * size for _ in range(size))
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data) & 0xFFFFFFFF))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
            + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def make_rich(folder, context, desktop, outs):
    document = open_document(desktop, "private:factory/scalc", (prop("Hidden", True),))
    sheet = document.Sheets.getByIndex(0)
    sheet.Name = "补缴 & 明细"
    formats = document.NumberFormats
    locale = uno.createUnoStruct("com.sun.star.lang.Locale")

    def number_format(code):
        key = formats.queryKey(code, locale, True)
        return key if key != -1 else formats.addNew(code, locale)

    def cell(column, row):
        return sheet.getCellByPosition(column, row)

    headings = ["序号", "资金性质", "个人客户号", "姓名", "起始年月", "截止年月", "月均工资",
                "缴存比例(%)", "月缴存额", "补缴金额"]
    cell(0, 0).String = "示例精密机械有限公司补缴清册"
    sheet.getCellRangeByName("A1:J1").merge(True)
    cell(0, 0).CharHeight = 18
    cell(0, 0).CellBackColor = 0x1F4E79
    cell(0, 0).CharColor = 0xFFFFFF
    for column, heading in enumerate(headings):
        found = cell(column, 1)
        found.String = heading
        found.CellBackColor = 0xDDEBF7
        found.CharWeight = 150.0
        found.IsTextWrapped = True
    for row in range(2, 22):
        number = row - 1
        cell(0, row).Value = number
        cell(1, row).Value = 10
        cell(2, row).String = "9900000000%02d" % number
        cell(3, row).String = "职工%02d" % number
        cell(4, row).Formula = "2026-01-01"
        cell(4, row).NumberFormat = number_format("YYYYMM")
        cell(5, row).String = "202603"
        cell(6, row).Value = 3000 + number * 517.25
        cell(6, row).NumberFormat = number_format("#,##0.00")
        cell(7, row).Value = 0.05 + 0.01 * (number % 8)
        cell(7, row).NumberFormat = number_format("0%")
        cell(8, row).Formula = "=ROUND(G%d*H%d;0)*2" % (row + 1, row + 1)
        cell(9, row).Formula = "=I%d*3" % (row + 1)
    cell(3, 3).CharColor = 0xFF0000
    text = cell(3, 4).Text
    text.String = "买买提"
    cursor = text.createTextCursor()
    cursor.gotoEnd(False)
    cursor.CharWeight = 150.0
    text.insertString(cursor, "·艾力", False)
    sheet.Annotations.insertNew(cell(3, 3).CellAddress, "科长：请核对")
    sheet.Columns.getByIndex(3).Width = 5200
    sheet.Rows.getByIndex(1).Height = 1200
    sheet.Columns.getByIndex(12).IsVisible = False
    document.CurrentController.freezeAtPosition(0, 2)
    ratios = sheet.getCellRangeByName("H3:H22")
    validation = ratios.Validation
    validation.Type = LIST
    validation.setFormula1('"5%";"8%";"12%"')
    ratios.Validation = validation
    styles = document.StyleFamilies.getByName("CellStyles")
    style = document.createInstance("com.sun.star.style.CellStyle")
    styles.insertByName("高工资", style)
    style.CellBackColor = 0xFFF2CC
    wages = sheet.getCellRangeByName("G3:G22")
    conditional = wages.ConditionalFormat
    conditional.addNew((prop("Operator", GREATER), prop("Formula1", "12000"),
                        prop("StyleName", "高工资")))
    wages.ConditionalFormat = conditional
    document.NamedRanges.addNewByName("清册", "$'补缴 & 明细'.$A$3:$J$22", CellAddress(), 0)
    area = CellRangeAddress()
    area.Sheet, area.StartColumn, area.EndColumn, area.StartRow, area.EndRow = 0, 0, 9, 1, 21
    document.DatabaseRanges.addNewByName("筛选", area)
    document.DatabaseRanges.getByName("筛选").AutoFilter = True
    for row in (5, 6, 7):
        sheet.Rows.getByIndex(row).IsVisible = False
    place = Rectangle()
    place.X, place.Y, place.Width, place.Height = 36000, 1000, 9000, 6000
    source = CellRangeAddress()
    source.Sheet, source.StartColumn, source.EndColumn, source.StartRow, source.EndRow = 0, 6, 6, 1, 21
    sheet.Charts.addNewByName("工资图", place, (source,), True, False)
    stamp = os.path.join(folder, "stamp.png")
    with open(stamp, "wb") as file:
        file.write(png(60))
    graphics = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.graphic.GraphicProvider", context)
    image = document.createInstance("com.sun.star.drawing.GraphicObjectShape")
    image.Graphic = graphics.queryGraphic((prop("URL", "file://" + stamp),))
    size = uno.createUnoStruct("com.sun.star.awt.Size")
    size.Width = size.Height = 2500
    point = uno.createUnoStruct("com.sun.star.awt.Point")
    point.X, point.Y = 36000, 9000
    sheet.DrawPage.add(image)
    image.setSize(size)
    image.setPosition(point)
    shape = document.createInstance("com.sun.star.drawing.RectangleShape")
    sheet.DrawPage.add(shape)
    shape.setSize(size)
    point.X = 39500
    shape.setPosition(point)
    shape.String = "单位公章"
    page = document.StyleFamilies.getByName("PageStyles").getByName(sheet.PageStyle)
    page.HeaderIsOn = True
    content = page.RightPageHeaderContent
    content.CenterText.setString("补缴清册页眉")
    page.RightPageHeaderContent = content
    document.Sheets.insertNewByName("参数", 1)
    document.Sheets.getByIndex(1).getCellByPosition(0, 0).String = "内部参数"
    document.Sheets.getByIndex(1).IsVisible = False
    for out in outs:
        filter_name = FILTERS[out.rsplit(".", 1)[1]]
        document.storeToURL("file://" + out, (prop("FilterName", filter_name),))
    document.close(True)


def color(value):
    return "none" if value in (-1, 0xFFFFFFFF) else "%06X" % value


def line(border):
    return "%d/%06X" % (border.OuterLineWidth, border.Color & 0xFFFFFF)


def cell_facts(formats, cell):
    return {
        "content": cell.Formula,
        "shown": cell.String,
        "look": "|".join([
            formats.getByKey(cell.NumberFormat).FormatString, cell.CharFontName,
            cell.CharFontNameAsian, "%g" % cell.CharHeight, "%g" % cell.CharWeight,
            cell.CharPosture.value, color(cell.CharColor), cell.HoriJustify.value, str(cell.VertJustify),
            str(cell.IsTextWrapped), line(cell.TopBorder), line(cell.LeftBorder),
            str(cell.CellProtection.IsLocked)]),
        "fill": color(cell.CellBackColor),
    }


def sheet_facts(document, sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress
    formats = document.NumberFormats
    cells = {}
    for row in range(last.EndRow + 1):
        for column in range(last.EndColumn + 1):
            cell = sheet.getCellByPosition(column, row)
            name = sheet.Columns.getByIndex(column).Name + str(row + 1)
            cells[name] = cell_facts(formats, cell)
    merged = sheet.createCursorByRange(sheet.getCellByPosition(0, 0))
    merged.collapseToMergedArea()
    notes = [sheet.Annotations.getByIndex(i) for i in range(sheet.Annotations.Count)]
    shapes = [sheet.DrawPage.getByIndex(i) for i in range(sheet.DrawPage.Count)]
    return {
        "name": sheet.Name,
        "visible": sheet.IsVisible,
        "cells": cells,
        "widths": {sheet.Columns.getByIndex(i).Name:
                   sheet.Columns.getByIndex(i).Width if sheet.Columns.getByIndex(i).IsVisible else 0
                   for i in range(20)},
        "heights": [sheet.Rows.getByIndex(i).Height for i in range(last.EndRow + 1)],
        "hiddenRows": [i + 1 for i in range(last.EndRow + 1)
                       if not sheet.Rows.getByIndex(i).IsVisible],
        "merge": merged.AbsoluteName,
        "charts": list(sheet.Charts.ElementNames),
        "shapes": sorted(shape.ShapeType for shape in shapes),
        "notes": ["%s:%s" % (note.Position.Row, note.String) for note in notes],
        "conditional": [f.Range.RangeAddressesAsString for f in
                        sheet.ConditionalFormats.ConditionalFormats],
        "validated": sheet.getCellRangeByName("H3:H22").Validation.getFormula1(),
        "header": document.StyleFamilies.getByName("PageStyles").getByName(sheet.PageStyle)
        .HeaderIsOn,
    }


def facts(desktop, file):
    document = open_document(desktop, "file://" + file, (prop("Hidden", True),))
    try:
        sheets = [document.Sheets.getByIndex(i) for i in range(document.Sheets.Count)]
        return {
            "sheets": [sheet_facts(document, sheet) for sheet in sheets],
            "names": list(document.NamedRanges.ElementNames),
            "filtered": [document.DatabaseRanges.getByIndex(i).AutoFilter
                         for i in range(document.DatabaseRanges.Count)],
        }
    finally:
        document.close(True)


def main():
    folder, job = sys.argv[1], json.loads(sys.argv[2])
    process, context, desktop = start(folder)
    try:
        if job["job"] == "rich":
            make_rich(folder, context, desktop, job["out"])
        else:
            print(json.dumps([facts(desktop, file) for file in job["files"]]))
    finally:
        try:
            desktop.terminate()
        except Exception:
            pass
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


main()
