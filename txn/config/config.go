package config

import (
	"slices"
	"strings"
	"time"

	"vpos/txn"
	"vpos/txn/host"
)

// Config is a checked configuration. The zero value is not one: begin with
// [Default], [Parse] or [Load].
type Config struct {
	Source   string // the file it came from; empty for the defaults
	Mode     Mode
	Terminal Terminal
	Merchant Merchant
	Reader   Reader
	Rules    Rules
	Guards   Guards
	Fees     Fees
	Host     Host
	Receipts Receipts
	Screen   Screen
}

// Mode says whether money is real. It is fixed at launch.
type Mode struct {
	Live            bool
	Acknowledgement string // one of [Acknowledgements] in a live file
}

// Terminal is the device.
type Terminal struct {
	ID        string // ISO 8583 field 41, eight characters
	Merchant  string // field 42, fifteen characters
	Currency  txn.Currency
	MaxAmount txn.Money // per transaction; zero minor units means no limit but field 4's
	Language  Language  // of the screens: zh, en or auto
	Check     Check     // of the devices, as the terminal opens

	CardholderLanguage Language // of their slip and questions: auto, zh, en, both or same
}

// Check says what a terminal does about its devices as it opens.
type Check string

// The checks.
const (
	CheckOff    Check = "off"
	CheckFaults Check = "faults" // what is here and quick; the screen opens only where something does not work
	CheckAlways Check = "always" // everything, on the screen
)

// Screen is how the screens look and sound.
type Screen struct {
	Theme   string // one of [Themes]
	Borders string // auto, unicode or ascii
	Mouse   bool
	Beep    bool
}

// Themes lists the words screen.theme may have.
func Themes() []string { return []string{"auto", "dark", "light", "contrast", "colourblind", "mono"} }

// Merchant is what slips and screens say of the shop. Every field may be empty.
type Merchant struct {
	NameZH, NameEN string // at most 40 characters each
	City           string
	Address        string
	Licence        string // business licence number
	Acquirer       string // the acquirer's name
	HelpLine       string // the number on every failure
}

// Reader is where chip cards are read.
type Reader struct {
	Use      ReaderKind
	Name     string // of the deck's card, or part of the PC/SC reader's name; empty: any
	Fallback bool   // a stripe may be swiped after three chips that could not be read
}

// ReaderKind is a kind of chip reader.
type ReaderKind string

// The kinds of chip reader.
const (
	ReaderAuto ReaderKind = "auto" // PC/SC where there is a reader, else in training the deck
	ReaderNone ReaderKind = "none" // no chip is read
	ReaderDeck ReaderKind = "deck" // virtual cards, in training only
	ReaderPCSC ReaderKind = "pcsc" // a reader of this machine
)

// Rules are what the shop allows itself.
type Rules struct {
	Tips         bool      // a sale asks for a tip
	MaxTip       int       // per cent of the sale; zero is no limit
	MaxRefund    txn.Money // per refund; zero minor units means no limit of its own
	VoidCard     bool      // a void wants the card again
	BatchMax     int       // as many transactions fill a batch; zero never
	SignOffAfter bool      // a settled batch ends with a sign-off

	KeyedSupervisor bool          // a supervisor lets keyed cards pass
	LockAfter       time.Duration // untouched for so long, the terminal locks itself; where there are operators
	KeepCards       int           // days after its settlement that a batch's card numbers are kept
}

// Host is the acquirer link.
type Host struct {
	Address        string // HOST:PORT or [Embedded]
	Profile        string // the dialect: one of [Profiles], or a profile's file, after [Load] usable as it stands
	Framing        string // a length form the profile allows instead of its own; empty: its own
	NII            string // field 24, three digits; empty: the profile's own
	Timeout        time.Duration
	ConnectTimeout time.Duration
	EchoEvery      time.Duration // idle time before the link is tried; zero never
	ReversalPause  time.Duration // before the first repeat of a reversal; doubles up to ReversalMax
	ReversalMax    time.Duration
	CustomerAfter  time.Duration // how long the embedded host's customer takes to pay a code on the screen
	ReversalTries  int           // after so many in vain a person is asked to act; zero never
	TLS            TLS
}

