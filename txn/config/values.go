package config

import (
	"net"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"vpos/txn"
)

// charset is the characters a text may have.
type charset struct {
	want string
	has  func(rune) bool
}

var (
	ans       = charset{"ASCII (ISO 8583 ans)", func(r rune) bool { return r >= ' ' && r <= '~' }}
	printable = charset{"Unicode, one line", unicode.IsPrint}
	digits    = charset{"0-9", func(r rune) bool { return r >= '0' && r <= '9' }}
	hostName  = charset{"a-z A-Z 0-9 . -", func(r rune) bool { return r == '.' || !notBare(r) && r != '_' }}
)

func (s charset) check(value string) *fault {
	for _, r := range value {
		if !s.has(r) {
			return &fault{WrongCharacter, excerpt(strconv.QuoteRune(r)), s.want}
		}
	}
	return nil
}

// quote writes a TOML basic string. Values are printable, so only the quote and
// the backslash need escaping.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func setCurrency(c *Config, value string) *fault {
	currency, ok := txn.CurrencyByCode(value)
	if !ok {
		return &fault{code: UnknownMoney, want: strings.Join(txn.CurrencyCodes(), " ")}
	}
	c.Terminal.Currency = currency
	for _, m := range []*txn.Money{&c.Terminal.MaxAmount, &c.Rules.MaxRefund, &c.Guards.Split, &c.Guards.RefundDay} {
		m.Currency = currency
	}
	return nil
}

// amountIn reads a decimal amount in major units: unlike a cashier's entry, "500" in a
// file is five hundred, not 5.00.
func amountIn(currency txn.Currency, value string) (txn.Money, *fault) {
	example := txn.Money{Minor: 5_000_000, Currency: currency}.Decimal()
	whole, fraction, point := strings.Cut(value, ".")
	switch {
	case whole == "" || digits.check(whole+fraction) != nil || point && fraction == "":
		return txn.Money{}, &fault{code: NotAmount, want: quote(example) + ` | "0"`}
	case len(fraction) > currency.Exponent():
		return txn.Money{}, &fault{code: Decimals, want: strconv.Itoa(currency.Exponent())}
	}
	minor, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", currency.Exponent()-len(fraction)), 10, 64)
	if err != nil || minor > txn.MaxMinor {
		most := txn.Money{Minor: txn.MaxMinor, Currency: currency}
		return txn.Money{}, &fault{code: OutOfRange, want: "0.." + most.Decimal()}
	}
	return txn.Money{Minor: minor, Currency: currency}, nil
}

// maxReaderName is as long as PC/SC has a reader's name (MAX_READERNAME).
const maxReaderName = 128

// readerKinds are the kinds a file may name, the deck in training only. The mode
// stands above in the table, so it is known here.
func readerKinds(live bool) []ReaderKind {
	if live {
		return []ReaderKind{ReaderAuto, ReaderNone, ReaderPCSC}
	}
	return []ReaderKind{ReaderAuto, ReaderNone, ReaderDeck, ReaderPCSC}
}

// setReader reads KIND or, for a kind that has several, KIND:NAME.
func setReader(c *Config, value string) *fault {
	kind, name, named := strings.Cut(value, ":")
	r := Reader{Use: ReaderKind(kind), Name: name, Fallback: c.Reader.Fallback}
	several := r.Use == ReaderDeck || r.Use == ReaderPCSC
	switch f := printable.check(name); {
	case !slices.Contains(readerKinds(c.Mode.Live), r.Use), named && !several:
		return &fault{code: WrongWord, want: alternatives(readerKinds(c.Mode.Live)) + ` | "pcsc:ACS"`}
	case f != nil:
		return f
	case named && strings.TrimSpace(name) == "", len([]rune(name)) > maxReaderName:
		return &fault{WrongLength, strconv.Itoa(len([]rune(name))), lengthWanted(1, maxReaderName)}
	}
	c.Reader = r
	return nil
}

// SetReader takes a word of the command line for reader.use, and reports whether
// it is one the file could have.
func (c *Config) SetReader(value string) bool {
	changed := *c
	if setReader(&changed, value) != nil {
		return false
	}
	*c = changed
	return true
}

