"""Text basics: cleaning for display, splitting into words, and measuring in terminal cells."""

from cable_tui.text.cleaning import UNKNOWN, clean_line, clean_text, printable
from cable_tui.text.folding import (
    begins,
    fold,
    folded_words,
    initials,
    is_blankless,
    spaced,
    without_zeros,
    word_set,
    words,
)
from cable_tui.text.layout import ELLIPSIS, crop, width, wrap
from cable_tui.text.quotes_and_figures import repaired, second_readings
