package config

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpos/reader"
	"vpos/txn"
)

// live is the least a live file says.
const live = `[mode]
live = true
acknowledgement = "I know that vpos is not EMVCo-approved, not P2PE and not PTS, and that my acquirer must certify this terminal."
[terminal]
id = "30010042"
merchant = "898110154110001"
[host]
address = "pos.bank.example:5000"
tls.ca = "host-ca.pem"
`

// found gives the problems of an error as lines.
func found(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var p *Problems
	if !errors.As(err, &p) {
		t.Fatalf("error is %T, want *Problems", err)
	}
	lines := make([]string, len(p.List))
	for i, one := range p.List {
		lines[i] = one.Error()
	}
	return lines
}

// Every mistake, with the exact place it is reported at.
var mistakes = []struct {
	name, file string
	want       []string
}{
	{"unknown key", "[terminal]\nidd = \"x\"\n", []string{`2:1: terminal.idd: config.unknown-key: want terminal.id`}},
	{"unknown key, nothing near", "[terminal]\nwallpaper = \"x\"\n", []string{`2:1: terminal.wallpaper: config.unknown-key`}},
	{"key in the wrong table", "[terminal]\nprofile = \"x\"\n", []string{`2:1: terminal.profile: config.unknown-key: want host.profile`}},
	{"key without its table", "max_amount = \"5\"\n", []string{`1:1: max_amount: config.unknown-key: want terminal.max_amount`}},
	{"hyphen for underscore", "[host]\n  echo-every = \"5m\"\n", []string{`2:3: host.echo-every: config.unknown-key: want host.echo_every`}},
	{"unknown table once", "[hots]\naddress = \"x\"\ntimeout = 1\n[host]\ntimeout = 1\n", []string{
		`1:2: hots: config.unknown-key: want host`, `5:11: host.timeout: config.type: got integer, want "30s" (string)`,
	}},
	{"quoted key is one key", "\"host.profile\" = \"x\"\n", []string{`1:1: "host.profile": config.unknown-key: want host.profile`}},
	{"key twice", "[host]\nnii = \"001\"\n\nnii = \"002\"\n", []string{`4:1: host.nii: config.duplicate-key: got 2`}},
	{"table twice", "[host]\n[terminal]\n[host]\n", []string{`3:2: host: config.duplicate-key: got 1`}},
	{"table in two notations", "host = { nii = \"001\" }\n[host]\n", []string{`2:2: config.syntax: got key host should be a table, not a value`}},
	{"array of tables", "[[host]]\naddress = \"x\"\n", []string{`1:3: host: config.type: got [[host]], want [host]`}},
	{"value for a table", "host = \"x\"\n", []string{`1:8: host: config.type: got string, want [host]`}},
	{"tables too deep", "host = { tls = { ca = { a = 1 } } }\n", []string{`1:23: host.tls.ca: config.type: got table, want "" (string)`}},
	{"syntax, and on", "[host]\nprofile = iso\nnii = \"1\"\n[terminal\nid = 1\n[receipts]\ncolumns = 33\n", []string{
		`2:11: config.unquoted: got iso, want "iso"`,
		`3:7: host.nii: config.length: got 1, want 3`,
		`4:10: config.syntax: got expected ']' to close table name`,
		`7:11: receipts.columns: config.word: got 33, want 32 | 42 | 48`,
	}},
	{"quote left open", "[merchant]\nname_en = \"SHOP\ncity = 上海 市 # here\n", []string{
		`2:16: config.syntax: got basic strings cannot have new lines`, `3:8: config.unquoted: got 上海 市, want "上海 市"`,
	}},
	{"duration without quotes", "[host]\ntimeout = 30s\n", []string{`2:11: config.unquoted: got 30s, want "30s"`}},
	{"not text", "[host]\naddr\x00ess\n", []string{`2:5: config.not-text: want UTF-8`}},
	{"GBK", "[merchant]\nname_zh = \"\xc9\xcc\xbb\xa7\"\n", []string{`2:12: config.not-text: want UTF-8`}},
	{"columns count characters", "[merchant]\nname_zh = \"商户\" x\n", []string{`2:16: config.syntax: got expected newline but got U+0078 'x'`}},
	{"string for a flag", "[mode]\nlive = \"yes\"\n", []string{`2:8: mode.live: config.type: got string, want false (boolean)`}},
	{"terminal too short", "[terminal]\nid = \"1234567\"\n", []string{`2:6: terminal.id: config.length: got 7, want 8`}},
	{"merchant too long", "[terminal]\nmerchant = \"8981101541100012\"\n", []string{`2:12: terminal.merchant: config.length: got 16, want 15`}},
	{"not ASCII", "[terminal]\nid = \"终端000001\"\n", []string{`2:6: terminal.id: config.character: got '终', want ASCII (ISO 8583 ans)`}},
	{"line break", "[merchant]\ncity = \"a\\nb\"\n", []string{`2:8: merchant.city: config.character: got '\n', want Unicode, one line`}},
	{"name too long", "[merchant]\nname_en = \"" + strings.Repeat("A", 41) + "\"\n", []string{`2:11: merchant.name_en: config.length: got 41, want 0..40`}},
	{"currency", "[terminal]\ncurrency = \"RMB\"\n", []string{`2:12: terminal.currency: config.currency: got "RMB", want ` + strings.Join(txn.CurrencyCodes(), " ")}},
	{"amount without quotes", "[terminal]\nmax_amount = 500.00\n", []string{`2:14: terminal.max_amount: config.type: got float, want "0.00" (string)`}},
	{"amount with commas", "[terminal]\nmax_amount = \"50,000\"\n", []string{`2:14: terminal.max_amount: config.amount: got "50,000", want "50000.00" | "0"`}},
	{"amount with too many decimals", "[terminal]\nmax_amount = \"1.5\"\ncurrency = \"JPY\"\n", []string{`2:14: terminal.max_amount: config.decimals: got "1.5", want 0`}},
	{"amount too large", "[terminal]\nmax_amount = \"10000000000\"\n", []string{`2:14: terminal.max_amount: config.range: got "10000000000", want 0..9999999999.99`}},
	{"amount beyond an integer", "[terminal]\nmax_amount = \"99999999999999999999\"\n", []string{`2:14: terminal.max_amount: config.range: got "99999999999999999999", want 0..9999999999.99`}},
	{"language", "[terminal]\nlanguage = \"cn\"\n", []string{`2:12: terminal.language: config.word: got "cn", want "zh" | "en" | "auto"`}},
	{"reader", "[reader]\nuse = \"usb\"\n", []string{`2:7: reader.use: config.word: got "usb", want "auto" | "none" | "deck" | "pcsc" | "pcsc:ACS"`}},
	{"reader of no kind", "[reader]\nuse = \"\"\n", []string{`2:7: reader.use: config.word: got "", want "auto" | "none" | "deck" | "pcsc" | "pcsc:ACS"`}},
	{"reader in capitals", "[reader]\nuse = \"PCSC:ACS\"\n", []string{`2:7: reader.use: config.word: got "PCSC:ACS", want "auto" | "none" | "deck" | "pcsc" | "pcsc:ACS"`}},
	{"name for auto", "[reader]\nuse = \"auto:ACS\"\n", []string{`2:7: reader.use: config.word: got "auto:ACS", want "auto" | "none" | "deck" | "pcsc" | "pcsc:ACS"`}},
	{"reader without its name", "[reader]\nuse = \"pcsc:\"\n", []string{`2:7: reader.use: config.length: got 0, want 1..128`}},
	{"reader of spaces", "[reader]\nuse = \"pcsc:  \"\n", []string{`2:7: reader.use: config.length: got 2, want 1..128`}},
	{"reader with a long name", "[reader]\nuse = \"pcsc:" + strings.Repeat("x", 129) + "\"\n", []string{`2:7: reader.use: config.length: got 129, want 1..128`}},
	{"reader on two lines", "[reader]\nuse = \"pcsc:a\\nb\"\n", []string{`2:7: reader.use: config.character: got '\n', want Unicode, one line`}},
	{"fallback", "[reader]\nfallback = \"yes\"\n", []string{`2:12: reader.fallback: config.type: got string, want false (boolean)`}},
	{"address without port", "[host]\naddress = \"localhost\"\n", []string{`2:11: host.address: config.address: got "localhost", want "pos.bank.example:5000" | "embedded"`}},
	{"address as URL", "[host]\naddress = \"https://a:1\"\n", []string{`2:11: host.address: config.address: got "https://a:1", want "pos.bank.example:5000" | "embedded"`}},
	{"port", "[host]\naddress = \"a.example:70000\"\n", []string{`2:11: host.address: config.port: got 70000, want 1..65535`}},
	{"port zero", "[host]\naddress = \"[::1]:0\"\n", []string{`2:11: host.address: config.port: got 0, want 1..65535`}},
	{"profile", "[host]\nprofile = \"iso98\"\n", []string{`2:11: host.profile: config.word: got "iso98", want "iso87-ascii" | "unionpay" | "iso93" | "bank.toml"`}},
	{"framing", "[host]\nframing = \"bcd2\"\n", []string{`2:11: host.framing: config.word: got "bcd2", want "profile" | "be2" | "ascii4"`}},
	{"NII", "[host]\nnii = \"0x1\"\n", []string{`2:7: host.nii: config.character: got 'x', want 0-9`}},
	{"duration", "[host]\ntimeout = \"30\"\n", []string{`2:11: host.timeout: config.duration: got "30", want "30s" | "1m30s" | "500ms"`}},
	{"duration out of range", "[host]\ntimeout = \"1h\"\n", []string{`2:11: host.timeout: config.range: got "1h", want 100ms..5m`}},
	{"reversal order", "[host]\nreversal_pause = \"10s\"\nreversal_max = \"5s\"\n", []string{`3:16: host.reversal_max: config.less: got 5s, want host.reversal_pause = "10s"`}},
	{"key without certificate", "[host]\naddress = \"a:1\"\n[host.tls]\nca = \"ca\"\nkey = \"k\"\n", []string{`5:7: host.tls.key: config.needs: want host.tls.cert`}},
	{"TLS without a host", "[host.tls]\nca = \"ca\"\n", []string{`2:6: host.tls.ca: config.needs: want host.address`}},
	{"server name", "[host]\naddress = \"a:1\"\n[host.tls]\nca = \"ca\"\nserver_name = \"a b\"\n", []string{`5:15: host.tls.server_name: config.name: got "a b", want "pos.bank.example"`}},
	{"key in the file", "[host]\naddress = \"a:1\"\n[host.tls]\nkey = \"\"\"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\"\"\"\n", []string{`4:7: host.tls.key: config.inline-secret: got ********, want "client.pem"`}},
	{"printer", "[receipts]\nprinter = \"lp0\"\n", []string{`2:11: receipts.printer: config.word: got "lp0", want ` + printerWanted}},
	{"printer of no name", "[receipts]\nprinter = \"tcp: \"\n", []string{`2:11: receipts.printer: config.word: got "tcp: ", want ` + printerWanted}},
	{"printer too long", "[receipts]\nprinter = \"cups:" + strings.Repeat("x", 200) + "\"\n", []string{`2:11: receipts.printer: config.length: got 205, want 1..200`}},
	{"template", "[receipts]\ntemplate = \"fancy\"\n", []string{`2:12: receipts.template: config.word: got "fancy", want "standard" | "compact" | "slip.txt"`}},
	{"cut", "[receipts]\ncut = \"half\"\n", []string{`2:7: receipts.cut: config.word: got "half", want "full" | "partial" | "none"`}},
	{"lines on two lines", "[receipts]\nheader = \"a\\nb\"\n", []string{`2:10: receipts.header: config.character: got '\n', want Unicode, one line`}},
	{"card number", "[terminal]\nid = \"4111111111111111\"\nlanguage = \"4111111111111111\"\n", []string{
		`2:6: terminal.id: config.length: got 16, want 8`, `3:12: terminal.language: config.word: got "************1111", want "zh" | "en" | "auto"`,
	}},

	{"live alone", "[mode]\nlive = true\n", []string{
		`2:8: terminal.id: config.live.missing`,
		`2:8: terminal.merchant: config.live.missing`,
		`2:8: host.address: config.live.missing`,
		`2:8: host.tls.ca: config.live.plain: want "host-ca.pem"`,
		`2:8: mode.acknowledgement: config.live.unsaid: want ` + alternatives(Acknowledgements()),
	}},
	{"live, embedded", strings.Replace(strings.Replace(live, "pos.bank.example:5000", "embedded", 1), "tls.ca = \"host-ca.pem\"\n", "", 1), []string{`8:11: host.address: config.live.embedded: want "pos.bank.example:5000"`}},
	{"live, plain TCP", strings.Replace(live, "tls.ca = \"host-ca.pem\"\n", "", 1), []string{`2:8: host.tls.ca: config.live.plain: want "host-ca.pem"`}},
	{"live, training names", strings.NewReplacer("30010042", "TRAIN001", "898110154110001", "TRAINING0000001").Replace(live), []string{
		`5:6: terminal.id: config.live.training`, `6:12: terminal.merchant: config.live.training`,
	}},
	{"live, deck", live + "[reader]\nuse = \"deck\"\n", []string{`11:7: reader.use: config.word: got "deck", want "auto" | "none" | "pcsc" | "pcsc:ACS"`}},
	{"live, a card of the deck", live + "[reader]\nuse = \"deck:unionpay-debit\"\n", []string{`11:7: reader.use: config.word: got "deck:unionpay-debit", want "auto" | "none" | "pcsc" | "pcsc:ACS"`}},
	{"live, said amiss", strings.Replace(live, "I know", "I think", 1), []string{`3:19: mode.acknowledgement: config.live.said-amiss: want ` + alternatives(Acknowledgements())}},
}

