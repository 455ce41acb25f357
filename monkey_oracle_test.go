package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"vpos/txn"
)

// The oracle of the monkeys: what the host was asked, held against what was on the screen
// and what was pressed then. It knows nothing of the machine but the titles of its screens.

// request is one line of the host's log.
type request struct {
	at          time.Time
	op          string
	batch, stan string
	figure      string // of its amount: 1234
}

var (
	requestLine = regexp.MustCompile(`(?m)^time=(\S+) level=INFO msg=request at=host op=(\S+) terminal=\S+ batch=(\d+) stan=(\d+) amount="\S* (\d+)(?:\.(\d+))?"`)
	settledRow  = regexp.MustCompile(`(?m)^(\d{6})  (\d{6})  .*Settlement .*CNY +(-?)([\d,]+)\.(\d\d)`)
)

// requests reads the host's log: the first request of each transaction.
func (m *monkey) requests() []request {
	m.Helper()
	logs, err := filepath.Glob(filepath.Join(m.data, "log", "vpos.log*"))
	if err != nil || len(logs) != 1 {
		m.Fatalf("logs %v, %v", logs, err)
	}
	text, err := os.ReadFile(logs[0])
	if err != nil {
		m.Fatal(err)
	}
	nets := map[string]string{}
	for _, f := range settledRow.FindAllStringSubmatch(shell(m.T, "journal", "list", "--limit", "0", "--data", m.data, "--config", m.config), -1) {
		nets[f[1]+f[2]] = strings.ReplaceAll(f[4], ",", "") + f[5]
	}
	var list []request
	seen := map[string]bool{}
	for _, f := range requestLine.FindAllStringSubmatch(string(text), -1) {
		at, err := time.Parse(time.RFC3339Nano, f[1])
		if err != nil {
			m.Fatal(err)
		}
		r := request{at: at, op: f[2], batch: f[3], stan: f[4], figure: strings.TrimLeft(f[5]+f[6], "0")}
		switch r.op {
		case string(txn.OpSignOn), string(txn.OpSignOff), string(txn.OpEcho), string(txn.OpReversal), string(txn.OpUpload),
			string(txn.OpUploadEnd), string(txn.OpScript), string(txn.OpBalance):
			continue // they move no money, or give it back by themselves
		case string(txn.OpSettle):
			if r.figure = strings.TrimLeft(nets[r.batch+r.stan], "0"); r.figure == "" {
				r.figure = strings.TrimLeft(r.batch, "0") // its net is nothing
			}
			list = append(list, r) // asked again, it is confirmed again
			continue
		}
		if key := r.op + r.batch + r.stan; !seen[key] {
			seen[key] = true
			list = append(list, r)
		}
	}
	return list
}

// retypedOps are confirmed by digits.
var retypedOps = map[string]bool{
	string(txn.OpVoid): true, string(txn.OpCompleteVoid): true, string(txn.OpAuthVoid): true, string(txn.OpRefund): true, string(txn.OpSettle): true,
}

// byItselfLater are sent by the terminal whenever it can: after a start, or once it is told.
var byItselfLater = map[string]bool{string(txn.OpOffline): true, string(txn.OpTip): true, string(txn.OpRefund): true}

// stay is a screen that could have confirmed something: from its title to the next one.
type stay struct {
	word     string
	from, to time.Time
	used     bool
}

// stays are the confirmations and the presentations of a card, oldest first.
func (m *monkey) stays() []*stay {
	var list []*stay
	for i, title := range m.titles {
		v := &stay{word: title.word, from: title.at, to: time.Now()}
		next := ""
		if i+1 < len(m.titles) {
			v.to, next = m.titles[i+1].at, m.titles[i+1].word
		}
		if title.word == "confirm" || title.word == "settle" || title.word == "present" || title.word == "amount" && ofACard[next] {
			list = append(list, v)
		}
	}
	return list
}

// ofACard is what comes behind an amount where a card that nobody has used yet is in already.
var ofACard = map[string]bool{"processing": true, "choose": true, "pin": true, "otp": true, "approved": true, "declined": true, "unknown": true}

// judge holds every request against the screens and the keys.
func (m *monkey) judge() {
	m.Helper()
	stays := m.stays()
	unsure := 0
	requests := m.requests()
	for _, r := range requests {
		m.count[r.op]++
		if m.explained(stays, r) {
			continue
		}
		if m.stalled(r.at) {
			unsure++
			continue
		}
		m.Errorf("%s of %s (batch %s, trace %s) at %s, and nobody confirmed it\n%s", r.op, r.figure, r.batch, r.stan,
			r.at.Format("15:04:05.000"), m.story(r.at))
	}
	if unsure > 2+len(requests)/10 {
		m.Errorf("%d of %d requests came while this computer stood still", unsure, len(requests))
	}
	m.count["stalled"] += unsure
	m.books()
}

