#!/bin/sh
# Fuzzes every FuzzXxx of the module for the time given, one after the other.
set -eu
time=${1:-5s}
tags=$(sh scripts/tags.sh)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Go before 1.27 may call the end of the time a failure (go.dev/issue/75804). It then says
# nothing but this, and has written no input that fails.
only_late() {
	grep -q '^    context deadline exceeded$' "$log" && ! grep -qE 'Failing input|panic|_test\.go:|fuzzing process' "$log"
}

grep -rl --include='*_test.go' '^func Fuzz' . | sort | while read -r file; do
	sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$file" | while read -r target; do
		echo "fuzz $(dirname "$file") $target $time"
		# shellcheck disable=SC2086 # a flag and its value
		go test $tags -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$(dirname "$file")" </dev/null >"$log" 2>&1 && found=0 || found=$?
		cat "$log"
		[ "$found" = 0 ] || only_late || exit "$found"
	done
done
