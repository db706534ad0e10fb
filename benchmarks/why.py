"""Why a target is missed, as far as it is known: said in `results.md` where it is."""

_INGEST = (
    "The CPU's ratio is much nearer than that of the seconds: COPY keeps two cores busy, ours little more than one. "
    "DuckDB hands its rows to Python one batch after the other, and one thread takes each batch apart, by what becomes "
    "of a row and by day, before other threads write it. Every file's content is hashed, so that a change is told; "
    "rows that do not fit are looked for with their line in the file. Where there are few rows, what a run costs by "
    "itself, a second, counts for more."
)
_AS_CSV = "As with CSV and no key."

WHY: dict[str, str] = {
    "ingest_csv": _INGEST,
    "ingest_key": f"{_AS_CSV} The keys of the batch are counted in a query of their own, exactly.",
    "ingest_shuffled": "As with CSV and no key; each batch is cut into thirty pieces, one a day: half of the time.",
    "ingest_json": _AS_CSV,
    "ingest_parquet": _AS_CSV,
    "ingest_gzip": _AS_CSV,
    "small_files": f"{_AS_CSV} Each file is also listed, opened for its header, and written into the ledger.",
    "merge": (
        "The bare rewrite reads the table once and DuckDB writes one file. Ours learns first which rows change and "
        "which files hold them, counts what becomes of each row, and writes thirty days from Python. What pyiceberg is "
        "compared with is the whole of that, from files that arrive to what readers see."
    ),
    "cdc": "As with the merge. Ours also remembers which keys were deleted.",
    "memory": (
        "The bound is what DuckDB and the writer share. The libraries' own code (75 MB), which the system counts as "
        "memory of the process, and what Python holds come on top. At 1 GB that is the rest."
    ),
    "nothing_new": (
        "Beside what is imported there, it imports itself, sqlglot and a reader of YAML, reads the declarations, opens "
        "the lake, lists what arrived, and writes a record of the run."
    ),
    "check_thousand": "One thread of Python reads YAML and SQL, and asks DuckDB what each SELECT yields.",
    "span": (
        "What grows is not the search for repeats: the metadata of more files are read and written, and more of what "
        "arrived before is listed."
    ),
}
