#!/bin/sh
# Succeeds where cgo has a C compiler, whatever its name.
set -eu
cc=$(go env CC)
command -v "${cc%% *}" >/dev/null 2>&1
