#!/bin/bash
# Builds the image squall-operator:dev from operator/target/quarkus-app and prints the archive's path.
# usage: operator.sh [--train COMMAND-TAIL [--until REGEX]] [--no-aot] [--modules NAME,NAME…]   (see app.sh)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec "$here/app.sh" --name squall-operator --folder "$here/../../operator/target/quarkus-app" --jar quarkus-run.jar \
  --api --until 'started in' "$@"
