package jobs

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// size is how many bytes the sources are long and how many of them were read, as near as can be told from outside: enough for a bar.
type size struct {
	total int64
	done  int64 // of the files before the one in hand
	from  string
	here  int64 // of the one in hand
	whole int64
}

// most files that are measured: more would keep a load waiting for its bar.
const most = 200_000

// overhead is what a document has around its text, in bytes: names of fields, headers.
const overhead = 200

// measure adds up the sources. Where one has no known size (an address, a pipe, a packed file) there is no total.
func (s *size) measure(sources []string) {
	files := 0
	for _, name := range sources {
		found := []string{name}
		if strings.ContainsAny(name, "*?[") {
			found, _ = filepath.Glob(name) // a bad pattern is the reader's to complain of
		}
		for _, name := range found {
			known := filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				info, err := os.Stat(path)
				if files++; err != nil || !info.Mode().IsRegular() || files > most || strings.HasSuffix(path, ".gz") {
					return fs.ErrInvalid
				}
				s.total += info.Size()
				return nil
			})
			if known != nil {
				s.total = 0
				return
			}
		}
	}
}

// read notes a document's bytes.
func (s *size) read(from string, n int) {
	if s.total == 0 {
		return
	}
	if from != s.from {
		s.done += s.whole
		s.from, s.here, s.whole = from, 0, 0
		if info, err := os.Stat(from); err == nil {
			s.whole = info.Size()
		}
	}
	s.here += int64(n) + overhead
}

func (s *size) share() float64 {
	if s.total == 0 {
		return -1
	}
	return min(float64(s.done+min(s.here, s.whole))/float64(s.total), 1)
}
