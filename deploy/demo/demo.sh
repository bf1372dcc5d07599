#!/usr/bin/env bash
# The main job, end to end: brings up what is missing, runs the seed's LoadTest on a real Kubernetes against the model
# service, shows its progress and its results, and fetches the CSV files.
#   demo.sh up     KUBECONFIG, if set, names the cluster to use; else the project's local cluster `demo` is brought up
#   demo.sh down   ends the local cluster
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cluster=demo
runner_cpus= # as the operator has it by default
namespace=models
test=heart-disease
port=19000 # of this machine, forwarded to the object storage for fetching the files

say() { printf '\033[1m▸ %s\033[0m\n' "$*" >&2; }

down() {
  deploy/local-cluster/down.sh "$cluster"
}

build() {
  deploy/prerequisites.sh check jdk mvn go python3 curl
  if [ -z "${KUBECONFIG:-}" ]; then
    deploy/prerequisites.sh check root
    runner_cpus=0 # this machine may not have a whole one for each runner
    say "local Kubernetes (built once, about 5 minutes; then up in seconds)"
    KUBECONFIG=$(deploy/local-cluster/up.sh "$cluster" | tail -1)
    PATH=$(dirname "$KUBECONFIG")/bin:$PATH
    say "images (built once)"
    local archives
    deploy/images/all.sh >/dev/null
    mapfile -t archives <build/images.txt
    deploy/local-cluster/load.sh "$cluster" "${archives[@]}"
  fi
  export KUBECONFIG PATH
}

install() {
  say "installing Squall, the object storage and the model service"
  kubectl apply -f deploy/install.yaml -f deploy/s3/s3.yaml -f deploy/model-service/model-service.yaml >/dev/null
  kubectl apply -n "$namespace" -f deploy/s3/credentials.yaml >/dev/null
  [ -z "$runner_cpus" ] || kubectl -n squall-system set env deployment/squall-operator "SQUALL_RUNNER_CPUS=$runner_cpus" >/dev/null
  kubectl wait --for=condition=Established crd/loadtests.squall.dev crd/loadtestruns.squall.dev --timeout=60s >/dev/null
  kubectl -n squall-system rollout status deployment/squall-operator --timeout=180s >&2
  kubectl -n storage rollout status deployment/s3 --timeout=180s >&2
  kubectl -n "$namespace" rollout status deployment/heart-disease --timeout=180s >&2
}

# Applying the same content again starts nothing (that is what GitOps needs), so from the second time on a run is created.
start() {
  local before
  before=$(kubectl -n "$namespace" get loadtest "$test" -o jsonpath='{.status.currentRun}' 2>/dev/null || true)
  say "kubectl apply -f deploy/samples/heart-disease.yaml"
  kubectl apply -f deploy/samples/heart-disease.yaml >&2
  if [ -n "$before" ]; then
    run=$(kubectl -n "$namespace" create -o jsonpath='{.metadata.name}' -f - <<Y
{apiVersion: squall.dev/v1alpha1, kind: LoadTestRun, metadata: {generateName: $test-again-}, spec: {loadTest: $test}}
Y
    )
  else
    kubectl -n "$namespace" wait --for=jsonpath='{.status.currentRun}' "loadtest/$test" --timeout=60s >/dev/null
    run=$(kubectl -n "$namespace" get loadtest "$test" -o jsonpath='{.status.currentRun}')
  fi
}

watch() {
  local line last="" deadline=$((SECONDS + 420))
  printf '%-10s %6s %9s %7s %10s %s\n' PHASE USERS REQUESTS REQ/S P95 FAILURES >&2
  while [ $SECONDS -lt $deadline ]; do
    line=$(kubectl -n "$namespace" get loadtestrun "$run" -o jsonpath='{.status.phase}|{.status.users}|{.status.requests}|{.status.display.requestsPerSecond}|{.status.display.p95}|{.status.display.failures}')
    if [ "$line" != "$last" ]; then
      last=$line
      IFS='|' read -r phase users requests rate p95 failures <<<"$line"
      printf '%-10s %6s %9s %7s %10s %s\n' "$phase" "$users" "$requests" "$rate" "$p95" "$failures" >&2
    fi
    [ "${line%%|*}" = Completed ] && return
    sleep 1
  done
  say "the run did not end in time; see: kubectl -n $namespace describe loadtestrun $run"
  return 1
}

report() {
  echo
  kubectl -n "$namespace" get loadtest "$test"
  echo
  kubectl -n "$namespace" get loadtestrun "$run" -o json | python3 deploy/demo/table.py
  fetch
}

fetch() {
  local folder=results/$run names name key secret
  mkdir -p "$folder"
  key=$(kubectl -n "$namespace" get secret s3 -o jsonpath='{.data.AWS_ACCESS_KEY_ID}' | base64 -d)
  secret=$(kubectl -n "$namespace" get secret s3 -o jsonpath='{.data.AWS_SECRET_ACCESS_KEY}' | base64 -d)
  kubectl -n storage port-forward service/s3 "$port:9000" >/dev/null &
  local forward=$!
  # shellcheck disable=SC2064
  trap "kill $forward 2>/dev/null || true" RETURN EXIT
  mapfile -t names < <(kubectl -n "$namespace" get loadtestrun "$run" -o jsonpath='{range .status.files[*]}{.url}{"\n"}{end}')
  export S3_ENDPOINT=http://127.0.0.1:$port AWS_ACCESS_KEY_ID=$key AWS_SECRET_ACCESS_KEY=$secret
  curl -s --retry 50 --retry-connrefused --retry-delay 1 -o /dev/null "$S3_ENDPOINT/health" # until the port is forwarded
  for name in "${names[@]}"; do
    name=${name#s3://}
    S3_BUCKET=${name%%/*} deploy/s3/s3.sh get "${name#*/}" >"$folder/${name##*/}"
  done
  echo
  echo "Files in object storage: ${names[0]%/*}/"
  echo "Fetched into $folder:"
  (cd "$folder" && wc -c -- * | sed '$d')
}

case "${1:-up}" in
  up)
    build
    install
    start
    watch
    report
    ;;
  down) down ;;
  *)
    echo "usage: $0 up|down" >&2
    exit 2
    ;;
esac
