"""Web archives: `.mhtml` and `.mht`, a page with its parts in one file, as browsers save it."""
