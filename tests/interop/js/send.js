// SPDX-License-Identifier: Apache-2.0
//
// send.js - the same spans by OpenTelemetry's JavaScript SDK to each endpoint of INTEROP_ENDPOINTS; python/send.py says
// what else is read from the environment. Prints how many spans there are; status 1 when an endpoint refused some.
'use strict';
const fs = require('fs');
const { context, diag, trace, DiagLogLevel, SpanKind, SpanStatusCode, TraceFlags, createTraceState } =
	require('@opentelemetry/api');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const { BasicTracerProvider, BatchSpanProcessor } = require('@opentelemetry/sdk-trace-base');

const CHILDREN = 600;
const protocol = process.env.INTEROP_PROTOCOL;
const ca = process.env.INTEROP_CA ? fs.readFileSync(process.env.INTEROP_CA) : null;
let refused = false;

function complain(...text) {
	refused = true;
	console.error(...text);
}

function exporter(endpoint) {
	const compression = process.env.INTEROP_COMPRESSION;
	if (protocol === 'grpc') {
		const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-grpc');
		const grpc = require('@grpc/grpc-js');
		const credentials = ca ? grpc.credentials.createSsl(ca) : grpc.credentials.createInsecure();
		return new OTLPTraceExporter({ url: endpoint, compression, credentials });
	}
	const { OTLPTraceExporter } =
		require(`@opentelemetry/exporter-trace-otlp-${protocol === 'http/json' ? 'http' : 'proto'}`);
	return new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, compression, httpAgentOptions: ca ? { ca } : {} });
}

function makeSpans(tracer) {
	const other = { traceId: '1234567890abcdef1234567890abcdef', spanId: '1234567890abcdef', isRemote: true,
		traceFlags: TraceFlags.SAMPLED, traceState: createTraceState('vendor=x') };
	const span = tracer.startSpan('place order 🛒',
		{ kind: SpanKind.SERVER, links: [{ context: other, attributes: { 'link.key': 1 } }] });
	span.setAttributes({ text: 'Größe "7"\n\t\\', empty: '', zero: 0, big: Number.MAX_SAFE_INTEGER, small: -2147483649,
		half: 0.5, tiny: 1.5e-300, yes: true, no: false, texts: ['a', '', 'ü'], ints: [1, -2], doubles: [0.1, -1e-9],
		bools: [true, false] });
	span.addEvent('stock', { left: 7 }, [1700000000, 1]);
	span.recordException(new Error('no such customer'));
	span.setStatus({ code: SpanStatusCode.ERROR, message: 'card declined' });
	const parent = trace.setSpan(context.active(), span);
	for (let i = 0; i < CHILDREN; i++) {
		const child = tracer.startSpan(`step ${i}`, { kind: i % 5 }, parent);
		child.setAttribute('number', i);
		child.end();
	}
	span.end();
}

async function main() {
	diag.setLogger({ error: complain, warn: complain, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);
	const provider = new BasicTracerProvider({
		resource: resourceFromAttributes({ 'service.name': process.env.INTEROP_SERVICE }),
		spanProcessors: process.env.INTEROP_ENDPOINTS.split(' ').map((e) => new BatchSpanProcessor(exporter(e))),
	});
	makeSpans(provider.getTracer('interop', '1.2.3', { schemaUrl: 'https://opentelemetry.io/schemas/1.26.0' }));
	await provider.shutdown();
	console.log(CHILDREN + 1);
	process.exitCode = refused ? 1 : 0;
}

main();
