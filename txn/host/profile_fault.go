package host

import (
	"errors"
	"slices"
	"strings"
)

// What can be wrong with a key of a profile's file, as far as a person can be told so
// in words of their own. [ErrRange] and [ErrLength] are two more.
var (
	ErrSyntax     = errors.New("no TOML")
	ErrEmpty      = errors.New("the file is empty")
	ErrUnknownKey = errors.New("unknown key")
	ErrType       = errors.New("wrong type")
	ErrClash      = errors.New("on the wire for two codes that mean different things")
	ErrMatched    = errors.New("what it is matched by is not required: ! is missing")
	ErrUnsigned   = errors.New("it carries no MAC, and the profile has keys for one")
	ErrRoom       = errors.New("more than one message of the upload holds")
)

// KeyFault is one of those errors with what it is about.
type KeyFault struct {
	Is   error  // ErrRange, ErrUnknownKey, …
	Got  string // what stands there; may be empty
	Want string // what would be right; may be empty
}

// Error is the value, the fault and what would be right: -4: value out of range, want
// 0..8.
func (e *KeyFault) Error() string {
	text := e.Is.Error()
	if e.Got != "" {
		text = e.Got + ": " + text
	}
	switch {
	case e.Want == "":
		return text
	case errors.Is(e.Is, ErrSyntax):
		return e.Want
	}
	return text + ", want " + e.Want
}

// Unwrap gives the fault.
func (e *KeyFault) Unwrap() error { return e.Is }

// faults collects what is wrong with a profile and goes on, so that one mistake does
// not hide the others.
type faults []error

// add notes an error.
func (f *faults) add(err error) {
	if err != nil {
		*f = append(*f, err)
	}
}

// within notes the errors of a part, each below its key.
func (f *faults) within(key string, parts ...error) {
	for _, err := range parts {
		if err != nil {
			*f = append(*f, within(key, err))
		}
	}
}

// listKey is where a row's list of fields is told to be mended: at its own key where
// the file has that, else at the first of the file's lists that is in it.
func (l *problems) listKey(key string, f *profileFile) string {
	name, ours := strings.CutPrefix(key, "ops.")
	at := strings.LastIndexByte(name, '.')
	if _, here := l.lines[key]; !ours || here || at < 0 {
		return key
	}
	row, text := f.Ops[name[:at]], ""
	switch name[at:] {
	case ".request":
		text = row.Request
	case ".reply":
		text = row.Reply
	}
	if list := l.listIn(text, f, 0); list != "" {
		return "lists." + list
	}
	return key
}

// listIn is the first list of the file itself that a list is made of.
func (l *problems) listIn(text string, f *profileFile, depth int) string {
	for _, word := range strings.Fields(text) {
		name, named := strings.CutPrefix(word, "@")
		if !named || depth == maxLists {
			continue
		}
		if _, here := l.lines["lists."+name]; here {
			return name
		}
		if inner := l.listIn(f.Lists[name], f, depth+1); inner != "" {
			return inner
		}
	}
	return ""
}

// told reports whether something is said of a key already: what follows from it is not
// said as well.
func (l *problems) told(key string) bool {
	return slices.ContainsFunc(l.found, func(e *ProfileError) bool { return e.Key == key })
}
