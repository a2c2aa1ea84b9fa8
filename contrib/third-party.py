#!/usr/bin/env python3
"""Writes THIRD-PARTY.md: every crate that is linked into the program, with its licence and its notices.

    python3 contrib/third-party.py

Reads what `cargo metadata` says of the crates that Cargo.lock names, and their licence files, which cargo has fetched.
"""

import collections
import hashlib
import json
import pathlib
import re
import subprocess

PLATFORMS = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "aarch64-apple-darwin"]
NOTICES = re.compile(r"^(licen[cs]e|copying|notice|copyright|unlicense)", re.IGNORECASE)
HEAD = """# Third-party notices 第三方声明

The single executable holds these crates; each may be given away with it if its notice goes along. Written by
`python3 contrib/third-party.py` from Cargo.lock; a test fails when a crate is missing. `cargo deny check` holds the licences against deny.toml.
可执行文件中含有下列程序库，分发时须附上其声明。本表由 `python3 contrib/third-party.py` 生成。

"""


def shipped() -> dict[str, dict]:
    """The crates that are linked on some platform, without what is used at compile time only, by name and version."""
    found = {}
    for platform in PLATFORMS:
        command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", platform]
        data = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        packages = {package["id"]: package for package in data["packages"]}
        nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
        open_ = [data["resolve"]["root"]]
        seen = set(open_)
        while open_:
            for dependency in nodes[open_.pop()]["deps"]:
                package = packages[dependency["pkg"]]
                kinds = {kind["kind"] for kind in dependency["dep_kinds"]}
                at_compile_time = any("proc-macro" in target["kind"] for target in package["targets"])
                if None not in kinds or at_compile_time or package["id"] in seen:
                    continue
                seen.add(package["id"])
                open_.append(package["id"])
                found[f'{package["name"]} {package["version"]}'] = package
    return found


def main() -> None:
    crates = shipped()
    texts = collections.OrderedDict()
    rows = []
    for name, package in sorted(crates.items()):
        folder = pathlib.Path(package["manifest_path"]).parent
        numbers = []
        for path in sorted(folder.iterdir()):
            if path.is_file() and NOTICES.match(path.name):
                text = path.read_text(encoding="utf-8", errors="replace").strip()
                # The Apache License is one text, however its appendix is filled in.
                same = "apache" if "Version 2.0, January 2004" in text else re.sub(r"\s+", " ", text)
                key = hashlib.sha256(same.encode()).hexdigest()
                number, _ = texts.setdefault(key, (len(texts) + 1, text))
                numbers.append(number)
        licence = package["license"] or "see the notice"
        notices = ", ".join(f"[{number}](#{number})" for number in sorted(set(numbers))) or "in its manifest"
        rows.append(f"| {name} | {licence} | {notices} |")
    table = "\n".join(["| crate 程序库 | licence 许可 | notices 声明 |", "|---|---|---|", *rows])
    body = "\n\n".join(f"## {number}\n\n```text\n{text}\n```" for number, text in texts.values())
    pathlib.Path("THIRD-PARTY.md").write_text(f"{HEAD}{table}\n\n{body}\n", encoding="utf-8")
    print(f"{len(rows)} crates, {len(texts)} notices")


if __name__ == "__main__":
    main()