func showReader(c Config) string {
	if c.Reader.Name == "" {
		return quote(string(c.Reader.Use))
	}
	return quote(string(c.Reader.Use) + ":" + c.Reader.Name)
}

func setAddress(c *Config, value string) *fault {
	if value == Embedded {
		c.Host.Address = value
		return nil
	}
	host, port, err := net.SplitHostPort(value)
	if err != nil || host == "" || net.ParseIP(host) == nil && !isHostName(host) {
		return &fault{code: NotAddress, want: `"pos.bank.example:5000" | "embedded"`}
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 || digits.check(port) != nil {
		return &fault{NotPort, excerpt(port), "1..65535"}
	}
	c.Host.Address = value
	return nil
}

// isHostName holds a name against RFC 1123, 2.1: labels of 1 to 63 letters,
// digits and inner hyphens, 253 characters in all.
func isHostName(name string) bool {
	if len(name) > 253 || hostName.check(name) != nil {
		return false
	}
	return !slices.ContainsFunc(strings.Split(name, "."), func(label string) bool {
		return label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-'
	})
}

func setServerName(c *Config, value string) *fault {
	if value != "" && net.ParseIP(value) == nil && !isHostName(value) {
		return &fault{code: NotName, want: `"pos.bank.example"`}
	}
	c.Host.TLS.ServerName = value
	return nil
}

// profileEnding is how the name of a profile's file ends.
const profileEnding = ".toml"

// setProfile reads the name of a shipped dialect, or of a file.
func setProfile(c *Config, value string) *fault {
	switch f := printable.check(value); {
	case slices.Contains(Profiles(), value):
	case !strings.HasSuffix(value, profileEnding) || len(value) > maxPath:
		return &fault{code: WrongWord, want: alternatives(Profiles()) + ` | "bank.toml"`}
	case f != nil:
		return f
	}
	c.Host.Profile = value
	return nil
}

// maxPath is the longest name of a file.
const maxPath = 1024

// profileFraming is the word for the profile's own length form.
const profileFraming = "profile"

func setFraming(c *Config, value string) *fault {
	allowed := append([]string{profileFraming}, framings(c.Host.Profile)...)
	if !slices.Contains(allowed, value) {
		return &fault{code: WrongWord, want: alternatives(allowed)}
	}
	c.Host.Framing = strings.TrimPrefix(value, profileFraming)
	return nil
}

func showFraming(c Config) string {
	if c.Host.Framing == "" {
		return quote(profileFraming)
	}
	return quote(c.Host.Framing)
}

func setNII(c *Config, value string) *fault {
	if f := digits.check(value); f != nil {
		return f
	}
	if len(value) != 0 && len(value) != 3 {
		return &fault{WrongLength, strconv.Itoa(len(value)), "3"}
	}
	c.Host.NII = value
	return nil
}

// maxPrinter is the longest name of a device or queue.
const maxPrinter = 200

// setPrinter reads file, or a way to a device and its name there. Whether there is one shows
// when it is opened.
func setPrinter(c *Config, value string) *fault {
	way, name, _ := strings.Cut(value, ":")
	switch f := printable.check(value); {
	case value == PrinterFile:
	case !slices.Contains(PrinterWays(), way) || strings.TrimSpace(name) == "":
		return &fault{code: WrongWord, want: printerWanted}
	case f != nil:
		return f
	case len(value) > maxPrinter:
		return &fault{WrongLength, strconv.Itoa(len(value)), lengthWanted(1, maxPrinter)}
	}
	c.Receipts.Printer = value
	return nil
}

const printerWanted = `"file" | "tcp:192.0.2.7" | "serial:/dev/ttyUSB0@9600" | "usb:/dev/usb/lp0" | "windows:NAME" | "cups:NAME"`

// columns are the widths of the papers there are: 58 mm, and old and new 80 mm.
var columns = []int64{32, 42, 48}

func setColumns(c *Config, value string) *fault {
	n, err := strconv.ParseInt(value, 0, 64) // TOML writes integers as Go does
	if err != nil || !slices.Contains(columns, n) {
		return &fault{code: WrongWord, want: "32 | 42 | 48"}
	}
	c.Receipts.Columns = int(n)
	return nil
}
