#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# plugin_check_test.sh - otel-c plugin check, proved sentence by sentence: modules with one fault each are compiled from
# tests/tools/plugin_check and must be found out, good ones must pass. Four at a time, each in a directory of its own.
set -euo pipefail
: "${OTEL_C_TEST_BUILD:?set by ctest}" "${OTEL_C_TEST_SOURCE:?set by ctest}"
otel_c=$OTEL_C_TEST_BUILD/bin/otel-c
sources=$OTEL_C_TEST_SOURCE/tests/tools/plugin_check
cc=${CC:-cc}
dir=$(mktemp -d)
nodelete=-Wl,-z,nodelete
failures=0
cases=0
begun=0
trap 'rm -rf "$dir"' EXIT
umask 022
cd "$dir"
for variable in $(compgen -e | grep -E '^(OTEL_|ASKS_|DESCRIPTOR_)'); do
	case $variable in OTEL_C_TEST_*) ;; *) unset "$variable" ;; esac
done

fail() {
	echo "FAILED: $*"
	failures=$((failures + 1))
}

# make NAME FLAG…: NAME.so from NAME.c.
make() {
	local name=$1
	shift
	rm -f "$name.so"
	"$cc" -std=gnu11 -O1 -w -fPIC -fvisibility=hidden -shared -I"$OTEL_C_TEST_SOURCE/core/include" $nodelete \
		-o "$name.so" "$sources/$name.c" "$@" || fail "$name with $* does not compile"
}

# check WANTED-STATUS NAME: runs it; what it printed in $out.
check() {
	local have=0
	out=$(timeout 60 "$otel_c" plugin check "$2.so" 2>err) || have=$?
	cases=$((cases + 1))
	[ "$have" = "$1" ] || { fail "$2 with ${*:3}: exit status $have, not $1"; echo "$out"; cat err; }
}

# beside COMMAND…: behind, once there is room for it; what it says in a file of its own.
beside() {
	while [ "$(jobs -rp | wc -l)" -ge 4 ]; do wait -n || true; done
	begun=$((begun + 1))
	mkdir "$dir/$begun"
	(
		cd "$dir/$begun"
		"$@"
		: >done
	) >"$dir/$begun/said" 2>&1 &
}

# passes NAME FLAG…: no failures and no warnings. finds SENTENCE NAME FLAG…: fails, says so with a cure, and counts.
# warns SENTENCE NAME FLAG…: passes, but says so.
passes() { beside really_passes "$@"; }
finds() { beside really_finds "$@"; }
warns() { beside really_warns "$@"; }

really_passes() {
	local name=$1
	make "$@"
	check 0 "$@"
	grep -qxE "$name\.so: ok, [0-9]+ checks" <<<"$out" && [ "$(wc -l <<<"$out")" = 1 ] || { fail "$*: is not ok"; echo "$out"; }
}

says() {
	grep -qF -- "$2" <<<"$out" || { fail "$1: it does not say \"$2\", but:"; echo "$out"; }
}

really_finds() {
	local sentence=$1 name=$2
	shift
	make "$@"
	check 1 "$@"
	says "$*" "$name.so: $sentence"
	grep -F -- "$sentence" <<<"$out" | grep -q '; .' || fail "$*: \"$sentence\" comes without a cure"
	tail -n 1 <<<"$out" | grep -qxE "$name\.so: [0-9]+ of [0-9]+ checks failed" || fail "$*: no closing line"
}

really_warns() {
	local sentence=$1 name=$2
	shift
	make "$@"
	check 0 "$@"
	says "$*" "$name.so: warning: $sentence"
	tail -n 1 <<<"$out" | grep -qxE "$name\.so: ok, [0-9]+ checks" || fail "$*: no closing line"
}

# ---- the file ----

