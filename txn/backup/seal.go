package backup

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"golang.org/x/crypto/argon2"

	"vpos/reader"
)

var (
	// ErrNoBackup: the file is not one of ours, or of a later version.
	ErrNoBackup = errors.New("this is no backup of vpos")
	// ErrPassphrase: another passphrase, or the beginning of the file was altered.
	ErrPassphrase = errors.New("the passphrase is another one, or the file is damaged")
	// ErrDamaged: a byte of the file was altered, or its end is missing.
	ErrDamaged = errors.New("the backup is damaged")
)

const (
	mark      = "vpos backup 1\n"
	saltLen   = 16
	headerLen = len(mark) + saltLen + 4 + 4 + 1
	chunkLen  = 64 << 10
	tagLen    = 16
)

// cost is what making the key takes: argon2id passes, KiB and lanes.
type cost struct {
	time, memory uint32
	lanes        uint8
}

// usual is the cost of a new backup: 64 MiB in three passes.
var usual = cost{time: 3, memory: 64 << 10, lanes: 4}

// sane bounds what an altered header can ask for: no more memory than a shop's computer
// has, and no less work than was ever written.
func (c cost) sane() bool {
	return c.time >= usual.time && c.time <= 64 && c.memory >= usual.memory && c.memory <= 16*usual.memory && c.lanes >= 1 && c.lanes <= 16
}

// header is the beginning of a file.
func header(salt []byte, c cost) []byte {
	b := append([]byte(mark), salt...)
	b = binary.BigEndian.AppendUint32(b, c.time)
	b = binary.BigEndian.AppendUint32(b, c.memory)
	return append(b, c.lanes)
}

// parse takes a header apart.
func parse(b []byte) (salt []byte, c cost, err error) {
	rest, ours := bytes.CutPrefix(b, []byte(mark))
	if !ours || len(rest) != headerLen-len(mark) {
		return nil, c, ErrNoBackup
	}
	salt, rest = rest[:saltLen], rest[saltLen:]
	c = cost{time: binary.BigEndian.Uint32(rest), memory: binary.BigEndian.Uint32(rest[4:]), lanes: rest[8]}
	if !c.sane() {
		return nil, c, fmt.Errorf("%w: it would take %d passes over %d KiB", ErrDamaged, c.time, c.memory)
	}
	return salt, c, nil
}

// stream is a sealed stream: its cipher, its header, and the number of the next chunk.
type stream struct {
	aead   cipher.AEAD
	header []byte
	next   uint64
}

func newStream(passphrase reader.Secret, head, salt []byte, c cost) (stream, error) {
	key := argon2.IDKey(passphrase.Reveal(), salt, c.time, c.memory, c.lanes, 32)
	defer clear(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		return stream{}, fmt.Errorf("backup: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return stream{}, fmt.Errorf("backup: %w", err)
	}
	return stream{aead: aead, header: head}, nil
}

// nonce is that of the next chunk: three zeros, its number, and 1 for the last.
func (s *stream) nonce(last bool) []byte {
	n := make([]byte, s.aead.NonceSize())
	binary.BigEndian.PutUint64(n[3:], s.next)
	if last {
		n[11] = 1
	}
	s.next++
	return n
}

// sealer writes chunks. The last one is only known at Close.
type sealer struct {
	stream
	to  io.Writer
	buf []byte
}

// newSealer begins a sealed stream.
func newSealer(to io.Writer, passphrase reader.Secret, c cost) (*sealer, error) {
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt) // never fails: crypto/rand ends the program instead
	head := header(salt, c)
	s, err := newStream(passphrase, head, salt, c)
	if err != nil {
		return nil, err
	}
	if _, err := to.Write(head); err != nil {
		return nil, fmt.Errorf("write: %w", err)
	}
	return &sealer{stream: s, to: to, buf: make([]byte, 0, chunkLen+tagLen)}, nil
}

// Write implements [io.Writer].
func (s *sealer) Write(p []byte) (n int, err error) {
	for n < len(p) {
		if len(s.buf) == chunkLen {
			if err := s.flush(false); err != nil {
				return n, err
			}
		}
		k := min(chunkLen-len(s.buf), len(p)-n)
		s.buf = append(s.buf, p[n:n+k]...)
		n += k
	}
	return n, nil
}

// Close writes the last chunk.
func (s *sealer) Close() error { return s.flush(true) }

func (s *sealer) flush(last bool) error {
	out := s.aead.Seal(s.buf[:0], s.nonce(last), s.buf, s.header)
	_, err := s.to.Write(out)
	clear(s.buf[:cap(s.buf)])
	s.buf = s.buf[:0]
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// opener reads chunks. It gives no byte of a chunk that it has not checked.
type opener struct {
	stream
	from  io.Reader
	ahead []byte // the next chunk, sealed; a short one is the last
	plain []byte // of the chunk before, what was not yet read
	done  bool
}

// newOpener reads the header and the first chunk. [ErrNoBackup], [ErrPassphrase].
func newOpener(from io.Reader, passphrase reader.Secret) (*opener, error) {
	head := make([]byte, headerLen)
	if _, err := io.ReadFull(from, head); err != nil {
		return nil, ErrNoBackup
	}
	salt, c, err := parse(head)
	if err != nil {
		return nil, err
	}
	s, err := newStream(passphrase, head, salt, c)
	if err != nil {
		return nil, err
	}
	o := &opener{stream: s, from: from, ahead: make([]byte, chunkLen+tagLen)}
	if err := o.fill(); err != nil {
		return nil, err
	}
	if err := o.advance(); err != nil {
		return nil, ErrPassphrase
	}
	return o, nil
}

// fill reads the next chunk as it is in the file.
func (o *opener) fill() error {
	n, err := io.ReadFull(o.from, o.ahead[:chunkLen+tagLen])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("read: %w", err)
	}
	o.ahead = o.ahead[:n]
	return nil
}

// advance opens the chunk ahead. A full chunk is the last only where nothing follows.
func (o *opener) advance() error {
	sealed := bytes.Clone(o.ahead)
	last := len(sealed) < chunkLen+tagLen
	if !last {
		if err := o.fill(); err != nil {
			return err
		}
		last = len(o.ahead) == 0
	}
	plain, err := o.aead.Open(sealed[:0], o.nonce(last), sealed, o.header)
	if err != nil {
		return ErrDamaged
	}
	o.plain, o.done = plain, last
	return nil
}

// Read implements [io.Reader]. [ErrDamaged] where a chunk is not what was written.
func (o *opener) Read(p []byte) (int, error) {
	for len(o.plain) == 0 {
		if o.done {
			return 0, io.EOF
		}
		if err := o.advance(); err != nil {
			return 0, err
		}
	}
	n := copy(p, o.plain)
	clear(o.plain[:n])
	o.plain = o.plain[n:]
	return n, nil
}
