package screen

import (
	"strings"

	"vpos/tui/theme"
)

// glyphs is a font of five rows, one bit a pixel, leftmost bit first in the
// given number of columns.
var glyphs = map[rune][5]string{
	'0': {"###", "# #", "# #", "# #", "###"},
	'1': {" # ", "## ", " # ", " # ", "###"},
	'2': {"###", "  #", "###", "#  ", "###"},
	'3': {"###", "  #", "###", "  #", "###"},
	'4': {"# #", "# #", "###", "  #", "  #"},
	'5': {"###", "#  ", "###", "  #", "###"},
	'6': {"###", "#  ", "###", "# #", "###"},
	'7': {"###", "  #", "  #", "  #", "  #"},
	'8': {"###", "# #", "###", "# #", "###"},
	'9': {"###", "# #", "###", "  #", "###"},
	'.': {" ", " ", " ", " ", "#"},
	',': {" ", " ", " ", "#", "#"},
	'✓': {"    #", "   ##", "#  # ", "###  ", " #   "},
	'✗': {"#   #", " # # ", "  #  ", " # # ", "#   #"},
	'?': {"###", "  #", " ##", "   ", " # "},
}

// bitmap lays the glyphs of a text side by side; false when one is missing.
func bitmap(text string) ([5]string, bool) {
	var rows [5]string
	for i, r := range text {
		glyph, ok := glyphs[r]
		if !ok {
			return rows, false
		}
		for y := range rows {
			if i > 0 {
				rows[y] += " "
			}
			rows[y] += glyph[y]
		}
	}
	return rows, true
}

// large draws a pixel as two cells: five lines high.
func large(rows [5]string) []string {
	out := make([]string, 0, len(rows))
	for _, row := range rows {
		out = append(out, strings.NewReplacer("#", "██", " ", "  ").Replace(row))
	}
	return out
}

// small draws two pixels above each other as one cell: three lines high.
func small(rows [5]string) []string {
	out := make([]string, 0, 3)
	for y := 0; y < len(rows); y += 2 {
		var line strings.Builder
		for x := range rows[y] {
			up := rows[y][x] == '#'
			down := y+1 < len(rows) && rows[y+1][x] == '#' //nolint:gosec // every row is as wide as the first
			line.WriteString(block(up, down))
		}
		out = append(out, line.String())
	}
	return out
}

// block is the cell for two pixels above each other.
func block(up, down bool) string {
	switch {
	case up && down:
		return "█"
	case up:
		return "▀"
	case down:
		return "▄"
	}
	return " "
}

// big draws a number as large as fits the page, centred; in ordinary
// characters when it does not fit at all.
func (p *page) big(r theme.Role, text string) {
	rows, ok := bitmap(text)
	lines := []string{text}
	switch {
	case ok && p.tall && 2*len(rows[0]) <= p.w:
		lines = large(rows)
	case p.ASCII && ok: // ASCII has no half cells
		lines = []string{"", text, ""}
	case ok && len(rows[0]) <= p.w:
		lines = small(rows)
	}
	for _, line := range lines {
		p.add(center(p.ink(r, line), p.w))
	}
}

// sum is the amount of the transaction, large, under its currency.
func (p *page) sum(r theme.Role, currency, text string) {
	p.add(center(p.ink(theme.Dim, p.say(amountLabel)+" "+currency), p.w))
	if p.w > MinWidth {
		p.gap()
	}
	p.big(r, text)
}
