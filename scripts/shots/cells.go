package main

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// cell is a place on the screen: a grapheme, and how it looks. A wide one is followed by a
// cell without text.
type cell struct {
	text string
	look look
}

// look is how a cell is drawn. Colours are CSS's; an empty one is the window's own.
type look struct {
	fore, back string
	bold       bool
}

// parse takes lines with their colours apart into cells.
func parse(lines []string) [][]cell {
	rows := make([][]cell, len(lines))
	var at look // tmux carries a look from one line to the next
	for i, line := range lines {
		state := byte(0)
		p := ansi.NewParser()
		for line != "" {
			seq, width, n, next := ansi.DecodeSequence(line, state, p)
			state, line = next, line[n:]
			switch {
			case width > 0:
				rows[i] = append(rows[i], cell{seq, at})
				for range width - 1 {
					rows[i] = append(rows[i], cell{"", at})
				}
			case strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "m"):
				at = at.after(strings.Split(seq[2:len(seq)-1], ";"))
			}
		}
	}
	return rows
}

// after is the look that the numbers of a colour sequence (SGR) leave.
func (l look) after(numbers []string) look {
	for i := 0; i < len(numbers); i++ {
		n, _ := strconv.Atoi(numbers[i]) // an empty one is 0
		switch {
		case n == 0:
			l = look{}
		case n == 1:
			l.bold = true
		case n == 22:
			l.bold = false
		case n == 39:
			l.fore = ""
		case n == 49:
			l.back = ""
		case (n == 38 || n == 48) && i+4 < len(numbers) && numbers[i+1] == "2":
			hex := "#"
			for _, part := range numbers[i+2 : i+5] {
				v, _ := strconv.Atoi(part)
				hex += string("0123456789abcdef"[v>>4&15]) + string("0123456789abcdef"[v&15])
			}
			if n == 38 {
				l.fore = hex
			} else {
				l.back = hex
			}
			i += 4
		}
	}
	return l
}
