package main

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"saidgraph/loaders"
	"saidgraph/loaders/jobs"
	"saidgraph/loaders/source"
)

// logger writes the log where and how --log says; without it, nowhere.
func (a *app) logger() *slog.Logger {
	switch a.log {
	case "text":
		return slog.New(slog.NewTextHandler(a.stderr, nil))
	case "json":
		return slog.New(slog.NewJSONHandler(a.stderr, nil))
	}
	return slog.New(slog.DiscardHandler)
}

// watch does a load and tells stderr how it goes: a bar on a terminal, else one line a minute; each failure, and what came of it. With
// --log these are lines of the log.
func (a *app) watch(load func(jobs.Hear) (loaders.Report, error)) (loaders.Report, error) {
	if a.log != "" {
		return a.logged(load)
	}
	bar := newProgress(a)
	r, err := load(jobs.Hear{Progress: bar.show, Failed: func(e *source.Error) { bar.say("saidgraph: " + clean(e.Error())) }})
	bar.end()
	if err == nil || r.Read > 0 {
		fmt.Fprint(a.stderr, clean(summary(r)))
	}
	return r, err
}

func (a *app) logged(load func(jobs.Hear) (loaders.Report, error)) (loaders.Report, error) {
	log, every := a.logger(), minutely{last: time.Now()}
	r, err := load(jobs.Hear{
		Failed: func(e *source.Error) {
			log.Warn("document failed", slog.String("from", e.From), slog.Int("line", e.Line), slog.String("field", e.Field), slog.String("reason", e.Reason))
		},
		Progress: func(r loaders.Report, _ float64) {
			if every.due() {
				log.Info("loading", jobs.Figures(r)...)
			}
		},
	})
	log.Info("load ended", jobs.Figures(r)...)
	return r, err
}

// minutely is true once a minute.
type minutely struct{ last time.Time }

func (m *minutely) due() bool {
	if time.Since(m.last) < time.Minute {
		return false
	}
	m.last = time.Now()
	return true
}

// progress is a bar on a terminal; elsewhere a line a minute.
type progress struct {
	w     io.Writer
	start time.Time
	every minutely
	bars  *mpb.Progress // nil: no terminal
	bar   *mpb.Bar
	seen  chan moment // holds one: the last
}

// moment is what the bar draws.
type moment struct {
	report loaders.Report
	share  float64
}

// barUnits is what a whole bar counts to.
const barUnits = 10_000

func newProgress(a *app) *progress {
	p := &progress{w: a.stderr, start: time.Now(), every: minutely{time.Now()}}
	if !isTerminal(a.stderr) {
		return p
	}
	p.seen = make(chan moment, 1)
	p.seen <- moment{share: -1}
	p.bars = mpb.New(mpb.WithOutput(a.stderr), mpb.WithWidth(max(20, width(a.stderr)/3)), mpb.WithRefreshRate(200*time.Millisecond))
	p.bar = p.bars.New(barUnits, mpb.BarStyle(), mpb.BarRemoveOnComplete(),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string {
			s := <-p.seen
			p.seen <- s
			return p.line(s)
		})))
	return p
}

// show takes the state of the load.
func (p *progress) show(r loaders.Report, share float64) {
	s := moment{r, share}
	switch {
	case p.bars != nil:
		<-p.seen
		p.seen <- s
		p.bar.SetCurrent(min(int64(max(share, 0)*barUnits), barUnits-1))
	case p.every.due():
		fmt.Fprintln(p.w, strings.TrimSpace(p.line(s)))
	}
}

// line is the state in words: counts, rate, time left.
func (p *progress) line(s moment) string {
	took := time.Since(p.start)
	line := fmt.Sprintf(" %s loaded, %d unchanged, %d failed, %s/s", count(s.report.Loaded, "article"), s.report.Unchanged, s.report.Failed,
		perSecond(s.report.Read, took.Seconds()))
	if s.share > 0.005 && s.share < 1 {
		left := time.Duration(float64(took) * (1 - s.share) / s.share)
		line += fmt.Sprintf(", %.0f%%, %s left", 100*s.share, left.Round(time.Second))
	}
	return line
}

// say prints a line above the bar.
func (p *progress) say(line string) {
	if p.bars != nil {
		_, _ = fmt.Fprintln(p.bars, line) // the terminal is gone: nobody reads it
		return
	}
	fmt.Fprintln(p.w, line)
}

func (p *progress) end() {
	if p.bars != nil {
		p.bar.Abort(true)
		p.bars.Wait()
	}
}
