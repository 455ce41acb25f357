package engine_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/engine"
	"vpos/txn/host"
	"vpos/txn/host/sim"
	"vpos/txn/journal"
)

// The engine is tested with what it runs on: a real journal, a real socket, the
// real host simulator. Only the printer and the faults are the test's own.

const (
	terminal = "10000001"
	merchant = "100000000000001"
	visa     = "4111111111111111"
)

// till is one terminal on its own folder and a host on its own port.
type till struct {
	t       *testing.T
	dir     string
	setup   txn.Setup
	server  *sim.Server
	address string
	*engine.Engine
	changed chan struct{}
	printer *printer
	journal *journal.Journal
	wrap    func(engine.Journal) engine.Journal
	fatal   chan error
	stop    func()

	closeTerminal func()
}

func newTill(t *testing.T) *till {
	t.Helper()
	t.Cleanup(func() { goleak.VerifyNone(t) })
	cny, _ := txn.CurrencyByCode("CNY")
	l := &till{
		t: t, dir: t.TempDir(), printer: &printer{}, fatal: make(chan error, 1),
		setup: txn.Setup{
			Terminal: terminal, Merchant: merchant, Currency: cny, ReplyTimeout: 400 * time.Millisecond,
			ReversalPause: 50 * time.Millisecond, ReversalMax: 200 * time.Millisecond,
		},
	}
	l.startHost("127.0.0.1:0")
	t.Cleanup(func() { l.close() })
	return l
}

func (l *till) startHost(address string) {
	l.t.Helper()
	codec := l.codec()
	store, err := sim.OpenStore(filepath.Join(l.dir, "host.db"))
	l.must(err)
	server, err := sim.NewServer(sim.Options{
		Codec: codec, Store: store, OutcomesByAmount: true, LateAfter: l.setup.ReplyTimeout + 300*time.Millisecond,
	})
	l.must(err)
	listener, err := net.Listen("tcp", address)
	l.must(err)
	l.server, l.address = server, listener.Addr().String()
	var done sync.WaitGroup
	done.Go(func() { _ = server.Serve(context.Background(), listener) })
	l.stop = sync.OnceFunc(func() {
		_ = server.Close()
		done.Wait()
		_ = store.Close()
	})
}

func (l *till) codec() *host.Codec {
	codec, err := host.NewCodec(host.ISO87())
	l.must(err)
	return codec
}

// open starts the terminal; it may be opened again after close.
func (l *till) open() {
	l.t.Helper()
	ctx := context.Background()
	source, err := journal.OpenKeySource(ctx, journal.Training, l.dir, reader.Secret{})
	l.must(err)
	sealer, err := journal.NewSealer(ctx, source)
	l.must(err)
	l.journal, err = journal.Open(ctx, journal.Options{
		Path: filepath.Join(l.dir, "journal.db"), Sealer: sealer, Terminal: terminal, Mode: journal.Training,
	})
	l.must(err)
	link, err := host.NewLink(host.LinkOptions{Codec: l.codec(), Address: l.address, ConnectTimeout: time.Second})
	l.must(err)
	changed := make(chan struct{}, 1)
	l.changed = changed
	l.Engine = engine.New(engine.Options{
		Setup: l.setup, Log: slog.New(slog.DiscardHandler),
		Changed: func() {
			select {
			case changed <- struct{}{}:
			default:
			}
		},
		Fatal: func(err error) { l.fatal <- err },
	})
	rows := engine.Journal(l.journal)
	if l.wrap != nil {
		rows = l.wrap(rows)
	}
	l.must(l.Start(ctx, engine.Parts{Journal: rows, Link: link, Printer: l.printer}))
	e, j := l.Engine, l.journal
	shut := sync.OnceFunc(func() {
		e.Close()
		_ = link.Close()
		_ = j.Close()
	})
	l.t.Cleanup(shut)
	l.closeTerminal = shut
}

func (l *till) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *till) close() {
	if l.closeTerminal != nil {
		l.closeTerminal()
	}
	l.stop()
}

// until waits for a state, told of changes by the engine itself.
func (l *till) until(what string, ok func(txn.State) bool) txn.State {
	l.t.Helper()
	late := time.After(10 * time.Second)
	for {
		if s := l.State(); ok(s) {
			return s
		}
		select {
		case <-l.changed:
		case <-late:
			l.t.Fatalf("never %s: %s %s pending=%d", what, l.State().Name, l.State().Problem, len(l.State().Pending))
		}
	}
}

