// Package tlv reads and writes BER-TLV as payment chips use it (EMV Book 3,
// Annex B), and data object lists (EMV Book 3, 5.4).
//
// It is lossless: every [Node] says where it began and how its header was
// written, so [AppendNode] gives back the bytes that were read. On damage
// [Parse] answers with the tree as far as it could be read and an [*Error] that
// names the place; nothing here panics on outside bytes or allocates from a
// length it has not checked.
//
// The dictionary ([Lookup], [Variants], [Tags]) is data: the name of a tag in
// both languages, its format, length, source, template and book.
//
// The package is pure. What it reads may be card data: values alias the input,
// so wiping the input wipes them, and a [Node] prints as its tag and length,
// never as its value.
package tlv