func TestMistakes(t *testing.T) {
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			_, err := Parse([]byte(m.file))
			if diff := cmp.Diff(m.want, found(t, err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// Line ends and the mark of Windows editors change no place.
func TestMistakesWindows(t *testing.T) {
	for _, m := range mistakes {
		if m.name == "key in the file" {
			continue // its value spans lines
		}
		_, err := Parse([]byte("\ufeff" + strings.ReplaceAll(m.file, "\n", "\r\n")))
		if diff := cmp.Diff(m.want, found(t, err)); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", m.name, diff)
		}
	}
}

// Every code has a file that causes it, here or in the tests of Load.
func TestEveryCodeHappens(t *testing.T) {
	seen := map[txn.Code]bool{
		File: true, FileMissing: true, FileDenied: true, Certificate: true, KeyPair: true, // load_test.go
		TooLarge: true, TooMany: true, // below
		Altered: true,                                                                                       // checksum_test.go
		Profile: true, Empty: true, Clash: true, Unmatched: true, Unsigned: true, Room: true, Missing: true, // profile_test.go
	}
	for _, m := range mistakes {
		_, err := Parse([]byte(m.file))
		var p *Problems
		if errors.As(err, &p) {
			for _, one := range p.List {
				seen[one.Code] = true
			}
		}
	}
	for _, c := range Codes() {
		if !seen[c] {
			t.Errorf("no file here causes %s", c)
		}
	}
}

func TestBounds(t *testing.T) {
	_, err := Parse(make([]byte, MaxBytes+1))
	if diff := cmp.Diff([]string{"config.too-large: got 65537, want 65536"}, found(t, err)); diff != "" {
		t.Error(diff)
	}
	for name, line := range map[string]string{"keys": "%d = 1\n", "lines": "%d = =\n", "tables": "[t%d]\n"} {
		var b strings.Builder
		for i := range 3000 {
			fmt.Fprintf(&b, line, i)
		}
		_, err = Parse([]byte(b.String()))
		got := found(t, err)
		if len(got) != maxProblems+1 || got[0] != "config.too-many: want 50" && got[maxProblems] != "config.too-many: want 50" {
			t.Errorf("%s: %d problems, the last %q", name, len(got), got[len(got)-1])
		}
	}
	deep := "host = " + strings.Repeat("{ tls = ", 3000) + "1" + strings.Repeat(" }", 3000)
	if _, err := Parse([]byte(deep)); err == nil {
		t.Error("a table 3000 deep was accepted")
	}
}

func TestIntegersOfTOML(t *testing.T) {
	for _, form := range []string{"48", "+48", "4_8", "0x30"} {
		if c, err := Parse([]byte("receipts.columns = " + form)); err != nil || c.Receipts.Columns != 48 {
			t.Errorf("%s: %d, %v", form, c.Receipts.Columns, err)
		}
	}
}

func TestEmptyFileIsDefault(t *testing.T) {
	got, err := Parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Default(), got); diff != "" {
		t.Error(diff)
	}
}

func TestDefaultIsTheMission(t *testing.T) {
	c := Default()
	if c.Mode.Live || c.Terminal.Currency.Number() != "156" || c.Terminal.Currency.Exponent() != 2 || !c.Host.EmbeddedHost() ||
		c.Host.Profile != "iso87-ascii" || c.Receipts.Printer != "file" || c.Receipts.Columns != 32 || c.Terminal.Language != Auto {
		t.Errorf("Default() = %+v", c)
	}
}

func TestParseEveryKey(t *testing.T) {
	file := strings.Replace(live, "[host]", `currency = "jpy"
max_amount = "50000"
language = "zh"
check_on_start = "always"
cardholder_language = "same"
[merchant]
name_zh = "街角\"小店\""
name_en = "CORNER SHOP"
city = "上海"
address = "南京东路 1 号"
licence = "91310000000000000X"
acquirer = "银联商务"
help_line = "95534"
[reader]
use = "pcsc:ACS \"2\""
fallback = true
[rules]
tips = true
max_tip = 20
max_refund = "1000"
void_card = true
batch_max = 40
sign_off_after = true
keyed_supervisor = true
lock_after = "5m"
keep_cards = 7
[guards]
use = "off"
window = "30m"
duplicate = false
per_card = 5
split = "20000"
declines = 2
keyed_share = 10
refund_day = "90000"
keying = false
keyed_reason = "on"
[fees]
unionpay = "credit 0.60%, debit 0.50% max 300"
visa = "2%"
mastercard = ""
other = "3.125%"
days = 2
[receipts]
columns = 48
language = "zh"
printer = "tcp:192.0.2.7:9101"
files = "pdf"
profile = "shop.toml"
cut = "none"
drawer = true
beep = true
template = "slip.txt"
logo = "logo.png"
header = "一家小店 | 请慢用"
footer = "Thank you"
[screen]
theme = "contrast"
borders = "ascii"
mouse = true
beep = true
[host]
framing = "ascii4"
nii = "003"
timeout = "1m"
connect_timeout = "5s"
echo_every = "0s"
reversal_pause = "1s"
reversal_max = "1m30s"
customer_after = "250ms"
reversal_tries = 4
tls.cert = "client.pem"
tls.key = "client.key"
tls.server_name = "pos.bank.example"`, 1)
	got, err := Parse([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	jpy, _ := txn.CurrencyByCode("JPY")
	want := Config{
		Mode:     Mode{Live: true, Acknowledgement: Acknowledgements()[0]},
		Terminal: Terminal{ID: "30010042", Merchant: "898110154110001", Currency: jpy, MaxAmount: txn.Money{Minor: 50000, Currency: jpy}, Language: Chinese, Check: CheckAlways, CardholderLanguage: Same},
		Merchant: Merchant{
			NameZH: `街角"小店"`, NameEN: "CORNER SHOP", City: "上海", Address: "南京东路 1 号",
			Licence: "91310000000000000X", Acquirer: "银联商务", HelpLine: "95534",
		},
		Reader: Reader{Use: ReaderPCSC, Name: `ACS "2"`, Fallback: true},
		Rules: Rules{
			Tips: true, MaxTip: 20, MaxRefund: txn.Money{Minor: 1000, Currency: jpy}, VoidCard: true, BatchMax: 40, SignOffAfter: true,
			KeyedSupervisor: true, LockAfter: 5 * time.Minute, KeepCards: 7,
		},
		Guards: Guards{
			Use: UseOff, Window: 30 * time.Minute, PerCard: 5, Split: txn.Money{Minor: 20000, Currency: jpy}, Declines: 2, KeyedShare: 10,
			RefundDay: txn.Money{Minor: 90000, Currency: jpy}, KeyedReason: UseOn,
		},
		Fees: Fees{Days: 2, Rates: txn.Rates{
			{Brand: reader.UnionPay, Funding: txn.CreditCard, PerMillion: 6000},
			{Brand: reader.UnionPay, Funding: txn.DebitCard, PerMillion: 5000, Cap: 300},
			{Brand: reader.Visa, PerMillion: 20000}, {PerMillion: 31250},
		}},
		Host: Host{
			Address: "pos.bank.example:5000", Profile: "iso87-ascii", Framing: "ascii4", NII: "003",
			Timeout: time.Minute, ConnectTimeout: 5 * time.Second, ReversalPause: time.Second, ReversalMax: 90 * time.Second,
			CustomerAfter: 250 * time.Millisecond, ReversalTries: 4,
			TLS: TLS{CA: "host-ca.pem", Cert: "client.pem", Key: "client.key", ServerName: "pos.bank.example"},
		},
		Receipts: Receipts{
			Columns: 48, Language: Chinese, Printer: "tcp:192.0.2.7:9101", Files: "pdf", Profile: "shop.toml", Cut: CutNone, Drawer: true, Beep: true,
			Template: "slip.txt", Logo: "logo.png", Header: []string{"一家小店", "请慢用"}, Footer: []string{"Thank you"},
		},
		Screen: Screen{Theme: "contrast", Borders: "ascii", Mouse: true, Beep: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	setup := txn.Setup{
		Terminal: "30010042", Merchant: "898110154110001", Currency: jpy, MaxAmount: 50000, Fallback: true,
		Tips: true, MaxTip: 20, MaxRefund: 1000, VoidCard: true, BatchMax: 40, SignOffAfter: true,
		Guarded: true, GuardKeyed: true, NoKeying: true, KeyedReason: true, LockAfter: 5 * time.Minute,
		ReplyTimeout: time.Minute, ReversalPause: time.Second, ReversalMax: 90 * time.Second, ReversalTries: 4,
	}
	if diff := cmp.Diff(setup, got.Setup()); diff != "" {
		t.Error(diff)
	}

	shown := Show(got)
	if !strings.Contains(shown, `key = "********"`) || strings.Contains(shown, "client.key") {
		t.Error("Show does not mask the private key's place:\n" + shown)
	}
	again, err := Parse([]byte(strings.Replace(shown, "********", "client.key", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, again); diff != "" {
		t.Errorf("Show and Parse (-want +got):\n%s", diff)
	}
}

func TestReader(t *testing.T) {
	for use, want := range map[string]Reader{
		"auto": {Use: ReaderAuto}, "none": {Use: ReaderNone}, "deck": {Use: ReaderDeck}, "pcsc": {Use: ReaderPCSC},
		"deck:unionpay-debit":    {Use: ReaderDeck, Name: "unionpay-debit"},
		"pcsc:ACS ACR39U 00: 01": {Use: ReaderPCSC, Name: "ACS ACR39U 00: 01"},
	} {
		got, err := Parse([]byte("reader = { fallback = true, use = " + quote(use) + " }"))
		want.Fallback = true
		if err != nil || got.Reader != want {
			t.Errorf("%s: %+v, %v", use, got.Reader, err)
		}
		if shown := Show(got); !strings.Contains(shown, "[reader]\nuse = "+quote(use)+"\nfallback = true\n") {
			t.Errorf("%s is shown as:\n%s", use, shown)
		}
	}
	if got, err := Parse([]byte(live)); err != nil || got.Reader != (Reader{Use: ReaderAuto}) {
		t.Errorf("live without a word: %+v, %v", got.Reader, err)
	}
}

// A live terminal never says the training shop's name.
func TestLiveHasNoTrainingMerchant(t *testing.T) {
	got, err := Parse([]byte(live))
	if err != nil {
		t.Fatal(err)
	}
	if got.Merchant != (Merchant{}) {
		t.Errorf("merchant is %+v", got.Merchant)
	}
}

func TestAcknowledged(t *testing.T) {
	for text, want := range map[string]bool{
		Acknowledgements()[0]: true, Acknowledgements()[1]: true, " " + Acknowledgements()[0] + " ": true,
		"我知道 vpos 未经 EMVCo、P2PE、PTS 认证,本终端必须由我的收单机构认证.": true,
		"": false, "yes": false, Acknowledgements()[0] + " not": false, strings.ToLower(Acknowledgements()[0]): false,
	} {
		_, err := Parse([]byte(strings.Replace(live, Acknowledgements()[0], text, 1)))
		if (err == nil) != want {
			t.Errorf("%q: %v, want accepted %t", text, err, want)
		}
	}
}

func TestTemplate(t *testing.T) {
	for _, lang := range []string{"zh", "en", ""} {
		text := Template(lang)
		got, err := Parse([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		if diff := cmp.Diff(Default(), got); diff != "" {
			t.Errorf("%s: %s", lang, diff)
		}
		if strings.Contains(text, "#zh") || strings.Contains(text, "#en") {
			t.Errorf("%s: a language mark is left", lang)
		}
		for i, own := range []string{"en", "zh"} {
			if want := lang == own || lang == ""; strings.Contains(text, Acknowledgements()[i]) != want {
				t.Errorf("%s: sentence %d shown is %t, want %t", lang, i, !want, want)
			}
		}
		// Without its comments it is what Show prints: no key is forgotten.
		var bare strings.Builder
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "#") {
				bare.WriteString(line)
			}
		}
		if diff := cmp.Diff(Show(Default()), strings.TrimLeft(bare.String(), "\n")); diff != "" {
			t.Errorf("%s (-Show +Template):\n%s", lang, diff)
		}
	}
}

func TestLanguageFor(t *testing.T) {
	for _, c := range []struct {
		set    Language
		locale string
		want   Language
	}{
		{Auto, "zh_CN.UTF-8", Chinese}, {Auto, "ZH-Hans", Chinese}, {Auto, "en_GB.UTF-8", English}, {Auto, "C", English},
		{Auto, "", English}, {Chinese, "en_US", Chinese}, {English, "zh_CN", English}, {Both, "zh_CN", Both},
	} {
		if got := c.set.For(c.locale); got != c.want {
			t.Errorf("%q.For(%q) = %q, want %q", c.set, c.locale, got, c.want)
		}
	}
}
