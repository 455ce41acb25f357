package emv

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// The kernel's own time for a sale with CDA and an issuer, the card's and the
// host's left out: three certificates or signatures are recovered twice over.
func BenchmarkSaleCDA(b *testing.B) {
	cfg := shop()
	alwaysOnline(&cfg)
	card := newFake(b, deal(signs(aipCDA)))
	type exchange struct {
		sw   uint16
		data []byte
	}
	var tape []exchange
	online := func(NeedOnline) OnlineResult { return OnlineResult{Answer: HostApproved, Code: [2]byte{'0', '0'}} }
	k := New(cfg, sale())
	for request := k.Start(); ; {
		if r, ok := request.(Transmit); ok {
			sw, data := card.answer(r)
			tape = append(tape, exchange{sw, data})
			request = k.Card(sw, data)
		} else if r, ok := request.(NeedOnline); ok {
			request = k.Online(online(r))
		} else {
			break
		}
	}
	for b.Loop() {
		k, i := New(cfg, sale()), 0
		request := k.Start()
		for {
			if _, ok := request.(Transmit); ok {
				request = k.Card(tape[i].sw, tape[i].data)
				i++
			} else if r, ok := request.(NeedOnline); ok {
				request = k.Online(online(r))
			} else {
				break
			}
		}
		if o := request.(Outcome); o.Result != Approved {
			b.Fatal(o.Reason)
		}
	}
}

// One configuration serves every transaction: none may change it.
func TestConfigUntouched(t *testing.T) {
	cfg := shop()
	alwaysOnline(&cfg)
	want := shop()
	alwaysOnline(&want)
	for _, bit := range []byte{0, aipSDA, aipDDA, aipCDA} {
		run(t, cfg, sale(), newFake(t, deal(signs(bit))), &people{online: host(HostUnable, "")})
	}
	if !reflect.DeepEqual(cfg, want) {
		t.Error("the configuration changed")
	}
	if string(codeOfflineYes)+string(codeOfflineNo)+string(codeUnableYes)+string(codeUnableNo) != "Y1Z1Y3Z3" {
		t.Error("the codes changed")
	}
}

// Neither a PIN nor the kernel prints what it holds.
func TestPrints(t *testing.T) {
	k, card := New(shop(), sale()), newFake(t, deal())
	request := k.Start()
	for range 9 {
		r := request.(Transmit)
		request = k.Card(card.answer(r))
	}
	p := PINResult{Digits: []byte("8642")}
	j, _ := json.Marshal(struct{ P PINResult }{p})
	for _, s := range []string{
		fmt.Sprintf("%v %+v %#v %s %x %d", p, p, p, p, p, p), p.LogValue().String(), p.GoString(), string(j),
		fmt.Sprintf("%v %+v %#v %s %x", k, k, k, k, k), k.LogValue().String(),
	} {
		if strings.Contains(s, "8642") || strings.Contains(s, "56 54") || strings.Contains(s, testPAN[6:]) || !strings.ContainsAny(s, "[") {
			t.Errorf("prints %s", s)
		}
	}
	for want, p := range map[string]PINResult{"PIN[broken]": {Broken: true}, "PIN[bypassed]": {Bypassed: true}} {
		if p.String() != want {
			t.Errorf("%s", p)
		}
	}
}
