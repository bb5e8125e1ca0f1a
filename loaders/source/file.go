package source

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// lineFormats are the endings of files that hold one JSON object a line.
var lineFormats = []string{".jsonl", ".ndjson", ".json"}

func isLines(name string) bool {
	return slices.Contains(lineFormats, strings.ToLower(filepath.Ext(name)))
}

func (r Reader) dir(ctx context.Context, root string, y yield) bool {
	goOn := true
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			goOn = false
		case err != nil:
			goOn = y(Raw{}, fileError(path, err))
		case path != root && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case !d.IsDir():
			goOn = r.entry(ctx, path, y)
		}
		if !goOn {
			return filepath.SkipAll
		}
		return nil
	})
	if err != nil {
		return y(Raw{}, fileError(root, err))
	}
	return goOn
}

// entry reads one file of a folder. Unlike a file that is named, it must be a regular one: reading a
// pipe or a device that happens to lie there would wait for ever.
func (r Reader) entry(ctx context.Context, path string, y yield) bool {
	info, err := os.Stat(path) // follows a link to a file
	if err != nil {
		return y(Raw{}, fileError(path, err))
	}
	if info.IsDir() {
		return y(Raw{}, &Error{From: path, Reason: "is a link to a folder, which is not followed", Hint: "name the folder itself"})
	}
	if !info.Mode().IsRegular() {
		return y(Raw{}, &Error{From: path, Reason: "is not a regular file"})
	}
	return r.file(ctx, path, info, y)
}

func (r Reader) file(ctx context.Context, path string, info fs.FileInfo, y yield) bool {
	lines := isLines(path)
	if !lines && info.Mode().IsRegular() && info.Size() > r.max() {
		return y(Raw{}, tooLong(path, 0, info.Size(), r.max()))
	}
	f, err := os.Open(path)
	if err != nil {
		return y(Raw{}, fileError(path, err))
	}
	defer f.Close()
	if lines {
		return r.lines(ctx, path, bufio.NewReaderSize(f, 64<<10), y)
	}
	return r.text(path, f, y)
}

// stream reads standard input, which is JSON Lines when its first character is a brace, else one text.
func (r Reader) stream(ctx context.Context, from string, in io.Reader, y yield) bool {
	b := bufio.NewReaderSize(in, 64<<10)
	head, err := b.Peek(512)
	if err != nil && err != io.EOF && len(head) == 0 {
		return y(Raw{}, fileError(from, err))
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n")
	if len(head) > 0 && head[0] == '{' {
		return r.lines(ctx, from, b, y)
	}
	return r.text(from, b, y)
}

// text reads all of in as one document.
func (r Reader) text(from string, in io.Reader, y yield) bool {
	data, err := io.ReadAll(io.LimitReader(in, r.max()+1))
	if err != nil {
		return y(Raw{}, fileError(from, err))
	}
	if int64(len(data)) > r.max() {
		return y(Raw{}, tooLong(from, 0, 0, r.max()))
	}
	text, bad := Decode(data)
	if bad != nil {
		bad.From = from
		return y(Raw{}, bad)
	}
	return y(Raw{From: from, Text: text}, nil)
}
