// Package printer puts slips out. This far it knows one transport, [File]: a
// folder in which every slip is a text file. [Slips] joins it with the renderer
// and is what the engine prints through.
//
// # Exactly once
//
// A crash between the paper and the journal's PRINTED row makes the engine ask
// for the same original again. A second unmarked slip would look like a second
// sale, so the name of a file says which slip it is and an original is never
// written twice:
//
//   - no file of that name: it is written;
//   - the file holds this very slip: it is already printed, and that is success;
//   - the file holds something else (the language or the shop's name changed
//     since): this paper goes out marked 重打印 DUPLICATE under a duplicate's name,
//     once.
//
// A slip asked for as a duplicate is a new piece of paper every time. No file
// is ever changed or replaced.
package printer
