#!/bin/sh
# Fails when gofmt would change a file.
set -eu
odd=$(gofmt -l .)
[ -z "$odd" ] || {
	echo "gofmt would change:" >&2
	echo "$odd" >&2
	exit 1
}
