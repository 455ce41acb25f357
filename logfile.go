package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"vpos/reader"
)

// The log: one file, turned over when it grows, and masked on its way in. What
// looks like a card number never reaches it, whoever wrote the line.

const (
	logLimit = 2 << 20 // bytes before the file is turned over
	logKept  = 3       // files kept beside the current one
)

// logFile is the writer behind the logger.
type logFile struct {
	mu   sync.Mutex
	path string
	file *os.File
	size int64
}

// openLog opens DIR/log/vpos.log for appending and returns a logger on it.
func openLog(dir string, level slog.Level) (*slog.Logger, *logFile, error) {
	path := filepath.Join(dir, "log", "vpos.log")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, nil, fmt.Errorf("log folder: %w", err)
	}
	l := &logFile{path: path}
	if err := l.open(); err != nil {
		return nil, nil, err
	}
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: level})), l, nil
}

func (l *logFile) open() error {
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("log file: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("log file: %w", err)
	}
	l.file, l.size = f, info.Size()
	return nil
}

// Write masks a line and appends it. A disk that is full costs the line, never
// the sale.
func (l *logFile) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.size > logLimit {
		if err := l.turnOver(); err != nil {
			return 0, err
		}
	}
	n, err := l.file.WriteString(reader.MaskText(string(line)))
	l.size += int64(n)
	if err != nil {
		return 0, fmt.Errorf("log file: %w", err)
	}
	return len(line), nil
}

// turnOver renames vpos.log to vpos.log.1, .1 to .2 and so on, and begins anew.
func (l *logFile) turnOver() error {
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("log file: %w", err)
	}
	for i := logKept - 1; i > 0; i-- {
		_ = os.Rename(fmt.Sprintf("%s.%d", l.path, i), fmt.Sprintf("%s.%d", l.path, i+1)) // absent at first
	}
	_ = os.Rename(l.path, l.path+".1")
	return l.open()
}

// Close closes the file.
func (l *logFile) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("log file: %w", err)
	}
	return nil
}
