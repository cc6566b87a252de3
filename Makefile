# Entrain. `make` alone lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup build demo recording test radio-test bench peers fuzz sanitize docs lint format install uninstall clean

APT_PACKAGES := libdbus-1-dev libbluetooth-dev libsqlite3-dev zlib1g-dev dbus pkg-config util-linux systemd libglib2.0-bin groff-base python3-venv
# The shell that runs a recipe sees swift on PATH or in the usual places.
export PATH := $(PATH):/opt/swift/usr/bin:/usr/local/swift/bin:$(HOME)/.local/share/swiftly/bin
SWIFT := swift
RELEASE := .build/release/entrain
DEMO_DATA ?= demo-data
SECONDS ?= 600
# Fuzz targets; none for all of them.
TARGETS ?=
SANITIZERS ?= address thread
PREFIX ?= /usr
BINARY ?= $(RELEASE)
# --static-swift-stdlib makes a program that runs where Swift is not installed.
SWIFTFLAGS ?=
# What is installed: file of this tree, then its place below DESTDIR. The bus and systemd look in these places only.
INSTALLED := \
  dbus-policy/org.entrain.Gateway1.conf:$(PREFIX)/share/dbus-1/system.d/org.entrain.Gateway1.conf \
  dbus-policy/org.entrain.Gateway1.service:$(PREFIX)/share/dbus-1/system-services/org.entrain.Gateway1.service \
  dbus-policy/org.entrain.Gateway1.xml:$(PREFIX)/share/dbus-1/interfaces/org.entrain.Gateway1.xml \
  dbus-policy/entrain.service:$(PREFIX)/lib/systemd/system/entrain.service \
  dbus-policy/entrain.sysusers:$(PREFIX)/lib/sysusers.d/entrain.conf
# Made by the program itself when it is installed: pages of the manual, and what shells complete.
MAN := $(PREFIX)/share/man/man1
COMPLETIONS := \
  bash:$(PREFIX)/share/bash-completion/completions/entrain \
  zsh:$(PREFIX)/share/zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)/_entrain \
  fish:$(PREFIX)/share/fish/vendor_completions.d/entrain.fish

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
	$(SWIFT) build -c release $(SWIFTFLAGS) --product entrain

demo: build ## eight virtual straps, live, in under four minutes; then the CSVs
	@PATH="$$PWD/.build/release:$$PATH" ENTRAIN_DATA="$$PWD/$(DEMO_DATA)" bash -c ' \
	  entrain sim --straps 8 -- entrain session start demo --size 8 --any --consent-on-paper --script demo; status=$$?; \
	  [ $$status = 0 ] || [ $$status = 2 ] || exit $$status; \
	  session=$$(entrain session list --json | tail -n 1 | sed "s/.*\"session\":\"\([^\"]*\)\".*/\1/"); \
	  entrain export "$$session" --to "$(DEMO_DATA)/$$session"'

recording: build ## record the demo for this page, docs/demo.svg (four minutes, needs python3)
	docs/record-demo

test: setup ## build and run all tests
	@SWIFT="$(SWIFT)" Tests/run
	$(SWIFT) build -c release --product entrain-bench
	.build/release/entrain-bench allocations
	.build/release/entrain-bench isolation

radio-test: build ## the binary against a real bluetoothd in a guest, with straps of another stack (10 minutes, needs apt and PyPI)
	Tests/Radio/run

bench: setup ## measure: coherence update, decoder, a store of 500 sessions, 60 straps
	$(SWIFT) build -c release --product entrain-bench
	$(SWIFT) build -c release --product entrain
	.build/release/entrain-bench

peers: setup ## our values and times beside those of the Python libraries (PyPI, into .build-peers)
	@SWIFT="$(SWIFT)" peers/run

fuzz: setup ## feed readers and engine what libFuzzer makes up, SECONDS=600 for each target, TARGETS="csv store"
	@SWIFT="$(SWIFT)" Fuzz/run $(SECONDS) $(TARGETS)

