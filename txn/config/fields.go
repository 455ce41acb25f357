package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2/unstable"

	"vpos/reader"
	"vpos/txn"
)

// field is one key a file may have. Rows are checked in their order, so a row
// may lean on one above it.
type field struct {
	key    string
	kind   unstable.Kind                       // the type of its value
	set    func(c *Config, text string) *fault // checks a value and stores it
	show   func(c Config) string               // the value as TOML
	secret bool                                // [Show] masks it
}

// fault is what is wrong with a value, before it has a place.
type fault struct {
	code      txn.Code
	got, want string // got replaces the value itself where that says less
}

var fields = slices.Concat(shopFields, guardFields, linkFields)

// shopFields are the mode, the terminal and the shop.
var shopFields = []field{
	flag("mode.live", func(c *Config) *bool { return &c.Mode.Live }),
	text("mode.acknowledgement", 0, 200, printable, func(c *Config) *string { return &c.Mode.Acknowledgement }),

	text("terminal.id", 8, 8, ans, func(c *Config) *string { return &c.Terminal.ID }),
	text("terminal.merchant", 15, 15, ans, func(c *Config) *string { return &c.Terminal.Merchant }),
	{key: "terminal.currency", kind: unstable.String, set: setCurrency, show: func(c Config) string { return quote(c.Terminal.Currency.Code()) }},
	money("terminal.max_amount", func(c *Config) *txn.Money { return &c.Terminal.MaxAmount }),
	word("terminal.language", func(c *Config) *Language { return &c.Terminal.Language }, Chinese, English, Auto),
	word("terminal.check_on_start", func(c *Config) *Check { return &c.Terminal.Check }, CheckOff, CheckFaults, CheckAlways),
	word("terminal.cardholder_language", func(c *Config) *Language { return &c.Terminal.CardholderLanguage }, Auto, Chinese, English, Both, Same),

	text("merchant.name_zh", 0, 40, printable, func(c *Config) *string { return &c.Merchant.NameZH }),
	text("merchant.name_en", 0, 40, ans, func(c *Config) *string { return &c.Merchant.NameEN }),
	text("merchant.city", 0, 40, printable, func(c *Config) *string { return &c.Merchant.City }),
	text("merchant.address", 0, 80, printable, func(c *Config) *string { return &c.Merchant.Address }),
	text("merchant.licence", 0, 40, printable, func(c *Config) *string { return &c.Merchant.Licence }),
	text("merchant.acquirer", 0, 40, printable, func(c *Config) *string { return &c.Merchant.Acquirer }),
	text("merchant.help_line", 0, 40, printable, func(c *Config) *string { return &c.Merchant.HelpLine }),

	{key: "reader.use", kind: unstable.String, set: setReader, show: showReader},
	flag("reader.fallback", func(c *Config) *bool { return &c.Reader.Fallback }),

	flag("rules.tips", func(c *Config) *bool { return &c.Rules.Tips }),
	count("rules.max_tip", 100, func(c *Config) *int { return &c.Rules.MaxTip }),
	money("rules.max_refund", func(c *Config) *txn.Money { return &c.Rules.MaxRefund }),
	flag("rules.void_card", func(c *Config) *bool { return &c.Rules.VoidCard }),
	count("rules.batch_max", 999, func(c *Config) *int { return &c.Rules.BatchMax }),
	flag("rules.sign_off_after", func(c *Config) *bool { return &c.Rules.SignOffAfter }),
	flag("rules.keyed_supervisor", func(c *Config) *bool { return &c.Rules.KeyedSupervisor }),
	span("rules.lock_after", 30*time.Second, time.Hour, func(c *Config) *time.Duration { return &c.Rules.LockAfter }),
	count("rules.keep_cards", 3650, func(c *Config) *int { return &c.Rules.KeepCards }),
}

