# What you can do here: type `make` alone to read it. Every word is one line that calls `lakemesh`.
#
# Every flag of a command is a variable in capitals: `--as-of` is AS_OF=…, `--plain` is PLAIN=1. Values arrive whole,
# with their spaces, quotes, $ and %: make SQL="select '$5' as price" query (quote them for your shell, nothing else).

ifeq ($(filter 3.81 3.82 4.% 5.%,$(MAKE_VERSION)),)
$(error GNU make 3.81 or later is needed and this is $(MAKE_VERSION); install a newer make)
endif

.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory --no-builtin-rules
lakemesh := @.venv/bin/lakemesh
capitals := A B C D E F G H I J K L M N O P Q R S T U V W X Y Z

# The variables that were given on the command line and say something, each exported with its raw text: make's own
# expansion would eat a $ in it.
given := $(sort $(foreach v,$(.VARIABLES),$(if $(filter command line,$(origin $v)),$(if $(value $v),$(if $(filter $(addsuffix %,$(capitals)),$v),$v)))))
$(foreach v,$(given),$(eval override $v := $$(value $v))$(eval export $v))

# A switch is said without a value; every other variable becomes --its-name=value. A name no command knows is an error.
switches := ALL DELETE DRY_RUN HELD JSON MENDED PLAIN REPAIR REPLACE_FILE SAMPLE STRICT
flag = --$(shell echo $1 | tr A-Z_ a-z-)
flags = $(foreach v,$(filter-out PYTHON,$(given)),$(if $(filter $v,$(switches)),$(if $(filter-out 0 no false,$(value $v)),$(call flag,$v)),$(call flag,$v)="$$$v"))

##@ Begin here
demo: run.ready ## Land real data, run five domains end to end, and answer three questions
	$(lakemesh) demo $(flags)

test: dev.ready ## Prove the platform and every product [PRODUCT=flights/departures: that product only]
	$(if $(filter PRODUCT,$(given)),,@.venv/bin/python -m pytest -q -n auto --maxprocesses 8 --dist loadgroup)
	$(lakemesh) test $(flags)

test-spark: dev.ready spark ## Prove that Spark makes the same tables from the same files (needs Java; a few minutes)
	@.venv/bin/python -m pytest -q platform/tests/spark

##@ Run
run: run.ready ## Ingest, transform, audit and publish PRODUCT=domain/product or ALL=1 [HELD=1] [REPLACE_FILE=1] [STRICT=1]
	$(lakemesh) run $(flags)

backfill: run.ready ## Make a span of time again PRODUCT=domain/product SINCE=2013-02-01 UNTIL=2013-03-01
	$(lakemesh) backfill $(flags)

rebuild: run.ready ## Make a table again from its landing files TABLE=domain.table
	$(lakemesh) rebuild $(flags)

replay: run.ready ## Take quarantined rows again after a fix TABLE=domain.table
	$(lakemesh) replay $(flags)

rollback: run.ready ## Put a table back to an earlier snapshot TABLE=domain.table TO=snapshot
	$(lakemesh) rollback $(flags)

##@ Keep
tag: run.ready ## Keep a version of a table for good TABLE=domain.table [NAME=year_end] [AS_OF=time or snapshot] [DELETE=1]
	$(lakemesh) tag $(flags)

maintain: run.ready ## Join small files, take away old versions and lost files [TABLE=domain.table] [DRY_RUN=1]
	$(lakemesh) maintain $(flags)

erase: run.ready ## Remove a person's rows, everywhere in a table TABLE=domain.table WHERE="email = '…'" WHY="…"
	$(lakemesh) erase $(flags)

doctor: run.ready ## Check the whole lake, and mend what needs no guess [REPAIR=1]
	$(lakemesh) doctor $(flags)

##@ Look
status: run.ready ## Rows, freshness, verdict, quarantined and held, per table
	$(lakemesh) status $(flags)

