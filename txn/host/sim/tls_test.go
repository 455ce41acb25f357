package sim_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"vpos/txn/host/sim"
)

// identity writes a self-signed certificate and its key, and gives their files.
func identity(t *testing.T, dir, name string) (certificate, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &k.PublicKey, k)
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

// A terminal with the right certificate is served; one with another's, with none,
// or with an older protocol is not.
func TestTLSWithClientCertificates(t *testing.T) {
	dir := t.TempDir()
	hostCert, hostKey := identity(t, dir, "host")
	ours, oursKey := identity(t, dir, "terminal")
	others, othersKey := identity(t, dir, "stranger")
	config, err := sim.TLSConfig(hostCert, hostKey, ours)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := server(t, nil)
	served := make(chan error, 1)
	go func() { served <- s.Serve(t.Context(), tls.NewListener(ln, config)) }()
	defer func() { shut(t, s); <-served }()

	text, err := os.ReadFile(hostCert)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	for name, c := range map[string]struct {
		cert, key string
		newest    uint16
		served    bool
	}{
		"ours":      {ours, oursKey, 0, true},
		"ours, 1.2": {ours, oursKey, tls.VersionTLS12, true},
		"ours, 1.1": {ours, oursKey, tls.VersionTLS11, false},
		"another's": {others, othersKey, 0, false},
		"none":      {"", "", 0, false},
	} {
		client := &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS10, MaxVersion: c.newest}
		if c.cert != "" {
			pair, err := tls.LoadX509KeyPair(c.cert, c.key)
			if err != nil {
				t.Fatal(err)
			}
			client.Certificates = []tls.Certificate{pair}
		}
		conn, err := tls.Dial("tcp", ln.Addr().String(), client)
		if err == nil {
			_, err = ask(conn, codec(t), sale(t, 1, 1200))
			_ = conn.Close()
		}
		if (err == nil) != c.served {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTLSFilesAreChecked(t *testing.T) {
	dir := t.TempDir()
	cert, key := identity(t, dir, "host")
	if _, err := sim.TLSConfig(cert, filepath.Join(dir, "none"), ""); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no key: %v", err)
	}
	if _, err := sim.TLSConfig(cert, key, key); !errors.Is(err, sim.ErrCertificate) {
		t.Errorf("a key for an authority: %v", err)
	}
	if _, err := sim.TLSConfig(cert, key, filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no authority: %v", err)
	}
	if c, err := sim.TLSConfig(cert, key, ""); err != nil || c.ClientAuth != tls.NoClientCert {
		t.Errorf("without client certificates: %v", err)
	}
}
