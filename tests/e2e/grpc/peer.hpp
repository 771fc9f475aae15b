/* SPDX-License-Identifier: Apache-2.0
 *
 * peer.hpp - the two halves of grpc_peer, OTLP/gRPC as libgrpc++ speaks it: a server for our exporter, a client for our
 * sink.
 *
 *     grpc_peer serve PORT [OPTION=VALUE…]   0 = any; prints "listening on PORT", a line for each call, at the end what
 *                                            came: until SIGTERM
 *     grpc_peer send PORT [OPTION=VALUE…]    prints how many calls ended with which code
 */
#ifndef OTEL_TESTS_GRPC_PEER_HPP
#define OTEL_TESTS_GRPC_PEER_HPP

#include <map>
#include <string>

/* OPTION=VALUE of the command line. */
class Options
{
public:
	Options(int argc, char **argv);
	std::string text(const std::string &name, const std::string &otherwise = "") const;
	int number(const std::string &name, int otherwise) const;

private:
	std::map<std::string, std::string> values_;
};

std::string read_file(const std::string &path);

/* answers=LIST   one element for each call, then OK: ok, CODE, CODE:MS (with RetryInfo), late:MS, part:N, separated by
 *                commas
 * max=BYTES      the largest message that is taken
 * gzip=no        compressed messages are refused
 * cert= key= [ca=] files: TLS, and a client that must show a certificate of that authority
 * age=MS         connections are asked to end after that long (GOAWAY) */
int serve(int port, const Options &options);

/* calls=N at=N   calls, and how many at once on one connection; spans=N in each, text=BYTES in each span
 * gzip=yes       compressed
 * deadline=MS    how long a call may last
 * service=NAME   another one than that of spans; wrong=yes: what is sent is no OTLP
 * ca= [cert= key=] files: TLS */
int send(int port, const Options &options);

#endif
