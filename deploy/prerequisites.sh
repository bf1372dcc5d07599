#!/usr/bin/env bash
# Finds what building Squall needs and says how to install what is missing.
#   prerequisites.sh jdk              prints the home of a JDK 25 or later, or nothing
#   prerequisites.sh check TOOL…      fails, naming each missing tool and the command that installs it
#   prerequisites.sh debian PACKAGE…  installs the Debian packages that are missing (as root)
set -euo pipefail

is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$version" ] && [ "$version" -ge 25 ]
}

jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
      "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && is_jdk25 "$home"; then
      echo "$home"
      return
    fi
  done
}

how_to_install() {
  case "$1" in
    jdk) echo "a JDK 25: apt-get install temurin-25-jdk, or openjdk-25-jdk where your distribution has it; or set JAVA_HOME" ;;
    mvn) echo "Maven 3.8.7 or later: apt-get install maven" ;;
    go) echo "Go 1.26 or later: https://go.dev/doc/install" ;;
    python3) echo "Python 3.11 or later: apt-get install python3" ;;
    git | curl | jq | openssl) echo "$1: apt-get install $1" ;;
    root) echo "root: the local cluster makes network namespaces and cgroups; run this as root, or set KUBECONFIG to use a cluster of yours" ;;
    *) echo "$1" ;;
  esac
}

check() {
  local tool missing=0
  for tool in "$@"; do
    case "$tool" in
      jdk) [ -n "$(jdk)" ] && continue ;;
      root) [ "$(id -u)" = 0 ] && continue ;;
      *) command -v "$tool" >/dev/null && continue ;;
    esac
    echo "missing: $(how_to_install "$tool")" >&2
    missing=1
  done
  return $missing
}

debian() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "missing: apt-get install ${missing[*]}" >&2
    return 1
  fi
  echo "installing ${missing[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  # One package manager at a time: others wait for dpkg's lock.
  local apt=(apt-get -q -o DPkg::Lock::Timeout=300)
  "${apt[@]}" update >&2
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >&2
}

command=${1:?jdk, check or debian}
shift
"$command" "$@"
