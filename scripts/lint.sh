#!/bin/sh
# Runs golangci-lint at the version pinned here, built into .tools the first time.
set -eu
version=v2.12.1
tool=.tools/golangci-lint-$version
if [ ! -x "$tool" ]; then
	echo "lint: building golangci-lint $version into .tools: a few minutes, once"
	mkdir -p .tools
	if ! GOBIN=$(pwd)/.tools GOFLAGS= go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version"; then
		echo "lint: NOT RUN: golangci-lint $version could not be built (is the network there?)" >&2
		exit 1
	fi
	mv .tools/golangci-lint "$tool"
fi
set -- run
tags=$(sh scripts/tags.sh)
if [ -n "$tags" ]; then set -- "$@" --build-tags "${tags#-tags }"; fi
echo "$tool $*"
"$tool" "$@"
