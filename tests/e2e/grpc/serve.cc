/* SPDX-License-Identifier: Apache-2.0
 *
 * serve.cc - an OTLP/gRPC server that answers as it is told.
 */
#include "peer.hpp"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "logs_collector.grpc.pb.h"
#include "metrics_collector.grpc.pb.h"
#include "otlp/proto/rpc_status.pb.h"
#include "trace_collector.grpc.pb.h"

namespace
{

namespace collector = opentelemetry::proto::collector;
using std::chrono::milliseconds;

/* google.protobuf.Duration, and google.rpc.RetryInfo around it: two fields not worth a file. */
std::string retry_info(int ms)
{
	const auto varint = [](std::string *out, uint64_t value) {
		for (; value > 127; value >>= 7)
			*out += static_cast<char>(value | 128);
		*out += static_cast<char>(value);
	};
	std::string duration = "\x08", info = "\x0a";
	varint(&duration, static_cast<uint64_t>(ms) / 1000);
	duration += '\x10';
	varint(&duration, static_cast<uint64_t>(ms) % 1000 * 1000000);
	varint(&info, duration.size());
	return info + duration;
}

grpc::Status refusal(int code, int retry_ms)
{
	const std::string message = "refused \xe2\x82\xac 100%";
	otlp::RpcStatus status;
	status.set_code(code);
	status.set_message(message);
	if (retry_ms < 0)
		return grpc::Status(static_cast<grpc::StatusCode>(code), message);
	auto *detail = status.add_details();
	detail->set_type_url("type.googleapis.com/google.rpc.RetryInfo");
	detail->set_value(retry_info(retry_ms));
	return grpc::Status(static_cast<grpc::StatusCode>(code), message, status.SerializeAsString());
}

/* What the test wants of the next calls, and what came. */
class Book
{
public:
	explicit Book(const std::string &answers)
	{
		std::stringstream list(answers);
		for (std::string element; std::getline(list, element, ',');)
			answers_.push_back(element);
	}

	std::string next()
	{
		const std::lock_guard<std::mutex> hold(lock_);
		return used_ < answers_.size() ? answers_[used_++] : "ok";
	}

	void take(const otlp::ExportTraceServiceRequest &request)
	{
		const std::lock_guard<std::mutex> hold(lock_);
		for (const auto &resource : request.resource_spans())
			for (const auto &scope : resource.scope_spans())
				for (const auto &span : scope.spans()) {
					spans_++;
					different_.insert(span.trace_id() + span.span_id());
				}
	}

	void take(const otlp::ExportMetricsServiceRequest &request)
	{
		const std::lock_guard<std::mutex> hold(lock_);
		for (const auto &resource : request.resource_metrics())
			for (const auto &scope : resource.scope_metrics())
				metrics_ += scope.metrics_size();
	}

	void take(const otlp::ExportLogsServiceRequest &request)
	{
		const std::lock_guard<std::mutex> hold(lock_);
		for (const auto &resource : request.resource_logs())
			for (const auto &scope : resource.scope_logs())
				records_ += scope.log_records_size();
	}

	void print(const char *text)
	{
		const std::lock_guard<std::mutex> hold(lock_);
		puts(text);
		fflush(stdout);
	}