query: run.ready ## Ask the published tables SQL="select …" [FORMAT=csv|json|parquet] [AS_OF=time or snapshot]
	$(lakemesh) query $(flags)

history: run.ready ## What was published, newest first TABLE=domain.table
	$(lakemesh) history $(flags)

contract: run.ready ## All that a table promises, and where each line is from TABLE=domain.table
	$(lakemesh) contract $(flags)

rules: run.ready ## All that must be true of a table, in sentences TABLE=domain.table
	$(lakemesh) rules $(flags)

why: run.ready ## What the last run found in a table, and what can be done TABLE=domain.table
	$(lakemesh) why $(flags)

quality-docs: dev.ready ## Great Expectations' pages of the newest verdicts [PRODUCT=domain/product]
	$(lakemesh) quality-docs $(flags)

##@ Change
new-domain: run.ready ## Make a domain, asking for what is not said [NAME=sales] [OWNER=…]
	$(lakemesh) new domain $(flags)

new-product: run.ready ## Make a product that runs and is tested [DOMAIN=sales NAME=orders ARRIVES=files|changes|stream|derived|seed]
	$(lakemesh) new product $(flags)

new-table: run.ready ## Make a table more in a product [PRODUCT=sales/orders NAME=refund ARRIVES=files|…]
	$(lakemesh) new table $(flags)

templates-status: run.ready ## What is behind its template, and what an update would do, committed or not
	$(lakemesh) templates-status $(flags)

update: run.ready ## Bring what was made from a template up to it PRODUCT=sales/orders | ALL=1 [DRY_RUN=1] [MENDED=1]
	$(lakemesh) update $(flags)

check: run.ready ## Read every declaration and SELECT, and name all mistakes at once
	$(lakemesh) check $(flags)

functions: run.ready ## Which SQL functions are proved, and what to use for the others [NAME=date_trunc]
	$(lakemesh) functions $(flags)

torture: dev.ready ## Kill runs at random moments, start them again, and compare KILLS=1000 [SEED=7] [KIND=merge] [EXAMPLES=500]
	@.venv/bin/python platform/torture/torture.py $(flags)

bench: dev.ready ## Measure against others, in turns [ROWS=10M] [PAIRS=5] [ONLY=ingest_csv,merge]; writes benchmarks/results.md
	@sh benchmarks/setup.sh
	@.venv/bin/python -m benchmarks $(flags)

lint: dev.ready ## All hooks of pre-commit on all files
	@.venv/bin/pre-commit run --all-files

gx-answers: dev.ready ## Ask Great Expectations every question of our tests again, and compare (minutes)
	@cd platform/tests && PYTHONPATH=../src:. ../../.venv/bin/python record_gx_answers.py
	@QUALITY_ALL=1 .venv/bin/python -m pytest -q platform/tests/test_quality_agreement.py

docs: run.ready ## Write the reference, the schemas and CODEOWNERS again from the program
	$(lakemesh) docs $(flags)

spark: spark.ready ## Fetch what the engine spark needs beside Java, and check it by its hash
	@sh platform/spark/fetch.sh

lock: lock.ready ## Resolve requirements/*.txt again from pyproject.toml
	@sh platform/lock.sh

clean: ## Remove the local lake, the virtual environment and what was downloaded
	@rm -rf .lake .venv .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

help:
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z-]+:.*## / { n = split($$2, words, " "); \
	  line = sprintf("  make %-16s", $$1); for (i = 1; i <= n; i++) { if (length(line) + length(words[i]) > 79) \
	  { print line; line = sprintf("%23s", "") } line = line " " words[i] } print line }' Makefile

%.ready: FORCE
	@sh platform/setup.sh $*

FORCE:
.PHONY: FORCE help demo test test-spark run backfill rebuild replay rollback tag maintain erase doctor status query history contract rules why quality-docs new-domain new-product new-table templates-status update check functions bench torture lint gx-answers docs spark lock clean
.SUFFIXES:
