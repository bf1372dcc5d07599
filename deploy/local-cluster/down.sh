#!/bin/bash
# Takes a cluster away: processes, mounts, network, cgroups, state. A cluster that does not exist is no error.
# usage: down.sh NAME
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ $# = 1 ] || fail "usage: down.sh NAME"
use "$1"
exec 8>"$state_root/.$name.lock"
flock 8 # one up or down of this cluster at a time
if [ -e "$state" ]; then
  take_away
  say "cluster $name is gone"
else
  say "there is no cluster $name"
fi
