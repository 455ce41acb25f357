package template

import (
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"vpos/receipts"
)

// markup makes lines of a document out of lines of text.
type markup struct {
	facts  receipts.Facts
	doc    receipts.Document
	widths []int // of a table's columns; 0 for what is left
}

// piece is a stretch of a cell: the merchant's own letters, or a fact.
type piece struct {
	text  string
	field receipts.Field
	fact  bool
}

func (m *markup) line(text string) error {
	trimmed := strings.TrimSpace(text)
	switch {
	case trimmed == "":
		m.doc.Lines = append(m.doc.Lines, receipts.Line{})
		return nil
	case strings.HasPrefix(trimmed, string(partBegin)):
		return m.part(strings.TrimPrefix(trimmed, string(partBegin)))
	case strings.Trim(trimmed, "-") == "" && len(trimmed) >= 3:
		m.doc.Lines = append(m.doc.Lines, receipts.Line{Rule: receipts.Thin})
		return nil
	case strings.Trim(trimmed, "=") == "" && len(trimmed) >= 3:
		m.doc.Lines = append(m.doc.Lines, receipts.Line{Rule: receipts.Double})
		return nil
	case strings.HasPrefix(trimmed, "{"):
		return m.property(trimmed)
	}
	return m.cells(text)
}

// part is a block as the house writes it.
func (m *markup) part(name string) error {
	lines, ok := m.facts.Part(strings.TrimSpace(name))
	if !ok {
		return ErrMarkup // something else stands on its line
	}
	m.doc.Lines = append(m.doc.Lines, lines...)
	return nil
}

// property is a line in braces.
func (m *markup) property(text string) error {
	name, arg, ok := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}"), ":")
	if !ok || !strings.HasSuffix(text, "}") {
		return ErrMarkup
	}
	switch strings.TrimSpace(name) {
	case "code":
		pieces, _, err := split(strings.TrimSpace(arg))
		if err != nil || len(pieces) != 1 {
			return ErrMarkup
		}
		content := ""
		for _, p := range pieces[0] {
			content += p.text
		}
		m.doc.Lines = append(m.doc.Lines, receipts.Line{Picture: &receipts.Picture{QR: content, Align: receipts.Center}})
		return nil
	case "width":
		return m.table(arg)
	}
	return ErrMarkup
}

// maxWidth is more columns than any paper has.
const maxWidth = 99

func (m *markup) table(arg string) error {
	m.widths = nil
	if strings.TrimSpace(arg) == "" {
		return nil
	}
	for w := range strings.SplitSeq(arg, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(w))
		switch {
		case strings.TrimSpace(w) == "*":
			n = 0
		case err != nil || n < 1 || n > maxWidth:
			return ErrMarkup
		}
		m.widths = append(m.widths, n)
	}
	return nil
}

// cells are what stands side by side, parted by bars.
func (m *markup) cells(text string) error {
	parts, bars, err := split(text)
	if err != nil {
		return err
	}
	line := receipts.Line{}
	for i, pieces := range parts {
		first, last := i == 0, i == len(parts)-1
		if empty(pieces) && bars > 0 && (first || last) {
			continue // the bar at an edge says where the others stand
		}
		c := cell(pieces)
		switch {
		case bars == 0:
			c.Align = receipts.Center
		case !last && empty(parts[len(parts)-1]) && len(parts) == 2:
			c.Align = receipts.Right // text|
		case first || i == 1 && empty(parts[0]):
			c.Align = receipts.Left
		case last || i == len(parts)-2 && empty(parts[len(parts)-1]):
			c.Align = receipts.Right
		default:
			c.Align = receipts.Center
		}
		if n := len(line.Cells); n < len(m.widths) {
			c.Width = m.widths[n]
		}
		line.Cells = append(line.Cells, c)
	}
	m.doc.Lines = append(m.doc.Lines, line)
	return nil
}

func empty(pieces []piece) bool {
	for _, p := range pieces {
		if strings.TrimSpace(p.text) != "" {
			return false
		}
	}
	return true
}

// cell reads the look of a cell, and what fact it shows.
func cell(pieces []piece) (c receipts.Cell) {
	pieces = trim(pieces)
	if n := len(pieces); n > 0 && !pieces[0].fact {
		head := &pieces[0]
		switch {
		case strings.HasPrefix(head.text, "^^"):
			c.Size, head.text = receipts.Large, head.text[2:]
		case strings.HasPrefix(head.text, "^"):
			c.Size, head.text = receipts.Tall, head.text[1:]
		}
		if end := &pieces[n-1]; strings.HasPrefix(head.text, `"`) && !end.fact && strings.HasSuffix(end.text, `"`) && (n > 1 || len(head.text) > 1) {
			c.Bold = true
			end.text = end.text[:len(end.text)-1]
			head.text = head.text[1:]
		}
	}
	pieces = trim(pieces)
	for _, p := range pieces {
		c.Text += p.text
	}
	c.Text = strings.ReplaceAll(c.Text, escaped, "")
	if len(pieces) == 1 && pieces[0].fact {
		c.Field = pieces[0].field
		c.NoBreak = c.Field != receipts.NoField && !c.Field.Wraps()
	}
	return c
}

// trim takes the spaces around a cell away, and what is empty.
func trim(pieces []piece) []piece {
	var kept []piece
	for _, p := range pieces {
		if p.text != "" {
			kept = append(kept, p)
		}
	}
	for len(kept) > 0 && !kept[0].fact {
		if kept[0].text = strings.TrimLeft(kept[0].text, " \t\r"); kept[0].text != "" {
			break
		}
		kept = kept[1:]
	}
	for n := len(kept); n > 0 && !kept[n-1].fact; n = len(kept) {
		if kept[n-1].text = strings.TrimRight(kept[n-1].text, " \t\r"); kept[n-1].text != "" {
			break
		}
		kept = kept[:n-1]
	}
	return kept
}

// escaped stands before a character that a backslash has made nothing but itself, until the
// look of its cell is read.
const escaped = "\uE0F3"

// split takes a line apart at its bars, facts and letters told apart.
func split(text string) (cells [][]piece, bars int, err error) {
	var cell []piece
	var own strings.Builder
	flush := func() {
		if own.Len() > 0 {
			cell = append(cell, piece{text: own.String()})
			own.Reset()
		}
	}
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		rest := ""
		switch {
		case r == valueBegin:
			hidden, after, _ := strings.Cut(text[size:], string(valueEnd))
			raw, err := hex.DecodeString(hidden)
			field, shown, ok := strings.Cut(string(raw), "\x00")
			if err != nil || !ok {
				return nil, 0, ErrMarkup
			}
			flush()
			cell = append(cell, piece{shown, receipts.Field(field), true})
			rest = after
		case r == '|':
			flush()
			cells, cell = append(cells, cell), nil
			bars++
			rest = text[size:]
		case r == '\\' && len(text) > 1:
			next, n := utf8.DecodeRuneInString(text[1:])
			own.WriteString(escaped + string(next))
			rest = text[1+n:]
		case r == partBegin:
			return nil, 0, ErrMarkup
		default:
			own.WriteRune(r)
			rest = text[size:]
		}
		text = rest
	}
	flush()
	return append(cells, cell), bars, nil
}

// reveal is a line with its facts left out, for an error.
func reveal(text string) string {
	var b strings.Builder
	inside := false
	for _, r := range text {
		switch {
		case r == valueBegin:
			inside = true
			b.WriteString("…")
		case r == valueEnd:
			inside = false
		case r == partBegin:
			b.WriteString("part ")
		case !inside:
			b.WriteRune(r)
		}
	}
	return b.String()
}