passes object
check 1 nothing
says nothing 'nothing.so: there is no such file; name the module'
echo "no elf" >text.so
check 1 text
says text 'text.so: it is no ELF file; build it for this machine'
: >empty.so
check 1 empty
says empty 'empty.so: it is empty, or larger than 256 MiB; build it again'
make object
head -c 2000 object.so >short.so
check 1 short
says short 'short.so: it is cut short'
cp "$(command -v "$otel_c")" tool.so
printf '\x02' | dd of=tool.so bs=1 seek=16 conv=notrunc status=none
check 1 tool
says tool 'tool.so: it is no shared object'
for byte in "4 01 is no 64-bit object" "18 03 is built for another machine"; do
	set -- $byte
	cp object.so other.so
	printf "\\x$2" | dd of=other.so bs=1 seek="$1" conv=notrunc status=none
	check 1 other
	says other "other.so: it ${byte#* * }"
done
cp object.so open.so
chmod o+w open.so
check 1 open
says open 'open.so: no program will load it: everybody may write to it'

finds 'it exports helper beside otel_plugin_v1, which may clash' object -DFAULT_EXPORT
finds 'it does not export otel_plugin_v1; define const otel_plugin' object -DFAULT_NO_SYMBOL
finds 'it has a constructor, which runs in every program' object -DFAULT_CONSTRUCTOR
finds 'it has a destructor, which runs while other threads' object -DFAULT_DESTRUCTOR
finds 'it has a constructor, which runs in every program' object -DFAULT_CONSTRUCTOR -nostartfiles
finds 'it has __thread variables, which take room' object -DFAULT_TLS
finds 'it makes the stacks of the whole program executable' object -Wl,-z,execstack
finds 'it has memory that is both code and writable' object -nostdlib -Wl,-N
finds 'it is linked with -z nodlopen: nobody can load it' object -Wl,-z,nodlopen
finds "it is linked to come before the program's own libraries" object -Wl,-z,initfirst
finds 'its run path ":/tmp" holds the current directory' object -Wl,-rpath,:/tmp
warns 'its run path is searched at the start of every program' object -Wl,-rpath,/opt/acme
nodelete=
warns 'it could be unloaded while a thread is inside it' object
nodelete=-Wl,-z,nodelete

# ---- what it asks of others ----

finds 'it cannot be loaded: ' object -DFAULT_MISSING
finds 'it needs libotel_sdk.so.1: a module gets everything from the host table' object -DFAULT_LIBRARY_OURS \
	-L"$OTEL_C_TEST_BUILD/lib" -l:libotel_sdk.so.1
warns 'it needs libcurl' object -Wl,--no-as-needed -l:libcurl.so.4
warns 'it needs libmicrohttpd.so.12: every machine must have it' object -Wl,--no-as-needed -lmicrohttpd
warns 'it needs libstdc++.so.6: it brings the C++ runtime' object -Wl,--no-as-needed -l:libstdc++.so.6
finds 'it uses getenv, which races with setenv() of the program' object -DFAULT_CALL='getenv("X")'
finds 'it uses setenv, which changes the program' object -DFAULT_CALL='setenv("X", "1", 1)'
finds 'it uses __cxa_atexit, which runs while other threads are at work' object -DFAULT_CALL='atexit(0)'
warns 'it uses __register_atfork, which lengthens every fork' object -DFAULT_CALL='pthread_atfork(0, 0, 0)'
finds 'it uses pthread_create, which the program did not ask for' object -DFAULT_CALL='pthread_create(0, 0, 0, 0)'
finds 'it uses system, whose end the program would see' object -DFAULT_CALL='system("x")'
finds 'it uses signal, though signals are the program' object -DFAULT_CALL='signal(1, SIG_IGN)'
warns 'it uses sigprocmask, though signals are the program' object -DFAULT_CALL='sigprocmask(0, 0, 0)'
finds 'it uses setlocale, which is the program' object -include locale.h -DFAULT_CALL='setlocale(0, 0)'
finds 'it uses abort, which ends the program' object -DFAULT_CALL='abort()'
finds 'it uses chdir, which changes the whole process' object -DFAULT_CALL='chdir("/")'
finds 'it uses puts, though stdout and stderr are the program' object -DFAULT_CALL='puts("x")'
warns 'it uses sleep, though nearly nothing may wait' object -DFAULT_CALL='sleep(1)'
warns 'it uses socket, so proxies, TLS, retries' object -DFAULT_CALL='socket(0, 0, 0)'
warns "it uses dlopen, which takes the loader's lock" object -DFAULT_CALL='dlopen(0, 0)'
warns "it uses rand, whose state the program's threads share" object -DFAULT_CALL='rand()'

