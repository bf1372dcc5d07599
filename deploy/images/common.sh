# Sourced by the scripts of deploy/: the cache, messages, progress. Not a program.
# shellcheck shell=bash

SQUALL_CACHE=${SQUALL_CACHE:-$HOME/.cache/squall}
mkdir -p "$SQUALL_CACHE/images"

say() { echo "${0##*/}: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# hash_of FOLDER PATH…: one hash of the names and contents of all files under the paths, which are relative to the
# folder, so that a checkout elsewhere has the same one.
hash_of() (
  cd "$1" || exit
  shift
  find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | hash_input
)

# hash_input: the hash of what comes in.
hash_input() { sha256sum | cut -c1-16; }

# progress SECONDS WHAT COMMAND…: runs the command and says every 15 s how long it has run of how long it may take.
progress() {
  local expected=$1 what=$2 began=$SECONDS ticker never code=0
  shift 2
  say "$what (about $expected s)"
  exec {never}<> <(:) # nothing ever arrives here, so `read -t` is a sleep without a process
  while ! read -rt 15 -u "$never"; do say "$what: $((SECONDS - began)) s of about $expected s"; done &
  ticker=$!
  "$@" >&2 || code=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  exec {never}>&-
  [ "$code" -eq 0 ] || fail "$what failed with exit code $code; the lines above say why"
  say "$what: done in $((SECONDS - began)) s"
}

# lock NAME: one at a time makes what NAME stands for; held until the script ends.
lock() {
  exec 9>"$SQUALL_CACHE/$1.lock"
  flock --nonblock 9 || { say "another build of $1 is under way; waiting for it"; flock 9; }
}

# need_go: a Go that can build the modules here.
need_go() {
  command -v go >/dev/null || fail "needs Go 1.26 or later on the PATH"
  local version
  version=$(go env GOVERSION)
  [ "$(printf 'go1.26\n%s\n' "$version" | sort -V | head -1)" = go1.26 ] ||
    fail "needs Go 1.26 or later; 'go env GOVERSION' says $version"
}

# find_jdk: the first JDK 25 among JAVA_HOME, the one on the PATH, and those where distributions put them.
find_jdk() {
  local home
  for home in "${JAVA_HOME-}" "$(command -v javac | xargs -r readlink -f | sed 's|/bin/javac$||')" /usr/lib/jvm/*; do
    if [ -x "$home/bin/jlink" ] && grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null; then
      echo "$home"
      return
    fi
  done
  fail "needs a JDK 25; install one (for example Temurin's) and set JAVA_HOME to it"
}
