package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/pcsc"
	"vpos/txn/config"
	"vpos/txn/health"
	"vpos/txn/host"
)

// Checks run beside each other, each is told once, and one that hangs costs its limit
// and no more.
func TestRunChecks(t *testing.T) {
	const limit = 200 * time.Millisecond
	hang := make(chan struct{})
	defer close(hang)
	good := func(c health.Code) func(context.Context) health.Finding {
		return func(context.Context) health.Finding { return found(c, health.Good) }
	}
	meet := make(chan struct{}, 1)
	list := []check{
		{health.Disk, limit, func(context.Context) health.Finding { <-hang; return health.Finding{} }},
		{health.Link, limit, func(ctx context.Context) health.Finding { <-ctx.Done(); return found(health.LinkDown, health.Fault) }},
		{health.Clock, limit, func(context.Context) health.Finding { <-meet; return found(health.ClockTrue, health.Good) }},
		{health.Folder, limit, func(context.Context) health.Finding {
			meet <- struct{}{}
			return found(health.FolderPrivate, health.Good)
		}},
		{health.Dumps, limit, good(health.DumpsOff)},
	}
	var told []health.Code
	var telling atomic.Int32
	begun := time.Now()
	runChecks(t.Context(), list, func(f health.Finding) {
		if telling.Add(1) != 1 {
			t.Error("two were told at a time")
		}
		told = append(told, f.Code)
		telling.Add(-1)
	})
	if took := time.Since(begun); took > 10*limit {
		t.Errorf("took %v", took)
	}
	want := map[health.Code]bool{health.Late(health.Disk): true, health.LinkDown: true, health.ClockTrue: true, health.FolderPrivate: true, health.DumpsOff: true}
	for _, c := range told {
		delete(want, c)
	}
	if len(want) != 0 || len(told) != len(list) {
		t.Errorf("told %v; never: %v", told, want)
	}
}

// A person who leaves ends a check at once.
func TestRunChecksEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	hang := make(chan struct{})
	defer close(hang)
	begun, n := time.Now(), 0
	runChecks(ctx, []check{{health.Disk, time.Minute, func(context.Context) health.Finding { <-hang; return health.Finding{} }}},
		func(f health.Finding) {
			n++
			if f.Outcome != health.NotApplicable {
				t.Error(f.Outcome)
			}
		})
	if time.Since(begun) > 10*time.Second || n != 1 {
		t.Errorf("took %v, told %d", time.Since(begun), n)
	}
}

// The program's file is recorded the first time a version is seen, and compared ever
// after; a checksum beside it counts before that.
func TestProgramOf(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	exe := filepath.Join(dir, "vpos")
	put := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	is := func(what, folder, version string, code health.Code, outcome health.Outcome) health.Finding {
		t.Helper()
		f := programOf(exe, folder, version, now)
		if f.Code != code || f.Outcome != outcome {
			t.Errorf("%s: %s %s, want %s %s", what, f.Code, f.Outcome, code, outcome)
		}
		return f
	}
	is("not there", data, "v1", health.ProgramUnreadable, health.Warning)
	put(exe, "one")
	is("no data yet", "", "v1", health.ProgramUnrecorded, health.NotApplicable)
	is("from source", data, "v1-dirty", health.ProgramSource, health.NotApplicable)
	if left, _ := os.ReadDir(data); len(left) != 0 {
		t.Errorf("recorded already: %v", left)
	}
	is("first", data, "v1", health.ProgramFirst, health.Good)
	now = now.AddDate(0, 0, 1)
	f := is("again", data, "v1", health.ProgramSame, health.Good)
	if last := f.Figures[len(f.Figures)-1]; last.Name != health.First || last.Text != "2026-11-23" {
		t.Errorf("first seen %+v", last)
	}
	put(exe, "two")
	is("changed", data, "v1", health.ProgramChanged, health.Fault)
	is("changed, and stays so", data, "v1", health.ProgramChanged, health.Fault)
	is("a new version", data, "v2", health.ProgramFirst, health.Good)
	put(exe+".sha256", "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3  vpos\n") // of "two"
	is("with its checksum", data, "v1", health.ProgramChecked, health.Good)
	put(exe, "three")
	is("with another's", data, "v2", health.ProgramMismatch, health.Fault)
	put(exe+".sha256", "nonsense")
	is("with none in the file", data, "v2", health.ProgramMismatch, health.Fault)
}

