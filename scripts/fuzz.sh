#!/bin/sh
# Fuzzes every FuzzXxx of the module for the time given, one after the other.
set -eu
time=${1:-5s}
tags=$(sh scripts/tags.sh)
grep -rl --include='*_test.go' '^func Fuzz' . | sort | while read -r file; do
	sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$file" | while read -r target; do
		echo "fuzz $(dirname "$file") $target $time"
		# shellcheck disable=SC2086 # a flag and its value
		go test $tags -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$(dirname "$file")" </dev/null
	done
done
