#!/bin/bash
# A small S3 client for tests: curl signs the requests.
# usage: s3.sh list [PREFIX] | get KEY | put KEY FILE | create KEY FILE (only if there is none: If-None-Match: *)
# env:   S3_ENDPOINT (http://host:9000), S3_BUCKET (load-tests), AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
#        (default: the keys of s3.yaml)
set -euo pipefail
endpoint=${S3_ENDPOINT:?set S3_ENDPOINT, such as http://10.99.1.7:9000}
bucket=${S3_BUCKET:-load-tests}
keys=${AWS_ACCESS_KEY_ID:-squall}:${AWS_SECRET_ACCESS_KEY:-squall-for-tests-only}

request() {
  local path=$1
  shift
  curl --silent --show-error --fail --max-time 30 --aws-sigv4 aws:amz:us-east-1:s3 --user "$keys" \
    -H "x-amz-content-sha256: UNSIGNED-PAYLOAD" "$@" "$endpoint/$bucket$path"
}

case ${1-} in
list)
  prefix=${2-}
  listing=$(request "?list-type=2&prefix=${prefix//\//%2F}")
  grep -o '<Key>[^<]*' <<<"$listing" | sed 's/<Key>//' || true
  ;;
get) request "/$2" ;;
put) request "/$2" --upload-file "$3" ;;
create) request "/$2" --upload-file "$3" -H "If-None-Match: *" ;;
*)
  sed -n '2,5s/^# //p' "$0" >&2
  exit 2
  ;;
esac