func TestReaderFinding(t *testing.T) {
	one := reader.Readers{State: string(pcsc.Ready), List: []reader.ReaderState{{Name: "ACS ACR39U 00 00", Card: reader.CardIn}}}
	auto, named := config.Reader{Use: config.ReaderAuto}, config.Reader{Use: config.ReaderPCSC, Name: "ACS"}
	for _, c := range []struct {
		want config.Reader
		live bool
		got  reader.Readers
		code health.Code
		is   health.Outcome
	}{
		{auto, false, one, health.ReaderReady, health.Good},
		{named, true, one, health.ReaderReady, health.Good},
		{config.Reader{Use: config.ReaderPCSC, Name: "Gemalto"}, false, one, health.ReaderOther, health.Fault},
		{auto, false, reader.Readers{State: string(pcsc.NoService)}, health.ReaderNoService, health.NotApplicable},
		{auto, true, reader.Readers{State: string(pcsc.NoService)}, health.ReaderNoService, health.Warning},
		{named, false, reader.Readers{State: string(pcsc.NoService)}, health.ReaderNoService, health.Fault},
		{auto, true, reader.Readers{State: string(pcsc.NoReader)}, health.ReaderNone, health.Warning},
		{named, false, reader.Readers{State: string(pcsc.Disabled)}, health.ReaderDisabled, health.Fault},
	} {
		if f := readerFinding(c.want, c.live, c.got); f.Code != c.code || f.Outcome != c.is {
			t.Errorf("%s %t %s: %s %s, want %s %s", c.want.Use, c.live, c.got.State, f.Code, f.Outcome, c.code, c.is)
		}
	}
}

func TestLinkFinding(t *testing.T) {
	now := time.Now()
	peer := func(days int) host.Vitals {
		return host.Vitals{Connect: 1, RoundTrip: time.Millisecond, Peer: &host.Peer{Version: "TLS 1.3", Expires: now.AddDate(0, 0, days)}}
	}
	for _, c := range []struct {
		name string
		v    host.Vitals
		err  error
		code health.Code
		is   health.Outcome
	}{
		{"plain", host.Vitals{RoundTrip: time.Millisecond}, nil, health.LinkGood, health.Good},
		{"TLS", peer(31), nil, health.LinkGood, health.Good},
		{"ends soon", peer(29), nil, health.LinkEnds, health.Warning},
		{"slow", host.Vitals{RoundTrip: health.SlowAnswer}, nil, health.LinkSlow, health.Warning},
		{"mute", peer(31), fmt.Errorf("%w: late", host.ErrNoAnswer), health.LinkSilent, health.Fault},
		{"gone", host.Vitals{}, &host.SendError{Err: errors.New("refused")}, health.LinkDown, health.Fault},
		{"stranger", host.Vitals{}, &host.SendError{Err: &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}}, health.LinkTLS, health.Fault},
		{"no TLS at all", host.Vitals{}, &host.SendError{Err: tls.RecordHeaderError{}}, health.LinkTLS, health.Fault},
		{"does not want us", host.Vitals{}, &host.SendError{Err: tls.AlertError(42)}, health.LinkTLS, health.Fault},
	} {
		if f := linkFinding(c.v, c.err, now); f.Code != c.code || f.Outcome != c.is {
			t.Errorf("%s: %s %s, want %s %s", c.name, f.Code, f.Outcome, c.code, c.is)
		}
	}
}

func TestNearest(t *testing.T) {
	dir := t.TempDir()
	if got := nearest(filepath.Join(dir, "a", "b")); got != dir {
		t.Errorf("%s, want %s", got, dir)
	}
	if got := nearest(dir); got != dir {
		t.Errorf("%s, want %s", got, dir)
	}
}
