#!/usr/bin/env python3
"""Counts test cases in JUnit XML reports: prints `N passed, N failed[, N skipped]`; exit 1 if any failed or none ran."""
import pathlib
import sys
import xml.etree.ElementTree as ET

# How much of a failure's message is printed: enough to see the cause where only the log is kept.
LINES, WIDTH = 12, 300

passed = failed = skipped = 0
for root in map(pathlib.Path, sys.argv[1:]):
    files = [root] if root.is_file() else sorted(root.rglob("*.xml"))
    for file in files:
        for case in ET.parse(file).getroot().iter("testcase"):
            variant = file.stem.removeprefix(f"TEST-{case.get('classname')}-")
            name = f"{case.get('classname')}.{case.get('name')}" + (f" ({variant})" if variant != file.stem else "")
            bad = case.find("failure")
            if bad is None:
                bad = case.find("error")
            if bad is not None:
                failed += 1
                print(f"FAILED {name}")
                for line in (bad.get("message") or bad.text or "").strip().splitlines()[:LINES]:
                    print(f"    {line[:WIDTH]}")
            elif (skip := case.find("skipped")) is not None:
                skipped += 1
                print(f"SKIPPED {name}: {skip.get('message') or (skip.text or '').strip()}")
            else:
                passed += 1
print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(1 if failed or not passed else 0)
