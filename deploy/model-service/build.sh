#!/usr/bin/env bash
# Builds the image squall-model-service:dev without a registry and without Docker, from Debian's Python and the wheels
# of requirements.txt, trains the model in it, and prints the archive's path. Quick when built before. As root, on
# Debian or Ubuntu; elsewhere, use the Dockerfile.
# usage: build.sh [--data heart.csv]    without --data, the model is trained on made data (make_data.py)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../images/common.sh
. "$here/../images/common.sh"

data=
case "${1-}" in
	"") ;;
	--data) data=$(realpath -e -- "${2:?--data needs a CSV file}") ;;
	*) fail "usage: build.sh [--data heart.csv]" ;;
esac

program=(make_data.py features.py train.py requestlog.py app.py gunicorn.conf.py)
key=$(hash_of "$here" "${program[@]}" requirements.txt build.sh)
[ -z "$data" ] || key+=-$(sha256sum <"$data" | cut -c1-16)
archive=$SQUALL_CACHE/images/squall-model-service-$key.tar
if [ -f "$archive" ]; then
	echo "$archive"
	exit
fi

[ "$(id -u)" = 0 ] || fail "needs root, to train the model inside the image (chroot)"
command -v apt-get dpkg-deb >/dev/null || fail "needs Debian or Ubuntu (apt-get, dpkg-deb); elsewhere: docker build deploy/model-service"
python3 -m pip --version >/dev/null 2>&1 || "$here/../prerequisites.sh" debian python3-pip
work=$(mktemp -d "$SQUALL_CACHE/model-service.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$work/base # what is common to all, then the wheels' layer and the program's are moved out of it
libraries=usr/local/lib/python3/dist-packages

# Debian's Python, without the packages that only installing packages needs, and without what no server reads.
python() (
	cd "$work"
	mkdir -p archives/partial root
	: >status
	local apt=(apt-get -qq -y --no-install-recommends --download-only -o Dir::State::status="$work/status"
		-o Dir::Cache::archives="$work/archives" -o APT::Sandbox::User=root -o Debug::NoLocking=1)
	"${apt[@]}" install python3-minimal libpython3-stdlib libstdc++6 || {
		apt-get -qq -o DPkg::Lock::Timeout=300 update
		"${apt[@]}" install python3-minimal libpython3-stdlib libstdc++6
	}
	local package
	mkdir -p "$root"/{app,dev,proc,tmp,etc}
	for package in archives/*.deb; do
		case "${package##*/}" in
			dpkg_* | tar_* | libacl1* | libselinux* | libpcre* | libmd0* | readline-common* | libreadline* | libncurses* | libtinfo* | \
				libsqlite* | libdb5* | libnsl* | libtirpc* | libkrb5* | libk5* | libgssapi* | libkeyutils* | libcom-err* | media-types*) ;;
			*) dpkg-deb -x "$package" "$root" ;;
		esac
	done
	chmod 1777 "$root/tmp"
	[ -e "$root/lib64" ] || [ ! -e "$root/usr/lib64" ] || ln -s usr/lib64 "$root/lib64"
	echo 'root:x:0:0::/:/none
model:x:65532:65532::/tmp:/none' >"$root/etc/passwd"
	echo 'root:x:0:
model:x:65532:' >"$root/etc/group"
	cd "$root"
	rm -rf usr/share/{doc,man,info,locale,lintian,bug,menu,applications,pixmaps,binfmts,python3} usr/{sbin,games,include} sbin var
	rm -rf lib/*/gconv usr/lib/*/gconv usr/lib/*/engines-3 usr/lib/*/ossl-modules usr/lib/valgrind usr/share/gcc usr/share/gdb
	(cd usr/lib/python3.* && rm -rf test unittest/test idlelib lib2to3 ensurepip pydoc_data turtledemo tkinter distutils config-*)
)

# The wheels for that Python, whatever Python this machine has, and without their tests and sources of extensions.
wheels() (
	local version platform=() glibc
	version=$(readlink "$root/usr/bin/python3")
	version=${version#python}
	for glibc in 28 27 17; do platform+=(--platform "manylinux_2_${glibc}_$(uname -m)"); done
	python3 -m pip install -q --root-user-action ignore --no-compile --no-deps --only-binary :all: --implementation cp --python-version "$version" \
		--abi "cp${version/./}" --abi abi3 --abi none "${platform[@]}" --platform "manylinux2014_$(uname -m)" --platform any \
		--target "$root/$libraries" -r "$here/requirements.txt"
	cd "$root/$libraries"
	rm -rf bin numpy/distutils numpy/_core/{include,lib} sklearn/datasets/{data,descr,images}
	find . -depth -type d \( -name tests -o -name __pycache__ \) -exec rm -rf {} +
	find . -type f \( -name '*.pyx' -o -name '*.pxd' -o -name '*.pxi' -o -name '*.tp' -o -name '*.pyi' -o -name '*.h' -o -name '*.hpp' \
		-o -name '*.c' -o -name '*.cpp' -o -name '*.a' -o -name '*.build' -o -name '*.f2py' -o -name '*.tar.gz' -o -name '*.npz' \) -delete
)

inside() { env -i PATH="$PATH" PYTHONPATH=/$libraries PYTHONDONTWRITEBYTECODE=1 OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 JOBLIB_MULTIPROCESSING=0 HOME=/tmp chroot "$root" "$@"; }

train() (
	cd "$here"
	cp "${program[@]}" "$root/app"
	[ -z "$data" ] || cp "$data" "$root/tmp/heart.csv"
	# A file's date is not kept in the image, so compiled modules must not be checked by it.
	inside /usr/bin/python3 -m compileall -q --invalidation-mode unchecked-hash /usr/lib/python3.* /$libraries /app ||
		say "some modules do not compile; they are read as source"
	(cd "$root/app" && inside /usr/bin/python3 /app/train.py --out /app/model.joblib ${data:+--data /tmp/heart.csv})
	rm -f "$root/tmp/heart.csv"
	printf '%s' "import sys; sys.path.insert(0, '/app'); import app; from make_data import patients
answer = app.app.test_client().post('/predict', json=patients()[0])
assert answer.status_code == 200, answer.text" | inside /usr/bin/python3 - || fail "the trained model does not predict"
)

pack() (
	mkdir -p "$work/libraries/usr" "$work/program"
	mv "$root/usr/local" "$work/libraries/usr/"
	mv "$root/app" "$work/program/"
	"$("$here/../images/tool.sh")" -output "$archive" -tag squall-model-service:dev \
		-layer "$root" -layer "$work/libraries" -layer "$work/program" -workdir /app -port 8080 -label dev.squall.part=model-service \
		-env PATH=/usr/bin -env PYTHONPATH=/$libraries -env PYTHONDONTWRITEBYTECODE=1 -env PYTHONUNBUFFERED=1 -env HOME=/tmp \
		-env OPENBLAS_NUM_THREADS=1 -env OMP_NUM_THREADS=1 -env JOBLIB_MULTIPROCESSING=0 \
		-entrypoint /usr/bin/python3 -entrypoint -m -entrypoint gunicorn -entrypoint app:app
)

step() { # step WHAT COMMAND…: a plain call, so that the shell stops at the first command that fails
	local began=$SECONDS
	say "$1"
	shift
	"$@" >&2
	say "done in $((SECONDS - began)) s"
}

step "fetching Python" python
step "fetching the wheels" wheels
step "training the model (about 20 s)" train
step "writing the image" pack
echo "$archive"
