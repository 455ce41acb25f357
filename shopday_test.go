package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/swipe"
	"vpos/txn"
	"vpos/txn/engine"
	"vpos/txn/host"
	"vpos/txn/host/sim"
	"vpos/txn/journal"
)

// A shop's day: every kind of transaction, a reversal, totals that differ and the
// settlement, over TCP, with a journal and slips on disk. In the end terminal, host and
// paper agree to the cent.

// checkout is a whole terminal without a screen, and the acquirer it talks to.
type checkout struct {
	*testing.T
	shop   *shop
	engine *engine.Engine
	notify chan struct{}
	server *sim.Server
	setup  txn.Setup
	batch  txn.Batch

	staffed bool // operators sign in; each PIN takes its time, so not at every checkout
	ended   []txn.Shift
}

// loudest is below every level there is: what a shop's log could ever say.
const loudest = slog.LevelDebug - 100

func openCheckout(t *testing.T, profile, currency string) *checkout {
	t.Helper()
	c := &checkout{T: t, notify: make(chan struct{}, 1), batch: 1}
	p, err := host.LoadProfile(profile)
	if err != nil {
		t.Fatal(err)
	}
	codec, err := host.NewCodec(p)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	store, err := sim.OpenStore(filepath.Join(dir, "acquirer.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if c.server, err = sim.NewServer(sim.Options{Codec: codec, Store: store, MasterKey: sim.TestMasterKey}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.server.Close() })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = c.server.Serve(context.Background(), listener) }()

	file := filepath.Join(dir, "vpos.toml")
	text := fmt.Sprintf(`[terminal]
currency = %q
[reader]
use = "none"
[host]
address = %q
profile = %q
timeout = "2s"
reversal_pause = "300ms"
reversal_max = "600ms"
[rules]
tips = false
batch_max = 100
`, currency, listener.Addr(), profile)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	folder := ""
	of := settings{config: file, data: filepath.Join(dir, "data"), lang: "en", folder: &folder}
	if c.staffed = profile == "iso87-ascii"; c.staffed {
		hire(t, of)
	}
	c.shop, err = openShop(of)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.shop.close)
	log, logged, err := openLog(c.shop.dir, loudest)
	if err != nil {
		t.Fatal(err)
	}
	c.shop.log = log
	c.shop.closers = append(c.shop.closers, logged.Close)
	if err := c.shop.openKeys(context.Background()); err != nil {
		t.Fatal(err)
	}
	c.engine = c.shop.newEngine(func() {
		select {
		case c.notify <- struct{}{}:
		default:
		}
	}, func(err error) { t.Error(err) })
	parts, err := c.shop.open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.engine.Start(context.Background(), parts); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.engine.Close)
	c.setup = c.shop.setup()
	c.settle(txn.State.Settled)
	return c
}

// give lets something happen and waits until the terminal waits for a person.
func (c *checkout) give(e txn.Event) txn.State {
	c.Helper()
	c.engine.Dispatch(e)
	return c.settle(func(s txn.State) bool { return s.Settled() })
}

func (c *checkout) settle(done func(txn.State) bool) txn.State {
	c.Helper()
	limit := time.After(patience)
	for {
		s := c.engine.State()
		if done(s) {
			return s
		}
		select {
		case <-c.notify:
		case <-time.After(20 * time.Millisecond):
		case <-limit:
			c.Fatalf("the terminal stays at %s (problem %q, %d pending, %d untold)", s.Name, s.Problem, len(s.Pending), len(s.Untold))
		}
	}
}

func (c *checkout) key(text string) txn.State {
	c.Helper()
	return c.give(txn.Entered{Text: reader.NewSecret(text)})
}

// begin starts a transaction of a kind, from idle.
func (c *checkout) begin(k txn.Kind) {
	c.Helper()
	if s := c.engine.State(); s.Name != txn.Idle {
		c.Fatalf("the terminal is at %s before a %s", s.Name, k)
	}
	if s := c.give(txn.Opened{Kind: k}); s.Name == txn.SupervisorEntry {
		c.letPass()
	}
}

