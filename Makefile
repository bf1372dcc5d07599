# Squall: load tests as Kubernetes resources. `make help` lists what can be made.
SHELL := /bin/bash
.DEFAULT_GOAL := help

export JAVA_HOME := $(shell deploy/prerequisites.sh jdk)
MVN := mvn -q

.PHONY: help prerequisites build test unit verify format images install-manifest demo demo-down bench prove-capacity prove-stall

help: ## List the targets.
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | sort | awk -F'\t' '{printf "  make %-18s %s\n", $$1, $$2}'

prerequisites:
	@deploy/prerequisites.sh check jdk mvn

build: prerequisites ## Compile everything and make the programs, without tests.
	$(MVN) package -DskipTests

test: ## Every test: unit, property, loopback, and on a real Kubernetes with the real images.
	@.ci/test

unit: prerequisites ## Only the tests that need no cluster.
	$(MVN) verify

verify: prerequisites ## Format and regenerate what is checked in; fails on a difference.
	@.ci/verify

format: prerequisites ## Format the code.
	$(MVN) spotless:apply

images: prerequisites ## Build every image without a registry; build/images.txt lists the archives.
	@deploy/images/all.sh

demo: ## Bring up what is missing, run the seed's LoadTest on a cluster, and show its results.
	@deploy/demo/demo.sh up

demo-down: ## End the demo's cluster.
	@deploy/demo/demo.sh down

bench: ## Measure beside other load generators on this machine; BENCH=quick for a short look, ROWS= to choose.
	@runner/bench/bench

prove-capacity: ## The proof of the capacity search over 100 seeds of each simulated target, with its figures (minutes).
	@mvn -q -pl runner -am test -Dtest=CapacityTest -Dsurefire.failIfNoSpecifiedTests=false -Dsquall.capacity.seeds=100

prove-stall: ## The stall proof on loopback at its full length, with its figures (2 minutes).
	@mvn -q -pl runner -am test -Dtest='StallTest,StallIT' -Dsurefire.failIfNoSpecifiedTests=false -Dsquall.stall.full=true
