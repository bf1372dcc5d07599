#!/bin/bash
# Process 1 of a cluster's namespaces: mounts what must be the cluster's own, starts the components, and says in the
# file `failed` when one ends. Started by up.sh; not to be called by hand.
# usage: node.sh STATE
set -euo pipefail
cd "$1"
# shellcheck disable=SC1091
. ./cluster.env
: "${name:?}" "${state:?}" "${cgroup:?}" "${pods:?}" "${services:?}" "${node_address:?}" # what it says
PATH=$state/bin:$PATH
ulimit -n "$(ulimit -Hn)" # pods inherit it, and a runner opens many connections

# Nothing below is seen outside: up.sh has started this in its own mount namespace. /run would get the containers'
# sockets and network namespaces, /var/log their logs, /var/lib/cni their addresses.
mount --make-rshared /
mkdir -p run var-log cni/results cni/conf /var/lib/cni
mount --bind run /run
mount --bind var-log /var/log
mount --bind cni/results /var/lib/cni
# The kubelet sets these for the whole machine. Here it finds them set.
for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
  kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
  mkdir -p "settings/${setting%/*}"
  echo "${setting#*=}" >"settings/${setting%=*}"
  mount --bind "settings/${setting%=*}" "/proc/sys/${setting%=*}"
done

ip link set lo up
until ip link show eth0 >/dev/null 2>&1; do sleep 0.05; done # up.sh puts it here
ip addr add "$node_address/30" dev eth0
ip link set eth0 up
# Services need a route before the addresses are rewritten. There is none beyond the host: load stays on the machine.
ip route add "$services" dev eth0
ip route add unreachable default
sysctl -qw net.ipv4.ip_forward=1

cat >containerd.toml <<K
version = 2
root = "$state/containerd/root"
state = "$state/containerd/state"
disabled_plugins = [
  "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs",
  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.devmapper"]
[grpc]
  address = "$state/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
  path = "$state/containerd/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "squall-pause:1"
  restrict_oom_score_adj = true # without it runc fails where root may not lower the score
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$state/cni/conf"
K
# Point-to-point links rather than a bridge: what goes between pods is routed, so addresses of services are rewritten
# also where the kernel has no br_netfilter.
cat >cni/conf/10-squall.conflist <<K
{"cniVersion": "0.4.0", "name": "squall", "plugins": [
  {"type": "ptp", "ipMasq": false, "ipam": {"type": "host-local", "dataDir": "$state/cni/leases",
   "ranges": [[{"subnet": "$pods"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
K
cat >kubelet.yaml <<K
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $state/pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $state/pki/kubelet.crt
tlsPrivateKeyFile: $state/pki/kubelet.key
cgroupRoot: /$cgroup
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
enforceNodeAllocatable: []
containerRuntimeEndpoint: unix://$state/containerd.sock
clusterDNS: [$node_address]
clusterDomain: cluster.local
resolvConf: ""
evictionHard: {memory.available: "100Mi", nodefs.available: "1%", imagefs.available: "1%"}
imageGCHighThresholdPercent: 100
volumePluginDir: $state/kubelet/plugins
K
cat >Corefile <<K
cluster.local:53 in-addr.arpa:53 {
    bind $node_address
    errors
    ready $node_address:8181
    kubernetes cluster.local in-addr.arpa {
        kubeconfig $state/kubeconfig $name
        pods insecure
    }
    cache 5
}
.:53 {
    bind $node_address
    template ANY ANY {
        rcode NXDOMAIN
    }
}
K

declare -A component=()
run() {
  "$@" >"log/$1.log" 2>&1 &
  component[$!]=$1
}

# await COMMAND…: polls until it succeeds or a component has ended; up.sh watches the time.
await() {
  until "$@" >/dev/null 2>&1; do
    watch_once
    sleep 0.2
  done
}
watch_once() {
  local pid
  for pid in "${!component[@]}"; do
    [ -d "/proc/$pid" ] && continue
    local code=0
    wait "$pid" || code=$?
    echo "${component[$pid]} ended with exit code $code; see $state/log/${component[$pid]}.log" | tee failed
    unset "component[$pid]"
  done
}

run etcd --data-dir="$state/etcd"
run containerd --config containerd.toml
run kube-apiserver --etcd-servers=http://127.0.0.1:2379 --advertise-address="$node_address" \
  --service-cluster-ip-range="$services" --allow-privileged=true \
  --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --client-ca-file=pki/ca.crt \
  --tls-cert-file=pki/apiserver.crt --tls-private-key-file=pki/apiserver.key \
  --service-account-issuer=https://kubernetes.default.svc.cluster.local \
  --service-account-key-file=pki/sa.pub --service-account-signing-key-file=pki/sa.key \
  --kubelet-client-certificate=pki/admin.crt --kubelet-client-key=pki/admin.key \
  --kubelet-certificate-authority=pki/ca.crt --kubelet-preferred-address-types=InternalIP
await ctr -a containerd.sock version
await ctr -a containerd.sock -n k8s.io images import bin/../pause.tar
await kubectl --kubeconfig kubeconfig get --raw /readyz
run kube-controller-manager --kubeconfig=kubeconfig --leader-elect=false --root-ca-file=pki/ca.crt \
  --service-account-private-key-file=pki/sa.key \
  --cluster-signing-cert-file=pki/ca.crt --cluster-signing-key-file=pki/ca.key
run kube-scheduler --kubeconfig=kubeconfig --leader-elect=false
run kube-proxy --kubeconfig=kubeconfig --hostname-override=node0 --proxy-mode=iptables --cluster-cidr="$pods" \
  --conntrack-max-per-core=0
run coredns --conf Corefile
run kubelet --kubeconfig=kubelet.kubeconfig --config=kubelet.yaml --hostname-override=node0 --node-ip="$node_address" \
  --root-dir="$state/kubelet"
while :; do
  watch_once
  sleep 1
done
