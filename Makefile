# mentor: one binary over one library. `make help` lists the targets.
#
# Variants build side by side:  make CC=clang   make SAN=address,undefined   make COV=1   (WERROR=1 makes warnings errors)
# A source file is a module: lib/NAME.c and cmd/NAME.c are found by wildcard, tests/unit/NAME.c tests lib/NAME.c.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
SHELL := /bin/sh

VERSION := $(shell sed -n 's/^\#define MENTOR_VERSION "\(.*\)"/\1/p' lib/mentor.h)
SOVERSION := 0
PREFIX ?= /usr/local
BINDIR = $(PREFIX)/bin
LIBDIR = $(PREFIX)/lib
INCLUDEDIR = $(PREFIX)/include
DATADIR = $(PREFIX)/share
MANDIR = $(DATADIR)/man

# ---- what must be installed ----------------------------------------------------------------------
# THE list of packages. To build: pkg-config module = Debian package. To test and for CI: command or file = Debian package.
BUILD_NEEDS := sqlite3=libsqlite3-dev yaml-0.1=libyaml-dev popt=libpopt-dev libutf8proc=libutf8proc-dev \
	smartcols=libsmartcols-dev libsodium=libsodium-dev
TEST_NEEDS := bats=bats prove=perl jq=jq strace=strace msmtp=msmtp /usr/share/perl5/Email/MIME.pm=libemail-mime-perl mandoc=mandoc script=bsdutils bash=bash zsh=zsh fish=fish sqlite3=sqlite3 valgrind=valgrind \
	/usr/bin/python3=python3 /usr/include/cmocka.h=libcmocka-dev /usr/include/cjson/cJSON.h=libcjson-dev \
	/usr/lib/python3/dist-packages/jsonschema/__init__.py=python3-jsonschema \
	/usr/lib/python3/dist-packages/yaml/__init__.py=python3-yaml /usr/share/zoneinfo/Europe/London=tzdata \
	/usr/lib/python3/dist-packages/icalendar/__init__.py=python3-icalendar /usr/include/libical/ical.h=libical-dev \
	/usr/include/xlsxwriter.h=libxlsxwriter-dev /usr/lib/python3/dist-packages/openpyxl/__init__.py=python3-openpyxl xlsx2csv=xlsx2csv \
	hunspell=hunspell /usr/share/hunspell/en_GB.dic=hunspell-en-gb \
	/usr/lib/bats/bats-assert/load.bash=bats-assert /usr/lib/bats/bats-support/load.bash=bats-support
# Other people's solvers that check the kernels; what they check says so where they are missing.
ORACLE_NEEDS := g++=g++ /usr/include/lemon/network_simplex.h=liblemon-dev /usr/lib/python3/dist-packages/scipy/__init__.py=python3-scipy \
	/usr/lib/python3/dist-packages/networkx/__init__.py=python3-networkx /usr/include/csv.h=libcsv-dev
# What pages are looked at with; the checkers themselves come from npm, at the versions that tests/web/check names.
WEB_NEEDS := chromium=chromium npm=npm node=nodejs java=default-jre-headless
DEB_NEEDS := dpkg-buildpackage=dpkg-dev dh=debhelper lintian=lintian
CI_NEEDS := clang=clang clang-tidy=clang-tidy shellcheck=shellcheck
PKGS := $(foreach n,$(BUILD_NEEDS),$(firstword $(subst =, ,$(n))))

# ---- compiler --------------------------------------------------------------------------------------
CC := $(if $(filter default undefined,$(origin CC)),gcc,$(CC))
IS_CLANG := $(shell $(CC) --version 2>/dev/null | grep -q clang && echo 1)
BUILD := build$(if $(filter-out gcc,$(CC)),-$(notdir $(CC)))$(if $(SAN),-san)$(if $(COV),-cov)
# Spreadsheets are made with libxlsxwriter where it is there when building; the program loads it by this name when it is asked for one.
XLSX := $(if $(shell $(CC) -E -include xlsxwriter.h -x c /dev/null >/dev/null 2>&1 && echo 1),$(notdir $(realpath $(filter /%,$(shell $(CC) -print-file-name=libxlsxwriter.so)))))
XLSX_FLAGS := $(if $(XLSX),-DXLSXWRITER='"$(XLSX)"')
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wwrite-strings -Wcast-qual -Wcast-align -Wpointer-arith -Wconversion -Wformat=2 -Wundef -Wvla -Wnull-dereference \
	-Wswitch-enum -Wimplicit-fallthrough -Wdouble-promotion
