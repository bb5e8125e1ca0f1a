package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"

	"saidgraph/loaders/quote"
)

// gold analyses gold documents, and writes a line for each in the order of the input. It returns how many
// lines held no document; a document that makes the engine panic still has its line, an empty one.
func (c *extractCmd) gold(a *app, analyse func(string) *quote.Analysis, out io.Writer) (failed int, err error) {
	for _, name := range c.Files {
		n, err := c.goldFile(a, analyse, name, out)
		failed += n
		if err != nil {
			return failed, err
		}
	}
	return failed, nil
}

func (c *extractCmd) goldFile(a *app, analyse func(string) *quote.Analysis, name string, out io.Writer) (failed int, err error) {
	in := a.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		in = f
	}
	lines := bufio.NewReaderSize(in, 1<<20)
	for first := 1; ; {
		chunk, err := readChunk(lines, 8*runtime.GOMAXPROCS(0), int(c.MaxBytes))
		if err != nil && err != io.EOF {
			return failed, err
		}
		for i, r := range goldLines(analyse, chunk) {
			if r.err != nil {
				failed++
				a.complain(fmt.Errorf("%s:%d: %w", name, first+i, r.err))
			}
			if _, err := out.Write(r.line); err != nil {
				return failed, err
			}
		}
		first += len(chunk)
		if err == io.EOF || a.ctx.Err() != nil {
			return failed, nil
		}
	}
}

var errLongLine = errors.New("is longer than one document may be (raise --max-bytes)")

// readChunk reads up to n lines, nil for one of more than limit bytes; io.EOF with the last ones.
func readChunk(in *bufio.Reader, n, limit int) (lines [][]byte, err error) {
	for len(lines) < n && err == nil {
		line, size := []byte{}, 0
		for more := true; more; more = err == bufio.ErrBufferFull {
			var part []byte
			part, err = in.ReadSlice('\n')
			if size += len(part); size > limit {
				line = nil
			} else {
				line = append(line, part...)
			}
		}
		if size > 0 {
			lines = append(lines, line)
		}
	}
	return lines, err
}

// goldLine is the answer to one line of gold: the JSON to write, and what was wrong.
type goldLine struct {
	line []byte
	err  error
}

// goldLines analyses lines at once, on all cores, and returns the answers in their order.
func goldLines(analyse func(string) *quote.Analysis, lines [][]byte) []goldLine {
	out := make([]goldLine, len(lines))
	var wg sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, line := range lines {
		wg.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			out[i] = goldDocument(analyse, line)
		})
	}
	wg.Wait()
	return out
}

func goldDocument(analyse func(string) *quote.Analysis, line []byte) (r goldLine) {
	if line == nil {
		return goldLine{err: errLongLine}
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return r
	}
	var doc struct {
		ID   json.RawMessage `json:"id"`
		Text *string         `json:"text"`
	}
	if err := json.Unmarshal(line, &doc); err != nil {
		return goldLine{err: fmt.Errorf("is no gold document: %w", err)}
	}
	if doc.Text == nil {
		return goldLine{err: errors.New("text: is missing")}
	}
	id := strings.TrimSpace(string(doc.ID)) // an id that is a number stays readable
	var s string
	if json.Unmarshal(doc.ID, &s) == nil {
		id = s
	}
	defer func() {
		if v := recover(); v != nil {
			r.err = fmt.Errorf("%s: the engine panicked: %.200v", id, v)
			r.line, _ = json.Marshal((&quote.Analysis{}).Gold(id)) // a struct of strings and slices always encodes
			r.line = append(r.line, '\n')
		}
	}()
	r.line, r.err = json.Marshal(analyse(*doc.Text).Gold(id))
	r.line = append(r.line, '\n')
	return r
}
