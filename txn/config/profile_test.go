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
		`2:11: host.profile: config.profile: got bank.toml:3:7 fields.4.form, want "n12x": not a form such as n6, ans..25, b...255`,
		`2:11: host.profile: config.profile: got bank.toml:4:7 fields.9.form, want "x9": not a form such as n6, ans..25, b...255`)
	write(t, filepath.Join(dir, "bank.toml"), "bass = \"unionpay\"\n")
	check("unknown key", `2:11: host.profile: config.profile: got bank.toml:1:1 bass, want unknown key`)
}
