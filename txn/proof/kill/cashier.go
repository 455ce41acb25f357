package kill

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"vpos/txn"
	"vpos/txn/proof"
)

// cards are the test numbers that are keyed, all with a security code of three
// digits. Whatever is left behind is searched for them.
var cards = []string{"4111111111111111", "5555555555554444", "6224242900000113"}

// payCode is what a wallet shows, of WeChat's; it is searched for too.
const payCode = "134567890123456789"

// cashier answers a terminal's lines. It is not clever: an answer too many is
// something a terminal has to bear.
type cashier struct {
	dice   *rand.Rand
	dir    string // of the slips
	last   string // the state answered last
	kind   string // the word that began what is under way; empty for a sale
	traces []string
	auth   string // of the last hold, and what was held
	held   string
}

// kinds are the words of what is done beside selling, the more frequent ones more than
// once.
var kinds = []string{
	"void", "void", "refund", "tip", "tip", "offline", "pre-auth", "pre-auth", "increment", "completion", "completion",
	"completion-void", "pre-auth-void", "moto", "scan", "scan", "show", "show",
}

// retyped are the words of what is confirmed by typing the amount on the line.
var retyped = map[string]bool{"void": true, "refund": true, "pre-auth-void": true, "completion-void": true}

// answer is what to type after a line. A state that only says something new of
// itself is not answered again.
func (c *cashier) answer(line string) (text string, ok bool) {
	state, rest, _ := strings.Cut(line, ":")
	wrong := strings.Contains(rest, "✗")
	if trace := shownTrace.FindStringSubmatch(rest); state == "approved" && trace != nil {
		c.traces = append(c.traces, trace[1])
		c.keep(rest)
	}
	if state == c.last && !wrong {
		return "", false
	}
	c.last = state
	if money := shownMoney.FindStringSubmatch(rest); state == "confirm" && retyped[c.kind] && money != nil && !wrong {
		return money[1] + money[2], true
	}
	if wrong {
		c.last = ""
		if (state == "print" || state == "approved") && c.dice.IntN(2) == 0 {
			return "", true // the printer may do it this time
		}
		return "cancel", true
	}
	return c.reply(state)
}

// keep takes a hold's slip in the hand.
func (c *cashier) keep(line string) {
	auth, money := shownAuth.FindStringSubmatch(line), shownMoney.FindStringSubmatch(line)
	if c.kind == "pre-auth" && auth != nil && money != nil {
		c.auth, c.held = auth[1], strings.TrimLeft(money[1]+money[2], "0")
	}
}

func (c *cashier) reply(state string) (text string, ok bool) {
	switch state {
	case "idle":
		return c.begin(), true
	case "amount", "tip", "authcode", "date", "reference":
		return c.fact(state), true
	case "present", "pan":
		return cards[c.dice.IntN(len(cards))], true
	case "paycode":
		return payCode, true
	case "expiry":
		return "1230", true
	case "cvv":
		return "123", true
	case "approved", "declined":
		if c.dice.IntN(8) == 0 {
			return "cancel", true
		}
		return "", true
	case "trace":
		if n := len(c.traces); c.kind != "" && n > 0 {
			return c.traces[max(0, n-1-c.dice.IntN(3))], true
		}
		return "", true
	case "confirm", "unknown":
		return "", true
	}
	return "", false // at work, or no state at all
}

// begin is the first line of a transaction: mostly a sale's amount.
func (c *cashier) begin() string {
	c.kind = ""
	switch c.dice.IntN(10) {
	case 0:
		return "reprint"
	case 1, 2, 3, 4:
		c.kind = kinds[c.dice.IntN(len(kinds))]
		return c.kind
	}
	return strconv.FormatInt(c.amount(), 10)
}