# Rows of tables leave out what is zero.
WARN += -Wno-missing-field-initializers
WARN += $(if $(IS_CLANG),-Wcomma -Wconditional-uninitialized -Wmissing-variable-declarations,\
	-Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init)
WARN += $(if $(WERROR),-Werror)
HARDEN := $(if $(SAN)$(COV),,-O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong)
VARIANT := $(if $(SAN),-O1 -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer) $(if $(COV),-O0 --coverage) $(if $(SAN)$(COV),-DUNCONFINED)
VARIANT := $(VARIANT)
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS))
PKG_LIBS = $(shell pkg-config --libs $(PKGS)) -lm -pthread
# What the program takes into itself: each shared library costs a tenth of a millisecond at every start. SQLite stays shared, for its mends.
# Packagers, who want all of them shared: make INSIDE=
INSIDE ?= yaml popt utf8proc sodium
inside = $(or $(filter /%,$(if $(filter $(INSIDE),$(1)),$(shell $(CC) -print-file-name=lib$(1).a))),-l$(1))
BIN_LIBS = $(foreach l,$(PKG_LIBS),$(if $(filter -l%,$(l)),$(call inside,$(l:-l%=%)),$(l)))
ALL_CPPFLAGS = -D_POSIX_C_SOURCE=200809L -iquote lib -iquote $(BUILD) -MMD -MP $(CPPFLAGS) $(PKG_CFLAGS) $(XLSX_FLAGS)
ALL_CFLAGS = -std=c11 -g $(HARDEN) $(VARIANT) $(WARN) -fPIC -fvisibility=hidden -fno-common $(CFLAGS)
ALL_LDFLAGS = $(VARIANT) -Wl,-z,relro,-z,now -Wl,--as-needed $(LDFLAGS)