// linkFields are the fees, the host and the paper.
var linkFields = []field{
	rate("fees.unionpay", reader.UnionPay),
	rate("fees.visa", reader.Visa),
	rate("fees.mastercard", reader.Mastercard),
	rate("fees.amex", reader.Amex),
	rate("fees.jcb", reader.JCB),
	rate("fees.other", reader.UnknownBrand),
	count("fees.days", 30, func(c *Config) *int { return &c.Fees.Days }),

	{key: "host.address", kind: unstable.String, set: setAddress, show: func(c Config) string { return quote(c.Host.Address) }},
	{key: "host.profile", kind: unstable.String, set: setProfile, show: func(c Config) string { return quote(c.Host.Profile) }},
	{key: "host.framing", kind: unstable.String, set: setFraming, show: showFraming},
	{key: "host.nii", kind: unstable.String, set: setNII, show: func(c Config) string { return quote(c.Host.NII) }},
	span("host.timeout", 100*time.Millisecond, 5*time.Minute, func(c *Config) *time.Duration { return &c.Host.Timeout }),
	span("host.connect_timeout", 100*time.Millisecond, time.Minute, func(c *Config) *time.Duration { return &c.Host.ConnectTimeout }),
	span("host.echo_every", 0, 24*time.Hour, func(c *Config) *time.Duration { return &c.Host.EchoEvery }),
	span("host.reversal_pause", 10*time.Millisecond, 10*time.Minute, func(c *Config) *time.Duration { return &c.Host.ReversalPause }),
	span("host.reversal_max", 10*time.Millisecond, time.Hour, func(c *Config) *time.Duration { return &c.Host.ReversalMax }),
	span("host.customer_after", 0, 5*time.Minute, func(c *Config) *time.Duration { return &c.Host.CustomerAfter }),
	count("host.reversal_tries", 1000, func(c *Config) *int { return &c.Host.ReversalTries }),

	file("host.tls.ca", func(c *Config) *string { return &c.Host.TLS.CA }),
	file("host.tls.cert", func(c *Config) *string { return &c.Host.TLS.Cert }),
	masked(file("host.tls.key", func(c *Config) *string { return &c.Host.TLS.Key })),
	{key: "host.tls.server_name", kind: unstable.String, set: setServerName, show: func(c Config) string { return quote(c.Host.TLS.ServerName) }},

	{key: "receipts.columns", kind: unstable.Integer, set: setColumns, show: func(c Config) string { return strconv.Itoa(c.Receipts.Columns) }},
	word("receipts.language", func(c *Config) *Language { return &c.Receipts.Language }, Chinese, English, Both),
	{key: "receipts.printer", kind: unstable.String, set: setPrinter, show: func(c Config) string { return quote(c.Receipts.Printer) }},
	word("receipts.files", func(c *Config) *string { return &c.Receipts.Files }, FileFormats()...),
	shippedOr("receipts.profile", `"printer.toml"`, ".toml", func(c *Config) *string { return &c.Receipts.Profile }, append([]string{ProfileAuto}, Printers()...)),
	word("receipts.cut", func(c *Config) *Cut { return &c.Receipts.Cut }, CutFull, CutPartial, CutNone),
	flag("receipts.drawer", func(c *Config) *bool { return &c.Receipts.Drawer }),
	flag("receipts.beep", func(c *Config) *bool { return &c.Receipts.Beep }),
	shippedOr("receipts.template", `"slip.txt"`, ".txt", func(c *Config) *string { return &c.Receipts.Template }, Templates()),
	file("receipts.logo", func(c *Config) *string { return &c.Receipts.Logo }),
	lines("receipts.header", func(c *Config) *[]string { return &c.Receipts.Header }),
	lines("receipts.footer", func(c *Config) *[]string { return &c.Receipts.Footer }),

	word("screen.theme", func(c *Config) *string { return &c.Screen.Theme }, Themes()...),
	word("screen.borders", func(c *Config) *string { return &c.Screen.Borders }, "auto", "unicode", "ascii"),
	flag("screen.mouse", func(c *Config) *bool { return &c.Screen.Mouse }),
	flag("screen.beep", func(c *Config) *bool { return &c.Screen.Beep }),
}

// Keys lists every key a file may have, in the order of the template.
func Keys() []string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	return keys
}

func fieldOf(key string) *field {
	i := slices.IndexFunc(fields, func(f field) bool { return f.key == key })
	if i < 0 {
		return nil
	}
	return &fields[i]
}

// tables are the names that stand before the last dot of a key.
func tables() []string {
	var names []string
	for _, f := range fields {
		if t, _ := tableOf(f.key); !slices.Contains(names, t) {
			names = append(names, t)
		}
	}
	return names
}

func isTable(key string) bool { return slices.Contains(tables(), key) }

// tableOf splits a key at its last dot.
func tableOf(key string) (table, leaf string) {
	i := strings.LastIndexByte(key, '.')
	return key[:max(i, 0)], key[i+1:]
}

// text is a row whose value has from least to most characters of a set.
func text(key string, least, most int, set charset, at func(*Config) *string) field {
	return field{
		key: key, kind: unstable.String,
		set: func(c *Config, value string) *fault {
			if f := set.check(value); f != nil {
				return f
			}
			if n := len([]rune(value)); n < least || n > most {
				return &fault{WrongLength, strconv.Itoa(n), lengthWanted(least, most)}
			}
			*at(c) = value
			return nil
		},
		show: func(c Config) string { return quote(*at(&c)) },
	}
}

