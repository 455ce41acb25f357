package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"vpos/reader"
	"vpos/reader/pcsc"
	"vpos/receipts/printer"
	"vpos/txn/config"
	"vpos/txn/engine"
	"vpos/txn/health"
	"vpos/txn/host"
	"vpos/txn/journal"
)

// The device check of a shop: the probes of each device, put to work on what this run
// has. Of a terminal that runs it asks through what is open already; without one it
// opens what it needs, makes nothing, and lets go again.

// doctor is the device check of one shop.
type doctor struct {
	shop   *shop
	engine *engine.Engine // of the terminal that runs in this process; nil for none
	began  time.Time      // of the process, or as near as can be: what the clock has done since
}

// visit is one check: what one probe leaves for another.
type visit struct {
	*doctor
	at   time.Time
	key  *later[journal.KeySource] // nil where there is none to be had without asking somebody
	book *later[booked]
	line *later[host.Vitals]
}

// booked is what the journal told the others.
type booked struct {
	newest time.Time
	held   bool // by a terminal of another process
}

// Check looks at everything but the screen, and tells what it finds as it comes.
func (d *doctor) Check(ctx context.Context, tell func(health.Finding)) {
	runChecks(ctx, d.visit().checks(), tell)
}

// CheckQuick looks at what is here and quick: what must be right before a terminal
// opens, and never waits for a host or a person.
func (d *doctor) CheckQuick(ctx context.Context, tell func(health.Finding)) {
	v := d.visit()
	v.line.set(host.Vitals{})
	var quick []check
	for _, c := range v.checks() {
		switch c.subject {
		case health.Printer, health.Disk, health.Folder, health.Journal, health.Clock:
			quick = append(quick, c)
		default:
		}
	}
	runChecks(ctx, quick, tell)
}

func (d *doctor) visit() *visit {
	return &visit{doctor: d, at: time.Now(), key: newLater[journal.KeySource](), book: newLater[booked](), line: newLater[host.Vitals]()}
}

func (v *visit) checks() []check {
	link, keychain, book := v.hostAlone, v.keychainAlone, v.journalAlone
	if v.engine != nil {
		link, keychain, book = v.hostRunning, v.keychainRunning, v.journalRunning
	}
	return []check{
		{health.Reader, checkLimit, v.readers},
		{health.Printer, checkLimit, v.printer},
		{health.Link, linkLimit, link},
		{health.Clock, checkLimit, v.clock},
		{health.Disk, checkLimit, v.disk},
		{health.Folder, checkLimit, v.folder},
		{health.Keychain, checkLimit, keychain},
		{health.Journal, checkLimit, book},
		{health.Program, checkLimit, v.program},
		{health.Dumps, checkLimit, func(context.Context) health.Finding { return dumps() }},
	}
}

func found(c health.Code, o health.Outcome) health.Finding {
	return health.Finding{Code: c, Outcome: o}
}

// readers asks the smart-card service what it knows; no card is powered.
func (v *visit) readers(ctx context.Context) health.Finding {
	r := v.shop.config.Reader
	switch r.Use {
	case config.ReaderNone:
		return found(health.ReaderUnused, health.NotApplicable)
	case config.ReaderDeck:
		return found(health.ReaderDeck, health.NotApplicable)
	case config.ReaderPCSC, config.ReaderAuto:
	}
	return readerFinding(r, v.shop.config.Mode.Live, pcsc.Survey(ctx))
}

// readerFinding judges what is plugged in against what the configuration wants: a
// reader it names must be there; where any would do, a live terminal can still swipe,
// and a training one has virtual cards.
func readerFinding(want config.Reader, live bool, r reader.Readers) health.Finding {
	worst := health.NotApplicable
	switch {
	case want.Use == config.ReaderPCSC:
		worst = health.Fault
	case live:
		worst = health.Warning
	}
	switch pcsc.State(r.State) {
	case pcsc.Disabled:
		return found(health.ReaderDisabled, worst)
	case pcsc.NoService:
		return found(health.ReaderNoService, worst)
	case pcsc.NoReader:
		return found(health.ReaderNone, worst)
	case pcsc.Ready:
	}
	ours, cards := 0, 0
	for _, one := range r.List {
		if !pcsc.Match(want.Name, one.Name) {
			continue
		}
		ours++
		if one.Card != reader.NoCard {
			cards++
		}
	}
	if ours == 0 {
		return found(health.ReaderOther, worst).With(health.Readers, int64(len(r.List)))
	}
	return found(health.ReaderReady, health.Good).With(health.Readers, int64(ours)).With(health.Cards, int64(cards))
}

// printer asks the printer how it is, or tries the folder that slips go to.
func (v *visit) printer(ctx context.Context) health.Finding {
	counter := v.shop.printer
	if counter == nil {
		var err error
		if counter, err = v.shop.findPrinter(); err != nil {
			return found(health.PrinterSettings, health.Fault)
		}
	}
	if counter != nil {
		return counter.finding(ctx)
	}
	if !v.folderThere() {
		return found(health.PrinterNew, health.NotApplicable)
	}
	made, err := (&printer.File{Dir: filepath.Join(v.shop.dir, "receipts")}).Check()
	switch {
	case errors.Is(err, printer.ErrUnwritable):
		return found(health.PrinterUnwritable, health.Fault)
	case errors.Is(err, printer.ErrFull):
		return found(health.PrinterFull, health.Fault)
	case err != nil:
		return found(health.PrinterFailed, health.Fault)
	case !made:
		return found(health.PrinterNew, health.Good)
	}
	f := found(health.PrinterReady, health.Good)
	if free := journal.FreeSpace(v.shop.dir); free >= 0 {
		f = f.With(health.Free, free)
	}
	return f
}

