package keys

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func seals(t testing.TB, fill byte) Sealer {
	t.Helper()
	s, err := NewSealer(bytes.Repeat([]byte{fill}, masterLen))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func store(t testing.TB, dir string) *Store {
	t.Helper()
	return OpenStore(dir, "10000001", seals(t, 1))
}

// everyKey is one of each purpose.
func everyKey(t testing.TB) []Held {
	t.Helper()
	return []Held{
		{Purpose: MasterKey, Key: key(t, hush)},
		{Purpose: DUKPTTDES, Key: key(t, "A40BD8135E7692CF3B8E01D7C24F6915"), KSN: unhex(t, "FFFF9876543210E00000")},
		{Purpose: DUKPTAES, Key: key(t, hush+hush[:16]), KSN: unhex(t, "123456789012345600000000")},
	}
}

func full(t testing.TB) (string, *Store) {
	t.Helper()
	dir := t.TempDir()
	s := store(t, dir)
	for _, h := range everyKey(t) {
		if err := s.Put(h); err != nil {
			t.Fatal(err)
		}
	}
	return dir, s
}

func TestStoreKeepsKeys(t *testing.T) {
	dir, s := full(t)
	for _, want := range everyKey(t) {
		got, err := store(t, dir).Get(want.Purpose)
		if err != nil || !got.Key.Equal(want.Key) || !bytes.Equal(got.KSN, want.KSN) {
			t.Errorf("%s: %v", want.Purpose, err)
		}
		wants(t, s.Put(want), ErrKeyThere)
	}
	there, err := Stored(dir)
	if err != nil || fmt.Sprint(there) != fmt.Sprint(Purposes()) {
		t.Errorf("%v, %v", there, err)
	}
	tmk, err := s.TMK()
	if err != nil || !tmk.Equal(key(t, hush)) {
		t.Error(err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for path := range files(t, dir) {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "keys")); err != nil || info.Mode().Perm() != 0o700 {
		t.Error("the folder is open to others")
	}
}

// files is every file below a folder.
func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		all[path], err = os.ReadFile(path)
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d files, %v", len(all), err)
	}
	return all
}

// Nothing of a key is on the disk: binary, hex, base64 at any alignment.
func TestStoreLeaksNothing(t *testing.T) {
	dir, _ := full(t)
	inClear := func(content, k []byte) bool {
		found := bytes.Contains(content, k) ||
			bytes.Contains(bytes.ToLower(content), []byte(hex.EncodeToString(k)))
		for shift := range 3 {
			b := base64.StdEncoding.EncodeToString(append(make([]byte, shift), k...))
			found = found || bytes.Contains(content, []byte(strings.TrimRight(b, "=")[(shift*8+5)/6:len(b)-4]))
		}
		return found
	}
	for path, content := range files(t, dir) {
		for _, h := range everyKey(t) {
			for _, part := range [][]byte{h.Key.bytes(), h.Key.bytes()[:8], h.Key.bytes()[8:16]} {
				if inClear(content, part) {
					t.Errorf("a key in %s", path)
				}
				if !inClear([]byte("x"+upperHex(part)), part) || !inClear(part, part) ||
					!inClear([]byte(base64.StdEncoding.EncodeToString(append([]byte("any"), part...))), part) {
					t.Fatal("the search finds nothing")
				}
			}
		}
	}
}

