"""Record batches -> data files, in bounded memory. No commit, no engine."""