func (l *till) untilName(n txn.Name) txn.State {
	l.t.Helper()
	return l.until(string(n), func(s txn.State) bool { return s.Name == n && s.Settled() })
}

// enter types lines and returns the state after the last.
func (l *till) enter(lines ...string) {
	for _, line := range lines {
		l.Dispatch(txn.Entered{Text: reader.NewSecret(line)})
	}
}

// confirm types a keyed sale up to and with its last Enter.
func (l *till) confirm(amount string) { l.enter(amount, visa, "1230", "123", "") }

// agree holds the two ledgers against each other, and the journal's chain.
func (l *till) agree() {
	l.t.Helper()
	ctx := context.Background()
	mine := map[txn.STAN]int64{}
	list, err := l.journal.Transactions(ctx, journal.Filter{Status: txn.Approved})
	l.must(err)
	for _, s := range list {
		mine[s.STAN] = s.Amount.Minor
	}
	theirs := map[txn.STAN]int64{}
	entries, err := l.server.Entries(sim.Filter{State: sim.Charged})
	l.must(err)
	for _, e := range entries {
		theirs[e.STAN] = e.Amount.Minor
	}
	for stan, amount := range mine {
		if theirs[stan] != amount {
			l.t.Errorf("trace %s: the terminal says %d, the host %d", stan, amount, theirs[stan])
		}
	}
	for stan, amount := range theirs {
		if _, ok := mine[stan]; !ok {
			l.t.Errorf("trace %s: the host charged %d, the terminal did not approve", stan, amount)
		}
	}
	report, err := l.journal.Verify(ctx)
	l.must(err)
	if report.Broken != nil {
		l.t.Errorf("journal: %v", report.Broken)
	}
}

// printer remembers slips and fails when told.
type printer struct {
	mu    sync.Mutex
	fails int
	says  func() error // instead; nil for nothing to say
	slips []txn.Slip
}

var errPaper = errors.New("no paper")

func (p *printer) Print(_ context.Context, s txn.Slip) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.says != nil {
		if err := p.says(); err != nil {
			return err
		}
	}
	if p.fails > 0 {
		p.fails--
		return errPaper
	}
	p.slips = append(p.slips, s)
	return nil
}

func (p *printer) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.slips)
}

func TestSale(t *testing.T) {
	l := newTill(t)
	l.open()
	l.confirm("1234")
	s := l.untilName(txn.ApprovedShown)
	if s.Draft.Result.Code != "00" || s.Draft.Result.AuthCode == "" {
		t.Errorf("result %+v", s.Draft.Result)
	}
	l.enter("")
	l.untilName(txn.Idle)
	if n := l.printer.count(); n != 2 {
		t.Errorf("%d slips", n)
	}
	l.agree()
}

func TestDeclined(t *testing.T) {
	l := newTill(t)
	l.open()
	l.confirm("1051")
	s := l.untilName(txn.DeclinedShown)
	if s.Draft.Result.Code != "51" {
		t.Errorf("result %+v", s.Draft.Result)
	}
	l.enter("")
	if s := l.State(); s.Name != txn.Present || s.Draft.Amount.Minor != 1051 {
		t.Errorf("re-entry at %s with %s", s.Name, s.Draft.Amount)
	}
	l.agree()
}

// TestUnanswered: the host charged and said nothing, or said it too late. The
// reversal takes it back before the next sale.
func TestUnanswered(t *testing.T) {
	for _, amount := range []string{"1098", "1099"} {
		t.Run(amount, func(t *testing.T) {
			l := newTill(t)
			l.open()
			l.confirm(amount)
			l.until("unknown", func(s txn.State) bool { return s.Name == txn.UnknownShown })
			l.until("reversed", func(s txn.State) bool { return len(s.Pending) == 0 })
			l.enter("")
			l.confirm("500")
			l.untilName(txn.ApprovedShown)
			l.agree()
		})
	}
}

