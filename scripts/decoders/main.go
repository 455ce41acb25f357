// Command decoders writes every sample as ESC/POS, with the text that whoever reads the bytes
// must find: for scripts/escpos-decoders.sh, which gives the bytes to decoders of others.
//
//	decoders DIR
//
// DIR gets NAME.bin for every job, and expected.txt with "## NAME" and the lines of each.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vpos/receipts"
	"vpos/receipts/escpos"
	"vpos/receipts/raster"
	"vpos/receipts/samples"
	"vpos/receipts/text"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: decoders DIR")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "decoders:", err)
		os.Exit(1)
	}
}

// printers are one for each paper, and one whose QR codes are dots.
func printers() []string { return []string{"generic-58", "generic-80-42", "generic-80", "pos-5890"} }

// paper is a page with its name.
type paper struct {
	name string
	page receipts.Page
}

// papers are the test page, which has a QR code and every size, and all samples.
func papers(printer string, o receipts.Options) ([]paper, error) {
	page, err := receipts.TestPage("tcp", printer, time.Date(2026, time.March, 4, 15, 6, 7, 0, time.UTC), o)
	all := []paper{{"test", page}}
	for _, s := range samples.All() {
		page, failed := s.Render(o)
		err = errors.Join(err, failed)
		all = append(all, paper{s.Name, page})
	}
	if err != nil {
		return nil, fmt.Errorf("papers: %w", err)
	}
	return all, nil
}

// folder is where the jobs go.
type folder struct {
	dir      string
	jobs     int
	expected strings.Builder
}

// write puts all jobs into a folder.
func write(dir string) error {
	f := folder{dir: dir}
	for _, name := range printers() {
		profile, err := escpos.Load(name)
		if err != nil {
			return fmt.Errorf("write: %w", err)
		}
		for _, lang := range receipts.Langs() {
			all, err := papers(name, samples.Options(lang, profile.Columns[0], true))
			for i := 0; err == nil && i < len(all); i++ {
				err = f.put(profile, fmt.Sprintf("%s-%v-%s", name, lang, all[i].name), all[i].page)
			}
			if err != nil {
				return err
			}
		}
	}
	return os.WriteFile(filepath.Join(dir, "expected.txt"), []byte(f.expected.String()), 0o600) //nolint:gosec,wrapcheck // the folder that was named; the error names it
}

// put writes one job. Names sort as the jobs were put, and begin with the number and columns.
func (f *folder) put(can *escpos.Profile, name string, page receipts.Page) error {
	e := &escpos.Encoder{Profile: can, Draw: raster.Row, Cut: escpos.CutPartial, Drawer: true, Beep: true}
	job, err := e.Append(nil, page)
	if err != nil {
		return fmt.Errorf("put: %w", err)
	}
	f.jobs++
	name = fmt.Sprintf("%04d-%d-%s", f.jobs, page.Columns, name)
	fmt.Fprintf(&f.expected, "## %s\n%s\n", name, strings.Join(lines(page, can), "\n"))
	return os.WriteFile(filepath.Join(f.dir, name+".bin"), job, 0o600) //nolint:wrapcheck // names the file
}

// lines are what a decoder that draws nothing must say of a page: its text, and a word for
// each picture, or line, that went as dots.
func lines(page receipts.Page, can *escpos.Profile) []string {
	var all []string
	for i, row := range page.Rows {
		switch {
		case row.Picture != nil && row.Picture.QR != "" && can.QR:
			all = append(all, "[qr "+row.Picture.QR+"]")
		case row.Picture != nil || slices.ContainsFunc(row.Runs, narrow):
			all = append(all, "[image]")
		default:
			all = append(all, text.Lines(receipts.Page{Columns: page.Columns, Rows: page.Rows[i : i+1]})...)
		}
	}
	return all
}

// narrow reports a sign of one column that a Chinese font draws in two.
func narrow(r receipts.Run) bool {
	return strings.ContainsFunc(r.Text, func(c rune) bool { return c > '~' && receipts.RuneWidth(c) < 2 })
}
