"""Donations taken away as a file: for a stated purpose, by those who may, with a line in the log.

columns    what can be asked for
harmless   no cell is ever a formula
writing    CSV, streamed; XLSX
screens    the form: filters, columns, purpose, how many
"""
