"""One module for each question; each offers row(bench) → Table."""
