package words

import (
	"strings"
	"testing"
)

// The ceremony is spoken in both languages, with the same arguments.
func TestKeyWords(t *testing.T) {
	for _, f := range []Failure{
		KeyNone, KeyThere, KeySealed, KeyFailed, KeyTest, KeyWeak, KeySame, KeyStopped, KeyKept, KeyPurpose, KeyCustody, KeyTries,
	} {
		check(t, f.Code+" headline", f.Headline, 2*page, 2*page, 1)
		check(t, f.Code+" next", f.Next, 2*page, 2*page, 2)
	}
	for _, s := range []Sentence{
		KeyBegin, KeySerialAsk, KeyCustodian, KeyPartCheck, KeyWhole, KeyStored, KeyEraseAsk, KeyErased, KeyNotHex, KeySerial, KeyLine, KeyTraining,
		{KeyPartAsk}, {KeyNextOne}, {KeyAgain}, {KeyYesNo}, {KeyParity}, {KeyIsOwn}, {KeyIsTest}, {KeyIsRefused}, {KeyLiveNone},
	} {
		if s.EN == "" || !han(s.ZH) || han(s.EN) || strings.Count(s.EN, "%") != strings.Count(s.ZH, "%") {
			t.Errorf("%q, %q", s.EN, s.ZH)
		}
	}
	if got := KeyBegin.Fill(ZH, "tmk", 2); got != "以 2 个分量灌入 tmk，每人一个，互不可见。" {
		t.Error(got)
	}
}
