#!/bin/sh
# Brings what a build (run) or the tests (test) need. Installs with apt-get where
# that can be done without asking; elsewhere says what is missing and lets the
# build go on with what there is. Only a missing Go ends it.
set -eu
purpose=${1:-run}

if ! command -v go >/dev/null 2>&1; then
	echo "vpos needs Go $(sed -n 's/^go //p' go.mod) or newer: https://go.dev/dl/ (then put its bin folder on the PATH)" >&2
	exit 1
fi

missing=
want() { # want PACKAGE COMMAND...: the package is missing unless the command succeeds
	package=$1
	shift
	"$@" >/dev/null 2>&1 || missing="$missing $package"
}

if [ "$(uname -s)" = Linux ]; then
	want pkg-config command -v pkg-config
	want libpcsclite-dev pkg-config --exists libpcsclite
	want "gcc libc6-dev" sh scripts/cc.sh
fi
if [ "$purpose" = test ]; then
	want tmux command -v tmux
	if [ "$(uname -s)" = Linux ]; then # the tests run a smart-card service of their own
		want pcscd sh -c 'PATH=$PATH:/usr/sbin:/sbin command -v pcscd'
		want poppler-utils command -v pdftotext
		want vsmartcard-vpcd test -e /usr/lib/pcsc/drivers/serial/libifdvpcd.so
	fi
fi
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
	if sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=no; fi
fi
if [ "$as_root" = no ] || ! command -v apt-get >/dev/null 2>&1; then
	echo "setup: not installed here:$missing" >&2
	echo "setup: going on without; install these with your system's package manager for the whole of vpos" >&2
	exit 0
fi

echo "setup: installing$missing"
apt() {
	# shellcheck disable=SC2086 # as_root is empty or two words
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
		-o Acquire::Retries=1 -o Acquire::http::Timeout=30 "$@"
}
# shellcheck disable=SC2086 # one word a package
if ! apt install --no-install-recommends $missing; then
	apt update || true
	apt install --no-install-recommends $missing ||
		echo "setup: could not install:$missing; going on without" >&2
fi
