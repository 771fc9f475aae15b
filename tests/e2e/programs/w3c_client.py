# SPDX-License-Identifier: Apache-2.0
#
# w3c_client.py PORT - sends requests with trace headers to w3c_service and looks at the headers of the calls it makes in
# turn. Sockets only, so that python3-minimal will do, and that headers go out exactly as written.
import re
import socket
import sys
import threading

TRACE = '12345678901234567890123456789012'
PARENT = '1234567890123456'
GOOD = f'00-{TRACE}-{PARENT}-01'
TWO = f'00-{TRACE}-{PARENT}-02'
KEEP, NEW = 'the trace goes on', 'a new trace begins'


def members(first, last):
    return ','.join(f'bar{i:02}={i:02}' for i in range(first, last + 1))


def parents(values, outcome):
    return [(f'traceparent {v!r}'.replace(TRACE, '<trace>').replace(PARENT, '<parent>'), [('traceparent', v)], outcome, None)
            for v in values]


def states(rows):
    return [(f'tracestate {fields!r}'[:70], [('traceparent', GOOD)] + [('tracestate', f) for f in fields], KEEP, expected)
            for fields, expected in rows]


# What is sent, what becomes of the trace, and the tracestate that goes on (None: none).
ROWS = [
    ('no headers', [], NEW, None),
    ('a name in capitals', [('TRACEPARENT', GOOD), ('TraceState', 'foo=1')], KEEP, 'foo=1'),
    ('a name with a dash', [('trace-parent', GOOD)], NEW, None),
    ('two traceparents', [('traceparent', GOOD), ('traceparent', f'00-{TRACE[:-1]}1-{PARENT}-01')], NEW, None),
    ('tracestate alone', [('tracestate', 'foo=1')], NEW, None),
    ('tracestate beside a bad traceparent', [('traceparent', f'00-{TRACE}-{"0" * 16}-01'), ('tracestate', 'foo=1')], NEW, None),
]
ROWS += parents([GOOD, TWO, f'00-{TRACE}-{PARENT}-ff', f' \t{GOOD} \t', f'cc-{TRACE}-{PARENT}-01',
                 f'cc-{TRACE}-{PARENT}-01-what-comes-next'], KEEP)
ROWS += parents([GOOD + '.', GOOD + '-more', f'cc-{TRACE}-{PARENT}-01.more', f'ff-{TRACE}-{PARENT}-01',
                 f'.0-{TRACE}-{PARENT}-01', f'000-{TRACE}-{PARENT}-01', f'0-{TRACE}-{PARENT}-01',
                 f'00-{"0" * 32}-{PARENT}-01', f'00-.{TRACE[1:]}-{PARENT}-01', f'00-{TRACE}3-{PARENT}-01',
                 f'00-{TRACE[:-1]}-{PARENT}-01', f'00-{TRACE}-{PARENT[:-1]}.-01', f'00-{TRACE}-{PARENT}7-01',
                 f'00-{TRACE}-{PARENT}-.0', f'00-{TRACE}-{PARENT}-001', f'00-{TRACE}-{PARENT}-1', GOOD + ',' + GOOD,
                 'x' * 4000], NEW)
ROWS += states([
    (['foo=1,bar=2'], 'foo=1,bar=2'),
    (['foo=1,bar=2', 'rojo=1,congo=2', 'baz=3'], 'foo=1,bar=2,rojo=1,congo=2,baz=3'),
    ([''], None),
    (['', 'foo=1'], 'foo=1'),
    (['\t foo=1 \t,\t bar=2\t'], 'foo=1,bar=2'),
    (['foo=1,foo=2'], 'foo=1,foo=2'),
    (['FOO=1'], None),
    (['foo =1'], None),
    (['foo.bar=1'], None),
    (['foo@=1,a@b@c=2'], 'foo@=1,a@b@c=2'),
    (['@foo=1,bar=2'], None),
    (['foo=bar=baz'], None),
    (['foo=,bar=3'], None),
    (['foo=1', 'z' * 256 + '=1'], 'foo=1,' + 'z' * 256 + '=1'),
    (['foo=1', 'z' * 257 + '=1'], None),
    ([members(1, 20), members(21, 32)], members(1, 32)),
    ([members(1, 20), members(21, 33)], None),
    (['first=1,long=' + 'v' * 200 + ',' + ','.join(f'k{i}=' + 'v' * 40 for i in range(9))],
     'first=1,' + ','.join(f'k{i}=' + 'v' * 40 for i in range(9))),
])


