/* SPDX-License-Identifier: Apache-2.0
 *
 * protocol.h - the three ways to carry OTLP, by [exporter.otlp] protocol.
 */
#ifndef OTEL_OTLP_PROTOCOL_H
#define OTEL_OTLP_PROTOCOL_H

enum protocol { PROTOCOL_HTTP_PROTOBUF, PROTOCOL_HTTP_JSON, PROTOCOL_GRPC };

#endif
