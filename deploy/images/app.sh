#!/bin/bash
# Builds the image NAME:dev of a Java program and prints the archive's path: the runtime of jre.sh, the program's folder
# as /app, and an AOT cache made by a training run in the image's own files. Quick when nothing changed.
# runner.sh and operator.sh call it.
# usage: app.sh --name NAME --folder FOLDER --jar FILE [--modules NAME,NAME…] [--at-most MB] [--train COMMAND-TAIL [--until REGEX] [--api] | --no-aot]
#   --folder  what becomes /app
#   --jar     the jar in it that starts the program
#   --at-most the image's largest size, uncompressed; a larger one is an error
#   --train   the words after the JVM's flags in the training run, split at blanks.
#             Default: the words in NAME.train beside this script
#   --until   the training run is over when the program has printed a line like this; without it, the program ends itself
#   --api     in training, 127.0.0.1:8001 answers as an empty Kubernetes API server
# The flags of the JVM stand in NAME.flags beside this script; training and image share them.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"

name='' folder='' jar='' modules=() train='' until='' api='' aot=yes trainee='' at_most=''
limit=180 # seconds that a training run may take
while [ $# -gt 0 ]; do
  case $1 in
    --name) name=$2 && shift ;;
    --folder) folder=$2 && shift ;;
    --jar) jar=$2 && shift ;;
    --modules) modules=(--modules "$2") && shift ;;
    --at-most) at_most=$2 && shift ;;
    --train) train=$2 && shift ;;
    --until) until=$2 && shift ;;
    --api) api=yes ;;
    --no-aot) aot=no ;;
    *) fail "unknown argument '$1'; see the head of $0" ;;
  esac
  shift
done
part=${name#squall-}
[ -f "$folder/$jar" ] || fail "$folder/$jar is not there; build it first: mvn -q package -DskipTests"
flags=$here/$part.flags
[ -n "$train" ] || train=$(tr '\n' ' ' <"$here/$part.train")
read -ra train_words <<<"$train"

jdk=$(find_jdk)
jre=$("$here/jre.sh" "${modules[@]}")
tool=$("$here/tool.sh")
key=$({ echo "$jre" "$jar" "$aot" "$train" "$until" "$api"; hash_of "$folder" .
  hash_of "$here" "$part.flags" app.sh files.sh training-api
  cat "$here/$part.without" 2>/dev/null || true; } | hash_input)
archive=$SQUALL_CACHE/images/$name-$key.tar
if [ -f "$archive" ]; then
  echo "$archive"
  exit
fi
lock "$name"
[ ! -f "$archive" ] || { echo "$archive"; exit; }

work=$(mktemp -d "$SQUALL_CACHE/images/.$name-XXXXXX")
trap '[ -z "$trainee" ] || kill -KILL "$trainee"; rm -rf --one-file-system "$work"' EXIT
mkdir -p "$work"/{app,aot/app,root}
"$here/files.sh" program "$jdk" "$folder" "$flags" "$work/app"

# java_in_image ARGUMENT…: becomes the image's java on the image's files, in namespaces of its own with only a loopback
# network. To be called in a subshell.
# shellcheck disable=SC2016
java_in_image() {
  exec unshare --mount --pid --net --fork --kill-child=KILL bash -c '
    set -e
    ip link set lo up
    mount --bind "$1" "$1"
    cd "$1"
    mount -t proc proc proc
    mount --rbind /dev dev
    mount -t tmpfs tmpfs tmp
    [ -z "$2" ] || "$2" &
    shift 2
    exec env -i JAVA_HOME=/opt/jre LANG=C.UTF-8 HOME=/home/nonroot "$(command -v chroot)" . /opt/jre/bin/java "$@"
  ' java_in_image "$work/root" "$api" "$@" </dev/null
}

# train_cache: what the program and the JVM say is shown only if it fails; the JVM warns of each class it leaves out.
train_cache() {
  local deadline=$((SECONDS + limit)) code=0
  (java_in_image @/app/java.flags -XX:AOTCacheOutput=/app/squall.aot -Xlog:aot=error,cds=error "${train_words[@]}") \
    >"$work/log" 2>&1 &
  trainee=$!
  while kill -0 "$trainee" 2>/dev/null && [ $SECONDS -lt $deadline ]; do
    if [ -n "$until" ] && grep -Eq -- "$until" "$work/log"; then
      pkill -TERM -P "$trainee" || true # the JVM writes its cache when it is asked to end
      until=''
    fi
    sleep 0.1
  done
  kill -KILL "$trainee" 2>/dev/null && echo "the training run did not end within $limit s, and must by itself or by --until"
  wait "$trainee" || code=$?
  trainee=''
  case $code in 0 | 143) [ ! -s "$work/root/app/squall.aot" ] || return 0 ;; esac
  echo "no AOT cache; exit code $code from: java @/app/java.flags -XX:AOTCacheOutput=/app/squall.aot ${train_words[*]}"
  tail -n 40 "$work/log"
  return 1
}

# cache_is_used: AOTMode=on makes the JVM stop where it would otherwise quietly do without the cache.
cache_is_used() (
  java_in_image @/app/java.flags -XX:AOTCache=/app/squall.aot -XX:AOTMode=on -cp "/app/$jar" -Xlog:aot=warning --version
)

start=(/opt/jre/bin/java @/app/java.flags)
layers=(-layer "$work/app")
if [ "$aot" = yes ]; then
  [ "$(id -u)" = 0 ] || fail "needs root to train the AOT cache in the image's files; or give --no-aot"
  cp -al "${jre%.tar}/." "$work/root/"
  cp -al "$work/app/." "$work/root/"
  mkdir -p "$work"/root/{proc,dev}
  if [ -n "$api" ]; then
    api=$work/training-api
    CGO_ENABLED=0 go build -o "$api" "$here/training-api/main.go"
  fi
  progress 30 "training the AOT cache of $name" train_cache
  api=''
  cache_is_used >"$work/log" 2>&1 || fail "the AOT cache of $name cannot be used: $(cat "$work/log")"
  mv "$work/root/app/squall.aot" "$work/aot/app/"
  layers+=(-layer "$work/aot")
  start+=(-XX:AOTCache=/app/squall.aot)
fi
start+=(-jar "/app/$jar")
size=$(du -cbs "${jre%.tar}" "$work/app" "$work/aot" | tail -1 | cut -f1)
say "$name:dev is $((size / 1000000)) MB"
[ -z "$at_most" ] || [ $size -le $((at_most * 1000000)) ] || fail "$name:dev may have at most $at_most MB"
"$tool" -output "$archive" -tag "$name:dev" -base "$jre" "${layers[@]}" "${start[@]/#/-entrypoint=}" \
  -workdir /app -label "dev.squall.part=$part" >&2
echo "$archive"
