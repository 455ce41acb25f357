package reader

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestBrandOf(t *testing.T) {
	for brand, pans := range testPANs {
		for _, pan := range pans {
			if got := BrandOf([]byte(pan)); got != brand {
				t.Errorf("%s: got %q, want %q", Mask([]byte(pan)), got, brand)
			}
		}
	}
	for prefix, want := range map[string]Brand{
		"": UnknownBrand, "4": Visa, "5": UnknownBrand, "50": Maestro, "508": RuPay, "51": Mastercard,
		"2": UnknownBrand, "22": UnknownBrand, "2200": Mir, "2205": UnknownBrand, "2220": UnknownBrand,
		"2221": Mastercard, "2720": Mastercard, "2721": UnknownBrand, "34": Amex, "35": UnknownBrand,
		"3527": UnknownBrand, "3528": JCB, "3589": JCB, "3590": UnknownBrand, "300": Diners, "306": UnknownBrand,
		"38": Diners, "39": Diners, "36": Diners, "6011": Discover, "643": UnknownBrand, "644": Discover,
		"65": Discover, "62": UnionPay, "81": UnionPay, "606": RuPay, "609": UnknownBrand, "67": Maestro,
		"63": Maestro, "9": UnknownBrand,
	} {
		if got := BrandOf([]byte(prefix)); got != want {
			t.Errorf("%s: got %q, want %q", prefix, got, want)
		}
	}
}

func TestBrandTable(t *testing.T) {
	for _, r := range ranges {
		if len(r.low) != len(r.high) || r.low > r.high || !slices.Contains(Brands(), r.brand) {
			t.Errorf("bad range %+v", r)
		}
	}
	for _, b := range append(Brands(), UnknownBrand) {
		lengths := b.Lengths()
		if !slices.IsSorted(lengths) || lengths[0] < minPAN || lengths[len(lengths)-1] > maxPAN {
			t.Errorf("%s: lengths %v", b, lengths)
		}
		for n := range maxPAN + 5 {
			if got := sum(b.Groups(n)); got != n {
				t.Errorf("%s: groups of %d add up to %d", b, n, got)
			}
		}
		if want := map[bool]int{true: 4, false: 3}[b == Amex]; b.CodeLength() != want {
			t.Errorf("%s: code of %d digits", b, b.CodeLength())
		}
		if b.SoftCheck() != (b == UnionPay) {
			t.Errorf("%s: soft check %v", b, b.SoftCheck())
		}
	}
	if got := Amex.Groups(15); !slices.Equal(got, []int{4, 6, 5}) {
		t.Errorf("amex groups %v", got)
	}
	if got := UnionPay.Groups(19); !slices.Equal(got, []int{4, 4, 4, 4, 3}) {
		t.Errorf("unionpay groups %v", got)
	}
}

func TestParsePAN(t *testing.T) {
	for entry, want := range map[string]error{
		"4111111111111111":    nil,
		"4111 1111 1111 1111": nil,
		"4111-1111-1111-1111": nil,
		"４１１１　１１１１－１１１１ １１１１": nil,
		"378282246310005":           nil,
		"6205500000000000004":       nil,
		badUnionPay:                 FaultPANCheckUnionPay,
		"":                          FaultPANLength,
		"41111111111":               FaultPANLength,
		"41111111111111111111":      FaultPANLength,
		"411111111111111":           FaultPANLength,
		"37828224631000":            FaultPANLength,
		"4111x1111111 1111":         FaultPANFormat,
		"4111.1111.1111.1111":       FaultPANFormat,
		"411111111111111\xff":       FaultPANFormat,
		"٤١١١١١١١١١١١١١١١":          FaultPANFormat,
		"9111111111111111":          FaultPANBrand,
		"4111111111111112":          FaultPANCheckDigit,
		"5555555555554445":          FaultPANCheckDigit,
		strings.Repeat("4", 10_000): FaultPANLength,
	} {
		pan, err := ParsePAN([]byte(entry))
		if !errors.Is(err, want) || (want == nil) != (err == nil) {
			t.Errorf("%.24q: got %v, want %v", entry, err, want)
		}
		if got := want == nil || want == FaultPANCheckUnionPay; got == pan.Empty() {
			t.Errorf("%.24q: number returned: %v, want %v", entry, !pan.Empty(), got)
		}
	}
}

