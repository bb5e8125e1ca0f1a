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
	if what := besides(path); what != "" && r.As == "" {
		return y(Raw{}, &Skip{From: path, Why: "not text but " + what})
	}
	return r.file(ctx, path, info, y)
}

// besides says what a file of a folder is that holds no article but lies beside some: what a browser saves with a page, a store.
// It is judged by its name; "" where that says nothing.
func besides(path string) string {
	for _, tail := range []string{"-wal", "-shm", "-journal"} {
		if of, ok := strings.CutSuffix(path, tail); ok {
			if _, err := os.Stat(of); err == nil {
				return "a database"
			}
		}
	}
	name, _, _ := strings.Cut(strings.ToLower(filepath.Base(path)), "?") // style.css?v=2, as wget has it
	ext := filepath.Ext(strings.TrimSuffix(name, ".gz"))
	for _, kind := range []struct{ what, endings string }{
		{"style or script", " .css .js .mjs .map .wasm "},
		{"a picture, sound or film", " .avif .bmp .gif .ico .jpeg .jpg .png .svg .tif .tiff .webp .flac .m4a .mp3 .ogg .wav .avi .m4v .mkv .mov .mp4 .webm "},
		{"a font", " .eot .otf .ttf .woff .woff2 "},
		{"an archive", " .7z .bz2 .rar .tar .tgz .xz .zip .zst "},
		{"a database", " .db .sqlite .sqlite3 "},
	} {
		if ext != "" && strings.Contains(kind.endings, " "+ext+" ") {
			return kind.what
		}
	}
	return ""
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
