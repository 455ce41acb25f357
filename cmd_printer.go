package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"vpos/receipts/printer/virtual"
	"vpos/receipts/raster"
	"vpos/tui/words"
)

// printerSettings are the flags of the virtual printer.
type printerSettings struct {
	listen  string
	columns int
	out     string
	faults  []string
	breaks  int
	paper   int
}

// printerCommand is a receipt printer without a body.
func printerCommand(s *settings) *cobra.Command {
	var f printerSettings
	cmd := &cobra.Command{
		Use:   "printer",
		Short: "A virtual receipt printer, for practice and for tests",
		Long: "Prints what a terminal sends to it as a real ESC/POS printer would, as text here and as\n" +
			"a picture in a folder, and answers whether a slip is out. In the configuration of the\n" +
			"terminal it is receipts.printer = \"tcp:127.0.0.1:9100\", with a profile that confirms,\n" +
			"such as epson-tm-t82-cn.\n\n" +
			"A fault is played from the start with --fault, or when its name is typed here; typed\n" +
			"again it ends. Faults: " + faultNames() + "; well ends all.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runPrinter(cmd, *s, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.listen, "listen", "127.0.0.1:9100", "address and port to listen on, of this computer alone")
	flags.IntVar(&f.columns, "columns", 48, "columns of its paper: 32, 42 or 48")
	flags.StringVar(&f.out, "out", "", "folder for the pictures (default: printer in the data folder)")
	flags.StringSliceVar(&f.faults, "fault", nil, "what goes wrong from the start: "+faultNames())
	flags.IntVar(&f.breaks, "break-after", 0, "the connection of the first job breaks behind so many bytes")
	flags.IntVar(&f.paper, "paper-for", 0, "the paper ends behind so many lines")
	return cmd
}

func faultNames() string {
	names := make([]string, 0, len(virtual.Faults()))
	for _, f := range virtual.Faults() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

func runPrinter(cmd *cobra.Command, s settings, f printerSettings) error {
	p, err := readShop(s)
	if err != nil {
		return err
	}
	defer p.close()
	tray, err := f.tray(p)
	if err != nil {
		return err
	}
	tray.w = cmd.OutOrStdout()
	o := virtual.Options{Columns: f.columns, Out: tray.put}
	if err := o.Check(); err != nil {
		return advise(words.Misuse, p.lang, err)
	}
	device := virtual.New(o)
	for _, name := range f.faults {
		if !slices.Contains(virtual.Faults(), virtual.Fault(name)) {
			return advise(words.Misuse, p.lang, fmt.Errorf("--fault %q: want %s", name, faultNames()))
		}
		device.Set(virtual.Fault(name), true)
	}
	device.BreakAfter(f.breaks)
	device.PaperFor(f.paper)
	listener, err := f.listener(cmd.Context(), p.lang)
	if err != nil {
		return err
	}
	tray.say(words.PrinterListening.Fill(p.lang, listener.Addr()))
	go playFaults(device, cmd.InOrStdin(), tray, f.faults)
	if err := device.Serve(cmd.Context(), listener); err != nil {
		return fmt.Errorf("printer: %w", err)
	}
	return nil
}

// listener listens on this computer alone: what comes out here are slips.
func (f printerSettings) listener(ctx context.Context, lang words.Lang) (net.Listener, error) {
	host, _, err := net.SplitHostPort(f.listen)
	if ip := net.ParseIP(host); err == nil && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		err = errors.New("not an address of this computer alone, such as 127.0.0.1")
	}
	if err != nil {
		return nil, advise(words.Misuse, lang, fmt.Errorf("--listen %q: %w", f.listen, err))
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", f.listen)
	if err != nil {
		return nil, advise(words.ListenFailed, lang, err)
	}
	return l, nil
}

// playFaults sets the faults that are typed.
func playFaults(device *virtual.Printer, in io.Reader, t *tray, from []string) {
	on := map[virtual.Fault]bool{}
	for _, name := range from {
		on[virtual.Fault(name)] = true
	}
	for lines := bufio.NewScanner(in); lines.Scan(); {
		name := strings.ToLower(strings.TrimSpace(lines.Text()))
		fault := virtual.Fault(name)
		switch {
		case name == "":
		case name == "well":
			on = map[virtual.Fault]bool{}
			device.Well()
			t.say(words.PrinterWell.In(t.lang))
		case !slices.Contains(virtual.Faults(), fault):
			t.say(words.PrinterFaults.Fill(t.lang, faultNames()))
		default:
			on[fault] = !on[fault]
			device.Set(fault, on[fault])
			said := words.PrinterFaultOff
			if on[fault] {
				said = words.PrinterFaultOn
			}
			t.say(said.Fill(t.lang, name))
		}
	}
}

// tray is where paper comes out: text on the terminal, a picture in a folder.
type tray struct {
	lang words.Lang
	dir  string

	mu sync.Mutex
	w  io.Writer
	n  int
}

// tray makes the folder of the pictures.
func (f printerSettings) tray(p *shop) (*tray, error) {
	dir := f.out
	if dir == "" {
		dir = filepath.Join(p.dir, "printer")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, advise(words.FolderFailed, p.lang, err)
	}
	return &tray{lang: p.lang, dir: dir}, nil
}

func (t *tray) say(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprintln(t.w, text)
}

func (t *tray) put(p virtual.Paper) {
	t.mu.Lock()
	defer t.mu.Unlock()
	rule := strings.Repeat("─", p.Columns)
	fmt.Fprintf(t.w, "%s\n%s%s\n", rule, p.Text(), rule)
	for _, w := range p.Warnings {
		fmt.Fprintln(t.w, words.PrinterUnknown.Fill(t.lang, w))
	}
	if !p.Whole {
		fmt.Fprintln(t.w, words.PrinterTorn.In(t.lang))
	}
	if p.Drawer {
		fmt.Fprintln(t.w, words.PrinterDrawer.In(t.lang))
	}
	path, err := t.picture(p)
	if err != nil {
		fmt.Fprintln(t.w, words.PrinterNoPicture.Fill(t.lang, err))
		return
	}
	fmt.Fprintln(t.w, words.PrinterPicture.Fill(t.lang, path))
}

// picture writes the paper into a new file.
func (t *tray) picture(p virtual.Paper) (path string, err error) {
	for {
		t.n++
		path = filepath.Join(t.dir, fmt.Sprintf("%s-%03d.png", time.Now().Format("20060102-150405"), t.n))
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // in the folder that was chosen
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("picture: %w", err)
		}
		if err := errors.Join(raster.Encode(f, p.Image()), f.Close()); err != nil {
			return "", fmt.Errorf("picture: %w", err)
		}
		return path, nil
	}
}
