package receipts

import (
	"strings"
	"time"
)

// testWords are what a test page says of itself.
var (
	testTitle = Words{"打印机测试", "PRINTER TEST"}
	testNone  = Words{"测试页，并非收据", "A test page, no receipt"}
	testGood  = Words{"若以上内容完整清晰，打印机可以使用。", "If all above is whole and legible, the printer will do."}
)

// TestPage is a page with all that a slip may have: every size, both alignments, bold, hanzi,
// signs that few printers have, rules, a ruler of the columns and a QR code. device and
// profile are the configuration's. The error is a [*WidthError].
func TestPage(device, profile string, at time.Time, o Options) (Page, error) {
	w := writer{lang: o.Lang}
	w.center(NoField, testTitle.Zh, Large, true)
	w.center(NoField, testTitle.En, Tall, true)
	w.both(NoField, testNone, Center)
	w.rule(Double)
	for _, row := range [][2]string{{"printer", device}, {"profile", profile}, {"time", timeFact(at)}} {
		w.line(Cell{Text: row[0]}, Cell{Text: row[1], Align: Right})
	}
	w.rule(Thin)
	ruler := strings.Repeat("1234567890", o.Columns/10+1)
	w.line(Cell{Text: ruler[:o.Columns], NoBreak: true})
	for _, size := range []Size{Normal, Tall, Large} {
		w.line(Cell{Text: "消费 Ag", Size: size}, Cell{Text: "12.34", Size: size, Align: Right, Bold: true})
	}
	w.line(Cell{Text: "é ü ñ € × · – “”"}, Cell{Text: "，。（）", Align: Right})
	w.rule(Thin)
	w.doc.Lines = append(w.doc.Lines, Line{Picture: &Picture{QR: "vpos", Align: Center}})
	w.both(NoField, testGood, Left)
	return Layout(w.doc, o.Columns)
}
