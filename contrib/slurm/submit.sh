#!/usr/bin/env bash
# Runs a comparison of riskweave as a Slurm array of shards and merges them when all are done.
#
#   contrib/slurm/submit.sh SHARDS FOLDER COMMAND…
#   contrib/slurm/submit.sh 16 results/china compare china-2020 --replications 400
#
# FOLDER lies on a file system that all nodes share; the shards stand in FOLDER/shards, the results in
# FOLDER/results. A shard that was killed or requeued goes on from what it kept: submit the same again.
# RISKWEAVE names the program (default: riskweave on the PATH), SBATCH_OPTIONS what every job asks for
# besides, e.g. SBATCH_OPTIONS="--partition=short --time=02:00:00".
set -euo pipefail

if [ "$#" -lt 3 ]; then
    sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
shards="$1"
folder="$2"
shift 2
here="$(cd "$(dirname "$0")" && pwd)"
export RISKWEAVE="${RISKWEAVE:-riskweave}"
read -r -a options <<<"${SBATCH_OPTIONS:-}"
mkdir -p "$folder/shards"
folder="$(cd "$folder" && pwd)"

array="$(sbatch --parsable --requeue --array="1-$shards" --cpus-per-task="${THREADS:-4}" \
    --job-name=riskweave --output="$folder/shards/%a.log" "${options[@]}" \
    "$here/shard.sh" "$shards" "$folder" "$@")"
sbatch --parsable --dependency="afterok:${array%%;*}" --cpus-per-task="${THREADS:-4}" \
    --job-name=riskweave-merge --output="$folder/merge.log" "${options[@]}" \
    "$here/merge.sh" "$shards" "$folder"
