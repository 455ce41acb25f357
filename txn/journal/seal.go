package journal

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"

	"vpos/reader"
	"vpos/txn/staff"
)

// Sealer holds what is derived from the master key: the key that wraps batch
// keys, the key of the PAN look-up, the pepper of the operators' PINs and a check
// value. It never prints. Use one for one journal, and give it to [Options].
type Sealer struct {
	wrap   cipher.AEAD
	tagKey []byte
	check  []byte
	pepper staff.Pepper
}

// The lengths of things, in bytes.
const (
	keyLen   = 32 // AES-256 and every HMAC key
	keyIDLen = 8
	nonceLen = 12 // GCM; drawn at random, never counted: a restored backup would repeat a counter
	tagLen   = 16 // GCM
	cardLen  = 1 + maxPANLen + expiryLen
	sealLen  = 1 + keyIDLen + nonceLen + cardLen + tagLen

	maxPANLen   = 19 // ISO/IEC 7812-1
	sealVersion = 1  // number and expiry under one key
	sealDates   = 2  // the expiry under a key of its own within
	expiryLen   = 4  // YYMM
)

// NewSealer asks the source for its master key, derives the working keys
// (HKDF-SHA-256, one for each purpose) and wipes the master. Errors are the
// source's.
func NewSealer(ctx context.Context, source KeySource) (*Sealer, error) {
	master, err := source.Key(ctx)
	if err != nil {
		return nil, fmt.Errorf("journal: master key from %s: %w", source.Kind(), err)
	}
	defer clear(master)
	if len(master) != keyLen {
		return nil, fmt.Errorf("journal: master key from %s: %d bytes instead of %d", source.Kind(), len(master), keyLen)
	}
	derive := func(purpose string) []byte {
		key, e := hkdf.Key(sha256.New, master, nil, "vpos journal 1 "+purpose, keyLen)
		err = errors.Join(err, e)
		return key
	}
	wrapKey, tagKey, check := derive("wrap"), derive("pan look-up"), derive("check")
	defer clear(wrapKey)
	if err != nil {
		return nil, fmt.Errorf("journal: derive keys: %w", err)
	}
	aead, err := gcm(wrapKey)
	if err != nil {
		return nil, err
	}
	pepper, err := staff.NewPepper(master)
	if err != nil {
		return nil, fmt.Errorf("journal: derive keys: %w", err)
	}
	return &Sealer{wrap: aead, tagKey: tagKey, check: check, pepper: pepper}, nil
}

// Pepper is the key that operators' PINs go through.
func (s *Sealer) Pepper() staff.Pepper { return s.pepper }

// String hides what the sealer holds.
func (s *Sealer) String() string { return "sealer" }

// GoString hides what the sealer holds.
func (s *Sealer) GoString() string { return "sealer" }

// Format hides what the sealer holds under every verb.
func (s *Sealer) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("sealer")) }

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("journal: cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("journal: cipher: %w", err)
	}
	return aead, nil
}

// tag is the look-up value of a PAN: HMAC-SHA-256 under a key of its own.
// Sixteen digits with a known last four are few enough to try them all, so a
// bare hash would be no protection.
func (s *Sealer) tag(pan reader.PAN) []byte {
	mac := hmac.New(sha256.New, s.tagKey)
	mac.Write(pan.Reveal())
	sum := mac.Sum(nil)
	mac.Write(make([]byte, mac.BlockSize())) // over the number, which still stands in its block
	return sum
}

// batchKey is the key of one batch, ready for use.
type batchKey struct {
	id    [keyIDLen]byte
	aead  cipher.AEAD
	dates []byte // of the expiry dates; nil once the batch is settled
}

// wrappedKeys are a batch's two keys as the table keeps them; no dates where they are gone.
type wrappedKeys struct{ cards, dates []byte }

// newBatchKey draws the keys of a batch.
func (s *Sealer) newBatchKey(terminal string, batch int64) (k batchKey, w wrappedKeys, err error) {
	var key [keyLen]byte
	defer clear(key[:])
	_, _ = rand.Read(key[:]) // never fails: crypto/rand ends the program instead
	_, _ = rand.Read(k.id[:])
	if k.aead, err = gcm(key[:]); err != nil {
		return batchKey{}, w, err
	}
	k.dates = randomBytes(keyLen)
	w.cards = s.wrapped(key[:], wrapAAD(terminal, batch, k.id))
	w.dates = s.wrapped(k.dates, datesAAD(terminal, batch, k.id))
	return k, w, nil
}

func (s *Sealer) wrapped(key, aad []byte) []byte {
	nonce := make([]byte, nonceLen, nonceLen+keyLen+tagLen)
	_, _ = rand.Read(nonce)
	return s.wrap.Seal(nonce, nonce, key, aad)
}

// openBatchKey unwraps what newBatchKey wrapped; [ErrSeal] if it was altered or
// belongs to another terminal, batch or master key.
func (s *Sealer) openBatchKey(terminal string, batch int64, id [keyIDLen]byte, w wrappedKeys) (batchKey, error) {
	key, err := s.unwrapped(w.cards, wrapAAD(terminal, batch, id))
	if err != nil {
		return batchKey{}, err
	}
	defer clear(key)
	aead, err := gcm(key)
	k := batchKey{id: id, aead: aead}
	if err == nil && len(w.dates) > 0 {
		k.dates, err = s.unwrapped(w.dates, datesAAD(terminal, batch, id))
	}
	return k, err
}

