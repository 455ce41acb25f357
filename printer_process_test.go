package main

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vpos/receipts/escpos"
	"vpos/receipts/printer/port"
	"vpos/receipts/template"
	"vpos/txn/config"
)

// counterTop is vpos printer as a process: what it has said, and where faults are typed.
type counterTop struct {
	t       *testing.T
	in      io.WriteCloser
	address string
	dir     string

	mu   sync.Mutex
	said []string
}

func newCounterTop(t *testing.T, args ...string) *counterTop {
	t.Helper()
	c := &counterTop{t: t, dir: t.TempDir()}
	cmd := exec.Command(built(t), append([]string{"printer", "--listen", "127.0.0.1:0", "--lang", "en", "--out", c.dir, "--data", t.TempDir()}, args...)...)
	var err error
	if c.in, err = cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("the printer says nothing")
	}
	c.address = lines.Text()[strings.LastIndex(lines.Text(), " ")+1:]
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines.Scan() {
			c.mu.Lock()
			c.said = append(c.said, lines.Text())
			c.mu.Unlock()
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		<-read
		if err := cmd.Wait(); cmd.ProcessState.ExitCode() != 130 {
			t.Errorf("the printer ended: %v", err)
		}
	})
	return c
}

func (c *counterTop) text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return strings.Join(c.said, "\n")
}

// shows waits until the text has come so often.
func (c *counterTop) shows(text string, times int) {
	c.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if strings.Count(c.text(), text) >= times {
			return
		}
	}
	c.t.Fatalf("not %d times %q:\n%s", times, text, c.text())
}

func (c *counterTop) plays(fault, says string) {
	c.t.Helper()
	before := strings.Count(c.text(), says)
	_, _ = io.WriteString(c.in, fault+"\n")
	c.shows(says, before+1)
}

