"""`lakemesh doctor`: is the whole lake as it says it is?"""

import click

from lakemesh.cli.ends import DONE, MEND
from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located
from lakemesh.cli.show.amounts import count


@click.command("doctor", cls=Word)
@click.option("--repair", is_flag=True, help="Mend what can be mended without guessing.")
@located
def command(repair: bool, root: str | None, lake: str | None) -> int:
    """Check the whole lake, and mend what can be mended without guessing.

    Reads every file of every version that can still be read: is it there, whole, and as its manifest says? Is the
    ledger what the table holds? Ends with 1 where something is wrong, and says for each what to do. Take it when no run
    is under way.
    """
    from lakemesh.errors import Mistakes
    from lakemesh.lake.doctor import doctor
    from lakemesh.mesh.contract import Append

    here = Here.at(root, lake)
    try:
        contracts = here.mesh().contracts.values()
        appends = {contract.table for contract in contracts if isinstance(contract.write, Append) and contract.arrival}
    except Mistakes:
        # The lake can be looked at where the declarations cannot be read.
        appends = set()
    report = doctor(here.place, repair, appends)
    for problem in report.problems:
        click.echo(str(problem))
    looked = f"{count(report.tables, 'table')}, {count(report.files, 'file')} looked at"
    wrong = [problem for problem in report.problems if not problem.mended]
    if wrong:
        click.echo(f"{looked}: {count(len(wrong), 'problem')}.")
        return MEND
    click.echo(f"{looked}: all is well.")
    return DONE
