package jobs

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"saidgraph/graph"
	"saidgraph/loaders/journal"
)

// Metrics are the figures of a store for Prometheus. They are read from the store when they are asked for, so they speak of all that ran,
// by whatever program on whatever machine.
type Metrics struct {
	store    graph.Store
	registry *prometheus.Registry
}

// byHand is the label of the job of loads that no job did.
const byHand = "(by hand)"

// patience is how long the store may take to answer a scrape.
const patience = 10 * time.Second

// NewMetrics returns the metrics of a store, and those of this process where it is one that stays; version and engine label the build.
func NewMetrics(store graph.Store, version, engine string, stays bool) *Metrics {
	m := &Metrics{store, prometheus.NewRegistry()}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "saidgraph_build_info", Help: "1, labelled with what this program is.",
		ConstLabels: prometheus.Labels{"version": version, "engine": engine},
	})
	build.Set(1)
	m.registry.MustRegister(m, build)
	if stays {
		m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	}
	return m
}

// Handler serves them.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.HTTPErrorOnError, MaxRequestsInFlight: 2, DisableCompression: true})
}

// WriteFile writes them to a file, whole or not at all, for node_exporter's textfile collector.
func (m *Metrics) WriteFile(path string) error { return prometheus.WriteToTextfile(path, m.registry) }

// Describe implements prometheus.Collector: which jobs there are is known only when they are asked for.
func (m *Metrics) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector.
func (m *Metrics) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := m.collect(ctx, func(d metric, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(prometheus.NewDesc(d.name, d.help, d.labels, nil), d.kind, value, labels...)
	}); err != nil {
		out <- prometheus.NewInvalidMetric(prometheus.NewDesc("saidgraph_store_up", "", nil, nil), err)
	}
}

// metric is a family: its help, whether it only grows, its labels.
type metric struct {
	name, help string
	kind       prometheus.ValueType
	labels     []string
}

func gauge(name, help string, labels ...string) metric {
	return metric{"saidgraph_" + name, help, prometheus.GaugeValue, labels}
}

func counter(name, help string, labels ...string) metric {
	return metric{"saidgraph_" + name, help, prometheus.CounterValue, labels}
}

func (m *Metrics) collect(ctx context.Context, put func(d metric, value float64, labels ...string)) error {
	stats, err := m.store.Stats(ctx)
	if err != nil {
		return err
	}
	for label, n := range stats.Nodes {
		put(gauge("nodes", "Nodes in the graph.", "label"), float64(n), string(label))
	}
	for kind, n := range stats.Edges {
		put(gauge("edges", "Edges in the graph.", "type"), float64(n), string(kind))
	}
	j := journal.New(m.store)
	letters, err := j.Letters(ctx)
	if err != nil {
		return err
	}
	put(gauge("dead_letters", "Documents that did not get in and wait for a retry."), float64(len(letters)))
	for t, err := range j.Totals(ctx) {
		if err != nil {
			return err
		}
		total(t, put)
	}
	return nil
}

// total puts the figures of one job.
func total(t journal.Total, put func(d metric, value float64, labels ...string)) {
	name, ok := t.Job, 0.0
	if name == "" {
		name = byHand
	}
	if t.State == journal.Done || t.State == journal.Partial {
		ok = 1
	}
	put(counter("job_runs_total", "Runs that ended.", "job"), float64(t.Runs), name)
	put(counter("job_failed_runs_total", "Runs that failed.", "job"), float64(t.FailedRuns), name)
	for what, n := range map[string]int{"new": t.New, "changed": t.Changed, "unchanged": t.Unchanged, "failed": t.Failed, "skipped": t.Read - t.New - t.Changed - t.Unchanged - t.Failed} {
		put(counter("job_documents_total", "Documents by what became of them.", "job", "outcome"), float64(n), name, what)
	}
	put(gauge("job_last_run_ok", "1 where the last run was not stopped and did not fail.", "job"), ok, name)
	put(gauge("job_last_run_duration_seconds", "How long the last run took.", "job"), t.Took.Seconds(), name)
	put(gauge("job_last_run_timestamp_seconds", "End of the last run.", "job"), seconds(t.LastEnd), name)
	put(gauge("job_last_success_timestamp_seconds", "End of the last run that was not stopped and did not fail; 0: never.", "job"), seconds(t.LastSuccess), name)
	put(gauge("job_last_new_article_timestamp_seconds", "End of the last run that brought a new article; 0: never.", "job"), seconds(t.LastNew), name)
}

func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}
