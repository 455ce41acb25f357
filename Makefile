# vpos: `make` alone lists what there is. `make run` and `make test` set
# themselves up; see scripts/setup.sh for what they install and when.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run build test check bench shots golden golden-same fuzz cross fmt vet lint race setup-run setup-test sim crash kill monkey mutants mutants-journal mutants-all escpos-decoders

BIN      := bin/vpos$(shell go env GOEXE 2>/dev/null)
# The built program, for tests that start it; without this they build their own.
export VPOS_BIN := $(CURDIR)/$(BIN)
ARGS     ?=
VERSION   = $(shell git describe --tags --always --dirty 2>/dev/null)
FUZZTIME ?= 30s
KEYS     ?= 50000
# Read when a recipe begins, after setup: -tags nopcsc where there is no PC/SC to build with.
TAGS      = $(shell sh scripts/tags.sh)
RACE      = $(shell sh scripts/race.sh)

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: setup-run build ## build the terminal and run it: make run ARGS="--lang en"
	@$(BIN) $(ARGS)

build: ## build bin/vpos
	@sh scripts/tags.sh explain
	go build -trimpath $(TAGS) -ldflags "-X main.version=$(VERSION)" -o $(BIN) .

test: setup-test fmt vet build race mutants cross ## everything a clone must pass: format, vet, tests with the race detector, planted bugs, cross builds

check: test lint golden-same mutants-journal ## what a change must pass: test, lint, golden files as committed, the journal's planted bugs, short fuzz
	sh scripts/fuzz.sh 5s

bench: setup-run build ## print every figure with its ratio
	sh scripts/bench.sh

golden: ## rewrite the golden files; read the diff before you commit it
	sh scripts/golden.sh

shots: setup-test ## run vpos in tmux and draw the pictures of the guide into docs/pictures
	go build -trimpath -buildvcs=false $(TAGS) -o bin/vpos-shots .
	go run ./scripts/shots -bin bin/vpos-shots -out docs/pictures

fuzz: ## fuzz every target for FUZZTIME each: make fuzz FUZZTIME=10m
	sh scripts/fuzz.sh $(FUZZTIME)

cross: ## build for Linux, macOS and Windows on amd64 and arm64
	sh scripts/cross.sh

escpos-decoders: ## slips as ESC/POS read back by decoders that others wrote, brought by pip and npm
	sh scripts/escpos-decoders.sh

sim: ## the money law against whole worlds from seeds, 20 s
	go run ./txn/proof/cmd/sim -seconds 20

crash: ## the journal on a file system that loses power, 60 s
	go run ./txn/proof/crash/cmd -seconds 60

kill: build ## kill the built terminal and its host, 500 times
	go run ./txn/proof/kill/cmd -bin $(BIN) -kills 500

monkey: build ## random keys at the built terminal in tmux: make monkey KEYS=100000
	VPOS_MONKEY_KEYS=$(KEYS) go test . -count 1 -run TestMonkeys -v -timeout 60m

mutants: ## plant every money bug in the machine and the host and see each caught
	go run ./txn/proof/cmd/mutants

mutants-journal: ## those in the journal, each seen by the cuts of make crash
	go run ./txn/proof/crash/mutants

mutants-all: mutants mutants-journal ## and those in the whole program: minutes
	go run ./txn/proof/kill/cmd -bin $(BIN) -mutant all -kills 300

fmt:
	sh scripts/fmt.sh

vet:
	go vet $(TAGS) ./...

race:
	go test $(RACE) $(TAGS) -timeout 12m ./...
	go test $(TAGS) ./tui # every picture, of which the race detector sees some

lint:
	sh scripts/lint.sh

# Golden files that `make golden` would change are a change nobody looked at.
golden-same:
	sh scripts/golden.sh same

setup-run:
	@sh scripts/setup.sh run

setup-test:
	@sh scripts/setup.sh test
