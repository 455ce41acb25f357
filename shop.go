package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/adrg/xdg"
	"github.com/charmbracelet/x/term"

	"vpos/reader"
	"vpos/receipts"
	"vpos/receipts/printer"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/config"
	"vpos/txn/engine"
	"vpos/txn/host"
	"vpos/txn/host/keys"
	"vpos/txn/journal"
	"vpos/txn/staff"
)

// shop is one terminal put together: what a run needs and must close again.
type shop struct {
	config  config.Config
	dialect host.Profile
	lang    words.Lang
	dir     string // everything the run keeps lies below it
	log     *slog.Logger
	reading bool // nothing is made that is not there
	keys    journal.KeySource
	journal *journal.Journal
	link    *host.Link
	pepper  staff.Pepper
	printer *counterPrinter   // nil where slips are files
	paper   *printer.Device   // that printer, opened
	slipsIn *printer.File     // the folder of slips that are files
	booksIn *printer.File     // the folder of reports, which are files in any case
	layout  receipts.Template // nil for the standard one
	logo    *receipts.Picture // nil for none
	looked  <-chan struct{}   // closed when the readers have been looked into; nil where that is not waited for
	closers []func() error    // in the order opened
	opened  atomic.Bool       // all of it is there: the screen does not wait for that
}

// openShop loads the configuration and opens the data folder and the log: what
// must be right before a screen is shown. It looks at no database and no network.
func openShop(s settings) (*shop, error) {
	c, lang, err := loadConfig(s)
	if err != nil {
		return nil, err
	}
	if s.reader != "" && !c.SetReader(s.reader) {
		return nil, advise(words.ReaderUnknown, lang, nil)
	}
	p := &shop{config: c, lang: lang, dir: dataFolder(s, c)}
	p.slipsIn, p.booksIn = p.folder("receipts"), p.folder("reports")
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return nil, advise(words.FolderFailed, lang, err)
	}
	log, file, err := openLog(p.dir, slog.LevelInfo)
	if err != nil {
		return nil, advise(words.FolderFailed, lang, err)
	}
	p.log = log
	*s.folder = p.dir
	p.closers = append(p.closers, file.Close)
	if err := p.fits(); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// fits finds the dialect and holds the configuration against what no key of it says
// alone: a live link is signed, and its words can be printed.
func (p *shop) fits() (err error) {
	if p.dialect, err = dialect(p.config.Host, p.lang); err != nil {
		return err
	}
	if p.config.Mode.Live && p.dialect.Keys.MAC == keys.NoMAC {
		return advise(words.ProfileUnsigned, p.lang, nil)
	}
	if p.printer, err = p.findPrinter(); err != nil {
		return err
	}
	if err := p.findLayout(); err != nil {
		return err
	}
	return p.checkPaper()
}

// checkPaper draws a slip with this shop's words: what cannot be printed must be
// known before money moves, not after.
func (p *shop) checkPaper() error {
	pan, err := reader.RestorePAN([]byte("000000000000"))
	if err != nil {
		return fmt.Errorf("sample slip: %w", err)
	}
	t := txn.Transaction{
		Kind: txn.Sale, Batch: 1, STAN: 1, Amount: txn.Money{Minor: txn.MaxMinor, Currency: p.config.Terminal.Currency},
		Card: reader.Card{Entry: reader.Manual, PAN: pan}, At: time.Now(), Status: txn.Approved,
		Terminal: p.config.Terminal.ID, Merchant: p.config.Terminal.Merchant,
		Result: txn.Result{Code: "00", AuthCode: "000000", RRN: "000000000000"},
	}
	if _, err := receipts.Render(txn.Slip{Txn: &t, Copy: txn.MerchantCopy}, p.slipOptions()); err != nil {
		return advise(words.SlipUnprintable, p.lang, err)
	}
	return nil
}

// loadConfig reads the file the flag names, or the one the settings screen wrote, or takes
// the defaults.
func loadConfig(s settings) (config.Config, words.Lang, error) {
	c := config.Default()
	var err error
	if file := configFile(s); file != "" {
		c, err = config.Load(file)
	}
	if err == nil && s.config == "" && c.Mode.Live { // the flag alone makes a terminal live
		return c, words.FromEnv(os.LookupEnv), advise(words.SettingsLive, s.spoken(), nil)
	}
	lang, langErr := s.language(string(c.Terminal.Language))
	if langErr != nil {
		return c, lang, langErr
	}
	var problems *config.Problems
	if errors.As(err, &problems) {
		return c, lang, configError(problems, lang)
	}
	return c, lang, err
}

// dataFolder is the --data folder, or one of the user's own for the mode. The
// two modes never share one.
func dataFolder(s settings, c config.Config) string {
	if s.data != "" {
		return s.data
	}
	return filepath.Join(xdg.StateHome, "vpos", string(mode(c)))
}