// TestFaults: whatever the host does wrong with a sale, both ledgers agree in
// the end and the terminal goes on selling.
func TestFaults(t *testing.T) {
	approves := map[sim.FaultName]bool{
		sim.FaultDuplicate: true, sim.FaultTwo: true, sim.FaultTrickle: true, sim.FaultDelay: true,
	}
	for _, name := range sim.FaultNames() {
		t.Run(string(name), func(t *testing.T) {
			l := newTill(t)
			l.open()
			l.until("signed on", func(s txn.State) bool { return s.Signed })
			l.server.Arm(sim.Fault{Do: name, On: txn.OpSale, Delay: 50 * time.Millisecond})
			l.confirm("1234")
			want := txn.UnknownShown
			if approves[name] {
				want = txn.ApprovedShown
			}
			l.until(string(want), func(s txn.State) bool { return s.Name == want })
			l.until("nothing pending", func(s txn.State) bool { return len(s.Pending) == 0 && s.AtRest() })
			l.enter("")
			l.untilName(txn.Idle)
			l.confirm("500")
			l.untilName(txn.ApprovedShown)
			l.agree()
		})
	}
}

// TestHostAway: the host stops in mid-sale and comes back; the reversal goes
// before the next sale.
func TestHostAway(t *testing.T) {
	l := newTill(t)
	l.open()
	l.until("signed on", func(s txn.State) bool { return s.Signed })
	l.server.Arm(sim.Fault{Do: sim.FaultSilent, On: txn.OpSale})
	l.confirm("1234")
	l.until("charged", func(txn.State) bool {
		entries, err := l.server.Entries(sim.Filter{State: sim.Charged})
		l.must(err)
		return len(entries) == 1
	})
	l.stop()
	s := l.until("unknown", func(s txn.State) bool { return s.Name == txn.UnknownShown })
	if len(s.Pending) != 1 {
		t.Fatalf("pending %d", len(s.Pending))
	}
	l.enter("")
	l.confirm("700") // cannot be: the reversal goes first, and nobody is there
	s = l.untilName(txn.DeclinedShown)
	if s.Draft.Cause != txn.ReversalFirst && s.Draft.Cause != txn.HostUnreachable {
		t.Errorf("cause %s", s.Draft.Cause)
	}
	l.startHost(l.address)
	l.enter("")
	l.enter(visa, "1230", "123", "")
	l.untilName(txn.ApprovedShown)
	if n := len(l.State().Pending); n != 0 {
		t.Errorf("pending %d", n)
	}
	l.agree()
}

// TestRestart: closed in mid-sale, an open INTENT is reversed by the next start.
func TestRestart(t *testing.T) {
	l := newTill(t)
	l.open()
	l.until("signed on", func(s txn.State) bool { return s.Signed })
	l.server.Arm(sim.Fault{Do: sim.FaultSilent, On: txn.OpSale})
	l.confirm("1234")
	l.until("charged", func(txn.State) bool {
		entries, err := l.server.Entries(sim.Filter{State: sim.Charged})
		l.must(err)
		return len(entries) == 1
	})
	l.closeTerminal()
	l.open()
	l.until("reversed", func(s txn.State) bool { return s.Ready && len(s.Pending) == 0 && s.AtRest() })
	l.confirm("500")
	s := l.untilName(txn.ApprovedShown)
	if s.Draft.STAN != 2 {
		t.Errorf("STAN %s after a restart", s.Draft.STAN)
	}
	l.agree()
}

// TestPaper: a printer that fails changes no money; the slip is owed, also after
// a restart, and comes as a duplicate.
func TestPaper(t *testing.T) {
	l := newTill(t)
	l.printer.fails = 1
	l.open()
	l.confirm("1234")
	s := l.until("a printer fault", func(s txn.State) bool { return s.Problem == txn.PrinterFault })
	if s.Name != txn.ApprovedShown {
		t.Fatalf("at %s", s.Name)
	}
	l.Dispatch(txn.Cancelled{})
	l.untilName(txn.Idle)
	l.closeTerminal()
	l.open()
	if n := len(l.State().Owed); n != 1 {
		t.Fatalf("owed %d after a restart", n)
	}
	l.Dispatch(txn.Opened{Name: txn.TraceEntry})
	l.enter("")
	l.untilName(txn.Idle)
	l.until("paper paid", func(s txn.State) bool { return len(s.Owed) == 0 && s.AtRest() })
	for _, s := range l.printer.slips {
		if !s.Duplicate || s.Txn.Card.PAN.Last4() != "1111" {
			t.Errorf("slip %+v", s)
		}
	}
	l.agree()
}

