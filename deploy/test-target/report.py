"""Turns what `go test -json` prints into a JUnit XML report: python3 report.py REPORT.xml < events. Exit 1 on a failure."""

import json
import sys
import xml.etree.ElementTree as ET

suite = ET.Element("testsuite", name="test-target")
printed = {}
failed = False
for event in map(json.loads, filter(str.strip, sys.stdin)):
    name, action = event.get("Test"), event["Action"]
    if action in ("output", "build-output"):
        printed[name] = printed.get(name, "") + event["Output"]
        continue
    if action not in ("pass", "fail", "skip") or not (name or action == "fail"):
        continue
    case = ET.SubElement(
        suite, "testcase", classname=event["Package"], name=name or "package", time=str(event.get("Elapsed", 0))
    )
    if action == "fail":
        failed = True
        ET.SubElement(case, "failure").text = printed.get(name, "")
        print(printed.get(name, ""), file=sys.stderr)
    elif action == "skip":
        ET.SubElement(case, "skipped", message=printed.get(name, ""))
ET.ElementTree(suite).write(sys.argv[1], encoding="utf-8", xml_declaration=True)
print(f"{len(suite)} tests of the test target" + (", some FAILED" if failed else " passed"))
sys.exit(failed or not len(suite))
