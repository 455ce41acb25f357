package pcscd

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

const (
	// turnLimit is how long to wait for the tests of other packages.
	turnLimit = 5 * time.Minute
	turnStep  = 20 * time.Millisecond
)

// lock waits for this test's turn and holds it to its end. The kernel takes the
// lock back from a test that dies.
func lock(t testing.TB) {
	t.Helper()
	path := filepath.Join(os.TempDir(), "vpos-pcscd.lock")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|syscall.O_NOFOLLOW, 0o600) //nolint:gosec // ours
	if err != nil {
		unable(t, "no right to the lock file "+path)
	}
	t.Cleanup(func() { _ = file.Close() })
	limit, again := time.After(turnLimit), time.NewTicker(turnStep)
	defer again.Stop()
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return
		}
		select {
		case <-again.C:
		case <-limit:
			t.Fatalf("pcscd: other tests hold %s for %v", path, turnLimit)
		}
	}
}

// unable ends a test that cannot have its service: skipped, or failed where the
// service is required.
func unable(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("VPOS_PCSCD") == "required" {
		t.Fatal("pcscd: VPOS_PCSCD=required, but " + why)
	}
	t.Skip("PC/SC NOT TESTED: " + why)
}
