package spool

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// logName is the list's file: a line a record, its checksum first.
const logName = "jobs.log"

// record is what became of a job, at a moment.
type record struct {
	Number uint64    `json:"n"` // counts jobs, from 1
	At     time.Time `json:"at"`
	Name   string    `json:"job"`
	State  state     `json:"is"`
	Why    string    `json:"why,omitempty"`
}

// state is how far a job has come.
type state string

const (
	sending state = "sending" // written before its first byte leaves
	printed state = "printed"
	failed  state = "failed" // nothing of it has left
	unsure  state = "unsure"
)

const (
	maxLog  = 1 << 20 // then the oldest records go
	keepLog = 2000    // jobs that are kept, the newest
	maxLine = 1 << 12
)

// line is a record as it is written.
func (r record) line() ([]byte, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("job %s: %w", r.Name, err)
	}
	return fmt.Appendf(nil, "%08x %s\n", crc32.ChecksumIEEE(text), text), nil
}

// parse reads a list. A last line without its end is a write that a power cut has
// interrupted: nothing of its job has left. Any other line that does not hold is damage, and
// counted.
func parse(data []byte) (list []record, whole, damaged int) {
	for len(data) > 0 {
		text, rest, ended := bytes.Cut(data, []byte("\n"))
		if !ended {
			break
		}
		whole += len(text) + 1
		data = rest
		if r, ok := parseLine(text); ok {
			list = append(list, r)
		} else {
			damaged++
		}
	}
	return list, whole, damaged
}

func parseLine(text []byte) (record, bool) {
	var r record
	sum, body, ok := bytes.Cut(text, []byte(" "))
	if !ok || len(text) > maxLine {
		return r, false
	}
	if want := fmt.Sprintf("%08x", crc32.ChecksumIEEE(body)); string(sum) != want || json.Unmarshal(body, &r) != nil {
		return r, false
	}
	switch r.State {
	case sending, printed, failed, unsure:
		return r, r.Name != "" && r.Number > 0
	}
	return r, false
}

// openLog reads the list of a folder and opens it for more.
func openLog(dir string) (list []record, damaged int, file *os.File, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, 0, nil, fmt.Errorf("spool: %w", err)
	}
	path := filepath.Join(dir, logName)
	data, err := os.ReadFile(path) //nolint:gosec // in the data folder
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil, fmt.Errorf("spool: %w", err)
	}
	list, whole, damaged := parse(data)
	if len(data) > maxLog {
		list = newest(list)
		if err := rewrite(path, list); err != nil {
			return nil, 0, nil, err
		}
		whole = -1
	}
	if file, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600); err != nil { //nolint:gosec // in the data folder
		return nil, 0, nil, fmt.Errorf("spool: %w", err)
	}
	if whole >= 0 && whole < len(data) {
		err = file.Truncate(int64(whole))
	}
	if err == nil {
		err = errors.Join(file.Sync(), syncFolder(dir))
	}
	if err != nil {
		_ = file.Close()
		return nil, 0, nil, fmt.Errorf("spool: %w", err)
	}
	return list, damaged, file, nil
}

// newest is the last record of each of the jobs that came last.
func newest(list []record) []record {
	last := map[string]int{}
	for i, r := range list {
		last[r.Name] = i
	}
	var kept []record
	for i := len(list) - 1; i >= 0 && len(kept) < keepLog; i-- {
		if last[list[i].Name] == i {
			kept = append(kept, list[i])
		}
	}
	for i, j := 0, len(kept)-1; i < j; i, j = i+1, j-1 {
		kept[i], kept[j] = kept[j], kept[i]
	}
	return kept
}

// rewrite puts a shorter list in the place of the old one, in one step.
func rewrite(path string, list []record) error {
	var data []byte
	for _, r := range list {
		line, err := r.line()
		if err != nil {
			return err
		}
		data = append(data, line...)
	}
	fresh, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // in the data folder
	if err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	_, err = fresh.Write(data)
	if err = errors.Join(err, fresh.Sync(), fresh.Close()); err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // the data folder's own
	if err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	defer func() { _ = d.Close() }()
	if err := d.Sync(); err != nil && canSyncFolders {
		return fmt.Errorf("spool: %w", err)
	}
	return nil
}