def read_request(connection):
    data = b''
    while b'\r\n\r\n' not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b'\r\n\r\n')
    lines = head.decode('latin-1').split('\r\n')[1:]
    headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(':') for line in lines)]
    missing = int(dict(headers).get('content-length', 0)) - len(body)
    while missing > 0:
        missing -= len(connection.recv(65536))
    return headers


class Callbacks(threading.Thread):
    """Keeps the headers of every request that comes in."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.url = 'http://127.0.0.1:%d/' % self.socket.getsockname()[1]
        self.seen = []

    def run(self):
        while True:
            connection, _ = self.socket.accept()
            with connection:
                headers = read_request(connection)
                if headers is None:
                    continue
                self.seen.append(headers)
                connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')


def post(port, headers, body):
    text = ''.join(f'{name}: {value}\r\n' for name, value in headers)
    with socket.create_connection(('127.0.0.1', port), timeout=20) as connection:
        connection.sendall(f'POST /test HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{text}'
                           f'Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}'.encode('latin-1'))
        answer = b''
        while True:
            more = connection.recv(65536)
            if not more:
                return answer
            answer += more


def wrong(seen, sent, outcome, tracestate):
    """What is not as expected of one call; '' if nothing."""
    found = [value for name, value in seen if name == 'traceparent']
    if len(found) != 1 or not re.fullmatch('00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[0-3]', found[0]):
        return f'traceparent is {found}'
    if (found[0][3:35] == TRACE) != (outcome is KEEP) or found[0][36:52] == PARENT:
        return f'{found[0]}, but {outcome}'
    if outcome is KEEP and TWO in [value for _, value in sent] and found[0][-1] not in '23':
        return f'{found[0]} has lost the random flag'
    state = [value for name, value in seen if name == 'tracestate']
    return '' if state == ([tracestate] if tracestate else []) else f'tracestate is {state}'


def row(port, callbacks, sent, outcome, tracestate, calls=1):
    callbacks.seen.clear()
    one = '{"url":"%s","arguments":[]}' % callbacks.url
    answer = post(port, sent, '[' + ','.join([one] * calls) + ']')
    if not answer.startswith(b'HTTP/1.1 200'):
        return f'answered {answer[:60]!r}'
    if len(callbacks.seen) != calls:
        return f'{len(callbacks.seen)} calls were made before the answer, not {calls}'
    problems = [wrong(seen, sent, outcome, tracestate) for seen in callbacks.seen]
    spans = {dict(seen)['traceparent'] for seen in callbacks.seen}
    return next((p for p in problems if p), '' if len(spans) == calls else 'two calls have the same parent id')


def more_rows(port, callbacks):
    yield 'three calls have three parent ids', row(port, callbacks, [('traceparent', GOOD)], KEEP, None, 3)
    yield 'so have three calls of a new trace', row(port, callbacks, [], NEW, None, 3)
    yield 'an empty list is done at once', row(port, callbacks, [('traceparent', GOOD)], KEEP, None, 0)
    callbacks.seen.clear()
    inner = '[{"url":"%s","arguments":[]}]' % callbacks.url
    post(port, [('traceparent', GOOD), ('tracestate', 'foo=1')], '[{"url":"http://127.0.0.1:%d/test","arguments":%s}]' % (port, inner))
    yield 'it may call itself', wrong(callbacks.seen[0], [], KEEP, 'foo=1') if len(callbacks.seen) == 1 else 'no call'
    yield 'a body that is no list is refused', '' if post(port, [], '{').startswith(b'HTTP/1.1 400') else 'taken'
    callbacks.seen.clear()
    post(port, [('baggage', 'a=1;p'), ('baggage', 'b=%20')], inner)
    found = [value for name, value in callbacks.seen[0] if name == 'baggage'] if callbacks.seen else None
    yield 'baggage goes on', '' if found == ['a=1;p,b=%20'] else f'it is {found}'


def main():
    port = int(sys.argv[1])
    callbacks = Callbacks()
    callbacks.start()
    results = [(name, row(port, callbacks, *rest)) for name, *rest in ROWS] + list(more_rows(port, callbacks))
    for name, problem in results:
        print(f'{name}: {problem or "ok"}')
    good = sum(not problem for _, problem in results)
    print(f'{good} of {len(results)} as expected')
    return 0 if good == len(results) else 1


sys.exit(main())
