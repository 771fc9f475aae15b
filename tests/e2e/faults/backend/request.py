# SPDX-License-Identifier: Apache-2.0
#
# request.py - what a backend must know of a request for spans: that it is one, and whose spans they are.
import itertools


class Strange(Exception):
    """No request that an OTLP client may send."""


def varint(data, at):
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise Strange("cut-varint")
        value |= (data[at] & 0x7F) << shift
        at += 1
        if data[at - 1] < 0x80:
            return value, at
        shift += 7


def fields(data):
    """Pairs of number and value; what has a length comes as bytes."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        size = {1: 8, 5: 4}.get(key & 7)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 2:
            size, at = varint(data, at)
        elif size is None:
            raise Strange("wire-type")
        if key & 7:
            value, at = data[at:at + size], at + size
        if at > len(data):
            raise Strange("cut-field")
        yield key >> 3, value


def inner(data, *path):
    """All values of the fields at that path."""
    for number, value in fields(data):
        if number == path[0]:
            if len(path) == 1:
                yield value
            else:
                yield from inner(value, *path[1:])


def span_ids(body):
    """Of an ExportTraceServiceRequest: trace id and span id of each."""
    ids = []
    for span in inner(body, 1, 2, 2):  # resource_spans, scope_spans, spans
        first = dict(itertools.islice(fields(span), 2))  # trace_id, span_id
        trace, own = first.get(1, b""), first.get(2, b"")
        if len(trace) != 16 or len(own) != 8 or not any(trace) or not any(own):
            raise Strange("span-without-ids")
        ids.append(trace + own)
    if len(ids) != len(set(ids)):
        raise Strange("span-twice-in-one-request")
    return ids
