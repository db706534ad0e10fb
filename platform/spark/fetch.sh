#!/bin/sh
# Fetches the jars that platform/spark/jars.txt pins into .cache/spark: by Maven's own client, or, where there is none,
# by Spark's. A jar is put there once its hash is what the pin says; what is there already is left alone. Ends with 69
# where something cannot be had here, and with 1 where what was had is wrong.
set -eu

pins=platform/spark/jars.txt
target=.cache/spark
part=$target/part

stop() { # the status, and why
    echo "lakemesh: $2" >&2
    exit "$1"
}

java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
"$java" -version >/dev/null 2>&1 ||
    stop 69 "Spark needs Java and there is none; install Java 17 (openjdk-17-jre-headless on Debian, Ubuntu), or name it in JAVA_HOME."

hash_of() {
    .venv/bin/python -c 'import hashlib, sys; print(hashlib.file_digest(open(sys.argv[1], "rb"), "sha256").hexdigest())' "$1"
}

fetch() { # the coordinates, and the name of the file
    if command -v mvn >/dev/null 2>&1; then
        mvn --quiet --batch-mode dependency:copy -Dartifact="$1" -DoutputDirectory="$PWD/$part"
        return
    fi
    # Spark fetches what a program asks for before it begins; this one does nothing.
    echo >"$part/nothing.py"
    SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON=$PWD/.venv/bin/python .venv/bin/spark-submit --master 'local[1]' \
        --packages "$1" --conf spark.jars.ivy="$PWD/$part/ivy" --conf spark.ui.enabled=false "$part/nothing.py"
    mv "$part/ivy/jars/${1%%:*}_$2" "$part/$2"
}

mkdir -p "$target"
trap 'rm -rf "$part"' EXIT
while read -r coordinates wanted; do
    case $coordinates in "" | "#"*) continue ;; esac
    rest=${coordinates#*:}
    name=${rest%%:*}-${rest#*:}.jar
    if [ -f "$target/$name" ] && [ "$(hash_of "$target/$name")" = "$wanted" ]; then
        continue
    fi
    echo "Fetching $coordinates" >&2
    rm -rf "$part" "${target:?}/$name"
    mkdir -p "$part"
    if ! fetch "$coordinates" "$name" </dev/null >"$part/said" 2>&1; then
        cat "$part/said" >&2
        stop 69 "$coordinates could not be fetched; see the lines above (no network?), then run the same make again."
    fi
    found=$(hash_of "$part/$name")
    [ "$found" = "$wanted" ] ||
        stop 1 "$name is not what $pins pins: its SHA-256 is $found. Nothing of it was kept."
    mv "$part/$name" "$target/$name"
done <"$pins"
