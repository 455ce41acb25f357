// Package html draws a laid-out page as one HTML file without any outside reference: the
// drawing of package svg on a sheet that prints as wide as the paper.
package html

import (
	"fmt"
	"html"

	"vpos/receipts"
	"vpos/receipts/svg"
)

// Options are what the file says of itself.
type Options struct {
	Title string
	Lang  string // ISO 639-1; empty where it has several
}

// Width is how wide the paper of so many columns is, in millimetres.
func Width(columns int) int {
	if columns <= 32 {
		return 58
	}
	return 80
}

const sheet = `<!DOCTYPE html>
<html%s>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>%s</title>
<style>
@page { size: %dmm auto; margin: 0 }
body { margin: 0; background: #888 }
svg { display: block; width: %dmm; height: auto; margin: 1em auto; background: #fff }
@media print { body { background: #fff } svg { margin: 0 } }
</style>
</head>
<body>
%s</body>
</html>
`

// Render draws a page. The same page always gives the same bytes.
func Render(p receipts.Page, o Options) []byte {
	lang := ""
	if o.Lang != "" {
		lang = ` lang="` + html.EscapeString(o.Lang) + `"`
	}
	return fmt.Appendf(nil, sheet, lang, html.EscapeString(o.Title), Width(p.Columns), Width(p.Columns), svg.Render(p))
}
