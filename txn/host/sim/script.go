package sim

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"vpos/reader/sheet"
	"vpos/txn"
)

// maxSteps is the most steps a script has.
const maxSteps = 10_000

// step is one [[step]] of a script file.
type step struct {
	Do       FaultName `toml:"do"`
	On       string    `toml:"on"`
	Terminal string    `toml:"terminal"`
	Ending   string    `toml:"ending"`
	Card     string    `toml:"card"`
	Nth      int       `toml:"nth"`
	Times    int       `toml:"times"`
	Always   bool      `toml:"always"`
	Delay    span      `toml:"delay"`
	Code     string    `toml:"code"`
}

// span is a time as Go writes it: 1.5s, 2m.
type span time.Duration

// UnmarshalText reads one.
func (s *span) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil {
		return errSpan // the library's would quote it
	}
	*s = span(d)
	return nil
}

var errSpan = errors.New(`want a time such as "2s" or "500ms"`)

// defaultDelay is that of [FaultDelay] where a script does not say.
const defaultDelay = time.Second

// maxDelay is the longest delay a script may ask for.
const maxDelay = time.Hour

// ParseScript reads a script: a TOML file of faults to arm, in order.
//
//	[[step]]
//	on       = "sale"      # the operation; any where it is left out
//	terminal = "00000001"  # field 41
//	ending   = "34"        # the last digits of the amount, in minor units
//	card     = "1111"      # the last four digits of the card number
//	nth      = 2           # the second request that all this fits, not the first
//	do       = "decline"   # what happens: see AllFaultNames
//	code     = "51"        # of decline
//	delay    = "2s"        # of delay
//	times    = 3           # to three requests in a row; 1 where it is left out
//	always   = true        # instead of times: to every one
//
// Errors are a [*sheet.Error] with line and key. They repeat no value.
func ParseScript(text []byte) ([]Fault, error) {
	var file struct {
		Step []step `toml:"step"`
	}
	if err := sheet.Decode(text, &file); err != nil {
		return nil, err
	}
	if len(file.Step) > maxSteps {
		return nil, &sheet.Error{Key: "step", Text: fmt.Sprintf("%d steps; at most %d", len(file.Step), maxSteps)}
	}
	faults := make([]Fault, len(file.Step))
	for i := range file.Step {
		s := &file.Step[i]
		if key, wrong := s.check(); wrong != "" {
			return nil, sheet.AtKey(text, "step", i, key, wrong)
		}
		faults[i] = s.fault()
	}
	return faults, nil
}

// fault is the step as what it arms.
func (s *step) fault() Fault {
	f := Fault{
		Do: s.Do, On: txn.Op(s.On), Terminal: s.Terminal, Ending: s.Ending, Last4: s.Card,
		Nth: s.Nth, Times: s.Times, Delay: time.Duration(s.Delay), Code: s.Code,
	}
	if s.Always {
		f.Times = Always
	}
	if f.Do == FaultDelay && f.Delay == 0 {
		f.Delay = defaultDelay
	}
	return f
}

// check says what is wrong with a step, and with which key.
func (s *step) check() (key, wrong string) {
	digits := func(text string) bool { return strings.Trim(text, "0123456789") == "" }
	switch {
	case !slices.Contains(AllFaultNames(), s.Do):
		return "do", "want one of " + Words(AllFaultNames(), string(s.Do))
	case s.On != "" && !slices.Contains(txn.Ops(), txn.Op(s.On)):
		return "on", "want one of " + Words(txn.Ops(), s.On)
	case len(s.Terminal) > 8:
		return "terminal", "at most eight characters"
	case !digits(s.Ending) || len(s.Ending) > 12:
		return "ending", "want digits, twelve at most"
	case s.Card != "" && (!digits(s.Card) || len(s.Card) != 4):
		return "card", "want the last four digits, and no more of a card number"
	case s.Nth < 0:
		return "nth", "want 1 or more"
	case s.Times < 0:
		return "times", "want 1 or more; always = true never ends"
	case s.Always && s.Times > 0:
		return "always", "not together with times"
	case s.Delay < 0 || time.Duration(s.Delay) > maxDelay:
		return "delay", "want at most " + maxDelay.String()
	case s.Delay != 0 && s.Do != FaultDelay:
		return "delay", "of delay only"
	case (s.Code != "") != (s.Do == FaultDecline):
		return "code", "of decline, and decline needs it"
	}
	return "code", codeWrong(s.Code)
}

// codeWrong says what is wrong with the code of a refusal; empty for nothing.
func codeWrong(code string) string {
	switch {
	case code == "":
	case len(code) != 2 || strings.Trim(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		return "want a response code: two digits or capital letters"
	case txn.Approves(code):
		return "this code approves"
	}
	return ""
}

// ParseFault reads a fault of the command line: NAME, NAME@OPERATION, or
// decline:CODE with or without an operation.
func ParseFault(text string) (Fault, error) {
	rest, op, _ := strings.Cut(text, "@")
	name, code, _ := strings.Cut(rest, ":")
	s := step{Do: FaultName(name), On: op, Code: code}
	if key, wrong := s.check(); wrong != "" {
		return Fault{}, fmt.Errorf("%s: %s", key, wrong)
	}
	return s.fault(), nil
}

// Words lists stable words for a message: those a misspelt one may have meant, or
// all.
func Words[T ~string](all []T, misspelt string) string {
	names := make([]string, len(all))
	for i := range all {
		names[i] = string(all[i])
	}
	if near := sheet.Near(misspelt, names); len(near) > 0 && misspelt != "" {
		names = near
	}
	return strings.Join(names, ", ")
}
