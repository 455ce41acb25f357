// Command shots makes the pictures of the guide: it runs a built vpos in tmux, a real
// terminal, in training with a data folder of its own, walks through a day with keys, and
// draws what the terminal showed as SVG.
//
//	shots -bin bin/vpos -out docs/pictures
//
// What changes from run to run (the clock, the bank's numbers, the speed of the disk) is
// drawn as a fixed figure of the same shape, so that a second run leaves the same files.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// most is how large a picture may be, in bytes.
const most = 30_000

func main() {
	bin := flag.String("bin", "bin/vpos", "the built program")
	out := flag.String("out", "docs/pictures", "folder for the pictures")
	flag.Parse()
	for _, lang := range []string{"en", "zh"} {
		if err := album(*bin, *out, lang); err != nil {
			fmt.Fprintln(os.Stderr, "shots:", err)
			os.Exit(1)
		}
	}
}

// album takes all pictures of a language.
func album(bin, out, lang string) error {
	for _, w := range walks {
		folder, err := os.MkdirTemp("", "shots")
		if err != nil {
			return fmt.Errorf("folder: %w", err)
		}
		err = w.take(bin, folder, lang, func(name string, svg []byte) error {
			path := filepath.Join(out, name+"-"+lang+".svg")
			if len(svg) > most {
				return fmt.Errorf("%s has %d bytes, more than %d", path, len(svg), most)
			}
			fmt.Println(path)
			return os.WriteFile(path, svg, 0o644) //nolint:gosec // a document of the repository
		})
		if gone := os.RemoveAll(folder); err == nil && gone != nil {
			err = fmt.Errorf("folder: %w", gone)
		}
		if err != nil {
			return fmt.Errorf("%s %s: %w", w.name, lang, err)
		}
	}
	return nil
}
