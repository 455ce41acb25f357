package receipts

import (
	"fmt"
	"slices"
)

// WidthError says that a text that may not be broken is wider than the paper
// even at normal size.
type WidthError struct {
	Field   Field // NoField where the text is no field
	Need    int   // columns
	Columns int   // of the paper, or of the table column
}

// Error names the field and both widths.
func (e *WidthError) Error() string {
	name := string(e.Field)
	if name == "" {
		name = "text"
	}
	return fmt.Sprintf("%s needs %d columns, the paper has %d", name, e.Need, e.Columns)
}

// Layout places a document on a paper of so many columns. The same document and
// columns always give the same page. The error is a [*WidthError], or what a picture is
// refused for.
//
// No character is lost or cut off: a text that does not fit wraps; one that may
// not be broken shrinks; what cannot shrink further is the error. Only spaces
// where a text wraps are taken out.
func Layout(doc Document, columns int) (Page, error) {
	l := layout{columns: columns, runs: make([]Run, 0, 2*len(doc.Lines)+8)}
	l.rows = make([]Row, 0, len(doc.Lines)+8)
	for i := range doc.Lines {
		if err := l.line(&doc.Lines[i]); err != nil {
			return Page{}, err
		}
	}
	return Page{Columns: columns, Rows: l.rows}, nil
}

// layout grows a page row by row. All runs live in one array, which rows slice.
type layout struct {
	columns int
	rows    []Row
	runs    []Run
}

// add ends a row: it has the runs appended since from.
func (l *layout) add(from int) {
	l.rows = append(l.rows, Row{Runs: l.runs[from:len(l.runs):len(l.runs)]})
}

func (l *layout) line(line *Line) error {
	switch {
	case line.Rule != NoRule:
		l.rows = append(l.rows, Row{Rule: line.Rule})
		return nil
	case line.Picture != nil:
		placed, err := line.Picture.place(l.columns)
		if err != nil {
			return err
		}
		l.rows = append(l.rows, Row{Picture: placed})
		return nil
	case len(line.Cells) == 0:
		l.rows = append(l.rows, Row{})
		return nil
	}
	cells := cleanCells(line.Cells)
	if l.table(cells) || l.spread(cells) {
		return nil
	}
	for i := range cells {
		if err := l.stack(&cells[i]); err != nil {
			return err
		}
	}
	return nil
}

// cleanCells gives the cells with clean texts, copied only where one is not.
func cleanCells(cells []Cell) []Cell {
	for i := range cells {
		if isClean(cells[i].Text) {
			continue
		}
		cells = slices.Clone(cells)
		for j := range cells {
			cells[j].Text = clean(cells[j].Text)
		}
		break
	}
	return cells
}

// spread sets cells side by side on one row, if they fit.
func (l *layout) spread(cells []Cell) bool {
	if len(cells) < 2 {
		return false
	}
	var few [8]int
	widths := few[:0]
	need := len(cells) - 1
	for i := range cells {
		n := cells[i].natural()
		widths = append(widths, n)
		need += n
	}
	if need > l.columns {
		return false
	}
	from, col := len(l.runs), 0
	tail, start := len(cells), l.columns+1 // the right cells and their first column
	for tail > 0 && cells[tail-1].Align == Right {
		tail--
		start -= widths[tail] + 1
	}
	for i, n := range widths {
		switch {
		case i == tail:
			col = start
		case i == tail-1 && cells[i].Align == Center:
			col += max(0, start-1-col-n) / 2
		}
		l.set(&cells[i], cells[i].Text, cells[i].Size, col, n)
		col += n + 1
	}
	l.add(from)
	return true
}

// natural is the columns the cell takes on one row.
func (c *Cell) natural() int { return Width(c.Text) * c.Size.W() }

// place appends a run of a cell's look, aligned within columns from col.
func (l *layout) place(c *Cell, text string, size Size, col, columns int) {
	n := Width(text) * size.W()
	switch c.Align {
	case Right:
		col += columns - n
	case Center:
		col += (columns - n) / 2
	case Left:
	}
	l.set(c, text, size, col, n)
}

// set appends a run of a cell's look that begins at col and covers n columns.
func (l *layout) set(c *Cell, text string, size Size, col, n int) {
	if text == "" {
		return
	}
	l.runs = append(l.runs, Run{
		Col: col, Cols: n, Text: text, Field: c.Field, Align: c.Align, Size: size, Bold: c.Bold,
	})
}

// stack sets a cell on rows of its own. A text that wraps starts at the left
// instead of the right: a ragged left edge is hard to read.
func (l *layout) stack(c *Cell) error {
	size, err := c.fit(l.columns)
	if err != nil {
		return err
	}
	cell := *c
	for rest := c.Text; ; {
		var head string
		if head, rest = split(rest, l.columns, size.W()); rest != "" && cell.Align == Right {
			cell.Align = Left
		}
		from := len(l.runs)
		l.place(&cell, head, size, 0, l.columns)
		l.add(from)
		if rest == "" {
			return nil
		}
	}
}

// fit is the largest size, the cell's own or smaller, at which it can be set in
// so many columns.
func (c *Cell) fit(columns int) (Size, error) {
	need := c.least()
	size := c.Size
	for need*size.W() > columns {
		if size == Normal {
			return size, &WidthError{Field: c.Field, Need: need, Columns: columns}
		}
		size = size.smaller()
	}
	return size, nil
}

// least is the width at normal size of the widest part that cannot be broken.
func (c *Cell) least() int {
	if c.NoBreak {
		return Width(c.Text)
	}
	n := 0
	for _, r := range c.Text {
		n = max(n, RuneWidth(r))
	}
	return n
}
