package receipts

// table sets cells in columns of their own, if any has a width and all fit.
func (l *layout) table(cells []Cell) bool {
	cols, ok := tableColumns(cells, l.columns)
	if !ok {
		return false
	}
	sizes := make([]Size, len(cells))
	rests := make([]string, len(cells))
	for i := range cells {
		size, err := cells[i].fit(cols[i].width)
		if err != nil {
			return false
		}
		sizes[i], rests[i] = size, cells[i].Text
	}
	for first := true; first || more(rests); first = false {
		from := len(l.runs)
		for i := range cells {
			var head string
			head, rests[i] = split(rests[i], cols[i].width, sizes[i].W())
			l.place(&cells[i], head, sizes[i], cols[i].start, cols[i].width)
		}
		l.add(from)
	}
	return true
}

func more(rests []string) bool {
	for _, r := range rests {
		if r != "" {
			return true
		}
	}
	return false
}

// column is one column of a table, in columns of the paper.
type column struct{ start, width int }

// tableColumns shares the paper out, a column between two cells: fixed widths
// first, the rest to the cells without one, the odd ones to the first of them.
func tableColumns(cells []Cell, columns int) ([]column, bool) {
	free, shares := columns-(len(cells)-1), 0
	for i := range cells {
		if cells[i].Width == 0 {
			shares++
		}
		free -= cells[i].Width
	}
	if shares == len(cells) || free < shares {
		return nil, false
	}
	cols := make([]column, len(cells))
	start := 0
	for i := range cells {
		w := cells[i].Width
		if w == 0 {
			w = (free + shares - 1) / shares
			free -= w
			shares--
		}
		cols[i] = column{start, w}
		start += w + 1
	}
	return cols, true
}