func mode(c config.Config) journal.Mode {
	if c.Mode.Live {
		return journal.Live
	}
	return journal.Training
}

// open opens what the engine performs effects with: the journal, the embedded
// host where there is one, the link, the printer.
func (p *shop) open(ctx context.Context) (engine.Parts, error) {
	if err := p.openJournal(ctx); err != nil {
		return engine.Parts{}, err
	}
	p.shredOld(ctx)
	link, err := p.openLink(ctx)
	if err != nil {
		return engine.Parts{}, err
	}
	paper, err := p.openPaper()
	if err != nil {
		return engine.Parts{}, err
	}
	parts := engine.Parts{Journal: p.journal, Link: link, Printer: paper}
	operators, err := p.journal.Operators(ctx)
	switch {
	case err != nil:
		return engine.Parts{}, journalError(err, p.lang)
	case len(operators) > 0:
		parts.Staff = p.withShifts(p.keeper())
	}
	p.opened.Store(true)
	return parts, nil
}

// openKeys finds where the folder's key lives. Where only a passphrase can give
// it, the person is asked: before the screen, because it has the keyboard after.
func (p *shop) openKeys(ctx context.Context) error {
	if p.keys != nil {
		return nil
	}
	if err := p.keyThere(); err != nil {
		return err
	}
	open := func(passphrase reader.Secret) (err error) {
		p.keys, err = journal.OpenKeySource(ctx, mode(p.config), p.dir, passphrase)
		return err
	}
	err := open(reader.Secret{})
	sealed := errors.Is(err, journal.ErrPassphrase)
	if (sealed || errors.Is(err, journal.ErrNoKeySource)) && term.IsTerminal(os.Stdin.Fd()) {
		passphrase, asked := askPassphrase(p.lang, !sealed)
		if asked != nil {
			return asked
		}
		err = open(passphrase)
	}
	if err != nil {
		return journalError(err, p.lang)
	}
	return nil
}

func (p *shop) openJournal(ctx context.Context) error {
	if err := p.openKeys(ctx); err != nil {
		return err
	}
	sealer, err := journal.NewSealer(ctx, p.keys)
	if err != nil {
		return journalError(err, p.lang)
	}
	p.journal, err = journal.Open(ctx, journal.Options{
		Path: filepath.Join(p.dir, journalName), Sealer: sealer,
		Terminal: p.config.Terminal.ID, Mode: mode(p.config), Existing: p.reading,
	})
	if err != nil {
		return journalError(err, p.lang)
	}
	p.pepper = sealer.Pepper()
	p.closers = append(p.closers, p.journal.Close)
	p.log.Info("journal", "mode", mode(p.config), "key", p.keys.Kind())
	return nil
}

func (p *shop) slipOptions() receipts.Options {
	m := p.config.Merchant
	lang, ok := receipts.ParseLang(string(p.config.Receipts.Language))
	if !ok {
		lang = receipts.Both
	}
	return receipts.Options{
		Merchant: receipts.Merchant{
			Name: receipts.Words{Zh: m.NameZH, En: m.NameEN}, City: m.City, Address: m.Address,
			Licence: m.Licence, Acquirer: m.Acquirer, Phone: m.HelpLine,
		},
		Columns: p.config.Receipts.Columns, Lang: lang, Holder: p.holder(), Training: !p.config.Mode.Live,
		Template: p.layout, Logo: p.logo, Header: p.config.Receipts.Header, Footer: p.config.Receipts.Footer,
	}
}

// holder is the language of the cardholders' copies.
func (p *shop) holder() receipts.Holder {
	screens := receipts.English
	if p.lang == words.ZH {
		screens = receipts.Chinese
	}
	return receipts.ParseHolder(string(p.config.Terminal.CardholderLanguage), screens)
}

// newEngine makes the engine of this shop; changed and fatal are its own words.
func (p *shop) newEngine(changed func(), fatal func(error)) *engine.Engine {
	return engine.New(engine.Options{Setup: p.setup(), Log: p.log, Changed: changed, Fatal: fatal})
}

// close closes everything in the opposite order.
func (p *shop) close() {
	for i := len(p.closers) - 1; i >= 0; i-- {
		if err := p.closers[i](); err != nil && !errors.Is(err, fs.ErrClosed) {
			p.log.Error("close", "err", err)
		}
	}
	p.closers = nil
}

// shredOld drops the card numbers that have been kept long enough. What fails is tried
// again at the next start.
func (p *shop) shredOld(ctx context.Context) {
	gone, err := p.journal.ShredOld(ctx, time.Now().AddDate(0, 0, -p.config.Rules.KeepCards))
	if err != nil {
		p.log.Error("shred", "err", err)
	}
	for _, b := range gone {
		p.log.Info("shredded", "batch", b)
	}
}
