package keys

import (
	"bytes"
	"testing"
)

// The vectors every implementation agrees on.

func TestCheckValues(t *testing.T) {
	for _, v := range []struct {
		cipher    Cipher
		key, want string
	}{
		{TDES, "0123456789ABCDEFFEDCBA9876543210", "08D7B4"},
		{TDES, "0123456789ABCDEF", "D5D44F"},
		{TDES, "0123456789ABCDEFFEDCBA98765432100123456789ABCDEF", "08D7B4"},
	} {
		got, err := key(t, v.key).CheckValue(v.cipher)
		if err != nil || upperHex(got[:]) != v.want {
			t.Errorf("%s: %X, %v, want %s", v.cipher, got, err, v.want)
		}
	}
}

func TestMACVectors(t *testing.T) {
	now := []byte("Now is the time for all ")
	// The published fold, 4D08F434464FE7BF, is that of this message with bit 64 of its
	// bitmap (the tenth byte) clear; as it was sent it has the bit set.
	unsigned := unhex(t, "0200302004C020C0981000000000000000005100183402100006324392260009942820D1312101120084393136363838303134303030303030303030303030303030313536ACF46E73838A82F92600000000000000000822000001")
	sent := bytes.Clone(unsigned)
	sent[9] |= 1
	for _, v := range []struct {
		mac     MAC
		key     string
		message []byte
		want    string
	}{
		{X9_9, "0123456789ABCDEF", now, "70A30640CC76DD8B"},
		{X9_19, "0123456789ABCDEFFEDCBA9876543210", now, "A1C72E74EA3FA9B6"},
		{CMACAES, "2B7E151628AED2A6ABF7158809CF4F3C", nil, "BB1D6929E9593728"},
		{CMACTDES, "4CF15134A2850DD58A3D10BA80570D38", nil, "BD2EBF9A3BA00361"},
		{UnionPay, "C24A8FB57AA20123", unhex(t, "4D08F434464FE7BF"), upperHex([]byte("8A9E91B8"))},
		{UnionPay, "C24A8FB57AA20123", unsigned, upperHex([]byte("8A9E91B8"))},
		{UnionPay, "C24A8FB57AA20123", sent, upperHex([]byte("72489CAC"))},
		{UnionPay, "C24A8FB57AA20123FEDCBA9876543210", sent, upperHex([]byte("9C1D9889"))},
	} {
		got, err := v.mac.Sum(key(t, v.key), v.message)
		if err != nil || upperHex(got[:]) != v.want {
			t.Errorf("%s: %X, %v, want %s", v.mac, got, err, v.want)
		}
	}
	whole, err := cmacOf(AES, key(t, "2B7E151628AED2A6ABF7158809CF4F3C"), nil)
	if err != nil || upperHex(whole) != "BB1D6929E95937287FA37D129B756746" {
		t.Errorf("whole CMAC: %X, %v", whole, err)
	}
}

func TestPINVectors(t *testing.T) {
	tdesKey := key(t, "0123456789ABCDEFFEDCBA9876543210")
	for _, v := range []struct{ pin, pan, clear, sealed string }{
		{"1234", "43219876543210987", "0412AC89ABCDEF67", "C967C8198151A458"},
		{"1234", "4111111111111111", "041225EEEEEEEEEE", ""},
		{"123456", "6224242900000113", "061276146FFFFFEE", ""},
	} {
		block, err := SealPIN(ISO0, tdesKey, pin(v.pin), pan(t, v.pan), nil)
		if err != nil || open(t, tdesKey, block) != v.clear || v.sealed != "" && upperHex(block) != v.sealed {
			t.Errorf("%s: %v", v.clear, err)
		}
	}
	// Fill ABCDEFABCD: the digits of chance, one a character.
	fill := bytes.NewReader([]byte{0, 1, 2, 3, 4, 5, 0, 1, 2, 3})
	block, err := SealPIN(ISO3, tdesKey, pin("1234"), pan(t, "43219876543210987"), fill)
	if err != nil || open(t, tdesKey, block) != "3412ACDD99DDBB55" {
		t.Errorf("ISO-3: %v", err)
	}
	aesKey := key(t, "AF8CB133A78F8DC2D1359F18527593FB")
	fill = bytes.NewReader(unhex(t, "2F69ADDE2E9E7ACE"))
	block, err = SealPIN(ISO4, aesKey, pin("1234"), pan(t, "4111111111111111"), fill)
	if err != nil || upperHex(block) != "A912150391AB65A67E52883D81CE2D15" {
		t.Errorf("ISO-4: %X, %v", block, err)
	}
}

