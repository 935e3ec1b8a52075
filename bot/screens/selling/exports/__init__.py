"""Tables that sellers take along as files."""