func lengthWanted(least, most int) string {
	if least == most {
		return strconv.Itoa(least)
	}
	return fmt.Sprintf("%d..%d", least, most)
}

// word is a row whose value is one of a few words.
func word[T ~string](key string, at func(*Config) *T, allowed ...T) field {
	return field{
		key: key, kind: unstable.String,
		set: func(c *Config, value string) *fault {
			if !slices.Contains(allowed, T(value)) {
				return &fault{code: WrongWord, want: alternatives(allowed)}
			}
			*at(c) = T(value)
			return nil
		},
		show: func(c Config) string { return quote(string(*at(&c))) },
	}
}

func alternatives[T ~string](words []T) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote(string(w))
	}
	return strings.Join(quoted, " | ")
}

// shippedOr is a row whose value is one of a few words, or a file with an ending.
func shippedOr(key, example, ending string, at func(*Config) *string, allowed []string) field {
	return field{
		key: key, kind: unstable.String,
		set: func(c *Config, value string) *fault {
			switch f := printable.check(value); {
			case slices.Contains(allowed, value):
			case !strings.HasSuffix(value, ending) || len(value) > maxPath:
				return &fault{code: WrongWord, want: alternatives(allowed) + " | " + example}
			case f != nil:
				return f
			}
			*at(c) = value
			return nil
		},
		show: func(c Config) string { return quote(*at(&c)) },
	}
}

// lineBreak stands between the lines of a value that has several.
const lineBreak = "|"

// maxLines is how much a merchant may have to say, in characters.
const maxLines = 400

// lines is a row whose value is lines of text.
func lines(key string, at func(*Config) *[]string) field {
	one := func(c *Config) *string {
		joined := strings.Join(*at(c), " "+lineBreak+" ")
		return &joined
	}
	f := text(key, 0, maxLines, printable, one)
	check := f.set
	f.set = func(c *Config, value string) *fault {
		if fault := check(c, value); fault != nil {
			return fault
		}
		*at(c) = nil
		for l := range strings.SplitSeq(value, lineBreak) {
			if l = strings.TrimSpace(l); l != "" {
				*at(c) = append(*at(c), l)
			}
		}
		return nil
	}
	return f
}

// flag is a row whose value is true or false.
func flag(key string, at func(*Config) *bool) field {
	return field{
		key: key, kind: unstable.Bool,
		set:  func(c *Config, value string) *fault { *at(c) = value == "true"; return nil },
		show: func(c Config) string { return strconv.FormatBool(*at(&c)) },
	}
}

// count is a row whose value is a number from nought.
func count(key string, most int, at func(*Config) *int) field {
	return field{
		key: key, kind: unstable.Integer,
		set: func(c *Config, value string) *fault {
			n, err := strconv.ParseInt(value, 0, 64) // TOML writes integers as Go does
			if err != nil || n < 0 || n > int64(most) {
				return &fault{code: OutOfRange, want: "0.." + strconv.Itoa(most)}
			}
			*at(c) = int(n)
			return nil
		},
		show: func(c Config) string { return strconv.Itoa(*at(&c)) },
	}
}

// money is a row whose value is an amount in the terminal's currency.
func money(key string, at func(*Config) *txn.Money) field {
	return field{
		key: key, kind: unstable.String,
		set: func(c *Config, value string) *fault {
			amount, f := amountIn(c.Terminal.Currency, value)
			if f == nil {
				*at(c) = amount
			}
			return f
		},
		show: func(c Config) string { return quote(at(&c).Decimal()) },
	}
}

// span is a row whose value is a duration within bounds.
func span(key string, least, most time.Duration, at func(*Config) *time.Duration) field {
	return field{
		key: key, kind: unstable.String,
		set: func(c *Config, value string) *fault {
			d, err := time.ParseDuration(value)
			switch {
			case err != nil:
				return &fault{code: NotDuration, want: `"30s" | "1m30s" | "500ms"`}
			case d < least || d > most:
				return &fault{code: OutOfRange, want: shortest(least) + ".." + shortest(most)}
			}
			*at(c) = d
			return nil
		},
		show: func(c Config) string { return quote(shortest(*at(&c))) },
	}
}

// shortest writes a duration without the zeros time.Duration puts at its end.
func shortest(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// file is a row whose value names a file.
func file(key string, at func(*Config) *string) field {
	f := text(key, 0, maxPath, printable, at)
	check := f.set
	f.set = func(c *Config, value string) *fault {
		if strings.Contains(value, "-----BEGIN") {
			return &fault{InlineSecret, "********", `"client.pem"`}
		}
		return check(c, value)
	}
	return f
}

func masked(f field) field {
	f.secret = true
	return f
}