# ---- files -------------------------------------------------------------------------------------------
LIB_OBJ := $(patsubst lib/%.c,$(BUILD)/lib/%.o,$(wildcard lib/*.c))
CMD_OBJ := $(patsubst cmd/%.c,$(BUILD)/cmd/%.o,$(wildcard cmd/*.c))
LIB_A := $(BUILD)/libmentor.a
LIB_SO := $(BUILD)/libmentor.so.$(SOVERSION)
BIN := $(BUILD)/mentor
SUPPORT_OBJ := $(patsubst tests/unit/%.c,$(BUILD)/unit/%.o,$(wildcard tests/unit/support*.c))
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(filter-out tests/unit/support%.c,$(wildcard tests/unit/*.c)))
FUZZ := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
SQL := $(sort $(wildcard lib/schema/sqlite/*.sql))
TEMPLATES := $(sort $(wildcard examples/*/programme.yaml))
MAN := $(wildcard man/*.[1357])
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2))

# keep: the text $(1) in the file $(2), which is touched only when they differ: what depends on it is made again only then.
quote = '$(subst ','\'',$(1))'
define keep
	@now=$(call quote,$(strip $(1))); [ "$$now" = "`cat $(2) 2>/dev/null`" ] || { rm -f $(2); printf '%s\n' "$$now" >$(2); }
endef

.PHONY: all setup setup-test setup-oracles setup-ci check test check-unit check-cli acceptance check-docs check-layers check-web check-oracles check-fuzz check-threads check-install lint format \
	sync-docs words coverage torture bench bench-kernel fuzz demo screenshot install uninstall dist distcheck deb check-deb check-abi hooks clean help
.SECONDARY:

all: $(BIN) $(BUILD)/mentor-shared $(BUILD)/mentor.pc $(BUILD)/schema/made ## build the program and both libraries

# ---- set-up: everything missing is installed as root or through sudo, else the command is printed ----
# $(1) the list; a pkg-config module is asked of pkg-config, a path is looked for, anything else is a command.
define missing
for need in $(1); do what=$${need%%=*}; package=$${need#*=}; case $$what in \
	/*) [ -e "$$what" ] ;; \
	*) if [ "$(2)" = modules ]; then pkg-config --exists "$$what" 2>/dev/null; else command -v "$$what" >/dev/null 2>&1; fi ;; \
	esac || printf '%s ' "$$package"; done
endef
# One at a time, whichever make asks: the lock is on this file.
define install_missing
	@exec 9<Makefile; if command -v flock >/dev/null 2>&1; then flock 9; fi; packages=`$(1)`; if [ -n "$$packages" ]; then \
		if [ "`id -u`" = 0 ]; then as=; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as=sudo; \
		else echo "mentor needs these packages. Install them and run make again:"; echo "  sudo apt-get install $$packages"; exit 1; fi; \
		echo "Installing $$packages"; exec 8>$(BUILD)/setup.log; \
		$$as apt-get update -q >&8 2>&1 </dev/null 9<&-; \
		$$as env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -q --no-install-recommends $$packages \
			>&8 2>&1 </dev/null 9<&- || { tail -n 5 $(BUILD)/setup.log; echo "could not install: $$packages"; exit 1; }; fi
endef

setup: ## install what building needs
	$(call install_missing,$(call missing,pkg-config=pkg-config); $(call missing,$(BUILD_NEEDS),modules))

setup-test: setup ## install what testing needs as well
	$(call install_missing,$(call missing,$(TEST_NEEDS)))

setup-ci: setup-test ## install what .ci/run needs as well
	$(call install_missing,$(call missing,$(CI_NEEDS)))

setup-oracles: setup-test ## install the solvers that make check-oracles and bench-kernel compare with
	$(call install_missing,$(call missing,$(ORACLE_NEEDS)))

# ---- compile -------------------------------------------------------------------------------------------
$(shell mkdir -p $(BUILD)/lib $(BUILD)/cmd $(BUILD)/unit $(BUILD)/fuzz $(BUILD)/schema $(BUILD)/oracle $(BUILD)/bench)

$(BUILD)/ready: Makefile
	@$(MAKE) --no-print-directory setup BUILD=$(BUILD)
	@touch $@

# Flags that change rebuild everything (pkg-config is asked once it is there), and so do files that come or go for what is made of them.
.PHONY: always
$(BUILD)/flags: always | $(BUILD)/ready
	$(call keep,$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(BIN_LIBS),$@)
$(BUILD)/files: always
	$(call keep,$(LIB_OBJ) $(CMD_OBJ) $(SUPPORT_OBJ) $(SQL) $(TEMPLATES),$@)
$(BUILD)/places: always
	$(call keep,$(PREFIX) $(LIBDIR) $(INCLUDEDIR) $(VERSION),$@)

$(BUILD)/lib/%.o: lib/%.c $(BUILD)/flags $(BUILD)/ready
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/cmd/%.o: cmd/%.c $(BUILD)/flags $(BUILD)/ready
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

# The kernels are arithmetic in loops: -O3 on plain x86-64 was measured to matter there and nowhere else.
KERNELS := $(wildcard lib/kernel.c lib/assign*.c lib/stable.c lib/blossom.c lib/scorer.c)
$(patsubst lib/%.c,$(BUILD)/lib/%.o,$(KERNELS)): private HARDEN := $(if $(SAN)$(COV),,-O3 -D_FORTIFY_SOURCE=2 -fstack-protector-strong)

# SQL and the example programmes are part of the binary: one line of text becomes one C string.
c_string = sed -e 's/\r$$//' -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/\t"/' -e 's/$$/\\n"/'
$(BUILD)/schema_sqlite.h: $(SQL) $(BUILD)/files Makefile
	$(call say,GEN,$@)
	$(Q){ echo '/* generated from lib/schema/sqlite */'; echo '#pragma GCC diagnostic ignored "-Woverlength-strings"'; echo 'static const char *const schema_sqlite[] = {'; \
		for f in $(SQL); do $(c_string) $$f; echo '	,'; done; echo '	NULL,'; echo '};'; } >$@
$(BUILD)/lib/db_sqlite.o: $(BUILD)/schema_sqlite.h

$(BUILD)/templates.h: $(TEMPLATES) $(BUILD)/files Makefile
	$(call say,GEN,$@)
	$(Q){ echo '/* generated from examples */'; echo '#pragma GCC diagnostic ignored "-Woverlength-strings"'; echo 'static const struct template templates[] = {'; \
		for f in $(TEMPLATES); do d=$${f%/*}; printf '\t{ "%s",\n' $${d##*/}; $(c_string) $$f; echo '	},'; done; \
		echo '	{ NULL, NULL },'; echo '};'; } >$@
