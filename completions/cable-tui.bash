# bash-completion reads this at the first Tab behind cable-tui.
eval "$(command cable-tui completions bash)"
