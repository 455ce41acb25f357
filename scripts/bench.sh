#!/bin/sh
# Prints the figures. A benchmark reports its own ratio to the reference it names
# (b.ReportMetric(x, "x-of-NAME")); a TestBenchXxx measures a whole program and
# logs its figure and ratio in one line.
set -eu
tags=$(sh scripts/tags.sh)
with() { grep -rlE --include='*_test.go' "$1" . | xargs -r -n1 dirname | sort -u; }

packages=$(with '^func Benchmark')
if [ -n "$packages" ]; then
	# shellcheck disable=SC2086 # a flag and its value; one word a package
	go test $tags -run '^$' -bench . -benchmem -benchtime 200ms $packages
fi

packages=$(with '^func TestBench')
if [ -n "$packages" ]; then
	# shellcheck disable=SC2086
	VPOS_BENCH=1 go test $tags -count=1 -run '^TestBench' -v $packages
fi

# Whole-terminal figures (start-up, bytes a key, memory) go below this line.
