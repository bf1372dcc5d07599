#!/usr/bin/env bash
# Builds the image squall-test-target:dev, one static program, and prints the archive's path. Quick when built before.
# usage: build.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../images/common.sh
. "$here/../images/common.sh"

sources=(go.mod main.go clock.go log.go rules.go target.go build.sh)
archive=$SQUALL_CACHE/images/squall-test-target-$(hash_of "$here" "${sources[@]}").tar
if [ ! -f "$archive" ]; then
	need_go
	work=$(mktemp -d "$SQUALL_CACHE/test-target.XXXXXX")
	trap 'rm -rf "$work"' EXIT
	progress 30 "building the test target" env CGO_ENABLED=0 go build -C "$here" -trimpath -ldflags "-s -w" -o "$work/layer/target" .
	"$("$here/../images/tool.sh")" -output "$archive" -tag squall-test-target:dev -layer "$work/layer" \
		-entrypoint /target -port 8080 -label dev.squall.part=test-target >&2
fi
echo "$archive"
