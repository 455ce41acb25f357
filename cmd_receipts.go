package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"vpos/receipts"
	"vpos/receipts/escpos"
	"vpos/receipts/printer/port"
	"vpos/receipts/samples"
	"vpos/tui/words"
	"vpos/txn"
)

// drawing is what the commands about paper are told to draw.
type drawing struct {
	sample  string
	trace   uint32
	batch   uint32
	holder  bool
	format  string
	columns int
	lang    string
	profile string
	out     string
	watch   bool
}

// receiptsCommand is about paper: what a slip looks like, and what it is printed on.
func receiptsCommand(s *settings) *cobra.Command {
	group := &cobra.Command{Use: "receipts", Short: "Slips: see, draw and test them; find a printer"}
	group.AddCommand(renderCommand(s), previewCommand(s), &cobra.Command{
		Use: "samples", Short: "The samples that can be drawn, a name a line", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, one := range samples.All() {
				fmt.Fprintln(cmd.OutOrStdout(), one.Name)
			}
			return nil
		},
	}, &cobra.Command{
		Use: "printers", Short: "The printers whose abilities are known: columns, Chinese, QR code, cutter, and how they confirm", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return listPrinters(cmd.OutOrStdout()) },
	}, &cobra.Command{
		Use: "detect", Short: "The printers of this computer, as receipts.printer takes them", Args: cobra.NoArgs,
		Long: "Lists printer devices, serial lines and print queues. Nothing is opened, and no network is searched.",
		RunE: func(cmd *cobra.Command, _ []string) error { return detectPrinters(cmd, *s) },
	}, &cobra.Command{
		Use: "test", Short: "A test page on the printer of the configuration", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return testPrinter(cmd, *s) },
	})
	return group
}

// flags are those that say what is drawn and how.
func (d *drawing) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&d.sample, "sample", "", "one that vpos receipts samples lists (default: sale-keyed)")
	f.Uint32Var(&d.trace, "trace", 0, "the slip of a transaction instead, as a duplicate")
	f.Uint32Var(&d.batch, "batch", 0, "and its batch (default: the open one)")
	f.BoolVar(&d.holder, "cardholder", false, "the cardholder's copy of it")
	f.IntVar(&d.columns, "columns", 0, "32, 42 or 48 (default: the configuration's)")
	f.StringVar(&d.lang, "lang", "", "language of the slip: zh, en or both (default: the configuration's)")
	f.StringVar(&d.format, "format", "text", "one of "+strings.Join(formatNames(), ", "))
	f.StringVar(&d.profile, "profile", "", "the printer, for escpos: one that vpos receipts printers lists (default: the configuration's)")
	f.StringVar(&d.out, "out", "", "a new file instead of standard output")
	cmd.MarkFlagsMutuallyExclusive("sample", "trace")
}

// spoken are the settings with the slip's language for what is said, where it is one.
func (d *drawing) spoken(s settings) settings {
	if _, one := words.ParseLang(d.lang); one {
		s.lang = d.lang
	}
	return s
}

func renderCommand(s *settings) *cobra.Command {
	var d drawing
	cmd := &cobra.Command{
		Use: "render", Short: "Draws a slip in any format, into a file or to standard output", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onSlips(cmd.Context(), d.spoken(*s), d.trace > 0, func(p *shop) error { return d.render(cmd, p) })
		},
	}
	d.flags(cmd)
	return cmd
}

func previewCommand(s *settings) *cobra.Command {
	var d drawing
	cmd := &cobra.Command{
		Use: "preview", Short: "Shows a slip as this shop prints it, here in the terminal", Args: cobra.NoArgs,
		Long: "Shows the slip of the configuration: its shop, columns, language, logo and template. With\n" +
			"--watch it is shown again whenever the configuration or the template is saved.",
		RunE: func(cmd *cobra.Command, _ []string) error { return d.preview(cmd, d.spoken(*s)) },
	}
	d.flags(cmd)
	cmd.Flags().BoolVar(&d.watch, "watch", false, "again whenever a file it is made of changes, until Ctrl-C")
	return cmd
}

