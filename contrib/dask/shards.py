#!/usr/bin/env python3
"""Runs a comparison of riskweave in shards on the workers of Dask and merges them.

    pip install "dask[distributed]"
    python contrib/dask/shards.py --shards 8 --out results -- compare china-2020 --replications 400
    python contrib/dask/shards.py --scheduler tcp://host:8786 --shards 64 --out /shared/results -- compare …

Without --scheduler the workers are processes of this machine. With one, the program is there on every worker
and the folder lies on a file system that all of them share. A shard that ends badly is tried again and goes
on from what it kept; so does the whole command.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from dask.distributed import Client, LocalCluster, as_completed


def run(words: list[str]) -> str:
    """Runs the program; what it says is the error where it fails."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: status {done.returncode}\n{done.stderr}")
    return done.stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scheduler", help="address of a Dask scheduler (default: workers on this machine)")
    parser.add_argument("--workers", type=int, default=2, help="workers on this machine (default: 2)")
    parser.add_argument("--threads", type=int, default=1, help="threads of each shard (default: 1)")
    parser.add_argument("--shards", type=int, required=True, help="number of shards")
    parser.add_argument("--out", type=Path, required=True, help="folder: shards/ and results/ within it")
    parser.add_argument("--retries", type=int, default=2, help="times that a shard is tried again (default: 2)")
    parser.add_argument("--program", default="riskweave", help="the program (default: riskweave)")
    parser.add_argument("command", nargs="+", help="the command, after --: compare or run with its options")
    asked = parser.parse_args()

    out = asked.out.resolve()
    parts = [out / "shards" / str(number + 1) for number in range(asked.shards)]
    threads = ["--threads", str(asked.threads), "--quiet"]
    tasks = [
        [asked.program, *asked.command, "--shard", f"{number + 1}/{asked.shards}", "--out", str(part), *threads]
        for number, part in enumerate(parts)
    ]
    if asked.scheduler:
        client = Client(asked.scheduler)
    else:
        client = Client(LocalCluster(n_workers=asked.workers, threads_per_worker=1, dashboard_address=None))
    with client:
        futures = client.map(run, tasks, retries=asked.retries, pure=False)
        for future in as_completed(futures):
            print(future.result(), flush=True)
    merge = [asked.program, "merge", *map(str, parts), "--out", str(out / "results"), "--quiet"]
    print(run(merge))
    return 0


if __name__ == "__main__":
    sys.exit(main())
