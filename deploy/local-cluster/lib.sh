# Sourced by up.sh, down.sh and load.sh: what a cluster's name stands for, and how it is taken away. Not a program.
# shellcheck shell=bash

state_root=${SQUALL_STATE:-/var/tmp/squall}
network=${SQUALL_NETWORK:-10.99}

say() { echo "${0##*/}: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# use NAME: checks the name and sets $name, $state and $cgroup.
use() {
  name=$1
  [[ $name =~ ^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$ ]] ||
    fail "'$name' cannot be a cluster's name: take 1 to 20 lower-case letters, digits and inner hyphens"
  [ "$(id -u)" = 0 ] || fail "needs root: a cluster is made of namespaces, mounts and cgroups"
  mkdir -p "$state_root"
  state_root=$(cd "$state_root" && pwd -P)
  case $state_root/ in
    /run/* | /var/run/* | /var/log/* | /var/lib/cni/*) fail "SQUALL_STATE cannot lie in $state_root; take another folder" ;;
  esac
  state=$state_root/$name
  cgroup=squall-$name
}

# shellcheck disable=SC2034
# number N: sets the addresses of the cluster with this number. Each has four /24 of the network: pods, services, node.
number() {
  link=squall$1
  pods=$network.$((4 * $1)).0/24
  services=$network.$((4 * $1 + 1)).0/24
  api_service=$network.$((4 * $1 + 1)).1
  host_address=$network.$((4 * $1 + 2)).1
  node_address=$network.$((4 * $1 + 2)).2
}

# alive: whether the cluster's first process runs. It is known by its pid and by the state folder among its arguments.
alive() {
  local pid
  pid=$(cat "$state/pid" 2>/dev/null) && [ -n "$pid" ] &&
    tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF -- "$state"
}

# await SECONDS WHAT COMMAND…: polls until the command succeeds. Returns 1 when the time is over.
await() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || { say "gave up waiting for $what"; return 1; }
    sleep 0.2
  done
}

# take_away: ends the cluster and removes all that it made. Its processes share one process namespace, whose first
# process is killed, so the kernel ends the rest; mounts, network and links go with their namespaces.
take_away() {
  if alive; then
    kill -KILL "$(cat "$state/pid")"
  fi
  await 60 "the processes of cluster $name to end; they stand in cgroup.procs below /sys/fs/cgroup/*/$cgroup" no_cgroups
  if [ -f "$state/number" ]; then
    number "$(cat "$state/number")"
    await 120 "the network link $link to go; remove it with 'ip link del $link'" no_link
  fi
  rm -rf --one-file-system "$state"
}

# no_link: the kernel removes the link with its namespace, but under load that may take it a minute.
no_link() {
  ip link del "$link" || true
  ! ip link show "$link"
}

# no_cgroups: removes what can be removed by now; succeeds when nothing is left. A cgroup with processes refuses.
no_cgroups() {
  local tree left=0
  for tree in "/sys/fs/cgroup/$cgroup" "/sys/fs/cgroup"/*/"$cgroup"; do
    [ -d "$tree" ] || continue
    find "$tree" -depth -type d -exec rmdir {} + || true
    [ ! -d "$tree" ] || left=1
  done
  [ "$left" = 0 ] && ! alive
}
