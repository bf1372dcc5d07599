#!/bin/bash
# Proves that two clusters live side by side for three minutes and leave nothing behind. Needs root; takes 4 minutes.
# usage: test.sh [REPORT.xml]    the report in JUnit's form
# env:   WATCH_SECONDS  how long the two are watched (default 180)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../images/common.sh
. "$here/../images/common.sh"
watch_seconds=${WATCH_SECONDS:-180}
state_root=${SQUALL_STATE:-/var/tmp/squall}
clusters=(lctest-a lctest-b)
passed=0 failed=0
report=${1-}

# check WHAT COMMAND…
check() {
  local what=$1
  shift
  if "$@" >"$scratch/output" 2>&1; then
    passed=$((passed + 1))
    say "ok      $what"
    printf '%s\0\0' "$what" >>"$scratch/cases"
  else
    failed=$((failed + 1))
    printf '%s\0%s\0' "$what" "$(grep . "$scratch/output" || echo 'no output')" >>"$scratch/cases"
    say "FAILED  $what: $*"
    sed 's/^/        /' "$scratch/output" >&2
  fi
}

# footprint: all that a cluster could leave on this machine, in a stable order. Others may come and go meanwhile, so what
# has a name is looked for by it.
footprint() {
  echo "links and routes:"
  for cluster in "${clusters[@]}"; do
    ip -o link show "squall${number[$cluster]-}" 2>/dev/null || true
  done
  ip route show | grep -E "dev squall(${number[lctest-a]-x}|${number[lctest-b]-x}) " || true
  ip netns list | grep '^cni-' || true
  echo "iptables:"
  iptables-save 2>/dev/null | grep -v '^#' || true
  echo "mounts:"
  grep -E "lctest-|cni-" /proc/mounts || true
  echo "cgroups:"
  find /sys/fs/cgroup -maxdepth 2 -name 'squall-lctest-*'
  echo "processes:"
  grep -l 'squall-lctest-' /proc/[0-9]*/cgroup 2>/dev/null || true
  grep -lzE "/lctest-[ab](/|\$)" /proc/[0-9]*/cmdline 2>/dev/null || true
  echo "files:"
  ls -A /run/containerd /opt/containerd /var/lib/{cni,kubelet} /var/log/{pods,containers} 2>/dev/null || true
  ls -Ad "$state_root"/lctest-* 2>/dev/null || true
  echo "settings:"
  cat /proc/sys/vm/overcommit_memory /proc/sys/kernel/panic /proc/sys/kernel/panic_on_oops /proc/sys/net/ipv4/ip_forward
}

k() {
  local cluster=$1
  shift
  "$state_root/$cluster/bin/kubectl" --kubeconfig "$state_root/$cluster/kubeconfig" -n probe "$@"
}

# says CLUSTER PATTERN COMMAND…: whether the command in the server's pod prints what the pattern matches.
says() {
  local cluster=$1 pattern=$2
  shift 2
  k "$cluster" exec deploy/server -- /testpod "$@" | tee /dev/stderr | grep -Eq "$pattern"
}

# refused CLUSTER COMMAND…: whether the command in the server's pod fails.
refused() {
  ! k "$1" exec deploy/server -- /testpod "${@:2}"
}

# from_host ADDRESS PORT: whether an HTTP server answers on this machine's own network.
# shellcheck disable=SC2016
from_host() {
  timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/$2" && printf "GET / HTTP/1.0\r\n\r\n" >&3 && head -1 <&3 | grep " 200 "' - "$1" "$2"
}

# cpu_held CLUSTER: whether 2 busy threads got no more than the limit of 200m (with half as much again for the start).
cpu_held() {
  local got
  got=$(k "$1" exec deploy/server -- /testpod burn 3s)
  echo "$got ms of processor time in 3 s under a limit of 200m"
  [ "$got" -le 900 ] && [ "$got" -ge 200 ]
}

# calm CLUSTER: the same two pods, ready, never restarted.
calm() {
  local now
  local container='{.status.containerStatuses[0]'
  now=$(k "$1" get pods -o "jsonpath={range .items[*]}{.metadata.uid} $container.ready} $container.restartCount}{'\n'}{end}" | sort)
  [ -n "${pods[$1]-}" ] || pods[$1]=$now
  [ "$now" = "${pods[$1]}" ] && [ "$(grep -c ' true 0$' <<<"$now")" = 2 ] && return
  printf 'at first:\n%s\nnow:\n%s\n' "${pods[$1]}" "$now"
  k "$1" get events --sort-by=.lastTimestamp | tail -20
  return 1
}

watch_both() {
  local deadline=$((SECONDS + watch_seconds)) cluster
  while [ $SECONDS -lt $deadline ]; do
    for cluster in "${clusters[@]}"; do
      calm "$cluster" || return 1
      from_host "${service[$cluster]}" 80 || { echo "no answer from the Service in $cluster"; return 1; }
    done
    sleep 2
  done
}

