#!/bin/bash
# Loads images into a cluster. Pods then use them with imagePullPolicy IfNotPresent or Never.
# usage: load.sh NAME IMAGE.tar…
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ $# -ge 2 ] || fail "usage: load.sh NAME IMAGE.tar…"
use "$1"
shift
alive || fail "cluster $name is not up; 'up.sh $name' brings it up"
for archive; do
  [ -f "$archive" ] || fail "$archive is not there; build the image first (deploy/images)"
  ctr -a "$state/containerd.sock" -n k8s.io images import "$archive" >&2 ||
    fail "cannot load $archive; see $state/log/containerd.log"
done