// The cards of the day: stripes without a chip, of a domestic scheme and of one from
// abroad.
const (
	homeCard   = "6224242900000113"
	abroadCard = "4111111111111111"
)

func (c *checkout) swipe(number string) {
	c.Helper()
	r := swipe.Paste(";" + number + "=30121010000000000?")
	if r.Kind != swipe.Card {
		c.Fatalf("no swipe: %v", r.Err)
	}
	if s := c.give(txn.Swiped{Card: r.Card}); s.Problem != txn.NoProblem {
		c.Fatalf("the swipe is refused: %s", s.Problem)
	}
}

// confirm is Enter at the confirmation, behind the figure where one is asked for, past the
// PIN, to the outcome.
func (c *checkout) confirm(want ...txn.Name) txn.Transaction {
	c.Helper()
	s := c.engine.State()
	if figure := s.Figure(); figure != "" {
		if s = c.key(""); s.Problem != txn.ConfirmDigits {
			c.Fatalf("Enter alone at a %s leads to %s (problem %q)", s.Draft.Kind, s.Name, s.Problem)
		}
		s = c.key(figure)
	} else {
		s = c.key("")
	}
	for s.Name == txn.PINEntry {
		s = c.key("1234")
	}
	if !slices.Contains(want, s.Name) {
		c.Fatalf("the outcome is %s (problem %q, cause %q, code %q), want %v", s.Name, s.Problem, s.Draft.Cause, s.Draft.Result.Code, want)
	}
	return s.Draft
}

// done takes both slips, or ends what has none.
func (c *checkout) done() {
	c.Helper()
	s := c.engine.State()
	for range 4 {
		if s.Name == txn.Idle {
			return
		}
		s = c.key("")
	}
	c.Fatalf("the terminal stays at %s (problem %q)", s.Name, s.Problem)
}

// amount is so many major units and a bit, as it is keyed in this currency.
func (c *checkout) amount(major int) string {
	if c.setup.Currency.Exponent() == 0 {
		return fmt.Sprintf("%d", major*100+11)
	}
	return fmt.Sprintf("%d%s", major, "23456789"[:c.setup.Currency.Exponent()])
}

func (c *checkout) sell(number string, major int) txn.Transaction {
	c.Helper()
	c.key(c.amount(major))
	c.swipe(number)
	t := c.confirm(txn.ApprovedShown)
	c.done()
	return t
}

func (c *checkout) void(t txn.Transaction, kind txn.Kind) {
	c.Helper()
	c.begin(kind)
	c.key(t.STAN.String())
	c.confirm(txn.ApprovedShown)
	c.done()
}

// about begins what is about a pre-authorisation, up to its amount.
func (c *checkout) about(k txn.Kind, t txn.Transaction, number string) {
	c.Helper()
	c.begin(k)
	c.swipe(number)
	c.key(t.Result.AuthCode)
	c.key(t.At.Format("0102"))
}

func (c *checkout) hold(number string, major int) txn.Transaction {
	c.Helper()
	c.begin(txn.PreAuth)
	c.key(c.amount(major))
	c.swipe(number)
	t := c.confirm(txn.ApprovedShown)
	c.done()
	return t
}

func (c *checkout) complete(t txn.Transaction, number string, major int) txn.Transaction {
	c.Helper()
	c.about(txn.Completion, t, number)
	c.key(c.amount(major))
	out := c.confirm(txn.ApprovedShown)
	c.done()
	return out
}

func (c *checkout) refund(t txn.Transaction, number string, major int) txn.Transaction {
	c.Helper()
	c.begin(txn.Refund)
	c.swipe(number)
	c.key(t.Result.RRN)
	c.key(t.At.Format("0102"))
	c.key(c.amount(major))
	out := c.confirm(txn.ApprovedShown)
	c.done()
	return out
}

