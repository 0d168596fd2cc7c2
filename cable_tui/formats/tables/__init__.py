"""Tables of cables, whatever program wrote them: one table of aliases says what a column means.

aliases      the names that a fact of a cable goes by, and what its values look like
fields       one record, as names and values, becomes a `RawCable`
days         dates in the orders that people write them in
plan         what must be known of a file before one of its records can be read
utf16        a file in UTF-16 as a file in UTF-8, and its offsets
csv_*, json_*, sql_*, sqlite_*
             how each kind of file is cut into records, and its format
"""
