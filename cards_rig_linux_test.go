package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/reader/pcsc/pcscd"
	"vpos/reader/vpcd"
	"vpos/txn"
	"vpos/txn/chip"
	"vpos/txn/engine"
	"vpos/txn/host"
	"vpos/txn/host/sim"
)

// The whole terminal at a real PC/SC service: its engine, its journal, a host over
// TCP, and virtual cards in virtual readers, driven like a person drives it.

const (
	// lookPause is how often the service looks whether a card is in a reader. A
	// card torn out of a session is known to be gone at once; one put in before the
	// service has looked for itself would never be noticed.
	lookPause = 450 * time.Millisecond

	// limit bounds every wait for a state.
	limit = 20 * time.Second
)

// counter is a terminal with a host, a reader of two slots and a person.
type counter struct {
	*testing.T

	daemon  *pcscd.Daemon
	shop    *shop
	engine  *engine.Engine
	cards   *chip.Cards
	changed <-chan struct{}
	bank    *bank
	config  string
	data    string

	slot  int          // of the next card
	free  [2]time.Time // when a slot may be used again
	last  txn.STAN     // the trace number of the newest sale, if it got one
	paper int          // slips before it
}

// bank is a host simulator that can be stopped and started.
type bank struct {
	t       testing.TB
	dir     string
	address string
	store   *sim.SQLite
	server  *sim.Server
}

func newBank(t testing.TB) *bank {
	b := &bank{t: t, dir: t.TempDir(), address: "127.0.0.1:0"}
	b.open()
	t.Cleanup(b.shut)
	return b
}

// open starts it, at the address it had before.
func (b *bank) open() {
	b.t.Helper()
	codec, err := host.NewCodec(host.ISO87())
	if err != nil {
		b.t.Fatal(err)
	}
	if b.store, err = sim.OpenStore(filepath.Join(b.dir, ledgerName)); err != nil {
		b.t.Fatal(err)
	}
	if b.server, err = sim.NewServer(sim.Options{Codec: codec, Store: b.store, OutcomesByAmount: true}); err != nil {
		b.t.Fatal(err)
	}
	listener, err := net.Listen("tcp", b.address)
	if err != nil {
		b.t.Fatal(err)
	}
	b.address = listener.Addr().String()
	server := b.server
	go func() { _ = server.Serve(context.Background(), listener) }()
}

// shut ends it; its ledger stays on disk.
func (b *bank) shut() {
	if b.server == nil {
		return
	}
	_ = b.server.Close()
	if err := b.store.Close(); err != nil {
		b.t.Error(err)
	}
	b.server = nil
}

// row is the ledger's row of a trace number; nil for none.
func (b *bank) row(stan txn.STAN) *sim.Entry {
	b.t.Helper()
	entries, err := b.server.Entries(sim.Filter{STAN: stan})
	if err != nil {
		b.t.Fatal(err)
	}
	if len(entries) == 0 {
		return nil
	}
	return &entries[0]
}

// openCounter starts the service, the host and the terminal.
func openCounter(t *testing.T) *counter {
	t.Helper()
	if testing.Short() {
		t.Skip("cards take their time")
	}
	c := &counter{T: t, daemon: pcscd.Start(t), bank: newBank(t), data: t.TempDir()}
	c.config = writeConfig(t, c.bank.address)
	var err error
	if c.shop, err = openShop(settings{data: c.data, config: c.config, reader: "pcsc", lang: "en", folder: new(string)}); err != nil {
		t.Fatal(err)
	}
	changed, notify := notifier()
	c.changed = changed
	c.engine = c.shop.newEngine(notify, func(err error) { t.Error(err) })
	c.start()
	t.Cleanup(c.close)
	return c
}