func (c *checkout) offline(number string, major int) txn.Transaction {
	c.Helper()
	c.begin(txn.Offline)
	c.key(c.amount(major))
	c.swipe(number)
	c.key("ABC123")
	out := c.confirm(txn.ApprovedShown)
	c.done()
	return out
}

func (c *checkout) tip(t txn.Transaction, major int) {
	c.Helper()
	c.begin(txn.Tip)
	c.key(t.STAN.String())
	c.key(c.amount(major))
	c.confirm(txn.ApprovedShown)
	c.done()
}

// told waits until the host has heard of everything.
func (c *checkout) told() {
	c.Helper()
	c.settle(func(s txn.State) bool { return len(s.Untold) == 0 && len(s.Pending) == 0 && s.Settled() })
}

// day is sixty transactions.
func (c *checkout) day() {
	c.begin(txn.SignOn)
	c.done()
	for i := range 12 {
		c.sell([]string{homeCard, abroadCard}[i%2], 10+i)
	}
	for i := range 6 { // keyed, and ordered by phone
		if i%2 == 0 {
			c.key(c.amount(40 + i))
			c.key(abroadCard)
		} else {
			c.begin(txn.Phone)
			c.key(c.amount(40 + i))
			c.key(abroadCard)
		}
		c.key("1230")
		c.key("123")
		c.confirm(txn.ApprovedShown)
		c.done()
	}
	for i := range 3 {
		c.void(c.sell(homeCard, 60+i), txn.Void)
	}
	c.handOver()
	c.signIn("03")
	first := c.sell(abroadCard, 70)
	c.refund(first, abroadCard, 5)
	c.refund(first, abroadCard, 6)
	held := c.hold(homeCard, 100)
	c.about(txn.Increment, held, homeCard)
	c.key(c.amount(20))
	c.confirm(txn.ApprovedShown)
	c.done()
	c.complete(held, homeCard, 130)
	undone := c.hold(abroadCard, 90)
	c.void(c.complete(undone, abroadCard, 80), txn.CompletionVoid)
	c.complete(undone, abroadCard, 85) // it is held again
	gone := c.hold(abroadCard, 50)
	c.about(txn.PreAuthVoid, gone, abroadCard)
	c.confirm(txn.ApprovedShown)
	c.done()
	for i := range 3 {
		c.begin(txn.Balance)
		c.swipe([]string{homeCard, abroadCard}[i%2])
		c.confirm(txn.ApprovedShown)
		c.done()
	}
	for i := range 4 {
		t := c.offline(homeCard, 20+i)
		c.told()
		c.tip(t, 1)
	}
	c.told()
	c.void(c.offline(abroadCard, 25), txn.Void)
	for i := range 3 {
		c.tip(c.sell(homeCard, 30+i), 2)
	}
	c.byCode()
	c.referral()
	c.reversed()
	c.lostRefund(first)
}

// byCode is what wallets pay: codes of each scanned, codes on the screen, one of either
// voided, and one that nobody answers for.
func (c *checkout) byCode() {
	c.Helper()
	pay := func(k txn.Kind, code string, want txn.Name) txn.Transaction {
		c.Helper()
		c.begin(k)
		c.key(c.amount(12))
		if k == txn.Scan {
			c.key(code)
		}
		return c.confirm(want)
	}
	for code, wallet := range payCodes {
		t := pay(txn.Scan, code, txn.ApprovedShown)
		if t.Wallet != wallet || t.Payer != code[len(code)-4:] {
			c.Errorf("a code of %s's is paid by %q, %q", wallet, t.Wallet, t.Payer)
		}
		c.done()
	}
	for range 2 {
		if t := pay(txn.Show, "", txn.ApprovedShown); t.Wallet == reader.NoWallet {
			c.Error("nobody has paid the code on the screen")
		}
		c.done()
	}
	for _, k := range []txn.Kind{txn.Scan, txn.Show} {
		t := pay(k, plantedCode, txn.ApprovedShown)
		c.done()
		c.void(t, txn.Void)
	}
	c.server.Arm(sim.Fault{Do: sim.FaultSilent, On: txn.OpQR})
	pay(txn.Show, "", txn.UnknownShown)
	c.settle(func(s txn.State) bool { return s.Draft.Status == txn.Reversed })
	c.key("")
}

