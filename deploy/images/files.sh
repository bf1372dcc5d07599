#!/bin/bash
# Lays out the files of an image of a Java program. jre.sh and app.sh call it here, the Dockerfiles in their build stage.
# usage: files.sh runtime JDK NAME,NAME… ROOT     a Java runtime of these modules, and what of the system it needs
#        files.sh program JDK FOLDER FLAGS ROOT   the program of FOLDER as /app, with the JVM's flags of the file FLAGS,
#                                                 less the jars that the file beside it names, which ends in .without
set -euo pipefail

# The date of every file in every image (tool/layer.go has it too). The JVM uses an AOT cache only with files of the same
# dates as in training.
stamp=2020-01-01T00:00:00Z

runtime() {
  local jdk=$1 modules=$2 root=$3 libraries library
  mkdir -p "$root"/{etc,tmp,home/nonroot,usr/lib/locale}
  chmod 1777 "$root/tmp"
  "$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress zip-6 \
    --output "$root/opt/jre"
  # jrt-fs.jar is for tools that look into another JDK; the vector sort is for sorting large arrays.
  rm -rf "$root/opt/jre/legal" "$root/opt/jre/lib/jrt-fs.jar" "$root/opt/jre/lib/libsimdsort.so"
  # 5 MB of symbols that only name the JVM's own functions in crash logs.
  command -v strip >/dev/null || { echo "missing: apt-get install binutils" >&2; exit 1; }
  chmod u+w "$root/opt/jre/lib/server/libjvm.so" && strip --strip-unneeded "$root/opt/jre/lib/server/libjvm.so"
  # glibc: what the runtime's own libraries ask for, with the loader at its fixed place, …
  libraries=$(ldd "$root"/opt/jre/lib/*.so "$root/opt/jre/lib/server/libjvm.so" "$root/opt/jre/bin/java" |
    awk '/=> \//{print $3} /^\t\//{print $1}' | grep -vF "$root" | sort -u)
  # … and what libraries inside jars may: libgcc_s is for BoringSSL in netty-tcnative.
  for library in libpthread.so.0 librt.so.1 libdl.so.2 libm.so.6 libgcc_s.so.1; do
    libraries+=$'\n'$(dirname "$(grep '/libc\.so' <<<"$libraries")")/$library
  done
  sort -u <<<"$libraries" | while read -r library; do
    mkdir -p "$root${library%/*}"
    cp -L "$library" "$root$library"
  done
  cp -r /usr/lib/locale/C.utf8 "$root/usr/lib/locale/"
  printf 'root:x:0:0:root:/:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
  find "$root" -exec touch -h -d "$stamp" {} +
}

program() {
  local jdk=$1 folder=$2 flags=$3 root=$4 jar
  mkdir -p "$root/app/native"
  cp -r "$folder/." "$root/app/"
  grep -v '^#' "$flags" >"$root/app/java.flags"
  if [ -f "${flags%.flags}.without" ]; then
    grep -v '^#' "${flags%.flags}.without" | while read -r jar; do
      compgen -G "$root/app/lib/$jar" >/dev/null || { echo "$jar of ${flags%.flags}.without is not there" >&2; exit 1; }
      rm "$root/app/lib/"$jar
    done
  fi
  # Netty loads its native libraries from here; it would unpack them into /tmp at every start. Their jars hold nothing else.
  find "$folder" -name "netty-*linux-$(uname -m | sed s/aarch64/aarch_64/).jar" | while read -r jar; do
    jar=$(realpath "$jar")
    (cd "$root/app/native" && "$jdk/bin/jar" -xf "$jar" META-INF/native && mv META-INF/native/*.so . && rm -r META-INF)
    rm -f "$root/app/lib/${jar##*/}"
  done
  find "$root/app" -exec touch -h -d "$stamp" {} +
}

case ${1-} in
  runtime | program) "$@" ;;
  *)
    sed -n '3,5s/^# //p' "$0" >&2
    exit 2
    ;;
esac
