#!/bin/sh
# Gives every sample as ESC/POS to two decoders that others wrote, and holds what they read
# against the text: the same words on every line, Chinese included, and the same QR codes.
#
#   emupos     PyPI, a simulated printer: commands, places, the drawer, the picture, of which
#              zxing-cpp reads the QR codes; wants Python 3.13 or newer (PYTHON=...)
#   npos       npm, a parser of commands and GB18030
#
# Both go into a folder that is removed afterwards. No part of make test: it needs a network.
set -eu

python=
for p in ${PYTHON:-} python3.14 python3.13 python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[3-9]*/bin/python; do
	if "$p" -c 'import sys; sys.exit(sys.version_info < (3, 13))' 2>/dev/null; then
		python=$p
		break
	fi
done
if [ -z "$python" ] || ! command -v npm >/dev/null; then
	echo "escpos-decoders: wants Python 3.13 (PYTHON=...) and node with npm" >&2
	exit 1
fi

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
mkdir "$dir/jobs" "$dir/node"
"$python" -m venv "$dir/python"
"$dir/python/bin/pip" install -q --disable-pip-version-check emupos==0.4.0 zxing-cpp==3.1.1
npm install --prefix "$dir/node" --ignore-scripts --no-audit --no-fund --loglevel error npos@0.1.19 >/dev/null

go run ./scripts/decoders "$dir/jobs"
"$dir/python/bin/python" scripts/decoders/read_emupos.py "$dir/jobs" >"$dir/emupos"
NODE_PATH="$dir/node/node_modules" node scripts/decoders/read_npos.js "$dir/jobs" >"$dir/npos"

# Large letters take more columns than a text shows, so blanks count as one. A picture may
# come in pieces.
words() { sed 's/  */ /g; s/^ //; s/ $//' "$1" | awk '$0 != "[image]" || last != $0; { last = $0 }'; }

words "$dir/jobs/expected.txt" >"$dir/want"
failed=0
for decoder in emupos npos; do
	words "$dir/$decoder" >"$dir/got"
	if diff -u "$dir/want" "$dir/got" >"$dir/diff"; then
		echo "$decoder: $(grep -c '^## ' "$dir/got") papers, $(wc -l <"$dir/got") lines read alike," \
			"$(grep -c '^\[image\]' "$dir/got") of them drawn, $(grep -c '^\[qr vpos\]' "$dir/got") QR codes;" \
			"$(diff "$dir/jobs/expected.txt" "$dir/$decoder" | grep -c '^<') differ in blanks"
	else
		echo "$decoder reads something else:" >&2
		head -40 "$dir/diff" >&2
		failed=1
	fi
done
exit "$failed"
