/* SPDX-License-Identifier: Apache-2.0
 *
 * symbols.h - names of functions by address, from the dynamic linker and, for those it does not know (static ones, and a
 * program's own without -rdynamic), from the symbol table of the file.
 */
#ifndef OTEL_UTIL_SYMBOLS_H
#define OTEL_UTIL_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Keeps the file that was looked at last. All zero: none. */
struct symbols {
	const void *base; /* of the module */
	const uint8_t *file; /* mapped, or NULL if it cannot be */
	size_t len;
};

struct symbol {
	char name[128]; /* cut to fit; "" if it is unknown */
	const char *module; /* path, as long as the module is loaded; NULL if the address is in none */
	const void *start; /* of the function, or of the module if its name is unknown */
};

/* What stands at the address. Opens files: microseconds to milliseconds. Keeps errno. */
void symbols_find(struct symbols *symbols, const void *address, struct symbol *out);

void symbols_fini(struct symbols *symbols);

/* The function of a 64-bit ELF file that covers the address `at` (as in the file); *value gets where it begins. Pure;
 * false for whatever is no such file. */
bool symbols_in_file(const uint8_t *file, size_t len, uint64_t at, char *name, size_t cap, uint64_t *value);

#endif
