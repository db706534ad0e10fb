"""What was made from a template follows it: a three-way merge of what it was, what it is now, and what was changed."""
