#!/usr/bin/env bash
# Makes every image of the project; prints the archives' paths, one a line. What has not changed is not made again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
JAVA_HOME=$(deploy/prerequisites.sh jdk)
export JAVA_HOME

# Built anew only when a source changed: two builds of the same sources differ in bytes, and so would the images.
sources=$(find pom.xml crds runner operator \( -path '*/src/main/*' -o -name pom.xml \) -type f -print0 | sort -z |
  xargs -0 sha256sum | sha256sum)
if [ "$sources" != "$(cat build/built 2>/dev/null)" ] ||
  [ ! -f runner/target/image/runner.jar ] || [ ! -f operator/target/quarkus-app/quarkus-run.jar ]; then
  mvn -q package -DskipTests >&2
  mkdir -p build
  echo "$sources" >build/built
fi
deploy/images/runner.sh | tail -1
deploy/images/operator.sh | tail -1
deploy/s3/build.sh | tail -1
deploy/model-service/build.sh | tail -1
deploy/test-target/build.sh | tail -1
