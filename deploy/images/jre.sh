#!/bin/bash
# Builds a Java runtime of JDK 25's modules over the few files of glibc that it needs, as the image squall-jre:25, and
# prints the archive's path; its files stand in the folder of that name without .tar. Quick when built before.
# usage: jre.sh [--modules NAME,NAME…]
# env:   JAVA_HOME  a JDK 25 (default: found among the installed ones)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"

modules=$(tr '\n' , <"$here/jre.modules" | sed 's/,$//')
if [ "${1-}" = --modules ] && [ $# = 2 ]; then
  modules=$2
elif [ $# -gt 0 ]; then
  fail "usage: jre.sh [--modules NAME,NAME…]"
fi

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

# system_files ROOT: what of the system a JVM needs: glibc, the C locale in UTF-8, users, name resolution, /tmp.
system_files() {
  local root=$1 library
  mkdir -p "$root"/{etc,tmp,home/nonroot,lib64,lib/x86_64-linux-gnu,usr/lib/locale}
  chmod 1777 "$root/tmp"
  cp -L /lib64/ld-linux-x86-64.so.2 "$root/lib64/"
  # libgcc_s is for BoringSSL in netty-tcnative.
  for library in libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libgcc_s.so.1; do
    cp -L "/lib/x86_64-linux-gnu/$library" "$root/lib/x86_64-linux-gnu/" ||
      fail "needs glibc for x86_64 where Debian has it: /lib/x86_64-linux-gnu/$library"
  done
  cp -r /usr/lib/locale/C.utf8 "$root/usr/lib/locale/" || fail "needs the locale C.UTF-8 in /usr/lib/locale/C.utf8"
  printf 'root:x:0:0:root:/:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
}

jdk=$(find_jdk)
tool=$("$here/tool.sh")
key=$({ cat "$jdk/release"; echo "$modules"; sha256sum "$here/jre.sh" "$tool" /lib/x86_64-linux-gnu/libc.so.6; } |
  sed 's| .*/| |' | sha256sum | cut -c1-16)
out=$SQUALL_CACHE/images/squall-jre-$key
if [ ! -f "$out.tar" ]; then
  exec 9>"$SQUALL_CACHE/images/jre.lock"
  flock 9
fi
if [ ! -f "$out.tar" ]; then
  new=$(mktemp -d "$SQUALL_CACHE/images/.jre-XXXXXX")
  trap 'rm -rf "$new"' EXIT
  chmod 755 "$new"
  system_files "$new"
  progress 15 "linking a Java runtime" "$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files \
    --no-man-pages --compress zip-6 --output "$new/opt/jre"
  rm -rf "$new/opt/jre/legal"
  find "$new" -exec touch -h -d "$stamp" {} + # before anything is trained with it; see common.sh
  rm -rf "$out"
  mv "$new" "$out"
  "$tool" -output "$out.tar" -tag squall-jre:25 -layer "$out" -env PATH=/opt/jre/bin -env LANG=C.UTF-8 \
    -env JAVA_HOME=/opt/jre -entrypoint /opt/jre/bin/java >&2
fi
echo "$out.tar"
