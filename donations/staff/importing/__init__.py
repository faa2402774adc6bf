"""Past gifts from a spreadsheet: upload, check, confirm.

reading    a file becomes lines of text, or one sentence about why not: size, kind, encoding, columns
workbook   the same for .xlsx, which is a zip and may be a bomb
limits     how much of a file is looked at
cells      a cell's text becomes a value, or a sentence beside it
resource   django-import-export's Resource: each new line goes through receiving.record_gift
running    check (all is tried and rolled back) and confirm (all or nothing)
screens    the three pages
"""