cleanup() {
  for cluster in "${clusters[@]}"; do "$here/down.sh" "$cluster" || true; done
  rm -rf "$scratch"
}

declare -A number=() pods=() service=()
scratch=$(mktemp -d)
trap cleanup EXIT
"$here/build.sh" >/dev/null
for cluster in "${clusters[@]}"; do "$here/down.sh" "$cluster"; done
footprint >"$scratch/before"

mkdir "$scratch/layer"
CGO_ENABLED=0 go build -trimpath -o "$scratch/layer/testpod" "$here/testpod/main.go"
"$("$here/../images/tool.sh")" -output "$scratch/testpod.tar" -tag squall-testpod:1 -layer "$scratch/layer" \
  -entrypoint /testpod >/dev/null

# Both at once: they must not take the same number.
"$here/up.sh" "${clusters[0]}" >/dev/null &
first=$!
check "cluster ${clusters[1]} comes up" "$here/up.sh" "${clusters[1]}"
check "cluster ${clusters[0]} comes up at the same time" wait "$first"
check "up.sh on a running cluster says so" grep "is up already" <("$here/up.sh" "${clusters[0]}" 2>&1)
for cluster in "${clusters[@]}"; do
  number[$cluster]=$(cat "$state_root/$cluster/number")
  check "$cluster loads an image" "$here/load.sh" "$cluster" "$scratch/testpod.tar"
  check "$cluster takes restricted pods, a claim, a Service and a NetworkPolicy" k "$cluster" apply -f "$here/testpod/pods.yaml"
done
for cluster in "${clusters[@]}"; do
  check "$cluster: the pods become ready" k "$cluster" rollout status deployment/server --timeout=90s
  check "$cluster: the claim is bound" k "$cluster" wait --for=jsonpath='{.status.phase}'=Bound pvc/data --timeout=30s
  service[$cluster]=$(k "$cluster" get service server -o jsonpath='{.spec.clusterIP}')
  check "$cluster: logs" grep "serving as" <(k "$cluster" logs deploy/server)
  check "$cluster: exec and DNS" says "$cluster" "^${service[$cluster]}\$" lookup server.probe.svc.cluster.local
  check "$cluster: DNS by the search path" says "$cluster" "^${service[$cluster]}\$" lookup server
  check "$cluster: DNS of another namespace" says "$cluster" "\.1\$" lookup kubernetes.default
  check "$cluster: a name that does not exist" grep "no such host" <(says "$cluster" . lookup nowhere.example 2>&1)
  check "$cluster: a pod reaches its own Service" says "$cluster" "^server-" get http://server.probe
  check "$cluster: the volume can be written" k "$cluster" exec deploy/server -- /testpod write /data/file text
  check "$cluster: the root file system cannot" refused "$cluster" write /file text
  check "$cluster: this machine reaches the Service" from_host "${service[$cluster]}" 80
  check "$cluster: this machine reaches a pod" from_host "$(k "$cluster" get pods -o jsonpath='{.items[0].status.podIP}')" 8080
  check "$cluster: the processor limit holds" cpu_held "$cluster"
done
say "watching both for $watch_seconds s"
check "both are calm for $watch_seconds s" watch_both
check "${clusters[0]} goes" "$here/down.sh" "${clusters[0]}"
check "${clusters[1]} stays calm" calm "${clusters[1]}"
check "${clusters[1]} still answers" from_host "${service[lctest-b]}" 80

# A crash: only the first process is killed, and the folder is left. The next up clears it away.
kill -KILL "$(cat "$state_root/lctest-b/pid")"
check "up of another cluster removes the crashed one" "$here/up.sh" "${clusters[0]}"
check "nothing of it is left" test ! -e "$state_root/lctest-b"
kill -KILL "$(cat "$state_root/lctest-a/pid")"
check "up of the crashed one itself" "$here/up.sh" "${clusters[0]}"
check "${clusters[0]} goes again" "$here/down.sh" "${clusters[0]}"
footprint >"$scratch/after"
check "nothing is left on this machine" diff "$scratch/before" "$scratch/after"

# write_report: the cases as JUnit's XML.
write_report() {
  python3 -c '
import sys
import xml.etree.ElementTree as ET
fields = sys.stdin.buffer.read().decode(errors="replace").split("\0")[:-1]
suite = ET.Element("testsuite", name="local-cluster")
for name, output in zip(fields[::2], fields[1::2]):
    case = ET.SubElement(suite, "testcase", classname="local-cluster", name=name)
    if output:
        ET.SubElement(case, "failure").text = "".join(c if c.isprintable() or c == "\n" else "?" for c in output)
ET.ElementTree(suite).write(sys.argv[1])
' "$1" <"$scratch/cases"
}

[ -z "$report" ] || write_report "$report"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
