"""What is already there -> drafts of declarations, with the evidence for each line and what was unsure."""
