package explain

import "vpos/reader/tlv"

// scheme is a registered application provider (ISO/IEC 7816-5) and the products
// its applications are known by.
type scheme struct {
	rid      []byte
	name     Words
	families []tlv.Family
	products map[string]Words // by what follows the provider
}

var schemes = []scheme{
	{[]byte("\xA0\x00\x00\x00\x03"), Words{"Visa", "Visa"}, []tlv.Family{tlv.C3}, map[string]Words{
		"\x10\x10": {"credit or debit", "借贷记"}, "\x20\x10": {"Electron", "Electron"}, "\x20\x20": {"V PAY", "V PAY"},
	}},
	{[]byte("\xA0\x00\x00\x00\x04"), Words{"Mastercard", "万事达"}, []tlv.Family{tlv.C2}, map[string]Words{
		"\x10\x10": {"credit or debit", "借贷记"}, "\x30\x60": {"Maestro", "Maestro"}, "\x60\x00": {"Cirrus", "Cirrus"},
	}},
	{[]byte("\xA0\x00\x00\x03\x33"), Words{"UnionPay", "银联"}, []tlv.Family{tlv.C7, tlv.PBOC}, map[string]Words{
		"\x01\x01\x01": {"debit", "借记"}, "\x01\x01\x02": {"credit", "贷记"},
		"\x01\x01\x03": {"quasi-credit", "准贷记"}, "\x01\x01\x06": {"electronic cash", "电子现金"},
	}},
	{[]byte("\xA0\x00\x00\x00\x25"), Words{"American Express", "美国运通"}, nil, nil},
	{[]byte("\xA0\x00\x00\x00\x65"), Words{"JCB", "JCB"}, nil, nil},
	{[]byte("\xA0\x00\x00\x01\x52"), Words{"Discover, Diners Club", "Discover、大来"}, nil, nil},
	{[]byte("\xA0\x00\x00\x06\x58"), Words{"Mir", "Mir"}, nil, nil},
	{[]byte("\xA0\x00\x00\x05\x24"), Words{"RuPay", "RuPay"}, nil, nil},
	{[]byte("\xA0\x00\x00\x02\x77"), Words{"Interac", "Interac"}, nil, nil},
	{[]byte("\xA0\x00\x00\x00\x42"), Words{"Cartes Bancaires", "法国CB"}, nil, nil},
	{[]byte("\xA0\x00\x00\x03\x59"), Words{"girocard", "girocard"}, nil, nil},
}

// environments are names that are no application (EMV Book 1, 12.2; EMV
// Contactless Book B, 3.3).
var environments = map[string]Words{
	"1PAY.SYS.DDF01": {"Payment system environment (PSE)", "支付系统环境（PSE）"},
	"2PAY.SYS.DDF01": {"Proximity payment system environment (PPSE)", "近距离支付系统环境（PPSE）"},
}

// currency is one of ISO 4217.
type currency struct {
	code     string
	decimals int
}

var currencies = map[string]currency{
	"0036": {"AUD", 2}, "0124": {"CAD", 2}, "0156": {"CNY", 2}, "0203": {"CZK", 2}, "0208": {"DKK", 2},
	"0344": {"HKD", 2}, "0348": {"HUF", 2}, "0356": {"INR", 2}, "0360": {"IDR", 2}, "0376": {"ILS", 2},
	"0392": {"JPY", 0}, "0410": {"KRW", 0}, "0414": {"KWD", 3}, "0446": {"MOP", 2}, "0458": {"MYR", 2},
	"0484": {"MXN", 2}, "0554": {"NZD", 2}, "0578": {"NOK", 2}, "0608": {"PHP", 2}, "0643": {"RUB", 2},
	"0682": {"SAR", 2}, "0702": {"SGD", 2}, "0704": {"VND", 0}, "0710": {"ZAR", 2}, "0752": {"SEK", 2},
	"0756": {"CHF", 2}, "0764": {"THB", 2}, "0784": {"AED", 2}, "0826": {"GBP", 2}, "0840": {"USD", 2},
	"0901": {"TWD", 2}, "0949": {"TRY", 2}, "0978": {"EUR", 2}, "0985": {"PLN", 2}, "0986": {"BRL", 2},
}

// countries are some of ISO 3166-1.
var countries = map[string]Words{
	"0036": {"Australia", "澳大利亚"}, "0040": {"Austria", "奥地利"}, "0056": {"Belgium", "比利时"},
	"0076": {"Brazil", "巴西"}, "0124": {"Canada", "加拿大"}, "0156": {"China", "中国"},
	"0158": {"Taiwan, China", "中国台湾"}, "0203": {"Czechia", "捷克"}, "0208": {"Denmark", "丹麦"},
	"0246": {"Finland", "芬兰"}, "0250": {"France", "法国"}, "0276": {"Germany", "德国"},
	"0344": {"Hong Kong, China", "中国香港"}, "0348": {"Hungary", "匈牙利"}, "0356": {"India", "印度"},
	"0360": {"Indonesia", "印度尼西亚"}, "0372": {"Ireland", "爱尔兰"}, "0376": {"Israel", "以色列"},
	"0380": {"Italy", "意大利"}, "0392": {"Japan", "日本"}, "0410": {"Korea", "韩国"},
	"0446": {"Macao, China", "中国澳门"}, "0458": {"Malaysia", "马来西亚"}, "0484": {"Mexico", "墨西哥"},
	"0528": {"Netherlands", "荷兰"}, "0554": {"New Zealand", "新西兰"}, "0578": {"Norway", "挪威"},
	"0608": {"Philippines", "菲律宾"}, "0616": {"Poland", "波兰"}, "0620": {"Portugal", "葡萄牙"},
	"0643": {"Russia", "俄罗斯"}, "0702": {"Singapore", "新加坡"}, "0704": {"Viet Nam", "越南"},
	"0710": {"South Africa", "南非"}, "0724": {"Spain", "西班牙"}, "0752": {"Sweden", "瑞典"},
	"0756": {"Switzerland", "瑞士"}, "0764": {"Thailand", "泰国"}, "0784": {"United Arab Emirates", "阿联酋"},
	"0792": {"Türkiye", "土耳其"}, "0826": {"United Kingdom", "英国"}, "0840": {"United States", "美国"},
}
