package sim

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
)

// ErrCertificate says that a file has no certificate in it.
var ErrCertificate = errors.New("no certificate in the file")

// TLSConfig is what a listener of the simulator needs for TLS 1.2 and above: the
// files of its certificate and key (PEM) and, where terminals must show one of
// their own, of the authority that signs theirs; empty for none.
func TLSConfig(certificate, key, clientCA string) (*tls.Config, error) {
	pair, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return nil, fmt.Errorf("certificate of the host: %w", err)
	}
	c := &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	if clientCA == "" {
		return c, nil
	}
	text, err := os.ReadFile(clientCA) //nolint:gosec // the file the person at the keys named
	if err != nil {
		return nil, fmt.Errorf("authority of the terminals: %w", err)
	}
	c.ClientCAs = x509.NewCertPool()
	if !c.ClientCAs.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("authority of the terminals: %w", ErrCertificate)
	}
	c.ClientAuth = tls.RequireAndVerifyClientCert
	return c, nil
}
