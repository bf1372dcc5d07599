#!/bin/bash
# Brings up a real one-node Kubernetes in namespaces of its own and waits until it is ready; prints its kubeconfig's path.
# A cluster that is up already is left as it is. What a crashed one left behind is removed first.
# usage: up.sh NAME
# env:   SQUALL_STATE    folder of the clusters' state (default /var/tmp/squall)
#        SQUALL_NETWORK  first two numbers of the clusters' addresses (default 10.99)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"
[ $# = 1 ] || fail "usage: up.sh NAME"
use "$1"
bin=$("$here/build.sh" | tail -1)

exec 8>"$state_root/.$name.lock"
flock 8 # one up or down of this cluster at a time
if alive && [ -f "$state/ready" ]; then
  say "cluster $name is up already"
  echo "$state/kubeconfig"
  exit
fi
if [ -e "$state" ]; then
  say "removing what an earlier cluster $name left behind"
  take_away
fi

# remove_dead: what is left of clusters whose first process has ended, as after a reboot; else their numbers would run out.
remove_dead() {
  local folder
  for folder in "$state_root"/*/; do
    [ -f "$folder/number" ] || continue
    (
      use "$(basename "$folder")"
      exec 7>"$state_root/.$name.lock"
      flock --nonblock 7 || exit 0 # it is just coming up or going down
      alive || take_away
    )
  done
}

# take_number: the first number that no other cluster has; the lock holds until it is written down.
take_number() {
  local n
  exec 9>"$state_root/.lock"
  flock 9
  for n in $(seq 0 62); do
    grep -qx "$n" "$state_root"/*/number 2>/dev/null && continue
    number "$n"
    ip link show "$link" >/dev/null 2>&1 && continue
    [ -z "$(ip route show root "$pods")$(ip route show root "$services")" ] || continue
    mkdir -p "$state"
    echo "$n" >"$state/number"
    exec 9>&-
    return
  done
  fail "no free addresses under $network.0.0/16; take clusters down (ls $state_root) or set SQUALL_NETWORK"
}
remove_dead
take_number
mkdir -p "$state"/{pki,log,volumes}
ln -s "$bin" "$state/bin"

# certificate NAME SUBJECT SUBJECT_ALT_NAMES ALGORITHM…
certificate() {
  local file=$state/pki/$1 subject=$2 names=$3
  shift 3
  openssl req -new -nodes -newkey "$@" -keyout "$file.key" -subj "$subject" -out "$file.csr"
  openssl x509 -req -in "$file.csr" -CA "$state/pki/ca.crt" -CAkey "$state/pki/ca.key" -set_serial "0x$(openssl rand -hex 8)" \
    -days 3650 -out "$file.crt" -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$names")
}

certificates() {
  local ec=(ec -pkeyopt ec_paramgen_curve:prime256v1) service=kubernetes.default
  local names=DNS:localhost,DNS:kubernetes,DNS:$service,DNS:$service.svc,DNS:$service.svc.cluster.local
  openssl req -x509 -nodes -newkey "${ec[@]}" -keyout "$state/pki/ca.key" -out "$state/pki/ca.crt" -days 3650 \
    -subj "/CN=squall-$name"
  certificate apiserver /CN=kube-apiserver "$names,IP:127.0.0.1,IP:$node_address,IP:$api_service" "${ec[@]}"
  certificate kubelet /O=system:nodes/CN=system:node:node0 "DNS:node0,IP:$node_address" "${ec[@]}"
  certificate admin /O=system:masters/CN=admin DNS:admin rsa:2048 # RSA: some clients read no EC key from a kubeconfig
  openssl genrsa -out "$state/pki/sa.key" 2048
  openssl rsa -in "$state/pki/sa.key" -pubout -out "$state/pki/sa.pub"
}

# kubeconfig USER FILE: with everything inside, so the file can be moved.
kubeconfig() {
  cat >"$2" <<K
apiVersion: v1
kind: Config
clusters:
  - name: $name
    cluster: {server: "https://$node_address:6443", certificate-authority-data: $(base64 -w0 "$state/pki/ca.crt")}
users:
  - name: $1
    user:
      client-certificate-data: $(base64 -w0 "$state/pki/$1.crt")
      client-key-data: $(base64 -w0 "$state/pki/$1.key")
contexts: [{name: $name, context: {cluster: $name, user: $1}}]
current-context: $name
K
  chmod 600 "$2"
}

# given_up: the cluster cannot become ready any more, and says why.
given_up() { [ -f "$state/failed" ] || ! alive; }

# until_ready SECONDS WHAT LOG COMMAND…
until_ready() {
  local seconds=$1 what=$2 log=$state/log/$3
  shift 3
  await "$seconds" "$what" ready_or_given_up "$@" && ! given_up && return
  say "cluster $name did not come up: $(cat "$state/failed" 2>/dev/null || echo "no $what"). The end of $log:"
  tail -n 5 "$log" >&2 2>/dev/null || true
  fail "its logs are in $state/log; 'down.sh $name' removes it"
}
ready_or_given_up() { "$@" || given_up; }

# listens ADDRESS PORT: whether a TCP connection can be made; it is file 7 then.
listens() { exec 7<>"/dev/tcp/$1/$2"; }

# answers ADDRESS PORT PATH: whether an HTTP GET is answered with 200.
answers() {
  listens "$1" "$2" && printf 'GET %s HTTP/1.0\r\n\r\n' "$3" >&7 && head -1 <&7 | grep -q ' 200 '
}

certificates 2>"$state/log/openssl.log"
kubeconfig kubelet "$state/kubelet.kubeconfig"
kubeconfig admin "$state/kubeconfig"
cat >"$state/cluster.env" <<K
name=$name state=$state cgroup=$cgroup pods=$pods services=$services
node_address=$node_address
K
# The one tree of cgroup v2, or each controller's tree of v1.
for controller in cpuset cpu io memory pids; do
  [ ! -f /sys/fs/cgroup/cgroup.subtree_control ] || echo "+$controller" >/sys/fs/cgroup/cgroup.subtree_control || true
done
for tree in /sys/fs/cgroup /sys/fs/cgroup/*; do
  [ ! -f "$tree/cgroup.procs" ] || mkdir -p "$tree/$cgroup"
  [ ! -f /sys/fs/cgroup/cgroup.procs ] || break
done

# The first process writes down its pid and starts node.sh as process 1 of the cluster's namespaces.
# shellcheck disable=SC2016
setsid bash -c 'echo $$ >"$2/pid"; exec unshare --mount --net --pid --fork --kill-child=KILL --mount-proc "$1/node.sh" "$2"' \
  start "$here" "$state" </dev/null >"$state/log/node.log" 2>&1 8>&- &
await 10 "the cluster's first process; see $state/log/node.log" [ -s "$state/pid" ] || fail "cannot start cluster $name"
pid=$(cat "$state/pid")
await 10 "the cluster's namespaces; see $state/log/node.log" [ ! "/proc/$pid/ns/net" -ef /proc/self/ns/net ] ||
  fail "cannot make a network namespace"
ip link add "$link" type veth peer name eth0 netns "$pid" # `ip` takes the process's namespace, and no name is left behind
ip addr add "$host_address/30" dev "$link"
ip link set "$link" up
ip route add "$pods" via "$node_address"
ip route add "$services" via "$node_address"

kubectl=("$bin/kubectl" --kubeconfig "$state/kubeconfig")
until_ready 180 "API server" kube-apiserver.log "${kubectl[@]}" get --raw /readyz
"${kubectl[@]}" apply --server-side -f "$here/addons.yaml" >/dev/null
for i in $(seq 0 15); do
  mkdir -m 0777 "$state/volumes/$i"
  chmod 0777 "$state/volumes/$i"
  cat <<K
---
{apiVersion: v1, kind: PersistentVolume, metadata: {name: local-$i}, spec: {storageClassName: local,
 capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce, ReadWriteMany], persistentVolumeReclaimPolicy: Retain,
 hostPath: {path: "$state/volumes/$i"}}}
K
done | "${kubectl[@]}" create -f - >/dev/null
until_ready 120 "node" kubelet.log "${kubectl[@]}" wait --for=condition=Ready node/node0 --timeout=1s
until_ready 60 "default service account" kube-controller-manager.log "${kubectl[@]}" get -n default serviceaccount default
until_ready 60 "DNS server" coredns.log answers "$node_address" 8181 /ready
# It says that it is ready before it has its own port, and on a busy machine long before.
until_ready 60 "DNS server on port 53" coredns.log listens "$node_address" 53
touch "$state/ready"
say "cluster $name is up after $SECONDS s: Kubernetes at https://$node_address:6443, pods $pods, services $services"
echo "$state/kubeconfig"
