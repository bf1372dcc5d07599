#!/bin/bash
# Builds the image squall-runner:dev from runner/target/image and prints the archive's path.
# usage: runner.sh [--train COMMAND-TAIL [--until REGEX]] [--no-aot] [--modules NAME,NAME…]   (see app.sh)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec "$here/app.sh" --name squall-runner --folder "$here/../../runner/target/image" --jar runner.jar \
  --modules "$(paste -sd, "$here/runner.modules")" --at-most 100 "$@"
