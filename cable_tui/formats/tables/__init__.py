"""Tables of cables from any program. One table of aliases defines the meaning of each column.

aliases      the column names used for each fact of a cable, and the forms of its values
table_record builds a `RawCable` from one record's names and values
days         parses dates in the orders that people write them
row_plan     one row of a file, and the facts about the file needed to read it
text_table   builds records from rows, for CSV, JSON and SQL
csv_*, json_*, sql_*, sqlite_*
             cut each type of file into records, and define its format
"""
