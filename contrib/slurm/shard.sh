#!/usr/bin/env bash
# One task of the array: the shard with the number of the task. See submit.sh.
set -euo pipefail
shards="$1"
folder="$2"
shift 2
number="$SLURM_ARRAY_TASK_ID"
exec "$RISKWEAVE" "$@" --shard "$number/$shards" --out "$folder/shards/$number" \
    --threads "${SLURM_CPUS_PER_TASK:-1}" --quiet
