#!/bin/sh
# Prints -race where the race detector can be built; it needs cgo.
set -eu
if [ "$(go env CGO_ENABLED)" = 1 ] && sh scripts/cc.sh; then
	echo "-race"
else
	echo "race detector left out: no cgo, or no C compiler" >&2
fi
