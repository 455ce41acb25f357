package txn_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
)

var update = flag.Bool("update", false, "rewrite the expected lines of the scripts")

// TestScripts runs every flow in testdata: a line that begins with "> " is an
// event, the lines below it are the state and the effects it must lead to.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { runScript(t, file) })
	}
}

func runScript(t *testing.T, file string) {
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p := newPlayer()
	var got strings.Builder
	for i, line := range strings.Split(strings.TrimRight(string(want), "\n"), "\n") {
		command, isEvent := strings.CutPrefix(line, "> ")
		switch {
		case isEvent:
			out, err := p.play(command)
			if err != nil {
				t.Fatalf("%s:%d: %v, after\n%s", file, i+1, err, got.String())
			}
			fmt.Fprintf(&got, "%s\n%s", line, out)
		case strings.HasPrefix(line, "#") || line == "":
			fmt.Fprintln(&got, line)
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got.String() != string(want) {
		t.Errorf("%s differs; got:\n%s", file, got.String())
	}
}

// player turns script lines into events. It answers nothing by itself: a script
// says every event there is.
type player struct {
	state txn.State
	clock time.Time
	asked []txn.Effect // unanswered effects, oldest first
}

var shanghai = time.FixedZone("CST", 8*3600)

func newPlayer() *player {
	cny, _ := txn.CurrencyByCode("CNY")
	return &player{
		clock: time.Date(2026, 11, 22, 10, 0, 0, 0, shanghai),
		state: txn.New(txn.Setup{
			Terminal: "10000001", Merchant: "100000000000001", Currency: cny,
			ReplyTimeout: 30 * time.Second, ReversalPause: 5 * time.Second, ReversalMax: time.Minute, ReversalTries: 3, TellScripts: true,
		}),
	}
}

func (p *player) play(line string) (string, error) {
	event, err := p.event(strings.Fields(line))
	if err != nil {
		return "", fmt.Errorf("%q: %w", line, err)
	}
	var b strings.Builder
	var done []txn.Effect
	for _, e := range event {
		var effects []txn.Effect
		p.state, effects = txn.Step(p.state, e)
		done = append(done, effects...)
	}
	p.asked = append(p.asked, done...)
	b.WriteString(describe(p.state))
	for _, f := range done {
		fmt.Fprintf(&b, "    %s\n", describeEffect(f))
	}
	return b.String(), nil
}

// event reads one script line. The words are those of the event types.
func (p *player) event(w []string) ([]txn.Event, error) {
	arg := strings.Join(w[1:], " ")
	switch w[0] {
	case "start":
		r, err := recovered(w[1:])
		return []txn.Event{txn.Started{Recovered: r}, txn.Tick{Now: p.clock}}, err
	case "after":
		d, err := time.ParseDuration(arg)
		p.clock = p.clock.Add(d)
		return []txn.Event{txn.Tick{Now: p.clock}}, err
	case "enter":
		return []txn.Event{txn.Entered{Text: reader.NewSecret(arg)}}, nil
	case "touch":
		return []txn.Event{txn.Touched{}}, nil
	case "cancel":
		return []txn.Event{txn.Cancelled{}}, nil
	case "open":
		return []txn.Event{txn.Opened{Name: txn.Name(arg)}}, nil
	case "begin":
		return []txn.Event{txn.Opened{Kind: txn.Kind(arg)}}, nil
	case "configured":
		return []txn.Event{txn.Configured{Key: w[1], Value: w[2]}}, nil
	case "misread":
		return []txn.Event{txn.Misread{Code: txn.Code(arg)}}, nil
	case "swipe":
		card, err := swipe(arg)
		return []txn.Event{txn.Swiped{Card: card}}, err
	case "card":
		return p.card(w[1:])
	case "pins": // the host takes PINs
		p.state.Setup.OnlinePIN = true
		return nil, nil
	case "vouched":
		return p.vouched(w[1:])
	case "drawn":
		return p.drawn(arg == "failed")
	case "contradicted":
		return []txn.Event{txn.Contradicted{}}, nil
	case "stored", "store-failed":
		return p.answerAppend(w[0] == "stored")
	case "reply":
		return p.reply(w[1:])
	case "send-failed":
		s := p.last()
		return []txn.Event{txn.SendFailed{Op: s.Op, STAN: s.STAN, Written: arg == "written"}}, nil
	case "link-lost":
		s := p.last()
		return []txn.Event{txn.LinkLost{Code: txn.Code(arg), Op: s.Op, STAN: s.STAN}}, nil
	case "printed", "print-failed", "print-unsure":
		return p.answerPrint(w[0])
	case "found":
		return p.answerLookup(arg)
	case "hold": // nothing, or a trace number and what it holds in minor units
		e := txn.FoundHold{}
		if w[1] != "nothing" {
			t, err := transaction(w[1], txn.Approved)
			if err != nil {
				return nil, err
			}
			t.Kind, t.At, e.Txn, e.Held = txn.PreAuth, p.clock, &t, t.Amount
			_, err = fmt.Sscan(w[2], &e.Held.Minor)
			return []txn.Event{e}, err
		}
		return []txn.Event{e}, nil
	case "goods": // CODE=PRICE in minor units; none without
		e := txn.Stocked{}
		for _, w := range w[1:] {
			code, price, _ := strings.Cut(w, "=")
			n, err := strconv.ParseInt(price, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("%q: %w", w, err)
			}
			e.Goods = e.Goods.With(txn.Good{Code: code, EN: "good " + code, Price: n})
		}
		return []txn.Event{e}, nil
	case "less":
		return []txn.Event{txn.LineRemoved{}}, nil
	case "setup":
		return nil, p.setup(w[1:])
	case "reckoned": // of sales: how many, minor units; then of refunds
		e := txn.Reckoned{Failed: arg == "failed"}
		home := &e.Totals.Domestic
		_, _ = fmt.Sscan(arg, &home.Debits.Count, &home.Debits.Minor, &home.Credits.Count, &home.Credits.Minor)
		return []txn.Event{e}, nil
	case "weighed":
		return p.weighed(w[1:])
	case "listed":
		e := txn.Listed{Failed: arg == "failed"}
		for _, w := range w[1:] {
			n, _ := strconv.ParseUint(w, 10, 32)
			e.Details = append(e.Details, txn.Detail{Op: txn.OpSale, STAN: txn.STAN(n)})
		}
		return []txn.Event{e}, nil
	}
	return nil, fmt.Errorf("unknown event %q", w[0])
}

// setup changes what the terminal was told once: "KEY=N".
func (p *player) setup(words []string) error {
	for _, w := range words {
		key, value, _ := strings.Cut(w, "=")
		n, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("%q: %w", w, err)
		}
		s := &p.state.Setup
		switch key {
		case "tips":
			s.Tips = n > 0
		case "max-amount":
			s.MaxAmount = int64(n)
		case "max-tip":
			s.MaxTip = n
		case "max-refund":
			s.MaxRefund = int64(n)
		case "batch-max":
			s.BatchMax = n
		case "void-card":
			s.VoidCard = n > 0
		case "qr":
			s.QR = n > 0
		case "sign-off-after":
			s.SignOffAfter = n > 0
		case "guarded":
			s.Guarded = n > 0
		case "guard-keyed":
			s.GuardKeyed = n > 0
		case "duplicate": // minutes
			s.Guards = &txn.Guards{Window: time.Duration(n) * time.Minute, Duplicate: true}
		case "refund-day":
			s.Guards.RefundDay = int64(n)
		case "no-keying":
			s.NoKeying = n > 0
		case "keyed-reason":
			s.KeyedReason = n > 0
		case "lock-after": // seconds
			s.LockAfter = time.Duration(n) * time.Second
		default:
			return fmt.Errorf("unknown setting %q", key)
		}
	}
	return nil
}

func (p *player) last() txn.Request {
	for i := len(p.asked) - 1; i >= 0; i-- {
		if s, ok := p.asked[i].(txn.Send); ok {
			return s.Request
		}
	}
	return txn.Request{}
}

func (p *player) answerAppend(ok bool) ([]txn.Event, error) {
	for i, f := range p.asked {
		if a, isAppend := f.(txn.Append); isAppend {
			p.asked = append(p.asked[:i:i], p.asked[i+1:]...)
			if ok {
				return []txn.Event{txn.Stored{Tag: a.Tag}}, nil
			}
			return []txn.Event{txn.StoreFailed{Tag: a.Tag}}, nil
		}
	}
	return nil, fmt.Errorf("nothing to store")
}

func (p *player) answerPrint(how string) ([]txn.Event, error) {
	for i, f := range p.asked {
		if a, isPrint := f.(txn.Print); isPrint {
			p.asked = append(p.asked[:i:i], p.asked[i+1:]...)
			switch how {
			case "printed":
				return []txn.Event{txn.Printed{Slip: a.Slip}}, nil
			case "print-unsure":
				return []txn.Event{txn.PrintUnsure{Slip: a.Slip, Why: txn.PrinterSilent}}, nil
			}
			return []txn.Event{txn.PrintFailed{Slip: a.Slip}}, nil
		}
	}
	return nil, fmt.Errorf("nothing to print")
}

func (p *player) answerLookup(arg string) ([]txn.Event, error) {
	if arg == "nothing" {
		return []txn.Event{txn.Found{}}, nil
	}
	stan, status, given := strings.Cut(arg, " ")
	if !given {
		status = string(txn.Approved)
	}
	kind, status, given := strings.Cut(status, " ")
	if !given {
		kind, status = string(txn.Sale), kind
	}
	t, err := transaction(stan, txn.Status(status))
	if t.Kind = txn.Kind(kind); t.Kind.QR() {
		t.Card, t.Wallet, t.Payer = reader.Card{Entry: reader.QR}, reader.WeChat, "6789"
	}
	return []txn.Event{txn.Found{Txn: &t}}, err
}

// card reads what a chip card does: "in", "out", "choose A B", "pin [wrong]",
// "online TRACK2", "done approved|declined CODE|fallback CODE|CODE".
func (p *player) card(w []string) ([]txn.Event, error) {
	session := p.session()
	switch w[0] {
	case "in":
		return []txn.Event{txn.Inserted{Reader: "Reader 1"}}, nil
	case "out":
		return []txn.Event{txn.Removed{}}, nil
	case "choose":
		return []txn.Event{txn.CardChoose{Session: session, Names: w[1:]}}, nil
	case "pin":
		return []txn.Event{txn.CardPIN{Session: session, Tries: 3, Wrong: len(w) > 1}}, nil
	case "online":
		c, err := swipe(w[1])
		c.Entry, c.Chip = reader.Chip, &reader.ChipData{AID: "A0000000031010", CID: 0x80}
		return []txn.Event{txn.CardOnline{Session: session, Card: c}}, err
	case "done":
		e := txn.CardDone{Session: session, Approved: w[1] == "approved", Declined: w[1] == "declined", Fallback: w[1] == "fallback"}
		e.Card.Chip = &reader.ChipData{AID: "A0000000031010", CID: 0x40}
		if w[len(w)-1] == "scripts" { // the issuer's, and it has something to say about them
			e.Card.Chip.Script55, w = []byte{0xDF, 0x31, 1, 0x20}, w[:len(w)-1]
		}
		if !e.Approved {
			e.Code = txn.Code(w[len(w)-1])
		}
		return []txn.Event{e}, nil
	}
	return nil, fmt.Errorf("unknown card event %q", w[0])
}

// session is the number of the newest session with a card.
func (p *player) session() uint64 {
	for i := len(p.asked) - 1; i >= 0; i-- {
		if r, ok := p.asked[i].(txn.ReadCard); ok {
			return r.Session
		}
	}
	return 0
}

// reply reads "OP CODE [stan=N] [amount=N] [terminal=T] [merchant=M] [op=OP]":
// a reply to the last request, with something changed.
func (p *player) reply(w []string) ([]txn.Event, error) {
	q := p.last()
	r := txn.Reply{
		Op: q.Op, STAN: q.STAN, Amount: q.Amount, Terminal: q.Terminal, Merchant: q.Merchant,
		Result: txn.Result{Code: w[0]},
	}
	if txn.Approves(w[0]) && q.Op.Reversible() {
		r.AuthCode, r.RRN = "A12345", "000000000001"
	}
	for _, change := range w[1:] {
		key, value, _ := strings.Cut(change, "=")
		n, err := strconv.ParseInt(value, 10, 64)
		switch key {
		case "stan":
			r.STAN = txn.STAN(n)
		case "amount":
			r.Amount.Minor = n
			r.Amount.Currency = p.state.Setup.Currency
		case "terminal":
			r.Terminal, err = value, nil
		case "merchant":
			r.Merchant, err = value, nil
		case "op":
			r.Op, err = txn.Op(value), nil
		case "wallet":
			r.Wallet, err = reader.Wallet(value), nil
		case "mac":
			r.BadMAC, err = value == "bad", nil
		case "balanced":
			r.Domestic, err = txn.Balanced(value[0]), nil
		case "want":
			r.Want = txn.Want(n) //nolint:gosec // a digit
		default:
			return nil, fmt.Errorf("unknown change %q", change)
		}
		if err != nil {
			return nil, err
		}
	}
	return []txn.Event{txn.Replied{Reply: r}}, nil
}

// vouched answers the newest Vouch: "CODE" or "ok", "supervisor", "shift", "left=N".
func (p *player) vouched(words []string) ([]txn.Event, error) {
	for i := len(p.asked) - 1; i >= 0; i-- {
		v, ok := p.asked[i].(txn.Vouch)
		if !ok {
			continue
		}
		e := txn.Vouched{Operator: v.Operator, Role: txn.Cashier}
		for _, w := range words {
			switch {
			case w == "ok":
			case w == "supervisor":
				e.Role = txn.Supervisor
			case w == "shift":
				e.Shift = true
			case w == "other": // the answer to somebody else's
				e.Operator = "99"
			case strings.HasPrefix(w, "left="):
				e.Left, _ = strconv.Atoi(w[5:])
			default:
				e.Code = txn.Code(w)
			}
		}
		return []txn.Event{e}, nil
	}
	return []txn.Event{txn.Vouched{Operator: "01", Role: txn.Supervisor}}, nil
}

// drawn answers the newest Drawer.
func (p *player) drawn(failed bool) ([]txn.Event, error) {
	for i := len(p.asked) - 1; i >= 0; i-- {
		if d, ok := p.asked[i].(txn.Drawer); ok {
			e := txn.Drawn{Operator: d.Operator, Begin: d.Begin, Failed: failed}
			e.Shift = txn.Shift{Operator: d.Operator, Count: d.Amount}
			return []txn.Event{e}, nil
		}
	}
	return nil, fmt.Errorf("nothing to draw")
}

// recovered reads "next=N open=STAN pending=STAN unprinted=STAN".
func recovered(words []string) (txn.Recovered, error) {
	r := txn.Recovered{NextSTAN: 1, Batch: 1}
	for _, w := range words {
		if w == "staffed" {
			r.Staffed = true
			continue
		}
		key, value, _ := strings.Cut(w, "=")
		status := map[string]txn.Status{
			"open": txn.Open, "frozen": txn.Open, "pending": txn.ReversalPending, "unprinted": txn.Approved,
			"asking": txn.Asking, "open-refund": txn.Open, "open-balance": txn.Open, "untold": txn.Approved,
		}[key]
		t, err := transaction(value, status)
		if err != nil {
			return r, err
		}
		switch key {
		case "next":
			r.NextSTAN = t.STAN
		case "frozen":
			t.Kind, t.Totals = txn.Settlement, &txn.Totals{Domestic: txn.Sides{Debits: txn.Tally{Count: 1, Minor: t.Amount.Minor}}}
			r.Open = append(r.Open, t)
		case "open":
			r.Open = append(r.Open, t)
		case "open-refund", "open-balance":
			t.Kind = txn.Kind(strings.TrimPrefix(key, "open-"))
			r.Open = append(r.Open, t)
		case "asking":
			t.Kind = txn.Refund
			r.Untold = append(r.Untold, t)
		case "untold":
			t.Kind, t.Untold = txn.Offline, true
			r.Untold = append(r.Untold, t)
		case "pending":
			r.Pending = append(r.Pending, t)
		case "unprinted":
			r.Unprinted = append(r.Unprinted, t)
		}
	}
	return r, nil
}

func transaction(stan string, status txn.Status) (txn.Transaction, error) {
	n, err := strconv.ParseUint(stan, 10, 32)
	if err != nil {
		return txn.Transaction{}, err
	}
	cny, _ := txn.CurrencyByCode("CNY")
	pan, err := reader.ParsePAN([]byte("4111111111111111"))
	return txn.Transaction{
		Kind: txn.Sale, Batch: 1, STAN: txn.STAN(n), Status: status,
		Amount:   txn.Money{Minor: 500, Currency: cny},
		Card:     reader.Card{Entry: reader.Manual, PAN: pan},
		Terminal: "10000001", Merchant: "100000000000001",
	}, err
}

func swipe(track string) (reader.Card, error) {
	t, err := reader.ParseTrack2([]byte(track))
	if err != nil {
		return reader.Card{}, err
	}
	return reader.CardFromTracks(reader.Track{}, t)
}