// clock waits for what the host and the journal say of the time.
func (v *visit) clock(ctx context.Context) health.Finding {
	line, _ := v.line.get(ctx)
	book, _ := v.book.get(ctx)
	now := time.Now()
	jump := now.Round(0).Sub(v.began.Round(0)) - now.Sub(v.began) // the wall clock against the monotonic one
	ahead := time.Duration(-1)
	if !book.newest.IsZero() {
		ahead = book.newest.Sub(now)
	}
	offset, known := line.Ahead()
	return health.OfClock(offset, known, jump, ahead)
}

// disk writes where a journal is, and asks where there is none yet: a check makes
// nothing in a new folder.
func (v *visit) disk(ctx context.Context) health.Finding {
	if !v.journalThere() {
		dir := nearest(v.shop.dir)
		if !journal.Writable(dir) {
			return found(health.DiskReadOnly, health.Fault)
		}
		f := found(health.DiskNew, health.NotApplicable)
		if free := journal.FreeSpace(dir); free >= 0 {
			f = f.With(health.Free, free)
		}
		return f
	}
	d, err := journal.ProbeDisk(ctx, v.shop.dir)
	switch {
	case errors.Is(err, journal.ErrReadOnly):
		return found(health.DiskReadOnly, health.Fault)
	case errors.Is(err, journal.ErrFull):
		return found(health.DiskFull, health.Fault)
	case err != nil:
		return found(health.DiskFailed, health.Fault)
	}
	return health.OfDisk(d.Free, d.Slowest)
}

// folder looks at who else may read the data.
func (v *visit) folder(context.Context) health.Finding {
	if !v.folderThere() {
		return found(health.FolderNew, health.NotApplicable)
	}
	e, err := journal.ProbeExposure(v.shop.dir)
	switch {
	case err != nil:
		return found(health.FolderFailed, health.Fault)
	case !e.Modes:
		return found(health.FolderNoModes, health.NotApplicable)
	case e.Files > 0 && v.shop.config.Mode.Live:
		return found(health.FolderExposed, health.Fault).With(health.Exposed, int64(e.Files))
	case e.Files > 0:
		return found(health.FolderExposed, health.Warning).With(health.Exposed, int64(e.Files))
	case e.Open:
		return found(health.FolderOpen, health.Warning)
	}
	return found(health.FolderPrivate, health.Good)
}

// program hashes the program's own file.
func (v *visit) program(context.Context) health.Finding {
	exe, err := os.Executable()
	if err != nil {
		return found(health.ProgramUnreadable, health.Warning)
	}
	if real, err := filepath.EvalSymlinks(exe); err == nil {
		exe = real
	}
	folder := ""
	if v.journalThere() {
		folder = v.shop.dir
	}
	return programOf(exe, folder, buildVersion(), time.Now())
}

func (v *visit) folderThere() bool {
	info, err := os.Stat(v.shop.dir)
	return err == nil && info.IsDir()
}

// journalThere reports whether the folder has a journal: a file without a byte is none.
func (v *visit) journalThere() bool {
	info, err := os.Stat(filepath.Join(v.shop.dir, journalName))
	return err == nil && info.Size() > 0
}

// nearest is the folder, or the nearest above it that is there.
func nearest(dir string) string {
	dir, err := filepath.Abs(dir)
	for err == nil {
		if _, e := os.Stat(dir); !errors.Is(e, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	return dir
}

// linkFinding judges what was noticed of the host and why asking it failed.
func linkFinding(v host.Vitals, err error, now time.Time) health.Finding {
	f := found(health.LinkGood, health.Good)
	switch {
	case err != nil && refusesTLS(err):
		return found(health.LinkTLS, health.Fault)
	case errors.Is(err, host.ErrNoAnswer):
		f = found(health.LinkSilent, health.Fault)
	case err != nil:
		return found(health.LinkDown, health.Fault)
	case v.Peer != nil && v.Peer.Expires.Sub(now) < health.CertificateD:
		f = found(health.LinkEnds, health.Warning)
	case v.RoundTrip >= health.SlowAnswer:
		f = found(health.LinkSlow, health.Warning)
	}
	if v.Connect > 0 {
		f = f.Timed(health.Connect, v.Connect)
	}
	if v.RoundTrip > 0 && err == nil {
		f = f.Timed(health.RoundTrip, v.RoundTrip)
	}
	if p := v.Peer; p != nil {
		f = f.Saying(health.TLS, p.Version).Saying(health.Peer, p.Subject).Saying(health.Expires, p.Expires.Format(time.DateOnly))
	}
	return f
}

// refusesTLS tells a host whose identity does not hold, or that does not want ours,
// from one that is not there.
func refusesTLS(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return true
	}
	_, ok := errors.AsType[tls.AlertError](err)
	return ok
}
