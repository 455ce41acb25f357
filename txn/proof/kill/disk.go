package kill

import (
	"os"
	"path/filepath"
)

// ballast is the file that fills a disk. It begins with a dot so that nobody
// takes it for the terminal's.
const ballast = ".ballast"

// fill leaves so many bytes free in a folder that is a small file system.
func fill(dir string, free int64) {
	f, err := os.Create(filepath.Join(dir, ballast)) //nolint:gosec // the folder under proof
	if err != nil {
		return // it is full already
	}
	defer func() { _ = f.Close() }()
	block := make([]byte, 64<<10)
	var n int64
	for err == nil {
		var wrote int
		wrote, err = f.Write(block)
		n += int64(wrote)
		if n > 2*smallDisk {
			break // this is no small file system
		}
	}
	_ = f.Truncate(max(0, n-free))
}

// free takes the ballast away again.
func (t *till) free() { _ = os.Remove(filepath.Join(t.dir, ballast)) }
