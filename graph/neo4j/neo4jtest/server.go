// Package neo4jtest gives tests a real Neo4j server: one for all tests of a binary.
//
// It starts the server of ../dev, or takes the one that SAIDGRAPH_NEO4J names (bolt://user:password@host:port); of that it wipes the
// database before each test, but only where the database is empty or was a test's before. Without java and mvn a test
// is skipped, unless SAIDGRAPH_REQUIRE lists "neo4j".
package neo4jtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"saidgraph/graph/neo4j"
)

const password = "localpassword"

// Server is a running server.
type Server struct {
	URL      string        // with user and password
	Imported time.Duration // how long neo4j-admin took, of a server that [Import] made

	script, dir, port string
	conf              []string  // lines of neo4j.conf
	stdin             io.Closer // its end is the server's
}

// shared is the server of this test binary.
var shared = sync.OnceValues(start)

// Start returns the server of this test binary; it dies with the binary.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := shared()
	if err != nil && strings.Contains(os.Getenv("SAIDGRAPH_REQUIRE"), "neo4j") {
		t.Fatalf("SAIDGRAPH_REQUIRE wants a Neo4j server: %v", err)
	}
	if err != nil {
		t.Skipf("no Neo4j server: %v", err)
	}
	return s
}

func start() (*Server, error) {
	if u := os.Getenv("SAIDGRAPH_NEO4J"); u != "" {
		return &Server{URL: u}, nil
	}
	for _, tool := range []string{"bash", "java"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, err
		}
	}
	root, err := os.Getwd()
	for err == nil {
		if _, e := os.Stat(filepath.Join(root, "go.mod")); e == nil {
			break
		}
		if root == filepath.Dir(root) {
			err = errors.New("no go.mod above the test")
		}
		root = filepath.Dir(root)
	}
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "neo4j-test-")
	if err != nil {
		return nil, err
	}
	s, err := at(filepath.Join(root, "graph/neo4j/dev/neo4j-dev"), dir)
	if err != nil {
		return nil, err
	}
	return s, s.run()
}

// at is a server of a folder, not started yet.
func at(script, dir string) (*Server, error) {
	port, err := freePort()
	return &Server{URL: "bolt://neo4j:" + password + "@127.0.0.1:" + port, script: script, dir: dir, port: port}, err
}

