#!/bin/sh
# Builds every package for every desktop, without cgo, and once more for this
# machine with cgo where there is a C compiler. Vets each system's own tests.
set -eu
# -trimpath would build everything twice here; these builds are thrown away.
for os in linux darwin windows; do
	for arch in amd64 arm64; do
		echo "build $os/$arch"
		CGO_ENABLED=0 GOOS=$os GOARCH=$arch go build -o /dev/null ./...
	done
	echo "vet $os"
	CGO_ENABLED=0 GOOS=$os GOARCH=amd64 go vet ./...
done
if sh scripts/cc.sh; then
	tags=$(sh scripts/tags.sh)
	echo "build here with cgo $tags"
	# shellcheck disable=SC2086 # a flag and its value
	CGO_ENABLED=1 go build $tags -o /dev/null ./...
fi