func TestDUKPTVectors(t *testing.T) {
	ksn := unhex(t, "FFFF9876543210E00000")
	initial, err := InitialKey(TDES, key(t, "0123456789ABCDEFFEDCBA9876543210"), ksn)
	if err != nil || upperHex(initial.bytes()) != "6AC292FAA1315B4D858AB3A3D7D5933A" {
		t.Fatalf("TDES initial key: %v", err)
	}
	for i, want := range []string{ // the first keys of a device, X9.24-1 annex A.4
		"1B9C1845EB993A7A", "10A01C8D02C69107", "18DC07B94797B466", "0BC79509D5645DF7", "5BC0AF22AD87B327",
		"A16DF70AE36158D8", "27711C16CB257F8E", "50E55547A5027551", "536CF7F678ACFC8D", "EDABBA23221833FE",
		"2328981C57B4BDBA", "038D03CC926CF286", "6C8AA97088B62C68", "F17C9E1D72CD4950", "B170F6E7F7F2F64A",
	} {
		ksn[9] = byte(i + 1)
		k, err := WorkingKey(TDES, initial, ksn, ForPIN)
		if err != nil {
			t.Fatal(err)
		}
		block, err := SealPIN(ISO0, k, pin("1234"), pan(t, "4012345678909"), nil)
		if err != nil || upperHex(block) != want {
			t.Errorf("TDES %d: %X, %v", i+1, block, err)
		}
	}
	ksn = unhex(t, "123456789012345600000001")
	initial, err = InitialKey(AES, key(t, "FEDCBA9876543210F1F1F1F1F1F1F1F1"), ksn)
	if err != nil || upperHex(initial.bytes()) != "1273671EA26AC29AFA4D1084127652A1" {
		t.Fatalf("AES initial key: %v", err)
	}
	for usage, want := range map[Usage]string{
		ForPIN: "AF8CB133A78F8DC2D1359F18527593FB", ForMAC: "A2DC23DE6FDE0824A2BC321E08E4B8B7",
	} {
		k, err := WorkingKey(AES, initial, ksn, usage)
		if err != nil || upperHex(k.bytes()) != want {
			t.Errorf("AES %s key: %v", usage, err)
		}
	}
}

func TestUnionPayVectors(t *testing.T) {
	// The MAK as it lies under the master key.
	c, err := tdes(unhex(t, "70F2A84CCBC2AE8625CBB0F2C22AB923"))
	if err != nil {
		t.Fatal(err)
	}
	if mak := decryptECB(c, unhex(t, "96D605EA176B7E9E")); upperHex(mak) != "C24A8FB57AA20123" {
		t.Errorf("MAK")
	}
	tdk := key(t, "0123456789ABCDEFFEDCBA9876543210")
	sealed, err := sealTrack(tdk, []byte("6224242900000113D28062013949031013"))
	if err != nil || string(sealed) != "6224242900000113287BDCEB57CF8FF113" {
		t.Errorf("track: %v", err)
	}
	back, err := openTrack(tdk, sealed)
	if err != nil || string(back) != "6224242900000113D28062013949031013" {
		t.Errorf("track back: %v", err)
	}
}

// NIST SP 800-38B, appendix D, examples 1 to 4.
func TestCMACExamples(t *testing.T) {
	message := unhex(t, "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51"+
		"30C81C46A35CE411E5FBC1191A0A52EFF69F2445DF4F9B17AD2B417BE66C3710")
	for n, want := range map[int]string{
		0: "BB1D6929E95937287FA37D129B756746", 16: "070A16B46B4D4144F79BDD9DD04A287C",
		40: "DFA66747DE9AE63030CA32611497C827", 64: "51F0BEBF7E3B9D92FC49741779363CFE",
	} {
		got, err := cmacOf(AES, key(t, "2B7E151628AED2A6ABF7158809CF4F3C"), message[:n])
		if err != nil || upperHex(got) != want {
			t.Errorf("%d bytes: %X, %v", n, got, err)
		}
	}
}
