#!/usr/bin/env bash
# Installs what Squall is compared with, each once, pinned, into the cache.
#   peers.sh NAME     prints the program's path and its version; a peer that cannot be had fails, and the last line
#                     on stderr says why
#   peers.sh names    prints every name
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${SQUALL_CACHE:-$HOME/.cache/squall}

names=(squall wrk h2load hey oha fortio vegeta k6 locust hyperfoil nginx epoll-loop stall-target)

# The newest of each that resolves from its registry. fortio's later releases need a module that does not; of Hyperfoil's
# there are only its API, core and HTTP client, and not its command line.
fortio=v1.68.2
vegeta=v12.13.0
k6=v1.8.1
oha=1.16.0
locust=2.47.0
hyperfoil=0.25.2

fail() {
	echo "$*" >&2
	exit 1
}

# debian PACKAGE PROGRAM
debian() {
	"$here/../../deploy/prerequisites.sh" debian "$1" || fail "apt-get install $1 failed"
	local path
	path=$(PATH=$PATH:/usr/sbin command -v "$2") || fail "$1 is installed, but there is no $2 on the PATH"
	echo "$path $(dpkg-query -W -f '${Version}' "$1" | sed 's/-[^-]*$//')"
}

# cached NAME VERSION PROGRAM COMMAND…: runs the command, which leaves bin/PROGRAM in the folder named by $into.
cached() {
	local name=$1 version=$2 program=$3
	shift 3
	local folder=$cache/bench-$name-$version log=$cache/bench-$name-$version.log
	if [ ! -x "$folder/bin/$program" ]; then
		rm -rf "$folder.part" "$folder"
		mkdir -p "$folder.part/bin"
		echo "building $name $version; the log is $log" >&2
		into=$folder.part "$@" >"$log" 2>&1 || {
			rm -rf "$folder.part"
			fail "$name $version could not be built: $(grep -v '^[[:space:]]*$' "$log" | tail -1)"
		}
		mv "$folder.part" "$folder"
	fi
	echo "$folder/bin/$program ${version#v}"
}

need() { command -v "$1" >/dev/null || fail "needs $1, which is not on the PATH"; }

go_program() {
	GOBIN=$into/bin GOFLAGS=-buildvcs=false nice go install -p 1 "$1"
}

cargo_program() {
	nice cargo install --locked --jobs 1 --root "$into" --target-dir "$into.target" --version "$2" "$1" &&
		rm -rf "$into.target"
}

# A venv knows its own path, so it is made where it will stay.
venv_program() {
	local stays=${into%.part}
	rm -rf "$stays"
	python3 -m venv "$stays" && "$stays/bin/pip" install -q "$1==$2" && rm -rf "$into" && mv "$stays" "$into"
}

# hyperfoil_program FOLDER JDK: what the folder's pom.xml asks for, the program compiled, and a script that starts it.
hyperfoil_program() {
	local stays=${into%.part} said=$into/maven.log
	if ! JAVA_HOME=$2 nice mvn -B -U -f "$1/pom.xml" -Dhyperfoil=$hyperfoil dependency:copy-dependencies \
		-DoutputDirectory="$into/lib" >"$said" 2>&1; then
		cat "$said" && echo
		# The last line of the log is what the table says.
		grep -o -m 1 'Could not \(find\|transfer\) artifact [^ ]*' "$said" || grep -m 1 '^\[ERROR\]' "$said"
		return 1
	fi
	"$2/bin/javac" -Xlint:all -Werror -proc:none -cp "$into/lib/*" -d "$into/classes" "$1/HyperfoilRun.java" &&
		cp "$1/jvm.flags" "$into" && cat >"$into/bin/hyperfoil" <<-END && chmod +x "$into/bin/hyperfoil"
			#!/bin/sh
			exec "$2/bin/java" "@$stays/jvm.flags" -cp "$stays/classes:$stays/lib/*" HyperfoilRun "\$@"
		END
}

c_program() {
	gcc -O2 -Wall -Wextra -Werror -o "$into/bin/$1" "$2"
}

# own NAME SOURCE: a program of this folder, named by the hash of its source.
own() {
	need gcc
	cached "$1" "$(sha256sum "$2" | cut -c1-12)" "$1" c_program "$1" "$2"
}

jdk() {
	local home
	home=$("$here/../../deploy/prerequisites.sh" jdk)
	[ -n "$home" ] || fail "needs a JDK 25 and Maven: deploy/prerequisites.sh check jdk mvn"
	echo "$home"
}

# hyperfoil: its libraries and a program of this folder that runs a benchmark with them, named by the hash of its source
# and of where the JDK is.
hyperfoil() {
	need mvn
	local home hash built
	home=$(jdk)
	hash=$({ echo "$home" && cat "$here"/hyperfoil/*; } | sha256sum | cut -c1-12)
	built=$(cached hyperfoil "$hyperfoil-$hash" hyperfoil hyperfoil_program "$here/hyperfoil" "$home")
	echo "${built%-*}"
}

# squall: this repository's own, compiled when it is called; prints the JDK's java.
squall() {
	local root=$here/../.. home
	home=$(jdk)
	JAVA_HOME=$home mvn -q -f "$root/pom.xml" package -pl runner -am -DskipTests >&2 || fail "mvn package failed"
	echo "$home/bin/java $(git -C "$root" describe --always --dirty)"
}

case "${1:?a name, or names}" in
squall) squall ;;
names) printf '%s\n' "${names[@]}" ;;
wrk) debian wrk wrk ;;
h2load) debian nghttp2-client h2load ;;
hey) debian hey hey ;;
nginx) debian nginx nginx ;;
fortio) need go && cached fortio $fortio fortio go_program fortio.org/fortio@$fortio ;;
vegeta) need go && cached vegeta $vegeta vegeta go_program github.com/tsenart/vegeta/v12@$vegeta ;;
k6) need go && cached k6 $k6 k6 go_program go.k6.io/k6@$k6 ;;
oha) need cargo && cached oha $oha oha cargo_program oha $oha ;;
locust) need python3 && cached locust $locust locust venv_program locust $locust ;;
hyperfoil) hyperfoil ;;
epoll-loop) own epoll-loop "$here/reference/epoll-loop.c" ;;
stall-target) own stall-target "$here/stall-target/stall-target.c" ;;
*) fail "no peer $1; the names are ${names[*]}" ;;
esac