// start puts the terminal together as the program does.
func (c *counter) start() {
	c.Helper()
	r, err := c.shop.openReaders()
	if err != nil {
		c.Fatal(err)
	}
	parts, err := c.shop.open(c.Context())
	if err != nil {
		c.Fatal(err)
	}
	if c.cards, err = c.shop.openCards(r, c.engine); err != nil {
		c.Fatal(err)
	}
	if err := c.shop.start(c.Context(), c.engine, parts, c.cards); err != nil {
		c.Fatal(err)
	}
}

// close ends the terminal.
func (c *counter) close() {
	if c.engine == nil {
		return
	}
	c.cards.Close()
	c.engine.Close()
	c.shop.close()
	c.engine = nil
}

// audit ends the terminal and the host and holds what they left against each
// other, and against the leak gate.
func (c *counter) audit() {
	c.Helper()
	c.close()
	c.bank.shut()
	agree(c.T, c.data, c.bank.dir, "--config", c.config)
	for _, dir := range []string{c.data, c.bank.dir} {
		gate(c, dir)
		deckGate(c, dir)
	}
}

// until waits for a state.
func (c *counter) until(what string, ok func(txn.State) bool) txn.State {
	c.Helper()
	late := time.After(limit)
	for {
		s := c.engine.State()
		if s.Halted != txn.NoProblem {
			c.Fatalf("%s: the machine stopped: %s", what, s.Halted)
		}
		if ok(s) {
			return s
		}
		select {
		case <-c.changed:
		case <-late:
			c.Fatalf("%s: never: state %s, problem %q, card in %q, spent %t, %d pending", what, s.Name, s.Problem, s.CardIn, s.Spent, len(s.Pending))
		}
	}
}

// key is an entry with Enter behind it.
func (c *counter) key(text string) {
	entry := reader.NewSecret(text)
	c.engine.Dispatch(txn.Entered{Text: entry})
	entry.Wipe()
}

// present is a card in a slot.
type present struct {
	*wired

	reader string
	slot   int
	tear   int // at this command, over all sessions; 0 for never
	count  int
	heard  []byte // the instructions the card heard
	cancel context.CancelFunc
	done   chan error
}

// Transmit counts, and tears.
func (p *present) Transmit(command []byte) ([]byte, error) {
	p.count++
	p.heard = append(p.heard, command[1])
	if p.count == p.tear {
		return nil, vpcd.ErrTear
	}
	return p.wired.Transmit(command)
}

// put puts a card into the next slot; the terminal sees it a moment later.
func (c *counter) put(spec string, tear int) *present {
	c.Helper()
	card, err := deck.Find(spec)
	if err != nil {
		c.Fatal(err)
	}
	card.Seed(uint64(time.Now().UnixNano()))
	return c.putCard(card, tear)
}

func (c *counter) putCard(card *deck.Card, tear int) *present {
	ctx, cancel := context.WithCancel(c.Context())
	p := &present{wired: wire(ctx, card), reader: c.daemon.Readers[c.slot], slot: c.slot, tear: tear, cancel: cancel, done: make(chan error, 1)}
	wait, address := time.Until(c.free[c.slot]), c.daemon.Address(c.slot)
	c.slot = 1 - c.slot
	go func() {
		time.Sleep(wait)
		p.done <- vpcd.Insert(ctx, address, p)
	}()
	return p
}

// pull takes a card out, if it has not torn itself out.
func (c *counter) pull(p *present) {
	p.cancel()
	if err := <-p.done; errors.Is(err, vpcd.ErrTear) {
		c.free[p.slot] = time.Now().Add(lookPause)
	}
}

// seen waits until the terminal has seen a card.
func (c *counter) seen(p *present) {
	c.Helper()
	c.until("card in", func(s txn.State) bool { return s.CardIn == p.reader && !s.Spent })
}

// cardholder is who answers what the card asks.
type cardholder struct {
	picks []string
	pins  []string
}

func (h *cardholder) answer(n txn.Name) (text string) {
	list := &h.pins
	if n == txn.Choose {
		list = &h.picks
	}
	if len(*list) > 0 {
		text, *list = (*list)[0], (*list)[1:]
	}
	return text
}

