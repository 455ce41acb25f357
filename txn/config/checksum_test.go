package config

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestChecksum: a file that the program keeps for itself is refused when a byte of it
// changed, taken again without its checksum, and has a new one after each change.
func TestChecksum(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.toml")
	for _, columns := range []string{"42", "48"} {
		if _, err := Store(path, "# Kept by the program.\n"+Checksum, "receipts.columns", columns); err != nil {
			t.Fatal(err)
		}
		if c, err := Load(path); err != nil || c.Receipts.Columns == 32 {
			t.Fatalf("its own file: %d columns, %v", c.Receipts.Columns, err)
		}
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(whole, []byte("48"), []byte("42"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	var p *Problems
	if _, err := Load(path); !errors.As(err, &p) || p.List[0].Code != Altered || p.List[0].Line != 2 {
		t.Errorf("a changed value: %v", err)
	}
	before, _, behind, _ := split(whole)
	if err := os.WriteFile(path, append(bytes.Clone(before), behind...), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := Load(path); err != nil || c.Receipts.Columns != 48 {
		t.Errorf("without its checksum: %d, %v", c.Receipts.Columns, err)
	}
}
