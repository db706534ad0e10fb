"""templates/ -> domains/: what a new domain, product or table is made from, and the record of it."""
