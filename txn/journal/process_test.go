package journal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"vpos/txn"
)

// The test binary plays the other process when these are set.
const (
	envRole = "VPOS_JOURNAL_ROLE"
	envPath = "VPOS_JOURNAL_PATH"
)

func TestMain(m *testing.M) {
	if role := os.Getenv(envRole); role != "" {
		child(role, os.Getenv(envPath))
		return
	}
	os.Exit(m.Run())
}

// child is the other process. It says on its output what it reached.
func child(role, path string) {
	t := &testing.B{} // only for its Fatal, which ends the process
	opt := options(t, path)
	j, err := Open(context.Background(), opt)
	for _, sentinel := range []error{ErrInUse, ErrReadOnly, ErrFull, ErrCorrupt} {
		if errors.Is(err, sentinel) {
			fmt.Println(role, sentinel)
			return
		}
	}
	if err != nil {
		fmt.Println(role, "error", err)
		return
	}
	switch role {
	case "open":
		fmt.Println("open")
	case "hold":
		fmt.Println("held")
		_, _ = io.Copy(io.Discard, os.Stdin)
	case "append":
		appendForever(t, j)
	}
}

// appendForever acknowledges each commit on its output, after it is durable.
func appendForever(t testing.TB, j *Journal) {
	seq, _ := j.Head()
	for stan := txn.STAN(seq + 1); ; stan++ {
		s := sale(t, 1, stan)
		for _, r := range [][]txn.Record{{{Type: txn.RecIntent, Txn: s}}, {ended(s, txn.RecApproved), paper(s, txn.RecPrinted, txn.MerchantCopy)}} {
			if err := j.Append(context.Background(), noon, r); err != nil {
				fmt.Println("error", err)
				return
			}
			at, hash := j.Head()
			fmt.Println("stored", at, hash)
		}
	}
}

func command(role, path string) *exec.Cmd {
	c := exec.Command(os.Args[0], "-test.run=^$")
	c.Env = append(os.Environ(), envRole+"="+role, envPath+"="+path)
	c.Stderr = os.Stderr
	return c
}

func run(t *testing.T, role, path string) string {
	t.Helper()
	out, err := command(role, path).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// One journal, one process; and within it one journal.
func TestSecondUserIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	other := command("hold", path)
	in, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("the other process says %q", line)
	}
	opt := options(t, path)
	if _, err := Open(context.Background(), opt); !errors.Is(err, ErrInUse) {
		t.Errorf("beside another process: %v", err)
	}
	_ = in.Close()
	_ = other.Wait()

	j := open(t, opt)
	if _, err := Open(context.Background(), opt); !errors.Is(err, ErrInUse) {
		t.Errorf("twice in one process: %v", err)
	}
	if got := run(t, "open", path); got != "open "+ErrInUse.Error() {
		t.Errorf("the other process got %q", got)
	}
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 1)}) // the refused ones did no harm
	mustVerify(t, j)
	_ = j.Close()
	if got := run(t, "open", path); got != "open" {
		t.Errorf("after closing the other process got %q", got)
	}
}

// Killed at any point, every acknowledged row is there and the chain is whole.
func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	kills := 25
	if testing.Short() {
		kills = 4
	}
	if n, err := strconv.Atoi(os.Getenv("VPOS_KILLS")); err == nil {
		kills = n
	}
	acknowledged := map[int64]string{}
	for range kills {
		other := command("append", path)
		out, err := other.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := other.Start(); err != nil {
			t.Fatal(err)
		}
		go func() {
			time.Sleep(time.Duration(60+rand.IntN(120)) * time.Millisecond)
			_ = other.Process.Kill()
		}()
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var seq int64
			var hash string
			if _, err := fmt.Sscanf(lines.Text(), "stored %d %s", &seq, &hash); err != nil || len(hash) != 64 {
				if strings.HasPrefix(lines.Text(), "error") {
					t.Fatal(lines.Text())
				}
				continue // the last line was cut off
			}
			acknowledged[seq] = hash
		}
		_ = other.Wait()
		checkAcknowledged(t, path, acknowledged)
	}
	if len(acknowledged) < kills {
		t.Errorf("only %d commits before %d kills: nothing was tested", len(acknowledged), kills)
	}
	t.Logf("%d kills, %d acknowledged commits", kills, len(acknowledged))
}

func checkAcknowledged(t *testing.T, path string, acknowledged map[int64]string) {
	t.Helper()
	j := open(t, options(t, path))
	defer func() { _ = j.Close() }()
	mustVerify(t, j)
	rows, err := j.List(context.Background(), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	hashes := map[int64]string{}
	for _, r := range rows {
		hashes[r.Seq] = r.Hash.String()
	}
	for seq, hash := range acknowledged {
		if hashes[seq] != hash {
			t.Fatalf("row %d was acknowledged as %s and is %q", seq, hash, hashes[seq])
		}
	}
	r, err := j.Recover(context.Background())
	if err != nil || len(r.Open) > 1 {
		t.Errorf("%d open transactions, %v", len(r.Open), err)
	}
	for _, o := range r.Open { // as the machine would at start-up
		write(t, j, ended(o, txn.RecReversalPending), ended(o, txn.RecReversed))
	}
}
