package config

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A dialect of one's own lies beside the file that names it.
func TestProfileFile(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "bank.toml"), `base = "unionpay"
framing = { tpdu = "6000010002" }
title = { zh = "银行", en = "BANK" }
limits = { reply_timeout = "45s", echo_every = "2m", max_amount = 5000000 }
`)
	path := filepath.Join(dir, "vpos.toml")
	write(t, path, "[host]\nprofile = \"bank.toml\"\necho_every = \"9m\"\n")
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if c.Host.Profile != filepath.Join(dir, "bank.toml") {
		t.Errorf("profile is %s", c.Host.Profile)
	}
	if c.Host.Timeout != 45*time.Second || c.Host.EchoEvery != 9*time.Minute || c.Terminal.MaxAmount.Minor != 5_000_000 {
		t.Errorf("limits are %+v, %+v", c.Host, c.Terminal)
	}
	if c.Merchant.Acquirer != "TRAINING" {
		t.Errorf("acquirer is %s", c.Merchant.Acquirer)
	}
	for _, name := range Profiles() {
		write(t, path, "[host]\nprofile = \""+name+"\"\n")
		if c, err := Load(path); err != nil || c.Host.Profile != name {
			t.Errorf("%s: %q, %v", name, c.Host.Profile, err)
		}
	}
}

// Every mistake in it is told, with its line there.
func TestProfileFileRefused(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "vpos.toml")
	write(t, path, "[host]\nprofile = \"bank.toml\"\n")
	bank := filepath.Join(dir, "bank.toml")
	check := func(name string, want ...string) {
		t.Helper()
		_, err := Load(path)
		if diff := cmp.Diff(want, found(t, err)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	check("none", `2:11: host.profile: config.file-missing: got `+excerpt(filepath.Join(dir, "bank.toml")))
	write(t, filepath.Join(dir, "bank.toml"), "base = \"unionpay\"\n[fields]\n4 = { form = \"n12x\" }\n9 = { form = \"x9\" }\n")
	check("two",
		bank+`:3:7: fields.4.form: config.profile: want "n12x": not a form such as n6, ans..25, b...255`,
		bank+`:4:7: fields.9.form: config.profile: want "x9": not a form such as n6, ans..25, b...255`)
	write(t, filepath.Join(dir, "bank.toml"), "bass = \"unionpay\"\n")
	check("unknown key", bank+`:1:1: bass: config.unknown-key: want base`)
	for _, c := range []struct{ text, want string }{
		{"# nothing\n", `:1:1: config.profile.empty: want base = "iso87-ascii" | "unionpay" | "iso93"`},
		{"base = \n", `:1:8: config.syntax: got unexpected character U+000A at start of value`},
		{"base = \"unionpay\"\nnii = 1\n", `:2:1: nii: config.type: got integer, want "…" (string)`},
		{"base = \"unionpay\"\n[limits]\nmax_amount = -4\n", `:3:1: limits.max_amount: config.range: got -4, want 0..999999999999`},
		{"base = \"unionpay\"\n[limits]\ndetails = 9\n", `:3:1: limits.details: config.profile.room: got 9, want 0..8`},
		{"base = \"unionpay\"\n[entry.chip]\ncode = \"5\"\n", `:3:1: entry.chip.code: config.length: got 1, want 3`},
		{"base = \"unionpay\"\n[entry.other]\nreader = \"5\"\n", `:2:8: entry.other.code: config.profile.missing`},
		{"base = \"unionpay\"\n[codes]\n51 = \"00\"\n", `:3:1: codes.51: config.profile.clash: got "00", want 51 | 00`},
		{"base = \"unionpay\"\n[ops.sale]\nrequest = \"3! 4! 11!\"\n", `:3:1: ops.sale.request: config.profile.law: got terminal, merchant`},
		{"base = \"unionpay\"\n[ops.sale]\nrequest = \"3! 4! 11! 41! 42! 60\"\n", `:3:1: ops.sale.request: config.profile.mac`},
	} {
		write(t, bank, c.text)
		check(c.text, bank+c.want)
	}
}
