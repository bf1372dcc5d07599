#!/usr/bin/env bash
# Makes every image of the project; prints the archives' paths, one a line. What has not changed is not made again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
JAVA_HOME=$(deploy/prerequisites.sh jdk)
export JAVA_HOME
mvn -q package -DskipTests >&2
deploy/images/runner.sh | tail -1
deploy/images/operator.sh | tail -1
deploy/s3/build.sh | tail -1
deploy/model-service/build.sh | tail -1
deploy/test-target/build.sh | tail -1