# ---- the descriptor ----

passes descriptor
finds 'the descriptor has 8 bytes, allowed are' descriptor -DD_SIZE=8
finds 'the descriptor has 1000000 bytes, allowed are' descriptor -DD_SIZE=1000000
finds 'it was built for plugin ABI 2.' descriptor -DD_MAJOR=2
finds 'it needs plugin ABI 1.99' descriptor -DD_MINOR=99
finds 'its name is "Acme Inc"' descriptor '-DD_NAME="Acme Inc"'
finds 'its name is missing' descriptor -DD_NAME=0
finds 'its version is missing' descriptor -DD_VERSION=0
finds 'its licence is "all rights reserved"' descriptor '-DD_LICENSE="all rights reserved"'
finds 'its licence is missing' descriptor -DD_LICENSE=0
finds "the descriptor's reserved field is 7" descriptor -DD_RESERVED=7
finds 'setup is NULL; define setup()' descriptor -DD_SETUP=0
finds 'row_count is 1, but rows is NULL' descriptor -DD_ROWS=0
warns 'plugin "else" lies in a file of another name' descriptor '-DD_NAME="else"'
row='the row of [descriptor] level'
finds 'the row of [De scriptor] level has no section and key that an INI can hold' descriptor '-DR_SECTION="De scriptor"'
finds "$row has a variable that is no name" descriptor '-DR_ENV="level"'
finds "$row has a type that this otel-c does not know" descriptor -DR_TYPE=99 -DR_DEFAULT=0
finds "$row has flags that this otel-c does not know" descriptor -DR_FLAGS=128
finds "$row has choices that do not fit its type" descriptor '-DR_CHOICES="a|b"'
finds "$row has a default that it would refuse from a user" descriptor '-DR_DEFAULT="many"'
finds "$row has no help" descriptor -DR_HELP=0
finds 'the row of [bsp] max_queue_size has a key that is otel-c'"'"'s own' descriptor '-DR_SECTION="bsp"' '-DR_KEY="max_queue_size"'
finds "$row has a variable that is otel-c's own" descriptor '-DR_ENV="OTEL_BSP_MAX_QUEUE_SIZE"'
finds 'the row of [descriptor] level has the key of row 0, too' descriptor '-DR_TWICE="level"'
finds 'the row of [descriptor] other has the variable of row 0, too' descriptor '-DR_TWICE="other"'
warns 'the variable OTEL_LEVEL begins with OTEL_' descriptor '-DR_ENV="OTEL_LEVEL"'

# ---- set-up, and what it does to the process ----

passes process -DFAULT='(void)0'
finds 'setup() changed the signal mask of the thread' process '-DFAULT=change_mask()'
finds 'setup() changed what SIGUSR1 does' process '-DFAULT=signal(SIGUSR1, nothing)'
finds 'setup() left descriptor ' process '-DFAULT=open("/dev/null", O_RDONLY)'
finds 'setup() closed descriptor 0, which is the host' process '-DFAULT=close(0)'
finds 'setup() changed the locale' process '-DFAULT=setlocale(LC_ALL, "C.UTF-8")'
finds 'setup() changed the environment' process '-DFAULT=setenv("PROCESS", "1", 1)'
finds 'setup() changed the umask' process '-DFAULT=umask(0)'
finds 'setup() changed the current directory' process '-DFAULT=chdir("/")'
finds 'setup() started a thread' process '-DFAULT=start_thread()'
finds 'setup() started a process' process '-DFAULT=start_process()'
finds 'setup() wrote to stdout: "hello"' process '-DFAULT=print(stdout)'
finds 'setup() wrote to stderr: "hello"' process '-DFAULT=print(stderr)'
finds 'setup() blocked for ' process '-DFAULT=usleep(200000)'
finds 'setup() computed for ' process '-DFAULT=compute()'
finds 'setup() crashed with SIGSEGV' process '-DFAULT=*(volatile int *)0 = 1'
finds 'setup() ended the process with status 0' process '-DFAULT=exit(0)'
finds 'setup() did not come back within 5 s' process '-DFAULT=for (;;) pause()'
finds 'setup() failed: it failed; it logged: no such thing' asks -DSTATUS=OTEL_FAILED \
	'-DIN_SETUP=host->log(self, OTEL_LOG_ERROR, "no such thing")'
