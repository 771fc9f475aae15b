# SPDX-License-Identifier: Apache-2.0
"""compare.py SERVICE COUNT FILE FILE... - whether files of OTLP JSON Lines hold the same telemetry of one service.

Waits up to 10 s until each file holds COUNT items (spans, data points, log records) whose resource has that
service.name, then compares them field by field. A member that is absent is the same as one that has its default, as
OTLP has it; order of items does not count. Says how many there are, or the first differences; status 1 then. With
INTEROP_COPIES in the environment, what came more than once counts once.
"""
import json
import os
import sys
import time

PATIENCE_S = 10
CONTAINERS = (("resourceSpans", "scopeSpans", "spans"), ("resourceMetrics", "scopeMetrics", "metrics"),
              ("resourceLogs", "scopeLogs", "logRecords"))
POINTS = ("gauge", "sum", "histogram", "exponentialHistogram", "summary")
WIDE = ("intValue", "asInt", "count", "zeroCount", "timeUnixNano", "startTimeUnixNano", "endTimeUnixNano",
        "observedTimeUnixNano")


def any_value(value):
    """A value keeps what it is set to, even where that is the default of its type."""
    if not isinstance(value, dict):
        return value
    if "arrayValue" in value:
        return {"arrayValue": [any_value(v) for v in value["arrayValue"].get("values", [])]}
    if "kvlistValue" in value:
        return {"kvlistValue": [key_value(v) for v in value["kvlistValue"].get("values", [])]}
    if "intValue" in value:
        return {"intValue": int(value["intValue"])}
    if "doubleValue" in value:
        return {"doubleValue": float(value["doubleValue"])}
    return value


def key_value(pair):
    return [pair["key"], any_value(pair.get("value", {}))]


def plain(value, name=""):
    """The value without members that have their default, numbers as numbers."""
    if name in ("attributes", "filteredAttributes"):
        return sorted(key_value(pair) for pair in value)
    if name == "body":
        return any_value(value)
    if isinstance(value, dict):
        members = {k: plain(v, k) for k, v in value.items()}
        return {k: v for k, v in members.items() if v not in (None, "", 0, False, [], {})
                or k in ("asInt", "asDouble", "gauge", "sum", "histogram", "exponentialHistogram", "summary")}
    if isinstance(value, list):
        return [plain(v, name) for v in value]
    if name in WIDE or name in ("bucketCounts",):
        return int(value)
    if name in ("asDouble", "min", "max") or name == "sum" and not isinstance(value, str):
        return float(value)
    return value


def service_of(resource):
    for pair in resource.get("attributes", []):
        if pair["key"] == "service.name":
            return pair.get("value", {}).get("stringValue")
    return None


def count_of(item):
    return sum(len(item[kind].get("dataPoints", [])) for kind in POINTS if kind in item) or 1


def items(path, service):
    """All items of the service, each with its resource and scope, as text that compares; and how many they are."""
    found, count = [], 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.endswith("\n") or not line.strip():
                continue  # still being written
            request = json.loads(line)
            for resources, scopes, name in CONTAINERS:
                for r in request.get(resources, []):
                    if service_of(r.get("resource", {})) != service:
                        continue
                    for s in r.get(scopes, []):
                        for item in s.get(name, []):
                            count += count_of(item)
                            found.append(json.dumps(
                                {"resource": plain(r.get("resource", {})), "resourceSchema": r.get("schemaUrl", ""),
                                 "scope": plain(s.get("scope", {})), "scopeSchema": s.get("schemaUrl", ""),
                                 name: plain(item)}, sort_keys=True, ensure_ascii=False))
    if "INTEROP_COPIES" in os.environ:
        found = set(found)
        count = len(found)
    return sorted(found), count


def main():
    service, want, paths = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    end = time.monotonic() + PATIENCE_S
    while True:
        have = {path: items(path, service) for path in paths}
        if all(count >= want for _, count in have.values()) or time.monotonic() > end:
            break
        time.sleep(0.1)
    ok = True
    first, count = have[paths[0]]
    for path in paths:
        if have[path][1] != want:
            print(f"{path}: {have[path][1]} items, not {want}")
            ok = False
    for path in paths[1:]:
        other = have[path][0]
        if other != first:
            ok = False
            print(f"{paths[0]} and {path} differ:")
            for side, sign in ((sorted(set(first) - set(other)), "-"), (sorted(set(other) - set(first)), "+")):
                for text in side[:2]:
                    print(f"  {sign} {text[:2000]}")
    if ok:
        print(f"{count} equal")
    sys.exit(0 if ok else 1)


main()
