package emv

import "vpos/reader/tlv"

// RequestTags lists what goes into field 55 of a request, in order; what the
// transaction does not have is left out.
func RequestTags() []tlv.Tag {
	return []tlv.Tag{
		tagCryptogram, tagCID, tagIAD, tagUN, tagATC, tagTVR, tagDate, tagType, tagAmount, tagCurrency, tagAIP,
		tagNation, tagOther, tagCapabilities, tagCVMResults, tagTerminalType, tagSerial, tagDFName, tagVersion,
		tagCounter, tagProduct,
	}
}

// ReversalTags lists what goes into field 55 of a reversal because of the card.
func ReversalTags() []tlv.Tag {
	return []tlv.Tag{tagTVR, tagSerial, tagIAD, tagATC, tagScriptField}
}

// ScriptTags lists what goes into field 55 of the advice that tells what became of
// the issuer's scripts.
func ScriptTags() []tlv.Tag {
	return []tlv.Tag{
		tagCapabilities, tagTVR, tagUN, tagSerial, tagIAD, tagCryptogram, tagATC, tagAIP, tagScriptField, tagNation, tagDate,
	}
}

// Field55 writes the objects of a list one after the other, without those value
// does not have.
func Field55(tags []tlv.Tag, value func(tlv.Tag) ([]byte, bool)) []byte {
	var out []byte
	for _, t := range tags {
		if v, ok := value(t); ok && len(v) > 0 {
			out = tlv.Append(out, t, v)
		}
	}
	return out
}

// field55 is Field55 of this transaction; nothing before an application was
// selected.
func (k *Kernel) field55(tags []tlv.Tag) []byte {
	if !k.data.has(tagDFName) {
		return nil
	}
	return Field55(tags, k.data.value)
}
