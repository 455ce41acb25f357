package receipts

// Document is a slip before it meets paper: lines in order, knowing nothing of
// columns, printers or fonts.
type Document struct{ Lines []Line }

// Line is one of four things: a rule, a picture, cells side by side, or, with none of
// them, an empty line.
//
// Cells without a width share the line when all fit with a column between them:
// left ones from the left, right ones from the right. When they do not fit,
// each takes rows of its own, under one another.
//
// When any cell has a width the line is a row of a table: cells without one
// share what is left, texts wrap inside their column, and a line of which a
// part cannot fit its column is set one under another as well.
type Line struct {
	Rule    Rule
	Picture *Picture
	Cells   []Cell
}

// Cell is a piece of text with one look.
type Cell struct {
	Text    string
	Field   Field // the fact it shows; NoField for labels and decoration
	Width   int   // columns of its table column; 0 for as many as it needs
	Align   Align
	Size    Size
	Bold    bool
	NoBreak bool // stays on one row whatever happens; shrinks before it would not fit
}

// Rule is a line across the whole paper.
type Rule uint8

// The rules.
const (
	NoRule Rule = iota
	Thin        // ------
	Double      // ======
)

// Align places a cell in the columns it is given.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Center
	Right
)

// Size is how many times wider and taller than normal the letters are.
type Size uint8

// The sizes.
const (
	Normal Size = iota // 1 × 1
	Tall               // 1 wide, 2 high
	Large              // 2 × 2
)

// W is how many columns a letter of one column takes.
func (s Size) W() int {
	if s == Large {
		return 2
	}
	return 1
}

// H is how many rows of the grid a letter takes.
func (s Size) H() int {
	if s == Normal {
		return 1
	}
	return 2
}

// smaller is the next size to try where s is too wide.
func (s Size) smaller() Size {
	if s == Large {
		return Tall
	}
	return Normal
}
