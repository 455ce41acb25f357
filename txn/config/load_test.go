package config

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// pair makes a self-signed certificate and its key in PEM.
func pair(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}))
}

func TestLoadLive(t *testing.T) {
	dir := t.TempDir()
	cert, key := pair(t)
	write(t, filepath.Join(dir, "host-ca.pem"), cert)
	write(t, filepath.Join(dir, "client.pem"), cert)
	write(t, filepath.Join(dir, "client.key"), key)
	path := filepath.Join(dir, "vpos.toml")
	write(t, path, live+"tls.cert = \"client.pem\"\ntls.key = \"client.key\"\n")
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if c.Source != path || c.Host.TLS.CA != filepath.Join(dir, "host-ca.pem") {
		t.Errorf("Source %q, CA %q", c.Source, c.Host.TLS.CA)
	}
	link, err := c.Host.ClientTLS()
	if err != nil {
		t.Fatal(err)
	}
	if link.ServerName != "pos.bank.example" || link.MinVersion != tls.VersionTLS12 || link.RootCAs == nil || len(link.Certificates) != 1 {
		t.Errorf("ClientTLS() = %q, %x, %d certificates", link.ServerName, link.MinVersion, len(link.Certificates))
	}
}

func TestClientTLSPlain(t *testing.T) {
	if c, err := Default().Host.ClientTLS(); c != nil || err != nil {
		t.Errorf("ClientTLS() = %v, %v", c, err)
	}
}

func TestLoadProblems(t *testing.T) {
	cert, key := pair(t)
	_, otherKey := pair(t)
	both := live + "tls.cert = \"c.pem\"\ntls.key = \"k.pem\"\n"
	for _, c := range []struct {
		name  string
		file  string
		files map[string]string
		want  []string
	}{
		{"no CA file", live, nil, []string{`9:10: host.tls.ca: config.file-missing: got DIR/host-ca.pem`}},
		{"CA is no certificate", live, map[string]string{"host-ca.pem": key}, []string{`9:10: host.tls.ca: config.certificate: got DIR/host-ca.pem`}},
		{"client is no certificate", both, map[string]string{"host-ca.pem": cert, "c.pem": key, "k.pem": key}, []string{`10:12: host.tls.cert: config.certificate: got DIR/c.pem`}},
		{"another's key", both, map[string]string{"host-ca.pem": cert, "c.pem": cert, "k.pem": otherKey}, []string{`11:11: host.tls.key: config.key-pair: got ********, want host.tls.cert`}},
		{"CA too large", live, map[string]string{"host-ca.pem": strings.Repeat("x", MaxBytes+1)}, []string{`9:10: host.tls.ca: config.certificate: got DIR/host-ca.pem`}},
		{"file too large", strings.Repeat("#\n", MaxBytes), nil, []string{`config.too-large: got 65537, want 65536`}},
		{"all at once", "[host]\nnii = \"1\"\naddress = \"a:1\"\ntls.ca = \"no\"\n", nil, []string{
			`2:7: host.nii: config.length: got 1, want 3`, `4:10: host.tls.ca: config.file-missing: got DIR/no`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for name, text := range c.files {
				write(t, name, text)
			}
			write(t, "vpos.toml", c.file)
			_, err := Load("vpos.toml")
			for i := range c.want {
				c.want[i] = strings.ReplaceAll(c.want[i], "DIR/", "")
			}
			if diff := cmp.Diff(c.want, found(t, err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLoadUnreadable(t *testing.T) {
	dir := t.TempDir()
	_, err := Load(filepath.Join(dir, "none.toml"))
	var p *Problems
	if !errors.As(err, &p) || p.List[0].Code != FileMissing || p.List[0].Line != 0 {
		t.Errorf("no file: %v", err)
	}
	if _, err = Load(dir); !errors.As(err, &p) || p.List[0].Code != File && p.List[0].Code != FileDenied {
		t.Errorf("a folder: %v", err)
	}
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		return // everything may be read
	}
	path := filepath.Join(dir, "secret.toml")
	write(t, path, "")
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if _, err = Load(path); !errors.As(err, &p) || p.List[0].Code != FileDenied {
		t.Errorf("a file of somebody else: %v", err)
	}
}
