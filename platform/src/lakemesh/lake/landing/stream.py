"""What Firehose leaves in a bucket, one folder an hour: `<domain>/<stream>/<table>/yyyy/MM/dd/HH/<any name>`, JSON
lines, perhaps gzipped. What it could not deliver lies outside, in `<domain>/<stream>__errors/`."""

import re

from lakemesh.errors import Stopped
from lakemesh.lake.landing.batch import Batch
from lakemesh.lake.landing.delivery import data
from lakemesh.lake.landing.files import choose
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.store import Store
from lakemesh.mesh.contract import Contract

_HOUR = re.compile(r"\d{4}/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])/([01]\d|2[0-3])/[^/]+")


def waiting(
    contract: Contract, store: Store, ledger: Ledger, *, replace_file: bool = False, limit_bytes: int
) -> Batch | None:
    """The files of all hours that the table does not hold, oldest hour first. None: nothing new."""
    assert contract.arrival is not None, contract.table
    folder = contract.arrival.place
    files = data(store.list(f"{folder}/**/*"))
    for file in files:
        if not _HOUR.fullmatch(file.path.removeprefix(f"{folder}/")):
            raise Stopped(
                f"{file.path} does not lie in a folder of an hour",
                f"take it away, or let the stream write to {folder}/yyyy/MM/dd/HH/, and its errors elsewhere",
            )
    return choose(contract, [(file,) for file in files], ledger, replace_file=replace_file, limit_bytes=limit_bytes)