func (s *Sealer) unwrapped(key, aad []byte) ([]byte, error) {
	if len(key) != nonceLen+keyLen+tagLen {
		return nil, fmt.Errorf("%w: batch key of %d bytes", ErrSeal, len(key))
	}
	out, err := s.wrap.Open(nil, key[:nonceLen], key[nonceLen:], aad)
	if err != nil {
		return nil, fmt.Errorf("%w: batch key: %w", ErrSeal, err)
	}
	return out, nil
}

func datesAAD(terminal string, batch int64, id [keyIDLen]byte) []byte {
	return append(wrapAAD(terminal, batch, id), " dates"...)
}

func wrapAAD(terminal string, batch int64, id [keyIDLen]byte) []byte {
	b := appendBytes([]byte("vpos batch key 1"), terminal)
	return append(appendNumber(b, batch), id[:]...)
}

// seal encrypts a card's number and expiry for column sealed of a row. The blob
// is version ‖ key id ‖ nonce ‖ ciphertext and always the same length, so it
// does not tell how long the number is.
func (k batchKey) seal(terminal string, seq int64, card reader.Card) []byte {
	var clearCard [cardLen]byte
	defer clear(clearCard[:])
	clearCard[0] = byte(copy(clearCard[1:1+maxPANLen], card.PAN.Reveal())) //nolint:gosec // at most nineteen
	copy(clearCard[1+maxPANLen:], card.Expiry.YYMM())
	blob := make([]byte, 1+keyIDLen+nonceLen, sealLen)
	blob[0] = sealVersion
	copy(blob[1:], k.id[:])
	nonce := blob[1+keyIDLen:]
	_, _ = rand.Read(nonce)
	if k.dates != nil {
		blob[0] = sealDates
		k.cover(clearCard[1+maxPANLen:], seq, nonce)
	}
	return k.aead.Seal(blob, nonce, clearCard[:], sealAAD(terminal, seq, k.id, blob[0]))
}

// cover enciphers an expiry date, and deciphers it: under a pad that no other row has. That
// it was not altered is the seal's part, which lies around it.
func (k batchKey) cover(yymm []byte, seq int64, nonce []byte) {
	mac := hmac.New(sha256.New, k.dates)
	mac.Write(appendNumber(nil, seq))
	mac.Write(nonce)
	pad := mac.Sum(nil)
	defer clear(pad)
	subtle.XORBytes(yymm, yymm, pad[:len(yymm)])
}

func sealAAD(terminal string, seq int64, id [keyIDLen]byte, version byte) []byte {
	b := appendBytes([]byte("vpos journal 1 sealed"), terminal)
	b = append(appendNumber(b, seq), id[:]...)
	if version == sealVersion {
		return b
	}
	return append(b, version)
}

// sealedBy reads the key id from a sealed blob; [ErrSeal] if it is none.
func sealedBy(blob []byte) (id [keyIDLen]byte, err error) {
	if len(blob) != sealLen || blob[0] != sealVersion && blob[0] != sealDates {
		return id, fmt.Errorf("%w: not a sealed card", ErrSeal)
	}
	copy(id[:], blob[1:])
	return id, nil
}

// open decrypts a sealed blob into a card that has a number and an expiry and
// nothing else; without the expiry, where the key of the dates is gone. The caller owns the card and wipes it. [ErrSeal] for anything
// that seal did not make for this very row.
func (k batchKey) open(terminal string, seq int64, blob []byte) (reader.Card, error) {
	id, err := sealedBy(blob)
	if err != nil {
		return reader.Card{}, err
	}
	nonce, text := blob[1+keyIDLen:][:nonceLen], blob[1+keyIDLen+nonceLen:]
	clearCard, err := k.aead.Open(nil, nonce, text, sealAAD(terminal, seq, id, blob[0]))
	if err != nil {
		return reader.Card{}, fmt.Errorf("%w: %w", ErrSeal, err)
	}
	defer clear(clearCard)
	if len(clearCard) != cardLen {
		return reader.Card{}, fmt.Errorf("%w: card of %d bytes", ErrSeal, len(clearCard))
	}
	switch yymm := clearCard[1+maxPANLen:]; {
	case blob[0] == sealVersion:
	case k.dates == nil:
		clear(yymm)
	default:
		k.cover(yymm, seq, nonce)
	}
	return parseCard(clearCard)
}

// parseCard reads the fixed layout under the seal: one byte how many digits,
// nineteen bytes for them, four for the expiry as YYMM or zeros.
func parseCard(b []byte) (reader.Card, error) {
	if len(b) != cardLen || b[0] > maxPANLen {
		return reader.Card{}, fmt.Errorf("%w: card of %d bytes", ErrSeal, len(b))
	}
	pan, err := reader.RestorePAN(b[1 : 1+int(b[0])])
	if err != nil {
		return reader.Card{}, fmt.Errorf("%w: number: %w", ErrSeal, err)
	}
	card := reader.Card{PAN: pan}
	if yymm := b[1+maxPANLen:]; [4]byte(yymm) != [4]byte{} {
		if card.Expiry, err = reader.ParseYYMM(yymm); err != nil {
			pan.Wipe()
			return reader.Card{}, fmt.Errorf("%w: expiry: %w", ErrSeal, err)
		}
	}
	return card, nil
}
