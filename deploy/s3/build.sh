#!/bin/bash
# Builds the image squall-s3:dev, Versity's S3 gateway as one static program, and prints the archive's path.
# Quick when built before.
# usage: build.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../images/common.sh
. "$here/../images/common.sh"

program=$("$here/gateway.sh")
archive=$SQUALL_CACHE/images/squall-s3-$(hash_of "$here" go.mod go.sum gateway.sh build.sh).tar
if [ ! -f "$archive" ]; then
  "$("$here/../images/tool.sh")" -output "$archive" -tag squall-s3:dev -layer "${program%/*}" \
    -entrypoint /versitygw -env VGW_PORT=:9000 -command posix -command /data -port 9000 -label dev.squall.part=s3 >&2
fi
echo "$archive"
