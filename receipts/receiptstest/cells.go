// Package receiptstest helps tests of outputs: it gives a laid-out page as the grid of
// characters that whoever reads the output back must find.
package receiptstest

import "vpos/receipts"

// Cell is one character of the grid with its look.
type Cell struct {
	Text string // the character, combining marks included
	Size receipts.Size
	Bold bool
}

// At is a place on the grid: the row and column, from 0, of a character's bottom left
// cell. Runs of one row stand on the same bottom line, whatever their sizes.
type At struct{ Row, Col int }

// Cells gives every character of a page by its place. Spaces are left out, since no
// output can show where one ends; so are rules and pictures, which only take their rows.
func Cells(p receipts.Page) map[At]Cell {
	cells := map[At]Cell{}
	bottom := -1
	for _, row := range p.Rows {
		bottom += row.Height()
		for _, run := range row.Runs {
			for col, text := range run.Cells() {
				if text != " " && text != "\u3000" {
					cells[At{bottom, col}] = Cell{Text: text, Size: run.Size, Bold: run.Bold}
				}
			}
		}
	}
	return cells
}
