// Package text draws a laid-out slip as plain text: UTF-8, one line a row, no
// trailing spaces, lines ended by \n.
//
// Text has one size, so large letters are drawn at normal size, set in the
// columns the large ones would take as their cell is aligned.
package text

import (
	"strings"

	"vpos/receipts"
	"vpos/txn"
)

// Render draws a page. Every row, the last one too, ends with \n. A QR code is drawn in
// half blocks, two modules a character, where it has room, else written out; an image
// leaves its rows empty.
func Render(p receipts.Page) string {
	var b strings.Builder
	b.Grow(len(p.Rows) * (p.Columns + 8))
	for i := range p.Rows {
		if placed := p.Rows[i].Picture; placed != nil {
			picture(&b, p.Columns, placed)
			continue
		}
		row(&b, p.Columns, &p.Rows[i])
		b.WriteByte('\n')
	}
	return b.String()
}

// Lines draws a page as one string a row, without line ends.
func Lines(p receipts.Page) []string {
	return strings.Split(strings.TrimSuffix(Render(p), "\n"), "\n")
}

// Preview draws a slip for the screen, a string a row, none wider than
// o.Columns. Errors are those of [receipts.Render].
func Preview(slip txn.Slip, o receipts.Options) ([]string, error) {
	p, err := receipts.Render(slip, o)
	if err != nil {
		return nil, err
	}
	return Lines(p), nil
}

func row(b *strings.Builder, columns int, r *receipts.Row) {
	switch r.Rule {
	case receipts.Thin:
		repeat(b, '-', columns)
	case receipts.Double:
		repeat(b, '=', columns)
	case receipts.NoRule:
		runs(b, r.Runs)
	}
}

func runs(b *strings.Builder, runs []receipts.Run) {
	col := 0
	for i := range runs {
		r := &runs[i]
		width := r.Cols / r.Size.W()
		at := r.Col
		switch r.Align {
		case receipts.Right:
			at += r.Cols - width
		case receipts.Center:
			at += (r.Cols - width) / 2
		case receipts.Left:
		}
		trimmed := strings.TrimRight(r.Text, " \u3000")
		if trimmed == "" {
			continue
		}
		repeat(b, ' ', at-col)
		b.WriteString(trimmed)
		col = at + width - receipts.Width(r.Text[len(trimmed):])
	}
}

func repeat(b *strings.Builder, c byte, n int) {
	for range n {
		b.WriteByte(c)
	}
}
