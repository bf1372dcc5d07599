#!/bin/bash
# Proves that BoringSSL loads in the runner's image, with the image's own files, runtime and flags. Makes the image if
# it is not there. Needs root, and runner/target/image (mvn package).
# usage: test-tls.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"
jdk=$(find_jdk)
archive=$("$here/runner.sh" | tail -1)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch"/{root/proc,classes}
for layer in $(tar -xOf "$archive" manifest.json | grep -o '[0-9a-f]*\.tar\.gz'); do
  tar -xOf "$archive" "$layer" | tar -xz -C "$scratch/root"
done
cat >"$scratch/Tls.java" <<'J'
public class Tls {
  public static void main(String[] arguments) {
    io.netty.handler.ssl.OpenSsl.ensureAvailability();
    System.out.println("TLS by " + io.netty.handler.ssl.OpenSsl.versionString());
  }
}
J
"$jdk/bin/javac" -cp "$scratch/root/app/lib/*" -d "$scratch/root/tmp" "$scratch/Tls.java"
# shellcheck disable=SC2016
said=$(unshare --mount --pid --fork bash -c 'mount -t proc proc "$1/proc" && exec chroot "$@"' - "$scratch/root" \
  /opt/jre/bin/java @/app/java.flags -cp "/app/lib/*:/tmp" Tls 2>&1) || fail "BoringSSL does not load in $archive: $said"
grep -qx "TLS by BoringSSL" <<<"$said" || fail "TLS in $archive is not BoringSSL's: $said"
say "ok: $said, in $archive"
