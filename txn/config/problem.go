package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"vpos/reader"
	"vpos/txn"
)

// The codes of a configuration's problems. The catalogue has a sentence for
// each in every language; the arguments are those of [Problem].
const (
	File           txn.Code = "config.file"            // cannot be read; Got the file, Want the system's words
	FileMissing    txn.Code = "config.file-missing"    // no such file; Got the file
	FileDenied     txn.Code = "config.file-denied"     // no permission; Got the file
	TooLarge       txn.Code = "config.too-large"       // Want the limit in bytes
	NotText        txn.Code = "config.not-text"        // a byte that is no UTF-8 text
	Altered        txn.Code = "config.altered"         // the checksum is another; Want its line
	TooMany        txn.Code = "config.too-many"        // more problems than are listed; Want the limit
	Syntax         txn.Code = "config.syntax"          // no TOML; Got what the parser says
	Unquoted       txn.Code = "config.unquoted"        // text without quotes; Got the text, Want it with them
	UnknownKey     txn.Code = "config.unknown-key"     // Want the nearest key known, or empty
	DuplicateKey   txn.Code = "config.duplicate-key"   // Got the line of the first
	WrongType      txn.Code = "config.type"            // Got and Want types
	WrongWord      txn.Code = "config.word"            // Want the words allowed
	WrongLength    txn.Code = "config.length"          // Got and Want numbers of characters
	WrongCharacter txn.Code = "config.character"       // Got the character, Want those allowed
	OutOfRange     txn.Code = "config.range"           // Want FROM..TO
	NotDuration    txn.Code = "config.duration"        // Want an example
	NotAmount      txn.Code = "config.amount"          // Want an example
	Decimals       txn.Code = "config.decimals"        // Want how many decimals the currency has
	UnknownMoney   txn.Code = "config.currency"        // Want the letters known
	NotAddress     txn.Code = "config.address"         // Want examples
	NotPort        txn.Code = "config.port"            // Want FROM..TO
	NotName        txn.Code = "config.name"            // no host name; Want an example
	Profile        txn.Code = "config.profile"         // a profile's file is wrong; Want what is wrong, in English
	Empty          txn.Code = "config.profile.empty"   // nothing in it; Want how one begins
	Clash          txn.Code = "config.profile.clash"   // Got stands on the wire for both of Want
	Unmatched      txn.Code = "config.profile.law"     // the message must have Got: what it is known by
	Unsigned       txn.Code = "config.profile.mac"     // the message must have a MAC
	Room           txn.Code = "config.profile.room"    // more transactions than an upload's message holds; Want FROM..TO
	Missing        txn.Code = "config.profile.missing" // a key that must be there
	Needs          txn.Code = "config.needs"           // Key is no use without the key Want
	Less           txn.Code = "config.less"            // must not be less than the key Want
	InlineSecret   txn.Code = "config.inline-secret"   // a private key instead of a file's name
	Certificate    txn.Code = "config.certificate"     // the file Got has no PEM certificate
	KeyPair        txn.Code = "config.key-pair"        // the key in file Got is not the certificate's
	LiveMissing    txn.Code = "config.live.missing"    // a live file must have Key
	LiveEmbedded   txn.Code = "config.live.embedded"   // the simulator is no live host
	LivePlain      txn.Code = "config.live.plain"      // plain TCP; Key the CA
	LiveTraining   txn.Code = "config.live.training"   // the identity of the training terminal
	LiveUnsaid     txn.Code = "config.live.unsaid"     // no acknowledgement; Want the sentences
	LiveSaidAmiss  txn.Code = "config.live.said-amiss" // another sentence; Want the sentences
)

var codes = []txn.Code{
	File, FileMissing, FileDenied, TooLarge, NotText, Altered, TooMany, Syntax, Unquoted, UnknownKey, DuplicateKey, WrongType, WrongWord, WrongLength,
	WrongCharacter, OutOfRange, NotDuration, NotAmount, Decimals, UnknownMoney, NotAddress, NotPort, NotName, Profile, Empty, Clash, Unmatched, Unsigned, Room, Missing, Needs,
	Less, InlineSecret, Certificate, KeyPair, LiveMissing, LiveEmbedded, LivePlain, LiveTraining, LiveUnsaid,
	LiveSaidAmiss,
}

// Codes lists every code of this package, for the test that no catalogue lacks one.
func Codes() []txn.Code { return slices.Clone(codes) }

// Problem is one thing wrong with a file.
type Problem struct {
	File         string // another file than the configuration's: a profile's; empty for its own
	Line, Column int    // of the value, or of the key where that is wrong; from 1, in characters; 0 when there is no place
	Key          string // dotted: host.tls.ca; empty when it is about the whole file
	Code         txn.Code
	Got          string // what stands there: shortened, printable, card numbers masked
	Want         string // what would be right, as the code says
}

// Error is one English line for a log.
func (p Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File + ":")
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, "%d:%d: ", p.Line, p.Column)
	}
	if p.Key != "" {
		b.WriteString(p.Key + ": ")
	}
	b.WriteString(string(p.Code))
	if p.Got != "" {
		b.WriteString(": got " + p.Got)
	}
	switch {
	case p.Want == "":
	case p.Got == "":
		b.WriteString(": want " + p.Want)
	default:
		b.WriteString(", want " + p.Want)
	}
	return b.String()
}

// Problems are all that is wrong with a file, in the order of its lines.
type Problems struct {
	Source string // the file; empty from [Parse]
	List   []Problem
}

// Error is one English line a problem.
func (p *Problems) Error() string {
	lines := make([]string, len(p.List))
	for i, one := range p.List {
		lines[i] = one.Error()
		if one.File == "" {
			lines[i] = strings.TrimPrefix(p.Source+":", ":") + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives each problem to errors.As.
func (p *Problems) Unwrap() []error {
	errs := make([]error, len(p.List))
	for i, one := range p.List {
		errs[i] = one
	}
	return errs
}

// maxProblems bounds the list: whoever has more begins with these.
const maxProblems = 50

// problems sorts and bounds a list and makes the error of it; nil when empty.
func problems(source string, list []Problem) error {
	if len(list) == 0 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b Problem) int {
		switch {
		case a.File != b.File:
			return strings.Compare(a.File, b.File)
		case a.Line != b.Line:
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	if len(list) > maxProblems {
		list = append(list[:maxProblems:maxProblems], Problem{Code: TooMany, Want: fmt.Sprint(maxProblems)})
	}
	return &Problems{Source: source, List: list}
}

// maxGot is how many characters of a file a problem repeats.
const maxGot = 60

// excerpt makes text of a file fit to be shown: short, on one line, and without
// card numbers or keys that do not belong there.
func excerpt(text string) string {
	if strings.Contains(text, "PRIVATE KEY") {
		return "********"
	}
	runes := []rune(reader.MaskText(text[:min(len(text), 8*maxGot)]))
	cut := len(runes) > maxGot
	runes = runes[:min(len(runes), maxGot)]
	for i, r := range runes {
		if !unicode.IsPrint(r) {
			runes[i] = '·'
		}
	}
	if cut {
		return string(runes) + "…"
	}
	return string(runes)
}
