// SPDX-License-Identifier: Apache-2.0

// The same spans by OpenTelemetry's Go SDK to each endpoint of INTEROP_ENDPOINTS; python/send.py says what else is read
// from the environment. Prints how many spans there are; status 1 when an endpoint refused some.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log"
	"math"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/credentials"
)

const children = 600

func roots() *tls.Config {
	file := os.Getenv("INTEROP_CA")
	if file == "" {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	return &tls.Config{RootCAs: pool}
}

func client(endpoint string) otlptrace.Client {
	gzip := os.Getenv("INTEROP_COMPRESSION") == "gzip"
	ca := roots()
	if os.Getenv("INTEROP_PROTOCOL") == "grpc" {
		options := []otlptracegrpc.Option{otlptracegrpc.WithEndpointURL(endpoint)}
		if gzip {
			options = append(options, otlptracegrpc.WithCompressor("gzip"))
		}
		if ca != nil {
			options = append(options, otlptracegrpc.WithTLSCredentials(credentials.NewTLS(ca)))
		}
		return otlptracegrpc.NewClient(options...)
	}
	options := []otlptracehttp.Option{otlptracehttp.WithEndpointURL(endpoint + "/v1/traces")}
	if gzip {
		options = append(options, otlptracehttp.WithCompression(otlptracehttp.GzipCompression))
	}
	if ca != nil {
		options = append(options, otlptracehttp.WithTLSClientConfig(ca))
	}
	return otlptracehttp.NewClient(options...)
}

func spans(tracer trace.Tracer) {
	state, _ := trace.ParseTraceState("vendor=x")
	other := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1, 2, 3}, SpanID: trace.SpanID{4, 5},
		TraceFlags: trace.FlagsSampled, TraceState: state, Remote: true})
	ctx, span := tracer.Start(context.Background(), "place order 🛒", trace.WithSpanKind(trace.SpanKindServer),
		trace.WithLinks(trace.Link{SpanContext: other, Attributes: []attribute.KeyValue{attribute.Int("link.key", 1)}}))
	span.SetAttributes(attribute.String("text", "Größe \"7\"\n\t\\"), attribute.String("empty", ""),
		attribute.Int64("zero", 0), attribute.Int64("big", math.MaxInt64), attribute.Int64("small", math.MinInt64),
		attribute.Float64("half", 0.5), attribute.Float64("huge", 1e300), attribute.Bool("no", false),
		attribute.Float64("nan", math.NaN()), attribute.Float64("infinite", math.Inf(-1)),
		attribute.StringSlice("texts", []string{"a", "", "ü"}), attribute.Int64Slice("ints", []int64{1, -2, 1<<53 + 1}),
		attribute.Float64Slice("doubles", []float64{0.1, -1e-9}), attribute.BoolSlice("bools", []bool{true, false}))
	span.AddEvent("stock", trace.WithTimestamp(time.Unix(1700000000, 1)), trace.WithAttributes(attribute.Int("left", 7)))
	span.RecordError(errors.New("no such customer"), trace.WithStackTrace(true))
	span.SetStatus(codes.Error, "card declined")
	for i := range children {
		_, child := tracer.Start(ctx, fmt.Sprintf("step %d", i), trace.WithSpanKind(trace.SpanKind(1+i%5)))
		child.SetAttributes(attribute.Int("number", i))
		child.End()
	}
	span.End()
}

func main() {
	var refused atomic.Bool
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) {
		refused.Store(true)
		fmt.Fprintln(os.Stderr, err)
	}))
	options := []sdktrace.TracerProviderOption{
		sdktrace.WithResource(resource.NewSchemaless(attribute.String("service.name", os.Getenv("INTEROP_SERVICE"))))}
	for _, endpoint := range strings.Fields(os.Getenv("INTEROP_ENDPOINTS")) {
		exporter, err := otlptrace.New(context.Background(), client(endpoint))
		if err != nil {
			log.Fatal(err)
		}
		options = append(options, sdktrace.WithBatcher(exporter))
	}
	provider := sdktrace.NewTracerProvider(options...)
	spans(provider.Tracer("interop", trace.WithInstrumentationVersion("1.2.3"),
		trace.WithSchemaURL("https://opentelemetry.io/schemas/1.26.0"),
		trace.WithInstrumentationAttributes(attribute.String("scope.key", "value"))))
	if err := provider.Shutdown(context.Background()); err != nil {
		log.Fatal(err)
	}
	fmt.Println(children + 1)
	if refused.Load() {
		os.Exit(1)
	}
}
