#!/usr/bin/env python3
"""Writes THIRD-PARTY.md: every crate that is linked into the program, with its licence and its notices.

    python3 contrib/third-party.py
    python3 contrib/third-party.py --sbom riskweave.cdx.json   # a bill of materials (CycloneDX 1.5) instead

Reads what `cargo metadata` says of the crates that Cargo.lock names, and their licence files, which cargo has fetched.
"""

import collections
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tomllib

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


def bill(crates: dict[str, dict]) -> dict:
    """The crates with their licences and the hashes of Cargo.lock, in the form of CycloneDX."""
    locked = tomllib.loads(pathlib.Path("Cargo.lock").read_text(encoding="utf-8"))["package"]
    hashes = {(package["name"], package["version"]): package.get("checksum") for package in locked}
    own = tomllib.loads(pathlib.Path("Cargo.toml").read_text(encoding="utf-8"))["package"]
    components = []
    for _, package in sorted(crates.items()):
        name, version = package["name"], package["version"]
        component = {"type": "library", "name": name, "version": version, "purl": f"pkg:cargo/{name}@{version}"}
        if package["license"]:
            # An old way of writing OR.
            component["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
        if checksum := hashes.get((name, version)):
            component["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        components.append(component)
    program = {"type": "application", "name": own["name"], "version": own["version"], "purl": f'pkg:cargo/{own["name"]}@{own["version"]}'}
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": program}, "components": components}


def main() -> None:
    crates = shipped()
    if sys.argv[1:2] == ["--sbom"] and len(sys.argv) == 3:
        text = json.dumps(bill(crates), indent=1) + "\n"
        pathlib.Path(sys.argv[2]).write_text(text, encoding="utf-8")
        print(f"{len(crates)} crates in {sys.argv[2]}")
        return
    texts = collections.OrderedDict()
    rows = []
    for name, package in sorted(crates.items()):
        folder = pathlib.Path(package["manifest_path"]).parent
        numbers = []
        # What a crate has taken in comes with a notice of its own.
        for path in sorted(folder.rglob("*")):
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
