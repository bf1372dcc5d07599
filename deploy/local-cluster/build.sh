#!/bin/bash
# Builds what a local cluster is made of, into ${SQUALL_CACHE:-~/.cache/squall}/kube-<hash of the sources>, and prints
# that folder's bin as its last line. Installs the Debian packages that are missing. Quick when built before.
# usage: build.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../images/common.sh
. "$here/../images/common.sh"
kubernetes=v1.36.3

install_packages() {
  local missing=() entry
  for entry in containerd:containerd ctr:containerd runc:runc iptables:iptables ip:iproute2 conntrack:conntrack \
    socat:socat ethtool:ethtool openssl:openssl unshare:util-linux mount:mount; do
    command -v "${entry%%:*}" >/dev/null || missing+=("${entry#*:}")
  done
  [ -x /usr/lib/cni/ptp ] || missing+=(containernetworking-plugins)
  [ ${#missing[@]} -gt 0 ] || return 0
  { command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; } ||
    fail "install these packages first (this script does it as root on Debian): ${missing[*]}"
  progress 60 "installing the Debian packages ${missing[*]}" apt_install "${missing[@]}"
}

# apt_install waits for another apt-get's lock rather than fail on it.
apt_install() {
  local apt=(apt-get -qq -o DPkg::Lock::Timeout=300)
  DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends "$@" && return
  "${apt[@]}" update && DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends "$@"
}

# build is a chain of && since `progress` calls it where `set -e` has no effect.
build() {
  local new=$1 component pkg=k8s.io/component-base/version version=${kubernetes#v}
  local minor=${version#*.}
  mkdir -p "$new/bin" "$new/pause" &&
    CGO_ENABLED=0 nice go build -C "$here/kube" -trimpath -o "$new/bin/kube" -ldflags \
      "-s -w -X $pkg.gitVersion=$kubernetes -X $pkg.gitMajor=${version%%.*} -X $pkg.gitMinor=${minor%%.*}" . &&
    for component in etcd kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet kubectl coredns; do
      ln -s kube "$new/bin/$component" || return
    done &&
    CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$new/pause/pause" "$here/pause/main.go" &&
    "$image" -output "$new/pause.tar" -tag squall-pause:1 -layer "$new/pause" -entrypoint /pause
}

install_packages
out=$SQUALL_CACHE/kube-$(hash_of "$here" kube pause build.sh)
if [ ! -d "$out" ]; then
  need_go
  image=$("$here/../images/tool.sh")
  lock kube
  if [ ! -d "$out" ]; then
    new=$(mktemp -d "$SQUALL_CACHE/.kube-XXXXXX")
    trap 'rm -rf "$new"' EXIT
    chmod 755 "$new"
    progress 300 "building Kubernetes $kubernetes" build "$new"
    mv "$new" "$out"
  fi
fi
echo "$out/bin"