finds 'setup() does not do the same when it is called again' asks '-DIN_SETUP=if (rounds > 1) return OTEL_OK'

# ---- what it asks the host for ----

passes asks
finds 'the detector is called "", which no configuration can select' asks '-DNAME=""'
finds 'the detector is called "none", which' asks '-DNAME="none"'
finds 'the detector "asks" is registered twice' asks '-DIN_SETUP=host->add(self, KIND, NAME, VTABLE, NULL)'
finds 'otel-c itself has the detector "process"' asks '-DNAME="process"'
finds 'the detector "asks" has no vtable' asks -DVTABLE=NULL
finds 'the vtable of the detector "asks" has 8 bytes, the least is' asks '-DVTABLE=&small'
finds 'the state of the detector "asks" is larger than 16 MiB' asks '-DVTABLE=&large'
finds 'the vtable of the detector "asks" lacks a function' asks '-DVTABLE=&empty'
passes asks '-DIN_SETUP=host->add(self, (otel_kind)99, NAME, VTABLE, NULL)' # it outran this host
finds 'host->add() was called outside of setup()' asks '-DIN_CONFIGURE=host->add(self, KIND, "x", VTABLE, NULL)'
finds 'host->config_str() was called in setup()' asks '-DIN_SETUP=host->config_str(self, "asks", "token")'
finds 'host->config_int() was called in a call of a component' asks '-DIN_DETECT=host->config_int(self, "asks", "token")'
warns '[asks] nothing is read, but nobody declares it' asks '-DIN_OPEN=host->config_str(self, "asks", "nothing")'
finds 'host->set_default() was called in open()' asks '-DIN_OPEN=host->set_default(self, "asks", "token", "x")'
finds 'host->set_default() was called for [asks] nothing, which nobody declares' asks \
	'-DIN_CONFIGURE=host->set_default(self, "asks", "nothing", "x")'
finds 'host->set_default() gave [bsp] max_queue_size a value that is not allowed: "many"' asks \
	'-DIN_CONFIGURE=host->set_default(self, "bsp", "max_queue_size", "many")'
passes asks '-DIN_CONFIGURE=host->set_default(self, "bsp", "max_queue_size", "100")'
finds 'configure() failed with nothing set: something was not found' asks '-DIN_CONFIGURE=return OTEL_NOT_FOUND'
finds 'host->http() was called in setup()' asks '-DIN_SETUP=ask("GET", "http://x/", "x")'
finds 'host->timer() was called in open()' asks '-DIN_OPEN=host->timer(self, 1, fire, 0)'
finds 'host->submit() was called in configure()' asks '-DIN_CONFIGURE=host->submit(self, OTEL_SIGNAL_LOGS, 0, 0)'
finds 'host->batch_replace() was called in a call of a component' asks '-DIN_DETECT=host->batch_replace(0, 0, 0)'
finds 'host->sampling_attr() was called in a call of a component' asks \
	'-DIN_DETECT=otel_attr a = {0}; host->sampling_attr(0, &a)'
finds 'the request of host->http() has no method' asks '-DIN_DETECT=ask("", "http://x/", "x")'
finds 'the request of host->http() has an url that begins with neither' asks '-DIN_DETECT=ask("GET", "ftp://x/", "x")'
finds 'the request of host->http() has a header whose name holds what HTTP forbids' asks \
	'-DIN_DETECT=ask("GET", "http://x/", "x y")'
