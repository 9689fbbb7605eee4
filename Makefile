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
# THE list of packages. To build: pkg-config module = Debian package. To test: command or file = Debian package.
BUILD_NEEDS := sqlite3=libsqlite3-dev yaml-0.1=libyaml-dev popt=libpopt-dev libutf8proc=libutf8proc-dev \
	smartcols=libsmartcols-dev libsodium=libsodium-dev
TEST_NEEDS := bats=bats prove=perl jq=jq mandoc=mandoc script=bsdutils bash=bash zsh=zsh fish=fish sqlite3=sqlite3 valgrind=valgrind \
	/usr/bin/python3=python3 /usr/include/cmocka.h=libcmocka-dev /usr/include/cjson/cJSON.h=libcjson-dev \
	/usr/lib/python3/dist-packages/jsonschema/__init__.py=python3-jsonschema \
	/usr/lib/bats/bats-assert/load.bash=bats-assert /usr/lib/bats/bats-support/load.bash=bats-support
PKGS := $(foreach n,$(BUILD_NEEDS),$(firstword $(subst =, ,$(n))))

# ---- compiler --------------------------------------------------------------------------------------
CC := $(if $(filter default undefined,$(origin CC)),gcc,$(CC))
IS_CLANG := $(shell $(CC) --version 2>/dev/null | grep -q clang && echo 1)
BUILD := build$(if $(filter-out gcc,$(CC)),-$(notdir $(CC)))$(if $(SAN),-san)$(if $(COV),-cov)
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wwrite-strings -Wcast-qual -Wcast-align -Wpointer-arith -Wconversion -Wformat=2 -Wundef -Wvla -Wnull-dereference \
	-Wswitch-enum -Wimplicit-fallthrough -Wdouble-promotion
# Rows of tables leave out what is zero.
WARN += -Wno-missing-field-initializers
WARN += $(if $(IS_CLANG),-Wcomma -Wconditional-uninitialized -Wmissing-variable-declarations,\
	-Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init)
WARN += $(if $(WERROR),-Werror)
HARDEN := $(if $(SAN)$(COV),,-O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong)
VARIANT := $(if $(SAN),-O1 -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer) $(if $(COV),-O0 --coverage)
VARIANT := $(VARIANT)
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS))
PKG_LIBS = $(shell pkg-config --libs $(PKGS))
CPPFLAGS += -D_POSIX_C_SOURCE=200809L -iquote lib -iquote $(BUILD) -MMD -MP
ALL_CFLAGS = -std=c11 -g $(HARDEN) $(VARIANT) $(WARN) -fPIC -fvisibility=hidden -fno-common $(CFLAGS)
ALL_LDFLAGS = $(VARIANT) -Wl,-z,relro,-z,now -Wl,--as-needed $(LDFLAGS)

