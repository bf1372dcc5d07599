#!/bin/bash
# Builds a Java runtime of JDK 25's modules over the few files of glibc that it needs, as the image squall-jre:25, and
# prints the archive's path; its files stand in the folder of that name without .tar. Quick when built before.
# usage: jre.sh [--modules NAME,NAME…]
# env:   JAVA_HOME  a JDK 25 (default: found among the installed ones)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"

modules=$(paste -sd, "$here/jre.modules")
if [ "${1-}" = --modules ] && [ $# = 2 ]; then
  modules=$2
elif [ $# -gt 0 ]; then
  fail "usage: jre.sh [--modules NAME,NAME…]"
fi

jdk=$(find_jdk)
tool=$("$here/tool.sh")
libc=$(ldd "$jdk/bin/java" | awk '/libc\.so/{print $3}')
key=$({ cat "$jdk/release" "$libc"; echo "$modules" "${tool%/*}"; hash_of "$here" jre.sh files.sh; } | hash_input)
out=$SQUALL_CACHE/images/squall-jre-$key
[ -f "$out.tar" ] || lock jre
if [ ! -f "$out.tar" ]; then
  new=$(mktemp -d "$SQUALL_CACHE/images/.jre-XXXXXX")
  trap 'rm -rf "$new"' EXIT
  chmod 755 "$new"
  progress 10 "linking a Java runtime" "$here/files.sh" runtime "$jdk" "$modules" "$new"
  rm -rf "$out"
  mv "$new" "$out"
  "$tool" -output "$out.tar" -tag squall-jre:25 -layer "$out" -env PATH=/opt/jre/bin -env LANG=C.UTF-8 \
    -env JAVA_HOME=/opt/jre -entrypoint /opt/jre/bin/java >&2
fi
echo "$out.tar"