finds 'host->http() was called more than 64 times without waiting' asks '-DIN_DETECT=ask_often()'
finds 'host->http_cancel() got a call that is over' asks '-DIN_DETECT=host->http_cancel(0)'
finds '"a/b" is no name of a state file' asks '-DIN_OPEN=host->state_replace(self, "a/b", 0, 0)'
finds 'host->state_read() or state_replace() was called in setup()' asks '-DIN_SETUP=host->state_replace(self, "a", 0, 0)'
finds 'what host->submit() got is empty' asks '-DIN_DETECT=host->submit(self, OTEL_SIGNAL_LOGS, 0, 0)'
finds 'what host->submit() got is no protobuf message' asks '-DIN_DETECT=host->submit(self, OTEL_SIGNAL_LOGS, "\xff", 1)'
finds 'host->log() told the value of a secret setting' asks \
	'-DIN_OPEN=const char *t = host->config_str(self, "asks", "token"); if (t) host->log(self, OTEL_LOG_WARN, "%s", t)'
finds 'host->log() was called with level 9' asks '-DIN_OPEN=host->log(self, 9, "x")'
finds 'open() of detector "asks" answered OTEL_FAILED, which means that it told the reason' asks -DOPEN_STATUS=OTEL_FAILED
finds 'open() of detector "asks" answered 77' asks -DOPEN_STATUS=77
warns 'detector "asks" could not be tried: open() answered 4' asks -DOPEN_STATUS=OTEL_NOT_FOUND
finds 'open() of detector "asks" crashed with SIGSEGV' asks '-DIN_OPEN=host->config_str(self, "asks", "token")[0] && rounds++'

# ---- each kind ----

passes kinds
k='"kinds"'
finds "trace_id() of id generator $k made an id of zeros" kinds '-DTRACE_ID=memset(out, 0, 16)'
finds "trace_id() of id generator $k made the same id twice" kinds '-DTRACE_ID=memset(out, 1, 16)'
finds "trace_id() of id generator $k wrote beyond the end" kinds '-DTRACE_ID=memcpy(out, random, 16); out[16] = 1'
finds "trace_id() of id generator $k says that the low 56 bits" kinds '-DTRACE_ID=memcpy(out, random, 8)'
finds "trace_id() of id generator $k changed errno" kinds '-DTRACE_ID=memcpy(out, random, 16); errno = 1'
finds "trace_id() of id generator $k crashed with SIGFPE" kinds '-DTRACE_ID=raise(8)' -include signal.h
finds "span_id() of id generator $k made an id of zeros" kinds '-DSPAN_ID=memset(out, 0, 8)'
finds "propagator $k has a header whose name holds what HTTP forbids" kinds \
	'-DINJECT=carrier->set(carrier->self, "x kinds", "a")'
finds "propagator $k lists a field that is no name of a header" kinds '-DFIELD="x kinds"'
warns "propagator $k wrote a header that is not among its fields" kinds '-DFIELD="x-other"'
finds "propagator $k has a header whose value holds control characters" kinds \
	'-DINJECT=carrier->set(carrier->self, "x-kinds", "a\r\nb")'