// printerConfig is a shop with that printer.
func (c *counterTop) config(more string) string {
	path := filepath.Join(c.t.TempDir(), "shop.toml")
	text := fmt.Sprintf("[reader]\nuse = \"none\"\n[receipts]\nprinter = \"tcp:%s\"\nprofile = \"epson-tm-t82-cn\"\ncolumns = 48\n%s", c.address, more)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// TestVirtualPrinter is a shop with a printer: slips come out of it, trouble is told before
// anything is lost, and what nobody knows of is looked at.
func TestVirtualPrinter(t *testing.T) {
	t.Parallel()
	c := newCounterTop(t)
	data := t.TempDir()
	config := c.config("drawer = true\n")
	d := talk(t, "--data", data, "--config", config)
	sale := func() { d.say("12.34", "4111111111111111", "1230", "123", "") }
	d.hears("idle")
	sale()
	d.hears("approved")
	d.say("")
	d.hears("idle")
	c.shows("12.34", 2)
	c.shows("MERCHANT COPY", 1)
	c.shows("CARDHOLDER COPY", 1)
	c.shows("the drawer opens", 1)

	// No paper: told, and printed once there is.
	c.plays("paper-out", "paper-out begins")
	sale()
	d.hearsThat("approved", func(line string) bool { return strings.Contains(line, "out of paper") })
	c.plays("well", "all is well")
	d.say("")
	d.hears("idle")
	c.shows("12.34", 4)
	if strings.Contains(c.text(), "DUPLICATE") {
		t.Errorf("a slip that never left is marked:\n%s", c.text())
	}

	// Another slip is confirmed: somebody looks. It is there; the next is not.
	c.plays("wrong-id", "wrong-id begins")
	sale()
	d.hearsThat("paper", func(line string) bool { return strings.Contains(line, "another slip") })
	d.say("1")
	d.hears("approved")
	c.plays("well", "all is well")
	d.say("")
	d.hears("idle")
	c.shows("12.34", 6)
	if strings.Contains(c.text(), "DUPLICATE") {
		t.Errorf("a slip that is out came again:\n%s", c.text())
	}
	c.plays("wrong-id", "wrong-id begins")
	sale()
	d.hears("paper")
	c.plays("well", "all is well")
	d.say("2")
	d.hears("approved")
	c.shows("DUPLICATE", 1)
	d.say("")
	d.hears("idle")
	if out := shell(t, "receipts", "test", "--data", t.TempDir(), "--config", config, "--lang", "en"); !strings.Contains(out, "The test page is out.") {
		t.Error(out)
	}
	c.shows("PRINTER TEST", 1)
	for fault, code := range map[string]string{"near-end": "printer.near-end", "cover-open": "printer.cover-open", "mute": "printer.silent"} {
		c.plays(fault, fault+" begins")
		_, found := checked(t, "--config", config, "--data", t.TempDir(), "--reader", "none")
		holdsCodes(t, found, code)
		c.plays("well", "all is well")
	}
	_, found := checked(t, "--config", config, "--data", t.TempDir(), "--reader", "none")
	holdsCodes(t, found, "printer.online")
	d.ends()
	if pictures, _ := filepath.Glob(filepath.Join(c.dir, "*.png")); len(pictures) != strings.Count(c.text(), "printer: picture ") {
		t.Errorf("%d pictures", len(pictures))
	}
	if out := shell(t, "journal", "verify", "--data", data, "--config", config); !strings.Contains(out, " ok ") {
		t.Error(out)
	}
	if leak := leaks([]byte(c.text()), planted); len(leak) > 0 {
		t.Errorf("leak in what the printer says: %v", leak)
	}
	gate(t, data)
	gate(t, c.dir)
}

// What is on a screen goes on paper where somebody wants it, each time anew and marked after
// the first; what is not out says why.
func TestScreensOnPaper(t *testing.T) {
	t.Parallel()
	c := newCounterTop(t)
	data, config := t.TempDir(), c.config("language = \"both\"\n")
	d := talk(t, "--data", data, "--config", config)
	paper := func(state, title string) {
		t.Helper()
		d.say("print")
		d.hearsThat(state, func(line string) bool { return strings.Contains(line, "It is on paper") })
		c.shows(title, 1)
	}
	d.hears("idle")
	d.say("sign-on")
	d.hears("approved")
	paper("approved", "SIGNED ON")
	d.say("", "balance", "4111111111111111", "1230", "")
	d.hears("approved")
	paper("approved", "余额查询 BALANCE")
	d.say("", "10.51", "4111111111111111", "1230", "123", "")
	d.hears("declined")
	c.plays("paper-out", "paper-out begins")
	d.say("print")
	d.hearsThat("declined", func(line string) bool { return strings.Contains(line, "Not printed · The printer is out of paper") })
	c.plays("well", "all is well")
	paper("declined", "交易失败 DECLINED")
	if strings.Contains(c.text(), "DUPLICATE") {
		t.Errorf("a paper that never left is marked:\n%s", c.text())
	}
	c.shows("账户余额不够支付", 1)
	paper("declined", "重打印 DUPLICATE")
	c.plays("wrong-id", "wrong-id begins")
	d.say("print")
	d.hearsThat("declined", func(line string) bool { return strings.Contains(line, "Perhaps printed") })
	c.plays("well", "all is well")
	d.say("cancel", "doctor")
	d.hearsThat("doctor", func(line string) bool { return strings.Contains(line, "good") || strings.Contains(line, "Faults") })
	paper("doctor", "设备检查 DEVICE CHECK")
	d.say("cancel")
	d.ends()
	gate(t, data)
	gate(t, c.dir)
}

// A terminal that dies while the slip is at the printer offers it again, marked.
func TestPrinterKilled(t *testing.T) {
	t.Parallel()
	c := newCounterTop(t, "--fault", "slow")
	data, config := t.TempDir(), c.config("")
	d := talk(t, "--data", data, "--config", config)
	d.hears("idle")
	d.say("12.34", "4111111111111111", "1230", "123", "")
	d.hears("processing")
	log := filepath.Join(data, "spool", "jobs.log")
	for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		if text, _ := os.ReadFile(log); strings.Contains(string(text), "sending") {
			break
		}
		if time.Now().After(end) {
			t.Fatal("nothing was sent")
		}
	}
	d.kill()
	c.plays("well", "all is well")
	d = talk(t, "--data", data, "--config", config)
	d.hears("idle")
	d.say("reprint")
	d.hears("trace")
	d.say("")
	d.hears("idle")
	c.shows("DUPLICATE", 2)
	d.ends()
	gate(t, data)
}

// What the configuration takes is what there is.
func TestPrinterSettings(t *testing.T) {
	if got, want := config.Printers(), escpos.Shipped(); !slices.Equal(got, want) {
		t.Errorf("profiles %v, want %v", got, want)
	}
	var ways []string
	for _, w := range port.Ways() {
		ways = append(ways, string(w))
	}
	if got := config.PrinterWays(); !slices.Equal(got, ways) {
		t.Errorf("ways %v, want %v", got, ways)
	}
	for _, c := range []config.Cut{config.CutFull, config.CutPartial, config.CutNone} {
		if !slices.Contains([]escpos.Cut{escpos.CutFull, escpos.CutPartial, escpos.CutNone}, escpos.Cut(c)) {
			t.Errorf("cut %s", c)
		}
	}
	if got := config.FileFormats(); !slices.Equal(got, formatNames()) {
		t.Errorf("formats %v, want %v", got, formatNames())
	}
	if got := config.Templates(); !slices.Equal(got, template.Shipped()) {
		t.Errorf("templates %v, want %v", got, template.Shipped())
	}
	for setting, want := range map[string]string{
		"printer = \"serial:COM1@x\"\n":                             "printer's address cannot be used",
		"printer = \"tcp:127.0.0.1\"\nprofile = \"epson-tm-t88\"\n": "no paper of so many columns",
		"printer = \"tcp:127.0.0.1\"\nprofile = \"gone.toml\"\n":    "printer's profile cannot be used",
	} {
		path := filepath.Join(t.TempDir(), "shop.toml")
		if err := os.WriteFile(path, []byte("[receipts]\n"+setting), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(built(t), "--plain", "--lang", "en", "--data", t.TempDir(), "--config", path).CombinedOutput()
		if err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%q: %v, %s", setting, err, out)
		}
	}
}

