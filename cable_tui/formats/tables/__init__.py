"""Tables of cables, whatever program wrote them: one table of aliases says what a column means.

aliases      the names that a fact of a cable goes by, and what its values look like
fields       one record, as names and values, becomes a `RawCable`
days         dates in the orders that people write them in
plan         a row of a file, and what must be known of the file before one can be read
text_table   from rows that were cut to records, for CSV, JSON and SQL
csv_*, json_*, sql_*, sqlite_*
             how each kind of file is cut into records, and its format
"""
