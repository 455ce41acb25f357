package main

import (
	_ "embed"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

//go:embed songti.txt
var songtiText string

const fineBytes = 24 * 24 / 8

// songti reads the hanzi of songti.txt.
func songti() (map[rune][]byte, error) {
	all := map[rune][]byte{}
	for n, line := range strings.Split(strings.TrimSpace(songtiText), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		code, dots, _ := strings.Cut(line, " ")
		r, err := strconv.ParseUint(code, 16, 16)
		if err != nil {
			return nil, fmt.Errorf("songti.txt:%d: %w", n+1, err)
		}
		glyph, err := hex.DecodeString(dots)
		if err != nil {
			return nil, fmt.Errorf("songti.txt:%d: %w", n+1, err)
		}
		if len(glyph) != fineBytes {
			return nil, fmt.Errorf("songti.txt:%d: %d bytes", n+1, len(glyph))
		}
		all[rune(r)] = glyph
	}
	return all, nil
}