// badDisk fails the appends it is told to, by row type. With unsure it also
// leaves their fate open for a while.
type badDisk struct {
	engine.Journal
	mu     sync.Mutex
	fails  map[txn.RecordType]int
	with   error // what failing appends say; errDisk when nil
	unsure int
}

var errDisk = errors.New("no space left")

func (d *badDisk) Append(ctx context.Context, at time.Time, records []txn.Record) error {
	d.mu.Lock()
	failing := d.fails[records[0].Type] > 0
	if failing {
		d.fails[records[0].Type]--
	}
	d.mu.Unlock()
	if failing {
		return cmp.Or(d.with, errDisk)
	}
	return d.Journal.Append(ctx, at, records)
}

func (d *badDisk) Settle(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.unsure > 0 {
		d.unsure--
		return errDisk
	}
	return d.Journal.Settle(ctx)
}

// TestDisk: a disk that fails at each row of a sale. Nothing is sent without its
// INTENT, nothing is shown without its outcome, and the ledgers agree.
func TestDisk(t *testing.T) {
	for _, tt := range []struct {
		row    txn.RecordType
		unsure int
		want   txn.Name
		cause  txn.Code
	}{
		{txn.RecIntent, 0, txn.DeclinedShown, txn.DiskFailed},
		{txn.RecIntent, 2, txn.DeclinedShown, txn.DiskFailed},
		{txn.RecApproved, 0, txn.UnknownShown, txn.DiskRecover},
		{txn.RecPrinted, 0, txn.ApprovedShown, txn.NoProblem},
	} {
		t.Run(string(tt.row), func(t *testing.T) {
			l := newTill(t)
			l.wrap = func(j engine.Journal) engine.Journal {
				return &badDisk{Journal: j, fails: map[txn.RecordType]int{tt.row: 1}, unsure: tt.unsure}
			}
			l.open()
			l.confirm("1234")
			s := l.until(string(tt.want), func(s txn.State) bool { return s.Name == tt.want && s.AtRest() })
			if s.Draft.Cause != tt.cause {
				t.Errorf("cause %q", s.Draft.Cause)
			}
			l.until("nothing pending", func(s txn.State) bool { return len(s.Pending) == 0 && s.AtRest() })
			l.Dispatch(txn.Cancelled{})
			l.untilName(txn.Idle)
			l.confirm("500")
			l.untilName(txn.ApprovedShown)
			l.agree()
		})
	}
}

// TestContradiction: a journal that says this cannot be stops new money until the
// next start, which sells again.
func TestContradiction(t *testing.T) {
	l := newTill(t)
	l.wrap = func(j engine.Journal) engine.Journal {
		return &badDisk{Journal: j, fails: map[txn.RecordType]int{txn.RecApproved: 1}, with: journal.ErrTransition}
	}
	l.open()
	l.confirm("1234")
	l.until("unknown", func(s txn.State) bool { return s.Name == txn.UnknownShown })
	l.until("reversed", func(s txn.State) bool { return len(s.Pending) == 0 && s.AtRest() })
	l.enter("")
	l.confirm("500")
	s := l.untilName(txn.DeclinedShown)
	if s.Halted != txn.ImpossibleState || s.Draft.Cause != txn.ImpossibleState {
		t.Errorf("halted %q, cause %q", s.Halted, s.Draft.Cause)
	}
	l.closeTerminal()
	l.wrap = nil
	l.open()
	l.confirm("500")
	l.untilName(txn.ApprovedShown)
	l.agree()
}

// TestStuckReversal: a host that is away for long. The fault slip comes out once,
// also over a restart, and the reversal is delivered in the end.
func TestStuckReversal(t *testing.T) {
	l := newTill(t)
	l.setup.ReversalTries = 3
	l.open()
	l.until("signed on", func(s txn.State) bool { return s.Signed })
	l.server.Arm(sim.Fault{Do: sim.FaultSilent, On: txn.OpSale})
	l.confirm("1234")
	l.until("charged", func(txn.State) bool {
		entries, err := l.server.Entries(sim.Filter{State: sim.Charged})
		l.must(err)
		return len(entries) == 1
	})
	l.stop()
	l.until("stuck", func(s txn.State) bool { return s.StuckReversals() == 1 && s.AtRest() && l.printer.count() == 1 })
	if got := l.printer.slips[0].Copy; got != txn.FaultSlip {
		t.Errorf("printed copy %d", got)
	}
	l.closeTerminal()
	l.open()
	s := l.until("ready", func(s txn.State) bool { return s.Ready })
	if s.StuckReversals() != 1 {
		t.Error("a restart forgot that a person must act")
	}
	l.startHost(l.address)
	l.until("reversed", func(s txn.State) bool { return len(s.Pending) == 0 && s.AtRest() })
	if n := l.printer.count(); n != 1 {
		t.Errorf("%d fault slips", n)
	}
	l.agree()
}

