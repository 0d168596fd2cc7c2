# fish reads this at the first Tab behind cable-tui.
command cable-tui completions fish | source
