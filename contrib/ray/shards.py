#!/usr/bin/env python3
"""Runs a comparison of riskweave in shards on the workers of Ray and merges them.

    pip install ray
    python contrib/ray/shards.py --shards 8 --out results -- compare china-2020 --replications 400
    python contrib/ray/shards.py --address auto --shards 64 --out /shared/results -- compare …

Without --address Ray is started on this machine. With one, the program is there on every node and the folder
lies on a file system that all of them share. A shard that ends badly is tried again and goes on from what it
kept; so does the whole command.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import ray


def run(words: list[str]) -> str:
    """Runs the program; what it says is the error where it fails."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: status {done.returncode}\n{done.stderr}")
    return done.stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", help="address of a Ray cluster (default: Ray is started on this machine)")
    parser.add_argument("--threads", type=int, default=1, help="threads, and processors, of each shard (default: 1)")
    parser.add_argument("--shards", type=int, required=True, help="number of shards")
    parser.add_argument("--out", type=Path, required=True, help="folder: shards/ and results/ within it")
    parser.add_argument("--retries", type=int, default=2, help="times that a shard is tried again (default: 2)")
    parser.add_argument("--program", default="riskweave", help="the program (default: riskweave)")
    parser.add_argument("command", nargs="+", help="the command, after --: compare or run with its options")
    asked = parser.parse_args()

    out = asked.out.resolve()
    parts = [out / "shards" / str(number + 1) for number in range(asked.shards)]
    threads = ["--threads", str(asked.threads), "--quiet"]
    ray.init(address=asked.address, include_dashboard=False if asked.address is None else None)
    remote = ray.remote(num_cpus=asked.threads, max_retries=asked.retries, retry_exceptions=True)(run)
    waiting = [
        remote.remote(
            [asked.program, *asked.command, "--shard", f"{number + 1}/{asked.shards}", "--out", str(part), *threads]
        )
        for number, part in enumerate(parts)
    ]
    while waiting:
        done, waiting = ray.wait(waiting)
        for said in ray.get(done):
            print(said, flush=True)
    ray.shutdown()
    merge = [asked.program, "merge", *map(str, parts), "--out", str(out / "results"), "--quiet"]
    print(run(merge))
    return 0


if __name__ == "__main__":
    sys.exit(main())
