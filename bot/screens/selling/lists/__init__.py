"""Lists of products that sellers send as files."""
