#!/bin/sh
# Rewrites the golden files, and what the guide shows, of every package whose tests take -update. With
# `same` it fails when that changed a file, and puts nothing back: look at it.
set -eu
tags=$(sh scripts/tags.sh)
packages=$(grep -rlE --include='*_test.go' 'exp/golden"|Bool\("update"' . | xargs -r -n1 dirname | sort -u)
[ -n "$packages" ] || exit 0
state() { { find . -path '*/testdata/*' -type f; ls docs/*.md; } | xargs cksum | sort; }
before=$(state)
# shellcheck disable=SC2086 # a flag and its value; one word a package
go test $tags -count=1 $(printf '%s\n' "$packages" | grep -vx '\.') -update
# Of this package only what the guide shows: the rest of it takes minutes.
# shellcheck disable=SC2086
go test $tags -count=1 -run 'TestGuide|TestShopDay/iso87-ascii_CNY' . -update
[ "${1:-}" = same ] || exit 0
[ "$before" = "$(state)" ] || {
	echo "golden: files changed; read the diff, then commit it or mend the code" >&2
	exit 1
}
