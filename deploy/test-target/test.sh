#!/usr/bin/env bash
# Tests the test target.
# usage: test.sh [REPORT.xml]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../images/common.sh
. "$here/../images/common.sh"
report=$(realpath -m -- "${1:-$here/../../build/reports/test-target.xml}")
mkdir -p "${report%/*}"

need_go
cd "$here"
[ -z "$(gofmt -l .)" ] || fail "not formatted: $(gofmt -l . | xargs); run gofmt -w deploy/test-target"
go vet .
go test -count=1 -json . | python3 report.py "$report"
