#!/bin/bash
# Proves what Squall relies on: a folder is a bucket, and of many writers of one key with If-None-Match: * exactly one wins.
# usage: test.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../images/common.sh
. "$here/../images/common.sh"
passed=0 failed=0

check() {
  local what=$1
  shift
  if "$@" >"$scratch/output" 2>&1; then
    passed=$((passed + 1))
    say "ok      $what"
  else
    failed=$((failed + 1))
    say "FAILED  $what: $*"
    sed 's/^/        /' "$scratch/output" >&2
  fi
}
s3() { "$here/s3.sh" "$@"; }
refused() { ! s3 "$@" 2>"$scratch/refused" && grep -q 412 "$scratch/refused"; }

# one_wins KEY: 20 writers at once; one is answered with success, the others with 412, and the winner's text stays.
one_wins() {
  local writer pids=() won=0
  for writer in $(seq 20); do
    echo "writer $writer" >"$scratch/writer-$writer"
    (s3 create "$1" "$scratch/writer-$writer" && echo "$writer" >>"$scratch/winners") 2>"$scratch/error-$writer" &
    pids+=($!)
  done
  for writer in "${pids[@]}"; do ! wait "$writer" || won=$((won + 1)); done
  echo "$won of 20 won: $(cat "$scratch/winners"); the others:"
  cat "$scratch"/error-* | sort | uniq -c
  [ "$won" = 1 ] && [ "$(cat "$scratch"/error-* | grep -c 412)" = 19 ] && [ "$(s3 get "$1")" = "writer $(cat "$scratch/winners")" ]
}

scratch=$(mktemp -d)
gateway=
trap '[ -z "$gateway" ] || kill "$gateway"; rm -rf "$scratch"' EXIT
program=$("$here/gateway.sh")
mkdir -p "$scratch/data/load-tests"
port=$((20000 + RANDOM % 10000))
ROOT_ACCESS_KEY_ID=squall ROOT_SECRET_ACCESS_KEY=squall-for-tests-only \
  "$program" --port "127.0.0.1:$port" --keep-alive --quiet --health /health posix "$scratch/data" >"$scratch/gateway.log" 2>&1 &
gateway=$!
export S3_ENDPOINT=http://127.0.0.1:$port
for _ in $(seq 100); do
  curl --silent --fail --output /dev/null "$S3_ENDPOINT/health" && break
  kill -0 "$gateway" 2>/dev/null || { cat "$scratch/gateway.log" >&2; fail "the gateway ended; the lines above say why"; }
  sleep 0.1
done

echo first >"$scratch/first"
echo second >"$scratch/second"
check "a folder under the root is a bucket" s3 list
check "an object is created" s3 create models/run-1/claim "$scratch/first"
check "and not created again" refused create models/run-1/claim "$scratch/second"
check "its text is the first" grep -qx first <(s3 get models/run-1/claim)
check "a plain put overwrites" s3 put models/run-1/claim "$scratch/second"
check "and is read back" grep -qx second <(s3 get models/run-1/claim)
check "listing by prefix" grep -qx models/run-1/claim <(s3 list models/run-1/)
for round in 1 2 3; do
  rm -f "$scratch"/winners "$scratch"/error-*
  check "of 20 writers at once one wins (round $round)" one_wins "models/race-$round"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
