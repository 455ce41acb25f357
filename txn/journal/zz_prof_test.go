package journal

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3/vfs"

	"vpos/txn"
)

type tv struct {
	vfs.VFS
	sync, write []time.Duration
	ws, ss      time.Duration
	n           int
}

func (v *tv) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := v.VFS.(vfs.VFSFilename).OpenFilename(name, flags)
	if err != nil || !strings.HasSuffix(name.String(), "-wal") {
		return f, flags, err
	}
	return &tf{f, v}, flags, nil
}

type tf struct {
	vfs.File
	v *tv
}

func (f *tf) Sync(flags vfs.SyncFlag) error {
	s := time.Now()
	defer func() { f.v.ss += time.Since(s) }()
	return f.File.Sync(flags)
}
func (f *tf) WriteAt(b []byte, off int64) (int, error) {
	s := time.Now()
	defer func() { f.v.ws += time.Since(s); f.v.n++ }()
	return f.File.WriteAt(b, off)
}

func TestZZ(t *testing.T) {
	v := &tv{VFS: vfs.Find("os")}
	opt := options(t, filepath.Join(t.TempDir(), "journal.db"))
	opt.VFS = "tv " + opt.Path
	vfs.Register(opt.VFS, v)
	j := open(t, opt)
	raw, _ := os.Create(filepath.Join(filepath.Dir(opt.Path), "raw"))
	block := make([]byte, 8240)
	rand.Read(block)
	for i := range 200 { raw.WriteAt(block, int64(i)*8240) }
	raw.Sync()
	for phase := range 6 {
		var all, s, w, r, rw []time.Duration
		for i := range 400 {
			recs := []txn.Record{{Type: txn.RecIntent, Txn: sale(t, 1, txn.STAN(phase*400+i+1))}}
			v.ss, v.ws, v.n = 0, 0, 0
			st := time.Now()
			if err := j.Append(context.Background(), noon, recs); err != nil {
				t.Fatal(err)
			}
			all = append(all, time.Since(st))
			s, w = append(s, v.ss), append(w, v.ws)
			st = time.Now()
			raw.WriteAt(block, int64(i%200)*8240)
			rw = append(rw, time.Since(st))
			raw.Sync()
			r = append(r, time.Since(st))
		}
		fmt.Printf("all %.0f sync %.0f write %.0f raw %.0f rawwrite %.0f  ratio %.2f\n", median(all)*1e6, median(s)*1e6, median(w)*1e6, median(r)*1e6, median(rw)*1e6, median(all)/median(r))
	}
}
