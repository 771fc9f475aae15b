/* SPDX-License-Identifier: Apache-2.0
 *
 * host_symbols.c - looks for a program that exports its own OpenSSL, libcurl, nghttp2 or zlib.
 *
 * The dynamic linker binds the libraries of http.so to the first definition in the global scope. A statically linked,
 * exported OpenSSL of another version there would be called with our structures.
 */
#include "sdk/host_symbols.h"

#include <dlfcn.h>
#include <string.h>

/* Our preload interposes calls of libcurl on purpose; it may hide a definition behind it, so libcurl is asked for
 * twice, the second time by a call that nobody has reason to interpose. */
static const struct {
	const char *symbol;
	const char *library;
} probes[] = {
	{"SSL_CTX_new", "libssl.so"},
	{"EVP_MD_CTX_new", "libcrypto.so"},
	{"CRYPTO_malloc", "libcrypto.so"},
	{"curl_easy_perform", "libcurl"},
	{"curl_easy_escape", "libcurl"},
	{"nghttp2_session_client_new", "libnghttp2.so"},
	{"inflate", "libz.so"},
};

bool host_symbols_allowed(const char *object, const char *library)
{
	const char *slash = strrchr(object, '/');
	const char *name = slash ? slash + 1 : object;
	return strncmp(name, library, strlen(library)) == 0 || strncmp(name, "libotel_preload.so", 18) == 0;
}

bool host_symbols_clash(const char **symbol, const char **object)
{
	for (size_t i = 0; i < sizeof(probes) / sizeof(probes[0]); i++) {
		Dl_info found;
		void *address = dlsym(RTLD_DEFAULT, probes[i].symbol);
		if (!address || !dladdr(address, &found) || !found.dli_fname)
			continue;
		/* A program that merely takes a function's address has a stub at it, no definition. */
		if (found.dli_saddr != address)
			continue;
		if (host_symbols_allowed(found.dli_fname, probes[i].library))
			continue;
		*symbol = probes[i].symbol;
		*object = found.dli_fname;
		return true;
	}
	return false;
}
