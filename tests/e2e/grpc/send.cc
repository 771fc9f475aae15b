/* SPDX-License-Identifier: Apache-2.0
 *
 * send.cc - calls to an OTLP/gRPC server, many at once on one connection.
 */
#include "peer.hpp"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>

#include "otlp/proto/trace_service.pb.h"

namespace
{

struct Call {
	grpc::ClientContext context;
	grpc::ByteBuffer response;
	grpc::Status status;
	std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
};

/* Ids that no other call of any process has. */
std::string body(const Options &options, int number)
{
	if (options.text("wrong") == "yes")
		return "\xff\xff\xff";
	otlp::ExportTraceServiceRequest request;
	auto *resource = request.add_resource_spans();
	auto *attribute = resource->mutable_resource()->add_attributes();
	attribute->set_key("service.name");
	attribute->mutable_value()->set_string_value("grpc_peer");
	auto *scope = resource->add_scope_spans();
	scope->mutable_scope()->set_name("grpc_peer");
	for (int i = 0; i < options.number("spans", 1); i++) {
		char id[17];
		auto *span = scope->add_spans();
		snprintf(id, sizeof id, "%08x%08x", static_cast<unsigned>(getpid()), static_cast<unsigned>(number));
		span->set_trace_id(id);
		snprintf(id, sizeof id, "%08x", static_cast<unsigned>(i + 1));
		span->set_span_id(id);
		span->set_name("sent");
		span->set_kind(otlp::SPAN_KIND_CLIENT);
		span->set_start_time_unix_nano(1700000000000000000);
		span->set_end_time_unix_nano(1700000000000000001);
		attribute = span->add_attributes();
		attribute->set_key("text");
		attribute->mutable_value()->set_string_value(
			std::string(static_cast<size_t>(options.number("text", 10)), 'x'));
	}
	return request.SerializeAsString();
}

std::shared_ptr<grpc::ChannelCredentials> channel_credentials(const Options &options)
{
	if (options.text("ca").empty())
		return grpc::InsecureChannelCredentials();
	grpc::SslCredentialsOptions ssl;
	ssl.pem_root_certs = read_file(options.text("ca"));
	if (!options.text("cert").empty()) {
		ssl.pem_cert_chain = read_file(options.text("cert"));
		ssl.pem_private_key = read_file(options.text("key"));
	}
	return grpc::SslCredentials(ssl);
}

class Sender
{
public:
	Sender(int port, const Options &options)
	    : options_(options),
	      method_("/" + options.text("service", "opentelemetry.proto.collector.trace.v1.TraceService") + "/Export"),
	      stub_(grpc::CreateChannel("127.0.0.1:" + std::to_string(port), channel_credentials(options)))
	{
	}

	void begin(int number)
	{
		auto *call = new Call;
		const std::string text = body(options_, number);
		const grpc::Slice slice(text);
		call->context.set_deadline(std::chrono::system_clock::now() +
					   std::chrono::milliseconds(options_.number("deadline", 60000)));
		call->context.set_wait_for_ready(true);
		if (options_.text("gzip") == "yes")
			call->context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
		call->reader = stub_.PrepareUnaryCall(&call->context, method_, grpc::ByteBuffer(&slice, 1), &queue_);
		call->reader->StartCall();
		call->reader->Finish(&call->response, &call->status, call);
	}

	void finish_one()
	{
		void *tag;
		bool ok;
		queue_.Next(&tag, &ok);
		const std::unique_ptr<Call> call(static_cast<Call *>(tag));
		codes_[call->status.error_code()]++;
		if (!call->status.ok())
			message_ = call->status.error_message();
		otlp::ExportTraceServiceResponse response;
		std::vector<grpc::Slice> slices;
		std::string bytes;
		if (call->status.ok() && call->response.Dump(&slices).ok())
			for (const auto &slice : slices)
				bytes.append(reinterpret_cast<const char *>(slice.begin()), slice.size());
		if (response.ParseFromString(bytes))
			rejected_ += response.partial_success().rejected_spans();
	}

	void print() const
	{
		for (const auto &[code, count] : codes_)
			printf("code %d: %d\n", code, count);
		if (rejected_)
			printf("rejected: %lld\n", static_cast<long long>(rejected_));
		if (!message_.empty())
			printf("message: %s\n", message_.c_str());
	}

private:
	const Options &options_;
	const std::string method_;
	grpc::GenericStub stub_;
	grpc::CompletionQueue queue_;
	std::map<int, int> codes_;
	int64_t rejected_ = 0;
	std::string message_;
};

} // namespace

int send(int port, const Options &options)
{
	const int calls = options.number("calls", 1), at_once = options.number("at", 1);
	Sender sender(port, options);

	for (int begun = 0, ended = 0; ended < calls; ended++) {
		for (; begun < calls && begun - ended < at_once; begun++)
			sender.begin(begun);
		sender.finish_one();
	}
	sender.print();
	return 0;
}
