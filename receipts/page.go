package receipts

import (
	"iter"
	"slices"
	"unicode/utf8"
)

// Page is a document laid out for a paper: rows from top to bottom, every
// character in its columns. Renderers draw it and move nothing.
type Page struct {
	Columns int
	Rows    []Row
}

// Row is one row: a rule across all columns, or a picture, or runs from left to right
// that do not touch one another, or nothing.
type Row struct {
	Rule    Rule
	Picture *Placed
	Runs    []Run
}

// Run is text of one look on one row.
type Run struct {
	Col   int    // its first column, from 0
	Cols  int    // how many columns it covers: its width times the size's
	Text  string // never empty, no control characters
	Field Field
	Align Align // where an output that has one size sets it within its columns
	Size  Size
	Bold  bool
}

// Height is the rows of the grid this row takes: 1 or 2, more for a picture. Smaller runs
// stand on the same bottom line.
func (r Row) Height() int {
	if r.Picture != nil {
		return r.Picture.Rows
	}
	h := 1
	for i := range r.Runs {
		h = max(h, r.Runs[i].Size.H())
	}
	return h
}

// Cells yields each character of the run, combining marks included, with its
// column on the page.
func (r Run) Cells() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		col := r.Col
		for i := 0; i < len(r.Text); {
			first, n := utf8.DecodeRuneInString(r.Text[i:])
			for i+n < len(r.Text) {
				next, size := utf8.DecodeRuneInString(r.Text[i+n:])
				if !isMark(next) {
					break
				}
				n += size
			}
			if !yield(col, r.Text[i:i+n]) {
				return
			}
			col += RuneWidth(first) * r.Size.W()
			i += n
		}
	}
}

// show collects the texts of a field's runs, top to bottom.
func (p Page) show(f Field) []string {
	var texts []string
	for _, row := range p.Rows {
		for _, run := range row.Runs {
			if run.Field == f {
				texts = append(texts, run.Text)
			}
		}
	}
	return texts
}

// MarkDuplicate is the page with the DUPLICATE mark below its first row. The error is a
// [*WidthError].
func MarkDuplicate(p Page) (Page, error) {
	mark, err := Layout(Document{Lines: []Line{{Cells: []Cell{
		{Text: "*** " + DuplicateMark + " ***", Field: FieldDuplicate, Align: Center, Bold: true, NoBreak: true},
	}}}}, p.Columns)
	if err != nil {
		return Page{}, err
	}
	at := min(1, len(p.Rows))
	return Page{Columns: p.Columns, Rows: slices.Concat(p.Rows[:at], mark.Rows, p.Rows[at:])}, nil
}
