#!/usr/bin/env bash
# Tests the dashboards against a real Prometheus on loopback (Debian's package, installed if missing).
# usage: test.sh [REPORT.xml]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../deploy/images/common.sh
. "$here/../deploy/images/common.sh"
report=$(realpath -m -- "${1:-$here/../build/reports/grafana.xml}")

command -v prometheus >/dev/null || "$here/../deploy/prerequisites.sh" debian prometheus
environment=$SQUALL_CACHE/pytest-venv
exec 9>"$environment.lock"
flock 9 # one test run at a time makes the environment
if [ ! -x "$environment/bin/pytest" ]; then
	python3 -c 'import ensurepip, venv' 2>/dev/null || "$here/../deploy/prerequisites.sh" debian python3-venv
	python3 -m venv --clear "$environment"
	"$environment/bin/python" -m pip install -q pytest >&2
fi
exec 9>&-
cd "$here"
PYTHONDONTWRITEBYTECODE=1 exec "$environment/bin/pytest" -q -p no:cacheprovider --junitxml "$report"
