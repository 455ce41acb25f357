package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// hostIdentity writes a self-signed certificate for this machine and its key, and
// gives their files.
func hostIdentity(t *testing.T, dir, name string) (certificate, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	certificate, key = filepath.Join(dir, name+".pem"), filepath.Join(dir, name+".key")
	for path, block := range map[string]*pem.Block{
		certificate: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: private},
	} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certificate, key
}

// TestHostScript: a script file decides what a terminal meets, in order, and the
// ledger says what came of it.
func TestHostScript(t *testing.T) {
	data, hostData := t.TempDir(), t.TempDir()
	script := filepath.Join(t.TempDir(), "lesson.toml")
	if err := os.WriteFile(script, []byte("[[step]]\non = \"sale\"\nnth = 2\ndo = \"decline\"\ncode = \"57\"\n"+
		"[[step]]\non = \"sale\"\nending = \"77\"\ndo = \"referral\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	host, address := startHost(t, hostData, "127.0.0.1:0", "--script", script, "--approve-all")
	config := writeConfig(t, address)
	d := talk(t, "--data", data, "--config", config)
	d.hears("idle")
	for i, want := range []string{"approved", "declined", "declined", "approved"} {
		amount := []string{"1200", "1200", "1277", "1251"}[i]
		d.say(amount)
		d.say(keyed...)
		line := d.hears(want)
		if i == 1 && !strings.Contains(line, "Code 57") || i == 2 && !strings.Contains(line, "Code 01") {
			t.Error(line)
		}
		if want == "declined" {
			d.say("cancel", "cancel")
		} else {
			d.say("")
		}
		d.hears("idle")
	}
	d.ends()
	_ = host.Process.Signal(os.Interrupt)
	_ = host.Wait()
	agree(t, data, hostData, "--config", config)
	gate(t, data)
	gate(t, hostData)
}

// TestHostTLS: with TLS and client certificates a terminal that has one sells, and
// one that has none is told that the bank is not reached.
func TestHostTLS(t *testing.T) {
	hostData, dir := t.TempDir(), t.TempDir()
	hostCert, hostKey := hostIdentity(t, dir, "host")
	terminalCert, terminalKey := hostIdentity(t, dir, "terminal")
	_, address := startHost(t, hostData, "127.0.0.1:0", "--tls-cert", hostCert, "--tls-key", hostKey, "--client-ca", terminalCert)
	plain := writeConfig(t, address)
	text, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ more, want string }{
		{fmt.Sprintf("[host.tls]\nca = %q\ncert = %q\nkey = %q\n", hostCert, terminalCert, terminalKey), "approved"},
		{fmt.Sprintf("[host.tls]\nca = %q\n", hostCert), "declined"},
	} {
		data, config := t.TempDir(), filepath.Join(t.TempDir(), "shop.toml")
		if err := os.WriteFile(config, append(text, c.more...), 0o600); err != nil {
			t.Fatal(err)
		}
		d := talk(t, "--data", data, "--config", config)
		d.hears("idle")
		d.say("1200")
		d.say(keyed...)
		d.hears(c.want)
		d.say("cancel", "cancel")
		d.hears("idle")
		d.ends()
	}
	gate(t, hostData)
}