finds "propagator $k found nothing in its own headers" kinds '-DINJECT=carrier->set(carrier->self, "x-kinds", "a")'
finds "propagator $k found other ids than it wrote" kinds '-DEXTRACT=memset(&found, 1, 24); found.is_remote = 1'
finds "propagator $k lost the sampled flag" kinds -DFLAGS=0
finds "propagator $k found a span that is not remote" kinds '-DEXTRACT=memcpy(&found, text, 24)'
finds "propagator $k made a span of rubbish" kinds -DBELIEVES
finds "propagator $k found something in a carrier without headers" kinds -DBELIEVES
finds "response propagator $k wrote no header for a span" kinds '-DRESPOND=(void)0'
finds "decide() of sampler $k about a root span was none of otel_decision" kinds '-DDECIDE=return 7'
finds "decide() of sampler $k about a root span changed errno" kinds '-DDECIDE=errno = 1; return 0'
finds 'attribute 0 of decide() has no key' kinds '-DDECIDE=host->sampling_attr(sampling, &bad); return 0'
passes kinds '-DDECIDE=host->sampling_attr(sampling, &attr); host->sampling_context(sampling); return 0'
finds 'host->sampling_tracestate() got NULL' kinds '-DDECIDE=host->sampling_tracestate(sampling, 0); return 0'
finds "description() of sampler $k is empty" kinds '-DDESCRIPTION=""'
finds "description() of sampler $k is more than one line" kinds '-DDESCRIPTION="a\nb"'
d="detect() of detector $k"
finds "$d was never finished, when the connection is refused" kinds '-DDETECTED=if (reply->status) host->detect_finish(op, 0, &attr, 1, 0, 0)'
finds "$d was never finished, not even after cancel(), when no answer comes" kinds '-DDETECT_CANCEL=(void)0'
passes kinds '-DDETECT_CANCEL=host->detect_finish(op, OTEL_TIMEOUT, NULL, 0, NULL, NULL)'
finds 'host->detect_finish() was called twice for one op' kinds \
	'-DDETECTED=host->detect_finish(op, OTEL_NOT_FOUND, 0, 0, 0, 0); host->detect_finish(op, OTEL_NOT_FOUND, 0, 0, 0, 0)'
finds 'host->detect_finish() got NULL for its op' kinds '-DDETECTED=host->detect_finish(0, OTEL_NOT_FOUND, 0, 0, 0, 0)'
finds "$d answered 4 and called host->detect_finish(), too" kinds \
	'-DDETECT=host->detect_finish(op, OTEL_NOT_FOUND, 0, 0, 0, 0); return OTEL_NOT_FOUND'
passes kinds '-DDETECT=return OTEL_NOT_FOUND'
warns "$d finished with OTEL_OK, but without attributes" kinds '-DDETECTED=host->detect_finish(op, OTEL_OK, 0, 0, 0, 0)'
finds 'host->detect_finish() got the schema URL "1.0"' kinds '-DDETECTED=host->detect_finish(op, OTEL_OK, &attr, 1, "1.0", 0)'
finds "$d blocked for " kinds '-DDETECT=wait_a_while(); return OTEL_NOT_FOUND'
finds "on_start() of span processor $k blocked for " kinds '-DON_START=wait_a_while()'
finds "on_start(), on_ending() or on_end() of span processor $k crashed with SIGSEGV" kinds '-DON_END=*(volatile int *)0 = 1'
finds "span processor $k has no function" kinds -DNO_SPAN_FUNCTIONS
finds "flush() of span processor $k answered 77" kinds -DSPAN_FLUSH=77
finds "on_emit() of log processor $k answered none of otel_edit" kinds '-DON_EMIT=return 7'
finds "on_emit() of log processor $k answered OTEL_EDIT_REPLACE, but left the record" kinds '-DON_EMIT=return OTEL_EDIT_REPLACE'
finds 'what on_emit() put in place of the record is no protobuf message' kinds \
	'-DON_EMIT=log->data = (const uint8_t *)"\xff"; log->len = 1; return OTEL_EDIT_REPLACE'
finds "on_emit() of log processor $k crashed with SIGSEGV" kinds '-DON_EMIT=*(uint8_t *)log->data = 1; return OTEL_EDIT_KEEP'
p="process() of batch processor $k"
finds "$p answered none of otel_verdict" kinds '-DPROCESS=return 7'
finds "$p answered OTEL_BATCH_REPLACE without a call" kinds '-DPROCESS=return OTEL_BATCH_REPLACE'
finds "$p called host->batch_replace(), but did not answer" kinds \
	'-DPROCESS=host->batch_replace(edit, batch->data, batch->len); return OTEL_BATCH_KEEP'
finds "$p called host->batch_replace() twice" kinds \
	'-DPROCESS=for (int i = 0; i < 2; i++) host->batch_replace(edit, batch->data, batch->len); return OTEL_BATCH_REPLACE'