// A shop's own template, logo and lines are on its slips; a template that leaves out what a
// slip must say does not open the terminal, and the error names the line or the field.
func TestOwnPaper(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	standard, err := template.Source("standard")
	if err != nil {
		t.Fatal(err)
	}
	var dots bytes.Buffer
	if err := png.Encode(&dots, image.NewGray(image.Rect(0, 0, 100, 48))); err != nil {
		t.Fatal(err)
	}
	put("logo.png", dots.String())
	put("wide.png", "GIF89a")
	put("slip.txt", strings.Replace(string(standard), `{{part "shop"}}`, "^\"HELLO\"\n{{part \"shop\"}}", 1))
	put("lacks.txt", strings.Replace(string(standard), `{{part "card"}}`, "", 1))
	put("wrong.txt", string(standard)+`{{value "amout"}}`)
	config := func(text string) string {
		put("shop.toml", "[receipts]\n"+text)
		return filepath.Join(dir, "shop.toml")
	}
	own := config("files = \"pdf\"\ntemplate = \"slip.txt\"\nlogo = \"logo.png\"\nheader = \"一家小店\"\nfooter = \"come again | soon\"\n")
	data := t.TempDir()
	d := talk(t, "--data", data, "--config", own)
	d.hears("idle")
	d.say("12.34", "4111111111111111", "1230", "123", "")
	d.hears("approved")
	d.ends()
	for ending, beginning := range map[string]string{".txt": "", ".pdf": "%PDF-"} {
		files, _ := filepath.Glob(filepath.Join(data, "receipts", "*"+ending))
		for _, f := range files {
			if b, err := os.ReadFile(f); err != nil || !strings.HasPrefix(string(b), beginning) {
				t.Errorf("%s: %v", f, err)
			}
		}
		if len(files) != 2 {
			t.Errorf("%d slips as %s", len(files), ending)
		}
	}
	gate(t, data)
	if out := shell(t, "receipts", "preview", "--config", own); !strings.Contains(out, "HELLO") || !strings.Contains(out, "一家小店") || !strings.Contains(out, "come again\n") {
		t.Error(out)
	}
	for text, want := range map[string]string{
		"template = \"lacks.txt\"": "lacks.txt: slip: pan is not on the slip", "template = \"wrong.txt\"": "wrong.txt:12: no such name",
		"template = \"gone.txt\"": "template cannot be used", "logo = \"wide.png\"": "not a PNG picture",
	} {
		out, err := exec.Command(built(t), "--plain", "--lang", "en", "--data", t.TempDir(), "--config", config(text+"\n")).CombinedOutput()
		if err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v, %s", text, err, out)
		}
	}
}

// A preview that watches shows the slip again when its template is saved, and what is wrong
// with one that is not finished.
func TestPreviewWatches(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	standard, err := template.Source("standard")
	if err != nil {
		t.Fatal(err)
	}
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("slip.txt", "{{if}}") // not finished yet
	put("shop.toml", "[receipts]\ntemplate = \"slip.txt\"\n")
	c := &counterTop{t: t}
	cmd := exec.Command(built(t), "receipts", "preview", "--watch", "--lang", "en", "--config", filepath.Join(dir, "shop.toml"))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // where the test ends before it does
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			c.mu.Lock()
			c.said = append(c.said, lines.Text())
			c.mu.Unlock()
		}
	}()
	c.shows("slip.txt:1: missing value for if", 1)
	put("slip.txt", string(standard))
	c.shows("CARD NO.", 1)
	put("slip.txt", strings.Replace(string(standard), `{{part "card"}}`, "{{part \"card\"}}\n|LOOK|", 1))
	c.shows("LOOK", 1)
	put("slip.txt", "{{if}}")
	c.shows("slip.txt:1: missing value for if", 2)
	put("slip.txt", string(standard))
	c.shows("CARD NO.", 3)
	put("shop.toml", "[receipts")
	c.shows("shop.toml:", 1)
	put("shop.toml", "[receipts]\ncolumns = 48\n")
	c.shows("CARD NO.", 4)
	_ = cmd.Process.Signal(os.Interrupt)
	<-read
	if _ = cmd.Wait(); cmd.ProcessState.ExitCode() != 130 {
		t.Errorf("ended with %d", cmd.ProcessState.ExitCode())
	}
}
