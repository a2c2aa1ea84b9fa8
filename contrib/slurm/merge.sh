#!/usr/bin/env bash
# The job after the array: the results of the whole run. See submit.sh.
set -euo pipefail
shards="$1"
folder="$2"
parts=()
for number in $(seq "$shards"); do
    parts+=("$folder/shards/$number")
done
exec "$RISKWEAVE" merge "${parts[@]}" --out "$folder/results" --threads "${SLURM_CPUS_PER_TASK:-1}" --quiet
