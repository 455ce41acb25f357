#!/bin/sh
# Prints the build tags for this machine: on Linux without libpcsclite (or a C
# compiler to link it with) the reader is left out. `explain` says so in words.
set -eu
command -v go >/dev/null 2>&1 || exit 0 # whoever builds says it better
[ "$(go env GOOS)" = linux ] || exit 0
if [ "$(go env CGO_ENABLED)" = 1 ] && sh scripts/cc.sh && pkg-config --exists libpcsclite 2>/dev/null; then
	exit 0
fi
if [ "${1:-}" = explain ]; then
	echo "reader disabled: this build has no PC/SC (libpcsclite-dev, pkg-config and a C compiler are needed)"
else
	echo "-tags nopcsc"
fi
