package host_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"log/slog"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/sim"
)

// certificate is a self-signed one for 127.0.0.1.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test host"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func TestTLS(t *testing.T) {
	cert, pool := certificate(t)
	c := codec(t)
	s, err := sim.NewServer(sim.Options{Codec: c, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	plain := listen(t)
	served := make(chan error, 1)
	go func() {
		served <- s.Serve(context.Background(), tls.NewListener(plain, &tls.Config{
			Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12,
		}))
	}()
	address := plain.Addr().String()

	l := link(t, host.LinkOptions{Codec: c, Address: address, TLS: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}})
	send(t, l, sale(t))
	if got := nextReply(t, l); got.Code != "00" {
		t.Errorf("%+v", got)
	}

	stranger := link(t, host.LinkOptions{Codec: c, Address: address, TLS: &tls.Config{MinVersion: tls.VersionTLS12}})
	var failed *host.SendError
	if err := stranger.Send(context.Background(), sale(t)); !errors.As(err, &failed) || failed.Written {
		t.Errorf("a host nobody vouches for: %v", err)
	}

	// The farewell of TLS on an idle connection is noticed before a sale.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	<-served
	r := sale(t)
	r.STAN = 9
	if err := l.Send(context.Background(), r); !errors.As(err, &failed) || failed.Written {
		t.Errorf("the host is gone: %v", err)
	}
	select {
	case e := <-l.Inbox():
		if lost, ok := e.(txn.LinkLost); !ok || lost.Op != "" {
			t.Errorf("got %#v", e)
		}
	case <-time.After(20 * time.Millisecond):
	}
}

// A host that refuses the terminal's certificate says so after the handshake, and the
// log of the link says why nothing is answered.
func TestRefusedCertificateIsLogged(t *testing.T) {
	cert, pool := certificate(t)
	stranger, _ := certificate(t)
	c := codec(t)
	s, err := sim.NewServer(sim.Options{Codec: c, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	plain := listen(t)
	go func() {
		_ = s.Serve(context.Background(), tls.NewListener(plain, &tls.Config{
			Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS13,
			ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool,
		}))
	}()
	log := &lines{}
	l := link(t, host.LinkOptions{
		Codec: c, Address: plain.Addr().String(), Log: slog.New(slog.NewTextHandler(log, nil)),
		TLS: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{stranger}},
	})
	if err := l.Send(context.Background(), sale(t)); err == nil {
		if lost, ok := next(t, l).(txn.LinkLost); !ok || lost.Code != txn.HostLost {
			t.Errorf("%+v", lost)
		}
	}
	if got := log.String(); !strings.Contains(got, "level=WARN") || !strings.Contains(got, "remote error: tls: ") {
		t.Errorf("the log says %q", got)
	}
}