// fact is what a state asks for beside the card, read off the slips.
func (c *cashier) fact(state string) string {
	text := ""
	switch state {
	case "tip":
		return strconv.Itoa(1 + c.dice.IntN(300))
	case "date":
		return time.Now().Format("0102")
	case "reference":
		text = reference(c.dir)
	case "authcode":
		if text = c.auth; c.kind == "offline" {
			text = "V12345"
		}
	default:
		switch c.kind {
		case "refund":
			return strconv.Itoa(1 + c.dice.IntN(100)) // less than any sale
		case "completion":
			text = c.held
		default:
			return strconv.FormatInt(c.amount(), 10)
		}
	}
	if text == "" {
		return "cancel" // there is no such slip yet
	}
	return text
}

var slipReference = regexp.MustCompile(`(?m)^REF NO\..* (\w{12})$`)

// reference is the reference number of the newest slip that has one.
func reference(dir string) string {
	slips, _ := filepath.Glob(filepath.Join(dir, "receipts", "*-1-merchant.txt"))
	for _, name := range slices.Backward(slips) {
		text, err := os.ReadFile(name) //nolint:gosec // the folder under proof
		if found := slipReference.FindSubmatch(text); err == nil && found != nil {
			return string(found[1])
		}
	}
	return ""
}

// amount is in minor units and below a thousand, so that no slip needs a
// separator. The endings the host never or late answers cost a time-out each:
// they are kept rare.
func (c *cashier) amount() int64 {
	n := 100 + c.dice.Int64N(99_000) // a tip goes on top
	if n%100 >= 98 && c.dice.IntN(4) > 0 {
		n -= 10
	}
	return n
}

var (
	shownMoney = regexp.MustCompile(`\bCNY (\d+)\.(\d\d)\b`)
	shownAuth  = regexp.MustCompile(`\bAuth code (\w{6})\b`)
	shownTrace = regexp.MustCompile(`\bTrace (\d{6})\b`)
)

// outcome reads what a line told a person about a transaction. It is false for a
// line that names none.
func outcome(line string) (s proof.Shown, ok bool) {
	state, rest, _ := strings.Cut(line, ":")
	switch state {
	case "approved":
		s.Status = txn.Approved
	case "unknown":
		s.Status = txn.ReversalPending
		if strings.Contains(rest, "Refund") {
			s.Status = txn.Asking // it is asked again, not reversed
		}
	case "declined":
		s.Status = txn.Declined
	default:
		return s, false
	}
	money, trace := shownMoney.FindStringSubmatch(rest), shownTrace.FindStringSubmatch(rest)
	if money == nil || trace == nil {
		return s, false
	}
	currency, _ := txn.CurrencyByCode("CNY")
	minor, _ := strconv.ParseInt(money[1]+money[2], 10, 64)
	stan, _ := strconv.ParseUint(trace[1], 10, 32)
	s.Amount = txn.Money{Minor: minor, Currency: currency}
	s.Key.STAN = txn.STAN(stan) // the batch is not on the line; see batchOf
	return s, true
}

// waiting reports whether a line says that reversals or advices are still to be
// delivered.
func waiting(line string) bool {
	return strings.Contains(line, "Reversals waiting") || strings.Contains(line, "Waiting for the bank")
}

// broken reports whether a line is of a program that fell over.
func broken(line string) bool {
	return strings.HasPrefix(line, "panic:") || strings.HasPrefix(line, "fatal error:") ||
		strings.Contains(line, "impossible state")
}

// told is whether a terminal said, in one life, that its disk or its printer
// fails: trouble that nobody noticed proves nothing.
type told struct{ disk, paper bool }

func (t *told) hear(line string) {
	t.disk = t.disk || strings.Contains(line, "disk does not write") || strings.Contains(line, "could not be stored")
	t.paper = t.paper || strings.Contains(line, "Printer trouble")
}

// config is a terminal's configuration: quick to give up and to try again. Nobody settles
// here, so a batch never fills.
func config(terminal, address string) string {
	return fmt.Sprintf("[terminal]\nid = %q\nmerchant = \"100000000000001\"\n[host]\naddress = %q\n"+
		"timeout = \"400ms\"\nconnect_timeout = \"1s\"\nreversal_pause = \"30ms\"\nreversal_max = \"200ms\"\n"+
		"[rules]\nbatch_max = 0\n", terminal, address)
}
