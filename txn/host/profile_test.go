package host_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
)

// The examples of the manual load, and make messages of a sale.
func TestExampleProfiles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "docs", "profiles", "*.toml"))
	if err != nil || len(files) != 4 {
		t.Fatalf("%d examples, %v", len(files), err)
	}
	base, err := host.LoadProfile("unionpay")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		p, err := host.LoadProfile(file)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if p.Title.ZH == "" || p.Framing.TPDU == base.Framing.TPDU || p.Limits.ReplyTimeout == 0 || p.Limits.Details == 0 {
			t.Errorf("%s: %+v", file, p.Limits)
		}
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(text), "guess (G)") {
			t.Errorf("%s: does not say that it guesses", file)
		}
		c, err := host.NewCodec(p)
		if err != nil {
			t.Fatal(err)
		}
		terminal, acquirer := pair(t, p.Keys)
		r := chipSale(t)
		r.PIN = reader.NewSecret("123456")
		raw, err := c.PackRequest(r, terminal)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		got, err := c.UnpackRequest(raw, evening, session(acquirer))
		if err != nil || got.Op != txn.OpSale || string(got.PIN.Reveal()) != "123456" ||
			string(got.Card.Track2.Reveal()) != "5413330089020011=30121011234567890" || got.Card.Chip.Sequence != 1 {
			t.Errorf("%s: %+v, %v", file, got, err)
		}
	}
}

// What differs is laid over, the rest stays.
func TestLaidOver(t *testing.T) {
	p, err := host.ParseProfile("dir/bank.toml", []byte(`
base = "unionpay"
nii = "003"
[fields]
38 = { form = "an8" }
[ops]
echo = { network = "302" }
tip-adjust = { off = true }
[lists]
card = "2! 3! 4! 11! 22! 25! 35 41! 42! 49! 60! 64"
`))
	if err != nil {
		t.Fatal(err)
	}
	base, err := host.LoadProfile("unionpay")
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "bank" || p.NII != "003" || p.Framing != base.Framing || len(p.Fields) != len(base.Fields) ||
		len(p.Ops) != len(base.Ops)-1 {
		t.Errorf("%s, %d fields, %d operations", p.Name, len(p.Fields), len(p.Ops))
	}
	for _, f := range p.Fields {
		if f.Number == 38 && (f.Length != 8 || f.Holds != host.HoldsAuthCode || f.Name == "") {
			t.Errorf("field 38 is %+v", f)
		}
	}
	for _, o := range p.Ops {
		if o.Op == txn.OpEcho && (o.Network != "302" || o.MTI != "0820") || o.Op == txn.OpSale && len(o.Request) != 12 {
			t.Errorf("%s is %+v", o.Op, o)
		}
	}
}