// onSlips gives a command the shop: of what is in the journal, with it open.
func onSlips(ctx context.Context, s settings, journal bool, do func(*shop) error) error {
	p, err := readShop(s)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.fits(); err != nil {
		return err
	}
	if journal {
		if err := p.openJournal(ctx); err != nil {
			return err
		}
	}
	return do(p)
}

// page is the page that is wanted.
func (d *drawing) page(ctx context.Context, p *shop) (receipts.Page, error) {
	o := p.slipOptions()
	if d.columns != 0 {
		o.Columns = d.columns
	}
	if d.lang != "" {
		lang, ok := receipts.ParseLang(d.lang)
		if !ok {
			return receipts.Page{}, advise(words.Misuse, p.lang, fmt.Errorf("--lang %q: want zh, en or both", d.lang))
		}
		o.Lang = lang
	}
	if !slices.Contains([]int{32, 42, 48}, o.Columns) {
		return receipts.Page{}, advise(words.Misuse, p.lang, fmt.Errorf("--columns %d: want 32, 42 or 48", o.Columns))
	}
	page, err := d.draw(ctx, p, o)
	if err != nil {
		if _, said := errors.AsType[advised](err); said {
			return page, err
		}
		return page, advise(words.SlipUnprintable, p.lang, err)
	}
	return page, nil
}

func (d *drawing) draw(ctx context.Context, p *shop, o receipts.Options) (receipts.Page, error) {
	if d.trace == 0 {
		name := d.sample
		if name == "" {
			name = "sale-keyed"
		}
		one, ok := samples.Find(name)
		if !ok {
			return receipts.Page{}, advise(words.SampleUnknown, p.lang, fmt.Errorf("%q", name))
		}
		return one.Render(o)
	}
	t, err := p.journal.FindIn(ctx, txn.Batch(d.batch), txn.STAN(d.trace))
	switch {
	case err != nil:
		return receipts.Page{}, journalError(err, p.lang)
	case t == nil:
		return receipts.Page{}, refuse(txn.TraceUnknown, p.lang)
	}
	slip := txn.Slip{Txn: t, Copy: txn.MerchantCopy, Duplicate: true}
	if d.holder {
		slip.Copy = txn.CardholderCopy
	}
	page, err := receipts.Render(slip, o)
	if t.Status == txn.Declined {
		if page, err = declinedPage(t, o); err == nil {
			page, err = receipts.MarkDuplicate(page)
		}
	}
	if errors.Is(err, receipts.ErrNoSlip) {
		return page, refuse(txn.NoSlip, p.lang)
	}
	return page, err
}

func (d *drawing) render(cmd *cobra.Command, p *shop) error {
	f, ok := findFormat(d.format)
	if !ok {
		return advise(words.Misuse, p.lang, fmt.Errorf("--format %q: want one of %s", d.format, strings.Join(formatNames(), ", ")))
	}
	page, err := d.page(cmd.Context(), p)
	if err != nil {
		return err
	}
	data, err := f.draw(p, d.profile, page)
	if err != nil {
		return advise(words.SlipUnprintable, p.lang, err)
	}
	if d.out != "" {
		return p.putNew(d.out, data)
	}
	if out, ok := cmd.OutOrStdout().(*os.File); ok && f.binary && term.IsTerminal(out.Fd()) {
		return advise(words.SlipNotForScreen, p.lang, nil)
	}
	_, err = cmd.OutOrStdout().Write(data)
	return err //nolint:wrapcheck // of standard output
}

// putNew writes a file that is not there yet.
func (p *shop) putNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the person's own choice
	if err != nil {
		return advise(words.ReportUnwritable, p.lang, err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return advise(words.ReportUnwritable, p.lang, err)
	}
	return nil
}

// lookAgain is how often the files of a preview are looked at.
const lookAgain = 300 * time.Millisecond