// own is a server for this test alone, not started yet.
func own(t testing.TB) *Server {
	t.Helper()
	one := Start(t)
	if one.script == "" {
		t.Skip("this test needs a server of its own, and SAIDGRAPH_NEO4J names one that runs")
	}
	s, err := at(one.script, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Own starts a server for this test alone, with more lines of neo4j.conf.
func Own(t testing.TB, conf ...string) *Server {
	t.Helper()
	s := own(t)
	s.conf = conf
	s.Restart(t)
	t.Cleanup(func() { s.Kill(t) })
	return s
}

// Import makes a database of files by neo4j-admin, with these arguments, and starts a server of it for this test alone.
func Import(t testing.TB, args []string) *Server {
	t.Helper()
	s := own(t)
	var start time.Time
	for _, args := range [][]string{
		{"dbms", "set-initial-password", password},
		append([]string{"database", "import", "full", "neo4j", "--overwrite-destination=true"}, args...),
	} {
		start = time.Now()
		if out, err := exec.Command(s.script, append([]string{"admin", s.dir}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("neo4j-admin %s: %v\n%s", args[0], err, out)
		}
	}
	s.Imported = time.Since(start)
	s.Restart(t)
	t.Cleanup(func() { s.Kill(t) })
	return s
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port), nil
}

// run starts the server and waits until it answers.
func (s *Server) run() error {
	cmd := exec.Command(s.script, "run", s.dir, s.port)
	// Tests run few statements often on graphs that come and go: the quick compiler, and no new plan whenever a graph has gone. Who measures
	// says otherwise in the environment.
	cmd.Env = append([]string{"NEO4J_DEV_PAGECACHE=128m", "NEO4J_DEV_JVM=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
		"NEO4J_DEV_CONF=" + strings.Join(append(s.conf, "dbms.cypher.min_replan_interval=1h"), "\n")}, os.Environ()...)
	cmd.Env = append(cmd.Env, "NEO4J_DEV_PASSWORD="+password)
	var said strings.Builder
	cmd.Stderr = &said
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	s.stdin = in
	if line, _ := bufio.NewReader(out).ReadString('\n'); !strings.HasPrefix(line, "bolt://") {
		cmd.Wait()
		return fmt.Errorf("%s: %s", s.script, said.String())
	}
	go cmd.Wait()
	return nil
}

// Kill ends the server at once, as a power cut does. A server that the tests did not start skips the test.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	s.signal(t, syscall.SIGKILL)
}

// Pause makes the server say nothing until Resume: its connections stay open.
func (s *Server) Pause(t testing.TB) {
	t.Helper()
	s.signal(t, syscall.SIGSTOP)
}

// Resume ends a Pause.
func (s *Server) Resume(t testing.TB) {
	t.Helper()
	s.signal(t, syscall.SIGCONT)
}

// Stop ends the server as its operator would, and waits for that.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if out, err := exec.Command(s.script, "stop", s.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

func (s *Server) signal(t testing.TB, what syscall.Signal) {
	t.Helper()
	if s.script == "" {
		t.Skip("the server of SAIDGRAPH_NEO4J is not ours to kill")
	}
	text, err := os.ReadFile(filepath.Join(s.dir, "pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, what); err != nil {
		t.Fatal(err)
	}
}

// Restart starts a server that was ended again, with its data and, if there are any, other lines of neo4j.conf.
func (s *Server) Restart(t testing.TB, conf ...string) {
	t.Helper()
	if len(conf) > 0 {
		s.conf = conf
	}
	if err := s.run(); err != nil {
		t.Fatal(err)
	}
}

// With is the URL with another scheme.
func (s *Server) With(scheme string) string {
	_, rest, _ := strings.Cut(s.URL, "://")
	return scheme + "://" + rest
}

// Login is what a driver needs: user, password and the URL without them.
func (s *Server) Login(t testing.TB) (user, password, address string) {
	t.Helper()
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	password, _ = u.User.Password()
	return u.User.Username(), password, "bolt://" + u.Host
}

// Open wipes the database and opens a store, closed when the test ends.
func (s *Server) Open(t testing.TB, options neo4j.Options) *neo4j.Store {
	t.Helper()
	return s.OpenAt(t, s.URL, options)
}

// OpenAt is Open by another URL of the same server.
func (s *Server) OpenAt(t testing.TB, address string, options neo4j.Options) *neo4j.Store {
	t.Helper()
	s.Wipe(t)
	store, err := neo4j.Open(t.Context(), address, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// Wipe empties the database, its schema aside.
func (s *Server) Wipe(t testing.TB) {
	t.Helper()
	s.Cypher(t, `OPTIONAL MATCH (s:Saidgraph) WITH count(s) AS stores, coalesce(max(s.scratch), false) AS ours
		RETURN ours OR stores = 0 AND NOT EXISTS { MATCH (n) RETURN n LIMIT 1 }`, func(values []any) {
		if values[0] != true {
			t.Fatal("the database of SAIDGRAPH_NEO4J holds something that no test put there; give the tests an empty one")
		}
	})
	s.Cypher(t, `MATCH (n) WHERE NOT n:Saidgraph CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 500 ROWS`, nil)
	s.Cypher(t, `MERGE (s:Saidgraph {id: 'graph'}) ON CREATE SET s.schema = 0 SET s.scratch = true`, nil)
}

// Cypher runs a statement in a transaction of its own; each, if not nil, gets the values of every record.
func (s *Server) Cypher(t testing.TB, text string, each func(values []any)) {
	t.Helper()
	s.cypher(t, text, nil, each)
}

// Profile runs a statement and returns how many records it gave, and its plan with what each operator did.
func (s *Server) Profile(t testing.TB, text string) (records int, plan driver.ProfiledPlan) {
	t.Helper()
	plan = s.cypher(t, "PROFILE "+text, nil, func([]any) { records++ }).Profile()
	return records, plan
}

// Explain returns the plan of a statement.
func (s *Server) Explain(t testing.TB, text string, params map[string]any) driver.Plan {
	t.Helper()
	return s.cypher(t, "EXPLAIN "+text, params, nil).Plan()
}

func (s *Server) cypher(t testing.TB, text string, params map[string]any, each func(values []any)) driver.ResultSummary {
	t.Helper()
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	key, _ := u.User.Password()
	d, err := driver.NewDriverWithContext("bolt://"+u.Host, driver.BasicAuth(u.User.Username(), key, ""))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithoutCancel(t.Context())
	defer d.Close(ctx)
	session := d.NewSession(ctx, driver.SessionConfig{DatabaseName: u.Query().Get("database")})
	defer session.Close(ctx)
	result, err := session.Run(ctx, text, params)
	if err != nil {
		t.Fatal(err)
	}
	for result.Next(ctx) {
		if each != nil {
			each(result.Record().Values)
		}
	}
	summary, err := result.Consume(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return summary
}