// Every bit of a file counts, and so does its length.
func TestEveryByteOfAFileCounts(t *testing.T) {
	dir, s := full(t)
	for path, content := range files(t, dir) {
		try := func(changed []byte, how string) {
			if err := os.WriteFile(path, changed, 0o600); err != nil {
				t.Fatal(err)
			}
			var err error
			if strings.HasSuffix(path, ".count") {
				p := TDES
				if strings.Contains(path, "aes") {
					p = AES
				}
				_, err = s.Device(p, false)
			} else {
				_, err = s.Get(Purpose(strings.TrimSuffix(filepath.Base(path), ".key")))
			}
			if !errors.Is(err, ErrSealed) {
				t.Errorf("%s %s: %v", filepath.Base(path), how, err)
			}
		}
		for i := range content {
			changed := bytes.Clone(content)
			changed[i] ^= 1
			try(changed, fmt.Sprintf("byte %d", i))
		}
		try(nil, "empty")
		try(content[:len(content)-1], "cut")
		try(append(bytes.Clone(content), 0), "longer")
		try(make([]byte, 1<<20), "enormous")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A file opens only for its terminal, under its name and with its folder's key.
func TestSealBinds(t *testing.T) {
	dir, s := full(t)
	_, err := OpenStore(dir, "10000002", seals(t, 1)).TMK()
	wants(t, err, ErrSealed)
	_, err = OpenStore(dir, "10000001", seals(t, 2)).TMK()
	wants(t, err, ErrSealed)
	path := func(name string) string { return filepath.Join(dir, "keys", name) }
	if err := os.Rename(path("dukpt-tdes.key"), path("tmk.key")); err != nil {
		t.Fatal(err)
	}
	_, err = s.TMK()
	wants(t, err, ErrSealed)
}

// The counter of one key is not taken for another's.
func TestCountersDoNotChangePlaces(t *testing.T) {
	dir, s := full(t)
	list, err := filepath.Glob(filepath.Join(dir, "keys", "*.count"))
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	one, err := os.ReadFile(list[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(list[1], list[0]); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(list[1], one, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []Cipher{TDES, AES} {
		_, err := s.Device(c, false)
		wants(t, err, ErrSealed)
	}
}

// A serial number is stored without a counter: that has a file of its own.
func TestSerialNumberWithoutCounter(t *testing.T) {
	s := store(t, t.TempDir())
	if err := s.Put(Held{Purpose: DUKPTTDES, Key: key(t, hush), KSN: unhex(t, "FFFF9876543210FFFFFF")}); err != nil {
		t.Fatal(err)
	}
	if h, err := s.Get(DUKPTTDES); err != nil || upperHex(h.KSN) != "FFFF9876543210E00000" {
		t.Errorf("%X, %v", h.KSN, err)
	}
}

// What an earlier version stored opens for good.
func TestStoredBefore(t *testing.T) {
	k, err := store(t, "testdata/stored").TMK()
	if err != nil || !k.Equal(key(t, hush)) {
		t.Error(err)
	}
	d, err := store(t, "testdata/stored").Device(AES, true)
	if err != nil || d.last != 2 || upperHex(d.name) != "123456789012345600000000" {
		t.Error(err)
	}
}

// What opens and is no key of its purpose is refused all the same.
func TestStoreRefusesContent(t *testing.T) {
	dir := t.TempDir()
	s := store(t, dir)
	if err := os.Mkdir(s.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for n := range 60 {
		if n == 17 || n == 25 {
			continue
		}
		if err := s.write(s.path(MasterKey), make([]byte, n), "tmk"); err != nil {
			t.Fatal(err)
		}
		_, err := s.TMK()
		wants(t, err, ErrSealed)
	}
	if err := s.write(s.path(MasterKey), append([]byte{1}, make([]byte, 16)...), "tmk"); err != nil {
		t.Fatal(err)
	}
	_, err := s.TMK()
	wants(t, err, ErrSealed)
}

func TestStoreRefuses(t *testing.T) {
	s := store(t, t.TempDir())
	wants(t, s.Put(Held{Purpose: "pin", Key: key(t, hush)}), ErrKeyLength)
	wants(t, s.Put(Held{Purpose: MasterKey, Key: key(t, hush[:16])}), ErrKeyLength)
	wants(t, s.Put(Held{Purpose: MasterKey, Key: key(t, hush), KSN: make([]byte, 10)}), ErrKSN)
	wants(t, s.Put(Held{Purpose: DUKPTTDES, Key: key(t, hush)}), ErrKSN)
	_, err := s.TMK()
	wants(t, err, ErrNoKey)
	_, err = s.Get("pin")
	wants(t, err, ErrRules)
	_, err = s.Device(TDES, false)
	wants(t, err, ErrNoKey)
	_, err = s.Device("des", false)
	wants(t, err, ErrRules)
	wants(t, s.Erase(MasterKey), ErrNoKey)
	if there, err := Stored(s.dir); err != nil || there != nil {
		t.Errorf("%v, %v", there, err)
	}
	if Purpose("pin").Cipher() != "" || Purpose("pin").KSNLen() != 0 {
		t.Error("no purpose has no cipher")
	}
	_, err = NewSealer(make([]byte, 16))
	wants(t, err, ErrKeyLength)
	if got := fmt.Sprintf("%v %+v %#v %x", s.sealer, s.sealer, s.sealer, s.sealer); got != "sealer sealer sealer sealer" {
		t.Error(got)
	}
}

// failing is a sealer that does not seal.
type failing struct{ Sealer }

func (failing) Seal([]byte, []byte) ([]byte, error) { return nil, errDisk }

func TestStoreOnABadDisk(t *testing.T) {
	dir := t.TempDir()
	s := OpenStore(dir, "10000001", failing{seals(t, 1)})
	for _, h := range everyKey(t) {
		wants(t, s.Put(h), errDisk)
	}
	if there, err := Stored(dir); err != nil || there != nil {
		t.Errorf("%v, %v", there, err)
	}
	// A file where the folder should be.
	if err := os.Remove(filepath.Join(dir, "keys")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "keys"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s = store(t, dir)
	if err := s.Put(everyKey(t)[0]); err == nil {
		t.Error("stored nowhere")
	}
	if runtime.GOOS != "windows" {
		if _, err := Stored(dir); err == nil {
			t.Error("a file is no folder")
		}
		if _, err := s.TMK(); err == nil || errors.Is(err, ErrNoKey) {
			t.Errorf("a store that cannot be read has no key: %v", err)
		}
	}
	if err := writeFile(filepath.Join(dir, "none", "x"), nil); err == nil {
		t.Error("written nowhere")
	}
	if err := os.Mkdir(filepath.Join(dir, "taken"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(filepath.Join(dir, "taken"), nil); err == nil {
		t.Error("a folder was written over")
	}
	if _, err := readFile(filepath.Join(dir, "taken")); err == nil {
		t.Error("a folder was read")
	}
}

// Live takes no key that everybody knows; training has one when nothing is loaded.
func TestMaster(t *testing.T) {
	s := store(t, t.TempDir())
	k, err := s.Master(false)
	if err != nil || !k.Equal(TestTMK) {
		t.Error(err)
	}
	k.Wipe()
	if TestTMK.Empty() {
		t.Fatal("the test key was given away, not a copy")
	}
	_, err = s.Master(true)
	wants(t, err, ErrNoKey)
	if err := s.Put(Held{Purpose: MasterKey, Key: TestTMK}); err != nil {
		t.Fatal(err)
	}
	k, err = s.Master(true)
	wants(t, err, ErrTestKey)
	if !k.Empty() {
		t.Error("a test key in live")
	}
	if k, err = s.Master(false); err != nil || !k.Equal(TestTMK) {
		t.Error(err)
	}
	if err := s.Erase(MasterKey); err != nil {
		t.Fatal(err)
	}
	if err := s.Put(Held{Purpose: MasterKey, Key: key(t, hush)}); err != nil {
		t.Fatal(err)
	}
	for _, live := range []bool{false, true} {
		if k, err = s.Master(live); err != nil || !k.Equal(key(t, hush)) {
			t.Error(err)
		}
	}
	if err := s.Put(Held{Purpose: DUKPTAES, Key: key(t, "1273671EA26AC29AFA4D1084127652A1"), KSN: make([]byte, 12)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Device(AES, false); err != nil {
		t.Error(err)
	}
	_, err = s.Device(AES, true)
	wants(t, err, ErrTestKey)
}

// Every key is used once, over restarts, an erased key that is loaded again, and another
// key loaded between.
func TestCounterOnDiskNeverGoesBack(t *testing.T) {
	dir, s := full(t)
	seen := map[string]bool{}
	use := func(n int) {
		t.Helper()
		for _, c := range []Cipher{TDES, AES} {
			d, err := store(t, dir).Device(c, true)
			if err != nil {
				t.Fatal(err)
			}
			for range n {
				k, ksn := next(t, d)
				if id := string(c) + ksn + string(k.bytes()); seen[id] {
					t.Errorf("%s again", ksn)
				} else {
					seen[id] = true
				}
			}
		}
	}
	for range 5 {
		use(3)
	}
	held := everyKey(t)
	other := Held{Purpose: DUKPTTDES, Key: key(t, hush), KSN: held[1].KSN}
	for _, h := range []Held{other, held[1]} {
		if err := s.Erase(DUKPTTDES); err != nil {
			t.Fatal(err)
		}
		if err := s.Put(h); err != nil {
			t.Fatal(err)
		}
		use(2)
	}
	if len(seen) != 2*15+2*4 {
		t.Errorf("%d keys", len(seen))
	}
}

// Two devices of one key never give the same: the one whose counter stands still stops.
func TestTwoDevicesOfOneKey(t *testing.T) {
	_, s := full(t)
	first, err := s.Device(TDES, false)
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Device(TDES, false)
	if err != nil {
		t.Fatal(err)
	}
	next(t, first)
	k, _, err := second.Next()
	wants(t, err, ErrCounter)
	if !k.Empty() {
		t.Error("a key that was used")
	}
}

// Without its counter an initial key is no use: one that began again would repeat.
func TestLostCounter(t *testing.T) {
	dir, s := full(t)
	d, err := s.Device(TDES, false)
	if err != nil {
		t.Fatal(err)
	}
	lost, err := filepath.Glob(filepath.Join(dir, "keys", "*.count"))
	if err != nil || len(lost) != 2 {
		t.Fatal(lost, err)
	}
	for _, path := range lost {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if k, _, err := d.Next(); !errors.Is(err, fs.ErrNotExist) || !k.Empty() {
		t.Errorf("a key without a counter: %v", err)
	}
	for _, c := range []Cipher{TDES, AES} {
		_, err = s.Device(c, false)
		wants(t, err, fs.ErrNotExist)
	}
}

// A counter file with another content, though sealed, is refused.
func TestCounterContent(t *testing.T) {
	_, s := full(t)
	c, err := s.counter(everyKey(t)[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := s.write(c.path(), make([]byte, 5), c.name); err != nil {
		t.Fatal(err)
	}
	_, err = c.last()
	wants(t, err, ErrSealed)
	wants(t, c.begin(), ErrSealed)
}

func TestEraseLeavesNoKey(t *testing.T) {
	dir, s := full(t)
	for _, p := range Purposes() {
		if err := s.Erase(p); err != nil {
			t.Error(err)
		}
		_, err := s.Get(p)
		wants(t, err, ErrNoKey)
	}
	for path := range files(t, dir) {
		if !strings.HasSuffix(path, ".count") {
			t.Errorf("left: %s", path)
		}
	}
}

func TestHalvedAndParity(t *testing.T) {
	for digits, want := range map[string]bool{
		hush: false, hush[:16]: false, hush[:16] + hush[:16]: true, hush + hush[16:]: true, hush + hush[:16]: false,
		hush[:16] + hush:                    true,
		hush[:14] + "46" + hush[:14] + "47": true, // parity bits apart
	} {
		if k := key(t, digits); k.Halved() != want {
			t.Errorf("%d bytes: %v", k.Len(), !want)
		}
	}
	even := key(t, "0022446688AACCEEFFDDBB9977553311")
	odd := even.WithOddParity()
	a, err := even.CheckValue(TDES)
	b, otherErr := odd.CheckValue(TDES)
	if !odd.OddParity() || even.OddParity() || a != b || err != nil || otherErr != nil {
		t.Error("parity makes another key")
	}
}
