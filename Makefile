# Entrain. `make` alone lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup build demo test radio-test bench peers fuzz docs lint format clean

APT_PACKAGES := libdbus-1-dev libbluetooth-dev libsqlite3-dev zlib1g-dev dbus pkg-config util-linux
# The shell that runs a recipe sees swift on PATH or in the usual places.
export PATH := $(PATH):/opt/swift/usr/bin:/usr/local/swift/bin:$(HOME)/.local/share/swiftly/bin
SWIFT := swift
RELEASE := .build/release/entrain
DEMO_DATA ?= demo-data
SECONDS ?= 600

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what is missing from Debian (sudo only when you are not root)
	@command -v $(SWIFT) >/dev/null 2>&1 || { \
	  echo "entrain needs Swift 6.3, and there is no 'swift' on the PATH."; \
	  echo "  Get it:  https://www.swift.org/install/linux  (swiftly install 6.3), then run this again."; exit 1; }
	@version=$$($(SWIFT) --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1); \
	  if ! printf '6.3\n%s\n' "$$version" | sort -CV; then \
	    echo "entrain needs Swift 6.3 or newer; this is $$version."; \
	    echo "  Get it:  https://www.swift.org/install/linux  (swiftly install 6.3)"; exit 1; fi
	@missing=""; for package in $(APT_PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
	  if [ -n "$$missing" ]; then \
	    echo "Installing with apt:$$missing"; \
	    sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    $$sudo apt-get update -qq && \
	    $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

build: setup ## build the release binary, .build/release/entrain
	$(SWIFT) build -c release --product entrain

demo: build ## eight virtual straps, live, in under four minutes; then the CSVs
	@PATH="$$PWD/.build/release:$$PATH" ENTRAIN_DATA="$$PWD/$(DEMO_DATA)" bash -c ' \
	  entrain sim --straps 8 -- entrain session start demo --size 8 --any --consent-on-paper --script demo; status=$$?; \
	  [ $$status = 0 ] || [ $$status = 2 ] || exit $$status; \
	  session=$$(entrain session list --json | tail -n 1 | sed "s/.*\"session\":\"\([^\"]*\)\".*/\1/"); \
	  entrain export "$$session" --to "$(DEMO_DATA)/$$session"'

test: setup ## build and run all tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build
	$(SWIFT) build -c release --product entrain-bench
	.build/release/entrain-bench allocations

radio-test: build ## the binary against a real bluetoothd in a guest, with straps of another stack (10 minutes, needs apt and PyPI)
	Tests/Radio/run

bench: setup ## measure: coherence update, decoder, 60 straps
	$(SWIFT) build -c release --product entrain-bench
	$(SWIFT) build -c release --product entrain
	.build/release/entrain-bench

peers: setup ## our values and times beside those of the Python libraries (PyPI, into .build-peers)
	@SWIFT="$(SWIFT)" peers/run

fuzz: setup ## feed readers and engine what libFuzzer makes up, SECONDS=600 for each target
	@SWIFT="$(SWIFT)" Fuzz/run $(SECONDS)

docs: setup ## build the reference of HRV and HeartRate into .build-docs
	@SWIFT="$(SWIFT)" docs/build

lint: setup ## check the style of every source file
	$(SWIFT) format lint --strict -r Sources Tests Fuzz/Sources Fuzz/Package.swift Package.swift

format: setup ## put every source file into the style
	$(SWIFT) format -i -r Sources Tests Fuzz/Sources Fuzz/Package.swift Package.swift

clean: ## remove what was built
	rm -rf .build .build-docs .build-fuzz .build-outside .build-outside.lock .build-peers Fuzz/.build $(DEMO_DATA)
