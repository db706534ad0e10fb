select {{ cookiecutter.by.split(", ") | map("sql") | join(", ") }}, count(*) as row_count
from {{ cookiecutter.reads }}
group by {{ cookiecutter.by.split(", ") | map("sql") | join(", ") }}
