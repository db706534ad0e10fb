"""A scratch lake for samples, beside the real one."""

import shutil

from lakemesh.cli.open import Here

SCRATCH = "_sample"


def scratch(here: Here) -> Here:
    """The same repository over an empty lake of its own."""
    below = here.below(SCRATCH)
    shutil.rmtree(below.lake_root, ignore_errors=True)
    return below