sanitize: setup ## all tests with SANITIZERS="address thread"
	@SWIFT="$(SWIFT)" Tests/sanitize $(SANITIZERS)

docs: setup ## build the reference of HRV and HeartRate into .build-docs
	@SWIFT="$(SWIFT)" docs/build

lint: setup ## check the style of every source file
	$(SWIFT) format lint --strict -r Sources Tests Fuzz/Sources Fuzz/Package.swift Package.swift

format: setup ## put every source file into the style
	$(SWIFT) format -i -r Sources Tests Fuzz/Sources Fuzz/Package.swift Package.swift

install: ## put the program, manual, completions, bus policy and service where Debian expects them (DESTDIR, PREFIX, BINARY)
	@test -x "$(BINARY)" || { echo "there is no $(BINARY). Build it first:  make build"; exit 1; }
	@if ldd "$(BINARY)" | grep -Eq '=> /(home|root)/|not found'; then \
	  echo "$(BINARY) needs Swift's libraries from a place that a service cannot see."; \
	  echo "  Build one that needs none:  make build SWIFTFLAGS=--static-swift-stdlib"; fi
	install -D -m 755 "$(BINARY)" "$(DESTDIR)$(PREFIX)/bin/entrain"
	@for entry in $(INSTALLED); do \
	  file="$${entry%%:*}"; place="$(DESTDIR)$${entry#*:}"; \
	  echo "install -D -m 644 $$file $$place"; mkdir -p "$$(dirname "$$place")" && \
	  sed 's|/usr/bin/entrain|$(PREFIX)/bin/entrain|' "$$file" > "$$place" && chmod 644 "$$place" || exit 1; done
	@set -e; pages="$$(mktemp -d)"; trap 'rm -rf "$$pages"' EXIT; "$(BINARY)" man --to "$$pages" >/dev/null; \
	  gzip -9n "$$pages"/*.1; echo "install -D -m 644 $$(ls "$$pages" | wc -l) pages of the manual $(DESTDIR)$(MAN)"; \
	  install -d "$(DESTDIR)$(MAN)"; install -m 644 "$$pages"/*.1.gz "$(DESTDIR)$(MAN)"; \
	  for entry in $(COMPLETIONS); do place="$(DESTDIR)$${entry#*:}"; echo "install -D -m 644 $$place"; \
	    "$(BINARY)" completions "$${entry%%:*}" > "$$pages/completions"; \
	    install -D -m 644 "$$pages/completions" "$$place"; done
	@if [ -z "$(DESTDIR)" ]; then \
	  command -v systemd-sysusers >/dev/null && systemd-sysusers "$(PREFIX)/lib/sysusers.d/entrain.conf"; \
	  if [ -d /run/systemd/system ]; then systemctl daemon-reload; systemctl reload dbus; \
	    echo "Start it:  sudo systemctl start entrain      or let the bus start it when somebody calls."; fi; fi

uninstall: ## take away what install put there; sessions in /var/lib/entrain stay
	@if [ -z "$(DESTDIR)" ] && [ -d /run/systemd/system ]; then systemctl disable --now entrain.service || true; fi
	rm -f "$(DESTDIR)$(PREFIX)/bin/entrain"
	rm -f "$(DESTDIR)$(MAN)/entrain.1.gz" "$(DESTDIR)$(MAN)"/entrain-*.1.gz
	@for entry in $(COMPLETIONS); do place="$(DESTDIR)$${entry#*:}"; echo "rm -f $$place"; rm -f "$$place"; done
	@for entry in $(INSTALLED); do place="$(DESTDIR)$${entry#*:}"; echo "rm -f $$place"; rm -f "$$place"; done
	@if [ -z "$(DESTDIR)" ] && [ -d /run/systemd/system ]; then systemctl daemon-reload; systemctl reload dbus; fi

clean: ## remove what was built
	rm -rf .build .build-address .build-docs .build-fuzz .build-outside .build-outside.lock .build-peers .build-thread Fuzz/.build $(DEMO_DATA)
