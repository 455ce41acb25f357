// Package config reads the one TOML file a terminal is set up by.
//
// [Parse] takes the bytes of a file and [Load] the file itself, with the
// certificates it names. Both are strict and thorough: a key they do not know
// is an error, and every error in the file is found at once. What is wrong is a
// [Problem] — line, column, key, a stable code, what stood there and what would
// be right — and carries no language: the catalogue in the screens' room turns
// codes into Chinese and English. Its Error method is English for logs.
//
// Every key is one row of the table in fields.go. The parser, the template that
// `vpos config init` writes and the listing of `vpos config show` all follow
// it, so they cannot disagree.
//
// A file without `live = true` sets up a training terminal, and no file at all
// is [Default]. A live file must name its host, the host's CA, the terminal and
// the merchant, and carry the merchant's typed acknowledgement.
package config
