#!/usr/bin/env bash
# Makes every image of the project; prints the archives' paths, one a line, and leaves them in build/images.txt. What has
# not changed is not made again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
JAVA_HOME=$(deploy/prerequisites.sh jdk)
export JAVA_HOME
mkdir -p build
rm -f build/images.txt # a failed build leaves none, so that nobody takes an earlier one's

# Built anew only when a source changed: two builds of the same sources differ in bytes, and so would the images.
sources=$(find pom.xml crds runner operator \( -path '*/src/main/*' -o -name pom.xml \) -type f -print0 | sort -z |
  xargs -0 sha256sum | sha256sum)
if [ "$sources" != "$(cat build/built 2>/dev/null)" ] ||
  [ ! -f runner/target/image/runner.jar ] || [ ! -f operator/target/quarkus-app/quarkus-run.jar ]; then
  mvn -q package -DskipTests >&2
  echo "$sources" >build/built
fi
for script in deploy/images/runner.sh deploy/images/operator.sh deploy/s3/build.sh deploy/model-service/build.sh \
  deploy/test-target/build.sh; do
  "$script" | tail -1
done | tee build/images.new
mv build/images.new build/images.txt
