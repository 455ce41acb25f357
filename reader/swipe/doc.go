// Package swipe reads the bursts of keyboard-wedge devices: magnetic-stripe
// readers and code scanners that type what they read, faster than any hand.
//
// [Parse] takes one whole burst. [Capture] picks bursts out of a stream of keys
// and is the first thing a key meets, before any screen. [Paste] takes a
// bracketed paste. All are pure: times are arguments, nothing waits.
package swipe
