#!/usr/bin/env bash
# Tests the dashboards against a real Prometheus on loopback (Debian's package, installed if missing).
# usage: test.sh [REPORT.xml]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
report=$(realpath -m -- "${1:-$here/../build/reports/grafana.xml}")

command -v prometheus >/dev/null || "$here/../deploy/prerequisites.sh" debian prometheus
exec "$here/../.ci/pytest" "$here" "$report"
