package explain

import "vpos/reader/tlv"

func allDecoders() map[meaning]decoder {
	m := make(map[meaning]decoder)
	addBits(m)
	addStructures(m)
	addSimple(m)
	return m
}

func addBits(m map[meaning]decoder) {
	results := tvr.decode(Words{"Nothing to report.", "没有异常。"})
	action := tvr.decode(Words{"On no condition.", "无任何条件。"})
	add(m, tlv.EMV, results, 0x95)
	add(m, tlv.EMV, action, 0x9F0D, 0x9F0E, 0x9F0F)
	add(m, tlv.PBOC, action, 0xDF11, 0xDF12, 0xDF13)
	add(m, tlv.C2, action, 0xDF8120, 0xDF8121, 0xDF8122)
	add(m, tlv.EMV, tsi.decode(Words{"Nothing was performed.", "未执行任何步骤。"}), 0x9B)
	add(m, tlv.EMV, aip.decode(noBits), 0x82)
	add(m, tlv.EMV, auc.decode(noBits), 0x9F07)
	add(m, tlv.EMV, capabilities.decode(noBits), 0x9F33)
	add(m, tlv.EMV, moreCapabilities.decode(noBits), 0x9F40)
	add(m, tlv.EMV, cid.decode(noBits), 0x9F27)
	add(m, tlv.Contactless, ttq.decode(noBits), 0x9F66)
	add(m, tlv.C3, ctq.decode(noBits), 0x9F6C)
	add(m, tlv.C7, ctq.decode(noBits), 0x9F6C)
}

func addStructures(m map[meaning]decoder) {
	add(m, tlv.EMV, dol, 0x8C, 0x8D, 0x97, 0x9F38, 0x9F49, 0x9F4F)
	add(m, tlv.PBOC, dol, 0xDF14)
	add(m, tlv.C2, dol, 0x9F51, 0x9F5B, 0x9F69, 0xDF811A)
	add(m, tlv.EMV, tagList, 0x9F4A)
	add(m, tlv.C2, tagList, 0xDF8106, 0xDF8112)
	add(m, tlv.EMV, cvmList, 0x8E)
	add(m, tlv.EMV, cvmResults, 0x9F34)
	add(m, tlv.EMV, afl, 0x94)
	add(m, tlv.EMV, iad, 0x9F10)
	add(m, tlv.EMV, formatOne, 0x80)
	add(m, tlv.EMV, scriptCommand, 0x86)
	add(m, tlv.C3, scriptResults, 0x9F5B)
	add(m, tlv.PBOC, scriptResults, 0xDF31)
	add(m, tlv.EMV, issuerAuthentication, 0x91)
}

func addSimple(m map[meaning]decoder) {
	add(m, tlv.EMV, application, 0x4F, 0x84, 0x9D, 0x9F06)
	add(m, tlv.EMV, priority, 0x87)
	add(m, tlv.EMV, shortFile, 0x88)
	add(m, tlv.EMV, logEntry, 0x9F4D)
	add(m, tlv.EMV, languages, 0x5F2D)
	add(m, tlv.EMV, serviceCode, 0x5F30)
	add(m, tlv.EMV, date, 0x5F25, 0x9A)
	add(m, tlv.EMV, clock, 0x9F21)
	add(m, tlv.EMV, country, 0x5F28, 0x9F1A)
	add(m, tlv.PBOC, country, 0x9F57)
	add(m, tlv.EMV, money, 0x5F2A, 0x9F42, 0x9F3C)
	add(m, tlv.PBOC, money, 0x9F51, 0x9F76, 0xDF71)
	add(m, tlv.EMV, transactionType, 0x9C)
	add(m, tlv.EMV, terminalType, 0x9F35)
	add(m, tlv.EMV, response, 0x8A)
	add(m, tlv.EMV, counter, 0x9F36, 0x9F13, 0x9F14, 0x9F23, 0x9F17)
	add(m, tlv.EMV, decimalAmount, 0x9F02, 0x9F03)
	add(m, tlv.C3, decimalAmount, 0x9F5D, 0x9F6B)
	add(m, tlv.C7, decimalAmount, 0x9F5D, 0x9F6B)
	add(m, tlv.PBOC, decimalAmount, 0x9F54, 0x9F5C, 0x9F6D, 0x9F77, 0x9F78, 0x9F79, 0x9F7B)
	add(m, tlv.C2, decimalAmount, 0x9F50, 0xDF8104, 0xDF8105, 0xDF8123, 0xDF8124, 0xDF8125, 0xDF8126)
	add(m, tlv.EMV, binaryAmount, 0x81, 0x9F04, 0x9F1B)
	add(m, tlv.PBOC, yesNo, 0x9F7A, 0xDF69)
}