// payCodes are codes that wallets show.
var payCodes = map[string]reader.Wallet{
	plantedCode: reader.WeChat, "286543210987654321": reader.Alipay, "6212345678901234567": reader.UnionPayQR,
}

// referral is a sale that the bank wants to speak about first.
func (c *checkout) referral() {
	c.server.Arm(sim.Fault{Do: sim.FaultReferral, On: txn.OpSale})
	c.key(c.amount(33))
	c.swipe(abroadCard)
	c.confirm(txn.DeclinedShown)
	c.give(txn.Opened{Kind: txn.Offline})
	c.key("REF001")
	c.confirm(txn.ApprovedShown)
	c.done()
	c.told()
}

// reversed is a sale that goes unanswered.
func (c *checkout) reversed() {
	c.server.Arm(sim.Fault{Do: sim.FaultSilent, On: txn.OpSale})
	c.key(c.amount(44))
	c.swipe(abroadCard)
	c.confirm(txn.UnknownShown)
	c.settle(func(s txn.State) bool { return s.Draft.Status == txn.Reversed })
	c.key("")
}

// lostRefund is a refund that goes unanswered: asked again, it is answered.
func (c *checkout) lostRefund(t txn.Transaction) {
	c.server.Arm(sim.Fault{Do: sim.FaultSilent, On: txn.OpRefund})
	c.begin(txn.Refund)
	c.swipe(abroadCard)
	c.key(t.Result.RRN)
	c.key(t.At.Format("0102"))
	c.key(c.amount(7))
	c.confirm(txn.UnknownShown, txn.ApprovedShown) // the answer to the second asking may be quicker than we look
	c.settle(func(s txn.State) bool { return s.Name == txn.ApprovedShown && s.Settled() })
	c.done()
}

// settled closes the batch and holds the books against each other.
func (c *checkout) settled(reckoned txn.Totals) {
	c.Helper()
	c.begin(txn.Settlement)
	s := c.engine.State()
	if s.Draft.Totals == nil || *s.Draft.Totals != reckoned {
		c.Fatalf("the screen's totals are %+v, the journal's %+v", s.Draft.Totals, reckoned)
	}
	if s = c.key(s.Figure()); s.Name != txn.ApprovedShown {
		c.Fatalf("the settlement ends as %s (cause %q, code %q)", s.Name, s.Draft.Cause, s.Draft.Result.Code)
	}
	c.done()
	totals, closed, err := c.server.Totals(c.setup.Terminal, c.batch)
	if err != nil || !closed {
		c.Fatalf("the host has the batch open, %v", err)
	}
	if totals != reckoned {
		c.Errorf("the host comes to %+v, the terminal to %+v", totals, reckoned)
	}
	if got := c.engine.State().Batch; got != c.batch.Next() {
		c.Errorf("the next batch is %s", got)
	}
}

