#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# check_test.sh - otel-c plugin check, proved sentence by sentence: faulty modules must be found out, good ones must pass.
# Their components are for check_kinds_test.sh.
. "$(dirname "$0")/check_cases.sh"

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
passes object -DFAULT_CALL='if (getpid() == 1) abort(); if (getpid() == 2) _Unwind_Resume(0)'
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
sources=$OTEL_C_TEST_SOURCE/tests/tools/otel-c/modules
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

finish
