#!/usr/bin/env bash
# Tests the model service, with the libraries of requirements.txt in a virtual environment that is kept in the cache.
# usage: test.sh [REPORT.xml]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../images/common.sh
. "$here/../images/common.sh"
report=$(realpath -m -- "${1:-$here/../../build/reports/model-service.xml}")

environment=$SQUALL_CACHE/model-service-venv-$(hash_of "$here" requirements.txt)
exec 9>"$environment.lock"
flock 9 # one test run at a time makes the environment
if [ ! -x "$environment/bin/pytest" ]; then
	python3 -c 'import ensurepip, venv' 2>/dev/null || "$here/../prerequisites.sh" debian python3-venv
	python3 -m venv --clear "$environment"
	"$environment/bin/python" -m pip install -q -r "$here/requirements.txt" pytest >&2
fi
exec 9>&-
cd "$here"
OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1 \
	exec "$environment/bin/pytest" -q -p no:cacheprovider --junitxml "$report"
