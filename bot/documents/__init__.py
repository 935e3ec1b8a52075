"""Papers: what is printed or kept as a PDF. `paper.py` says what one holds, `press.py` makes the file."""
