#!/bin/bash
# Builds Versity's S3 gateway and prints the program's path. Quick when built before.
# usage: gateway.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../images/common.sh
. "$here/../images/common.sh"

program=$SQUALL_CACHE/s3-$(hash_of "$here" go.mod go.sum gateway.sh)/versitygw
if [ ! -x "$program" ]; then
  need_go
  lock s3-gateway
  if [ ! -x "$program" ]; then
    mkdir -p "${program%/*}"
    new=$(mktemp "$SQUALL_CACHE/.versitygw-XXXXXX")
    trap 'rm -f "$new"' EXIT
    progress 60 "building the S3 gateway" env CGO_ENABLED=0 nice go build -C "$here" -trimpath -ldflags "-s -w" \
      -o "$new" github.com/versity/versitygw/cmd/versitygw
    chmod 755 "$new"
    mv "$new" "$program"
  fi
fi
echo "$program"