// Every mistake has its line and its key.
func TestProfileFilesRefused(t *testing.T) {
	const base = "base = \"unionpay\"\n"
	cases := map[string][2]string{
		"no TOML":          {"base = \n", "1:8"},
		"unknown key":      {base + "[framing]\nleng = \"be2\"\n", "3:1: framing.leng: unknown key"},
		"unknown in part":  {base + "[fields.60]\nparts = [\n{ form = \"n2\", hold = \"type\" },\n]\n", "4:16: fields.60.parts.0.hold: unknown key, want holds"},
		"type":             {base + "[framing]\nmax = \"x\"\n", "3:1: framing.max: string: wrong type, want 123 (integer)"},
		"base":             {"base = \"iso86\"\n", "1:1: base: \"iso86\": not one of iso87-ascii, unionpay, iso93"},
		"framing":          {base + "[framing]\nlength = \"roman\"\n", "3:1: framing.length: "},
		"header":           {base + "[header]\nminor = \"1\"\n", "3:1: header.minor: "},
		"keys":             {base + "[keys]\nmac = \"x9.20\"\n", "3:1: keys.mac: "},
		"track, no key":    {base + "[keys]\ntrack = true\n", "3:1: keys.track: "},
		"no sign-on code":  {base + "[keys]\nblob = \"60\"\nnetworks = { 60 = \"\" }\n", "3:1: keys.blob: "},
		"form":             {base + "fields = { 4 = { form = \"q12\" } }\n", "2:18: fields.4.form: "},
		"short amount":     {base + "[fields.4]\nform = \"n10\"\n", "3:1: fields.4.form: holds \"amount\": must be n12"},
		"unmatched":        {base + "[ops.sale]\nrequest = \"2! 3!\"\n", "3:1: ops.sale.request: stan, terminal, merchant, amount: what"},
		"reply unmatched":  {base + "[ops.sale]\nreply = \"3! 11! 39! 64\"\n", "3:1: ops.sale.reply: "},
		"amount optional":  {base + "[ops.reversal]\nrequest = \"2 3! 4 11! 22 23 25! 39 41! 42! 49! 60! 61 64\"\n", "3:1: ops.reversal.request: amount: what"},
		"unsigned":         {base + "[ops.void]\nrequest = \"2! 3! 4! 11! 25! 37 41! 42! 49! 60! 61!\"\n", "3:1: ops.void.request: it carries no MAC"},
		"unsigned reply":   {base + "[lists]\nanswer = \"3! 4! 11! 25! 38 39! 41! 42! 49! 60!\"\n", "3:1: lists.answer: it carries no MAC"},
		"refused is yes":   {"base = \"iso87-ascii\"\n[codes]\n00 = \"51\"\n51 = \"51\"\n", "4:1: codes.51: "},
		"yes is refused":   {"base = \"iso87-ascii\"\n[codes]\n00 = \"51\"\n", "3:1: codes.00: "},
		"not undone":       {"base = \"iso93\"\n[codes]\n05 = \"914\"\n", "3:1: codes.05: \"914\": on the wire for two"},
		"own yes is no":    {"base = \"iso93\"\n[ops.reversal]\napproved = \"116\"\n", "3:1: ops.reversal.approved: \"116\": "},
		"yes of none":      {"base = \"iso93\"\n[codes]\n\"05\" = \"400\"\n", "ops.reversal.approved: \"400\": "},
		"entry code":       {"base = \"iso87-ascii\"\n[entry.chip]\ncode = \"5\"\n", "3:1: entry.chip.code: 1: length not allowed, want 3"},
		"below":            {base + "[limits]\nmax_amount = -4\n", "3:1: limits.max_amount: -4: value out of range, want 0..999999999999"},
		"empty":            {"# nothing yet\n", "1:1: the file is empty, want base = "},
		"table for text":   {base + "\n[[nii]]\n", "3:3: nii: array: wrong type"},
		"array for table":  {base + "[ops]\nsale = [1]\n", "3:1: ops.sale: array: wrong type, want { … } (table)"},
		"row of a table":   {base + "[[fields.60.parts]]\nform = \"n2\"\n[[fields.60.parts]]\nfrom = \"n2\"\n", "5:1: fields.60.parts.1.from: unknown key, want form"},
		"details":          {base + "[limits]\ndetails = 9\n", "3:1: limits.details: 9: more than one message of the upload holds, want 0..8"},
		"details of one":   {"base = \"iso87-ascii\"\n[limits]\ndetails = 2\n", "3:1: limits.details: 2: "},
		"holder":           {base + "[fields.4]\nholds = \"gold\"\n", "3:1: fields.4.holds: "},
		"encoding":         {base + "[fields.41]\nencoding = \"bcd\"\n", "3:1: fields.41.encoding: "},
		"part":             {base + "[fields]\n60.parts = [{ form = \"n2\", holds = \"type\" }, { form = \"n..x\" }]\n", "fields.60.parts.1.form: "},
		"part's holder":    {base + "[fields.53]\nparts = [\n  { form = \"n1\", holds = \"pin\" },\n]\n", "4:18: fields.53.parts.0.holds: \"pin\": unknown"},
		"no number":        {base + "[fields]\n04 = { form = \"n12\" }\n", "3:1: fields.04: not the number"},
		"twice held":       {base + "[fields]\n59 = { holds = \"rrn\" }\n", "fields.59: holds \"rrn\", as field 37 does"},
		"operation":        {base + "[ops.dance]\nmti = \"0200\"\n", "ops.dance.op: \"dance\": no operation"},
		"MTI":              {base + "[ops.sale]\nmti = \"0210\"\n", "3:1: ops.sale.mti: "},
		"no such field":    {base + "[ops.echo]\nrequest = \"11! 5\"\n", "3:1: ops.echo.request: field 5 is not in the table"},
		"no such layout":   {base + "[ops.echo]\nrequest = \"11! 48:tips\"\n", "3:1: ops.echo.request: field 48 has no layout"},
		"no such list":     {base + "[ops.echo]\nrequest = \"@managing\"\n", "3:1: ops.echo.request: list \"managing\": unknown"},
		"list of itself":   {base + "[lists]\nmanage = \"@manage\"\n", ": list \"manage\": unknown"},
		"no field":         {base + "[ops.echo]\nrequest = \"eleven\"\n", "3:1: ops.echo.request: \"eleven\": not a field"},
		"MAC in the midst": {base + "[fields]\n120 = { form = \"n3\" }\n[ops.sale]\nrequest = \"@card 120\"\n", "5:1: ops.sale.request: field 64: a MAC is the last field"},
		"one for another":  {base + "[ops.sale]\ntype = \"23\"\nprocessing = \"200000\"\n", "its codes are those of sale"},
		"duration":         {base + "[limits]\nreply_timeout = \"60\"\n", "3:1: limits.reply_timeout: not a duration"},
		"original":         {base + "[ops.offline-sale]\noff = true\n", "ops.adjust.original: operation \"offline-sale\": not in the profile"},
	}
	for name, x := range cases {
		_, err := host.ParseProfile("bank.toml", []byte(x[0]))
		var all host.ProfileErrors
		if !errors.As(err, &all) || !strings.Contains(err.Error(), x[1]) || !strings.HasPrefix(err.Error(), "bank.toml:") {
			t.Errorf("%s: %v, want %s", name, err, x[1])
		}
	}
	for name := range cases {
		_, err := host.ParseProfile("bank.toml", []byte(cases[name][0]))
		var all host.ProfileErrors
		errors.As(err, &all)
		for _, one := range all {
			if one.Line < 1 || one.Column < 1 || strings.Contains(one.Error(), "host.") {
				t.Errorf("%s: no place, or our types: %v", name, one)
			}
		}
	}
	if _, err := host.ParseProfile("bank.toml", make([]byte, 300<<10)); err == nil {
		t.Error("a file of 300 KB is taken")
	}
	if _, err := host.LoadProfile("nowhere.toml"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// Several mistakes are all told, each once.
func TestProfileFaultsTogether(t *testing.T) {
	_, err := host.ParseProfile("bank.toml", []byte(`base = "iso87-ascii"
nii = 12
[framing]
leng = "be2"
max = 0
[limits]
max_amount = -4
details = 7
reply_timeout = "60"
[entry.chip]
code = "5"
[codes]
00 = "51"
[lists]
answer = "3! 4! 11! 38 39! 41! 42! 60"
[ops.void]
request = "2! 3!"
mti = "0210"
`))
	var all host.ProfileErrors
	errors.As(err, &all)
	var got []string
	for _, one := range all {
		got = append(got, fmt.Sprintf("%d %s", one.Line, one.Key))
	}
	want := []string{
		"2 nii", "4 framing.leng", "5 framing.max", "7 limits.max_amount", "8 limits.details", "9 limits.reply_timeout",
		"11 entry.chip.code", "13 codes.00", "15 lists.answer", "17 ops.void.request", "18 ops.void.mti",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

// A file of nothing but mistakes is soon done with.
func TestManyFaultsAreBounded(t *testing.T) {
	var text strings.Builder
	for i := range 7_200 { // as many as the largest file holds
		fmt.Fprintf(&text, "k%05d=1\n", i)
	}
	begun := time.Now()
	_, err := host.ParseProfile("bank.toml", []byte("base = \"unionpay\"\n"+text.String()))
	var all host.ProfileErrors
	if !errors.As(err, &all) || len(all) != 100 {
		t.Errorf("%d faults", len(all))
	}
	if took := time.Since(begun); took > 15*time.Second {
		t.Errorf("it took %v", took)
	}
}

func FuzzParseProfile(f *testing.F) {
	for _, name := range host.Shipped() {
		text, err := os.ReadFile(filepath.Join("profiles", name+".toml"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("base = \"unionpay\"\n[fields.60]\nparts = [{ form = \"n2\", holds = \"type\" }]\n"))
	f.Add([]byte("base = \"unionpay\"\n[lists]\ncard = \"@card\"\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := host.ParseProfile("fuzz.toml", text)
		var all host.ProfileErrors
		switch {
		case err == nil:
			if _, err := host.NewCodec(p); err != nil {
				t.Errorf("a profile that was checked is refused: %v", err)
			}
		case !errors.As(err, &all):
			t.Errorf("not located: %v", err)
		}
	})
}