$(BUILD)/cmd/programme.o: $(BUILD)/templates.h

# The story that `mentor demo` tells: examples/manchester/NAME.csv is the text demo_NAME.
STORY := $(patsubst %,examples/manchester/%,programme.yaml applications.csv surveys-before.csv sessions.csv)
$(BUILD)/demo.h: $(STORY) Makefile
	$(call say,GEN,$@)
	$(Q){ echo '/* generated from examples/manchester */'; echo '#pragma GCC diagnostic ignored "-Woverlength-strings"'; \
		for f in $(STORY); do n=$${f##*/}; printf 'static const char demo_%s[] =\n' "$$(echo "$${n%.*}" | tr - _)"; $(c_string) $$f; echo ';'; done; } >$@
$(BUILD)/cmd/demo.o: $(BUILD)/demo.h

$(LIB_A): $(LIB_OBJ) $(BUILD)/files
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $(LIB_OBJ)

$(LIB_SO): $(LIB_OBJ) $(BUILD)/files lib/libmentor.map
	$(call say,LINK,$@)
	$(Q)$(CC) -shared -Wl,-soname,libmentor.so.$(SOVERSION) -Wl,--version-script=lib/libmentor.map $(ALL_LDFLAGS) -o $@ $(LIB_OBJ) $(PKG_LIBS)
	$(Q)ln -sf $(@F) $(BUILD)/libmentor.so

$(BIN): $(CMD_OBJ) $(LIB_A) $(BUILD)/files
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(CMD_OBJ) $(LIB_A) $(BIN_LIBS)

# Linked against the shared library on every build: a call to something private fails here.
$(BUILD)/mentor-shared: $(CMD_OBJ) $(LIB_SO) $(BUILD)/files
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(CMD_OBJ) -L$(BUILD) -lmentor -Wl,-rpath,'$$ORIGIN' $(shell pkg-config --libs popt smartcols 2>/dev/null)

$(BUILD)/mentor.pc: Makefile $(BUILD)/places
	$(Q)rm -f $@; printf 'prefix=%s\nlibdir=%s\nincludedir=%s\n\nName: mentor\nDescription: reverse and reciprocal mentoring programmes\nVersion: %s\nLibs: -L$${libdir} -lmentor\nLibs.private: %s\nRequires.private: %s\nCflags: -I$${includedir}\n' \
		'$(PREFIX)' '$(LIBDIR)' '$(INCLUDEDIR)' '$(VERSION)' -lm 'sqlite3 yaml-0.1 libutf8proc libsodium' >$@

# What `make install` copies: the JSON Schema of every document, printed by the program in a world of its own. One that fails, fails the build.
$(BUILD)/schema/made: $(BIN)
	$(call say,GEN,$(@D))
	$(Q)rm -f $(@D)/*; mentor='env -i HOME=/nonexistent LC_ALL=C.UTF-8 $(BIN)'; names=`$$mentor schema -f plain` && [ -n "$$names" ] && \
		for name in $$names; do $$mentor schema "$$name" >$(@D)/$$name.json || exit 1; done && touch $@

$(BUILD)/unit/%.o: tests/unit/%.c $(BUILD)/flags $(BUILD)/ready
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -Wno-missing-prototypes -c -o $@ $<

$(UNITS): $(BUILD)/unit/%: $(BUILD)/unit/%.o $(SUPPORT_OBJ) $(LIB_A) $(BUILD)/files
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(SUPPORT_OBJ) $(LIB_A) $(PKG_LIBS) -lcmocka -lcjson -lm

$(BUILD)/fuzz/%.o: tests/fuzz/%.c $(BUILD)/flags $(BUILD)/ready
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -Wno-missing-prototypes -c -o $@ $<

$(FUZZ): $(BUILD)/fuzz/%: $(BUILD)/fuzz/%.o $(BUILD)/fuzz/replay.o $(LIB_A)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(BUILD)/fuzz/replay.o $(LIB_A) $(PKG_LIBS)

# Problems for other solvers, and the benchmark of the kernel.
KERNEL_TOOLS := $(BUILD)/oracle/instances $(BUILD)/oracle/blossom $(BUILD)/oracle/stats $(BUILD)/bench/kernel $(BUILD)/bench/stable $(BUILD)/bench/csv $(BUILD)/bench/scores $(BUILD)/bench/sessions
$(BUILD)/%.o: tests/%.c $(BUILD)/flags $(BUILD)/ready
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
$(KERNEL_TOOLS): %: %.o $(LIB_A)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(LIB_A) $(PKG_LIBS)

$(BUILD)/bench/libcsv: $(BUILD)/bench/libcsv.o
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< -lcsv

-include $(wildcard $(BUILD)/*/*.d)

# ---- test ----------------------------------------------------------------------------------------------
TESTS = MENTOR_TEST_BUILD=$(CURDIR)/$(BUILD) tests/run $(BUILD)/tap

test: ## install what is missing, build, and run every test
	@$(MAKE) --no-print-directory setup-test
	@$(MAKE) --no-print-directory check
check: all $(UNITS) $(FUZZ) $(KERNEL_TOOLS) ## run every test
	@$(TESTS) $(UNITS) $(wildcard tests/cli/*.bats tests/acceptance/*.bats)
check-unit: $(UNITS) ## unit tests only
	@$(TESTS) $(UNITS)
check-cli: all $(KERNEL_TOOLS) ## tests of the program only
	@$(TESTS) $(wildcard tests/cli/*.bats)
check-docs: all ## manual, help, completions and tables agree
	@$(TESTS) tests/cli/docs.bats
check-layers: all ## who may include whom
	@$(TESTS) tests/cli/layers.bats
acceptance: all ## one line per fact of the five programmes
	@$(TESTS) $(wildcard tests/acceptance/*.bats) >$(BUILD)/acceptance.log; tests/acceptance/report $(BUILD)/tap
check-web: all ## every page of every example through the Nu HTML Checker, html-validate and axe in Chromium (installs them)
	$(call install_missing,$(call missing,$(WEB_NEEDS)))
	@tests/web/check $(BUILD)
check-oracles: $(KERNEL_TOOLS) ## other people's solvers agree with the kernels on thousands of problems (make setup-oracles)
	@tests/oracle/run $(BUILD) 2000
	@$(BUILD)/oracle/stats 10000 | /usr/bin/python3 tests/oracle/scipy_stats.py
	@tests/oracle/blossom.py $(BUILD)/oracle/blossom
check-threads: ## what is done in two threads, under the eyes of ThreadSanitizer
	@$(MAKE) --no-print-directory SAN=thread BUILD=build-threads build-threads/unit/application
	@build-threads/unit/application
check-fuzz: $(FUZZ) ## replay the fuzzing corpus
	@for f in $(FUZZ); do $$f tests/fuzz/corpus/$${f##*/}/* >/dev/null || exit 1; done

fuzz: ## fuzz each reader for FUZZ_SECONDS (60) with libFuzzer; needs clang
	@$(MAKE) --no-print-directory CC=clang SAN=address,undefined,fuzzer-no-link build-clang-san/libmentor.a
	@for f in $(basename $(notdir $(FUZZ))); do echo "fuzzing $$f"; mkdir -p build-clang-san/corpus-$$f; \
		clang -g -O1 -fsanitize=fuzzer,address,undefined $(ALL_CPPFLAGS) -o build-clang-san/fuzz-$$f tests/fuzz/$$f.c \
			build-clang-san/libmentor.a $(PKG_LIBS) && \
		build-clang-san/fuzz-$$f -max_total_time=$(or $(FUZZ_SECONDS),60) -rss_limit_mb=1024 -artifact_prefix=build-clang-san/ \
			$$(for dict in tests/fuzz/$$f.dict; do [ ! -e "$$dict" ] || echo "-dict=$$dict"; done) \
			build-clang-san/corpus-$$f tests/fuzz/corpus/$$f || exit 1; done

# ---- documents made from the tables --------------------------------------------------------------------
sync-docs: $(BIN) ## rewrite the generated blocks of man/, what the tutorial shows, and completions/
	@for page in $(MAN); do $(BIN) completion man <$$page >$(BUILD)/page && cmp -s $(BUILD)/page $$page || { cp $(BUILD)/page $$page; echo "  SYNC    $$page"; }; done
	@PATH="$(CURDIR)/$(BUILD):$$PATH" tests/cli/play_page.py --write man/mentor-tutorial.7
	@$(BIN) completion bash >completions/mentor.bash
	@$(BIN) completion zsh >completions/_mentor
	@$(BIN) completion fish >completions/mentor.fish

words: ## add to tests/words what the spelling check does not know: for names and terms, once you have looked at them
	@tests/cli/prose.py . | cut -f 1 | sort -u | hunspell -d en_GB -p tests/words -l >$(BUILD)/words; cat $(BUILD)/words
	@LC_ALL=C sort -u -o tests/words tests/words $(BUILD)/words

# ---- quality -------------------------------------------------------------------------------------------
lint: $(BUILD)/schema_sqlite.h $(BUILD)/templates.h $(BUILD)/demo.h ## clang-tidy and shellcheck
	@command -v clang-tidy >/dev/null || { echo 'clang-tidy is missing: make setup-ci'; exit 1; }
	@printf '%s\n' $(wildcard lib/*.c cmd/*.c) | xargs -P "$$(nproc)" -I{} clang-tidy --quiet {} -- -std=c11 -D_POSIX_C_SOURCE=200809L \
		-iquote lib -iquote $(BUILD) $(PKG_CFLAGS) $(XLSX_FLAGS) 2>/dev/null
	shellcheck -x tests/run tests/torture/commands tests/torture/remind tests/acceptance/report tests/cli/check-install tests/cli/check-deb tests/bench/run tests/bench/run-kernel tests/oracle/run tests/oracle/build-lemon tests/web/check tests/web/pages examples/play.sh examples/*/run.sh .ci/run
format: ## lay out the code
	clang-format -i $(wildcard lib/*.[ch] cmd/*.[ch] tests/unit/*.[ch] tests/fuzz/*.c)
coverage: ## lines and branches of lib/ that all tests take, and what of it fails in turn (BY=check-unit: the unit tests), file by file and in all
	$(call install_missing,$(call missing,gcovr=gcovr))
	@$(MAKE) --no-print-directory COV=1 $(or $(BY),check)
	@$(if $(BY),,tests/torture/run build-cov/mentor long steps)
	@gcovr -r . --filter lib/ --exclude-unreachable-branches --print-summary build-cov
torture: all ## break the program on purpose, for hours (TORTURE=short: minutes), and count what is lost; GOAL="R4 R5" for some: tests/torture/run has the table
	@tests/torture/run $(BIN) $(or $(TORTURE),long) $(GOAL)
bench: all $(KERNEL_TOOLS) $(if $(wildcard /usr/include/csv.h),$(BUILD)/bench/libcsv) ## time the program against its references
	@tests/bench/run $(BIN)
	@tests/bench/run-kernel $(BUILD) short
bench-kernel: $(KERNEL_TOOLS) ## time the matching kernel on 100,000 people against LEMON and SciPy: half an hour
	@tests/bench/run-kernel $(BUILD) long

# ---- use -----------------------------------------------------------------------------------------------
demo: all ## play a whole example programme and leave a report to open
	@rm -rf demo && mkdir demo && PATH="$(CURDIR)/$(BUILD):$$PATH" examples/manchester/run.sh demo
	@echo; echo "Open demo/progress.html in a browser."

screenshot: demo ## take the picture of a report that the README shows
	$(call install_missing,$(call missing,chromium=chromium))
	@chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 --window-size=1100,815 \
		--screenshot=$(CURDIR)/examples/report.png file://$(CURDIR)/demo/progress.html 2>$(BUILD)/screenshot.log || { cat $(BUILD)/screenshot.log; exit 1; }

install: all ## PREFIX= and DESTDIR= say where
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCLUDEDIR) $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man3 \
		$(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7 $(DESTDIR)$(DATADIR)/bash-completion/completions $(DESTDIR)$(DATADIR)/zsh/site-functions \
		$(DESTDIR)$(DATADIR)/fish/vendor_completions.d $(DESTDIR)$(DATADIR)/mentor/schema
	install -m 755 $(BIN) $(DESTDIR)$(BINDIR)/mentor
	install -m 755 $(LIB_SO) $(DESTDIR)$(LIBDIR)/libmentor.so.$(SOVERSION)
	ln -sf libmentor.so.$(SOVERSION) $(DESTDIR)$(LIBDIR)/libmentor.so
	install -m 644 $(LIB_A) $(DESTDIR)$(LIBDIR)/libmentor.a
	install -m 644 $(BUILD)/mentor.pc $(DESTDIR)$(LIBDIR)/pkgconfig/mentor.pc
	install -m 644 lib/mentor.h $(DESTDIR)$(INCLUDEDIR)/mentor.h
	for page in $(MAN); do install -m 644 $$page $(DESTDIR)$(MANDIR)/man$${page##*.}/ || exit 1; done
	install -m 644 completions/mentor.bash $(DESTDIR)$(DATADIR)/bash-completion/completions/mentor
	install -m 644 completions/_mentor $(DESTDIR)$(DATADIR)/zsh/site-functions/_mentor
	install -m 644 completions/mentor.fish $(DESTDIR)$(DATADIR)/fish/vendor_completions.d/mentor.fish
	install -m 644 $(BUILD)/schema/*.json $(DESTDIR)$(DATADIR)/mentor/schema
	install -d $(DESTDIR)$(DATADIR)/mentor/examples && install -m 644 examples/play.sh examples/README.md $(DESTDIR)$(DATADIR)/mentor/examples
	for d in examples/*/; do install -d $(DESTDIR)$(DATADIR)/mentor/$$d && install -m 644 $$d*.* $(DESTDIR)$(DATADIR)/mentor/$$d || exit 1; done

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(BINDIR)/mentor $(DESTDIR)$(LIBDIR)/libmentor.so.$(SOVERSION) $(DESTDIR)$(LIBDIR)/libmentor.so $(DESTDIR)$(LIBDIR)/libmentor.a \
		$(DESTDIR)$(LIBDIR)/pkgconfig/mentor.pc $(DESTDIR)$(INCLUDEDIR)/mentor.h $(DESTDIR)$(DATADIR)/bash-completion/completions/mentor \
		$(DESTDIR)$(DATADIR)/zsh/site-functions/_mentor $(DESTDIR)$(DATADIR)/fish/vendor_completions.d/mentor.fish
	for page in $(MAN); do rm -f $(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/}; done
	rm -rf $(DESTDIR)$(DATADIR)/mentor

check-install: all ## install, use what was installed, uninstall, nothing left
	@tests/cli/check-install '$(MAKE)' '$(BUILD)'

dist: ## a tarball of what is committed
	@mkdir -p dist && git archive --prefix=mentor-$(VERSION)/ -o dist/mentor-$(VERSION).tar.gz HEAD && echo dist/mentor-$(VERSION).tar.gz
distcheck: dist ## unpack the tarball, build, test, install
	@rm -rf dist/check && mkdir -p dist/check && tar -xzf dist/mentor-$(VERSION).tar.gz -C dist/check && \
		$(MAKE) --no-print-directory -C dist/check/mentor-$(VERSION) check check-install

DEB := $(BUILD)/deb
REV := HEAD
deb: ## Debian packages of what is committed, looked over by lintian
	$(call install_missing,$(call missing,$(DEB_NEEDS)))
	@rm -rf $(DEB) && mkdir -p $(DEB)/mentor-$(VERSION) && git archive $(REV) | tar -x -C $(DEB)/mentor-$(VERSION)
	@cp -r $(DEB)/mentor-$(VERSION)/.ci/debian $(DEB)/mentor-$(VERSION)/debian
	@cd $(DEB)/mentor-$(VERSION) && SOURCE_DATE_EPOCH=$$(git -C $(CURDIR) log -1 --format=%ct $(REV)) dpkg-buildpackage -us -uc -b >../log 2>&1 || { tail -n 20 ../log; exit 1; }
	@lintian --fail-on error,warning --allow-root $(DEB)/*.changes && ls $(DEB)/*.deb
check-deb: ## the packages come out the same twice, install, work, and go without a trace
	@tests/cli/check-deb '$(MAKE)' '$(DEB)'

check-abi: $(LIB_SO) ## the library exports what its header declares, and programs made for BASE= (else the newest release) go on working
	$(call install_missing,$(call missing,abidiff=abigail-tools))
	@tests/cli/check_abi.py $(BUILD) '$(BASE)'

hooks: ## install the commit hook
	@printf '#!/bin/sh\nexec make --no-print-directory precommit\n' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
.PHONY: precommit
precommit:
	@$(MAKE) --no-print-directory WERROR=1 all check-unit check-docs check-layers

clean: ## remove everything built
	rm -rf build build-* dist demo
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | sort | awk -F'\t' '{ printf "  %-14s %s\n", $$1, $$2 }'
