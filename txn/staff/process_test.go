package staff_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/journal"
	"vpos/txn/staff"
)

// envPath makes the test binary a thief, who tries wrong PINs at the journal there.
const envPath = "VPOS_STAFF_PATH"

func TestMain(m *testing.M) {
	if path := os.Getenv(envPath); path != "" {
		if err := thief(path); err != nil {
			fmt.Println("error", err)
		}
		return
	}
	os.Exit(m.Run())
}

// folderKey is the key of a data folder.
type folderKey struct{}

func (folderKey) Kind() journal.KeyKind { return "fixed" }

func (folderKey) Key(context.Context) ([]byte, error) { return make([]byte, 32), nil }

// openFolder is the journal at a path and a keeper of its operators, whose comparisons
// take some twenty milliseconds: long enough to be killed in.
func openFolder(path string) (*journal.Journal, *staff.Keeper, error) {
	ctx := context.Background()
	sealer, err := journal.NewSealer(ctx, folderKey{})
	if err != nil {
		return nil, nil, err
	}
	j, err := journal.Open(ctx, journal.Options{Path: path, Sealer: sealer, Terminal: "12345678", Mode: journal.Training})
	if err != nil {
		return nil, nil, err
	}
	return j, staff.New(tellingStore{j}, sealer.Pepper(), slog.New(slog.DiscardHandler)).Costing(16 * 1024), nil
}

// tellingStore says when a try is on disk.
type tellingStore struct{ *journal.Journal }

func (s tellingStore) Change(ctx context.Context, at time.Time, c staff.Change) error {
	err := s.Journal.Change(ctx, at, c)
	if err == nil && len(c.Rows) > 0 && c.Rows[0].Act == staff.Try && os.Getenv(envPath) != "" {
		fmt.Println("stored")
	}
	return err
}

// thief tries a wrong PIN until the operator is locked, and says how far each try is.
// What it says is in the pipe even if the next instruction is its last.
func thief(path string) error {
	_, k, err := openFolder(path)
	if err != nil {
		return err
	}
	k.Compared(func(right bool) { fmt.Println("compared", right) })
	for {
		fmt.Println("trying")
		a := k.Vouch(context.Background(), noon, txn.Vouch{Operator: "01", PIN: reader.NewSecret(wrongPIN)})
		fmt.Println("answer", a.Code)
		if a.Code != txn.StaffWrong {
			return nil
		}
	}
}

// moments are where a thief is killed, and at most how long after it.
var moments = []struct {
	word  string
	after time.Duration
}{
	{"trying", 10 * time.Millisecond}, // while the try is being written
	{"stored", 40 * time.Millisecond}, // during the comparison
	{"compared", 2 * time.Millisecond},
	{"answer", 10 * time.Millisecond},
}

// steal lets a thief try until it is killed or locked out. It returns how many
// comparisons there were, at which moment it was killed, and its last word.
func steal(t *testing.T, path string) (compared int, last string) {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^$")
	c.Env = append(os.Environ(), envPath+"="+path)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	moment, countdown := moments[rand.IntN(len(moments))], 1+rand.IntN(3)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		last = lines.Text()
		if strings.HasPrefix(last, "compared") {
			compared++
		}
		if strings.HasPrefix(last, "error") {
			t.Fatal(last)
		}
		if strings.HasPrefix(last, moment.word) {
			if countdown--; countdown == 0 {
				time.Sleep(time.Duration(rand.Int64N(int64(moment.after))))
				_ = c.Process.Kill()
			}
		}
	}
	_ = c.Wait()
	return compared, last
}

// However a thief kills the terminal, before, in or after a comparison, a PIN is compared
// five times and no more, and then not even the right one is looked at until the time is
// over.
func TestKillGainsNoTry(t *testing.T) {
	folders := 12
	if testing.Short() {
		folders = 3
	}
	if n, err := strconv.Atoi(os.Getenv("VPOS_KILLS")); err == nil {
		folders = max(1, n/4)
	}
	died := map[string]int{}
	for range folders {
		path := filepath.Join(t.TempDir(), "journal.db")
		compared := 0
		settle(t, path, func(k *staff.Keeper) {
			err := k.Add(t.Context(), noon, "", staff.Operator{ID: "01", Name: "Wang", Role: txn.Supervisor}, reader.NewSecret(firstPIN))
			if err != nil {
				t.Fatal(err)
			}
		})
		for locked := false; !locked; {
			n, last := steal(t, path)
			compared += n
			if locked = last == "answer "+string(txn.StaffLocked); !locked {
				word, _, _ := strings.Cut(last, " ")
				died[word]++
			}
			if compared > staff.MaxTries {
				t.Fatalf("%d comparisons", compared)
			}
		}
		settle(t, path, func(k *staff.Keeper) {
			ask := func(at time.Time) txn.Code {
				return k.Vouch(t.Context(), at, txn.Vouch{Operator: "01", PIN: reader.NewSecret(firstPIN)}).Code
			}
			end := noon.Add(staff.LockFor)
			if c := ask(end.Add(-time.Second)); c != txn.StaffLocked {
				t.Errorf("after %d comparisons, the right PIN while locked: %s", compared, c)
			}
			if c := ask(end); c != txn.StaffFresh {
				t.Errorf("the right PIN when the time is over: %s", c)
			}
		})
	}
	t.Logf("killed after %v", died)
}

// settle opens the journal for a moment, in this process, and holds its chains.
func settle(t *testing.T, path string, do func(*staff.Keeper)) {
	t.Helper()
	j, k, err := openFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = j.Close() }()
	do(k)
	if r, err := j.Verify(t.Context()); err != nil || r.Broken != nil {
		t.Errorf("%v, %v", r.Broken, err)
	}
}