func (d *drawing) preview(cmd *cobra.Command, s settings) error {
	for ctx := cmd.Context(); ; {
		files := madeOf(s)
		was := stamps(files) // before they are read: what is saved while a slip is drawn shows next
		err := onSlips(ctx, s, d.trace > 0, func(p *shop) error { return d.render(cmd, p) })
		if !d.watch {
			return err
		}
		if err != nil {
			fmt.Fprintln(cmd.OutOrStdout(), err)
		}
		for slices.Equal(was, stamps(files)) {
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(lookAgain):
			}
		}
		fmt.Fprintln(cmd.OutOrStdout(), strings.Repeat("─", 32))
	}
}

// madeOf is the files that a slip of the configuration is made of: where that cannot be
// read, itself.
func madeOf(s settings) []string {
	p, err := readShop(s)
	if err != nil {
		return []string{s.config}
	}
	return []string{p.config.Source, p.config.Receipts.Template, p.config.Receipts.Logo}
}

// stamp tells a file from what it was: a clock's tick may see two saves.
type stamp struct {
	changed time.Time
	bytes   int64
}

func stamps(files []string) []stamp {
	list := make([]stamp, len(files))
	for i, f := range files {
		if info, err := os.Stat(f); f != "" && err == nil {
			list[i] = stamp{info.ModTime(), info.Size()}
		}
	}
	return list
}

func listPrinters(w io.Writer) error {
	for _, name := range escpos.Shipped() {
		p, err := escpos.Load(name)
		if err != nil {
			return fmt.Errorf("printers: %w", err)
		}
		qr, cut := "-", "-"
		if p.QR {
			qr = "QR"
		}
		if len(p.Cut) > 0 {
			cut = "cut"
		}
		fmt.Fprintf(w, "%-16s %-8s %-8s %-3s %-4s %-10s %s\n", name, strings.Trim(fmt.Sprint(p.Columns), "[]"), p.Encoding, qr, cut, p.Confirms, p.Models)
	}
	return nil
}

func detectPrinters(cmd *cobra.Command, s settings) error {
	p, err := readShop(s)
	if err != nil {
		return err
	}
	defer p.close()
	found := port.Detect(cmd.Context())
	for _, f := range found {
		fmt.Fprintf(cmd.OutOrStdout(), "%-40s %s\n", f.Setting, f.About)
	}
	if len(found) == 0 {
		fmt.Fprintln(cmd.OutOrStdout(), words.PrintersNone.In(p.lang))
	}
	return nil
}

// testPrinter asks the printer how it is, and prints a page of all that a slip may have.
func testPrinter(cmd *cobra.Command, s settings) error {
	return onSlips(cmd.Context(), s, false, func(p *shop) error {
		if p.printer == nil {
			return advise(words.PrinterIsFile, p.lang, nil)
		}
		if _, code, err := p.printer.wire.Check(cmd.Context()); code != txn.NoProblem {
			return printerTrouble(code, p.lang, err)
		}
		page, err := receipts.TestPage(p.config.Receipts.Printer, p.printer.encoder.Profile.Name, time.Now(), p.slipOptions())
		if err != nil {
			return advise(words.SlipUnprintable, p.lang, err)
		}
		job, err := p.printer.encode(page, true)
		if err != nil {
			return advise(words.SlipUnprintable, p.lang, err)
		}
		if r := p.printer.wire.Print(cmd.Context(), [4]byte([]byte("TEST")), job); r.Why != txn.NoProblem {
			return printerTrouble(r.Why, p.lang, r.Err)
		}
		fmt.Fprintln(cmd.OutOrStdout(), words.PrinterTested.In(p.lang))
		return nil
	})
}

// printerTrouble is why a printer does not print, in the words of the screens.
func printerTrouble(code txn.Code, lang words.Lang, cause error) error {
	return advise(words.Failure{Code: string(code), Advice: words.ForCode(code)}, lang, cause)
}
