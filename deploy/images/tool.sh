#!/bin/bash
# Builds the image tool (folder tool/) and prints the program's path. Quick when built before.
# usage: tool.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"

program=$SQUALL_CACHE/image-tool-$(hash_of "$here" tool)/image
if [ ! -x "$program" ]; then
  need_go
  mkdir -p "${program%/*}"
  new=$(mktemp "${program%/*}/.image-XXXXXX")
  trap 'rm -f "$new"' EXIT
  progress 30 "building the image tool" env CGO_ENABLED=0 go build -C "$here/tool" -trimpath -ldflags "-s -w" -o "$new" .
  mv "$new" "$program"
fi
echo "$program"