# ---- files -------------------------------------------------------------------------------------------
LIB_OBJ := $(patsubst lib/%.c,$(BUILD)/lib/%.o,$(wildcard lib/*.c))
CMD_OBJ := $(patsubst cmd/%.c,$(BUILD)/cmd/%.o,$(wildcard cmd/*.c))
LIB_A := $(BUILD)/libmentor.a
LIB_SO := $(BUILD)/libmentor.so.$(SOVERSION)
BIN := $(BUILD)/mentor
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(filter-out tests/unit/support%.c,$(wildcard tests/unit/*.c)))
FUZZ := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
TEMPLATES := $(wildcard examples/*/programme.yaml)
MAN := $(wildcard man/*.[1357])
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2))

.PHONY: all setup setup-test check test check-unit check-cli acceptance check-docs check-layers check-fuzz check-install lint format \
	sync-docs coverage bench fuzz demo install uninstall dist distcheck hooks clean help
.SECONDARY:

all: $(BIN) $(BUILD)/mentor-shared $(BUILD)/mentor.pc ## build the program and both libraries

# ---- set-up: everything missing is installed as root or through sudo, else the command is printed ----
# $(1) the list; a pkg-config module is asked of pkg-config, a path is looked for, anything else is a command.
define missing
for need in $(1); do what=$${need%%=*}; package=$${need#*=}; case $$what in \
	/*) [ -e "$$what" ] ;; \
	*) if [ "$(2)" = modules ]; then pkg-config --exists "$$what" 2>/dev/null; else command -v "$$what" >/dev/null 2>&1; fi ;; \
	esac || printf '%s ' "$$package"; done
endef
define install_missing
	@packages=`$(1)`; if [ -n "$$packages" ]; then \
		if [ "`id -u`" = 0 ]; then as=; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as=sudo; \
		else echo "mentor needs these packages. Install them and run make again:"; echo "  sudo apt-get install $$packages"; exit 1; fi; \
		echo "Installing $$packages"; \
		$$as apt-get update -q >$(BUILD)-setup.log 2>&1; \
		$$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$packages >>$(BUILD)-setup.log 2>&1 || \
			{ tail -5 $(BUILD)-setup.log; echo "could not install: $$packages"; exit 1; }; rm -f $(BUILD)-setup.log; fi
endef

setup: ## install what building needs
	$(call install_missing,$(call missing,pkg-config=pkg-config); $(call missing,$(BUILD_NEEDS),modules))

setup-test: setup ## install what testing needs as well
	$(call install_missing,$(call missing,$(TEST_NEEDS)))

# ---- compile -------------------------------------------------------------------------------------------
# Flags that change rebuild everything: the file below changes only with them.
FLAGS_NOW := $(CC) $(HARDEN) $(VARIANT) $(WARN) $(CFLAGS) $(LDFLAGS) $(PREFIX)
$(shell mkdir -p $(BUILD)/lib $(BUILD)/cmd $(BUILD)/unit $(BUILD)/fuzz; \
	echo '$(FLAGS_NOW)' | cmp -s - $(BUILD)/flags || echo '$(FLAGS_NOW)' >$(BUILD)/flags)

$(BUILD)/ready: Makefile
	@$(MAKE) --no-print-directory setup BUILD=$(BUILD)
	@touch $@

$(BUILD)/lib/%.o: lib/%.c $(BUILD)/flags $(BUILD)/ready
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/cmd/%.o: cmd/%.c $(BUILD)/flags $(BUILD)/ready
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(ALL_CFLAGS) -c -o $@ $<

# The kernel is arithmetic in loops: -O3 on plain x86-64 was measured to matter there and nowhere else.
$(BUILD)/lib/assign.o: HARDEN := $(if $(SAN)$(COV),,-O3 -D_FORTIFY_SOURCE=2 -fstack-protector-strong)

# SQL and the example programmes are part of the binary: one line of text becomes one C string.
c_string = sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/\t"/' -e 's/$$/\\n"/'
$(BUILD)/schema_sqlite.h: $(sort $(wildcard lib/schema/sqlite/*.sql)) Makefile
	$(call say,GEN,$@)
	$(Q){ echo '/* generated from lib/schema/sqlite */'; echo '#pragma GCC diagnostic ignored "-Woverlength-strings"'; echo 'static const char *const schema_sqlite[] = {'; \
		for f in $(filter %.sql,$^); do $(c_string) $$f; echo '	,'; done; echo '	NULL,'; echo '};'; } >$@
$(BUILD)/lib/db_sqlite.o: $(BUILD)/schema_sqlite.h

$(BUILD)/templates.h: $(TEMPLATES) Makefile
	$(call say,GEN,$@)
	$(Q){ echo '/* generated from examples */'; echo '#pragma GCC diagnostic ignored "-Woverlength-strings"'; echo 'static const struct template templates[] = {'; \
		for f in $(TEMPLATES); do d=$${f%/*}; printf '\t{ "%s",\n' $${d##*/}; $(c_string) $$f; echo '	},'; done; \
		echo '	{ NULL, NULL },'; echo '};'; } >$@
$(BUILD)/cmd/programme.o: $(BUILD)/templates.h

$(LIB_A): $(LIB_OBJ)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(LIB_SO): $(LIB_OBJ) lib/libmentor.map
	$(call say,LINK,$@)
	$(Q)$(CC) -shared -Wl,-soname,libmentor.so.$(SOVERSION) -Wl,--version-script=lib/libmentor.map $(ALL_LDFLAGS) -o $@ $(LIB_OBJ) $(PKG_LIBS)
	$(Q)ln -sf $(@F) $(BUILD)/libmentor.so

$(BIN): $(CMD_OBJ) $(LIB_A)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(CMD_OBJ) $(LIB_A) $(PKG_LIBS)

# Linked against the shared library on every build: a call to something private fails here.
$(BUILD)/mentor-shared: $(CMD_OBJ) $(LIB_SO)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(CMD_OBJ) -L$(BUILD) -lmentor -Wl,-rpath,'$$ORIGIN' $(shell pkg-config --libs popt smartcols 2>/dev/null)

$(BUILD)/mentor.pc: Makefile lib/mentor.h $(BUILD)/flags
	$(Q)printf 'prefix=%s\nlibdir=%s\nincludedir=%s\n\nName: mentor\nDescription: reverse and reciprocal mentoring programmes\nVersion: %s\nLibs: -L$${libdir} -lmentor\nLibs.private: %s\nRequires.private: %s\nCflags: -I$${includedir}\n' \
		'$(PREFIX)' '$(LIBDIR)' '$(INCLUDEDIR)' '$(VERSION)' '' 'sqlite3 yaml-0.1 libutf8proc libsodium' >$@

$(BUILD)/unit/%: tests/unit/%.c $(wildcard tests/unit/support*) $(LIB_A) $(BUILD)/flags
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) -Itests/unit $(PKG_CFLAGS) $(ALL_CFLAGS) -Wno-missing-prototypes $(ALL_LDFLAGS) -o $@ $< \
		$(wildcard tests/unit/support*.c) $(LIB_A) $(PKG_LIBS) -lcmocka -lcjson -lm

$(BUILD)/fuzz/%: tests/fuzz/%.c tests/fuzz/replay.c $(LIB_A) $(BUILD)/flags
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(ALL_CFLAGS) -Wno-missing-prototypes $(ALL_LDFLAGS) -o $@ $< tests/fuzz/replay.c $(LIB_A) $(PKG_LIBS)

-include $(wildcard $(BUILD)/*/*.d)
