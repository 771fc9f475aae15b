/* SPDX-License-Identifier: Apache-2.0
 *
 * peer.cc - the command line of grpc_peer.
 */
#include "peer.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

Options::Options(int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		const std::string pair = argv[i];
		const size_t equals = pair.find('=');
		if (equals == std::string::npos) {
			fprintf(stderr, "grpc_peer: \"%s\" is not OPTION=VALUE\n", argv[i]);
			exit(2);
		}
		values_[pair.substr(0, equals)] = pair.substr(equals + 1);
	}
}

std::string Options::text(const std::string &name, const std::string &otherwise) const
{
	const auto found = values_.find(name);
	return found == values_.end() ? otherwise : found->second;
}

int Options::number(const std::string &name, int otherwise) const
{
	const auto found = values_.find(name);
	return found == values_.end() ? otherwise : std::stoi(found->second);
}

std::string read_file(const std::string &path)
{
	std::ifstream file(path);
	return std::string(std::istreambuf_iterator<char>(file), {});
}

int main(int argc, char **argv)
{
	if (argc >= 3 && !strcmp(argv[1], "serve"))
		return serve(atoi(argv[2]), Options(argc - 3, argv + 3));
	if (argc >= 3 && !strcmp(argv[1], "send"))
		return send(atoi(argv[2]), Options(argc - 3, argv + 3));
	fprintf(stderr, "usage: grpc_peer serve|send PORT [OPTION=VALUE...]\n");
	return 2;
}
