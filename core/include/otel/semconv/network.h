/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/network.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_NETWORK_H
#define OTEL_SEMCONV_NETWORK_H

/* string, development */
#define OTEL_NETWORK_CARRIER_ICC "network.carrier.icc"

/* string, development */
#define OTEL_NETWORK_CARRIER_MCC "network.carrier.mcc"

/* string, development */
#define OTEL_NETWORK_CARRIER_MNC "network.carrier.mnc"

/* string, development */
#define OTEL_NETWORK_CARRIER_NAME "network.carrier.name"

/* string, development */
#define OTEL_NETWORK_CONNECTION_STATE "network.connection.state"
#define OTEL_NETWORK_CONNECTION_STATE_CLOSED "closed"
#define OTEL_NETWORK_CONNECTION_STATE_CLOSE_WAIT "close_wait"
#define OTEL_NETWORK_CONNECTION_STATE_CLOSING "closing"
#define OTEL_NETWORK_CONNECTION_STATE_ESTABLISHED "established"
#define OTEL_NETWORK_CONNECTION_STATE_FIN_WAIT_1 "fin_wait_1"
#define OTEL_NETWORK_CONNECTION_STATE_FIN_WAIT_2 "fin_wait_2"
#define OTEL_NETWORK_CONNECTION_STATE_LAST_ACK "last_ack"
#define OTEL_NETWORK_CONNECTION_STATE_LISTEN "listen"
#define OTEL_NETWORK_CONNECTION_STATE_SYN_RECEIVED "syn_received"
#define OTEL_NETWORK_CONNECTION_STATE_SYN_SENT "syn_sent"
#define OTEL_NETWORK_CONNECTION_STATE_TIME_WAIT "time_wait"

/* string, development */
#define OTEL_NETWORK_CONNECTION_SUBTYPE "network.connection.subtype"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_GPRS "gprs"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_EDGE "edge"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_UMTS "umts"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_CDMA "cdma"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_EVDO_0 "evdo_0"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_EVDO_A "evdo_a"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_CDMA2000_1XRTT "cdma2000_1xrtt"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_HSDPA "hsdpa"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_HSUPA "hsupa"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_HSPA "hspa"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_IDEN "iden"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_EVDO_B "evdo_b"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_LTE "lte"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_EHRPD "ehrpd"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_HSPAP "hspap"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_GSM "gsm"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_TD_SCDMA "td_scdma"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_IWLAN "iwlan"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_NR "nr"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_NRNSA "nrnsa"
#define OTEL_NETWORK_CONNECTION_SUBTYPE_LTE_CA "lte_ca"

/* string, development */
#define OTEL_NETWORK_CONNECTION_TYPE "network.connection.type"
#define OTEL_NETWORK_CONNECTION_TYPE_WIFI "wifi"
#define OTEL_NETWORK_CONNECTION_TYPE_WIRED "wired"
#define OTEL_NETWORK_CONNECTION_TYPE_CELL "cell"
#define OTEL_NETWORK_CONNECTION_TYPE_UNAVAILABLE "unavailable"
#define OTEL_NETWORK_CONNECTION_TYPE_UNKNOWN "unknown"

/* string, release_candidate */
#define OTEL_NETWORK_INTERFACE_NAME "network.interface.name"

/* string, release_candidate */
#define OTEL_NETWORK_IO_DIRECTION "network.io.direction"
#define OTEL_NETWORK_IO_DIRECTION_TRANSMIT "transmit"
#define OTEL_NETWORK_IO_DIRECTION_RECEIVE "receive"

/* string, stable */
#define OTEL_NETWORK_LOCAL_ADDRESS "network.local.address"

/* int, stable */
#define OTEL_NETWORK_LOCAL_PORT "network.local.port"

/* string, stable */
#define OTEL_NETWORK_PEER_ADDRESS "network.peer.address"

/* int, stable */
#define OTEL_NETWORK_PEER_PORT "network.peer.port"

/* string, stable */
#define OTEL_NETWORK_PROTOCOL_NAME "network.protocol.name"

/* string, stable */
#define OTEL_NETWORK_PROTOCOL_VERSION "network.protocol.version"

/* string, stable */
#define OTEL_NETWORK_TRANSPORT "network.transport"
#define OTEL_NETWORK_TRANSPORT_TCP "tcp"
#define OTEL_NETWORK_TRANSPORT_UDP "udp"
#define OTEL_NETWORK_TRANSPORT_PIPE "pipe"
#define OTEL_NETWORK_TRANSPORT_UNIX "unix"
#define OTEL_NETWORK_TRANSPORT_QUIC "quic"

/* string, stable */
#define OTEL_NETWORK_TYPE "network.type"
#define OTEL_NETWORK_TYPE_IPV4 "ipv4"
#define OTEL_NETWORK_TYPE_IPV6 "ipv6"

#endif
