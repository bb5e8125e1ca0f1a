package source

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

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
	f, err := os.Open(path)
	if err != nil {
		return y(Raw{}, fileError(path, err))
	}
	defer f.Close()
	var size int64
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	return r.open(ctx, path, f, size, y)
}

// text reads all of in as one document.
func (r Reader) text(from string, in io.Reader, y yield) bool {
	data, bad := r.all(from, in)
	if bad != nil {
		return y(Raw{}, bad)
	}
	text, bad := Decode(data)
	if bad != nil {
		bad.From = from
		return y(Raw{}, bad)
	}
	return y(Raw{From: from, Text: text}, nil)
}

// all reads one document whole.
func (r Reader) all(from string, in io.Reader) ([]byte, *Error) {
	data, err := io.ReadAll(io.LimitReader(in, r.max()+1))
	if err != nil {
		return nil, fileError(from, err)
	}
	if int64(len(data)) > r.max() {
		return nil, tooLong(from, 0, 0, r.max())
	}
	return data, nil
}