finds "$p crashed with SIGSEGV" kinds '-DPROCESS=*(uint8_t *)batch->data = 1; return OTEL_BATCH_KEEP'
finds "$p crashed with SIGSEGV" kinds '-DPROCESS=return batch->data[batch->len] ? OTEL_BATCH_KEEP : OTEL_BATCH_DROP'
finds "batch processor $k has the signals 0x0" kinds -DBATCH_SIGNALS=0
finds 'what produce() put is empty' kinds '-DPRODUCE=put(arg, scope_metrics, 0)'
warns "produce() of metric producer $k put nothing" kinds '-DPRODUCE=(void)0'
e="export_batch() of exporter $k"
finds "exporter $k has the signals 0x40" kinds -DEXPORT_SIGNALS=64
finds "exporter $k has the flags 0x80" kinds -DEXPORT_FLAGS=128
finds "$e answered something that is none" kinds '-DEXPORT=return 77'
finds "$e answered OTEL_EXPORT_PENDING without cancel()" kinds -DEXPORT_CANCEL_FUNCTION=NULL
finds "$e was never finished, when the answer is 503" kinds \
	'-DEXPORTED=if (reply->status != 503) host->export_finish(op, reply->status ? 0 : 1, 0, 0, 0)' -DEXPORT_CANCEL_FUNCTION=NULL
finds "$e was never finished, not even after cancel(), when no answer comes" kinds '-DEXPORT_CANCEL=(void)0'
finds 'host->export_finish() was called twice for one op' kinds \
	'-DEXPORTED=for (int i = 0; i < 2; i++) host->export_finish(op, OTEL_EXPORT_RETRY, 0, 0, 0)'
finds "$e answered a result and called host->export_finish(), too" kinds \
	'-DEXPORT=host->export_finish(op, OTEL_EXPORT_DONE, 0, 0, 0); return OTEL_EXPORT_DONE'
finds 'host->export_finish() got the result 3' kinds '-DEXPORTED=host->export_finish(op, OTEL_EXPORT_PENDING, 0, 0, 0)'
finds "$e ended as OTEL_EXPORT_DONE: what was not taken is lost, when the answer is 503" kinds \
	'-DEXPORTED=host->export_finish(op, OTEL_EXPORT_DONE, 0, 0, 0)'
finds "$e ended as OTEL_EXPORT_DROP, though the backend may take it later, when the connection is refused" kinds \
	'-DEXPORTED=host->export_finish(op, reply->status ? OTEL_EXPORT_RETRY : OTEL_EXPORT_DROP, 0, 0, 0)'
finds "$e rejected more items than it got" kinds '-DEXPORTED=host->export_finish(op, OTEL_EXPORT_RETRY, 0, 9, 0)'
finds "$e blocked for " kinds '-DEXPORT=wait_a_while(); return OTEL_EXPORT_RETRY'
if unshare -n true 2>/dev/null || unshare -rn true 2>/dev/null; then
	passes kinds '-DEXPORT=wait_a_while(); return OTEL_EXPORT_RETRY' -DEXPORT_FLAGS=OTEL_EXPORTER_BLOCKING
	finds "$e answered OTEL_EXPORT_PENDING" kinds -DEXPORT_FLAGS=OTEL_EXPORTER_BLOCKING
else # it may send for itself, and cannot be kept from it here
	warns "exporter $k was not tried: it may send for itself" kinds -DEXPORT_FLAGS=OTEL_EXPORTER_BLOCKING
fi
warns "$e wrote to stdout" kinds '-DEXPORT=write(1, "x", 1); return OTEL_EXPORT_DONE'
s="sign() of authenticator $k"
finds "$s blocked for " kinds '-DSIGN=wait_a_while(); add_header(arg, "x", "1"); return OTEL_OK'
finds "$s answered 5, though prepare() had succeeded" kinds '-DSIGN=return OTEL_DENIED'
finds "$s has a header whose value holds control characters" kinds '-DSIGN=add_header(arg, "x", "a\nb"); return OTEL_OK'
finds 'host->env() was called in sign()' kinds '-DSIGN=add_header(arg, "x", host->env(self, "HOME") ? "1" : "2"); return OTEL_OK'
finds 'host->http() was called in sign()' kinds '-DSIGN=ask(prepared, 0); return OTEL_OK'
finds "$s crashed with SIGSEGV" kinds '-DSIGN=*(size_t *)request = 0; return OTEL_OK'
warns "$s added no header" kinds '-DSIGN=return OTEL_OK'
a="prepare() of authenticator $k"
passes kinds '-DPREPARE=ask(prepared, op); return OTEL_OK'
finds "$a was never finished, when the answer is 200" kinds '-DPREPARE=return OTEL_OK'
finds 'host->auth_finish() was called twice for one op' kinds \
	'-DPREPARE=for (int i = 0; i < 2; i++) host->auth_finish(op, OTEL_OK, 0, 0); return OTEL_OK'
