#!/bin/bash
# Proves the image scripts with a small Java program: the image is made, its AOT cache is used, an unchanged one is not
# made again, and errors say what to do. Needs root.
# usage: test.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"
passed=0 failed=0

# check WHAT COMMAND…
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

# build ARGUMENT…: the image of the small program.
build() { "$scratch/images/app.sh" --name squall-hello --folder "$scratch/program" --jar hello.jar "$@"; }

# refused TEXT ARGUMENT…: the build fails and says the text.
refused() {
  local text=$1
  shift
  ! build "$@" >"$scratch/refusal" 2>&1 && grep -F -- "$text" "$scratch/refusal"
}

# in_image COMMAND…: runs a command in the image's files.
# shellcheck disable=SC2016
in_image() {
  unshare --mount --pid --fork bash -c 'mount -t proc proc "$1/proc" && exec chroot "$@"' - "$scratch/root" "$@"
}

# from_cache CLASS: whether the JVM takes the class from the AOT cache.
from_cache() {
  in_image /opt/jre/bin/java @/app/java.flags -XX:AOTCache=/app/squall.aot -Xlog:class+load -jar /app/hello.jar |
    grep " $1 source: shared objects file"
}

# runs EXPECTED ARGUMENT…: whether the image's program, started as the image says, prints what is expected.
runs() {
  local expected=$1
  shift
  mapfile -t start < <(tar -xOf "$archive" "$(tar -xOf "$archive" manifest.json | grep -o '"Config":"[^"]*' | cut -d'"' -f4)" |
    grep -o '"Entrypoint":\[[^]]*' | cut -d'[' -f2 | tr ',' '\n' | tr -d '"')
  in_image "${start[@]}" "$@" | tee /dev/stderr | grep -F -- "$expected"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch" "$SQUALL_CACHE"/images/squall-hello*' EXIT
jdk=$(find_jdk)
mkdir -p "$scratch"/{program/lib,classes/main,classes/lib,root}
cp -r "$here" "$scratch/images" # with flags and training of its own
cp "$here/runner.flags" "$scratch/images/hello.flags"
echo "-jar /app/hello.jar once" >"$scratch/images/hello.train"
cat >"$scratch/Greeting.java" <<'J'
public record Greeting(String name) {
  public String text() { return "hello " + name + " from " + System.getProperty("user.dir"); }
}
J
cat >"$scratch/Hello.java" <<'J'
public class Hello {
  public static void main(String[] arguments) throws Exception {
    System.out.println(new Greeting(arguments.length == 0 ? "nobody" : arguments[0]).text());
    if (arguments.length > 0 && arguments[0].equals("forever")) Thread.sleep(60_000);
  }
}
J
"$jdk/bin/javac" -d "$scratch/classes/lib" "$scratch/Greeting.java"
"$jdk/bin/javac" -cp "$scratch/classes/lib" -d "$scratch/classes/main" "$scratch/Hello.java"
printf 'Main-Class: Hello\nClass-Path: lib/greeting.jar\n' >"$scratch/manifest"
"$jdk/bin/jar" --create --file "$scratch/program/lib/greeting.jar" -C "$scratch/classes/lib" .
"$jdk/bin/jar" --create --file "$scratch/program/hello.jar" --manifest "$scratch/manifest" -C "$scratch/classes/main" .

check "the tool's own tests" go test -C "$here/tool" ./...
check "the image is made" build
archive=$(build 2>/dev/null | tail -1)
began=$(date +%s%N)
check "an unchanged image is not made again" test "$(build 2>&1)" = "$archive"
check "and that is quick" test $((($(date +%s%N) - began) / 1000000)) -lt 3000
for layer in $(tar -xOf "$archive" manifest.json | grep -o '[0-9a-f]*\.tar\.gz'); do
  tar -xOf "$archive" "$layer" | tar -xz -C "$scratch/root"
done
mkdir "$scratch/root/proc"
check "the program runs in its image" runs "hello world from" world
check "its classes come from the cache" from_cache Greeting
check "those of the JDK too" from_cache java.lang.String
check "no file of the image is writable for its user" test -z "$(find "$scratch/root" -type f -perm /022)"
check "a training ended by what it prints" build --train "-jar /app/hello.jar forever" --until "hello forever"
check "a training that fails is shown" refused "no AOT cache; exit code 1" --train "-jar /app/missing.jar"
check "a missing program says how to build it" refused "mvn -q package" --folder /nowhere
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