// explained finds the confirmation of a request, and uses it up.
func (m *monkey) explained(stays []*stay, r request) bool {
	for i := len(stays) - 1; i >= 0; i-- {
		v := stays[i]
		if v.from.After(r.at) {
			continue
		}
		if !v.used && m.confirms(v, r) {
			v.used = true
			return true
		}
		if !byItselfLater[r.op] {
			return false // the last one before it, or none
		}
	}
	return false
}

// confirms reports whether the keys at a screen confirm a request.
func (m *monkey) confirms(v *stay, r request) bool {
	from := v.from
	switch {
	case v.word == "settle" != (r.op == string(txn.OpSettle)):
		return false
	case v.word == "present":
		return (r.op == string(txn.OpSale) || r.op == string(txn.OpAuth)) && m.sent(from.Add(-time.Second), v.to, "c", "Down") && m.sent(from, v.to, "Enter", "KPEnter", "C-j", "1", "2", "3", "4", "5", "6", "7", "8", "9")
	case !m.sent(from, v.to, "Enter", "KPEnter", "C-j", "="):
		return false
	case v.word == "amount":
		if (r.op != string(txn.OpSale) && r.op != string(txn.OpAuth)) || !m.sent(time.Time{}, from, "c", "Down") {
			return false
		}
		from = from.Add(-time.Second) // its first digit was typed at idle
	case !retypedOps[r.op]:
		return true
	}
	rest := r.figure
	for _, k := range m.keys {
		if rest != "" && !k.at.Before(from) && k.at.Before(v.to) && k.word == rest[:1] {
			rest = rest[1:]
		}
	}
	return rest == ""
}

// sent reports whether one of the keys was pressed between two moments.
func (m *monkey) sent(from, to time.Time, keys ...string) bool {
	for _, k := range m.keys {
		if k.at.Before(from) || k.at.After(to) {
			continue
		}
		for _, want := range keys {
			if k.word == want {
				return true
			}
		}
	}
	return false
}

// stalled reports whether the computer stood still around a moment, so that what was shown
// and what was pressed cannot be told apart to a fraction of a second.
func (m *monkey) stalled(at time.Time) bool {
	for _, s := range m.slow {
		if d := at.Sub(s); d > -time.Second && d < 3*time.Second {
			return true
		}
	}
	return false
}

// story is what was shown and pressed before a moment.
func (m *monkey) story(at time.Time) string {
	var b strings.Builder
	i, k := 0, 0
	for i < len(m.titles) || k < len(m.keys) {
		var one mark
		kind := "shown  "
		if k == len(m.keys) || i < len(m.titles) && m.titles[i].at.Before(m.keys[k].at) {
			one, i = m.titles[i], i+1
		} else {
			one, k, kind = m.keys[k], k+1, "pressed"
		}
		if d := at.Sub(one.at); d < 6*time.Second && d > -time.Second {
			b.WriteString("  " + one.at.Format("15:04:05.000") + " " + kind + " " + one.word + "\n")
		}
	}
	return b.String()
}

var (
	mineRow   = regexp.MustCompile(`(?m)^(\d{6})  (\d{6})  .*CNY +(-?[\d.]+)  (\w+)`)
	noCharge  = regexp.MustCompile(`  (?:Tip|Pre-auth|Increment|Pre-auth void) `)
	theirsRow = regexp.MustCompile(`(?m)^\S+  (\d{6})  (\d{6})  (\S+) .*CNY +(-?[\d.]+)  (\w+)`)
)

// books holds the journal's chain, and both ledgers against each other.
func (m *monkey) books() {
	m.Helper()
	at := []string{"--data", m.data, "--config", m.config}
	if out := shell(m.T, append([]string{"journal", "verify"}, at...)...); !strings.Contains(out, " ok ") {
		m.Error(out)
	}
	theirs := map[string]string{}
	ledger := shell(m.T, "host", "ledger", "--data", m.data)
	for _, f := range theirsRow.FindAllStringSubmatch(ledger, -1) {
		theirs[f[1]+" "+f[2]] = f[4] + " " + f[5]
	}
	journal := shell(m.T, append([]string{"journal", "list", "--limit", "0"}, at...)...)
	for _, f := range mineRow.FindAllStringSubmatch(journal, -1) {
		key, mine, host := f[1]+" "+f[2], f[3]+" "+f[4], theirs[f[1]+" "+f[2]]
		m.count["rows"]++
		if strings.Contains(f[0], "Settlement") || strings.Contains(f[0], "Balance") {
			continue
		}
		switch f[4] {
		case "approved":
			mine = f[3] + " charged"
			if noCharge.MatchString(f[0]) && host != "" {
				continue // held, noted, or what became of that since
			}
		case "open", "reversing":
			m.Errorf("%s is %s still:\n%s", key, f[4], journal)
		case "voided":
		default:
			if strings.HasSuffix(host, " charged") {
				m.Errorf("%s is %q here and %q at the host", key, mine, host)
			}
			continue
		}
		if mine != host {
			m.Errorf("%s is %q here and %q at the host", key, mine, host)
		}
	}
	gate(m.T, m.data)
}