// settle answers until the sale waits for nobody: its outcome is on the screen, its
// slip out and its reversal delivered.
func (c *counter) settle(what string, h cardholder) txn.State {
	c.Helper()
	for {
		s := c.until(what, func(s txn.State) bool {
			switch s.Name {
			case txn.Choose, txn.PINEntry:
				return true
			case txn.Present:
				return s.Problem != txn.NoProblem && !s.Reading()
			case txn.ApprovedShown, txn.DeclinedShown, txn.UnknownShown:
				return len(s.Pending) == 0 && s.AtRest()
			default:
				return false
			}
		})
		if s.Name != txn.Choose && s.Name != txn.PINEntry {
			return s
		}
		c.key(h.answer(s.Name))
	}
}

// sell is a sale with the card that is in, to its end on the screen.
func (c *counter) sell(what, amount string, h cardholder) txn.State {
	c.Helper()
	c.last = c.engine.State().NextSTAN
	c.paper = c.slips()
	c.key(amount)
	return c.settle(what, h)
}

// over leads the terminal back to idle; an approved sale gets its second slip.
func (c *counter) over() {
	c.Helper()
	if c.engine.State().Name == txn.ApprovedShown {
		c.key("")
	} else {
		c.engine.Dispatch(txn.Cancelled{})
	}
	c.until("idle", func(s txn.State) bool { return s.Name == txn.Idle && s.AtRest() })
}

// slips counts the slips on disk.
func (c *counter) slips() int {
	files, err := filepath.Glob(filepath.Join(c.data, "receipts", "*.txt"))
	if err != nil {
		c.Fatal(err)
	}
	return len(files)
}

// entry is the journal's word on the newest sale; nil where it has none.
func (c *counter) entry() *txn.Transaction {
	c.Helper()
	if c.engine.State().NextSTAN == c.last {
		return nil
	}
	t, err := c.shop.journal.Find(c.Context(), c.last)
	if err != nil {
		c.Fatal(err)
	}
	if t != nil {
		t.Card.Wipe()
	}
	return t
}

// deckNumbers are the numbers of the deck's cards that a file cannot hold by
// chance.
func deckNumbers() (list []string) {
	for _, card := range deck.Cards() {
		source, _ := deck.Source(card.Name)
		for line := range strings.Lines(string(source)) {
			if _, number, ok := strings.Cut(line, `"5A `); ok {
				number = strings.TrimRight(strings.Trim(strings.TrimSpace(number), `",`), "F")
				if strings.Count(number, "0") < 9 && !slices.Contains(list, number) {
					list = append(list, number)
				}
			}
		}
	}
	return list
}

// deckGate is the leak gate for the numbers of the deck.
func deckGate(t testing.TB, dir string) {
	t.Helper()
	numbers := deckNumbers()
	if len(numbers) < 10 {
		t.Fatalf("only %d numbers of the deck", len(numbers))
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, l := range leaks(b, numbers) {
			t.Errorf("leak in %s: %s", strings.TrimPrefix(path, dir), l)
		}
		return err
	})
	if err != nil {
		t.Errorf("leak gate: %v", err)
	}
}

// agreed holds the newest sale's rows against each other.
func (c *counter) agreed(what string) {
	c.Helper()
	mine, theirs := c.entry(), c.bank.row(c.last)
	approved, charged := mine != nil && mine.Status == txn.Approved, theirs != nil && theirs.State == sim.Charged
	if approved != charged || mine != nil && (mine.Status == txn.Open || mine.Status == txn.ReversalPending) {
		c.Errorf("%s: the books differ: terminal %s, host %s", what, told(mine), said(theirs))
	}
}

func told(t *txn.Transaction) string {
	if t == nil {
		return "nothing"
	}
	return fmt.Sprintf("%s %s %s", t.Status, t.Result.Code, t.Cause)
}

func said(e *sim.Entry) string {
	if e == nil {
		return "nothing"
	}
	return string(e.State)
}