// books holds journal, host and paper against each other, transaction by transaction.
func (c *checkout) books() {
	c.Helper()
	list, err := c.shop.journal.Transactions(context.Background(), journal.Filter{Batch: c.batch})
	if err != nil {
		c.Fatal(err)
	}
	if len(list) < 60 {
		c.Errorf("a day of %d transactions", len(list))
	}
	paper := c.slips()
	for _, t := range list {
		gated := t.Kind.Voids() || t.Kind == txn.Refund || t.Kind == txn.PreAuthVoid
		if named := t.Operator == "02" || t.Operator == "03"; named != c.staffed || (gated && c.staffed) != (t.Approver == "01") {
			c.Errorf("trace %s (%s): operator %q, let pass by %q", t.STAN, t.Kind, t.Operator, t.Approver)
		}
		entries, err := c.server.Entries(sim.Filter{Terminal: c.setup.Terminal, Batch: c.batch, STAN: t.STAN})
		if err != nil || len(entries) != 1 {
			c.Errorf("trace %s (%s): %d rows at the host, %v", t.STAN, t.Kind, len(entries), err)
			continue
		}
		e := entries[0]
		charged := e.State == sim.Charged
		switch {
		case t.Kind.Side() != txn.Nowhere && charged != (t.Status == txn.Approved):
			c.Errorf("trace %s (%s): the host has it %s, the terminal %s", t.STAN, t.Kind, e.State, t.Status)
		case t.Kind.Side() != txn.Nowhere && charged && e.Amount != t.Amount:
			c.Errorf("trace %s (%s): the host has %s, the terminal %s", t.STAN, t.Kind, e.Amount, t.Amount)
		}
		want := 0
		if t.Status == txn.Approved || t.Status == txn.Voided {
			for _, copy := range []txn.Copy{txn.MerchantCopy, txn.CardholderCopy} {
				if t.Kind.Copies().Has(copy) {
					want++
				}
			}
		}
		if got := paper[t.STAN.String()]; got != want {
			c.Errorf("trace %s (%s, %s): %d slips, want %d", t.STAN, t.Kind, t.Status, got, want)
		}
	}
	report, err := c.shop.journal.Verify(context.Background())
	if err != nil || report.Broken != nil {
		c.Errorf("the journal: %v, %v", report.Broken, err)
	}
}

// slips counts the first prints by trace number: a file is named by its day, time,
// batch and trace number, and says whether it is a duplicate.
func (c *checkout) slips() map[string]int {
	c.Helper()
	files, err := filepath.Glob(filepath.Join(c.shop.dir, "receipts", "*.txt"))
	if err != nil {
		c.Fatal(err)
	}
	count := map[string]int{}
	for _, f := range files {
		parts := strings.Split(strings.TrimSuffix(filepath.Base(f), ".txt"), "-")
		if len(parts) >= 5 && !strings.Contains(f, "-dup-") {
			count[parts[3]]++
		}
	}
	return count
}

func TestShopDay(t *testing.T) {
	t.Parallel()
	for _, profile := range []string{"iso87-ascii", "unionpay"} {
		for _, currency := range []string{"CNY", "USD", "JPY", "KWD"} {
			t.Run(profile+" "+currency, func(t *testing.T) {
				t.Parallel()
				c := openCheckout(t, profile, currency)
				c.signIn("02")
				c.day()
				reckoned, err := c.shop.journal.Reckon(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				c.differ()
				c.settled(reckoned)
				c.books()
				if profile == "iso87-ascii" && currency == "CNY" {
					c.guide()
				}
				c.handOver()
				c.shifts(reckoned)
				gate(t, filepath.Dir(c.shop.dir))
			})
		}
	}
}

// differ makes the host believe in a sale that never was: the totals differ, and the
// upload puts it right.
func (c *checkout) differ() {
	c.Helper()
	pan, err := reader.ParsePAN([]byte(abroadCard))
	if err != nil {
		c.Fatal(err)
	}
	_, err = c.server.Apply(context.Background(), txn.Request{
		Op: txn.OpSale, STAN: 999_000, Batch: c.batch, At: time.Now(), Amount: txn.Money{Minor: 777, Currency: c.setup.Currency},
		Card: reader.Card{Entry: reader.Manual, PAN: pan}, Terminal: c.setup.Terminal, Merchant: c.setup.Merchant,
	})
	if err != nil {
		c.Fatal(err)
	}
}