// TestPanic: a worker that panics is reported once and takes nothing down; the
// next start finds the journal right.
func TestPanic(t *testing.T) {
	l := newTill(t)
	l.wrap = func(j engine.Journal) engine.Journal { return panicky{j} }
	l.open()
	l.confirm("1234")
	select {
	case err := <-l.fatal:
		if !errors.Is(err, engine.ErrPanic) {
			t.Errorf("fatal %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("nobody was told")
	}
	l.closeTerminal()
	l.wrap = nil
	l.open()
	l.until("ready", func(s txn.State) bool { return s.Ready && len(s.Pending) == 0 && s.AtRest() })
	l.confirm("500")
	l.untilName(txn.ApprovedShown)
	l.agree()
}

type panicky struct{ engine.Journal }

func (p panicky) Append(ctx context.Context, at time.Time, records []txn.Record) error {
	if records[0].Type == txn.RecApproved {
		panic("impossible")
	}
	return p.Journal.Append(ctx, at, records)
}

// TestForgottenJournal: a terminal that lost its memory uses old numbers again.
// The host calls them duplicates; the reversal that follows takes back nothing of
// the old sales, and the terminal sells on.
func TestForgottenJournal(t *testing.T) {
	l := newTill(t)
	l.open()
	l.confirm("1234")
	l.untilName(txn.ApprovedShown)
	l.enter("")
	l.untilName(txn.Idle)
	l.closeTerminal()
	old, err := filepath.Glob(filepath.Join(l.dir, "journal*"))
	l.must(err)
	for _, path := range old {
		l.must(os.Remove(path))
	}
	time.Sleep(1100 * time.Millisecond) // field 7 counts seconds: the numbers must come at another one
	l.open()
	l.confirm("1234")
	s := l.until("unknown", func(s txn.State) bool { return s.Name == txn.UnknownShown })
	if s.Draft.Cause != txn.HostDuplicate {
		t.Errorf("cause %s", s.Draft.Cause)
	}
	l.until("reversed", func(s txn.State) bool { return len(s.Pending) == 0 && s.AtRest() })
	entries, err := l.server.Entries(sim.Filter{State: sim.Charged})
	l.must(err)
	if len(entries) != 1 || entries[0].Amount.Minor != 1234 {
		t.Errorf("the old sale was touched: %+v", entries)
	}
	l.enter("")
	l.confirm("500")
	l.untilName(txn.ApprovedShown)
}

// doubt is a printer's error that says what may be on paper.
type doubt struct {
	error
	why txn.Code
	out bool
}

func (d doubt) Code() txn.Code { return d.why }
func (d doubt) MayBeOut() bool { return d.out }

// What a printer says decides whether the slip is printed again, or looked at first.
func TestPrinterSays(t *testing.T) {
	l := newTill(t)
	errs := []error{
		doubt{errors.New("no paper"), txn.PrinterPaperOut, false},
		fmt.Errorf("slip: %w", doubt{errors.New("silence"), txn.PrinterSilent, true}),
	}
	l.printer.says = func() error {
		if len(errs) == 0 {
			return nil
		}
		err := errs[0]
		errs = errs[1:]
		return err
	}
	l.open()
	l.confirm("1234")
	if s := l.until("no paper", func(s txn.State) bool { return s.Problem == txn.PrinterPaperOut }); s.Name != txn.ApprovedShown {
		t.Fatalf("at %s", s.Name)
	}
	l.enter("")
	if s := l.untilName(txn.PaperEntry); s.Problem != txn.PrinterSilent {
		t.Fatalf("problem %s", s.Problem)
	}
	l.enter("2")
	l.untilName(txn.Idle)
	marked := 0
	for _, s := range l.printer.slips {
		if s.Duplicate {
			marked++
		}
	}
	if len(l.printer.slips) != 2 || marked != 1 {
		t.Errorf("%d slips, %d marked", len(l.printer.slips), marked)
	}
}
