package words

import (
	"slices"
	"strings"
	"testing"

	"vpos/txn"
)

// named is every response code an acquirer's paper speaks of, by what it makes
// the cashier do; and the action codes of ISO 8583:1993 that mean the same.
const named = `
	approved 00 08 10 11 A2 A4 A5 A6
	call 01 02 60 66
	keep 04 07 33 34 35 36 37 38 41 43 67
	other-card 05 14 15 21 40 54 57 59 62 78
	funds 51 61 65
	pin 55 75
	chip 45
	code 1A
	later 09 19 68 90 91 92 96 98
	set-up 03 12 13 22 25 30 58 64 76 89 97
	batch 77 95
	duplicate 94
	keys 99 A0 88 63
	1993 100 101 106 116 117 208 209 501 904 907 911 913`

// unionPay is its own words for the cardholder, each a headline here.
const unionPay = `00 交易成功; 01 请持卡人与发卡银行联系; 03 无效商户; 04 此卡被没收; 05 持卡人认证失败; 12 无效交易; 13 无效金额;
	14 无效卡号; 15 此卡无对应发卡方; 21 该卡未初始化或睡眠卡; 22 操作有误或超出交易允许天数; 25 没有原始交易; 30 请重试; 34 作弊卡;
	38 密码次数超限; 40 发卡方不支持; 41 挂失卡; 43 被窃卡; 45 使用芯片方式读卡; 51 可用余额不足; 54 该卡已过期; 55 密码错误;
	57 不允许此卡交易; 58 不允许本终端; 59 卡片校验错; 61 交易金额超限; 62 受限制的卡; 64 与原交易不匹配; 65 超出消费次数限制;
	68 交易超时,请重试; 75 密码错误次数超限; 77 批次不一致,请重新签到; 90 系统日切; 91 发卡方状态不正常; 92 线路异常; 94 重复交易;
	96 交换中心异常; 97 终端未登记; 98 发卡方超时; 99 PIN格式错,请重新签到; A0 MAC校验错,请重新签到; others 交易失败`

// Every code there is has a headline, a cause, what to say and what to do, in
// both languages, each with room on the narrowest page.
func TestEveryResponseHasWords(t *testing.T) {
	general := ForResponse("?")
	var codes []string
	for line := range strings.Lines(named) {
		if fields := strings.Fields(line); len(fields) > 0 {
			codes = append(codes, fields[1:]...)
		}
	}
	for _, code := range codes {
		if ForResponse(code) == general {
			t.Errorf("%s has no words of its own", code)
		}
	}
	if got, want := ResponseCodes(), txn.ResponseCodes(); !slices.Equal(got, want) {
		t.Errorf("words for\n%s, the machine knows\n%s", got, want)
	}
	for _, code := range append(codes, append(ResponseCodes(), "?")...) {
		r := ForResponse(code)
		check(t, code+" headline", r.Headline, page-4, page-4, 1)
		check(t, code+" cause", r.Cause, noteEN, noteZH, 2)
		check(t, code+" say", r.Say, noteEN, noteZH, 2)
		check(t, code+" do", r.Do, noteEN, noteZH, 2)
		if approved := strings.HasPrefix(r.Headline.EN, "Approved"); approved != txn.Approves(code) {
			t.Errorf("%s: approves is %t, but the headline is %q", code, txn.Approves(code), r.Headline.EN)
		}
	}
}

func TestUnionPaysOwnWords(t *testing.T) {
	n := 0
	for row := range strings.SplitSeq(unionPay, ";") {
		code, want, _ := strings.Cut(strings.TrimSpace(row), " ")
		if got := ForResponse(code).Headline.ZH; got != strings.ReplaceAll(want, ",", "，") {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
		n++
	}
	if n != 42 {
		t.Errorf("%d rows", n)
	}
}

// What to do goes with the class: nobody is told to take another card when the
// terminal is at fault, or to try again what may have been charged.
func TestWordsFollowTheClass(t *testing.T) {
	for _, code := range ResponseCodes() {
		r, class := ForResponse(code), txn.ClassOf(code)
		if got := r.Do == doPickUp; got != (class == txn.ClassKeep || code == "38") {
			t.Errorf("%s is of class %q, but: %s", code, class, r.Do.EN)
		}
		if class == txn.ClassKeys || code == "77" {
			if r.Do != doSignOn {
				t.Errorf("%s is of class %q, but: %s", code, class, r.Do.EN)
			}
		}
		if (class == txn.ClassSetup || class == txn.ClassKeys || class == txn.ClassBatch) && (r.Do == doOther || r.Say == sayOther) {
			t.Errorf("%s is of class %q, but blames the card", code, class)
		}
	}
}
