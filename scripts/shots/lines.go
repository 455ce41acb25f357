package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The signs of frames are drawn as lines and those of blocks as boxes: as letters they
// leave gaps wherever a face is not as high as a cell.

// arms says where the lines of a sign lead from the middle of its cell: left, right, up,
// down; 'r' rounds the corner between two.
var arms = map[string][]byte{
	"─": []byte("lr"), "│": []byte("ud"), "├": []byte("udR"), "┤": []byte("udL"), "┬": []byte("lrD"), "┴": []byte("lrU"),
	"╭": []byte("RDo"), "╮": []byte("LDo"), "╰": []byte("RUo"), "╯": []byte("LUo"),
}

// segment is a straight line, or a corner ready for a path.
type segment struct {
	x1, y1, x2, y2 float64
	corner         string
}

// line draws a sign of a frame.
func (d *drawing) line(x, y int, c cell) bool {
	to := arms[c.text]
	if to == nil {
		return false
	}
	left, top := d.x(x), d.y(y)
	midX, midY := left+cellWide/2, top+cellHigh/2
	add := func(s segment) { d.strokes[c.look.fore] = append(d.strokes[c.look.fore], s) }
	if strings.HasSuffix(string(to), "o") {
		endX, endY := left, top
		if to[0] == 'R' {
			endX = left + cellWide
		}
		if to[1] == 'D' {
			endY = top + cellHigh
		}
		add(segment{corner: fmt.Sprintf("M%s %sQ%s %s %s %s", num(endX), num(midY), num(midX), num(midY), num(midX), num(endY))})
		return true
	}
	for _, arm := range to {
		switch arm {
		case 'l':
			add(segment{x1: left, y1: midY, x2: left + cellWide, y2: midY})
		case 'u':
			add(segment{x1: midX, y1: top, x2: midX, y2: top + cellHigh})
		case 'L':
			add(segment{x1: left, y1: midY, x2: midX, y2: midY})
		case 'R':
			add(segment{x1: midX, y1: midY, x2: left + cellWide, y2: midY})
		case 'U':
			add(segment{x1: midX, y1: top, x2: midX, y2: midY})
		case 'D':
			add(segment{x1: midX, y1: midY, x2: midX, y2: top + cellHigh})
		}
	}
	return true
}

// joined is a path of segments, those that lie end to end as one.
func joined(all []segment) string {
	slices.SortStableFunc(all, func(a, b segment) int {
		across, other := a.y1 == a.y2, b.y1 == b.y2
		switch {
		case a.corner != "" || b.corner != "" || across != other:
			return cmp.Compare(rank(a), rank(b))
		case across:
			return cmp.Or(cmp.Compare(a.y1, b.y1), cmp.Compare(a.x1, b.x1))
		default:
			return cmp.Or(cmp.Compare(a.x1, b.x1), cmp.Compare(a.y1, b.y1))
		}
	})
	var path strings.Builder
	for i := 0; i < len(all); i++ {
		s := all[i]
		if s.corner != "" {
			path.WriteString(s.corner)
			continue
		}
		for i+1 < len(all) && all[i+1].corner == "" && follows(s, all[i+1]) {
			i++
			s.x2, s.y2 = all[i].x2, all[i].y2
		}
		if s.y1 == s.y2 {
			fmt.Fprintf(&path, "M%s %sH%s", num(s.x1), num(s.y1), num(s.x2))
		} else {
			fmt.Fprintf(&path, "M%s %sV%s", num(s.x1), num(s.y1), num(s.y2))
		}
	}
	return path.String()
}

func rank(s segment) int {
	switch {
	case s.corner != "":
		return 0
	case s.y1 == s.y2:
		return 1
	default:
		return 2
	}
}

func follows(a, b segment) bool {
	near := func(v, w float64) bool { return v-w < 0.01 && w-v < 0.01 }
	across := a.y1 == a.y2
	return across == (b.y1 == b.y2) && near(a.x2, b.x1) && near(a.y2, b.y1)
}

// parts is what a block fills of its cell: left, top, width, height, in eighths.
var parts = map[string][]float64{
	"█": {0, 0, 8, 8}, "▀": {0, 0, 8, 4}, "▄": {0, 4, 8, 4}, "▌": {0, 0, 4, 8}, "▐": {4, 0, 4, 8},
	"▁": {0, 7, 8, 1}, "▂": {0, 6, 8, 2}, "▃": {0, 5, 8, 3}, "▅": {0, 3, 8, 5}, "▆": {0, 2, 8, 6}, "▇": {0, 1, 8, 7},
	"▏": {0, 0, 1, 8}, "▎": {0, 0, 2, 8}, "▍": {0, 0, 3, 8}, "▋": {0, 0, 5, 8}, "▊": {0, 0, 6, 8}, "▉": {0, 0, 7, 8},
}

// block draws a sign of blocks.
func (d *drawing) block(x, y int, c cell) bool {
	part := parts[c.text]
	if part == nil {
		return false
	}
	path := d.blocks[c.look.fore]
	if path == nil {
		path = &strings.Builder{}
		d.blocks[c.look.fore] = path
	}
	wide, high := part[2]*cellWide/8, part[3]*cellHigh/8
	fmt.Fprintf(path, "M%s %sh%sv%sh-%sz", num(d.x(x)+part[0]*cellWide/8), num(d.y(y)+part[1]*cellHigh/8), num(wide), num(high), num(wide))
	return true
}
