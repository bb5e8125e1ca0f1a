package neo4j_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"saidgraph/graph"
	"saidgraph/graph/neo4j"
	"saidgraph/graph/neo4j/neo4jtest"
)

// certificate writes a key and a certificate that it signs itself, for 127.0.0.1, as a server's settings name them.
func certificate(t *testing.T) (dir string) {
	dir = t.TempDir()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	public, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"public.crt": {Type: "CERTIFICATE", Bytes: public}, "private.key": {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"trusted", "revoked"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestAccess asks a server that wants TLS and has a certificate of its own, then one whose database may only be read.
func TestAccess(t *testing.T) {
	tls := []string{"server.bolt.tls_level=REQUIRED", "dbms.ssl.policy.bolt.enabled=true", "dbms.ssl.policy.bolt.base_directory=" + certificate(t),
		"dbms.ssl.policy.bolt.private_key=private.key", "dbms.ssl.policy.bolt.public_certificate=public.crt", "dbms.ssl.policy.bolt.client_auth=NONE"}
	server := neo4jtest.Own(t, tls...)
	batches := press(2)
	for _, scheme := range []string{"bolt+ssc", "neo4j+ssc"} {
		s, err := neo4j.Open(t.Context(), server.With(scheme), neo4j.Options{})
		if err != nil {
			t.Fatalf("%s: %v", scheme, err)
		}
		if err := s.Apply(t.Context(), batches...); err != nil {
			t.Errorf("%s: %v", scheme, err)
		}
		wants(t, s, batches)
		s.Close()
	}
	for scheme, want := range map[string]string{"bolt+s": "+ssc for +s", "neo4j+s": "+ssc for +s", "bolt": "does it want TLS", "neo4j": "does it want TLS"} {
		start := time.Now()
		_, err := neo4j.Open(t.Context(), server.With(scheme), neo4j.Options{})
		if graph.CodeOf(err) != graph.Unavailable || !strings.Contains(err.Error(), want) || time.Since(start) > 5*time.Second {
			t.Errorf("%s to a server with a certificate of its own: %v after %v, want Unavailable at once, with %q", scheme, err, time.Since(start), want)
		}
	}

	server.Stop(t)
	server.Restart(t, append(tls, "server.databases.read_only=neo4j")...)
	s, err := neo4j.Open(t.Context(), server.With("bolt+ssc"), neo4j.Options{})
	if err != nil {
		t.Fatalf("a database that may only be read is not opened: %v", err)
	}
	defer s.Close()
	wants(t, s, batches)
	for what, write := range map[string]func() error{
		"Apply":  func() error { return s.Apply(t.Context(), press(1)...) },
		"Delete": func() error { return s.Delete(t.Context(), batches[0].Article.ID) },
		"Write":  func() error { return s.Write(t.Context(), graph.Record{Bucket: "b", Key: "k", Value: []byte("v")}) },
	} {
		start := time.Now()
		if err := write(); graph.CodeOf(err) != graph.Unavailable || !strings.Contains(err.Error(), "may only read") || time.Since(start) > 5*time.Second {
			t.Errorf("%s to a database that may only be read: %v after %v, want Unavailable at once, with what to do", what, err, time.Since(start))
		}
	}
	wants(t, s, batches)
}

// TestSilentServer asks a server that takes what is sent and says nothing: reads and writes end in time and their connections come back.
func TestSilentServer(t *testing.T) {
	server := neo4jtest.Start(t)
	batches := press(2)
	if err := server.Open(t, neo4j.Options{}).Apply(t.Context(), batches...); err != nil {
		t.Fatal(err)
	}
	s, err := neo4j.Open(t.Context(), server.URL, neo4j.Options{Pool: 2, Acquire: 2 * time.Second, Query: time.Second, Retry: time.Second, ReadRetry: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	server.Pause(t)
	awake := false
	defer func() {
		if !awake {
			server.Resume(t)
		}
	}()
	short, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	for what, ask := range map[string]func() error{
		"a read that gives up":  func() error { _, err := s.Stats(short); return err },
		"a read":                func() error { _, err := s.Stats(t.Context()); return err },
		"a write that gives up": func() error { return s.Apply(short, batches...) },
		"a write":               func() error { return s.Apply(t.Context(), batches...) },
	} {
		start := time.Now()
		err := ask()
		if graph.CodeOf(err) != graph.Unavailable || strings.Contains(what, "gives up") && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s of a silent server: %v, want Unavailable", what, err)
		}
		if took := time.Since(start); took > 15*time.Second {
			t.Errorf("%s of a silent server ends after %v", what, took)
		}
	}
	server.Resume(t)
	awake = true
	patient, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := s.Apply(patient, batches...); err != nil {
		t.Errorf("a write after the silence: %v", err)
	}
	if st, err := s.Stats(patient); err != nil || st.Nodes[graph.ArticleNode] != len(batches) {
		t.Errorf("after the silence: %v of %d articles, %v", st.Nodes, len(batches), err)
	}
}
