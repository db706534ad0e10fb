"""What is derived from the tree for the repository itself: CODEOWNERS and the reference pages."""
