package kill

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"

	"vpos/txn"
	"vpos/txn/proof"
)

// cards are the test numbers that are keyed, all with a security code of three
// digits. Whatever is left behind is searched for them.
var cards = []string{"4111111111111111", "5555555555554444", "6224242900000113"}

// cashier answers a terminal's lines. It is not clever: an answer too many is
// something a terminal has to bear.
type cashier struct {
	dice    *rand.Rand
	last    string // the state answered last
	voiding bool   // it was void, not reprint, that led to trace
	traces  []string
}

// answer is what to type after a line. A state that only says something new of
// itself is not answered again.
func (c *cashier) answer(line string) (text string, ok bool) {
	state, rest, _ := strings.Cut(line, ":")
	wrong := strings.Contains(rest, "✗")
	if trace := shownTrace.FindStringSubmatch(rest); state == "approved" && trace != nil {
		c.traces = append(c.traces, trace[1])
	}
	if state == c.last && !wrong {
		return "", false
	}
	c.last = state
	if wrong {
		c.last = ""
		if (state == "print" || state == "approved") && c.dice.IntN(2) == 0 {
			return "", true // the printer may do it this time
		}
		return "cancel", true
	}
	return c.reply(state)
}

func (c *cashier) reply(state string) (text string, ok bool) {
	switch state {
	case "idle":
		c.voiding = false
		switch c.dice.IntN(10) {
		case 0:
			return "reprint", true
		case 1, 2:
			c.voiding = true
			return "void", true
		}
		return strconv.FormatInt(c.amount(), 10), true
	case "present":
		return cards[c.dice.IntN(len(cards))], true
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
		if n := len(c.traces); c.voiding && n > 0 {
			return c.traces[max(0, n-1-c.dice.IntN(3))], true
		}
		return "", true
	case "confirm", "unknown":
		return "", true
	}
	return "", false // at work, or no state at all
}

// amount is in minor units and below a thousand, so that no slip needs a
// separator. The endings the host never or late answers cost a time-out each:
// they are kept rare.
func (c *cashier) amount() int64 {
	n := 100 + c.dice.Int64N(99_900)
	if n%100 >= 98 && c.dice.IntN(4) > 0 {
		n -= 10
	}
	return n
}

var (
	shownMoney = regexp.MustCompile(`\bCNY (\d+)\.(\d\d)\b`)
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

// waiting reports whether a line says that reversals are still to be delivered.
func waiting(line string) bool { return strings.Contains(line, "Reversals waiting") }

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

// config is a terminal's configuration: quick to give up and to try again.
func config(terminal, address string) string {
	return fmt.Sprintf("[terminal]\nid = %q\nmerchant = \"100000000000001\"\n[host]\naddress = %q\n"+
		"timeout = \"400ms\"\nconnect_timeout = \"1s\"\nreversal_pause = \"30ms\"\nreversal_max = \"200ms\"\n", terminal, address)
}
