package screen

import (
	"strings"
	"unicode/utf8"
)

// plainer is what stands in for a sign that old terminals lack, or that an East Asian one
// draws two cells wide (Unicode TR 11, "ambiguous"). Each is one cell for one.
var plainer = map[rune]byte{
	'╭': '+', '╮': '+', '╰': '+', '╯': '+', '─': '-', '│': '|', '├': '+', '┤': '+', '┬': '+', '┴': '+', '┼': '+',
	'┌': '+', '┐': '+', '└': '+', '┘': '+', '━': '=', '═': '=', '║': '|', '╴': '-', '╶': '-', '╌': '-', '┄': '-',
	'█': '#', '▀': '"', '▄': '_', '▌': '|', '▐': '|', '░': '.', '▒': ':', '▓': '%', '■': '#', '□': 'o', '▣': '#',
	'▁': '_', '▂': '_', '▃': '_', '▅': '=', '▆': '=', '▇': '#', '▏': '|', '▎': '|', '▍': '|', '▋': '|', '▊': '#', '▉': '#',
	'●': '*', '○': 'o', '◆': '*', '◇': 'o', '★': '*', '☆': '*', '▸': '>', '▶': '>', '◀': '<', '›': '>', '‹': '<',
	'▲': '^', '△': '^', '▼': 'v', '▽': 'v', '→': '>', '←': '<', '↑': '^', '↓': 'v', '↵': '<', '⏎': '<', '↺': '@',
	'✓': '+', '✗': 'x', '♪': '!', '•': '*', '·': '.', '…': '.', '–': '-', '—': '-', '−': '-', '×': 'x', '÷': '/',
	'“': '"', '”': '"', '‘': '\'', '’': '\'', '«': '<', '»': '>', '°': 'o', '±': '+', '≤': '<', '≥': '>', '≠': '#',
	'§': 'S', '¶': 'P', '¤': '$', '№': 'N', '℃': 'C',
}

// plainly draws a line of a picture in ASCII wherever it is no word. What is no sign of
// the table stays: words are as wide everywhere.
func plainly(line string) string {
	var b strings.Builder
	b.Grow(len(line))
	for i := 0; i < len(line); {
		if line[i] < utf8.RuneSelf {
			b.WriteByte(line[i])
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(line[i:])
		if c, ok := plainer[r]; ok {
			b.WriteByte(c)
		} else {
			b.WriteString(line[i : i+n])
		}
		i += n
	}
	return b.String()
}