finds "$a answered 5 and called host->auth_finish(), too" kinds \
	'-DPREPARE=host->auth_finish(op, OTEL_OK, 0, 0); return OTEL_DENIED'
warns "authenticator $k got no credentials from made-up answers" kinds '-DPREPARE=return OTEL_DENIED'
finds "$a blocked for " kinds '-DPREPARE=wait_a_while(); return OTEL_DENIED'
finds "wants() of authenticator $k blocked for " kinds '-DWANTS=wait_a_while()'
finds 'otel-c itself has the command "sink", which comes first' kinds '-DCOMMAND="sink"'
finds "the summary of command $k is empty" kinds '-DSUMMARY=""'
finds "the summary of command $k is more than one line" kinds '-DSUMMARY="a\nb"'

# ---- the profile beside it ----

make object
printf '[object]\nlevle = 1\n' >object.ini
check 0 object
says profile 'object.so: warning: '
says profile 'levle'
rm object.ini

# ---- what we give away, and our own modules ----

acme_passes() {
	cp "$sources/acme.ini" .
	chmod go-w acme.ini
	really_passes acme
}
sources=$OTEL_C_TEST_SOURCE/examples/acme-distro
beside acme_passes
sources=$OTEL_C_TEST_SOURCE/tests/tools/plugin_check
# Not "grep -q", which ends before nm has said all, so that nm fails and a sanitizer is overlooked.
if ! nm -D "$OTEL_C_TEST_BUILD/lib/libotel_api.so.1" | grep -E ' U __(a|t)san_init' >/dev/null; then # those only we can load
	for module in "$OTEL_C_TEST_BUILD"/lib/otel-c/*.so; do
		[ "${module##*/}" = http.so ] && continue # private, no plugin
		beside check 0 "${module%.so}"
	done
fi

# ---- without standard files ----

make object
"$otel_c" plugin check object.so <&- 2>&- >closed || fail "without stdin and stderr: $?"
grep -qE "^object\.so: ok, [0-9]+ checks" closed || { fail "without stdin and stderr"; cat closed; }

# ---- as JSON, and the command line ----

make kinds '-DSIGN=return OTEL_OK'
"$otel_c" plugin check --json kinds.so >json 2>err || fail "--json of a module with warnings: $?"
jq -e '.ok and .failed == 0 and .warnings == 1 and .findings[0].result == "warning" and (.findings | length) == 1' json \
	>/dev/null || { fail "--json"; cat json; }
"$otel_c" plugin check --json --verbose kinds.so >json
jq -e '.checks == (.findings | length)' json >/dev/null || fail "--json --verbose does not list all checks"
for wrong in "" "--nothing kinds.so" "kinds.so kinds.so"; do
	status=0
	"$otel_c" plugin check $wrong >out 2>err || status=$?
	[ "$status" = 2 ] || fail "plugin check $wrong: exit status $status, not 2"
	grep -q "^otel-c plugin check: .*see otel-c help plugin$" err || fail "plugin check $wrong: says $(cat err)"
done

# ---- what was said beside ----

wait
for case in $(seq "$begun"); do
	cat "$dir/$case/said"
	[ -e "$dir/$case/done" ] || echo "FAILED: case $case ended before its time"
done >said
cat said
failures=$((failures + $(grep -c '^FAILED' said || true)))
cases=$((cases + begun))
[ "$failures" = 0 ] || { echo "$failures of $cases cases failed"; exit 1; }
echo "ok, $cases cases"