// TLS names the files of a TLS link. After [Load] the paths are usable as they
// stand; in a file they are relative to the file's folder.
type TLS struct {
	CA         string // PEM certificates that may sign the host's; empty: plain TCP
	Cert       string // PEM client certificate, where the acquirer asks for one
	Key        string // its private key
	ServerName string // the name in the host's certificate; empty: the host of the address
}

// Receipts is the paper.
type Receipts struct {
	Columns  int      // 32, 42 or 48 cells
	Language Language // zh, en or both
	Printer  string   // where slips go: [PrinterFile], or a device such as tcp:192.0.2.7:9100
	Files    string   // what a slip that is a file is beside its text: one of [FileFormats]
	Profile  string   // what that device can do: [ProfileAuto], one of [Printers], or a file
	Cut      Cut
	Drawer   bool     // a merchant's copy opens the cash drawer
	Beep     bool     // the printer beeps with each slip
	Template string   // how a card slip is laid out: one of [Templates], or a file
	Logo     string   // a PNG file above the title; empty for none
	Header   []string // the merchant's own lines below the logo
	Footer   []string // and at the end
}

// Cut is what a printer does to the paper at a slip's end.
type Cut string

// The cuts.
const (
	CutFull    Cut = "full"
	CutPartial Cut = "partial"
	CutNone    Cut = "none"
)

// PrinterFile is the printer that writes text files below the data folder, and
// ProfileAuto the profile that goes by the columns.
const (
	PrinterFile = "file"
	ProfileAuto = "auto"
)

// PrinterWays are how a device can be reached: what stands before the colon of its setting.
func PrinterWays() []string { return []string{"tcp", "serial", "usb", "windows", "cups"} }

// Printers lists the printer profiles a file may name without a file of their own.
func Printers() []string {
	return []string{
		"epson-tm-t20", "epson-tm-t82-cn", "epson-tm-t88", "generic-58", "generic-80", "generic-80-42", "gprinter-58", "pos-5890",
		"raster-58", "raster-80", "utf8-80", "xprinter-80",
	}
}

// FileFormats are what lies beside the text of a slip that is a file; the first is nothing.
func FileFormats() []string { return []string{"text", "escpos", "png", "pdf", "svg", "html"} }

// Templates lists the layouts of a card slip that need no file.
func Templates() []string { return []string{"standard", "compact"} }

// Embedded is the host address of the simulator inside the program.
const Embedded = "embedded"

// Language is a language setting.
type Language string

// The language settings.
const (
	Chinese Language = "zh"
	English Language = "en"
	Auto    Language = "auto" // of screens: from the locale
	Both    Language = "both" // of slips: Chinese and English
	Same    Language = "same" // of cardholders: as the screens
)

// For settles [Auto] by a POSIX locale such as zh_CN.UTF-8: zh* is Chinese,
// anything else English. Other settings stay as they are.
func (l Language) For(locale string) Language {
	switch {
	case l != Auto:
		return l
	case strings.HasPrefix(strings.ToLower(locale), "zh"):
		return Chinese
	}
	return English
}

// Default is the terminal without any file: training, against the embedded
// host, with names no real slip could carry.
func Default() Config {
	currency, _ := txn.CurrencyByCode("CNY")
	return Config{
		Terminal: Terminal{
			ID: "TRAIN001", Merchant: "TRAINING0000001",
			Currency: currency, MaxAmount: txn.Money{Currency: currency}, Language: Auto, Check: CheckFaults,
			CardholderLanguage: Auto,
		},
		Merchant: Merchant{
			NameZH: "培训商户", NameEN: "TRAINING SHOP", City: "TRAINING", Acquirer: "TRAINING", HelpLine: "400-000-0000",
		},
		Reader: Reader{Use: ReaderAuto},
		Rules:  Rules{MaxTip: 50, MaxRefund: txn.Money{Currency: currency}, BatchMax: 500, LockAfter: 15 * time.Minute, KeepCards: 30},
		Guards: defaultGuards(currency),
		Fees:   Fees{Rates: txn.Rates{{PerMillion: 6000}}, Days: 1},
		Host: Host{
			Address: Embedded, Profile: "iso87-ascii",
			Timeout: 30 * time.Second, ConnectTimeout: 10 * time.Second, EchoEvery: 5 * time.Minute,
			ReversalPause: 5 * time.Second, ReversalMax: 5 * time.Minute, ReversalTries: 6,
			CustomerAfter: 3 * time.Second,
		},
		Receipts: Receipts{
			Columns: 32, Language: Both, Printer: PrinterFile, Files: FileFormats()[0], Profile: ProfileAuto, Cut: CutPartial, Template: "standard",
		},
		Screen: Screen{Theme: "auto", Borders: "auto"},
	}
}

