"""Letters whose capital is more than one letter are all known, wherever Unicode keeps them."""

import sys

from lakemesh.engine.duckdb.rules.letters import MACROS


def test_every_letter_with_a_longer_capital_is_in_the_macro() -> None:
    upper = next(macro for macro in MACROS if macro.startswith("spark_upper"))
    longer = [one for one in map(chr, range(sys.maxunicode + 1)) if len(one.upper()) > 1]
    assert len(longer) > 100
    assert [one for one in longer if one not in upper] == []
