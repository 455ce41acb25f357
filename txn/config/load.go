package config

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
)

// Load reads a file and checks it as [Parse] does, then the certificates it
// names. Paths in it are taken from its own folder and come back usable as they
// stand. The error is a [*Problems].
func Load(path string) (Config, error) {
	data, cause := readBounded(path)
	if cause != nil {
		return Config{}, problems(path, []Problem{*cause})
	}
	if wrong := amiss(data); wrong != nil {
		return Config{}, problems(path, []Problem{*wrong})
	}
	c, d, list := parse(data)
	if d == nil {
		return Config{}, problems(path, list)
	}
	t := &c.Host.TLS
	folder := filepath.Dir(path)
	paths := []*string{&t.CA, &t.Cert, &t.Key, &c.Receipts.Logo}
	for p, shipped := range map[*string][]string{
		&c.Host.Profile: Profiles(), &c.Receipts.Template: Templates(), &c.Receipts.Profile: append(Printers(), ProfileAuto),
	} {
		if !slices.Contains(shipped, *p) {
			paths = append(paths, p)
		}
	}
	for _, p := range paths {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(folder, *p)
		}
	}
	d.found = list
	d.certificates(*t)
	d.profile(&c)
	if err := problems(path, d.found); err != nil {
		return Config{}, err
	}
	c.Source = path
	return c, nil
}

// readBounded reads at most one byte more than a configuration may have.
func readBounded(path string) ([]byte, *Problem) {
	f, err := os.Open(path) //nolint:gosec // the file the person at the keys named
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer func() { _ = f.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return nil, unreadable(path, err)
	}
	return data, nil
}

// unreadable names the cause and leaves out the path the library repeats.
func unreadable(path string, err error) *Problem {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Problem{Code: FileMissing, Got: excerpt(path)}
	case errors.Is(err, fs.ErrPermission):
		return &Problem{Code: FileDenied, Got: excerpt(path)}
	}
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	return &Problem{Code: File, Got: excerpt(path), Want: err.Error()}
}

// certificates opens what the TLS table names.
func (d *document) certificates(t TLS) {
	open := func(key, path string) []byte {
		if path == "" || d.reported(key) {
			return nil
		}
		data, cause := readBounded(path)
		if cause != nil {
			cause.Key = key
			d.report(d.valueAt(key, ""), *cause)
			return nil
		}
		return data
	}
	if ca := open("host.tls.ca", t.CA); ca != nil && !x509.NewCertPool().AppendCertsFromPEM(ca) {
		d.report(d.valueAt("host.tls.ca", ""), Problem{Key: "host.tls.ca", Code: Certificate, Got: excerpt(t.CA)})
	}
	cert, key := open("host.tls.cert", t.Cert), open("host.tls.key", t.Key)
	defer clear(key)
	switch {
	case cert == nil || key == nil:
	case !hasCertificate(cert):
		d.report(d.valueAt("host.tls.cert", ""), Problem{Key: "host.tls.cert", Code: Certificate, Got: excerpt(t.Cert)})
	default:
		if _, err := tls.X509KeyPair(cert, key); err != nil {
			d.report(d.valueAt("host.tls.key", ""), Problem{Key: "host.tls.key", Code: KeyPair, Got: "********", Want: "host.tls.cert"})
		}
	}
}

func hasCertificate(data []byte) bool {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			_, err := x509.ParseCertificate(block.Bytes)
			return err == nil
		}
	}
	return false
}

// ClientTLS is the link's side of TLS: only the file's CAs are trusted, TLS 1.2
// or newer, the client certificate where there is one. It is nil where the link
// is plain TCP or the host is inside the program.
func (h Host) ClientTLS() (*tls.Config, error) {
	if h.TLS.CA == "" || h.EmbeddedHost() {
		return nil, nil //nolint:nilnil // no TLS is an answer, and crypto/tls takes nil for it
	}
	ca, cause := readBounded(h.TLS.CA)
	if cause != nil {
		return nil, fmt.Errorf("host.tls.ca: %w", *cause)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(ca) {
		return nil, fmt.Errorf("host.tls.ca: %w", Problem{Code: Certificate, Got: excerpt(h.TLS.CA)})
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool, ServerName: h.TLS.ServerName}
	if c.ServerName == "" {
		name, _, err := net.SplitHostPort(h.Address)
		if err != nil {
			return nil, fmt.Errorf("host.address: %w", err)
		}
		c.ServerName = name
	}
	if h.TLS.Cert != "" {
		pair, err := tls.LoadX509KeyPair(h.TLS.Cert, h.TLS.Key)
		if err != nil {
			return nil, fmt.Errorf("host.tls.cert: %w", err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}