	void print_sum() const
	{
		printf("spans=%zu different=%zu metrics=%d records=%d\n", spans_, different_.size(), metrics_,
		       records_);
	}

private:
	std::mutex lock_;
	std::vector<std::string> answers_;
	size_t used_ = 0, spans_ = 0;
	int metrics_ = 0, records_ = 0;
	std::set<std::string> different_;
};

void set_rejected(otlp::ExportTraceServiceResponse *response, int n)
{
	response->mutable_partial_success()->set_rejected_spans(n);
	response->mutable_partial_success()->set_error_message("in part");
}

void set_rejected(otlp::ExportMetricsServiceResponse *response, int n)
{
	response->mutable_partial_success()->set_rejected_data_points(n);
}

void set_rejected(otlp::ExportLogsServiceResponse *response, int n)
{
	response->mutable_partial_success()->set_rejected_log_records(n);
}

/* How long the caller is ready to wait, to the tenth of a second above; -1 = for ever. */
long patience(const grpc::ServerContext &context)
{
	if (context.deadline() == std::chrono::system_clock::time_point::max())
		return -1;
	const auto left = context.deadline() - std::chrono::system_clock::now();
	return static_cast<long>(std::chrono::ceil<std::chrono::duration<long, std::deci>>(left).count()) * 100;
}

std::string header(const grpc::ServerContext &context, const char *name)
{
	const auto found = context.client_metadata().find(name);
	return found == context.client_metadata().end() ? "-" : std::string(found->second.data(), found->second.size());
}

/* One service for all signals: they differ by the types of their messages. */
template <typename Service, typename Request, typename Response> class Collector final : public Service
{
public:
	explicit Collector(Book *book) : book_(book)
	{
	}

	grpc::Status Export(grpc::ServerContext *context, const Request *request, Response *response) override
	{
		const std::string answer = book_->next();
		const size_t colon = answer.find(':');
		const std::string what = answer.substr(0, colon);
		const int number = colon == std::string::npos ? -1 : std::stoi(answer.substr(colon + 1));
		char line[256];

		snprintf(line, sizeof line, "call answer=%s bytes=%zu patience=%ld api-key=%s", answer.c_str(),
			 request->ByteSizeLong(), patience(*context), header(*context, "api-key").c_str());
		book_->print(line);
		if (isdigit(what[0]))
			return refusal(std::stoi(what), number);
		book_->take(*request);
		if (what == "part")
			set_rejected(response, number);
		if (what == "late")
			wait(*context, number);
		return grpc::Status::OK;
	}

private:
	void wait(const grpc::ServerContext &context, int ms)
	{
		const auto end = std::chrono::steady_clock::now() + milliseconds(ms);
		while (std::chrono::steady_clock::now() < end && !context.IsCancelled())
			std::this_thread::sleep_for(milliseconds(5));
		if (context.IsCancelled())
			book_->print("cancelled");
	}

	Book *book_;
};

std::shared_ptr<grpc::ServerCredentials> server_credentials(const Options &options)
{
	if (options.text("cert").empty())
		return grpc::InsecureServerCredentials();
	grpc::SslServerCredentialsOptions ssl;
	ssl.pem_key_cert_pairs.push_back({read_file(options.text("key")), read_file(options.text("cert"))});
	if (!options.text("ca").empty()) {
		ssl.pem_root_certs = read_file(options.text("ca"));
		ssl.client_certificate_request = GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
	}
	return grpc::SslServerCredentials(ssl);
}

} // namespace

int serve(int port, const Options &options)
{
	namespace c = collector;
	Book book(options.text("answers"));
	Collector<c::trace::v1::TraceService::Service, otlp::ExportTraceServiceRequest,
		  otlp::ExportTraceServiceResponse>
		traces(&book);
	Collector<c::metrics::v1::MetricsService::Service, otlp::ExportMetricsServiceRequest,
		  otlp::ExportMetricsServiceResponse>
		metrics(&book);
	Collector<c::logs::v1::LogsService::Service, otlp::ExportLogsServiceRequest, otlp::ExportLogsServiceResponse>
		logs(&book);
	grpc::ServerBuilder builder;
	sigset_t set;
	int signal;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, nullptr); /* before gRPC makes its threads */
	builder.AddListeningPort("127.0.0.1:" + std::to_string(port), server_credentials(options), &port);
	builder.RegisterService(&traces);
	builder.RegisterService(&metrics);
	builder.RegisterService(&logs);
	builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
	if (options.number("max", 0))
		builder.SetMaxReceiveMessageSize(options.number("max", 0));
	if (options.number("age", 0))
		builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, options.number("age", 0));
	if (options.text("gzip") == "no")
		builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
	const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
	if (!server || !port)
		return fprintf(stderr, "grpc_peer: cannot listen\n"), 1;
	book.print(("listening on " + std::to_string(port)).c_str());
	sigwait(&set, &signal);
	server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5));
	book.print_sum();
	return 0;
}