// base is what a file's keys are laid over. The names and the rate of the training
// shop are no default for a live one.
func base(live bool) Config {
	c := Default()
	if live {
		c.Merchant, c.Terminal.ID, c.Terminal.Merchant, c.Fees.Rates = Merchant{}, "", "", nil
	}
	return c
}

// Setup is what the machine is told.
func (c Config) Setup() txn.Setup {
	return txn.Setup{
		Terminal: c.Terminal.ID, Merchant: c.Terminal.Merchant,
		Currency: c.Terminal.Currency, MaxAmount: c.Terminal.MaxAmount.Minor,
		Fallback: c.Reader.Fallback, Tips: c.Rules.Tips, MaxTip: c.Rules.MaxTip, MaxRefund: c.Rules.MaxRefund.Minor,
		VoidCard: c.Rules.VoidCard, BatchMax: c.Rules.BatchMax, SignOffAfter: c.Rules.SignOffAfter,
		NoKeying: !c.Guards.Keying, KeyedReason: c.Guards.KeyedReason.in(c.Mode.Live), Guards: c.Guards.rules(c.Mode.Live),
		Guarded: c.Mode.Live, GuardKeyed: c.Rules.KeyedSupervisor, LockAfter: c.Rules.LockAfter,
		Holder:       c.Terminal.holder(),
		ReplyTimeout: c.Host.Timeout, EchoEvery: c.Host.EchoEvery,
		ReversalPause: c.Host.ReversalPause, ReversalMax: c.Host.ReversalMax, ReversalTries: c.Host.ReversalTries,
	}
}

// holder is the language that the cardholder's questions are always in; empty where the
// card decides.
func (t Terminal) holder() string {
	if t.CardholderLanguage == Chinese || t.CardholderLanguage == English {
		return string(t.CardholderLanguage)
	}
	return ""
}

// EmbeddedHost reports whether the simulator inside the program is the host.
func (h Host) EmbeddedHost() bool { return h.Address == Embedded }

// Acknowledgements are the sentences of which a live file carries one, typed by
// the merchant, word for word.
func Acknowledgements() []string {
	return []string{
		"I know that vpos is not EMVCo-approved, not P2PE and not PTS, and that my acquirer must certify this terminal.",
		"我知道 vpos 未经 EMVCo、P2PE、PTS 认证，本终端必须由我的收单机构认证。",
	}
}

// sentenceForms are the punctuation marks an input method may write either way.
var sentenceForms = strings.NewReplacer("，", ",", "、", ",", "。", ".")

// acknowledged reports whether a text is one of the sentences. Only the form of
// its punctuation and the space around it may differ.
func acknowledged(text string) bool {
	text = sentenceForms.Replace(strings.TrimSpace(text))
	return slices.ContainsFunc(Acknowledgements(), func(a string) bool { return sentenceForms.Replace(a) == text })
}

// Profiles lists the dialects a file may name without a file of their own.
func Profiles() []string { return host.Shipped() }

// framings are the length forms that may stand in for a profile's own. Of a file
// nobody here knows what its host would take.
func framings(profile string) []string {
	if profile == "iso87-ascii" || profile == "iso93" {
		return []string{string(host.LengthBE2), string(host.LengthASCII4)}
	}
	return []string{string(host.LengthBE2), string(host.LengthBCD2), string(host.LengthASCII4)}
}
