# SPDX-License-Identifier: Apache-2.0
"""send.py - the same telemetry by OpenTelemetry's Python SDK to each endpoint of INTEROP_ENDPOINTS.

INTEROP_PROTOCOL (http/protobuf, grpc), INTEROP_COMPRESSION (gzip, none), INTEROP_CA (a file, for https) and
INTEROP_SERVICE say how and as whom. Prints how many spans, data points and log records there are; status 1 when an
endpoint refused some.
"""
import logging
import os
import sys

from opentelemetry import trace
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanContext, SpanKind, Status, StatusCode, TraceFlags, TraceState

CHILDREN = 600
failed = []


class Complaints(logging.Handler):
    """The SDK only logs what it could not deliver."""

    def emit(self, record):
        failed.append(record.getMessage())


def exporter(signal, endpoint):
    """The exporter of a signal: Span, Metric or Log."""
    gzip = os.environ["INTEROP_COMPRESSION"] == "gzip"
    ca = os.environ.get("INTEROP_CA") or None
    if os.environ["INTEROP_PROTOCOL"] == "grpc":
        import grpc
        from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
        from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        kind = {"Span": OTLPSpanExporter, "Metric": OTLPMetricExporter, "Log": OTLPLogExporter}[signal]
        credentials = None
        if ca:
            with open(ca, "rb") as file:
                credentials = grpc.ssl_channel_credentials(file.read())
        return kind(endpoint=endpoint, insecure=not ca, credentials=credentials,
                    compression=grpc.Compression.Gzip if gzip else grpc.Compression.NoCompression)
    from opentelemetry.exporter.otlp.proto.http import Compression
    from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    kind, path = {"Span": (OTLPSpanExporter, "traces"), "Metric": (OTLPMetricExporter, "metrics"),
                  "Log": (OTLPLogExporter, "logs")}[signal]
    return kind(endpoint=f"{endpoint}/v1/{path}", certificate_file=ca,
                compression=Compression.Gzip if gzip else Compression.NoCompression)


def spans(resource, endpoints):
    provider = TracerProvider(resource=resource)
    for endpoint in endpoints:
        provider.add_span_processor(BatchSpanProcessor(exporter("Span", endpoint)))
    tracer = provider.get_tracer("interop", "1.2.3", "https://opentelemetry.io/schemas/1.26.0", {"scope.key": "value"})
    other = SpanContext(0x1234567890ABCDEF1234567890ABCDEF, 0x1234567890ABCDEF, True, TraceFlags(1),
                        TraceState([("vendor", "x")]))
    with tracer.start_as_current_span("place order \N{SHOPPING TROLLEY}", kind=SpanKind.SERVER,
                                      links=[Link(other, {"link.key": 1})]) as span:
        span.set_attributes({"text": "Größe \"7\"\n\t\\", "empty": "", "zero": 0, "big": 2**63 - 1, "small": -(2**63),
                             "half": 0.5, "huge": 1e300, "yes": True, "no": False, "texts": ["a", "", "ü"],
                             "ints": [1, -2, 2**53 + 1], "doubles": [0.1, -1e-9], "bools": [True, False]})
        span.add_event("stock", {"left": 7}, timestamp=1700000000000000001)
        span.record_exception(ValueError("no such customer"))
        span.set_status(Status(StatusCode.ERROR, "card declined"))
        for i in range(CHILDREN):
            with tracer.start_as_current_span(f"step {i}", kind=list(SpanKind)[i % 5]) as child:
                child.set_attribute("number", i)
    provider.shutdown()
    return CHILDREN + 1


def points(resource, endpoints):
    readers = [PeriodicExportingMetricReader(exporter("Metric", e), export_interval_millis=3600000) for e in endpoints]
    provider = MeterProvider(readers, resource=resource)
    meter = provider.get_meter("interop", "1.2.3")
    meter.create_counter("orders", "{order}", "Orders placed").add(7, {"kind": "tea"})
    meter.create_up_down_counter("open").add(-3)
    meter.create_histogram("duration", "ms").record(12.5, {"route": "/orders"})
    meter.create_gauge("temperature").set(0)
    provider.shutdown()
    return 4


def records(resource, endpoints):
    provider = LoggerProvider(resource=resource)
    for endpoint in endpoints:
        provider.add_log_record_processor(BatchLogRecordProcessor(exporter("Log", endpoint)))
    logger = logging.getLogger("interop")
    logger.propagate = False
    logger.setLevel(logging.INFO)
    logger.addHandler(LoggingHandler(logger_provider=provider))
    logger.info("order placed", extra={"order.id": 1001})
    logger.error("Größe unbekannt")
    provider.shutdown()
    return 2


def main():
    logging.getLogger("opentelemetry").addHandler(Complaints(logging.WARNING))
    endpoints = os.environ["INTEROP_ENDPOINTS"].split()
    resource = Resource.create({"service.name": os.environ["INTEROP_SERVICE"], "service.version": "1.0"})
    made = [spans(resource, endpoints)]
    # What a metric holds depends on when it is read, and each endpoint has a reader of its own: one is enough.
    made += [points(resource, endpoints[-1:]), records(resource, endpoints)] if "INTEROP_ALL" in os.environ else []
    print(sum(made))
    for text in failed:
        print(text, file=sys.stderr)
    sys.exit(1 if any("xport" in text and not text.startswith("Transient") for text in failed) else 0)


main()
