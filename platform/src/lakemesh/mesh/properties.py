"""What the organisation says of all tables, as properties of an Iceberg table."""

from datetime import timedelta

from lakemesh.declare.mesh import Organisation


def properties(organisation: Organisation) -> dict[str, str]:
    """How long old versions and deleted keys are kept, how many small files are too many, and the tags."""
    maintenance = organisation.maintenance
    age = maintenance.snapshots // timedelta(milliseconds=1)
    return {
        "history.expire.max-snapshot-age-ms": str(age),
        "lakemesh.keep_deletes": str(int(maintenance.keep_deletes.total_seconds())),
        "lakemesh.small_files": str(maintenance.small_files),
        **{f"lakemesh.tag.{name}": value for name, value in organisation.tags.items()},
    }
