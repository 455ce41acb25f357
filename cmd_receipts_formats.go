package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"

	"vpos/receipts"
	"vpos/receipts/escpos"
	"vpos/receipts/html"
	"vpos/receipts/pdf"
	"vpos/receipts/printer"
	"vpos/receipts/raster"
	"vpos/receipts/svg"
	"vpos/receipts/text"
	"vpos/txn/config"
)

// format is a way to draw a page.
type format struct {
	name   string
	ending string // of a file's name
	binary bool   // nothing for a terminal's screen
	draw   func(p *shop, profile string, page receipts.Page) ([]byte, error)
}

// formats are all there are.
var formats = []format{
	{"text", ".txt", false, func(_ *shop, _ string, page receipts.Page) ([]byte, error) { return []byte(text.Render(page)), nil }},
	{"escpos", ".bin", true, drawESCPOS},
	{"png", ".png", true, func(_ *shop, _ string, page receipts.Page) ([]byte, error) {
		var out bytes.Buffer
		if err := raster.PNG(&out, page); err != nil {
			return nil, fmt.Errorf("draw: %w", err)
		}
		return out.Bytes(), nil
	}},
	{"pdf", ".pdf", true, func(_ *shop, _ string, page receipts.Page) ([]byte, error) { return pdf.Render(page, "vpos"), nil }},
	{"svg", ".svg", false, func(_ *shop, _ string, page receipts.Page) ([]byte, error) { return svg.Render(page), nil }},
	{"html", ".html", false, func(_ *shop, _ string, page receipts.Page) ([]byte, error) {
		return html.Render(page, html.Options{Title: "vpos"}), nil
	}},
}

// folder is where pages go as files, in the formats of the configuration.
func (p *shop) folder(name string) *printer.File {
	folder := &printer.File{Dir: filepath.Join(p.dir, name)}
	if f, ok := findFormat(p.config.Receipts.Files); ok && f.name != formats[0].name {
		folder.Beside = &printer.Beside{Ending: f.ending, Draw: func(page receipts.Page) ([]byte, error) { return f.draw(p, "", page) }}
	}
	return folder
}

func formatNames() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

func findFormat(name string) (format, bool) {
	i := slices.IndexFunc(formats, func(f format) bool { return f.name == name })
	if i < 0 {
		return format{}, false
	}
	return formats[i], true
}

// drawESCPOS is for a profile that is named, or the configuration's printer, or a generic
// one of the page's columns.
func drawESCPOS(p *shop, profile string, page receipts.Page) ([]byte, error) {
	r := p.config.Receipts
	if profile != "" {
		r.Profile = profile
	}
	if r.Profile == config.ProfileAuto {
		r.Columns = page.Columns
	}
	found, err := printerProfile(r)
	if err != nil {
		return nil, err
	}
	e := escpos.Encoder{Profile: found, Draw: raster.Row, Cut: escpos.Cut(r.Cut), Beep: r.Beep}
	job, err := e.Append(nil, page)
	if err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	return job, nil
}
