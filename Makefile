# saidgraph: who said what about whom. `make help` lists the targets.
# gin without MessagePack, which nobody asks for: 36 of 140 s of building on a fresh machine.
GO     ?= go
TAGS   ?= -tags nomsgpack
STORE  ?= sqlite:saidgraph.db
ADDR   ?= 127.0.0.1:8080
GOLD   ?= ../shared/gold
FUZZ   ?= 20s
PILES  ?= 1000,10000,100000
PYTHON ?= python3
CLAIMS ?= 10000,100000,1000000

.PHONY: help run build test race fuzz bench bench-load bench-neo4j neo4j neo4j-stop eval model lint clean
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/saidgraph
	$(GO) build $(TAGS) -trimpath -ldflags '-s -w' -o bin/saidgraph ./cmd/saidgraph

run: build ## load the bundled articles, show what they say, serve the API and the page
	./bin/saidgraph demo --store $(STORE) --addr $(ADDR)

test: ## vet and all tests
	$(GO) vet $(TAGS) ./...
	$(GO) test $(TAGS) -timeout 20m ./...

race: ## all tests under the race detector
	$(GO) test $(TAGS) -race ./...

fuzz: ## each fuzz target for FUZZ (20s)
	@set -e; grep -rl --include='*_test.go' '^func Fuzz' . | while read -r f; do \
	  sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\).*/\1/p' $$f | while read -r t; do \
	    echo "== $$(dirname $$f) $$t"; $(GO) test $(TAGS) -run '^$$' -fuzz "^$$t\$$" -fuzztime $(FUZZ) ./$$(dirname $$f); done; done

bench: build ## all benchmarks, then an open peer side by side, memory and start
	$(GO) test $(TAGS) -run '^$$' -bench . -benchmem ./...
	$(PYTHON) cmd/train/peer/run.py bin/saidgraph

bench-load: ## load PILES of real text end to end into SQLite and Neo4j: rate, stages, peak memory, unchanged again
	$(GO) test $(TAGS) -run '^$$' -bench '^BenchmarkPile$$' -benchtime 1x -timeout 4h ./cmd/saidgraph -piles $(PILES)

bench-neo4j: ## Neo4j and SQLite side by side, and the same Cypher by hand, on graphs of CLAIMS claims
	NEO4J_DEV_HEAP=3g NEO4J_DEV_PAGECACHE=1g NEO4J_DEV_JVM=-XX:+UseSerialGC \
	  $(GO) test $(TAGS) -run '^$$' -bench '^BenchmarkSideBySide$$' -benchtime 1x -timeout 2h ./graph/neo4j -claims $(CLAIMS)

neo4j: ## start a real Neo4j server on port 7687 (needs java 17 and mvn), for SAIDGRAPH_STORE=bolt://neo4j:localpassword@127.0.0.1
	graph/neo4j/dev/neo4j-dev start

neo4j-stop: ## stop it
	graph/neo4j/dev/neo4j-dev stop

eval: build ## score the engine on the gold data in GOLD; build/eval/*.html shows its worst errors, scores.txt its figures
	@mkdir -p build/eval
	@for set in polnear.dev directed.dev gum.dev; do \
	  ./bin/saidgraph extract --gold $(GOLD)/$$set.jsonl > build/eval/$$set.jsonl && \
	  echo "== $$set" && $(PYTHON) $(GOLD)/score.py $(GOLD)/$$set.jsonl build/eval/$$set.jsonl && \
	  $(GO) run $(TAGS) ./cmd/train/report -gold $(GOLD)/$$set.jsonl -pred build/eval/$$set.jsonl -out build/eval/$$set.html || exit 1; done
	@echo "== bundled article"; $(GO) test $(TAGS) -count=1 -run TestSeed -v ./loaders/quote >build/eval/seed.txt; ok=$$?; grep -v '^=== ' build/eval/seed.txt; exit $$ok
	@PYTHON=$(PYTHON) $(GO) run $(TAGS) ./cmd/train/report scores $(GOLD) build/eval loaders/quote/model

model: ## train the models from the gold data in GOLD (developers; hours)
	$(GO) run $(TAGS) ./cmd/train $(GOLD) loaders/quote/model pos cue names
	./cmd/train/neural/run.sh $(GOLD)
	./cmd/train/pair/run.sh $(GOLD)

lint: ## gofmt, vet, staticcheck, dead code
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "gofmt: the files above want formatting"; exit 1; }
	$(GO) vet $(TAGS) ./...
	$(GO) tool staticcheck ./...
	$(GO) tool deadcode -test ./...

clean: ## remove what was built (not the stores)
	rm -rf bin build
