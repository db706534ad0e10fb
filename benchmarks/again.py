"""Our side where a repository was made and kept before: it is put back, and what is new is run and measured."""

from collections.abc import Callable, Sequence

from benchmarks.work import Timed, Where


def again(called: str = "", tables: Sequence[str] = ()) -> Callable[[Where], Timed]:
    """`called`: which of a work's repositories. `tables`: which are run; none, all of them."""

    def ready(where: Where) -> Timed:
        from benchmarks.repository import Repository

        repository = Repository(where.data, where.out, called=called)
        repository.back()
        return lambda: repository.made(tables)

    return ready