func TestPANForms(t *testing.T) {
	if _, err := ParsePAN([]byte("4111 1111 1111 1234")); err == nil {
		t.Fatal("a wrong check digit passed")
	}
	entry := []byte("4012 8888 8888 1881")
	pan, err := ParsePAN(entry)
	clear(entry)
	if err != nil || string(pan.Reveal()) != "4012888888881881" {
		t.Fatalf("the number shares bytes with its entry: %v", err)
	}
	for name, c := range map[string]struct{ got, want string }{
		"string":  {pan.String(), "************1881"},
		"last 4":  {pan.Last4(), "1881"},
		"6 and 4": {pan.First6Last4(), "401288******1881"},
		"brand":   {string(pan.Brand()), "visa"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", name, c.got, c.want)
		}
	}
	short, err := RestorePAN([]byte("501800000009"))
	if err != nil || short.First6Last4() != "********0009" {
		t.Errorf("12 digits: got %s, %v", short.First6Last4(), err)
	}
	other, copied := PAN{}, pan
	if !pan.Equal(copied) || pan.Equal(other) || pan.Equal(short) || !other.Equal(PAN{}) {
		t.Error("Equal is wrong")
	}
	bytes := pan.Reveal()
	pan.Wipe()
	if len(copied.Reveal()) != 0 || strings.Trim(string(bytes), "\x00") != "" {
		t.Error("Wipe left something in a copy")
	}
	if copied.String() != "************1881" || copied.Last4() != "1881" || copied.Len() != 16 || copied.Empty() {
		t.Errorf("a wiped number lost its mask: %s", copied)
	}
}

func TestRestorePAN(t *testing.T) {
	for digits, want := range map[string]error{
		"9558800000000000000": nil, badUnionPay: nil, "": FaultPANLength, "12345678901": FaultPANLength,
		"41111111 11111111": FaultPANFormat,
	} {
		if _, err := RestorePAN([]byte(digits)); !errors.Is(err, want) || (want == nil) != (err == nil) {
			t.Errorf("%q: got %v, want %v", digits, err, want)
		}
	}
}

// Every well-formed number of every range parses, and a wrong digit anywhere is
// caught: the check digit finds every single error.
func TestPANProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := drawPAN(t)
		pan, err := ParsePAN([]byte(digits))
		if err != nil || string(pan.Reveal()) != digits {
			t.Fatalf("%s: %v", digits, err)
		}
		i := rapid.IntRange(0, len(digits)-1).Draw(t, "at")
		add := rapid.IntRange(1, 9).Draw(t, "add")
		wrong := []byte(digits)
		wrong[i] = '0' + (wrong[i]-'0'+byte(add))%10
		if _, err := ParsePAN(wrong); err == nil {
			t.Fatalf("%s: error at %d not found", wrong, i)
		}
	})
}

func TestCVV(t *testing.T) {
	for _, c := range []struct {
		entry string
		brand Brand
		want  error
	}{
		{"123", Visa, nil}, {"１２３", UnionPay, nil}, {"1234", Amex, nil}, {"123", UnknownBrand, nil},
		{"1234", Visa, FaultCVVLength}, {"123", Amex, FaultCVVLength}, {"", Visa, FaultCVVLength},
		{"12a", Visa, FaultCVVFormat}, {"1 23", Visa, FaultCVVFormat},
	} {
		cvv, err := ParseCVV([]byte(c.entry), c.brand)
		if !errors.Is(err, c.want) || cvv.Empty() != (err != nil) {
			t.Errorf("%q for %s: got %v, want %v", c.entry, c.brand, err, c.want)
		}
	}
}

func TestFaults(t *testing.T) {
	seen := map[Fault]bool{NoFault: true}
	for _, f := range Faults() {
		if seen[f] || f.Error() != string(f) || FaultOf(errors.Join(errors.New("x"), f)) != f {
			t.Errorf("%q: twice, or not found in a chain", f)
		}
		seen[f] = true
	}
	if FaultOf(errors.New("pan.format")) != NoFault || FaultOf(nil) != NoFault {
		t.Error("found a fault where there is none")
	}
}
